//! What is written on a task, over HTTP.

use poem::http::Method;
use serde_json::{Value, json};

use super::{Api, ids, read};

#[tokio::test]
async fn each_record_is_answered_whole_and_listed() {
    let api = Api::new().await;
    let (task, token) = api.claimed("zhangfei-dev").await;
    let cases = [
        ("comments", json!({"body": "Look, @guanyu-dev"}), "mentions", json!(["guanyu-dev"])),
        (
            "comments",
            json!({"author": "guanyu-dev", "body": "ok", "comment_type": "answer"}),
            "author",
            json!("guanyu-dev"),
        ),
        ("decisions", json!({"decision": "use medians", "rationale": "outliers"}), "rationale", json!("outliers")),
        ("observations", json!({"body": "two rows are odd"}), "severity", json!("info")),
        ("outputs", json!({"title": "report.md", "text": "# Sales"}), "path", json!("artifacts/t-1/outputs/report.md")),
    ];
    for (route, body, field, expected) in cases {
        let named = body.get("author").is_some();
        let path = format!("{task}/{route}");
        let (status, record) = if named { api.post(&path, body).await } else { api.post_as(&token, &path, body).await };
        assert_eq!(status, 201, "{route}: {record}");
        assert_eq!(record[field], expected, "{route}");
        assert_eq!(record["task"], "t-1");
        assert!(ids(&api.ok(&path).await).contains(&record["id"].to_string()), "{route}");
    }
    let list = api.ok(&format!("{task}/outputs")).await;
    assert_eq!(list.as_object().unwrap().keys().collect::<Vec<_>>(), ["items"]);
    assert_eq!((list["items"][0]["size_bytes"].as_i64(), &list["items"][0]["output_type"]), (Some(7), &json!("other")));
}

#[tokio::test]
async fn an_output_outside_of_the_project_is_refused() {
    let api = Api::new().await;
    let (task, token) = api.claimed("zhangfei-dev").await;
    let body = json!({"title": "passwords", "path": "/etc/passwd"});
    let (status, answer) = api.post_as(&token, &format!("{task}/outputs"), body).await;
    assert_eq!((status, answer["error"].as_str()), (403, Some("path_outside")));
}

#[tokio::test]
async fn an_unmet_gate_says_what_is_missing() {
    let api = Api::new().await;
    let task = api.task(json!({"title": "T", "must_haves": {"artifacts": ["outputs/report.md"]}})).await;
    let (_, claimed) = api.post(&format!("{task}/claim"), json!({"agent": "zhangfei-dev"})).await;
    let token = claimed["token"].as_str().unwrap();
    api.post_as(token, &format!("{task}/start"), Value::Null).await;
    let (status, answer) = api.post_as(token, &format!("{task}/complete"), json!({})).await;
    assert_eq!((status, answer["error"].as_str()), (409, Some("gate_failed")));
    assert!(answer["missing"][0].as_str().unwrap().contains("outputs/report.md"), "{answer}");
    assert!(answer["detail"].as_str().unwrap().contains("outputs/report.md"), "{answer}");
    assert!(answer["valid_values"].is_null(), "{answer}");
}

#[tokio::test]
async fn a_review_is_answered_issue_by_issue() {
    let api = Api::new().await;
    let (task, token) = api.claimed("zhangfei-dev").await;
    api.post_as(&token, &format!("{task}/start"), Value::Null).await;
    let (_, submitted) = api.post_as(&token, &format!("{task}/complete"), json!({})).await;
    assert_eq!(submitted["status"], "review");
    let review = json!({"reviewer": "zhangfei-dev", "verdict": "approved", "confidence": 0.9});
    let (status, answer) = api.post(&format!("{task}/reviews"), review).await;
    assert_eq!((status, answer["error"].as_str()), (403, Some("self_review")));
    let review = json!({"reviewer": "simayi-challenger", "verdict": "needs_revision", "confidence": 0.8,
        "issues": [{"severity": "major", "text": "the total is wrong"}]});
    let (status, review) = api.post(&format!("{task}/reviews"), review).await;
    assert_eq!((status, review["round"].as_i64()), (201, Some(1)));
    let issue = review["issues"][0]["id"].as_i64().unwrap();
    let wrong = json!({"reviewer": "simayi-challenger", "verdict": "fine", "confidence": 0.8});
    let (status, answer) = api.post(&format!("{task}/reviews"), wrong).await;
    assert_eq!((status, answer["field"].as_str()), (422, Some("verdict")));
    assert_eq!(answer["valid_values"], json!(["approved", "needs_revision", "rejected"]));
    let answers = json!([{"issue_id": issue, "stance": "REJECT", "reason": "the source says so"}]);
    let (status, rebuttal) =
        api.post(&format!("{task}/rebuttals"), json!({"author": "zhangfei-dev", "answers": answers})).await;
    assert_eq!(status, 201, "{rebuttal}");
    assert_eq!(rebuttal["answers"], answers);
    let reviews = api.ok(&format!("{task}/reviews")).await;
    assert_eq!(reviews["items"][0]["issues"][0]["stance"], "REJECT");
}

#[tokio::test]
async fn an_outputs_file_is_never_a_page_of_ours() {
    let api = Api::new().await;
    let (task, token) = api.claimed("zhangfei-dev").await;
    let body = json!({"title": "page.html", "text": "<script>alert(1)</script>"});
    api.post_as(&token, &format!("{task}/outputs"), body).await;
    let content = format!("{task}/outputs/1/content");
    let shown = api.send(Method::GET, &content, &[], &Value::Null).await;
    assert_eq!(shown.0.content_type(), Some("text/plain; charset=utf-8"));
    assert!(shown.0.header("content-security-policy").unwrap().contains("sandbox"));
    assert_eq!(shown.0.headers().get_all("content-type").iter().count(), 1);
    assert_eq!(read(shown).await.1, json!("<script>alert(1)</script>"));
    let saved = api.send(Method::GET, &format!("{content}?download=true"), &[], &Value::Null).await;
    assert_eq!(saved.0.header("content-disposition"), Some("attachment"));
    let behind = api.send(Method::GET, &content, &[("Range", "bytes=99-")], &Value::Null).await;
    assert_eq!(behind.0.content_type(), Some("application/json; charset=utf-8"));
    assert_eq!(read(behind).await.0, 416);
    assert_eq!(api.get(&format!("{task}/outputs/9/content")).await.0, 404);
}
