//! Attempts and their logs over HTTP.

use std::time::Duration;

use poem::http::Method;
use serde_json::{Value, json};

use super::{Api, PROJECT, read};

/// Writes the log of the first attempt at the first task.
fn write_log(api: &Api, text: &str) {
    let folder = api.board.folder.path().join("projects/sales/artifacts/t-1/archive/1");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("output.log"), text).unwrap();
}

#[tokio::test]
async fn a_log_is_read_whole_and_in_part() {
    let api = Api::new().await;
    api.claimed("zhangfei-dev").await;
    let log = format!("{PROJECT}/tasks/t-1/attempts/1/log");
    assert_eq!(api.ok(&log).await, json!(""));
    write_log(&api, "one\ntwo\nthree\n");
    let whole = api.send(Method::GET, &log, &[], &Value::Null).await;
    assert_eq!(whole.0.content_type(), Some("text/plain; charset=utf-8"));
    assert_eq!(read(whole).await.1, json!("one\ntwo\nthree\n"));
    let part = api.send(Method::GET, &log, &[("Range", "bytes=4-6")], &Value::Null).await;
    assert_eq!(part.0.header("Content-Range"), Some("bytes 4-6/14"));
    assert_eq!(read(part).await, (206, json!("two")));
    let rest = api.send(Method::GET, &log, &[("Range", "bytes=8-")], &Value::Null).await;
    assert_eq!(read(rest).await, (206, json!("three\n")));
    let none = read(api.send(Method::GET, &log, &[("Range", "bytes=14-")], &Value::Null).await).await;
    assert_eq!((none.0, none.1["error"].as_str()), (416, Some("validation")));
    let (status, _) = api.get(&format!("{PROJECT}/tasks/t-1/attempts/2/log")).await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn a_log_is_followed_to_its_end() {
    let api = Api::new().await;
    let (task, _) = api.claimed("zhangfei-dev").await;
    write_log(&api, "one\n");
    let path = format!("{PROJECT}/tasks/t-1/attempts/1/log/stream?offset=1");
    let stream = api.send(Method::GET, &path, &[], &Value::Null).await;
    assert_eq!(stream.0.content_type(), Some("text/event-stream"));
    write_log(&api, "one\ntwo\n");
    let (_, cancelled) = api.post(&format!("{task}/cancel"), json!({})).await;
    assert_eq!(cancelled["status"], "cancelled");
    let text =
        tokio::time::timeout(Duration::from_secs(10), stream.0.into_body().into_string()).await.unwrap().unwrap();
    let pieces: String = text.lines().filter_map(|line| line.strip_prefix("data: ")).map(piece).collect();
    assert_eq!(pieces, "ne\ntwo\n");
    assert!(text.contains("event: log\n") && text.contains("event: end\n"), "{text}");
    assert!(text.contains("id: 8\n"), "{text}");
}

fn piece(data: &str) -> String {
    serde_json::from_str::<Value>(data).unwrap()["text"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn attempts_never_show_their_token() {
    let api = Api::new().await;
    let (task, token) = api.claimed("zhangfei-dev").await;
    let attempts = api.ok(&format!("{task}/attempts")).await;
    assert_eq!(attempts["items"][0]["id"], "sales.t-1.1");
    assert!(!attempts.to_string().contains(&token));
    let sessions = api.ok("/api/daemon/sessions").await;
    assert_eq!(sessions["items"][0]["agent"], "zhangfei-dev");
    let all = api.ok(&format!("{task}?expand=all")).await;
    assert!(!all.to_string().contains(&token));
}
