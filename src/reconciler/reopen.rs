//! Finished work whose files were changed afterwards is opened again: what was reviewed is not there any more.

use std::sync::Arc;

use super::{execute::Failure, world::World};
use crate::{
    app::{Project, artefacts},
    model::{
        ids::{Actor, TaskId},
        records::Severity,
        status::{Cause, Role, Status},
    },
    store::{
        StoreError, Tx, notes,
        tasks::{self, Details, Move},
    },
};

/// Opens tasks again whose judged files are not as they were; true when there was one.
pub(super) async fn look(world: &World, project: &Arc<Project>) -> Result<bool, StoreError> {
    let changed = match artefacts::changed_after_done(&world.app, project).await {
        Ok(changed) => changed,
        Err(error) => {
            tracing::warn!(project = %project.id, %error, "the files of finished tasks could not be looked at");
            return Ok(false);
        }
    };
    let mut opened = false;
    for (task, titles) in changed {
        opened |= open(world, project, task, format!("changed after its review: {}", titles.join(", "))).await?;
    }
    Ok(opened)
}

async fn open(world: &World, project: &Arc<Project>, id: TaskId, why: String) -> Result<bool, StoreError> {
    let (name, reason) = (project.id.clone(), why.clone());
    let write = move |tx: &mut Tx<'_>| {
        let task = tasks::require(tx, &name, id)?;
        if task.lifecycle.status != Status::Done {
            return Err(Failure::Refused("it is open by now".into()));
        }
        notes::observe(tx, Some(id), Actor::Daemon, reason.clone(), Severity::Warning)?;
        let step = Move::new(Cause::Reopen, Role::Daemon, Actor::Daemon).because(reason);
        tasks::transition(tx, task, step, Details::default())?;
        Ok::<_, Failure>(())
    };
    match project.store.write(world.app.now(), write).await {
        Ok(()) => {
            tracing::info!(project = %project.id, task = %id, why, "opened again");
            Ok(true)
        }
        Err(Failure::Refused(_)) => Ok(false),
        Err(Failure::Store(error)) => Err(error),
    }
}
