//! The daemon's handle to the supervisor.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Weak},
    time::Duration,
};

use tokio::{
    sync::broadcast,
    task::spawn_blocking,
    time::{sleep, timeout},
};

use super::{
    adopt::{self, Found},
    link::{Known, Link, LinkError, Watch},
    output::OUTPUT_FILE,
    pool::{Options, Pool, SupervisorError, blocking, look, states, unexpected},
    protocol::{Answer, Exit, Op, ProcessState},
    spec::{SpawnError, SpawnSpec, Spawned},
    unwatched,
};
use crate::model::ids::AttemptId;

/// Pauses between attempts to find lost processes again.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// How often a start is tried when supervisors go away meanwhile.
const TRIES: usize = 3;
/// How long a supervisor may take to hear that a process is to end, before that is done without it.
const TERMINATE_PATIENCE: Duration = Duration::from_secs(5);
/// How long one may take to hear that an exit is known.
const FORGET_PATIENCE: Duration = Duration::from_secs(2);

/// Starts, lists and ends the processes of attempts. Cheap to clone.
///
/// The supervisor process is found or started when it is first needed, and again when it dies; processes that lost
/// their supervisor are then adopted by the new one, without the caller noticing. Dropping the last clone leaves all
/// processes alone.
#[derive(Debug, Clone)]
pub struct Supervisor(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    pool: Pool,
}

/// How a start went.
#[derive(Debug)]
enum Start {
    /// This supervisor said so.
    Seen(Arc<Link>),
    /// The supervisor died over it; the process was found.
    Recovered,
}

impl Drop for Inner {
    fn drop(&mut self) {
        // Wakes the keeper, which then ends.
        self.pool.watch.lost.notify_one();
    }
}

impl Supervisor {
    /// A handle that has not looked for a supervisor yet: [`Supervisor::list`] does. Needs a tokio runtime.
    pub fn new(options: Options) -> Self {
        let inner = Arc::new(Inner { pool: Pool::new(options) });
        tokio::spawn(keep(Arc::downgrade(&inner), Arc::clone(&inner.pool.watch)));
        Self(inner)
    }

    /// Starts the process of an attempt. Safe to repeat with the same attempt and nonce: it is started at most once.
    pub async fn spawn(&self, spec: SpawnSpec) -> Result<Spawned, SpawnError> {
        let attempt = spec.attempt.clone();
        let known = Known { dir: spec.dir.clone(), started: false, nonce: spec.nonce.clone() };
        let watch = &self.0.pool.watch;
        watch.remember(&attempt, known.clone());
        let result = self.start(spec).await;
        match &result {
            // Its exit may have come in before.
            Ok(_) if watch.knows(&attempt) => watch.remember(&attempt, Known { started: true, ..known }),
            Ok(_) => {}
            Err(error) => {
                watch.forget(&attempt);
                if matches!(error, SpawnError::SupervisorGone { .. }) {
                    // Nobody knows whether it was started; whoever asked goes on without it, so it must not run.
                    self.end_unstarted(&attempt, &known).await;
                }
            }
        }
        // It may have ended while nobody looked after it; or its supervisor died with the answer under way, and whoever
        // looked for lost processes then did not know of this one yet.
        let is_lost = match &result {
            Ok((_, Start::Recovered)) => true,
            Ok((_, Start::Seen(link))) => !link.is_open(),
            Err(_) => false,
        };
        if is_lost {
            watch.lost.notify_one();
        }
        result.map(|(spawned, _)| spawned)
    }

    async fn start(&self, spec: SpawnSpec) -> Result<(Spawned, Start), SpawnError> {
        let spec = Box::new(spec);
        for _ in 0..TRIES {
            let link = self.0.pool.active().await.map_err(gone)?;
            let answer = link.request(Op::Spawn(spec.clone())).await;
            match answer {
                Ok(Answer::Spawned(spawned)) => return Ok((spawned, Start::Seen(link))),
                Ok(Answer::Refused(SpawnError::Retiring)) => link.stop_accepting(),
                Ok(Answer::Refused(error)) => return Err(error),
                Ok(answer) => return Err(SpawnError::Other { reason: unexpected(&answer).to_string() }),
                Err(LinkError::Unsendable(reason)) => return Err(SpawnError::Invalid { reason }),
                Err(LinkError::Gone) => {
                    if let Some(spawned) = self.started_before(&spec).await? {
                        return Ok((spawned, Start::Recovered));
                    }
                }
            }
        }
        Err(SpawnError::SupervisorGone { reason: "it went away again and again".to_owned() })
    }

