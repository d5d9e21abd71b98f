//! Live events: from history first, then as they happen, without loss and without duplicate.

use std::{collections::VecDeque, sync::Arc};

use futures_util::stream;
use poem_openapi::{
    OpenApi,
    param::{Header, Query},
};
use serde_json::json;
use tokio::sync::broadcast::{self, error::RecvError};
use tokio_util::sync::CancellationToken;

use super::{
    Served, Tag,
    page::words,
    problem::Failure,
    sse::{Item, Places, Sse},
    views::attempt::Event as EventView,
    voices::Voices,
};
use crate::{
    app::{
        App, AppError,
        events::{self, Found},
    },
    model::{
        event::{Event, EventKind, Level},
        ids::{Actor, ProjectId},
    },
    store::daemon_db::IndexQuery,
};

/// Events that are read from history at once.
const PAGE: usize = 500;

/// The stream of all events.
pub struct EventsApi {
    app: Served,
    shutdown: CancellationToken,
    places: Places,
}

impl EventsApi {
    /// Over this app; its streams end with the token.
    pub fn new(app: Served, shutdown: CancellationToken, places: Places) -> Self {
        Self { app, shutdown, places }
    }
}

#[OpenApi(tag = "Tag::Events")]
impl EventsApi {
    /// Events as they happen
    ///
    /// `id` of each is durable and increasing: with `Last-Event-ID` (or `after`) everything since then comes first.
    /// When some of that is gone, an event `gap` says so: fetch again what you show. A comment line comes every 15 s.
    #[oai(path = "/api/events", method = "get", operation_id = "streamEvents")]
    async fn stream(
        &self,
        /// Only events of this project.
        project: Query<Option<ProjectId>>,
        /// Only these levels, as a comma list; without it all but `activity`.
        level: Query<Option<String>>,
        /// Begin behind this id.
        after: Query<Option<i64>>,
        /// Begin behind this id; browsers send it when they connect again.
        #[oai(name = "Last-Event-ID")]
        last: Header<Option<i64>>,
    ) -> Result<Sse<EventView>, Failure> {
        let place = self.places.take()?;
        let levels: Vec<Level> = words("level", level.0.as_deref())?;
        let filter = Filter { project: project.0, levels };
        let feed = Feed::open(&self.app, filter, last.0.or(after.0), self.shutdown.clone()).await?;
        let items = stream::unfold(feed, async |mut feed| feed.next().await.map(|event| (item(event), feed)));
        Ok(Sse::new(items, place))
    }
}

fn item(event: Event) -> Item<EventView> {
    let is_durable = event.kind != EventKind::AgentLog;
    Item { id: is_durable.then_some(event.id.unsigned_abs()), name: event.kind.as_str(), data: event.into() }
}

/// Until it is time to look at what agents print; for ever where nobody wants to know.
async fn pause(voices: &mut Option<Voices>) {
    match voices {
        Some(voices) => voices.pause().await,
        None => std::future::pending().await,
    }
}

/// Which events are wanted.
struct Filter {
    project: Option<ProjectId>,
    /// All but `activity` when empty.
    levels: Vec<Level>,
}

impl Filter {
    fn wants(&self, event: &Event) -> bool {
        let level =
            if self.levels.is_empty() { event.level != Level::Activity } else { self.levels.contains(&event.level) };
        level && (self.project.is_none() || self.project == event.project)
    }

    fn query(&self, after: i64) -> IndexQuery {
        let all_but_activity = [Level::Urgent, Level::Attention, Level::Routine];
        let levels = if self.levels.is_empty() { &all_but_activity[..] } else { &self.levels };
        let levels = levels.iter().map(|level| level.as_str()).collect();
        IndexQuery { after, project: self.project.clone(), levels, limit: PAGE, ..IndexQuery::default() }
    }
}

/// One subscriber.
struct Feed {
    app: App,
    live: broadcast::Receiver<Arc<Event>>,
    filter: Filter,
    /// Everything up to this id was sent, or was not wanted.
    seen: i64,
    /// History is to be read up to this id before live events count again.
    behind: Option<i64>,
    /// Read from history and not sent yet.
    ready: VecDeque<Event>,
    /// What agents print, when that is wanted.
    voices: Option<Voices>,
    shutdown: CancellationToken,
}

