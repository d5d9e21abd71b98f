//! Comments, and the mentions in them.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use serde_json::json;

use super::{
    error::StoreError,
    row::{Columns, ms, to_json},
    tx::{Db, Tx},
};
use crate::model::{
    event::{EventKind, Level, NewEvent},
    ids::{Actor, AgentId, TaskId},
    records::{Comment, CommentType},
};

/// A comment that is about to be written.
#[derive(Debug, Clone)]
pub struct NewComment {
    /// The task.
    pub task: TaskId,
    /// Who writes.
    pub author: Actor,
    /// The text.
    pub body: String,
    /// What it is meant as.
    pub comment_type: CommentType,
    /// Who should look at it.
    pub mentions: Vec<AgentId>,
}

/// Writes a comment, queues its mentions, and announces it.
pub fn insert(tx: &mut Tx<'_>, new: NewComment) -> Result<Comment, StoreError> {
    let sql = "INSERT INTO comments (task, author, body, comment_type, mentions, created_at) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let author = new.author.to_string();
    let mentions = to_json(&new.mentions)?;
    let values = params![new.task.0, author, new.body, new.comment_type.as_str(), mentions, ms(tx.now())];
    tx.conn.prepare_cached(sql)?.execute(values)?;
    let id = tx.conn.last_insert_rowid();
    for agent in &new.mentions {
        let sql = "INSERT INTO mentions (comment, task, agent, created_at) VALUES (?1, ?2, ?3, ?4)";
        tx.conn.prepare_cached(sql)?.execute(params![id, new.task.0, agent.as_str(), ms(tx.now())])?;
    }
    let payload = json!({"comment": id, "comment_type": new.comment_type, "mentions": new.mentions});
    let summary = format!("{}: {}", new.author, first_line(&new.body));
    tx.event(NewEvent::new(EventKind::CommentAdded, Some(new.task), new.author.clone(), summary).payload(payload))?;
    let NewComment { task, author, body, comment_type, mentions } = new;
    Ok(Comment { id, task, author, body, comment_type, mentions, created_at: tx.now() })
}

/// The beginning of a text, for one line in a list.
pub fn first_line(text: &str) -> String {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
    let short: String = line.chars().take(120).collect();
    if short.len() < line.len() { format!("{short}…") } else { short }
}

/// A task's comments, oldest first.
pub fn of_task(db: &Db<'_>, task: TaskId) -> Result<Vec<Comment>, StoreError> {
    let mut select = db.conn.prepare_cached(
        "SELECT id, task, author, body, comment_type, mentions, created_at FROM comments WHERE task = ?1 ORDER BY id",
    )?;
    let mut rows = select.query([task.0])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        found.push(Comment {
            id: columns.get()?,
            task: TaskId(columns.get()?),
            author: columns.word("author")?,
            body: columns.get()?,
            comment_type: columns.word("comment type")?,
            mentions: columns.json("mentions")?,
            created_at: columns.time()?,
        });
    }
    Ok(found)
}

/// The comments of a task that mention the agent and that it has not been told of: those that this attempt was started
/// for, or all when it was started for none.
pub fn waiting_for(db: &Db<'_>, task: TaskId, agent: &AgentId, attempt: i64) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT comment, attempt = ?3 FROM mentions WHERE task = ?1 AND agent = ?2 AND status = 'pending'";
    let mut select = db.conn.prepare_cached(sql)?;
    let rows = select.query_map(params![task.0, agent.as_str(), attempt], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let rows = rows.collect::<Result<Vec<(i64, Option<bool>)>, _>>()?;
    // What came in after the start is told by another one: nothing is told twice.
    let has_own = rows.iter().any(|(_, own)| *own == Some(true));
    Ok(rows.into_iter().filter(|(_, own)| !has_own || *own == Some(true)).map(|(comment, _)| comment).collect())
}

/// Where the question to an agent that a task waits for stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// It is not told yet, or is at it.
    Waiting,
    /// It has written since it was last mentioned.
    Answered,
    /// It was told, or could not be, and said nothing.
    Silent,
    /// Nobody has mentioned it.
    Never,
}

