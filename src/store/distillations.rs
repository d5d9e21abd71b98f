//! Tasks that make a skill of lessons: which lessons each has, and what came of it.

use rusqlite::params;

use super::{
    error::StoreError,
    row::{Columns, ms},
    tx::{Db, Tx},
};
use crate::model::{
    ids::{SkillId, TaskId},
    status::Status,
};

/// A distillation whose task is final, and of which nothing has come yet.
#[derive(Debug, Clone)]
pub struct Finished {
    /// Its task.
    pub task: TaskId,
    /// The tag.
    pub tag: String,
    /// How the task ended.
    pub status: Status,
}

/// Gives a task the lessons of a tag that no other distillation has; answers with their ids. Candidates come along as
/// material, and are not counted by policy.
pub fn begin(tx: &mut Tx<'_>, task: TaskId, tag: &str) -> Result<Vec<i64>, StoreError> {
    let lessons = "UPDATE experiences SET distillation = ?1
                   WHERE status IN ('active', 'candidate') AND distillation IS NULL AND distilled_at IS NULL
                     AND id IN (SELECT experience FROM experience_tags WHERE tag = ?2)
                   RETURNING id";
    let mut update = tx.conn.prepare_cached(lessons)?;
    let ids = update.query_map(params![task.0, tag], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    drop(update);
    let sql = "INSERT INTO distillations (task, tag, lessons_count, created_at) VALUES (?1, ?2, ?3, ?4)";
    let count = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    tx.conn.prepare_cached(sql)?.execute(params![task.0, tag, count, ms(tx.now())])?;
    Ok(ids)
}

/// True while a task makes a skill of this tag.
pub fn is_open(db: &Db<'_>, tag: &str) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM distillations WHERE tag = ?1 AND state = 'open'";
    Ok(db.conn.prepare_cached(sql)?.exists([tag])?)
}

/// The lessons of a task, oldest first.
pub fn lessons(db: &Db<'_>, task: TaskId) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT id FROM experiences WHERE distillation = ?1 ORDER BY id";
    let mut select = db.conn.prepare_cached(sql)?;
    Ok(select.query_map([task.0], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Distillations whose task has ended, oldest first.
pub fn finished(db: &Db<'_>) -> Result<Vec<Finished>, StoreError> {
    let sql = "SELECT d.task, d.tag, t.status FROM distillations d JOIN tasks t ON t.id = d.task
               WHERE d.state = 'open' AND t.status IN ('done', 'failed', 'cancelled') ORDER BY d.task";
    let mut select = db.conn.prepare_cached(sql)?;
    let mut rows = select.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        found.push(Finished { task: TaskId(columns.get()?), tag: columns.get()?, status: columns.word("status")? });
    }
    Ok(found)
}

/// Notes that the lessons of a task are in a skill.
pub fn installed(tx: &mut Tx<'_>, task: TaskId, skill: &SkillId, version: i64) -> Result<(), StoreError> {
    let sql = "UPDATE distillations SET state = 'installed', skill = ?2, version = ?3, settled_at = ?4 WHERE task = ?1";
    tx.conn.prepare_cached(sql)?.execute(params![task.0, skill.as_str(), version, ms(tx.now())])?;
    let sql = "UPDATE experiences SET distilled_at = ?2 WHERE distillation = ?1";
    tx.conn.prepare_cached(sql)?.execute(params![task.0, ms(tx.now())])?;
    Ok(())
}

/// Notes that no skill came of a task; its lessons are free for another.
pub fn failed(tx: &mut Tx<'_>, task: TaskId, detail: &str) -> Result<(), StoreError> {
    let sql = "UPDATE distillations SET state = 'failed', detail = ?2, settled_at = ?3 WHERE task = ?1";
    tx.conn.prepare_cached(sql)?.execute(params![task.0, detail, ms(tx.now())])?;
    tx.conn.prepare_cached("UPDATE experiences SET distillation = NULL WHERE distillation = ?1")?.execute([task.0])?;
    Ok(())
}
