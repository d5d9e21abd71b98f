//! `script`: which policy scripts are in force; writing, checking, testing and trying them out.

mod asking;
mod check;
mod local;

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    cli::{
        args::{ProjectArg, TaskArgs},
        defaults::Defaults,
        failure::{Exit, Failure},
        render::{Out, Page, table::Grid},
        session::Session,
    },
    client::request::{Method, Request},
    model::ids::ProjectId,
    policy::{hooks, starting},
};

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
    /// Write a script to begin with, and its test
    New {
        /// Its name: a policy file such as escalation, or a job's; with --project a module of your own, too
        #[arg(value_name = "NAME")]
        name: String,
        /// Whose scripts.
        #[command(flatten)]
        place: Where,
    },
    /// Check a script file, or all there are: those of all projects, of jobs and of each project
    Check {
        /// The file
        #[arg(value_name = "PATH")]
        path: Option<PathBuf>,
        /// Whose scripts.
        #[command(flatten)]
        place: Where,
    },
    /// Run the tests (*_test.rhai) of a file, of a folder, or all there are
    Test {
        /// The file or folder
        #[arg(value_name = "PATH")]
        path: Option<PathBuf>,
    },
    /// Show what the scripts would do now, with a changed script beside those in force; nothing is done
    Simulate(asking::Simulate),
    /// Show what a changed script would have decided otherwise in the past
    Replay(asking::Replay),
    /// Tell why a task is where it is: what it waits for, and the decisions that concerned it
    Explain {
        /// Which task.
        #[command(flatten)]
        task: TaskArgs,
    },
    /// List what a script said before; with --to, go back to one of these versions
    Versions(asking::Versions),
    /// Write definition files for editors
    Definitions {
        /// The folder
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
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
    fn request(&self, method: Method, rest: &[&str]) -> Request {
        let head = match &self.project {
            Some(project) => vec!["api", "projects", project.as_str(), "scripts"],
            None => vec!["api", "scripts"],
        };
        Request::new(method, head.into_iter().chain(rest.iter().copied()))
    }

    fn get(&self, rest: &[&str]) -> Request {
        self.request(Method::Get, rest)
    }
}

#[derive(Debug, Deserialize)]
struct List {
    items: Vec<Row>,
    last_error: Option<Value>,
    #[serde(default)]
    failing: Vec<Value>,
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
    /// Runs a verb that needs files only; any other is given back.
    pub fn run_local(self, defaults: &Defaults, out: &Out) -> Result<Result<Exit, Self>, Failure> {
        match self {
            Self::Test { path } => local::test(defaults, out, path.as_deref()).map(Ok),
            Self::Definitions { out: folder } => local::definitions(out, &folder).map(Ok),
            other => Ok(Err(other)),
        }
    }

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
                write(session, &place, &[(name, script["source"].as_str().unwrap_or_default().to_owned())]).await
            }
            Self::New { name, place } => new(session, &place, &name).await,
            Self::Check { path: Some(path), place } => check::file(session, place, &path).await,
            Self::Check { path: None, place } => check::all(session, place).await,
            Self::Simulate(simulate) => simulate.run(session).await,
            Self::Replay(replay) => replay.run(session).await,
            Self::Explain { task } => asking::explain(session, &task).await,
            Self::Versions(versions) => versions.run(session).await,
            Self::Test { path } => local::test(&session.defaults, &session.out, path.as_deref()),
            Self::Definitions { out } => local::definitions(&session.out, &out),
        }
    }
}

