//! `job`: cron jobs, running one now, and how the runs went.

use std::time::Duration;

use clap::Subcommand;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::{
    cli::{
        failure::{Exit, Failure},
        render::{Page, table::Grid},
        session::Session,
    },
    client::request::Request,
};

/// How often a run is looked at that was started from here.
const LOOK_EVERY: Duration = Duration::from_millis(150);

/// The verbs of `job`.
#[derive(Debug, Subcommand)]
pub enum Job {
    /// List the jobs
    List,
    /// Run a job now and wait for its end
    Run {
        /// Its name
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Show the last runs of a job
    History {
        /// Its name
        #[arg(value_name = "NAME")]
        name: String,
    },
}

#[derive(Debug, Deserialize)]
struct List {
    items: Vec<Value>,
}

impl Job {
    /// Runs the verb.
    pub async fn run(self, session: &Session) -> Result<Exit, Failure> {
        match self {
            Self::List => {
                let answer = session.value(Request::get(["api", "jobs"])).await?;
                session.out.show(answer, list)?;
                Ok(Exit::Done)
            }
            Self::History { name } => {
                session.out.show(session.value(history_of(&name)).await?, history)?;
                Ok(Exit::Done)
            }
            Self::Run { name } => run(session, &name).await,
        }
    }
}

fn history_of(name: &str) -> Request {
    Request::get(["api", "jobs", name, "history"])
}

/// Runs a job and waits until it has ended; a run that did not succeed is a failure of the command too.
async fn run(session: &Session, name: &str) -> Result<Exit, Failure> {
    session.needs_daemon()?;
    let begun = session.value(Request::post(["api", "jobs", name, "run"], &json!({}))).await?;
    let run = loop {
        let list: List = session.json(history_of(name)).await?;
        match list.items.into_iter().find(|run| run["id"] == begun["id"]) {
            Some(run) if run["ended_at"].is_null() => sleep(LOOK_EVERY).await,
            Some(run) => break run,
            None => break begun,
        }
    };
    let exit = if run["outcome"] == "succeeded" { Exit::Done } else { Exit::Failed };
    session.out.show(run, |run: &Value, _: &Page| format!("{name}: {}", outcome(run)))?;
    Ok(exit)
}

/// How a run went, in a line.
fn outcome(run: &Value) -> String {
    let outcome = run["outcome"].as_str().unwrap_or("running");
    match run["message"].as_str().filter(|text| !text.is_empty()) {
        Some(message) => format!("{outcome}: {message}"),
        None => outcome.to_owned(),
    }
}

fn list(list: &List, page: &Page) -> String {
    if list.items.is_empty() {
        return "no jobs; describe them in config/default.yaml".into();
    }
    let mut grid = Grid::new(page, &["NAME", "CRON", "NEXT", "LAST", "OUTCOME"], 4);
    for job in &list.items {
        let last = &job["last_run"];
        let how = if last.is_object() { outcome(last) } else { "-".into() };
        grid.row([
            text(job, "name"),
            text(job, "cron"),
            time(job, "next_run", page),
            time(last, "started_at", page),
            how,
        ]);
    }
    grid.finish()
}

fn history(list: &List, page: &Page) -> String {
    if list.items.is_empty() {
        return "no runs yet".into();
    }
    let mut grid = Grid::new(page, &["STARTED", "ENDED", "OUTCOME"], 2);
    for run in &list.items {
        grid.row([time(run, "started_at", page), time(run, "ended_at", page), outcome(run)]);
    }
    grid.finish()
}

fn text(object: &Value, field: &str) -> String {
    object[field].as_str().unwrap_or("-").to_owned()
}

/// A time, relative; `-` when there is none.
fn time(object: &Value, field: &str, page: &Page) -> String {
    let time = object[field].as_str().and_then(|text| text.parse().ok());
    time.map_or_else(|| "-".into(), |time| page.ago(time))
}
