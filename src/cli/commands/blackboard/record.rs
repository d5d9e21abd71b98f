//! What people and agents write on a task: comments, decisions, observations, lessons.

use clap::Args;
use serde::Serialize;
use serde_json::json;

use super::add;
use crate::{
    cli::{
        args::{TaskArgs, text_or_stdin, word},
        failure::Failure,
        session::Session,
    },
    model::{
        ids::AgentId,
        records::{CommentType, Severity},
    },
};

/// Arguments of `blackboard comment`.
#[derive(Debug, Args, Serialize)]
pub struct Comment {
    /// Which task.
    #[command(flatten)]
    #[serde(skip)]
    pub task: TaskArgs,
    /// The text, in Markdown; `-` reads standard input
    #[arg(long, value_name = "TEXT")]
    pub body: String,
    /// What it is meant as [default: note]
    #[arg(long = "type", value_name = "TYPE", value_parser = word::<CommentType>(CommentType::WORDS))]
    pub comment_type: Option<CommentType>,
    /// Agents that should look at it, separated by commas
    #[arg(long = "mention", value_name = "AGENTS", value_delimiter = ',')]
    pub mentions: Vec<AgentId>,
}

impl Comment {
    /// Adds the comment.
    pub async fn run(mut self, session: &Session) -> Result<(), Failure> {
        let task = session.task(&self.task).await?;
        self.body = text_or_stdin(self.body)?;
        add(session, &task, "comments", &session.signed("author", &self)).await
    }
}

/// Arguments of `blackboard decide`.
#[derive(Debug, Args, Serialize)]
pub struct Decide {
    /// Which task.
    #[command(flatten)]
    #[serde(skip)]
    pub task: TaskArgs,
    /// What was decided
    #[arg(long, value_name = "TEXT")]
    pub decision: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub rationale: String,
}

impl Decide {
    /// Adds the decision.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let task = session.task(&self.task).await?;
        add(session, &task, "decisions", &session.signed("agent", &self)).await
    }
}

/// Arguments of `blackboard observe`.
#[derive(Debug, Args, Serialize)]
pub struct Observe {
    /// Which task.
    #[command(flatten)]
    #[serde(skip)]
    pub task: TaskArgs,
    /// What was noticed; `-` reads standard input
    #[arg(long, value_name = "TEXT")]
    pub body: String,
    /// How much it matters [default: info]
    #[arg(long, value_name = "SEVERITY", value_parser = word::<Severity>(Severity::WORDS))]
    pub severity: Option<Severity>,
}

impl Observe {
    /// Adds the observation.
    pub async fn run(mut self, session: &Session) -> Result<(), Failure> {
        let task = session.task(&self.task).await?;
        self.body = text_or_stdin(self.body)?;
        add(session, &task, "observations", &session.signed("agent", &self)).await
    }
}

/// Arguments of `blackboard learn`.
#[derive(Debug, Args)]
pub struct Learn {
    /// Which task.
    #[command(flatten)]
    pub task: TaskArgs,
    /// What it is about, separated by commas
    #[arg(long, value_name = "TAGS", value_delimiter = ',', required = true)]
    pub tags: Vec<String>,
    /// What was learned; `-` reads standard input
    #[arg(long, value_name = "TEXT")]
    pub lesson: String,
}

impl Learn {
    /// Adds the lesson.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let task = session.task(&self.task).await?;
        let lesson = json!({"lesson": text_or_stdin(self.lesson)?, "tags": self.tags});
        add(session, &task, "experiences", &session.signed("agent", &lesson)).await
    }
}
