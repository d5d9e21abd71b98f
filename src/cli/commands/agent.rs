//! `agent`: who there is, what runs, what it prints, and how to stop it.

mod prompt;

use std::time::Duration;

use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use serde::Deserialize;
use serde_json::Value;
use tokio::time::sleep;

use super::daemon;
use crate::{
    cli::{
        args::ProjectArg,
        failure::{Exit, Failure},
        render::{Page, daemon::spent, table::Grid},
        session::Session,
    },
    client::request::Request,
    model::{calibration::TrackRecord, ids::AttemptId},
};

/// How often a followed log is looked at.
const FOLLOW_EVERY: Duration = Duration::from_millis(300);

/// The verbs of `agent`.
#[derive(Debug, Subcommand)]
pub enum Agent {
    /// List the agents
    List,
    /// List the live attempts
    Sessions,
    /// Show how well each reviewer's confidence fits what became of the verdicts
    Calibration(ProjectArg),
    /// List the provider accounts, and which of them rest
    Providers,
    /// Let a provider account be used again before its time
    Unpark {
        /// Its name, as `agent providers` lists it
        #[arg(value_name = "PROVIDER")]
        provider: String,
    },
    /// Print what an attempt printed
    Log(Log),
    /// Show what an agent would get that is started on a task now; nothing is started
    Prompt(prompt::Prompt),
    /// End an attempt's processes
    Kill {
        /// The attempt, such as demo.t-12.3
        #[arg(value_name = "ATTEMPT")]
        attempt: AttemptId,
    },
}

/// Arguments of `agent log`.
#[derive(Debug, Args)]
pub struct Log {
    /// The attempt, such as demo.t-12.3
    #[arg(value_name = "ATTEMPT")]
    pub attempt: AttemptId,
    /// Go on printing until the attempt ends
    #[arg(long, short)]
    pub follow: bool,
}

/// What the listing needs of an agent.
#[derive(Debug, Deserialize)]
struct Row {
    id: String,
    #[serde(default)]
    display_name: Option<String>,
    role: String,
    #[serde(default)]
    capabilities: Vec<String>,
    #[serde(default)]
    runner: Option<String>,
    #[serde(default)]
    parked_until: Option<DateTime<Utc>>,
    #[serde(default)]
    spent: Value,
}

#[derive(Debug, Deserialize)]
struct Providers {
    items: Vec<Provider>,
}

#[derive(Debug, Deserialize)]
struct Provider {
    name: String,
    runners: Vec<String>,
    agents: Vec<String>,
    parked_until: Option<DateTime<Utc>>,
    reason: Option<String>,
}

#[derive(Debug, Deserialize)]
struct List {
    items: Vec<Row>,
}

impl Agent {
    /// Runs the verb.
    pub async fn run(self, session: &Session) -> Result<Exit, Failure> {
        match self {
            Self::List => {
                let answer = session.value(Request::get(["api", "agents"]).query("limit", Some(500))).await?;
                session.out.show(answer, list)?;
            }
            Self::Sessions => daemon::sessions(session).await?,
            Self::Calibration(project) => {
                let project = session.project(project.project.as_ref()).await?;
                let request = Request::get(["api", "projects", project.as_str(), "calibration"]);
                session.out.show(session.value(request).await?, calibration)?;
            }
            Self::Providers => {
                let answer = session.value(Request::get(["api", "providers"])).await?;
                session.out.show(answer, providers)?;
            }
            Self::Unpark { provider } => {
                let request = Request::post(["api", "providers", &provider, "unpark"], &serde_json::json!({}));
                let answer = session.value(request).await?;
                session.out.show(answer, |_: &Value, _: &Page| format!("{provider} may be used again"))?;
            }
            Self::Log(log) => log.run(session).await?,
            Self::Prompt(prompt) => prompt.run(session).await?,
            Self::Kill { attempt } => {
                let request =
                    Request::post(["api", "attempts", &attempt.to_string(), "kill"], &session.signed("agent", &()));
                let answer = session.value(request).await?;
                session.out.show(answer, |_: &Value, _: &Page| format!("{attempt} is being ended"))?;
            }
        }
        Ok(Exit::Done)
    }
}

