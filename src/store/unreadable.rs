//! Reviews that could not be read. They are errors of their reviewers, and move nothing.

use rusqlite::params;

use super::{
    error::StoreError,
    row::ms,
    tx::{Db, Tx},
};
use crate::model::ids::{Actor, TaskId};

/// Longest reason that is kept, in characters.
const REASON: usize = 500;

/// Whose review of what could not be read.
#[derive(Debug, Clone)]
pub struct Unreadable {
    /// The task.
    pub task: TaskId,
    /// Who sent it.
    pub reviewer: Actor,
    /// Round of review.
    pub round: i64,
    /// The attempt, when there is one.
    pub attempt: Option<i64>,
    /// What was wrong with it.
    pub reason: String,
}

/// Notes one; answers how many there were of this reviewer in this round.
pub fn note(tx: &mut Tx<'_>, new: &Unreadable) -> Result<i64, StoreError> {
    let sql = "INSERT INTO unreadable_reviews (task, reviewer, round, attempt, reason, created_at) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let (reviewer, reason) = (new.reviewer.to_string(), new.reason.chars().take(REASON).collect::<String>());
    let values = params![new.task.0, reviewer, new.round, new.attempt, reason, ms(tx.now())];
    tx.conn.prepare_cached(sql)?.execute(values)?;
    count(tx, new.task, &new.reviewer, new.round)
}

/// How many reviews of somebody could not be read in a round.
pub fn count(db: &Db<'_>, task: TaskId, reviewer: &Actor, round: i64) -> Result<i64, StoreError> {
    let sql = "SELECT count(*) FROM unreadable_reviews WHERE task = ?1 AND reviewer = ?2 AND round = ?3";
    let mut select = db.conn.prepare_cached(sql)?;
    Ok(select.query_row(params![task.0, reviewer.to_string(), round], |row| row.get(0))?)
}
