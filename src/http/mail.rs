//! Mail between agents and people.

use poem_openapi::{
    OpenApi,
    param::{Path, Query},
    payload::Json,
};

use super::{
    Served, Tag,
    bodies::records::NewMail,
    body::Body,
    caller::{Created, Token, caller},
    page::{Page, Paging},
    problem::Failure,
    views::mail::Mail,
};
use crate::{
    app::mail,
    model::{ids::Actor, mail::MailKind},
    store::mails::Filter,
};

/// Routes of mail.
pub struct MailApi(pub Served);

#[OpenApi(prefix_path = "/api", tag = "Tag::Attention")]
impl MailApi {
    /// Mails, newest first
    #[oai(path = "/mail", method = "get", operation_id = "listMail")]
    #[expect(clippy::too_many_arguments, reason = "each is a parameter of the query")]
    async fn list(
        &self,
        /// Only those to this agent or person; `human` stands for every person.
        to: Query<Option<Actor>>,
        /// Only those from this agent or person.
        from: Query<Option<Actor>>,
        /// Only those that want this.
        kind: Query<Option<MailKind>>,
        /// Only those of this conversation: the id of its first mail.
        conversation: Query<Option<i64>>,
        /// Only answers to this mail.
        in_reply_to: Query<Option<i64>>,
        /// Only those that nobody has read yet.
        #[oai(default)]
        unread: Query<bool>,
        /// Only requests that have no answer yet.
        #[oai(default)]
        open: Query<bool>,
        /// At most so many.
        #[oai(validator(minimum(value = "1"), maximum(value = "500")))]
        limit: Query<Option<u16>>,
        /// Where to go on: `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Json<Page<Mail>>, Failure> {
        let paging = Paging::new(limit.0, cursor.0);
        let filter = Filter {
            to: to.0,
            from: from.0,
            task: None,
            kind: kind.0,
            conversation: conversation.0,
            in_reply_to: in_reply_to.0,
            unread: unread.0,
            open: open.0,
            before: paging.number()?,
            limit: paging.probe(),
        };
        let found = mail::list(&self.0, filter).await?;
        Ok(Json(paging.page(found, |mail| mail.id.to_string())))
    }

    /// Sends a mail, or answers one
    ///
    /// A `request` (the default for a new mail) wants an answer: an agent is started to give it, a person finds it in the
    /// mailbox. An `inform` (the default for an answer) is to be known: an agent is told once, and whoever only answers
    /// an `inform` starts nobody. The first answer to a request closes it.
    #[oai(path = "/mail", method = "post", operation_id = "sendMail")]
    async fn send(
        &self,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<NewMail>,
    ) -> Result<Created<Mail>, Failure> {
        let (who, new) = body.0.into();
        Ok(Created::of(mail::send(&self.0, &caller(who, token)?, new).await?))
    }

    /// One mail
    #[oai(path = "/mail/:mail", method = "get", operation_id = "getMail")]
    async fn get(&self, mail: Path<i64>) -> Result<Json<Mail>, Failure> {
        Ok(Json(mail::get(&self.0, mail.0).await?.into()))
    }

    /// Notes that a mail was read
    #[oai(path = "/mail/:mail/read", method = "post", operation_id = "readMail")]
    async fn read(&self, mail: Path<i64>) -> Result<Json<Mail>, Failure> {
        Ok(Json(mail::read(&self.0, mail.0).await?.into()))
    }
}
