//! The table of processes that this daemon looks after: how far each has come, and its permit.
//!
//! Memory only. The database says which attempts there are; [`super::recover`] fills the table again after a restart.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use super::slots::Permit;
use crate::{
    clock::SharedClock,
    model::ids::{AgentId, AttemptId, ProjectId, TaskId},
    process::Exit,
};

/// How long an agent that said it is done may take to leave by itself.
const TIME_TO_LEAVE: Duration = Duration::from_secs(30);
/// How long after the final signal the end of a process is asked for again.
const ASK_AGAIN: Duration = Duration::from_secs(5);

/// The table.
#[derive(Debug)]
pub(super) struct Live {
    /// Runs and waits are measured by the clock that only goes forward.
    clock: SharedClock,
    /// Held only to look up and change an entry.
    table: Mutex<HashMap<AttemptId, Entry>>,
}

#[derive(Debug)]
struct Entry {
    /// Whose process it is, when that is known.
    agent: Option<AgentId>,
    /// Given back when the process is gone, though its end may still have to be written down.
    permit: Option<Permit>,
    stage: Stage,
    /// How long it had run when it came into the table.
    before: Duration,
    /// When it was there after that: when its process began, or when it came into the table.
    since: Duration,
    /// When its end was first wanted.
    leaving: Option<Duration>,
    /// When its end was last asked for.
    asked: Option<Duration>,
    /// True when its row is over while it runs: its database was replaced.
    stray: bool,
}

#[derive(Debug)]
enum Stage {
    /// The row is written, the process is about to be started.
    Starting,
    /// It started and ended faster than its start could be written down.
    StartingAndExited(Exit),
    /// It runs.
    Running,
    /// It has ended, and the row does not say so yet.
    Exited(Exit),
    /// Its end is being written down.
    Settling,
}

/// What to do about an exit that was told.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// Write it down now.
    Settle,
    /// Its start is still being written down, or its end already is.
    Later,
    /// It is not in the table.
    Unknown,
}

impl Live {
    /// With nothing in it.
    pub fn new(clock: SharedClock) -> Self {
        Self { clock, table: Mutex::default() }
    }

