//! Processes without a live row: their database was replaced under them, by a restore or by hand; or their attempt was
//! given up while the supervisor did not answer. They are of no use any more, so they are ended; each holds its slot until
//! it is gone.

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
    states: &HashMap<AttemptId, ProcessState>,
) -> Result<(), StoreError> {
    let unknown = |id: &AttemptId| id.project == project.id && !world.live.knows(id);
    let mut strays = HashMap::new();
    for state in states.values().filter(|state| unknown(&state.attempt)) {
        let Row::Over { agent } = row(project, state.attempt.clone()).await? else { continue };
        match state.exit {
            Some(_) => world.supervisor.forget(&state.attempt).await,
            None => drop(strays.insert(state.attempt.clone(), agent)),
        }
    }
    if strays.is_empty() {
        return Ok(());
    }
    // One that has ended since the list was made may have been settled meanwhile: it is no stray.
    let Ok(again) = world.supervisor.list().await else { return Ok(()) };
    for state in again.into_iter().filter(|state| state.exit.is_none() && unknown(&state.attempt)) {
        let Some(agent) = strays.remove(&state.attempt) else { continue };
        let before = Duration::from_millis(state.usage.wall_milliseconds);
        world.live.adopt(&state.attempt, world.slots.adopt(&project.id, agent.as_ref()), before);
        end(world, project, state.attempt);
    }
    Ok(())
}

/// What the database says about the attempt of a process.
enum Row {
    /// It goes on.
    Live,
    /// It is over, or not there; whose process it was, as far as that is known.
    Over { agent: Option<AgentId> },
}

async fn row(project: &Project, id: AttemptId) -> Result<Row, StoreError> {
    let read = move |db: &Db<'_>| match attempts::require(db, &id) {
        Ok(attempt) if attempt.ended_at.is_none() => Ok(Row::Live),
        Ok(attempt) => Ok(Row::Over { agent: attempt.agent.agent().cloned() }),
        Err(StoreError::NotFound(_)) => Ok(Row::Over { agent: None }),
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
    world.work.spawn(async move {
        supervised.supervisor.terminate(&id, &supervised.app.root().attempt(&id), grace).await;
    });
}
