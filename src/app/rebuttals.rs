//! What authors answer to reviews. What follows from it is decided by policy, not here.

use std::collections::BTreeSet;

use super::{
    App,
    access::{self, Need},
    error::AppError,
    forms, guards,
    letters::kept,
    repeats,
    requests::{Caller, NewRebuttal},
    reviews::in_review,
    transitions::close,
};
use crate::{
    model::{
        ids::{ProjectId, TaskId},
        outcome::Outcome,
        records::{Rebuttal, Review, ReviewIssue, Verdict},
        task::{Task, Trigger},
    },
    store::{Tx, rebuttals, reviews},
};

/// Answers the issues of this round's reviews, each of them.
pub async fn rebut(
    app: &App,
    project: &ProjectId,
    task: TaskId,
    caller: &Caller,
    new: NewRebuttal,
) -> Result<Rebuttal, AppError> {
    let project = app.open_project(project)?;
    forms::check(app, "rebut", caller, &new)?;
    let coordinator = app.coordinator(&project.id);
    let (id, who, body) = (project.id.clone(), caller.clone(), new.clone());
    let heard = guards::Heard::of(app, &project.id, &new);
    let write = move |tx: &mut Tx<'_>| {
        repeats::once(tx, &who, ("rebut", Some(task)), |tx| {
            let task = access::task(tx, &id, task, &who)?;
            let standing = access::stand(tx, &task, &who, coordinator.as_ref(), Need::Rebut)?;
            in_review(&task)?;
            let (review, issues) = unanswered(reviews::of_task(tx, task.id)?, &task)?;
            check_answers(&issues, &new)?;
            let rebuttal = rebuttals::insert(tx, &review, standing.actor.clone(), task.lifecycle.round, new.answers)?;
            match &standing.attempt {
                Some(attempt) if attempt.kind == Trigger::Rebut => {
                    close(tx, attempt, Outcome::Completed, "the rebuttal was submitted")?;
                }
                _ => {}
            }
            heard.follow(tx, rebuttal.task, &rebuttal.author)?;
            Ok(rebuttal)
        })
    };
    let result = project.store.write(app.now(), write).await;
    if let Ok(rebuttal) = &result {
        tracing::info!(project = %project.id, %task, author = %rebuttal.author, "rebuttal submitted");
    }
    kept(app, (&project, task), caller, ("rebut", &body), result).await
}

/// What this round's reviews ask for and nobody has answered, and the newest review that asks.
fn unanswered(all: Vec<Review>, task: &Task) -> Result<(Review, Vec<ReviewIssue>), AppError> {
    let round = task.lifecycle.round;
    let asks = |review: &Review| review.round == round && review.verdict != Verdict::Approved;
    let asking: Vec<_> = all.into_iter().filter(asks).collect();
    let issues = asking.iter().flat_map(|review| &review.issues);
    let issues: Vec<_> = issues.filter(|issue| issue.stance.is_none()).cloned().collect();
    let newest = asking.into_iter().next_back().filter(|_| !issues.is_empty());
    newest.map(|review| (review, issues)).ok_or_else(|| {
        let detail = format!("no review of round {round} asks for an answer");
        AppError::in_the_way(detail, "comment on the task instead")
    })
}

fn check_answers(issues: &[ReviewIssue], new: &NewRebuttal) -> Result<(), AppError> {
    let issues: BTreeSet<_> = issues.iter().map(|issue| issue.id).collect();
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
        return Err(wrong(format!("no issue {} waits for an answer", foreign.join(", "))));
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
    app.read_task(project, task, |db, task| rebuttals::of_task(db, task.id)).await
}
