//! A real daemon: the built program on a root of its own, and its command line.

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;

/// The built program.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_moziplus");
/// How long anything may take before a test gives up.
const PATIENCE: Duration = Duration::from_secs(30);

/// A root folder with a daemon that can be started, stopped and killed.
pub struct Root {
    folder: TempDir,
    daemon: Option<Child>,
}

/// What a command answered.
#[derive(Debug)]
pub struct Answer {
    /// Exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Answer {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// The answer of a command that must have succeeded.
    pub fn ok(self) -> Self {
        assert_eq!(self.code, 0, "{self:?}");
        self
    }

    /// Standard output as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The error object on standard error.
    pub fn problem(&self) -> Value {
        serde_json::from_str(&self.err).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

impl Root {
    /// A root with this `agents.yaml` and these settings; nothing runs yet.
    pub fn new(agents: &str, settings: &str) -> Self {
        Self::below(&std::env::temp_dir(), agents, settings)
    }

    /// The same in a folder of its own below another one, such as a disk that is to be filled.
    pub fn below(place: &Path, agents: &str, settings: &str) -> Self {
        let folder = tempfile::tempdir_in(place).unwrap();
        let root = Self { folder, daemon: None };
        root.write("config/agents.yaml", agents);
        root.write("config/default.yaml", settings);
        root.cli(["init"]).ok();
        root
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file below the root.
    pub fn write(&self, below: &str, text: &str) -> PathBuf {
        let path = self.path().join(below);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Starts the daemon on a free port and waits until it answers.
    pub fn start(&mut self) -> &mut Self {
        self.start_after("true")
    }

    /// The same after a command of the shell, such as `ulimit -n 64`.
    pub fn start_after(&mut self, shell: &str) -> &mut Self {
        // A file, because a pipe that nobody reads would stop a daemon that has much to say.
        let said = std::fs::OpenOptions::new().create(true).append(true).open(self.path().join("daemon.out")).unwrap();
        let mut command = self.shell(&format!("{shell}; exec \"$0\" serve --bind 127.0.0.1:0"));
        let child = command.stdout(said.try_clone().unwrap()).stderr(said).spawn().unwrap();
        self.daemon = Some(child);
        wait_for("the daemon to answer", || self.cli(["--json", "daemon", "status"]).code == 0);
        self
    }

    /// Stops the daemon in order.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.daemon.take() {
            let pid = nix::unistd::Pid::from_raw(child.id() as i32);
            nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGTERM).unwrap();
            child.wait().unwrap();
        }
    }

    /// Kills the daemon as a power cut would.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.daemon.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// Runs a command as a person.
    pub fn cli<const N: usize>(&self, args: [&str; N]) -> Answer {
        Answer::of(self.command(args).output().unwrap())
    }

    /// Runs a command with variables of its own, as an agent would.
    pub fn cli_as(&self, variables: &[(&str, &str)], args: &[&str]) -> Answer {
        let mut command = self.command([]);
        Answer::of(command.envs(variables.iter().copied()).args(args).output().unwrap())
    }

    /// The daemon's process.
    pub fn pid(&self) -> nix::unistd::Pid {
        nix::unistd::Pid::from_raw(self.daemon.as_ref().unwrap().id() as i32)
    }

    /// Everything that the daemons of this root have said.
    pub fn said(&self) -> String {
        std::fs::read_to_string(self.path().join("daemon.out")).unwrap_or_default()
    }

    fn command<const N: usize>(&self, args: [&str; N]) -> Command {
        let mut command = self.program(PROGRAM);
        command.args(args);
        command
    }

    /// A command of the shell that finds the program as `$0`.
    fn shell(&self, script: &str) -> Command {
        let mut command = self.program("sh");
        command.args(["-c", script, PROGRAM]);
        command
    }

    #[expect(clippy::disallowed_methods, reason = "a test starts the program as a user would")]
    fn program(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env("MOZIPLUS_ROOT", self.path()).env("NO_COLOR", "1").current_dir(self.path());
        for name in ["MOZIPLUS_TASK", "MOZIPLUS_AGENT", "MOZIPLUS_ATTEMPT", "MOZIPLUS_TOKEN", "MOZIPLUS_PROJECT"] {
            command.env_remove(name);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Where HTTP is answered.
    pub fn address(&self) -> String {
        let note = std::fs::read_to_string(self.path().join("run/daemon.json")).unwrap();
        let note: Value = serde_json::from_str(&note).unwrap();
        format!("http://{}", note["address"].as_str().unwrap())
    }

    /// The body of a GET request.
    pub fn get(&self, path: &str) -> Value {
        self.request("GET", path, None).1
    }

    /// Status and body of a GET request; none when nobody answers.
    pub fn try_get(&self, path: &str) -> Option<(u16, Value)> {
        let note: Value =
            serde_json::from_str(&std::fs::read_to_string(self.path().join("run/daemon.json")).ok()?).ok()?;
        let url = format!("http://{}{path}", note["address"].as_str()?);
        runtime().block_on(async {
            let response = reqwest::Client::new().get(url).send().await.ok()?;
            Some((response.status().as_u16(), response.json().await.ok()?))
        })
    }

    /// Status and body of a request; an empty or other body is null.
    pub fn request(&self, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
        let url = format!("{}{path}", self.address());
        let method = method.parse().unwrap();
        let send = async move {
            let mut request = reqwest::Client::new().request(method, url);
            if let Some(body) = body {
                request = request.json(&body);
            }
            let response = request.send().await.unwrap();
            let status = response.status().as_u16();
            (status, response.json().await.unwrap_or(Value::Null))
        };
        runtime().block_on(send)
    }

    /// A task as the API shows it.
    pub fn task(&self, project: &str, task: &str) -> Value {
        self.get(&format!("/api/projects/{project}/tasks/{task}?expand=all"))
    }

    /// Waits until a task has this status.
    pub fn wait_for_status(&self, project: &str, task: &str, status: &str) -> Value {
        let mut last = Value::Null;
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            last = self.task(project, task);
            if last["status"] == status {
                return last;
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        panic!("{task} did not become {status}: {last:#}");
    }
}

impl Drop for Root {
    fn drop(&mut self) {
        if let Some(mut child) = self.daemon.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
        // Agents of a failed test would otherwise outlive it, as they should outlive a daemon.
        let run = self.path().join("run");
        for entry in std::fs::read_dir(run).into_iter().flatten().flatten() {
            let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
            let pid = serde_json::from_str::<Value>(&text).ok().and_then(|note| note["pid"].as_i64());
            if let Some(pid) = pid.and_then(|pid| i32::try_from(pid).ok()).filter(|pid| *pid > 1) {
                let _ = nix::sys::signal::kill(nix::unistd::Pid::from_raw(pid), nix::sys::signal::Signal::SIGKILL);
            }
        }
    }
}

/// Waits until a condition holds.
pub fn wait_for(what: &str, holds: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < deadline, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(25));
    }
}

/// A runtime for a request of a test that is not asynchronous itself.
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}
