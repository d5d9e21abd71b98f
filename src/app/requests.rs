//! What callers send, with the names of the contract. They are also what a dead letter keeps.

use serde::{Deserialize, Serialize};

use crate::model::{
    ids::Actor,
    mail::MailKind,
    records::{Answer, CommentType, NewIssue, NewRuling, OutputType, Severity, Verdict},
    status::Status,
};

/// Who calls, and with which token.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Who acts; the token's agent when there is a token.
    pub actor: Actor,
    /// The fencing token of an attempt.
    pub token: Option<String>,
    /// Set when a person applies what somebody else once wrote: the write is attributed to them.
    pub on_behalf_of: Option<Actor>,
    /// A key that lets the write take effect at most once in its project.
    pub once: Option<String>,
    /// The name that others have for the task which is created.
    pub reference: Option<String>,
    /// A key under which the write's answer is kept: sent again, it is answered and not done again.
    pub repeat_key: Option<String>,
}

impl Caller {
    /// A caller without a token.
    pub fn new(actor: Actor) -> Self {
        Self { actor, token: None, on_behalf_of: None, once: None, reference: None, repeat_key: None }
    }

    /// With a key that lets the write take effect at most once.
    #[must_use]
    pub fn once(mut self, key: String) -> Self {
        self.once = Some(key);
        self
    }

    /// With the name that others have for the task which is created.
    #[must_use]
    pub fn naming(mut self, reference: Option<String>) -> Self {
        self.reference = reference;
        self
    }

    /// With a key that lets the write be sent again.
    #[must_use]
    pub fn repeatable(mut self, key: Option<String>) -> Self {
        self.repeat_key = key;
        self
    }

    /// With a token.
    #[must_use]
    pub fn with_token(mut self, token: Option<String>) -> Self {
        self.token = token;
        self
    }
}

/// The body of a transition: who, and whatever that transition needs.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Act {
    /// Why.
    pub reason: Option<String>,
    /// What to wait for (`block`): a task id, an agent or `human`; who decides (`escalate`).
    pub on: Option<String>,
    /// What was done (`complete`).
    pub summary: Option<String>,
    /// Where to (`resolve`).
    pub to: Option<Status>,
    /// How sure whoever decides is, 0 to 1 (`resolve`).
    pub confidence: Option<f64>,
    /// Tokens that the task may use from here (`resolve`).
    pub budget_tokens: Option<i64>,
    /// What it may cost from here, in micro-units (`resolve`).
    pub budget_cost: Option<i64>,
}

/// A comment.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewComment {
    /// The text.
    pub body: String,
    /// What it is meant as; a note when none.
    pub comment_type: Option<CommentType>,
    /// Agents who should look at it, beside those written as `@agent` in the text.
    #[serde(default)]
    pub mentions: Vec<String>,
}

/// An output: a file in the project's folder, or a text that becomes one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewOutput {
    /// Its name.
    pub title: String,
    /// What it is.
    pub output_type: Option<OutputType>,
    /// What is in it.
    pub summary: Option<String>,
    /// The file: absolute, or relative to the task's folder.
    pub path: Option<String>,
    /// The text.
    pub text: Option<String>,
}

/// A decision.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewDecision {
    /// What was decided.
    pub decision: String,
    /// Why.
    pub rationale: String,
}

/// An observation.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewObservation {
    /// What was noticed.
    pub body: String,
    /// How much it matters; `info` when none.
    pub severity: Option<Severity>,
}

/// A review.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewReview {
    /// The conclusion.
    pub verdict: Verdict,
    /// How sure the reviewer is, 0 to 1.
    pub confidence: f64,
    /// The findings.
    #[serde(default)]
    pub issues: Vec<NewIssue>,
    /// What it says about findings that the author did not accept: one for each.
    #[serde(default)]
    pub rulings: Vec<NewRuling>,
}

/// A rebuttal.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewRebuttal {
    /// One answer for each issue.
    pub answers: Vec<Answer>,
}

/// A lesson.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewLesson {
    /// What was learned.
    pub lesson: String,
    /// What it is about.
    pub tags: Vec<String>,
}

/// A mail.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewMail {
    /// Who is to read it; of an answer, whoever is answered when none.
    pub to: Option<Actor>,
    /// One line; of an answer, `Re: …` when none.
    pub subject: Option<String>,
    /// The text.
    pub body: String,
    /// What it wants; a request when it is new, to be known when it answers.
    pub kind: Option<MailKind>,
    /// The mail that it answers.
    pub in_reply_to: Option<i64>,
    /// Seconds until an answer is due.
    pub deadline_seconds: Option<i64>,
}

/// A question to a person.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewCheckpoint {
    /// The task that waits for the answer.
    pub task: crate::model::ids::TaskId,
    /// The question.
    pub question: String,
    /// Possible answers; any text when empty.
    #[serde(default)]
    pub options: Vec<String>,
    /// Seconds until its time is over; as the configuration says when none.
    #[serde(default)]
    pub timeout_seconds: Option<i64>,
    /// What holds when nobody has answered by then.
    #[serde(default)]
    pub default: Option<String>,
}
