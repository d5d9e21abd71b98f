//! What people and agents write on a task: comments, outputs, decisions, observations, reviews, rebuttals, lessons.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    ids::{Actor, AgentId, ProjectId, SkillId, TaskId},
    words::words,
};

words!(
    /// What a comment is meant as.
    CommentType, "comment type" {
        /// Anything worth noting.
        Note = "note",
        /// Work is handed to somebody.
        Handoff = "handoff",
        /// A question that waits for an answer.
        Question = "question",
        /// The answer to a question.
        Answer = "answer",
        /// Where somebody stands in a discussion.
        Position = "position",
        /// A proposal.
        Suggestion = "suggestion",
        /// Somebody takes a part of the work.
        Claim = "claim",
        /// Something that may go wrong.
        Risk = "risk",
    }
);

words!(
    /// What an output is.
    OutputType, "output type" {
        /// Source code.
        Code = "code",
        /// Text for people.
        Document = "document",
        /// Figures.
        Data = "data",
        /// Settings.
        Config = "config",
        /// Anything else.
        Other = "other",
    }
);

words!(
    /// How much an observation matters.
    Severity, "severity" {
        /// Good to know.
        Info = "info",
        /// Somebody should look.
        Warning = "warning",
        /// Somebody must look now.
        Critical = "critical",
    }
);

words!(
    /// What a reviewer concludes.
    Verdict, "verdict" {
        /// Good as it is.
        Approved = "approved",
        /// Good after changes.
        NeedsRevision = "needs_revision",
        /// Not good.
        Rejected = "rejected",
    }
);

words!(
    /// How bad an issue is.
    IssueSeverity, "issue severity" {
        /// Cosmetic; fixed without argument.
        Minor = "minor",
        /// Must be fixed or argued about.
        Major = "major",
        /// Makes the work useless or dangerous.
        Critical = "critical",
    }
);

words!(
    /// How an author answers an issue.
    Stance, "stance" {
        /// Right; it will be fixed.
        Accept = "ACCEPT",
        /// Wrong, and here is why.
        Reject = "REJECT",
        /// Right in part.
        Partial = "PARTIAL",
    }
);

words!(
    /// What a later review says about a finding that the author did not accept.
    Ruling, "ruling" {
        /// The finding stands.
        Upheld = "upheld",
        /// The author is right; the finding is dropped.
        Withdrawn = "withdrawn",
    }
);

words!(
    /// What became of a review's verdict.
    ReviewResult, "review result" {
        /// What came later agreed with it.
        Confirmed = "confirmed",
        /// What came later showed that it was wrong.
        Overturned = "overturned",
    }
);

/// A comment in a task's thread.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Comment {
    /// Counts up within the project.
    pub id: i64,
    /// The task.
    pub task: TaskId,
    /// Who wrote it.
    pub author: Actor,
    /// The whole text, in Markdown; never cut.
    pub body: String,
    /// What it is meant as.
    pub comment_type: CommentType,
    /// Who should look at it.
    pub mentions: Vec<AgentId>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}

/// A result of work: a file, with a summary in the row.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Output {
    /// Counts up within the project.
    pub id: i64,
    /// The task.
    pub task: TaskId,
    /// Who made it.
    pub agent: Actor,
    /// Its name.
    pub title: String,
    /// What it is.
    pub output_type: OutputType,
    /// What is in it, in a few words.
    pub summary: Option<String>,
    /// Where the file is, below the project's folder.
    pub path: String,
    /// Its size.
    pub size_bytes: i64,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// The attempt that made it.
    pub attempt_number: Option<i64>,
    /// Round of review that it was made for, from 0.
    pub round: i64,
    /// When it was registered.
    pub created_at: DateTime<Utc>,
}

/// A choice that somebody made, and why.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Decision {
    /// Counts up within the project.
    pub id: i64,
    /// The task.
    pub task: TaskId,
    /// Who decided.
    pub agent: Actor,
    /// What was decided.
    pub decision: String,
    /// Why.
    pub rationale: String,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// Something that somebody noticed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Observation {
    /// Counts up within the project.
    pub id: i64,
    /// The task; none when it is about the project.
    pub task: Option<TaskId>,
    /// Who noticed.
    pub agent: Actor,
    /// What.
    pub body: String,
    /// How much it matters.
    pub severity: Severity,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// A finding of a review.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReviewIssue {
    /// Counts up within the project; rebuttals refer to it.
    pub id: i64,
    /// How bad it is.
    pub severity: IssueSeverity,
    /// What is wrong.
    pub text: String,
    /// The author's answer, once there is one.
    pub stance: Option<Stance>,
    /// The author's reason.
    pub reason: Option<String>,
    /// What a later review says about it, when the author did not accept it.
    pub ruling: Option<Ruling>,
    /// Why.
    pub ruling_reason: Option<String>,
    /// The finding of an earlier round that it upholds.
    pub upholds: Option<i64>,
    /// The finding that says the same and was dropped in this task before.
    pub repeats: Option<i64>,
}

