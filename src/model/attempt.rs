//! One attempt: somebody working on a task, from claim to outcome.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    ids::{Actor, AttemptId, ProjectId, TaskId},
    outcome::Outcome,
    task::Trigger,
    usage::Usage,
    words::words,
};

words!(
    /// How far an attempt has come.
    AttemptState, "attempt state" {
        /// The row is written, the process is not there yet.
        Starting = "starting",
        /// The process runs, or an outside agent works.
        Running = "running",
        /// Over; `outcome` says how.
        Ended = "ended",
    }
);

/// What the processes of an attempt have used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceUse {
    /// Processor time of all of them, user and system.
    pub cpu_milliseconds: u64,
    /// Most memory at once: of the largest process, or of all together as far as they were looked at.
    pub peak_memory_bytes: u64,
    /// How long it ran; neither a change of the clock nor a sleeping machine counts.
    pub wall_milliseconds: u64,
}

/// One attempt as everybody sees it. The token is never among its fields.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Attempt {
    /// `<project>.t-<n>.<number>`.
    pub id: AttemptId,
    /// The project of the task.
    pub project: ProjectId,
    /// The task.
    pub task: TaskId,
    /// Counts from 1 within the task.
    pub number: i64,
    /// Who works: an agent, or a person who claimed.
    pub agent: Actor,
    /// Why it was started.
    pub kind: Trigger,
    /// How far it has come.
    pub state: AttemptState,
    /// True when the daemon started a process for it.
    pub spawned: bool,
    /// The runner that was used; none for outside agents.
    pub runner: Option<String>,
    /// The provider account that it uses up.
    pub provider: Option<String>,
    /// Process id, while and after it ran.
    pub pid: Option<i64>,
    /// Tells this process from a later one with the same pid.
    pub process_identity: Option<String>,
    /// When the row was written.
    pub created_at: DateTime<Utc>,
    /// When the process (or the outside agent) started.
    pub started_at: Option<DateTime<Utc>>,
    /// When it last wrote to the blackboard.
    pub heartbeat_at: Option<DateTime<Utc>>,
    /// When it last printed something.
    pub last_output_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// How long it may run, in seconds.
    pub timeout_seconds: i64,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Exit code, when the process ended by itself.
    pub exit_code: Option<i64>,
    /// Signal that ended the process.
    pub signal: Option<i64>,
    /// What is known about the end, in words.
    pub detail: Option<String>,
    /// What a person should do about the end, in a sentence; none while it is live, and where there is nothing to do.
    #[serde(default)]
    pub advice: Option<String>,
    /// When the provider's limit resets, as the runner told.
    pub resets_at: Option<DateTime<Utc>>,
    /// Bytes in its log.
    pub log_bytes: i64,
    /// What it has used up; none while the runner has told nothing.
    pub usage: Option<Usage>,
    /// Processor time of its processes so far, user and system.
    pub cpu_milliseconds: Option<i64>,
    /// Most memory that its processes had at once.
    pub peak_memory_bytes: Option<i64>,
    /// How long its process has run, or ran.
    pub wall_milliseconds: Option<i64>,
}
