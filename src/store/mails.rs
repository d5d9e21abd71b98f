//! Mail between agents and people, each on a task of the project `_mail`.

use chrono::{DateTime, Utc};
use rusqlite::params;
use serde_json::json;

use super::{
    error::StoreError,
    row::{Columns, ms},
    tx::{Db, Tx},
};
use crate::model::{
    event::{EventKind, Level, NewEvent},
    ids::{Actor, TaskId},
    mail::{Mail, MailKind},
    records::Severity,
};

const COLUMNS: &str = "m.id, m.task, t.status, m.conversation, m.in_reply_to, m.sender, m.recipient, m.kind, m.subject, \
    m.body, m.deadline_at, m.overdue_at, m.answered_by, m.read_at, m.created_at";

/// A mail that is about to be written.
#[derive(Debug, Clone)]
pub struct NewMail {
    /// The task that carries it.
    pub task: TaskId,
    /// The mail that it answers.
    pub in_reply_to: Option<Mail>,
    /// Who writes.
    pub from: Actor,
    /// Who is to read it.
    pub to: Actor,
    /// What it wants.
    pub kind: MailKind,
    /// One line.
    pub subject: String,
    /// The text.
    pub body: String,
    /// When an answer is due.
    pub deadline_at: Option<DateTime<Utc>>,
}

/// Writes a mail, and with it that the one it answers is answered and was read. Announces it: at once to people.
pub fn insert(tx: &mut Tx<'_>, new: NewMail) -> Result<Mail, StoreError> {
    let sql = "INSERT INTO mails (task, conversation, in_reply_to, sender, recipient, kind, subject, body, deadline_at, \
               created_at) VALUES (?1, coalesce(?2, 0), ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let answered = new.in_reply_to.as_ref();
    tx.conn.prepare_cached(sql)?.execute(params![
        new.task.0,
        answered.map(|mail| mail.conversation),
        answered.map(|mail| mail.id),
        new.from.to_string(),
        new.to.to_string(),
        new.kind.as_str(),
        new.subject,
        new.body,
        new.deadline_at.map(ms),
        ms(tx.now()),
    ])?;
    let id = tx.conn.last_insert_rowid();
    match answered {
        // A conversation has the number of its first mail.
        None => {
            tx.conn.prepare_cached("UPDATE mails SET conversation = id WHERE id = ?1")?.execute([id])?;
        }
        Some(mail) => answer(tx, mail.id, id)?,
    }
    let level = if new.to.is_human() { Level::Attention } else { Level::Routine };
    let summary = format!("{} to {} ({}): {}", new.from, new.to, new.kind, new.subject);
    let payload = json!({"mail": id, "from": new.from, "to": new.to, "mail_kind": new.kind,
        "in_reply_to": answered.map(|mail| mail.id)});
    let event = NewEvent::new(EventKind::CommentAdded, Some(new.task), new.from, summary);
    tx.event(event.level(level).payload(payload))?;
    require(tx, id)
}

/// Notes the first answer to a mail, and that it was read.
fn answer(tx: &mut Tx<'_>, mail: i64, by: i64) -> Result<(), StoreError> {
    let sql = "UPDATE mails SET answered_by = coalesce(answered_by, ?2), read_at = coalesce(read_at, ?3) WHERE id = ?1";
    tx.conn.prepare_cached(sql)?.execute(params![mail, by, ms(tx.now())])?;
    Ok(())
}

/// Notes that somebody has read a mail; false when it was read before.
pub fn read(tx: &mut Tx<'_>, id: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE mails SET read_at = ?2 WHERE id = ?1 AND read_at IS NULL";
    Ok(tx.conn.prepare_cached(sql)?.execute(params![id, ms(tx.now())])? > 0)
}

/// Notes requests whose answer is late, each once, with an observation on its task; answers with how many.
pub fn note_overdue(tx: &mut Tx<'_>) -> Result<usize, StoreError> {
    let due =
        "m.kind = 'request' AND m.deadline_at <= ?1 AND m.answered_by IS NULL AND m.overdue_at IS NULL ORDER BY m.id";
    let late = select(tx, due, params![ms(tx.now())])?;
    for mail in &late {
        let sql = "UPDATE mails SET overdue_at = ?2 WHERE id = ?1";
        tx.conn.prepare_cached(sql)?.execute(params![mail.id, ms(tx.now())])?;
        let text = format!("{} has not answered mail {} of {} in time: {}", mail.to, mail.id, mail.from, mail.subject);
        super::notes::observe(tx, Some(mail.task), Actor::Daemon, text.clone(), Severity::Warning)?;
        let event = NewEvent::new(EventKind::ZombieSuspected, Some(mail.task), Actor::Daemon, text);
        tx.event(
            event.payload(json!({"mail": mail.id, "overdue": true, "to": mail.to, "deadline_at": mail.deadline_at})),
        )?;
    }
    Ok(late.len())
}

