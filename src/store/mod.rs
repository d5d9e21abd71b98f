//! SQLite: one database per project, one for the daemon, and the functions of each table.
//!
//! The one home of rusqlite. A [`Store`] runs closures: [`Store::write`] on the database's one writer thread in a
//! transaction that is durable before the answer, [`Store::read`] on a consistent view that never waits for writers.
//! Inside, the functions of each table take `&mut Tx` to write and `&Db` to read. No policy, no clock, no HTTP here.

pub mod answers;
pub mod api_keys;
pub mod attempts;
pub mod backup;
pub mod calibration;
pub mod checkpoints;
pub mod comments;
pub mod daemon_db;
pub mod dead_letters;
pub mod deliveries;
pub mod dependencies;
pub mod discussions;
pub mod distillations;
pub mod error;
pub mod events;
pub mod experiences;
pub mod gate;
pub mod gates;
pub mod guards;
pub mod imports;
pub mod inbox_keys;
pub mod job_runs;
pub mod kept;
pub mod mails;
pub mod notes;
pub mod outputs;
pub mod picture;
pub mod policy_decisions;
pub mod rebuttals;
pub mod reports;
pub mod reviews;
pub mod script_versions;
pub mod search;
pub mod skill_uses;
pub mod snapshot;
pub mod task_references;
pub mod tasks;
pub mod unreadable;
pub mod usage;
pub mod webhooks_in;

mod reader;
mod row;
mod schema;
mod touched;
mod tx;
mod writer;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use tokio::sync::watch;

pub use self::{
    daemon_db::DaemonDb,
    error::{OpenError, StoreError},
    touched::Changes,
    tx::{Db, Tx},
};
use self::{reader::Readers, touched::Ledger, writer::Writer};
use crate::model::ids::ProjectId;

/// A project's database; cheap to clone.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    path: PathBuf,
    generation: String,
    writer: Writer,
    readers: Readers,
}

/// A database that was just opened, and what was found.
pub struct Opened {
    /// The database.
    pub store: Store,
    /// True when there was no file and an empty database was made.
    pub created: bool,
    /// True when earlier events of this project belong to a database that is gone.
    pub replaced: bool,
}

impl Store {
    /// Opens or creates a project's database and indexes the events that a crash left out. Blocks.
    pub fn open(path: &Path, project: &ProjectId, daemon: &DaemonDb) -> Result<Opened, OpenError> {
        let created = schema::prepare(path, schema::BLACKBOARD)?;
        Self::start(path, project, daemon)
            .map(|(store, replaced)| Opened { store, created, replaced })
            .map_err(|source| OpenError::Unusable { path: path.into(), source })
    }

    /// Creates a project's database where there is none, and leaves it closed. Blocks.
    pub fn make(path: &Path) -> Result<(), OpenError> {
        schema::prepare(path, schema::BLACKBOARD).map(drop)
    }

    fn start(path: &Path, project: &ProjectId, daemon: &DaemonDb) -> Result<(Self, bool), StoreError> {
        let conn = schema::open(path)?;
        let touched = Ledger::default();
        touched.follow(&conn)?;
        let generation = generation(&conn)?;
        sign(&conn, project)?;
        let index = schema::open_to_read(&daemon.path())?;
        let (indexed, replaced) = daemon_db::newest_indexed(&Db { conn: &index }, project, &generation)?;
        let left_out = events::recorded_after(&Db { conn: &conn }, indexed)?;
        if !left_out.is_empty() {
            daemon.index(project, &generation, left_out);
        }
        let (hub, name, life) = (daemon.clone(), project.clone(), generation.clone());
        let publish = Box::new(move |recorded| hub.index(&name, &life, recorded));
        let writer = Writer::start(project.as_str(), path, (conn, touched), publish)?;
        let inner = Inner { path: path.into(), generation, writer, readers: Readers::new(path) };
        Ok((Self { inner: Arc::new(inner) }, replaced))
    }

    /// Runs the closure in a transaction on the writer's thread. The answer comes when the write is durable; when the
    /// closure returns an error, nothing of it is kept.
    pub async fn write<T, E, F>(&self, now: DateTime<Utc>, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.inner.writer.write(now, work).await
    }

    /// Runs the closure on a consistent view of the database.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&Db<'_>) -> Result<T, E> + Send + 'static,
    {
        self.inner.readers.read(work).await
    }

    /// Goes up with every commit: a wake-up, never data.
    pub fn changed(&self) -> watch::Receiver<u64> {
        self.inner.writer.changed()
    }

    /// Which tasks commits have touched since this was last asked: for the one who keeps a picture of the project.
    pub fn touched(&self) -> Changes {
        self.inner.writer.touched()
    }

    /// Refuses when the file was removed or replaced while in use.
    pub fn check(&self) -> Result<(), StoreError> {
        self.inner.writer.check()
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.inner.path
    }

    /// Which life of the project's database this is: another one after a restore.
    pub fn generation(&self) -> &str {
        &self.inner.generation
    }

    /// Bytes of the file and its write-ahead log.
    pub fn size_bytes(&self) -> u64 {
        let size = |path: &Path| std::fs::metadata(path).map_or(0, |meta| meta.len());
        size(&self.inner.path) + size(&schema::companion(&self.inner.path, "-wal"))
    }
}

fn generation(conn: &rusqlite::Connection) -> Result<String, StoreError> {
    let db = Db { conn };
    if let Some(generation) = db.meta("generation")? {
        return Ok(generation);
    }
    let fresh = uuid::Uuid::new_v4().simple().to_string();
    conn.execute("INSERT INTO meta (key, value) VALUES ('generation', ?1)", [&fresh])?;
    Ok(fresh)
}

/// Says in the database whose it is, so that a copy of it is not restored into another project.
fn sign(conn: &rusqlite::Connection, project: &ProjectId) -> Result<(), StoreError> {
    if (Db { conn }).meta(backup::OWNER)?.as_deref() != Some(project.as_str()) {
        let sql =
            "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        conn.execute(sql, [backup::OWNER, project.as_str()])?;
    }
    Ok(())
}
