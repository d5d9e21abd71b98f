//! The scripts of a project: what is in force, reading, checking, saving and taking an override away.

use std::{fs, path::Path, path::PathBuf};

use serde::Serialize;
use serde_json::json;

use super::{App, Project, error::AppError, requests::Caller};
use crate::{
    model::{
        event::{EventKind, Level, NewEvent},
        ids::{Actor, ProjectId},
    },
    policy::{
        fault::ScriptFault,
        library::{Library, LibraryStatus, Opening, ReloadOutcome},
        source::{ScriptFolder, ScriptFolders, SourceSet},
    },
    store::daemon_db,
};

/// Largest script, in bytes.
const SCRIPT_BYTES: usize = 256 * 1024;

/// Opens a project's scripts; when they are broken, the set that was last in force goes on.
pub(super) async fn open_library(app: &App, id: &ProjectId, folder: &Path) -> Library {
    let key = id.to_string();
    let kept = app.daemon().read(move |db| Ok::<_, AppError>(daemon_db::kept_sources(db, &key)?)).await;
    let last_good = kept.ok().flatten().and_then(|text| serde_json::from_str::<SourceSet>(&text).ok());
    let scripts = folder.join("scripts");
    let shown = |path: &Path| app.root().shown(path).display().to_string();
    let folders = ScriptFolders {
        project: Some(ScriptFolder { shown: shown(&scripts), dir: scripts }),
        root: Some(ScriptFolder { dir: app.root().scripts(), shown: shown(&app.root().scripts()) }),
    };
    let (limits, threads) = (app.script_limits(), app.script_threads().clone());
    let library = Library::open(Opening { folders, last_good, limits, threads, live: None }, app.now()).await;
    if let Some(fault) = library.status().last_error {
        tracing::error!(project = %id, %fault, "the scripts are broken; the last good set is in force");
    }
    library
}

/// Reads a project's scripts again; announces what came of it.
pub async fn reload(app: &App, project: &Project) -> ReloadOutcome {
    project.library.set_limits(app.script_limits());
    let outcome = project.library.reload(app.now()).await;
    match &outcome {
        ReloadOutcome::Unchanged => {}
        ReloadOutcome::Swapped { hash } => {
            tracing::info!(project = %project.id, %hash, "changed scripts are in force");
            keep(app, project, hash).await;
            let summary = format!("changed scripts of {} are in force", project.id);
            announce(app, project, EventKind::PolicyReloaded, (Level::Routine, summary), json!({"hash": hash})).await;
        }
        ReloadOutcome::Rejected(fault) => {
            tracing::error!(project = %project.id, %fault, "changed scripts were refused; the last good set stays in force");
            let summary = format!("changed scripts of {} were refused: {fault}", project.id);
            announce(app, project, EventKind::PolicyRejected, (Level::Attention, summary), json!({"fault": fault}))
                .await;
        }
    }
    outcome
}

async fn keep(app: &App, project: &Project, hash: &str) {
    let (key, hash) = (project.id.to_string(), hash.to_owned());
    let Ok(sources) = serde_json::to_string(&project.library.sources()) else { return };
    let kept = app.daemon().write(app.now(), move |tx| daemon_db::keep_sources(tx, &key, &hash, &sources)).await;
    if let Err(error) = kept {
        tracing::warn!(%error, "the scripts in force could not be kept for the next start");
    }
}

/// Writes an event of the project about its scripts.
pub async fn announce(
    app: &App,
    project: &Project,
    kind: EventKind,
    (level, summary): (Level, String),
    payload: serde_json::Value,
) {
    let event = NewEvent::new(kind, None, Actor::Daemon, summary).level(level).payload(payload);
    if let Err(error) = project.store.write(app.now(), move |tx| tx.event(event)).await {
        tracing::warn!(%error, "an event about scripts could not be written");
    }
}

/// A script with its text.
#[derive(Debug, Clone, Serialize)]
pub struct ScriptText {
    /// Its name, without the ending.
    pub name: String,
    /// Where it comes from: `project`, `root` or `built-in`.
    pub source: String,
    /// The file, or where it is in the binary.
    pub path: String,
    /// SHA-256 of the text.
    pub hash: String,
    /// The text.
    pub text: String,
}

