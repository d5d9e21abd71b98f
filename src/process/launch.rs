//! Starts the supervisor process so that it belongs to nobody: the daemon starts a launcher, the launcher starts the
//! supervisor and ends, and init becomes the supervisor's parent.

use std::{
    env, fs,
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    process::{Command, ExitCode, Stdio},
    time::Duration,
};

use tokio::{io::AsyncBufReadExt, time::timeout};

use super::{endpoint, pool::Options};

/// Name of the hidden command.
pub const COMMAND: &str = "supervise";
/// Flag of the launcher.
pub const DETACH: &str = "--detach";
/// Option that says how long an unused supervisor stays.
pub const IDLE: &str = "--idle-seconds";
/// How long an unused supervisor stays by default.
pub const DEFAULT_IDLE: Duration = Duration::from_secs(60);

/// Faults of the supervisor go here.
const LOG_FILE: &str = "supervisor.log";
/// A supervisor that does not speak within this time is broken.
const PATIENCE: Duration = Duration::from_secs(15);
/// All of the daemon's environment that the supervisor gets: its own nonce must not be among it, for then it would
/// belong to the process tree of an attempt, and secrets have no business there.
const ENVIRONMENT: [&str; 3] = ["PATH", "HOME", "TMPDIR"];

/// What a starting supervisor says on standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Launched {
    /// It listens.
    Ready(i32),
    /// Another supervisor takes the new attempts, or is about to.
    Busy,
}

impl Launched {
    /// Tells the daemon, if it still listens.
    pub(super) fn announce(self) -> io::Result<()> {
        let mut stdout = io::stdout();
        match self {
            Self::Ready(pid) => writeln!(stdout, "ready {pid}")?,
            Self::Busy => writeln!(stdout, "busy")?,
        }
        stdout.flush()
    }

    fn parse(line: &str) -> Option<Self> {
        match line.trim().split_once(' ') {
            Some(("ready", pid)) => pid.parse().ok().map(Self::Ready),
            None if line.trim() == "busy" => Some(Self::Busy),
            _ => None,
        }
    }
}

/// Starts a supervisor and waits until it listens.
#[expect(clippy::disallowed_methods, reason = "this is the one place that starts the supervisor")]
pub(super) async fn start(options: &Options) -> io::Result<Launched> {
    endpoint::private_folder(&options.run_dir)?;
    let log_path = options.run_dir.join(LOG_FILE);
    let log = fs::OpenOptions::new().create(true).append(true).mode(0o600).open(&log_path)?;
    let mut command = tokio::process::Command::new(&options.binary);
    command.args([COMMAND, "--root"]).arg(&options.root).arg(IDLE).arg(options.idle.as_secs().to_string()).arg(DETACH);
    command.env_clear().envs(ENVIRONMENT.iter().filter_map(|name| Some((name, env::var_os(name)?))));
    // A group of its own for the launcher, so that the supervisor, which does not lead it, can start a session.
    command.process_group(0).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
    let mut launcher = command.spawn()?;
    let stdout = launcher.stdout.take().ok_or_else(|| io::Error::other("the launcher has no output"))?;
    let mut line = String::new();
    let mut stdout = tokio::io::BufReader::new(stdout);
    let read = stdout.read_line(&mut line);
    let said = timeout(PATIENCE, async { tokio::try_join!(read, launcher.wait()) }).await;
    said.map_err(|_| io::Error::new(io::ErrorKind::TimedOut, "the supervisor does not start"))??;
    Launched::parse(&line)
        .ok_or_else(|| io::Error::other(format!("the supervisor did not start; see {}", log_path.display())))
}

/// The launcher: starts `supervise` without `--detach` and ends at once. Standard output is the supervisor's.
#[expect(clippy::disallowed_methods, reason = "this is the one place that starts the supervisor")]
pub fn detach(root: &Path, idle: Duration) -> ExitCode {
    let start = || {
        let mut command = Command::new(env::current_exe()?);
        command.args([COMMAND, "--root"]).arg(root).arg(IDLE).arg(idle.as_secs().to_string());
        command.current_dir("/").spawn()
    };
    match start() {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            let _nobody_listens = writeln!(io::stderr(), "failed to start the supervisor: {error}");
            ExitCode::FAILURE
        }
    }
}
