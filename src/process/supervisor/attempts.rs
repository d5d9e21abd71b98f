//! The processes that this supervisor owns: running, or ended and not acknowledged.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{sync::mpsc, task::JoinHandle, time::Instant};
use tokio_util::sync::CancellationToken;

use super::{
    ending::{Drain, Ending},
    server::Input,
    starting::Starting,
};
use crate::{
    model::ids::AttemptId,
    process::{
        Now,
        adopt::{self, ExitRecord, ProcessRecord},
        identity,
        output::{self, Log, Meter},
        pipes::{PipePool, Pipes},
        protocol::ProcessState,
        reap::{Reaped, reap},
        spec::NONCE_VARIABLE,
        terminate::Tree,
        vitals::{self, Subject, Vitals},
    },
};

/// Exits kept for acknowledgement; older ones are in their `exit.json`.
const MOST_EXITED: usize = 4096;

/// One owned process.
#[derive(Debug)]
pub(super) struct Owned {
    dir: PathBuf,
    pub(super) record: ProcessRecord,
    meter: Arc<Meter>,
    vitals: Arc<Vitals>,
    pub(super) tree: Tree,
    pub(super) drain: Option<Drain>,
    pub(super) adopted: bool,
    /// True when whoever asked for it did not wait long enough.
    pub(super) given_up: bool,
    /// Cancelled when the main process is gone.
    ended: CancellationToken,
    /// When it will be killed, once it was asked to end.
    kill_at: Option<Instant>,
    pub(super) exit: Option<Exited>,
}

/// An exit that waits for acknowledgement.
#[derive(Debug)]
pub(super) struct Exited {
    pub(super) record: ExitRecord,
    since: Instant,
    flushed: bool,
}

/// All owned processes.
#[derive(Debug)]
pub(super) struct Attempts {
    pub(super) owned: HashMap<AttemptId, Owned>,
    /// Processes on their way.
    pub(super) starting: HashMap<AttemptId, Starting>,
    /// Attempts by the pid of their main process, while it is our child and not reaped.
    pub(super) children: HashMap<i32, AttemptId>,
    /// The named pipes.
    pub(super) pipes: PipePool,
    pub(super) inbox: mpsc::Sender<Input>,
    pub(super) now: Now,
    /// Exit records are being flushed.
    flushing: Arc<AtomicBool>,
    /// Processes are being looked at.
    looking: Arc<AtomicBool>,
}

impl Attempts {
    /// None yet; ends are told to `inbox`.
    pub(super) fn new(pipes: PipePool, inbox: mpsc::Sender<Input>, now: Now) -> Self {
        let (owned, starting, children) = (HashMap::new(), HashMap::new(), HashMap::new());
        let (flushing, looking) = (Arc::default(), Arc::default());
        Self { owned, starting, children, pipes, inbox, now, flushing, looking }
    }

    /// True while a process starts or runs or its end is being completed.
    pub(super) fn is_busy(&self) -> bool {
        !self.starting.is_empty() || self.owned.values().any(|owned| owned.exit.is_none())
    }

    /// Keeps what a process prints.
    pub(super) fn drain(&self, pipes: Pipes, log: Log) -> Drain {
        let stop = CancellationToken::new();
        Drain { task: tokio::spawn(output::drain(pipes, log, self.now, stop.clone())), stop }
    }

    /// Ends a process tree; nothing happens when it has ended or will be killed sooner anyway.
    pub(super) fn terminate(&mut self, attempt: &AttemptId, grace: Duration) {
        if let Some(starting) = self.starting.get_mut(attempt) {
            starting.terminate = Some(starting.terminate.map_or(grace, |earlier| earlier.min(grace)));
        }
        let Some(owned) = self.owned.get_mut(attempt).filter(|owned| !owned.ended.is_cancelled()) else { return };
        let kill_at = Instant::now() + grace;
        if owned.kill_at.is_some_and(|earlier| earlier <= kill_at) {
            return;
        }
        owned.kill_at = Some(kill_at);
        tokio::spawn(owned.tree.clone().terminate(grace, owned.ended.clone()));
    }

    /// Ends every process tree.
    pub(super) fn terminate_all(&mut self, grace: Duration) {
        let attempts: Vec<AttemptId> = self.owned.keys().chain(self.starting.keys()).cloned().collect();
        for attempt in attempts {
            self.terminate(&attempt, grace);
        }
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
        let mut ended: Vec<Reaped> = self.children.keys().filter_map(|pid| reap(Some(*pid))).collect();
        if self.starting.is_empty() {
            ended.extend(std::iter::from_fn(|| reap(None)));
        } else {
            // A child that is not known may be one that starts, which must wait until its pid is known.
            let strays = self.strays().unwrap_or_default();
            ended.extend(strays.into_iter().filter_map(|pid| reap(Some(pid))));
        }
        // Others are orphans, which only needed to be reaped.
        let ended: Vec<_> =
            ended.into_iter().filter_map(|reaped| Some((self.children.remove(&reaped.pid)?, reaped))).collect();
        if ended.is_empty() {
            return;
        }
        let (strays, ended_at) = (self.strays(), (self.now)());
        for (attempt, reaped) in ended {
            let usage = self.owned.get(&attempt).map(|owned| owned.vitals.at_end(&reaped));
            let (code, signal) = (reaped.code, reaped.signal);
            self.end(&attempt, ExitRecord { code, signal, ended_at, usage, left: Vec::new() }, strays.as_deref());
        }
    }

