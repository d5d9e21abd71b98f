//! Processes without a live row: their database was replaced under them, by a restore or by hand. They are of no use any
//! more, so they are ended; each holds its slot until it is gone.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

use super::{reading::LiveAttempt, world::World};
use crate::{
    app::Project,
    config::seconds,
    model::ids::{AgentId, AttemptId},
    process::ProcessState,
    store::{Db, StoreError, attempts},
};

/// Ends the processes in the table that have no live row.
pub(super) fn end_known(world: &Arc<World>, project: &Project, live: &[LiveAttempt]) {
    let rows: HashSet<_> = live.iter().map(|live| &live.attempt.id).collect();
    for id in world.live.running_of(&project.id).into_iter().filter(|id| !rows.contains(id)) {
        end(world, project, id);
    }
}

/// Takes over what the supervisor lists for the project and neither the table nor a live row knows, and ends it.
pub(super) async fn take_over(
    world: &Arc<World>,
    project: &Project,
    rows: &HashSet<AttemptId>,
    states: &HashMap<AttemptId, ProcessState>,
) -> Result<(), StoreError> {
    let stray = |id: &AttemptId| id.project == project.id && !rows.contains(id) && !world.live.knows(id);
    for state in states.values().filter(|state| stray(&state.attempt)) {
        if state.exit.is_some() {
            world.supervisor.forget(&state.attempt).await;
            continue;
        }
        let agent = agent_of(project, state.attempt.clone()).await?;
        let before = Duration::from_millis(state.usage.wall_milliseconds);
        world.live.adopt(&state.attempt, world.slots.adopt(&project.id, agent.as_ref()), before);
        end(world, project, state.attempt.clone());
    }
    Ok(())
}

/// Whose process it was, when its row is still there.
async fn agent_of(project: &Project, id: AttemptId) -> Result<Option<AgentId>, StoreError> {
    let read = move |db: &Db<'_>| match attempts::require(db, &id) {
        Ok(attempt) => Ok(attempt.agent.agent().cloned()),
        Err(StoreError::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    };
    project.store.read(read).await
}

fn end(world: &Arc<World>, project: &Project, id: AttemptId) {
    world.live.mark_stray(&id);
    let grace = seconds(world.app.settings_of(&project.id).daemon.kill_grace);
    // What was asked lately has time; the next look asks again.
    if world.live.ask_to_leave(&id, false, grace).is_err() {
        return;
    }
    tracing::warn!(attempt = %id, "a process whose attempt is over in the database is ended");
    let supervised = world.clone();
    world.work.spawn(async move { supervised.supervisor.terminate(&id, grace).await });
}
