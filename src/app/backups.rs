//! Backups: making, listing, proving and restoring them.

pub mod counts;
mod listing;
mod texts;

use std::{
    fs,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;

pub(super) use self::listing::SAFETY;
pub use self::listing::{BackupView, Newest, clear_debris, list, newest, overdue};
pub(super) use self::texts::copy_folder;
use self::{listing::folder_size, texts::copy_texts};
use super::{App, Project, error::AppError, known::ProjectState, projects, requests::Caller, whole};
use crate::{
    model::{
        event::{EventKind, Level, NewEvent},
        ids::{Actor, ProjectId},
        outcome::Outcome,
    },
    store::{
        Db, StoreError, Tx,
        attempts::{self, Ending},
        backup::{self, Copied},
        daemon_db, tasks,
    },
};

/// How the time of a copy is written in its name; sorts by time.
pub(super) const NAME: &str = "%Y%m%dT%H%M%S%3fZ";
/// Under which name the root's own part is kept.
pub(super) const ROOT_PART: &str = "_root";
/// Folders of texts in the root.
pub(super) const TEXTS: [&str; 6] = ["config", "scripts", "skills", "prompt_templates", "schemas", "agents"];
/// Folders of texts in each project.
pub(super) const TEXTS_OF_PROJECT: [&str; 4] = ["config", "scripts", "skills", "experiences"];

/// Copies a project's database and proves the copy.
pub async fn backup_project(app: &App, id: &ProjectId) -> Result<Copied, AppError> {
    let project = app.project(id)?;
    let source = project.store.path().to_owned();
    drop(project);
    let target = app.root().backups().join(id.as_str()).join(format!("{}.db", app.now().format(NAME)));
    let copied = copy(source, target).await;
    finish(app, id.as_str(), copied).await
}

/// Copies what belongs to no project: the daemon's database, registry, configuration, scripts, skills, and of each
/// project its configuration, scripts, skills and experiences.
pub async fn backup_root(app: &App) -> Result<Copied, AppError> {
    let root = app.root().clone();
    let folder = root.backups().join(ROOT_PART).join(app.now().format(NAME).to_string());
    let work = move || {
        let making = folder.with_extension(backup::MAKING.trim_start_matches('.'));
        let _ = fs::remove_dir_all(&making);
        let copied = backup::copy(&root.daemon_db(), &making.join("daemon.db"))?;
        copy_texts(&root, &making).map_err(|source| StoreError::Io { path: making.clone(), source })?;
        backup::moved(&making, &folder).map_err(|source| StoreError::Io { path: folder.clone(), source })?;
        Ok::<_, StoreError>(Copied { size_bytes: folder_size(&folder), path: folder, ..copied })
    };
    let copied = tokio::task::spawn_blocking(work).await.map_err(|error| AppError::Internal(error.to_string()))?;
    finish(app, ROOT_PART, copied.map_err(AppError::from)).await
}

async fn copy(source: PathBuf, target: PathBuf) -> Result<Copied, AppError> {
    let copied = tokio::task::spawn_blocking(move || backup::copy(&source, &target)).await;
    Ok(copied.map_err(|error| AppError::Internal(error.to_string()))??)
}

/// Tells those who watch how a backup went.
async fn finish(app: &App, what: &str, copied: Result<Copied, AppError>) -> Result<Copied, AppError> {
    let now = app.now();
    let (level, summary, payload) = match &copied {
        Ok(copied) => {
            app.control().report(|health| {
                let newest = health.backups.entry(what.to_owned()).or_insert(Newest { at: None, since: None });
                newest.at = Some(now);
            });
            if let Err(error) = counts::keep(app, what, copied).await {
                tracing::warn!(%error, "what is in a copy could not be noted; the drill will not compare it");
            }
            (Level::Routine, format!("backup of {what} made and verified"), json!({"of": what, "copy": copied}))
        }
        Err(error) => (
            Level::Urgent,
            format!("backup of {what} failed: {error}"),
            json!({"of": what, "error": error.to_string()}),
        ),
    };
    let event = NewEvent::new(EventKind::BackupFinished, None, Actor::Daemon, summary).level(level).payload(payload);
    let published = match ProjectId::parse(what) {
        Ok(project) => app.daemon().publish_about(now, &project, event).await,
        Err(_) => app.daemon().publish(now, event).await,
    };
    if let Err(error) = published {
        tracing::warn!(%error, "the end of a backup could not be announced");
    }
    copied
}

/// Copies archived projects that have changed since their newest copy; answers with how many. All are tried.
pub async fn run_archived(app: &App) -> Result<usize, AppError> {
    let copies = list(app).await?;
    let (mut copied, mut failed) = (0, Vec::new());
    for project in app.projects().usable().into_iter().filter(|project| project.archived) {
        let changed = fs::metadata(project.store.path()).and_then(|meta| meta.modified()).map(DateTime::<Utc>::from);
        let newest = copies.iter().find(|copy| copy.is_copy_of(project.id.as_str())).map(|copy| copy.created_at);
        let is_there = newest.is_some_and(|at| changed.is_ok_and(|changed| changed <= at));
        let id = project.id.clone();
        drop(project);
        if is_there {
            continue;
        }
        match backup_project(app, &id).await {
            Ok(_) => copied += 1,
            Err(error) => failed.push(format!("{id}: {error}")),
        }
    }
    if failed.is_empty() { Ok(copied) } else { Err(AppError::Internal(failed.join("; "))) }
}

/// Copies every project, and the root's own part; answers with what was made. The first failure ends it.
pub async fn run(app: &App, project: Option<&ProjectId>) -> Result<Vec<Copied>, AppError> {
    if let Some(id) = project {
        return Ok(vec![backup_project(app, id).await?]);
    }
    let mut made = Vec::new();
    for project in app.projects().usable() {
        let id = project.id.clone();
        drop(project);
        made.push(backup_project(app, &id).await?);
    }
    made.push(backup_root(app).await?);
    Ok(made)
}

/// Opens a copy and proves that it is whole.
pub async fn verify(path: PathBuf) -> Result<Copied, AppError> {
    let copy = plain(path).await?;
    Ok(Copied { path: copy.given.clone(), ..prove(copy.path().to_owned(), None).await? })
}

/// A copy as a plain file: itself, or what a compressed one holds, for as long as this lives.
struct Plain {
    given: PathBuf,
    inflated: Option<tempfile::TempPath>,
}

impl Plain {
    fn path(&self) -> &Path {
        self.inflated.as_deref().unwrap_or(&self.given)
    }
}

async fn plain(given: PathBuf) -> Result<Plain, AppError> {
    if given.extension().is_none_or(|end| end != "gz") || !given.exists() {
        return Ok(Plain { given, inflated: None });
    }
    if given.to_string_lossy().ends_with(".tar.gz") {
        let hint = "stop the daemon, and use `moziplus backup restore --all FOLDER` with the folder of these archives";
        return Err(AppError::in_the_way(format!("{} is a copy of the root's own part", given.display()), hint));
    }
    let work = move || {
        let inflated = tempfile::NamedTempFile::new()?.into_temp_path();
        whole::inflate(&given, &inflated)?;
        Ok(Plain { given, inflated: Some(inflated) })
    };
    let done = tokio::task::spawn_blocking(work).await.map_err(|error| AppError::Internal(error.to_string()))?;
    done.map_err(|error: std::io::Error| {
        let hint = "choose another copy: `moziplus backup list` shows them";
        AppError::in_the_way(format!("this archive cannot be unpacked: {error}"), hint)
    })
}

/// What a restore would do.
#[derive(Debug, Clone, Serialize)]
pub struct RestorePlan {
    /// The project.
    pub project: ProjectId,
    /// The copy.
    pub path: PathBuf,
    /// Tasks in the copy.
    pub tasks_count: i64,
    /// Events in the copy.
    pub events_count: i64,
    /// Tasks that the project has now; none when it cannot be read.
    pub tasks_now: Option<i64>,
    /// Attempts that are live now, which would be ended.
    pub live_attempts: Option<i64>,
    /// True when there is a database that would be replaced: that needs `force`, and it is copied first.
    pub replaces: bool,
}

/// Looks what a restore would do, and whether the copy would serve. Changes nothing.
pub async fn plan(app: &App, id: &ProjectId, copy: PathBuf) -> Result<RestorePlan, AppError> {
    refuse_archived(app, id).await?;
    let copy = plain(copy).await?;
    let proof = prove(copy.path().to_owned(), Some(id.clone())).await?;
    let (mut tasks_now, mut live_attempts) = (None, None);
    if let Ok(project) = app.project(id) {
        let name = id.clone();
        let read = move |db: &Db<'_>| Ok::<_, AppError>((tasks::summary(db)?, attempts::live(db, &name)?.len()));
        let (summary, live) = project.store.read(read).await?;
        tasks_now = Some(summary.iter().map(|(_, count)| count).sum());
        live_attempts = i64::try_from(live).ok();
    }
    Ok(RestorePlan {
        project: id.clone(),
        path: copy.given.clone(),
        tasks_count: proof.tasks_count,
        events_count: proof.events_count,
        tasks_now,
        live_attempts,
        replaces: app.root().blackboard(id).exists(),
    })
}

async fn refuse_archived(app: &App, id: &ProjectId) -> Result<(), AppError> {
    let view = projects::get(app, id).await?;
    if view.status == "archived" { Err(AppError::ProjectArchived(id.to_string())) } else { Ok(()) }
}

/// Proves a copy; with a project, also that it can become the database of this one.
async fn prove(path: PathBuf, project: Option<ProjectId>) -> Result<Copied, AppError> {
    if !path.exists() {
        return Err(AppError::NotFound(format!("backup {}", path.display())));
    }
    let file = if path.is_dir() { path.join("daemon.db") } else { path };
    let verified = tokio::task::spawn_blocking(move || match project {
        Some(project) => backup::verify_of(&file, &project),
        None => backup::verify(&file),
    });
    let verified = verified.await.map_err(|error| AppError::Internal(error.to_string()))?;
    verified.map_err(|error| {
        let source = std::error::Error::source(&error).map_or(String::new(), |source| format!(": {source}"));
        let hint = "nothing was changed; choose another copy: `moziplus backup list` shows them";
        AppError::in_the_way(format!("this copy cannot be used: {error}{source}"), hint)
    })
}

/// The file of a copy: by id, by its path below the backups folder, or by any path.
pub fn path_of(app: &App, given: &str) -> PathBuf {
    let below = app.root().backups();
    let inside = !given.split('/').any(|part| part == "..") && !given.starts_with('/');
    let by_id = given.split_once('.').map(|(project, time)| format!("{project}/{time}"));
    let names = [by_id.as_deref(), Some(given)].into_iter().flatten().filter(|_| inside);
    let places = names.flat_map(|name| [below.join(format!("{name}.db")), below.join(name)]);
    places.into_iter().find(|place| place.exists()).unwrap_or_else(|| PathBuf::from(given))
}

/// Puts a copy in the place of a project's database. Existing data is replaced only by force, and copied before. What
/// is no sound blackboard of this very project is refused before anything is touched, also with force.
/// Attempts that were live when the copy was made are over: their writers are fenced off.
pub async fn restore(
    app: &App,
    id: &ProjectId,
    copy: PathBuf,
    force: bool,
    caller: &Caller,
) -> Result<projects::ProjectView, AppError> {
    if !caller.actor.is_human() {
        return Err(AppError::only_people("restores a backup"));
    }
    refuse_archived(app, id).await?;
    let copy = plain(copy).await?;
    prove(copy.path().to_owned(), Some(id.clone())).await?;
    let target = app.root().blackboard(id);
    if target.exists() && !force {
        let detail = format!("project {id} has a database; it would be replaced");
        let hint = format!("repeat with --force (`force: true`); a safety copy is kept below backups/{id}");
        return Err(AppError::in_the_way(detail, hint));
    }
    projects::close(app, id, "it is being restored").await?;
    let aside = app.root().backups().join(id.as_str()).join(format!("{SAFETY}{}.db", app.now().format(NAME)));
    let put = put_in_place(app, id, (copy.path().to_owned(), target, aside)).await;
    let state = projects::opened_again(app, id).await?;
    // Before anybody sees the project: no loop may take the copy's live attempts for running ones.
    let fenced = match (&put, &state) {
        (Ok(()), ProjectState::Usable(project)) => fence_all(app, project).await,
        _ => Ok(()),
    };
    projects::put_back(app, id, state);
    put?;
    fenced?;
    let summary = format!("project {id} was restored from a backup by {}", caller.actor);
    let event = NewEvent::new(EventKind::ProjectChanged, None, caller.actor.clone(), summary);
    let payload = json!({"project": id, "database": "restored"});
    app.daemon().publish_about(app.now(), id, event.level(Level::Attention).payload(payload)).await?;
    projects::get(app, id).await
}

async fn put_in_place(
    app: &App,
    id: &ProjectId,
    (copy, target, aside): (PathBuf, PathBuf, PathBuf),
) -> Result<(), AppError> {
    let work = move || {
        let saved = if target.exists() { backup::copy(&target, &aside).map(drop) } else { Ok(()) };
        let damaged = match saved {
            Ok(()) => None,
            // With no room for the safety copy, the project stays as it is.
            Err(error) if error.is_disk_full() => return Err(error),
            // What is too damaged to be copied as a database is kept as it is.
            Err(_) => Some(aside.as_path()),
        };
        let (old, last) = backup::restored_life(&copy)?;
        let fresh = backup::put_in_place(&copy, &target, damaged)?;
        Ok::<_, StoreError>((old, fresh, last))
    };
    let done = tokio::task::spawn_blocking(work).await.map_err(|error| AppError::Internal(error.to_string()))?;
    let (old, fresh, last) = done?;
    let id = id.clone();
    let adopt = move |tx: &mut Tx<'_>| daemon_db::adopt_generation(tx, &id, &old, &fresh, last);
    app.daemon().write(app.now(), adopt).await?;
    Ok(())
}

/// Ends the rows of live attempts. Their processes are found by the loops, which end what has no live row.
pub(super) async fn fence_all(app: &App, project: &Project) -> Result<(), AppError> {
    let name = project.id.clone();
    let fence = move |tx: &mut Tx<'_>| {
        for attempt in attempts::live(tx, &name)? {
            attempts::end(tx, &attempt.id, &Ending::new(Outcome::Interrupted, "the project was restored"))?;
        }
        Ok::<_, StoreError>(())
    };
    project.store.write(app.now(), fence).await?;
    Ok(())
}
