//! Moving tasks: one function for each verb of the contract, all by way of `store::tasks::transition`.

use super::{
    App,
    access::{self, Need, Standing},
    agents, budgets,
    checkpoints::{ask_what_now, limit},
    completion,
    error::AppError,
    forms, guards,
    letters::kept,
    repeats,
    requests::{Act, Caller},
};
use crate::{
    model::{
        attempt::Attempt,
        ids::{Actor, AgentId, ProjectId, TaskId},
        outcome::Outcome,
        records::CommentType,
        status::{Cause, Role, Status},
        task::{Task, Trigger},
    },
    store::{
        Tx,
        attempts::{self, Ending, NewAttempt},
        checkpoints,
        comments::{self, Asked},
        dependencies,
        tasks::{self, Details, Move},
    },
};

/// What a verb works with, inside the transaction.
pub(super) struct Turn<'a, 't> {
    pub(super) tx: &'a mut Tx<'t>,
    pub(super) task: Task,
    pub(super) standing: Standing,
    pub(super) act: Act,
}

impl Turn<'_, '_> {
    pub(super) fn step(&self, cause: Cause) -> Move {
        let reason = self.act.reason.clone().unwrap_or_default();
        Move::new(cause, self.standing.role, self.standing.actor.clone()).because(reason)
    }

    pub(super) fn go(self, cause: Cause, details: Details) -> Result<Task, AppError> {
        let step = self.step(cause);
        Ok(tasks::transition(self.tx, self.task, step, details)?)
    }
}

/// Runs a verb: finds the task and the caller's standing, does it, and keeps the write when its token is stale.
pub(super) async fn turn(
    app: &App,
    at: (&ProjectId, TaskId),
    (verb, need): (&'static str, Need),
    (caller, act): (&Caller, Act),
    work: impl FnOnce(Turn<'_, '_>) -> Result<Task, AppError> + Send + 'static,
) -> Result<Task, AppError> {
    let project = app.open_project(at.0)?;
    forms::check(app, verb, caller, &act)?;
    let coordinator = app.coordinator(&project.id);
    let (id, who, body) = (project.id.clone(), caller.clone(), act.clone());
    let heard = guards::Heard::of(app, &project.id, &act);
    let write = move |tx: &mut Tx<'_>| {
        repeats::once(tx, &who, (verb, Some(at.1)), |tx| {
            let task = access::task(tx, &id, at.1, &who)?;
            let standing = access::stand(tx, &task, &who, coordinator.as_ref(), need)?;
            // A word that crosses a line moves the task to whoever decides about that, and nowhere else.
            if heard.follow(tx, at.1, &standing.actor)? {
                return Ok(tasks::require(tx, &id, at.1)?);
            }
            work(Turn { tx, task, standing, act })
        })
    };
    let result = project.store.write(app.now(), write).await;
    kept(app, (&project, at.1), caller, (verb, &body), result).await
}

/// Takes a task; answers with it and with the token for the writes that follow.
pub async fn claim(app: &App, project: &ProjectId, task: TaskId, caller: &Caller) -> Result<(Task, String), AppError> {
    let project = app.open_project(project)?;
    agents::check_caller(app, "agent", caller)?;
    forms::check(app, "claim", caller, &serde_json::Map::new())?;
    let settings = app.settings_of(&project.id);
    let timeout = settings.daemon.task_timeout.ceil() as i64;
    let (id, caller) = (project.id.clone(), caller.clone());
    let token = caller.token.clone().unwrap_or_else(|| repeats::claim_token(&caller));
    let hash = access::token_hash(&token);
    let write = move |tx: &mut Tx<'_>| {
        repeats::once(tx, &caller, ("claim", Some(task)), |tx| {
            let task = tasks::require(tx, &id, task)?;
            // A token is looked at before anything else.
            let offer = offered(tx, &task, &caller)?;
            may_claim(&task, &caller.actor)?;
            has_no_open_parts(tx, &task)?;
            match offer {
                Some(offer) => take_offer(tx, task, &offer),
                None => claim_from_outside(tx, task, caller.actor.clone(), (hash, timeout)),
            }
        })
    };
    let task = project.store.write(app.now(), write).await?;
    Ok((task, token))
}

fn may_claim(task: &Task, actor: &Actor) -> Result<(), AppError> {
    let status = task.lifecycle.status;
    if status.is_held() {
        let holder = task.owner.as_ref().map_or_else(|| "somebody".to_owned(), ToString::to_string);
        return Err(AppError::AlreadyClaimed { holder, status: status.to_string() });
    }
    match (&task.assignee, actor.agent()) {
        (Some(assignee), Some(agent)) if assignee != agent => {
            let detail = format!("task {} is {assignee}'s, not {agent}'s", task.id);
            Err(AppError::NoSay { detail, hint: format!("take another one, or have a person assign it to {agent}") })
        }
        _ => Ok(()),
    }
}

