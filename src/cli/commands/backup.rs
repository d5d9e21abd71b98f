//! `backup`: make, list, check and restore copies of projects, and of the whole root.

mod whole;

use std::path::Path;

use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    cli::{
        failure::{Exit, Failure},
        render::{Page, count, size, table::Grid},
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
    /// Put a backup in the place of a project's database, or of the whole root (--all)
    Restore(Restore),
}

/// Arguments of `backup restore`.
#[derive(Debug, Args)]
pub struct Restore {
    /// Its id or its file, as `backup list` shows them; with --all the folder of the backups, or of a further place
    #[arg(value_name = "PATH", required_unless_present = "all")]
    pub path: Option<String>,
    /// The project to restore into
    #[arg(long, short, value_name = "PROJECT", required_unless_present = "all", conflicts_with = "all")]
    pub project: Option<ProjectId>,
    /// Everything: databases, registry, configuration, scripts, skills, lessons. No daemon may run meanwhile
    #[arg(long)]
    pub all: bool,
    /// With --all: only what was copied until then, such as 2026-05-16T12:00:00Z; the newest when not given
    #[arg(long, value_name = "TIME", requires = "all")]
    pub at: Option<DateTime<Utc>>,
    /// Show what would be done, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Replace what is there now; a safety copy is kept
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Deserialize)]
struct List {
    items: Vec<Value>,
}

impl Backup {
    /// A restore of the whole root, which needs no API and bears none.
    pub fn whole_restore(self) -> Result<Restore, Self> {
        match self {
            Self::Restore(restore) if restore.all => Ok(restore),
            other => Err(other),
        }
    }

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
            Self::Restore(restore) => restore.one(session).await?,
        }
        Ok(Exit::Done)
    }
}

impl Restore {
    async fn one(self, session: &Session) -> Result<(), Failure> {
        let (Some(path), Some(project)) = (self.path, self.project) else {
            return Err(Failure::usage("name the backup and its --project, or use --all"));
        };
        let id = id_of(session, &path);
        if self.dry_run {
            let body = json!({"project": project});
            let answer = session.value(Request::post(["api", "backups", &id, "restore", "plan"], &body)).await?;
            return session.out.show(answer, planned);
        }
        let body = json!({"project": project, "force": self.force});
        let answer = session.value(Request::post(["api", "backups", &id, "restore"], &body)).await?;
        session.out.show(answer, |_: &Value, _: &Page| format!("restored {project} from {path}"))
    }
}

fn planned(plan: &Value, _: &Page) -> String {
    let number = |field: &str| plan[field].as_i64();
    let (project, path) = (plan["project"].as_str().unwrap_or("-"), plan["path"].as_str().unwrap_or("-"));
    let (tasks, events) = (number("tasks_count").unwrap_or(0), number("events_count").unwrap_or(0));
    let now = match (number("tasks_now"), plan["replaces"].as_bool()) {
        (Some(tasks), _) => format!("It has {} now, which would be copied and replaced.", count(tasks, "task")),
        (None, Some(true)) => "Its database cannot be read; it would be kept aside and replaced.".to_owned(),
        (None, _) => "It has no database now.".to_owned(),
    };
    let live = match number("live_attempts").unwrap_or(0) {
        0 => String::new(),
        live => format!(" {} would be ended.", count(live, "live attempt")),
    };
    let copy = format!("{path} is sound: {}, {}", count(tasks, "task"), count(events, "event"));
    format!("{copy}.\n{project} would be restored from it. {now}{live}\nNothing was changed.")
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
