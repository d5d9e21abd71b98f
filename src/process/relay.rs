//! A program run by one of moziplus' own runner processes, in the same process group: what it prints is passed on and
//! kept.

use std::{
    io::{self, Write},
    process::Stdio,
};

use tokio::{
    io::AsyncReadExt,
    process::{Child, ChildStdout, Command},
};

/// What is kept of standard output, in bytes; all of it is passed on.
const KEPT: usize = 4 * 1024 * 1024;
/// Most bytes read at once.
const CHUNK: usize = 64 * 1024;

/// A running program.
#[derive(Debug)]
pub struct Relay {
    child: Child,
    stdout: Option<ChildStdout>,
    kept: Vec<u8>,
}

/// How it ended, and what it printed.
#[derive(Debug, Clone, Default)]
pub struct Relayed {
    /// The exit code; none when a signal ended it.
    pub code: Option<i32>,
    /// The end of its standard output.
    pub stdout: Vec<u8>,
}

impl Relay {
    /// Starts it with the environment of this process and these variables. It dies with the relay.
    #[expect(clippy::disallowed_methods, reason = "a runner's process starts its program here")]
    pub fn start(argv: &[String], env: &[(&str, &str)]) -> io::Result<Self> {
        let (program, arguments) = argv.split_first().ok_or(io::ErrorKind::InvalidInput)?;
        let mut child = Command::new(program)
            .args(arguments)
            .envs(env.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let stdout = child.stdout.take();
        Ok(Self { child, stdout, kept: Vec::new() })
    }

    /// Passes on what it prints until it has ended. May be dropped and called again.
    pub async fn ended(&mut self) -> io::Result<Relayed> {
        let mut chunk = vec![0; CHUNK];
        while let Some(stdout) = &mut self.stdout {
            let count = stdout.read(&mut chunk).await?;
            if count == 0 {
                self.stdout = None;
                break;
            }
            // Whoever reads it may be gone; the program is to end as it would.
            let mut out = io::stdout().lock();
            let _gone = out.write_all(&chunk[..count]).and_then(|()| out.flush());
            self.kept.extend_from_slice(&chunk[..count]);
            let excess = self.kept.len().saturating_sub(KEPT);
            self.kept.drain(..excess);
        }
        let status = self.child.wait().await?;
        Ok(Relayed { code: status.code(), stdout: std::mem::take(&mut self.kept) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_printed_is_kept() {
        let argv = ["sh", "-c", "printf \"$WORD\"; exit 3"].map(ToOwned::to_owned);
        let ended = Relay::start(&argv, &[("WORD", "{}")]).unwrap().ended().await.unwrap();
        assert_eq!((ended.code, ended.stdout.as_slice()), (Some(3), b"{}".as_slice()));
        assert!(Relay::start(&["/no/such/program".to_owned()], &[]).is_err());
    }
}
