//! The open tasks of the last picture, kept so that the next one reads only what commits have touched and what time has
//! changed: a tick costs what has changed and not what is there.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    error::StoreError,
    snapshot::{self, Seen, View},
    touched::Touched,
    tx::Db,
};
use crate::model::{ids::ProjectId, snapshot::TaskFacts};

/// How long facts that tell seconds are good for: they are in whole ones.
const GOOD_FOR: TimeDelta = TimeDelta::seconds(1);
/// After so long everything is read again. Nothing should be missed; if anything ever is, it is not missed for good.
const READ_AGAIN: TimeDelta = TimeDelta::minutes(2);

/// Where a task stands in the picture: most urgent first, then oldest first.
type Place = (Reverse<i64>, i64);

/// The tasks, and when and how they were seen. Empty, it makes the next picture read everything.
#[derive(Debug, Default)]
pub struct Kept {
    tasks: BTreeMap<Place, Seen>,
    places: HashMap<i64, Place>,
    /// When all of them were read.
    read_at: Option<DateTime<Utc>>,
    /// How old they are told to be.
    seen: Option<View>,
    /// When time alone makes one of the tasks ready.
    due: Option<DateTime<Utc>>,
}

impl Kept {
    /// The open tasks as they are now. When it fails, nothing is kept.
    pub fn open_tasks(
        &mut self,
        db: &Db<'_>,
        project: &ProjectId,
        view: View,
        touched: Touched,
    ) -> Result<Vec<Arc<TaskFacts>>, StoreError> {
        let mut before = std::mem::take(self);
        *self = match touched {
            Touched::Tasks(mut tasks) if before.is_good(view) => {
                tasks.extend(before.age(view));
                before.refreshed(db, project, view, &tasks)?
            }
            _ => Self::fresh(snapshot::open_tasks(db, project, view)?, view),
        };
        Ok(self.tasks.values().map(|seen| seen.facts.clone()).collect())
    }

    fn is_good(&self, view: View) -> bool {
        let (Some(seen), Some(read_at)) = (self.seen, self.read_at) else { return false };
        let in_time = view.now >= seen.now && view.now - read_at < READ_AGAIN;
        in_time && seen.max_rounds == view.max_rounds && seen.excused == view.excused
    }

    fn fresh(tasks: Vec<Seen>, view: View) -> Self {
        let mut kept = Self { seen: Some(view), read_at: Some(view.now), ..Self::default() };
        tasks.into_iter().for_each(|task| kept.put(task, view));
        kept
    }

    /// Lets time pass; answers with the tasks about which that says too little, so that they are read again.
    fn age(&mut self, view: View) -> Vec<i64> {
        let is_due = self.due.is_some_and(|due| due <= view.now);
        let is_good = self.seen.is_some_and(|seen| view.now - seen.now < GOOD_FOR);
        if is_good && !is_due {
            return Vec::new();
        }
        (self.seen, self.due) = (Some(view), None);
        let mut to_read = Vec::new();
        for seen in self.tasks.values_mut() {
            if seen.only_ages() {
                seen.age(view.now);
                self.due = self.due.into_iter().chain(due(seen, view)).min();
            } else {
                to_read.push(seen.facts.id.0);
            }
        }
        to_read
    }

    fn refreshed(
        mut self,
        db: &Db<'_>,
        project: &ProjectId,
        view: View,
        tasks: &BTreeSet<i64>,
    ) -> Result<Self, StoreError> {
        if tasks.is_empty() {
            return Ok(self);
        }
        for task in tasks {
            if let Some(place) = self.places.remove(task) {
                self.tasks.remove(&place);
            }
        }
        let now = snapshot::these_tasks(db, project, view, tasks)?;
        now.into_iter().filter(|task| task.facts.status.is_open()).for_each(|task| self.put(task, view));
        Ok(self)
    }

    fn put(&mut self, task: Seen, view: View) {
        let place = (Reverse(task.facts.priority), task.facts.id.0);
        self.due = self.due.into_iter().chain(due(&task, view)).min();
        self.places.insert(task.facts.id.0, place);
        self.tasks.insert(place, task);
    }
}

