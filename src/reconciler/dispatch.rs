//! Starting an agent: first a slot, then one transaction (claim, attempt, count), then the process.
//!
//! The row of an attempt is there before its process, so that after a crash nothing runs that nobody knows of.

use super::{execute::Failure, scene::Scene, slots::Permit, world::World};
use crate::{
    app::{
        access::{new_token, token_hash},
        starts::{self, Start},
        status,
    },
    model::{
        agent::{AgentProfile, Runner},
        ids::{Actor, AttemptId, ProjectId},
        status::{Cause, Status},
        task::{Task, Trigger},
    },
    store::{
        Store, StoreError, Tx,
        attempts::{self, NewAttempt},
        comments, guards,
        policy_decisions::{self, NewDecision},
        tasks::{self, Details, Move},
    },
};

/// A start that may go ahead: the slot is taken.
pub(super) struct Prepared {
    /// What is started.
    pub start: Start,
    /// Its profile.
    pub profile: AgentProfile,
    /// How it is started.
    pub runner: Runner,
    provider: Option<String>,
    permit: Permit,
    round: i64,
    timeout_seconds: i64,
    max_dispatches: i64,
}

/// A start that is written down; its process comes next.
pub(super) struct Begun {
    /// Its attempt.
    pub attempt: AttemptId,
    /// What was prepared.
    pub start: Start,
    /// Its profile.
    pub profile: AgentProfile,
    /// How it is started.
    pub runner: Runner,
    /// The fencing token.
    pub token: String,
    /// Marks all its processes.
    pub nonce: String,
    /// How long it may run, in seconds.
    pub timeout_seconds: i64,
}

/// Checks what the snapshot tells, and takes a slot; or says why not.
pub(super) fn prepare(world: &World, scene: &Scene, project: &ProjectId, start: Start) -> Result<Prepared, String> {
    let setup = &scene.setup;
    let profile = setup.member(&start.agent).ok_or_else(|| format!("there is no agent `{}`", start.agent))?;
    let runner = setup.runner(profile).ok_or_else(|| format!("{} comes by itself: it has no runner", start.agent))?;
    let round = match (scene.task(start.task), start.kind) {
        (Some(task), _) => {
            starts::check(&scene.board, task, &start, setup.settings().daemon.max_dispatches.into())?;
            task.round
        }
        // Somebody can be mentioned on a finished task.
        (None, Trigger::Mention) => 0,
        (None, _) => return Err(format!("there is no open task {}", start.task)),
    };
    let provider = setup.agents.provider_of(profile).map(ToOwned::to_owned);
    if let Some(until) = provider.as_ref().and_then(|provider| world.parked.until(provider, scene.now())) {
        return Err(format!("its provider rests until {}", until.format("%H:%M:%S UTC")));
    }
    let of_task = scene.task(start.task).map(|task| task.budgeted()).unwrap_or_default();
    if let Some(used_up) = setup.settings().budget.used_up_for(of_task, scene.ctx.spent) {
        return Err(used_up.to_string());
    }
    if runner.needs_gateway() && !world.app.control().health().gateway_is_up() {
        return Err(format!("the OpenClaw Gateway, which {} needs, does not answer", start.agent));
    }
    // Its number may be the next one's, and two processes never work on one task.
    if let Some(stray) = world.live.stray_of(project, start.task) {
        return Err(format!("{stray}, of a database that was replaced, has not left yet"));
    }
    if status::is_disk_low(&world.app) {
        return Err("the disk is almost full".to_owned());
    }
    let permit = world.slots.take(project, &start.agent, setup.caps(profile)).map_err(|no| no.to_string())?;
    let daemon = &setup.settings().daemon;
    Ok(Prepared {
        profile: profile.clone(),
        runner: runner.clone(),
        provider,
        permit,
        round,
        timeout_seconds: (daemon.task_timeout.ceil() as i64).max(1),
        max_dispatches: daemon.max_dispatches.into(),
        start,
    })
}

