//! Completions that wait for their checks. A trigger ends them when the task moves.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use serde_json::json;

use super::{
    error::StoreError,
    row::{Columns, ms, to_json},
    tx::{Db, Tx},
};
use crate::model::{
    event::{EventKind, Level, NewEvent},
    guard::{Gate, GateState, GateStep, GuardState},
    ids::{Actor, TaskId},
};

/// Writes down that a completion waits.
pub fn open(tx: &mut Tx<'_>, gate: &Gate) -> Result<(), StoreError> {
    let sql = "INSERT INTO gates (task, attempt, actor, role, summary, step, waits_for, since) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    tx.conn.prepare_cached(sql)?.execute(params![
        gate.task.0,
        gate.attempt,
        gate.actor.to_string(),
        gate.role.as_str(),
        gate.summary,
        gate.step.as_str(),
        to_json(&gate.waits_for)?,
        ms(gate.since),
    ])?;
    tell(tx, (gate.task, gate.actor.clone()), &gate.waits_for)
}

fn tell(tx: &mut Tx<'_>, (task, actor): (TaskId, Actor), waits_for: &[String]) -> Result<(), StoreError> {
    let summary = format!("{task} is said to be complete, and is checked: {}", waits_for.join(", "));
    let payload = json!({"gate": GateState::Pending, "waits_for": waits_for});
    tx.event(NewEvent::new(EventKind::TaskStatusChanged, Some(task), actor, summary).payload(payload))?;
    Ok(())
}

/// The completion of a task that waits; none when none does.
pub fn get(db: &Db<'_>, task: TaskId) -> Result<Option<Gate>, StoreError> {
    let sql = "SELECT attempt, actor, role, summary, step, waits_for, since FROM gates WHERE task = ?1";
    let mut select = db.conn.prepare_cached(sql)?;
    let mut rows = select.query([task.0])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let mut columns = Columns::new(row);
    Ok(Some(Gate {
        task,
        attempt: columns.get()?,
        actor: columns.word("actor")?,
        role: columns.word("role")?,
        summary: columns.get()?,
        step: columns.word("gate step")?,
        waits_for: columns.json("names")?,
        since: columns.time()?,
    }))
}

/// It waits for something else now.
pub fn go_on(tx: &mut Tx<'_>, gate: &Gate, step: GateStep, waits_for: &[String]) -> Result<(), StoreError> {
    let sql = "UPDATE gates SET step = ?2, waits_for = ?3 WHERE task = ?1";
    tx.conn.prepare_cached(sql)?.execute(params![gate.task.0, step.as_str(), to_json(&waits_for)?])?;
    tell(tx, (gate.task, gate.actor.clone()), waits_for)
}

/// It is checked from the beginning: something has changed meanwhile.
pub fn begin_again(tx: &mut Tx<'_>, task: TaskId, now: DateTime<Utc>) -> Result<(), StoreError> {
    tx.conn.prepare_cached("UPDATE gates SET since = ?2 WHERE task = ?1")?.execute(params![task.0, ms(now)])?;
    Ok(())
}

/// It was refused: the task is its author's again.
pub fn refuse(tx: &mut Tx<'_>, gate: &Gate, missing: &[String]) -> Result<(), StoreError> {
    tx.conn.prepare_cached("DELETE FROM gates WHERE task = ?1")?.execute([gate.task.0])?;
    let summary = format!("{} is not complete: {}", gate.task, missing.join("; "));
    let payload = json!({"gate": "failed", "missing": missing});
    let event = NewEvent::new(EventKind::TaskStatusChanged, Some(gate.task), Actor::Policy, summary);
    tx.event(event.level(Level::Attention).payload(payload))?;
    Ok(())
}

/// True when the task's outputs have changed since.
pub fn is_outdated(db: &Db<'_>, gate: &Gate) -> Result<bool, StoreError> {
    let sql = "SELECT max(created_at) FROM outputs WHERE task = ?1";
    let newest = db.conn.prepare_cached(sql)?.query_row([gate.task.0], |row| row.get(0)).optional()?.flatten();
    Ok(newest.is_some_and(|newest: i64| newest > ms(gate.since)))
}

/// Completions whose checks have to be made, and those whose questions are all answered.
pub fn due(db: &Db<'_>) -> Result<(Vec<TaskId>, Vec<TaskId>), StoreError> {
    let sql = "SELECT g.task, g.step FROM gates g WHERE g.step = 'checks' OR NOT EXISTS \
               (SELECT 1 FROM guards q WHERE q.task = g.task AND q.kind = 'prompt' AND q.state = ?1)";
    let mut select = db.conn.prepare_cached(sql)?;
    let mut rows = select.query([GuardState::Open.as_str()])?;
    let (mut checks, mut answered) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        let task = TaskId(columns.get()?);
        match columns.word("gate step")? {
            GateStep::Checks => checks.push(task),
            GateStep::Questions => answered.push(task),
        }
    }
    Ok((checks, answered))
}
