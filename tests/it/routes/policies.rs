//! Explaining, simulating, replaying and going back: what scripts do before they are let do it.

use moziplus::policy::recording::Recorder;
use poem::http::Method;
use serde_json::{Value, json};

use super::{Api, PROJECT};

/// Holds everything back.
const IDLE: &str = "fn plan(board) {}";

#[tokio::test]
async fn a_task_is_explained_in_words() {
    let api = Api::new().await;
    let first = api.task(json!({"title": "Count"})).await;
    let second = api.task(json!({"title": "Sum", "depends_on": ["t-1"]})).await;
    let why = api.ok(&format!("{second}/explain")).await;
    assert_eq!(why["summary"], "waits for t-1 (pending)");
    assert_eq!(why["reasons"][0]["code"], "dependency");
    assert_eq!(why["reasons"][0]["task"], "t-1");
    let why = api.ok(&format!("{first}/explain")).await;
    assert!(why["summary"].as_str().unwrap().contains("the ticker is stopped"), "{why}");
    api.post(&format!("{first}/claim"), json!({"agent": "zhangfei-dev"})).await;
    let why = api.ok(&format!("{first}/explain")).await;
    assert!(why["summary"].as_str().unwrap().starts_with("zhangfei-dev works on it since"), "{why}");
    assert_eq!(api.get(&format!("{PROJECT}/tasks/t-99/explain")).await.0, 404);
}

#[tokio::test]
async fn a_simulation_shows_the_difference_and_changes_nothing() {
    let api = Api::new().await;
    api.task(json!({"title": "Drop table sales", "risk_level": "low"})).await;
    let before = api.ok(&format!("{PROJECT}/tasks/t-1")).await;
    let path = format!("{PROJECT}/scripts/guardrail/simulate");
    let strict = r#"fn check(task, ctx) { [violation("mine", "blocking", `no ${task.title}`)] }"#;
    let (status, answer) = api.post(&path, json!({"source": strict})).await;
    assert_eq!((status, &answer["ok"]), (200, &json!(true)), "{answer}");
    let difference = &answer["differences"][0];
    assert_eq!((&difference["hook"], &difference["task"]), (&json!("check"), &json!("t-1")));
    assert!(difference["after"][0]["text"].as_str().unwrap().contains("mine (blocking): no Drop table sales"));
    assert!(answer["items"].as_array().unwrap().iter().all(|item| item["hook"] == "check"), "{answer}");
    assert_ne!(answer["hash"], answer["in_force_hash"]);
    assert_eq!(api.ok(&format!("{PROJECT}/tasks/t-1")).await, before);
    assert_eq!(api.ok(&format!("{PROJECT}/scripts/guardrail")).await["level"], "built-in");

    let (_, same) = api.post(&path, json!({})).await;
    assert_eq!((&same["differences"], &same["hash"]), (&json!([]), &same["in_force_hash"]));
    let (_, broken) = api.post(&path, json!({"source": "fn check(task) {"})).await;
    assert_eq!((&broken["ok"], &broken["items"]), (&json!(false), &json!([])));
    assert_eq!(broken["problems"][0]["file"], "projects/sales/scripts/guardrail.rhai");
    let (_, root) = api.post("/api/scripts/guardrail/simulate", json!({"source": strict, "project": "sales"})).await;
    assert_eq!(root["differences"].as_array().unwrap().len(), 1, "{root}");
    assert_eq!(api.post("/api/scripts/jobs.backup/simulate", json!({"project": "sales"})).await.0, 422);
}

#[tokio::test]
async fn a_replay_tells_where_and_when_it_would_have_been_otherwise() {
    let api = Api::new().await;
    let recorder: &Recorder = api.board.app.recorder();
    let board = crate::support::policy::board(api.board.app.now(), 3);
    recorder.board(&board);
    recorder.flush();
    let path = format!("{PROJECT}/scripts/tick/replay");
    let (status, answer) = api.post(&path, json!({"source": IDLE, "since": "1h"})).await;
    assert_eq!((status, &answer["pictures_count"]), (200, &json!(1)), "{answer}");
    let found = &answer["differences"][0];
    assert_eq!(found["difference"]["text"], "nothing instead of start worker on t-1");
    assert_eq!(found["at"], answer["first_picture"]);
    let (_, same) = api.post(&path, json!({"since": "1h"})).await;
    assert_eq!((&same["differences_count"], &same["ticks_count"]), (&json!(0), &json!(1)), "{same}");
    for wrong in [json!({"since": "soon"}), json!({}), json!({"since": "1h", "until": "2h"})] {
        let (status, problem) = api.post(&path, wrong).await;
        assert_eq!(status, 422, "{problem}");
        assert!(problem["hint"].is_string());
    }
}

#[tokio::test]
async fn every_save_is_a_version_to_go_back_to() {
    let api = Api::new().await;
    let path = format!("{PROJECT}/scripts/tick");
    let put = async |body: Value| api.call(Method::PUT, &path, body).await;
    let (_, first) = put(json!({"source": IDLE, "agent": "human:li"})).await;
    let second = format!("// Later.\n{IDLE}");
    put(json!({"source": second, "base_hash": first["hash"]})).await;
    let (status, problem) = put(json!({"source": "fn plan(board) { () }", "base_hash": first["hash"]})).await;
    assert_eq!((status, &problem["error"]), (409, &json!("conflict")));
    // A save that is refused is no version.
    assert_eq!(put(json!({"source": "fn plan("})).await.0, 422);
    let versions = api.ok(&format!("{path}/versions")).await;
    let items = versions["items"].as_array().unwrap();
    assert_eq!(items.len(), 2, "{versions}");
    assert_eq!((&items[0]["source"], &items[0]["is_current"]), (&json!(second), &json!(true)));
    assert_eq!((&items[1]["source"], &items[1]["author"]), (&json!(IDLE), &json!("human:li")));
    put(json!({"source": items[1]["source"]})).await;
    api.call(Method::DELETE, &path, Value::Null).await;
    let versions = api.ok(&format!("{path}/versions")).await;
    assert_eq!((&versions["items"][0]["source"], &versions["items"][1]["source"]), (&Value::Null, &json!(IDLE)));
    assert_eq!(api.ok("/api/scripts/jobs.weekly/versions").await["items"], json!([]));
    assert_eq!(api.get(&format!("{PROJECT}/scripts/..%2Fx/versions")).await.0, 422);
}
