//! Reviews of what a task brought. What follows from them is decided by policy, not here.

mod sound;

use super::{
    App,
    access::{self, Need},
    agents, artefacts,
    error::AppError,
    forms, guards,
    letters::kept,
    repeats,
    requests::{Caller, NewReview},
    transitions::close,
};
use crate::{
    model::{
        attempt::Attempt,
        calibration::TrackRecord,
        ids::{Actor, AgentId, ProjectId, TaskId},
        outcome::Outcome,
        records::{Review, Severity},
        status::{Cause, Refusal, Role, Status, Why},
        task::{Task, Trigger},
    },
    store::{
        StoreError, Tx, attempts, calibration, notes, reviews, tasks,
        unreadable::{self, Unreadable},
    },
};

/// Submits a review of a task in review. One that says nothing usable is refused, and counts as an error of its reviewer.
pub async fn review(
    app: &App,
    project: &ProjectId,
    task: TaskId,
    caller: &Caller,
    new: NewReview,
) -> Result<Review, AppError> {
    let result = submit(app, project, task, caller, new).await;
    if let Err(AppError::Unreadable { detail, .. }) = &result {
        unreadable(app, project, task, caller, detail).await?;
    }
    result
}

async fn submit(
    app: &App,
    project: &ProjectId,
    task: TaskId,
    caller: &Caller,
    new: NewReview,
) -> Result<Review, AppError> {
    forms::check(app, "review", caller, &new).map_err(AppError::as_unreadable)?;
    sound::by_itself(&new).map_err(AppError::as_unreadable)?;
    let project = app.open_project(project)?;
    let coordinator = app.coordinator(&project.id);
    let reviewers = agents::reviewers(app, &project.id);
    let judged = artefacts::judge(app, &project, task).await?;
    let (id, who, body) = (project.id.clone(), caller.clone(), new.clone());
    let heard = guards::Heard::of(app, &project.id, &new);
    let write = move |tx: &mut Tx<'_>| {
        repeats::once(tx, &who, ("review", Some(task)), |tx| {
            let task = access::task(tx, &id, task, &who)?;
            let standing = access::stand(tx, &task, &who, coordinator.as_ref(), Need::Review)?;
            in_review(&task)?;
            let reviewer = standing.actor.clone();
            let rulings = sound::rulings(&reviews::of_task(tx, task.id)?, &new)?;
            let new = reviews::NewReview {
                task: task.id,
                reviewer: reviewer.clone(),
                verdict: new.verdict,
                confidence: new.confidence,
                round: task.lifecycle.round,
                issues: new.issues,
                rulings,
                judged,
            };
            let review = reviews::insert(tx, new).map_err(|error| match error {
                StoreError::SelfReview => AppError::SelfReview(reviewer.to_string()),
                other => other.into(),
            })?;
            // Asked last: an author is told that it is one.
            may_review(&reviewer, reviewers.as_deref())?;
            match &standing.attempt {
                Some(attempt) if attempt.kind == Trigger::Review => {
                    close(tx, attempt, Outcome::Completed, "the review was submitted")?;
                }
                _ => {}
            }
            heard.follow(tx, review.task, &review.reviewer)?;
            Ok(review)
        })
    };
    let result = project.store.write(app.now(), write).await;
    if let Ok(review) = &result {
        tracing::info!(project = %project.id, %task, reviewer = %review.reviewer, verdict = %review.verdict,
            confidence = review.confidence, "review submitted");
    }
    kept(app, (&project, task), caller, ("review", &body), result).await
}

/// Notes that what an attempt sent as a review could not be read. It moves nothing; after a few the attempt is ended, and
/// policy looks for another reviewer.
pub async fn unreadable(
    app: &App,
    project: &ProjectId,
    task: TaskId,
    caller: &Caller,
    reason: &str,
) -> Result<(), AppError> {
    let project = app.open_project(project)?;
    let limit = i64::from(app.settings_of(&project.id).review.max_unreadable);
    let (id, who, reason) = (project.id.clone(), caller.clone(), reason.to_owned());
    let write = move |tx: &mut Tx<'_>| {
        let Some(task) = tasks::get(tx, &id, task)? else { return Ok(()) };
        let attempt = reviewing(tx, &task, &who)?;
        let reviewer = attempt.as_ref().map_or(&who.actor, |attempt| &attempt.agent);
        // People are told what is wrong and try again; so is who has no part in the review.
        if reviewer.is_human() || task.lifecycle.status != Status::Review {
            return Ok(());
        }
        let number = attempt.as_ref().map(|attempt| attempt.number);
        let (reviewer, round) = (reviewer.clone(), task.lifecycle.round);
        let body = format!("what {reviewer} sent as a review could not be read: {reason}");
        let new = Unreadable { task: task.id, reviewer, round, attempt: number, reason };
        let count = unreadable::note(tx, &new)?;
        notes::observe(tx, Some(task.id), Actor::Daemon, body, Severity::Warning)?;
        if let Some(attempt) = attempt.filter(|_| count >= limit) {
            let why = format!("{count} reviews that could not be read; the last: {}", new.reason);
            close(tx, &attempt, Outcome::NoResult, &why)?;
        }
        Ok::<_, AppError>(())
    };
    project.store.write(app.now(), write).await
}

/// The live attempt to review the task that the caller's token belongs to.
fn reviewing(tx: &Tx<'_>, task: &Task, caller: &Caller) -> Result<Option<Attempt>, AppError> {
    let Some(token) = &caller.token else { return Ok(None) };
    let attempt = attempts::by_token(tx, &task.project, &access::token_hash(token))?;
    let reviews = |attempt: &Attempt| {
        attempt.task == task.id
            && attempt.ended_at.is_none()
            && matches!(attempt.kind, Trigger::Review | Trigger::Round)
    };
    Ok(attempt.filter(reviews))
}

/// Refuses an agent that is none of the project's reviewers; people may always.
fn may_review(reviewer: &Actor, reviewers: Option<&[AgentId]>) -> Result<(), AppError> {
    let (Some(agent), Some(reviewers)) = (reviewer.agent(), reviewers) else { return Ok(()) };
    if reviewers.contains(agent) {
        return Ok(());
    }
    Err(AppError::Validation {
        field: "reviewer".into(),
        detail: format!("`{agent}` is no agent that may review in this project"),
        valid_values: reviewers.iter().map(ToString::to_string).collect(),
        hint: "use one of valid_values, or set `can_review: true` in config/agents.yaml and list the agent in the \
               project"
            .into(),
    })
}

pub(super) fn in_review(task: &Task) -> Result<(), AppError> {
    if task.lifecycle.status == Status::Review {
        return Ok(());
    }
    let from = task.lifecycle.status;
    let (cause, role) = (Cause::Accept, Role::Owner);
    // Reads as "cannot review a task that is working"; what it must be, and what can be done with it, comes along.
    Err(AppError::InvalidTransition(Refusal { cause, from, target: None, role, why: Why::From }))
}

/// The track records of everybody who has reviewed in a project.
pub async fn calibration(app: &App, project: &ProjectId) -> Result<Vec<TrackRecord>, AppError> {
    app.project(project)?.store.read(|db| Ok(calibration::all(db)?)).await
}

/// A task's reviews, oldest first.
pub async fn reviews(app: &App, project: &ProjectId, task: TaskId) -> Result<Vec<Review>, AppError> {
    app.read_task(project, task, |db, task| reviews::of_task(db, task.id)).await
}
