//! Who runs the daemon: the test itself, or a real pm2 with the shipped file.

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use crate::support::daemon::{PROGRAM, Root, wait_for};

/// Keeps a daemon running.
pub enum Host {
    /// A child of the test.
    Plain(Option<Child>),
    /// An app of pm2, which starts it again by itself.
    Pm2 {
        /// The program.
        program: PathBuf,
        /// The root.
        root: PathBuf,
        /// pm2's own folder.
        home: tempfile::TempDir,
    },
}

impl Host {
    /// As the environment asks for.
    pub fn new(root: &Path) -> Self {
        match std::env::var_os("CHAOS_PM2") {
            None => Self::Plain(None),
            Some(program) => {
                let (program, root) = (program.into(), root.to_owned());
                Self::Pm2 { program, root, home: tempfile::tempdir().unwrap() }
            }
        }
    }

    /// Starts it and waits until it answers.
    pub fn start(&mut self, root: &Root) {
        match self {
            Self::Plain(child) => *child = Some(plain(root.path())),
            Self::Pm2 { .. } => {
                drop(self.pm2(&["start", concat!(env!("CARGO_MANIFEST_DIR"), "/ecosystem.config.cjs")]))
            }
        }
        self.await_answer(root);
    }

    /// Has it run again after whatever happened to it.
    pub fn recover(&mut self, root: &Root) {
        let answers = || pid(root.path()).is_some() && root.cli(["--json", "daemon", "status"]).code == 0;
        // A killed process looks dead before it can be waited for: its threads take a moment.
        while let Self::Plain(Some(child)) = self {
            if child.try_wait().unwrap().is_some() {
                return self.start(root);
            }
            if answers() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        self.await_answer(root);
    }

    /// Stops it in order and starts it again.
    pub fn restart(&mut self, root: &Root) {
        match self {
            Self::Plain(_) => {
                self.stop(root);
                self.start(root);
            }
            Self::Pm2 { .. } => {
                self.pm2(&["restart", "moziplus"]);
                self.await_answer(root);
            }
        }
    }

    /// Stops it in order.
    pub fn stop(&mut self, root: &Root) {
        match self {
            Self::Plain(child) => {
                if let (Some(pid), Some(child)) = (pid(root.path()), child.as_mut()) {
                    signal(pid, nix::sys::signal::Signal::SIGTERM);
                    child.wait().unwrap();
                }
                *child = None;
            }
            Self::Pm2 { .. } => drop(self.pm2(&["stop", "moziplus"])),
        }
    }

    fn await_answer(&self, root: &Root) {
        wait_for("the daemon to answer", || {
            pid(root.path()).is_some() && root.cli(["--json", "daemon", "status"]).code == 0
        });
    }

    /// What pm2 itself has logged.
    pub fn log(&self) -> String {
        let Self::Pm2 { home, .. } = self else { return String::new() };
        std::fs::read_to_string(home.path().join("pm2.log")).unwrap_or_default()
    }

    /// Runs a command of pm2; answers with what it says.
    #[expect(clippy::disallowed_methods, reason = "a test starts programs as a user would")]
    pub fn pm2(&self, arguments: &[&str]) -> String {
        let Self::Pm2 { program, root, home } = self else { return String::new() };
        let mut command = Command::new(program);
        command.args(arguments).env("PM2_HOME", home.path()).env("MOZIPLUS_ROOT", root).env("MOZIPLUS_BIN", PROGRAM);
        let output = command.stdin(Stdio::null()).output().unwrap();
        assert!(output.status.success(), "pm2 {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        match self {
            Self::Plain(Some(child)) => {
                let _over_already = child.kill();
                let _over_already = child.wait();
            }
            Self::Plain(None) => {}
            Self::Pm2 { .. } => drop(self.pm2(&["kill"])),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a test starts the program as a user would")]
fn plain(root: &Path) -> Child {
    let said = std::fs::OpenOptions::new().create(true).append(true).open(root.join("daemon.out")).unwrap();
    let mut command = Command::new(PROGRAM);
    command.args(["serve", "--root"]).arg(root).stdin(Stdio::null()).current_dir(root);
    command.stdout(said.try_clone().unwrap()).stderr(said).spawn().unwrap()
}

/// The daemon that holds the root now.
pub fn pid(root: &Path) -> Option<i32> {
    let note: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(root.join("run/daemon.json")).ok()?).ok()?;
    let pid = i32::try_from(note["pid"].as_i64()?).ok()?;
    let is_daemon =
        note["role"] == "daemon" && moziplus::process::identity::entry(pid).ok()?.is_some_and(|e| !e.zombie);
    is_daemon.then_some(pid)
}

/// Sends a signal; whoever ended meanwhile need not hear it.
pub fn signal(pid: i32, signal: nix::sys::signal::Signal) {
    let _ended_meanwhile = nix::sys::signal::kill(nix::unistd::Pid::from_raw(pid), signal);
}
