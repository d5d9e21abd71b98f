//! Reviews and their answers, as a policy script sees them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::model::{
    ids::{Actor, TaskId},
    records::{IssueSeverity, Ruling, Stance, Verdict},
};

/// A review as a script sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReviewFacts {
    /// Its id.
    pub id: i64,
    /// The task.
    pub task: TaskId,
    /// Who reviewed.
    pub reviewer: Actor,
    /// The conclusion.
    pub verdict: Verdict,
    /// How sure the reviewer is, 0 to 1.
    pub confidence: f64,
    /// Round of review, from 1.
    pub round: i64,
    /// Rounds that are allowed.
    pub max_rounds: i64,
    /// Approvals still missing in this round, this review counted.
    pub approvals_missing: i64,
    /// The worst severity among the issues.
    pub worst_severity: Option<IssueSeverity>,
    /// Issues that it upholds after the author's answer.
    #[serde(default)]
    pub upheld_count: i64,
    /// Issues that say again what was withdrawn in this task before.
    #[serde(default)]
    pub repeats_count: i64,
    /// Verdicts of the reviewer of which it is known what became of them.
    #[serde(default)]
    pub reviewer_reviews_count: i64,
    /// The mean squared distance of the reviewer's confidence from what became of the verdicts: 0 is perfect, 0.25 a coin.
    #[serde(default)]
    pub reviewer_brier: Option<f64>,
    /// By how much the reviewer's mean confidence exceeds the share of verdicts that held.
    #[serde(default)]
    pub reviewer_overconfidence: Option<f64>,
    /// The findings, as `#{id, severity, text, stance, reason}`.
    pub issues: Vec<IssueFacts>,
    /// When it was submitted.
    pub at: DateTime<Utc>,
}

/// A finding as a script sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IssueFacts {
    /// Its id.
    pub id: i64,
    /// How bad it is.
    pub severity: IssueSeverity,
    /// What is wrong.
    pub text: String,
    /// The author's answer.
    pub stance: Option<Stance>,
    /// The author's reason.
    pub reason: Option<String>,
    /// What a later review says about it, when the author did not accept it.
    #[serde(default)]
    pub ruling: Option<Ruling>,
    /// The issue of an earlier round that it upholds.
    #[serde(default)]
    pub upholds: Option<i64>,
    /// The issue that says the same and was withdrawn in this task before.
    #[serde(default)]
    pub repeats: Option<i64>,
}

/// A rebuttal as a script sees it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RebuttalFacts {
    /// Its id.
    pub id: i64,
    /// The task.
    pub task: TaskId,
    /// The review that it answers.
    pub review: i64,
    /// Who answers.
    pub author: Actor,
    /// Round of review.
    pub round: i64,
    /// Rounds that are allowed.
    pub max_rounds: i64,
    /// How many issues are accepted.
    pub accepts_count: i64,
    /// How many issues are accepted in part.
    pub partials_count: i64,
    /// How many issues are rejected.
    pub rejects_count: i64,
    /// How many of the rejected ones a reviewer has upheld before.
    #[serde(default)]
    pub repeated_rejects_count: i64,
    /// When it was submitted.
    pub at: DateTime<Utc>,
}
