//! Completions whose checks take long: programs, and questions that agents answer. They go on beside the request; the task
//! is working until they hold, and says so by its `gate`.
//!
//! What is under way is in the database, so that a restart only makes the checks anew.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{task::JoinHandle, time::timeout};

use super::{
    App, Project,
    access::Need,
    artefacts,
    completion::{Completing, finish, now, register_again},
    depth::{self, Asked},
    error::AppError,
    gate, guards,
    guards::{Examined, Finding},
    mail,
    requests::{Act, Caller},
    transitions::{begin, stop_attempts, turn},
};
use crate::{
    config::{Check, GuardSeverity},
    model::{
        guard::{Gate, GateStep, Guard, GuardKind, GuardState},
        ids::{Actor, AttemptId, ProjectId, TaskId},
        outcome::Outcome,
        records::{Output, Severity},
        status::{Cause, Status},
        task::Task,
    },
    store::{
        Tx, attempts, gates,
        guards::{self as questions, NewGuard},
        notes,
        tasks::{self, Details},
    },
};

/// How long whoever completes a task waits for its checks before they are told that these go on.
const PATIENCE: Duration = Duration::from_secs(10);

/// Completions whose checks are made now.
#[derive(Debug, Clone, Default)]
pub struct UnderWay(Arc<Mutex<HashSet<(ProjectId, TaskId)>>>);

/// The place of one; given back when it is dropped.
struct Place(UnderWay, (ProjectId, TaskId));

impl UnderWay {
    fn begin(&self, project: &ProjectId, task: TaskId) -> Option<Place> {
        let key = (project.clone(), task);
        let is_new = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key.clone());
        is_new.then(|| Place(self.clone(), key))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.1);
    }
}

/// What came of a look at a completion.
enum Settled {
    /// The task as it is now.
    Task(Box<Task>),
    /// It is not complete, and why.
    Refused(Vec<String>),
    /// Something has changed meanwhile: it is looked at again.
    Again,
}

impl Settled {
    fn task(task: Task) -> Self {
        Self::Task(Box::new(task))
    }
}

/// The checks of a task that take long; none when nobody works on it, and the completion is refused anyway.
pub(super) async fn slow_checks(app: &App, project: &Project, task: TaskId) -> Result<Vec<Check>, AppError> {
    let guardrails = guards::of_project(app, &project.id);
    if !guardrails.checks.iter().any(Check::takes_time) {
        return Ok(Vec::new());
    }
    let task = now(project, task).await?;
    let slow = |check: &&Check| check.takes_time() && check.is_for(&task.task_type);
    let held = task.lifecycle.status.is_held();
    Ok(guardrails.checks.iter().filter(slow).filter(|_| held).cloned().collect())
}

/// Takes the word that a task is complete, and begins to check it. Answers when it is checked, or after a while with the
/// task whose gate is pending.
pub(super) async fn complete(
    app: &App,
    (project, task): (&ProjectId, TaskId),
    (caller, act): (&Caller, Act),
    slow: Vec<Check>,
) -> Result<Task, AppError> {
    let (folder, of_project) = (app.root().task_artifacts(project, task), app.root().project(project));
    let waits_for = slow.into_iter().map(|check| check.name).collect();
    let taken = turn(app, (project, task), ("complete", Need::Own), (caller, act), move |mut turn| {
        turn.task = begin(&mut turn)?;
        if turn.task.gate.is_some() {
            return Ok(turn.task);
        }
        if turn.task.lifecycle.status != Status::Working {
            // The table of transitions says why not.
            return turn.go(Cause::Submit, Details::default());
        }
        gate::check(turn.tx, &turn.task, &folder)?;
        gate::check_draft(turn.tx, &turn.task, &of_project)?;
        mail::check_answer(turn.tx, &turn.task, turn.act.summary.as_deref())?;
        let gate = Gate {
            task: turn.task.id,
            attempt: turn.standing.attempt.as_ref().map(|attempt| attempt.number),
            actor: turn.standing.actor.clone(),
            role: turn.standing.role,
            summary: turn.act.summary.clone(),
            step: GateStep::Checks,
            waits_for,
            since: turn.tx.now(),
        };
        gates::open(turn.tx, &gate)?;
        Ok(tasks::require(turn.tx, &turn.task.project, turn.task.id)?)
    })
    .await?;
    let Some(checks) = go_on(app, project, task) else { return Ok(taken) };
    // Without loops nobody would go on with it.
    let patience = if app.control().loops_run() { PATIENCE } else { Duration::MAX };
    match timeout(patience, checks).await {
        Ok(checked) => checked.map_err(|error| AppError::Internal(error.to_string()))?,
        Err(_) => now(&*app.open_project(project)?, task).await,
    }
}

