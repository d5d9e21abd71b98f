//! `daemon`: its state, its ticker and its sessions.

use clap::Subcommand;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    cli::{
        failure::{Exit, Failure},
        render::{Page, count, daemon, size, table::Grid},
        session::Session,
    },
    client::request::{Method, Request},
};

/// The verbs of `daemon`.
#[derive(Debug, Clone, Subcommand)]
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
    /// Show how the figures have developed
    Trends {
        /// Of the last so many minutes
        #[arg(long, value_name = "MINUTES", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=1440))]
        minutes: u32,
        /// At most so many lines
        #[arg(long, value_name = "LINES", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1440))]
        points: u32,
    },
    /// Show at which level is logged, or change it until the next start
    LogLevel {
        /// error, warn, info, debug, trace; `configured` goes back to what the configuration says
        #[arg(value_name = "LEVEL")]
        level: Option<String>,
    },
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
            Self::Trends { minutes, points } => trends(session, minutes, points).await?,
            Self::LogLevel { level } => log_level(session, level).await?,
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

async fn log_level(session: &Session, level: Option<String>) -> Result<(), Failure> {
    let path = ["api", "daemon", "log-level"];
    let request = match level {
        None => Request::get(path),
        Some(level) => {
            let level = Some(level).filter(|level| level != "configured");
            Request::new(Method::Put, path).json(&session.signed("agent", &json!({"level": level})))
        }
    };
    session.out.show(session.value(request).await?, |now: &Value, _: &Page| {
        let (level, configured) = (now["level"].as_str().unwrap_or("-"), now["configured"].as_str().unwrap_or("-"));
        match now["overridden"].as_bool() {
            Some(true) => format!("{level} until the next start; the configuration says {configured}"),
            _ => format!("{level}, as the configuration says"),
        }
    })
}

#[derive(Debug, Deserialize)]
struct Trends {
    items: Vec<Value>,
}

async fn trends(session: &Session, minutes: u32, points: u32) -> Result<(), Failure> {
    let request = Request::get(["api", "daemon", "trends"])
        .query("minutes", Some(minutes.to_string()))
        .query("points", Some(points.to_string()));
    session.out.show(session.value(request).await?, |trends: &Trends, page: &Page| {
        let heads = ["AT", "AGENTS", "OPEN", "DONE", "EVENTS", "REQUESTS", "TICK", "MEMORY", "CPU"];
        let mut grid = Grid::new(page, &heads, 0);
        for column in 1..heads.len() {
            grid = grid.figures(column);
        }
        for point in &trends.items {
            let number = |field: &str| point[field].as_i64().unwrap_or(0);
            let task = |status: &str| point["tasks"][status].as_i64().unwrap_or(0);
            let open = ["pending", "claimed", "working", "review", "blocked", "paused", "escalated"].map(task);
            let at = point["at"].as_str().and_then(|at| at.parse().ok()).map(|at| page.clock(at));
            grid.row([
                at.unwrap_or_default(),
                number("active_sessions").to_string(),
                open.iter().sum::<i64>().to_string(),
                task("done").to_string(),
                number("events").to_string(),
                number("requests").to_string(),
                format!("{:.1} ms", point["tick_duration_ms"].as_f64().unwrap_or(0.0)),
                size(number("memory_bytes")),
                format!("{} ms", number("cpu_milliseconds")),
            ]);
        }
        grid.finish()
    })
}

fn storage(storage: &Value, page: &Page) -> String {
    let bytes = |object: &Value, field: &str| size(object[field].as_i64().unwrap_or(0));
    let mut grid = Grid::new(page, &["WHAT", "SIZE"], 0).figures(1);
    for (name, field) in [
        ("backups", "backups_bytes"),
        ("what restores replaced", "safety_copies_bytes"),
        ("logs", "logs_bytes"),
        ("recordings", "recordings_bytes"),
        ("daemon.db", "daemon_db_bytes"),
        ("inbox", "inbox_bytes"),
    ] {
        grid.row([name.to_owned(), bytes(storage, field)]);
    }
    for project in storage["projects"].as_array().into_iter().flatten() {
        let id = project["project"].as_str().unwrap_or("-");
        for (name, field) in [
            ("database", "database_bytes"),
            ("of that, events", "events_bytes"),
            ("of that, decisions", "decisions_bytes"),
            ("of that, dead letters", "dead_letters_bytes"),
            ("artifacts", "artifacts_bytes"),
            ("archives", "archives_bytes"),
        ] {
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
