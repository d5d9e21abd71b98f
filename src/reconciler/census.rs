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

/// Questions under way.
#[derive(Debug, Default)]
pub(super) struct Census {
    asking: Arc<Mutex<HashSet<ProjectId>>>,
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

    /// True while the supervisor does not answer, as far as it is known.
    pub fn is_silent(&self, world: &World) -> bool {
        world.app.control().health().supervisor_silent_since.is_some()
    }

    /// Waits for the answer as long as it takes, and says meanwhile that there is none.
    pub async fn ask(&self, world: &World) -> Result<Vec<ProcessState>, SupervisorError> {
        let mut question = std::pin::pin!(world.supervisor.list());
        let answer = match timeout(PATIENCE, &mut question).await {
            Ok(answer) => answer,
            Err(_) => {
                note_silence(world);
                question.await
            }
        };
        if answer.is_ok() {
            note_answer(world);
        }
        answer
    }
}

fn note_silence(world: &World) {
    let control = world.app.control();
    if control.health().supervisor_silent_since.is_none() {
        tracing::warn!(
            "the supervisor does not answer; agents go on, and nobody can be started or ended until it does"
        );
        let now = world.app.now();
        control.report(|health| health.supervisor_silent_since = Some(now));
    }
}

fn note_answer(world: &World) {
    let control = world.app.control();
    if control.health().supervisor_silent_since.is_some() {
        tracing::info!("the supervisor answers again");
        control.report(|health| health.supervisor_silent_since = None);
    }
}
