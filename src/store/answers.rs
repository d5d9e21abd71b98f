//! Answers to writes that came with a key, kept for a day so that a repeated write is answered and not done again.

use chrono::TimeDelta;
use rusqlite::{OptionalExtension, params};

use super::{
    error::StoreError,
    row::ms,
    tx::{Db, Tx},
};

/// How long a caller may take to ask again.
const KEPT: TimeDelta = TimeDelta::days(1);

/// The answer that a write with this key got, as JSON.
pub fn of(db: &Db<'_>, key: &str) -> Result<Option<String>, StoreError> {
    let mut select = db.conn.prepare_cached("SELECT answer FROM answers WHERE key = ?1")?;
    Ok(select.query_row([key], |row| row.get(0)).optional()?)
}

/// Keeps the answer of a write, and forgets old ones.
pub fn keep(tx: &mut Tx<'_>, key: &str, answer: &str) -> Result<(), StoreError> {
    tx.conn.prepare_cached("DELETE FROM answers WHERE at < ?1")?.execute([ms(tx.now() - KEPT)])?;
    let sql = "INSERT INTO answers (key, answer, at) VALUES (?1, ?2, ?3)";
    tx.conn.prepare_cached(sql)?.execute(params![key, answer, ms(tx.now())])?;
    Ok(())
}
