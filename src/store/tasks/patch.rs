//! Changes of a task's fields that are no transition.

use serde_json::json;

use super::touch;
use crate::{
    model::{
        ids::{Actor, AgentId},
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
        && set("risk_level", risk_level != task.risk_level)
    {
        task.risk_level = risk_level;
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
