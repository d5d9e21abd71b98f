//! Reviews and the answers to them. What follows from them is decided by policy, not here.

use std::collections::BTreeSet;

use super::{
    App,
    access::{self, Need},
    agents,
    error::AppError,
    letters::kept,
    repeats,
    requests::{Caller, NewRebuttal, NewReview},
    transitions::close,
};
use crate::{
    model::{
        ids::{Actor, AgentId, ProjectId, TaskId},
        outcome::Outcome,
        records::{Rebuttal, Review, Verdict},
        status::{Cause, Refusal, Role, Status, Why},
        task::{Task, Trigger},
    },
    store::{StoreError, Tx, reviews},
};

/// Submits a review of a task in review.
pub async fn review(
    app: &App,
    project: &ProjectId,
    task: TaskId,
    caller: &Caller,
    new: NewReview,
) -> Result<Review, AppError> {
    check(&new)?;
    let project = app.open_project(project)?;
    let coordinator = app.coordinator(&project.id);
    let reviewers = agents::reviewers(app, &project.id);
    let (id, who, body) = (project.id.clone(), caller.clone(), new.clone());
    let write = move |tx: &mut Tx<'_>| {
        repeats::once(tx, &who, ("review", Some(task)), |tx| {
            let task = access::task(tx, &id, task, &who)?;
            let standing = access::stand(tx, &task, &who, coordinator.as_ref(), Need::Review)?;
            in_review(&task)?;
            let reviewer = standing.actor.clone();
            let new = reviews::NewReview {
                task: task.id,
                reviewer: reviewer.clone(),
                verdict: new.verdict,
                confidence: new.confidence,
                round: task.lifecycle.round,
                issues: new.issues,
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

fn check(new: &NewReview) -> Result<(), AppError> {
    if !(0.0..=1.0).contains(&new.confidence) {
        let detail = format!("confidence {} is not between 0 and 1", new.confidence);
        return Err(AppError::invalid("confidence", detail, "0.92 means: in 92 of 100 such cases you are right"));
    }
    if new.issues.len() > 100 {
        return Err(AppError::invalid("issues", "more than 100 issues", "keep to those that matter"));
    }
    for issue in &new.issues {
        super::records::check_text("issues", &issue.text)?;
    }
    Ok(())
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

fn in_review(task: &Task) -> Result<(), AppError> {
    if task.lifecycle.status == Status::Review {
        return Ok(());
    }
    let from = task.lifecycle.status;
    let (cause, role) = (Cause::Accept, Role::Owner);
    // Reads as "cannot review a task that is working"; what it must be, and what can be done with it, comes along.
    Err(AppError::InvalidTransition(Refusal { cause, from, target: None, role, why: Why::From }))
}

/// A task's reviews, oldest first.
pub async fn reviews(app: &App, project: &ProjectId, task: TaskId) -> Result<Vec<Review>, AppError> {
    app.read_task(project, task, |db, task| reviews::of_task(db, task.id)).await
}

/// Answers the issues of this round's reviews, each of them.
pub async fn rebut(
    app: &App,
    project: &ProjectId,
    task: TaskId,
    caller: &Caller,
    new: NewRebuttal,
) -> Result<Rebuttal, AppError> {
    let project = app.open_project(project)?;
    let coordinator = app.coordinator(&project.id);
    let (id, who, body) = (project.id.clone(), caller.clone(), new.clone());
    let write = move |tx: &mut Tx<'_>| {
        repeats::once(tx, &who, ("rebut", Some(task)), |tx| {
            let task = access::task(tx, &id, task, &who)?;
            let standing = access::stand(tx, &task, &who, coordinator.as_ref(), Need::Rebut)?;
            in_review(&task)?;
            let review = answered_review(&reviews::of_task(tx, task.id)?, &task)?;
            check_answers(&review, &new)?;
            let rebuttal = reviews::rebut(tx, &review, standing.actor.clone(), task.lifecycle.round, new.answers)?;
            match &standing.attempt {
                Some(attempt) if attempt.kind == Trigger::Rebut => {
                    close(tx, attempt, Outcome::Completed, "the rebuttal was submitted")?;
                }
                _ => {}
            }
            Ok(rebuttal)
        })
    };
    let result = project.store.write(app.now(), write).await;
    if let Ok(rebuttal) = &result {
        tracing::info!(project = %project.id, %task, author = %rebuttal.author, "rebuttal submitted");
    }
    kept(app, (&project, task), caller, ("rebut", &body), result).await
}

/// The newest review of this round that did not approve.
fn answered_review(all: &[Review], task: &Task) -> Result<Review, AppError> {
    let newest = all.iter().rev().find(|r| r.round == task.lifecycle.round && r.verdict != Verdict::Approved);
    newest.cloned().ok_or_else(|| {
        let detail = format!("no review of round {} asks for an answer", task.lifecycle.round);
        AppError::in_the_way(detail, "comment on the task instead")
    })
}

fn check_answers(review: &Review, new: &NewRebuttal) -> Result<(), AppError> {
    let issues: BTreeSet<_> = review.issues.iter().map(|issue| issue.id).collect();
    let answered: BTreeSet<_> = new.answers.iter().map(|answer| answer.issue_id).collect();
    let list = |ids: Vec<&i64>| ids.into_iter().map(ToString::to_string).collect::<Vec<_>>();
    let wrong = |detail: String| AppError::Validation {
        field: "answers".into(),
        detail,
        valid_values: list(issues.iter().collect()),
        hint: "answer each issue of the review once: ACCEPT, REJECT or PARTIAL with a reason".into(),
    };
    let foreign = list(answered.difference(&issues).collect());
    if !foreign.is_empty() {
        return Err(wrong(format!("review {} has no issue {}", review.id, foreign.join(", "))));
    }
    let open = list(issues.difference(&answered).collect());
    if !open.is_empty() {
        return Err(wrong(format!("issues without an answer: {}", open.join(", "))));
    }
    if answered.len() != new.answers.len() {
        return Err(wrong("an issue is answered twice".into()));
    }
    match new.answers.iter().find(|answer| answer.reason.trim().is_empty()) {
        Some(answer) => Err(wrong(format!("the answer to issue {} has no reason", answer.issue_id))),
        None => Ok(()),
    }
}

/// A task's rebuttals, oldest first.
pub async fn rebuttals(app: &App, project: &ProjectId, task: TaskId) -> Result<Vec<Rebuttal>, AppError> {
    app.read_task(project, task, |db, task| reviews::rebuttals(db, task.id)).await
}
