//! Tasks. Their status is written by [`transition`] only, which asks the table in `model::status`.

mod list;
mod patch;
mod rows;

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use serde_json::json;

use self::rows::{COLUMNS, read};
pub use self::{
    list::{Filter, Sort, list, sort_key},
    patch::{follow_dependencies, patch},
};
use super::{
    attempts, calibration, dependencies,
    error::StoreError,
    row::{ms, to_json},
    tx::{Db, Tx},
};
use crate::model::{
    event::{EventKind, NewEvent, level_of_status},
    ids::{Actor, AgentId, AttemptId, ProjectId, TaskId},
    status::{Cause, Lifecycle, Role, Status},
    task::{ITS_PARTS, NewTask, ReviewDepth, ReviewPhase, RiskLevel, Task, Trigger},
};

/// A task that is about to be created, checked by `app`.
#[derive(Debug, Clone)]
pub struct Creation {
    /// What was asked for.
    pub task: NewTask,
    /// Who asked.
    pub created_by: Actor,
    /// What a mistake would cost, red lines considered.
    pub risk_level: RiskLevel,
}

/// Creates a task with its dependencies and its event.
pub fn insert(tx: &mut Tx<'_>, project: &ProjectId, creation: Creation) -> Result<Task, StoreError> {
    let Creation { task: new, created_by, risk_level } = creation;
    for needed in new.depends_on.iter().chain(new.parent.as_ref()) {
        require(tx, project, *needed)?;
    }
    let waits_for = dependencies::first_open(tx, &new.depends_on)?;
    let blocked_on = waits_for.map(|task| task.to_string()).or_else(|| new.has_parts.then(|| ITS_PARTS.to_owned()));
    let life = Lifecycle::new(blocked_on.is_some(), tx.now());
    let sql = "INSERT INTO tasks (title, description, status, status_since, assignee, created_by, priority, task_type, \
               risk_level, must_haves, parent, next_trigger, blocked_on, created_at, updated_at, risk_set_by) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?4, ?4, ?6)";
    let task_type = new.task_type.as_deref().unwrap_or("general");
    let trigger = if task_type == "distill" { Trigger::Distill } else { Trigger::Execute };
    tx.conn.prepare_cached(sql)?.execute(params![
        new.title,
        new.description.as_deref().unwrap_or(""),
        life.status.as_str(),
        ms(tx.now()),
        new.assignee.as_ref().map(AgentId::as_str),
        created_by.to_string(),
        new.priority.unwrap_or(5),
        task_type,
        risk_level.as_str(),
        to_json(&new.must_haves)?,
        new.parent.map(|parent| parent.0),
        trigger.as_str(),
        blocked_on,
    ])?;
    let id = TaskId(tx.conn.last_insert_rowid());
    dependencies::set(tx, id, &new.depends_on)?;
    let task = require(tx, project, id)?;
    let payload = json!({"status": task.lifecycle.status, "assignee": task.assignee, "priority": task.priority});
    tx.event(NewEvent::new(EventKind::TaskCreated, Some(id), created_by, &task.title).payload(payload))?;
    Ok(task)
}

/// A task, or none.
pub fn get(db: &Db<'_>, project: &ProjectId, id: TaskId) -> Result<Option<Task>, StoreError> {
    let mut select = db.conn.prepare_cached(&format!("SELECT {COLUMNS} FROM tasks t WHERE t.id = ?1"))?;
    let mut rows = select.query([id.0])?;
    rows.next()?.map(|row| read(project, row)).transpose()
}

/// A task, or an error that names it.
pub fn require(db: &Db<'_>, project: &ProjectId, id: TaskId) -> Result<Task, StoreError> {
    get(db, project, id)?.ok_or_else(|| StoreError::NotFound(format!("task {id} in project {project}")))
}

/// How many tasks stand in each status, in the order of [`Status::ALL`].
pub fn summary(db: &Db<'_>) -> Result<Vec<(Status, i64)>, StoreError> {
    let mut select = db.conn.prepare_cached("SELECT count(*) FROM tasks WHERE status = ?1")?;
    let count = |status: Status| Ok((status, select.query_row([status.as_str()], |row| row.get(0))?));
    Status::ALL.iter().copied().map(count).collect()
}