    /// Children that are nobody's main process: orphaned descendants. None where the system does not tell. A process
    /// that starts is not among them: it is a child of the helper thread, not of this one.
    fn strays(&self) -> Option<Vec<i32>> {
        let children = identity::own_children().ok()?;
        Some(children.into_iter().filter(|pid| !self.children.contains_key(pid)).collect())
    }

    /// An adopted process is gone; how it ended is not known.
    pub(super) fn adopted_ended(&mut self, attempt: &AttemptId) {
        let usage = self.owned.get(attempt).map(|owned| owned.vitals.usage());
        let exit = ExitRecord { code: None, signal: None, ended_at: (self.now)(), usage, left: Vec::new() };
        self.end(attempt, exit, None);
    }

    fn end(&mut self, attempt: &AttemptId, exit: ExitRecord, strays: Option<&[i32]>) {
        let is_last = self.starting.is_empty() && self.owned.iter().all(|(id, owned)| id == attempt || owned.is_over());
        let Some(owned) = self.owned.get_mut(attempt) else { return };
        owned.ended.cancel();
        // An orphan without a nonce tells nobody whose it is; with the last attempt it goes.
        let is_nameless = |pid: &&i32| is_last && !identity::has_variable(**pid, NONCE_VARIABLE);
        let nameless: Vec<i32> = strays.unwrap_or_default().iter().filter(is_nameless).copied().collect();
        owned.tree.claim(&nameless);
        let is_left = !nameless.is_empty() || strays.is_none_or(|strays| owned.tree.owns_any(strays));
        let ending = Ending {
            dir: owned.dir.clone(),
            leftovers: is_left || owned.tree.group_is_alive() || owned.tree.remembers_living(),
            tree: owned.tree.clone(),
            drain: owned.drain.take(),
            exit,
        };
        let (inbox, attempt) = (self.inbox.clone(), attempt.clone());
        tokio::spawn(async move {
            let (exit, pipes_unused) = ending.complete().await;
            let _server_is_over = inbox.send(Input::Finished { attempt, exit, pipes_unused }).await;
        });
    }

    /// An end is complete: it waits for acknowledgement.
    pub(super) fn finished(&mut self, attempt: &AttemptId, exit: ExitRecord, pipes_unused: bool) {
        if let Some(owned) = self.owned.get_mut(attempt) {
            if let Some(name) = owned.record.pipes.take() {
                self.pipes.give_back(name, pipes_unused);
            }
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

    /// Looks at what runs, on a thread of its own; not again before that has ended. `beat` asks for heartbeats.
    pub(super) fn look(&self, beat: bool) {
        let running = self.owned.values().filter(|owned| owned.exit.is_none());
        let subjects: Vec<Subject> = running.map(Owned::subject).collect();
        if subjects.is_empty() || self.looking.swap(true, Ordering::Relaxed) {
            return;
        }
        let (looking, now) = (Arc::clone(&self.looking), (self.now)());
        // While one attempt runs alone, orphans without a nonce are its own, and are remembered as such.
        let is_alone = subjects.len() == 1 && self.starting.is_empty();
        let strays = if is_alone { self.strays().unwrap_or_default() } else { Vec::new() };
        tokio::task::spawn_blocking(move || {
            let nameless = strays.into_iter().filter(|pid| !identity::has_variable(*pid, NONCE_VARIABLE));
            if let [alone] = subjects.as_slice() {
                alone.tree.claim(&nameless.collect::<Vec<_>>());
            }
            vitals::look(&subjects, (now, beat));
            looking.store(false, Ordering::Relaxed);
        });
    }

    /// Flushes exit records that nobody acknowledged for so long, on a thread of its own.
    ///
    /// Ends that a daemon takes note of at once are in its database, and never wait for the disk here.
    pub(super) fn flush(&mut self, after: Duration) -> Option<JoinHandle<()>> {
        // One thread at most, so that a slow disk does not keep processes from starting.
        if self.flushing.load(Ordering::Relaxed) {
            return None;
        }
        let mut dirs = Vec::new();
        for owned in self.owned.values_mut() {
            if let Some(exit) = owned.exit.as_mut().filter(|exit| !exit.flushed && exit.since.elapsed() >= after) {
                exit.flushed = true;
                dirs.push(owned.dir.clone());
            }
        }
        if dirs.is_empty() {
            return None;
        }
        let flushing = Arc::clone(&self.flushing);
        flushing.store(true, Ordering::Relaxed);
        Some(tokio::task::spawn_blocking(move || {
            for dir in dirs {
                if let Err(error) = adopt::flush(&dir) {
                    tracing::warn!(dir = %dir.display(), %error, "failed to flush an exit record");
                }
            }
            flushing.store(false, Ordering::Relaxed);
        }))
    }
}

impl Owned {
    /// A process that runs, with its output not drained yet.
    pub(super) fn new(dir: PathBuf, record: ProcessRecord, (meter, vitals): (Arc<Meter>, Arc<Vitals>)) -> Self {
        let tree = Tree::new(record.identity.clone());
        let ended = CancellationToken::new();
        let (drain, adopted, given_up, kill_at, exit) = (None, false, false, None, None);
        Self { dir, record, meter, vitals, tree, drain, adopted, given_up, ended, kill_at, exit }
    }

    fn is_over(&self) -> bool {
        self.ended.is_cancelled()
    }

    fn subject(&self) -> Subject {
        let (meter, vitals) = (Arc::clone(&self.meter), Arc::clone(&self.vitals));
        Subject { dir: self.dir.clone(), tree: self.tree.clone(), meter, vitals }
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
            usage: self.vitals.usage(),
            adopted: self.adopted,
            exit: self.exit.as_ref().map(|exit| exit.record.clone()),
        }
    }
}
