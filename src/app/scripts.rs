//! The scripts of a project: opening them, reading them again, and telling what came of it.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use serde_json::json;

use super::{App, Project, context, error::AppError, versions};
use crate::{
    model::{
        event::{EventKind, Level, NewEvent},
        ids::{Actor, ProjectId},
    },
    policy::{
        library::{Library, Opening, ReloadOutcome},
        sample,
        source::{ScriptFolder, ScriptFolders, SourceSet},
    },
    store::daemon_db,
};

/// Opens a project's scripts; when they are broken, the set that was last in force goes on.
pub(super) async fn open_library(app: &App, id: &ProjectId, folder: &Path) -> Library {
    let key = id.to_string();
    let kept = app.daemon().read(move |db| Ok::<_, AppError>(daemon_db::kept_sources(db, &key)?)).await;
    let last_good = kept.ok().flatten().and_then(|text| serde_json::from_str::<SourceSet>(&text).ok());
    let folders = ScriptFolders {
        project: Some(folder_of(app, folder.join("scripts"))),
        root: Some(folder_of(app, app.root().scripts())),
    };
    let (limits, threads) = (app.script_limits(), app.script_threads().clone());
    // Tried out on the real configuration and agents, as after a save: what is refused then is refused at the start too.
    let live = context::of(app, id).ok().map(|context| Arc::new(sample::board(Arc::new(context), Vec::new())));
    let library = Library::open(Opening { folders, last_good, limits, threads, live }, app.now()).await;
    if let Some(fault) = library.status().last_error {
        tracing::error!(project = %id, %fault, "the scripts are broken; the last good set is in force");
    }
    versions::note_files(app, Some(id), &library.sources()).await;
    library
}

/// A folder of scripts, and how people know it.
pub(super) fn folder_of(app: &App, dir: PathBuf) -> ScriptFolder {
    ScriptFolder { shown: app.root().shown(&dir).display().to_string(), dir }
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
    versions::note_files(app, Some(&project.id), &project.library.sources()).await;
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