impl ReviewIssue {
    /// True while the author's answer waits for a reviewer's word on it.
    pub fn is_open_point(&self) -> bool {
        matches!(self.stance, Some(Stance::Reject | Stance::Partial)) && self.ruling.is_none()
    }
}

/// What a review says about one answer of the author.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewRuling {
    /// The finding that was answered.
    pub issue_id: i64,
    /// Whether it stands.
    pub ruling: Ruling,
    /// Why.
    pub reason: String,
}

/// A file as it was when a review judged it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JudgedOutput {
    /// Its name.
    pub title: String,
    /// Where it is, below the project's folder.
    pub path: String,
    /// Its size; none when it was not there.
    pub size_bytes: Option<i64>,
    /// SHA-256 of the file on disk, in hexadecimal; none when it was not there.
    pub sha256: Option<String>,
}

/// A finding that a reviewer submits.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewIssue {
    /// How bad it is.
    pub severity: IssueSeverity,
    /// What is wrong.
    pub text: String,
}

/// A reviewer's conclusion about one round of work.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Review {
    /// Counts up within the project.
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
    /// The findings.
    pub issues: Vec<ReviewIssue>,
    /// The files that it judged, as they were.
    #[serde(default)]
    pub judged: Vec<JudgedOutput>,
    /// What became of its verdict, once that is known.
    pub result: Option<ReviewResult>,
    /// How that is known.
    pub result_reason: Option<String>,
    /// When it was submitted.
    pub created_at: DateTime<Utc>,
    /// When policy decided what follows from it.
    pub decided_at: Option<DateTime<Utc>>,
}

/// An author's answer to one issue.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The issue.
    pub issue_id: i64,
    /// The answer.
    pub stance: Stance,
    /// Why.
    pub reason: String,
}

/// An author's answers to a review.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Rebuttal {
    /// Counts up within the project.
    pub id: i64,
    /// The task.
    pub task: TaskId,
    /// The review that it answers.
    pub review_id: i64,
    /// Who answers.
    pub author: Actor,
    /// Round of review.
    pub round: i64,
    /// One answer for each issue.
    pub answers: Vec<Answer>,
    /// When it was submitted.
    pub created_at: DateTime<Utc>,
    /// When policy decided what follows from it.
    pub decided_at: Option<DateTime<Utc>>,
}

words!(
    /// How far a lesson is trusted.
    ExperienceStatus, "experience status" {
        /// Drawn from the records of a task; nobody has confirmed it yet.
        Candidate = "candidate",
        /// In use.
        Active = "active",
        /// Not referred to for too long, or taken back.
        Deprecated = "deprecated",
    }
);

/// A lesson from one task.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Experience {
    /// Counts up within the project.
    pub id: i64,
    /// The project.
    pub project: ProjectId,
    /// The task that it came from.
    pub task: TaskId,
    /// Who learned it.
    pub agent: Actor,
    /// What was learned.
    pub lesson: String,
    /// What it is about.
    pub tags: Vec<String>,
    /// What it rests on, such as `attempt sales.t-3.1` or `review 7`.
    pub evidence: Vec<String>,
    /// How far it is trusted.
    pub status: ExperienceStatus,
    /// When it went into a skill.
    pub distilled_at: Option<DateTime<Utc>>,
    /// That skill.
    pub skill: Option<SkillId>,
    /// How often it was put into a prompt.
    pub references_count: i64,
    /// When it was last put into a prompt.
    pub last_referenced_at: Option<DateTime<Utc>>,
    /// When it was learned.
    pub created_at: DateTime<Utc>,
}

/// A question to a person, and the answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Counts up within the project.
    pub id: i64,
    /// The task that waits for the answer.
    pub task: TaskId,
    /// The question.
    pub question: String,
    /// Possible answers; any text when empty.
    pub options: Vec<String>,
    /// Who asked.
    pub asked_by: Actor,
    /// The answer.
    pub answer: Option<String>,
    /// Who answered.
    pub answered_by: Option<Actor>,
    /// When its time is over; it waits for ever when none.
    pub timeout_at: Option<DateTime<Utc>>,
    /// What holds when nobody has answered by then.
    pub default_answer: Option<String>,
    /// True when its time was over before somebody had answered.
    pub timed_out: bool,
    /// When it was asked.
    pub created_at: DateTime<Utc>,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
}

/// A write that came with a token that is not current: kept, so that a person can look at it and apply it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DeadLetter {
    /// Counts up within the project.
    pub id: i64,
    /// The task.
    pub task: TaskId,
    /// Who wrote, as far as that was said.
    pub agent: Option<Actor>,
    /// What it wanted to do, such as `complete` or `output`.
    pub operation: String,
    /// The request's body.
    pub body: serde_json::Value,
    /// Why it was refused.
    pub reason: String,
    /// When it arrived.
    pub created_at: DateTime<Utc>,
    /// When a person applied or discarded it.
    pub settled_at: Option<DateTime<Utc>>,
    /// `applied` or `discarded`.
    pub settlement: Option<String>,
}
