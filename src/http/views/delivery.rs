//! Deliveries to channels.

use poem_openapi::Object;

use super::View;
use super::view;
use crate::{
    app::webhooks,
    http::schema::{Nullable, Time},
    model::{
        delivery::{Content, DeliveryState, Outgoing},
        ids::ProjectId,
    },
    store::webhooks_in,
};

view!(
    /// A webhook that came in
    ReceivedWebhook of webhooks_in::Received {
        /// Counts up.
        id: i64,
        /// Name of the source.
        source: String,
        /// The sender's own id of the delivery; null where it sends none.
        delivery: Nullable<String>,
        /// What happened, in the sender's words.
        event: String,
        /// Lines that went into the inbox.
        lines: i64,
        /// When it came.
        at: Time,
    }
);

/// What became of a webhook
#[derive(Debug, Clone, Object)]
pub struct TakenWebhook {
    /// Lines that went into the inbox.
    pub lines: u64,
    /// True when it had come before, by its delivery id or its content; then nothing was done.
    pub duplicate: bool,
}

impl From<webhooks::Taken> for TakenWebhook {
    fn from(model: webhooks::Taken) -> Self {
        Self { lines: model.lines as u64, duplicate: model.duplicate }
    }
}

/// Something that goes out by a channel, and how far it has come
#[derive(Debug, Clone, Object)]
pub struct Delivery {
    /// Counts up.
    pub id: i64,
    /// What receivers tell repetitions by: `webhook-id`, and part of a mail's Message-ID.
    pub message: String,
    /// The project whose channel it is; null for the daemon's own.
    pub project: Nullable<ProjectId>,
    /// `mail`, `desktop`, or a webhook's name.
    pub channel: String,
    /// How far it has come.
    pub state: DeliveryState,
    /// What it says, in one line.
    pub title: String,
    /// What it says.
    pub text: String,
    /// Ids of the events that it tells.
    pub events: Vec<i64>,
    /// When it was asked for.
    pub created_at: Time,
    /// When it is tried next; for one that has ended, when it was due last.
    pub due_at: Time,
    /// When it was delivered or given up; null while it waits.
    pub ended_at: Nullable<Time>,
    /// How often it was tried.
    pub attempts: u32,
    /// The status of the receiver's last answer; null where there was none.
    pub status: Nullable<u16>,
    /// Why the last try failed; null when it did not.
    pub error: Nullable<String>,
}

impl From<Outgoing> for Delivery {
    fn from(model: Outgoing) -> Self {
        let events = match &model.content {
            Content::Events { events, .. } => events.iter().map(|event| event.id).collect(),
            Content::Text { .. } => Vec::new(),
        };
        Self {
            id: model.id,
            message: model.message,
            project: View::of(model.project),
            channel: model.channel,
            state: model.state,
            title: model.content.title(),
            text: model.content.text(),
            events,
            created_at: View::of(model.created_at),
            due_at: View::of(model.due_at),
            ended_at: View::of(model.ended_at),
            attempts: model.attempts,
            status: Nullable(model.status),
            error: View::of(model.error),
        }
    }
}
