//! Programs that check work: a bounded time, a bounded output, and no more of the environment than agents get.

use std::{collections::VecDeque, io, path::Path, process::Stdio, time::Duration};

use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt},
    process::Command,
    time::timeout,
};

/// What is kept of the output's end, in bytes.
const TAIL_BYTES: usize = 4 * 1024;
/// How long a killed program may take to let go of its pipes.
const LEAVE: Duration = Duration::from_secs(5);

/// What a program that checks something came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Its exit code; none when a signal or its time ended it.
    pub code: Option<i32>,
    /// True when it took longer than it may.
    pub timed_out: bool,
    /// The end of what it printed, errors after the rest.
    pub tail: String,
}

impl Checked {
    /// True when it passed.
    pub fn passed(&self) -> bool {
        self.code == Some(0)
    }
}

/// Runs a program in `folder` with nothing but these variables. It fails only when it cannot be started.
#[expect(clippy::disallowed_methods, reason = "this is the one place that runs the commands of checks")]
pub async fn run(
    folder: &Path,
    argv: &[String],
    environment: &[(String, String)],
    limit: Duration,
) -> io::Result<Checked> {
    let (program, arguments) =
        argv.split_first().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "no program is given"))?;
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .envs(environment.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        // What it starts is ended with it.
        .process_group(0)
        .kill_on_drop(true)
        .spawn()?;
    let group = child.id().and_then(|id| i32::try_from(id).ok()).map(Pid::from_raw);
    let (stdout, stderr) = (tokio::spawn(tail(child.stdout.take())), tokio::spawn(tail(child.stderr.take())));
    let ended = timeout(limit, child.wait()).await;
    let timed_out = ended.is_err();
    if let Some(group) = group {
        // Nothing is left of the group when the program has tidied up.
        let _gone = killpg(group, Signal::SIGKILL);
    }
    let status = match ended {
        Ok(status) => status?,
        Err(_) => child.wait().await?,
    };
    let read = |pipe| async move { timeout(LEAVE, pipe).await.ok().and_then(Result::ok).unwrap_or_default() };
    let tail = [read(stdout).await, read(stderr).await].concat();
    let code = if timed_out { None } else { status.code() };
    Ok(Checked { code, timed_out, tail: String::from_utf8_lossy(&tail).trim_end().to_owned() })
}

/// The end of what comes through a pipe.
async fn tail(pipe: Option<impl AsyncRead + Unpin>) -> Vec<u8> {
    let Some(mut pipe) = pipe else { return Vec::new() };
    let mut kept = VecDeque::with_capacity(TAIL_BYTES);
    let mut buffer = [0; 4096];
    while let Ok(count) = pipe.read(&mut buffer).await {
        if count == 0 {
            break;
        }
        kept.extend(&buffer[..count]);
        kept.drain(..kept.len().saturating_sub(TAIL_BYTES));
    }
    kept.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn shell(script: &str, limit: Duration) -> Checked {
        let argv = ["/bin/sh", "-c", script].map(str::to_owned);
        let environment = [("PATH".to_owned(), "/usr/bin:/bin".to_owned()), ("ONE".to_owned(), "1".to_owned())];
        run(Path::new("/"), &argv, &environment, limit).await.unwrap()
    }

    #[tokio::test]
    async fn code_and_output_come_back_and_the_environment_is_small() {
        let long = Duration::from_secs(60);
        let failed = shell("pwd; echo $ONE$HOME; echo no >&2; exit 3", long).await;
        assert_eq!((failed.code, failed.tail.as_str()), (Some(3), "/\n1\nno"));
        assert!(shell("head -c 1000000 /dev/zero | tr '\\0' x; exit 0", long).await.passed());
        assert!(run(Path::new("/"), &["/no/such/check".into()], &[], long).await.is_err());
    }

    #[tokio::test]
    async fn a_check_that_hangs_is_ended_with_all_it_started() {
        let hangs = shell("sleep 600 & echo here; sleep 600", Duration::from_millis(300)).await;
        assert_eq!((hangs.code, hangs.timed_out, hangs.tail.as_str()), (None, true, "here"));
    }
}
