//! Full text of a project: the words are in an index that triggers keep (see `full_text` in the migrations), the texts in their
//! tables.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, functions::FunctionFlags, params};

use super::{
    error::StoreError,
    row::{Columns, to_json},
    tx::Db,
};
use crate::model::{
    ids::TaskId,
    search::{SearchKind, indexed},
    status::Status,
};

/// How row numbers of the index tell the kind; skills are files and not in it.
const KINDS: [SearchKind; 4] = [SearchKind::Task, SearchKind::Comment, SearchKind::Output, SearchKind::Experience];
const STEP: i64 = 8;

/// Something that was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// What it is.
    pub kind: SearchKind,
    /// Its id among those of its kind.
    pub id: i64,
    /// The task, or the task that it belongs to.
    pub task: TaskId,
    /// The output's title, else the task's.
    pub title: String,
    /// The task's status.
    pub status: Status,
    /// The text that was searched, without the title.
    pub text: String,
    /// When it was written, or last changed.
    pub at: DateTime<Utc>,
    /// How well it fits: more is better.
    pub score: f64,
}

/// Offers the function that the index's triggers call.
pub(super) fn register(conn: &Connection) -> Result<(), StoreError> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    conn.create_scalar_function("searchable", 1, flags, |context| {
        Ok(indexed(context.get_raw(0).as_str_or_null()?.unwrap_or_default()))
    })?;
    Ok(())
}

/// What fits an expression of [`crate::model::search::Query`], best first; of these kinds only, when there are any.
pub fn search(db: &Db<'_>, expression: &str, kinds: &[SearchKind], limit: i64) -> Result<Vec<Found>, StoreError> {
    let codes: Vec<_> =
        KINDS.iter().enumerate().filter(|(_, kind)| kinds.contains(kind)).map(|(code, _)| code).collect();
    let codes = if kinds.is_empty() { None } else { Some(to_json(&codes)?) };
    let mut select = db.conn.prepare_cached(
        "SELECT rowid, rank FROM full_text WHERE full_text MATCH ?1
         AND (?2 IS NULL OR rowid % 8 IN (SELECT value FROM json_each(?2))) ORDER BY rank LIMIT ?3",
    )?;
    let mut rows = select.query(params![expression, codes, limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (number, rank): (i64, f64) = (row.get(0)?, row.get(1)?);
        let kind = usize::try_from(number % STEP).ok().and_then(|code| KINDS.get(code));
        if let Some(kind) = kind {
            found.extend(read(db, *kind, number / STEP, -rank)?);
        }
    }
    Ok(found)
}

fn read(db: &Db<'_>, kind: SearchKind, id: i64, score: f64) -> Result<Option<Found>, StoreError> {
    let sql = match kind {
        SearchKind::Task => {
            "SELECT t.id, t.title, t.status, t.description || coalesce(char(10) || t.summary, ''), t.updated_at
             FROM tasks t WHERE t.id = ?1"
        }
        SearchKind::Comment => {
            "SELECT t.id, t.title, t.status, c.body, c.created_at
             FROM comments c JOIN tasks t ON t.id = c.task WHERE c.id = ?1"
        }
        SearchKind::Output => {
            "SELECT t.id, o.title, t.status, coalesce(o.summary, ''), o.created_at
             FROM outputs o JOIN tasks t ON t.id = o.task WHERE o.id = ?1"
        }
        SearchKind::Experience => {
            "SELECT t.id, t.title, t.status, e.lesson, e.created_at
             FROM experiences e JOIN tasks t ON t.id = e.task WHERE e.id = ?1"
        }
        SearchKind::Skill => return Ok(None),
    };
    let mut select = db.conn.prepare_cached(sql)?;
    let mut rows = select.query([id])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let mut columns = Columns::new(row);
    Ok(Some(Found {
        kind,
        id,
        task: TaskId(columns.get()?),
        title: columns.get()?,
        status: columns.word("status")?,
        text: columns.get()?,
        at: columns.time()?,
        score,
    }))
}

#[cfg(test)]
mod tests;
