//! Rows and processes brought together: at the start, and again at every full tick, so that nothing is lost for long.
//!
//! A row without an entry in the table of processes is one that this daemon did not start, or lost sight of. What runs is
//! looked after from now on, what ended is settled, what vanished is written off without counting against its task.
//!
//! The supervisor is asked beside the ticks: one that hangs holds up nothing but the news of it.

use std::{collections::HashMap, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use tokio::time::{sleep, timeout};

use super::{dispatch::write_running, reading::LiveAttempt, strays, supervise, world::World};
use crate::{
    app::Project,
    model::{
        attempt::{Attempt, AttemptState},
        ids::AttemptId,
        outcome::Outcome,
    },
    process::{
        Exit, ProcessState, SupervisorError,
        adopt::{self, Found},
    },
    store::{
        Db, StoreError, Tx,
        attempts::{self, Ending},
    },
};

/// How long the first tick of a project waits for the supervisor to say what it owns.
const PATIENCE: Duration = Duration::from_secs(5);
/// Between two tries of the first look.
const PAUSE: Duration = Duration::from_secs(1);

/// Has exits written down that could not be before.
pub(super) fn settle_again(world: &Arc<World>, project: &Arc<Project>) {
    for exit in world.live.take_unsettled(&project.id) {
        supervise::settle(world, project, exit, None);
    }
}

/// Looks for processes of rows that nobody looks after, and for processes without a live row.
pub(super) async fn reconcile(
    world: &Arc<World>,
    project: &Arc<Project>,
    live: &[LiveAttempt],
    first: bool,
) -> Result<(), StoreError> {
    let store = project.store.clone();
    // A file that was taken away can be read as before, and takes no write: whoever only reads has to look.
    if let Ok(checked) = tokio::task::spawn_blocking(move || store.check()).await {
        checked?;
    }
    strays::end_known(world, project, live);
    let spawned = || live.iter().map(|live| &live.attempt).filter(|attempt| attempt.spawned);
    for attempt in spawned().filter(|attempt| attempt.state == AttemptState::Starting) {
        // Its process runs, and the write that should have said so did not come through.
        if world.live.runtime(&attempt.id).is_some() {
            note_running(world, project, attempt).await?;
        }
    }
    // Also when all are known: whoever is asked looks for processes that nobody owns, so that a lost word costs a tick.
    if spawned().next().is_none() && !first && !world.census.is_watchful(world) {
        return Ok(());
    }
    let Some(turn) = world.census.begin(&project.id) else { return Ok(()) };
    let unknown = spawned().filter(|attempt| !world.live.knows(&attempt.id)).cloned().collect();
    let (asking, of) = (world.clone(), project.clone());
    let look = world.work.spawn(async move {
        let stop = asking.stop.clone();
        let look = Look { world: &asking, project: &of, unknown, first };
        stop.run_until_cancelled(look.run()).await;
        drop(turn);
    });
    // Nobody is started before it is known what runs; later no tick waits for the supervisor.
    if first && timeout(PATIENCE, look).await.is_err() {
        tracing::warn!("the supervisor does not answer; its attempts are looked at as soon as it does");
    }
    Ok(())
}

/// A look at what the supervisor has, beside the ticks.
struct Look<'a> {
    world: &'a Arc<World>,
    project: &'a Arc<Project>,
    /// Rows without an entry in the table of processes.
    unknown: Vec<Attempt>,
    /// True for the first look at a project.
    first: bool,
}

