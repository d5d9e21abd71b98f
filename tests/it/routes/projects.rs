//! Projects over HTTP.

use poem::http::Method;
use serde_json::{Value, json};

use super::{Api, ids};

#[tokio::test]
async fn a_project_is_created_renamed_archived_and_restored() {
    let api = Api::new().await;
    let (status, made) =
        api.post("/api/projects", json!({"id": "stock", "name": "Stock", "agents": ["guanyu-dev"]})).await;
    assert_eq!((status, made["status"].as_str()), (201, Some("active")));
    assert_eq!(made["agents"], json!(["guanyu-dev"]));
    assert_eq!(ids(&api.ok("/api/projects").await), ["sales", "stock"]);
    let (_, renamed) = api.call(Method::PATCH, "/api/projects/stock", json!({"name": "Our stock"})).await;
    assert_eq!(renamed["name"], "Our stock");
    let (status, archived) = api.post("/api/projects/stock/archive", json!({})).await;
    assert_eq!((status, archived["status"].as_str()), (200, Some("archived")), "{archived}");
    let (status, refused) = api.post("/api/projects/stock/tasks", json!({"title": "T"})).await;
    assert_eq!((status, refused["error"].as_str()), (409, Some("project_archived")));
    let (status, back) = api.post("/api/projects/stock/restore", json!({})).await;
    assert_eq!((status, back["status"].as_str()), (200, Some("active")), "{back}");
}

#[tokio::test]
async fn a_wrong_project_says_what_is_wrong() {
    let api = Api::new().await;
    let (status, answer) = api.post("/api/projects", json!({"id": "Sales!"})).await;
    assert_eq!((status, answer["field"].as_str()), (422, Some("id")));
    let (status, answer) = api.post("/api/projects", json!({"id": "sales"})).await;
    assert_eq!((status, answer["error"].as_str()), (409, Some("conflict")));
    let (status, answer) = api.post("/api/projects", json!({"id": "x", "agents": ["nobody"]})).await;
    assert_eq!((status, answer["field"].as_str()), (422, Some("agents")));
}

#[tokio::test]
async fn a_broken_registry_keeps_the_last_good_one_and_is_told() {
    let api = Api::new().await;
    let registry = api.board.app.root().registry();
    let good = std::fs::read_to_string(&registry).unwrap();
    std::fs::write(&registry, good.replace("status: active", "status: gone")).unwrap();
    assert_eq!(ids(&api.ok("/api/projects").await), ["sales"]);
    api.board.app.reload_config().await;
    assert_eq!(ids(&api.ok("/api/projects").await), ["sales"]);
    let status = api.ok("/api/daemon/status").await;
    let told = status["config_errors"][0].as_str().unwrap();
    assert!(told.starts_with("projects/_registry.yaml:") && told.contains("projects[0].status: "), "{told}");
    assert_eq!(status["health"], "degraded");
    let (status, refused) = api.post("/api/projects", json!({"id": "next"})).await;
    assert_eq!((status, refused["error"].as_str()), (409, Some("conflict")), "{refused}");
    assert!(refused["hint"].as_str().unwrap().contains("mend projects/_registry.yaml"), "{refused}");
    std::fs::write(&registry, good).unwrap();
    api.board.app.reload_config().await;
    assert_eq!(api.ok("/api/daemon/status").await["config_errors"], json!([]));
    let (status, made) = api.post("/api/projects", json!({"id": "next"})).await;
    assert_eq!(status, 201, "the refused attempt left nothing behind: {made}");
}

#[tokio::test]
async fn hints_name_what_helps() {
    let api = Api::new().await;
    let (_, taken) = api.post("/api/projects", json!({"id": "sales"})).await;
    assert!(taken["hint"].as_str().unwrap().contains("another id"), "{taken}");
    for (path, list) in [
        ("/api/jobs/nope/history", "job list"),
        ("/api/projects/nope", "project list"),
        ("/api/projects/sales/scripts/nope", "script list"),
        ("/api/projects/sales/tasks/t-99", "blackboard read"),
    ] {
        let (status, missing) = api.call(Method::GET, path, Value::Null).await;
        assert_eq!(status, 404, "{missing}");
        assert!(missing["hint"].as_str().unwrap().contains(list), "{missing}");
    }
    let batch = json!({"tasks": [{"title": "A"}, {"title": "B"}, {"title": "C"}, {"title": " "}]});
    let (status, wrong) = api.post("/api/projects/sales/tasks/batch", batch).await;
    assert_eq!((status, wrong["field"].as_str()), (422, Some("tasks[3].title")), "{wrong}");
    let (status, wrong) = api.post("/api/projects/sales/tasks", json!({"title": "a\u{0}b"})).await;
    assert_eq!((status, wrong["field"].as_str()), (422, Some("title")), "{wrong}");
    api.task(json!({"title": "T"})).await;
    let (status, wrong) = api.post("/api/projects/sales/tasks/t-1/block", json!({"on": "zz", "reason": "r"})).await;
    let valid = wrong["valid_values"].as_array().unwrap();
    assert_eq!((status, wrong["field"].as_str()), (422, Some("on")), "{wrong}");
    assert!(valid.contains(&json!("human")) && valid.contains(&json!("guanyu-dev")), "{wrong}");
    let (_, missing) = api.post("/api/backups/nope/verify", json!({})).await;
    assert!(missing["hint"].as_str().unwrap().contains("backup list"), "{missing}");
}

#[tokio::test]
async fn the_status_has_the_original_shape() {
    let api = Api::new().await;
    api.task(json!({"title": "T"})).await;
    let status = api.ok("/api/daemon/status").await;
    assert_eq!(status["last_tick"], Value::Null);
    assert_eq!(status["ticker_running"], false);
    assert_eq!(status["tick_interval_seconds"], 30.0);
    assert_eq!((&status["inbox_pending"], &status["active_sessions"]), (&json!(0), &json!(0)));
    let project = &status["projects"]["sales"];
    assert_eq!(project["active_agents"], 0);
    assert!(project["db_size_bytes"].as_u64().unwrap() > 0);
    assert_eq!(
        project["tasks_summary"],
        json!({"pending": 1, "claimed": 0, "working": 0, "review": 0, "done": 0, "failed": 0, "blocked": 0,
            "paused": 0, "escalated": 0, "cancelled": 0})
    );
    assert_eq!(status["health"], "ok");
}
