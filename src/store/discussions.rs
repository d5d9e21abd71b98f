//! Discussions of goals: rounds in which agents are asked, and the summary of each.

use rusqlite::{OptionalExtension, params};

use super::{
    error::StoreError,
    row::{ms, to_json},
    tx::{Db, Tx},
};
use crate::model::ids::{AgentId, TaskId};

/// Rounds that were opened so far.
pub fn rounds(db: &Db<'_>, task: TaskId) -> Result<i64, StoreError> {
    let mut select = db.conn.prepare_cached("SELECT round FROM discussions WHERE task = ?1")?;
    Ok(select.query_row([task.0], |row| row.get(0)).optional()?.unwrap_or(0))
}

/// Opens a round, in which these agents are asked.
pub fn open(tx: &mut Tx<'_>, task: TaskId, asked: &[AgentId]) -> Result<i64, StoreError> {
    let round = rounds(tx, task)? + 1;
    let sql = "INSERT INTO discussions (task, round, asked, opened_at) VALUES (?1, ?2, ?3, ?4) \
               ON CONFLICT (task) DO UPDATE SET round = excluded.round, asked = excluded.asked, \
               opened_at = excluded.opened_at, summary_by = NULL, summary_asked_at = NULL";
    tx.conn.prepare_cached(sql)?.execute(params![task.0, round, to_json(&asked)?, ms(tx.now())])?;
    Ok(round)
}

/// Notes who is asked to sum the round up.
pub fn ask_summary(tx: &mut Tx<'_>, task: TaskId, of: &AgentId) -> Result<bool, StoreError> {
    let sql = "UPDATE discussions SET summary_by = ?2, summary_asked_at = ?3 WHERE task = ?1 AND summary_by IS NULL";
    Ok(tx.conn.prepare_cached(sql)?.execute(params![task.0, of.as_str(), ms(tx.now())])? > 0)
}
