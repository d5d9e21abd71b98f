//! Which task waits for which: a directed graph without circles. A task waits for those it depends on, a parent for its
//! parts.

use std::collections::{HashMap, HashSet};

use rusqlite::params;

use super::{
    error::StoreError,
    row::Columns,
    tx::{Db, Tx},
};
use crate::model::{ids::TaskId, status::Status};

/// Replaces a task's dependencies; refused when a circle would arise.
pub fn set(tx: &mut Tx<'_>, task: TaskId, wanted: &[TaskId]) -> Result<(), StoreError> {
    for needed in wanted {
        if let Some(circle) = circle(tx, task, *needed)? {
            let names: Vec<_> = circle.iter().map(ToString::to_string).collect();
            return Err(StoreError::Cycle(names.join(" → ")));
        }
    }
    tx.conn.prepare_cached("DELETE FROM task_dependencies WHERE task = ?1")?.execute([task.0])?;
    let mut insert =
        tx.conn.prepare_cached("INSERT OR IGNORE INTO task_dependencies (task, depends_on) VALUES (?1, ?2)")?;
    for needed in wanted {
        insert.execute(params![task.0, needed.0]).map_err(|error| missing(error, *needed))?;
    }
    Ok(())
}

fn missing(error: rusqlite::Error, needed: TaskId) -> StoreError {
    match &error {
        rusqlite::Error::SqliteFailure(failure, _)
            if failure.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY =>
        {
            StoreError::NotFound(format!("task {needed} to depend on"))
        }
        _ => error.into(),
    }
}

/// The way from `needed` back to `task`, when there is one: then the dependency would close a circle.
fn circle(db: &Db<'_>, task: TaskId, needed: TaskId) -> Result<Option<Vec<TaskId>>, StoreError> {
    let mut came_from: HashMap<TaskId, TaskId> = HashMap::new();
    let mut seen = HashSet::from([needed]);
    let mut next = vec![needed];
    while let Some(at) = next.pop() {
        if at == task {
            let mut way = vec![task];
            let mut step = task;
            while step != needed {
                step = came_from.get(&step).copied().unwrap_or(needed);
                way.push(step);
            }
            way.push(task);
            way.reverse();
            return Ok(Some(way));
        }
        for further in of(db, at)?.into_iter().chain(parts(db, at)?) {
            if seen.insert(further) {
                came_from.insert(further, at);
                next.push(further);
            }
        }
    }
    Ok(None)
}

/// What a task depends on.
pub fn of(db: &Db<'_>, task: TaskId) -> Result<Vec<TaskId>, StoreError> {
    let mut select = db.conn.prepare_cached("SELECT depends_on FROM task_dependencies WHERE task = ?1")?;
    let rows = select.query_map([task.0], |row| Ok(TaskId(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The parts of a task.
fn parts(db: &Db<'_>, parent: TaskId) -> Result<Vec<TaskId>, StoreError> {
    let mut select = db.conn.prepare_cached("SELECT id FROM tasks WHERE parent = ?1")?;
    let rows = select.query_map([parent.0], |row| Ok(TaskId(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The parts of a task that are still open, with their statuses, oldest first.
pub fn open_parts(db: &Db<'_>, parent: TaskId) -> Result<Vec<(TaskId, Status)>, StoreError> {
    let sql = "SELECT id, status FROM tasks WHERE parent = ?1 AND status NOT IN ('done', 'failed', 'cancelled') \
               ORDER BY id";
    let mut select = db.conn.prepare_cached(sql)?;
    let mut rows = select.query([parent.0])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        found.push((TaskId(columns.get()?), columns.word("status")?));
    }
    Ok(found)
}

/// The first of these tasks that is not done yet.
pub fn first_open(db: &Db<'_>, tasks: &[TaskId]) -> Result<Option<TaskId>, StoreError> {
    let mut select = db.conn.prepare_cached("SELECT 1 FROM tasks WHERE id = ?1 AND status <> 'done'")?;
    for task in tasks {
        if select.exists([task.0])? {
            return Ok(Some(*task));
        }
    }
    Ok(None)
}

/// What a blocked task waits for, as far as tasks are concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Awaited {
    /// Nothing more.
    Nothing,
    /// This task is still open.
    Open(TaskId),
    /// This task has failed or was cancelled: waiting is in vain.
    Lost(TaskId),
}

/// The blocked tasks and what each waits for: dependencies, and the task in `blocked_on`.
///
/// Tasks that wait for an agent or a person are listed when no dependency is open; the caller knows about answers.
pub fn blocked(db: &Db<'_>) -> Result<Vec<(TaskId, Option<String>, Awaited)>, StoreError> {
    let mut select = db.conn.prepare_cached("SELECT id, blocked_on FROM tasks WHERE status = 'blocked' ORDER BY id")?;
    let rows = select.query_map([], |row| Ok((TaskId(row.get(0)?), row.get::<_, Option<String>>(1)?)))?;
    let waiting: Vec<_> = rows.collect::<Result<_, _>>()?;
    let mut state = db.conn.prepare_cached("SELECT status FROM tasks WHERE id = ?1")?;
    let mut found = Vec::with_capacity(waiting.len());
    for (task, on) in waiting {
        let named = on.as_deref().and_then(|on| on.parse::<TaskId>().ok());
        let mut awaited = Awaited::Nothing;
        for needed in of(db, task)?.into_iter().chain(named) {
            let status: String = state.query_row([needed.0], |row| row.get(0))?;
            match status.as_str() {
                "done" => {}
                "failed" | "cancelled" => {
                    awaited = Awaited::Lost(needed);
                    break;
                }
                _ => awaited = Awaited::Open(needed),
            }
        }
        found.push((task, on, awaited));
    }
    Ok(found)
}
