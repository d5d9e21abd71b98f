//! Records of a task in the lines of an export. What a line leaves out has its default, so that lines of other systems, and
//! those that a person writes, can be read too.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::{
    ids::{Actor, AgentId},
    records::{
        Answer, CommentType, IssueSeverity, JudgedOutput, OutputType, ReviewResult, Ruling, Severity, Stance, Verdict,
    },
};

/// What is written on a task.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Records {
    /// Its thread.
    pub comments: Vec<CommentLine>,
    /// Its results.
    pub outputs: Vec<OutputLine>,
    /// Choices.
    pub decisions: Vec<DecisionLine>,
    /// What somebody noticed.
    pub observations: Vec<ObservationLine>,
    /// Reviews, oldest first.
    pub reviews: Vec<ReviewLine>,
    /// Answers to them.
    pub rebuttals: Vec<RebuttalLine>,
}

impl Records {
    /// How many there are, the outputs left out, whose files may be missing.
    pub fn count_without_outputs(&self) -> i64 {
        let all = self.comments.len() + self.decisions.len() + self.observations.len() + self.reviews.len();
        i64::try_from(all + self.rebuttals.len()).unwrap_or(i64::MAX)
    }
}

/// A comment.
#[derive(Debug, Clone, Deserialize)]
pub struct CommentLine {
    /// Who wrote it.
    #[serde(default = "Actor::human")]
    pub author: Actor,
    /// The text.
    pub body: String,
    /// What it is meant as.
    #[serde(default = "note")]
    pub comment_type: CommentType,
    /// Who should have looked at it.
    #[serde(default)]
    pub mentions: Vec<AgentId>,
    /// When; now when none.
    #[serde(default)]
    pub created_at: Option<DateTime<Utc>>,
}

/// A result, with its file.
#[derive(Debug, Clone, Deserialize)]
pub struct OutputLine {
    /// Who made it.
    #[serde(default = "Actor::human")]
    pub agent: Actor,
    /// Its name.
    pub title: String,
    /// What it is.
    #[serde(default = "other")]
    pub output_type: OutputType,
    /// What is in it.
    #[serde(default)]
    pub summary: Option<String>,
    /// Round of review that it was made for.
    #[serde(default)]
    pub round: i64,
    /// When; now when none.
    #[serde(default)]
    pub created_at: Option<DateTime<Utc>>,
    /// The file as text.
    #[serde(default)]
    pub content: Option<String>,
    /// The file as bytes, in base64.
    #[serde(default)]
    pub content_base64: Option<String>,
}

/// A choice.
#[derive(Debug, Clone, Deserialize)]
pub struct DecisionLine {
    /// Who decided.
    #[serde(default = "Actor::human")]
    pub agent: Actor,
    /// What.
    pub decision: String,
    /// Why.
    #[serde(default)]
    pub rationale: String,
    /// When; now when none.
    #[serde(default)]
    pub created_at: Option<DateTime<Utc>>,
}

/// Something that somebody noticed.
#[derive(Debug, Clone, Deserialize)]
pub struct ObservationLine {
    /// Who.
    #[serde(default = "Actor::human")]
    pub agent: Actor,
    /// What.
    pub body: String,
    /// How much it matters.
    #[serde(default = "info")]
    pub severity: Severity,
    /// When; now when none.
    #[serde(default)]
    pub created_at: Option<DateTime<Utc>>,
}

/// A review.
#[derive(Debug, Clone, Deserialize)]
pub struct ReviewLine {
    /// Its id in the export; rebuttals refer to it.
    #[serde(default)]
    pub id: i64,
    /// Who reviewed.
    pub reviewer: Actor,
    /// The conclusion.
    pub verdict: Verdict,
    /// How sure the reviewer was.
    pub confidence: f64,
    /// Round of review.
    #[serde(default = "one")]
    pub round: i64,
    /// The findings.
    #[serde(default)]
    pub issues: Vec<IssueLine>,
    /// The files that it judged.
    #[serde(default)]
    pub judged: Vec<JudgedOutput>,
    /// What became of its verdict.
    #[serde(default)]
    pub result: Option<ReviewResult>,
    /// How that is known.
    #[serde(default)]
    pub result_reason: Option<String>,
    /// When; now when none.
    #[serde(default)]
    pub created_at: Option<DateTime<Utc>>,
}

/// A finding.
#[derive(Debug, Clone, Deserialize)]
pub struct IssueLine {
    /// Its id in the export; answers refer to it.
    #[serde(default)]
    pub id: i64,
    /// How bad it is.
    pub severity: IssueSeverity,
    /// What is wrong.
    pub text: String,
    /// The author's answer.
    #[serde(default)]
    pub stance: Option<Stance>,
    /// The author's reason.
    #[serde(default)]
    pub reason: Option<String>,
    /// What a later review said.
    #[serde(default)]
    pub ruling: Option<Ruling>,
    /// Why.
    #[serde(default)]
    pub ruling_reason: Option<String>,
    /// The earlier finding that it upholds.
    #[serde(default)]
    pub upholds: Option<i64>,
    /// The withdrawn finding that it repeats.
    #[serde(default)]
    pub repeats: Option<i64>,
}

/// Answers to a review.
#[derive(Debug, Clone, Deserialize)]
pub struct RebuttalLine {
    /// The review, by its id in the export.
    pub review_id: i64,
    /// Who answers.
    pub author: Actor,
    /// Round of review.
    #[serde(default = "one")]
    pub round: i64,
    /// One answer for each finding.
    pub answers: Vec<Answer>,
    /// When; now when none.
    #[serde(default)]
    pub created_at: Option<DateTime<Utc>>,
}

const fn note() -> CommentType {
    CommentType::Note
}
const fn other() -> OutputType {
    OutputType::Other
}
const fn info() -> Severity {
    Severity::Info
}
const fn one() -> i64 {
    1
}
