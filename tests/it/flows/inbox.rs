//! The inbox: lines from outside take effect once, bad ones are kept with the reason.

use std::{fs, io::Write, path::PathBuf};

use moziplus::{
    app::{records, tasks},
    model::{ids::TaskId, status::Status},
    store::tasks::Filter,
};
use serde_json::{Value, json};

use super::office::Office;

fn append(office: &Office, line: &str) {
    let path = file(office, "daemon.jsonl");
    let mut inbox = fs::OpenOptions::new().create(true).append(true).open(path).unwrap();
    writeln!(inbox, "{line}").unwrap();
}

fn file(office: &Office, name: &str) -> PathBuf {
    office.app.root().path().join("inbox").join(name)
}

async fn titles(office: &Office) -> Vec<String> {
    let all = tasks::list(&office.app, &office.project, Filter { limit: 100, ..Filter::default() }).await.unwrap();
    all.into_iter().map(|task| task.title).collect()
}

fn create(title: &str, id: Option<&str>) -> String {
    json!({"event": "task_created", "project": "sales", "agent": "human", "id": id,
           "data": {"title": title, "assignee": "zhaoyun-visitor"}})
    .to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_take_effect_once_also_over_a_restart() {
    let office = Office::new().await;
    append(&office, &create("Count", Some("mail-7")));
    append(&office, &create("Count", Some("mail-7")));
    append(&office, &create("Sum", None));
    office.becomes(TaskId(2), Status::Pending).await;
    assert_eq!(titles(&office).await, ["Count", "Sum"]);
    let comment = json!({"event": "comment_added", "project": "sales", "task": "t-1", "data": {"body": "which year?"}});
    append(&office, &comment.to_string());
    office.until(TaskId(1), |task| task.comments_count == 1).await;
    // Another file in its place is read from its start: the keys still know.
    let office = office.restarted().await;
    let replaced = file(&office, "daemon.new");
    fs::write(&replaced, format!("{}\n{}\n", create("Count", Some("mail-7")), create("Last", None))).unwrap();
    fs::rename(replaced, file(&office, "daemon.jsonl")).unwrap();
    office.until(TaskId(3), |task| task.title == "Last").await;
    let comments = records::comments(&office.app, &office.project, TaskId(1)).await.unwrap();
    assert_eq!(comments[0].body, "which year?");
    assert_eq!(titles(&office).await, ["Count", "Sum", "Last"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_taken_is_kept_with_the_reason() {
    let office = Office::new().await;
    append(&office, "not json");
    append(&office, &json!({"event": "task_created", "project": "nowhere", "data": {"title": "x"}}).to_string());
    append(&office, &json!({"event": "task_created", "project": "sales", "data": {"titel": "x"}}).to_string());
    append(
        &office,
        &json!({"event": "user_action", "project": "sales", "task": "t-1", "data": {"action": "cancel"}}).to_string(),
    );
    append(&office, &create("Count", None));
    office.becomes(TaskId(1), Status::Pending).await;
    let rejected = fs::read_to_string(file(&office, "rejected.jsonl")).unwrap();
    let rejected: Vec<Value> = rejected.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let reasons: Vec<_> = rejected.iter().map(|line| line["reason"].as_str().unwrap()).collect();
    assert_eq!(rejected[0]["line"], "not json");
    assert!(reasons[0].starts_with("not JSON: ") && reasons[0].contains("a line is one JSON object"), "{reasons:?}");
    assert!(reasons[1].contains("there is no project nowhere"), "{reasons:?}");
    assert!(reasons[2].contains("titel"), "{reasons:?}");
    assert!(reasons[3].starts_with("not_found"), "{reasons:?}");
    assert_eq!(reasons.len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_lines_are_told_what_a_line_may_say() {
    let office = Office::new().await;
    append(&office, &create("Count", None));
    office.becomes(TaskId(1), Status::Pending).await;
    let of = |event: &str, data: Value| json!({"event": event, "project": "sales", "task": "t-1", "data": data});
    append(&office, "[]");
    append(&office, &of("comment_added", json!({"body": "hello", "token": "secret"})).to_string());
    append(&office, &of("comment_added", json!("hello")).to_string());
    append(&office, &of("comment_added", json!({"body": "hello", "comment_type": "shout"})).to_string());
    append(&office, &of("user_action", json!({"action": "stop"})).to_string());
    append(&office, &of("task_gone", json!({})).to_string());
    append(&office, &of("task_ready", Value::Null).to_string());
    append(&office, &create("Last", None));
    office.becomes(TaskId(2), Status::Pending).await;
    let rejected = fs::read_to_string(file(&office, "rejected.jsonl")).unwrap();
    let reasons: Vec<Value> = rejected.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for (index, wanted) in [
        &["it is an array, not an object", "comment_added, user_action"][..],
        &["validation of `data.token`", "a token stands beside `data`"],
        &["`data` is one JSON object, not a string"],
        &["shout", "handoff"],
        &["`stop` is no action", "pause, resume, cancel"],
        &["task_gone", "task_completed"],
    ]
    .into_iter()
    .enumerate()
    {
        let reason = reasons[index]["reason"].as_str().unwrap();
        assert!(wanted.iter().all(|part| reason.contains(part)), "{reason}");
    }
    assert_eq!(reasons.len(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_may_act_by_the_inbox() {
    let office = Office::new().await;
    append(&office, &create("Count", None));
    office.becomes(TaskId(1), Status::Pending).await;
    let cancel = json!({"event": "user_action", "project": "sales", "task": "t-1", "data": {"action": "cancel", "reason": "no need"}});
    append(&office, &cancel.to_string());
    office.becomes(TaskId(1), Status::Cancelled).await;
}
