//! Every wrong request is answered with the error object, and with a hint.

use poem::http::Method;
use serde_json::{Value, json};

use super::{Api, PROJECT, read};

fn is_error_object(answer: &Value) -> bool {
    let text = |field: &str| answer[field].as_str().is_some_and(|text| !text.is_empty());
    text("error") && text("detail") && text("hint")
}

#[tokio::test]
async fn each_wrong_request_has_its_code_and_a_hint() {
    let api = Api::new().await;
    let task = api.task(json!({"title": "Count"})).await;
    let tasks = format!("{PROJECT}/tasks");
    let cases = [
        (Method::GET, "/api/nothing".to_owned(), Value::Null, 404, "not_found"),
        (Method::GET, "/api/projects/nobody".into(), Value::Null, 404, "not_found"),
        (Method::GET, "/api/projects/Not%20An%20Id".into(), Value::Null, 404, "not_found"),
        (Method::GET, format!("{tasks}/t-99"), Value::Null, 404, "not_found"),
        (Method::GET, format!("{tasks}/99"), Value::Null, 404, "not_found"),
        (Method::DELETE, tasks.clone(), Value::Null, 405, "method_not_allowed"),
        (Method::GET, format!("{tasks}?status=open"), Value::Null, 422, "validation"),
        (Method::GET, format!("{tasks}?limit=501"), Value::Null, 422, "validation"),
        (Method::GET, format!("{tasks}?limit=many"), Value::Null, 422, "validation"),
        (Method::GET, format!("{tasks}?sort=best"), Value::Null, 422, "validation"),
        (Method::GET, format!("{tasks}?cursor=x"), Value::Null, 422, "validation"),
        (Method::GET, format!("{task}?expand=everything"), Value::Null, 422, "validation"),
        (Method::GET, "/api/events/history?kind=birthday".into(), Value::Null, 422, "validation"),
        (Method::GET, "/api/events?level=loud".into(), Value::Null, 422, "validation"),
        (Method::GET, "/api/search".into(), Value::Null, 422, "validation"),
        (Method::POST, tasks.clone(), json!({}), 422, "validation"),
        (Method::POST, tasks.clone(), json!([]), 422, "validation"),
        (Method::POST, tasks.clone(), json!({"title": "T", "agent": "daemon"}), 422, "validation"),
        (Method::POST, format!("{task}/complete"), json!({}), 409, "invalid_transition"),
        (Method::POST, "/api/daemon/tick".into(), Value::Null, 503, "starting"),
        (Method::POST, "/api/jobs/none/run".into(), Value::Null, 404, "not_found"),
        (Method::POST, "/api/attempts/sales.t-1.7/kill".into(), Value::Null, 404, "not_found"),
        (Method::POST, "/api/attempts/seven/kill".into(), Value::Null, 404, "not_found"),
    ];
    for (method, path, body, status, code) in cases {
        let name = format!("{method} {path}");
        let (got, answer) = api.call(method, &path, body).await;
        assert_eq!((got, answer["error"].as_str()), (status, Some(code)), "{name}: {answer}");
        assert!(is_error_object(&answer), "{name}: {answer}");
    }
}

#[tokio::test]
async fn a_mistyped_field_is_named() {
    let api = Api::new().await;
    let (status, answer) = api.post(&format!("{PROJECT}/tasks"), json!({"title": "T", "assigne": "x"})).await;
    assert_eq!(status, 422);
    assert_eq!(answer["field"], "assigne");
    assert_eq!(answer["hint"], "did you mean `assignee`?");
    assert!(answer["valid_values"].as_array().unwrap().contains(&json!("depends_on")), "{answer}");
}

#[tokio::test]
async fn a_body_is_read_whatever_its_content_type() {
    let api = Api::new().await;
    let path = format!("{PROJECT}/tasks");
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let (status, task) = read(api.send(Method::POST, &path, &form, &json!({"title": "T"})).await).await;
    assert_eq!((status, task["title"].as_str()), (201, Some("T")));
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let api = Api::new().await;
    let text = "x".repeat(33 * 1024 * 1024);
    let (status, answer) = api.post(&format!("{PROJECT}/tasks"), json!({"title": "T", "description": text})).await;
    assert_eq!((status, answer["error"].as_str()), (413, Some("too_large")));
}

#[tokio::test]
async fn head_answers_as_get_does() {
    let api = Api::new().await;
    let good = api.send(Method::HEAD, "/api/daemon/status", &[], &Value::Null).await;
    assert_eq!(good.0.status(), 200);
    let bad = api.send(Method::HEAD, "/api/projects/nobody", &[], &Value::Null).await;
    assert_eq!(bad.0.status(), 404);
    assert_eq!(bad.0.content_type(), Some("application/json; charset=utf-8"));
}

