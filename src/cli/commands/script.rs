//! `script`: which policy scripts are in force, overriding one, and checking them.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    cli::{
        args::read_text,
        failure::{Exit, Failure},
        render::{Page, table::Grid},
        session::Session,
    },
    client::request::Request,
    model::ids::ProjectId,
};

/// What a new job script begins with.
const NEW_JOB: &str = "// Runs when the job is due; `job` holds name, now, scheduled_at, args and last_success.\n\
                       fn run(job) {\n    log(`${job.name} ran`);\n}\n";

/// The verbs of `script`.
#[derive(Debug, Subcommand)]
pub enum Script {
    /// List the scripts and where each comes from
    List(Where),
    /// Copy a script to where it can be changed
    Override {
        /// Its name, such as escalation or jobs.backup
        #[arg(value_name = "NAME")]
        name: String,
        /// Whose scripts.
        #[command(flatten)]
        place: Where,
    },
    /// Write a new job script
    New {
        /// Its name, such as jobs.weekly
        #[arg(value_name = "NAME")]
        name: String,
        /// Whose scripts.
        #[command(flatten)]
        place: Where,
    },
    /// Check a script file, or all that are in force
    Check {
        /// The file
        #[arg(value_name = "PATH")]
        path: Option<PathBuf>,
        /// Whose scripts.
        #[command(flatten)]
        place: Where,
    },
}

/// Whose scripts.
#[derive(Debug, Args)]
pub struct Where {
    /// A project's scripts [default: those of all projects]
    #[arg(long, short, value_name = "PROJECT")]
    pub project: Option<ProjectId>,
}

impl Where {
    fn request(&self, method: crate::client::request::Method, rest: &[&str]) -> Request {
        let head = match &self.project {
            Some(project) => vec!["api", "projects", project.as_str(), "scripts"],
            None => vec!["api", "scripts"],
        };
        Request::new(method, head.into_iter().chain(rest.iter().copied()))
    }

    fn get(&self, rest: &[&str]) -> Request {
        self.request(crate::client::request::Method::Get, rest)
    }
}

#[derive(Debug, Deserialize)]
struct List {
    items: Vec<Row>,
}

/// What is shown of a script.
#[derive(Debug, Deserialize)]
struct Row {
    name: String,
    level: String,
    path: String,
    hash: String,
}

impl Script {
    /// Runs the verb.
    pub async fn run(self, session: &Session) -> Result<Exit, Failure> {
        match self {
            Self::List(place) => {
                session.out.show(session.value(place.get(&[])).await?, list)?;
                Ok(Exit::Done)
            }
            Self::Override { name, place } => {
                let script: Value = session.json(place.get(&[&name])).await?;
                let wanted = if place.project.is_some() { "project" } else { "root" };
                if script["level"] == wanted {
                    return Err(Failure::refused(format!("{name} is overridden already")).hint("edit the file"));
                }
                write(session, &place, &name, script["source"].as_str().unwrap_or_default()).await
            }
            Self::New { name, place } => match session.send(place.get(&[&name])).await {
                Ok(_) => Err(Failure::refused(format!("the script {name} exists already"))
                    .hint(format!("`moziplus script override {name}` makes a copy to change"))),
                Err(failure) if failure.exit == Exit::NotFound => write(session, &place, &name, NEW_JOB).await,
                Err(failure) => Err(failure),
            },
            Self::Check { path: Some(path), place } => {
                let place = Where { project: place.project.or_else(|| project_of(&path, session)) };
                check(session, &place, &[(name_of(&path)?, Some(path))]).await
            }
            Self::Check { path: None, place } => {
                let scripts: List = session.json(place.get(&[])).await?;
                let all: Vec<_> = scripts.items.into_iter().map(|script| (script.name, None)).collect();
                check(session, &place, &all).await
            }
        }
    }
}

