//! The OpenClaw Gateway: is it there, its tools over HTTP, its methods over WebSocket.
//!
//! Two runners go through it, each as a process of its own, so that they outlive the daemon like any agent: a turn of
//! `openclaw agent` ([`turn`]) and an agent inside the gateway ([`subagent`]). Both contracts are spoken: that of 2026.5,
//! and that from 2026.8.1 on. What is not sure about an end is made sure by aborting the session.

mod rpc;
pub mod subagent;
pub mod turn;

use std::{fs, io, path::Path, time::Duration};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use self::rpc::{Rpc, RpcError};
use crate::model::{outcome::Outcome, usage::Usage};

/// In an attempt's folder: the session that it has in the gateway, for whoever has to end it.
const SESSION_FILE: &str = "gateway.json";
/// In an attempt's folder: what was said in the session.
const TRANSCRIPT_FILE: &str = "transcript.json";
/// How long a probe may take: a gateway that is slower is of no use either.
const PROBE: Duration = Duration::from_secs(3);
/// How long ending a session may take, and asking for its history.
const CALL: Duration = Duration::from_secs(10);
/// Pauses between tries to fetch what was said.
const ARCHIVE_PAUSES: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(4)];
/// Messages of a transcript that are archived.
const MOST_MESSAGES: i64 = 1000;
/// The variable by which the runners' processes get the token.
pub const TOKEN_VARIABLE: &str = "OPENCLAW_GATEWAY_TOKEN";

/// Where the gateway is, and the right to use it.
#[derive(Debug, Clone)]
pub struct Gateway {
    url: String,
    token: Option<String>,
    http: reqwest::Client,
}

/// Why the gateway did not do it.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// Nobody answers there, or not in time.
    #[error("the OpenClaw Gateway at {url} does not answer: {why}")]
    Down {
        /// Its address.
        url: String,
        /// What the system said.
        why: String,
    },
    /// It answers and is not ready.
    #[error("the OpenClaw Gateway at {url} is not ready: {why}")]
    NotReady {
        /// Its address.
        url: String,
        /// What it said.
        why: String,
    },
    /// The token is wrong or missing.
    #[error("the OpenClaw Gateway refuses the token: set gateway.token_env to the variable that holds it")]
    Unauthorized,
    /// It does not offer the tool.
    #[error("the OpenClaw Gateway does not offer {tool}: add it to `gateway.tools.allow` in openclaw.json")]
    NoTool {
        /// The tool.
        tool: String,
    },
    /// It says no.
    #[error("the OpenClaw Gateway refused: {0}")]
    Refused(String),
    /// The connection for methods failed.
    #[error(transparent)]
    Rpc(#[from] RpcError),
}

impl GatewayError {
    /// What it means for an attempt.
    pub const fn outcome(&self) -> Outcome {
        match self {
            Self::Down { .. } | Self::NotReady { .. } | Self::Rpc(_) => Outcome::Network,
            Self::Unauthorized => Outcome::AuthFailed,
            Self::NoTool { .. } | Self::Refused(_) => Outcome::SpawnFailed,
        }
    }
}

