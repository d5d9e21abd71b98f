//! Keys to the API, in `daemon.db`: only hashes.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Row, params};

use super::{
    error::StoreError,
    row::{Columns, ms},
    tx::{Db, Tx},
};
use crate::model::{
    ids::TaskId,
    key::{ApiKey, NewKey},
};

const COLUMNS: &str = "id, name, scope, agent, project, task, prefix, created_by, created_at, expires_at, revoked_at, \
                       last_used_at";

/// A secret as it is stored, and how it begins.
#[derive(Debug, Clone)]
pub struct Stored {
    /// Its hash.
    pub hash: String,
    /// Its first characters.
    pub prefix: String,
}

/// Adds a key; answers with its id.
pub fn insert(tx: &mut Tx<'_>, key: &NewKey, stored: &Stored, created_by: &str) -> Result<i64, StoreError> {
    let sql =
        "INSERT INTO api_keys (name, scope, agent, project, task, hash, prefix, created_by, created_at, expires_at)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let expires = key.days.map(|days| ms(tx.now() + TimeDelta::days(days.into())));
    tx.conn.prepare_cached(sql)?.execute(params![
        key.name,
        key.scope.as_str(),
        key.agent.as_ref().map(|agent| agent.as_str()),
        key.project.as_ref().map(|project| project.as_str()),
        key.task.map(|task| task.0),
        stored.hash,
        stored.prefix,
        created_by,
        ms(tx.now()),
        expires,
    ])?;
    Ok(tx.conn.last_insert_rowid())
}

/// Gives a key another secret; the old one opens nothing from then on.
pub fn replace(tx: &mut Tx<'_>, id: i64, stored: &Stored) -> Result<(), StoreError> {
    let sql = "UPDATE api_keys SET hash = ?2, prefix = ?3 WHERE id = ?1 AND revoked_at IS NULL";
    tx.conn.prepare_cached(sql)?.execute(params![id, stored.hash, stored.prefix])?;
    Ok(())
}

/// Ends a key.
pub fn revoke(tx: &mut Tx<'_>, id: i64) -> Result<(), StoreError> {
    let sql = "UPDATE api_keys SET revoked_at = coalesce(revoked_at, ?2) WHERE id = ?1";
    tx.conn.prepare_cached(sql)?.execute(params![id, ms(tx.now())])?;
    Ok(())
}

/// Notes that a key was used.
pub fn used(tx: &mut Tx<'_>, id: i64) -> Result<(), StoreError> {
    let sql = "UPDATE api_keys SET last_used_at = ?2 WHERE id = ?1";
    tx.conn.prepare_cached(sql)?.execute(params![id, ms(tx.now())])?;
    Ok(())
}

/// The key of a secret, by the secret's hash.
pub fn by_hash(db: &Db<'_>, hash: &str) -> Result<Option<ApiKey>, StoreError> {
    one(db, "hash = ?1", &hash)
}

/// A key.
pub fn get(db: &Db<'_>, id: i64) -> Result<Option<ApiKey>, StoreError> {
    one(db, "id = ?1", &id)
}

fn one(db: &Db<'_>, which: &str, value: &dyn rusqlite::ToSql) -> Result<Option<ApiKey>, StoreError> {
    let mut select = db.conn.prepare_cached(&format!("SELECT {COLUMNS} FROM api_keys WHERE {which}"))?;
    let mut rows = select.query([value])?;
    rows.next()?.map(read).transpose()
}

/// Every key, newest first; those that ended long ago are left out.
pub fn list(db: &Db<'_>, ended_after: DateTime<Utc>) -> Result<Vec<ApiKey>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM api_keys WHERE coalesce(revoked_at, ?1) >= ?1 ORDER BY id DESC LIMIT 500");
    let mut select = db.conn.prepare_cached(&sql)?;
    let mut rows = select.query([ms(ended_after)])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

fn read(row: &Row<'_>) -> Result<ApiKey, StoreError> {
    let mut columns = Columns::new(row);
    Ok(ApiKey {
        id: columns.get()?,
        name: columns.get()?,
        scope: columns.word("key scope")?,
        agent: columns.optional_word("agent")?,
        project: columns.optional_word("project")?,
        task: columns.get::<Option<i64>>()?.map(TaskId),
        prefix: columns.get()?,
        created_by: columns.get()?,
        created_at: columns.time()?,
        expires_at: columns.optional_time()?,
        revoked_at: columns.optional_time()?,
        last_used_at: columns.optional_time()?,
    })
}
