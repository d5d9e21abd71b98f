//! Questions of guardrails to agents, and their answers.

use rusqlite::{Row, params};

use super::{
    error::StoreError,
    row::{Columns, ms},
    tx::{Db, Tx},
};
use crate::model::{
    guard::{Guard, GuardKind, GuardState},
    ids::{Actor, TaskId},
};

/// Attempts to answer that bring nothing before a question counts as unanswered.
const MOST_TRIES: i64 = 3;
const COLUMNS: &str = "id, task, kind, rule, severity, question, state, attempt, answered_by, answer";

/// A question before it is asked.
#[derive(Debug, Clone)]
pub struct NewGuard<'a> {
    /// The task.
    pub task: TaskId,
    /// What it is about.
    pub kind: GuardKind,
    /// The guardrail.
    pub rule: &'a str,
    /// What follows from a FAIL.
    pub severity: &'a str,
    /// The question.
    pub question: &'a str,
}

/// Asks.
pub fn ask(tx: &mut Tx<'_>, new: &NewGuard<'_>) -> Result<i64, StoreError> {
    let sql = "INSERT INTO guards (task, kind, rule, severity, question, asked_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let values = params![new.task.0, new.kind.as_str(), new.rule, new.severity, new.question, ms(tx.now())];
    tx.conn.prepare_cached(sql)?.execute(values)?;
    Ok(tx.conn.last_insert_rowid())
}

/// Lets the questions of a kind go, and their answers with them: they are asked anew.
pub fn let_go(tx: &mut Tx<'_>, task: TaskId, kind: GuardKind) -> Result<(), StoreError> {
    let sql = "UPDATE guards SET state = 'void' WHERE task = ?1 AND kind = ?2 AND state <> 'void'";
    tx.conn.prepare_cached(sql)?.execute(params![task.0, kind.as_str()])?;
    Ok(())
}

/// Gives an attempt the oldest question of the task that nobody answers at the moment; none when there is none.
pub fn assign(tx: &mut Tx<'_>, task: TaskId, attempt: i64) -> Result<Option<Guard>, StoreError> {
    let free = "state = 'open' AND (attempt IS NULL OR NOT EXISTS (SELECT 1 FROM task_attempts a \
                WHERE a.task = guards.task AND a.number = guards.attempt AND a.state <> 'ended'))";
    let Some(guard) = select(tx, task, free)?.into_iter().next() else { return Ok(None) };
    let sql = "UPDATE guards SET attempt = ?2 WHERE id = ?1";
    tx.conn.prepare_cached(sql)?.execute(params![guard.id, attempt])?;
    Ok(Some(Guard { attempt: Some(attempt), ..guard }))
}

/// The question that an attempt was started for.
pub fn of_attempt(db: &Db<'_>, task: TaskId, attempt: i64) -> Result<Option<Guard>, StoreError> {
    let all = select(db, task, "attempt IS NOT NULL")?;
    Ok(all.into_iter().rev().find(|guard| guard.attempt == Some(attempt)))
}

/// A task's questions that wait.
pub fn open_of_task(db: &Db<'_>, task: TaskId) -> Result<Vec<Guard>, StoreError> {
    select(db, task, "state = 'open'")
}

/// A task's questions of a kind that count, oldest first.
pub fn of_task(db: &Db<'_>, task: TaskId, kind: GuardKind) -> Result<Vec<Guard>, StoreError> {
    let all = select(db, task, "state <> 'void'")?;
    Ok(all.into_iter().filter(|guard| guard.kind == kind).collect())
}

/// Takes an answer.
pub fn answer(tx: &mut Tx<'_>, id: i64, (holds, by, text): (bool, &Actor, &str)) -> Result<(), StoreError> {
    let state = if holds { GuardState::Holds } else { GuardState::Broken };
    let sql = "UPDATE guards SET state = ?2, answered_by = ?3, answer = ?4, answered_at = ?5 WHERE id = ?1";
    tx.conn.prepare_cached(sql)?.execute(params![id, state.as_str(), by.to_string(), text, ms(tx.now())])?;
    Ok(())
}

/// An attempt ended without an answer; true when nobody is asked again.
pub fn missed(tx: &mut Tx<'_>, task: TaskId, attempt: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE guards SET tries = tries + 1, state = CASE WHEN tries + 1 >= ?3 THEN 'unanswered' ELSE state END \
               WHERE task = ?1 AND attempt = ?2 AND state = 'open'";
    tx.conn.prepare_cached(sql)?.execute(params![task.0, attempt, MOST_TRIES])?;
    Ok(of_attempt(tx, task, attempt)?.is_some_and(|guard| guard.state == GuardState::Unanswered))
}

fn select(db: &Db<'_>, task: TaskId, which: &str) -> Result<Vec<Guard>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM guards WHERE task = ?1 AND {which} ORDER BY id");
    let mut select = db.conn.prepare_cached(&sql)?;
    let mut rows = select.query([task.0])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

fn read(row: &Row<'_>) -> Result<Guard, StoreError> {
    let mut columns = Columns::new(row);
    Ok(Guard {
        id: columns.get()?,
        task: TaskId(columns.get()?),
        kind: columns.word("guard kind")?,
        rule: columns.get()?,
        severity: columns.get()?,
        question: columns.get()?,
        state: columns.word("guard state")?,
        attempt: columns.get()?,
        answered_by: columns.optional_word("actor")?,
        answer: columns.get()?,
    })
}
