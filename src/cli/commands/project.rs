//! `project`: create, list, show, archive and restore projects.

use clap::{Args, Subcommand};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    cli::{
        failure::{Exit, Failure},
        render::{Page, daemon, size, table::Grid},
        session::Session,
    },
    client::request::Request,
    model::ids::{AgentId, ProjectId},
};

/// The verbs of `project`.
#[derive(Debug, Subcommand)]
pub enum Project {
    /// Create a project
    Create(Create),
    /// List the projects
    List,
    /// Show one project
    Show {
        /// Its id
        #[arg(value_name = "ID")]
        id: ProjectId,
    },
    /// Set a project aside: read-only, under projects/_archived
    Archive(Named),
    /// Take an archived project up again
    Restore(Named),
}

/// Arguments of `project create`.
#[derive(Debug, Args)]
pub struct Create {
    /// Its id: a-z 0-9 _ - , also the name of its folder
    #[arg(long, value_name = "ID")]
    pub id: ProjectId,
    /// Its name for people
    #[arg(long, value_name = "NAME")]
    pub name: String,
    /// What it is about
    #[arg(long, value_name = "TEXT")]
    pub description: Option<String>,
    /// Agents that work on it, separated by commas [default: all]
    #[arg(long, value_name = "AGENTS", value_delimiter = ',')]
    pub agents: Vec<AgentId>,
}

/// A project by its id.
#[derive(Debug, Args)]
pub struct Named {
    /// Its id
    #[arg(long, value_name = "ID")]
    pub id: ProjectId,
}

/// What the listing needs of a project.
#[derive(Debug, Deserialize)]
struct Row {
    id: String,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    agents: Vec<String>,
    #[serde(default)]
    tasks_summary: Option<serde_json::Map<String, Value>>,
    #[serde(default)]
    db_size_bytes: Option<i64>,
    #[serde(default)]
    quarantine: Option<Quarantine>,
}

/// Why a project cannot be used.
#[derive(Debug, Deserialize)]
struct Quarantine {
    reason: String,
    hint: String,
}

#[derive(Debug, Deserialize)]
struct List {
    items: Vec<Row>,
}

impl Project {
    /// Runs the verb.
    pub async fn run(self, session: &Session) -> Result<Exit, Failure> {
        match self {
            Self::Create(create) => {
                let mut body = json!({"id": create.id, "name": create.name, "agents": create.agents});
                if let Some(description) = create.description {
                    body["description"] = description.into();
                }
                let answer = session.value(Request::post(["api", "projects"], &body)).await?;
                session.out.show(answer, |row: &Row, _: &Page| format!("created project {}", row.id))?;
            }
            Self::List => {
                let answer = session.value(Request::get(["api", "projects"]).query("limit", Some(500))).await?;
                session.out.show(answer, list)?;
            }
            Self::Show { id } => {
                let answer = session.value(Request::get(["api", "projects", id.as_str()])).await?;
                session.out.show(answer, show)?;
            }
            Self::Archive(Named { id }) => act(session, &id, "archive").await?,
            Self::Restore(Named { id }) => act(session, &id, "restore").await?,
        }
        Ok(Exit::Done)
    }
}

async fn act(session: &Session, id: &ProjectId, verb: &str) -> Result<(), Failure> {
    let answer =
        session.value(Request::post(["api", "projects", id.as_str(), verb], &session.signed("agent", &()))).await?;
    session.out.show(answer, |_: &Value, _: &Page| format!("{verb}d project {id}"))
}

fn list(list: &List, page: &Page) -> String {
    if list.items.is_empty() {
        return "no projects; create one with `moziplus project create --id ID --name NAME`".into();
    }
    let mut grid = Grid::new(page, &["ID", "NAME", "STATUS", "TASKS"], 3);
    for row in &list.items {
        let (name, status) = (row.name.clone().unwrap_or_default(), row.status.clone().unwrap_or_default());
        grid.row([row.id.clone(), name, status, row.tasks_summary.as_ref().map(daemon::tasks).unwrap_or_default()]);
    }
    grid.finish()
}

fn show(row: &Row, page: &Page) -> String {
    let name = row.name.as_deref().unwrap_or_default();
    let mut lines = vec![format!("{}  {name}", page.bold(&row.id))];
    let mut fact = |name: &str, value: Option<String>| {
        lines.extend(value.filter(|value| !value.is_empty()).map(|value| format!("  {name} {value}")));
    };
    fact("about", row.description.clone());
    fact("status", row.status.clone());
    fact("problem:", row.quarantine.as_ref().map(|quarantine| quarantine.reason.clone()));
    fact("hint:", row.quarantine.as_ref().map(|quarantine| quarantine.hint.clone()));
    fact("agents", Some(row.agents.join(", ")));
    fact("tasks", row.tasks_summary.as_ref().map(daemon::tasks));
    fact("database", row.db_size_bytes.map(size));
    lines.join("\n")
}
