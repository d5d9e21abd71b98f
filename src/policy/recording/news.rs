//! Whether something has changed other than by time passing.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::model::snapshot::{AttemptFacts, TaskFacts};

/// Seconds by which two measurements of the same span may differ.
const JITTER: i64 = 2;

/// True when a task is not what time alone makes of what it was then.
pub(super) fn of_task((before, then): (&TaskFacts, DateTime<Utc>), (task, now): (&TaskFacts, DateTime<Utc>)) -> bool {
    let passed = (now - then).num_seconds();
    let as_time_makes_it = TaskFacts {
        attempts: task.attempts.clone(),
        is_ready: task.is_ready,
        age_seconds: task.age_seconds,
        in_status_seconds: task.in_status_seconds,
        ..before.clone()
    };
    as_time_makes_it != *task
        || moved(passed, before.in_status_seconds, task.in_status_seconds)
        || before.attempts.len() != task.attempts.len()
        || before.attempts.iter().zip(&task.attempts).any(|(before, attempt)| of_attempt(before, attempt, passed))
}

/// The same for an attempt; one that was heard from is silent for less than time alone would make it.
fn of_attempt(before: &Arc<AttemptFacts>, attempt: &Arc<AttemptFacts>, passed: i64) -> bool {
    if Arc::ptr_eq(before, attempt) {
        return false;
    }
    if !attempt.is_live {
        return before != attempt;
    }
    let as_time_makes_it = AttemptFacts {
        runtime_seconds: attempt.runtime_seconds,
        silent_seconds: attempt.silent_seconds,
        heartbeat_seconds: attempt.heartbeat_seconds,
        ..(**before).clone()
    };
    as_time_makes_it != **attempt
        || moved(passed, before.silent_seconds, attempt.silent_seconds)
        || moved(passed, before.heartbeat_seconds, attempt.heartbeat_seconds)
}

fn moved(passed: i64, before: i64, now: i64) -> bool {
    (before + passed - now).abs() > JITTER
}
