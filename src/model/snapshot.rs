//! What a policy script sees: a consistent, read-only picture of one project at one time.
//!
//! Every number is derived from rows and from the tick's time, so that a decision can be explained and replayed.

mod attempt;
mod knowledge;
mod review;

use std::{collections::HashSet, sync::Arc};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use self::{
    attempt::AttemptFacts,
    knowledge::{ExperienceFacts, SkillFacts, TagFacts},
    review::{IssueFacts, RebuttalFacts, ReviewFacts},
};
use super::{
    agent::AgentRole,
    discussion::DiscussionStep,
    ids::{Actor, AgentId, ProjectId, TaskId},
    records::OutputType,
    status::Status,
    task::{ReviewPhase, RiskLevel, Trigger},
    usage::{Allowance, Spend, Spent},
};

/// The picture of a project that `plan` and `inspect_project` get.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Board {
    /// What every hook may know.
    pub context: Arc<Context>,
    /// Free slots for processes.
    pub slots: Slots,
    /// The project's agents.
    pub agents: Vec<Arc<AgentFacts>>,
    /// Open tasks, most urgent first, then oldest first.
    pub tasks: Vec<Arc<TaskFacts>>,
    /// Mentions that wait to be delivered.
    pub mentions: Vec<Arc<MentionFacts>>,
    /// Parents whose children are all final.
    pub rounds: Vec<Arc<RoundFacts>>,
    /// Ticks since anything about a task changed.
    pub ticks_without_change: i64,
    /// False while the OpenClaw Gateway does not answer.
    pub gateway_up: bool,
}

impl Board {
    /// The tasks that could be dispatched now: pending, and neither waiting for a time nor for children.
    pub fn ready(&self) -> impl Iterator<Item = &Arc<TaskFacts>> {
        self.tasks.iter().filter(|task| task.is_ready)
    }

    /// The same without these tasks, for a plan that is to be made without them.
    #[must_use]
    pub fn without(&self, tasks: &HashSet<TaskId>) -> Self {
        let mut board = self.clone();
        board.tasks.retain(|task| !tasks.contains(&task.id));
        board.rounds.retain(|round| !tasks.contains(&round.task));
        board
    }
}

/// What every hook may know: the last argument of each but `plan`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Context {
    /// The project.
    pub project: ProjectId,
    /// The tick's time; scripts have no other clock.
    pub now: DateTime<Utc>,
    /// Counts the looks at the board since the daemon started: at each tick, and soon after every change.
    pub tick: i64,
    /// The effective configuration of the project.
    pub config: Arc<serde_json::Value>,
    /// The project's coordinator.
    pub coordinator: Option<AgentId>,
    /// The project's agents.
    pub agents: Vec<Arc<AgentFacts>>,
    /// The project's agents that may review.
    pub reviewers: Vec<AgentId>,
    /// What the project has spent.
    #[serde(default)]
    pub spent: Spent,
}

/// Free slots for processes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Slots {
    /// Under the global cap.
    pub global_free: i64,
    /// Under the project's cap (never more than `global_free`).
    pub project_free: i64,
}

/// An agent as a script sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AgentFacts {
    /// Its id.
    pub id: AgentId,
    /// What it is for.
    pub role: AgentRole,
    /// What it can do.
    pub capabilities: Vec<String>,
    /// How many of its processes run.
    pub busy: i64,
    /// How many more may run.
    pub free_slots: i64,
    /// The provider account that it uses up.
    #[serde(default)]
    pub provider: Option<String>,
    /// Its provider is parked until then.
    pub parked_until: Option<DateTime<Utc>>,
    /// May review.
    pub can_review: bool,
    /// Takes what nobody else can.
    pub fallback: bool,
    /// Has a runner, so that the daemon can start it.
    pub can_spawn: bool,
    /// Works in the OpenClaw Gateway: while that is down it has no free slot.
    #[serde(default)]
    pub needs_gateway: bool,
}

