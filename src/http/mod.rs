//! All HTTP: routes, views, the OpenAPI document, live events, access, and the dashboard's files.
//!
//! The one home of poem. A handler parses a view, calls one function of `app`, and answers with a view; whatever goes
//! wrong becomes the error object of [`problem`]. The document is generated from the handlers, and request bodies are
//! checked against it.

mod assets;
mod auth;
mod backups;
mod bodies;
mod body;
mod caller;
mod daemon;
mod deliveries;
mod events;
mod expand;
mod files;
mod history;
mod in_process;
mod keys;
mod limits;
mod listener;
mod logs;
mod mail;
mod metrics;
mod mounted;
mod nudges;
mod openapi;
mod operations;
mod outputs;
mod page;
mod problem;
mod projects;
mod prompts;
mod questions;
pub mod record_schemas;
mod records;
mod reviews;
mod schema;
mod schemas;
mod scripts;
mod skills;
mod sse;
mod system;
mod tasks;
mod transitions;
mod usage;
mod views;
mod voices;
mod webhooks;

use std::{ops::Deref, sync::Arc, time::Duration};

use poem::{
    Endpoint, EndpointExt, IntoEndpoint, Request, Response, Route, endpoint::BoxEndpoint, middleware::CatchPanic,
};
use poem_openapi::Tags;
use tokio_util::sync::CancellationToken;

pub use self::{
    auth::Access,
    in_process::handler,
    listener::{BindError, Bound},
    mounted::Mounted,
    openapi::{spec_json, spec_yaml},
};
use crate::app::App;

/// How long answers that are under way may take once the server is to stop.
const LAST_ANSWERS: Duration = Duration::from_secs(5);

/// A connection that is silent for longer is closed; longer than any answer may take.
const IDLE: Duration = Duration::from_secs(330);

/// The chapters of the document.
#[derive(Tags)]
enum Tag {
    /// Health, metrics and this document.
    System,
    /// The daemon and its ticker.
    Daemon,
    /// Projects.
    Projects,
    /// Tasks.
    Tasks,
    /// The verbs that move a task.
    Transitions,
    /// What is written on a task, and what was learned.
    Records,
    /// Reviews and rebuttals.
    Reviews,
    /// Attempts and their logs.
    Attempts,
    /// What has happened, and what happens now.
    Events,
    /// What waits for a person.
    Attention,
    /// Policy scripts.
    Policies,
    /// Skills.
    Knowledge,
    /// Agents, jobs, backups, inbox, configuration.
    Operations,
}

/// The app behind the routes. There is none where only the document is made, and no request ever comes there.
#[derive(Clone)]
struct Served(Option<App>);

impl Deref for Served {
    type Target = App;

    #[expect(clippy::expect_used, reason = "`routes` is the only way to mount routes, and it takes an app")]
    fn deref(&self) -> &App {
        self.0.as_ref().expect("routes are mounted with an app")
    }
}

/// Everything that the server answers: the API, its document and Swagger UI, and the dashboard.
pub fn routes(app: App, access: Access, shutdown: CancellationToken) -> BoxEndpoint<'static> {
    guarded(route(&app, &access, shutdown), app, access)
}

/// The same, and what others answer below paths of their own, behind the same checks.
pub fn routes_with(
    app: App,
    access: Access,
    shutdown: CancellationToken,
    others: impl IntoIterator<Item = (&'static str, Mounted)>,
) -> BoxEndpoint<'static> {
    let route = route(&app, &access, shutdown);
    let route = others.into_iter().fold(route, |route, (path, other)| route.at(path, mounted::endpoint(other)));
    guarded(route, app, access)
}

fn route(app: &App, access: &Access, shutdown: CancellationToken) -> Route {
    let api = openapi::service(Served(Some(app.clone())), shutdown);
    Route::new()
        .at("/login", auth::login(access.clone(), app.clone()))
        .at("/api/docs", openapi::swagger_ui())
        .nest("/", NotFoundNext { api: api.into_endpoint(), assets: assets::Assets::new(app.clone()) })
}

fn guarded(route: Route, app: App, access: Access) -> BoxEndpoint<'static> {
    let reminding = app.clone();
    let rates = Arc::new(limits::Rates::default());
    route
        .around(move |next, request| nudges::told(reminding.clone(), next, request))
        .with(CatchPanic::new().with_handler(problem::panicked))
        .around(move |next, request| auth::guarded((access.clone(), app.clone()), rates.clone(), next, request))
        .catch_all_error(problem::answer)
        .after(auth::secured)
        .boxed()
}

/// The API, and the dashboard's files for every path that is none of the API's.
struct NotFoundNext<A> {
    api: A,
    assets: assets::Assets,
}

impl<A: Endpoint<Output = Response>> Endpoint for NotFoundNext<A> {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let path = request.uri().path();
        if path.starts_with("/api/") || path == "/api" || path == "/healthz" || path == "/metrics" {
            self.api.call(request).await
        } else {
            self.assets.call(request).await
        }
    }
}

/// Answers requests until the shutdown token is cancelled and the answers under way are given.
pub async fn serve(bound: Bound, routes: BoxEndpoint<'static>, shutdown: CancellationToken) -> std::io::Result<()> {
    let (acceptor, socket) = bound.into_acceptor();
    let server = poem::Server::new_with_acceptor(acceptor).idle_timeout(IDLE);
    let served = server.run_with_graceful_shutdown(routes, shutdown.cancelled_owned(), Some(LAST_ANSWERS)).await;
    listener::remove(&socket);
    served
}
