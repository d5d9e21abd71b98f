//! What takes up space below the root, by kind.

use std::{fs, path::Path};

use serde::Serialize;

use super::{App, error::AppError};
use crate::{model::ids::ProjectId, store::dead_letters};

/// Folders are looked into this deep at most; links are not followed.
const DEEPEST: usize = 12;

/// Sizes, in bytes.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Storage {
    /// Everything below the root that is named here.
    pub total_bytes: u64,
    /// `daemon.db` with its write-ahead log.
    pub daemon_db_bytes: u64,
    /// The daemon's log files.
    pub logs_bytes: u64,
    /// What policy was asked, for replays.
    pub recordings_bytes: u64,
    /// Backups.
    pub backups_bytes: u64,
    /// The inbox with what it rejected.
    pub inbox_bytes: u64,
    /// Each project.
    pub projects: Vec<ProjectStorage>,
}

/// A project's sizes, in bytes.
#[derive(Debug, Clone, Serialize)]
pub struct ProjectStorage {
    /// The project.
    pub project: ProjectId,
    /// `blackboard.db` with its write-ahead log.
    pub database_bytes: u64,
    /// Results of tasks.
    pub artifacts_bytes: u64,
    /// Archived attempts: prompts, logs, transcripts; `retention.session_days` removes them.
    pub archives_bytes: u64,
    /// The part of `database_bytes` that late writes take; `retention.dead_letter_days` removes them.
    pub dead_letters_bytes: u64,
}

/// Adds up what lies there now.
pub async fn measure(app: &App) -> Result<Storage, AppError> {
    let root = app.root().clone();
    let mut projects = Vec::new();
    for project in app.projects().usable() {
        let letters = project.store.read(dead_letters::bytes).await;
        // What cannot be read now is told elsewhere; the files have their sizes all the same.
        let letters = letters.ok().and_then(|bytes| u64::try_from(bytes).ok()).unwrap_or(0);
        projects.push((project.id.clone(), project.archived, letters));
    }
    let inbox = root.inbox(&app.config().settings().inbox);
    let work = move || {
        let recordings_bytes = size(&root.recordings(), 0);
        let mut storage = Storage {
            daemon_db_bytes: database(&root.daemon_db()),
            logs_bytes: size(&root.logs(), 0).saturating_sub(recordings_bytes),
            recordings_bytes,
            backups_bytes: size(&root.backups(), 0),
            inbox_bytes: inbox.parent().map_or(0, |folder| size(folder, 0)),
            ..Storage::default()
        };
        for (id, archived, letters) in projects {
            let folder = if archived { root.archived_project(&id) } else { root.project(&id) };
            storage.projects.push(of_project(id, &folder, letters));
        }
        let of_projects =
            storage.projects.iter().map(|one| one.database_bytes + one.artifacts_bytes + one.archives_bytes);
        storage.total_bytes = storage.daemon_db_bytes
            + storage.logs_bytes
            + storage.recordings_bytes
            + storage.backups_bytes
            + storage.inbox_bytes
            + of_projects.sum::<u64>();
        storage
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| AppError::Internal(error.to_string()))
}

fn of_project(project: ProjectId, folder: &Path, dead_letters_bytes: u64) -> ProjectStorage {
    let artifacts = folder.join("artifacts");
    let tasks = fs::read_dir(&artifacts).into_iter().flatten().flatten();
    let archives_bytes = tasks.map(|task| size(&task.path().join("archive"), 0)).sum();
    ProjectStorage {
        project,
        database_bytes: database(&folder.join("blackboard.db")),
        artifacts_bytes: size(&artifacts, 0).saturating_sub(archives_bytes),
        archives_bytes,
        dead_letters_bytes,
    }
}

fn database(path: &Path) -> u64 {
    let beside = |suffix: &str| fs::metadata(format!("{}{suffix}", path.display())).map_or(0, |meta| meta.len());
    beside("") + beside("-wal")
}

/// Bytes of all files below a folder.
fn size(folder: &Path, depth: usize) -> u64 {
    if depth > DEEPEST {
        return 0;
    }
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let sizes = entries.map(|entry| match entry.file_type() {
        Ok(kind) if kind.is_dir() => size(&entry.path(), depth + 1),
        Ok(kind) if kind.is_file() => entry.metadata().map_or(0, |meta| meta.len()),
        _ => 0,
    });
    sizes.sum()
}
