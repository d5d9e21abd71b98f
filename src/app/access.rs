//! Who may write what on a task: people, the agent that has it, whoever holds the token of a live attempt.
//!
//! The rules are those of product.md, section 3. They guard against mistakes and late writers, not against a hostile
//! process of the same user.

use sha2::{Digest, Sha256};

use super::{error::AppError, requests::Caller};
use crate::{
    model::{
        attempt::{Attempt, AttemptState},
        ids::{Actor, AgentId, AttemptId, ProjectId, TaskId},
        outcome::Outcome,
        status::{Cause, Role, Status},
        task::{Task, Trigger},
    },
    store::{
        Tx, attempts, inbox_keys,
        tasks::{self, Details, Move},
    },
};

/// What a caller needs to be to do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// The one who has the task: outputs, decisions, complete, fail, block.
    Own,
    /// Anybody may speak: comments, observations, lessons.
    Speak,
    /// Somebody with a say over the task: pause, cancel, resolve, retry.
    Lead,
    /// Anybody but an author.
    Review,
    /// The author.
    Rebut,
}

/// In which capacity a caller acts.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    /// To whom the write is attributed.
    pub actor: Actor,
    /// The role for the table of transitions.
    pub role: Role,
    /// The live attempt it belongs to.
    pub attempt: Option<Attempt>,
}

impl Standing {
    /// The attempt's id, when there is one.
    pub fn attempt_id(&self) -> Option<&AttemptId> {
        self.attempt.as_ref().map(|attempt| &attempt.id)
    }
}

/// The hash under which a token is stored.
pub fn token_hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// A fresh token: 244 random bits.
pub fn new_token() -> String {
    format!("{}{}", uuid::Uuid::new_v4().simple(), uuid::Uuid::new_v4().simple())
}

/// The task of a write. A token for a task that is not there (any more) is not current.
pub(super) fn task(tx: &Tx<'_>, project: &ProjectId, id: TaskId, caller: &Caller) -> Result<Task, AppError> {
    match tasks::get(tx, project, id)? {
        Some(task) => Ok(task),
        None if caller.token.is_some() => {
            Err(AppError::stale(format!("this token is not current: there is no task {id} any more")))
        }
        None => Err(AppError::NotFound(format!("task {id} in project {project}"))),
    }
}

/// Who writes where no task is written to: whose live attempt of the project the token belongs to, else whoever is named.
pub(super) fn writer(tx: &Tx<'_>, project: &ProjectId, caller: &Caller) -> Result<Actor, AppError> {
    match &caller.token {
        Some(token) => Ok(current(tx, (project, None), caller, token)?.agent),
        None => Ok(caller.actor.clone()),
    }
}

/// The live attempt that the caller's token belongs to: of this task, when one is written to.
fn current(
    tx: &Tx<'_>,
    (project, task): (&ProjectId, Option<TaskId>),
    caller: &Caller,
    token: &str,
) -> Result<Attempt, AppError> {
    let stale = |why: &str| AppError::stale(format!("this token is not current: {why}"));
    let attempt = attempts::by_token(tx, project, &token_hash(token))?;
    let attempt = attempt.ok_or_else(|| stale("no attempt of this project has it"))?;
    if task.is_some_and(|task| task != attempt.task) {
        let detail = format!("this token is not current: it belongs to {}", attempt.task);
        return Err(if attempt.state == AttemptState::Ended {
            AppError::stale(detail)
        } else {
            AppError::StaleToken { detail, hint: name_its_task(&attempt) }
        });
    }
    if attempt.state == AttemptState::Ended {
        let how = attempt.outcome.map_or("ended", |outcome| outcome.as_str());
        return Err(stale(&format!("attempt {} is over ({how})", attempt.id)));
    }
    let ending = attempts::ending(tx, &attempt.id)?.map(|(outcome, _)| outcome);
    if let Some(outcome) = ending.filter(|outcome| !matches!(outcome, Outcome::Completed | Outcome::Declined)) {
        return Err(stale(&format!("attempt {} is being ended ({outcome})", attempt.id)));
    }
    // One rule for every write: a token writes as whose it is. Who is named beside it is the same, or nobody (a person is
    // the default); an agent uses neither another agent's token nor a person's.
    if caller.actor.agent().is_some() && caller.actor != attempt.agent {
        return Err(of_another(&attempt.agent, &caller.actor));
    }
    Ok(attempt)
}

/// What to do with a live attempt's token that came with another task.
pub(super) fn name_its_task(attempt: &Attempt) -> String {
    let task = attempt.task;
    format!(
        "it opens writes on {task} only: name that one (`--task {task}`); a comment on another task goes without a token"
    )
}

/// A token and a name that do not belong together.
pub(super) fn of_another(owner: &impl std::fmt::Display, named: &impl std::fmt::Display) -> AppError {
    let hint = format!("write as {owner}, or with the token that {named} was given");
    AppError::not_with_this_token(format!("the token is {owner}'s, not {named}'s"), hint)
}

/// Refuses a caller with a token: it opens writes on one task, and `what` is none.
pub(super) fn refuse_token(caller: &Caller, what: &str) -> Result<(), AppError> {
    match &caller.token {
        None => Ok(()),
        Some(_) => Err(AppError::stale(format!("a token opens writes on its own task; this one {what}"))),
    }
}

/// Finds out in which capacity the caller may do what it wants with the task, or why it may not.
pub(super) fn stand(
    tx: &mut Tx<'_>,
    task: &Task,
    caller: &Caller,
    coordinator: Option<&AgentId>,
    need: Need,
) -> Result<Standing, AppError> {
    at_most_once(tx, caller)?;
    if let Some(actor) = &caller.on_behalf_of {
        return Ok(Standing { actor: actor.clone(), role: Role::Person, attempt: None });
    }
    let standing = match &caller.token {
        Some(token) => with_token(tx, task, (caller, token), coordinator, need)?,
        None => without_token(tx, task, &caller.actor, coordinator, need)?,
    };
    if let Some(attempt) = standing.attempt_id() {
        attempts::heartbeat(tx, attempt)?;
    }
    Ok(standing)
}

