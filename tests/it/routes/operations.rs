//! Agents, jobs, backups, scripts, inbox and configuration over HTTP.

use poem::http::Method;
use serde_json::{Value, json};

use super::{Api, PROJECT, ids};

#[tokio::test]
async fn agents_jobs_and_configuration_are_shown() {
    let api = Api::new().await;
    let agents = api.ok("/api/agents").await;
    assert_eq!(ids(&agents).len(), 5);
    assert_eq!(agents["items"][0]["sessions"], json!([]));
    let jobs = api.ok("/api/jobs").await;
    assert_eq!(jobs["items"][0]["name"], "backup");
    assert_eq!(jobs["items"][0]["next_run"], "2026-05-16T13:00:00.000Z");
    assert_eq!(api.ok("/api/jobs/backup/history").await, json!({"items": [], "next_cursor": null}));
    let config = api.ok("/api/config?project=sales").await;
    assert_eq!(config["settings"]["daemon"]["max_global_agents"], 5);
    assert_eq!(config["agents"]["simayi-challenger"]["role"], "reviewer");
    assert_eq!(config["errors"], json!([]));
    assert_eq!(config["origins"]["experience.expire_days"], "built-in");
}

#[tokio::test]
async fn a_backup_is_made_proved_and_restored() {
    let api = Api::new().await;
    api.task(json!({"title": "before"})).await;
    let (status, made) = api.post("/api/backups", json!({"project": "sales"})).await;
    assert_eq!(status, 201, "{made}");
    let id = made["items"][0]["id"].as_str().unwrap().to_owned();
    assert!(!id.contains('/'), "{id}");
    assert_eq!(ids(&api.ok("/api/backups").await), ids(&made));
    let (_, verified) = api.post(&format!("/api/backups/{id}/verify"), json!({})).await;
    assert_eq!((verified["ok"].as_bool(), verified["tasks_count"].as_i64()), (Some(true), Some(1)), "{verified}");
    api.task(json!({"title": "after"})).await;
    let (status, refused) = api.post(&format!("/api/backups/{id}/restore"), json!({"project": "sales"})).await;
    assert_eq!((status, refused["error"].as_str()), (409, Some("conflict")));
    let restore = json!({"project": "sales", "force": true});
    let (status, restored) = api.post(&format!("/api/backups/{id}/restore"), restore).await;
    assert_eq!(status, 200, "{restored}");
    assert_eq!(ids(&api.ok(&format!("{PROJECT}/tasks")).await), ["t-1"]);
    let (status, _) = api.post("/api/backups/none/verify", json!({})).await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn a_script_is_overridden_checked_and_taken_back() {
    let api = Api::new().await;
    let scripts = format!("{PROJECT}/scripts");
    let list = api.ok(&scripts).await;
    assert!(list["items"].as_array().unwrap().iter().all(|script| script["level"] == "built-in"), "{list}");
    let path = format!("{scripts}/escalation");
    let shipped = api.ok(&path).await;
    let source = shipped["source"].as_str().unwrap().to_owned();
    let broken = json!({"source": "fn on_review(review, task, ctx) { nonsense( }"});
    let (_, check) = api.post(&format!("{path}/check"), broken.clone()).await;
    assert_eq!(check["ok"], false);
    assert!(check["problems"][0]["line"].is_u64() && check["problems"][0]["column"].is_u64(), "{check}");
    let (status, refused) = api.call(Method::PUT, &path, broken).await;
    assert_eq!((status, refused["error"].as_str()), (422, Some("validation")));
    let changed = source.replace("ctx.config.review.confidence_threshold", "0.9");
    let (status, saved) = api.call(Method::PUT, &path, json!({"source": changed})).await;
    assert_eq!((status, saved["level"].as_str()), (200, Some("project")), "{saved}");
    let (_, back) = api.call(Method::DELETE, &path, Value::Null).await;
    assert_eq!((back["level"].as_str(), back["source"].as_str()), (Some("built-in"), Some(source.as_str())));
}

#[tokio::test]
async fn a_line_reaches_the_inbox() {
    let api = Api::new().await;
    let line = json!({"event": "user_action", "project": "sales", "data": {"x": 1}, "id": "a-1"});
    let (status, answer) = api.post("/api/inbox", line.clone()).await;
    assert_eq!((status, answer), (200, json!({"accepted": true})));
    let text = std::fs::read_to_string(api.board.folder.path().join("inbox/daemon.jsonl")).unwrap();
    assert_eq!(serde_json::from_str::<Value>(text.trim()).unwrap(), line);
}

#[tokio::test]
async fn health_and_metrics_answer() {
    let api = Api::new().await;
    api.task(json!({"title": "T"})).await;
    assert_eq!(api.ok("/healthz").await["status"], "ok");
    let metrics = api.ok("/metrics").await;
    let text = metrics.as_str().unwrap();
    assert!(text.contains("moziplus_tasks{project=\"sales\",status=\"pending\"} 1\n"), "{text}");
    let undeclared = text.lines().filter(|line| !line.starts_with('#')).find(|line| {
        let name = line.split(['{', ' ']).next().unwrap();
        let name = ["_bucket", "_sum", "_count"].iter().find_map(|part| name.strip_suffix(part)).unwrap_or(name);
        !text.contains(&format!("# TYPE {name} "))
    });
    assert_eq!(undeclared, None);
}

#[tokio::test]
async fn the_document_is_served_as_json_and_yaml() {
    let api = Api::new().await;
    let json = api.ok("/api/openapi.json").await;
    assert_eq!(json["info"]["title"], "moziplus");
    assert!(json["info"]["description"].as_str().unwrap().contains("| claim | pending | claimed |"));
    let yaml = api.ok("/api/openapi.yaml").await;
    assert!(yaml.as_str().unwrap().starts_with("openapi: "), "{yaml}");
}

#[tokio::test]
async fn scripts_of_all_projects_and_of_jobs_are_overridden_too() {
    let api = Api::new().await;
    let level = async |path: &str| api.ok(path).await["level"].as_str().unwrap().to_owned();
    let list = api.ok("/api/scripts").await;
    let names: Vec<_> =
        list["items"].as_array().unwrap().iter().map(|script| script["name"].as_str().unwrap()).collect();
    assert!(names.contains(&"tick") && names.contains(&"jobs.backup"), "{names:?}");
    let shipped = api.ok("/api/scripts/notify").await["source"].clone();
    let (status, saved) = api.call(Method::PUT, "/api/scripts/notify", json!({"source": shipped})).await;
    assert_eq!((status, saved["level"].as_str()), (200, Some("root")), "{saved}");
    assert_eq!(level(&format!("{PROJECT}/scripts/notify")).await, "root");
    api.call(Method::DELETE, "/api/scripts/notify", Value::Null).await;
    assert_eq!(level(&format!("{PROJECT}/scripts/notify")).await, "built-in");

    let weekly = "/api/scripts/jobs.weekly";
    assert_eq!(api.get(weekly).await.0, 404);
    let (_, check) = api.post(&format!("{weekly}/check"), json!({"source": "fn walk(job) {}"})).await;
    assert_eq!(
        (check["ok"].as_bool(), check["problems"][0]["file"].as_str()),
        (Some(false), Some("scripts/jobs/weekly.rhai"))
    );
    let (status, _) = api.call(Method::PUT, weekly, json!({"source": "fn run(job) { log(job.name) }"})).await;
    assert_eq!(status, 200);
    assert_eq!(level(weekly).await, "root");
    assert!(api.ok("/api/scripts").await.to_string().contains("jobs.weekly"));
    let agent = json!({"source": "fn run(job) {}", "agent": "guanyu-dev"});
    assert_eq!(api.call(Method::PUT, weekly, agent).await.0, 403);
    assert_eq!(api.call(Method::DELETE, weekly, Value::Null).await.0, 204);
    assert_eq!(api.get(weekly).await.0, 404);
    assert_eq!(api.get(&format!("{PROJECT}/scripts/jobs.backup")).await.0, 422);
    assert_eq!(api.get("/api/scripts/..%2Fsecret").await.0, 422);
}

#[tokio::test]
async fn seconds_of_the_status_are_written_as_in_the_original() {
    let api = Api::new().await;
    assert_eq!(api.ok("/api/daemon/status").await["tick_interval_seconds"].to_string(), "30");
}