fn has_no_open_parts(tx: &Tx<'_>, task: &Task) -> Result<(), AppError> {
    let parts = dependencies::open_parts(tx, task.id)?;
    if parts.is_empty() {
        return Ok(());
    }
    let parts = parts.iter().map(|(part, status)| format!("{part} ({status})")).collect();
    Err(AppError::PartsOpen { task: task.id.to_string(), parts })
}

/// The live offer that the caller's token belongs to.
fn offered(tx: &Tx<'_>, task: &Task, caller: &Caller) -> Result<Option<Attempt>, AppError> {
    let Some(token) = &caller.token else { return Ok(None) };
    let attempt = attempts::by_token(tx, &task.project, &access::token_hash(token))?;
    let live = attempt.filter(|attempt| attempt.task == task.id && attempt.ended_at.is_none());
    match live {
        Some(attempt) if attempt.kind == Trigger::Offer => Ok(Some(attempt)),
        _ => Err(AppError::stale("this token belongs to no live offer of this task")),
    }
}

fn take_offer(tx: &mut Tx<'_>, task: Task, offer: &Attempt) -> Result<Task, AppError> {
    let kind = task.trigger;
    let step = Move::new(Cause::Claim, Role::Owner, offer.agent.clone());
    let details = Details { holder: Some((offer.agent.clone(), offer.number)), ..Details::default() };
    let task = tasks::transition(tx, task, step, details)?;
    attempts::become_owner(tx, &offer.id, kind, task.lifecycle.fence)?;
    Ok(task)
}

fn claim_from_outside(
    tx: &mut Tx<'_>,
    task: Task,
    actor: Actor,
    (token_hash, timeout_seconds): (String, i64),
) -> Result<Task, AppError> {
    let number = attempts::next_number(tx, task.id)?;
    let role = if actor.is_human() { Role::Person } else { Role::Owner };
    let details = Details { holder: Some((actor.clone(), number)), ..Details::default() };
    let task = tasks::transition(tx, task, Move::new(Cause::Claim, role, actor.clone()), details)?;
    let attempt = NewAttempt {
        task: task.id,
        agent: actor,
        kind: task.trigger,
        runner: None,
        provider: None,
        round: task.lifecycle.round,
        fence: task.lifecycle.fence,
        token_hash,
        nonce: uuid::Uuid::new_v4().simple().to_string(),
        timeout_seconds,
    };
    attempts::insert(tx, &task.project, &attempt)?;
    Ok(task)
}

/// Begins work on a claimed task; answers with the task as it is when the caller works on it already.
pub async fn start(app: &App, project: &ProjectId, task: TaskId, caller: &Caller, act: Act) -> Result<Task, AppError> {
    turn(app, (project, task), ("start", Need::Own), (caller, act), |turn| {
        let holds = turn.task.attempt.is_some() && turn.task.attempt.as_ref() == turn.standing.attempt_id();
        if turn.task.lifecycle.status == Status::Working && (holds || turn.standing.role == Role::Person) {
            return Ok(turn.task);
        }
        turn.go(Cause::Start, Details::default())
    })
    .await
}

/// Says that the work is complete; the gate decides whether it is.
pub async fn complete(
    app: &App,
    project: &ProjectId,
    task: TaskId,
    caller: &Caller,
    act: Act,
) -> Result<Task, AppError> {
    completion::complete(app, (project, task), caller, act).await
}

/// Gives up: the agent cannot do it, or somebody with a say has decided so.
pub async fn fail(app: &App, project: &ProjectId, task: TaskId, caller: &Caller, act: Act) -> Result<Task, AppError> {
    require_reason(&act, "fail")?;
    turn(app, (project, task), ("fail", Need::Own), (caller, act), |mut turn| {
        turn.task = begin(&mut turn)?;
        let (before, standing) = (turn.task.clone(), turn.standing.clone());
        let detail = turn.act.reason.clone().unwrap_or_default();
        let step = turn.step(Cause::Fail);
        let task = tasks::transition(turn.tx, turn.task, step, Details::default())?;
        let outcome = if standing.role == Role::Owner { Outcome::Declined } else { Outcome::Interrupted };
        close_own_or_all(turn.tx, standing.attempt.as_ref(), &before, [(outcome, &detail); 2])?;
        Ok(task)
    })
    .await
}

