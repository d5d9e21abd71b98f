//! Sends what is due: a few at a time, one at a time by a channel, again later when it did not arrive.

use std::{
    collections::{BTreeMap, HashSet},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use tokio::{task::JoinSet, time::sleep};
use tokio_util::sync::CancellationToken;

use super::{Alerts, BY_ALERTS, mail, post, template::Message};
use crate::{
    config::Notify,
    model::{
        delivery::Outgoing,
        event::{EventKind, Level, NewEvent},
        ids::Actor,
    },
    process::tool,
    store::{
        Db, StoreError, Tx, daemon_db,
        deliveries::{self, Channel, Tried},
    },
};

/// Deliveries under way at the same time.
const AT_ONCE: usize = 4;
/// Seconds to wait after the first, second… try that failed; the last one repeats.
const PAUSES: [i64; 7] = [5, 30, 120, 600, 1800, 7200, 21_600];
/// Longest time that a receiver can ask to be left alone, in seconds.
const LONGEST_PAUSE: i64 = 24 * 3600;
/// Failures in a row after which people are told that a channel does not work.
const PATIENCE: u32 = 3;
/// Longest time between two looks: a changed clock must not put a delivery off for ever.
const LOOK_EVERY: Duration = Duration::from_secs(30);
/// How long a desktop program may take.
const DESKTOP: Duration = Duration::from_secs(10);

/// Why a delivery did not arrive.
#[derive(Debug)]
pub(super) struct SendError {
    /// For people; without secrets.
    pub why: String,
    /// The answer's status, where there was one.
    pub status: Option<u16>,
    /// When the receiver wants to be asked again.
    pub retry_after: Option<u64>,
    /// Whether another try could help.
    pub is_final: bool,
}

impl SendError {
    /// Another try may help.
    pub(super) fn passing(why: impl Into<String>) -> Self {
        Self { why: why.into(), status: None, retry_after: None, is_final: false }
    }

    /// No try will help until somebody changes something.
    pub(super) fn lasting(why: impl Into<String>) -> Self {
        Self { is_final: true, ..Self::passing(why) }
    }
}

/// Sends until the daemon stops. What is under way then is sent again at the next start.
pub async fn send(alerts: Alerts, stop: CancellationToken) -> Result<(), StoreError> {
    let mut changes = alerts.db.changed();
    let mut under_way = JoinSet::new();
    let mut busy = HashSet::new();
    let mut failing = failing(&alerts).await?;
    loop {
        changes.mark_unchanged();
        let now = alerts.clock.now();
        let read = move |db: &Db<'_>| match deliveries::next_due(db)? {
            Some(next) if next <= now => deliveries::due(db, now, 50),
            _ => Ok(Vec::new()),
        };
        let due = alerts.db.read(read).await?;
        for outgoing in due {
            if under_way.len() < AT_ONCE && busy.insert(key(&outgoing)) {
                let alerts = alerts.clone();
                under_way.spawn(async move { (deliver(&alerts, &outgoing).await, outgoing) });
            }
        }
        let wait = wait(&alerts, under_way.len() < AT_ONCE && busy.is_empty()).await?;
        tokio::select! {
            () = stop.cancelled() => return Ok(()),
            Some(done) = under_way.join_next() => {
                // A panic in a channel's library leaves its delivery waiting; the pause keeps it from spinning.
                let Ok((result, outgoing)) = done else { busy.clear(); sleep(Duration::from_secs(1)).await; continue };
                busy.remove(&key(&outgoing));
                note(&alerts, outgoing, result, &mut failing).await?;
            }
            _ = changes.changed() => {}
            () = sleep(wait) => {}
        }
    }
}

/// In `daemon.db`, how often in a row each channel has failed: who was told of it before a restart is not told again.
const FAILING: &str = "channels_failing";

