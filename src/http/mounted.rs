//! Services of others below paths of our own: they get a request whole and give an answer whole.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use poem::{Endpoint, Request, Response, endpoint::make, http};

/// Answers one request.
pub type Mounted = Arc<dyn Fn(http::Request<Vec<u8>>) -> BoxFuture<'static, http::Response<Vec<u8>>> + Send + Sync>;

/// The service as an endpoint.
pub(super) fn endpoint(service: Mounted) -> impl Endpoint<Output = Response> {
    make(move |request: Request| {
        let service = service.clone();
        async move {
            let (head, body) = request.into_parts();
            let mut whole = http::Request::new(body.into_vec().await?);
            (*whole.method_mut(), *whole.uri_mut(), *whole.headers_mut()) = (head.method, head.uri, head.headers);
            let (head, body) = service(whole).await.into_parts();
            let mut response = Response::from(body);
            response.set_status(head.status);
            *response.headers_mut() = head.headers;
            Ok::<_, poem::Error>(response)
        }
    })
}