/// A move from one status to another.
#[derive(Debug, Clone)]
pub struct Move {
    /// What happens.
    pub cause: Cause,
    /// In which capacity the actor acts.
    pub role: Role,
    /// Who acts.
    pub actor: Actor,
    /// Where to, when the rule leaves a choice.
    pub target: Option<Status>,
    /// Why, in words.
    pub reason: Option<String>,
}

impl Move {
    /// A move whose rule leaves no choice.
    pub fn new(cause: Cause, role: Role, actor: Actor) -> Self {
        Self { cause, role, actor, target: None, reason: None }
    }

    /// A move that the mechanism makes by itself.
    pub fn by_daemon(cause: Cause, reason: impl Into<String>) -> Self {
        Self::new(cause, Role::Daemon, Actor::Daemon).because(reason)
    }

    /// A move that a policy script asked for.
    pub fn by_policy(cause: Cause, reason: impl Into<String>) -> Self {
        Self::new(cause, Role::Policy, Actor::Policy).because(reason)
    }

    /// With a reason.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into()).filter(|reason| !reason.is_empty());
        self
    }

    /// With a target.
    #[must_use]
    pub fn to(mut self, target: Status) -> Self {
        self.target = Some(target);
        self
    }
}

/// What a move changes beside the status.
#[derive(Debug, Clone, Default)]
pub struct Details {
    /// The attempt that takes the task (`claim`).
    pub holder: Option<(Actor, i64)>,
    /// What a blocked task waits for.
    pub blocked_on: Option<String>,
    /// Who decides about an escalated task.
    pub escalated_to: Option<Actor>,
    /// Not to be dispatched before.
    pub not_before: Option<DateTime<Utc>>,
    /// The agent's own words.
    pub summary: Option<String>,
    /// How deep the review of a submitted task goes; policy is asked later when none.
    pub review_depth: Option<ReviewDepth>,
}

/// The one function that writes a status: checks the table, writes the row and its event in one transaction.
pub fn transition(tx: &mut Tx<'_>, task: Task, step: Move, details: Details) -> Result<Task, StoreError> {
    let mut task = task;
    let before = task.lifecycle.status;
    let now = tx.now();
    task.lifecycle.apply(step.cause, step.role, step.target, now)?;
    settle(&mut task, step.cause, &details);
    if step.role == Role::Person && matches!(step.cause, Cause::Resolve | Cause::Reopen | Cause::Retry) {
        // What it has cost so far was looked at.
        task.counts_from = attempts::next_number(tx, task.id)?;
    }
    task.reason = step.reason.clone();
    save(tx, &mut task)?;
    calibration::follow(tx, &task, step.cause, step.role)?;
    let status = task.lifecycle.status;
    let summary = match &step.reason {
        Some(reason) => format!("{}: {before} → {status} ({reason})", task.title),
        None => format!("{}: {before} → {status}", task.title),
    };
    let payload = json!({
        "from": before, "to": status, "transition": step.cause, "reason": step.reason, "round": task.lifecycle.round,
        "fence": task.lifecycle.fence, "revision": task.revision, "agent": task.owner.as_ref().or(task.escalated_to.as_ref()),
    });
    let event = NewEvent::new(EventKind::TaskStatusChanged, Some(task.id), step.actor.clone(), summary);
    tx.event(event.level(level_of_status(status)).payload(payload))?;
    if step.cause == Cause::Escalate {
        let to = task.escalated_to.clone().unwrap_or_else(Actor::human);
        let summary = format!("{} waits for a decision of {to}", task.title);
        let payload = json!({"to": to, "reason": step.reason});
        tx.event(NewEvent::new(EventKind::Escalated, Some(task.id), step.actor, summary).payload(payload))?;
    }
    Ok(task)
}

