//! Keys to the API: making, listing, changing and ending them, and telling which one a secret is.

use chrono::TimeDelta;
use serde_json::json;

use super::{App, access, error::AppError, requests::Caller};
use crate::{
    model::{
        event::{EventKind, Level, NewEvent},
        key::{ApiKey, KeyScope, NewKey},
    },
    store::{
        Db, Tx,
        api_keys::{self, Stored},
        daemon_db,
    },
};

/// What every secret begins with, so that scanners of repositories find one that was left there.
const PREFIX: &str = "mzp_";
/// Characters of a secret that are kept in the clear.
const SHOWN: usize = 10;
/// How exactly the last use is noted.
const NOTED: TimeDelta = TimeDelta::minutes(1);
/// Days that a revoked key is still listed.
const LISTED_DAYS: i64 = 30;
/// Longest life of a key, in days.
const MOST_DAYS: u32 = 3650;

/// A key with its secret, which is shown this once.
#[derive(Debug, Clone)]
pub struct FreshKey {
    /// The key.
    pub key: ApiKey,
    /// Its secret.
    pub secret: String,
}

/// Makes a key.
pub async fn create(app: &App, new: NewKey, caller: &Caller) -> Result<FreshKey, AppError> {
    only_people(caller)?;
    check(app, &new)?;
    let (secret, stored) = fresh();
    let by = caller.actor.to_string();
    let event = event(caller, format!("API key `{}` ({}) was made", new.name, new.scope));
    let insert = move |tx: &mut Tx<'_>| {
        let id = api_keys::insert(tx, &new, &stored, &by)?;
        daemon_db::publish(tx, event)?;
        Ok::<_, AppError>(id)
    };
    let id = app.daemon().write(app.now(), insert).await?;
    Ok(FreshKey { key: get(app, id).await?, secret })
}

/// Every key.
pub async fn list(app: &App) -> Result<Vec<ApiKey>, AppError> {
    let since = app.now() - TimeDelta::days(LISTED_DAYS);
    app.daemon().read(move |db: &Db<'_>| Ok(api_keys::list(db, since)?)).await
}

/// Gives a key another secret; the old one opens nothing any more.
pub async fn rotate(app: &App, id: i64, caller: &Caller) -> Result<FreshKey, AppError> {
    only_people(caller)?;
    let key = get(app, id).await?;
    if !key.is_valid(app.now()) {
        return Err(AppError::in_the_way(format!("key {id} has ended"), "make another one"));
    }
    let (secret, stored) = fresh();
    let event = event(caller, format!("API key `{}` has another secret", key.name));
    let replace = move |tx: &mut Tx<'_>| {
        api_keys::replace(tx, id, &stored)?;
        Ok::<_, AppError>(daemon_db::publish(tx, event)?)
    };
    app.daemon().write(app.now(), replace).await?;
    Ok(FreshKey { key: get(app, id).await?, secret })
}

/// Ends a key.
pub async fn revoke(app: &App, id: i64, caller: &Caller) -> Result<ApiKey, AppError> {
    only_people(caller)?;
    let key = get(app, id).await?;
    let event = event(caller, format!("API key `{}` was revoked", key.name));
    let revoke = move |tx: &mut Tx<'_>| {
        api_keys::revoke(tx, id)?;
        Ok::<_, AppError>(daemon_db::publish(tx, event)?)
    };
    app.daemon().write(app.now(), revoke).await?;
    get(app, id).await
}

/// Which valid key a secret is; notes its use.
pub async fn of_secret(app: &App, secret: &str) -> Option<ApiKey> {
    if !secret.starts_with(PREFIX) {
        return None;
    }
    let hash = access::token_hash(secret);
    let found = app.daemon().read(move |db: &Db<'_>| Ok::<_, AppError>(api_keys::by_hash(db, &hash)?)).await;
    let now = app.now();
    let key = found.ok().flatten().filter(|key| key.is_valid(now))?;
    if key.last_used_at.is_none_or(|at| now - at >= NOTED) {
        let id = key.id;
        let note = move |tx: &mut Tx<'_>| Ok::<_, AppError>(api_keys::used(tx, id)?);
        if let Err(error) = app.daemon().write(now, note).await {
            // On a full disk a key still opens.
            tracing::debug!(%error, "the use of a key could not be noted");
        }
    }
    Some(key)
}

async fn get(app: &App, id: i64) -> Result<ApiKey, AppError> {
    let found = app.daemon().read(move |db: &Db<'_>| Ok::<_, AppError>(api_keys::get(db, id)?)).await?;
    found.ok_or_else(|| AppError::NotFound(format!("key {id}")))
}

fn check(app: &App, new: &NewKey) -> Result<(), AppError> {
    if new.name.trim().is_empty() || new.name.chars().count() > 100 || new.name.contains(char::is_control) {
        return Err(AppError::invalid("name", "the name is empty or too long", "say what the key is for"));
    }
    if new.days.is_some_and(|days| !(1..=MOST_DAYS).contains(&days)) {
        return Err(AppError::invalid("days", format!("a key lives 1 to {MOST_DAYS} days"), "or leave `days` out"));
    }
    let bound = new.agent.is_some() || new.project.is_some() || new.task.is_some();
    if new.scope != KeyScope::Agent {
        let hint = "use scope `agent`, or leave agent, project and task out";
        return if bound { Err(AppError::invalid("scope", "only an agent's key is bound", hint)) } else { Ok(()) };
    }
    if new.agent.is_none() {
        return Err(AppError::invalid("agent", "an agent's key names its agent", "add `agent`"));
    }
    match &new.project {
        Some(project) => app.project(project).map(drop),
        None => Err(AppError::invalid("project", "an agent's key names its project", "add `project`")),
    }
}

fn fresh() -> (String, Stored) {
    let secret = format!("{PREFIX}{}", access::new_token());
    let stored = Stored { hash: access::token_hash(&secret), prefix: secret.chars().take(SHOWN).collect() };
    (secret, stored)
}

fn event(caller: &Caller, summary: String) -> NewEvent {
    let event = NewEvent::new(EventKind::DaemonState, None, caller.actor.clone(), summary);
    event.level(Level::Routine).payload(json!({"by": "keys"}))
}

fn only_people(caller: &Caller) -> Result<(), AppError> {
    if caller.actor.is_human() && caller.token.is_none() {
        Ok(())
    } else {
        Err(AppError::only_people("looks after API keys"))
    }
}