    /// The supervisor died over a request: did the process start?
    async fn started_before(&self, spec: &SpawnSpec) -> Result<Option<Spawned>, SpawnError> {
        let pool = &self.0.pool;
        let link = pool.active().await.map_err(gone)?;
        let (attempt, dir, nonce) = (spec.attempt.clone(), spec.dir.clone(), Some(spec.nonce.clone()));
        match pool.adopt(&link, attempt, dir, nonce).await.map_err(gone)?.0 {
            Found::Running(record) => Ok(Some(Spawned { pid: record.pid, identity: record.identity.to_string() })),
            Found::Exited(_) | Found::Vanished => {
                let dir = spec.dir.clone();
                let left = blocking(move || Ok((adopt::process_record(&dir)?, dir.join(OUTPUT_FILE).exists()))).await;
                match left.map_err(gone)? {
                    (Some(record), _) if record.nonce == spec.nonce => {
                        Ok(Some(Spawned { pid: record.pid, identity: record.identity.to_string() }))
                    }
                    // The start was under way; a process may have come and gone, and must not come twice.
                    (_, true) => {
                        Err(SpawnError::SupervisorGone { reason: "it died while the process started".to_owned() })
                    }
                    (_, false) => Ok(None),
                }
            }
        }
    }

    /// A start has failed without a word about what became of it.
    async fn end_unstarted(&self, attempt: &AttemptId, known: &Known) {
        let pipes = self.0.pool.pipes();
        match unwatched::end(&known.dir, &pipes, Some(&known.nonce), Duration::ZERO).await {
            Ok(None) => {}
            Ok(Some(left)) => tracing::warn!(%attempt, ?left, "ended a process whose start nobody could confirm"),
            Err(error) => tracing::warn!(%attempt, %error, "a process whose start nobody could confirm may run"),
        }
    }

    /// Ends the process tree of an attempt, whose folder is `dir`: SIGTERM to its group and to descendants that left it,
    /// SIGKILL after `grace`. Returns as soon as its supervisor knows; the exit arrives as every other. Repeating it is
    /// harmless, also with a shorter grace.
    ///
    /// Where no supervisor answers within a few seconds, the tree is ended from here, and the exit is told when it is
    /// gone, though with neither code nor signal.
    pub async fn terminate(&self, attempt: &AttemptId, dir: &Path, grace: Duration) {
        let grace_ms = u64::try_from(grace.as_millis()).unwrap_or(u64::MAX);
        let op = Op::Terminate { attempt: attempt.clone(), grace_ms };
        let why = match timeout(TERMINATE_PATIENCE, self.tell_owner(&op)).await {
            Ok(Ok(())) => return,
            Ok(Err(error)) => error.to_string(),
            Err(_) => "the supervisor does not answer".to_owned(),
        };
        tracing::warn!(%attempt, why, "a process is ended without its supervisor");
        self.end_unwatched(attempt, dir, grace).await;
    }

    async fn tell_owner(&self, op: &Op) -> Result<(), SupervisorError> {
        let pool = &self.0.pool;
        if !pool.links().is_empty() && pool.tell_all(op).await.is_ok() {
            return Ok(());
        }
        // Its supervisor may have died: find it a new one first.
        pool.survey().await?;
        pool.tell_all(op).await
    }

    async fn end_unwatched(&self, attempt: &AttemptId, dir: &Path, grace: Duration) {
        let pool = &self.0.pool;
        let nonce = pool.watch.nonce(attempt);
        match unwatched::end(dir, &pool.pipes(), nonce.as_deref(), grace).await {
            Ok(Some(left)) => {
                let usage = adopt::heartbeat(dir).ok().flatten().map(|last| last.usage);
                let exit = Exit::unseen(attempt.clone(), pool.now(), usage);
                pool.watch.exit(Exit { left, cleared: true, ..exit });
            }
            Ok(None) => tracing::warn!(%attempt, "nothing tells which process to end, it must be asked again"),
            Err(error) => tracing::warn!(%attempt, %error, "failed to end a process, it must be asked again"),
        }
    }

