//! A task and what it asks for.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    guard::GateState,
    ids::{Actor, AgentId, AttemptId, ProjectId, TaskId},
    status::Lifecycle,
    usage::{Allowance, Spend},
    words::words,
};

words!(
    /// What a mistake would cost. What follows from it is policy: how deep the review goes, which red lines hold.
    RiskLevel, "risk level" {
        /// Next to nothing.
        Low = "low",
        /// Work that has to be done again.
        Medium = "medium",
        /// Harm to others, or money.
        High = "high",
        /// Harm that cannot be undone.
        Critical = "critical",
    }
);

impl RiskLevel {
    /// Approvals that work of this risk needs, whatever a policy says.
    pub const fn least_approvals(self) -> i64 {
        match self {
            Self::Low | Self::Medium => 0,
            Self::High => 1,
            Self::Critical => 2,
        }
    }
}

/// How deep the review of a task goes; policy says it (`review_depth`) when the task is submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewDepth {
    /// Different reviewers who have to approve in one round; at least 1.
    pub approvals: i64,
    /// Rounds before somebody else decides; at least 1.
    pub max_rounds: i64,
}

impl ReviewDepth {
    /// The same, where so many rounds lie before the review.
    #[must_use]
    pub const fn after(self, rounds: i64) -> Self {
        Self { max_rounds: self.max_rounds + rounds, ..self }
    }

    /// As deep as policy says, and at least as deep as the risk asks for; `rounds` where policy says nothing.
    pub fn at_least(said: Option<Self>, risk: RiskLevel, rounds: i64) -> Option<Self> {
        let least = risk.least_approvals();
        match said {
            Some(depth) => Some(Self { approvals: depth.approvals.max(least), ..depth }),
            None if least > 0 => Some(Self { approvals: least, max_rounds: rounds.max(1) }),
            None => None,
        }
    }

    /// In words, for people; none is no review.
    pub fn in_words(depth: Option<Self>) -> String {
        let plural = |count: i64, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        match depth {
            None => "no review is needed".to_owned(),
            Some(Self { approvals, max_rounds }) => {
                format!("{} in at most {}", plural(approvals, "approval"), plural(max_rounds, "round"))
            }
        }
    }
}

words!(
    /// Why an agent is started.
    Trigger, "trigger" {
        /// Do the task.
        Execute = "execute",
        /// Do it again, with the review's findings.
        Revise = "revise",
        /// Review it.
        Review = "review",
        /// Answer the review, issue by issue.
        Rebut = "rebut",
        /// Somebody mentioned the agent.
        Mention = "mention",
        /// The task is free: claim it if it suits.
        Offer = "offer",
        /// All children are done: look at the whole.
        Round = "round",
        /// Write a skill from experience.
        Distill = "distill",
        /// Decide what others could not agree on.
        Arbitrate = "arbitrate",
        /// Answer a guardrail's question.
        Guard = "guard",
    }
);

impl Trigger {
    /// True when the attempt holds the task (and so may complete it).
    pub const fn owns_task(self) -> bool {
        matches!(self, Self::Execute | Self::Revise | Self::Distill)
    }

    /// True when the attempt makes its agent an author, who may not review the task.
    pub const fn is_authorship(self) -> bool {
        matches!(self, Self::Execute | Self::Revise | Self::Rebut)
    }
}

words!(
    /// Whose turn it is while a task is in review.
    ReviewPhase, "review phase" {
        /// A reviewer's.
        Review = "review",
        /// The author's, to answer the issues.
        Rebuttal = "rebuttal",
    }
);

/// What must be there before the work counts as complete; checked without asking anybody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MustHaves {
    /// Observable facts that must hold; the reviewer judges them.
    pub truths: Vec<String>,
    /// Files below `artifacts/<task>/` that must exist.
    pub artifacts: Vec<String>,
    /// References that must resolve: paths below `artifacts/<task>/`, task ids, or titles of outputs.
    pub key_links: Vec<String>,
}

impl MustHaves {
    /// True when nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.truths.is_empty() && self.artifacts.is_empty() && self.key_links.is_empty()
    }
}

/// What a new task is made of.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NewTask {
    /// One line; the only thing required.
    pub title: String,
    /// The whole request, in Markdown.
    pub description: Option<String>,
    /// Who should do it; free to anybody when none.
    pub assignee: Option<AgentId>,
    /// Tasks that must be done before.
    pub depends_on: Vec<TaskId>,
    /// The task that this one is a part of.
    pub parent: Option<TaskId>,
    /// 1 to 10, 10 most urgent; 5 when none.
    pub priority: Option<i64>,
    /// What kind of work it is, such as `code`; `general` when none.
    pub task_type: Option<String>,
    /// What a mistake would cost; `medium` when none.
    pub risk_level: Option<RiskLevel>,
    /// What must be there at the end.
    pub must_haves: MustHaves,
    /// True for a task that will be done in parts: nobody is started on it before they are there.
    pub has_parts: bool,
}

