//! Webhooks that came in, in `daemon.db`.

use chrono::{DateTime, Utc};
use rusqlite::params;
use serde::Serialize;

use super::{
    error::StoreError,
    row::{ms, time},
    tx::{Db, Tx},
};

/// A webhook that came in.
#[derive(Debug, Clone, Serialize)]
pub struct Received {
    /// Counts up.
    pub id: i64,
    /// Name of the source.
    pub source: String,
    /// The sender's own id of the delivery.
    pub delivery: Option<String>,
    /// What happened, in the sender's words.
    pub event: String,
    /// Lines that went into the inbox.
    pub lines: i64,
    /// When it came.
    pub at: DateTime<Utc>,
}

/// Whether a message was taken before: the same delivery, or the same content.
pub fn is_known(db: &Db<'_>, source: &str, delivery: Option<&str>, digest: &str) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM webhooks_in WHERE source = ?1 AND (digest = ?2 OR (?3 IS NOT NULL AND delivery = ?3))";
    Ok(db.conn.prepare_cached(sql)?.exists(params![source, digest, delivery])?)
}

/// Notes a message that was taken.
pub fn note(tx: &mut Tx<'_>, received: &Received, digest: &str) -> Result<(), StoreError> {
    let sql = "INSERT OR IGNORE INTO webhooks_in (source, delivery, event, digest, lines, at)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let Received { source, delivery, event, lines, at, .. } = received;
    tx.conn.prepare_cached(sql)?.execute(params![source, delivery, event, digest, lines, ms(*at)])?;
    Ok(())
}

/// The newest, newest first.
pub fn list(db: &Db<'_>, before: Option<i64>, limit: i64) -> Result<Vec<Received>, StoreError> {
    let sql = "SELECT id, source, delivery, event, lines, at FROM webhooks_in WHERE id < ?1 ORDER BY id DESC LIMIT ?2";
    let mut select = db.conn.prepare_cached(sql)?;
    let rows = select.query_map(params![before.unwrap_or(i64::MAX), limit], |row| {
        Ok(Received {
            id: row.get(0)?,
            source: row.get(1)?,
            delivery: row.get(2)?,
            event: row.get(3)?,
            lines: row.get(4)?,
            at: time(row.get(5)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Forgets those from before a time; answers with how many.
pub fn prune(tx: &mut Tx<'_>, before: DateTime<Utc>) -> Result<usize, StoreError> {
    Ok(tx.conn.prepare_cached("DELETE FROM webhooks_in WHERE at < ?1")?.execute([ms(before)])?)
}
