//! Ends a whole process tree: the group of an attempt and the descendants that left the group.

use std::{
    io,
    path::{Path, PathBuf},
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
    adopt::{self, Member, TREE_FILE},
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
    /// What `tree.json` says of them.
    written: Arc<Mutex<Vec<Member>>>,
    /// The pipes of its output: whoever writes to them belongs to it, whatever it has left behind.
    pipes: Arc<[PathBuf]>,
}

impl Tree {
    /// The tree that starts at `main`, which leads a process group of its own.
    pub(super) fn new(main: Identity) -> Self {
        let variable = format!("{NONCE_VARIABLE}={}", main.nonce);
        Self { main, variable, recorded: Arc::default(), written: Arc::default(), pipes: Arc::default() }
    }

    /// The same tree, whose output goes to these files and to nobody else's.
    #[must_use]
    pub(super) fn writing_to(self, files: Vec<PathBuf>) -> Self {
        Self { pipes: files.into(), ..self }
    }

    /// Remembers the descendants in this process table.
    pub(super) fn record(&self, table: &[Entry]) {
        let mut recorded = self.recorded.lock().unwrap_or_else(PoisonError::into_inner);
        recorded.retain(|old| table.iter().any(|new| is_same(old, new)));
        // The number of a main process that has ended may be another's by now.
        let main = table.iter().find(|entry| entry.pid == self.main.pid && entry.start == self.main.start);
        let roots: Vec<i32> = recorded.iter().chain(main).map(|entry| entry.pid).collect();
        for entry in roots.into_iter().flat_map(|root| identity::descendants(table, root)) {
            if recorded.len() < MOST_RECORDED && !recorded.iter().any(|old| is_same(old, &entry)) {
                recorded.push(entry);
            }
        }
    }

    /// Writes down which descendants have left the group, so that they are found again when this supervisor dies.
    pub(super) fn keep(&self, dir: &Path) -> io::Result<()> {
        let recorded = self.recorded.lock().unwrap_or_else(PoisonError::into_inner);
        let outside = recorded.iter().filter(|entry| entry.group != self.main.pid);
        let outside: Vec<_> = outside.map(|entry| Member { pid: entry.pid, start: entry.start }).collect();
        drop(recorded);
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        if *written != outside {
            adopt::write(dir, TREE_FILE, &outside)?;
            *written = outside;
        }
        Ok(())
    }

    /// Remembers what a supervisor that died had written down, and what descends from it and from the main process now.
    pub(super) fn resume(&self, dir: &Path) {
        match adopt::outside(dir, &self.main) {
            Ok(outside) => self.recorded.lock().unwrap_or_else(PoisonError::into_inner).extend(outside),
            Err(error) => tracing::warn!(%error, "descendants that left their group may be lost"),
        }
        // While parents live; the next look may come too late.
        self.remember_descendants();
    }

    /// The processes of the tree in this process table, as far as they are known without a look at environments.
    pub(super) fn members(&self, table: &[Entry]) -> Vec<i32> {
        let recorded = self.recorded.lock().unwrap_or_else(PoisonError::into_inner);
        let is_member = |entry: &&Entry| {
            let in_group = entry.group == self.main.pid || entry.pid == self.main.pid;
            !entry.zombie && (in_group || recorded.iter().any(|old| is_same(old, entry)))
        };
        if !self.group_is_ours() {
            return Vec::new();
        }
        table.iter().filter(is_member).map(|entry| entry.pid).collect()
    }