/// Waits for another task, an agent or a person. A person is asked: the reason is the question.
pub async fn block(app: &App, project: &ProjectId, task: TaskId, caller: &Caller, act: Act) -> Result<Task, AppError> {
    let on = awaited(app, act.on.as_deref())?;
    let settings = app.settings_of(project);
    turn(app, (project, task), ("block", Need::Own), (caller, act), move |mut turn| {
        if let Ok(needed) = on.parse::<TaskId>() {
            tasks::require(turn.tx, &turn.task.project, needed)?;
            let mut all = turn.task.depends_on.clone();
            if !all.contains(&needed) {
                all.push(needed);
                dependencies::set(turn.tx, turn.task.id, &all)?;
                turn.task.depends_on = all;
            }
        }
        let before = turn.task.clone();
        let reason = turn.act.reason.clone().unwrap_or_else(|| format!("waits for {on}"));
        let step = turn.step(Cause::Block).because(reason.clone());
        if on == "human" {
            let actor = turn.standing.actor.clone();
            let asked = checkpoints::open(turn.tx, turn.task.id, reason.clone(), Vec::new(), actor)?;
            limit(turn.tx, asked.id, &settings.checkpoint, (false, None))?;
        }
        if let Ok(agent) = AgentId::parse(&on) {
            ask_agent(turn.tx, &turn.task, &agent, (&turn.standing.actor, &reason))?;
        }
        let details = Details { blocked_on: Some(on), ..Details::default() };
        let task = tasks::transition(turn.tx, turn.task, step, details)?;
        stop_holders(turn.tx, &before, Outcome::Interrupted, &reason)?;
        Ok(task)
    })
    .await
}

/// Asks the agent that a task waits for, unless its last mention waits to be told or was answered meanwhile.
fn ask_agent(tx: &mut Tx<'_>, task: &Task, agent: &AgentId, (by, reason): (&Actor, &str)) -> Result<(), AppError> {
    if matches!(comments::asked(tx, task.id, agent)?, Asked::Waiting | Asked::Answered) {
        return Ok(());
    }
    let (author, body) = (by.clone(), format!("@{agent} {reason}"));
    let (comment_type, mentions) = (CommentType::Question, vec![agent.clone()]);
    comments::insert(tx, comments::NewComment { task: task.id, author, body, comment_type, mentions })?;
    Ok(())
}

fn awaited(app: &App, on: Option<&str>) -> Result<String, AppError> {
    let hint = "name a task id, an agent or `human`";
    let wrong = |detail: String| {
        let agents = app.config().agents();
        let agents = agents.agents.keys().map(ToString::to_string);
        let valid_values = ["human", "t-N"].into_iter().map(Into::into).chain(agents).collect();
        AppError::Validation { field: "on".into(), detail, valid_values, hint: hint.into() }
    };
    let Some(on) = on.filter(|on| !on.is_empty()) else {
        return Err(wrong("what it waits for is missing".into()));
    };
    let known_agent = AgentId::parse(on).is_ok_and(|agent| app.config().agents().get(&agent).is_some());
    if on == "human" || on.parse::<TaskId>().is_ok() || known_agent {
        return Ok(on.to_owned());
    }
    Err(wrong(format!("`{on}` is neither a task id nor an agent nor `human`")))
}

/// Gives a failed task another chance.
pub async fn retry(app: &App, project: &ProjectId, task: TaskId, caller: &Caller, act: Act) -> Result<Task, AppError> {
    let budget = app.settings_of(project).budget.clone();
    turn(app, (project, task), ("retry", Need::Lead), (caller, act), move |mut turn| {
        if turn.standing.role == Role::Person {
            budgets::send_on(turn.tx, &mut turn.task, &budget, (&turn.standing.actor, budgets::More::default()))?;
        }
        turn.go(Cause::Retry, Details::default())
    })
    .await
}

/// Calls a task off; its processes are ended.
pub async fn cancel(app: &App, project: &ProjectId, task: TaskId, caller: &Caller, act: Act) -> Result<Task, AppError> {
    turn(app, (project, task), ("cancel", Need::Lead), (caller, act), |turn| {
        stop_attempts(turn.tx, &turn.task, Outcome::Cancelled, "the task was cancelled")?;
        turn.go(Cause::Cancel, Details::default())
    })
    .await
}

/// Sets a task aside. Processes of agents are ended; an outside agent keeps its claim.
pub async fn pause(app: &App, project: &ProjectId, task: TaskId, caller: &Caller, act: Act) -> Result<Task, AppError> {
    turn(app, (project, task), ("pause", Need::Lead), (caller, act), |turn| {
        for attempt in attempts::live_of_task(turn.tx, &turn.task.project, turn.task.id)? {
            if attempt.spawned {
                attempts::set_ending(turn.tx, &attempt.id, Outcome::Interrupted, "the task was paused")?;
            }
        }
        turn.go(Cause::Pause, Details::default())
    })
    .await
}

