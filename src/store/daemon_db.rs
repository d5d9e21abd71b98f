//! `daemon.db`: what belongs to no project, and the index that puts the events of all projects in one order.
//!
//! The index is written by one thread, which also publishes: the order of ids is the order of publication.

use std::{
    collections::HashMap,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use tokio::sync::{broadcast, watch};

use super::{
    error::{OpenError, StoreError},
    reader::Readers,
    row::{Columns, ms, time},
    schema,
    touched::Ledger,
    tx::{Db, Recorded, Tx},
    writer::Writer,
};
use crate::model::{
    event::{Event, NewEvent},
    ids::ProjectId,
};

/// Live events that a slow subscriber may lag behind before it has to ask for history.
const BACKLOG: usize = 4096;

/// In the index, the life of the daemon's own database, which is never replaced.
const OWN: &str = "";

/// In `meta`, the newest global id that was forgotten because of its age.
const FORGOTTEN: &str = "events_forgotten_to";

/// The daemon's own database, and the hub of all events; cheap to clone.
#[derive(Clone)]
pub struct DaemonDb {
    path: Arc<Path>,
    writer: Writer,
    readers: Readers,
    live: broadcast::Sender<Arc<Event>>,
    last: Arc<AtomicI64>,
}

impl DaemonDb {
    /// Opens or creates it. Blocks.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        schema::prepare(path, schema::DAEMON)?;
        let unusable = |source| OpenError::Unusable { path: path.into(), source };
        let conn = schema::open(path).map_err(unusable)?;
        let newest = last_id(&Db { conn: &conn }).map_err(unusable)?;
        let (live, _) = broadcast::channel(BACKLOG);
        let last = Arc::new(AtomicI64::new(newest));
        let publish = publisher(live.clone(), last.clone());
        let writer = Writer::start("daemon.db", path, (conn, Ledger::default()), publish).map_err(unusable)?;
        Ok(Self { path: path.into(), writer, readers: Readers::new(path), live, last })
    }

    /// The newest event's id in a file that nobody has open. Blocks.
    pub fn newest_id_of(path: &Path) -> Result<i64, StoreError> {
        last_id(&Db { conn: &schema::open_to_read(path)? })
    }

    /// The file.
    pub(super) fn path(&self) -> Arc<Path> {
        self.path.clone()
    }

    /// Writes to it; see [`super::Store::write`].
    pub async fn write<T, E, F>(&self, now: DateTime<Utc>, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.writer.write(now, work).await
    }

    /// Reads from it; see [`super::Store::read`].
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&Db<'_>) -> Result<T, E> + Send + 'static,
    {
        self.readers.read(work).await
    }

    /// Every event from now on. A subscriber that lags loses events and is told so; history has them.
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Event>> {
        self.live.subscribe()
    }

    /// Goes up with every commit: a wake-up, never data.
    pub fn changed(&self) -> watch::Receiver<u64> {
        self.writer.changed()
    }

    /// The id of the newest event; 0 before the first.
    pub fn last_id(&self) -> i64 {
        self.last.load(Ordering::Acquire)
    }

    /// Writes and publishes an event of the daemon's own.
    pub async fn publish(&self, now: DateTime<Utc>, event: NewEvent) -> Result<(), StoreError> {
        self.writer.write(now, move |tx| publish(tx, event)).await
    }

    /// The same with an event about a project, whose own database may not be there to take it.
    pub async fn publish_about(
        &self,
        now: DateTime<Utc>,
        project: &ProjectId,
        event: NewEvent,
    ) -> Result<(), StoreError> {
        let project = project.clone();
        self.writer.write(now, move |tx| publish_one(tx, Some(project), event)).await
    }

    /// Appends a project's committed events to the index and publishes them. Blocks when the queue is full.
    pub(super) fn index(&self, project: &ProjectId, generation: &str, events: Vec<Recorded>) {
        let (project, generation) = (project.clone(), generation.to_owned());
        let Some(now) = events.last().map(|event| event.at) else { return };
        let submitted = self.writer.submit(now, move |tx| {
            for mut event in events {
                event.project = Some(project.clone());
                event.id = index_one(tx, &generation, &event)?;
                if event.id.is_some() {
                    tx.recorded.push(event);
                }
            }
            Ok(())
        });
        if let Err(error) = submitted {
            tracing::warn!(%error, "events wait for the next start to be indexed");
        }
    }
}

/// Writes an event of the daemon's own within a transaction on `daemon.db`.
pub fn publish(tx: &mut Tx<'_>, event: NewEvent) -> Result<(), StoreError> {
    publish_one(tx, None, event)
}

fn publish_one(tx: &mut Tx<'_>, project: Option<ProjectId>, event: NewEvent) -> Result<(), StoreError> {
    tx.event(event)?;
    let Some(mut recorded) = tx.recorded.pop() else { return Ok(()) };
    recorded.project = project;
    recorded.id = index_one(tx, OWN, &recorded)?;
    tx.recorded.push(recorded);
    Ok(())
}

