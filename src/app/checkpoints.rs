//! Questions to people, and their answers.

use chrono::TimeDelta;

use super::{
    App,
    error::AppError,
    forms, guards,
    letters::kept,
    records::check_text,
    requests::{Caller, NewCheckpoint},
    resolutions,
    transitions::stop_attempts,
};
use crate::{
    config::CheckpointLimits,
    model::{
        ids::{Actor, ProjectId},
        outcome::Outcome,
        records::{Checkpoint, CommentType},
        status::{Cause, Role, Status},
        task::Task,
    },
    store::{
        StoreError, Tx, checkpoints, comments,
        tasks::{self, Details, Move},
    },
};

/// Questions, newest first.
pub async fn list(app: &App, project: &ProjectId, only_open: bool) -> Result<Vec<Checkpoint>, AppError> {
    app.project(project)?.store.read(move |db| Ok(checkpoints::list(db, only_open)?)).await
}

/// Asks a person; the task waits for the answer.
pub async fn open(app: &App, project: &ProjectId, caller: &Caller, new: NewCheckpoint) -> Result<Checkpoint, AppError> {
    check_text("question", &new.question)?;
    forms::check(app, "ask", caller, &new)?;
    check_default(&new.options, new.default.as_deref())?;
    let project = app.open_project(project)?;
    let time = new.timeout_seconds.or(app.settings_of(&project.id).checkpoint.timeout_seconds).map(TimeDelta::seconds);
    let (id, coordinator, who) = (project.id.clone(), app.coordinator(&project.id), caller.clone());
    let (task, body) = (new.task, new.clone());
    let heard = guards::Heard::of(app, &project.id, &new);
    let write = move |tx: &mut Tx<'_>| {
        let task = tasks::require(tx, &id, new.task)?;
        let need = super::access::Need::Own;
        let standing = super::access::stand(tx, &task, &who, coordinator.as_ref(), need)?;
        let (at, by) = (task.id, standing.actor.clone());
        let mut asked = ask(tx, task, new.question, new.options, (standing.role, standing.actor))?;
        if let Some(time) = time {
            asked = checkpoints::limit(tx, asked.id, tx.now() + time, new.default.as_deref())?;
        }
        heard.follow(tx, at, &by)?;
        Ok(asked)
    };
    let result = project.store.write(app.now(), write).await;
    kept(app, (&project, task), caller, ("ask", &body), result).await
}

/// Gives a question the time and the default that the configuration has for questions; `proposed` is what whoever asks
/// would do.
pub(super) fn limit(
    tx: &mut Tx<'_>,
    id: i64,
    limits: &CheckpointLimits,
    (decides, proposed): (bool, Option<&str>),
) -> Result<(), StoreError> {
    let Some(seconds) = limits.timeout_seconds else { return Ok(()) };
    let default = limits.decision.filter(|_| decides).and_then(|decision| decision.answer(proposed));
    checkpoints::limit(tx, id, tx.now() + TimeDelta::seconds(seconds), default.as_deref())?;
    Ok(())
}

/// Asks a person what becomes of a task that was escalated to people, unless the same question waits already. It has the time
/// of every such question, and what holds when that is over.
pub fn ask_what_now(
    tx: &mut Tx<'_>,
    task: &Task,
    (reason, by): (&str, &Actor),
    limits: &CheckpointLimits,
) -> Result<(), StoreError> {
    let question = format!("{}: {}. What now?", task.title, reason.trim_end_matches(['.', ' ']));
    if checkpoints::open_of_task(tx, task.id)?.iter().any(|open| open.question == question) {
        return Ok(());
    }
    let options = resolutions::RESOLUTIONS.map(Into::into).to_vec();
    let asked = checkpoints::open(tx, task.id, question, options, by.clone())?;
    limit(tx, asked.id, limits, (true, None))
}

/// What holds without an answer must be an answer.
fn check_default(options: &[String], default: Option<&str>) -> Result<(), AppError> {
    match default {
        Some(default) if !options.is_empty() && !options.iter().any(|option| option == default) => {
            Err(AppError::Validation {
                field: "default".into(),
                detail: format!("`{default}` is not one of the options"),
                valid_values: options.to_vec(),
                hint: "use one of valid_values".into(),
            })
        }
        _ => Ok(()),
    }
}

/// Writes the question; a task that somebody works on, or could, is blocked until the answer is there.
pub fn ask(
    tx: &mut Tx<'_>,
    task: Task,
    question: String,
    options: Vec<String>,
    (role, actor): (Role, Actor),
) -> Result<Checkpoint, AppError> {
    let checkpoint = checkpoints::open(tx, task.id, question.clone(), options, actor.clone())?;
    if matches!(task.lifecycle.status, Status::Pending | Status::Claimed | Status::Working) {
        stop_attempts(tx, &task, Outcome::Interrupted, "a person is asked")?;
        let step = Move::new(Cause::Block, role, actor).because(format!("a person is asked: {question}"));
        let details = Details { blocked_on: Some("human".into()), ..Details::default() };
        tasks::transition(tx, task, step, details)?;
    }
    Ok(checkpoint)
}

