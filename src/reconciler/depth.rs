//! How deep reviews go that nobody submitted: of a parent whose parts are final, of work that was reopened or sent to
//! review by somebody's decision.

use super::world::World;
use crate::{
    app::{Project, depth},
    model::{snapshot::TaskFacts, status::Status, task::ReviewDepth},
    policy::answers::Judgement,
    store::{StoreError, Tx, policy_decisions, tasks},
};

/// True for a task in review about whose review policy was not asked.
pub(super) fn is_undecided(task: &TaskFacts) -> bool {
    task.status == Status::Review && task.approvals_needed == 0
}

/// Writes the answer down; false when the task has moved on meanwhile.
///
/// A task that is in review although it needs none is looked at by one reviewer: somebody wanted it to be.
pub(super) async fn write(
    world: &World,
    project: &Project,
    task: &TaskFacts,
    judgement: Judgement<Option<ReviewDepth>>,
) -> Result<bool, StoreError> {
    let settings = world.app.settings_of(&project.id);
    let rounds = i64::from(settings.review.default_max_rounds).max(1);
    let said = ReviewDepth::at_least(judgement.answer, task.risk_level, rounds);
    let record = depth::record(task.id, &judgement, (task.risk_level, &task.task_type), said);
    let asked = said.unwrap_or(ReviewDepth { approvals: 1, max_rounds: rounds });
    let (name, id) = (project.id.clone(), task.id);
    let write = move |tx: &mut Tx<'_>| {
        let task = tasks::require(tx, &name, id)?;
        if task.lifecycle.status != Status::Review || task.review_depth.is_some() {
            return Ok(false);
        }
        tasks::set_review_depth(tx, task, asked)?;
        policy_decisions::record(tx, &record)?;
        Ok::<_, StoreError>(true)
    };
    project.store.write(world.app.now(), write).await
}
