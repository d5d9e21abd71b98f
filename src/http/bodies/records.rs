//! What is written on a task.

use poem_openapi::Object;
use serde_json::Value;

use super::splits;
use crate::{
    app::requests,
    http::schema::Choice,
    model::{
        self,
        ids::{Actor, TaskId},
        mail::MailKind,
        records::{CommentType, ExperienceStatus, IssueSeverity, OutputType, Ruling, Severity, Stance, Verdict},
    },
};

/// A new comment
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct NewComment {
    /// Who writes.
    pub author: Option<Actor>,
    /// The text, in Markdown; `@agent` mentions an agent.
    #[oai(validator(min_length = 1))]
    pub body: String,
    /// What it is meant as; a note when none.
    pub comment_type: Option<CommentType>,
    /// Agents who should look at it, beside those written as `@agent`.
    #[oai(default)]
    pub mentions: Vec<String>,
}

/// A new output: a file in the project's folder, or a text that becomes one
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct NewOutput {
    /// Who made it.
    pub agent: Option<Actor>,
    /// Its name, such as `report.md`.
    #[oai(validator(min_length = 1, max_length = 200))]
    pub title: String,
    /// What it is; `other` when none.
    pub output_type: Option<OutputType>,
    /// What is in it, in a few words.
    pub summary: Option<String>,
    /// The file: absolute, relative to the task's folder, or to the project's folder.
    pub path: Option<String>,
    /// The text.
    pub text: Option<String>,
}

/// A change of a lesson; what is left out stays
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct LessonPatch {
    /// Who changes it: a person or the coordinator.
    pub agent: Option<Actor>,
    /// How far it is trusted: `active` confirms it, `deprecated` takes it back.
    pub status: Option<ExperienceStatus>,
    /// Its text.
    pub lesson: Option<String>,
    /// Its tags, all of them.
    pub tags: Option<Vec<String>>,
}

/// A new decision
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct NewDecision {
    /// Who decides.
    pub agent: Option<Actor>,
    /// What was decided.
    #[oai(validator(min_length = 1))]
    pub decision: String,
    /// Why.
    #[oai(validator(min_length = 1))]
    pub rationale: String,
}

/// A new observation
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct NewObservation {
    /// Who noticed.
    pub agent: Option<Actor>,
    /// What was noticed.
    #[oai(validator(min_length = 1))]
    pub body: String,
    /// How much it matters; `info` when none.
    pub severity: Option<Severity>,
}

/// A finding
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct NewIssue {
    /// How bad it is.
    pub severity: IssueSeverity,
    /// What is wrong.
    #[oai(validator(min_length = 1))]
    pub text: String,
}

/// What a review says about an answer of the author
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct NewRuling {
    /// The issue that was answered.
    pub issue_id: i64,
    /// Whether it stands.
    pub ruling: Ruling,
    /// Why.
    #[oai(validator(min_length = 1))]
    pub reason: String,
}

/// A new review
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct NewReview {
    /// Who reviews.
    pub reviewer: Option<Actor>,
    /// The conclusion.
    pub verdict: Verdict,
    /// How sure the reviewer is, 0 to 1.
    #[oai(validator(minimum(value = "0"), maximum(value = "1")))]
    pub confidence: f64,
    /// The findings; at least one, unless it approves or upholds one of an earlier round.
    #[oai(default)]
    pub issues: Vec<NewIssue>,
    /// What it says about each issue of earlier rounds that the author answered with REJECT or PARTIAL.
    #[oai(default)]
    pub rulings: Vec<NewRuling>,
}

/// An answer to one issue
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct NewAnswer {
    /// The issue.
    pub issue_id: i64,
    /// The answer.
    pub stance: Stance,
    /// Why.
    #[oai(validator(min_length = 1))]
    pub reason: String,
}

/// A new rebuttal
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct NewRebuttal {
    /// Who answers.
    pub author: Option<Actor>,
    /// One answer for each issue.
    #[oai(validator(min_items = 1))]
    pub answers: Vec<NewAnswer>,
}

/// A new lesson
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct NewLesson {
    /// Who learned it.
    pub agent: Option<Actor>,
    /// What was learned.
    #[oai(validator(min_length = 1))]
    pub lesson: String,
    /// What it is about.
    #[oai(validator(min_items = 1))]
    pub tags: Vec<String>,
}