/// Writes a starting point and its test, where there is no such script yet.
async fn new(session: &Session, place: &Where, name: &str) -> Result<Exit, Failure> {
    if name.trim().is_empty() {
        return Err(
            Failure::usage("the name is empty").hint("such as escalation, jobs.nightly, or lib/quiet for a module")
        );
    }
    let is_policy = hooks::FILES.iter().any(|(file, _)| *file == name);
    let is_job = name.starts_with("jobs.") || !is_policy && place.project.is_none();
    let (name, point) = match starting::of_policy(name) {
        Some(point) => (name.to_owned(), Some(point)),
        None if is_job => (format!("jobs.{}", name.trim_start_matches("jobs.")), None),
        None => (name.to_owned(), Some(starting::of_module(name))),
    };
    let wanted = if place.project.is_some() { "project" } else { "root" };
    match session.value(place.get(&[&name])).await {
        // A policy file is always there, built in at least.
        Ok(found) if found["level"] == wanted || point.is_none() => {
            return Err(Failure::refused(format!("the script {name} exists already"))
                .hint(format!("`moziplus script override {name}` makes a copy to change")));
        }
        Err(failure) if failure.exit != Exit::NotFound => return Err(failure),
        _ => {}
    }
    let files = match point {
        Some(point) => vec![(name.clone(), point.script), (format!("{name}_test"), point.test)],
        None => vec![(name.clone(), starting::of_job(name.trim_start_matches("jobs.")))],
    };
    write(session, place, &files).await
}

async fn write(session: &Session, place: &Where, files: &[(String, String)]) -> Result<Exit, Failure> {
    let mut answers = Vec::new();
    for (name, source) in files {
        let body = session.signed("agent", &json!({"source": source}));
        answers.push(session.value(place.request(Method::Put, &[name]).json(&body)).await?);
    }
    let paths = |answer: &Value| answer["path"].as_str().unwrap_or_default().to_owned();
    let text = answers.iter().map(|answer| format!("wrote {}", paths(answer))).collect::<Vec<_>>().join("\n");
    session.out.show(answers.swap_remove(0), |_: &Value, _: &Page| text)?;
    Ok(Exit::Done)
}

fn list(list: &List, page: &Page) -> String {
    let mut grid = Grid::new(page, &["NAME", "FROM", "FILE", "HASH"], 2);
    for script in &list.items {
        let hash = script.hash.chars().take(12).collect();
        grid.row([script.name.clone(), script.level.clone(), script.path.clone(), hash]);
    }
    let refused = list.last_error.iter().map(|problem| {
        format!("the newest change is refused, the last good set is in force: {}", check::problem_line(problem, page))
    });
    let failing = list.failing.iter().map(super::status::failing);
    std::iter::once(grid.finish()).chain(refused).chain(failing).collect::<Vec<_>>().join("\n")
}

/// `…/scripts/jobs/backup.rhai` is `jobs.backup`.
fn name_of(path: &Path) -> Result<String, Failure> {
    let stem =
        path.file_stem().and_then(|stem| stem.to_str()).filter(|_| path.extension().is_some_and(|e| e == "rhai"));
    let stem = stem.ok_or_else(|| Failure::usage(format!("{} is no .rhai file", path.display())))?;
    // Folders below `scripts` are part of the name: `lib/quiet.rhai` is `lib.quiet`.
    let folders: Vec<_> = path.parent().into_iter().flatten().filter_map(OsStr::to_str).collect();
    let below = folders.iter().rposition(|folder| *folder == "scripts").map_or(folders.len(), |scripts| scripts + 1);
    let is_job = below == folders.len() && folders.last() == Some(&"jobs");
    let folders = if is_job { &folders[folders.len() - 1..] } else { &folders[below..] };
    Ok(folders.iter().copied().chain([stem]).collect::<Vec<_>>().join("."))
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
        assert_eq!(name_of(Path::new("/root/projects/p/scripts/lib/quiet.rhai")).unwrap(), "lib.quiet");
        assert_eq!(name_of(Path::new("jobs/backup.rhai")).unwrap(), "jobs.backup");
        assert_eq!(name_of(Path::new("/tmp/tick.rhai")).unwrap(), "tick");
        assert!(name_of(Path::new("scripts/escalation.txt")).is_err());
    }
}
