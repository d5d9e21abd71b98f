//! Copies of a database that are consistent, whole and proven.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, backup::Backup};

use super::{
    error::{OpenError, StoreError},
    row::Columns,
    schema::{self, Schema},
    tx::Db,
};
use crate::model::ids::ProjectId;

/// Pages per step; between steps other readers of the disk get their turn.
const PAGES: i32 = 1024;
/// Behind the name of a copy that is being made.
pub const MAKING: &str = ".tmp";
/// In `meta`, the project that a blackboard belongs to.
pub(super) const OWNER: &str = "project";

/// What is known about a finished copy.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Copied {
    /// The file.
    pub path: PathBuf,
    /// Its size.
    pub size_bytes: u64,
    /// Tasks in it, as a count to compare with the original's.
    pub tasks_count: i64,
    /// Events in it.
    pub events_count: i64,
}

/// Copies a running database: to a temporary file beside the target, checked, made durable, renamed. Blocks.
///
/// It reads inside one read transaction, so writers neither wait nor force it to start again (measured: a copy
/// without one never ends under steady writes).
pub fn copy(source: &Path, target: &Path) -> Result<Copied, StoreError> {
    let io = |path: &Path| {
        let path = path.to_path_buf();
        move |source| StoreError::Io { path, source }
    };
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).map_err(io(folder))?;
    }
    let making = schema::companion(target, MAKING);
    check_room(source, target)?;
    let result = copy_to(source, &making).and_then(|()| Ok(verify(&making)?)).and_then(|copied| {
        File::open(&making).and_then(|file| file.sync_all()).map_err(io(&making))?;
        moved(&making, target).map_err(io(target))?;
        Ok(Copied { path: target.into(), ..copied })
    });
    if result.is_err() {
        // The failure is what the caller needs to hear, not that its debris stayed.
        let _ = fs::remove_file(&making);
    }
    result
}

/// Refuses a copy that would fill the disk: better none than half of one, and no room for anybody else.
fn check_room(source: &Path, target: &Path) -> Result<(), StoreError> {
    let folder = target.parent().unwrap_or(target);
    let io = |source| StoreError::Io { path: folder.into(), source };
    let size = |path: &Path| fs::metadata(path).map_or(0, |meta| meta.len());
    let needed = size(source) + size(&schema::companion(source, "-wal"));
    let free = free_bytes(folder).map_err(io)?;
    if needed <= free {
        return Ok(());
    }
    let why = format!("the copy may need {needed} bytes, {free} are free");
    tracing::warn!(folder = %folder.display(), "{why}");
    Err(io(std::io::Error::new(std::io::ErrorKind::StorageFull, why)))
}

fn free_bytes(folder: &Path) -> std::io::Result<u64> {
    let space = nix::sys::statvfs::statvfs(folder)?;
    Ok(space.blocks_available() as u64 * space.fragment_size() as u64)
}

/// Renames, and makes the new name durable.
pub fn moved(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::rename(from, to)?;
    to.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

fn copy_to(source: &Path, making: &Path) -> Result<(), StoreError> {
    let _ = fs::remove_file(making);
    schema::create_private(making).map_err(|source| StoreError::Io { path: making.into(), source })?;
    let from = schema::open_to_read(source)?;
    let view = from.unchecked_transaction()?;
    view.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    let mut to = open_plain(making)?;
    Backup::new(&view, &mut to)?.run_to_completion(PAGES, Duration::ZERO, None)?;
    // One plain file: no write-ahead log is left beside a copy.
    to.pragma_update(None, "journal_mode", "delete")?;
    to.close().map_err(|(_, error)| error.into())
}

/// Opens a copy and proves that it is whole, and of a version that can be opened. Blocks.
pub fn verify(path: &Path) -> Result<Copied, OpenError> {
    Ok(prove(path)?.0)
}

/// Opens a copy as a restore would, with every migration, and looks through all of it. Changes the file. Blocks.
pub fn rehearse(path: &Path) -> Result<Copied, OpenError> {
    let unusable = |source: StoreError| OpenError::Unusable { path: path.into(), source };
    let (_, kind) = schema::open_copy(path)?;
    schema::prepare(path, kind)?;
    let conn = schema::open(path).map_err(unusable)?;
    let sql = |error: rusqlite::Error| unusable(error.into());
    let verdict: String = conn.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)).map_err(sql)?;
    if verdict != "ok" {
        return Err(OpenError::Damaged { path: path.into(), why: verdict });
    }
    let dangling: i64 =
        conn.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0)).map_err(sql)?;
    if dangling > 0 {
        return Err(OpenError::Damaged {
            path: path.into(),
            why: format!("{dangling} rows refer to what is not there"),
        });
    }
    let (tasks_count, events_count) = counts(&Db { conn: &conn }, kind).map_err(unusable)?;
    Ok(Copied { path: path.into(), size_bytes: 0, tasks_count, events_count })
}

