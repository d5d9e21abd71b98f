//! Attempts as people see them: what ran, what runs, its log, its end.

use std::path::PathBuf;

use super::{App, access::token_hash, error::AppError, requests::Caller, transitions::close};
use crate::{
    model::{
        attempt::{Attempt, AttemptState},
        ids::{AttemptId, ProjectId, TaskId},
        outcome::Outcome,
    },
    store::{Db, Tx, attempts},
};

/// A task's attempts, oldest first.
pub async fn of_task(app: &App, project: &ProjectId, task: TaskId) -> Result<Vec<Attempt>, AppError> {
    app.read_task(project, task, |db, task| attempts::of_task(db, &task.project, task.id)).await
}

/// One attempt.
pub async fn get(app: &App, id: &AttemptId) -> Result<Attempt, AppError> {
    let wanted = id.clone();
    app.project(&id.project)?.store.read(move |db| Ok(attempts::require(db, &wanted)?)).await
}

/// The file that holds everything the attempt printed.
pub async fn log_file(app: &App, id: &AttemptId) -> Result<PathBuf, AppError> {
    get(app, id).await?;
    Ok(app.root().attempt(id).join("output.log"))
}

/// Attempts that are live now, in all projects.
pub async fn sessions(app: &App) -> Result<Vec<Attempt>, AppError> {
    let mut found = Vec::new();
    for project in app.projects().open() {
        let id = project.id.clone();
        found.extend(project.store.read(move |db| Ok::<_, AppError>(attempts::live(db, &id)?)).await?);
    }
    Ok(found)
}

/// Ends an attempt; what happens to its task then is policy.
pub async fn kill(app: &App, id: &AttemptId, caller: &Caller, reason: Option<String>) -> Result<Attempt, AppError> {
    if !caller.actor.is_human() && caller.actor.agent() != app.coordinator(&id.project).as_ref() {
        return Err(AppError::only_people("or the coordinator ends another's attempt"));
    }
    let reason = reason.unwrap_or_else(|| "no reason given".into());
    let (id, by) = (id.clone(), caller.actor.clone());
    let store = app.open_project(&id.project)?.store.clone();
    let write = move |tx: &mut Tx<'_>| {
        let attempt = attempts::require(tx, &id)?;
        if attempt.state == AttemptState::Ended {
            return Err(AppError::in_the_way(format!("attempt {id} is over"), "there is nothing left to end"));
        }
        close(tx, &attempt, Outcome::Interrupted, &format!("ended by {by}: {reason}"))?;
        Ok(attempts::require(tx, &id)?)
    };
    store.write(app.now(), write).await
}

/// Takes what the attempt with this token is to be reminded of; it is told once.
pub async fn take_nudge(app: &App, project: &ProjectId, token: &str) -> Result<Option<String>, AppError> {
    let (project, hash) = (app.open_project(project)?, token_hash(token));
    let id = project.id.clone();
    let look = move |db: &Db<'_>| {
        let Some(attempt) = attempts::by_token(db, &id, &hash)? else { return Ok(None) };
        let waits = attempts::nudge_of(db, &attempt.id)?.is_some();
        Ok::<_, AppError>(waits.then_some(attempt.id))
    };
    match project.store.read(look).await? {
        Some(attempt) => project.store.write(app.now(), move |tx| Ok(attempts::take_nudge(tx, &attempt)?)).await,
        None => Ok(None),
    }
}
