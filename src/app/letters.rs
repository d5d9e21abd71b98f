//! Dead letters: writes that came too late are kept, and a person can apply them.

use serde::Serialize;
use serde_json::{Value, json};

use super::{
    App, Project, access, checkpoints,
    error::AppError,
    mail, rebuttals, records,
    requests::{Act, Caller},
    resolutions, reviews, tasks, transitions,
};
use crate::{
    model::{
        attempt::Attempt,
        event::{EventKind, Level, NewEvent},
        ids::{Actor, ProjectId, TaskId},
        outcome::Outcome,
        records::DeadLetter,
    },
    store::{
        Tx, attempts,
        dead_letters::{self, Refused},
        inbox_keys,
    },
};

/// Most letters of a project that wait for a person; what comes later is refused all the same, and not kept.
const MOST_OPEN: i64 = 1000;
/// Most bytes of them.
const MOST_BYTES: i64 = 32 * 1024 * 1024;

/// What whoever writes too late is told.
const STOP: &str = "another attempt has taken over or the task has moved on; stop working on it";

/// Keeps the write when it was refused for its token; passes the result on.
pub(super) async fn kept<T>(
    app: &App,
    (project, task): (&Project, TaskId),
    caller: &Caller,
    (operation, body): (&'static str, &impl Serialize),
    result: Result<T, AppError>,
) -> Result<T, AppError> {
    let Err(AppError::StaleToken { detail: reason, .. }) = &result else { return result };
    let body = serde_json::to_value(body).unwrap_or_default();
    let hash = caller.token.as_deref().map(access::token_hash);
    let late = Late { agent: caller.actor.clone(), hash, operation, body, reason: reason.clone() };
    let (id, detail) = (project.id.clone(), reason.clone());
    let keep = move |tx: &mut Tx<'_>| keep(tx, (&id, task), late);
    match project.store.write(app.now(), keep).await {
        Ok(Some(hint)) => return Err(AppError::LateWrite { detail, hint }),
        Ok(None) => {
            tracing::warn!(project = %project.id, %task, "a late write was not kept: too many wait for a person")
        }
        Err(error) => tracing::error!(%error, project = %project.id, %task, "a late write could not be kept"),
    }
    result
}

/// A write that came too late.
struct Late {
    /// Who wrote, by their own word.
    agent: Actor,
    /// Hash of the token, which says who wrote also when it is over.
    hash: Option<String>,
    operation: &'static str,
    body: Value,
    /// Why it was refused.
    reason: String,
}

/// Keeps it, unless it was done already; answers with what the caller is told, and with none when too many wait.
fn keep(tx: &mut Tx<'_>, (project, task): (&ProjectId, TaskId), late: Late) -> Result<Option<String>, AppError> {
    let Late { agent, hash, operation, body, reason } = late;
    let attempt = hash.as_ref().map(|hash| attempts::by_token(tx, project, hash)).transpose()?.flatten();
    // What was done already is not lost; the log says once that it was said again.
    if let Some(attempt) = attempt.as_ref().filter(|attempt| has_said_so(attempt, operation)) {
        if inbox_keys::take(tx, &format!("{operation} again by {}", attempt.id))? {
            let summary = format!("`{operation}` was said again by {}, which had ended with it: ignored", attempt.id);
            let event = NewEvent::new(EventKind::ObservationAdded, Some(task), attempt.agent.clone(), summary);
            tx.event(event.level(Level::Routine).payload(json!({"repeated": operation, "attempt": attempt.id})))?;
        }
        return Ok(Some(format!("attempt {} has said `{operation}` before; nothing is left to do", attempt.id)));
    }
    // What nobody has looked at for long is not heaped up for ever.
    let (count, bytes) = dead_letters::waiting(tx)?;
    if count >= MOST_OPEN || bytes >= MOST_BYTES {
        return Ok(None);
    }
    let elsewhere = attempt.as_ref().filter(|attempt| attempt.task != task && attempt.ended_at.is_none());
    let stop = elsewhere.map_or_else(|| STOP.to_owned(), access::name_its_task);
    let agent = Some(attempt.map_or(agent, |attempt| attempt.agent));
    let id = dead_letters::keep(tx, Refused { task, agent, operation: operation.to_owned(), body, reason })?;
    Ok(Some(format!("{stop}. The write was kept as dead letter {id}, which a person can apply")))
}

/// True when the attempt ended by this very word, which is only said again.
fn has_said_so(attempt: &Attempt, operation: &str) -> bool {
    matches!((operation, attempt.outcome), ("complete", Some(Outcome::Completed)) | ("fail", Some(Outcome::Declined)))
}

/// Kept writes, newest first.
pub async fn list(app: &App, project: &ProjectId, only_open: bool) -> Result<Vec<DeadLetter>, AppError> {
    app.project(project)?.store.read(move |db| Ok(dead_letters::list(db, only_open)?)).await
}

/// Does what a kept write wanted to do, on a person's responsibility.
pub async fn apply(app: &App, project: &ProjectId, id: i64, caller: &Caller) -> Result<DeadLetter, AppError> {
    let letter = open_letter(app, project, id, caller).await?;
    let author = letter.agent.clone().unwrap_or_else(|| caller.actor.clone());
    // The key is taken in the transaction of the write: whoever applies it at the same time, or again after a crash, finds
    // it done.
    let key = format!("dead letter {id}");
    let behalf = Caller { on_behalf_of: Some(author.clone()), once: Some(key.clone()), ..Caller::new(author) };
    if let Err(refused) = redo(app, project, &letter, &behalf).await {
        let store = app.open_project(project)?.store.clone();
        if !store.read(move |db| Ok::<_, AppError>(inbox_keys::is_taken(db, &key)?)).await? {
            return Err(refused);
        }
    }
    settle(app, project, id, "applied").await
}

/// Puts a kept write aside for good.
pub async fn discard(app: &App, project: &ProjectId, id: i64, caller: &Caller) -> Result<DeadLetter, AppError> {
    open_letter(app, project, id, caller).await?;
    settle(app, project, id, "discarded").await
}

async fn open_letter(app: &App, project: &ProjectId, id: i64, caller: &Caller) -> Result<DeadLetter, AppError> {
    access::refuse_token(caller, "settles a dead letter")?;
    if !caller.actor.is_human() {
        return Err(AppError::only_people("settles a dead letter"));
    }
    let store = app.open_project(project)?.store.clone();
    let letter = store.read(move |db| Ok::<_, AppError>(dead_letters::require(db, id)?)).await?;
    if letter.settlement.is_some() { Err(settled_before(&letter)) } else { Ok(letter) }
}

fn settled_before(letter: &DeadLetter) -> AppError {
    let settlement = letter.settlement.as_deref().unwrap_or_default();
    let hint = "there is nothing left to do about it";
    AppError::in_the_way(format!("dead letter {} was {settlement} before", letter.id), hint)
}

async fn settle(app: &App, project: &ProjectId, id: i64, settlement: &'static str) -> Result<DeadLetter, AppError> {
    let store = app.open_project(project)?.store.clone();
    let settle = move |tx: &mut Tx<'_>| {
        let is_first = dead_letters::settle(tx, id, settlement)?;
        let letter = dead_letters::require(tx, id)?;
        if is_first { Ok::<_, AppError>(letter) } else { Err(settled_before(&letter)) }
    };
    store.write(app.now(), settle).await
}

