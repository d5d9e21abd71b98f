//! The restore drill: the newest copy of each project is opened as a restore would open it, and looked through.

use std::{fs, path::Path};

use serde::Serialize;

use super::{
    App,
    backups::{self, BackupView},
    error::AppError,
};
use crate::{
    model::ids::ProjectId,
    store::{backup, tasks},
};

/// How a drill went.
#[derive(Debug, Clone, Serialize)]
pub struct Drilled {
    /// The project.
    pub project: ProjectId,
    /// The copy.
    pub copy: String,
    /// Tasks in it.
    pub tasks_count: i64,
    /// Events in it.
    pub events_count: i64,
}

/// Tries out the newest copy of every open project; the first that cannot be restored is an error.
pub async fn run(app: &App) -> Result<Vec<Drilled>, AppError> {
    let copies = backups::list(app).await?;
    let mut done = Vec::new();
    for project in app.projects().open() {
        let id = project.id.clone();
        let Some(copy) = copies.iter().find(|copy| copy.project.as_ref() == Some(&id)) else {
            let hint = "run the job `backup`, or `moziplus backup run`";
            return Err(AppError::in_the_way(format!("project {id} has no copy"), hint));
        };
        let live = project.store.read(|db| Ok::<_, AppError>(tasks::summary(db)?)).await?;
        let live: i64 = live.into_iter().map(|(_, count)| count).sum();
        let drilled = one(copy.clone(), id.clone()).await?;
        // Tasks are never removed, so a copy that has more is another project's, or the live one has lost some.
        if drilled.tasks_count > live {
            let detail = format!("the copy of {id} has {} tasks, the project {live}", drilled.tasks_count);
            return Err(AppError::in_the_way(detail, "compare them before you restore anything"));
        }
        done.push(drilled);
    }
    Ok(done)
}

async fn one(copy: BackupView, project: ProjectId) -> Result<Drilled, AppError> {
    let work = move || {
        let folder = tempfile::tempdir().map_err(|error| AppError::io("a temporary folder", &error))?;
        let file = folder.path().join("blackboard.db");
        let copied = fs::copy(&copy.path, &file);
        copied.map_err(|error| AppError::io(copy.path.display(), &error))?;
        open(&file, &copy, project)
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| AppError::Internal(error.to_string()))?
}

fn open(file: &Path, copy: &BackupView, project: ProjectId) -> Result<Drilled, AppError> {
    let broken = |error: crate::store::OpenError| {
        let hint = "make another copy now, and keep the older ones: `moziplus backup run`";
        AppError::in_the_way(format!("the copy {} cannot be restored: {error}", copy.id), hint)
    };
    let before = backup::verify_of(file, &project).map_err(broken)?;
    let after = backup::rehearse(file).map_err(broken)?;
    if (before.tasks_count, before.events_count) != (after.tasks_count, after.events_count) {
        let detail = format!("opening the copy {} changed what is in it", copy.id);
        return Err(AppError::in_the_way(detail, "make another copy now, and report this"));
    }
    let (tasks_count, events_count) = (after.tasks_count, after.events_count);
    Ok(Drilled { project, copy: copy.id.clone(), tasks_count, events_count })
}