    fn with<T>(&self, work: impl FnOnce(&mut HashMap<AttemptId, Entry>) -> T) -> T {
        work(&mut self.table.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn insert(&self, id: &AttemptId, permit: Permit, stage: Stage, before: Duration) {
        let agent = permit.agent().cloned();
        let (leaving, asked) = (None, None);
        let since = self.clock.monotonic();
        let entry = Entry { agent, permit: Some(permit), stage, before, since, leaving, asked, stray: false };
        self.with(|table| table.insert(id.clone(), entry));
    }

    /// The process of an attempt is there: its time begins, though its start is yet to be written down.
    pub fn began(&self, id: &AttemptId) {
        let now = self.clock.monotonic();
        self.with(|table| {
            if let Some(entry) = table.get_mut(id) {
                entry.since = now;
            }
        });
    }

    /// An attempt whose process is about to be started.
    pub fn starting(&self, id: &AttemptId, permit: Permit) {
        self.insert(id, permit, Stage::Starting, Duration::ZERO);
    }

    /// A process that runs already, since so long.
    pub fn adopt(&self, id: &AttemptId, permit: Permit, before: Duration) {
        self.insert(id, permit, Stage::Running, before);
    }

    /// The start is written down; answers with the exit when that has come in meanwhile and is now to be settled.
    pub fn running(&self, id: &AttemptId) -> Option<Exit> {
        self.with(|table| {
            let entry = table.get_mut(id)?;
            match std::mem::replace(&mut entry.stage, Stage::Running) {
                Stage::StartingAndExited(exit) => {
                    entry.stage = Stage::Settling;
                    Some(exit)
                }
                Stage::Starting | Stage::Running => None,
                ended @ (Stage::Exited(_) | Stage::Settling) => {
                    entry.stage = ended;
                    None
                }
            }
        })
    }

    /// An exit was told, perhaps not for the first time. The slot is free at once.
    pub fn exited(&self, exit: &Exit) -> Told {
        let (told, permit) = self.with(|table| {
            let Some(entry) = table.get_mut(&exit.attempt) else { return (Told::Unknown, None) };
            let (stage, told) = match entry.stage {
                Stage::Starting => (Stage::StartingAndExited(exit.clone()), Told::Later),
                Stage::Running => (Stage::Settling, Told::Settle),
                _ => return (Told::Later, None),
            };
            entry.stage = stage;
            (told, entry.permit.take())
        });
        // Dropped outside of the lock, because it wakes others.
        drop(permit);
        told
    }

    /// The exit of a process that ended before its start could be written down: both are written together.
    pub fn exited_early(&self, id: &AttemptId) -> Option<Exit> {
        self.with(|table| {
            let entry = table.get_mut(id)?;
            let early = matches!(entry.stage, Stage::StartingAndExited(_));
            match early.then(|| std::mem::replace(&mut entry.stage, Stage::Settling)) {
                Some(Stage::StartingAndExited(exit)) => Some(exit),
                _ => None,
            }
        })
    }

    /// The exit could not be written down; it is tried again later.
    pub fn unsettled(&self, exit: Exit) {
        self.with(|table| {
            if let Some(entry) = table.get_mut(&exit.attempt) {
                entry.stage = Stage::Exited(exit);
            }
        });
    }

    /// The exits of a project that still have to be written down; each is handed out once.
    pub fn take_unsettled(&self, project: &ProjectId) -> Vec<Exit> {
        let take = |entry: &mut Entry| match std::mem::replace(&mut entry.stage, Stage::Settling) {
            Stage::Exited(exit) => Some(exit),
            other => {
                entry.stage = other;
                None
            }
        };
        self.with(|table| {
            table.iter_mut().filter(|(id, _)| id.project == *project).filter_map(|(_, entry)| take(entry)).collect()
        })
    }

    /// Takes an attempt out, which frees its slot if it has not been yet.
    pub fn remove(&self, id: &AttemptId) {
        let entry = self.with(|table| table.remove(id));
        // Dropped outside of the lock, because it wakes others.
        drop(entry);
    }

    /// A project is closed: what has ended is taken out, what runs keeps its slot until it has ended.
    pub fn close_project(&self, project: &ProjectId) {
        let over = |entry: &Entry| !matches!(entry.stage, Stage::Starting | Stage::Running);
        let entries: Vec<_> =
            self.with(|table| table.extract_if(|id, entry| id.project == *project && over(entry)).collect());
        drop(entries);
    }

    /// Processes of a project that run.
    pub fn running_of(&self, project: &ProjectId) -> Vec<AttemptId> {
        let runs = |entry: &Entry| matches!(entry.stage, Stage::Running);
        self.with(|table| {
            table.iter().filter(|(id, e)| id.project == *project && runs(e)).map(|(id, _)| id.clone()).collect()
        })
    }

    /// Notes that a process has no live row any more.
    pub fn mark_stray(&self, id: &AttemptId) {
        self.with(|table| {
            if let Some(entry) = table.get_mut(id) {
                entry.stray = true;
            }
        });
    }

    /// A process that still works on a task of an earlier life of the database.
    pub fn stray_of(&self, project: &ProjectId, task: TaskId) -> Option<AttemptId> {
        let of_task = |id: &AttemptId| id.project == *project && id.task == task;
        self.with(|table| table.iter().find(|(id, entry)| entry.stray && of_task(id)).map(|(id, _)| id.clone()))
    }

    /// Whether the attempt is in the table.
    pub fn knows(&self, id: &AttemptId) -> bool {
        self.with(|table| table.contains_key(id))
    }

    /// How long the process has run; none when none runs.
    pub fn runtime(&self, id: &AttemptId) -> Option<Duration> {
        let now = self.clock.monotonic();
        self.with(|table| {
            let entry = table.get(id)?;
            matches!(entry.stage, Stage::Running).then(|| entry.before + now.saturating_sub(entry.since))
        })
    }

    /// Whether the end of a process is to be asked for now: `Ok`, or how long that has still time.
    ///
    /// An agent that said it is done gets some time to leave by itself; a process that did not go is asked again.
    pub fn ask_to_leave(&self, id: &AttemptId, by_itself: bool, grace: Duration) -> Result<(), Duration> {
        let now = self.clock.monotonic();
        self.with(|table| {
            let Some(entry) = table.get_mut(id) else { return Err(Duration::MAX) };
            if !matches!(entry.stage, Stage::Running) {
                return Err(Duration::MAX);
            }
            let leaving = *entry.leaving.get_or_insert(now);
            let next = match entry.asked {
                Some(asked) => asked + grace + ASK_AGAIN,
                None if by_itself => leaving + TIME_TO_LEAVE,
                None => now,
            };
            if next > now {
                return Err(next - now);
            }
            entry.asked = Some(now);
            Ok(())
        })
    }

    /// Processes per project and agent.
    pub fn sessions(&self) -> BTreeMap<ProjectId, BTreeMap<AgentId, usize>> {
        self.with(|table| {
            let mut sessions: BTreeMap<_, BTreeMap<_, usize>> = BTreeMap::new();
            for (id, entry) in table.iter().filter(|(_, entry)| entry.permit.is_some()) {
                let Some(agent) = &entry.agent else { continue };
                *sessions.entry(id.project.clone()).or_default().entry(agent.clone()).or_default() += 1;
            }
            sessions
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::DateTime;

    use super::{super::slots::Slots, *};
    use crate::clock::ManualClock;

    fn exit(id: &AttemptId) -> Exit {
        let (code, signal, at, usage, left) = (Some(0), None, DateTime::UNIX_EPOCH, None, Vec::new());
        Exit { attempt: id.clone(), code, signal, at, usage, left, cleared: false }
    }

    fn table() -> (Live, Slots, AttemptId) {
        let clock = Arc::new(ManualClock::new(DateTime::UNIX_EPOCH));
        let (live, slots, id) = (Live::new(clock), Slots::new(), "sales.t-1.1".parse::<AttemptId>().unwrap());
        live.starting(&id, slots.adopt(&id.project, Some(&AgentId::parse("x").unwrap())));
        (live, slots, id)
    }

    #[test]
    fn an_exit_waits_for_the_start_and_is_settled_once() {
        let (live, slots, id) = table();
        assert_eq!(live.exited_early(&id), None);
        assert_eq!(live.exited(&exit(&id)), Told::Later);
        assert_eq!(slots.in_all(), 0, "the process is gone, so its slot is free");
        assert_eq!(live.running(&id), Some(exit(&id)));
        assert_eq!(live.exited(&exit(&id)), Told::Later);
        assert!(live.take_unsettled(&id.project).is_empty());
        live.unsettled(exit(&id));
        assert_eq!(live.take_unsettled(&id.project), [exit(&id)]);
        live.remove(&id);
        assert_eq!(live.exited(&exit(&id)), Told::Unknown);
    }

    #[test]
    fn an_exit_before_the_start_is_written_is_handed_out_once() {
        let (live, _slots, id) = table();
        live.exited(&exit(&id));
        assert_eq!(live.exited_early(&id), Some(exit(&id)));
        assert_eq!((live.exited_early(&id), live.running(&id)), (None, None));
    }

    #[test]
    fn who_is_done_may_leave_by_itself_and_others_are_asked_at_once() {
        let (live, _slots, id) = table();
        assert!(live.running_of(&id.project).is_empty());
        assert_eq!(live.ask_to_leave(&id, false, Duration::ZERO), Err(Duration::MAX));
        assert_eq!(live.running(&id), None);
        let left = live.ask_to_leave(&id, true, Duration::ZERO).unwrap_err();
        assert!(left <= TIME_TO_LEAVE && left > TIME_TO_LEAVE / 2, "{left:?}");
        assert_eq!(live.ask_to_leave(&id, false, Duration::ZERO), Ok(()));
        assert!(live.ask_to_leave(&id, false, Duration::ZERO).unwrap_err() <= ASK_AGAIN);
        assert!(live.runtime(&id).is_some());
    }

    #[test]
    fn the_time_of_a_process_begins_with_the_process() {
        let clock = Arc::new(ManualClock::new(DateTime::UNIX_EPOCH));
        let (live, slots, id) = (Live::new(clock.clone()), Slots::new(), "sales.t-1.1".parse::<AttemptId>().unwrap());
        live.starting(&id, slots.adopt(&id.project, None));
        clock.advance(chrono::TimeDelta::seconds(40));
        live.began(&id);
        clock.advance(chrono::TimeDelta::seconds(2));
        live.running(&id);
        assert_eq!(live.runtime(&id), Some(Duration::from_secs(2)), "prompt and start count against nobody");
    }

    #[test]
    fn what_runs_keeps_its_slot_while_its_project_is_closed() {
        let (live, slots, id) = table();
        live.running(&id);
        live.close_project(&id.project);
        assert_eq!((slots.in_all(), live.running_of(&id.project)), (1, vec![id.clone()]));
        live.exited(&exit(&id));
        live.close_project(&id.project);
        assert_eq!(slots.in_all(), 0);
    }
}
