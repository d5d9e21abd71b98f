//! Tasks over HTTP: from creation to the end.

use poem::http::Method;
use serde_json::{Value, json};

use super::{Api, PROJECT, ids};

#[tokio::test]
async fn a_new_task_has_every_key_and_times_with_milliseconds() {
    let api = Api::new().await;
    let body = json!({"title": "Count", "priority": 7, "must_haves": {"artifacts": ["outputs/report.md"]}});
    let (status, task) = api.post(&format!("{PROJECT}/tasks"), body).await;
    assert_eq!(status, 201);
    assert_eq!(task["id"], "t-1");
    assert_eq!(task["status"], "pending");
    assert_eq!(task["created_by"], "human");
    assert_eq!(task["created_at"], "2026-05-16T12:00:00.000Z");
    assert_eq!(task["must_haves"], json!({"truths": [], "artifacts": ["outputs/report.md"], "key_links": []}));
    for key in ["assignee", "parent", "owner", "claimed_at", "completed_at", "blocked_on", "review_phase", "summary"] {
        assert_eq!(task.get(key), Some(&Value::Null), "{key}");
    }
    assert_eq!(api.ok(&format!("{PROJECT}/tasks/t-1")).await, task);
}

#[tokio::test]
async fn a_task_goes_from_claim_to_done() {
    let api = Api::new().await;
    let task = api.task(json!({"title": "Count", "risk_level": "low"})).await;
    let (_, claimed) = api.post(&format!("{task}/claim"), json!({"agent": "zhangfei-dev"})).await;
    assert_eq!((claimed["status"].as_str(), claimed["owner"].as_str()), (Some("claimed"), Some("zhangfei-dev")));
    let token = claimed["token"].as_str().unwrap();
    let (status, again) = api.post(&format!("{task}/claim"), json!({"agent": "zhangfei-dev"})).await;
    assert_eq!((status, again["error"].as_str()), (409, Some("already_claimed")));
    let (_, working) = api.post_as(token, &format!("{task}/start"), Value::Null).await;
    assert_eq!(working["status"], "working");
    let (_, done) = api.post_as(token, &format!("{task}/complete"), json!({"summary": "counted"})).await;
    assert_eq!((done["status"].as_str(), done["summary"].as_str()), (Some("done"), Some("counted")));
    let (status, late) = api.post_as(token, &format!("{task}/complete"), json!({})).await;
    assert_eq!((status, late["error"].as_str()), (409, Some("stale_token")));
    // What is only said again is not lost; what is new is kept.
    let letters = async || api.ok(&format!("{PROJECT}/dead-letters?open=true")).await["items"].clone();
    assert_eq!(letters().await, json!([]));
    let (status, _) = api.post_as(token, &format!("{task}/comments"), json!({"body": "one more thing"})).await;
    assert_eq!((status, &letters().await[0]["operation"]), (409, &json!("comment")));
}

#[tokio::test]
async fn expand_adds_what_is_asked_for_and_nothing_else() {
    let api = Api::new().await;
    let parent = api.task(json!({"title": "Whole"})).await;
    api.task(json!({"title": "Part", "parent": "t-1"})).await;
    api.post(&format!("{parent}/comments"), json!({"author": "human:li", "body": "Please hurry."})).await;
    let plain = api.ok(&parent).await;
    assert!(plain.get("comments").is_none() && plain.get("subtasks").is_none());
    let some = api.ok(&format!("{parent}?expand=comments,subtasks")).await;
    assert_eq!(some["comments"][0]["author"], "human:li");
    assert_eq!(some["subtasks"][0]["title"], "Part");
    assert!(some.get("events").is_none());
    let all = api.ok(&format!("{parent}?expand=all")).await;
    for part in ["comments", "outputs", "reviews", "decisions", "observations", "events", "attempts", "subtasks"] {
        assert!(all[part].is_array(), "{part}");
    }
    assert_eq!(ids(&api.ok(&format!("{parent}/subtasks")).await), ["t-2"]);
}

