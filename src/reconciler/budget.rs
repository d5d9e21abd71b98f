//! Ceilings of `budget:`: a running attempt that reaches one is ended, and nobody is started beyond one.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::{reading::Reading, scene::Setup, world::World};
use crate::{
    app::Project,
    config::{BudgetScope, UsedUp},
    model::{
        event::{EventKind, NewEvent},
        ids::Actor,
        outcome::Outcome,
        usage::{Spent, Usage},
    },
    store::{StoreError, Tx, attempts},
};

/// In `meta` of the blackboard: the budget that was last told to be used up.
const TOLD: &str = "budget_told";

/// Notes the end of every running attempt that has reached a ceiling; the next tick, which follows at once, ends them.
pub(super) async fn enforce(
    world: &World,
    project: &Project,
    setup: &Setup,
    reading: &Reading,
) -> Result<(), StoreError> {
    let budget = &setup.settings().budget;
    let reached = |live: &super::reading::LiveAttempt| {
        let attempt = live.attempt.usage.as_ref().map(Usage::spend).unwrap_or_default();
        budget.used_up_by(attempt, live.of_task, reading.picture.spent)
    };
    let running = reading.live.iter().filter(|live| live.attempt.spawned && live.ending.is_none());
    let over: Vec<_> = running.filter_map(|live| Some((live.attempt.id.clone(), reached(live)?.to_string()))).collect();
    if over.is_empty() {
        return Ok(());
    }
    for (attempt, why) in &over {
        tracing::warn!(%attempt, why, "an attempt is ended");
    }
    let write = move |tx: &mut Tx<'_>| {
        over.iter().try_for_each(|(id, why)| attempts::set_ending(tx, id, Outcome::OverBudget, why).map(drop))
    };
    project.store.write(world.app.now(), write).await
}

/// Says once that the budget of a project or of its day is used up.
pub(super) async fn tell(
    world: &World,
    project: &Arc<Project>,
    setup: &Setup,
    (spent, told): (Spent, &mut Option<String>),
) -> Result<(), StoreError> {
    let Some(used_up) = setup.settings().budget.used_up(spent) else { return Ok(()) };
    let now = world.app.now();
    let name = name(&used_up, now);
    if told.is_none() {
        *told = project.store.read(|db| db.meta(TOLD)).await?;
    }
    if told.as_ref() == Some(&name) {
        return Ok(());
    }
    *told = Some(name.clone());
    tracing::warn!(project = %project.id, %used_up, "nobody is started");
    let summary = format!("nobody is started: {used_up}");
    let payload = json!({"budget": used_up.key, "spent": used_up.spent, "allowed": used_up.allowed});
    let event = NewEvent::new(EventKind::BudgetUsedUp, None, Actor::Daemon, summary).payload(payload);
    let write = move |tx: &mut Tx<'_>| {
        tx.event(event)?;
        tx.set_meta(TOLD, &name)
    };
    project.store.write(now, write).await
}

/// A ceiling that is raised, or a new day, is worth a new word.
fn name(used_up: &UsedUp, now: DateTime<Utc>) -> String {
    match used_up.scope {
        BudgetScope::Day => format!("{} {} {}", used_up.key, used_up.allowed, now.date_naive()),
        _ => format!("{} {}", used_up.key, used_up.allowed),
    }
}

/// How long until a budget of the day begins anew; none when none is used up.
pub(super) fn new_day(setup: &Setup, spent: Spent, now: DateTime<Utc>) -> Option<std::time::Duration> {
    let used_up = setup.settings().budget.used_up(spent)?;
    let tomorrow = crate::store::usage::day_of(now) + TimeDelta::days(1);
    (used_up.scope == BudgetScope::Day).then(|| (tomorrow - now).to_std().ok())?
}
