//! `dead-letter`: writes that came too late and were kept, for a person to apply or to put aside.

use clap::{Args, Subcommand};
use serde::Deserialize;

use crate::{
    cli::{
        args::ProjectArg,
        failure::{Exit, Failure},
        render::{Page, table::Grid},
        session::Session,
    },
    client::request::Request,
    model::records::DeadLetter,
};

/// The verbs of `dead-letter`.
#[derive(Debug, Subcommand)]
pub enum DeadLetterCommand {
    /// List the late writes that nobody has settled
    List {
        /// Which project.
        #[command(flatten)]
        project: ProjectArg,
        /// Those that were settled, too
        #[arg(long)]
        all: bool,
    },
    /// Do what a late write wanted to do, on your responsibility
    Apply(Which),
    /// Put a late write aside for good
    Discard(Which),
}

/// Which late write.
#[derive(Debug, Args)]
pub struct Which {
    /// Which project.
    #[command(flatten)]
    pub project: ProjectArg,
    /// Its number
    #[arg(value_name = "LETTER")]
    pub id: i64,
}

#[derive(Debug, Deserialize)]
struct Letters {
    items: Vec<DeadLetter>,
}

impl DeadLetterCommand {
    /// Runs the verb.
    pub async fn run(self, session: &Session) -> Result<Exit, Failure> {
        match self {
            Self::List { project, all } => {
                let project = session.project(project.project.as_ref()).await?;
                let request = Request::get(["api", "projects", project.as_str(), "dead-letters"]);
                let request = request.query("open", (!all).then_some(true)).query("limit", Some(500));
                session.out.show(session.value(request).await?, table)?;
            }
            Self::Apply(which) => which.settle(session, "apply").await?,
            Self::Discard(which) => which.settle(session, "discard").await?,
        }
        Ok(Exit::Done)
    }
}

impl Which {
    async fn settle(self, session: &Session, verb: &str) -> Result<(), Failure> {
        let project = session.project(self.project.project.as_ref()).await?;
        let path = ["api", "projects", project.as_str(), "dead-letters", &self.id.to_string(), verb];
        let answer = session.value(Request::post(path, &session.signed("agent", &()))).await?;
        session.out.show(answer, |letter: &DeadLetter, _: &Page| {
            let settlement = letter.settlement.as_deref().unwrap_or("open");
            format!("dead letter {} ({} on {}): {settlement}", letter.id, letter.operation, letter.task)
        })
    }
}

fn table(letters: &Letters, page: &Page) -> String {
    if letters.items.is_empty() {
        return "no late write was kept".into();
    }
    let mut grid = Grid::new(page, &["NUMBER", "TASK", "BY", "WRITE", "CAME", "STATE", "REFUSED BECAUSE"], 6);
    for letter in &letters.items {
        let by = letter.agent.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
        let state = letter.settlement.clone().unwrap_or_else(|| "open".into());
        let head = [letter.id.to_string(), letter.task.to_string(), by, letter.operation.clone()];
        grid.row(head.into_iter().chain([page.ago(letter.created_at), state, letter.reason.clone()]));
    }
    grid.finish()
}
