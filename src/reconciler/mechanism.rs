//! What happens by rule and not by judgement: dependencies, claims that ran out, tasks that nobody holds any more, the
//! guard against runaway tasks, and parents that follow their children.

use std::{sync::Arc, time::Duration};

use super::{
    execute::{Failure, hand_over},
    reading::{Reading, Wait},
    scene::Setup,
    world::World,
};
use crate::{
    app::Project,
    model::{
        ids::{Actor, TaskId},
        outcome::Outcome,
        snapshot::{RoundFacts, TaskFacts},
        status::{Cause, Status},
        task::{ITS_PARTS, Task},
    },
    store::{
        StoreError, Tx,
        attempts::{self, Ending},
        tasks::{self, Details, Move},
    },
};

/// A task that has to move by rule.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Rule {
    /// What it waited for is there.
    Unblock(String),
    /// Claimed from outside, and not started in time.
    ClaimTimeout,
    /// Held by an attempt that is over and decided about.
    Orphaned,
    /// Dispatched too often.
    Runaway(i64),
    /// A parent goes where its children are.
    Derive(Status),
    /// A parent whose children are final, and nobody to look at the whole.
    NobodyToLook,
}

/// Moves every task that has to move; true when one has.
pub(super) async fn settle(
    world: &World,
    project: &Arc<Project>,
    setup: &Setup,
    reading: &Reading,
) -> Result<bool, StoreError> {
    let mut moves: Vec<_> = reading.waits.iter().filter_map(|(task, wait)| Some((*task, of_wait(wait)?))).collect();
    for task in &reading.picture.tasks {
        let round = reading.picture.rounds.iter().find(|round| round.task == task.id);
        moves.extend(rule_for(setup, task, round, reading).map(|rule| (task.id, rule)));
    }
    let mut moved = false;
    for (task, rule) in moves {
        moved |= apply(world, project, task, rule).await?;
    }
    Ok(moved)
}

fn of_wait(wait: &Wait) -> Option<Rule> {
    match wait {
        Wait::Over(why) => Some(Rule::Unblock(why.clone())),
        // Who decides then is a judgement.
        Wait::Lost(_) => None,
    }
}

fn rule_for(setup: &Setup, task: &TaskFacts, round: Option<&Arc<RoundFacts>>, reading: &Reading) -> Option<Rule> {
    if task.subtasks_count > 0 {
        return rule_for_parent(setup, task, round);
    }
    let daemon = &setup.settings().daemon;
    match task.status {
        Status::Pending if task.dispatch_count >= daemon.max_dispatches.into() => {
            Some(Rule::Runaway(task.dispatch_count))
        }
        Status::Claimed | Status::Working => {
            let live = task.attempts.iter().find(|attempt| attempt.is_live && attempt.kind.owns_task());
            let waits_for_policy = || reading.ended.iter().any(|ended| ended.attempt.task == task.id);
            match live {
                None => (!waits_for_policy()).then_some(Rule::Orphaned),
                Some(live) => {
                    let late = Duration::from_secs(task.in_status_seconds.max(0).unsigned_abs())
                        >= crate::config::seconds(daemon.claim_timeout);
                    (task.status == Status::Claimed && !live.spawned && late).then_some(Rule::ClaimTimeout)
                }
            }
        }
        _ => None,
    }
}

fn rule_for_parent(setup: &Setup, task: &TaskFacts, round: Option<&Arc<RoundFacts>>) -> Option<Rule> {
    // Somebody works on the parent itself, for example to split it.
    if task.attempts.iter().any(|attempt| attempt.is_live && attempt.kind.owns_task()) {
        return None;
    }
    let Some(round) = round else {
        let follows = matches!(task.status, Status::Pending | Status::Review) || waits_for_parts(task);
        return follows.then_some(Rule::Derive(Status::Working));
    };
    if !matches!(task.status, Status::Pending | Status::Working) && !waits_for_parts(task) {
        return None;
    }
    let coordinator = setup.coordinator.as_ref().filter(|agent| !task.authors.contains(agent));
    match coordinator {
        Some(_) => Some(Rule::Derive(Status::Review)),
        None if round.failed_count == 0 => Some(Rule::Derive(Status::Done)),
        None => Some(Rule::NobodyToLook),
    }
}

/// A parent that was created before its parts.
fn waits_for_parts(task: &TaskFacts) -> bool {
    task.status == Status::Blocked && task.blocked_on.as_deref() == Some(ITS_PARTS)
}

async fn apply(world: &World, project: &Arc<Project>, id: TaskId, rule: Rule) -> Result<bool, StoreError> {
    let (name, what) = (project.id.clone(), rule.clone());
    let write = move |tx: &mut Tx<'_>| {
        let task = tasks::require(tx, &name, id)?;
        carry_out(tx, task, rule)
    };
    match project.store.write(world.app.now(), write).await {
        Ok(()) => {
            tracing::debug!(project = %project.id, task = %id, rule = ?what, "moved by rule");
            Ok(true)
        }
        // It has changed since it was read; the next tick looks again.
        Err(Failure::Refused(why)) => {
            tracing::debug!(project = %project.id, task = %id, rule = ?what, why, "not moved");
            Ok(false)
        }
        Err(Failure::Store(error)) => Err(error),
    }
}

fn carry_out(tx: &mut Tx<'_>, task: Task, rule: Rule) -> Result<(), Failure> {
    let go = |tx: &mut Tx<'_>, task, step| tasks::transition(tx, task, step, Details::default()).map(drop);
    match rule {
        Rule::Unblock(why) => go(tx, task, Move::by_daemon(Cause::Unblock, why))?,
        Rule::ClaimTimeout => {
            if let Some(attempt) = &task.attempt {
                let ending = Ending::new(Outcome::ClaimExpired, "claimed, and not started in time");
                attempts::end(tx, attempt, &ending)?;
                attempts::decided(tx, attempt)?;
            }
            go(tx, task, Move::by_daemon(Cause::ClaimTimeout, "not started in time"))?;
        }
        Rule::Orphaned => {
            let live = attempts::live_of_task(tx, &task.project, task.id)?;
            if live.iter().any(|attempt| attempt.kind.owns_task()) {
                return Err(Failure::Refused("somebody has it by now".into()));
            }
            go(tx, task, Move::by_daemon(Cause::Release, "nobody holds it any more"))?;
        }
        Rule::Runaway(count) => {
            let why = format!("runaway_guard: it was dispatched {count} times");
            go(tx, task, Move::by_daemon(Cause::Fail, why))?;
        }
        Rule::Derive(status) => {
            let why = if status == Status::Working { "its parts are worked on" } else { "all its parts are final" };
            go(tx, task, Move::by_daemon(Cause::Derive, why).to(status))?;
        }
        Rule::NobodyToLook => {
            let why = "some of its parts have failed, and there is no coordinator to look at the whole";
            return hand_over(tx, task, Actor::human(), Move::by_daemon(Cause::Escalate, why));
        }
    }
    Ok(())
}
