//! What happens by rule and not by judgement: dependencies, claims that ran out, tasks that nobody holds any more, the
//! guard against runaway tasks, and parents that follow their children.

use std::{collections::HashSet, sync::Arc, time::Duration};

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
        snapshot::{AttemptFacts, RoundFacts, TaskFacts},
        status::{Cause, Status},
        task::{ITS_PARTS, RiskLevel, Task},
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
    /// It would start although this dependency is open.
    Wait(TaskId),
    /// Claimed from outside, and not started in time.
    ClaimTimeout,
    /// A parent that was claimed from outside and not started, and whose parts are all final.
    LetGo,
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
    let open: HashSet<_> = reading.picture.tasks.iter().map(|task| task.id).collect();
    for task in &reading.picture.tasks {
        let round = reading.picture.rounds.iter().find(|round| round.task == task.id);
        let rule = open_dependency(task, &open).or_else(|| rule_for(setup, task, round, reading));
        moves.extend(rule.map(|rule| (task.id, rule)));
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

/// What a task that came back to pending waits for by now.
fn open_dependency(task: &TaskFacts, open: &HashSet<TaskId>) -> Option<Rule> {
    if task.status != Status::Pending || task.subtasks_count > 0 {
        return None;
    }
    task.depends_on.iter().find(|needed| open.contains(needed)).map(|needed| Rule::Wait(*needed))
}

fn rule_for(setup: &Setup, task: &TaskFacts, round: Option<&Arc<RoundFacts>>, reading: &Reading) -> Option<Rule> {
    if task.subtasks_count > 0 {
        return rule_for_parent(setup, task, round, reading);
    }
    let daemon = &setup.settings().daemon;
    match task.status {
        Status::Pending if task.dispatch_count >= daemon.max_dispatches.into() => {
            Some(Rule::Runaway(task.dispatch_count))
        }
        Status::Claimed | Status::Working => {
            let live = task.attempts.iter().find(|attempt| attempt.is_live && attempt.kind.owns_task());
            match live {
                None => nobody_decides(task, reading).then_some(Rule::Orphaned),
                Some(live) => {
                    let late = task.status == Status::Claimed && !live.spawned && is_late(setup, task);
                    late.then_some(Rule::ClaimTimeout)
                }
            }
        }
        _ => None,
    }
}

/// True when no attempt of the task waits for policy to say what follows from its end.
fn nobody_decides(task: &TaskFacts, reading: &Reading) -> bool {
    !reading.ended.iter().any(|ended| ended.attempt.task == task.id)
}

/// Longer in its status than a claim may last without a start.
fn is_late(setup: &Setup, task: &TaskFacts) -> bool {
    let since = Duration::from_secs(task.in_status_seconds.max(0).unsigned_abs());
    since >= crate::config::seconds(setup.settings().daemon.claim_timeout)
}

fn rule_for_parent(
    setup: &Setup,
    task: &TaskFacts,
    round: Option<&Arc<RoundFacts>>,
    reading: &Reading,
) -> Option<Rule> {
    let own = task.attempts.iter().find(|attempt| attempt.is_live && attempt.kind.owns_task());
    if let Some(own) = own {
        return rule_for_own_attempt(setup, task, round, own);
    }
    if task.status == Status::Claimed {
        return nobody_decides(task, reading).then_some(Rule::Orphaned);
    }
    let Some(round) = round else {
        let follows = matches!(task.status, Status::Pending | Status::Review) || waits_for_parts(task);
        return follows.then_some(Rule::Derive(Status::Working));
    };
    if !matches!(task.status, Status::Pending | Status::Working) && !waits_for_parts(task) {
        return None;
    }
    Some(rule_for_round(setup, task, round))
}

/// Somebody works on the parent itself, for example to split it. Who has only claimed it holds nobody up.
fn rule_for_own_attempt(
    setup: &Setup,
    task: &TaskFacts,
    round: Option<&Arc<RoundFacts>>,
    own: &AttemptFacts,
) -> Option<Rule> {
    if task.status != Status::Claimed || own.spawned {
        return None;
    }
    if round.is_some() {
        return Some(Rule::LetGo);
    }
    is_late(setup, task).then_some(Rule::ClaimTimeout)
}

/// All parts are final: the coordinator looks at the whole, and where it has worked on it, another reviewer or a person.
fn rule_for_round(setup: &Setup, task: &TaskFacts, round: &RoundFacts) -> Rule {
    let others = || setup.members.iter().any(|agent| agent.reviews() && !task.authors.contains(&agent.id));
    // Work of the parent's own was not reviewed with the parts.
    let unseen = task.risk_level > RiskLevel::Low && !task.authors.is_empty();
    match &setup.coordinator {
        Some(_) => Rule::Derive(Status::Review),
        None if unseen && others() => Rule::Derive(Status::Review),
        None if round.failed_count == 0 && !unseen => Rule::Derive(Status::Done),
        None => Rule::NobodyToLook,
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
        Rule::Wait(needed) => {
            let details = Details { blocked_on: Some(needed.to_string()), ..Details::default() };
            tasks::transition(tx, task, Move::by_daemon(Cause::Block, format!("waits for {needed}")), details)?;
        }
        Rule::ClaimTimeout => {
            end_claim(tx, &task, Outcome::ClaimExpired, "claimed, and not started in time")?;
            go(tx, task, Move::by_daemon(Cause::ClaimTimeout, "not started in time"))?;
        }
        Rule::LetGo => {
            let why = "all its parts are final";
            end_claim(tx, &task, Outcome::Interrupted, why)?;
            go(tx, task, Move::by_daemon(Cause::Release, why))?;
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
            let why = "all its parts are final, and there is nobody to look at the whole";
            return hand_over(tx, task, Actor::human(), Move::by_daemon(Cause::Escalate, why));
        }
    }
    Ok(())
}

/// Ends the attempt of a claim that was not followed by a start; there is nothing for policy to decide about it.
fn end_claim(tx: &mut Tx<'_>, task: &Task, outcome: Outcome, why: &str) -> Result<(), Failure> {
    let Some(attempt) = &task.attempt else { return Ok(()) };
    attempts::end(tx, attempt, &Ending::new(outcome, why))?;
    Ok(attempts::decided(tx, attempt)?)
}