/// What follows from a transition for the rest of the row.
fn settle(task: &mut Task, cause: Cause, details: &Details) {
    let status = task.lifecycle.status;
    if cause == Cause::Claim
        && let Some((holder, number)) = &details.holder
    {
        task.owner = Some(holder.clone());
        task.attempt = Some(AttemptId { project: task.project.clone(), task: task.id, number: *number });
    }
    // Whoever did the work answers for it from now on; a mere claim that runs out binds nobody.
    if matches!(cause, Cause::Submit | Cause::Finish)
        && let Some(agent) = task.owner.as_ref().and_then(Actor::agent)
    {
        task.assignee = Some(agent.clone());
    }
    if !status.is_held() && status != Status::Paused {
        task.owner = None;
        task.attempt = None;
    }
    // Whatever brings it to review anew is judged anew; a further round goes on as the first.
    if matches!(cause, Cause::Submit | Cause::Derive | Cause::Reopen | Cause::Resolve) && status == Status::Review {
        task.review_depth = details.review_depth.map(|depth| depth.after(task.lifecycle.rounds_before));
    }
    match cause {
        Cause::Revise => task.trigger = Trigger::Revise,
        Cause::Resolve if status == Status::Pending && task.reviews_count > 0 => task.trigger = Trigger::Revise,
        Cause::Retry => task.dispatch_count = 0,
        _ => {}
    }
    if cause != Cause::Pause && cause != Cause::Resume {
        task.review_phase = (status == Status::Review).then_some(ReviewPhase::Review);
        task.blocked_on = (status == Status::Blocked).then(|| details.blocked_on.clone()).flatten();
        task.escalated_to = (status == Status::Escalated).then(|| details.escalated_to.clone()).flatten();
    }
    task.not_before = details.not_before;
    if details.summary.is_some() {
        task.summary.clone_from(&details.summary);
    }
}

/// Writes the row; refuses when it has changed since it was read.
fn save(tx: &mut Tx<'_>, task: &mut Task) -> Result<(), StoreError> {
    let life = &task.lifecycle;
    let sql = "UPDATE tasks SET title = ?3, description = ?4, status = ?5, status_since = ?6, resumed_from = ?7, \
               claimed_at = ?8, started_at = ?9, completed_at = ?10, fence = ?11, round = ?12, retry_count = ?13, \
               assignee = ?14, priority = ?15, task_type = ?16, risk_level = ?17, must_haves = ?18, owner = ?19, \
               attempt = ?20, next_trigger = ?21, review_phase = ?22, dispatch_count = ?23, blocked_on = ?24, \
               escalated_to = ?25, reason = ?26, summary = ?27, not_before = ?28, updated_at = ?29, \
               approvals_needed = ?30, max_rounds = ?31, rounds_before = ?32, counts_from = ?33, \
               risk_set_by = ?34, revision = revision + 1 WHERE id = ?1 AND revision = ?2";
    let changed = tx.conn.prepare_cached(sql)?.execute(params![
        task.id.0,
        task.revision,
        task.title,
        task.description,
        life.status.as_str(),
        ms(life.status_since),
        life.resumed_from.map(Status::as_str),
        life.claimed_at.map(ms),
        life.started_at.map(ms),
        life.completed_at.map(ms),
        life.fence,
        life.round,
        life.retry_count,
        task.assignee.as_ref().map(AgentId::as_str),
        task.priority,
        task.task_type,
        task.risk_level.as_str(),
        to_json(&task.must_haves)?,
        task.owner.as_ref().map(ToString::to_string),
        task.attempt.as_ref().map(|attempt| attempt.number),
        task.trigger.as_str(),
        task.review_phase.map(ReviewPhase::as_str),
        task.dispatch_count,
        task.blocked_on,
        task.escalated_to.as_ref().map(ToString::to_string),
        task.reason,
        task.summary,
        task.not_before.map(ms),
        ms(tx.now()),
        task.review_depth.map(|depth| depth.approvals),
        task.review_depth.map(|depth| depth.max_rounds),
        life.rounds_before,
        task.counts_from,
        task.risk_set_by.as_ref().map(ToString::to_string),
    ])?;
    if changed == 0 {
        return Err(StoreError::Conflict(format!("task {}", task.id)));
    }
    task.revision += 1;
    task.updated_at = tx.now();
    Ok(())
}

