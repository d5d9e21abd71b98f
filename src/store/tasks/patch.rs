//! Changes of a task's fields that are no transition, and what follows from changed dependencies.

use serde_json::json;

use super::{Details, Move, set_blocked_on, touch, transition};
use crate::{
    model::{
        ids::{Actor, AgentId, TaskId},
        status::{Cause, Role, Status},
        task::{Task, TaskPatch},
    },
    store::{StoreError, Tx, dependencies},
};

/// Changes fields that are no transition, with an event that names them.
pub fn patch(tx: &mut Tx<'_>, task: Task, patch: TaskPatch, actor: Actor) -> Result<Task, StoreError> {
    let mut task = task;
    let mut changed = Vec::new();
    let mut set = |name: &'static str, differs: bool| differs.then(|| changed.push(name)).is_some();
    if let Some(title) = patch.title
        && set("title", title != task.title)
    {
        task.title = title;
    }
    if let Some(description) = patch.description
        && set("description", description != task.description)
    {
        task.description = description;
    }
    if let Some(assignee) = patch.assignee {
        let assignee = AgentId::parse(&assignee).ok();
        if set("assignee", assignee != task.assignee) {
            task.assignee = assignee;
        }
    }
    if let Some(priority) = patch.priority
        && set("priority", priority != task.priority)
    {
        task.priority = priority;
    }
    if let Some(task_type) = patch.task_type
        && set("task_type", task_type != task.task_type)
    {
        task.task_type = task_type;
    }
    if let Some(risk_level) = patch.risk_level
        // A person who says what an agent has said before vouches for it.
        && set("risk_level", risk_level != task.risk_level || is_vouched_for(&task, &actor))
    {
        task.risk_level = risk_level;
        task.risk_set_by = Some(actor.clone());
    }
    if let Some(must_haves) = patch.must_haves
        && set("must_haves", must_haves != task.must_haves)
    {
        task.must_haves = must_haves;
    }
    if let Some(wanted) = patch.depends_on
        && set("depends_on", wanted != task.depends_on)
    {
        dependencies::set(tx, task.id, &wanted)?;
        task.depends_on = wanted;
    }
    if changed.is_empty() {
        return Ok(task);
    }
    touch(tx, task, actor, json!({"fields": changed}))
}

/// True when a person takes over what an agent said about the risk.
fn is_vouched_for(task: &Task, actor: &Actor) -> bool {
    actor.is_human() && !task.risk_set_by.as_ref().is_some_and(Actor::is_human)
}

/// Lets a task follow its dependencies: it is blocked while one is open, and pending when it waited for no more than that.
///
/// Says whether it was blocked, so that the caller ends the attempts that worked on it.
pub fn follow_dependencies(
    tx: &mut Tx<'_>,
    task: Task,
    (role, actor): (Role, Actor),
) -> Result<(Task, bool), StoreError> {
    let open = dependencies::first_open(tx, &task.depends_on)?;
    match (task.lifecycle.status, open) {
        (Status::Pending | Status::Claimed | Status::Working, Some(needed)) => {
            let step = Move::new(Cause::Block, role, actor).because(format!("waits for {needed}"));
            let details = Details { blocked_on: Some(needed.to_string()), ..Details::default() };
            Ok((transition(tx, task, step, details)?, true))
        }
        (Status::Blocked, needed) if waits_for_a_task(&task) => {
            let task = match needed.map(|needed| needed.to_string()) {
                Some(needed) if task.blocked_on.as_ref() != Some(&needed) => set_blocked_on(tx, task, needed)?,
                Some(_) => task,
                None => {
                    let step = Move::by_daemon(Cause::Unblock, "it depends on nothing that is open");
                    transition(tx, task, step, Details::default())?
                }
            };
            Ok((task, false))
        }
        _ => Ok((task, false)),
    }
}

/// As opposed to an answer, or parts.
fn waits_for_a_task(task: &Task) -> bool {
    task.blocked_on.as_deref().is_some_and(|on| on.parse::<TaskId>().is_ok())
}
