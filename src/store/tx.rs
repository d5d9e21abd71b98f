//! What a closure gets that reads or writes a database.

use std::ops::Deref;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use super::{
    error::StoreError,
    row::{ms, to_json},
};
use crate::model::{event::NewEvent, ids::ProjectId};

/// A consistent view of a database. The functions of each table take it to read.
pub struct Db<'c> {
    pub(super) conn: &'c Connection,
}

/// A transaction's part. The functions of each table take it to write; it is undone when the closure returns an error.
pub struct Tx<'c> {
    db: Db<'c>,
    now: DateTime<Utc>,
    pub(super) recorded: Vec<Recorded>,
    /// False when whoever waits for changes need not look.
    pub(super) wakes: bool,
}

/// An event row that the transaction has written.
#[derive(Debug, Clone)]
pub(super) struct Recorded {
    /// Its number in its own database.
    pub seq: i64,
    /// Its number over all databases, once the index has given it one.
    pub id: Option<i64>,
    /// The project; none for the daemon's own.
    pub project: Option<ProjectId>,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub event: NewEvent,
}

impl<'c> Tx<'c> {
    pub(super) fn new(conn: &'c Connection, now: DateTime<Utc>) -> Self {
        Self { db: Db { conn }, now, recorded: Vec::new(), wakes: true }
    }

    /// The time of the write.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Has the commit wake no loop: what it writes is for people to read, and no reason to decide anything again. A loop that
    /// woke itself by what it tells would tell it again, without end.
    pub fn wake_nobody(&mut self) {
        self.wakes = false;
    }

    /// Writes an event; it is published when the transaction has been committed, and never otherwise.
    pub fn event(&mut self, event: NewEvent) -> Result<(), StoreError> {
        let mut insert = self.conn.prepare_cached(
            "INSERT INTO events (task, kind, level, actor, at, summary, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        insert.execute(params![
            event.task.map(|task| task.0),
            event.kind.as_str(),
            event.level.as_str(),
            event.actor.to_string(),
            ms(self.now),
            event.summary,
            to_json(&event.payload)?,
        ])?;
        drop(insert);
        let seq = self.conn.last_insert_rowid();
        self.recorded.push(Recorded { seq, id: None, project: None, at: self.now, event });
        Ok(())
    }

    /// A stored setting of the database.
    pub fn set_meta(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        let sql =
            "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        self.conn.prepare_cached(sql)?.execute(params![key, value])?;
        Ok(())
    }
}

impl Db<'_> {
    /// A stored setting of the database.
    pub fn meta(&self, key: &str) -> Result<Option<String>, StoreError> {
        use rusqlite::OptionalExtension;
        let mut select = self.conn.prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
        Ok(select.query_row([key], |row| row.get(0)).optional()?)
    }
}

impl<'c> Deref for Tx<'c> {
    type Target = Db<'c>;
    fn deref(&self) -> &Db<'c> {
        &self.db
    }
}
