//! From events to deliveries: each event is judged once, in order.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use serde_json::Value;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use super::{Alerts, BY_ALERTS, Feed, Passed, has_channels, sending};
use crate::{
    model::{delivery::Content, event::Event},
    policy::answers::Delivery,
    store::{
        Db, StoreError, Tx,
        deliveries::{self, Channel},
    },
};

/// The key of how far the loop has come, in `daemon.db`.
const PLACE: &str = "alerts";
/// Events that are judged before anything is written.
const AT_ONCE: usize = 200;
/// After a long absence nobody wants to hear everything: this many of the newest events are looked at.
const LONGEST_ABSENCE: i64 = 2000;
/// How often it is looked whether there are events, where no commit says so.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// How often the place is written while nothing goes out: a crash costs only that events are judged again.
const NOTE_EVERY: Duration = Duration::from_secs(10);
/// Longest time that a script may have events gathered, in seconds.
const LONGEST_GATHERING: i64 = 7 * 24 * 3600;

/// Judges events until the daemon stops.
pub async fn route(alerts: Alerts, feed: Feed, stop: CancellationToken) -> Result<(), StoreError> {
    let mut changes = alerts.db.changed();
    let mut place = place(&alerts).await?;
    let mut noted = (place, Instant::now());
    loop {
        changes.mark_unchanged();
        let busy = match pass(&alerts, &feed, place).await {
            Ok(Some((to, written))) => {
                place = to;
                if written {
                    noted = (place, Instant::now());
                }
                true
            }
            Ok(None) => false,
            Err(why) => {
                tracing::warn!(%why, "events could not be looked at for notifications; it is tried again");
                false
            }
        };
        if noted.0 != place && noted.1.elapsed() >= NOTE_EVERY {
            note(&alerts, place).await?;
            noted = (place, Instant::now());
        }
        if busy && !stop.is_cancelled() {
            continue;
        }
        tokio::select! {
            () = stop.cancelled() => break,
            // An error means that the database is going away, which the stop tells.
            _ = changes.changed() => {}
            () = sleep(LOOK_EVERY) => {}
        }
    }
    note(&alerts, place).await
}

/// Where the last run ended; at the newest event when there was none, for nobody wants to be told the past.
async fn place(alerts: &Alerts) -> Result<i64, StoreError> {
    let newest = alerts.db.last_id();
    let kept = alerts.db.read(|db: &Db<'_>| db.meta(PLACE)).await?;
    let place = kept.and_then(|text| text.parse().ok());
    if place.is_none() {
        note(alerts, newest).await?;
    }
    Ok(place.unwrap_or(newest).clamp(newest.saturating_sub(LONGEST_ABSENCE), newest))
}

async fn note(alerts: &Alerts, place: i64) -> Result<(), StoreError> {
    let write = move |tx: &mut Tx<'_>| tx.set_meta(PLACE, &place.to_string());
    alerts.db.write(alerts.clock.now(), write).await
}

/// Looks at the next events; answers with how far it came and whether that is written down, or none when there are none.
async fn pass(alerts: &Alerts, feed: &Feed, after: i64) -> Result<Option<(i64, bool)>, String> {
    if alerts.db.last_id() <= after {
        return Ok(None);
    }
    let Passed { events, last } = (feed.history)(after, AT_ONCE).await?;
    let Some(last) = last else { return Ok(None) };
    let mut wanted = Vec::new();
    let failing = sending::failing(alerts).await.map_err(|error| error.to_string())?;
    for event in events {
        let event = Arc::new(event);
        let notify = &alerts.settings(event.project.as_ref()).notify;
        if !has_channels(notify) {
            continue;
        }
        let (dead, deliveries) = (about_channel(&event), (feed.judge)(event.clone()).await);
        // Of a channel that does not work the others tell: not the channel itself, and none that does not work either.
        let tells =
            |name: &str| dead.as_deref().is_none_or(|dead| name != dead && !failing.contains_key(&format!("/{name}")));
        let deliveries = deliveries.into_iter().filter(|delivery| tells(&delivery.channel));
        wanted.extend(deliveries.map(|delivery| (event.clone(), delivery)));
    }
    if wanted.is_empty() {
        return Ok(Some((last, false)));
    }
    let write = move |tx: &mut Tx<'_>| {
        wanted.iter().try_for_each(|(event, delivery)| queue(tx, event, delivery))?;
        tx.set_meta(PLACE, &last.to_string())
    };
    let written: Result<(), StoreError> = alerts.db.write(alerts.clock.now(), write).await;
    written.map_err(|error| error.to_string())?;
    Ok(Some((last, true)))
}

/// The channel that an event is about, where it is about one.
fn about_channel(event: &Event) -> Option<String> {
    let by = event.payload.get("by").and_then(Value::as_str);
    let channel = event.payload.get("channel").and_then(Value::as_str);
    (by == Some(BY_ALERTS)).then(|| channel.unwrap_or_default().to_owned())
}

fn queue(tx: &mut Tx<'_>, event: &Event, delivery: &Delivery) -> Result<(), StoreError> {
    let channel = Channel { project: event.project.clone(), name: delivery.channel.clone() };
    if delivery.batch_seconds == 0 {
        return deliveries::enqueue(tx, &channel, &Content::event(event)).map(drop);
    }
    let due = tx.now() + TimeDelta::seconds(delivery.batch_seconds.clamp(1, LONGEST_GATHERING));
    deliveries::gather(tx, &channel, event, due).map(drop)
}
