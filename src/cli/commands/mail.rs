//! `mail`: writing to agents and people, and reading what came.

use clap::{Args, Subcommand};
use serde::Deserialize;
use serde_json::json;

use crate::{
    cli::{
        args::{actor, text_or_stdin, word},
        failure::{Exit, Failure},
        render::{Page, indent, table::Grid},
        session::Session,
    },
    client::request::Request,
    model::{
        ids::Actor,
        mail::{Mail, MailKind},
    },
};

/// The verbs of `mail`.
#[derive(Debug, Subcommand)]
pub enum MailCommand {
    /// Write to an agent or a person
    Send(Send),
    /// Answer a mail
    Reply(Reply),
    /// List mails, newest first
    List(List),
    /// Show a mail and what it answers; notes that it was read
    Read {
        /// The mail's number
        #[arg(value_name = "MAIL")]
        id: i64,
    },
}

/// Arguments of `mail send`.
#[derive(Debug, Args)]
pub struct Send {
    /// Who is to read it: an agent, `human` or `human:NAME`
    #[arg(long, value_name = "WHO", value_parser = actor)]
    pub to: Actor,
    /// What it is about, in one line
    #[arg(long, value_name = "TEXT")]
    pub subject: String,
    /// What it says.
    #[command(flatten)]
    pub text: Text,
}

/// Arguments of `mail reply`.
#[derive(Debug, Args)]
pub struct Reply {
    /// The number of the mail that is answered
    #[arg(value_name = "MAIL")]
    pub id: i64,
    /// Another subject than that of the mail
    #[arg(long, value_name = "TEXT")]
    pub subject: Option<String>,
    /// What it says.
    #[command(flatten)]
    pub text: Text,
}

/// What a mail says and wants.
#[derive(Debug, Args)]
pub struct Text {
    /// The text, or - for standard input
    #[arg(long, value_name = "TEXT")]
    pub body: String,
    /// What it wants [default: request for a new mail, inform for an answer]
    #[arg(long, value_name = "KIND", value_parser = word::<MailKind>(MailKind::WORDS))]
    pub kind: Option<MailKind>,
    /// Seconds until an answer is due
    #[arg(long, value_name = "SECONDS")]
    pub deadline: Option<i64>,
}

/// Arguments of `mail list`.
#[derive(Debug, Args)]
pub struct List {
    /// Only those to this agent or person; `human` stands for every person
    #[arg(long, value_name = "WHO", value_parser = actor)]
    pub to: Option<Actor>,
    /// Only those from this agent or person
    #[arg(long, value_name = "WHO", value_parser = actor)]
    pub from: Option<Actor>,
    /// Only one conversation: the number of its first mail
    #[arg(long, value_name = "MAIL")]
    pub conversation: Option<i64>,
    /// Only those that nobody has read
    #[arg(long)]
    pub unread: bool,
    /// Only requests without an answer
    #[arg(long)]
    pub open: bool,
    /// At most so many
    #[arg(long, value_name = "NUMBER", default_value_t = 50)]
    pub limit: u16,
}

#[derive(Debug, Deserialize)]
struct Mails {
    items: Vec<Mail>,
}

impl MailCommand {
    /// Runs the verb.
    pub async fn run(self, session: &Session) -> Result<Exit, Failure> {
        match self {
            Self::Send(Send { to, subject, text }) => {
                post(session, json!({"to": to, "subject": subject}), text).await?;
            }
            Self::Reply(Reply { id, subject, text }) => {
                post(session, json!({"in_reply_to": id, "subject": subject}), text).await?;
            }
            Self::List(list) => list.run(session).await?,
            Self::Read { id } => {
                let answer = session.value(Request::post(["api", "mail", &id.to_string(), "read"], &json!({}))).await?;
                session.out.show(answer, one)?;
            }
        }
        Ok(Exit::Done)
    }
}

async fn post(session: &Session, head: serde_json::Value, text: Text) -> Result<(), Failure> {
    let mut body = session.signed("from", &head);
    body["body"] = json!(text_or_stdin(text.body)?);
    if let Some(kind) = text.kind {
        body["kind"] = json!(kind);
    }
    if let Some(deadline) = text.deadline {
        body["deadline_seconds"] = json!(deadline);
    }
    let answer = session.value(Request::post(["api", "mail"], &body).repeatable()).await?;
    session.out.show(answer, |mail: &Mail, _: &Page| format!("mail {} to {}: {}", mail.id, mail.to, mail.subject))
}

impl List {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let request = Request::get(["api", "mail"])
            .query("to", self.to)
            .query("from", self.from)
            .query("conversation", self.conversation)
            .query("unread", self.unread.then_some(true))
            .query("open", self.open.then_some(true))
            .query("limit", Some(self.limit));
        session.out.show(session.value(request).await?, table)
    }
}

fn table(mails: &Mails, page: &Page) -> String {
    if mails.items.is_empty() {
        return "no mail".into();
    }
    let mut grid = Grid::new(page, &["MAIL", "FROM", "TO", "STATE", "SENT", "SUBJECT"], 5);
    for mail in &mails.items {
        let cells = [mail.id.to_string(), mail.from.to_string(), mail.to.to_string(), state(mail).to_owned()];
        grid.row(cells.into_iter().chain([page.ago(mail.created_at), mail.subject.clone()]));
    }
    grid.finish()
}

/// What is left to do about it.
fn state(mail: &Mail) -> &'static str {
    match (mail.is_open(), mail.overdue_at.is_some(), mail.read_at.is_some()) {
        (true, true, _) => "overdue",
        (true, false, _) => "open",
        (false, _, false) if mail.to.is_human() => "unread",
        _ => "-",
    }
}

fn one(mail: &Mail, page: &Page) -> String {
    let mut lines = vec![
        page.bold(&mail.subject),
        format!("mail {} ({}) from {} to {}, {}", mail.id, mail.kind, mail.from, mail.to, page.ago(mail.created_at)),
    ];
    lines.extend(mail.in_reply_to.map(|id| format!("answers mail {id}")));
    lines.extend(mail.answered_by.map(|id| format!("answered by mail {id}")));
    lines.extend(
        mail.deadline_at
            .filter(|_| mail.is_open())
            .map(|at| format!("an answer is due at {}", at.format("%Y-%m-%d %H:%M UTC"))),
    );
    lines.push(indent(&mail.body));
    lines.join("\n")
}