    /// Remembers an attempt whose process runs, by the files in its folder, while no supervisor answers: the one that is
    /// found later is asked for it.
    pub fn remember(&self, attempt: &AttemptId, dir: PathBuf, nonce: String) {
        self.0.pool.watch.remember(attempt, Known { dir, started: true, nonce });
    }

    /// The supervisors of this root that live, whether they answer or not.
    pub async fn pids(&self) -> Vec<i32> {
        let inner = Arc::clone(&self.0);
        spawn_blocking(move || inner.pool.pids()).await.unwrap_or_default()
    }

    /// What the supervisors own: processes that run, and those that ended and were not forgotten.
    pub async fn list(&self) -> Result<Vec<ProcessState>, SupervisorError> {
        let holdings = self.0.pool.survey().await?;
        Ok(states(&holdings).cloned().collect())
    }

    /// Acknowledges an exit: it is not told or listed again. Waits for no supervisor that hangs: one that has not heard it
    /// tells the exit again, which is harmless.
    pub async fn forget(&self, attempt: &AttemptId) {
        self.0.pool.watch.forget(attempt);
        let op = Op::Forget { attempt: attempt.clone() };
        match timeout(FORGET_PATIENCE, self.0.pool.tell_all(&op)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::debug!(%attempt, %error, "failed to acknowledge an exit"),
            Err(_) => tracing::debug!(%attempt, "the supervisor does not take note of an acknowledged exit"),
        }
    }

    /// What became of an attempt that is not in the list, by the files in its folder: for the start of a daemon.
    ///
    /// A process that runs is looked after from then on: it is listed, can be ended, and its end is told, though with
    /// neither code nor signal. The nonce finds one that was started and not written down any more, and what is left of
    /// one that ended unseen.
    pub async fn adopt(&self, attempt: &AttemptId, dir: PathBuf, nonce: String) -> Result<Found, SupervisorError> {
        let pool = &self.0.pool;
        let holdings = pool.survey().await?;
        let owner = holdings.iter().find(|(_, states)| states.iter().any(|state| state.attempt == *attempt));
        let link = match owner {
            Some((link, _)) => Arc::clone(link),
            None => {
                let found = look(dir.clone()).await?;
                let (folder, mark, pipes) = (dir.clone(), nonce.clone(), pool.pipes());
                let is_left = match found {
                    Found::Running(_) => true,
                    Found::Exited(_) => false,
                    Found::Vanished => blocking(move || adopt::is_something_left(&folder, &mark, &pipes)).await?,
                };
                if !is_left {
                    return Ok(found);
                }
                let known = Known { dir: dir.clone(), started: true, nonce: nonce.clone() };
                pool.watch.remember(attempt, known);
                pool.active().await?
            }
        };
        let (found, _) = pool.adopt(&link, attempt.clone(), dir, Some(nonce)).await?;
        if !matches!(found, Found::Running(_)) {
            pool.watch.forget(attempt);
        }
        Ok(found)
    }

    /// Exits, each at least once, also those from before this daemon started (after the first [`Supervisor::list`]).
    /// A receiver that lags asks for the list.
    pub fn exits(&self) -> broadcast::Receiver<Exit> {
        self.0.pool.watch.exits.subscribe()
    }
}

fn gone(error: SupervisorError) -> SpawnError {
    let reason = match std::error::Error::source(&error) {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    };
    SpawnError::SupervisorGone { reason }
}

/// Finds processes again after a supervisor died, until the handle is dropped.
async fn keep(inner: Weak<Inner>, watch: Arc<Watch>) {
    loop {
        watch.lost.notified().await;
        let mut pause = FIRST_PAUSE;
        loop {
            let Some(inner) = inner.upgrade() else { return };
            // Links that ended in order leave nothing behind.
            if watch.started().is_empty() {
                break;
            }
            match inner.pool.survey().await {
                Ok(_) => break,
                Err(error) => tracing::warn!(%error, "failed to find the processes of a supervisor that is gone"),
            }
            drop(inner);
            sleep(pause).await;
            pause = LONGEST_PAUSE.min(pause * 2);
        }
    }
}