/// A task as a script sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskFacts {
    /// Its id.
    pub id: TaskId,
    /// One line.
    pub title: String,
    /// The whole request.
    pub description: String,
    /// Where it stands.
    pub status: Status,
    /// Who should do it.
    pub assignee: Option<AgentId>,
    /// Who created it.
    pub created_by: Actor,
    /// Who holds it now.
    pub owner: Option<Actor>,
    /// 1 to 10, 10 most urgent.
    pub priority: i64,
    /// What kind of work it is.
    pub task_type: String,
    /// What a mistake would cost.
    pub risk_level: RiskLevel,
    /// Tasks that must be done before.
    pub depends_on: Vec<TaskId>,
    /// The task that it is a part of.
    pub parent: Option<TaskId>,
    /// What the next attempt will be for.
    pub trigger: Trigger,
    /// Whose turn it is while it is in review.
    pub review_phase: Option<ReviewPhase>,
    /// Round of review.
    pub round: i64,
    /// Rounds that are allowed.
    pub max_rounds: i64,
    /// Approvals that its review asks for; 0 until `review_depth` was asked.
    pub approvals_needed: i64,
    /// Approvals of this round that are still missing.
    pub approvals_missing: i64,
    /// How often an agent was dispatched to do it.
    pub dispatch_count: i64,
    /// How often an attempt died.
    pub retry_count: i64,
    /// Every attempt, oldest first.
    pub attempts: Vec<Arc<AttemptFacts>>,
    /// Every review, oldest first.
    pub reviews: Vec<Arc<ReviewFacts>>,
    /// Agents that wrote an output or had an authoring attempt: they may not review.
    pub authors: Vec<AgentId>,
    /// The latest output of each title, in the order of their first appearance.
    #[serde(default)]
    pub outputs: Vec<Arc<OutputFacts>>,
    /// Whose reviews of this round could not be read, once for each of them.
    #[serde(default)]
    pub unreadable: Vec<Actor>,
    /// True when the last revision brought the same outputs as were judged before it.
    #[serde(default)]
    pub is_unchanged: bool,
    /// Questions of guardrails about it that nobody has answered.
    #[serde(default)]
    pub questions_count: i64,
    /// Checks that its completion waits for.
    #[serde(default)]
    pub gate_waits_for: Vec<String>,
    /// Rounds of discussion so far.
    #[serde(default)]
    pub discussion_round: i64,
    /// How far the last of them has come; none before the first.
    #[serde(default)]
    pub discussion_step: Option<DiscussionStep>,
    /// Who was asked in it and has not spoken.
    #[serde(default)]
    pub discussion_waits_for: Vec<AgentId>,
    /// Seconds since it was opened.
    #[serde(default)]
    pub discussion_seconds: i64,
    /// Tokens that its reviews, answers and decisions have used.
    #[serde(default)]
    pub review_tokens: i64,
    /// How many outputs it has.
    pub outputs_count: i64,
    /// How many comments it has.
    pub comments_count: i64,
    /// How many children it has.
    pub subtasks_count: i64,
    /// Attempts that are live now.
    pub live_attempts_count: i64,
    /// Tokens that all its attempts have used.
    #[serde(default)]
    pub tokens: i64,
    /// What they cost, in micro-units of the currency.
    #[serde(default)]
    pub cost_micros: i64,
    /// What a person allowed beyond its budget.
    #[serde(default)]
    pub allowance: Allowance,
    /// Who said what a mistake would cost.
    #[serde(default)]
    pub risk_set_by: Option<Actor>,
    /// What it waits for, when blocked.
    pub blocked_on: Option<String>,
    /// Who has to decide, when escalated.
    pub escalated_to: Option<Actor>,
    /// Why the last transition was made.
    pub reason: Option<String>,
    /// Pending, with no time and no children to wait for.
    pub is_ready: bool,
    /// Not to be dispatched before.
    pub not_before: Option<DateTime<Utc>>,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// Seconds since it was created.
    pub age_seconds: i64,
    /// Seconds since its status changed.
    pub in_status_seconds: i64,
}

impl TaskFacts {
    /// What all its attempts have used, as far as budgets count it.
    pub fn spend(&self) -> Spend {
        Spend { tokens_in: self.tokens, cost_micros: self.cost_micros, ..Spend::default() }
    }

    /// The same, with what a person allowed beyond its budget.
    pub fn budgeted(&self) -> (Spend, Allowance) {
        (self.spend(), self.allowance)
    }
}

/// An output as a script sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputFacts {
    /// Its name.
    pub title: String,
    /// Where it is, below the project's folder.
    pub path: String,
    /// What it is.
    pub output_type: OutputType,
    /// Its size when it was registered.
    pub size_bytes: i64,
    /// SHA-256 of the file when it was registered, in hexadecimal.
    pub sha256: String,
    /// Round of review that it was made for, from 0.
    pub round: i64,
}

/// A file that a task brought, as it is on disk: what checks of `guardrails.yaml` look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFacts {
    /// The output's name.
    pub title: String,
    /// Where it is, below the project's folder.
    pub path: String,
    /// It is there.
    pub exists: bool,
    /// Its size; 0 when it is not there.
    pub size_bytes: i64,
    /// SHA-256, in hexadecimal; none when it is not there.
    pub sha256: Option<String>,
    /// It is JSON.
    pub json_valid: bool,
}

/// A mention that waits to be delivered, merged per agent and task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MentionFacts {
    /// The task.
    pub task: TaskId,
    /// The agent.
    pub agent: AgentId,
    /// How many comments mention it.
    pub comments_count: i64,
    /// How often delivery was tried.
    pub tries_count: i64,
    /// Seconds since the first of them.
    pub age_seconds: i64,
    /// True while an attempt to deliver it runs.
    #[serde(default)]
    pub is_under_way: bool,
    /// Seconds since the last attempt ended; none before the first.
    #[serde(default)]
    pub since_try_seconds: Option<i64>,
    /// Attempts that mentions have started on the task since a person last wrote there: agents that call each other again
    /// and again are seen by it.
    #[serde(default)]
    pub chain_count: i64,
}

/// A parent whose children are all final.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RoundFacts {
    /// The parent.
    pub task: TaskId,
    /// Rounds so far.
    pub round: i64,
    /// Children that are done.
    pub done_count: i64,
    /// Children that failed or were cancelled.
    pub failed_count: i64,
    /// True when an earlier round asked for changes, and since then nothing has changed: no part is new or went on, no
    /// result was added, and no person has moved the parent.
    #[serde(default)]
    pub is_unchanged: bool,
}