#[tokio::test]
async fn a_patch_changes_what_it_names_and_null_takes_the_assignee_away() {
    let api = Api::new().await;
    let task = api.task(json!({"title": "Count", "assignee": "guanyu-dev"})).await;
    let (status, changed) = api.call(Method::PATCH, &task, json!({"priority": 9})).await;
    assert_eq!((status, changed["priority"].as_i64()), (200, Some(9)));
    assert_eq!((changed["title"].as_str(), changed["assignee"].as_str()), (Some("Count"), Some("guanyu-dev")));
    let (_, free) = api.call(Method::PATCH, &task, json!({"assignee": null})).await;
    assert_eq!(free["assignee"], Value::Null);
}

#[tokio::test]
async fn a_batch_is_created_whole_or_not_at_all() {
    let api = Api::new().await;
    let batch = format!("{PROJECT}/tasks/batch");
    let (status, made) = api.post(&batch, json!({"tasks": [{"title": "A"}, {"title": "B"}]})).await;
    assert_eq!((status, ids(&made)), (201, vec!["t-1".to_owned(), "t-2".to_owned()]));
    let (status, wrong) = api.post(&batch, json!({"tasks": [{"title": "C"}, {"title": "D", "parent": "t-99"}]})).await;
    assert_eq!(status, 404, "{wrong}");
    let (status, wrong) = api.post(&batch, json!({"tasks": [{"title": "C"}, {"titel": "D"}]})).await;
    assert_eq!((status, wrong["field"].as_str()), (422, Some("tasks[1].titel")));
    assert_eq!(ids(&api.ok(&format!("{PROJECT}/tasks")).await).len(), 2);
}

#[tokio::test]
async fn every_verb_of_the_contract_answers_with_the_task() {
    let api = Api::new().await;
    let (task, token) = api.claimed("zhangfei-dev").await;
    let steps =
        [("start", json!({}), "working"), ("block", json!({"on": "human", "reason": "which year?"}), "blocked")];
    for (verb, body, status) in steps {
        let (_, answer) = api.post_as(&token, &format!("{task}/{verb}"), body).await;
        assert_eq!(answer["status"], status, "{verb}: {answer}");
    }
    let steps = [
        ("pause", json!({}), "paused"),
        ("resume", json!({}), "blocked"),
        ("escalate", json!({"reason": "nobody knows"}), "escalated"),
        ("resolve", json!({"to": "failed", "reason": "too late"}), "failed"),
        ("retry", json!({}), "pending"),
        ("fail", json!({"reason": "still too late"}), "failed"),
        ("retry", json!({}), "pending"),
        ("cancel", json!({"reason": "enough"}), "cancelled"),
    ];
    for (verb, body, status) in steps {
        let (code, answer) = api.post(&format!("{task}/{verb}"), body).await;
        assert_eq!((code, answer["status"].as_str()), (200, Some(status)), "{verb}: {answer}");
    }
    let (_, refused) = api.post(&format!("{task}/retry"), json!({})).await;
    assert_eq!(
        (refused["error"].as_str(), refused["valid_values"].clone()),
        (Some("invalid_transition"), json!(["failed"]))
    );
}

#[tokio::test]
async fn a_tasks_events_have_the_ids_of_the_stream() {
    let api = Api::new().await;
    api.task(json!({"title": "other"})).await;
    let task = api.task(json!({"title": "Count"})).await;
    api.post(&format!("{task}/comments"), json!({"body": "one"})).await;
    let of_task = async || ids(&api.ok(&format!("{task}/events")).await);
    while of_task().await.len() < 2 {
        tokio::task::yield_now().await;
    }
    let mut expected = ids(&api.ok("/api/events/history?project=sales&task=t-2").await);
    expected.reverse();
    assert_eq!(of_task().await, expected);
}
