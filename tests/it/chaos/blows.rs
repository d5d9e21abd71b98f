//! What is done to them, and when.

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use moziplus::process::{
    adopt::{Found, look},
    identity::{RECORDS_TREE, entry},
};
use nix::sys::signal::Signal::{SIGCONT, SIGKILL, SIGSTOP};

use super::{
    Dice, checks,
    ground::Ground,
    host::{pid, signal},
    load::cli,
};
use crate::support::daemon::wait_for;

/// Something bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blow {
    /// The daemon is killed.
    Daemon,
    /// The supervisor is killed.
    Supervisor,
    /// Some agents are killed.
    Agents,
    /// Daemon and supervisor are killed.
    Both,
    /// Supervisor and agents are killed, so that nobody sees them end.
    Unseen,
    /// All of them are killed.
    Everybody,
    /// The daemon is killed while an agent starts.
    DaemonAtStart,
    /// The supervisor is killed while an agent starts.
    SupervisorAtStart,
    /// Both are killed while an agent starts.
    BothAtStart,
    /// The daemon is killed while somebody writes.
    DaemonAtCommit,
    /// The daemon is killed while an agent ends.
    DaemonAtExit,
    /// The supervisor is killed while an agent ends.
    SupervisorAtExit,
    /// The daemon is stopped in order and started again.
    Restart,
    /// The daemon stands still for a moment.
    Pause,
    /// The supervisor stands still for a while.
    SupervisorPause,
    /// The supervisor stands still while the daemon is killed and comes back.
    SupervisorPauseDaemon,
    /// A task is cancelled.
    Cancel,
    /// A task is cancelled while the supervisor stands still.
    CancelInPause,
}

impl Blow {
    /// All kinds.
    pub const ALL: [Self; 18] = [
        Self::Daemon,
        Self::Supervisor,
        Self::Agents,
        Self::Both,
        Self::Unseen,
        Self::Everybody,
        Self::DaemonAtStart,
        Self::SupervisorAtStart,
        Self::BothAtStart,
        Self::DaemonAtCommit,
        Self::DaemonAtExit,
        Self::SupervisorAtExit,
        Self::Restart,
        Self::Pause,
        Self::SupervisorPause,
        Self::SupervisorPauseDaemon,
        Self::Cancel,
        Self::CancelInPause,
    ];

    /// Strikes; answers with the task that was cancelled, if one was.
    pub fn strike(self, ground: &mut Ground, dice: &mut Dice) -> Option<String> {
        let root = ground.path().to_owned();
        match self {
            Self::Daemon => kill(daemon(&root)),
            Self::Supervisor => kill(supervisors(&root)),
            Self::Agents => kill(agents(&root).into_iter().filter(|_| dice.below(2) == 0)),
            Self::Both => kill(daemon(&root).into_iter().chain(supervisors(&root))),
            Self::Unseen => kill(supervisors(&root).into_iter().chain(agents(&root))),
            Self::Everybody => kill(daemon(&root).into_iter().chain(supervisors(&root)).chain(agents(&root))),
            Self::DaemonAtStart => at_start(&root, dice, daemon),
            Self::SupervisorAtStart => at_start(&root, dice, supervisors),
            Self::BothAtStart => at_start(&root, dice, |root| [daemon(root), supervisors(root)].concat()),
            Self::DaemonAtCommit => at_commit(ground, dice),
            Self::DaemonAtExit => at_exit(&root, dice, daemon),
            Self::SupervisorAtExit => at_exit(&root, dice, supervisors),
            Self::Restart => ground.host.restart(&ground.root),
            Self::Pause => pause(&root, dice),
            // Also for longer than a start is waited for.
            Self::SupervisorPause => stopped(&root, |_| std::thread::sleep(Duration::from_millis(dice.below(35_000)))),
            Self::SupervisorPauseDaemon => stopped(&root, |root| {
                std::thread::sleep(Duration::from_millis(dice.below(500)));
                kill(daemon(root));
                ground.host.recover(&ground.root);
                std::thread::sleep(Duration::from_millis(dice.below(8000)));
            }),
            Self::Cancel => return cancel(ground, dice),
            Self::CancelInPause => return stopped(&root, |_| cancel(ground, dice)),
        }
        None
    }
}

/// Kills all of them at once, and waits until they are dead.
fn kill(pids: impl IntoIterator<Item = i32>) {
    let pids: Vec<i32> = pids.into_iter().collect();
    pids.iter().for_each(|pid| signal(*pid, SIGKILL));
    for pid in pids {
        wait_for("a killed process to be dead", || {
            !entry(pid).is_ok_and(|entry| entry.is_some_and(|entry| !entry.zombie))
        });
    }
}

