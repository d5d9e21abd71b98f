//! Looks whether the OpenClaw Gateway answers, as long as an agent needs it. While it does not, those agents are not
//! started; when it does again, what is left of earlier attempts is ended first, and then the work goes on.

use std::{path::PathBuf, sync::Arc, time::Duration};

use chrono::TimeDelta;
use serde_json::json;
use tokio::time::{MissedTickBehavior, interval};

use super::world::World;
use crate::{
    agent::gateway::{Gateway, GatewayError, Session},
    config::Agents,
    model::{
        event::{EventKind, Level, NewEvent},
        ids::{Actor, AttemptId},
    },
    store::{Db, StoreError, attempts, daemon_db},
};

/// The loop's name in health reports.
pub(super) const NAME: &str = "gateway";
/// Between two looks.
const EVERY: Duration = Duration::from_secs(5);
/// How far back ended attempts are looked at when the gateway comes up.
const LOOK_BACK: TimeDelta = TimeDelta::days(1);
/// How long the end of what an attempt left in the gateway may take before its row is written.
const CLOSING: Duration = Duration::from_secs(10);

/// Probes until the daemon stops.
pub(super) async fn run(world: &Arc<World>) {
    let mut clock = interval(EVERY);
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = world.stop.cancelled() => return,
            _ = clock.tick() => {}
        }
        let result = look(world).await;
        world.app.control().report_round(NAME, world.app.now(), result.err().map(|error| error.to_string()));
    }
}

/// True when somebody configured is started through the gateway.
fn is_needed(agents: &Agents) -> bool {
    agents.agents.values().any(|profile| agents.runner_of(&profile.id).is_some_and(|runner| runner.needs_gateway()))
}

async fn look(world: &Arc<World>) -> Result<(), StoreError> {
    let before = world.app.control().health().gateway_up;
    if !is_needed(&world.app.config().agents()) {
        world.app.control().report(|health| health.gateway_up = None);
        return Ok(());
    }
    let answer = match of(world) {
        Ok(gateway) => ready(&gateway).await,
        Err(error) => Err(error),
    };
    let is_up = answer.is_ok();
    if before == Some(is_up) {
        return Ok(());
    }
    if is_up {
        end_leftovers(world).await;
    }
    world.app.control().report(|health| health.gateway_up = Some(is_up));
    // That it is there as it should be is no news.
    if before.is_some() || !is_up {
        let (level, summary) = match &answer {
            Ok(()) => (Level::Routine, "the OpenClaw Gateway answers again".to_owned()),
            Err(error) => (Level::Attention, format!("{error}; agents that need it wait")),
        };
        tracing::warn!(is_up, summary, "gateway");
        let event = NewEvent::new(EventKind::DaemonState, None, Actor::Daemon, summary);
        let event = event.level(level).payload(json!({"gateway_up": is_up}));
        world.app.daemon().write(world.app.now(), move |tx| daemon_db::publish(tx, event)).await?;
    }
    if is_up {
        // Whoever waited for it is started now.
        let _no_ticker = world.app.control().tick().await;
    }
    Ok(())
}

/// A gateway that does not answer once may be busy; twice in a row is down.
async fn ready(gateway: &Gateway) -> Result<(), GatewayError> {
    match gateway.ready().await {
        Ok(()) => Ok(()),
        Err(_) => {
            tokio::time::sleep(Duration::from_secs(1)).await;
            gateway.ready().await
        }
    }
}

/// The gateway as it is configured.
pub(super) fn of(world: &World) -> Result<Gateway, GatewayError> {
    let settings = world.app.config().settings();
    let token = settings.gateway.token(&world.environment);
    Gateway::new(&settings.gateway.url, token.map(ToOwned::to_owned))
}

/// Ends what goes on in the gateway for an attempt whose process has gone, before its task is tried again. Does nothing
/// for other attempts, and for those whose process has done it.
pub(super) async fn close(world: &Arc<World>, id: &AttemptId) {
    let folder = world.app.root().attempt(id);
    if let Some(session) = Session::of_attempt(&folder) {
        end_session(world, folder, session).await;
    }
}

async fn end_session(world: &World, folder: PathBuf, session: Session) {
    let Ok(gateway) = of(world) else { return };
    match tokio::time::timeout(CLOSING, gateway.abort(&session.key)).await {
        Ok(Ok(_)) => Session::forget(&folder),
        Ok(Err(error)) => tracing::warn!(session = session.key, %error, "a session in the gateway could not be ended"),
        Err(_) => tracing::warn!(session = session.key, "a session in the gateway could not be ended in time"),
    }
}

/// Sessions of attempts that ended while the gateway was away: it may take them up again.
async fn end_leftovers(world: &Arc<World>) {
    for project in world.app.projects().open() {
        let (id, since) = (project.id.clone(), world.app.now() - LOOK_BACK);
        let read = move |db: &Db<'_>| attempts::ended_since(db, &id, since);
        match project.store.read(read).await {
            Ok(ended) => {
                for id in ended {
                    close(world, &id).await;
                }
            }
            Err(error) => tracing::warn!(project = %project.id, %error, "ended attempts could not be looked at"),
        }
    }
}
