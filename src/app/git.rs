//! The root under version control: what moziplus changes in registry, configuration, scripts and skills is committed.

use std::{path::PathBuf, time::Duration};

use tokio::sync::Mutex;

use super::{App, error::AppError};
use crate::process::tool::{self, ToolError};

/// A commit may take this long, a push to one remote too.
const PATIENCE: Duration = Duration::from_secs(120);

/// The message of what moziplus did not do itself.
const BY_HAND: &str = "Changes by hand";
/// git takes one commit at a time.
static COMMITTING: Mutex<()> = Mutex::const_new(());

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
    let _one_at_a_time = COMMITTING.lock().await;
    commit_these(app, message, &changes(app).await?).await
}

/// What has changed since the last commit, as paths below the root.
async fn changes(app: &App) -> Result<Vec<String>, AppError> {
    let status = ["status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--"];
    let status = good(app, &[&status[..], &TRACKED].concat()).await?;
    // Each entry is `XY path`; renames are switched off, so there is one path to an entry.
    Ok(status.split('\0').filter_map(|entry| entry.get(3..)).map(str::to_owned).collect())
}

async fn commit_these(app: &App, message: &str, changed: &[String]) -> Result<Option<String>, AppError> {
    if changed.is_empty() {
        return Ok(None);
    }
    let changed: Vec<&str> = changed.iter().map(String::as_str).collect();
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

/// Commits a change by moziplus where `git.auto_commit` asks for it: what it touched, which are these files and folders. What
/// else has changed was somebody's work by hand, and gets a commit of its own before. A failure is logged and harms nothing.
pub async fn auto_commit(app: &App, message: &str, places: &[PathBuf]) {
    if !app.config().settings().git.auto_commit || !is_work_tree(app) {
        return;
    }
    match apart(app, message, places).await {
        Ok(Some(commit)) => tracing::info!(%commit, message, "committed"),
        Ok(None) => {}
        Err(error) => tracing::warn!(%error, "the change could not be committed to git"),
    }
}

async fn apart(app: &App, message: &str, places: &[PathBuf]) -> Result<Option<String>, AppError> {
    let _one_at_a_time = COMMITTING.lock().await;
    let root = app.root().path();
    let is_ours = |path: &String| places.iter().any(|place| root.join(path).starts_with(place));
    let (ours, by_hand): (Vec<_>, Vec<_>) = changes(app).await?.into_iter().partition(is_ours);
    commit_these(app, BY_HAND, &by_hand).await?;
    commit_these(app, message, &ours).await
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
