//! Figures over a span of time, for reports.

use chrono::{DateTime, Utc};
use rusqlite::params;
use serde::Serialize;

use super::{
    error::StoreError,
    row::{Columns, ms},
    tx::Db,
};
use crate::model::ids::TaskId;

/// What happened in a project since a time, and what waits in it now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// Tasks created.
    pub created: i64,
    /// Tasks that became done.
    pub done: i64,
    /// Tasks that failed.
    pub failed: i64,
    /// Attempts begun.
    pub attempts: i64,
    /// Tokens that these used.
    pub tokens: i64,
    /// Money that these cost, in micro-units.
    pub cost: i64,
    /// Tasks that are open now.
    pub open: i64,
    /// Of these, the ones that wait for somebody to decide: escalated ones.
    pub waiting: i64,
}

/// Counts what happened since a time.
pub fn figures(db: &Db<'_>, since: DateTime<Utc>) -> Result<Figures, StoreError> {
    let mut select = db.conn.prepare_cached(
        "SELECT (SELECT count(*) FROM tasks WHERE created_at >= ?1),
                (SELECT count(*) FROM tasks WHERE status = 'done' AND status_since >= ?1),
                (SELECT count(*) FROM tasks WHERE status = 'failed' AND status_since >= ?1),
                (SELECT count(*) FROM task_attempts WHERE created_at >= ?1),
                (SELECT coalesce(sum(u.tokens_in + u.tokens_out), 0) FROM usage u
                   JOIN task_attempts a ON a.task = u.task AND a.number = u.attempt WHERE a.created_at >= ?1),
                (SELECT coalesce(sum(u.money_micros), 0) FROM usage u
                   JOIN task_attempts a ON a.task = u.task AND a.number = u.attempt WHERE a.created_at >= ?1),
                (SELECT count(*) FROM tasks WHERE status NOT IN ('done', 'failed', 'cancelled')),
                (SELECT count(*) FROM tasks WHERE status = 'escalated')",
    )?;
    let mut rows = select.query([ms(since)])?;
    let row = rows.next()?.ok_or_else(|| StoreError::NotFound("figures".to_owned()))?;
    let mut columns = Columns::new(row);
    Ok(Figures {
        created: columns.get()?,
        done: columns.get()?,
        failed: columns.get()?,
        attempts: columns.get()?,
        tokens: columns.get()?,
        cost: columns.get()?,
        open: columns.get()?,
        waiting: columns.get()?,
    })
}

/// Attempts of finished tasks that ended before a time: their archives may go.
pub fn finished_attempts(db: &Db<'_>, before: DateTime<Utc>) -> Result<Vec<(TaskId, i64)>, StoreError> {
    let mut select = db.conn.prepare_cached(
        "SELECT a.task, a.number FROM task_attempts a JOIN tasks t ON t.id = a.task
         WHERE t.status IN ('done', 'failed', 'cancelled') AND t.status_since < ?1 AND a.ended_at < ?1
         ORDER BY a.task, a.number",
    )?;
    let rows = select.query_map(params![ms(before)], |row| Ok((TaskId(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Tasks that were finished before a time, and that no open task depends on: their files may go.
pub fn long_finished(db: &Db<'_>, before: DateTime<Utc>) -> Result<Vec<TaskId>, StoreError> {
    let mut select = db.conn.prepare_cached(
        "SELECT t.id FROM tasks t WHERE t.status IN ('done', 'failed', 'cancelled') AND t.status_since < ?1
           AND NOT EXISTS (SELECT 1 FROM task_dependencies d JOIN tasks o ON o.id = d.task
                           WHERE d.depends_on = t.id AND o.status NOT IN ('done', 'failed', 'cancelled'))
           AND NOT EXISTS (SELECT 1 FROM task_attempts a WHERE a.task = t.id AND a.ended_at IS NULL)
         ORDER BY t.id",
    )?;
    let rows = select.query_map(params![ms(before)], |row| Ok(TaskId(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