/// A person's comment answers the questions that a task waits with; those with options only when it is one of them.
pub(super) fn answered_by_comment(tx: &mut Tx<'_>, task: &Task, by: &Actor, body: &str) -> Result<(), AppError> {
    let waits = task.lifecycle.status == Status::Blocked && task.blocked_on.as_deref() == Some("human");
    if !waits || !by.is_human() {
        return Ok(());
    }
    let fits = |question: &Checkpoint| question.options.is_empty() || question.options.iter().any(|o| o == body.trim());
    for question in checkpoints::open_of_task(tx, task.id)?.into_iter().filter(fits) {
        checkpoints::answer(tx, question.id, body.trim(), by)?;
    }
    Ok(())
}

/// Answers a question; a task that waited for it goes on, and the next agent reads the answer in the thread.
pub async fn answer(
    app: &App,
    project: &ProjectId,
    id: i64,
    caller: &Caller,
    answer: String,
) -> Result<Checkpoint, AppError> {
    check_text("answer", &answer)?;
    if !caller.actor.is_human() {
        return Err(AppError::only_people("answers a checkpoint"));
    }
    let project = app.open_project(project)?;
    let (name, by) = (project.id.clone(), caller.actor.clone());
    let budget = app.settings_of(&project.id).budget.clone();
    let write = move |tx: &mut Tx<'_>| {
        let checkpoint = checkpoints::require(tx, id)?;
        if !checkpoint.options.is_empty() && !checkpoint.options.contains(&answer) {
            return Err(AppError::Validation {
                field: "answer".into(),
                detail: format!("`{answer}` is not one of the options"),
                valid_values: checkpoint.options,
                hint: "answer with one of valid_values".into(),
            });
        }
        if !checkpoints::answer(tx, id, &answer, &by)? {
            return Err(AppError::in_the_way(
                format!("checkpoint {id} was answered before"),
                "its answer stands; comment on the task if it has to be corrected",
            ));
        }
        let body = format!("{}\n\n{answer}", checkpoint.question);
        let (task, comment_type) = (checkpoint.task, CommentType::Answer);
        comments::insert(tx, comments::NewComment { task, author: by.clone(), body, comment_type, mentions: vec![] })?;
        let task = tasks::require(tx, &name, task)?;
        let waits = task.lifecycle.status == Status::Blocked && task.blocked_on.as_deref() == Some("human");
        if waits && checkpoints::open_of_task(tx, task.id)?.is_empty() {
            let step = Move::new(Cause::Unblock, Role::Person, by.clone()).because(format!("answered: {answer}"));
            tasks::transition(tx, task, step, Details::default())?;
        } else {
            resolutions::answered(tx, task, (&answer, &by), &budget)?;
        }
        Ok(checkpoints::require(tx, id)?)
    };
    project.store.write(app.now(), write).await
}

/// What follows from an answer that nobody gave: a blocked task goes on when it was the last one; an escalated one goes where the answer
/// says, when the question offered that.
fn follow(
    tx: &mut Tx<'_>,
    task: Task,
    (options, answer): (&[String], &str),
    (by, reason): (Actor, String),
) -> Result<(), StoreError> {
    let waits = task.lifecycle.status == Status::Blocked && task.blocked_on.as_deref() == Some("human");
    let decided = task.escalated_to.as_ref().is_some_and(Actor::is_human) && options.iter().any(|o| o == answer);
    let target = answer.parse::<Status>().ok().filter(|_| decided);
    let mut step = match target {
        None if waits && checkpoints::open_of_task(tx, task.id)?.is_empty() => {
            Move::new(Cause::Unblock, Role::Person, by)
        }
        Some(target) => Move::new(Cause::Resolve, Role::Person, by).to(target),
        None => return Ok(()),
    };
    step = step.because(reason);
    match tasks::transition(tx, task, step, Details::default()) {
        // The answer stands in the thread; somebody has to look at the task all the same.
        Err(StoreError::Refused(_)) => Ok(()),
        done => done.map(drop),
    }
}

/// Settles the questions whose time is over: what was to hold without an answer is the answer.
pub fn pass_time(tx: &mut Tx<'_>, project: &ProjectId) -> Result<(), StoreError> {
    for question in checkpoints::note_time_over(tx)? {
        let Some(default) = &question.default_answer else { continue };
        checkpoints::answer(tx, question.id, default, &Actor::Daemon)?;
        let body = format!("{}\n\n{default}\n\n(nobody answered in time)", question.question);
        let (task, author, comment_type) = (question.task, Actor::Daemon, CommentType::Answer);
        comments::insert(tx, comments::NewComment { task, author, body, comment_type, mentions: vec![] })?;
        let task = tasks::require(tx, project, question.task)?;
        let reason = format!("nobody answered in time, so `{default}` holds");
        // Where nobody says anything, the default stands in for a person.
        follow(tx, task, (&question.options, default), (Actor::Daemon, reason))?;
    }
    Ok(())
}
