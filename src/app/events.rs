//! Events of all projects in one order: ids from the index, contents from each project's own database.

use std::collections::HashMap;

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

/// A page in the order of the query, with the last id that the index reached, whether or not its event could be read.
pub async fn page(app: &App, query: IndexQuery) -> Result<(Vec<Event>, Option<i64>), AppError> {
    let newest_first = query.newest_first;
    let rows = app.daemon().read(move |db| Ok::<_, AppError>(daemon_db::indexed(db, &query)?)).await?;
    let last = rows.last().map(|row| row.id);
    let mut found = fetch(app, rows).await?;
    if newest_first {
        found.reverse();
    }
    Ok((found, last))
}

async fn fetch(app: &App, rows: Vec<Indexed>) -> Result<Vec<Event>, AppError> {
    let mut wanted: HashMap<Option<ProjectId>, Vec<Indexed>> = HashMap::new();
    for row in rows {
        wanted.entry(row.project.clone()).or_default().push(row);
    }
    let mut found = Vec::new();
    for (project, rows) in wanted {
        found.extend(fetch_project(app, project, rows).await?);
    }
    found.sort_by_key(|event| event.id);
    Ok(found)
}

async fn fetch_project(app: &App, project: Option<ProjectId>, rows: Vec<Indexed>) -> Result<Vec<Event>, AppError> {
    let Some(id) = project else {
        let numbers = rows.iter().map(|row| (row.id, row.seq)).collect::<Vec<_>>();
        return app.daemon().read(move |db| Ok(events::fetch(db, None, &numbers)?)).await;
    };
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
