//! Programs that check work: a bounded time, a bounded output, and no more of the environment than agents get.
//!
//! They are children of the daemon. One that outlives a daemon that was killed is ended before the same work is checked
//! again, so that nothing is checked twice at once.

use std::{collections::VecDeque, fs, io, path::Path, process::Stdio, time::Duration};

use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt},
    process::Command,
    time::timeout,
};

use super::{adopt, identity::Identity, spec::NONCE_VARIABLE, terminate::Tree};

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

/// Where a check runs, and where it is written down while it does.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The folder that it runs in.
    pub folder: &'a Path,
    /// A folder of this daemon's for such notes.
    pub notes: &'a Path,
    /// The name of the note: one for all checks that never run at the same time.
    pub name: &'a str,
}

impl Place<'_> {
    /// Ends what an earlier daemon has left running here.
    async fn clear(&self) {
        let note = self.notes.join(self.name);
        let earlier = fs::read(&note).ok().and_then(|bytes| serde_json::from_slice::<Identity>(&bytes).ok());
        if let Some(earlier) = earlier.filter(Identity::is_of_this_boot) {
            Tree::new(earlier).clear().await;
        }
        let _not_there = fs::remove_file(note);
    }

    /// Writes down what runs. Without the note it may run beside its successor, should this daemon be killed.
    fn note(&self, pid: Option<Pid>, nonce: &str) {
        let noted = fs::create_dir_all(self.notes).and_then(|()| {
            let identity = pid.and_then(|pid| Identity::of(pid.as_raw(), nonce).ok().flatten());
            identity.map_or(Ok(()), |identity| adopt::write(self.notes, self.name, &identity))
        });
        if let Err(error) = noted {
            tracing::warn!(folder = %self.notes.display(), %error, "a check that runs could not be written down");
        }
    }
}

/// Runs a program with nothing but these variables. It fails only when it cannot be started.
#[expect(clippy::disallowed_methods, reason = "this is the one place that runs the commands of checks")]
pub async fn run(
    place: Place<'_>,
    argv: &[String],
    environment: &[(String, String)],
    limit: Duration,
) -> io::Result<Checked> {
    let (program, arguments) =
        argv.split_first().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "no program is given"))?;
    place.clear().await;
    let nonce = uuid::Uuid::new_v4().simple().to_string();
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(place.folder)
        .env_clear()
        .envs(environment.iter().map(|(name, value)| (name, value)))
        .env(NONCE_VARIABLE, &nonce)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        // What it starts is ended with it.
        .process_group(0)
        .kill_on_drop(true)
        .spawn()?;
    let group = child.id().and_then(|id| i32::try_from(id).ok()).map(Pid::from_raw);
    place.note(group, &nonce);
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
    let _written_anew = fs::remove_file(place.notes.join(place.name));
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
        let notes = tempfile::tempdir().unwrap();
        let place = Place { folder: Path::new("/"), notes: notes.path(), name: "sales.t-1.json" };
        let checked = run(place, &argv, &environment, limit).await.unwrap();
        assert!(!notes.path().join("sales.t-1.json").exists(), "it does not run any more");
        checked
    }

    #[tokio::test]
    async fn code_and_output_come_back_and_the_environment_is_small() {
        let long = Duration::from_secs(60);
        let failed = shell("pwd; echo $ONE$HOME; echo no >&2; exit 3", long).await;
        assert_eq!((failed.code, failed.tail.as_str()), (Some(3), "/\n1\nno"));
        assert!(shell("head -c 1000000 /dev/zero | tr '\\0' x; exit 0", long).await.passed());
        let place = Place { folder: Path::new("/"), notes: Path::new("/nowhere"), name: "x" };
        assert!(run(place, &["/no/such/check".into()], &[], long).await.is_err());
    }

    #[tokio::test]
    async fn a_check_that_hangs_is_ended_with_all_it_started() {
        let hangs = shell("sleep 600 & echo here; sleep 600", Duration::from_millis(300)).await;
        assert_eq!((hangs.code, hangs.timed_out, hangs.tail.as_str()), (None, true, "here"));
    }
}
