//! Projects: which there are, opening and closing them, and putting one aside.

mod creation;

use std::{collections::BTreeMap, fs, path::Path, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;

pub use self::creation::{NewProject, create};
use super::{
    App, access,
    error::AppError,
    git,
    known::{Project, ProjectState},
    requests::Caller,
    scripts,
    status::{self, PolicyStatus, Quarantine},
};
use crate::{
    config::registry::{self, ProjectStatus, RegistryEntry},
    model::{
        event::{EventKind, Level, NewEvent},
        ids::{Actor, AgentId, ProjectId, TaskId},
    },
    store::{Store, StoreError, attempts, error::WAY_BACK, tasks},
};

/// How long a project may take to come to rest before it is moved.
const REST: Duration = Duration::from_secs(10);

/// A project as everybody sees it.
#[derive(Debug, Clone, Serialize)]
pub struct ProjectView {
    /// Its id.
    pub id: ProjectId,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub description: Option<String>,
    /// `active`, `archived` or `quarantined`.
    pub status: &'static str,
    /// When it was created.
    pub created_at: Option<DateTime<Utc>>,
    /// Who works on it.
    pub agents: Vec<AgentId>,
    /// Who decides where others disagree.
    pub coordinator: Option<AgentId>,
    /// Tasks in each of the ten statuses; none while it is quarantined.
    pub tasks_summary: Option<BTreeMap<&'static str, i64>>,
    /// Bytes of the database.
    pub db_size_bytes: u64,
    /// The scripts in force; none while it is quarantined.
    pub policy: Option<PolicyStatus>,
    /// Why it cannot be used; none when it can.
    pub quarantine: Option<Quarantine>,
}

/// Opens every project of the registry.
pub(super) async fn open_all(app: &App) -> Result<(), AppError> {
    for entry in app.config().registry().iter().cloned() {
        let state = open(app, &entry).await;
        app.projects().set(&entry.id, state);
    }
    if app.root().blackboard(&ProjectId::mail()).exists() {
        let state = open(app, &mail_entry()).await;
        app.projects().set(&ProjectId::mail(), state);
    }
    Ok(())
}

/// The project of mail is in no list.
fn mail_entry() -> RegistryEntry {
    RegistryEntry { id: ProjectId::mail(), name: "Mail".into(), status: ProjectStatus::Active, created_at: None }
}

/// Opens the project of mail; makes it when there is none yet.
pub(super) async fn open_mail(app: &App) -> Result<Arc<Project>, AppError> {
    let id = ProjectId::mail();
    // Of two first mails, one makes it.
    let _turn = app.first_mail().lock().await;
    if let Ok(project) = app.open_project(&id) {
        return Ok(project);
    }
    let folder = app.root().artifacts(&id);
    let make =
        move || fs::create_dir_all(&folder).map_err(|error| AppError::io("the folder of mail cannot be made", &error));
    tokio::task::spawn_blocking(make).await.map_err(|error| AppError::Internal(error.to_string()))??;
    put_back(app, &id, open(app, &mail_entry()).await);
    app.open_project(&id)
}

async fn open(app: &App, entry: &RegistryEntry) -> ProjectState {
    match try_open(app, entry).await {
        Ok(project) => ProjectState::Usable(Arc::new(project)),
        Err(Trouble { reason, hint, .. }) => {
            tracing::error!(project = %entry.id, %reason, "project quarantined; the others go on");
            let summary = format!("project {} is quarantined: {reason}", entry.id);
            announce(app, &entry.id, Level::Urgent, summary, json!({"status": "quarantined", "hint": hint})).await;
            ProjectState::Quarantined { reason, hint }
        }
    }
}

/// Why a project cannot be used, and the way out.
struct Trouble {
    reason: String,
    hint: String,
    disk_full: bool,
}

impl Trouble {
    fn new(reason: impl ToString, hint: impl Into<String>) -> Self {
        Self { reason: reason.to_string(), hint: hint.into(), disk_full: false }
    }
}

async fn try_open(app: &App, entry: &RegistryEntry) -> Result<Project, Trouble> {
    let archived = entry.is_archived();
    let folder = if archived { app.root().archived_project(&entry.id) } else { app.root().project(&entry.id) };
    if let Err(error) = app.config().project(&entry.id)
        && !archived
    {
        return Err(Trouble::new(error, "mend the file; the project comes back by itself within a second"));
    }
    if !folder.is_dir() {
        let hint = format!("bring {} back, or take the project out of projects/_registry.yaml", folder.display());
        return Err(Trouble::new("its folder is missing", hint));
    }
    let (path, id, daemon) = (folder.join("blackboard.db"), entry.id.clone(), app.daemon().clone());
    let opened = tokio::task::spawn_blocking(move || Store::open(&path, &id, &daemon)).await;
    let opened = opened.map_err(|error| Trouble::new(error, ""))?;
    let opened = opened
        .map_err(|error| Trouble { disk_full: error.is_disk_full(), ..Trouble::new(chain(&error), error.hint()) })?;
    if opened.created && opened.replaced {
        let summary = format!("the database of {} was gone: an empty one was made", entry.id);
        announce(app, &entry.id, Level::Urgent, summary, json!({"database": "recreated"})).await;
    }
    // After a restore, or with an empty database: new tasks do not inherit the files of old ones.
    let number = highest_left(&folder);
    let reserved = opened.store.write(app.now(), move |tx| tasks::reserve_numbers(tx, number)).await;
    reserved.map_err(|error: StoreError| Trouble {
        disk_full: error.is_disk_full(),
        ..Trouble::new(chain(&error), "check the file system")
    })?;
    let library = scripts::open_library(app, &entry.id, &folder).await;
    Ok(Project { id: entry.id.clone(), store: opened.store, library, archived })
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(source) = next {
        text += &format!(": {source}");
        next = source.source();
    }
    text
}

/// Says that a project has changed. Written to the daemon's events, because the project's may not be there.
async fn announce(app: &App, id: &ProjectId, level: Level, summary: String, mut payload: serde_json::Value) {
    payload["project"] = json!(id);
    let event = NewEvent::new(EventKind::ProjectChanged, None, Actor::Daemon, summary).level(level).payload(payload);
    if let Err(error) = app.daemon().publish_about(app.now(), id, event).await {
        tracing::warn!(%error, "a change of a project could not be announced");
    }
    app.control().projects_changed();
}

/// Says that somebody has changed a project, and commits the changed registry where that is wanted.
async fn changed(app: &App, id: &ProjectId, summary: String, payload: serde_json::Value) {
    // Who it was stands in the commit, too.
    let by = payload["by"].as_str().unwrap_or("the daemon");
    let root = app.root();
    let places = [root.registry(), root.project(id), root.archived_project(id)];
    git::auto_commit(app, &format!("{summary}\n\nBy {by}."), &places).await;
    announce(app, id, Level::Routine, summary, payload).await;
}

fn entry_of(app: &App, id: &ProjectId) -> Option<RegistryEntry> {
    app.config().registry().iter().find(|entry| entry.id == *id).cloned()
}

fn required_entry(app: &App, id: &ProjectId) -> Result<RegistryEntry, AppError> {
    entry_of(app, id).ok_or_else(|| AppError::NotFound(format!("project {id}")))
}

/// Every project of the registry.
pub async fn list(app: &App) -> Result<Vec<ProjectView>, AppError> {
    let entries = app.config().registry();
    let mut views = Vec::with_capacity(entries.len());
    for entry in entries.iter() {
        views.push(view(app, entry.clone()).await?);
    }
    Ok(views)
}

/// One project.
pub async fn get(app: &App, id: &ProjectId) -> Result<ProjectView, AppError> {
    view(app, required_entry(app, id)?).await
}

async fn view(app: &App, entry: RegistryEntry) -> Result<ProjectView, AppError> {
    let own = app.config().project(&entry.id).ok();
    let agents = app.config().agents();
    let project = app.projects().get(&entry.id);
    let quarantine = match &project {
        Err(AppError::Quarantined { reason, hint, .. }) => {
            Some(Quarantine { reason: reason.clone(), hint: hint.clone() })
        }
        _ => None,
    };
    let tasks_summary = match &project {
        Ok(project) => Some(status::summary(project).await?),
        Err(_) => None,
    };
    Ok(ProjectView {
        name: entry.name.clone(),
        description: own.as_ref().and_then(|own| own.own.project.description.clone()),
        status: match (&quarantine, entry.is_archived()) {
            (Some(_), _) => "quarantined",
            (None, true) => "archived",
            (None, false) => "active",
        },
        created_at: entry.created_at,
        agents: own.as_ref().map_or_else(Vec::new, |own| agents.of_project(&own.own).map(|a| a.id.clone()).collect()),
        coordinator: own.as_ref().and_then(|own| agents.coordinator_of(&own.own)),
        tasks_summary,
        db_size_bytes: project.as_ref().map_or(0, |project| project.store.size_bytes()),
        policy: project.as_ref().ok().map(|project| project.policy_status(app.now())),
        quarantine,
        id: entry.id,
    })
}

/// Changes a project's name.
pub async fn rename(app: &App, id: &ProjectId, name: &str, caller: &Caller) -> Result<ProjectView, AppError> {
    access::refuse_token(caller, "renames a project")?;
    required_entry(app, id)?;
    if name.trim().is_empty() || name.chars().count() > 200 || name.contains(char::is_control) {
        return Err(AppError::invalid("name", "the name must have 1 to 200 characters in one line", "shorten it"));
    }
    registry::rename(app.root(), id, name.trim())?;
    let payload = json!({"name": name.trim(), "by": caller.actor});
    changed(app, id, format!("project {id} is called {} now", name.trim()), payload).await;
    get(app, id).await
}

/// Puts a project aside: it can be read, and nothing in it changes. Refused while work is going on.
pub async fn archive(app: &App, id: &ProjectId, caller: &Caller) -> Result<ProjectView, AppError> {
    access::refuse_token(caller, "archives a project")?;
    required_entry(app, id)?;
    let project = app.open_project(id)?;
    let counts = status::summary(&project).await?;
    let busy: Vec<_> = ["claimed", "working", "review"].into_iter().filter(|s| counts.get(s) > Some(&0)).collect();
    if !busy.is_empty() {
        return Err(AppError::ProjectBusy(format!("project {id} has tasks that are {}", busy.join(", "))));
    }
    // Also who was only asked something may still answer.
    let of = id.clone();
    let live = project.store.read(move |db| Ok::<_, AppError>(attempts::live(db, &of)?.len())).await?;
    if live > 0 {
        return Err(AppError::ProjectBusy(format!("{live} attempts are running in project {id}")));
    }
    drop(project);
    let (from, to) = (app.root().project(id), app.root().archived_project(id));
    move_project(app, id, (&from, &to), true).await?;
    let payload = json!({"status": "archived", "by": caller.actor});
    changed(app, id, format!("project {id} was archived"), payload).await;
    get(app, id).await
}

/// Takes an archived project up again.
pub async fn restore(app: &App, id: &ProjectId, caller: &Caller) -> Result<ProjectView, AppError> {
    access::refuse_token(caller, "restores a project")?;
    if !required_entry(app, id)?.is_archived() {
        let hint = "there is nothing to restore; `moziplus backup restore` puts a backup in its place";
        return Err(AppError::in_the_way(format!("project {id} is not archived"), hint));
    }
    let (from, to) = (app.root().archived_project(id), app.root().project(id));
    move_project(app, id, (&from, &to), false).await?;
    let payload = json!({"status": "active", "by": caller.actor});
    changed(app, id, format!("project {id} was restored"), payload).await;
    get(app, id).await
}

async fn move_project(app: &App, id: &ProjectId, (from, to): (&Path, &Path), archive: bool) -> Result<(), AppError> {
    if to.exists() {
        return Err(AppError::in_the_way(format!("{} is in the way", to.display()), "move it aside, then repeat"));
    }
    close(app, id, "it is being moved").await?;
    let parent = to.parent().unwrap_or(to);
    let moved = fs::create_dir_all(parent)
        .and_then(|()| fs::rename(from, to))
        .map_err(|error| AppError::io(format!("{} cannot be moved", from.display()), &error));
    let noted = moved.and_then(|()| {
        let to = if archive { ProjectStatus::Archived } else { ProjectStatus::Active };
        Ok(registry::set_status(app.root(), id, to)?)
    });
    app.reload_config().await;
    reopen(app, id).await?;
    noted
}

/// Takes a project out of use and waits until nobody has its database open.
pub(super) async fn close(app: &App, id: &ProjectId, meanwhile: &str) -> Result<(), AppError> {
    let Some(project) = app.projects().take(id, meanwhile) else { return Ok(()) };
    app.control().projects_changed();
    let mut writer = project.store.changed();
    let busy = Arc::downgrade(&project);
    drop(project);
    // The writer's thread drops its end when the last user is gone and the last checkpoint is made.
    let rest = async { while writer.changed().await.is_ok() {} };
    if tokio::time::timeout(REST, rest).await.is_ok() {
        return Ok(());
    }
    if let Some(project) = busy.upgrade() {
        app.projects().set(id, ProjectState::Usable(project));
        app.control().projects_changed();
    }
    Err(AppError::ProjectBusy(format!("project {id} is still in use; try again in a moment")))
}

/// Puts a project whose database failed while it ran in quarantine; the others go on.
pub async fn quarantine(app: &App, id: &ProjectId, reason: String) {
    let hint = WAY_BACK.to_owned();
    tracing::error!(project = %id, %reason, "project quarantined; the others go on");
    app.projects().set(id, ProjectState::Quarantined { reason: reason.clone(), hint: hint.clone() });
    let summary = format!("project {id} is quarantined: {reason}");
    announce(app, id, Level::Urgent, summary, json!({"status": "quarantined", "hint": hint})).await;
}

/// The highest number of a task that left files behind.
fn highest_left(folder: &Path) -> i64 {
    let entries = fs::read_dir(folder.join("artifacts")).into_iter().flatten().flatten();
    let numbers = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<TaskId>().ok());
    numbers.map(|task| task.0).max().unwrap_or(0)
}

/// Opens a project again after [`close`], or after its configuration was mended.
pub async fn reopen(app: &App, id: &ProjectId) -> Result<(), AppError> {
    let state = opened_again(app, id).await?;
    put_back(app, id, state);
    Ok(())
}

/// Opens a project that nobody is to see yet: [`put_back`] makes it known.
pub(super) async fn opened_again(app: &App, id: &ProjectId) -> Result<ProjectState, AppError> {
    let entry = if id.is_virtual() { mail_entry() } else { required_entry(app, id)? };
    Ok(open(app, &entry).await)
}

/// Makes a project known, however it is.
pub(super) fn put_back(app: &App, id: &ProjectId, state: ProjectState) {
    app.projects().set(id, state);
    app.control().projects_changed();
}

/// Looks at quarantined projects again after the configuration changed; those that are well now come back.
pub async fn retry_quarantined(app: &App) {
    for (id, _) in app.projects().quarantined() {
        if app.config().project(&id).is_ok()
            && let Err(error) = reopen(app, &id).await
        {
            tracing::warn!(project = %id, %error, "a quarantined project could not be opened again");
        }
    }
}