fn publisher(live: broadcast::Sender<Arc<Event>>, last: Arc<AtomicI64>) -> Box<dyn FnMut(Vec<Recorded>) + Send> {
    Box::new(move |recorded| {
        for Recorded { id, project, at, event, .. } in recorded {
            let Some(id) = id else { continue };
            last.store(id, Ordering::Release);
            let NewEvent { task, kind, level, actor, summary, payload } = event;
            // An error means that nobody listens.
            let _ = live.send(Arc::new(Event { id, project, task, kind, level, actor, at, summary, payload }));
        }
    })
}

/// The event's global id, or none when it has been indexed before.
fn index_one(tx: &Tx<'_>, generation: &str, event: &Recorded) -> Result<Option<i64>, StoreError> {
    let mut insert = tx.conn.prepare_cached(
        "INSERT INTO event_index (project, generation, seq, task, kind, level) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT DO NOTHING RETURNING id",
    )?;
    let project = event.project.as_ref().map_or("", ProjectId::as_str);
    let task = event.event.task.map(|task| task.0);
    let values = params![project, generation, event.seq, task, event.event.kind.as_str(), event.event.level.as_str()];
    Ok(insert.query_row(values, |row| row.get(0)).optional()?)
}

fn last_id(db: &Db<'_>) -> Result<i64, StoreError> {
    let sql = "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'event_index'), 0)";
    Ok(db.conn.query_row(sql, [], |row| row.get(0))?)
}

/// A row of the index.
#[derive(Debug, Clone)]
pub struct Indexed {
    /// Global id.
    pub id: i64,
    /// The project that it is about, if any.
    pub project: Option<ProjectId>,
    /// Which life of the project's database it belongs to.
    pub generation: String,
    /// Number in that database.
    pub seq: i64,
}

impl Indexed {
    /// True for an event that the daemon's own database holds.
    pub fn is_own(&self) -> bool {
        self.generation == OWN
    }
}

/// What to look for in the index.
#[derive(Debug, Clone, Default)]
pub struct IndexQuery {
    /// Only ids above this one.
    pub after: i64,
    /// Only ids below this one.
    pub before: Option<i64>,
    /// Newest first instead of oldest first.
    pub newest_first: bool,
    /// Only this project.
    pub project: Option<ProjectId>,
    /// Only this task.
    pub task: Option<i64>,
    /// Only these kinds; all when empty.
    pub kinds: Vec<&'static str>,
    /// Only these levels; all when empty.
    pub levels: Vec<&'static str>,
    /// At most so many.
    pub limit: usize,
}

