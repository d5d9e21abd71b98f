//! What a delivery says, in the shape that its channel wants.

use chrono::{DateTime, SecondsFormat, Utc};
use minijinja::{Environment, value::Serde};
use serde_json::{Value, json};

use super::sending::SendError;
use crate::model::delivery::{Content, Outgoing};

/// Largest body, in bytes.
const LARGEST_BODY: usize = 512 * 1024;

/// A delivery as it is said now.
pub(super) struct Message {
    /// What receivers tell repetitions by.
    pub id: String,
    /// One line.
    pub title: String,
    /// Everything, in lines.
    pub text: String,
    /// The receiver of a mail, when it is another than the configured ones.
    pub to: Option<String>,
    /// Seconds since 1970.
    pub timestamp: i64,
    facts: Value,
}

impl Message {
    /// What this delivery says at this time.
    pub(super) fn new(outgoing: &Outgoing, now: DateTime<Utc>) -> Self {
        let (title, text) = (outgoing.content.title(), outgoing.content.text());
        let (events, omitted, to) = match &outgoing.content {
            Content::Events { events, omitted } => (json!(events), *omitted, None),
            Content::Text { to, .. } => (json!([]), 0, to.clone()),
        };
        // The level of the worst event: what a receiver may colour the message by.
        let level = match &outgoing.content {
            Content::Events { events, .. } => events.iter().map(|event| event.level).min(),
            Content::Text { .. } => None,
        };
        let kind = match (&outgoing.content, events.as_array().map_or(0, Vec::len), omitted) {
            (Content::Text { .. }, ..) => "text",
            (Content::Events { .. }, 1, 0) => "event",
            _ => "events",
        };
        let facts = json!({
            "type": kind,
            "id": outgoing.message,
            "timestamp": now.to_rfc3339_opts(SecondsFormat::Millis, true),
            "project": outgoing.project,
            "channel": outgoing.channel,
            "level": level.map_or("routine", |level| level.as_str()),
            "title": title,
            "text": text,
            "events": events,
            "omitted": omitted,
        });
        Self { id: outgoing.message.clone(), title, text, to, timestamp: now.timestamp(), facts }
    }

    /// The body: the template filled in, or all facts as JSON.
    pub(super) fn body(&self, template: Option<&str>) -> Result<String, SendError> {
        let body = match template {
            None => self.facts.to_string(),
            Some(template) => {
                let mut environment = Environment::new();
                // Everything is JSON or plain text, never HTML.
                environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
                let rendered = environment.render_str(template, Serde(&self.facts));
                rendered.map_err(|error| SendError::lasting(format!("the template of the body fails: {error}")))?
            }
        };
        if body.len() > LARGEST_BODY {
            return Err(SendError::lasting(format!("the body has {} bytes; {LARGEST_BODY} may go out", body.len())));
        }
        Ok(body)
    }
}
