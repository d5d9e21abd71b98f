//! The same tools over HTTP: one request, one answer, no session to lose when the daemon restarts.

use std::{convert::Infallible, sync::Arc};

use futures_util::{FutureExt, future::BoxFuture};
use http_body_util::{BodyExt, Full};
use rmcp::{
    RoleServer,
    service::RequestContext,
    transport::streamable_http_server::{
        StreamableHttpServerConfig, StreamableHttpService, session::never::NeverSessionManager,
    },
};

use super::{Defaults, DocumentError, Server, Way, tools::Tools};
use crate::client::request::{Request, TOKEN_HEADER};

/// Answers one HTTP request.
pub type Service = Arc<dyn Fn(http::Request<Vec<u8>>) -> BoxFuture<'static, http::Response<Vec<u8>>> + Send + Sync>;

/// The tools as a service for `/mcp`. Who may call at all is checked by whoever mounts it.
pub fn service(document: &str, way: Way) -> Result<Service, DocumentError> {
    let server = Server { tools: Arc::new(Tools::of(document)?), way, defaults: Arc::new(Defaults::default()) };
    let config = StreamableHttpServerConfig::default()
        .disable_allowed_hosts()
        .with_legacy_session_mode(false)
        .with_json_response(true);
    let service =
        StreamableHttpService::new(move || Ok(server.clone()), Arc::new(NeverSessionManager::default()), config);
    Ok(Arc::new(move |request| {
        let service = service.clone();
        async move {
            let answer = service.handle(request.map(|body| Full::new(bytes::Bytes::from(body)))).await;
            let (head, body) = answer.into_parts();
            let body = body.collect().await.unwrap_or_else(|never: Infallible| match never {});
            http::Response::from_parts(head, body.to_bytes().to_vec())
        }
        .boxed()
    }))
}

/// The request with the caller's fencing token, when the call came over HTTP with one and does not name another.
pub(super) fn with_token(request: Request, context: &RequestContext<RoleServer>) -> Request {
    let head = context.extensions.get::<http::request::Parts>().filter(|_| !request.has_header(TOKEN_HEADER));
    match head.and_then(|head| head.headers.get(TOKEN_HEADER)?.to_str().ok()) {
        Some(token) => request.header(TOKEN_HEADER, token),
        None => request,
    }
}