/// When time makes a task ready.
fn due(task: &Seen, view: View) -> Option<DateTime<Utc>> {
    task.facts.not_before.filter(|time| *time > view.now)
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;
    use crate::{
        model::{excused::Excused, ids::TaskId},
        store::{schema, touched::Ledger},
    };

    /// A board whose writes are followed, beside one that reads everything each time.
    struct Twin {
        _folder: tempfile::TempDir,
        conn: Connection,
        ledger: Ledger,
        kept: Kept,
        project: ProjectId,
        now: DateTime<Utc>,
    }

    impl Twin {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("blackboard.db");
            schema::prepare(&path, schema::BLACKBOARD).unwrap();
            let conn = schema::open(&path).unwrap();
            let ledger = Ledger::default();
            ledger.follow(&conn).unwrap();
            let project = ProjectId::parse("p").unwrap();
            let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
            Self { _folder: folder, conn, ledger, kept: Kept::default(), project, now }
        }

        fn task(&self, title: &str, priority: i64, parent: Option<i64>) {
            let sql = "INSERT INTO tasks (title, status, status_since, created_by, priority, task_type, risk_level,
                                          parent, created_at, updated_at)
                       VALUES (?1, 'pending', 0, 'human', ?2, 'execution', 'low', ?3, 0, 0)";
            self.conn.execute(sql, rusqlite::params![title, priority, parent]).unwrap();
        }

        fn run(&self, sql: &str) {
            self.conn.execute_batch(sql).unwrap();
        }

        /// The kept picture, which must be the one that a full reading gives.
        fn look(&mut self) -> Vec<Arc<TaskFacts>> {
            self.ledger.committed();
            let view = View { now: self.now, max_rounds: 3, excused: Excused::default() };
            let db = Db { conn: &self.conn };
            let kept = self.kept.open_tasks(&db, &self.project, view, self.ledger.take().in_view()).unwrap();
            let full = full(&db, &self.project, view);
            assert_eq!(format!("{kept:#?}"), format!("{full:#?}"));
            kept
        }

        fn touched(&self) -> Touched {
            self.ledger.committed();
            self.ledger.take().in_view()
        }
    }

    fn full(db: &Db<'_>, project: &ProjectId, view: View) -> Vec<Arc<TaskFacts>> {
        snapshot::open_tasks(db, project, view).unwrap().into_iter().map(|seen| seen.facts).collect()
    }

    fn these(tasks: &[i64]) -> Touched {
        Touched::Tasks(tasks.iter().copied().collect::<BTreeSet<_>>())
    }

    #[test]
    fn what_was_touched_is_read_again_and_nothing_is_missed() {
        let mut twin = Twin::new();
        for n in 0..5 {
            twin.task(&format!("t {n}"), 5, None);
        }
        assert_eq!(twin.look().len(), 5);
        twin.task("a part", 5, Some(2));
        assert_eq!(twin.look()[1].subtasks_count, 1);
        twin.run("UPDATE tasks SET priority = 9 WHERE id = 4");
        assert_eq!(twin.look()[0].id, TaskId(4));
        twin.run("UPDATE tasks SET status = 'done' WHERE id = 4");
        assert_eq!(twin.look().len(), 5);
        twin.run("UPDATE tasks SET status = 'pending' WHERE id = 4; INSERT INTO task_dependencies VALUES (3, 1)");
        assert_eq!(twin.look().len(), 6);
        twin.run(
            "INSERT INTO task_attempts (task, number, agent, kind, state, spawned, token_hash, nonce, created_at,
                                        timeout_seconds) VALUES (1, 1, 'ann', 'execute', 'running', 1, 'h', 'n', 0, 9)",
        );
        assert_eq!(twin.look()[1].live_attempts_count, 1);
        twin.run("UPDATE task_attempts SET state = 'ended', outcome = 'crashed', ended_at = 5 WHERE task = 1");
        assert_eq!(twin.look()[1].live_attempts_count, 0);
        twin.run(
            "INSERT INTO reviews (id, task, reviewer, verdict, confidence, round, created_at)
             VALUES (1, 2, 'bob', 'approved', 0.9, 0, 0);
             INSERT INTO review_issues (review, severity, text) VALUES (1, 'minor', 'a comma')",
        );
        assert_eq!(twin.look()[2].reviews.len(), 1);
        twin.run("DELETE FROM tasks WHERE id = 5");
        assert_eq!(twin.look().len(), 5);
    }

    #[test]
    fn a_row_names_its_task_as_it_was_and_as_it_becomes() {
        let twin = Twin::new();
        twin.task("one", 5, None);
        twin.task("two", 5, Some(1));
        assert_eq!(twin.touched(), these(&[1, 2]));
        twin.run("UPDATE tasks SET parent = NULL WHERE id = 2");
        assert_eq!(twin.touched(), these(&[1, 2]));
        twin.run("UPDATE tasks SET title = 'first' WHERE id = 1");
        assert_eq!(twin.touched(), these(&[1]));
        twin.run("INSERT INTO meta VALUES ('k', 'v')");
        assert_eq!(twin.touched(), these(&[]));
        twin.run("UPDATE tasks SET title = 'undone' WHERE id = 1");
        twin.ledger.undone();
        assert_eq!(twin.touched(), these(&[]));
    }

    #[test]
    fn time_alone_makes_a_task_ready() {
        let mut twin = Twin::new();
        twin.task("later", 5, None);
        let due = twin.now + TimeDelta::milliseconds(300);
        twin.run(&format!("UPDATE tasks SET not_before = {}", due.timestamp_millis()));
        assert!(!twin.look()[0].is_ready);
        twin.now = due;
        assert!(twin.look()[0].is_ready);
        twin.now += TimeDelta::seconds(7);
        twin.look();
    }

    /// Ages without end, claims, attempts and talks included, beside a picture that is read in full.
    #[test]
    fn what_time_changes_is_the_same_as_if_it_were_read() {
        let mut twin = Twin::new();
        for n in 0..6 {
            twin.task(&format!("t {n}"), 5, (n == 5).then_some(1));
        }
        let since = twin.now.timestamp_millis() - 1500;
        twin.run(&format!(
            "UPDATE tasks SET status = 'claimed', status_since = {since} WHERE id = 2;
             UPDATE tasks SET not_before = {} WHERE id = 3;
             UPDATE tasks SET status = 'blocked' WHERE id = 4;
             INSERT INTO task_attempts (task, number, agent, kind, state, spawned, token_hash, nonce, created_at,
                                        timeout_seconds) VALUES (2, 1, 'ann', 'execute', 'running', 1, 'h', 'n', {since}, 9),
                                                                (5, 1, 'bob', 'execute', 'running', 1, 'k', 'm', {since}, 9);
             UPDATE task_attempts SET state = 'ended', outcome = 'crashed', ended_at = {since} WHERE task = 5",
            since + 9_700
        ));
        for step in [300, 900, 1000, 6_100, 59_000, 61_000, 1] {
            twin.look();
            twin.now += TimeDelta::milliseconds(step);
            twin.look();
        }
        twin.run("UPDATE tasks SET status = 'paused' WHERE id = 1");
        twin.now += TimeDelta::seconds(3);
        assert_eq!(twin.look().len(), 6);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_commit_in_the_middle_of_a_reading_is_not_missed() {
        let folder = tempfile::tempdir().unwrap();
        let daemon = crate::store::DaemonDb::open(&folder.path().join("daemon.db")).unwrap();
        let project = ProjectId::parse("p").unwrap();
        let store = crate::store::Store::open(&folder.path().join("blackboard.db"), &project, &daemon).unwrap().store;
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let writing = tokio::spawn(change(store.clone(), now));
        let mut kept = Kept::default();
        while !writing.is_finished() {
            let (changes, project) = (store.touched(), project.clone());
            let look = move |db: &Db<'_>| {
                let view = View { now, max_rounds: 3, excused: Excused::default() };
                let kept_tasks = crate::store::picture::picture(db, &project, view, (&mut kept, changes))?.tasks;
                let full = full(db, &project, view);
                assert_eq!(format!("{kept_tasks:?}"), format!("{full:?}"));
                Ok::<_, StoreError>(kept)
            };
            kept = store.read(look).await.unwrap();
        }
        writing.await.unwrap();
    }

    /// Writes, one small transaction after the other.
    async fn change(store: crate::store::Store, now: DateTime<Utc>) {
        for n in 0..400 {
            let write = move |tx: &mut crate::store::Tx<'_>| {
                let sql = if n % 2 == 0 {
                    "INSERT INTO tasks (title, status, status_since, created_by, priority, task_type, risk_level,
                                        created_at, updated_at)
                     VALUES ('t', 'pending', 0, 'human', 5, 'execution', 'low', 0, 0)"
                } else {
                    "UPDATE tasks SET round = round + 1, status = iif(round > 3, 'done', status) WHERE id % 7 = 3"
                };
                tx.conn.execute(sql, [])?;
                Ok::<_, StoreError>(())
            };
            store.write(now, write).await.unwrap();
        }
    }
}
