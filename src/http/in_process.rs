//! The same routes without a server: what the command line works with when no daemon runs.

use std::sync::Arc;

use futures_util::FutureExt;
use poem::{Endpoint, Request};
use tokio_util::sync::CancellationToken;

use super::{Access, routes};
use crate::{
    app::App,
    client::{request, transport::Handler},
};

/// Answers requests of this process, on behalf of the local user.
pub fn handler(app: App) -> Handler {
    let routes = Arc::new(routes(app, Access::trusted(), CancellationToken::new()));
    Arc::new(move |request| {
        let routes = routes.clone();
        async move {
            let response = match routes.call(received(request)).await {
                Ok(response) => response,
                Err(error) => error.into_response(),
            };
            let status = response.status().as_u16();
            let notice = response.header(request::NUDGE_HEADER).map(request::decoded);
            let body = response.into_body().into_vec().await.unwrap_or_default();
            request::Response { status, body, notice }
        }
        .boxed()
    })
}

/// The request as it would have come over the socket.
fn received(request: request::Request) -> Request {
    // Targets are percent-encoded; one that is no URI all the same finds no route.
    let mut builder = Request::builder().uri(request.target().parse().unwrap_or_default());
    if let Ok(method) = request.method.as_str().parse() {
        builder = builder.method(method);
    }
    for (name, value) in &request.headers {
        builder = builder.header(*name, value.as_str());
    }
    builder.body(request.body)
}