/// Takes the caller's key, when it has one; refused when the write has taken effect before.
pub(super) fn at_most_once(tx: &mut Tx<'_>, caller: &Caller) -> Result<(), AppError> {
    match &caller.once {
        Some(key) if !inbox_keys::take(tx, key)? => {
            let hint = "nothing is left to do; use a new id for something new";
            Err(AppError::in_the_way(format!("{key} has taken effect before"), hint))
        }
        _ => Ok(()),
    }
}

fn with_token(
    tx: &Tx<'_>,
    task: &Task,
    (caller, token): (&Caller, &str),
    coordinator: Option<&AgentId>,
    need: Need,
) -> Result<Standing, AppError> {
    let attempt = current(tx, (&task.project, Some(task.id)), caller, token)?;
    let role = role_of_attempt(task, &attempt, coordinator, need)?;
    Ok(Standing { actor: attempt.agent.clone(), role, attempt: Some(attempt) })
}

fn role_of_attempt(
    task: &Task,
    attempt: &Attempt,
    coordinator: Option<&AgentId>,
    need: Need,
) -> Result<Role, AppError> {
    let decides = attempt.agent.agent().is_some_and(|agent| Some(agent) == coordinator)
        || task.escalated_to.as_ref() == Some(&attempt.agent)
        || matches!(attempt.kind, Trigger::Arbitrate | Trigger::Round);
    let refuse = |what: &str| {
        let hint = format!(
            "its token opens what it was started for ({}), and comments, observations and lessons; whoever holds the task \
             does the rest",
            attempt.kind
        );
        Err(AppError::not_with_this_token(format!("an attempt to {} cannot {what}", attempt.kind), hint))
    };
    match need {
        Need::Speak | Need::Review => Ok(Role::Owner),
        Need::Own if attempt.kind.owns_task() => Ok(Role::Owner),
        // An author may add to the work while answering a review.
        Need::Own | Need::Rebut if attempt.kind == Trigger::Rebut => Ok(Role::Owner),
        Need::Own | Need::Lead if decides => Ok(Role::Coordinator),
        Need::Own => refuse("change the task"),
        Need::Rebut => refuse("answer a review"),
        Need::Lead if attempt.kind.owns_task() => Ok(Role::Owner),
        Need::Lead => refuse("do this"),
    }
}

fn without_token(
    tx: &Tx<'_>,
    task: &Task,
    actor: &Actor,
    coordinator: Option<&AgentId>,
    need: Need,
) -> Result<Standing, AppError> {
    let as_role = |role| Ok(Standing { actor: actor.clone(), role, attempt: None });
    let Some(agent) = actor.agent() else { return as_role(Role::Person) };
    let live = attempts::live_of_task(tx, &task.project, task.id)?;
    let own: Vec<_> = live.into_iter().filter(|attempt| attempt.agent == *actor).collect();
    let spawned_for = |kinds: &[Trigger]| own.iter().any(|a| a.spawned && kinds.contains(&a.kind));
    let needs_token =
        || AppError::stale(format!("the daemon started {agent} for this task: its writes need the attempt's token"));
    match need {
        // What an agent that came by itself says is a sign of life, too.
        Need::Speak => {
            let attempt = own.into_iter().find(|attempt| !attempt.spawned);
            Ok(Standing { actor: actor.clone(), role: Role::Owner, attempt })
        }
        Need::Review if spawned_for(&[Trigger::Review, Trigger::Round]) => Err(needs_token()),
        Need::Review => as_role(Role::Owner),
        Need::Rebut if spawned_for(&[Trigger::Rebut]) => Err(needs_token()),
        Need::Rebut if task.assignee.as_ref() == Some(agent) => as_role(Role::Owner),
        Need::Rebut => Err(AppError::NotAssignee(format!("only the assignee answers a review, not {agent}"))),
        Need::Own | Need::Lead => {
            let held = own.into_iter().find(|attempt| task.attempt.as_ref() == Some(&attempt.id));
            match held {
                Some(attempt) if attempt.spawned => Err(needs_token()),
                Some(attempt) => Ok(Standing { actor: actor.clone(), role: Role::Owner, attempt: Some(attempt) }),
                None if Some(agent) == coordinator || task.escalated_to.as_ref() == Some(actor) => {
                    as_role(Role::Coordinator)
                }
                None if need == Need::Lead => Err(no_say(agent, task)),
                None => Err(AppError::NotAssignee(format!("{agent} does not have task {}", task.id))),
            }
        }
    }
}

/// What a claim would not help with.
fn no_say(agent: &AgentId, task: &Task) -> AppError {
    let detail = format!("{agent} has no say in what becomes of task {}", task.id);
    let hint = "this is for a person or the coordinator; the agent that has the task can escalate it".to_owned();
    AppError::NoSay { detail, hint }
}

/// The first write of an agent that has claimed a task is its start.
pub(super) fn start_on_write(tx: &mut Tx<'_>, task: Task, standing: &Standing) -> Result<Task, AppError> {
    let holds = task.attempt.is_some() && task.attempt.as_ref() == standing.attempt_id();
    if task.lifecycle.status != Status::Claimed || !holds {
        return Ok(task);
    }
    let step = Move::new(Cause::Start, Role::Owner, standing.actor.clone());
    Ok(tasks::transition(tx, task, step, Details::default())?)
}
