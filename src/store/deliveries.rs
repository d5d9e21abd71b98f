//! What goes out by channels, in `daemon.db`: a queue that survives a crash, and its log.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};

use super::{
    error::StoreError,
    row::{Columns, ms, time, to_json},
    tx::{Db, Tx},
};
use crate::model::{
    delivery::{Content, DeliveryState, Outgoing},
    event::Event,
    ids::ProjectId,
};

/// Deliveries of a channel that may wait; what comes beyond is given up at once, so that a dead receiver fills nothing.
const MOST_WAITING: i64 = 1000;
/// Rows that are kept at most, whatever the retention.
const MOST_KEPT: i64 = 20_000;

const COLUMNS: &str =
    "id, message, project, channel, state, content, created_at, due_at, ended_at, attempts, status, error";

/// By which channel something goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// The project whose settings name it; none for the daemon's own.
    pub project: Option<ProjectId>,
    /// `mail`, `desktop`, or a webhook's name.
    pub name: String,
}

impl Channel {
    fn place(&self) -> &str {
        self.project.as_ref().map_or("", ProjectId::as_str)
    }
}

/// Queues a delivery for now; answers with its id.
pub fn enqueue(tx: &mut Tx<'_>, channel: &Channel, content: &Content) -> Result<i64, StoreError> {
    insert(tx, channel, content, (tx.now(), false))
}

