//! `key`: keys to the API.

use std::str::FromStr;

use clap::{Args, Subcommand};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    cli::{
        failure::{Exit, Failure},
        render::{Page, table::Grid},
        session::Session,
    },
    client::request::Request,
    config::{ConfigHandle, Environment, Sources},
    daemon::keys,
    model::{
        ids::{AgentId, ProjectId, TaskId},
        key::KeyScope,
    },
};

/// The verbs of `key`.
#[derive(Debug, Subcommand)]
pub enum Key {
    /// Make a key; its secret is shown this once
    Create(Create),
    /// List the keys, newest first
    List,
    /// Give a key another secret; the old one opens nothing any more
    Rotate {
        /// Its id, or `main` for the key that opens everything (run/api_key, or server.api_key_file)
        #[arg(value_name = "ID|main")]
        id: Which,
    },
    /// End a key
    Revoke {
        /// Its id
        #[arg(value_name = "ID")]
        id: i64,
    },
}

/// Arguments of `key create`.
#[derive(Debug, Args)]
pub struct Create {
    /// What it is for
    #[arg(long, value_name = "NAME")]
    pub name: String,
    /// What it is good for: human, read_only or agent
    #[arg(long, value_name = "SCOPE")]
    pub scope: KeyScope,
    /// Of scope agent: who writes with it
    #[arg(id = "for_agent", long = "for-agent", value_name = "AGENT")]
    pub agent: Option<AgentId>,
    /// Of scope agent: in which project
    #[arg(long, short, value_name = "PROJECT")]
    pub project: Option<ProjectId>,
    /// Of scope agent: only on this task
    #[arg(long, short, value_name = "TASK")]
    pub task: Option<TaskId>,
    /// Days until it ends
    #[arg(long, value_name = "DAYS")]
    pub days: Option<u32>,
}

#[derive(Debug, Deserialize)]
struct List {
    items: Vec<Value>,
}

impl Key {
    /// Runs the verb.
    pub async fn run(self, session: &Session) -> Result<Exit, Failure> {
        match self {
            Self::List => session.out.show(session.value(Request::get(["api", "keys"])).await?, list)?,
            Self::Create(Create { name, scope, agent, project, task, days }) => {
                let body = json!({"name": name, "scope": scope, "agent": agent, "project": project, "task": task,
                    "days": days});
                session.out.show(session.value(Request::post(["api", "keys"], &body)).await?, fresh)?;
            }
            Self::Rotate { id: Which::Main } => session.out.show(rotate_main(session)?, main_key)?,
            Self::Rotate { id: Which::Id(id) } => {
                let path = ["api", "keys", &id.to_string(), "rotate"];
                session.out.show(session.value(Request::post(path, &json!({}))).await?, fresh)?;
            }
            Self::Revoke { id } => {
                let path = ["api", "keys", &id.to_string(), "revoke"];
                let answer = session.value(Request::post(path, &json!({}))).await?;
                session.out.show(answer, |key: &Value, _: &Page| format!("key {} has ended", key["id"]))?;
            }
        }
        Ok(Exit::Done)
    }
}

/// A key by its id, or the one that opens everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// That of `run/api_key` or `server.api_key_file`.
    Main,
    /// One of the list.
    Id(i64),
}

impl FromStr for Which {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        if text == "main" {
            return Ok(Self::Main);
        }
        text.parse().map(Self::Id).map_err(|_| "write the id of a key (`moziplus key list`), or `main`".to_owned())
    }
}

/// Replaces the main key in its file. Whoever can write there needs nobody's leave; an agent is refused all the same.
fn rotate_main(session: &Session) -> Result<Value, Failure> {
    let defaults = &session.defaults;
    if !defaults.agent.is_human() || defaults.is_attempt {
        return Err(Failure::refused("only a person rotates the main key"));
    }
    let sources = Sources { environment: Environment::of_process(), flags: Vec::new() };
    let config = ConfigHandle::open(defaults.root.clone(), sources).map_err(anyhow::Error::new)?;
    let server = &config.settings().server;
    let Some(file) = keys::file_of(&defaults.root, server) else {
        let detail = "the main key is in a variable (server.api_key_env)";
        return Err(Failure::refused(detail).hint("set the variable to another value, and restart the daemon"));
    };
    if !file.exists() {
        let detail = format!("there is no main key: {} is not there", file.display());
        return Err(Failure::not_found(detail).hint("on loopback none is needed; elsewhere `moziplus serve` makes it"));
    }
    let key = keys::rotate(&file).map_err(anyhow::Error::new)?;
    Ok(json!({"secret": key.secret, "file": key.place}))
}

fn main_key(answer: &Value, _: &Page) -> String {
    let text = |field: &str| answer[field].as_str().unwrap_or_default();
    format!(
        "{}\n\nThis is the main key now, also in {}; the old one opens nothing any more. Log in again where it was used.",
        text("secret"),
        text("file")
    )
}

fn fresh(answer: &Value, _: &Page) -> String {
    let secret = answer["secret"].as_str().unwrap_or_default();
    format!(
        "{secret}\n\nThis is key {}; it is shown only now. Send it as `Authorization: Bearer …`.",
        answer["key"]["id"]
    )
}

fn list(list: &List, page: &Page) -> String {
    if list.items.is_empty() {
        return "no keys; `moziplus key create` makes one".into();
    }
    let mut grid = Grid::new(page, &["ID", "NAME", "SCOPE", "BEGINS", "USED", "FOR"], 1);
    for key in &list.items {
        let text = |field: &str| key[field].as_str().unwrap_or_default().to_owned();
        let ago = |field: &str| key[field].as_str().and_then(|at| at.parse().ok()).map(|at| page.ago(at));
        let bound = ["agent", "project", "task"].map(text).into_iter().filter(|part| !part.is_empty());
        let bound = bound.collect::<Vec<_>>().join(" ");
        let scope = if key["revoked_at"].is_null() { text("scope") } else { format!("{} (ended)", text("scope")) };
        let used = ago("last_used_at").unwrap_or_else(|| "never".into());
        grid.row([key["id"].to_string(), text("name"), scope, text("prefix"), used, bound]);
    }
    grid.finish()
}