impl Look<'_> {
    async fn run(self) {
        let Some(states) = self.ask().await else { return };
        let Self { world, project, .. } = self;
        if let Err(error) = strays::take_over(world, project, &states).await {
            tracing::warn!(project = %project.id, %error, "processes whose attempts are over could not be taken over");
        }
        for attempt in &self.unknown {
            match still_unknown(world, project, attempt).await {
                Ok(true) => {}
                Ok(false) => continue,
                Err(error) => {
                    tracing::warn!(attempt = %attempt.id, %error, "an attempt could not be read");
                    continue;
                }
            }
            let why = match one(world, project, attempt, &states).await {
                Ok(Ok(())) => continue,
                Ok(Err(error)) => error.to_string(),
                Err(error) => error.to_string(),
            };
            tracing::warn!(attempt = %attempt.id, why, "what became of an attempt could not be found out yet");
        }
        world.report_sessions();
    }

    /// What the supervisor says. The first look asks until there is an answer, for no other makes up for it.
    async fn ask(&self) -> Option<HashMap<AttemptId, ProcessState>> {
        loop {
            match self.world.census.ask(self.world).await {
                Ok(states) => return Some(states.into_iter().map(|state| (state.attempt.clone(), state)).collect()),
                Err(error) => {
                    tracing::warn!(%error, "the supervisor cannot be asked; its attempts are looked at later");
                    self.go_by_files().await;
                }
            }
            if !self.first {
                return None;
            }
            sleep(PAUSE).await;
        }
    }

    /// While no supervisor answers, what it has written down tells what runs: that holds its slot, has its time, and can be
    /// ended. What has vanished may still be on its way, and waits.
    async fn go_by_files(&self) {
        let Self { world, project, .. } = self;
        for attempt in &self.unknown {
            if !still_unknown(world, project, attempt).await.unwrap_or(false) {
                continue;
            }
            let dir = world.app.root().attempt(&attempt.id);
            let found = tokio::task::spawn_blocking(move || adopt::look(&dir)).await;
            let known = match found {
                Ok(Ok(Found::Vanished) | Err(_)) | Err(_) => continue,
                Ok(Ok(Found::Running(record))) => {
                    let dir = world.app.root().attempt(&attempt.id);
                    world.supervisor.remember(&attempt.id, dir, record.nonce.clone());
                    take_up(world, project, attempt, (Found::Running(record), None)).await
                }
                Ok(Ok(found)) => take_up(world, project, attempt, (found, None)).await,
            };
            if let Err(error) = known {
                tracing::warn!(attempt = %attempt.id, %error, "an attempt could not be looked after by its files");
            }
        }
        world.report_sessions();
    }
}

