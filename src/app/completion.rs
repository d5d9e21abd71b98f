//! Completions: the gate, the checks of the configuration, and the files as they are stand between an agent's word and a
//! completed task.

use super::{
    App, Project,
    access::Need,
    artefacts,
    depth::{self, Asked},
    error::AppError,
    forms, gate, gates, guards, mail,
    requests::{Act, Caller},
    transitions::{begin, close_own_or_all, turn},
};
use crate::{
    model::{
        attempt::Attempt,
        ids::{Actor, ProjectId, TaskId},
        outcome::Outcome,
        records::Output,
        status::{Cause, Role, Status},
        task::Task,
    },
    store::{
        Tx, outputs, policy_decisions,
        tasks::{self, Details, Move},
    },
};

/// Who says that the work is complete.
pub(super) struct Completing {
    /// Who.
    pub actor: Actor,
    /// In which capacity.
    pub role: Role,
    /// The attempt that it belongs to.
    pub attempt: Option<Attempt>,
    /// In which words.
    pub summary: Option<String>,
}

/// Says that the work is complete; the gate decides whether it is. Where that takes long, it goes on beside the request.
pub(super) async fn complete(
    app: &App,
    (project, task): (&ProjectId, TaskId),
    caller: &Caller,
    act: Act,
) -> Result<Task, AppError> {
    forms::check(app, "complete", caller, &act)?;
    let opened = app.open_project(project)?;
    let slow = gates::slow_checks(app, &opened, task).await?;
    if !slow.is_empty() {
        return gates::complete(app, (project, task), (caller, act), slow).await;
    }
    let folder = app.root().task_artifacts(project, task);
    let asked = depth::ask(app, &opened, task).await?;
    let rewritten = artefacts::rewritten(app, &opened, task).await?;
    let examined = guards::examine(app, &opened, task).await?;
    let (of_project, decides) = (app.root().project(project), guards::Decides::of(app, project));
    let (missing, noted) = (examined.blocking(), examined.clone());
    let wrong = missing.clone();
    let done = turn(app, (project, task), ("complete", Need::Own), (caller, act), move |mut turn| {
        turn.task = begin(&mut turn)?;
        if turn.task.lifecycle.status == Status::Working {
            gate::check(turn.tx, &turn.task, &folder)?;
            gate::check_draft(turn.tx, &turn.task, &of_project)?;
            mail::check_answer(turn.tx, &turn.task, turn.act.summary.as_deref())?;
            if !missing.is_empty() {
                return Err(AppError::GateFailed { missing });
            }
            examined.note(turn.tx, turn.task.id)?;
            let attempt = turn.standing.attempt.as_ref().map(|attempt| attempt.number);
            register_again(turn.tx, &turn.task, attempt, rewritten)?;
        }
        let by = Completing {
            actor: turn.standing.actor.clone(),
            role: turn.standing.role,
            attempt: turn.standing.attempt.clone(),
            summary: turn.act.summary.clone(),
        };
        finish(turn.tx, turn.task, by, asked)
    })
    .await;
    if matches!(&done, Err(AppError::GateFailed { missing }) if *missing == wrong) {
        // What was found is written down, also where it refuses the completion.
        let id = opened.id.clone();
        let note = move |tx: &mut Tx<'_>| {
            noted.note(tx, task)?;
            if let Some(finding) = noted.tripwire() {
                guards::trip(tx, tasks::require(tx, &id, task)?, (finding, None), &decides)?;
            }
            Ok::<_, AppError>(())
        };
        opened.store.write(app.now(), note).await?;
    }
    done
}

/// Moves a task whose gate holds to its review, or to its end where it needs none.
pub(super) fn finish(tx: &mut Tx<'_>, task: Task, by: Completing, asked: Option<Asked>) -> Result<Task, AppError> {
    let asked = asked.filter(|asked| asked.is_about(&task));
    let unreviewed = asked.as_ref().is_some_and(|asked| asked.depth.is_none());
    let cause = if unreviewed { Cause::Finish } else { Cause::Submit };
    let review_depth = asked.as_ref().and_then(|asked| asked.depth);
    let details = Details { summary: by.summary.clone(), review_depth, ..Details::default() };
    let (before, summary) = (task.clone(), by.summary.unwrap_or_default());
    let step = Move::new(cause, by.role, by.actor.clone()).because(summary.clone());
    let task = tasks::transition(tx, task, step, details)?;
    mail::answer_with_summary(tx, &task, &by.actor, &summary)?;
    let ends =
        [(Outcome::Completed, "the agent completed the task"), (Outcome::Completed, "a person completed the task")];
    close_own_or_all(tx, by.attempt.as_ref(), &before, ends)?;
    if let Some(asked) = asked {
        policy_decisions::record(tx, &asked.record)?;
    }
    Ok(task)
}

/// A file that was written again after it was registered is a newer version of its output.
pub(super) fn register_again(
    tx: &mut Tx<'_>,
    task: &Task,
    attempt_number: Option<i64>,
    rewritten: Vec<Output>,
) -> Result<(), AppError> {
    for output in rewritten {
        let agent = task.owner.clone().unwrap_or(output.agent);
        outputs::insert(tx, Output { agent, attempt_number, round: task.lifecycle.round, ..output })?;
    }
    Ok(())
}

/// The task as it is.
pub(super) async fn now(project: &Project, task: TaskId) -> Result<Task, AppError> {
    let id = project.id.clone();
    project.store.read(move |db| Ok::<_, AppError>(tasks::require(db, &id, task)?)).await
}