    /// Sends a signal to the group and to every descendant that left it.
    pub(super) fn signal(&self, signal: Signal) {
        self.signal_group(signal);
        // Who looks whether the tree is gone learns when they cannot be found.
        for pid in self.escaped().unwrap_or_default() {
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
            && identity::table().map_or(true, |table| table.iter().any(runs))
    }

    /// True when members of the group run although nobody looks after them, where only the group tells.
    pub(super) fn is_left_behind(&self) -> bool {
        identity::RECORDS_TREE && self.group_is_alive()
    }

    /// False when the number of the group belongs to a later process, or was given in another life of the machine.
    fn group_is_ours(&self) -> bool {
        self.main.is_of_this_boot()
            && !matches!(identity::entry(self.main.pid), Ok(Some(entry)) if entry.start != self.main.start)
    }

    /// True while a descendant runs that was seen before and has left the group, or has not.
    pub(super) fn remembers_living(&self) -> bool {
        let recorded = self.recorded.lock().unwrap_or_else(PoisonError::into_inner);
        recorded.iter().any(|old| matches!(identity::entry(old.pid), Ok(Some(new)) if is_same(old, &new)))
    }

    /// True when one of these processes belongs to the tree.
    pub(super) fn owns_any(&self, pids: &[i32]) -> bool {
        let writes = |pid: i32| identity::output_files(pid).iter().any(|file| self.pipes.contains(file));
        pids.iter().any(|pid| identity::carries(*pid, &self.variable) || writes(*pid))
    }

    /// Counts these processes among the tree, though nothing tells that they belong to it.
    pub(super) fn claim(&self, pids: &[i32]) {
        let mut recorded = self.recorded.lock().unwrap_or_else(PoisonError::into_inner);
        for entry in pids.iter().filter_map(|pid| identity::entry(*pid).ok().flatten()) {
            if recorded.len() < MOST_RECORDED && !recorded.iter().any(|old| is_same(old, &entry)) {
                recorded.push(entry);
            }
        }
    }

    /// Descendants outside the group.
    fn escaped(&self) -> io::Result<Vec<i32>> {
        let mut pids = identity::carrying(&self.variable)?;
        pids.extend(identity::writing_to(&self.pipes)?);
        let recorded = self.recorded.lock().unwrap_or_else(PoisonError::into_inner);
        for old in recorded.iter() {
            if matches!(identity::entry(old.pid), Ok(Some(new)) if is_same(old, &new)) && !pids.contains(&old.pid) {
                pids.push(old.pid);
            }
        }
        let ours = self.group_is_ours();
        let in_group = |pid: i32| matches!(identity::entry(pid), Ok(Some(entry)) if entry.group == self.main.pid);
        pids.retain(|pid| !(ours && in_group(*pid)));
        Ok(pids)
    }

    fn is_gone(&self) -> bool {
        // Who cannot look (no file descriptor left) must not say so.
        !self.group_is_alive() && self.escaped().is_ok_and(|escaped| escaped.is_empty())
    }

    /// While parents live, descendants are found by them; afterwards those without the nonce would be lost.
    fn remember_descendants(&self) {
        match identity::table() {
            Ok(table) => self.record(&table),
            Err(error) => tracing::warn!(%error, "failed to read the process list"),
        }
    }

    /// What is left of the tree: it was killed and did not end.
    fn left(&self) -> Vec<i32> {
        let in_group = |entry: &Entry| entry.group == self.main.pid && !entry.zombie;
        let group = if self.group_is_ours() { identity::table().unwrap_or_default() } else { Vec::new() };
        let group = group.into_iter().filter(in_group).map(|entry| entry.pid);
        // Who cannot look does not claim that nothing is left.
        let escaped = self.escaped().unwrap_or_else(|_| vec![self.main.pid]);
        group.chain(escaped).collect()
    }

    /// Asks the tree to end, and kills it after `grace`. Returns early when `ended` is cancelled: whoever does that
    /// clears the leftovers.
    pub(super) async fn terminate(self, grace: Duration, ended: CancellationToken) {
        self.remember_descendants();
        self.signal(Signal::SIGTERM);
        // A stopped process hears nothing until it is continued.
        self.signal(Signal::SIGCONT);
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

    /// Ends what is left after the main process: SIGTERM, a short grace, SIGKILL until nothing is left. Answers with
    /// what does not go even then.
    pub(super) async fn clear(&self) -> Vec<i32> {
        self.end_within(LEFTOVER_GRACE).await
    }

    /// Ends all of the tree where nobody else watches its main process: SIGTERM, SIGKILL after `grace` until nothing is
    /// left. Answers with what does not go even then.
    pub(super) async fn end(&self, grace: Duration) -> Vec<i32> {
        self.remember_descendants();
        self.end_within(grace).await
    }

    async fn end_within(&self, grace: Duration) -> Vec<i32> {
        self.signal(Signal::SIGTERM);
        // A stopped process hears nothing until it is continued.
        self.signal(Signal::SIGCONT);
        if self.gone_within(grace, None).await || self.gone_within(KILL_PATIENCE, Some(Signal::SIGKILL)).await {
            return Vec::new();
        }
        let left = self.left();
        tracing::warn!(pid = self.main.pid, ?left, "processes of an attempt do not end after SIGKILL");
        left
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