/// Where the question to an agent stands, by its last mention on the task.
pub fn asked(db: &Db<'_>, task: TaskId, agent: &AgentId) -> Result<Asked, StoreError> {
    let sql = "SELECT comment, status FROM mentions WHERE task = ?1 AND agent = ?2 ORDER BY id DESC LIMIT 1";
    let mut select = db.conn.prepare_cached(sql)?;
    let last = select.query_row(params![task.0, agent.as_str()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let Some((comment, status)): Option<(i64, String)> = last else { return Ok(Asked::Never) };
    let sql = "SELECT 1 FROM comments WHERE task = ?1 AND author = ?2 AND id > ?3";
    let has_written = db.conn.prepare_cached(sql)?.exists(params![task.0, agent.as_str(), comment])?;
    Ok(match (has_written, status.as_str()) {
        (true, _) => Asked::Answered,
        (false, "pending") => Asked::Waiting,
        (false, _) => Asked::Silent,
    })
}

/// True when somebody for whom the task waits has written on it since.
pub fn written_since(db: &Db<'_>, task: TaskId, author: &str, since: DateTime<Utc>) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM comments WHERE task = ?1 AND (author = ?2 OR author LIKE ?2 || ':%') AND created_at >= ?3";
    Ok(db.conn.prepare_cached(sql)?.exists(params![task.0, author, ms(since)])?)
}

/// The mentions of an agent on a task that wait to be delivered, merged.
#[derive(Debug, Clone)]
pub struct PendingMention {
    /// The task.
    pub task: TaskId,
    /// The agent.
    pub agent: AgentId,
    /// Comments that mention it.
    pub comments_count: i64,
    /// Tries to deliver them.
    pub tries_count: i64,
    /// When the first of them was written.
    pub since: DateTime<Utc>,
}

/// Mentions that wait, oldest first.
pub fn pending_mentions(db: &Db<'_>) -> Result<Vec<PendingMention>, StoreError> {
    let mut select = db.conn.prepare_cached(
        "SELECT task, agent, count(*), max(tries_count), min(created_at) FROM mentions WHERE status = 'pending'
         GROUP BY task, agent ORDER BY min(id)",
    )?;
    let mut rows = select.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        found.push(PendingMention {
            task: TaskId(columns.get()?),
            agent: columns.word("agent")?,
            comments_count: columns.get()?,
            tries_count: columns.get()?,
            since: columns.time()?,
        });
    }
    Ok(found)
}

/// Counts a try to deliver a task's mentions of an agent by this attempt.
pub fn try_mentions(tx: &mut Tx<'_>, task: TaskId, agent: &AgentId, attempt: i64) -> Result<(), StoreError> {
    let sql = "UPDATE mentions SET tries_count = tries_count + 1, attempt = ?3 \
               WHERE task = ?1 AND agent = ?2 AND status = 'pending'";
    tx.conn.prepare_cached(sql)?.execute(params![task.0, agent.as_str(), attempt])?;
    Ok(())
}

/// Settles a task's pending mentions of an agent: delivered (by this attempt only, when given) or given up.
pub fn settle_mentions(
    tx: &mut Tx<'_>,
    task: TaskId,
    agent: &AgentId,
    delivered_by: Option<i64>,
) -> Result<(), StoreError> {
    let status = if delivered_by.is_some() { "delivered" } else { "failed" };
    let sql = "UPDATE mentions SET status = ?3, settled_at = ?4 \
               WHERE task = ?1 AND agent = ?2 AND status = 'pending' AND (?5 IS NULL OR attempt = ?5)";
    let values = params![task.0, agent.as_str(), status, ms(tx.now()), delivered_by];
    if tx.conn.prepare_cached(sql)?.execute(values)? == 0 {
        return Ok(());
    }
    let level = if delivered_by.is_some() { Level::Routine } else { Level::Attention };
    let summary = format!("mention of {agent}: {status}");
    let event = NewEvent::new(EventKind::MentionDelivered, Some(task), Actor::Daemon, summary);
    tx.event(event.level(level).payload(json!({"agent": agent, "status": status})))
}
