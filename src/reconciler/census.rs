//! Asking the supervisor what it has: one question of a project at a time, and what is known when it does not answer.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::time::timeout;

use super::world::World;
use crate::{
    model::ids::ProjectId,
    process::{ProcessState, SupervisorError},
};

/// How long the supervisor may take to answer before it is said that it does not.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long the supervisor is asked at every full tick, also where nothing seems to run, after it could not be relied on:
/// what it was asked for meanwhile may come late.
const WATCH: Duration = Duration::from_secs(60);

/// Questions under way.
#[derive(Debug, Default)]
pub(super) struct Census {
    asking: Arc<Mutex<HashSet<ProjectId>>>,
    /// Until when it is asked at every full tick, by the clock that only goes forward.
    watched_until: Mutex<Duration>,
}

/// A project's question under way; it ends when this is dropped.
pub(super) struct Turn {
    project: ProjectId,
    asking: Arc<Mutex<HashSet<ProjectId>>>,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.asking.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.project);
    }
}

impl Census {
    /// The right to ask for a project; none while it waits for an answer.
    pub fn begin(&self, project: &ProjectId) -> Option<Turn> {
        let is_first = self.asking.lock().unwrap_or_else(PoisonError::into_inner).insert(project.clone());
        is_first.then(|| Turn { project: project.clone(), asking: Arc::clone(&self.asking) })
    }

    /// True while the supervisor does not answer, as far as it is known, and for some time after.
    pub fn is_watchful(&self, world: &World) -> bool {
        let until = *self.watched_until.lock().unwrap_or_else(PoisonError::into_inner);
        world.app.control().health().supervisor_silent_since.is_some() || world.app.monotonic() < until
    }

    /// The supervisor could not be relied on: it is asked for some time, whatever seems to run.
    pub fn watch(&self, world: &World) {
        *self.watched_until.lock().unwrap_or_else(PoisonError::into_inner) = world.app.monotonic() + WATCH;
    }

    /// Waits for the answer as long as it takes, and says meanwhile that there is none.
    pub async fn ask(&self, world: &World) -> Result<Vec<ProcessState>, SupervisorError> {
        let mut question = std::pin::pin!(world.supervisor.list());
        let answer = match timeout(PATIENCE, &mut question).await {
            Ok(answer) => answer,
            Err(_) => {
                note_silence(world).await;
                question.await
            }
        };
        if answer.is_ok() {
            note_answer(world);
        }
        answer
    }
}

async fn note_silence(world: &World) {
    let control = world.app.control();
    world.census.watch(world);
    if control.health().supervisor_silent_since.is_none() {
        let (now, pids) = (world.app.now(), world.supervisor.pids().await);
        tracing::warn!(?pids, "the supervisor does not answer; agents go on, and nobody can be started until it does");
        control.report(|health| {
            (health.supervisor_silent_since, health.supervisor_pids) = (Some(now), pids);
        });
    }
}

fn note_answer(world: &World) {
    let control = world.app.control();
    if control.health().supervisor_silent_since.is_some() {
        tracing::info!("the supervisor answers again");
        control.report(|health| {
            (health.supervisor_silent_since, health.supervisor_pids) = (None, Vec::new());
        });
    }
}
