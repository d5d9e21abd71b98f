//! Webhooks in: who sent it, whether it came before, what it means, and into the inbox with that.
//!
//! A message takes effect by the inbox: each line has a key made of the message's digest, so that a message which is
//! sent twice, or taken twice around a crash, has its effect once.

use std::sync::Arc;

use hmac::{Hmac, Mac};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{App, context, error::AppError, inbox, notices::open_root};
use crate::{
    config::IncomingWebhook,
    model::{
        ids::{Actor, ProjectId},
        incoming::{InboxEntry, Incoming},
    },
    process::tool,
    store::{
        Db, Tx,
        webhooks_in::{self, Received},
    },
};

/// Largest message, in bytes; GitHub cuts its own at 25 MB, and nothing that is read here is that large.
pub const LARGEST: usize = 5 * 1024 * 1024;
/// Lines that one message may become.
const MOST_LINES: usize = 20;
/// How long a program may take that prints a secret.
const SECRET_COMMAND: std::time::Duration = std::time::Duration::from_secs(10);

/// What came over HTTP.
#[derive(Debug)]
pub struct Letter {
    /// The source in the address.
    pub source: String,
    /// What happened, in the sender's words.
    pub event: String,
    /// The sender's own id of the delivery.
    pub delivery: Option<String>,
    /// The signature, in hex.
    pub signature: Option<String>,
    /// The body as it came.
    pub body: Vec<u8>,
}

/// What became of it.
#[derive(Debug, Clone, Copy)]
pub struct Taken {
    /// Lines that went into the inbox.
    pub lines: usize,
    /// True when it had come before.
    pub duplicate: bool,
}

/// Takes a message.
pub async fn receive(app: &App, letter: Letter) -> Result<Taken, AppError> {
    let hook = source(app, &letter.source)?;
    verify(app, &hook, &letter).await?;
    if letter.body.len() > LARGEST {
        return Err(AppError::TooLarge(format!("the message has {} bytes; {LARGEST} are taken", letter.body.len())));
    }
    let payload: Value = serde_json::from_slice(&letter.body).map_err(|error| {
        let hint = "let the forge send application/json";
        AppError::invalid("body", format!("the message is not JSON: {error}"), hint)
    })?;
    let digest =
        hex::encode(Sha256::new().chain_update(&letter.event).chain_update([0]).chain_update(&letter.body).finalize());
    let (name, delivery, known) = (letter.source.clone(), letter.delivery.clone(), digest.clone());
    let is_known = move |db: &Db<'_>| Ok::<_, AppError>(webhooks_in::is_known(db, &name, delivery.as_deref(), &known)?);
    if app.daemon().read(is_known).await? {
        return Ok(Taken { lines: 0, duplicate: true });
    }
    let args = Value::Object(hook.args.clone());
    let incoming = Arc::new(Incoming::read(&letter.source, hook.forge, &letter.event, args, payload));
    let lines = meaning(app, &hook, &incoming).await?;
    let count = lines.len();
    for (index, line) in lines.into_iter().enumerate() {
        inbox::post(app, fields(&hook, &incoming, line, &format!("webhook:{digest}:{index}"))).await?;
    }
    let received = Received {
        id: 0,
        source: letter.source,
        delivery: letter.delivery,
        event: letter.event,
        lines: i64::try_from(count).unwrap_or(i64::MAX),
        at: app.now(),
    };
    let note = move |tx: &mut Tx<'_>| Ok::<_, AppError>(webhooks_in::note(tx, &received, &digest)?);
    app.daemon().write(app.now(), note).await?;
    tracing::info!(source = incoming.source, event = incoming.event, lines = count, "a webhook was taken");
    Ok(Taken { lines: count, duplicate: false })
}

/// The newest messages.
pub async fn log(app: &App, before: Option<i64>, limit: i64) -> Result<Vec<Received>, AppError> {
    app.daemon().read(move |db: &Db<'_>| Ok(webhooks_in::list(db, before, limit)?)).await
}

/// The source of this name.
pub fn source(app: &App, name: &str) -> Result<IncomingWebhook, AppError> {
    let settings = app.config().settings();
    let found = settings.webhooks.iter().find(|hook| hook.source == name).cloned();
    found.ok_or_else(|| AppError::NotFound(format!("source `{name}` in `webhooks` of config/default.yaml")))
}

/// Refuses what was not signed with the secret of the source.
async fn verify(app: &App, hook: &IncomingWebhook, letter: &Letter) -> Result<(), AppError> {
    let folder = app.root().path().to_owned();
    let run = async move |argv: Vec<String>| {
        let argv: Vec<_> = argv.iter().map(String::as_str).collect();
        tool::run(&folder, &argv, SECRET_COMMAND).await.map_err(|error| error.to_string())
    };
    let read = hook.secret().read(app.root(), app.config().environment(), run).await;
    let secret = read.map_err(|error| AppError::Internal(format!("the secret of {}: {error}", hook.source)))?;
    let secret = secret.ok_or_else(|| AppError::Internal(format!("{} has no secret", hook.source)))?;
    let given = letter.signature.as_deref().and_then(|text| hex::decode(text).ok()).unwrap_or_default();
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes());
    let mac = mac.map_err(|error| AppError::Internal(error.to_string()))?.chain_update(&letter.body);
    // Compares in constant time.
    mac.verify_slice(&given).map_err(|_| AppError::BadSignature(hook.source.clone()))
}

/// What the scripts say.
async fn meaning(app: &App, hook: &IncomingWebhook, incoming: &Arc<Incoming>) -> Result<Vec<InboxEntry>, AppError> {
    let answer = match &hook.project {
        Some(id) => {
            let project = app.open_project(id)?;
            let context = Arc::new(context::of(app, id)?);
            project.library.receive(incoming, &context).await
        }
        None => {
            let context = Arc::new(context::of(app, &ProjectId::reserved("_daemon"))?);
            open_root(app).await.receive(incoming, &context).await
        }
    };
    if let Some(fault) = &answer.fault {
        tracing::warn!(source = hook.source, %fault, "the built-in webhook.rhai took a message");
    }
    let mut lines = answer.answer;
    if lines.len() > MOST_LINES {
        tracing::warn!(source = hook.source, lines = lines.len(), "a message became too many lines; some are left out");
        lines.truncate(MOST_LINES);
    }
    Ok(lines)
}

/// The line as the inbox has it.
fn fields(hook: &IncomingWebhook, incoming: &Incoming, line: InboxEntry, id: &str) -> Map<String, Value> {
    let person = || format!("human:{}", incoming.author).parse::<Actor>().unwrap_or_else(|_| Actor::human());
    let line = json!({
        "event": line.event,
        "project": line.project.as_ref().or(hook.project.as_ref()),
        "task": line.task,
        "reference": line.reference,
        "agent": line.agent.unwrap_or_else(person),
        "id": id,
        "data": line.data,
    });
    let fields = line.as_object().cloned().unwrap_or_default();
    fields.into_iter().filter(|(_, value)| !value.is_null()).collect()
}
