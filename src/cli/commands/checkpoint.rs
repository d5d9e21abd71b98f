//! `checkpoint`: questions that wait for a person, and answering them.

use clap::{Args, Subcommand};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    cli::{
        args::{ProjectArg, TaskArgs, text_or_stdin},
        failure::{Exit, Failure},
        render::{Page, indent, table::Grid},
        session::Session,
    },
    client::request::Request,
    model::{ids::ProjectId, records::Checkpoint},
};

/// The verbs of `checkpoint`.
#[derive(Debug, Subcommand)]
pub enum CheckpointCommand {
    /// List the questions that wait for an answer
    List(List),
    /// Answer a question
    Answer(Answer),
    /// Ask a person; the task waits for the answer
    Ask(Ask),
}

/// Arguments of `checkpoint list`.
#[derive(Debug, Args)]
pub struct List {
    /// Which project.
    #[command(flatten)]
    pub project: ProjectArg,
    /// Those that were answered, too
    #[arg(long)]
    pub all: bool,
}

/// Arguments of `checkpoint answer`.
#[derive(Debug, Args)]
pub struct Answer {
    /// Which project.
    #[command(flatten)]
    pub project: ProjectArg,
    /// The question's number
    #[arg(value_name = "CHECKPOINT")]
    pub id: i64,
    /// The answer, or - for standard input; one of the options where there are some
    #[arg(long, value_name = "TEXT")]
    pub answer: String,
}

/// Arguments of `checkpoint ask`.
#[derive(Debug, Args, Serialize)]
pub struct Ask {
    /// Which task.
    #[command(flatten)]
    #[serde(skip)]
    pub task: TaskArgs,
    /// The question
    #[arg(long, value_name = "TEXT")]
    pub question: String,
    /// A possible answer; any text when there is none
    #[arg(long = "option", value_name = "TEXT")]
    pub options: Vec<String>,
    /// Seconds until its time is over
    #[arg(long = "timeout", value_name = "SECONDS")]
    pub timeout_seconds: Option<i64>,
    /// What holds when nobody has answered by then
    #[arg(long, value_name = "TEXT", requires = "timeout_seconds")]
    pub default: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Questions {
    items: Vec<Checkpoint>,
}

impl CheckpointCommand {
    /// Runs the verb.
    pub async fn run(self, session: &Session) -> Result<Exit, Failure> {
        match self {
            Self::List(list) => {
                let project = session.project(list.project.project.as_ref()).await?;
                let open = (!list.all).then_some(true);
                let request = route(&project, &[]).query("open", open).query("limit", Some(500));
                session.out.show(session.value(request).await?, table)?;
            }
            Self::Answer(Answer { project, id, answer }) => {
                let project = session.project(project.project.as_ref()).await?;
                let body = session.signed("agent", &json!({"answer": text_or_stdin(answer)?}));
                let path = ["api", "projects", project.as_str(), "checkpoints", &id.to_string(), "answer"];
                session.out.show(session.value(Request::post(path, &body)).await?, one)?;
            }
            Self::Ask(ask) => {
                let task = session.task(&ask.task).await?;
                let mut body = session.signed("agent", &ask);
                body["task"] = json!(task.task);
                let path = ["api", "projects", task.project.as_str(), "checkpoints"];
                session.out.show(session.value(Request::post(path, &body)).await?, one)?;
            }
        }
        Ok(Exit::Done)
    }
}

fn route(project: &ProjectId, rest: &[&str]) -> Request {
    let head = ["api", "projects", project.as_str(), "checkpoints"];
    Request::get(head.into_iter().chain(rest.iter().copied()))
}

fn table(questions: &Questions, page: &Page) -> String {
    if questions.items.is_empty() {
        return "no question waits for you".into();
    }
    let mut grid = Grid::new(page, &["NUMBER", "TASK", "ASKED BY", "ASKED", "QUESTION", "ANSWER"], 4);
    for question in &questions.items {
        let answer = question.answer.clone().unwrap_or_else(|| question.options.join(" | "));
        let head = [question.id.to_string(), question.task.to_string(), question.asked_by.to_string()];
        grid.row(head.into_iter().chain([page.ago(question.created_at), question.question.clone(), answer]));
    }
    grid.finish()
}

fn one(question: &Checkpoint, _: &Page) -> String {
    let mut lines = vec![format!("checkpoint {} on {}", question.id, question.task), indent(&question.question)];
    if !question.options.is_empty() {
        lines.push(format!("one of: {}", question.options.join(", ")));
    }
    if let Some(at) = question.timeout_at.filter(|_| question.answer.is_none()) {
        let then = question.default_answer.as_ref().map(|answer| format!(": then `{answer}` holds"));
        lines.push(format!("its time is over at {}{}", at.format("%Y-%m-%d %H:%M UTC"), then.unwrap_or_default()));
    }
    lines.extend(question.answer.as_ref().map(|answer| format!("answered: {answer}")));
    lines.join("\n")
}
