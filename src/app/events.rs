//! Events of all projects in one order: ids from the index, contents from each project's own database.

use std::collections::{HashMap, HashSet};

use super::{App, error::AppError};
use crate::{
    model::{
        event::Event,
        ids::{ProjectId, TaskId},
    },
    store::{
        Db,
        daemon_db::{self, IndexQuery, Indexed},
        events,
    },
};

/// Events after an id, oldest first. Those of projects that are gone or quarantined are left out.
pub async fn history(app: &App, query: IndexQuery) -> Result<Vec<Event>, AppError> {
    let rows = app.daemon().read(move |db| Ok::<_, AppError>(daemon_db::indexed(db, &query)?)).await?;
    fetch(app, rows).await
}

/// Some of the events that a query asked for.
#[derive(Debug)]
pub struct Found {
    /// The events, in the order of the query.
    pub events: Vec<Event>,
    /// Ids of events that are in the index and cannot be read: their database was replaced, or is quarantined.
    pub lost: Vec<i64>,
    /// The last id that the index reached, whether or not its event could be read.
    pub last: Option<i64>,
}

/// A page in the order of the query.
pub async fn page(app: &App, query: IndexQuery) -> Result<Found, AppError> {
    let newest_first = query.newest_first;
    let rows = app.daemon().read(move |db| Ok::<_, AppError>(daemon_db::indexed(db, &query)?)).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut events = fetch(app, rows).await?;
    let read: HashSet<_> = events.iter().map(|event| event.id).collect();
    if newest_first {
        events.reverse();
    }
    let last = ids.last().copied();
    let lost = ids.into_iter().filter(|id| !read.contains(id)).collect();
    Ok(Found { events, lost, last })
}

async fn fetch(app: &App, rows: Vec<Indexed>) -> Result<Vec<Event>, AppError> {
    let (own, rows): (Vec<_>, Vec<_>) = rows.into_iter().partition(Indexed::is_own);
    let mut wanted: HashMap<ProjectId, Vec<Indexed>> = HashMap::new();
    for row in rows {
        if let Some(project) = row.project.clone() {
            wanted.entry(project).or_default().push(row);
        }
    }
    let mut found = fetch_own(app, own).await?;
    for (project, rows) in wanted {
        found.extend(fetch_project(app, project, rows).await?);
    }
    found.sort_by_key(|event| event.id);
    Ok(found)
}

async fn fetch_own(app: &App, rows: Vec<Indexed>) -> Result<Vec<Event>, AppError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let numbers: Vec<_> = rows.iter().map(|row| (row.id, row.seq)).collect();
    let mut found: Vec<Event> =
        app.daemon().read(move |db| Ok::<_, AppError>(events::fetch(db, None, &numbers)?)).await?;
    // The index knows which project an event is about.
    let mut about: HashMap<_, _> = rows.into_iter().map(|row| (row.id, row.project)).collect();
    for event in &mut found {
        event.project = about.remove(&event.id).flatten();
    }
    Ok(found)
}

async fn fetch_project(app: &App, id: ProjectId, rows: Vec<Indexed>) -> Result<Vec<Event>, AppError> {
    let Ok(project) = app.project(&id) else { return Ok(Vec::new()) };
    // Numbers of an earlier life of the database mean nothing in this one.
    let alive = rows.iter().filter(|row| row.generation == project.store.generation());
    let numbers: Vec<_> = alive.map(|row| (row.id, row.seq)).collect();
    project.store.read(move |db| Ok(events::fetch(db, Some(&id), &numbers)?)).await
}

/// The oldest id that is still there.
pub async fn oldest_id(app: &App) -> Result<Option<i64>, AppError> {
    app.daemon().read(|db| Ok(daemon_db::oldest_id(db)?)).await
}

/// A task's events, newest first, with their global ids. One that was written this very moment may not have its id
/// yet; it is left out.
pub async fn of_task(app: &App, project: &ProjectId, task: TaskId, limit: i64) -> Result<Vec<Event>, AppError> {
    let mut found =
        app.read_task(project, task, move |db, task| events::of_task(db, &task.project, task.id, limit)).await?;
    let store = app.project(project)?.store.clone();
    let (id, numbers) = (project.clone(), found.iter().map(|event| event.id).collect::<Vec<_>>());
    let ids = move |db: &Db<'_>| Ok::<_, AppError>(daemon_db::ids_of(db, &id, store.generation(), &numbers)?);
    let ids = app.daemon().read(ids).await?;
    found.retain_mut(|event| {
        ids.get(&event.id).is_some_and(|id| {
            event.id = *id;
            true
        })
    });
    Ok(found)
}
