//! The daemon's figures over time, and how much it logs.

use moziplus::app::trends;
use poem::http::Method;
use serde_json::{Value, json};

use super::Api;

#[tokio::test]
async fn people_change_the_log_level_and_take_it_back() {
    let api = Api::new().await;
    let path = "/api/daemon/log-level";
    let as_configured = json!({"level": "info", "configured": "info", "overridden": false});
    assert_eq!(api.ok(path).await, as_configured);
    let put = async |body: Value| api.call(Method::PUT, path, body).await;
    let (status, changed) = put(json!({"level": "DEBUG"})).await;
    assert_eq!((status, changed), (200, json!({"level": "debug", "configured": "info", "overridden": true})));
    let (status, refused) = put(json!({"level": "loud"})).await;
    assert_eq!((status, &refused["field"]), (422, &json!("level")));
    assert_eq!(refused["valid_values"], json!(["error", "warn", "info", "debug", "trace"]));
    let (status, refused) = put(json!({"level": "trace", "agent": "guanyu-dev"})).await;
    assert_eq!((status, &refused["error"]), (403, &json!("not_assignee")), "{refused}");
    assert_eq!(api.ok(path).await["level"], "debug");
    assert_eq!(put(json!({})).await, (200, as_configured.clone()));
    let events = api.ok("/api/events/history?kind=daemon_state").await.to_string();
    assert!(events.contains("the log level is debug until the next start"), "{events}");

    // It is nobody's setting: the next start knows nothing of it.
    put(json!({"level": "trace"})).await;
    assert_eq!(api.restarted().await.ok(path).await, as_configured);
}

#[tokio::test]
async fn figures_are_kept_minute_by_minute() {
    let api = Api::new().await;
    let path = "/api/daemon/trends";
    assert_eq!(api.ok(path).await, json!({"interval_seconds": 60, "items": []}));
    trends::take(&api.board.app).await.unwrap();
    for minute in 1..=10 {
        api.board.pass(60);
        api.task(json!({"title": format!("T{minute}")})).await;
        trends::take(&api.board.app).await.unwrap();
    }
    let all = api.ok(path).await;
    let items = all["items"].as_array().unwrap();
    assert_eq!(items.len(), 11);
    assert_eq!((&items[0]["tasks"]["pending"], &items[10]["tasks"]["pending"]), (&json!(0), &json!(10)));
    assert_eq!((&items[0]["events"], &items[1]["requests"]), (&json!(0), &json!(1)));
    assert!(
        items[10]["events"].as_i64().unwrap() >= 1 && items[10]["databases_bytes"].as_u64().unwrap() > 0,
        "{all:#}"
    );
    let few = api.ok(&format!("{path}?minutes=6&points=2")).await;
    assert_eq!(few["items"].as_array().unwrap().len(), 2);
    assert_eq!(few["items"][1]["at"], items[10]["at"]);
    assert_eq!(few["items"][1]["requests"], 3);
    for wrong in ["minutes=0", "minutes=1441", "points=x"] {
        assert_eq!(api.get(&format!("{path}?{wrong}")).await.0, 422, "{wrong}");
    }
}

#[tokio::test]
async fn metrics_tell_of_jobs_deliveries_backups_and_requests() {
    let api = Api::new().await;
    api.post("/api/backups", json!({})).await;
    api.get("/api/no/such").await;
    let metrics = api.ok("/metrics").await;
    let text = metrics.as_str().unwrap();
    for line in [
        "moziplus_backup_copies{of=\"sales\"} 1",
        "moziplus_backup_copies{of=\"_root\"} 1",
        "moziplus_http_requests_total{class=\"2xx\"} 1",
        "moziplus_http_requests_total{class=\"4xx\"} 1",
        "moziplus_http_request_duration_seconds_count 2",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}: {text}");
    }
    for name in ["deliveries", "job_failing", "job_last_success_timestamp_seconds", "backup_target_failing"] {
        assert!(text.contains(&format!("# TYPE moziplus_{name} gauge\n")), "{name}: {text}");
    }
}