/// The scripts in force in a project.
pub fn list(app: &App, project: &ProjectId) -> Result<LibraryStatus, AppError> {
    Ok(app.project(project)?.library.status())
}

/// A script in force, with its text.
pub fn get(app: &App, project: &ProjectId, name: &str) -> Result<ScriptText, AppError> {
    let sources = app.project(project)?.library.sources();
    let file = sources.effective().into_iter().find(|file| file.name == name);
    let file = file.ok_or_else(|| AppError::NotFound(format!("script `{name}`")))?;
    let (source, hash) = (file.level.to_string(), file.hash());
    Ok(ScriptText { name: file.name, source, path: file.path, hash, text: file.text })
}

/// What is wrong with a text, were it saved as this script; empty when nothing is.
pub async fn check(
    app: &App,
    project: &ProjectId,
    name: &str,
    text: Option<&str>,
) -> Result<Vec<ScriptFault>, AppError> {
    check_name(name)?;
    let project = app.project(project)?;
    Ok(match text {
        Some(text) => project.library.check_text(name, text).await,
        None => project.library.check().await,
    })
}

/// Saves a project's own version of a script; in force at once. A broken text is refused and nothing changes.
pub async fn put(
    app: &App,
    project: &ProjectId,
    (name, text): (&str, &str),
    expected_hash: Option<&str>,
    caller: &Caller,
) -> Result<ScriptText, AppError> {
    check_name(name)?;
    if !caller.actor.is_human() {
        return Err(AppError::NotAssignee("only a person changes scripts".into()));
    }
    if text.len() > SCRIPT_BYTES {
        return Err(AppError::TooLarge(format!("the script has {} bytes; {SCRIPT_BYTES} are allowed", text.len())));
    }
    let open = app.open_project(project)?;
    let before = get(app, project, name).ok();
    if let (Some(expected), Some(before)) = (expected_hash, &before)
        && expected != before.hash
    {
        let detail = format!("script `{name}` was changed meanwhile (its hash is {})", before.hash);
        return Err(AppError::Conflict(detail));
    }
    refuse_faults(open.library.check_text(name, text).await)?;
    let path = path_of(app, project, name);
    write_whole(&path, text)
        .map_err(|error| AppError::Internal(format!("{} cannot be written: {error}", path.display())))?;
    reload(app, &open).await;
    get(app, project, name)
}

/// Takes a project's own version of a script away: the next level's is in force at once.
pub async fn delete(app: &App, project: &ProjectId, name: &str, caller: &Caller) -> Result<ScriptText, AppError> {
    check_name(name)?;
    if !caller.actor.is_human() {
        return Err(AppError::NotAssignee("only a person changes scripts".into()));
    }
    let open = app.open_project(project)?;
    let path = path_of(app, project, name);
    if !path.is_file() {
        return Err(AppError::NotFound(format!("script `{name}` of project {project} itself")));
    }
    fs::remove_file(&path)
        .map_err(|error| AppError::Internal(format!("{} cannot be removed: {error}", path.display())))?;
    reload(app, &open).await;
    get(app, project, name)
}

fn refuse_faults(faults: Vec<ScriptFault>) -> Result<(), AppError> {
    if faults.is_empty() {
        return Ok(());
    }
    let all: Vec<_> = faults.iter().map(ToString::to_string).collect();
    let hint = faults.iter().find_map(|fault| fault.expected.clone());
    let hint = hint.unwrap_or_else(|| "mend the script; nothing was saved".into());
    Err(AppError::invalid("text", all.join("\n"), hint))
}

fn check_name(name: &str) -> Result<(), AppError> {
    let fits = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-')
    };
    if name.len() <= 64 && fits(name) {
        return Ok(());
    }
    let hint = "tick, zombie, outcome, escalation, distillation, guardrail, notify, or a module of your own";
    Err(AppError::invalid("name", format!("`{name}` is not the name of a script"), hint))
}

fn path_of(app: &App, project: &ProjectId, name: &str) -> PathBuf {
    app.root().project_scripts(project).join(format!("{name}.rhai"))
}

/// Writes beside the target and renames: whoever reads sees the old text or the new one, never half of it.
fn write_whole(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let waiting = path.with_extension("rhai.part");
    fs::write(&waiting, text)?;
    fs::rename(&waiting, path)
}