async fn redo(app: &App, project: &ProjectId, letter: &DeadLetter, caller: &Caller) -> Result<(), AppError> {
    let (task, body) = (letter.task, letter.body.clone());
    match letter.operation.as_str() {
        "comment" => records::comment(app, project, task, caller, read(body)?).await.map(drop),
        "output" => records::output(app, project, task, caller, read(body)?).await.map(drop),
        "decide" => records::decide(app, project, task, caller, read(body)?).await.map(drop),
        "observe" => records::observe(app, project, task, caller, read(body)?).await.map(drop),
        "learn" => records::learn(app, project, task, caller, read(body)?).await.map(drop),
        "review" => reviews::review(app, project, task, caller, read(body)?).await.map(drop),
        "ask" => checkpoints::open(app, project, caller, read(body)?).await.map(drop),
        "mail" => mail::send(app, caller, read(body)?).await.map(drop),
        "patch" => tasks::patch(app, project, task, caller, read(body)?).await.map(drop),
        "rebut" => rebuttals::rebut(app, project, task, caller, read(body)?).await.map(drop),
        verb => redo_transition(app, project, task, caller, (verb, read(body)?)).await,
    }
}

async fn redo_transition(
    app: &App,
    project: &ProjectId,
    task: TaskId,
    caller: &Caller,
    (verb, act): (&str, Act),
) -> Result<(), AppError> {
    use resolutions::resolve;
    use transitions::{block, cancel, complete, escalate, fail, pause, reopen, resume, retry, start};
    let done = match verb {
        "start" => start(app, project, task, caller, act).await,
        "complete" => complete(app, project, task, caller, act).await,
        "fail" => fail(app, project, task, caller, act).await,
        "block" => block(app, project, task, caller, act).await,
        "escalate" => escalate(app, project, task, caller, act).await,
        "resolve" => resolve(app, project, task, caller, act).await,
        "retry" => retry(app, project, task, caller, act).await,
        "cancel" => cancel(app, project, task, caller, act).await,
        "pause" => pause(app, project, task, caller, act).await,
        "resume" => resume(app, project, task, caller, act).await,
        "reopen" => reopen(app, project, task, caller, act).await,
        other => Err(AppError::Internal(format!("a dead letter of unknown kind: {other}"))),
    };
    done.map(drop)
}

fn read<T: serde::de::DeserializeOwned>(body: Value) -> Result<T, AppError> {
    serde_json::from_value(body).map_err(|error| AppError::Internal(format!("a dead letter cannot be read: {error}")))
}
