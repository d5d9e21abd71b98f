//! Keys to the API: each opens what its scope says, until it is rotated or revoked.

use moziplus::http::Access;
use poem::http::Method;
use serde_json::{Value, json};

use super::{Api, PROJECT};

const HOST: (&str, &str) = ("host", "10.0.0.7:8083");

/// An API beyond loopback, whose main key is `main`.
async fn open() -> Api {
    Api::with(Access::new("0.0.0.0:8083".parse().unwrap(), Some("main"))).await
}

async fn call(api: &Api, key: &str, method: Method, path: &str, body: Value) -> (u16, Value) {
    let bearer = format!("Bearer {key}");
    super::read(api.send(method, path, &[HOST, ("authorization", &bearer)], &body).await).await
}

async fn make(api: &Api, body: Value) -> (String, i64) {
    let (status, made) = call(api, "main", Method::POST, "/api/keys", body).await;
    assert_eq!(status, 201, "{made:#}");
    (made["secret"].as_str().unwrap().to_owned(), made["key"]["id"].as_i64().unwrap())
}

#[tokio::test]
async fn a_reader_reads_and_does_nothing_else() {
    let api = open().await;
    let (reader, id) = make(&api, json!({"name": "dashboard", "scope": "read_only", "days": 30})).await;
    assert_eq!(call(&api, &reader, Method::GET, PROJECT, Value::Null).await.0, 200);
    let (status, refused) = call(&api, &reader, Method::POST, "/api/projects", json!({"id": "x"})).await;
    assert_eq!((status, &refused["error"]), (403, &json!("out_of_scope")), "{refused:#}");
    assert_eq!(call(&api, &reader, Method::GET, "/api/keys", Value::Null).await.0, 403);
    let (_, all) = call(&api, "main", Method::GET, "/api/keys", Value::Null).await;
    assert!(!all.to_string().contains(&reader) && all["items"][0]["last_used_at"].is_string(), "{all:#}");
    let (_, events) = call(&api, "main", Method::GET, "/api/events/history?limit=100", Value::Null).await;
    assert!(!events.to_string().contains(&reader) && events.to_string().contains("API key `dashboard`"));
    assert_eq!(call(&api, "main", Method::POST, &format!("/api/keys/{id}/revoke"), json!({})).await.0, 200);
    assert_eq!(call(&api, &reader, Method::GET, PROJECT, Value::Null).await.0, 401);
}

#[tokio::test]
async fn an_agent_writes_as_itself_on_its_task() {
    let api = open().await;
    let task = api.board.task("Count").await.id;
    let other = api.board.task("Sum").await.id;
    let (key, _) =
        make(&api, json!({"name": "a", "scope": "agent", "agent": "zhangfei-dev", "project": "sales", "task": task}))
            .await;
    let comment = |of| format!("{PROJECT}/tasks/{of}/comments");
    let (status, said) = call(&api, &key, Method::POST, &comment(task), json!({"body": "hello"})).await;
    assert_eq!((status, &said["author"]), (201, &json!("zhangfei-dev")), "{said:#}");
    let body = json!({"body": "hello", "author": "human"});
    let (status, refused) = call(&api, &key, Method::POST, &comment(task), body).await;
    assert_eq!((status, &refused["error"]), (403, &json!("not_assignee")), "{refused:#}");
    assert_eq!(call(&api, &key, Method::POST, &comment(other), json!({"body": "x"})).await.0, 403);
    assert_eq!(call(&api, &key, Method::GET, "/api/config", Value::Null).await.0, 403);
    assert_eq!(call(&api, &key, Method::POST, "/api/inbox", json!({"event": "task_ready"})).await.0, 403);
}

#[tokio::test]
async fn a_rotated_key_opens_with_its_new_secret_only() {
    let api = open().await;
    let (old, id) = make(&api, json!({"name": "ci", "scope": "human"})).await;
    let (_, fresh) = call(&api, &old, Method::POST, &format!("/api/keys/{id}/rotate"), json!({})).await;
    let fresh = fresh["secret"].as_str().unwrap().to_owned();
    assert_eq!(call(&api, &old, Method::GET, PROJECT, Value::Null).await.0, 401);
    assert_eq!(call(&api, &fresh, Method::GET, PROJECT, Value::Null).await.0, 200);
}

#[tokio::test]
async fn keys_that_make_no_sense_are_refused() {
    let api = open().await;
    for (body, field) in [
        (json!({"name": " ", "scope": "human"}), "name"),
        (json!({"name": "x", "scope": "agent", "project": "sales"}), "agent"),
        (json!({"name": "x", "scope": "agent", "agent": "zhangfei-dev"}), "project"),
        (json!({"name": "x", "scope": "human", "agent": "zhangfei-dev"}), "scope"),
        (json!({"name": "x", "scope": "human", "days": 0}), "days"),
        (json!({"name": "x", "scope": "root"}), "scope"),
    ] {
        let (status, refused) = call(&api, "main", Method::POST, "/api/keys", body).await;
        assert_eq!((status, &refused["field"]), (422, &json!(field)), "{refused:#}");
    }
}