/// True while nobody has looked after the attempt since its row was read.
async fn still_unknown(world: &World, project: &Project, attempt: &Attempt) -> Result<bool, StoreError> {
    let id = attempt.id.clone();
    let now = project.store.read(move |db: &Db<'_>| attempts::require(db, &id)).await?;
    Ok(now.ended_at.is_none() && !world.live.knows(&attempt.id))
}

async fn one(
    world: &Arc<World>,
    project: &Arc<Project>,
    attempt: &Attempt,
    states: &HashMap<AttemptId, ProcessState>,
) -> Result<Result<(), SupervisorError>, StoreError> {
    let id = &attempt.id;
    let found = match states.get(id) {
        Some(ProcessState { exit: Some(record), .. }) => Found::Exited(record.clone()),
        // Also for a listed one, because the record has what the row may lack.
        _ => {
            let wanted = id.clone();
            let nonce = project.store.read(move |db: &Db<'_>| attempts::nonce(db, &wanted)).await?;
            match world.supervisor.adopt(id, world.app.root().attempt(id), nonce).await {
                Ok(found) => found,
                Err(error) => return Ok(Err(error)),
            }
        }
    };
    take_up(world, project, attempt, (found, states.get(id))).await.map(Ok)
}

/// Goes on with what was found of an attempt.
async fn take_up(
    world: &Arc<World>,
    project: &Arc<Project>,
    attempt: &Attempt,
    (found, state): (Found, Option<&ProcessState>),
) -> Result<(), StoreError> {
    let id = &attempt.id;
    match found {
        Found::Running(record) => {
            tracing::info!(attempt = %id, pid = record.pid, "an agent has outlived the daemon and is looked after again");
            look_after(world, project, attempt, ran(world, attempt, state).await);
            if attempt.state == AttemptState::Starting {
                write_started(world, project, id, (record.pid.into(), record.identity.to_string())).await?;
            }
        }
        Found::Exited(record) => {
            look_after(world, project, attempt, Duration::ZERO);
            let exit = Exit::new(id.clone(), &record);
            if world.live.exited(&exit) == super::live::Told::Settle {
                supervise::settle(world, project, exit, None);
            }
        }
        Found::Vanished => write_off(world, project, attempt).await?,
    }
    Ok(())
}

/// How long a process has run: as the supervisor measured it, whose clock nobody can set; else by the clock on the wall.
async fn ran(world: &World, attempt: &Attempt, state: Option<&ProcessState>) -> Duration {
    let since = |at: DateTime<Utc>| (world.app.now() - at).to_std().unwrap_or(Duration::ZERO);
    let told = state.map(|state| Duration::from_millis(state.usage.wall_milliseconds));
    if let Some(told) = told.filter(|told| !told.is_zero()) {
        return told;
    }
    let dir = world.app.root().attempt(&attempt.id);
    match tokio::task::spawn_blocking(move || adopt::heartbeat(&dir)).await {
        Ok(Ok(Some(last))) => Duration::from_millis(last.usage.wall_milliseconds) + since(last.at),
        _ => since(attempt.started_at.unwrap_or(attempt.created_at)),
    }
}

fn look_after(world: &World, project: &Project, attempt: &Attempt, before: Duration) {
    let Some(agent) = attempt.agent.agent() else { return };
    world.live.adopt(&attempt.id, world.slots.adopt(&project.id, Some(agent)), before);
}

async fn note_running(world: &World, project: &Project, attempt: &Attempt) -> Result<(), StoreError> {
    let dir = world.app.root().attempt(&attempt.id);
    let record = tokio::task::spawn_blocking(move || crate::process::adopt::process_record(&dir)).await;
    if let Ok(Ok(Some(record))) = record {
        let identity = record.identity.to_string();
        write_started(world, project, &attempt.id, (record.pid.into(), identity)).await?;
    }
    Ok(())
}

async fn write_started(
    world: &World,
    project: &Project,
    id: &AttemptId,
    (pid, identity): (i64, String),
) -> Result<(), StoreError> {
    let id = id.clone();
    let write = move |tx: &mut Tx<'_>| write_running(tx, &id, (pid, &identity));
    project.store.write(world.app.now(), write).await
}

/// Neither a process nor an exit: the daemon, the supervisor or the machine stopped at the wrong moment.
async fn write_off(world: &World, project: &Project, attempt: &Attempt) -> Result<(), StoreError> {
    let id = attempt.id.clone();
    let dir = world.app.root().attempt(&id);
    let last = tokio::task::spawn_blocking(move || adopt::heartbeat(&dir).ok().flatten()).await.unwrap_or_default();
    let detail = match (attempt.state, &last) {
        (AttemptState::Starting, None) => "its process was never started".to_owned(),
        (_, None) => "its process is gone, and nobody saw its end".to_owned(),
        (_, Some(last)) => format!(
            "its process is gone, and nobody saw its end; it was last seen at {}",
            last.at.format("%Y-%m-%d %H:%M:%S UTC")
        ),
    };
    let resources = last.map(|last| last.usage);
    tracing::warn!(attempt = %id, detail, "an attempt is lost");
    let write = move |tx: &mut Tx<'_>| {
        let ending = attempts::ending(tx, &id)?;
        let ending = match ending {
            Some((outcome, why)) => Ending::new(outcome, why.unwrap_or_else(|| detail.clone())),
            None => Ending::new(Outcome::Lost, detail.clone()),
        };
        attempts::end(tx, &id, &Ending { resources, ..ending }).map(drop)
    };
    project.store.write(world.app.now(), write).await
}
