//! Events: every change, written in the same transaction as the change.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    ids::{Actor, ProjectId, TaskId},
    status::Status,
    words::words,
};

words!(
    /// How much an event matters to a person who watches.
    Level, "level" {
        /// Task failed, system fault: at once.
        Urgent = "urgent",
        /// Timeout, review not passed: live.
        Attention = "attention",
        /// Done, daily report: batched where it goes out.
        Routine = "routine",
        /// Agent logs: only on subscription.
        Activity = "activity",
    }
);

words!(
    /// What happened.
    EventKind, "event kind" {
        /// A task was created.
        TaskCreated = "task_created",
        /// A task changed: its status, or one of its fields.
        TaskStatusChanged = "task_status_changed",
        /// A comment was added.
        CommentAdded = "comment_added",
        /// An output was added.
        OutputAdded = "output_added",
        /// A review was submitted.
        ReviewSubmitted = "review_submitted",
        /// A rebuttal was submitted.
        RebuttalSubmitted = "rebuttal_submitted",
        /// An observation was added.
        ObservationAdded = "observation_added",
        /// A decision was added.
        DecisionAdded = "decision_added",
        /// An attempt started.
        AttemptStarted = "attempt_started",
        /// An attempt ended.
        AttemptEnded = "attempt_ended",
        /// A mention reached its agent, or was given up.
        MentionDelivered = "mention_delivered",
        /// Somebody with more say has to decide.
        Escalated = "escalated",
        /// A question waits for a person.
        CheckpointOpened = "checkpoint_opened",
        /// What a project may spend is spent: nobody is started.
        BudgetUsedUp = "budget_used_up",
        /// Nothing moves, or an agent seems stuck.
        ZombieSuspected = "zombie_suspected",
        /// A lesson was learned.
        ExperienceLearned = "experience_learned",
        /// A skill changed.
        SkillChanged = "skill_changed",
        /// A changed set of scripts is in force.
        PolicyReloaded = "policy_reloaded",
        /// A changed set of scripts was refused, or a hook failed.
        PolicyRejected = "policy_rejected",
        /// A job ended.
        JobFinished = "job_finished",
        /// A backup ended.
        BackupFinished = "backup_finished",
        /// A project was created, changed, archived, restored or quarantined.
        ProjectChanged = "project_changed",
        /// The daemon started, stopped, or a part of it changed.
        DaemonState = "daemon_state",
        /// Events before this one are gone: fetch everything again.
        Gap = "gap",
        /// Something an agent printed.
        AgentLog = "agent_log",
    }
);

words!(
    /// What an inbox line reports.
    InboxEvent, "inbox event" {
        /// A task is to be created; `data` is its body.
        TaskCreated = "task_created",
        /// A task can be looked at.
        TaskReady = "task_ready",
        /// The agent is done with its task.
        TaskCompleted = "task_completed",
        /// The agent cannot do its task.
        TaskFailed = "task_failed",
        /// Somebody says something about a task.
        CommentAdded = "comment_added",
        /// A person wants a transition: `data.action` names it.
        UserAction = "user_action",
    }
);

impl EventKind {
    /// The level of this kind when nothing about the event raises it.
    pub const fn level(self) -> Level {
        match self {
            Self::Escalated
            | Self::CheckpointOpened
            | Self::BudgetUsedUp
            | Self::ZombieSuspected
            | Self::PolicyRejected
            | Self::Gap => Level::Attention,
            Self::AgentLog => Level::Activity,
            _ => Level::Routine,
        }
    }
}

/// The level of a task's new status: failing is urgent, waiting for a person needs attention.
pub const fn level_of_status(status: Status) -> Level {
    match status {
        Status::Failed => Level::Urgent,
        Status::Escalated => Level::Attention,
        _ => Level::Routine,
    }
}

/// An event that a transaction is about to write.
#[derive(Debug, Clone)]
pub struct NewEvent {
    /// The task, when it is about one.
    pub task: Option<TaskId>,
    /// What happened.
    pub kind: EventKind,
    /// How much it matters.
    pub level: Level,
    /// Who did it.
    pub actor: Actor,
    /// One line for people.
    pub summary: String,
    /// The facts.
    pub payload: serde_json::Value,
}

impl NewEvent {
    /// An event with its kind's own level and no facts yet.
    pub fn new(kind: EventKind, task: Option<TaskId>, actor: Actor, summary: impl Into<String>) -> Self {
        Self { task, kind, level: kind.level(), actor, summary: summary.into(), payload: serde_json::json!({}) }
    }

    /// With another level than the kind's own.
    #[must_use]
    pub fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// With facts.
    #[must_use]
    pub fn payload(mut self, payload: serde_json::Value) -> Self {
        self.payload = payload;
        self
    }
}

/// A published event.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Event {
    /// Global, durable, increasing; never used twice.
    pub id: i64,
    /// The project; none for the daemon's own.
    pub project: Option<ProjectId>,
    /// The task, when it is about one.
    pub task: Option<TaskId>,
    /// What happened.
    pub kind: EventKind,
    /// How much it matters.
    pub level: Level,
    /// Who did it.
    pub actor: Actor,
    /// When.
    pub at: DateTime<Utc>,
    /// One line for people.
    pub summary: String,
    /// The facts.
    pub payload: serde_json::Value,
}
