//! What stands between an agent's word and a completed task: the gate, the checks of the configuration, and the files as
//! they are.

use std::path::Path;

use super::{
    App, Project,
    access::{self, Need},
    error::AppError,
    gate,
    guards::{self, Examined},
    requests::Caller,
    transitions::Turn,
};
use crate::{
    model::{
        ids::{ProjectId, TaskId},
        records::Output,
    },
    store::{Tx, outputs, tasks},
};

/// The checks of the configuration, once the gate holds: they may cost minutes. What is blocking refuses the completion,
/// and is written down beforehand; a tripwire ends it.
pub(super) async fn examine(
    app: &App,
    at: (&ProjectId, TaskId),
    (caller, folder): (&Caller, &Path),
) -> Result<Examined, AppError> {
    let project = app.open_project(at.0)?;
    let has_checks = !guards::of_project(app, &project.id).checks.is_empty();
    // Whoever may not complete it, or has not brought everything, is told so by the transaction itself.
    if has_checks && !may_complete(app, &project, at.1, (caller, folder)).await {
        return Ok(Examined::default());
    }
    let examined = guards::examine(app, &project, at.1).await?;
    let missing = examined.blocking();
    if missing.is_empty() {
        return Ok(examined);
    }
    if !has_checks && !may_complete(app, &project, at.1, (caller, folder)).await {
        return Ok(Examined::default());
    }
    let (noted, name, coordinator) = (examined.clone(), project.id.clone(), app.coordinator(&project.id));
    let write = move |tx: &mut Tx<'_>| {
        noted.note(tx, at.1)?;
        if let Some(finding) = noted.tripwire() {
            guards::trip(tx, tasks::require(tx, &name, at.1)?, finding, coordinator.as_ref())?;
        }
        Ok::<_, AppError>(())
    };
    project.store.write(app.now(), write).await?;
    Err(AppError::GateFailed { missing })
}

/// True when the caller has the task and everything is there.
async fn may_complete(app: &App, project: &Project, task: TaskId, (caller, folder): (&Caller, &Path)) -> bool {
    let (id, coordinator, folder) = (project.id.clone(), app.coordinator(&project.id), folder.to_owned());
    // The key is for the write itself.
    let who = Caller { once: None, ..caller.clone() };
    let look = move |tx: &mut Tx<'_>| {
        let task = access::task(tx, &id, task, &who)?;
        access::stand(tx, &task, &who, coordinator.as_ref(), Need::Own)?;
        Ok::<_, AppError>(gate::missing(tx, &task, &folder)?.is_empty())
    };
    project.store.write(app.now(), look).await.unwrap_or(false)
}

/// A file that was written again after it was registered is a newer version of its output.
pub(super) fn register_again(turn: &mut Turn<'_, '_>, rewritten: Vec<Output>) -> Result<(), AppError> {
    for output in rewritten {
        let attempt_number = turn.standing.attempt.as_ref().map(|attempt| attempt.number);
        let agent = turn.task.owner.clone().unwrap_or(output.agent);
        outputs::insert(turn.tx, Output { agent, attempt_number, round: turn.task.lifecycle.round, ..output })?;
    }
    Ok(())
}
