//! New tasks, changed tasks, and tasks that move.

use poem_openapi::{Object, types::MaybeUndefined};

use super::splits;
use crate::{
    app::requests::Act,
    model::{
        self,
        ids::{Actor, AgentId, TaskId},
        status::Status,
        task::RiskLevel,
    },
};

/// What must be there at the end
#[derive(Debug, Clone, Object)]
#[oai(rename = "NewMustHaves", deny_unknown_fields)]
pub struct MustHaves {
    /// Observable facts that must hold; the reviewer judges them.
    #[oai(default)]
    pub truths: Vec<String>,
    /// Files below `artifacts/<task>/` that must exist.
    #[oai(default)]
    pub artifacts: Vec<String>,
    /// References that must resolve: paths below `artifacts/<task>/`, task ids, or titles of outputs.
    #[oai(default)]
    pub key_links: Vec<String>,
}

impl From<MustHaves> for model::task::MustHaves {
    fn from(body: MustHaves) -> Self {
        Self { truths: body.truths, artifacts: body.artifacts, key_links: body.key_links }
    }
}

/// A new task; only the title is required
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct NewTask {
    /// One line that says what is wanted.
    #[oai(validator(min_length = 1, max_length = 300))]
    pub title: String,
    /// The whole request, in Markdown.
    pub description: Option<String>,
    /// Who should do it; free to anybody when none.
    pub assignee: Option<AgentId>,
    /// Tasks that must be done before.
    #[oai(default)]
    pub depends_on: Vec<TaskId>,
    /// The task that this one is a part of.
    pub parent: Option<TaskId>,
    /// 1 to 10, 10 most urgent; 5 when none.
    #[oai(validator(minimum(value = "1"), maximum(value = "10")))]
    pub priority: Option<i64>,
    /// What kind of work it is, such as `code`; `general` when none.
    pub task_type: Option<String>,
    /// What a mistake would cost; `medium` when none.
    pub risk_level: Option<RiskLevel>,
    /// What must be there at the end.
    pub must_haves: Option<MustHaves>,
    /// True for a task that will be done in parts: it is blocked until the first of them is created.
    #[oai(default)]
    pub has_parts: bool,
    /// Who creates it.
    pub agent: Option<Actor>,
}

impl From<NewTask> for model::task::NewTask {
    fn from(body: NewTask) -> Self {
        Self {
            title: body.title,
            description: body.description,
            assignee: body.assignee,
            depends_on: body.depends_on,
            parent: body.parent,
            priority: body.priority,
            task_type: body.task_type,
            risk_level: body.risk_level,
            must_haves: body.must_haves.map(Into::into).unwrap_or_default(),
            has_parts: body.has_parts,
        }
    }
}

/// Several new tasks, all or none
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct TaskBatch {
    /// The tasks.
    pub tasks: Vec<NewTask>,
    /// Who creates them.
    pub agent: Option<Actor>,
}

/// Changes to a task that are not transitions; absent means unchanged
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct TaskPatch {
    /// New title.
    pub title: Option<String>,
    /// New description.
    pub description: Option<String>,
    /// New assignee; null or an empty text takes it away.
    #[oai(nullable)]
    pub assignee: MaybeUndefined<String>,
    /// New priority.
    #[oai(validator(minimum(value = "1"), maximum(value = "10")))]
    pub priority: Option<i64>,
    /// New type.
    pub task_type: Option<String>,
    /// New risk level.
    pub risk_level: Option<RiskLevel>,
    /// New requirements (all three lists).
    pub must_haves: Option<MustHaves>,
    /// New set of dependencies.
    pub depends_on: Option<Vec<TaskId>>,
    /// Who changes it.
    pub agent: Option<Actor>,
}

impl From<TaskPatch> for model::task::TaskPatch {
    fn from(body: TaskPatch) -> Self {
        Self {
            title: body.title,
            description: body.description,
            assignee: match body.assignee {
                MaybeUndefined::Undefined => None,
                MaybeUndefined::Null => Some(String::new()),
                MaybeUndefined::Value(agent) => Some(agent),
            },
            priority: body.priority,
            task_type: body.task_type,
            risk_level: body.risk_level,
            must_haves: body.must_haves.map(Into::into),
            depends_on: body.depends_on,
        }
    }
}

/// Who acts
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct By {
    /// An agent, `human` or `human:<name>`.
    pub agent: Option<Actor>,
}

/// A transition, with whatever it needs
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct Transition {
    /// Who acts.
    pub agent: Option<Actor>,
    /// Why.
    pub reason: Option<String>,
    /// What to wait for (`block`) or who decides (`escalate`): a task id, an agent or `human`.
    pub on: Option<String>,
}

/// The work is complete
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct Completion {
    /// Who acts.
    pub agent: Option<Actor>,
    /// What was done.
    pub summary: Option<String>,
}

/// A decision about an escalated task
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct Resolution {
    /// Who decides.
    pub agent: Option<Actor>,
    /// Where the task goes: `pending`, `review`, `done`, `failed` or `cancelled`.
    pub to: Status,
    /// Why.
    #[oai(validator(min_length = 1))]
    pub reason: String,
    /// How sure you are, 0 to 1. An agent that is less sure than `review.confidence_threshold` asks a person instead.
    #[oai(validator(minimum(value = "0"), maximum(value = "1")))]
    pub confidence: Option<f64>,
    /// Tokens that the task may use from here, in place of what its budget allows; only a person raises it. Without a
    /// figure a task whose own budget is used up gets the same once more.
    #[oai(validator(minimum(value = "1")))]
    pub budget_tokens: Option<i64>,
    /// The same for its cost, in micro-units.
    #[oai(validator(minimum(value = "1")))]
    pub budget_cost: Option<i64>,
}

splits!(
    Transition.agent -> Act { reason, on; ..Act::default() },
    Completion.agent -> Act { summary; ..Act::default() },
    Resolution.agent -> Act { to, reason, confidence, budget_tokens, budget_cost; ..Act::default() },
);
