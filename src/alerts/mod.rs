//! Deliveries out: which events leave the house, by which channel, and whether they arrived.
//!
//! [`routing`] reads events in the order of the index, asks policy about each, and writes what is to go out into
//! `daemon.db` together with how far it has come; [`sending`] sends what is due and writes down how that went. So an
//! event is judged once, and a delivery is tried until it arrives or is given up, also over a crash: at least once,
//! each with an id that receivers tell repetitions by. Nothing else waits for either loop.

mod guard;
mod mail;
mod post;
mod routing;
mod sending;
mod sign;
mod template;

use std::sync::Arc;

use futures_util::future::BoxFuture;

pub use self::{guard::is_internal, routing::route, sending::send};
use crate::{
    clock::SharedClock,
    config::{ConfigHandle, Notify, SecretRef, Settings},
    model::{event::Event, ids::ProjectId},
    policy::answers::Delivery,
    process::tool,
    store::DaemonDb,
};

/// Key in events about channels themselves: nobody is told about a channel by itself.
pub const BY_ALERTS: &str = "alerts";

/// What both loops work with; cheap to clone.
#[derive(Clone)]
pub struct Alerts {
    /// Where deliveries and the daemon's events are.
    pub db: DaemonDb,
    /// The channels.
    pub config: ConfigHandle,
    /// The clock.
    pub clock: SharedClock,
}

/// Events after an id, oldest first and at most so many; with the last id that was looked at.
pub type History = Arc<dyn Fn(i64, usize) -> BoxFuture<'static, Result<Passed, String>> + Send + Sync>;
/// Asks policy about an event.
pub type Judge = Arc<dyn Fn(Arc<Event>) -> BoxFuture<'static, Vec<Delivery>> + Send + Sync>;

/// A part of the history.
#[derive(Debug, Default)]
pub struct Passed {
    /// The events that could be read.
    pub events: Vec<Event>,
    /// The last id of the index that was looked at; none when there is nothing new.
    pub last: Option<i64>,
}

/// Where events come from, and who judges them: both belong to others, who give them.
#[derive(Clone)]
pub struct Feed {
    /// Reads events.
    pub history: History,
    /// Judges one.
    pub judge: Judge,
}

impl Alerts {
    /// The settings that hold for a channel of this project.
    fn settings(&self, project: Option<&ProjectId>) -> Arc<Settings> {
        match project.map(|id| self.config.project(id)) {
            Some(Ok(own)) => own.effective.clone(),
            _ => self.config.settings(),
        }
    }

    /// A secret of the configuration.
    async fn secret(&self, secret: SecretRef<'_>) -> Result<Option<String>, String> {
        let root = self.config.root();
        let folder = root.path().to_owned();
        let run = async move |argv: Vec<String>| {
            let argv: Vec<_> = argv.iter().map(String::as_str).collect();
            tool::run(&folder, &argv, SECRET_COMMAND).await.map_err(|error| error.to_string())
        };
        secret.read(root, self.config.environment(), run).await.map_err(|error| error.to_string())
    }
}

/// How long a program may take that prints a secret.
const SECRET_COMMAND: std::time::Duration = std::time::Duration::from_secs(10);

/// True when there is any channel.
fn has_channels(notify: &Notify) -> bool {
    !notify.webhooks.is_empty() || notify.mail.is_some() || !notify.desktop.is_empty()
}