#[tokio::test]
async fn a_wrong_parameter_is_explained() {
    let api = Api::new().await;
    let cases = [
        ("sort=best", "sort: `best` is not a sort order; it is one of oldest, newest, updated, priority"),
        ("limit=0", "limit must be at least 1"),
        ("limit=501", "limit must be at most 500"),
        ("parent=7", "parent: `7` is not a valid task id: it looks like t-12"),
    ];
    for (query, detail) in cases {
        let (_, answer) = api.get(&format!("{PROJECT}/tasks?{query}")).await;
        assert_eq!(answer["detail"], detail, "{query}");
        assert_eq!(answer["field"], query.split('=').next().unwrap());
    }
    let (_, answer) = api.get(&format!("{PROJECT}/tasks?sort=best")).await;
    assert_eq!(answer["valid_values"], json!(["oldest", "newest", "updated", "priority"]));
}

#[tokio::test]
async fn a_number_that_is_none_is_told_in_our_own_words() {
    let api = Api::new().await;
    let task = api.task(json!({"title": "Count"})).await;
    let cases = [
        ("/api/events/history?after=abc".to_owned(), 422, "after must be a whole number"),
        ("/api/events?after=abc".into(), 422, "after must be a whole number"),
        (format!("{PROJECT}/tasks?limit=many"), 422, "limit must be a whole number"),
        (format!("{PROJECT}/tasks?limit=99999999"), 422, "limit must be a whole number"),
        ("/api/search".into(), 422, "q is missing"),
        (format!("{task}/attempts/first/log"), 404, "an id in the path must be a whole number"),
        (format!("{task}/outputs/first/content"), 404, "an id in the path must be a whole number"),
    ];
    for (path, status, detail) in cases {
        let (got, answer) = api.get(&path).await;
        assert_eq!((got, answer["detail"].as_str()), (status, Some(detail)), "{path}: {answer}");
    }
    let (_, answer) = api.get(&format!("{PROJECT}/tasks?limit=501")).await;
    assert_eq!(answer["valid_values"], json!(["1 to 500"]));
}

#[tokio::test]
async fn what_is_not_possible_is_told_in_the_verbs_of_the_command_line() {
    let api = Api::new().await;
    let task = api.task(json!({"title": "Count"})).await;
    let review = json!({"reviewer": "simayi-challenger", "verdict": "approved", "confidence": 0.9});
    let (status, answer) = api.post(&format!("{task}/reviews"), review).await;
    assert_eq!((status, answer["detail"].as_str()), (409, Some("cannot review a task that is pending")));
    assert_eq!(answer["valid_values"], json!(["review"]));
    let hint = "with a task that is pending these are possible: claim, fail, block, escalate, pause, cancel";
    assert_eq!(answer["hint"], hint);
    for verb in ["cancel", "retry", "pause", "resume", "reopen"] {
        let (status, answer) = api.post(&format!("{task}/{verb}"), json!({"agent": "zhangfei-dev"})).await;
        assert_eq!((status, answer["error"].as_str()), (403, Some("not_assignee")), "{verb}: {answer}");
        let hint = answer["hint"].as_str().unwrap();
        assert!(hint.contains("a person or the coordinator") && !hint.contains("claim"), "{verb}: {hint}");
    }
    // Not for whoever has it either.
    let (_, claimed) = api.post(&format!("{task}/claim"), json!({"agent": "zhangfei-dev"})).await;
    assert_eq!(claimed["status"], "claimed");
    let (_, answer) = api.post(&format!("{task}/cancel"), json!({"agent": "zhangfei-dev"})).await;
    assert_eq!(answer["detail"], "the agent that has the task may not cancel a task");
    let hint = "cancel is for a person or the coordinator; an agent that has the task can escalate it";
    assert_eq!(answer["hint"], hint);
}

#[tokio::test]
async fn an_inbox_line_that_can_take_no_effect_is_refused() {
    let api = Api::new().await;
    let (status, answer) = api.post("/api/inbox", json!({"event": "birthday", "project": "sales"})).await;
    assert_eq!((status, answer["field"].as_str()), (422, Some("event")));
    assert!(answer["valid_values"].as_array().unwrap().contains(&json!("task_ready")), "{answer}");
    for body in [json!({"event": "task_ready", "project": "nobody"}), json!({"event": "task_ready"})] {
        let (status, answer) = api.post("/api/inbox", body).await;
        assert_eq!((status, answer["field"].as_str()), (422, Some("project")));
        assert_eq!(answer["valid_values"], json!(["sales"]));
    }
}
