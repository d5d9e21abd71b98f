//! Programs that moziplus itself calls for a moment, such as git: no terminal, no questions, a time limit.

use std::{io, path::Path, process::Stdio, time::Duration};

use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt},
    process::{Child, Command},
    time::timeout,
};

/// What is kept of a tool's output, in bytes; the rest is read and dropped.
const KEPT: u64 = 1024 * 1024;

/// Why a tool did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum ToolError {
    /// It could not be started.
    #[error("failed to start {program}")]
    Start {
        /// The program.
        program: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Its output could not be read.
    #[error("failed to read what {program} says")]
    Read {
        /// The program.
        program: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// It took too long and was killed.
    #[error("{program} took longer than {limit:?}")]
    TooSlow {
        /// The program.
        program: String,
        /// How long it was given.
        limit: Duration,
    },
    /// It said that it failed.
    #[error("{program} failed: {message}")]
    Failed {
        /// The program with its first argument.
        program: String,
        /// What it wrote to standard error.
        message: String,
    },
}

/// The process group of a tool: what it started is killed with it when it is given up, also by whoever waits for it.
struct Group(Option<Pid>);

impl Group {
    fn of(child: &Child) -> Self {
        Self(child.id().and_then(|id| i32::try_from(id).ok()).map(Pid::from_raw))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(group) = self.0 {
            // Whoever is gone already needs no killing.
            let _gone = killpg(group, Signal::SIGKILL);
        }
    }
}

/// Runs a program in `folder` and answers with what it printed; a status other than 0 is an error. A program that takes too
/// long is killed with everything that it started.
#[expect(clippy::disallowed_methods, reason = "this is the one place that runs tools")]
pub async fn run(folder: &Path, argv: &[&str], limit: Duration) -> Result<String, ToolError> {
    let (program, arguments) = argv.split_first().unwrap_or((&"", &[]));
    let name = || (*program).to_owned();
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env("GIT_TERMINAL_PROMPT", "0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .kill_on_drop(true)
        .spawn()
        .map_err(|source| ToolError::Start { program: name(), source })?;
    let mut group = Group::of(&child);
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let work = async { tokio::try_join!(read(stdout), read(stderr), child.wait()) };
    let (printed, complained, status) = timeout(limit, work)
        .await
        .map_err(|_| ToolError::TooSlow { program: name(), limit })?
        .map_err(|source| ToolError::Read { program: name(), source })?;
    group.0 = None;
    if status.success() {
        return Ok(printed);
    }
    let message = if complained.trim().is_empty() { status.to_string() } else { complained.trim().to_owned() };
    Err(ToolError::Failed { program: argv.iter().take(2).copied().collect::<Vec<_>>().join(" "), message })
}

async fn read(pipe: Option<impl AsyncRead + Unpin>) -> io::Result<String> {
    let Some(mut pipe) = pipe else { return Ok(String::new()) };
    let mut kept = Vec::new();
    (&mut pipe).take(KEPT).read_to_end(&mut kept).await?;
    tokio::io::copy(&mut pipe, &mut tokio::io::sink()).await?;
    Ok(String::from_utf8_lossy(&kept).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn shell(script: &str, limit: Duration) -> Result<String, ToolError> {
        run(Path::new("/"), &["sh", "-c", script], limit).await
    }

    #[tokio::test]
    async fn output_and_failure_come_back() {
        let long = Duration::from_secs(60);
        assert_eq!(shell("pwd", long).await.unwrap(), "/\n");
        let failed = shell("echo no >&2; exit 3", long).await.unwrap_err();
        assert_eq!(failed.to_string(), "sh -c failed: no");
        let silent = shell("exit 3", long).await.unwrap_err();
        assert_eq!(silent.to_string(), "sh -c failed: exit status: 3");
        assert!(matches!(run(Path::new("/"), &["/no/such/tool"], long).await, Err(ToolError::Start { .. })));
    }

    #[tokio::test]
    async fn a_tool_that_hangs_is_ended() {
        let error = shell("exec sleep 600", Duration::from_millis(50)).await.unwrap_err();
        assert!(matches!(error, ToolError::TooSlow { .. }), "{error}");
    }

    #[tokio::test]
    async fn what_a_hanging_tool_started_ends_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let fifo = folder.path().join("alive");
        nix::unistd::mkfifo(&fifo, nix::sys::stat::Mode::S_IRWXU).unwrap();
        let script = format!("sleep 600 > {} & wait", fifo.display());
        let waiting = shell(&script, Duration::from_millis(500));
        // The end of the pipe comes when the last process that holds it is gone.
        let ended = tokio::task::spawn_blocking(move || std::fs::read(&fifo).unwrap());
        assert!(matches!(waiting.await.unwrap_err(), ToolError::TooSlow { .. }));
        assert!(timeout(Duration::from_secs(60), ended).await.unwrap().unwrap().is_empty());
    }

    #[tokio::test]
    async fn much_output_does_not_block_it() {
        let printed = shell("head -c 3000000 /dev/zero", Duration::from_secs(60)).await.unwrap();
        assert_eq!(printed.len() as u64, KEPT);
    }
}
