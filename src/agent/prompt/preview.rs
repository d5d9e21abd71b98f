//! What somebody would get who were started now; nothing is started and nothing written.

use super::context::{About, Context, gather};
use crate::{
    model::{
        ids::{AgentId, AttemptId, ProjectId, TaskId},
        status::Status,
        task::{ReviewPhase, Task, Trigger},
    },
    store::{Db, StoreError, attempts, tasks},
};

/// Whose prompt is looked at.
#[derive(Debug, Clone)]
pub struct Question {
    /// The task.
    pub task: TaskId,
    /// The agent.
    pub agent: AgentId,
    /// Why it would be started; what the task waits for when none.
    pub trigger: Option<Trigger>,
}

/// Reads what the prompt would be made of. Of a live attempt of the agent, it is the one that it has.
pub fn read(db: &Db<'_>, project: &ProjectId, question: &Question, about: About) -> Result<Context, StoreError> {
    let task = tasks::require(db, project, question.task)?;
    let live = attempts::live_of_task(db, project, task.id)?;
    let own = live.into_iter().rev().find(|attempt| attempt.agent.agent() == Some(&question.agent));
    let own = own.filter(|attempt| question.trigger.is_none_or(|trigger| trigger == attempt.kind));
    let (number, trigger) = match own {
        Some(attempt) => (attempt.number, attempt.kind),
        None => (attempts::next_number(db, task.id)?, question.trigger.unwrap_or_else(|| due(&task))),
    };
    gather(db, &AttemptId { project: project.clone(), task: task.id, number }, trigger, about)
}

/// Who would be started on a task as it stands, as far as it says so itself.
pub fn next_agent(task: &Task) -> Option<AgentId> {
    let owner = task.owner.as_ref().and_then(|owner| owner.agent());
    let decides = task.escalated_to.as_ref().and_then(|to| to.agent());
    owner.or(decides).or(task.assignee.as_ref()).cloned()
}

/// What somebody would be started for.
pub fn due(task: &Task) -> Trigger {
    match (task.lifecycle.status, task.review_phase) {
        (Status::Review, Some(ReviewPhase::Rebuttal)) => Trigger::Rebut,
        (Status::Review, _) if task.subtasks_count > 0 => Trigger::Round,
        (Status::Review, _) => Trigger::Review,
        (Status::Escalated, _) => Trigger::Arbitrate,
        _ => task.trigger,
    }
}
