//! `key`: keys to the API.

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
        /// Its id
        #[arg(value_name = "ID")]
        id: i64,
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
            Self::Rotate { id } => {
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
