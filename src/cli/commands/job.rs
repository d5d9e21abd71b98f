//! `job`: cron jobs, running one now, and how the runs went.

use clap::Subcommand;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    cli::{
        failure::{Exit, Failure},
        render::{Page, table::Grid},
        session::Session,
    },
    client::request::Request,
};

/// The verbs of `job`.
#[derive(Debug, Subcommand)]
pub enum Job {
    /// List the jobs
    List,
    /// Run a job now
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
                let answer = session.value(Request::get(["api", "jobs", &name, "history"])).await?;
                session.out.show(answer, history)?;
                Ok(Exit::Done)
            }
            Self::Run { name } => {
                let answer = session.value(Request::post(["api", "jobs", &name, "run"], &json!({}))).await?;
                let failed = is_failed(&answer);
                session.out.show(answer, |run: &Value, page: &Page| format!("{name}: {}", outcome(run, page)))?;
                Ok(if failed { Exit::Failed } else { Exit::Done })
            }
        }
    }
}

fn is_failed(run: &Value) -> bool {
    run["status"].as_str().or(run["outcome"].as_str()).is_some_and(|status| status == "failed" || status == "timeout")
}

/// How a run went, in a line.
fn outcome(run: &Value, _: &Page) -> String {
    let status = run["status"].as_str().or(run["outcome"].as_str()).unwrap_or("started");
    match run["message"].as_str().or(run["error"].as_str()).filter(|text| !text.is_empty()) {
        Some(message) => format!("{status}: {message}"),
        None => status.to_owned(),
    }
}

fn list(list: &List, page: &Page) -> String {
    if list.items.is_empty() {
        return "no jobs".into();
    }
    let mut grid = Grid::new(page, &["NAME", "CRON", "SCRIPT", "NEXT", "LAST"], 2);
    for job in &list.items {
        let last = job.get("last_run").filter(|run| run.is_object());
        let last = last.map(|run| format!("{} {}", outcome(run, page), time(run, "started_at", page)));
        let texts = [text(job, "name"), text(job, "cron"), text(job, "script"), time(job, "next_at", page)];
        grid.row(texts.into_iter().chain([last.unwrap_or_else(|| time(job, "last_success", page))]));
    }
    grid.finish()
}

fn history(list: &List, page: &Page) -> String {
    if list.items.is_empty() {
        return "no runs yet".into();
    }
    let mut grid = Grid::new(page, &["STARTED", "ENDED", "OUTCOME"], 2);
    for run in &list.items {
        grid.row([time(run, "started_at", page), time(run, "ended_at", page), outcome(run, page)]);
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
