//! Mail.

use super::view;
use crate::{
    http::schema::{Nullable, Time},
    model::{
        self,
        ids::{Actor, TaskId},
        mail::MailKind,
        status::Status,
    },
};

view!(
    /// A mail between agents and people
    Mail of model::mail::Mail {
        /// Counts up.
        id: i64,
        /// The task of the project `_mail` that carries it; of a request to an agent, the one that it works on.
        task: TaskId,
        /// Where that task stands.
        task_status: Status,
        /// The mail that the conversation began with.
        conversation: i64,
        /// The mail that this one answers.
        in_reply_to: Nullable<i64>,
        /// Who wrote it.
        from: Actor,
        /// Who is to read it: an agent, `human` or `human:<name>`.
        to: Actor,
        /// What it wants.
        kind: MailKind,
        /// One line.
        subject: String,
        /// The text, in Markdown.
        body: String,
        /// When an answer is due.
        deadline_at: Nullable<Time>,
        /// When it was noticed that none had come by then.
        overdue_at: Nullable<Time>,
        /// The first mail that answered it.
        answered_by: Nullable<i64>,
        /// When it was read; null while a person has not.
        read_at: Nullable<Time>,
        /// When it was written.
        created_at: Time,
    }
);