/// The type of a task that is talked about before it has parts.
pub const GOAL: &str = "goal";

/// What a task is blocked on that waits for its first part. No agent or task can have this name.
pub const ITS_PARTS: &str = "its parts";

/// Changes to a task that are not transitions; absent means unchanged.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TaskPatch {
    /// New title.
    pub title: Option<String>,
    /// New description.
    pub description: Option<String>,
    /// New assignee; an empty text takes it away.
    pub assignee: Option<String>,
    /// New priority, 1 to 10.
    pub priority: Option<i64>,
    /// New type.
    pub task_type: Option<String>,
    /// New risk level.
    pub risk_level: Option<RiskLevel>,
    /// New requirements (all three lists).
    pub must_haves: Option<MustHaves>,
    /// New set of dependencies.
    pub depends_on: Option<Vec<TaskId>>,
}

/// A task as everybody sees it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// Its project.
    pub project: ProjectId,
    /// One line.
    pub title: String,
    /// The whole request, in Markdown; empty when none was given.
    pub description: String,
    /// Status, its timestamps and counters.
    #[serde(flatten)]
    pub lifecycle: Lifecycle,
    /// Who should do it.
    pub assignee: Option<AgentId>,
    /// Who created it.
    pub created_by: Actor,
    /// 1 to 10, 10 most urgent.
    pub priority: i64,
    /// What kind of work it is.
    pub task_type: String,
    /// What a mistake would cost.
    pub risk_level: RiskLevel,
    /// What must be there at the end.
    pub must_haves: MustHaves,
    /// Tasks that must be done before.
    pub depends_on: Vec<TaskId>,
    /// The task that this one is a part of.
    pub parent: Option<TaskId>,
    /// Who holds it now: the agent of the live attempt that owns the task.
    pub owner: Option<Actor>,
    /// The live attempt that owns the task.
    pub attempt: Option<AttemptId>,
    /// What the next attempt will be for: `execute` or `revise`.
    pub trigger: Trigger,
    /// Whose turn it is while the task is in review.
    pub review_phase: Option<ReviewPhase>,
    /// How deep its review goes; none until policy was asked.
    #[serde(default)]
    pub review_depth: Option<ReviewDepth>,
    /// Whether its completion waits for checks; none while it does not.
    #[serde(default)]
    pub gate: Option<GateState>,
    /// The checks that its completion waits for.
    #[serde(default)]
    pub gate_waits_for: Vec<String>,
    /// How often an agent was dispatched to do the task.
    pub dispatch_count: i64,
    /// What a blocked task waits for: a task id, an agent or `human`.
    pub blocked_on: Option<String>,
    /// Who has to decide about an escalated task: an agent or `human`.
    pub escalated_to: Option<Actor>,
    /// Why the last transition was made, in words.
    pub reason: Option<String>,
    /// The agent's own words about what it did.
    pub summary: Option<String>,
    /// Not to be dispatched before this time.
    pub not_before: Option<DateTime<Utc>>,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// When anything about it last changed.
    pub updated_at: DateTime<Utc>,
    /// Goes up with every change; an action on an older revision is refused.
    pub revision: i64,
    /// How many comments it has.
    pub comments_count: i64,
    /// How many outputs it has.
    pub outputs_count: i64,
    /// How many reviews it has.
    pub reviews_count: i64,
    /// How many children it has.
    pub subtasks_count: i64,
    /// What its attempts have used up.
    #[serde(default)]
    pub usage: Spend,
    /// What a person allowed beyond its budget.
    #[serde(default)]
    pub allowance: Allowance,
    /// The first attempt that counts against what its review may cost: a person's decision sets it.
    #[serde(default)]
    pub counts_from: i64,
    /// Who said what a mistake would cost.
    #[serde(default)]
    pub risk_set_by: Option<Actor>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_policy_says_less_than_the_risk_asks_for() {
        let depth = |approvals, max_rounds| Some(ReviewDepth { approvals, max_rounds });
        for (said, risk, asked) in [
            (None, RiskLevel::Low, None),
            (None, RiskLevel::Medium, None),
            (None, RiskLevel::High, depth(1, 3)),
            (None, RiskLevel::Critical, depth(2, 3)),
            (depth(1, 5), RiskLevel::Critical, depth(2, 5)),
            (depth(3, 5), RiskLevel::Critical, depth(3, 5)),
            (depth(1, 5), RiskLevel::Low, depth(1, 5)),
        ] {
            assert_eq!(ReviewDepth::at_least(said, risk, 3), asked, "{said:?} {risk}");
        }
    }
}
