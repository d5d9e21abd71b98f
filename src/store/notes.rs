//! Decisions and observations.

use rusqlite::params;
use serde_json::json;

use super::{
    comments::first_line,
    error::StoreError,
    row::{Columns, ms},
    tx::{Db, Tx},
};
use crate::model::{
    event::{EventKind, Level, NewEvent},
    ids::{Actor, TaskId},
    records::{Decision, Observation, Severity},
};

/// Writes a decision down.
pub fn decide(
    tx: &mut Tx<'_>,
    task: TaskId,
    agent: Actor,
    decision: String,
    rationale: String,
) -> Result<Decision, StoreError> {
    let sql = "INSERT INTO decisions (task, agent, decision, rationale, created_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    tx.conn.prepare_cached(sql)?.execute(params![task.0, agent.to_string(), decision, rationale, ms(tx.now())])?;
    let id = tx.conn.last_insert_rowid();
    let summary = format!("{agent}: {}", first_line(&decision));
    let event = NewEvent::new(EventKind::DecisionAdded, Some(task), agent.clone(), summary);
    tx.event(event.payload(json!({"decision": id})))?;
    Ok(Decision { id, task, agent, decision, rationale, created_at: tx.now() })
}

/// A task's decisions, oldest first.
pub fn decisions(db: &Db<'_>, task: TaskId) -> Result<Vec<Decision>, StoreError> {
    let sql = "SELECT id, agent, decision, rationale, created_at FROM decisions WHERE task = ?1 ORDER BY id";
    let mut select = db.conn.prepare_cached(sql)?;
    let mut rows = select.query([task.0])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        found.push(Decision {
            id: columns.get()?,
            task,
            agent: columns.word("agent")?,
            decision: columns.get()?,
            rationale: columns.get()?,
            created_at: columns.time()?,
        });
    }
    Ok(found)
}

/// Writes an observation down; about the project when there is no task.
pub fn observe(
    tx: &mut Tx<'_>,
    task: Option<TaskId>,
    agent: Actor,
    body: String,
    severity: Severity,
) -> Result<Observation, StoreError> {
    let sql = "INSERT INTO observations (task, agent, body, severity, created_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    let values = params![task.map(|task| task.0), agent.to_string(), body, severity.as_str(), ms(tx.now())];
    tx.conn.prepare_cached(sql)?.execute(values)?;
    let id = tx.conn.last_insert_rowid();
    let level = match severity {
        Severity::Info => Level::Routine,
        Severity::Warning => Level::Attention,
        Severity::Critical => Level::Urgent,
    };
    let summary = format!("{agent}: {}", first_line(&body));
    let event = NewEvent::new(EventKind::ObservationAdded, task, agent.clone(), summary);
    tx.event(event.level(level).payload(json!({"observation": id, "severity": severity})))?;
    Ok(Observation { id, task, agent, body, severity, created_at: tx.now() })
}

/// A task's observations (those about the project when none), oldest first.
pub fn observations(db: &Db<'_>, task: Option<TaskId>) -> Result<Vec<Observation>, StoreError> {
    let sql = "SELECT id, task, agent, body, severity, created_at FROM observations WHERE task IS ?1 ORDER BY id";
    let mut select = db.conn.prepare_cached(sql)?;
    let mut rows = select.query([task.map(|task| task.0)])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        found.push(Observation {
            id: columns.get()?,
            task: columns.get::<Option<i64>>()?.map(TaskId),
            agent: columns.word("agent")?,
            body: columns.get()?,
            severity: columns.word("severity")?,
            created_at: columns.time()?,
        });
    }
    Ok(found)
}
