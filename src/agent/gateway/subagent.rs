//! An agent that runs inside the gateway, with no program of its own: begun by one call, waited for by `agent.wait`.
//!
//! Up to 2026.7 it is a sub-agent, by the tool `sessions_spawn` over HTTP. From 2026.8.1 on, sub-agents that somebody
//! outside spawns get neither a shell nor files, so that they could do nothing for a task; there the method `agent` begins
//! a run in a session of its own, which has all the agent's tools.

use std::{
    fs, io,
    path::PathBuf,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::{
    CALL, FAILED, Gateway, GatewayError, Session, TERMINATED, Told,
    rpc::{Rpc, RpcError},
};
use crate::model::{outcome::Outcome, usage::Usage};

/// How long it may take until it is accepted.
const BEGIN: Duration = Duration::from_secs(60);
/// How long one wait may take.
const WAIT: Duration = Duration::from_secs(20);
/// How long the gateway may be away before the sub-agent is given up.
const PATIENCE: Duration = Duration::from_secs(90);
/// Between two tries to reach it.
const PAUSE: Duration = Duration::from_secs(2);
/// How long it may take beyond the timeout that it was told.
const OVERTIME: Duration = Duration::from_secs(60);

/// A sub-agent to run.
#[derive(Debug, Clone)]
pub struct Subagent {
    /// The agent's id in OpenClaw.
    pub agent: String,
    /// A UUID of its own for every attempt.
    pub session: String,
    /// The session in whose name a child is spawned: one a task, because each may have but few of them.
    pub requester: String,
    /// A name for people.
    pub label: String,
    /// How long it may take, in seconds.
    pub timeout_seconds: u64,
    /// The file with the prompt.
    pub prompt_file: PathBuf,
    /// The attempt's folder.
    pub folder: PathBuf,
}

impl Subagent {
    /// Runs it. `stop` resolves when the process is asked to leave.
    pub async fn run(self, gateway: &Gateway, stop: impl Future<Output = &'static str>) -> io::Result<Told> {
        if let Err(error) = gateway.ready().await {
            return Ok(Told::failed(&error));
        }
        let session = match self.spawn(gateway).await? {
            Ok(session) => session,
            Err(told) => return Ok(*told),
        };
        session.note(&self.folder)?;
        let told = tokio::select! {
            end = self.wait(gateway, &session) => end,
            _ = stop => {
                let detail = Some("it was asked to leave".to_owned());
                Told { outcome: Some(Outcome::Interrupted), detail, code: TERMINATED, ..Told::default() }
            }
        };
        Ok(self.close(gateway, &session, told).await)
    }

    async fn spawn(&self, gateway: &Gateway) -> io::Result<Result<Session, Box<Told>>> {
        let prompt = fs::read_to_string(&self.prompt_file)?;
        let begun = match gateway.version().await {
            Some(_) => self.begin(gateway, prompt).await,
            None => self.spawn_child(gateway, prompt).await,
        };
        Ok(begun)
    }

    /// By the method `agent`, under a key of this attempt: sent twice, it would run once.
    async fn begin(&self, gateway: &Gateway, prompt: String) -> Result<Session, Box<Told>> {
        let session = Session { key: format!("agent:{}:moziplus-{}", self.agent, self.session), run: None };
        // Before the call, so that it can be ended whatever becomes of us; a note that fails is a matter of the archive.
        let _noted = session.note(&self.folder);
        let params = json!({
            "message": prompt, "agentId": self.agent, "sessionKey": session.key, "idempotencyKey": self.session,
            "timeout": self.timeout_seconds, "deliver": false,
        });
        let begin = async { gateway.rpc().await?.call("agent", params, BEGIN).await };
        match begin.await {
            Ok(answer) => {
                let run = answer["runId"].as_str().unwrap_or(&self.session).to_owned();
                Ok(Session { run: Some(run), ..session })
            }
            Err(error @ RpcError::Refused { .. }) => Err(refused(None, Some(error.to_string())).into()),
            // It may have begun all the same.
            Err(error) => Err(self.close(gateway, &session, Told::failed(&error.into())).await.into()),
        }
    }

    /// By the tool `sessions_spawn`.
    async fn spawn_child(&self, gateway: &Gateway, prompt: String) -> Result<Session, Box<Told>> {
        let args = json!({
            "task": prompt, "agentId": self.agent, "label": self.label, "runTimeoutSeconds": self.timeout_seconds,
            "cleanup": "keep",
        });
        let answer = gateway.invoke("sessions_spawn", args, &self.requester).await;
        let answer = answer.map_err(|error| Box::new(Told::failed(&error)))?;
        let text = |name: &str| answer[name].as_str().map(ToOwned::to_owned);
        match (answer["status"].as_str(), text("childSessionKey")) {
            (Some("accepted"), Some(key)) => Ok(Session { key, run: text("runId") }),
            (status, _) => Err(refused(status, text("error")).into()),
        }
    }

    /// Waits for its end; a gateway that goes away for a while is waited for, too.
    async fn wait(&self, gateway: &Gateway, session: &Session) -> Told {
        let deadline = Instant::now() + Duration::from_secs(self.timeout_seconds) + OVERTIME;
        let (mut rpc, mut seen) = (None, Instant::now());
        loop {
            if Instant::now() >= deadline {
                let detail = format!("it ran longer than {} s", self.timeout_seconds);
                return Told { outcome: Some(Outcome::Timeout), detail: Some(detail), code: FAILED, ..Told::default() };
            }
            match ask(gateway, &mut rpc, session).await {
                Ok(answer) => {
                    seen = Instant::now();
                    if let Some(told) = end_of(&answer) {
                        return told;
                    }
                }
                // A run that the gateway does not know any more has no end to wait for.
                Err(error @ RpcError::Refused { .. }) => return Told::failed(&error.into()),
                Err(error) if seen.elapsed() > PATIENCE => return Told::failed(&error.into()),
                Err(_) => {
                    rpc = None;
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    }

    /// Sees to it that nothing goes on, and keeps what was said and used.
    async fn close(&self, gateway: &Gateway, session: &Session, mut told: Told) -> Told {
        if told.code != 0
            && let Err(error) = gateway.abort(&session.key).await
        {
            let before = told.detail.take().unwrap_or_default();
            told.detail = Some(format!("{before}; the session could not be ended: {error}"));
            return told;
        }
        let history = gateway.archive(&session.key, &self.folder).await.unwrap_or_default();
        told.text = told.text.or_else(|| last_words(&history));
        told.usage = used(&history);
        told.session = Some(session.key.clone());
        Session::forget(&self.folder);
        told
    }
}

fn refused(status: Option<&str>, error: Option<String>) -> Told {
    let why = error.unwrap_or_else(|| format!("it answered {}", status.unwrap_or("nothing")));
    // Its children of earlier tries are still being ended.
    let is_full = why.contains("max active children");
    let outcome = if is_full { Outcome::LockConflict } else { GatewayError::Refused(String::new()).outcome() };
    let detail = Some(GatewayError::Refused(why).to_string());
    Told { outcome: Some(outcome), detail, code: FAILED, ..Told::default() }
}

async fn ask(gateway: &Gateway, rpc: &mut Option<Rpc>, session: &Session) -> Result<Value, RpcError> {
    let connection = match rpc {
        Some(connection) => connection,
        None => rpc.insert(gateway.rpc().await?),
    };
    let params = json!({"runId": session.run, "timeoutMs": WAIT.as_millis() as u64});
    connection.call("agent.wait", params, WAIT + CALL).await
}

/// The end that an answer tells; none when it was only the wait that ended.
fn end_of(answer: &Value) -> Option<Told> {
    let status = answer["status"].as_str()?;
    if status == "timeout" && answer["endedAt"].is_null() {
        return None;
    }
    let text = answer["terminalReply"]["text"].as_str().map(ToOwned::to_owned);
    let told = Told { text, ..Told::default() };
    if status == "ok" {
        return Some(told);
    }
    let why = answer["error"].as_str().or(answer["stopReason"].as_str()).unwrap_or(status).to_owned();
    let outcome = (status == "timeout").then_some(Outcome::Timeout);
    Some(Told { outcome: outcome.or(Some(Outcome::Crashed)), detail: Some(why), code: FAILED, ..told })
}

/// The last message of the agent.
fn last_words(history: &Value) -> Option<String> {
    let messages = history["messages"].as_array()?.iter().rev();
    let mut own = messages.filter(|message| message["role"] == "assistant");
    own.find_map(|message| match &message["content"] {
        Value::String(text) => Some(text.clone()),
        Value::Array(parts) => parts.iter().rev().find_map(|part| part["text"].as_str().map(ToOwned::to_owned)),
        _ => None,
    })
}

/// What a session has used: each message of the agent tells it.
fn used(history: &Value) -> Option<Usage> {
    let messages = history["messages"].as_array()?.iter();
    let own: Vec<_> = messages.filter(|message| message["usage"].is_object()).collect();
    let last = own.last()?;
    let sum = |name: &str| own.iter().map(|message| message["usage"][name].as_i64().unwrap_or(0)).sum::<i64>();
    let cost: f64 = own.iter().filter_map(|message| message["usage"]["cost"]["total"].as_f64()).sum();
    let tokens_cached = sum("cacheRead");
    Some(Usage {
        tokens_in: sum("input") + tokens_cached + sum("cacheWrite"),
        tokens_out: sum("output"),
        tokens_cached,
        cost_micros: (cost * 1e6).round() as i64,
        model: last["model"].as_str().map(ToOwned::to_owned),
        session: history["sessionId"].as_str().map(ToOwned::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_end_is_an_end() {
        let outcome = |answer: Value| end_of(&answer).map(|told| told.outcome);
        assert_eq!(outcome(json!({"runId": "r", "status": "timeout"})), None, "the wait ended, not the run");
        assert_eq!(outcome(json!({"runId": "r", "status": "ok", "endedAt": 1})), Some(None));
        assert_eq!(outcome(json!({"status": "timeout", "endedAt": 1})), Some(Some(Outcome::Timeout)));
        assert_eq!(outcome(json!({"status": "error", "error": "HTTP 429"})), Some(Some(Outcome::Crashed)));
    }

    #[test]
    fn a_refusal_tells_what_to_do() {
        let full = "sessions_spawn has reached max active children for this session (5/5)";
        assert_eq!(refused(Some("forbidden"), Some(full.into())).outcome, Some(Outcome::LockConflict));
        let told = refused(Some("forbidden"), Some("agentId is not allowed".into()));
        assert_eq!(told.outcome, Some(Outcome::SpawnFailed));
        assert!(told.line().contains("agentId is not allowed"), "{}", told.line());
    }

    #[test]
    fn a_history_tells_the_last_words_and_what_was_used() {
        let history = json!({"sessionId": "s", "messages": [
            {"role": "user", "content": [{"type": "text", "text": "do it"}]},
            {"role": "assistant", "model": "m", "content": [{"type": "toolCall", "name": "exec"}],
             "usage": {"input": 10, "output": 2, "cacheRead": 5, "cost": {"total": 0.001}}},
            {"role": "toolResult", "content": [{"type": "text", "text": "ok"}]},
            {"role": "assistant", "model": "m", "content": [{"type": "text", "text": "done"}],
             "usage": {"input": 1, "output": 1, "cacheRead": 0, "cost": {"total": 0.0005}}},
        ]});
        assert_eq!(last_words(&history).as_deref(), Some("done"));
        let usage = used(&history).unwrap();
        assert_eq!((usage.tokens_in, usage.tokens_cached, usage.tokens_out, usage.cost_micros), (16, 5, 3, 1500));
        assert_eq!(used(&Value::Null), None);
    }
}
