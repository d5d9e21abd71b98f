//! The daemon's figures over time, and how much it logs.

use moziplus::app::{traces, trends};
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
    // An event counts where it gets its number, which may be a minute later on this clock.
    let events: i64 = items.iter().map(|item| item["events"].as_i64().unwrap()).sum();
    assert!(events >= 1 && items[10]["databases_bytes"].as_u64().unwrap() > 0, "{all:#}");
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

#[tokio::test]
async fn the_life_of_a_task_is_a_trace() {
    let api = Api::new().await;
    let task = api.task(json!({"title": "Count", "risk_level": "low"})).await;
    api.board.pass(5);
    let (_, claimed) = api.post(&format!("{task}/claim"), json!({"agent": "guanyu-dev"})).await;
    api.board.pass(60);
    let body = json!({"agent": "guanyu-dev", "summary": "counted"});
    let (status, done) = api.post_as(claimed["token"].as_str().unwrap(), &format!("{task}/complete"), body).await;
    assert_eq!((status, &done["status"]), (200, &json!("done")), "{done}");
    let id = done["id"].as_str().unwrap().parse().unwrap();
    let trace = traces::of_task(&api.board.app, &api.board.project, id).await.unwrap();
    let spans = trace["resourceSpans"][0]["scopeSpans"][0]["spans"].as_array().unwrap();
    let names: Vec<_> = spans.iter().map(|span| span["name"].as_str().unwrap()).collect();
    assert_eq!(names[..2], ["task t-1", "pending"], "{names:?}");
    assert!(names.contains(&"execute by guanyu-dev") && names.contains(&"working"), "{names:?}");
    let root = &spans[0];
    assert_eq!((root["traceId"].as_str().unwrap().len(), root["spanId"].as_str().unwrap().len()), (32, 16));
    let nanos = |span: &Value, field: &str| span[field].as_str().unwrap().parse::<i64>().unwrap();
    let took = nanos(root, "endTimeUnixNano") - nanos(root, "startTimeUnixNano");
    assert_eq!(took, 65_000_000_000);
    for span in &spans[1..] {
        assert_eq!((&span["traceId"], &span["parentSpanId"]), (&root["traceId"], &root["spanId"]), "{span}");
        assert!(nanos(span, "startTimeUnixNano") >= nanos(root, "startTimeUnixNano"), "{span}");
    }
    // Sent twice, it is the same trace.
    assert_eq!(traces::of_task(&api.board.app, &api.board.project, id).await.unwrap(), trace);
}
