//! Ends a whole process tree: the group of an attempt and the descendants that left the group.

use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use nix::{
    errno::Errno,
    sys::signal::{Signal, kill, killpg},
    unistd::Pid,
};
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use super::{
    identity::{self, Entry, Identity},
    spec::NONCE_VARIABLE,
};

/// What is left of a tree after its main process ended has this long to end by itself.
const LEFTOVER_GRACE: Duration = Duration::from_secs(1);
/// How often a tree that must end is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// How long killed processes may take to be gone. Longer only for processes stuck in the kernel.
const KILL_PATIENCE: Duration = Duration::from_secs(5);
/// Most descendants remembered for one attempt.
const MOST_RECORDED: usize = 4096;

/// The processes of one attempt. Clones share what was recorded.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    main: Identity,
    /// `NAME=value` in the environment of every descendant.
    variable: String,
    /// Descendants seen so far, where the system cannot find them by their environment.
    recorded: Arc<Mutex<Vec<Entry>>>,
}

impl Tree {
    /// The tree that starts at `main`, which leads a process group of its own.
    pub(super) fn new(main: Identity) -> Self {
        let variable = format!("{NONCE_VARIABLE}={}", main.nonce);
        Self { main, variable, recorded: Arc::default() }
    }

    /// Remembers the descendants in this process table.
    pub(super) fn record(&self, table: &[Entry]) {
        let mut recorded = self.recorded.lock().unwrap_or_else(PoisonError::into_inner);
        recorded.retain(|old| table.iter().any(|new| is_same(old, new)));
        let roots: Vec<i32> = recorded.iter().map(|entry| entry.pid).chain([self.main.pid]).collect();
        for entry in roots.into_iter().flat_map(|root| identity::descendants(table, root)) {
            if recorded.len() < MOST_RECORDED && !recorded.iter().any(|old| is_same(old, &entry)) {
                recorded.push(entry);
            }
        }
    }

    /// Sends a signal to the group and to every descendant that left it.
    pub(super) fn signal(&self, signal: Signal) {
        self.signal_group(signal);
        for pid in self.escaped() {
            // It may have ended since.
            let _gone_is_fine = kill(Pid::from_raw(pid), signal);
        }
    }

    fn signal_group(&self, signal: Signal) {
        if self.group_is_ours() {
            let _gone_is_fine = killpg(Pid::from_raw(self.main.pid), signal);
        }
    }

    /// True while a member of the group runs. Cheap when the group is empty.
    pub(super) fn group_is_alive(&self) -> bool {
        // The signal also reaches members that ended and that a slow init has not reaped.
        let runs = |entry: &Entry| entry.group == self.main.pid && !entry.zombie;
        killpg(Pid::from_raw(self.main.pid), None).is_ok()
            && self.group_is_ours()
            && identity::table().is_ok_and(|table| table.iter().any(runs))
    }

    /// False when the number of the group belongs to a later process.
    fn group_is_ours(&self) -> bool {
        !matches!(identity::entry(self.main.pid), Ok(Some(entry)) if entry.start != self.main.start)
    }

    /// True when one of these processes belongs to the tree.
    pub(super) fn owns_any(&self, pids: &[i32]) -> bool {
        pids.iter().any(|pid| identity::carries(*pid, &self.variable))
    }

    /// Descendants outside the group.
    fn escaped(&self) -> Vec<i32> {
        let mut pids = identity::carrying(&self.variable);
        let recorded = self.recorded.lock().unwrap_or_else(PoisonError::into_inner);
        for old in recorded.iter() {
            if matches!(identity::entry(old.pid), Ok(Some(new)) if is_same(old, &new)) && !pids.contains(&old.pid) {
                pids.push(old.pid);
            }
        }
        pids.retain(|pid| !matches!(identity::entry(*pid), Ok(Some(entry)) if entry.group == self.main.pid));
        pids
    }

    fn is_gone(&self) -> bool {
        !self.group_is_alive() && self.escaped().is_empty()
    }

    /// Asks the tree to end, and kills it after `grace`. Returns early when `ended` is cancelled: whoever does that
    /// clears the leftovers.
    pub(super) async fn terminate(self, grace: Duration, ended: CancellationToken) {
        self.signal(Signal::SIGTERM);
        tokio::select! {
            () = ended.cancelled() => return,
            () = sleep(grace) => {}
        }
        let deadline = Instant::now() + KILL_PATIENCE;
        while Instant::now() < deadline {
            self.signal(Signal::SIGKILL);
            tokio::select! {
                () = ended.cancelled() => return,
                () = sleep(LOOK_EVERY) => {}
            }
        }
        tracing::warn!(pid = self.main.pid, "a process does not end after SIGKILL");
    }

    /// Ends what is left after the main process: SIGTERM, a short grace, SIGKILL until nothing is left.
    pub(super) async fn clear(&self) {
        self.signal(Signal::SIGTERM);
        if self.gone_within(LEFTOVER_GRACE, None).await || self.gone_within(KILL_PATIENCE, Some(Signal::SIGKILL)).await
        {
            return;
        }
        tracing::warn!(pid = self.main.pid, "descendants of a process do not end after SIGKILL");
    }

    async fn gone_within(&self, time: Duration, signal: Option<Signal>) -> bool {
        let deadline = Instant::now() + time;
        loop {
            if let Some(signal) = signal {
                self.signal(signal);
            }
            if self.is_gone() {
                return true;
            }
            if Instant::now() >= deadline {
                return false;
            }
            sleep(LOOK_EVERY).await;
        }
    }
}

fn is_same(one: &Entry, other: &Entry) -> bool {
    one.pid == other.pid && one.start == other.start && !other.zombie
}

/// Kills the group of a process that could not be recorded.
pub(super) fn kill_group(pid: i32) -> io::Result<()> {
    match killpg(Pid::from_raw(pid), Signal::SIGKILL) {
        Err(Errno::ESRCH) => Ok(()),
        result => Ok(result?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descendants_stay_recorded_after_their_parents_ended() {
        let entry = |pid, parent| Entry { pid, parent, group: 1, start: 7, zombie: false };
        let main = Identity { boot: "b".into(), pid: 10, start: 7, nonce: "n".into() };
        let tree = Tree::new(main);
        let pids = |tree: &Tree| -> Vec<i32> { tree.recorded.lock().unwrap().iter().map(|e| e.pid).collect() };
        tree.record(&[entry(10, 1), entry(11, 10), entry(12, 11), entry(20, 1)]);
        assert_eq!(pids(&tree), [11, 12]);
        // 11 ended, so 12 belongs to init now; it has started 13. The number 10 was given to somebody else's child.
        tree.record(&[entry(12, 1), entry(13, 12), entry(20, 1)]);
        assert_eq!(pids(&tree), [12, 13]);
    }
}
