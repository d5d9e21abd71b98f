//! The processes that this supervisor owns: running, or ended and not acknowledged.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use nix::{
    errno::Errno,
    sys::wait::{WaitPidFlag, WaitStatus, waitpid},
};
use tokio::{sync::mpsc, time::Instant};
use tokio_util::sync::CancellationToken;

use super::{
    ending::{Drain, Ending},
    server::Input,
};
use crate::{
    model::ids::AttemptId,
    process::{
        Now,
        adopt::{self, ExitRecord, Found, ProcessRecord},
        identity::{self, Entry},
        output::{self, Log, Meter, PipePaths, Pipes},
        protocol::ProcessState,
        spawn,
        spec::{NONCE_VARIABLE, SpawnError, SpawnSpec, Spawned},
        terminate::Tree,
    },
};

/// How often an adopted process is looked at: it is nobody's child here, so its end must be noticed.
const ADOPTED_LOOK: Duration = Duration::from_millis(250);
/// An exit that nobody acknowledged for this long is flushed to disk.
const FLUSH_AFTER: Duration = Duration::from_secs(1);
/// Exits kept for acknowledgement; older ones are in their `exit.json`.
const MOST_EXITED: usize = 4096;

/// One owned process.
#[derive(Debug)]
struct Owned {
    dir: PathBuf,
    record: ProcessRecord,
    meter: Arc<Meter>,
    tree: Tree,
    pipes: PipePaths,
    drain: Option<Drain>,
    adopted: bool,
    /// Cancelled when the main process is gone.
    ended: CancellationToken,
    /// When it will be killed, once it was asked to end.
    kill_at: Option<Instant>,
    exit: Option<Exited>,
}

/// An exit that waits for acknowledgement.
#[derive(Debug)]
struct Exited {
    record: ExitRecord,
    since: Instant,
    flushed: bool,
}

/// All owned processes.
#[derive(Debug)]
pub(super) struct Attempts {
    owned: HashMap<AttemptId, Owned>,
    /// Attempts by the pid of their main process, while it is our child and not reaped.
    children: HashMap<i32, AttemptId>,
    /// Folder of the named pipes.
    pipes: PathBuf,
    inbox: mpsc::Sender<Input>,
    now: Now,
}

impl Attempts {
    /// None yet; ends are told to `inbox`.
    pub(super) fn new(pipes: PathBuf, inbox: mpsc::Sender<Input>, now: Now) -> Self {
        Self { owned: HashMap::new(), children: HashMap::new(), pipes, inbox, now }
    }

    /// True while a process runs or its end is being completed.
    pub(super) fn is_busy(&self) -> bool {
        self.owned.values().any(|owned| owned.exit.is_none())
    }

    /// True when this very process was started already.
    pub(super) fn has(&self, attempt: &AttemptId, nonce: &str) -> bool {
        self.owned.get(attempt).is_some_and(|owned| owned.record.nonce == nonce)
    }

    /// Starts a process; asked again, it answers with the process that was started before.
    pub(super) fn spawn(&mut self, spec: &SpawnSpec) -> Result<Spawned, SpawnError> {
        if let Some(owned) = self.owned.get(&spec.attempt) {
            let ProcessRecord { pid, identity, .. } = &owned.record;
            return match owned.record.nonce == spec.nonce {
                true => Ok(Spawned { pid: *pid, identity: identity.to_string() }),
                false => Err(SpawnError::AlreadyStarted { pid: *pid }),
            };
        }
        let started = spawn::start(spec, &self.pipes, (self.now)())?;
        let spawned = Spawned { pid: started.record.pid, identity: started.record.identity.to_string() };
        self.children.insert(spawned.pid, spec.attempt.clone());
        let mut owned = Owned::new(spec.dir.clone(), started.record, started.pipe_paths, started.meter);
        owned.drain = Some(self.drain(started.pipes, started.log));
        self.owned.insert(spec.attempt.clone(), owned);
        Ok(spawned)
    }

    /// Looks after a process whose supervisor died. Only a running one is owned from then on.
    pub(super) fn adopt(&mut self, attempt: &AttemptId, dir: &Path, nonce: Option<&str>) -> Result<Found, String> {
        if let Some(owned) = self.owned.get(attempt) {
            return Ok(match &owned.exit {
                None => Found::Running(owned.record.clone()),
                Some(exit) => Found::Exited(exit.record.clone()),
            });
        }
        let found = match adopt::look(dir).map_err(|error| error.to_string())? {
            Found::Vanished => self.find(attempt, nonce),
            found => found,
        };
        if let Found::Running(record) = &found {
            self.own_adopted(attempt, dir, record.clone());
        }
        Ok(found)
    }

