//! What each script said before: kept in `daemon.db`, so that people see who changed what, and roll back.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};

use super::{
    error::StoreError,
    row::{ms, time},
    tx::{Db, Tx},
};

/// Versions that are kept of one script.
const KEPT: i64 = 100;

/// What a script said from some time on.
#[derive(Debug, Clone)]
pub struct ScriptVersion {
    /// Counts up over all scripts.
    pub id: i64,
    /// The text; none where the script was taken away.
    pub source: Option<String>,
    /// Who saved it; none when the file was changed by other means.
    pub author: Option<String>,
    /// When it was saved or found.
    pub at: DateTime<Utc>,
}

/// Notes what a script says now, unless the newest version says the same; true when it was news.
///
/// `place` is a project, or the empty text for the scripts of all projects and of jobs.
pub fn note(
    tx: &mut Tx<'_>,
    (place, name): (&str, &str),
    source: Option<&str>,
    author: Option<&str>,
) -> Result<bool, StoreError> {
    let newest = newest(tx, place, name)?;
    if newest.as_ref().map_or(source.is_none(), |newest| newest.as_deref() == source) {
        return Ok(false);
    }
    let sql = "INSERT INTO script_versions (place, name, source, author, at) VALUES (?1, ?2, ?3, ?4, ?5)";
    tx.conn.prepare_cached(sql)?.execute(params![place, name, source, author, ms(tx.now())])?;
    let sql = "DELETE FROM script_versions WHERE place = ?1 AND name = ?2 AND id NOT IN
                 (SELECT id FROM script_versions WHERE place = ?1 AND name = ?2 ORDER BY id DESC LIMIT ?3)";
    tx.conn.prepare_cached(sql)?.execute(params![place, name, KEPT])?;
    Ok(true)
}

fn newest(db: &Db<'_>, place: &str, name: &str) -> Result<Option<Option<String>>, StoreError> {
    let sql = "SELECT source FROM script_versions WHERE place = ?1 AND name = ?2 ORDER BY id DESC LIMIT 1";
    Ok(db.conn.prepare_cached(sql)?.query_row(params![place, name], |row| row.get(0)).optional()?)
}

/// The names of a place's scripts whose newest version has a text.
pub fn present(db: &Db<'_>, place: &str) -> Result<Vec<String>, StoreError> {
    let mut select = db.conn.prepare_cached(
        "SELECT name FROM script_versions v WHERE place = ?1 AND source IS NOT NULL
           AND id = (SELECT max(id) FROM script_versions WHERE place = ?1 AND name = v.name)",
    )?;
    let rows = select.query_map([place], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The versions of a script, newest first.
pub fn of_script(db: &Db<'_>, place: &str, name: &str) -> Result<Vec<ScriptVersion>, StoreError> {
    let mut select = db.conn.prepare_cached(
        "SELECT id, source, author, at FROM script_versions WHERE place = ?1 AND name = ?2 ORDER BY id DESC",
    )?;
    let rows = select.query_map([place, name], |row| {
        Ok(ScriptVersion { id: row.get(0)?, source: row.get(1)?, author: row.get(2)?, at: time(row.get(3)?) })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
