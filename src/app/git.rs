//! The root under version control: what moziplus changes in registry, configuration, scripts and skills is committed.

use std::{path::PathBuf, time::Duration};

use super::{App, error::AppError};
use crate::process::tool::{self, ToolError};

/// A commit may take this long, a push to one remote too.
const PATIENCE: Duration = Duration::from_secs(120);

/// What is put under version control, as far as it is there.
const TRACKED: [&str; 7] =
    [".gitignore", "config", "prompt_templates", "schemas", "scripts", "skills", "projects/_registry.yaml"];

/// Of each project.
const TRACKED_OF_PROJECT: [&str; 3] = ["config", "scripts", "skills"];

/// Whether the root is a git work tree.
pub fn is_work_tree(app: &App) -> bool {
    app.root().join(".git").exists()
}

/// Commits what has changed, and nothing else that may be staged; answers with the commit, or none when nothing has.
pub async fn commit(app: &App, message: &str) -> Result<Option<String>, AppError> {
    if !is_work_tree(app) {
        let detail = format!("{} is no git work tree; `moziplus init --git` makes it one", app.root().path().display());
        return Err(AppError::Conflict(detail));
    }
    let tracked = tracked(app);
    let status = ["status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--"];
    let status = good(app, &[&status[..], &texts(&tracked)].concat()).await?;
    // Each entry is `XY path`; renames are switched off, so there is one path to an entry.
    let changed: Vec<&str> = status.split('\0').filter_map(|entry| entry.get(3..)).collect();
    if changed.is_empty() {
        return Ok(None);
    }
    good(app, &[&["add", "--all", "--"][..], &changed].concat()).await?;
    let mut arguments = vec!["-c", "commit.gpgsign=false"];
    if git(app, &["config", "user.email"]).await.is_err() {
        arguments.extend(["-c", "user.name=moziplus", "-c", "user.email=moziplus@localhost"]);
    }
    arguments.extend(["commit", "--quiet", "--message", message, "--"]);
    arguments.extend(&changed);
    good(app, &arguments).await?;
    let head = good(app, &["rev-parse", "--short", "HEAD"]).await?;
    Ok(Some(head.trim().to_owned()))
}

/// Commits a change by moziplus where `git.auto_commit` asks for it. A failure is logged and harms nothing.
pub async fn auto_commit(app: &App, message: &str) {
    if !app.config().settings().git.auto_commit || !is_work_tree(app) {
        return;
    }
    match commit(app, message).await {
        Ok(Some(commit)) => tracing::info!(%commit, message, "committed"),
        Ok(None) => {}
        Err(error) => tracing::warn!(%error, "the change could not be committed to git"),
    }
}

/// Pushes the current branch to every remote of `git.remotes`; all are tried. Answers with how many there are.
pub async fn push(app: &App) -> Result<usize, AppError> {
    let remotes = app.config().settings().git.remotes.clone();
    let mut failed = Vec::new();
    for remote in &remotes {
        if let Err(error) = git(app, &["push", "--quiet", "--", &remote.url, "HEAD"]).await {
            failed.push(format!("{}: {error}", remote.name));
        }
    }
    if failed.is_empty() {
        Ok(remotes.len())
    } else {
        Err(AppError::Internal(format!("push failed: {}", failed.join("; "))))
    }
}

/// The tracked paths that exist, relative to the root.
fn tracked(app: &App) -> Vec<PathBuf> {
    let root = app.root();
    let mut paths: Vec<PathBuf> = TRACKED.iter().map(PathBuf::from).collect();
    for id in app.config().loaded().projects.keys() {
        let project = root.project(id);
        paths.extend(TRACKED_OF_PROJECT.iter().map(|part| root.shown(&project.join(part)).to_owned()));
    }
    paths.retain(|path| root.join(path).exists());
    paths
}

fn texts(paths: &[PathBuf]) -> Vec<&str> {
    paths.iter().filter_map(|path| path.to_str()).collect()
}

async fn git(app: &App, arguments: &[&str]) -> Result<String, ToolError> {
    tool::run(app.root().path(), &[&["git"], arguments].concat(), PATIENCE).await
}

async fn good(app: &App, arguments: &[&str]) -> Result<String, AppError> {
    git(app, arguments).await.map_err(|error| AppError::Internal(error.to_string()))
}