/// A new mail, or the answer to one
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct NewMail {
    /// Who writes.
    pub from: Option<Actor>,
    /// Who is to read it: an agent, `human` or `human:<name>`; of an answer, whoever is answered when none.
    pub to: Option<Actor>,
    /// What it is about, in one line; of an answer, `Re: …` when none.
    pub subject: Option<String>,
    /// The text, in Markdown.
    #[oai(validator(min_length = 1))]
    pub body: String,
    /// What it wants; `request` when it is new, `inform` when it answers.
    pub kind: Option<MailKind>,
    /// The mail that it answers.
    pub in_reply_to: Option<i64>,
    /// Seconds until an answer is due; only for a request.
    #[oai(validator(minimum(value = "1")))]
    pub deadline_seconds: Option<i64>,
}

/// A new question to a person
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct NewCheckpoint {
    /// Who asks.
    pub agent: Option<Actor>,
    /// The task that waits for the answer.
    pub task: TaskId,
    /// The question.
    #[oai(validator(min_length = 1))]
    pub question: String,
    /// Possible answers, each once; any text when empty.
    #[oai(default, validator(max_items = 20, unique_items = true))]
    pub options: Vec<Choice>,
    /// Seconds until its time is over, at most 30 days; as the configuration says when none.
    #[oai(validator(minimum(value = "1"), maximum(value = "2592000")))]
    pub timeout_seconds: Option<i64>,
    /// What holds when nobody has answered by then: one of the options where there are some.
    pub default: Option<String>,
}

/// The answer to a question
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct CheckpointAnswer {
    /// Who answers: a person.
    pub agent: Option<Actor>,
    /// The answer.
    pub answer: String,
}

impl From<NewIssue> for model::records::NewIssue {
    fn from(body: NewIssue) -> Self {
        Self { severity: body.severity, text: body.text }
    }
}

impl From<NewRuling> for model::records::NewRuling {
    fn from(body: NewRuling) -> Self {
        Self { issue_id: body.issue_id, ruling: body.ruling, reason: body.reason }
    }
}

impl From<NewAnswer> for model::records::Answer {
    fn from(body: NewAnswer) -> Self {
        Self { issue_id: body.issue_id, stance: body.stance, reason: body.reason }
    }
}

impl From<NewReview> for (Option<Actor>, requests::NewReview) {
    fn from(body: NewReview) -> Self {
        let issues = body.issues.into_iter().map(Into::into).collect();
        let rulings = body.rulings.into_iter().map(Into::into).collect();
        (body.reviewer, requests::NewReview { verdict: body.verdict, confidence: body.confidence, issues, rulings })
    }
}

impl From<NewRebuttal> for (Option<Actor>, requests::NewRebuttal) {
    fn from(body: NewRebuttal) -> Self {
        (body.author, requests::NewRebuttal { answers: body.answers.into_iter().map(Into::into).collect() })
    }
}

impl From<NewCheckpoint> for (Option<Actor>, requests::NewCheckpoint) {
    fn from(body: NewCheckpoint) -> Self {
        let NewCheckpoint { agent, task, question, options, timeout_seconds, default } = body;
        let options = options.into_iter().map(|Choice(option)| option).collect();
        (agent, requests::NewCheckpoint { task, question, options, timeout_seconds, default })
    }
}

splits!(
    NewComment.author -> NewComment { body, comment_type, mentions },
    NewOutput.agent -> NewOutput { title, output_type, summary, path, text },
    NewDecision.agent -> NewDecision { decision, rationale },
    NewObservation.agent -> NewObservation { body, severity },
    NewLesson.agent -> NewLesson { lesson, tags },
    NewMail.from -> NewMail { to, subject, body, kind, in_reply_to, deadline_seconds },
);

/// What is written on a task, as a line of an export has it
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct ImportedLine {
    /// An object with the lists `comments`, `outputs` (with `content` or `content_base64`), `decisions`, `observations`,
    /// `reviews` and `rebuttals`; what else is in it is left out.
    pub records: Value,
    /// Who imports it: a person.
    pub agent: Option<Actor>,
}
