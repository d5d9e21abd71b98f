//! `backup`: make, list, check and restore copies of projects.

use std::path::Path;

use clap::{Args, Subcommand};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    cli::{
        failure::{Exit, Failure},
        render::{Page, size, table::Grid},
        session::Session,
    },
    client::request::Request,
    model::ids::ProjectId,
};

/// The verbs of `backup`.
#[derive(Debug, Subcommand)]
pub enum Backup {
    /// Make a backup now, of one project or of all
    Run {
        /// Only this project
        #[arg(long, short, value_name = "PROJECT")]
        project: Option<ProjectId>,
    },
    /// List the backups, newest first
    List,
    /// Check that a backup can be restored
    Verify {
        /// Its id or its file, as `backup list` shows them
        #[arg(value_name = "PATH")]
        path: String,
    },
    /// Put a backup in the place of a project's database
    Restore(Restore),
}

/// Arguments of `backup restore`.
#[derive(Debug, Args)]
pub struct Restore {
    /// Its id or its file, as `backup list` shows them
    #[arg(value_name = "PATH")]
    pub path: String,
    /// The project to restore into
    #[arg(long, short, value_name = "PROJECT")]
    pub project: ProjectId,
    /// Replace what the project holds now; a safety copy is kept
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Deserialize)]
struct List {
    items: Vec<Value>,
}

impl Backup {
    /// Runs the verb.
    pub async fn run(self, session: &Session) -> Result<Exit, Failure> {
        match self {
            Self::Run { project } => {
                let body = project.map_or_else(|| json!({}), |project| json!({"project": project}));
                let answer = session.value(Request::post(["api", "backups"], &body)).await?;
                session.out.show(answer, made)?;
            }
            Self::List => {
                let answer = session.value(Request::get(["api", "backups"]).query("limit", Some(500))).await?;
                session.out.show(answer, list)?;
            }
            Self::Verify { path } => {
                let id = id_of(session, &path);
                let answer = session.value(Request::post(["api", "backups", &id, "verify"], &json!({}))).await?;
                let is_bad = answer["ok"] == false;
                session.out.show(answer, |answer: &Value, _: &Page| match answer["detail"].as_str() {
                    Some(detail) if is_bad => format!("{path} is damaged: {detail}"),
                    _ if is_bad => format!("{path} is damaged"),
                    _ => format!("{path} is sound"),
                })?;
                return Ok(if is_bad { Exit::Failed } else { Exit::Done });
            }
            Self::Restore(restore) => {
                let id = id_of(session, &restore.path);
                let body = json!({"project": restore.project, "force": restore.force});
                let answer = session.value(Request::post(["api", "backups", &id, "restore"], &body)).await?;
                session.out.show(answer, |_: &Value, _: &Page| {
                    format!("restored {} from {}", restore.project, restore.path)
                })?;
            }
        }
        Ok(Exit::Done)
    }
}

/// What the API calls a backup that was named by its id, or by a file seen from here or from the root.
fn id_of(session: &Session, named: &str) -> String {
    let file = Path::new(named).canonicalize().or_else(|_| session.defaults.root.join(named).canonicalize());
    file.map_or_else(|_| named.to_owned(), |file| file.display().to_string())
}

fn made(answer: &Value, page: &Page) -> String {
    match answer["items"].as_array() {
        Some(items) => table(items, page),
        None => table(std::slice::from_ref(answer), page),
    }
}

fn list(list: &List, page: &Page) -> String {
    if list.items.is_empty() { "no backups yet".into() } else { table(&list.items, page) }
}

fn table(items: &[Value], page: &Page) -> String {
    let mut grid = Grid::new(page, &["PROJECT", "MADE", "SIZE", "PATH"], 3).figures(2);
    for backup in items {
        let text = |field: &str| backup[field].as_str().unwrap_or("-").to_owned();
        let made = backup["created_at"].as_str().and_then(|at| at.parse().ok());
        grid.row([
            text("project"),
            made.map_or_else(|| "-".into(), |at| page.ago(at)),
            backup["size_bytes"].as_i64().map(size).unwrap_or_default(),
            text("path"),
        ]);
    }
    grid.finish()
}
