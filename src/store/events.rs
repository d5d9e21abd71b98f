//! A project's own events.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::{
    error::StoreError,
    row::{Columns, ms},
    tx::{Db, Recorded, Tx},
};
use crate::model::{
    event::{Event, NewEvent},
    ids::{ProjectId, TaskId},
    status::Status,
};

const COLUMNS: &str = "seq, task, kind, level, actor, at, summary, payload";

/// The events with numbers above `seq`: what the index may lack after a crash.
pub(super) fn recorded_after(db: &Db<'_>, seq: i64) -> Result<Vec<Recorded>, StoreError> {
    let mut select = db.conn.prepare_cached(&format!("SELECT {COLUMNS} FROM events WHERE seq > ?1 ORDER BY seq"))?;
    collect(&mut select.query([seq])?)
}

/// The events with these numbers, in their order, each with the global id that the index gave it.
pub fn fetch(db: &Db<'_>, project: Option<&ProjectId>, wanted: &[(i64, i64)]) -> Result<Vec<Event>, StoreError> {
    let mut select = db.conn.prepare_cached(&format!("SELECT {COLUMNS} FROM events WHERE seq = ?1"))?;
    let mut found = Vec::with_capacity(wanted.len());
    for (id, seq) in wanted {
        let recorded = collect(&mut select.query([seq])?)?.pop();
        found.extend(recorded.map(|recorded| published(*id, project, recorded)));
    }
    Ok(found)
}

/// A task's events, newest first; ids are numbers within the project.
pub fn of_task(db: &Db<'_>, project: &ProjectId, task: TaskId, limit: i64) -> Result<Vec<Event>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM events WHERE task = ?1 ORDER BY seq DESC LIMIT ?2");
    let mut select = db.conn.prepare_cached(&sql)?;
    let recorded = collect(&mut select.query(params![task.0, limit])?)?;
    Ok(recorded.into_iter().map(|recorded| published(recorded.seq, Some(project), recorded)).collect())
}

fn published(id: i64, project: Option<&ProjectId>, recorded: Recorded) -> Event {
    let NewEvent { task, kind, level, actor, summary, payload } = recorded.event;
    Event { id, project: project.cloned(), task, kind, level, actor, at: recorded.at, summary, payload }
}

fn collect(rows: &mut rusqlite::Rows<'_>) -> Result<Vec<Recorded>, StoreError> {
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        let seq = columns.get()?;
        let task = columns.get::<Option<i64>>()?.map(TaskId);
        let (kind, level, actor) = (columns.word("event kind")?, columns.word("level")?, columns.word("actor")?);
        let at = columns.time()?;
        let event =
            NewEvent { task, kind, level, actor, summary: columns.get()?, payload: columns.json("event payload")? };
        found.push(Recorded { seq, id: None, project: None, at, event });
    }
    Ok(found)
}

/// Numbers of events from before a time that nobody needs any more: of finished tasks, and of no task. The newest of all
/// stays, because numbers go on from it.
pub fn prunable(db: &Db<'_>, before: DateTime<Utc>, limit: usize) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT seq FROM events WHERE at < ?1 AND seq < (SELECT max(seq) FROM events)
                 AND (task IS NULL OR task NOT IN
                      (SELECT id FROM tasks WHERE status NOT IN ('done', 'failed', 'cancelled')))
               ORDER BY seq LIMIT ?2";
    numbers(db, sql, before, limit)
}

/// The same of the daemon's own events.
pub fn prunable_of_daemon(db: &Db<'_>, before: DateTime<Utc>, limit: usize) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT seq FROM events WHERE at < ?1 AND seq < (SELECT max(seq) FROM events) ORDER BY seq LIMIT ?2";
    numbers(db, sql, before, limit)
}

fn numbers(db: &Db<'_>, sql: &str, before: DateTime<Utc>, limit: usize) -> Result<Vec<i64>, StoreError> {
    let mut select = db.conn.prepare_cached(sql)?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let found = select.query_map(params![ms(before), limit], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Removes events by their numbers.
pub fn forget(tx: &mut Tx<'_>, numbers: &[i64]) -> Result<(), StoreError> {
    let sql = "DELETE FROM events WHERE seq IN (SELECT value FROM json_each(?1))";
    tx.conn.prepare_cached(sql)?.execute([serde_json::json!(numbers).to_string()])?;
    Ok(())
}

/// The newest event's number; 0 before the first.
pub fn newest(db: &Db<'_>) -> Result<i64, StoreError> {
    let sql = "SELECT coalesce(max(seq), 0) FROM events";
    Ok(db.conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// Tasks that came to a status by one of these events (after the first number, up to the second).
pub fn tasks_that_became(db: &Db<'_>, status: Status, (after, until): (i64, i64)) -> Result<Vec<TaskId>, StoreError> {
    let sql = "SELECT DISTINCT task FROM events WHERE seq > ?1 AND seq <= ?2 AND kind = 'task_status_changed'
               AND payload ->> '$.to' = ?3 ORDER BY task";
    let mut select = db.conn.prepare_cached(sql)?;
    let found = select.query_map(params![after, until, status.as_str()], |row| row.get(0).map(TaskId))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Bytes of the texts of all that are kept.
pub fn bytes(db: &Db<'_>) -> Result<i64, StoreError> {
    let sql = "SELECT coalesce(sum(length(CAST(summary AS BLOB)) + length(CAST(payload AS BLOB))), 0) FROM events";
    Ok(db.conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}