impl Gateway {
    /// At this address, such as `http://127.0.0.1:18789`.
    pub fn new(url: &str, token: Option<String>) -> Result<Self, GatewayError> {
        let url = url.trim_end_matches('/').to_owned();
        let http = reqwest::Client::builder().no_proxy().connect_timeout(PROBE).build();
        let http = http.map_err(|error| GatewayError::Down { url: url.clone(), why: error.to_string() })?;
        Ok(Self { url, token, http })
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    fn down(&self, error: &reqwest::Error) -> GatewayError {
        let mut why: &dyn std::error::Error = error;
        while let Some(source) = why.source() {
            why = source;
        }
        GatewayError::Down { url: self.url.clone(), why: why.to_string() }
    }

    /// Whether it takes work now.
    pub async fn ready(&self) -> Result<(), GatewayError> {
        let answer = self.http.get(format!("{}/readyz", self.url)).timeout(PROBE).send().await;
        let answer = answer.map_err(|error| self.down(&error))?;
        if answer.status().is_success() {
            return Ok(());
        }
        let status = answer.status();
        let body: Value = answer.json().await.unwrap_or_default();
        let failing = body["failing"].as_array().map(|names| json!(names).to_string());
        Err(GatewayError::NotReady { url: self.url.clone(), why: failing.unwrap_or_else(|| status.to_string()) })
    }

    /// Its version, which gateways tell from 2026.8.1 on.
    pub async fn version(&self) -> Option<String> {
        let answer = self.http.get(format!("{}/startupz", self.url)).timeout(PROBE).send().await.ok()?;
        let body: Value = answer.error_for_status().ok()?.json().await.ok()?;
        body["version"].as_str().map(ToOwned::to_owned)
    }

    /// Calls a tool in the name of a session. A refusal of the tool itself comes as an answer, with its `status`.
    pub async fn invoke(&self, tool: &str, args: Value, session: &str) -> Result<Value, GatewayError> {
        let body = json!({"tool": tool, "args": args, "sessionKey": session});
        let request = self.http.post(format!("{}/tools/invoke", self.url)).timeout(Duration::from_secs(60)).json(&body);
        let request = match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        let answer = request.send().await.map_err(|error| self.down(&error))?;
        let status = answer.status();
        let body: Value = answer.json().await.unwrap_or_default();
        match status.as_u16() {
            200..=299 => Ok(details(&body["result"])),
            401 | 403 => Err(GatewayError::Unauthorized),
            404 => Err(GatewayError::NoTool { tool: tool.to_owned() }),
            _ => {
                let message = body["error"]["message"].as_str().map_or_else(|| status.to_string(), ToOwned::to_owned);
                Err(GatewayError::Refused(message))
            }
        }
    }

    /// A connection for methods.
    async fn rpc(&self) -> Result<Rpc, RpcError> {
        Rpc::connect(&self.url, self.token.as_deref(), CALL).await
    }

    /// Ends what goes on in a session; true when something did.
    pub async fn abort(&self, session: &str) -> Result<bool, GatewayError> {
        let mut rpc = self.rpc().await?;
        let answer = rpc.call("sessions.abort", json!({"key": session}), CALL).await?;
        Ok(!answer["abortedRunId"].is_null() || answer["aborted"] == true)
    }

    /// What was said in a session.
    pub async fn history(&self, session: &str) -> Result<Value, GatewayError> {
        let mut rpc = self.rpc().await?;
        Ok(rpc.call("chat.history", json!({"sessionKey": session, "limit": MOST_MESSAGES}), CALL).await?)
    }

    /// Keeps what was said in a session beside the attempt's log. Best effort: an archive is no reason to fail, and a
    /// gateway that is busy is asked again.
    async fn archive(&self, session: &str, folder: &Path) -> Option<Value> {
        let mut pauses = ARCHIVE_PAUSES.iter();
        let history = loop {
            match (self.history(session).await, pauses.next()) {
                (Ok(history), _) => break history,
                (Err(_), Some(pause)) => tokio::time::sleep(*pause).await,
                (Err(error), None) => {
                    tracing::warn!(session, %error, "failed to fetch what was said in a session");
                    return None;
                }
            }
        };
        if let Err(error) = write(&folder.join(TRANSCRIPT_FILE), &history) {
            tracing::warn!(session, %error, "failed to keep what was said in a session");
        }
        Some(history)
    }
}

/// What a tool answered: its details, else its text as JSON.
fn details(result: &Value) -> Value {
    if result["details"].is_object() {
        return result["details"].clone();
    }
    let text = result["content"][0]["text"].as_str().unwrap_or_default();
    serde_json::from_str(text).unwrap_or_else(|_| json!({"text": text}))
}

/// The session that an attempt has in the gateway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Its key.
    pub key: String,
    /// The run in it, when it is known.
    pub run: Option<String>,
}

impl Session {
    /// Notes it in the attempt's folder.
    fn note(&self, folder: &Path) -> io::Result<()> {
        write(&folder.join(SESSION_FILE), &json!(self))
    }

    /// The session of an attempt that went through the gateway; none when it did not come so far.
    pub fn of_attempt(folder: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(folder.join(SESSION_FILE)).ok()?).ok()
    }

    /// Notes that nothing goes on in it any more.
    pub fn forget(folder: &Path) {
        // A second end does no harm.
        let _gone = fs::rename(folder.join(SESSION_FILE), folder.join("gateway.ended.json"));
    }
}

fn write(path: &Path, value: &Value) -> io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    io::Write::write_all(&mut file, format!("{value:#}\n").as_bytes())
}

/// What a runner's process says last, for the daemon.
#[derive(Debug, Default, Serialize)]
pub struct Told {
    /// How it ended, where that is not a matter of the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The session's key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// What was used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<Usage>,
    /// The agent's last words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// It went on without the gateway.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub fell_back: bool,
    /// The exit code of the process.
    #[serde(skip)]
    pub code: u8,
}

impl Told {
    /// An end that the gateway is to blame for.
    fn failed(error: &GatewayError) -> Self {
        let code = if error.outcome() == Outcome::Network { UNREACHABLE } else { FAILED };
        Self { outcome: Some(error.outcome()), detail: Some(error.to_string()), code, ..Self::default() }
    }

    /// As the line that the daemon reads.
    pub fn line(&self) -> String {
        json!({"moziplus_result": self}).to_string()
    }
}

/// Exit codes of the runners' processes, as those of the command line.
const FAILED: u8 = 1;
const UNREACHABLE: u8 = 5;
/// Ended by SIGTERM, as a shell says it.
const TERMINATED: u8 = 143;
