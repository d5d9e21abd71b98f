//! Mail between agents and people.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    ids::{Actor, TaskId},
    status::Status,
    words::words,
};

words!(
    /// What a mail wants.
    MailKind, "mail kind" {
        /// An answer.
        Request = "request",
        /// To be known.
        Inform = "inform",
    }
);

/// A mail. Its conversation lies on a task of the project `_mail`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Mail {
    /// Counts up.
    pub id: i64,
    /// The task that carries it: a request to an agent is done when that is.
    pub task: TaskId,
    /// Where that task stands.
    pub task_status: Status,
    /// The mail that the conversation began with.
    pub conversation: i64,
    /// The mail that this one answers.
    pub in_reply_to: Option<i64>,
    /// Who wrote it.
    pub from: Actor,
    /// Who is to read it: an agent, `human` or `human:<name>`.
    pub to: Actor,
    /// What it wants.
    pub kind: MailKind,
    /// One line.
    pub subject: String,
    /// The text, in Markdown.
    pub body: String,
    /// When an answer is due.
    pub deadline_at: Option<DateTime<Utc>>,
    /// When it was noticed that none had come by then.
    pub overdue_at: Option<DateTime<Utc>>,
    /// The mail that answered it.
    pub answered_by: Option<i64>,
    /// When a person had read it. Agents read what they are started with.
    pub read_at: Option<DateTime<Utc>>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}

impl Mail {
    /// True for a request without an answer.
    pub fn is_open(&self) -> bool {
        self.kind == MailKind::Request && self.answered_by.is_none()
    }
}
