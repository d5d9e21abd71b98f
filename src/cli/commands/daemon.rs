//! `daemon`: its state, its ticker and its sessions.

use clap::Subcommand;
use serde_json::{Value, json};

use crate::{
    cli::{
        failure::{Exit, Failure},
        render::{Page, count, daemon, size, table::Grid},
        session::Session,
    },
    client::request::Request,
};

/// The verbs of `daemon`.
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum Daemon {
    /// Show the ticker, the projects and the queues
    Status,
    /// Let the ticker run again
    Start,
    /// Stop the ticker; the server goes on
    Stop,
    /// Tick now
    Tick,
    /// List the live attempts
    Sessions,
    /// Show what takes up space below the root
    Storage,
}

impl Daemon {
    /// Runs the verb.
    pub async fn run(self, session: &Session) -> Result<Exit, Failure> {
        match self {
            Self::Status => {
                let answer = session.value(Request::get(["api", "daemon", "status"])).await?;
                session.out.show(answer, daemon::status)?;
            }
            Self::Sessions => sessions(session).await?,
            Self::Storage => {
                let answer = session.value(Request::get(["api", "daemon", "storage"])).await?;
                session.out.show(answer, storage)?;
            }
            Self::Start => act(session, "start", "the ticker runs").await?,
            Self::Stop => {
                act(session, "stop", "the ticker is stopped; `moziplus daemon start` lets it run again").await?
            }
            Self::Tick => tick(session).await?,
        }
        Ok(Exit::Done)
    }
}

async fn tick(session: &Session) -> Result<(), Failure> {
    let answer = session.value(Request::post(["api", "daemon", "tick"], &json!({}))).await?;
    session.out.show(answer, |report: &Value, _: &Page| {
        let number = |field: &str| report[field].as_i64().unwrap_or(0);
        let (projects, actions) = (count(number("projects"), "project"), count(number("actions"), "action"));
        format!("ticked {projects} in {} ms: {actions}, {} refused", number("took_ms"), number("refused"))
    })
}

/// Lists the live attempts.
pub async fn sessions(session: &Session) -> Result<(), Failure> {
    let answer = session.value(Request::get(["api", "daemon", "sessions"])).await?;
    session.out.show(answer, daemon::sessions)
}

fn storage(storage: &Value, page: &Page) -> String {
    let bytes = |object: &Value, field: &str| size(object[field].as_i64().unwrap_or(0));
    let mut grid = Grid::new(page, &["WHAT", "SIZE"], 0).figures(1);
    for (name, field) in [
        ("backups", "backups_bytes"),
        ("logs", "logs_bytes"),
        ("recordings", "recordings_bytes"),
        ("daemon.db", "daemon_db_bytes"),
        ("inbox", "inbox_bytes"),
    ] {
        grid.row([name.to_owned(), bytes(storage, field)]);
    }
    for project in storage["projects"].as_array().into_iter().flatten() {
        let id = project["project"].as_str().unwrap_or("-");
        for (name, field) in
            [("database", "database_bytes"), ("artifacts", "artifacts_bytes"), ("archives", "archives_bytes")]
        {
            grid.row([format!("{id}: {name}"), bytes(project, field)]);
        }
    }
    grid.row(["all".to_owned(), bytes(storage, "total_bytes")]);
    grid.finish()
}

async fn act(session: &Session, verb: &str, done: &str) -> Result<(), Failure> {
    let answer = session.value(Request::post(["api", "daemon", verb], &json!({}))).await?;
    session.out.show(answer, |_: &Value, _: &Page| done.to_owned())
}