/// The same of a copy that is to become this project's blackboard: nothing else will do, and no other project's.
pub fn verify_of(path: &Path, project: &ProjectId) -> Result<Copied, OpenError> {
    let (copied, schema, owner) = prove(path)?;
    let is = match owner {
        _ if schema.application_id != schema::BLACKBOARD.application_id => "the daemon's own database".to_owned(),
        Some(owner) if owner != project.as_str() => format!("a blackboard of project {owner}"),
        // Copies from before projects signed their databases say nothing.
        _ => return Ok(copied),
    };
    Err(OpenError::NotOf { path: path.into(), is, project: project.clone() })
}

/// What a sound copy holds, what kind of database it is, and whose.
fn prove(path: &Path) -> Result<(Copied, Schema, Option<String>), OpenError> {
    let unusable = |source: StoreError| OpenError::Unusable { path: path.into(), source };
    let (conn, schema) = schema::open_copy(path)?;
    let db = Db { conn: &conn };
    let (tasks_count, events_count) = counts(&db, schema).map_err(unusable)?;
    let owner = if schema.application_id == schema::BLACKBOARD.application_id { db.meta(OWNER) } else { Ok(None) };
    let owner = owner.map_err(unusable)?;
    let size_bytes = fs::metadata(path).map_err(|source| unusable(StoreError::Io { path: path.into(), source }))?.len();
    Ok((Copied { path: path.into(), size_bytes, tasks_count, events_count }, schema, owner))
}

fn counts(db: &Db<'_>, schema: Schema) -> Result<(i64, i64), StoreError> {
    let sql = if schema.application_id == schema::BLACKBOARD.application_id {
        "SELECT (SELECT count(*) FROM tasks), (SELECT count(*) FROM events)"
    } else {
        "SELECT 0, (SELECT count(*) FROM events)"
    };
    let mut select = db.conn.prepare(sql)?;
    let mut rows = select.query([])?;
    let Some(row) = rows.next()? else { return Ok((0, 0)) };
    let mut columns = Columns::new(row);
    Ok((columns.get()?, columns.get()?))
}

/// What a restored database says about its event numbers: its life so far, and its newest number.
pub fn restored_life(path: &Path) -> Result<(String, i64), StoreError> {
    let conn = schema::open_to_read(path)?;
    let db = Db { conn: &conn };
    let generation = db.meta("generation")?.unwrap_or_default();
    let last: i64 = conn.query_row("SELECT coalesce(max(seq), 0) FROM events", [], |row| row.get(0))?;
    Ok((generation, last))
}

/// A restored database goes on with other events than its old life did.
#[derive(Debug, Clone)]
pub struct Life {
    /// The project.
    pub project: ProjectId,
    /// The life that the copy was made of.
    pub old: String,
    /// The life that begins with the restored file.
    pub fresh: String,
    /// The newest number of an event in it.
    pub last: i64,
}

/// Makes a copy of `daemon.db` fit the restored databases: what they still have keeps its global ids, and new events get
/// ids above `least`, so that ids never go back. Blocks.
pub fn continue_index(path: &Path, lives: &[Life], least: i64) -> Result<(), StoreError> {
    let mut conn = open_plain(path)?;
    let tx = conn.transaction()?;
    for Life { project, old, fresh, last } in lives {
        let rename = "UPDATE event_index SET generation = ?3 WHERE project = ?1 AND generation = ?2 AND seq <= ?4";
        tx.execute(rename, rusqlite::params![project.as_str(), old, fresh, last])?;
    }
    let raised = tx.execute("UPDATE sqlite_sequence SET seq = max(seq, ?1) WHERE name = 'event_index'", [least])?;
    if raised == 0 {
        tx.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('event_index', ?1)", [least])?;
    }
    tx.commit()?;
    conn.close().map_err(|(_, error)| error.into())
}

/// Puts a verified copy in the place of a closed database and gives it a new life. The old file is moved to `aside`,
/// when there is one. Blocks.
pub fn put_in_place(copy: &Path, target: &Path, aside: Option<&Path>) -> Result<String, StoreError> {
    let io = |path: &Path| {
        let path = path.to_path_buf();
        move |source| StoreError::Io { path, source }
    };
    let making = schema::companion(target, ".restoring");
    let _ = fs::remove_file(&making);
    copy_to(copy, &making)?;
    let fresh = uuid::Uuid::new_v4().simple().to_string();
    let conn = open_plain(&making)?;
    conn.execute("UPDATE meta SET value = ?1 WHERE key = 'generation'", [&fresh])?;
    conn.close().map_err(|(_, error)| error)?;
    File::open(&making).and_then(|file| file.sync_all()).map_err(io(&making))?;
    if let Some(aside) = aside
        && target.exists()
    {
        fs::rename(target, aside).map_err(io(aside))?;
    }
    // An old write-ahead log would be applied over the restored file and destroy it.
    schema::remove_companions(target).map_err(io(target))?;
    moved(&making, target).map_err(io(target))?;
    Ok(fresh)
}

#[expect(clippy::disallowed_methods, reason = "a copy is opened without the settings of a running database")]
fn open_plain(path: &Path) -> Result<Connection, StoreError> {
    Ok(Connection::open(path)?)
}
