//! What happens by rule and not by judgement: dependencies, tasks that nobody holds any more, the guard against runaway
//! tasks, and parents whose children are worked on.

use std::{collections::HashSet, sync::Arc};

use super::{
    execute::Failure,
    reading::{Reading, Wait},
    scene::Setup,
    world::World,
};
use crate::{
    app::Project,
    model::{
        ids::TaskId,
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
    /// It would start although this dependency is open.
    Wait(TaskId),
    /// A parent that was claimed from outside and not started, and whose parts are all final.
    LetGo,
    /// Held by an attempt that is over and decided about.
    Orphaned,
    /// Dispatched too often.
    Runaway(i64),
    /// A parent whose children are worked on.
    Follow,
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
        return rule_for_parent(task, round, reading);
    }
    let daemon = &setup.settings().daemon;
    match task.status {
        Status::Pending if task.dispatch_count >= daemon.max_dispatches.into() => {
            Some(Rule::Runaway(task.dispatch_count))
        }
        Status::Claimed | Status::Working => {
            let live = task.attempts.iter().find(|attempt| attempt.is_live && attempt.kind.owns_task());
            (live.is_none() && nobody_decides(task, reading)).then_some(Rule::Orphaned)
        }
        _ => None,
    }
}

/// True when no attempt of the task waits for policy to say what follows from its end.
fn nobody_decides(task: &TaskFacts, reading: &Reading) -> bool {
    !reading.ended.iter().any(|ended| ended.attempt.task == task.id)
}

fn rule_for_parent(task: &TaskFacts, round: Option<&Arc<RoundFacts>>, reading: &Reading) -> Option<Rule> {
    let own = task.attempts.iter().find(|attempt| attempt.is_live && attempt.kind.owns_task());
    if let Some(own) = own {
        // Who has only claimed it holds nobody up.
        let only_claimed = task.status == Status::Claimed && !own.spawned;
        return (only_claimed && round.is_some()).then_some(Rule::LetGo);
    }
    if task.status == Status::Claimed {
        return nobody_decides(task, reading).then_some(Rule::Orphaned);
    }
    let follows = matches!(task.status, Status::Pending | Status::Review) || waits_for_parts(task);
    (round.is_none() && follows).then_some(Rule::Follow)
}

/// True for a parent that nobody works on itself: what follows from the end of its parts is a judgement.
pub(super) fn waits_for_its_parts(task: &TaskFacts) -> bool {
    let own = task.attempts.iter().any(|attempt| attempt.is_live && attempt.kind.owns_task());
    !own && (matches!(task.status, Status::Pending | Status::Working) || waits_for_parts(task))
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
        Rule::Follow => go(tx, task, Move::by_daemon(Cause::Derive, "its parts are worked on").to(Status::Working))?,
    }
    Ok(())
}

/// Ends the attempt of a claim that was not followed by a start; there is nothing for policy to decide about it.
fn end_claim(tx: &mut Tx<'_>, task: &Task, outcome: Outcome, why: &str) -> Result<(), Failure> {
    let Some(attempt) = &task.attempt else { return Ok(()) };
    attempts::end(tx, attempt, &Ending::new(outcome, why))?;
    Ok(attempts::decided(tx, attempt)?)
}