/// Takes a paused task up where it was left.
pub async fn resume(app: &App, project: &ProjectId, task: TaskId, caller: &Caller, act: Act) -> Result<Task, AppError> {
    turn(app, (project, task), ("resume", Need::Lead), (caller, act), |turn| {
        // Its dependencies may have changed while it was set aside.
        let (step, standing) = (turn.step(Cause::Resume), turn.standing.clone());
        let task = tasks::transition(turn.tx, turn.task, step, Details::default())?;
        super::tasks::follow_dependencies(turn.tx, task, &standing)
    })
    .await
}

/// Lets somebody with more say decide: the agent named in `on`, else the coordinator, else a person.
pub async fn escalate(
    app: &App,
    project: &ProjectId,
    task: TaskId,
    caller: &Caller,
    act: Act,
) -> Result<Task, AppError> {
    require_reason(&act, "escalate")?;
    let to = decider(app, project, act.on.as_deref())?;
    let limits = app.settings_of(project).checkpoint.clone();
    turn(app, (project, task), ("escalate", Need::Own), (caller, act), move |mut turn| {
        turn.task = begin(&mut turn)?;
        let before = turn.task.clone();
        let details = Details { escalated_to: Some(to.clone()), ..Details::default() };
        let step = turn.step(Cause::Escalate);
        let task = tasks::transition(turn.tx, turn.task, step, details)?;
        if to.is_human() {
            let reason = turn.act.reason.as_deref().unwrap_or_default();
            ask_what_now(turn.tx, &task, (reason, &turn.standing.actor), &limits)?;
        }
        stop_attempts(turn.tx, &before, Outcome::Interrupted, "the task was escalated")?;
        Ok(task)
    })
    .await
}

/// Who decides about an escalated task: who is named, when it is a person or one of the project's agents.
fn decider(app: &App, project: &ProjectId, on: Option<&str>) -> Result<Actor, AppError> {
    let Some(on) = on else {
        return Ok(app.coordinator(project).map_or_else(Actor::human, Actor::Agent));
    };
    let to = on.parse::<Actor>().map_err(|error| AppError::invalid_id("on", &error))?;
    match to.agent() {
        Some(agent) => agents::check_member(app, project, ("on", agent))?,
        None if to.is_human() => {}
        None => {
            let detail = format!("`{to}` decides about nothing");
            return Err(AppError::invalid("on", detail, "name an agent of the project, or `human`"));
        }
    }
    Ok(to)
}

/// Looks at finished work again.
pub async fn reopen(app: &App, project: &ProjectId, task: TaskId, caller: &Caller, act: Act) -> Result<Task, AppError> {
    turn(app, (project, task), ("reopen", Need::Lead), (caller, act), |turn| turn.go(Cause::Reopen, Details::default()))
        .await
}

pub(super) fn begin(turn: &mut Turn<'_, '_>) -> Result<Task, AppError> {
    access::start_on_write(turn.tx, turn.task.clone(), &turn.standing)
}

/// Ends an attempt: at once for an outside agent; a process is noted as done and may leave by itself.
pub(super) fn close(tx: &mut Tx<'_>, attempt: &Attempt, outcome: Outcome, detail: &str) -> Result<(), AppError> {
    if attempt.spawned {
        attempts::set_ending(tx, &attempt.id, outcome, detail)?;
    } else {
        attempts::end(tx, &attempt.id, &Ending::new(outcome, detail))?;
    }
    Ok(())
}

/// Ends the caller's attempt by the first of these ends; every attempt of the task by the second when it has none.
pub(super) fn close_own_or_all(
    tx: &mut Tx<'_>,
    own: Option<&Attempt>,
    task: &Task,
    [(outcome, detail), (of_others, why)]: [(Outcome, &str); 2],
) -> Result<(), AppError> {
    match own {
        Some(attempt) => close(tx, attempt, outcome, detail),
        None => stop_attempts(tx, task, of_others, why),
    }
}

/// Ends the attempts that hold a task; whoever was asked something goes on.
fn stop_holders(tx: &mut Tx<'_>, task: &Task, outcome: Outcome, detail: &str) -> Result<(), AppError> {
    let live = attempts::live_of_task(tx, &task.project, task.id)?;
    for attempt in live.iter().filter(|attempt| attempt.kind != Trigger::Mention) {
        close(tx, attempt, outcome, detail)?;
    }
    Ok(())
}

/// Ends every live attempt of a task; the reconciler sees to the processes.
pub(super) fn stop_attempts(tx: &mut Tx<'_>, task: &Task, outcome: Outcome, detail: &str) -> Result<(), AppError> {
    for attempt in attempts::live_of_task(tx, &task.project, task.id)? {
        close(tx, &attempt, outcome, detail)?;
    }
    Ok(())
}

pub(super) fn require_reason(act: &Act, verb: &str) -> Result<(), AppError> {
    if act.reason.as_deref().is_some_and(|reason| !reason.trim().is_empty()) {
        return Ok(());
    }
    Err(AppError::invalid("reason", format!("{verb} needs a reason"), "say why in a sentence"))
}