    /// A process whose supervisor died before it could write the record down.
    fn find(&self, attempt: &AttemptId, nonce: Option<&str>) -> Found {
        let Some(nonce) = nonce else { return Found::Vanished };
        let pids = identity::carrying(&format!("{NONCE_VARIABLE}={nonce}"));
        let leads = |pid: &i32| matches!(identity::entry(*pid), Ok(Some(entry)) if entry.group == *pid);
        let main = pids.into_iter().find(leads).and_then(|pid| identity::Identity::of(pid, nonce).ok().flatten());
        main.map_or(Found::Vanished, |identity| {
            Found::Running(ProcessRecord {
                attempt: attempt.clone(),
                pid: identity.pid,
                nonce: nonce.to_owned(),
                identity,
                started_at: (self.now)(),
                log_limit_bytes: 0,
            })
        })
    }

    fn own_adopted(&mut self, attempt: &AttemptId, dir: &Path, record: ProcessRecord) {
        let pipes = PipePaths::new(&self.pipes, attempt);
        let meter = Arc::new(Meter::default());
        let log = Log::open(dir, record.log_limit_bytes, true, Arc::clone(&meter));
        let identity = record.identity.clone();
        let mut owned = Owned::new(dir.to_owned(), record, pipes, meter);
        owned.adopted = true;
        match log.and_then(|log| Ok((owned.pipes.open()?, log))) {
            Ok((pipes, log)) => owned.drain = Some(self.drain(pipes, log)),
            Err(error) => tracing::warn!(%attempt, %error, "the output of an adopted process is lost"),
        }
        self.owned.insert(attempt.clone(), owned);
        let (inbox, attempt) = (self.inbox.clone(), attempt.clone());
        tokio::spawn(async move {
            while identity.is_running() {
                tokio::time::sleep(ADOPTED_LOOK).await;
            }
            let _server_is_over = inbox.send(Input::AdoptedEnded { attempt }).await;
        });
    }

    fn drain(&self, pipes: Pipes, log: Log) -> Drain {
        let stop = CancellationToken::new();
        Drain { task: tokio::spawn(output::drain(pipes, log, self.now, stop.clone())), stop }
    }

    /// Ends a process tree; nothing happens when it has ended or will be killed sooner anyway.
    pub(super) fn terminate(&mut self, attempt: &AttemptId, grace: Duration) {
        let Some(owned) = self.owned.get_mut(attempt).filter(|owned| !owned.ended.is_cancelled()) else { return };
        let kill_at = Instant::now() + grace;
        if owned.kill_at.is_some_and(|earlier| earlier <= kill_at) {
            return;
        }
        owned.kill_at = Some(kill_at);
        tokio::spawn(owned.tree.clone().terminate(grace, owned.ended.clone()));
    }

    /// Everything that is owned.
    pub(super) fn list(&self) -> Vec<ProcessState> {
        self.owned.iter().map(|(attempt, owned)| owned.state(attempt.clone())).collect()
    }

    /// Exits that nobody acknowledged.
    pub(super) fn exits(&self) -> impl Iterator<Item = (&AttemptId, &ExitRecord)> {
        self.owned.iter().filter_map(|(attempt, owned)| Some((attempt, &owned.exit.as_ref()?.record)))
    }

    /// Lets go of a process that has ended.
    pub(super) fn forget(&mut self, attempt: &AttemptId) {
        if self.owned.get(attempt).is_some_and(|owned| owned.exit.is_some()) {
            self.owned.remove(attempt);
        }
    }

    /// Reaps every child that ended, ours and orphans alike.
    pub(super) fn reap(&mut self) {
        let mut ended = Vec::new();
        loop {
            let (pid, code, signal) = match waitpid(None, Some(WaitPidFlag::WNOHANG)) {
                Ok(WaitStatus::Exited(pid, code)) => (pid, Some(code), None),
                Ok(WaitStatus::Signaled(pid, signal, _)) => (pid, None, Some(signal as i32)),
                Err(Errno::EINTR) => continue,
                // No child, or none that ended.
                _ => break,
            };
            // Others are orphans, which only needed to be reaped.
            if let Some(attempt) = self.children.remove(&pid.as_raw()) {
                ended.push((attempt, ExitRecord { code, signal, ended_at: (self.now)() }));
            }
        }
        if ended.is_empty() {
            return;
        }
        let strays = self.strays();
        for (attempt, exit) in ended {
            self.end(&attempt, exit, strays.as_deref());
        }
    }

