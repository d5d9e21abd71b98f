//! Decisions about escalated tasks: by whoever they were escalated to, or by a person's answer to a question.

use super::{
    App,
    access::Need,
    budgets,
    checkpoints::limit,
    error::AppError,
    requests::{Act, Caller},
    transitions::{Turn, close, close_own_or_all, require_reason, turn},
};
use crate::{
    config::{Budget, CheckpointLimits},
    model::{
        ids::{Actor, ProjectId, TaskId},
        outcome::Outcome,
        status::{Cause, Role, Status},
        task::Task,
    },
    store::{
        Tx, checkpoints,
        tasks::{self, Details, Move},
    },
};

/// Where an escalated task can go.
pub(super) const RESOLUTIONS: [&str; 5] = ["pending", "review", "done", "failed", "cancelled"];

/// Decides about an escalated task. An agent that says it is not sure enough decides nothing: a person is asked.
pub async fn resolve(
    app: &App,
    project: &ProjectId,
    task: TaskId,
    caller: &Caller,
    act: Act,
) -> Result<Task, AppError> {
    require_reason(&act, "resolve")?;
    if act.to.is_none() {
        return Err(AppError::Validation {
            field: "to".into(),
            detail: "it is missing where the task goes".into(),
            valid_values: RESOLUTIONS.map(Into::into).to_vec(),
            hint: "use one of valid_values".into(),
        });
    }
    let settings = app.settings_of(project);
    let playbook = app.config().playbook();
    let more = budgets::more(&act, &caller.actor)?;
    turn(app, (project, task), ("resolve", Need::Lead), (caller, act), move |mut turn| {
        // Whose token it is may be known only here.
        if more.is_given() && turn.standing.role != Role::Person {
            return Err(AppError::only_people("raises the budget of a task"));
        }
        // Whoever decides has to be as sure as whoever reviews; without a word about it, a decision stands.
        let protocol = playbook.protocol(&turn.task.task_type, turn.task.subtasks_count > 0);
        let own = protocol.and_then(|(_, protocol)| protocol.confidence_threshold);
        let threshold = own.unwrap_or(settings.review.confidence_threshold);
        let unsure = turn.act.confidence.filter(|confidence| *confidence < threshold);
        if let Some(confidence) = unsure.filter(|_| turn.standing.role != Role::Person) {
            return ask_a_person(turn, confidence, &settings.checkpoint);
        }
        let mut step = turn.step(Cause::Resolve);
        step.target = turn.act.to;
        let (attempt, before) = (turn.standing.attempt.clone(), turn.task.clone());
        if turn.standing.role == Role::Person && turn.act.to.is_some_and(Status::is_open) {
            budgets::send_on(turn.tx, &mut turn.task, &settings.budget, (&turn.standing.actor, more))?;
        }
        let task = tasks::transition(turn.tx, turn.task, step, Details::default())?;
        settle_questions(turn.tx, &task, &turn.standing.actor)?;
        let ends = [(Outcome::Completed, "it decided"), (Outcome::Interrupted, "somebody else decided")];
        close_own_or_all(turn.tx, attempt.as_ref(), &before, ends)?;
        Ok(task)
    })
    .await
}

/// The decision goes on to a person, with what the agent would do.
fn ask_a_person(turn: Turn<'_, '_>, confidence: f64, limits: &CheckpointLimits) -> Result<Task, AppError> {
    let Turn { tx, task, standing, act } = turn;
    if task.lifecycle.status != Status::Escalated {
        // Refused as any other decision about a task that waits for none.
        let step = Move::new(Cause::Resolve, standing.role, standing.actor);
        let step = Move { target: act.to, ..step };
        return Ok(tasks::transition(tx, task, step, Details::default())?);
    }
    let (to, reason) = (act.to.map_or("pending", Status::as_str), act.reason.unwrap_or_default());
    let who = &standing.actor;
    let question = format!("{}: {who} would make it `{to}`, confidence {confidence:.2}: {reason}", task.title);
    let asked = checkpoints::open(tx, task.id, question, RESOLUTIONS.map(Into::into).to_vec(), who.clone())?;
    limit(tx, asked.id, limits, (true, Some(to)))?;
    let task = tasks::set_escalated_to(tx, task, Actor::human(), &reason)?;
    if let Some(attempt) = &standing.attempt {
        close(tx, attempt, Outcome::Completed, "it was not sure and left the decision to a person")?;
    }
    Ok(task)
}

/// A task about which somebody has decided asks nobody any more what becomes of it.
fn settle_questions(tx: &mut Tx<'_>, task: &Task, by: &Actor) -> Result<(), AppError> {
    let status = task.lifecycle.status.as_str();
    for question in checkpoints::open_of_task(tx, task.id)? {
        if question.options.iter().any(|option| option == status) {
            checkpoints::answer(tx, question.id, status, by)?;
        }
    }
    Ok(())
}

/// What a person's answer decides: an escalated task goes where the answer says, when it names a status.
pub(super) fn answered(
    tx: &mut Tx<'_>,
    mut task: Task,
    (answer, by): (&str, &Actor),
    budget: &Budget,
) -> Result<(), AppError> {
    let known = RESOLUTIONS.contains(&answer).then(|| answer.parse::<Status>().ok()).flatten();
    let Some(status) = known.filter(|_| task.lifecycle.status == Status::Escalated) else { return Ok(()) };
    let step = Move::new(Cause::Resolve, Role::Person, by.clone()).to(status).because(format!("answered: {answer}"));
    let before = task.clone();
    if status.is_open() {
        budgets::send_on(tx, &mut task, budget, (by, budgets::More::default()))?;
    }
    let task = tasks::transition(tx, task, step, Details::default())?;
    settle_questions(tx, &task, by)?;
    close_own_or_all(tx, None, &before, [(Outcome::Interrupted, "a person decided"); 2])
}