/// Writes the start down: claim, attempt and count in one transaction, and the decision that led to it.
///
/// What has changed since the snapshot is found here; the next tick looks again.
pub(super) async fn begin(
    world: &World,
    store: &Store,
    project: &ProjectId,
    prepared: Prepared,
    record: Option<NewDecision>,
) -> Result<Begun, Failure> {
    let Prepared { start, profile, runner, provider, permit, round, timeout_seconds, max_dispatches } = prepared;
    let (token, nonce) = (new_token(), uuid::Uuid::new_v4().simple().to_string());
    let row = NewAttempt {
        task: start.task,
        agent: Actor::Agent(start.agent.clone()),
        kind: start.kind,
        runner: profile.runner.clone(),
        provider,
        round,
        fence: 0,
        token_hash: token_hash(&token),
        nonce: nonce.clone(),
        timeout_seconds,
    };
    let (id, limit) = (project.clone(), max_dispatches);
    let write = move |tx: &mut Tx<'_>| {
        let attempt = write_start(tx, &id, row, limit)?;
        if let Some(record) = record {
            policy_decisions::record(tx, &record)?;
        }
        Ok::<_, Failure>(attempt)
    };
    let attempt = store.write(world.app.now(), write).await?;
    world.live.starting(&attempt, permit);
    Ok(Begun { attempt, start, profile, runner, token, nonce, timeout_seconds })
}

fn write_start(tx: &mut Tx<'_>, project: &ProjectId, mut row: NewAttempt, limit: i64) -> Result<AttemptId, Failure> {
    let task = tasks::require(tx, project, row.task)?;
    if row.kind.owns_task() {
        row.fence = claim(tx, task, &row, limit)?.lifecycle.fence;
    } else {
        check_place(&task, row.kind)?;
        row.round = task.lifecycle.round;
        row.fence = task.lifecycle.fence;
    }
    let attempt = attempts::insert(tx, project, &row)?;
    if row.kind.owns_task() || row.kind == Trigger::Offer {
        tasks::count_dispatch(tx, row.task)?;
    }
    if row.kind == Trigger::Guard && guards::assign(tx, row.task, attempt.number)?.is_none() {
        return Err(Failure::Refused(format!("no question of a guardrail about {} is free", row.task)));
    }
    if let (Trigger::Mention, Some(agent)) = (row.kind, row.agent.agent()) {
        comments::try_mentions(tx, row.task, agent, attempt.number)?;
    }
    Ok(attempt.id)
}

fn claim(tx: &mut Tx<'_>, task: Task, row: &NewAttempt, limit: i64) -> Result<Task, Failure> {
    let refuse = |why: String| Err(Failure::Refused(why));
    if task.dispatch_count >= limit {
        return refuse(format!("runaway_guard: it was dispatched {} times", task.dispatch_count));
    }
    // The first part may have come after the snapshot.
    if task.subtasks_count > 0 {
        return refuse(format!("{} has parts: they are worked on, not it", task.id));
    }
    if let Some(assignee) = task.assignee.as_ref().filter(|assignee| row.agent.agent() != Some(*assignee)) {
        return refuse(format!("{} is {assignee}'s", task.id));
    }
    // Released is only what is dead: two processes never work on one task.
    let live = attempts::live_of_task(tx, &task.project, task.id)?;
    if let Some(before) = live.iter().find(|attempt| attempt.kind.owns_task()) {
        return refuse(format!("attempt {} has not ended yet", before.id));
    }
    let number = attempts::next_number(tx, task.id)?;
    let details = Details { holder: Some((row.agent.clone(), number)), ..Details::default() };
    Ok(tasks::transition(tx, task, Move::by_daemon(Cause::Claim, format!("dispatched to {}", row.agent)), details)?)
}

fn check_place(task: &Task, kind: Trigger) -> Result<(), Failure> {
    let wanted = match kind {
        Trigger::Offer => Status::Pending,
        Trigger::Review | Trigger::Round | Trigger::Rebut => Status::Review,
        Trigger::Arbitrate => Status::Escalated,
        _ => return Ok(()),
    };
    if task.lifecycle.status == wanted {
        return Ok(());
    }
    Err(Failure::Refused(format!("{} is {} by now", task.id, task.lifecycle.status)))
}

/// Notes that the process runs, which also starts the task.
pub(super) fn write_running(
    tx: &mut Tx<'_>,
    attempt: &AttemptId,
    (pid, identity): (i64, &str),
) -> Result<(), StoreError> {
    let row = attempts::started(tx, attempt, pid, identity)?;
    let task = tasks::require(tx, &attempt.project, attempt.task)?;
    let holds = task.attempt.as_ref() == Some(attempt);
    if row.kind.owns_task() && row.ended_at.is_none() && holds && task.lifecycle.status == Status::Claimed {
        tasks::transition(tx, task, Move::by_daemon(Cause::Start, ""), Details::default())?;
    }
    Ok(())
}
