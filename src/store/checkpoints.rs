//! Questions to people.

use chrono::{DateTime, Utc};
use rusqlite::params;
use serde_json::json;

use super::{
    comments::first_line,
    error::StoreError,
    row::{Columns, ms, time, to_json},
    tx::{Db, Tx},
};
use crate::model::{
    event::{EventKind, Level, NewEvent},
    ids::{Actor, TaskId},
    records::Checkpoint,
};

/// A task that was called off or is done asks nothing; its questions wait again when it is taken up again.
const OF_OPEN_TASKS: &str = "task NOT IN (SELECT id FROM tasks WHERE status IN ('done', 'failed', 'cancelled'))";

/// Asks a question.
pub fn open(
    tx: &mut Tx<'_>,
    task: TaskId,
    question: String,
    options: Vec<String>,
    asked_by: Actor,
) -> Result<Checkpoint, StoreError> {
    let sql = "INSERT INTO checkpoints (task, question, options, asked_by, created_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    let values = params![task.0, question, to_json(&options)?, asked_by.to_string(), ms(tx.now())];
    tx.conn.prepare_cached(sql)?.execute(values)?;
    let id = tx.conn.last_insert_rowid();
    let summary = format!("a person is asked: {}", first_line(&question));
    let event = NewEvent::new(EventKind::CheckpointOpened, Some(task), asked_by, summary);
    tx.event(event.payload(json!({"checkpoint": id, "options": options})))?;
    require(tx, id)
}

/// Gives a question a time, and an answer that holds when nobody has given one by then.
pub fn limit(
    tx: &mut Tx<'_>,
    id: i64,
    timeout_at: DateTime<Utc>,
    default_answer: Option<&str>,
) -> Result<Checkpoint, StoreError> {
    let sql = "UPDATE checkpoints SET timeout_at = ?2, default_answer = ?3 WHERE id = ?1";
    tx.conn.prepare_cached(sql)?.execute(params![id, ms(timeout_at), default_answer])?;
    require(tx, id)
}

/// Notes the questions whose time is over, each once, and tells those who watch.
pub fn note_time_over(tx: &mut Tx<'_>) -> Result<Vec<Checkpoint>, StoreError> {
    let due = format!("timeout_at <= ?1 AND answered_at IS NULL AND timed_out = 0 AND {OF_OPEN_TASKS} ORDER BY id");
    let over = select(tx, &due, params![ms(tx.now())])?;
    for question in &over {
        tx.conn.prepare_cached("UPDATE checkpoints SET timed_out = 1 WHERE id = ?1")?.execute([question.id])?;
        let what = first_line(&question.question);
        let summary = match &question.default_answer {
            Some(default) => format!("nobody answered in time, so `{default}` holds: {what}"),
            None => format!("nobody has answered in time: {what}"),
        };
        let payload = json!({"checkpoint": question.id, "timed_out": true, "default": question.default_answer});
        let event = NewEvent::new(EventKind::ObservationAdded, Some(question.task), Actor::Daemon, summary);
        tx.event(event.level(Level::Attention).payload(payload))?;
    }
    Ok(over)
}

/// When the time of the next question is over.
pub fn next_timeout(db: &Db<'_>) -> Result<Option<DateTime<Utc>>, StoreError> {
    let sql = format!(
        "SELECT min(timeout_at) FROM checkpoints
         WHERE timeout_at IS NOT NULL AND answered_at IS NULL AND timed_out = 0 AND {OF_OPEN_TASKS}"
    );
    let at: Option<i64> = db.conn.prepare_cached(&sql)?.query_row([], |row| row.get(0))?;
    Ok(at.map(time))
}

/// Writes an answer; false when the question was answered before.
pub fn answer(tx: &mut Tx<'_>, id: i64, answer: &str, by: &Actor) -> Result<bool, StoreError> {
    let sql = "UPDATE checkpoints SET answer = ?2, answered_by = ?3, answered_at = ?4 \
               WHERE id = ?1 AND answered_at IS NULL";
    Ok(tx.conn.prepare_cached(sql)?.execute(params![id, answer, by.to_string(), ms(tx.now())])? > 0)
}

/// A question, or an error that names it.
pub fn require(db: &Db<'_>, id: i64) -> Result<Checkpoint, StoreError> {
    let found = select(db, "id = ?1", params![id])?.pop();
    found.ok_or_else(|| StoreError::NotFound(format!("checkpoint {id}")))
}

/// Questions, newest first; only those that wait for an answer, when asked so.
pub fn list(db: &Db<'_>, only_open: bool) -> Result<Vec<Checkpoint>, StoreError> {
    let open = format!("answered_at IS NULL AND {OF_OPEN_TASKS}");
    select(db, &format!("(?1 = 0 OR {open}) ORDER BY id DESC LIMIT 500"), params![only_open])
}

/// A task's questions, oldest first.
pub fn of_task(db: &Db<'_>, task: TaskId) -> Result<Vec<Checkpoint>, StoreError> {
    select(db, "task = ?1 ORDER BY id", params![task.0])
}

/// A task's questions that wait for an answer.
pub fn open_of_task(db: &Db<'_>, task: TaskId) -> Result<Vec<Checkpoint>, StoreError> {
    select(db, "task = ?1 AND answered_at IS NULL ORDER BY id", params![task.0])
}

fn select(db: &Db<'_>, which: &str, values: impl rusqlite::Params) -> Result<Vec<Checkpoint>, StoreError> {
    let sql = format!(
        "SELECT id, task, question, options, asked_by, answer, answered_by, timeout_at, default_answer, timed_out,
                created_at, answered_at
         FROM checkpoints WHERE {which}"
    );
    let mut select = db.conn.prepare_cached(&sql)?;
    let mut rows = select.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        found.push(Checkpoint {
            id: columns.get()?,
            task: TaskId(columns.get()?),
            question: columns.get()?,
            options: columns.json("options")?,
            asked_by: columns.word("actor")?,
            answer: columns.get()?,
            answered_by: columns.optional_word("actor")?,
            timeout_at: columns.optional_time()?,
            default_answer: columns.get()?,
            timed_out: columns.get()?,
            created_at: columns.time()?,
            answered_at: columns.optional_time()?,
        });
    }
    Ok(found)
}
