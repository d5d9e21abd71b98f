//! The restore drill: the newest copy of each project, and of the root's own part, is opened as a restore would open it, and looked through.

use std::{fs, path::Path};

use serde::Serialize;

use super::{
    App,
    backups::{self, BackupView, counts},
    error::AppError,
    whole,
};
use crate::{
    model::ids::ProjectId,
    store::{backup, tasks},
};

/// How a drill went.
#[derive(Debug, Clone, Serialize)]
pub struct Drilled {
    /// The project, or `_root`.
    pub project: ProjectId,
    /// The copy.
    pub copy: String,
    /// Tasks in it.
    pub tasks_count: i64,
    /// Events in it.
    pub events_count: i64,
}

/// Tries out the newest copy of every project, archived ones too, and of the root's own part; the first that cannot be
/// restored is an error.
pub async fn run(app: &App) -> Result<Vec<Drilled>, AppError> {
    let copies = backups::list(app).await?;
    let mut done = Vec::new();
    for project in app.projects().usable() {
        let id = project.id.clone();
        let live = project.store.read(|db| Ok::<_, AppError>(tasks::summary(db)?)).await?;
        let live: i64 = live.into_iter().map(|(_, count)| count).sum();
        drop(project);
        let drilled = one(newest(&copies, id.as_str())?, id.clone()).await?;
        // Tasks are never removed, so a copy that has more is another project's, or the live one has lost some.
        if drilled.tasks_count > live {
            let detail = format!("the copy of {id} has {} tasks, the project {live}", drilled.tasks_count);
            return Err(AppError::in_the_way(detail, "compare them before you restore anything"));
        }
        done.push(drilled);
    }
    let own = newest(&copies, backups::ROOT_PART)?;
    whole::registry_of(&own.path)?;
    done.push(one(own, ProjectId::reserved(backups::ROOT_PART)).await?);
    for drilled in &done {
        compare(app, drilled).await?;
    }
    Ok(done)
}

fn newest(copies: &[BackupView], part: &str) -> Result<BackupView, AppError> {
    copies.iter().find(|copy| copy.is_copy_of(part)).cloned().ok_or_else(|| {
        let hint = "run the job `backup`, or `moziplus backup run`";
        AppError::in_the_way(format!("{part} has no copy"), hint)
    })
}

/// What a copy holds is what it held when it was made.
async fn compare(app: &App, drilled: &Drilled) -> Result<(), AppError> {
    let Some(made) = counts::of(app, &drilled.copy).await? else { return Ok(()) };
    if (made.tasks, made.events) == (drilled.tasks_count, drilled.events_count) {
        return Ok(());
    }
    let detail = format!(
        "the copy {} has {} tasks and {} events; it had {} and {} when it was made",
        drilled.copy, drilled.tasks_count, drilled.events_count, made.tasks, made.events
    );
    Err(AppError::in_the_way(detail, "make another copy now, and keep the older ones: `moziplus backup run`"))
}

async fn one(copy: BackupView, project: ProjectId) -> Result<Drilled, AppError> {
    let work = move || {
        let folder = tempfile::tempdir().map_err(|error| AppError::io("a temporary folder", &error))?;
        let file = folder.path().join("copy.db");
        let source = if copy.project.is_some() { copy.path.clone() } else { copy.path.join("daemon.db") };
        let copied = fs::copy(source, &file);
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
    let before = match &copy.project {
        Some(project) => backup::verify_of(file, project).map_err(broken)?,
        None => backup::verify(file).map_err(broken)?,
    };
    let after = backup::rehearse(file).map_err(broken)?;
    if (before.tasks_count, before.events_count) != (after.tasks_count, after.events_count) {
        let detail = format!("opening the copy {} changed what is in it", copy.id);
        return Err(AppError::in_the_way(detail, "make another copy now, and report this"));
    }
    let (tasks_count, events_count) = (after.tasks_count, after.events_count);
    Ok(Drilled { project, copy: copy.id.clone(), tasks_count, events_count })
}