async fn write(session: &Session, place: &Where, name: &str, source: &str) -> Result<Exit, Failure> {
    let request = place.request(crate::client::request::Method::Put, &[name]).json(&json!({"source": source}));
    let answer = session.value(request).await?;
    session.out.show(answer, |script: &Value, _: &Page| match script["path"].as_str() {
        Some(path) => format!("wrote {path}"),
        None => format!("wrote {name}"),
    })?;
    Ok(Exit::Done)
}

/// Checks each script, as it is in force or as its file says, and reports all that is wrong.
async fn check(session: &Session, place: &Where, scripts: &[(String, Option<PathBuf>)]) -> Result<Exit, Failure> {
    let mut answers = Vec::new();
    for (name, path) in scripts {
        let source = match path {
            Some(path) => read_text(path)?.ok_or_else(|| Failure::usage(format!("{} is not text", path.display())))?,
            None => {
                let script: Value = session.json(place.get(&[name])).await?;
                script["source"].as_str().unwrap_or_default().to_owned()
            }
        };
        let request = place.request(crate::client::request::Method::Post, &[name, "check"]);
        let mut answer = session.value(request.json(&json!({"source": source}))).await?;
        if let Value::Object(answer) = &mut answer {
            answer.insert("name".into(), json!(name));
        }
        answers.push(answer);
    }
    let is_sound = answers.iter().all(|answer| answer["ok"] != false);
    session.out.show(json!({"ok": is_sound, "items": answers}), checked)?;
    Ok(if is_sound { Exit::Done } else { Exit::Failed })
}

/// A line for each sound script and each complaint.
fn checked(answer: &Value, page: &Page) -> String {
    let mut lines = Vec::new();
    for script in answer["items"].as_array().into_iter().flatten() {
        let name = script["name"].as_str().unwrap_or_default();
        let problems = script["problems"].as_array().map(Vec::as_slice).unwrap_or_default();
        if problems.is_empty() {
            lines.push(format!("{name}: ok"));
        }
        for problem in problems {
            let file = problem["file"].as_str().unwrap_or(name);
            let message = problem["message"].as_str().unwrap_or_default();
            let place = match (problem["line"].as_u64(), problem["column"].as_u64()) {
                (Some(line), Some(column)) => format!("{file}:{line}:{column}"),
                (Some(line), None) => format!("{file}:{line}"),
                _ => file.to_owned(),
            };
            lines.push(format!("{}: {message}", page.bold(place)));
        }
    }
    lines.join("\n")
}

fn list(list: &List, page: &Page) -> String {
    let mut grid = Grid::new(page, &["NAME", "FROM", "FILE", "HASH"], 2);
    for script in &list.items {
        let hash = script.hash.chars().take(12).collect();
        grid.row([script.name.clone(), script.level.clone(), script.path.clone(), hash]);
    }
    grid.finish()
}

/// `…/scripts/jobs/backup.rhai` is `jobs.backup`.
fn name_of(path: &Path) -> Result<String, Failure> {
    let stem =
        path.file_stem().and_then(|stem| stem.to_str()).filter(|_| path.extension().is_some_and(|e| e == "rhai"));
    let stem = stem.ok_or_else(|| Failure::usage(format!("{} is no .rhai file", path.display())))?;
    let is_job = path.parent().is_some_and(|folder| folder.ends_with("jobs"));
    Ok(if is_job { format!("jobs.{stem}") } else { stem.to_owned() })
}

/// The project in whose folder the file lies.
fn project_of(path: &Path, session: &Session) -> Option<ProjectId> {
    let path = path.canonicalize().ok()?;
    let below = path.strip_prefix(session.defaults.root.projects()).ok()?;
    below.components().next()?.as_os_str().to_str()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_tells_its_script() {
        assert_eq!(name_of(Path::new("scripts/escalation.rhai")).unwrap(), "escalation");
        assert_eq!(name_of(Path::new("scripts/jobs/backup.rhai")).unwrap(), "jobs.backup");
        assert!(name_of(Path::new("scripts/escalation.txt")).is_err());
    }
}
