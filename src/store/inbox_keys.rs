//! Which inbox lines have taken effect in this project.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::{
    error::StoreError,
    row::ms,
    tx::{Db, Tx},
};

/// Takes a line's key; false when it was taken before.
pub fn take(tx: &mut Tx<'_>, key: &str) -> Result<bool, StoreError> {
    let sql = "INSERT OR IGNORE INTO inbox_keys (key, at) VALUES (?1, ?2)";
    Ok(tx.conn.prepare_cached(sql)?.execute(params![key, ms(tx.now())])? > 0)
}

/// Whether a line's key was taken.
pub fn is_taken(db: &Db<'_>, key: &str) -> Result<bool, StoreError> {
    Ok(db.conn.prepare_cached("SELECT 1 FROM inbox_keys WHERE key = ?1")?.exists([key])?)
}

/// Forgets keys from before a time.
pub fn prune(tx: &mut Tx<'_>, before: DateTime<Utc>) -> Result<usize, StoreError> {
    Ok(tx.conn.prepare_cached("DELETE FROM inbox_keys WHERE at < ?1")?.execute([ms(before)])?)
}