/// When the next answer is due.
pub fn next_deadline(db: &Db<'_>) -> Result<Option<DateTime<Utc>>, StoreError> {
    let sql = "SELECT min(deadline_at) FROM mails \
               WHERE kind = 'request' AND deadline_at IS NOT NULL AND answered_by IS NULL AND overdue_at IS NULL";
    let at: Option<i64> = db.conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
    Ok(at.map(super::row::time))
}

/// A mail, or an error that names it.
pub fn require(db: &Db<'_>, id: i64) -> Result<Mail, StoreError> {
    let found = select(db, "m.id = ?1", params![id])?.pop();
    found.ok_or_else(|| StoreError::NotFound(format!("mail {id}")))
}

/// The open request that a task carries.
pub fn open_request(db: &Db<'_>, task: TaskId) -> Result<Option<Mail>, StoreError> {
    let which = "m.task = ?1 AND m.kind = 'request' AND m.answered_by IS NULL ORDER BY m.id";
    Ok(select(db, which, params![task.0])?.into_iter().next())
}

/// Which mails are wanted; what is none does not matter.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// To this agent or person; `human` stands for every person.
    pub to: Option<Actor>,
    /// From this agent or person.
    pub from: Option<Actor>,
    /// On this task.
    pub task: Option<TaskId>,
    /// Of this kind.
    pub kind: Option<MailKind>,
    /// Of this conversation.
    pub conversation: Option<i64>,
    /// Answers to this mail.
    pub in_reply_to: Option<i64>,
    /// Only those that nobody has read.
    pub unread: bool,
    /// Only requests without an answer.
    pub open: bool,
    /// Only those older than this one.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: i64,
}

/// Mails, newest first.
pub fn list(db: &Db<'_>, filter: &Filter) -> Result<Vec<Mail>, StoreError> {
    let any = |actor: &Actor| format!("{actor}:%");
    let which = "(?1 IS NULL OR m.recipient = ?1 OR m.recipient LIKE ?2) AND (?3 IS NULL OR m.sender = ?3) \
                 AND (?4 IS NULL OR m.kind = ?4) AND (?5 IS NULL OR m.conversation = ?5) \
                 AND (?6 IS NULL OR m.in_reply_to = ?6) AND (?7 = 0 OR m.read_at IS NULL) \
                 AND (?8 = 0 OR (m.kind = 'request' AND m.answered_by IS NULL)) \
                 AND (?9 IS NULL OR m.id < ?9) AND (?11 IS NULL OR m.task = ?11) ORDER BY m.id DESC LIMIT ?10";
    select(
        db,
        which,
        params![
            filter.to.as_ref().map(ToString::to_string),
            filter.to.as_ref().filter(|to| **to == Actor::human()).map(any),
            filter.from.as_ref().map(ToString::to_string),
            filter.kind.map(MailKind::as_str),
            filter.conversation,
            filter.in_reply_to,
            filter.unread,
            filter.open,
            filter.before,
            filter.limit,
            filter.task.map(|task| task.0),
        ],
    )
}

fn select(db: &Db<'_>, which: &str, values: impl rusqlite::Params) -> Result<Vec<Mail>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM mails m JOIN tasks t ON t.id = m.task WHERE {which}");
    let mut select = db.conn.prepare_cached(&sql)?;
    let mut rows = select.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        found.push(Mail {
            id: columns.get()?,
            task: TaskId(columns.get()?),
            task_status: columns.word("status")?,
            conversation: columns.get()?,
            in_reply_to: columns.get()?,
            from: columns.word("sender")?,
            to: columns.word("recipient")?,
            kind: columns.word("mail kind")?,
            subject: columns.get()?,
            body: columns.get()?,
            deadline_at: columns.optional_time()?,
            overdue_at: columns.optional_time()?,
            answered_by: columns.get()?,
            read_at: columns.optional_time()?,
            created_at: columns.time()?,
        });
    }
    Ok(found)
}
