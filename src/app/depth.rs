//! How deep a review goes: policy is asked before the transaction that submits a task, and its answer goes into it.

use serde_json::json;

use super::{App, Project, board, error::AppError};
use crate::{
    model::{
        excused::Excused,
        ids::TaskId,
        task::{ReviewDepth, RiskLevel, Task, Trigger},
    },
    policy::{answers::Judgement, recording::Matter},
    store::{
        Db, StoreError,
        policy_decisions::NewDecision,
        snapshot::{self, View},
    },
};

/// What policy said about a task as it was.
pub(super) struct Asked {
    /// How deep its review goes; none when it needs none.
    pub depth: Option<ReviewDepth>,
    /// For the record.
    pub record: NewDecision,
    about: About,
}

/// What of a task a decision about its review rests on.
#[derive(PartialEq, Eq)]
struct About {
    risk_level: RiskLevel,
    task_type: String,
    trigger: Trigger,
    has_parts: bool,
}

impl Asked {
    /// False when the task is another one by now; it is asked again then, when it is in review.
    pub fn is_about(&self, task: &Task) -> bool {
        let about = About {
            risk_level: task.risk_level,
            task_type: task.task_type.clone(),
            trigger: task.trigger,
            has_parts: task.subtasks_count > 0,
        };
        self.about == about
    }
}

/// Asks about a task that somebody works on; none for any other, which cannot be submitted anyway.
pub(super) async fn ask(app: &App, project: &Project, task: TaskId) -> Result<Option<Asked>, AppError> {
    let view = View { now: app.now(), max_rounds: 0, excused: Excused::default() };
    let id = project.id.clone();
    let read = move |db: &Db<'_>| match snapshot::task(db, &id, view, task) {
        Err(StoreError::NotFound(_)) => Ok(None),
        read => read.map(Some),
    };
    let Some(facts) = project.store.read(read).await?.filter(|task| task.status.is_held()) else { return Ok(None) };
    let ctx = board::context(app, project).await?;
    app.recorder().aside(&ctx, Matter::Depth { task: facts.clone() });
    let judgement = project.library.review_depth(&facts, &ctx).await;
    let about = About {
        risk_level: facts.risk_level,
        task_type: facts.task_type.clone(),
        trigger: facts.trigger,
        has_parts: facts.subtasks_count > 0,
    };
    let rounds = app.settings_of(&project.id).review.default_max_rounds;
    let depth = ReviewDepth::at_least(judgement.answer, facts.risk_level, rounds.into());
    Ok(Some(Asked { depth, record: record(task, &judgement, (facts.risk_level, &facts.task_type), depth), about }))
}

/// The decision for the record, with what it rests on, and what follows from it.
pub fn record(
    task: TaskId,
    judgement: &Judgement<Option<ReviewDepth>>,
    (risk_level, task_type): (RiskLevel, &str),
    depth: Option<ReviewDepth>,
) -> NewDecision {
    let facts = json!({"risk_level": risk_level, "task_type": task_type});
    let mut text = ReviewDepth::in_words(depth);
    if depth != judgement.answer {
        text =
            format!("{text}, for its risk is {risk_level}; policy said: {}", ReviewDepth::in_words(judgement.answer));
    }
    let action = if depth.is_some() { "depth" } else { "no_review" };
    NewDecision {
        task: Some(task),
        hook: judgement.hook,
        script: judgement.script.clone(),
        script_hash: judgement.hash.clone(),
        files: json!(judgement.files),
        inputs_digest: NewDecision::digest(&facts),
        result: json!([{"action": action, "text": text, "depth": depth}]),
        facts,
    }
}