    /// Children that are nobody's main process: orphaned descendants. None where the system does not tell.
    fn strays(&self) -> Option<Vec<i32>> {
        let children = identity::own_children().ok()?;
        Some(children.into_iter().filter(|pid| !self.children.contains_key(pid)).collect())
    }

    /// An adopted process is gone; how it ended is not known.
    pub(super) fn adopted_ended(&mut self, attempt: &AttemptId) {
        let exit = ExitRecord { code: None, signal: None, ended_at: (self.now)() };
        self.end(attempt, exit, None);
    }

    fn end(&mut self, attempt: &AttemptId, exit: ExitRecord, strays: Option<&[i32]>) {
        let Some(owned) = self.owned.get_mut(attempt) else { return };
        owned.ended.cancel();
        let ending = Ending {
            dir: owned.dir.clone(),
            leftovers: owned.tree.group_is_alive() || strays.is_none_or(|strays| owned.tree.owns_any(strays)),
            tree: owned.tree.clone(),
            drain: owned.drain.take(),
            pipes: owned.pipes.clone(),
            exit,
        };
        let (inbox, attempt) = (self.inbox.clone(), attempt.clone());
        tokio::spawn(async move {
            let exit = ending.complete().await;
            let _server_is_over = inbox.send(Input::Finished { attempt, exit }).await;
        });
    }

    /// An end is complete: it waits for acknowledgement.
    pub(super) fn finished(&mut self, attempt: &AttemptId, exit: ExitRecord) {
        if let Some(owned) = self.owned.get_mut(attempt) {
            owned.exit = Some(Exited { record: exit, since: Instant::now(), flushed: false });
        }
        let mut exited: Vec<(Instant, &AttemptId)> =
            self.owned.iter().filter_map(|(attempt, owned)| Some((owned.exit.as_ref()?.since, attempt))).collect();
        if exited.len() > MOST_EXITED {
            exited.sort_unstable();
            let oldest = exited[0].1.clone();
            self.owned.remove(&oldest);
        }
    }

    /// Remembers the process trees, where descendants cannot be found otherwise.
    pub(super) fn record_trees(&self, table: &[Entry]) {
        for owned in self.owned.values().filter(|owned| owned.exit.is_none()) {
            owned.tree.record(table);
        }
    }

    /// Flushes exit records that nobody acknowledged, on a thread of its own.
    ///
    /// Ends that a daemon takes note of at once are in its database, and never wait for the disk here.
    pub(super) fn flush(&mut self) {
        let mut dirs = Vec::new();
        for owned in self.owned.values_mut() {
            if let Some(exit) = owned.exit.as_mut().filter(|exit| !exit.flushed && exit.since.elapsed() >= FLUSH_AFTER)
            {
                exit.flushed = true;
                dirs.push(owned.dir.clone());
            }
        }
        if dirs.is_empty() {
            return;
        }
        tokio::task::spawn_blocking(move || {
            for dir in dirs {
                if let Err(error) = adopt::flush(&dir) {
                    tracing::warn!(dir = %dir.display(), %error, "failed to flush an exit record");
                }
            }
        });
    }
}

impl Owned {
    fn new(dir: PathBuf, record: ProcessRecord, pipes: PipePaths, meter: Arc<Meter>) -> Self {
        let tree = Tree::new(record.identity.clone());
        let ended = CancellationToken::new();
        Self { dir, record, meter, tree, pipes, drain: None, adopted: false, ended, kill_at: None, exit: None }
    }

    fn state(&self, attempt: AttemptId) -> ProcessState {
        ProcessState {
            attempt,
            dir: self.dir.clone(),
            pid: self.record.pid,
            identity: self.record.identity.to_string(),
            started_at: self.record.started_at,
            last_output_at: self.meter.last_output_at(),
            output_bytes: self.meter.bytes(),
            adopted: self.adopted,
            exit: self.exit.as_ref().map(|exit| exit.record.clone()),
        }
    }
}