pub(super) async fn failing(alerts: &Alerts) -> Result<BTreeMap<String, u32>, StoreError> {
    let kept = alerts.db.read(|db: &Db<'_>| db.meta(FAILING)).await?;
    Ok(kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// Names a channel among all: one that a project has from the root is the root's, whichever project uses it.
fn identity(alerts: &Alerts, outgoing: &Outgoing) -> String {
    let settings = alerts.settings(outgoing.project.as_ref());
    let (own, of_root) = (&settings.notify, &alerts.config.settings().notify);
    let name = outgoing.channel.as_str();
    let hook = |notify: &Notify| notify.webhooks.iter().find(|webhook| webhook.name == name).cloned();
    let is_of_root = match name {
        "mail" => own.mail == of_root.mail,
        "desktop" => own.desktop == of_root.desktop,
        _ => hook(own) == hook(of_root),
    };
    if is_of_root { format!("/{name}") } else { key(outgoing) }
}

fn key(outgoing: &Outgoing) -> String {
    format!("{}/{}", outgoing.project.as_ref().map_or("", |project| project.as_str()), outgoing.channel)
}

/// How long nothing is due.
async fn wait(alerts: &Alerts, is_idle: bool) -> Result<Duration, StoreError> {
    let next = alerts.db.read(deliveries::next_due).await?;
    let until = next.and_then(|at| (at - alerts.clock.now()).to_std().ok());
    Ok(match (next, until) {
        (Some(_), Some(until)) => until.min(LOOK_EVERY),
        // Something is due already: its channel is busy, and tells when it is free.
        (Some(_), None) if !is_idle => LOOK_EVERY,
        (Some(_), None) => Duration::from_millis(100),
        (None, _) => LOOK_EVERY,
    })
}

/// Sends one; answers with the receiver's status where there is such.
async fn deliver(alerts: &Alerts, outgoing: &Outgoing) -> Result<Option<u16>, SendError> {
    let settings = alerts.settings(outgoing.project.as_ref());
    let notify: &Notify = &settings.notify;
    let message = Message::new(outgoing, alerts.clock.now());
    match outgoing.channel.as_str() {
        "mail" => match &notify.mail {
            Some(mail) => mail::send(alerts, mail, &message).await.map(|()| None),
            None => Err(no_channel("notify.mail is not set")),
        },
        "desktop" if notify.desktop.is_empty() => Err(no_channel("notify.desktop is not set")),
        "desktop" => desktop(alerts, &notify.desktop, &message).await.map(|()| None),
        name => match notify.webhooks.iter().find(|webhook| webhook.name == name) {
            // What may be reached is the operator's decision, not a project's.
            Some(webhook) => {
                let allowed = &alerts.config.settings().notify.allowed_addresses;
                post::send(alerts, webhook, allowed, &message).await.map(Some)
            }
            None => Err(no_channel(&format!("there is no webhook `{name}` in notify.webhooks"))),
        },
    }
}

fn no_channel(why: &str) -> SendError {
    SendError::lasting(why)
}

async fn desktop(alerts: &Alerts, argv: &[String], message: &Message) -> Result<(), SendError> {
    let (title, text) = (message.title.as_str(), message.text.as_str());
    let argv: Vec<_> = argv.iter().map(String::as_str).chain([title, text]).collect();
    let ran = tool::run(alerts.config.root().path(), &argv, DESKTOP).await;
    ran.map(drop).map_err(|error| SendError::passing(error.to_string()))
}

/// Writes down how a try went, and tells people when a channel stops or begins to work.
async fn note(
    alerts: &Alerts,
    outgoing: Outgoing,
    result: Result<Option<u16>, SendError>,
    failing: &mut BTreeMap<String, u32>,
) -> Result<(), StoreError> {
    let now = alerts.clock.now();
    let (id, channel, identity) = (outgoing.id, outgoing.channel.clone(), identity(alerts, &outgoing));
    let before = failing.get(&identity).copied();
    let (tried, told) = match result {
        Ok(status) => {
            tracing::info!(id, channel, "delivered");
            let worked_before = failing.remove(&identity).is_none_or(|count| count < PATIENCE);
            (Tried { status, error: None, again_at: None }, (!worked_before).then(|| works_again(&outgoing)))
        }
        Err(error) => {
            let count = failing.entry(identity.clone()).or_default();
            *count = count.saturating_add(1);
            let is_news = *count == PATIENCE || error.is_final && *count < PATIENCE;
            if error.is_final {
                *count = (*count).max(PATIENCE);
            }
            let settings = alerts.settings(outgoing.project.as_ref());
            let again_at = again_at(&outgoing, &error, settings.notify.max_attempts, now);
            tracing::warn!(id, channel, why = %error.why, ?again_at, "a delivery did not arrive");
            let told = is_news.then(|| is_broken(&outgoing, &error.why));
            (Tried { status: error.status, error: Some(error.why), again_at }, told)
        }
    };
    // Only what decides about telling is worth a write.
    let known = (failing.get(&identity).copied() != before).then(|| json!(failing).to_string());
    let write = move |tx: &mut Tx<'_>| {
        deliveries::tried(tx, id, &tried)?;
        if let Some(known) = known {
            tx.set_meta(FAILING, &known)?;
        }
        told.map_or(Ok(()), |event| daemon_db::publish(tx, event))
    };
    alerts.db.write(now, write).await
}

/// When to try again; none when it is given up.
fn again_at(outgoing: &Outgoing, error: &SendError, most: u32, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let tried = outgoing.attempts + 1;
    if error.is_final || tried >= most {
        return None;
    }
    let index = usize::try_from(tried).unwrap_or(usize::MAX).saturating_sub(1).min(PAUSES.len() - 1);
    let pause = PAUSES[index];
    // Up to a fifth more, different for each message: those that failed together do not come back together.
    let spread = outgoing.message.bytes().fold(0_i64, |sum, byte| (sum * 31 + i64::from(byte)) % 1000);
    let asked = error.retry_after.and_then(|seconds| i64::try_from(seconds).ok()).unwrap_or(0).min(LONGEST_PAUSE);
    Some(now + TimeDelta::milliseconds((pause * 1000 + pause * spread / 5).max(asked * 1000)))
}

fn is_broken(outgoing: &Outgoing, why: &str) -> NewEvent {
    let summary = format!("notifications by `{}` do not arrive: {why}", outgoing.channel);
    about(outgoing, summary, Level::Attention)
}

fn works_again(outgoing: &Outgoing) -> NewEvent {
    about(outgoing, format!("notifications by `{}` arrive again", outgoing.channel), Level::Routine)
}

fn about(outgoing: &Outgoing, summary: String, level: Level) -> NewEvent {
    let channel = Channel { project: outgoing.project.clone(), name: outgoing.channel.clone() };
    let payload = json!({"by": BY_ALERTS, "channel": channel.name, "project": channel.project});
    NewEvent::new(EventKind::DaemonState, None, Actor::Daemon, summary).level(level).payload(payload)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::delivery::{Content, DeliveryState};

    fn outgoing(attempts: u32) -> Outgoing {
        Outgoing {
            id: 1,
            message: "msg_1".into(),
            project: None,
            channel: "ops".into(),
            state: DeliveryState::Waiting,
            content: Content::Text { title: "t".into(), text: "x".into(), to: None },
            created_at: DateTime::UNIX_EPOCH,
            due_at: DateTime::UNIX_EPOCH,
            ended_at: None,
            attempts,
            status: None,
            error: None,
        }
    }

    #[test]
    fn pauses_grow_and_end() {
        let now = DateTime::UNIX_EPOCH;
        let pause = |attempts, error: &SendError| {
            again_at(&outgoing(attempts), error, 8, now).map(|at| (at - now).num_seconds())
        };
        let passing = SendError::passing("no answer");
        for (attempts, least) in PAUSES.iter().enumerate() {
            let got = pause(attempts as u32, &passing).unwrap();
            assert!((*least..=least * 6 / 5).contains(&got), "{attempts}: {got}");
        }
        assert_eq!(pause(7, &passing), None);
        assert_eq!(pause(0, &SendError::lasting("gone")), None);
        let busy = SendError { retry_after: Some(90), ..SendError::passing("busy") };
        assert_eq!(pause(0, &busy), Some(90));
        let forever = SendError { retry_after: Some(u64::MAX), ..SendError::passing("busy") };
        assert!(pause(0, &forever).unwrap() <= LONGEST_PAUSE);
    }
}
