//! Completions that wait: checks that a restart has cut off are made again, and what is answered is settled.

use std::sync::Arc;

use super::world::World;
use crate::{
    app::{Project, gates as completions},
    store::{Db, StoreError, gates},
};

/// Looks after them; true when something has moved.
pub(super) async fn tend(world: &World, project: &Arc<Project>) -> Result<bool, StoreError> {
    let (checks, answered) = project.store.read(|db: &Db<'_>| gates::due(db)).await?;
    for task in checks {
        completions::go_on(&world.app, &project.id, task);
    }
    let mut moved = false;
    for task in answered {
        match completions::settle(&world.app, project, task).await {
            Ok(settled) => moved |= settled,
            Err(error) => tracing::warn!(project = %project.id, %task, %error, "a completion could not be settled"),
        }
    }
    Ok(moved)
}
