//! Pages of tasks: filters, orders, and the key that leads from one page to the next.

use rusqlite::params;
use serde_json::json;

use super::{COLUMNS, read};
use crate::{
    model::{
        ids::{AgentId, ProjectId, TaskId},
        status::Status,
        task::{RiskLevel, Task},
    },
    store::{Db, StoreError, row::ms},
};

/// The order of a list of tasks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// By id, oldest first.
    #[default]
    Oldest,
    /// By id, newest first.
    Newest,
    /// By the time of the last change, newest first.
    Updated,
    /// Most urgent first, then oldest first.
    Priority,
}

/// Which tasks to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only these statuses; all when empty.
    pub statuses: Vec<Status>,
    /// Only these levels of risk; all when empty.
    pub risks: Vec<RiskLevel>,
    /// Only those of this assignee.
    pub assignee: Option<AgentId>,
    /// Only the children of this task.
    pub parent: Option<TaskId>,
    /// Only those with this text in title or description.
    pub text: Option<String>,
    /// The order.
    pub sort: Sort,
    /// Key of the last row of the page before: (sort key, id).
    pub after: Option<(i64, i64)>,
    /// At most so many.
    pub limit: i64,
}

/// A page of tasks.
pub fn list(db: &Db<'_>, project: &ProjectId, filter: &Filter) -> Result<Vec<Task>, StoreError> {
    // What leads onward, and the order: each has an index.
    let (onward, order) = match filter.sort {
        Sort::Oldest => ("t.id > ?6", "t.id"),
        Sort::Newest => ("t.id < ?6", "t.id DESC"),
        Sort::Updated => ("(t.updated_at, t.id) < (?5, ?6)", "t.updated_at DESC, t.id DESC"),
        Sort::Priority => ("(-t.priority, t.id) > (?5, ?6)", "-t.priority, t.id"),
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM tasks t WHERE (?1 IS NULL OR t.status IN (SELECT value FROM json_each(?1)))
         AND (?2 IS NULL OR t.assignee = ?2) AND (?3 IS NULL OR t.parent = ?3)
         AND (?4 IS NULL OR instr(lower(t.title), lower(?4)) OR instr(lower(t.description), lower(?4)))
         AND (?5 IS NULL OR {onward})
         AND (?8 IS NULL OR t.risk_level IN (SELECT value FROM json_each(?8)))
         ORDER BY {order} LIMIT ?7"
    );
    let any_of = |words: Vec<&str>| (!words.is_empty()).then(|| json!(words).to_string());
    let statuses = any_of(filter.statuses.iter().map(|status| status.as_str()).collect());
    let risks = any_of(filter.risks.iter().map(|risk| risk.as_str()).collect());
    let mut select = db.conn.prepare_cached(&sql)?;
    let mut rows = select.query(params![
        statuses,
        filter.assignee.as_ref().map(AgentId::as_str),
        filter.parent.map(|parent| parent.0),
        filter.text,
        filter.after.map(|after| after.0),
        filter.after.map(|after| after.1),
        filter.limit,
        risks,
    ])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(project, row)?);
    }
    Ok(found)
}

/// The key that [`Filter::after`] takes to go on behind this task.
pub fn sort_key(sort: Sort, task: &Task) -> (i64, i64) {
    let key = match sort {
        Sort::Oldest | Sort::Newest => 0,
        Sort::Updated => ms(task.updated_at),
        Sort::Priority => -task.priority,
    };
    (key, task.id.0)
}