fn list(list: &List, page: &Page) -> String {
    if list.items.is_empty() {
        return "no agents; describe them in config/agents.yaml".into();
    }
    let mut grid = Grid::new(page, &["ID", "NAME", "ROLE", "CAPABILITIES", "RUNNER", "SPENT TODAY"], 3).figures(5);
    for row in &list.items {
        let name = row.display_name.clone().unwrap_or_default();
        let runner = row.runner.clone().unwrap_or_else(|| "-".into());
        let runner = match row.parked_until {
            Some(until) => format!("{runner} (parked until {})", page.clock(until)),
            None => runner,
        };
        let spent = spent(&row.spent["today"]);
        grid.row([row.id.clone(), name, row.role.clone(), row.capabilities.join(", "), runner, spent]);
    }
    grid.finish()
}

fn providers(list: &Providers, page: &Page) -> String {
    let mut grid = Grid::new(page, &["PROVIDER", "RUNNERS", "AGENTS", "STATE"], 2);
    for provider in &list.items {
        let state = match (provider.parked_until, &provider.reason) {
            (Some(until), reason) => {
                format!("parked until {}: {}", page.clock(until), reason.as_deref().unwrap_or("no reason given"))
            }
            _ => "ready".into(),
        };
        grid.row([provider.name.clone(), provider.runners.join(", "), provider.agents.join(", "), state]);
    }
    grid.finish()
}

#[derive(Deserialize)]
struct Records {
    items: Vec<TrackRecord>,
}

fn calibration(records: &Records, page: &Page) -> String {
    if records.items.is_empty() {
        return "nobody has reviewed yet".into();
    }
    let headings = ["REVIEWER", "REVIEWS", "KNOWN", "SAID", "HELD", "BRIER", "TOO SURE BY"];
    let mut grid = (1..headings.len()).fold(Grid::new(page, &headings, 0), Grid::figures);
    let share = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.2}"));
    for record in &records.items {
        grid.row([
            record.reviewer.to_string(),
            record.submitted_count.to_string(),
            record.known_count.to_string(),
            share(record.mean_confidence),
            share(record.held_share),
            share(record.brier),
            share(record.overconfidence),
        ]);
    }
    grid.finish()
}

impl Log {
    /// Prints the log, byte for byte, also with `--json`: it belongs to the agent. On a terminal it is made safe.
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let mut offset = 0;
        loop {
            // The state is read before the log, so that nothing printed before the end is missed.
            let ended = !self.follow || self.has_ended(session).await?;
            let chunk = self.read_from(session, offset).await?;
            session.out.log(&chunk)?;
            offset += chunk.len();
            match (ended, chunk.is_empty()) {
                (true, true) => return Ok(()),
                (true, false) if !self.follow => return Ok(()),
                (true, false) => {}
                (false, _) => sleep(FOLLOW_EVERY).await,
            }
        }
    }

    /// The part of the log from `offset` on; empty when there is nothing new (416).
    async fn read_from(&self, session: &Session, offset: usize) -> Result<Vec<u8>, Failure> {
        let number = self.attempt.number.to_string();
        let request = Request::get(self.route().iter().map(String::as_str).chain([number.as_str(), "log"]));
        let request = if offset == 0 { request } else { request.header("range", format!("bytes={offset}-")) };
        session.bytes(request).await
    }

    async fn has_ended(&self, session: &Session) -> Result<bool, Failure> {
        let list: Value = session.json(Request::get(self.route().iter().map(String::as_str))).await?;
        let mut attempts = list["items"].as_array().into_iter().flatten();
        let found = attempts.find(|attempt| attempt["number"] == self.attempt.number);
        Ok(found.is_none_or(|attempt| attempt["state"] == "ended"))
    }

    fn route(&self) -> [String; 6] {
        let AttemptId { project, task, .. } = &self.attempt;
        ["api".into(), "projects".into(), project.to_string(), "tasks".into(), task.to_string(), "attempts".into()]
    }
}
