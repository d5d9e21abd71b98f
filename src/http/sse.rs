//! Server-sent events as an answer of the API.
//!
//! poem-openapi's own `EventStream` documents an array of events; this one documents a single event, which is what
//! generated clients want, and it can stand in `Result<_, Failure>`.

use std::{marker::PhantomData, sync::Arc, time::Duration};

use futures_util::{Stream, StreamExt, stream::BoxStream};
use poem::{
    IntoResponse, Response,
    web::sse::{Event, SSE},
};
use poem_openapi::{
    ApiResponse,
    payload::Payload,
    registry::{MetaMediaType, MetaResponse, MetaResponses, MetaSchemaRef, Registry},
    types::{ToJSON, Type},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::problem::Problem;

/// A comment line is sent this often, so that proxies keep the connection and clients notice its loss.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How long a browser waits before it connects again.
const RETRY: Duration = Duration::from_secs(2);

/// One event: its id, its name, and the object it carries.
pub struct Item<E> {
    /// What a client sends as `Last-Event-ID` to go on behind this event; none where there is no going back to it.
    pub id: Option<u64>,
    /// Name of the event.
    pub name: &'static str,
    /// Its data.
    pub data: E,
}

/// Places for live streams: one that finds none is refused.
#[derive(Clone)]
pub struct Places(Arc<Semaphore>);

impl Places {
    /// So many.
    pub fn new(streams: u32) -> Self {
        Self(Arc::new(Semaphore::new(streams as usize)))
    }

    /// A place for as long as it is held.
    pub fn take(&self) -> Result<OwnedSemaphorePermit, Problem> {
        self.0.clone().try_acquire_owned().map_err(|_| {
            let hint = "close streams that nobody reads, or raise server.max_streams";
            Problem::new("rate_limited", "too many live streams are open", hint)
        })
    }
}

/// A stream of events.
pub struct Sse<E> {
    events: BoxStream<'static, Event>,
    of: PhantomData<fn() -> E>,
}

impl<E: ToJSON + 'static> Sse<E> {
    /// Sends these items until the stream ends; its place is free then.
    pub fn new(items: impl Stream<Item = Item<E>> + Send + 'static, place: OwnedSemaphorePermit) -> Self {
        let event = move |item: Item<E>| {
            let _held = &place;
            let event = Event::message(item.data.to_json_string()).event_type(item.name);
            match item.id {
                Some(id) => event.id(id.to_string()),
                None => event,
            }
        };
        let first = futures_util::stream::once(async { Event::retry(RETRY.as_millis() as u64) });
        Self { events: first.chain(items.map(event)).boxed(), of: PhantomData }
    }
}

impl<E: Type> Payload for Sse<E> {
    const CONTENT_TYPE: &'static str = "text/event-stream";

    fn schema_ref() -> MetaSchemaRef {
        E::schema_ref()
    }

    fn register(registry: &mut Registry) {
        E::register(registry);
    }
}

impl<E> IntoResponse for Sse<E> {
    fn into_response(self) -> Response {
        SSE::new(self.events).keep_alive(KEEP_ALIVE).into_response()
    }
}

impl<E: Type> ApiResponse for Sse<E> {
    fn meta() -> MetaResponses {
        let content = vec![MetaMediaType { content_type: Self::CONTENT_TYPE, schema: E::schema_ref() }];
        let description = "A stream of events; `data` of each is one object";
        let response = MetaResponse { description, status: Some(200), status_range: None, content, headers: vec![] };
        MetaResponses { responses: vec![response] }
    }

    fn register(registry: &mut Registry) {
        E::register(registry);
    }
}
