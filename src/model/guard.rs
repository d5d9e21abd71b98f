//! What stands between an agent's word and a completed task while nobody waits for the answer: checks that take long, and
//! questions of guardrails that an agent answers.

use chrono::{DateTime, Utc};

use super::{
    ids::{Actor, TaskId},
    status::Role,
    words::words,
};

words!(
    /// Whether a completion waits for its checks.
    GateState, "gate" {
        /// It does; the task is working until they hold.
        Pending = "pending",
    }
);

words!(
    /// What a completion waits for.
    GateStep, "gate step" {
        /// Programs and facts about files.
        Checks = "checks",
        /// Answers of agents.
        Questions = "questions",
    }
);

words!(
    /// What a question of a guardrail is about.
    GuardKind, "guard kind" {
        /// A result that somebody says is complete.
        Prompt = "prompt",
        /// A scope that somebody has declared.
        Scope = "scope",
    }
);

words!(
    /// What came of a question.
    GuardState, "guard state" {
        /// It waits.
        Open = "open",
        /// PASS.
        Holds = "holds",
        /// FAIL.
        Broken = "broken",
        /// Whoever was asked brought no answer.
        Unanswered = "unanswered",
        /// Nobody needs it any more.
        Void = "void",
    }
);

/// A completion that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// The task.
    pub task: TaskId,
    /// The attempt that said so, by its number.
    pub attempt: Option<i64>,
    /// Who said so.
    pub actor: Actor,
    /// In which capacity.
    pub role: Role,
    /// In which words.
    pub summary: Option<String>,
    /// What it waits for.
    pub step: GateStep,
    /// By name.
    pub waits_for: Vec<String>,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// A question, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guard {
    /// Its number.
    pub id: i64,
    /// The task.
    pub task: TaskId,
    /// What it is about.
    pub kind: GuardKind,
    /// The guardrail.
    pub rule: String,
    /// What follows from a FAIL, in the words of `guardrails.yaml`.
    pub severity: String,
    /// The question.
    pub question: String,
    /// What came of it.
    pub state: GuardState,
    /// The attempt that answers, by its number.
    pub attempt: Option<i64>,
    /// Who has answered.
    pub answered_by: Option<Actor>,
    /// What.
    pub answer: Option<String>,
}
