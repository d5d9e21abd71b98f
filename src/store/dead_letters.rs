//! Writes that came with a token that is not current.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::{
    error::StoreError,
    row::{Columns, ms},
    tx::{Db, Tx},
};
use crate::model::{
    event::{EventKind, Level, NewEvent},
    ids::{Actor, TaskId},
    records::DeadLetter,
};

/// A refused write.
#[derive(Debug, Clone)]
pub struct Refused {
    /// The task.
    pub task: TaskId,
    /// Who wrote.
    pub agent: Option<Actor>,
    /// What it wanted to do.
    pub operation: String,
    /// The request's body.
    pub body: serde_json::Value,
    /// Why it was refused.
    pub reason: String,
}

/// Keeps a refused write, and tells those who watch.
pub fn keep(tx: &mut Tx<'_>, refused: Refused) -> Result<i64, StoreError> {
    let sql = "INSERT INTO dead_letters (task, agent, operation, body, reason, created_at) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let agent = refused.agent.as_ref().map(ToString::to_string);
    let body = refused.body.to_string();
    let values = params![refused.task.0, agent, refused.operation, body, refused.reason, ms(tx.now())];
    tx.conn.prepare_cached(sql)?.execute(values)?;
    let id = tx.conn.last_insert_rowid();
    let summary = format!("a late {} was refused and kept: {}", refused.operation, refused.reason);
    let actor = refused.agent.unwrap_or_else(Actor::human);
    let event = NewEvent::new(EventKind::ObservationAdded, Some(refused.task), actor, summary);
    let payload = serde_json::json!({"dead_letter": id, "operation": refused.operation});
    tx.event(event.level(Level::Attention).payload(payload))?;
    Ok(id)
}

/// A kept write, or an error that names it.
pub fn require(db: &Db<'_>, id: i64) -> Result<DeadLetter, StoreError> {
    let found = select(db, "id = ?1", params![id])?.pop();
    found.ok_or_else(|| StoreError::NotFound(format!("dead letter {id}")))
}

/// Bytes of all that are kept.
pub fn bytes(db: &Db<'_>) -> Result<i64, StoreError> {
    let sql = "SELECT coalesce(sum(length(CAST(body AS BLOB))), 0) FROM dead_letters";
    Ok(db.conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// How many wait for a person, and how many bytes they have.
pub fn waiting(db: &Db<'_>) -> Result<(i64, i64), StoreError> {
    let sql = "SELECT count(*), coalesce(sum(length(body)), 0) FROM dead_letters WHERE settled_at IS NULL";
    Ok(db.conn.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// Forgets those that were settled before a time, and those kept before it whose task is over; answers with how many.
pub fn prune(tx: &mut Tx<'_>, before: DateTime<Utc>) -> Result<usize, StoreError> {
    let sql =
        "DELETE FROM dead_letters WHERE settled_at < ?1 OR (settled_at IS NULL AND created_at < ?1 AND NOT EXISTS (
                   SELECT 1 FROM tasks t WHERE t.id = dead_letters.task
                   AND t.status NOT IN ('done', 'failed', 'cancelled')))";
    Ok(tx.conn.prepare_cached(sql)?.execute([ms(before)])?)
}

/// Kept writes, newest first; only those that nobody has settled, when asked so.
pub fn list(db: &Db<'_>, only_open: bool) -> Result<Vec<DeadLetter>, StoreError> {
    select(db, "(?1 = 0 OR settled_at IS NULL) ORDER BY id DESC LIMIT 100", params![only_open])
}

/// Settles a kept write; false when it was settled before.
pub fn settle(tx: &mut Tx<'_>, id: i64, settlement: &str) -> Result<bool, StoreError> {
    let sql = "UPDATE dead_letters SET settled_at = ?2, settlement = ?3 WHERE id = ?1 AND settled_at IS NULL";
    Ok(tx.conn.prepare_cached(sql)?.execute(params![id, ms(tx.now()), settlement])? > 0)
}

fn select(db: &Db<'_>, which: &str, values: impl rusqlite::Params) -> Result<Vec<DeadLetter>, StoreError> {
    let sql = format!(
        "SELECT id, task, agent, operation, body, reason, created_at, settled_at, settlement
         FROM dead_letters WHERE {which}"
    );
    let mut select = db.conn.prepare_cached(&sql)?;
    let mut rows = select.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        found.push(DeadLetter {
            id: columns.get()?,
            task: TaskId(columns.get()?),
            agent: columns.optional_word("agent")?,
            operation: columns.get()?,
            body: columns.json("body")?,
            reason: columns.get()?,
            created_at: columns.time()?,
            settled_at: columns.optional_time()?,
            settlement: columns.get()?,
        });
    }
    Ok(found)
}