impl Feed {
    /// Subscribes first and looks at history then: an event between the two is in both, and its id tells.
    async fn open(
        app: &App,
        filter: Filter,
        after: Option<i64>,
        shutdown: CancellationToken,
    ) -> Result<Self, AppError> {
        let live = app.daemon().subscribe();
        let newest = app.daemon().last_id();
        let wants_voices = filter.levels.contains(&Level::Activity);
        let voices = wants_voices.then(|| Voices::new(app, filter.project.clone()));
        let (app, ready) = (app.clone(), VecDeque::new());
        let mut feed = Self { app, live, filter, seen: newest, behind: None, ready, voices, shutdown };
        if let Some(voices) = &mut feed.voices {
            // The first look finds where the logs are now; what stands there is old.
            voices.look(newest).await;
        }
        if let Some(after) = after {
            feed.resume(after, newest).await?;
        }
        Ok(feed)
    }

    async fn resume(&mut self, after: i64, newest: i64) -> Result<(), AppError> {
        let oldest = events::oldest_id(&self.app).await?.unwrap_or(newest + 1);
        // An id from the future belongs to another root, or to a daemon.db that is gone: go on with what comes.
        self.seen = if after > newest { newest } else { after.max(oldest - 1) };
        self.behind = Some(newest);
        if self.seen != after {
            self.ready.push_back(self.gap(after, self.seen));
        }
        Ok(())
    }

    fn gap(&self, after: i64, resumed_at: i64) -> Event {
        Event {
            id: resumed_at,
            project: None,
            task: None,
            kind: EventKind::Gap,
            level: EventKind::Gap.level(),
            actor: Actor::Daemon,
            at: self.app.now(),
            summary: format!("events between {after} and {resumed_at} are gone: fetch everything again"),
            payload: json!({"after": after, "resumed_at": resumed_at}),
        }
    }

    /// The events, with a gap where some of them are lost.
    fn with_gaps(&self, found: Found) -> Vec<Event> {
        let mut events = found.events;
        let mut lost = found.lost.into_iter().peekable();
        while let Some(first) = lost.next() {
            let next = events.iter().map(|event| event.id).find(|id| *id > first).unwrap_or(i64::MAX);
            let mut last = first;
            while let Some(more) = lost.next_if(|id| *id < next) {
                last = more;
            }
            let place = events.partition_point(|event| event.id < first);
            events.insert(place, self.gap(first - 1, last));
        }
        events
    }

    /// The next wanted event; none when the server stops, or when history cannot be read (the client comes back).
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            if let Some(until) = self.behind {
                self.catch_up(until).await?;
                continue;
            }
            let shutdown = self.shutdown.clone();
            let received = tokio::select! {
                () = shutdown.cancelled() => return None,
                received = self.live.recv() => received,
                () = pause(&mut self.voices) => {
                    if let Some(voices) = &mut self.voices {
                        self.ready.extend(voices.look(self.seen).await);
                    }
                    continue;
                }
            };
            match received {
                Ok(event) if event.id > self.seen => {
                    self.seen = event.id;
                    if self.filter.wants(&event) {
                        return Some(Event::clone(&event));
                    }
                }
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => self.behind = Some(self.app.daemon().last_id()),
                Err(RecvError::Closed) => return None,
            }
        }
    }

    async fn catch_up(&mut self, until: i64) -> Option<()> {
        if self.seen >= until {
            self.behind = None;
            return Some(());
        }
        match events::page(&self.app, self.filter.query(self.seen)).await {
            // A page whose events could all not be read still moves on.
            Ok(found) => {
                self.seen = found.last.unwrap_or(until);
                let events = self.with_gaps(found);
                self.ready.extend(events);
                Some(())
            }
            Err(error) => {
                tracing::warn!(%error, "past events cannot be read; a subscriber is let go and may come back");
                None
            }
        }
    }
}
