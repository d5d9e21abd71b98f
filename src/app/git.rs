//! The root under version control: what moziplus changes in registry, configuration, scripts and skills is committed.

use std::time::Duration;

use super::{App, error::AppError};
use crate::process::tool::{self, ToolError};

/// A commit may take this long, a push to one remote too.
const PATIENCE: Duration = Duration::from_secs(120);

/// What is put under version control, as pathspecs: what is gone is committed too.
const TRACKED: [&str; 14] = [
    ".gitignore",
    "agents",
    "config",
    "prompt_templates",
    "schemas",
    "scripts",
    "skills",
    "projects/_registry.yaml",
    ":(glob)projects/*/config/**",
    ":(glob)projects/*/scripts/**",
    ":(glob)projects/*/skills/**",
    ":(glob)projects/_archived/*/config/**",
    ":(glob)projects/_archived/*/scripts/**",
    ":(glob)projects/_archived/*/skills/**",
];

/// Whether the root is a git work tree.
pub fn is_work_tree(app: &App) -> bool {
    app.root().join(".git").exists()
}

/// Commits what has changed, and nothing else that may be staged; answers with the commit, or none when nothing has.
pub async fn commit(app: &App, message: &str) -> Result<Option<String>, AppError> {
    if !is_work_tree(app) {
        let detail = format!("{} is no git work tree; `moziplus init --git` makes it one", app.root().path().display());
        return Err(AppError::in_the_way(detail, "run `moziplus init --git`, then repeat"));
    }
    let status = ["status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--"];
    let status = good(app, &[&status[..], &TRACKED].concat()).await?;
    // Each entry is `XY path`; renames are switched off, so there is one path to an entry.
    let changed: Vec<&str> = status.split('\0').filter_map(|entry| entry.get(3..)).collect();
    if changed.is_empty() {
        return Ok(None);
    }
    // From here on they are names of files, whatever characters are in them.
    good(app, &[&["--literal-pathspecs", "add", "--all", "--"][..], &changed].concat()).await?;
    let mut arguments = vec!["--literal-pathspecs", "-c", "commit.gpgsign=false"];
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

async fn git(app: &App, arguments: &[&str]) -> Result<String, ToolError> {
    tool::run(app.root().path(), &[&["git"], arguments].concat(), PATIENCE).await
}

async fn good(app: &App, arguments: &[&str]) -> Result<String, AppError> {
    git(app, arguments).await.map_err(|error| AppError::Internal(error.to_string()))
}