fn daemon(root: &Path) -> Vec<i32> {
    pid(root).into_iter().collect()
}

fn supervisors(root: &Path) -> Vec<i32> {
    let names = fs::read_dir(root.join("run")).into_iter().flatten().flatten().map(|entry| entry.file_name());
    let pids =
        names.filter_map(|name| name.to_str()?.strip_prefix("supervisor-")?.strip_suffix(".json")?.parse::<i32>().ok());
    pids.filter(|pid| is_supervisor(*pid)).collect()
}

/// A dead one leaves its record behind, and its number may be somebody else's by now.
fn is_supervisor(pid: i32) -> bool {
    if RECORDS_TREE {
        return entry(pid).is_ok_and(|entry| entry.is_some());
    }
    fs::read(format!("/proc/{pid}/cmdline"))
        .is_ok_and(|line| line.split(|byte| *byte == 0).any(|word| word == b"supervise"))
}

/// The folders of all attempts.
fn attempts(root: &Path) -> Vec<PathBuf> {
    let below = |path: PathBuf| fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path());
    below(root.join("projects/pit/artifacts")).flat_map(|task| below(task.join("archive"))).collect()
}

/// Main processes that run.
fn agents(root: &Path) -> Vec<i32> {
    let found = attempts(root).into_iter().filter_map(|dir| match look(&dir) {
        Ok(Found::Running(record)) => Some(record.pid),
        _ => None,
    });
    found.collect()
}

/// Waits until another file of this name appears in an attempt's folder, and a little longer; gives up after a while.
fn await_file(root: &Path, name: &str, dice: &mut Dice) {
    let has_it = |dir: &PathBuf| dir.join(name).exists();
    let before: HashSet<_> = attempts(root).into_iter().filter(has_it).collect();
    let end = Instant::now() + Duration::from_secs(5);
    while Instant::now() < end && !attempts(root).iter().any(|dir| !before.contains(dir) && has_it(dir)) {
        std::thread::sleep(Duration::from_micros(500));
    }
    std::thread::sleep(Duration::from_micros(dice.below(15_000)));
}

fn at_start(root: &Path, dice: &mut Dice, victims: impl Fn(&Path) -> Vec<i32>) {
    let victims = victims(root);
    await_file(root, "prompt.md", dice);
    kill(victims);
}

fn at_exit(root: &Path, dice: &mut Dice, victims: impl Fn(&Path) -> Vec<i32>) {
    let victims = victims(root);
    if dice.below(2) == 0 {
        await_file(root, "exit.json", dice);
    } else if let Some(agent) = agents(root).first() {
        signal(*agent, SIGKILL);
        std::thread::sleep(Duration::from_micros(dice.below(15_000)));
    }
    kill(victims);
}

fn at_commit(ground: &Ground, dice: &mut Dice) {
    let root = ground.path().to_owned();
    let wait = Duration::from_millis(dice.below(300));
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let create = ["blackboard", "create", "--title", "at the wrong moment", "--risk", "low"];
                if let Some(task) = cli(&root, &[], &create) {
                    ground.shared.was_created(task["id"].as_str().unwrap());
                }
            });
        }
        std::thread::sleep(wait);
        kill(daemon(&root));
    });
}

fn pause(root: &Path, dice: &mut Dice) {
    let Some(daemon) = pid(root) else { return };
    signal(daemon, SIGSTOP);
    std::thread::sleep(Duration::from_millis(200 + dice.below(1500)));
    signal(daemon, SIGCONT);
}

/// Does something while the supervisors stand still.
fn stopped<T>(root: &Path, meanwhile: impl FnOnce(&Path) -> T) -> T {
    /// Lets them go on, also when something fails meanwhile.
    struct Stopped(Vec<i32>);
    impl Drop for Stopped {
        fn drop(&mut self) {
            self.0.iter().for_each(|pid| signal(*pid, SIGCONT));
        }
    }
    let stopped = Stopped(supervisors(root));
    stopped.0.iter().for_each(|pid| signal(*pid, SIGSTOP));
    meanwhile(root)
}

/// Cancels a task that is worked on, and waits for the proof that nothing of its processes is left.
fn cancel(ground: &Ground, dice: &mut Dice) -> Option<String> {
    let open = checks::open_tasks(ground)?;
    let working: Vec<_> = open.iter().filter(|task| task["status"] == "working").collect();
    let task = working.get(dice.below(working.len().max(1) as u64) as usize)?["id"].as_str()?.to_owned();
    let cancelled = cli(ground.path(), &[], &["blackboard", "cancel", "--task", &task])?;
    assert_eq!(cancelled["status"], "cancelled");
    checks::a_cancelled_tree_is_gone(ground, &task);
    Some(task)
}
