//! Provider accounts: which agents use each, and which of them rest until a limit resets.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{App, error::AppError};
use crate::{
    model::ids::AgentId,
    store::daemon_db::{self, Parked},
};

/// A provider account.
#[derive(Debug, Clone)]
pub struct Provider {
    /// Its name: `provider` of its runners, else the runner's own name.
    pub name: String,
    /// The runners that use it up.
    pub runners: Vec<String>,
    /// The agents that are started by these.
    pub agents: Vec<AgentId>,
    /// Nobody who needs it is started until then.
    pub parked_until: Option<DateTime<Utc>>,
    /// Why it rests.
    pub reason: Option<String>,
}

/// Every account that a configured runner uses, and those that rest.
pub async fn list(app: &App) -> Result<Vec<Provider>, AppError> {
    let agents = app.config().agents();
    let mut found: BTreeMap<String, Provider> = BTreeMap::new();
    for runner in agents.runners.keys() {
        let provider = entry(&mut found, agents.provider(runner));
        provider.runners.push(runner.clone());
        let own = agents.agents.values().filter(|profile| profile.runner.as_ref() == Some(runner));
        provider.agents.extend(own.map(|profile| profile.id.clone()));
    }
    for parked in parked(app).await? {
        let provider = entry(&mut found, &parked.provider);
        (provider.parked_until, provider.reason) = (Some(parked.until), Some(parked.reason));
    }
    Ok(found.into_values().collect())
}

fn entry<'a>(found: &'a mut BTreeMap<String, Provider>, name: &str) -> &'a mut Provider {
    found.entry(name.to_owned()).or_insert_with(|| Provider {
        name: name.to_owned(),
        runners: Vec::new(),
        agents: Vec::new(),
        parked_until: None,
        reason: None,
    })
}

/// The accounts that rest now.
pub async fn parked(app: &App) -> Result<Vec<Parked>, AppError> {
    let now = app.now();
    app.daemon().read(move |db| Ok::<_, AppError>(daemon_db::parked(db, now)?)).await
}

/// Lets an account be used again before its time; whoever waits for it is started at once.
pub async fn unpark(app: &App, name: &str) -> Result<Provider, AppError> {
    let known = list(app).await?;
    let Some(mut provider) = known.into_iter().find(|provider| provider.name == name) else {
        return Err(AppError::NotFound(format!("provider account `{name}`")));
    };
    let account = name.to_owned();
    app.daemon().write(app.now(), move |tx| Ok::<_, AppError>(daemon_db::unpark(tx, &account)?)).await?;
    // Without loops nobody waits; the next start reads the list.
    let _no_loops = app.control().tick().await;
    (provider.parked_until, provider.reason) = (None, None);
    Ok(provider)
}
