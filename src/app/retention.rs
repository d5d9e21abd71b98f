//! What is no longer kept: old events, and the files of tasks that were finished long ago.

use std::{fs, path::PathBuf};

use chrono::{DateTime, Utc};

use super::{App, Project, error::AppError};
use crate::{
    model::ids::TaskId,
    store::{Db, StoreError, Tx, daemon_db, events, reports},
};

/// Events of one transaction: writers of the same database wait no longer than for these.
const AT_ONCE: usize = 2000;

/// Forgets events from before a time: those of finished tasks and of no task; answers with how many.
///
/// The index forgets them first, so that a crash in between leaves events that nobody finds, and the next run removes.
pub async fn prune_events(app: &App, before: DateTime<Utc>) -> Result<usize, AppError> {
    let (now, mut removed) = (app.now(), 0);
    for project in app.projects().usable() {
        loop {
            let old = move |db: &Db<'_>| Ok::<_, AppError>(events::prunable(db, before, AT_ONCE)?);
            let old = project.store.read(old).await?;
            if old.is_empty() {
                break;
            }
            removed += old.len();
            let (name, generation) = (project.id.to_string(), project.store.generation().to_owned());
            let (forget, numbers) = (old.clone(), old);
            let index = move |tx: &mut Tx<'_>| daemon_db::forget(tx, (&name, &generation), &forget);
            app.daemon().write::<_, StoreError, _>(now, index).await?;
            project.store.write::<_, StoreError, _>(now, move |tx| events::forget(tx, &numbers)).await?;
        }
    }
    loop {
        let old = move |db: &Db<'_>| Ok::<_, AppError>(events::prunable_of_daemon(db, before, AT_ONCE)?);
        let old = app.daemon().read(old).await?;
        if old.is_empty() {
            return Ok(removed);
        }
        removed += old.len();
        let forget = move |tx: &mut Tx<'_>| {
            daemon_db::forget_own(tx, &old)?;
            events::forget(tx, &old)
        };
        app.daemon().write::<_, StoreError, _>(now, forget).await?;
    }
}

/// Removes the folders of tasks that were finished before a time and that no open task builds on; answers with how many.
pub async fn prune_artifacts(app: &App, before: DateTime<Utc>) -> Result<usize, AppError> {
    let mut removed = 0;
    for project in app.projects().usable() {
        let tasks = move |db: &Db<'_>| Ok::<_, AppError>(reports::long_finished(db, before)?);
        let tasks: Vec<TaskId> = project.store.read(tasks).await?;
        let folders: Vec<_> = tasks.iter().map(|task| artifacts(app, &project).join(task.to_string())).collect();
        let work = tokio::task::spawn_blocking(move || remove_all(folders)).await;
        removed += work.map_err(|error| AppError::Internal(error.to_string()))??;
    }
    Ok(removed)
}

/// Where a project's artifacts lie, archived or not.
pub fn artifacts(app: &App, project: &Project) -> PathBuf {
    if project.archived {
        app.root().archived_project(&project.id).join("artifacts")
    } else {
        app.root().artifacts(&project.id)
    }
}

fn remove_all(folders: Vec<PathBuf>) -> Result<usize, AppError> {
    let mut removed = 0;
    for folder in folders.into_iter().filter(|folder| folder.is_dir()) {
        fs::remove_dir_all(&folder).map_err(|error| AppError::io(folder.display(), &error))?;
        removed += 1;
    }
    Ok(removed)
}