/// Rows of the index, in the order that was asked for.
pub fn indexed(db: &Db<'_>, query: &IndexQuery) -> Result<Vec<Indexed>, StoreError> {
    let words = |list: &[&str]| (!list.is_empty()).then(|| serde_json::json!(list).to_string());
    let direction = if query.newest_first { "DESC" } else { "ASC" };
    let mut select = db.conn.prepare_cached(&format!(
        "SELECT id, project, generation, seq FROM event_index
         WHERE id > ?1 AND (?2 IS NULL OR project = ?2) AND (?3 IS NULL OR task = ?3)
           AND (?4 IS NULL OR kind IN (SELECT value FROM json_each(?4)))
           AND (?5 IS NULL OR level IN (SELECT value FROM json_each(?5)))
           AND (?6 IS NULL OR id < ?6)
         ORDER BY id {direction} LIMIT ?7",
    ))?;
    let project = query.project.as_ref().map(ProjectId::as_str);
    let limit = i64::try_from(query.limit).unwrap_or(i64::MAX);
    let (kinds, levels) = (words(&query.kinds), words(&query.levels));
    let mut rows = select.query(params![query.after, project, query.task, kinds, levels, query.before, limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        let id = columns.get()?;
        let project: String = columns.get()?;
        found.push(Indexed {
            id,
            project: (!project.is_empty()).then(|| ProjectId::parse(&project).ok()).flatten(),
            generation: columns.get()?,
            seq: columns.get()?,
        });
    }
    Ok(found)
}

/// Global ids of a database's events by their numbers; those that are not in the index are left out.
pub fn ids_of(
    db: &Db<'_>,
    project: &ProjectId,
    generation: &str,
    numbers: &[i64],
) -> Result<HashMap<i64, i64>, StoreError> {
    let mut select = db.conn.prepare_cached(
        "SELECT seq, id FROM event_index
         WHERE project = ?1 AND generation = ?2 AND seq IN (SELECT value FROM json_each(?3))",
    )?;
    let numbers = serde_json::json!(numbers).to_string();
    let rows =
        select.query_map(params![project.as_str(), generation, numbers], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The oldest id from which on nothing was forgotten; none when the index is empty.
pub fn oldest_id(db: &Db<'_>) -> Result<Option<i64>, StoreError> {
    let forgotten = forgotten_to(db)?;
    Ok(db.conn.query_row("SELECT min(id) FROM event_index WHERE id > ?1", [forgotten], |row| row.get(0))?)
}

fn forgotten_to(db: &Db<'_>) -> Result<i64, StoreError> {
    Ok(db.meta(FORGOTTEN)?.and_then(|text| text.parse().ok()).unwrap_or(0))
}

/// Forgets events of a project's database by their numbers.
pub fn forget(tx: &mut Tx<'_>, (project, generation): (&str, &str), numbers: &[i64]) -> Result<(), StoreError> {
    let sql = "DELETE FROM event_index WHERE project = ?1 AND generation = ?2
                 AND seq IN (SELECT value FROM json_each(?3)) RETURNING id";
    forget_by(tx, sql, params![project, generation, serde_json::json!(numbers).to_string()])
}

/// Forgets the daemon's own events by their numbers, whatever project they are about.
pub fn forget_own(tx: &mut Tx<'_>, numbers: &[i64]) -> Result<(), StoreError> {
    let sql = "DELETE FROM event_index WHERE generation = ?1 AND seq IN (SELECT value FROM json_each(?2)) RETURNING id";
    forget_by(tx, sql, params![OWN, serde_json::json!(numbers).to_string()])
}

fn forget_by(tx: &mut Tx<'_>, sql: &str, values: &[&dyn rusqlite::ToSql]) -> Result<(), StoreError> {
    let mut delete = tx.conn.prepare_cached(sql)?;
    let ids = delete.query_map(values, |row| row.get::<_, i64>(0))?.collect::<Result<Vec<_>, _>>()?;
    drop(delete);
    let newest = ids.into_iter().max().unwrap_or(0).max(forgotten_to(tx)?);
    tx.set_meta(FORGOTTEN, &newest.to_string())
}

/// The newest number that is indexed for a project's database, and whether older lives of it are.
pub fn newest_indexed(db: &Db<'_>, project: &ProjectId, generation: &str) -> Result<(i64, bool), StoreError> {
    let mut select = db.conn.prepare_cached(
        "SELECT coalesce(max(seq) FILTER (WHERE generation = ?2), 0), coalesce(max(generation <> ?2), 0)
         FROM event_index WHERE project = ?1 AND generation <> ''",
    )?;
    Ok(select.query_row(params![project.as_str(), generation], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// A restored database goes on under a new generation: what it still has keeps its ids. What it lost stays in the index
/// under the old one, so that those who were away can be told that something is missing.
pub fn adopt_generation(
    tx: &mut Tx<'_>,
    project: &ProjectId,
    old: &str,
    new: &str,
    last_seq: i64,
) -> Result<(), StoreError> {
    let rename = "UPDATE event_index SET generation = ?3 WHERE project = ?1 AND generation = ?2 AND seq <= ?4";
    tx.conn.prepare_cached(rename)?.execute(params![project.as_str(), old, new, last_seq])?;
    Ok(())
}

/// A provider account that nobody may use for a while.
#[derive(Debug, Clone, Serialize)]
pub struct Parked {
    /// The account.
    pub provider: String,
    /// Until when.
    pub until: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

/// Parks a provider, or makes it longer; never shorter.
pub fn park(tx: &mut Tx<'_>, parked: &Parked) -> Result<(), StoreError> {
    let sql = "INSERT INTO parked_providers (provider, until, reason) VALUES (?1, ?2, ?3)
               ON CONFLICT (provider) DO UPDATE SET until = max(until, excluded.until), reason = excluded.reason";
    tx.conn.prepare_cached(sql)?.execute(params![parked.provider, ms(parked.until), parked.reason])?;
    Ok(())
}

/// Lets a provider be used again before its time.
pub fn unpark(tx: &mut Tx<'_>, provider: &str) -> Result<(), StoreError> {
    tx.conn.prepare_cached("DELETE FROM parked_providers WHERE provider = ?1")?.execute([provider])?;
    Ok(())
}

/// Providers that are parked now.
pub fn parked(db: &Db<'_>, now: DateTime<Utc>) -> Result<Vec<Parked>, StoreError> {
    let mut select = db.conn.prepare_cached("SELECT provider, until, reason FROM parked_providers WHERE until > ?1")?;
    let rows = select.query_map([ms(now)], |row| {
        Ok(Parked { provider: row.get(0)?, until: time(row.get(1)?), reason: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Keeps the set of scripts that is in force, so that it survives a restart with a broken file.
pub fn keep_sources(tx: &mut Tx<'_>, project: &str, hash: &str, sources: &str) -> Result<(), StoreError> {
    let sql = "INSERT INTO policy_sources (project, hash, sources, at) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT (project) DO UPDATE SET hash = excluded.hash, sources = excluded.sources, at = excluded.at";
    tx.conn.prepare_cached(sql)?.execute(params![project, hash, sources, ms(tx.now())])?;
    Ok(())
}

/// The set of scripts that was last in force.
pub fn kept_sources(db: &Db<'_>, project: &str) -> Result<Option<String>, StoreError> {
    let mut select = db.conn.prepare_cached("SELECT sources FROM policy_sources WHERE project = ?1")?;
    Ok(select.query_row([project], |row| row.get(0)).optional()?)
}
