//! Whether something has changed other than by time passing.

use std::{
    hash::{DefaultHasher, Hasher},
    io,
    sync::Arc,
};

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::model::snapshot::{AttemptFacts, Board, TaskFacts};

/// Seconds by which two measurements of the same silence may differ.
const JITTER: i64 = 2;

/// Names a version of a task; time alone does not change it.
pub(super) fn of_task(task: &TaskFacts) -> u64 {
    let mut hasher = Hashing(DefaultHasher::new());
    let ended: Vec<_> = task.attempts.iter().filter(|attempt| !attempt.is_live).collect();
    let live: Vec<_> =
        task.attempts.iter().filter(|attempt| attempt.is_live).map(|a| (&a.id, a.nudges_count)).collect();
    hasher.add(&(task.id, &task.title, &task.description, task.status, &task.assignee, &task.owner, task.priority));
    hasher.add(&(&task.task_type, task.risk_level, &task.depends_on, task.parent, task.trigger, task.review_phase));
    hasher.add(&(task.round, task.max_rounds, task.approvals_needed, task.approvals_missing, task.dispatch_count));
    hasher.add(&(task.retry_count, ended.len(), ended.last(), live, &task.reviews, &task.authors));
    hasher.add(&(task.outputs_count, task.comments_count, task.subtasks_count, task.live_attempts_count));
    hasher.add(&(&task.blocked_on, &task.escalated_to, &task.reason, task.not_before));
    hasher.0.finish()
}

/// Names a version of everything on a board but its tasks.
pub(super) fn of_rest(board: &Board) -> u64 {
    let mut hasher = Hashing(DefaultHasher::new());
    let mentions: Vec<_> = board.mentions.iter().map(|m| (m.task, &m.agent, m.comments_count, m.tries_count)).collect();
    hasher.add(&(board.slots, &board.agents, mentions, &board.rounds, board.gateway_up, &board.context.coordinator));
    hasher.add(&board.tasks.iter().map(|task| task.id).collect::<Vec<_>>());
    hasher.0.finish()
}

/// True when an attempt was heard from since: its silence is shorter than time alone would make it.
pub(super) fn was_heard(
    (before, then): (&AttemptFacts, DateTime<Utc>),
    (now_facts, now): (&Arc<AttemptFacts>, DateTime<Utc>),
) -> bool {
    let passed = (now - then).num_seconds();
    let moved = |before: i64, now: i64| (before + passed - now).abs() > JITTER;
    moved(before.silent_seconds, now_facts.silent_seconds)
        || moved(before.heartbeat_seconds, now_facts.heartbeat_seconds)
}

/// Hashes what is serialised into it, without keeping it.
struct Hashing(DefaultHasher);

impl Hashing {
    fn add(&mut self, value: &impl Serialize) {
        // Writing to a hasher cannot fail, and facts are plain data.
        let _ = serde_json::to_writer(self, value);
    }
}

impl io::Write for &mut Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
