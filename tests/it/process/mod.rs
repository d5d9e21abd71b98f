//! Real processes under a real supervisor process.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

mod ending;
mod resources;
mod running;
mod surviving;

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use moziplus::{
    clock::{Clock, SystemClock},
    model::{agent::Limits, ids::AttemptId},
    process::{
        Exit, Options, SpawnSpec, Supervisor,
        adopt::{Found, look},
        identity::entry,
    },
};
use nix::{
    sys::signal::{Signal, kill, killpg},
    unistd::Pid,
};
use tokio::{sync::broadcast, time::timeout};

/// Far longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// A root folder; what still runs in it ends with it.
struct Ground(tempfile::TempDir);

impl Ground {
    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        for dir in fs::read_dir(self.path().join("archive")).into_iter().flatten().flatten() {
            if let Ok(Found::Running(record)) = look(&dir.path()) {
                let _ended_meanwhile = killpg(Pid::from_raw(record.pid), Signal::SIGKILL);
            }
        }
    }
}

/// A root with a handle to its supervisor.
struct Yard {
    root: Ground,
    supervisor: Supervisor,
    exits: broadcast::Receiver<Exit>,
}

impl Yard {
    fn new() -> Self {
        let root = Ground(tempfile::tempdir().unwrap());
        fs::create_dir(root.path().join("run")).unwrap();
        let supervisor = Supervisor::new(options(root.path()));
        let exits = supervisor.exits();
        Self { root, supervisor, exits }
    }

    /// The daemon goes away without a word and comes back.
    fn restart(self) -> Self {
        let Self { root, supervisor, exits } = self;
        drop((supervisor, exits));
        let supervisor = Supervisor::new(options(root.path()));
        let exits = supervisor.exits();
        Self { root, supervisor, exits }
    }

    fn spec(&self, number: i64, script: &str) -> SpawnSpec {
        SpawnSpec {
            attempt: id(number),
            dir: self.dir(number),
            argv: ["sh", "-c", script].map(str::to_owned).to_vec(),
            cwd: self.root.path().to_owned(),
            env: vec![("PATH".to_owned(), std::env::var("PATH").unwrap())],
            stdin: None,
            nonce: self.nonce(number),
            log_limit_bytes: 1024 * 1024,
            limits: Limits::default(),
        }
    }

    /// Of the attempts of this yard; another yard's differ.
    fn nonce(&self, number: i64) -> String {
        format!("{number}-{}", self.root.path().display())
    }

    async fn sh(&self, number: i64, script: &str) -> i32 {
        self.supervisor.spawn(self.spec(number, script)).await.unwrap().pid
    }

    async fn terminate(&self, number: i64, grace: Duration) {
        self.supervisor.terminate(&id(number), &self.dir(number), grace).await;
    }

    fn dir(&self, number: i64) -> PathBuf {
        self.root.path().join(format!("archive/{number}"))
    }

    fn file(&self, number: i64, name: &str) -> String {
        fs::read_to_string(self.dir(number).join(name)).unwrap_or_default()
    }

    async fn exit(&mut self, number: i64) -> Exit {
        let wait = async {
            loop {
                let exit = self.exits.recv().await.unwrap();
                if exit.attempt == id(number) {
                    return exit;
                }
            }
        };
        timeout(PATIENCE, wait).await.expect("the exit is told")
    }

    /// Code and signal of an exit.
    async fn end(&mut self, number: i64) -> (Option<i32>, Option<i32>) {
        let exit = self.exit(number).await;
        (exit.code, exit.signal)
    }

    /// Waits until the process has written a number into a file below the root.
    async fn pid_in(&self, name: &str) -> i32 {
        let path = self.root.path().join(name);
        until(|| fs::read_to_string(&path).is_ok_and(|text| text.ends_with('\n'))).await;
        fs::read_to_string(path).unwrap().trim().parse().unwrap()
    }

    /// Pids of the supervisors that `run/` tells of, youngest last.
    fn supervisors(&self) -> Vec<i32> {
        let entries = fs::read_dir(self.root.path().join("run")).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut pids: Vec<i32> =
            names.filter_map(|name| name.strip_prefix("supervisor-")?.strip_suffix(".json")?.parse().ok()).collect();
        pids.sort_unstable();
        pids
    }
}

fn options(root: &Path) -> Options {
    let mut options = Options::new(root, || SystemClock.now()).unwrap();
    options.binary = env!("CARGO_BIN_EXE_moziplus").into();
    options.idle = Duration::from_secs(1);
    options
}

fn id(number: i64) -> AttemptId {
    format!("yard.t-1.{number}").parse().unwrap()
}

async fn until(condition: impl FnMut() -> bool) {
    assert!(happens(condition).await, "the condition comes true in time");
}

async fn happens(mut condition: impl FnMut() -> bool) -> bool {
    let wait = async {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(PATIENCE, wait).await.is_ok()
}

/// True while the process runs. One that ended and was not reaped does not: init may be slow.
fn is_there(pid: i32) -> bool {
    entry(pid).unwrap().is_some_and(|entry| !entry.zombie)
}

/// Processes that stand still until this is dropped.
struct Stopped(Vec<i32>);

impl Stopped {
    fn supervisors_of(yard: &Yard) -> Self {
        let stopped = Self(yard.supervisors());
        stopped.0.iter().for_each(|pid| kill(Pid::from_raw(*pid), Signal::SIGSTOP).unwrap());
        stopped
    }
}

impl Drop for Stopped {
    fn drop(&mut self) {
        for pid in &self.0 {
            let _gone = kill(Pid::from_raw(*pid), Signal::SIGCONT);
        }
    }
}

fn kill_hard(pid: i32) {
    kill(Pid::from_raw(pid), Signal::SIGKILL).unwrap();
}
