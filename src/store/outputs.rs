//! Outputs: the row points to the file.

use rusqlite::params;
use serde_json::json;

use super::{
    error::StoreError,
    row::{Columns, ms},
    tx::{Db, Tx},
};
use crate::model::{
    event::{EventKind, NewEvent},
    ids::TaskId,
    records::Output,
};

/// Registers an output; its `id` and `created_at` are given by the database.
pub fn insert(tx: &mut Tx<'_>, output: Output) -> Result<Output, StoreError> {
    let sql = "INSERT INTO outputs (task, agent, title, output_type, summary, path, size_bytes, sha256, \
               attempt_number, round, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    tx.conn.prepare_cached(sql)?.execute(params![
        output.task.0,
        output.agent.to_string(),
        output.title,
        output.output_type.as_str(),
        output.summary,
        output.path,
        output.size_bytes,
        output.sha256,
        output.attempt_number,
        output.round,
        ms(tx.now()),
    ])?;
    let id = tx.conn.last_insert_rowid();
    let payload = json!({
        "output": id, "title": output.title, "output_type": output.output_type, "path": output.path,
        "size_bytes": output.size_bytes, "sha256": output.sha256, "round": output.round,
    });
    let summary = format!("{}: {}", output.agent, output.title);
    let event = NewEvent::new(EventKind::OutputAdded, Some(output.task), output.agent.clone(), summary);
    tx.event(event.payload(payload))?;
    Ok(Output { id, created_at: tx.now(), ..output })
}

/// A task's outputs, oldest first.
pub fn of_task(db: &Db<'_>, task: TaskId) -> Result<Vec<Output>, StoreError> {
    let mut select = db.conn.prepare_cached(
        "SELECT id, task, agent, title, output_type, summary, path, size_bytes, sha256, attempt_number, round,
         created_at FROM outputs WHERE task = ?1 ORDER BY id",
    )?;
    let mut rows = select.query([task.0])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        found.push(Output {
            id: columns.get()?,
            task: TaskId(columns.get()?),
            agent: columns.word("agent")?,
            title: columns.get()?,
            output_type: columns.word("output type")?,
            summary: columns.get()?,
            path: columns.get()?,
            size_bytes: columns.get()?,
            sha256: columns.get()?,
            attempt_number: columns.get()?,
            round: columns.get()?,
            created_at: columns.time()?,
        });
    }
    Ok(found)
}