/// Saves a change of other fields, with an event.
fn touch(tx: &mut Tx<'_>, task: Task, actor: Actor, payload: serde_json::Value) -> Result<Task, StoreError> {
    let mut task = task;
    save(tx, &mut task)?;
    let summary = format!("{} changed", task.title);
    tx.event(NewEvent::new(EventKind::TaskStatusChanged, Some(task.id), actor, summary).payload(payload))?;
    Ok(task)
}

/// Says whose turn it is in a review.
pub fn set_review_phase(tx: &mut Tx<'_>, task: Task, phase: ReviewPhase) -> Result<Task, StoreError> {
    if task.review_phase == Some(phase) {
        return Ok(task);
    }
    let task = Task { review_phase: Some(phase), ..task };
    touch(tx, task, Actor::Policy, json!({"review_phase": phase}))
}

/// Says how deep the review of a task goes, where it came to review without being submitted by somebody.
pub fn set_review_depth(tx: &mut Tx<'_>, task: Task, depth: ReviewDepth) -> Result<Task, StoreError> {
    let depth = depth.after(task.lifecycle.rounds_before);
    let task = Task { review_depth: Some(depth), ..task };
    touch(tx, task, Actor::Policy, json!({"review_depth": depth}))
}

/// Hands an escalated task to somebody else to decide.
pub fn set_escalated_to(tx: &mut Tx<'_>, task: Task, to: Actor, reason: &str) -> Result<Task, StoreError> {
    let task = Task { escalated_to: Some(to.clone()), reason: Some(reason.to_owned()), ..task };
    let task = touch(tx, task, Actor::Policy, json!({"escalated_to": to}))?;
    let summary = format!("{} waits for a decision of {to}", task.title);
    let payload = json!({"to": to, "reason": reason});
    tx.event(NewEvent::new(EventKind::Escalated, Some(task.id), Actor::Policy, summary).payload(payload))?;
    Ok(task)
}

/// Says what a blocked task waits for now.
pub fn set_blocked_on(tx: &mut Tx<'_>, task: Task, on: String) -> Result<Task, StoreError> {
    let task = Task { blocked_on: Some(on.clone()), ..task };
    touch(tx, task, Actor::Daemon, json!({"blocked_on": on}))
}

/// Counts a dispatch. No event of its own: the attempt has one.
pub fn count_dispatch(tx: &mut Tx<'_>, id: TaskId) -> Result<(), StoreError> {
    let sql = "UPDATE tasks SET dispatch_count = dispatch_count + 1 WHERE id = ?1";
    tx.conn.prepare_cached(sql)?.execute([id.0])?;
    Ok(())
}

/// Takes a dispatch back that came to nothing for no fault of the task.
pub fn give_dispatch_back(tx: &mut Tx<'_>, id: TaskId) -> Result<(), StoreError> {
    let sql = "UPDATE tasks SET dispatch_count = max(dispatch_count - 1, 0) WHERE id = ?1";
    tx.conn.prepare_cached(sql)?.execute([id.0])?;
    Ok(())
}

/// The newest change of any task, to notice when nothing moves.
pub fn last_change(db: &Db<'_>) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT max(seq) FROM events WHERE kind IN ('task_created', 'task_status_changed')";
    Ok(db.conn.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?.flatten())
}

/// Makes sure that new tasks get numbers above this one: files of earlier tasks are not theirs.
pub fn reserve_numbers(tx: &mut Tx<'_>, number: i64) -> Result<(), StoreError> {
    let raised = "UPDATE sqlite_sequence SET seq = max(seq, ?1) WHERE name = 'tasks'";
    if tx.conn.execute(raised, [number])? == 0 {
        tx.conn.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('tasks', ?1)", [number])?;
    }
    Ok(())
}
