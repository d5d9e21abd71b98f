//! `notify`: trying out channels, and the log of what went out.

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
    model::{delivery::DeliveryState, ids::ProjectId},
};

/// How often a test is looked at that was started from here.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// The verbs of `notify`.
#[derive(Debug, Subcommand)]
pub enum Notify {
    /// Send a message by a channel, and wait for the first try
    Test {
        /// `mail`, `desktop`, or a webhook's name
        #[arg(value_name = "CHANNEL")]
        channel: String,
        /// The project whose settings name it; the daemon's own without
        #[arg(long, short, value_name = "PROJECT")]
        project: Option<ProjectId>,
    },
    /// Show what went out, newest first
    Log {
        /// Only in this state: waiting, delivered or failed
        #[arg(long, value_name = "STATE")]
        state: Option<DeliveryState>,
        /// Only by this channel
        #[arg(long, value_name = "CHANNEL")]
        channel: Option<String>,
    },
    /// Try a delivery again that was given up
    Retry {
        /// Its id, as `notify log` shows it
        #[arg(value_name = "ID")]
        id: i64,
    },
}

#[derive(Debug, Deserialize)]
struct List {
    items: Vec<Value>,
}

impl Notify {
    /// Runs the verb.
    pub async fn run(self, session: &Session) -> Result<Exit, Failure> {
        match self {
            Self::Log { state, channel } => {
                let request = Request::get(["api", "deliveries"])
                    .query("state", state)
                    .query("channel", channel)
                    .query("limit", Some(100));
                session.out.show(session.value(request).await?, list)?;
                Ok(Exit::Done)
            }
            Self::Retry { id } => {
                let path = ["api", "deliveries", &id.to_string(), "retry"];
                session.out.show(session.value(Request::post(path, &json!({}))).await?, one)?;
                Ok(Exit::Done)
            }
            Self::Test { channel, project } => test(session, &channel, project).await,
        }
    }
}

/// A test that did not arrive at the first try is a failure of the command too.
async fn test(session: &Session, channel: &str, project: Option<ProjectId>) -> Result<Exit, Failure> {
    session.needs_daemon()?;
    let body = json!({"channel": channel, "project": project});
    let mut delivery = session.value(Request::post(["api", "deliveries", "test"], &body)).await?;
    let id = delivery["id"].to_string();
    while delivery["state"] == "waiting" && delivery["attempts"] == 0 {
        sleep(LOOK_EVERY).await;
        delivery = session.value(Request::get(["api", "deliveries", &id])).await?;
    }
    let exit = if delivery["state"] == "delivered" { Exit::Done } else { Exit::Failed };
    session.out.show(delivery, one)?;
    Ok(exit)
}

fn one(delivery: &Value, _: &Page) -> String {
    let text = |field: &str| delivery[field].as_str().unwrap_or("-").to_owned();
    match delivery["error"].as_str() {
        Some(error) => format!("delivery {} by {}: {}: {error}", delivery["id"], text("channel"), text("state")),
        None => format!("delivery {} by {}: {}", delivery["id"], text("channel"), text("state")),
    }
}

fn list(list: &List, page: &Page) -> String {
    if list.items.is_empty() {
        return "nothing went out; channels are described below `notify` in config/default.yaml".into();
    }
    let mut grid = Grid::new(page, &["ID", "MADE", "CHANNEL", "STATE", "TRIES", "WHAT"], 5);
    for delivery in &list.items {
        let text = |field: &str| delivery[field].as_str().unwrap_or("-").to_owned();
        let made = delivery["created_at"].as_str().and_then(|at| at.parse().ok());
        let what = match delivery["error"].as_str() {
            Some(error) => format!("{} ({error})", text("title")),
            None => text("title"),
        };
        grid.row([
            delivery["id"].to_string(),
            made.map_or_else(|| "-".into(), |at| page.ago(at)),
            text("channel"),
            text("state"),
            delivery["attempts"].to_string(),
            what,
        ]);
    }
    grid.finish()
}
