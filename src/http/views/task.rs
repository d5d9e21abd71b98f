//! A task, as it is listed and as it is shown with everything about it.

use poem_openapi::Object;

use super::{
    attempt::{Attempt, Event},
    records::{Comment, Decision, Observation, Output, Review},
    usage::Spend,
    view,
};
use crate::{
    http::schema::{Nullable, Time},
    model::{
        self,
        guard::GateState,
        ids::{Actor, AgentId, AttemptId, ProjectId, TaskId},
        status::Status,
        task::{ReviewPhase, RiskLevel, Trigger},
    },
};

view!(
    /// What must be there before the work counts as complete
    MustHaves of model::task::MustHaves {
        /// Observable facts that must hold; the reviewer judges them.
        truths: Vec<String>,
        /// Files below `artifacts/<task>/` that must exist.
        artifacts: Vec<String>,
        /// References that must resolve: paths below `artifacts/<task>/`, task ids, or titles of outputs.
        key_links: Vec<String>,
    }
);

view!(
    /// A task
    Task of model::task::Task {
        /// Its id.
        id: TaskId,
        /// Its project.
        project: ProjectId,
        /// One line.
        title: String,
        /// The whole request, in Markdown; empty when none was given.
        description: String,
        /// Where it stands.
        status: Status = lifecycle.status,
        /// Since when.
        status_since: Time = lifecycle.status_since,
        /// Where a paused task goes back to.
        resumed_from: Nullable<Status> = lifecycle.resumed_from,
        /// When it was last claimed.
        claimed_at: Nullable<Time> = lifecycle.claimed_at,
        /// When work on it last started.
        started_at: Nullable<Time> = lifecycle.started_at,
        /// When it reached a final status; null while it is open.
        completed_at: Nullable<Time> = lifecycle.completed_at,
        /// Goes up by one whenever ownership changes.
        fence: i64 = lifecycle.fence,
        /// Round of review, from 1; 0 before the first submission.
        round: i64 = lifecycle.round,
        /// How often an attempt died and the task went back to pending.
        retry_count: i64 = lifecycle.retry_count,
        /// Who should do it.
        assignee: Nullable<AgentId>,
        /// Who created it.
        created_by: Actor,
        /// 1 to 10, 10 most urgent.
        priority: i64,
        /// What kind of work it is, such as `code`.
        task_type: String,
        /// What a mistake would cost.
        risk_level: RiskLevel,
        /// What must be there at the end.
        must_haves: MustHaves,
        /// Tasks that must be done before.
        depends_on: Vec<TaskId>,
        /// The task that this one is a part of.
        parent: Nullable<TaskId>,
        /// Who holds it now.
        owner: Nullable<Actor>,
        /// The live attempt that owns the task.
        attempt: Nullable<AttemptId>,
        /// What the next attempt will be for: `execute` or `revise`.
        trigger: Trigger,
        /// Whose turn it is while the task is in review.
        review_phase: Nullable<ReviewPhase>,
        /// `pending` while its completion waits for checks; it is working until they hold.
        gate: Nullable<GateState>,
        /// The checks that its completion waits for.
        gate_waits_for: Vec<String>,
        /// How often an agent was dispatched to do the task.
        dispatch_count: i64,
        /// What a blocked task waits for: a task id, an agent or `human`.
        blocked_on: Nullable<String>,
        /// Who has to decide about an escalated task.
        escalated_to: Nullable<Actor>,
        /// Why the last transition was made, in words.
        reason: Nullable<String>,
        /// The agent's own words about what it did.
        summary: Nullable<String>,
        /// Not to be dispatched before this time.
        not_before: Nullable<Time>,
        /// When it was created.
        created_at: Time,
        /// When anything about it last changed.
        updated_at: Time,
        /// Goes up with every change.
        revision: i64,
        /// How many comments it has.
        comments_count: i64,
        /// How many outputs it has.
        outputs_count: i64,
        /// How many reviews it has.
        reviews_count: i64,
        /// How many children it has.
        subtasks_count: i64,
        /// What its attempts have used up.
        usage: Spend,
    }
);

/// A task with the records that `expand` asked for; the others are absent
#[derive(Debug, Clone, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct TaskDetail {
    /// The task itself.
    #[oai(flatten)]
    pub task: Task,
    /// Its comments, oldest first.
    pub comments: Option<Vec<Comment>>,
    /// Its outputs, oldest first.
    pub outputs: Option<Vec<Output>>,
    /// Its reviews, oldest first.
    pub reviews: Option<Vec<Review>>,
    /// Its decisions, oldest first.
    pub decisions: Option<Vec<Decision>>,
    /// Its observations, oldest first.
    pub observations: Option<Vec<Observation>>,
    /// Its events, newest first, at most 500.
    pub events: Option<Vec<Event>>,
    /// Its attempts, oldest first.
    pub attempts: Option<Vec<Attempt>>,
    /// Its children.
    pub subtasks: Option<Vec<Task>>,
}

impl TaskDetail {
    /// The task alone.
    pub fn new(task: Task) -> Self {
        Self {
            task,
            comments: None,
            outputs: None,
            reviews: None,
            decisions: None,
            observations: None,
            events: None,
            attempts: None,
            subtasks: None,
        }
    }
}

/// A task that was just claimed
#[derive(Debug, Clone, Object)]
pub struct ClaimedTask {
    /// The task itself.
    #[oai(flatten)]
    pub task: Task,
    /// The fencing token: send it as `X-Moziplus-Token` with every write on this task.
    pub token: String,
}
