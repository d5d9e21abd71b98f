//! Names that others have for tasks.

use rusqlite::{OptionalExtension, params};

use super::{
    error::StoreError,
    tx::{Db, Tx},
};
use crate::model::ids::TaskId;

/// Gives a task a name from outside; the name's earlier task loses it.
pub fn link(tx: &mut Tx<'_>, reference: &str, task: TaskId) -> Result<(), StoreError> {
    let sql = "INSERT INTO task_references (reference, task) VALUES (?1, ?2)
               ON CONFLICT (reference) DO UPDATE SET task = excluded.task";
    tx.conn.prepare_cached(sql)?.execute(params![reference, task.0])?;
    Ok(())
}

/// The task of a name.
pub fn task_of(db: &Db<'_>, reference: &str) -> Result<Option<TaskId>, StoreError> {
    let mut select = db.conn.prepare_cached("SELECT task FROM task_references WHERE reference = ?1")?;
    Ok(select.query_row([reference], |row| row.get(0)).optional()?.map(TaskId))
}