/// Adds an event to what a channel gathers; a new gathering ends at `due`.
pub fn gather(tx: &mut Tx<'_>, channel: &Channel, event: &Event, due: DateTime<Utc>) -> Result<i64, StoreError> {
    let sql = "SELECT id, content FROM deliveries WHERE project = ?1 AND channel = ?2 AND gathers = 1 AND due_at > ?3
               ORDER BY id DESC LIMIT 1";
    let open: Option<(i64, String)> = tx
        .conn
        .prepare_cached(sql)?
        .query_row(params![channel.place(), channel.name, ms(tx.now())], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let known = open.and_then(|(id, text)| Some((id, serde_json::from_str::<Content>(&text).ok()?)));
    let Some((id, mut content)) = known else {
        return insert(tx, channel, &Content::event(event), (due, true));
    };
    content.add(event);
    let sql = "UPDATE deliveries SET content = ?2, due_at = min(due_at, ?3) WHERE id = ?1";
    tx.conn.prepare_cached(sql)?.execute(params![id, to_json(&content)?, ms(due)])?;
    Ok(id)
}

fn insert(
    tx: &mut Tx<'_>,
    channel: &Channel,
    content: &Content,
    (due, gathers): (DateTime<Utc>, bool),
) -> Result<i64, StoreError> {
    let waiting: i64 = tx
        .conn
        .prepare_cached("SELECT count(*) FROM deliveries WHERE state = 'waiting' AND project = ?1 AND channel = ?2")?
        .query_row(params![channel.place(), channel.name], |row| row.get(0))?;
    let is_full = waiting >= MOST_WAITING;
    let state = if is_full { DeliveryState::Failed } else { DeliveryState::Waiting };
    let error = is_full.then(|| format!("{waiting} deliveries wait for this channel already"));
    let ended = is_full.then(|| ms(tx.now()));
    let message = format!("msg_{}", uuid::Uuid::new_v4().simple());
    let sql = "INSERT INTO deliveries
                 (message, project, channel, state, gathers, content, created_at, due_at, ended_at, error)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    tx.conn.prepare_cached(sql)?.execute(params![
        message,
        channel.place(),
        channel.name,
        state.as_str(),
        gathers && !is_full,
        to_json(content)?,
        ms(tx.now()),
        ms(due),
        ended,
        error,
    ])?;
    Ok(tx.conn.last_insert_rowid())
}

/// What is due, longest waiting first; never two of one channel.
pub fn due(db: &Db<'_>, now: DateTime<Utc>, limit: i64) -> Result<Vec<Outgoing>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM deliveries WHERE id IN
           (SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY project, channel ORDER BY due_at, id) AS place
                            FROM deliveries WHERE state = 'waiting' AND due_at <= ?1) WHERE place = 1)
         ORDER BY due_at, id LIMIT ?2"
    );
    let mut select = db.conn.prepare_cached(&sql)?;
    let mut rows = select.query(params![ms(now), limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

/// When the next delivery is due.
pub fn next_due(db: &Db<'_>) -> Result<Option<DateTime<Utc>>, StoreError> {
    let sql = "SELECT min(due_at) FROM deliveries WHERE state = 'waiting'";
    let at: Option<i64> = db.conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
    Ok(at.map(time))
}

/// How a try went.
#[derive(Debug, Clone)]
pub struct Tried {
    /// The last answer's status.
    pub status: Option<u16>,
    /// Why it failed; none when it did not.
    pub error: Option<String>,
    /// When it is tried again; none when it is not.
    pub again_at: Option<DateTime<Utc>>,
}

/// Notes how a try went.
pub fn tried(tx: &mut Tx<'_>, id: i64, tried: &Tried) -> Result<(), StoreError> {
    let state = match (&tried.error, tried.again_at) {
        (None, _) => DeliveryState::Delivered,
        (Some(_), Some(_)) => DeliveryState::Waiting,
        (Some(_), None) => DeliveryState::Failed,
    };
    let sql = "UPDATE deliveries SET state = ?2, gathers = 0, attempts = attempts + 1, status = ?3, error = ?4,
                 due_at = coalesce(?5, due_at), ended_at = ?6 WHERE id = ?1";
    let ended = (state != DeliveryState::Waiting).then(|| ms(tx.now()));
    let values = params![id, state.as_str(), tried.status, tried.error, tried.again_at.map(ms), ended];
    tx.conn.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

/// Tries one again that was given up; false when it was not.
pub fn again(tx: &mut Tx<'_>, id: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE deliveries SET state = 'waiting', attempts = 0, due_at = ?2, ended_at = NULL
               WHERE id = ?1 AND state = 'failed'";
    Ok(tx.conn.prepare_cached(sql)?.execute(params![id, ms(tx.now())])? > 0)
}

/// One delivery.
pub fn get(db: &Db<'_>, id: i64) -> Result<Option<Outgoing>, StoreError> {
    let mut select = db.conn.prepare_cached(&format!("SELECT {COLUMNS} FROM deliveries WHERE id = ?1"))?;
    let mut rows = select.query([id])?;
    rows.next()?.map(read).transpose()
}

/// What to look for in the log.
#[derive(Debug, Clone, Default)]
pub struct DeliveryQuery {
    /// Only in this state.
    pub state: Option<DeliveryState>,
    /// Only by this channel.
    pub channel: Option<String>,
    /// Only ids below this one.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: i64,
}

/// The log, newest first.
pub fn list(db: &Db<'_>, query: &DeliveryQuery) -> Result<Vec<Outgoing>, StoreError> {
    let mut select = db.conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM deliveries
         WHERE (?1 IS NULL OR state = ?1) AND (?2 IS NULL OR channel = ?2) AND id < ?3 ORDER BY id DESC LIMIT ?4"
    ))?;
    let state = query.state.map(DeliveryState::as_str);
    let before = query.before.unwrap_or(i64::MAX);
    let mut rows = select.query(params![state, query.channel, before, query.limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

/// Deliveries in each state.
pub fn counts(db: &Db<'_>) -> Result<Vec<(DeliveryState, i64)>, StoreError> {
    let mut select = db.conn.prepare_cached("SELECT state, count(*) FROM deliveries GROUP BY state")?;
    let mut rows = select.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        found.push((columns.word("state")?, columns.get()?));
    }
    Ok(found)
}

/// Forgets what ended before a time, and more of the oldest where there are too many; answers with how many.
pub fn prune(tx: &mut Tx<'_>, before: DateTime<Utc>) -> Result<usize, StoreError> {
    let sql = "DELETE FROM deliveries WHERE state <> 'waiting' AND (ended_at < ?1 OR id <= (SELECT max(id) FROM deliveries) - ?2)";
    Ok(tx.conn.prepare_cached(sql)?.execute(params![ms(before), MOST_KEPT])?)
}

fn read(row: &Row<'_>) -> Result<Outgoing, StoreError> {
    let mut columns = Columns::new(row);
    Ok(Outgoing {
        id: columns.get()?,
        message: columns.get()?,
        project: ProjectId::parse(&columns.get::<String>()?).ok(),
        channel: columns.get()?,
        state: columns.word("delivery state")?,
        content: columns.json("content of a delivery")?,
        created_at: columns.time()?,
        due_at: columns.time()?,
        ended_at: columns.optional_time()?,
        attempts: columns.get()?,
        status: columns.get()?,
        error: columns.get()?,
    })
}
