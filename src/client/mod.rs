//! Speaks the HTTP API: over the daemon's Unix socket, over TCP, or with the same routes in this process.
//!
//! It knows requests, answers and the error object, and nothing of commands, folders or who is calling.

pub mod problem;
pub mod request;
pub mod transport;

use serde::de::DeserializeOwned;

use self::{
    problem::{ClientError, Problem},
    request::{Request, Response, TOKEN_HEADER},
    transport::Transport,
};

/// A way to the API, with the fencing token that goes along with every request.
#[derive(Clone)]
pub struct Client {
    /// Where requests go.
    transport: Transport,
    /// Sent as `X-Moziplus-Token` when there is one.
    token: Option<String>,
}

impl Client {
    /// A client that sends everything by `transport`.
    pub fn new(transport: Transport, token: Option<String>) -> Self {
        Self { transport, token }
    }

    /// Sends a request and answers with whatever came back, refusals included.
    pub async fn exchange(&self, mut request: Request) -> Result<Response, ClientError> {
        // A request that brings a token of its own is for another attempt.
        if let Some(token) = self.token.as_ref().filter(|_| !request.has_header(TOKEN_HEADER)) {
            request.headers.push((TOKEN_HEADER, token.clone()));
        }
        self.transport.exchange(request).await
    }

    /// Sends a request; an answer of 400 or more is the error [`ClientError::Refused`].
    pub async fn send(&self, request: Request) -> Result<Response, ClientError> {
        let response = self.exchange(request).await?;
        if response.status < 400 {
            return Ok(response);
        }
        Err(ClientError::Refused { status: response.status, problem: Box::new(Problem::of(&response)) })
    }

    /// Sends a request and reads the answer as JSON.
    pub async fn json<T: DeserializeOwned>(&self, request: Request) -> Result<T, ClientError> {
        let name = request.to_string();
        let response = self.send(request).await?;
        response.json().map_err(|source| ClientError::Unreadable { request: name, source })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use futures_util::FutureExt;
    use serde_json::{Value, json};

    use super::*;

    fn echo() -> Client {
        let handler = |request: Request| {
            let token = request.headers.iter().find(|(name, _)| *name == "x-moziplus-token").map(|(_, v)| v.clone());
            let body = json!({"target": request.target(), "token": token});
            let status = if request.target().starts_with("/api/projects/gone") { 404 } else { 200 };
            async move { Response { status, body: body.to_string().into_bytes(), notice: None } }.boxed()
        };
        Client::new(Transport::InProcess(Arc::new(handler)), Some("secret".into()))
    }

    #[tokio::test]
    async fn the_token_goes_along() {
        let answer: Value = echo().json(Request::get(["api", "config"])).await.unwrap();
        assert_eq!(answer, json!({"target": "/api/config", "token": "secret"}));
        let own = Request::get(["api", "config"]).header(TOKEN_HEADER, "own");
        assert_eq!(echo().json::<Value>(own).await.unwrap()["token"], "own");
    }

    #[tokio::test]
    async fn a_refusal_without_an_error_object_still_has_a_code() {
        let error = echo().send(Request::get(["api", "projects", "gone"])).await.unwrap_err();
        let ClientError::Refused { status, problem } = error else { panic!("{error:?}") };
        assert_eq!((status, problem.error.as_str()), (404, "not_found"));
    }

    #[tokio::test]
    async fn a_missing_socket_means_that_nothing_was_sent() {
        let folder = tempfile::tempdir().unwrap();
        let client = Client::new(Transport::socket(&folder.path().join("daemon.sock")).unwrap(), None);
        let error = client.send(Request::get(["healthz"])).await.unwrap_err();
        assert!(matches!(error, ClientError::Unreachable { .. }), "{error:?}");
    }
}