/// Makes the checks of a completion, unless that is done already; beside whoever asks.
pub fn go_on(app: &App, project: &ProjectId, task: TaskId) -> Option<JoinHandle<Result<Task, AppError>>> {
    let place = app.gates().begin(project, task)?;
    let (app, project) = (app.clone(), project.clone());
    Some(tokio::spawn(async move {
        let _place = place;
        let checked = check(&app, &project, task).await;
        if let Err(error) = &checked
            && !matches!(error, AppError::GateFailed { .. })
        {
            tracing::warn!(%project, %task, %error, "a completion could not be checked; it is tried again");
        }
        checked
    }))
}

async fn check(app: &App, project: &ProjectId, task: TaskId) -> Result<Task, AppError> {
    let project = app.open_project(project)?;
    loop {
        let gate = project.store.read(move |db| Ok::<_, AppError>(gates::get(db, task)?)).await?;
        if gate.is_none_or(|gate| gate.step != GateStep::Checks) {
            return now(&project, task).await;
        }
        let made = Made::of(app, &project, task).await?;
        let examined = guards::examine(app, &project, task).await?;
        let settle = move |tx: &mut Tx<'_>| after_checks(tx, task, made, &examined);
        match project.store.write(app.now(), settle).await? {
            Settled::Task(task) => return Ok(*task),
            Settled::Refused(missing) => return Err(AppError::GateFailed { missing }),
            Settled::Again => {}
        }
    }
}

/// What was found out before the transaction that settles a completion.
struct Made {
    project: ProjectId,
    folder: std::path::PathBuf,
    asked: Option<Asked>,
    rewritten: Vec<Output>,
    decides: guards::Decides,
    prompts: Vec<Check>,
}

impl Made {
    async fn of(app: &App, project: &Project, task: TaskId) -> Result<Self, AppError> {
        let slow = slow_checks(app, project, task).await?;
        Ok(Self {
            project: project.id.clone(),
            folder: app.root().task_artifacts(&project.id, task),
            asked: depth::ask(app, project, task).await?,
            rewritten: artefacts::rewritten(app, project, task).await?,
            decides: guards::Decides::of(app, &project.id),
            prompts: slow.into_iter().filter(|check| check.prompt.is_some()).collect(),
        })
    }
}

/// The checks are made: the completion is refused, or agents are asked, or it holds.
fn after_checks(tx: &mut Tx<'_>, task: TaskId, made: Made, examined: &Examined) -> Result<Settled, AppError> {
    let row = tasks::require(tx, &made.project, task)?;
    let Some(gate) = gates::get(tx, task)?.filter(|gate| gate.step == GateStep::Checks) else {
        return Ok(Settled::task(row));
    };
    if gates::is_outdated(tx, &gate)? {
        let now = tx.now();
        gates::begin_again(tx, task, now)?;
        return Ok(Settled::Again);
    }
    examined.note(tx, task)?;
    let missing = examined.blocking();
    if !missing.is_empty() {
        return refuse(tx, row, &gate, (missing, examined.tripwire(), &made.decides));
    }
    if made.prompts.is_empty() {
        return pass(tx, row, &gate, made);
    }
    questions::let_go(tx, task, GuardKind::Prompt)?;
    for check in &made.prompts {
        let new = NewGuard {
            task,
            kind: GuardKind::Prompt,
            rule: &check.name,
            severity: check.severity().as_str(),
            question: check.prompt.as_deref().unwrap_or_default(),
        };
        questions::ask(tx, &new)?;
    }
    let names: Vec<_> = made.prompts.iter().map(|check| check.name.clone()).collect();
    gates::go_on(tx, &gate, GateStep::Questions, &names)?;
    Ok(Settled::task(tasks::require(tx, &made.project, task)?))
}

/// Settles a completion whose questions are all answered. True when that moved something.
pub async fn settle(app: &App, project: &Project, task: TaskId) -> Result<bool, AppError> {
    let made = Made::of(app, project, task).await?;
    let settle = move |tx: &mut Tx<'_>| after_questions(tx, task, made);
    project.store.write(app.now(), settle).await
}

