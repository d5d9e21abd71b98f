//! An attempt as a script sees it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::model::{
    ids::{Actor, AttemptId, TaskId},
    outcome::{Outcome, RetryClass},
    task::Trigger,
};

/// An attempt as a script sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AttemptFacts {
    /// Its id.
    pub id: AttemptId,
    /// The task.
    pub task: TaskId,
    /// Who works.
    pub agent: Actor,
    /// Why it was started.
    pub kind: Trigger,
    /// The runner.
    pub runner: Option<String>,
    /// The provider account that it uses up, for `park`.
    #[serde(default)]
    pub provider: Option<String>,
    /// True when the daemon started it.
    pub spawned: bool,
    /// True until it has ended.
    pub is_live: bool,
    /// False while its task is claimed and work has not begun.
    #[serde(default = "yes")]
    pub is_started: bool,
    /// True when it began before a person last decided about its task: it counts against nothing any more.
    #[serde(default)]
    pub is_settled: bool,
    /// Round of review it belongs to.
    pub round: i64,
    /// When it was started.
    pub started_at: DateTime<Utc>,
    /// Seconds it has run, or ran.
    pub runtime_seconds: i64,
    /// Seconds since it last printed something.
    pub silent_seconds: i64,
    /// Seconds since it last wrote to the blackboard.
    pub heartbeat_seconds: i64,
    /// Seconds it may run.
    pub timeout_seconds: i64,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// What trying again would mean after this end.
    #[serde(default)]
    pub retry_class: Option<RetryClass>,
    /// When the provider's limit resets, as its runner told.
    #[serde(default)]
    pub resets_at: Option<DateTime<Utc>>,
    /// Seconds from its end until then.
    #[serde(default)]
    pub retry_after_seconds: Option<i64>,
    /// Tokens that it has used.
    #[serde(default)]
    pub tokens: i64,
    /// What they cost, in micro-units of the currency.
    #[serde(default)]
    pub cost_micros: i64,
    /// Its exit code.
    pub exit_code: Option<i64>,
    /// What is known about the end, in words.
    pub detail: Option<String>,
    /// How often it was nudged.
    pub nudges_count: i64,
}

const fn yes() -> bool {
    true
}
