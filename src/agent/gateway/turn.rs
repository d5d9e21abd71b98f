//! One turn of an agent by `openclaw agent`, as a process around that process.
//!
//! Before: the gateway must be ready, else 2026.5 would run the turn by itself, without saying so loudly. After: an end
//! that is not clearly a success is made sure by aborting the session, because the gateway may go on with it, or resume
//! it after its own restart, while the task is tried again.

use std::{io, path::PathBuf, time::Duration};

use super::{FAILED, Gateway, GatewayError, Session, TERMINATED, Told};
use crate::{
    agent::output::{self, Report},
    model::outcome::Outcome,
    process::relay::{Relay, Relayed},
};

/// How long the program may take beyond the timeout that it was told.
const OVERTIME: Duration = Duration::from_secs(60);
/// How long it may take to leave when it was asked to.
const TIME_TO_LEAVE: Duration = Duration::from_secs(3);
/// Linux refuses a longer argument.
const LONGEST_ARGUMENT: usize = 100 * 1024;

/// A turn to run.
#[derive(Debug, Clone)]
pub struct Turn {
    /// The program and its first arguments: `openclaw agent`.
    pub program: Vec<String>,
    /// The agent's id in OpenClaw.
    pub agent: String,
    /// A UUID of its own for every attempt.
    pub session: String,
    /// How long it may take, in seconds.
    pub timeout_seconds: u64,
    /// The file with the prompt.
    pub prompt_file: PathBuf,
    /// The attempt's folder.
    pub folder: PathBuf,
}

impl Turn {
    /// The key of its session, the same in all versions.
    fn key(&self) -> String {
        format!("agent:{}:explicit:{}", self.agent, self.session)
    }

    /// Runs it; what the program prints is printed. `stop` resolves when the process is asked to leave.
    pub async fn run(self, gateway: &Gateway, stop: impl Future<Output = &'static str>) -> io::Result<Told> {
        if let Err(error) = gateway.ready().await {
            return Ok(Told::failed(&error));
        }
        let session = Session { key: self.key(), run: None };
        session.note(&self.folder)?;
        let argv = self.argv(gateway.version().await.is_some())?;
        let mut relay = Relay::start(&argv, &[("OPENCLAW_NO_RESPAWN", "1")])?;
        let limit = Duration::from_secs(self.timeout_seconds) + OVERTIME;
        let ended = tokio::select! {
            ended = relay.ended() => Some(ended?),
            _ = stop => None,
            () = tokio::time::sleep(limit) => None,
        };
        let told = match ended {
            Some(ended) => judge(&ended, &session),
            None => {
                // It has the signal too, and newer versions end the run themselves.
                let _left = tokio::time::timeout(TIME_TO_LEAVE, relay.ended()).await;
                let detail = Some("it was asked to leave".to_owned());
                Told { outcome: Some(Outcome::Interrupted), detail, code: TERMINATED, ..Told::default() }
            }
        };
        Ok(self.close(gateway, told).await)
    }

    /// Sees to it that nothing goes on, and keeps what was said.
    async fn close(&self, gateway: &Gateway, mut told: Told) -> Told {
        let key = self.key();
        if told.code != 0
            && let Err(error) = gateway.abort(&key).await
        {
            // The daemon ends it as soon as the gateway is there again.
            let before = told.detail.take().unwrap_or_default();
            told.detail = Some(format!("{before}; the session could not be ended: {error}"));
            return told;
        }
        gateway.archive(&key, &self.folder).await;
        Session::forget(&self.folder);
        told
    }

    /// The command line. Versions from 2026.6.11 on read the prompt from a file; which of the older ones it is costs a
    /// process to find out, so it is only asked when the prompt is too long for an argument.
    fn argv(&self, is_new: bool) -> io::Result<Vec<String>> {
        let timeout = self.timeout_seconds.to_string();
        let flags = [("--agent", self.agent.as_str()), ("--session-id", &self.session), ("--timeout", &timeout)];
        let mut argv = self.program.clone();
        argv.extend(flags.into_iter().flat_map(|(flag, value)| [flag.to_owned(), value.to_owned()]));
        argv.push("--json".to_owned());
        let file = self.prompt_file.display().to_string();
        let prompt = std::fs::read_to_string(&self.prompt_file)?;
        let message = if is_new {
            ["--message-file".to_owned(), file]
        } else if prompt.len() <= LONGEST_ARGUMENT {
            ["--message".to_owned(), prompt]
        } else {
            ["--message".to_owned(), format!("Read the file {file} and do what it says.")]
        };
        argv.extend(message);
        Ok(argv)
    }
}

/// What an end comes to. Success is exit code 0 and an answer that says `ok` and complains about nothing; never the
/// exit code alone.
fn judge(ended: &Relayed, session: &Session) -> Told {
    let Report { is_known, error, outcome, fell_back, .. } = output::read(&ended.stdout);
    let told = Told { session: Some(session.key.clone()), ..Told::default() };
    if fell_back {
        let detail = "the gateway was lost, and the program ran the turn by itself".to_owned();
        return Told { outcome: Some(Outcome::ModelFallback), detail: Some(detail), fell_back, code: FAILED, ..told };
    }
    let code = ended.code.unwrap_or(-1);
    if code == 0 && is_known && error.is_none() {
        return told;
    }
    let detail = match (&error, is_known) {
        (Some(error), _) => Some(error.clone()),
        (None, false) if code == 0 => Some("openclaw ended without an answer".to_owned()),
        // Its own words are in the log, on standard error.
        _ => None,
    };
    let is_unclear = error.as_deref().is_some_and(|error| error.contains("outcome is unknown"));
    let outcome = outcome.or(is_unclear.then_some(Outcome::Network));
    // Without an outcome the daemon reads the reason from what was printed.
    let detail = detail.filter(|_| outcome.is_some() || error.is_none());
    Told { outcome, detail, code: u8::try_from(code).ok().filter(|code| *code != 0).unwrap_or(FAILED), ..told }
}

/// Why a turn could not even be tried.
impl From<io::Error> for Told {
    fn from(error: io::Error) -> Self {
        let detail = Some(format!("openclaw could not be started: {error}"));
        Self { outcome: Some(Outcome::SpawnFailed), detail, code: FAILED, ..Self::default() }
    }
}

impl From<GatewayError> for Told {
    fn from(error: GatewayError) -> Self {
        Self::failed(&error)
    }
}
