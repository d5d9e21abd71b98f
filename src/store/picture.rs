//! The picture of a project that policy decides on: everything open, read in one view of the database.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};

use super::{
    comments::{self, PendingMention},
    error::StoreError,
    kept::Kept,
    snapshot::{self, View, seconds},
    touched::Changes,
    tx::Db,
    usage,
};
use crate::model::{
    ids::{AgentId, ProjectId, TaskId},
    snapshot::{MentionFacts, RoundFacts, TaskFacts},
    usage::Spent,
};

/// The open part of a project.
#[derive(Debug, Clone, Default)]
pub struct Picture {
    /// Open tasks, most urgent first, then oldest first.
    pub tasks: Vec<Arc<TaskFacts>>,
    /// Mentions that wait.
    pub mentions: Vec<Arc<MentionFacts>>,
    /// Parents whose children are all final.
    pub rounds: Vec<Arc<RoundFacts>>,
    /// What the project has spent.
    pub spent: Spent,
    /// The newest event about a task: when it stays the same, nothing has changed.
    pub last_change: i64,
}

/// Takes the picture; of the tasks, only those that were touched are read again.
pub fn picture(
    db: &Db<'_>,
    project: &ProjectId,
    view: View,
    (kept, changes): (&mut Kept, Changes),
) -> Result<Picture, StoreError> {
    // The first statement fixes the view; only then is it known what may have changed in it.
    let last_change = super::tasks::last_change(db)?.unwrap_or(0);
    let tasks = kept.open_tasks(db, project, view, changes.in_view())?;
    around(db, view, (tasks, last_change))
}

/// Takes the picture afresh, for those who look once and keep nothing: what the loop knows to be touched stays its own.
pub fn whole(db: &Db<'_>, project: &ProjectId, view: View) -> Result<Picture, StoreError> {
    let last_change = super::tasks::last_change(db)?.unwrap_or(0);
    let tasks = snapshot::open_tasks(db, project, view)?.into_iter().map(|seen| seen.facts).collect();
    around(db, view, (tasks, last_change))
}

fn around(db: &Db<'_>, view: View, (tasks, last_change): (Vec<Arc<TaskFacts>>, i64)) -> Result<Picture, StoreError> {
    let has_parents = tasks.iter().any(|task| task.subtasks_count > 0);
    Ok(Picture {
        tasks,
        mentions: mentions(db, view.now)?,
        spent: usage::spent(db, view.now)?,
        rounds: if has_parents { rounds(db)? } else { Vec::new() },
        last_change,
    })
}

fn mentions(db: &Db<'_>, now: DateTime<Utc>) -> Result<Vec<Arc<MentionFacts>>, StoreError> {
    let facts = |waiting: PendingMention| {
        let PendingMention { task, agent, comments_count, tries_count, since } = waiting;
        let last = if tries_count > 0 { last_try(db, task, &agent)? } else { None };
        Ok::<_, StoreError>(Arc::new(MentionFacts {
            chain_count: chain(db, task)?,
            task,
            agent,
            comments_count,
            tries_count,
            age_seconds: seconds(now, since),
            is_under_way: last.is_some_and(|ended| ended.is_none()),
            since_try_seconds: last.flatten().map(|ended| (now.timestamp_millis() - ended) / 1000),
        }))
    };
    comments::pending_mentions(db)?.into_iter().map(facts).collect()
}

/// When the last attempt to tell an agent about a task ended, none when it runs; none when there was none.
fn last_try(db: &Db<'_>, task: TaskId, agent: &AgentId) -> Result<Option<Option<i64>>, StoreError> {
    let mut select = db.conn.prepare_cached(
        "SELECT ended_at FROM task_attempts WHERE task = ?1 AND agent = ?2 AND kind = 'mention'
         ORDER BY number DESC LIMIT 1",
    )?;
    Ok(select.query_row(params![task.0, agent.as_str()], |row| row.get(0)).optional()?)
}

/// How many attempts mentions have started on a task since a person last wrote there, or a round of discussion began: of
/// these there are only a few.
fn chain(db: &Db<'_>, task: TaskId) -> Result<i64, StoreError> {
    let mut select = db.conn.prepare_cached(
        "SELECT count(*) FROM task_attempts WHERE task = ?1 AND kind = 'mention' AND created_at > max(coalesce(
         (SELECT max(created_at) FROM comments WHERE task = ?1 AND (author = 'human' OR author LIKE 'human:%')), 0),
         coalesce((SELECT opened_at FROM discussions WHERE task = ?1), 0))",
    )?;
    Ok(select.query_row([task.0], |row| row.get(0))?)
}

fn rounds(db: &Db<'_>) -> Result<Vec<Arc<RoundFacts>>, StoreError> {
    let mut select = db.conn.prepare_cached(
        "SELECT p.id, p.round, count(*) FILTER (WHERE c.status = 'done'), count(*) FILTER (WHERE c.status <> 'done'),
                coalesce((SELECT max(r.created_at) FROM reviews r
                          WHERE r.task = p.id AND r.verdict <> 'approved' AND r.round < p.round)
                         >= max(max(c.created_at), max(c.status_since), coalesce((
                            SELECT max(o.created_at) FROM outputs o JOIN tasks t ON t.id = o.task
                            WHERE t.id = p.id OR t.parent = p.id), 0), coalesce((
                            SELECT max(e.at) FROM events e WHERE e.task = p.id AND e.kind = 'task_status_changed'
                            AND (e.actor = 'human' OR e.actor LIKE 'human:%')), 0)), 0)
         FROM tasks p JOIN tasks c ON c.parent = p.id
         WHERE p.status NOT IN ('done', 'failed', 'cancelled') GROUP BY p.id
         HAVING count(*) FILTER (WHERE c.status NOT IN ('done', 'failed', 'cancelled')) = 0 ORDER BY p.id",
    )?;
    let rows = select.query_map([], |row| {
        let task = TaskId(row.get(0)?);
        let (round, done_count, failed_count) = (row.get(1)?, row.get(2)?, row.get(3)?);
        Ok(Arc::new(RoundFacts { task, round, done_count, failed_count, is_unchanged: row.get(4)? }))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
