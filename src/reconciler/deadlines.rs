//! What time alone brings about: requests that nobody has answered in time, and questions whose time is over.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::world::World;
use crate::{
    app::{Project, checkpoints as questions},
    store::{Db, StoreError, Tx, checkpoints, mails},
};

/// What came of it.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Passed {
    /// True when something was written.
    pub moved: bool,
    /// How long until the next one is due.
    pub next: Option<Duration>,
}

/// Notes every deadline that has passed.
pub(super) async fn pass(world: &World, project: &Project, now: DateTime<Utc>) -> Result<Passed, StoreError> {
    let read = |db: &Db<'_>| Ok::<_, StoreError>([mails::next_deadline(db)?, checkpoints::next_timeout(db)?]);
    let due: Vec<_> = project.store.read(read).await?.into_iter().flatten().collect();
    if due.iter().all(|at| *at > now) {
        return Ok(Passed { moved: false, next: due.into_iter().filter_map(|at| (at - now).to_std().ok()).min() });
    }
    let id = project.id.clone();
    let write = move |tx: &mut Tx<'_>| {
        mails::note_overdue(tx)?;
        questions::pass_time(tx, &id)
    };
    project.store.write(world.app.now(), write).await?;
    // What is due later is found by the next tick, which this write wakes.
    Ok(Passed { moved: true, next: None })
}