fn after_questions(tx: &mut Tx<'_>, task: TaskId, made: Made) -> Result<bool, AppError> {
    let Some(gate) = gates::get(tx, task)?.filter(|gate| gate.step == GateStep::Questions) else { return Ok(false) };
    let asked = questions::of_task(tx, task, GuardKind::Prompt)?;
    if asked.iter().any(|guard| guard.state == GuardState::Open) {
        return Ok(false);
    }
    let row = tasks::require(tx, &made.project, task)?;
    if gates::is_outdated(tx, &gate)? {
        let now = tx.now();
        gates::begin_again(tx, task, now)?;
        gates::go_on(tx, &gate, GateStep::Checks, &gate.waits_for)?;
        return Ok(true);
    }
    let findings: Vec<_> = asked.iter().filter_map(finding).collect();
    let examined = Examined { findings, passed: Vec::new() };
    examined.note(tx, task)?;
    let silent =
        asked.iter().find(|guard| guard.state == GuardState::Unanswered && severity(guard) != GuardSeverity::Warning);
    if let Some(guard) = silent {
        let why = format!("nobody could answer the guardrail {}", guard.rule);
        stop_attempts(tx, &row, Outcome::Interrupted, &why)?;
        made.decides.escalate(tx, row, &why)?;
        return Ok(true);
    }
    let missing = examined.blocking();
    if missing.is_empty() {
        pass(tx, row, &gate, made)?;
    } else {
        refuse(tx, row, &gate, (missing, examined.tripwire(), &made.decides))?;
    }
    Ok(true)
}

/// What an answer says against the completion.
fn finding(guard: &Guard) -> Option<Finding> {
    let by = guard.answered_by.as_ref().map_or_else(|| "nobody".to_owned(), ToString::to_string);
    let text = match guard.state {
        GuardState::Broken => guard.answer.clone().unwrap_or_default(),
        GuardState::Unanswered => "nobody could answer its question".to_owned(),
        GuardState::Open | GuardState::Holds | GuardState::Void => return None,
    };
    let evidence = format!("asked: {}\nanswered by {by}", guard.question);
    Some(Finding { rule: guard.rule.clone(), severity: severity(guard), text, evidence })
}

fn severity(guard: &Guard) -> GuardSeverity {
    // It was written by the same words.
    guard.severity.parse().unwrap_or(GuardSeverity::Blocking)
}

/// Everything holds: the task moves.
fn pass(tx: &mut Tx<'_>, task: Task, gate: &Gate, made: Made) -> Result<Settled, AppError> {
    let missing = gate::missing(tx, &task, &made.folder)?;
    if !missing.is_empty() {
        return refuse(tx, task, gate, (missing, None, &made.decides));
    }
    register_again(tx, &task, gate.attempt, made.rewritten)?;
    let attempt = gate.attempt.map(|number| attempts::require(tx, &of(&task, number))).transpose()?;
    let by = Completing { actor: gate.actor.clone(), role: gate.role, attempt, summary: gate.summary.clone() };
    Ok(Settled::task(finish(tx, task, by, made.asked)?))
}

fn of(task: &Task, number: i64) -> AttemptId {
    AttemptId { project: task.project.clone(), task: task.id, number }
}

/// The task is its author's again, who is told why; where the author has left, somebody else is.
fn refuse(
    tx: &mut Tx<'_>,
    task: Task,
    gate: &Gate,
    (missing, tripwire, decides): (Vec<String>, Option<&Finding>, &guards::Decides),
) -> Result<Settled, AppError> {
    if let Some(finding) = tripwire {
        guards::trip(tx, task, (finding, None), decides)?;
        return Ok(Settled::Refused(missing));
    }
    gates::refuse(tx, gate, &missing)?;
    let why = format!("the task is not complete: {}", missing.join("; "));
    if let Some(number) = gate.attempt {
        let attempt = of(&task, number);
        let left = attempts::overturn(tx, &attempt, Outcome::NoResult, &why)?;
        if !left {
            attempts::nudge(tx, &attempt, &format!("{why}. Add what is missing, then complete again."))?;
        }
    } else {
        notes::observe(tx, Some(task.id), Actor::Policy, why, Severity::Warning)?;
    }
    Ok(Settled::Refused(missing))
}
