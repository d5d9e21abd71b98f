//! The API on real stores: what each route takes and answers, and how it fails.

mod access;
mod attempts;
mod daemon;
mod discipline;
mod errors;
mod events;
mod keys;
mod operations;
mod pages;
mod policies;
mod projects;
mod prompts;
mod records;
mod schemas;
mod skills;
mod tasks;

use moziplus::http::{Access, routes};
use poem::{
    endpoint::BoxEndpoint,
    http::Method,
    test::{TestClient, TestResponse},
};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::support::Board;

/// A blackboard and its API.
pub struct Api {
    /// The blackboard.
    pub board: Board,
    /// Ends the streams.
    pub shutdown: CancellationToken,
    client: TestClient<BoxEndpoint<'static>>,
}

/// Below the project of every board.
const PROJECT: &str = "/api/projects/sales";

impl Api {
    /// On a fresh root, for the local user.
    pub async fn new() -> Self {
        Self::with(Access::trusted()).await
    }

    /// On a fresh root, with these rules of access.
    pub async fn with(access: Access) -> Self {
        Self::over(Board::new().await, access)
    }

    /// The same root after a restart.
    pub async fn restarted(self) -> Self {
        let Self { board, client, .. } = self;
        drop(client);
        Self::over(board.restarted().await, Access::trusted())
    }

    fn over(board: Board, access: Access) -> Self {
        let shutdown = CancellationToken::new();
        let client = TestClient::new(routes(board.app.clone(), access, shutdown.clone()));
        Self { board, shutdown, client }
    }

    /// Sends a request with these headers; a body of null is none.
    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: &Value) -> TestResponse {
        let mut request = self.client.request(method, path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if !body.is_null() {
            request = request.content_type("application/json").body(body.to_string());
        }
        request.send().await
    }

    /// Status and JSON of an answer.
    pub async fn call(&self, method: Method, path: &str, body: Value) -> (u16, Value) {
        read(self.send(method, path, &[], &body).await).await
    }

    /// `GET`.
    pub async fn get(&self, path: &str) -> (u16, Value) {
        self.call(Method::GET, path, Value::Null).await
    }

    /// `GET` that succeeds.
    pub async fn ok(&self, path: &str) -> Value {
        let (status, answer) = self.get(path).await;
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }

    /// `POST`.
    pub async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        self.call(Method::POST, path, body).await
    }

    /// `POST` with a fencing token.
    pub async fn post_as(&self, token: &str, path: &str, body: Value) -> (u16, Value) {
        read(self.send(Method::POST, path, &[("X-Moziplus-Token", token)], &body).await).await
    }

    /// Creates a task; answers with its path.
    pub async fn task(&self, body: Value) -> String {
        let (status, task) = self.post(&format!("{PROJECT}/tasks"), body).await;
        assert_eq!(status, 201, "{task}");
        format!("{PROJECT}/tasks/{}", task["id"].as_str().unwrap())
    }

    /// Creates a task and claims it for an agent; answers with its path and the token.
    pub async fn claimed(&self, agent: &str) -> (String, String) {
        let task = self.task(json!({"title": "Count the sales"})).await;
        let (status, claimed) = self.post(&format!("{task}/claim"), json!({"agent": agent})).await;
        assert_eq!(status, 200, "{claimed}");
        (task, claimed["token"].as_str().unwrap().to_owned())
    }
}

/// Status and JSON of an answer; null where it has no body.
pub async fn read(response: TestResponse) -> (u16, Value) {
    let status = response.0.status().as_u16();
    let bytes = response.0.into_body().into_vec().await.unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    (status, serde_json::from_slice(&bytes).unwrap_or(Value::String(text)))
}

/// The ids of the items of a list.
pub fn ids(list: &Value) -> Vec<String> {
    let id = |item: &Value| item["id"].as_str().map_or_else(|| item["id"].to_string(), str::to_owned);
    list["items"].as_array().unwrap().iter().map(id).collect()
}
