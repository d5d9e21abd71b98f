//! What requests bring, with the names of the CLI; the author's field defaults to `human` everywhere.

use poem_openapi::{Object, types::MaybeUndefined};
use serde_json::{Map, Value};

use crate::{
    app::requests,
    model::{
        self,
        ids::{Actor, AgentId, ProjectId, TaskId},
        records::{CommentType, IssueSeverity, OutputType, Severity, Stance, Verdict},
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
    pub reason: String,
}

/// A new comment
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct NewComment {
    /// Who writes.
    pub author: Option<Actor>,
    /// The text, in Markdown; `@agent` mentions an agent.
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

/// A new decision
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct NewDecision {
    /// Who decides.
    pub agent: Option<Actor>,
    /// What was decided.
    pub decision: String,
    /// Why.
    pub rationale: String,
}

/// A new observation
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct NewObservation {
    /// Who noticed.
    pub agent: Option<Actor>,
    /// What was noticed.
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
    pub text: String,
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
    /// The findings.
    #[oai(default)]
    pub issues: Vec<NewIssue>,
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
    pub reason: String,
}

/// A new rebuttal
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct NewRebuttal {
    /// Who answers.
    pub author: Option<Actor>,
    /// One answer for each issue.
    pub answers: Vec<NewAnswer>,
}

/// A new lesson
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct NewLesson {
    /// Who learned it.
    pub agent: Option<Actor>,
    /// What was learned.
    pub lesson: String,
    /// What it is about.
    pub tags: Vec<String>,
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
    pub question: String,
    /// Possible answers; any text when empty.
    #[oai(default)]
    pub options: Vec<String>,
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

/// A new project
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct NewProject {
    /// Its id: 1 to 64 of `a-z 0-9 _ -`, with a letter or digit in front.
    pub id: ProjectId,
    /// Name for people; the id when none.
    pub name: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// Who works on it; every configured agent when empty.
    #[oai(default)]
    pub agents: Vec<AgentId>,
}

/// Changes to a project
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct ProjectPatch {
    /// New name for people.
    pub name: String,
    /// Who changes it.
    pub agent: Option<Actor>,
}

/// Ends an attempt
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct Kill {
    /// Who ends it: a person or the coordinator.
    pub agent: Option<Actor>,
    /// Why.
    pub reason: Option<String>,
}

/// The text of a script
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct ScriptText {
    /// The source.
    pub source: String,
}

/// A script to check; the one in force when no source is given
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct ScriptToCheck {
    /// The source.
    pub source: Option<String>,
}

/// What to back up
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct NewBackup {
    /// Only this project; every project when none.
    pub project: Option<ProjectId>,
}

/// Where to restore a backup
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct Restore {
    /// The project.
    pub project: ProjectId,
    /// Replace what the project holds now; a safety copy is kept.
    #[oai(default)]
    pub force: bool,
}

/// A line for the inbox
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct InboxLine {
    /// What happened: `task_created`, `task_ready`, `task_completed`, `task_failed`, `comment_added` or `user_action`.
    pub event: String,
    /// The project.
    pub project: Option<ProjectId>,
    /// The task.
    pub task: Option<TaskId>,
    /// Who says so.
    pub agent: Option<Actor>,
    /// When it happened.
    pub at: Option<String>,
    /// The facts; for `task_created` the body of a new task.
    pub data: Option<Value>,
    /// A line with the same id is taken once.
    pub id: Option<String>,
}

impl InboxLine {
    /// The line as the inbox's file has it, without what was left out.
    pub fn fields(self) -> Map<String, Value> {
        let text = |value: Option<String>| value.map(Value::String);
        let fields = [
            ("event", Some(Value::String(self.event))),
            ("project", text(self.project.map(|project| project.to_string()))),
            ("task", text(self.task.map(|task| task.to_string()))),
            ("agent", text(self.agent.map(|agent| agent.to_string()))),
            ("at", text(self.at)),
            ("data", self.data),
            ("id", text(self.id)),
        ];
        fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    }
}

/// Splits a body into who acts and what the operation takes.
macro_rules! splits {
    ($($body:ident.$who:ident -> $request:ident { $($field:ident),+ $(; ..$rest:expr)? },)+) => {$(
        impl From<$body> for (Option<Actor>, requests::$request) {
            fn from(body: $body) -> Self {
                (body.$who, requests::$request { $($field: body.$field.into(),)+ $(..$rest)? })
            }
        }
    )+};
}

impl From<NewIssue> for model::records::NewIssue {
    fn from(body: NewIssue) -> Self {
        Self { severity: body.severity, text: body.text }
    }
}

impl From<NewAnswer> for model::records::Answer {
    fn from(body: NewAnswer) -> Self {
        Self { issue_id: body.issue_id, stance: body.stance, reason: body.reason }
    }
}

splits!(
    Transition.agent -> Act { reason, on; ..requests::Act::default() },
    Completion.agent -> Act { summary; ..requests::Act::default() },
    Resolution.agent -> Act { to, reason; ..requests::Act::default() },
    NewComment.author -> NewComment { body, comment_type, mentions },
    NewOutput.agent -> NewOutput { title, output_type, summary, path, text },
    NewDecision.agent -> NewDecision { decision, rationale },
    NewObservation.agent -> NewObservation { body, severity },
    NewLesson.agent -> NewLesson { lesson, tags },
    NewCheckpoint.agent -> NewCheckpoint { task, question, options },
);

impl From<NewReview> for (Option<Actor>, requests::NewReview) {
    fn from(body: NewReview) -> Self {
        let issues = body.issues.into_iter().map(Into::into).collect();
        (body.reviewer, requests::NewReview { verdict: body.verdict, confidence: body.confidence, issues })
    }
}

impl From<NewRebuttal> for (Option<Actor>, requests::NewRebuttal) {
    fn from(body: NewRebuttal) -> Self {
        (body.author, requests::NewRebuttal { answers: body.answers.into_iter().map(Into::into).collect() })
    }
}
