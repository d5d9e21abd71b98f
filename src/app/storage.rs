//! What takes up space below the root, by kind.

use std::{fs, path::Path};

use serde::Serialize;

use super::{App, backups::SAFETY, error::AppError};
use crate::{
    model::ids::ProjectId,
    store::{Db, StoreError, dead_letters, events, policy_decisions},
};

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
    /// What restores have replaced: the part of `backups_bytes` that is safety copies, and `before-restore-…` of the root.
    pub safety_copies_bytes: u64,
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
    /// The part of `database_bytes` that events take; `retention.event_days` removes them.
    pub events_bytes: u64,
    /// The part of `database_bytes` that decisions of scripts take; `retention.decision_days` removes them.
    pub decisions_bytes: u64,
}

/// Bytes of rows, by kind.
#[derive(Debug, Clone, Copy, Default)]
struct Rows {
    dead_letters: u64,
    events: u64,
    decisions: u64,
}

fn rows(db: &Db<'_>) -> Result<Rows, StoreError> {
    let bytes = |sum: i64| u64::try_from(sum).unwrap_or(0);
    Ok(Rows {
        dead_letters: bytes(dead_letters::bytes(db)?),
        events: bytes(events::bytes(db)?),
        decisions: bytes(policy_decisions::bytes(db)?),
    })
}

/// Adds up what lies there now.
pub async fn measure(app: &App) -> Result<Storage, AppError> {
    let root = app.root().clone();
    let mut projects = Vec::new();
    for project in app.projects().usable() {
        // What cannot be read now is told elsewhere; the files have their sizes all the same.
        let rows = project.store.read(rows).await.unwrap_or_default();
        projects.push((project.id.clone(), project.archived, rows));
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
        storage.safety_copies_bytes = safety_copies(&root.backups()) + safety_copies(root.path());
        for (id, archived, rows) in projects {
            let folder = if archived { root.archived_project(&id) } else { root.project(&id) };
            storage.projects.push(of_project(id, &folder, rows));
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

fn of_project(project: ProjectId, folder: &Path, rows: Rows) -> ProjectStorage {
    let artifacts = folder.join("artifacts");
    let tasks = fs::read_dir(&artifacts).into_iter().flatten().flatten();
    let archives_bytes = tasks.map(|task| size(&task.path().join("archive"), 0)).sum();
    ProjectStorage {
        project,
        database_bytes: database(&folder.join("blackboard.db")),
        artifacts_bytes: size(&artifacts, 0).saturating_sub(archives_bytes),
        archives_bytes,
        dead_letters_bytes: rows.dead_letters,
        events_bytes: rows.events,
        decisions_bytes: rows.decisions,
    }
}

/// Bytes of what restores have put aside in a folder and in those directly below it.
fn safety_copies(folder: &Path) -> u64 {
    let entries = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten();
    let sizes = entries(folder).flat_map(|entry| {
        let is_one = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().starts_with(SAFETY);
        if is_one(&entry) { vec![entry] } else { entries(&entry.path()).filter(is_one).collect() }
    });
    sizes
        .map(
            |entry| {
                if entry.path().is_dir() { size(&entry.path(), 0) } else { entry.metadata().map_or(0, |m| m.len()) }
            },
        )
        .sum()
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
