//! What records must be like: the built-in schemas, and what a root asks for beside them.

use std::fs;

use serde_json::{Value, json};

use super::Api;

/// A root that asks more of comments and reviews than what is built in.
async fn stricter() -> Api {
    let api = Api::new().await;
    let folder = api.board.folder.path().join("schemas");
    fs::create_dir_all(&folder).unwrap();
    let comment = json!({
        "if": {"properties": {"comment_type": {"const": "handoff"}}, "required": ["comment_type"]},
        "then": {"properties": {"body": {"pattern": "(?i)completed", "title": "says what is completed"}}},
    });
    let review = json!({"properties": {"issues": {"items": {"properties": {"text": {"minLength": 20}}}}}});
    let output = json!({"required": ["summary"]});
    for (name, schema) in [("comment", comment), ("review", review), ("output", output)] {
        fs::write(folder.join(format!("{name}.json")), schema.to_string()).unwrap();
    }
    api.board.app.config().reload();
    api
}

/// Where a record goes, the record, and what is said about it: field, beginning of the detail, some valid values.
type Case = (&'static str, Value, &'static str, &'static str, &'static [&'static str]);

fn wrong_records() -> [Case; 9] {
    [
        ("comments", json!({"body": ""}), "body", "`body` is empty", &[]),
        (
            "comments",
            json!({"body": "x", "comment_type": "shout"}),
            "comment_type",
            "`comment_type` is `shout`, which is none of",
            &["note", "handoff"],
        ),
        ("decisions", json!({"decision": "x"}), "rationale", "`rationale` is missing", &[]),
        (
            "observations",
            json!({"body": "x", "severty": "info"}),
            "severty",
            "there is no field `severty`",
            &["severity"],
        ),
        (
            "experiences",
            json!({"lesson": "x", "tags": []}),
            "tags",
            "`tags` is empty; at least one entry is wanted",
            &[],
        ),
        (
            "outputs",
            json!({"title": "x".repeat(201), "text": "x"}),
            "title",
            "`title` has 201 characters; at most 200 are allowed",
            &[],
        ),
        (
            "reviews",
            json!({"verdict": "fine", "confidence": 1}),
            "verdict",
            "`verdict` is `fine`, which is none of",
            &["approved"],
        ),
        (
            "reviews",
            json!({"verdict": "approved", "confidence": 2}),
            "confidence",
            "`confidence` is 2, which is not between 0 and 1",
            &[],
        ),
        (
            "rebuttals",
            json!({"answers": [{"issue_id": 1, "stance": "NO", "reason": "x"}]}),
            "answers[0].stance",
            "`answers[0].stance` is `NO`, which is none of",
            &["ACCEPT"],
        ),
    ]
}

#[tokio::test]
async fn each_wrong_record_is_told_by_key_value_and_what_is_allowed() {
    let api = Api::new().await;
    let task = api.task(json!({"title": "Count"})).await;
    for (route, body, field, detail, values) in wrong_records() {
        let (status, answer) = api.post(&format!("{task}/{route}"), body).await;
        assert_eq!((status, answer["field"].as_str()), (422, Some(field)), "{answer}");
        assert!(answer["detail"].as_str().unwrap().starts_with(detail), "{answer}");
        for value in values {
            assert!(answer["valid_values"].as_array().unwrap().contains(&json!(value)), "{answer}");
        }
    }
}

#[tokio::test]
async fn a_root_asks_for_more_and_never_for_less() {
    let api = stricter().await;
    let task = api.task(json!({"title": "Count"})).await;
    let handoff = |body: &str| json!({"body": format!("{body}, and the rest lies in outputs/ where it was before"), "comment_type": "handoff"});
    let (status, refused) = api.post(&format!("{task}/comments"), handoff("half of it is there")).await;
    assert_eq!((status, refused["field"].as_str()), (422, Some("body")), "{refused}");
    assert_eq!(
        refused["detail"],
        "`body` does not match `(?i)completed` (says what is completed) (schemas/comment.json of this root)"
    );
    let (status, _) = api.post(&format!("{task}/comments"), handoff("Completed: rows 1 to 40")).await;
    assert_eq!(status, 201);
    let (status, _) = api.post(&format!("{task}/comments"), json!({"body": "a note may say anything"})).await;
    assert_eq!(status, 201);
    // What is built in is asked all the same, though this schema says nothing about titles.
    let (status, refused) = api.post(&format!("{task}/outputs"), json!({"summary": "x", "text": "x"})).await;
    assert_eq!((status, refused["field"].as_str()), (422, Some("title")), "{refused}");
    let (status, refused) = api.post(&format!("{task}/outputs"), json!({"title": "a.md", "text": "x"})).await;
    assert_eq!((status, refused["field"].as_str()), (422, Some("summary")), "{refused}");
    let schemas = api.ok("/api/schemas").await;
    let of = |name: &str| schemas["items"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap().clone();
    assert_eq!(of("output")["own"], json!({"required": ["summary"]}));
    assert_eq!(of("decision")["own"], Value::Null);
    assert_eq!(api.ok("/api/schemas/output").await, of("output"));
}

#[tokio::test]
async fn what_a_question_may_offer_stands_in_its_schema() {
    let api = stricter().await;
    api.task(json!({"title": "Count"})).await;
    let ask = async |more: Value| {
        let mut body = json!({"task": "t-1", "question": "Which year?"});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        api.post("/api/projects/sales/checkpoints", body).await
    };
    let many: Vec<_> = (0..21).map(|n| n.to_string()).collect();
    for (more, field, detail) in [
        (json!({"options": many}), "options", "20"),
        (json!({"options": ["2025", "2025"]}), "options[1]", "is there twice"),
        (json!({"options": ["2025", " "]}), "options[1]", "one line that says something"),
        (json!({"options": ["two\nlines"]}), "options[0]", "one line that says something"),
        (json!({"options": ["x".repeat(201)]}), "options[0]", "201 characters"),
        (json!({"options": [2025]}), "options[0]", "must be a string"),
        (json!({"timeout_seconds": 2_592_001}), "timeout_seconds", "not between 1 and 2592000"),
    ] {
        let (status, refused) = ask(more).await;
        assert_eq!((status, refused["field"].as_str()), (422, Some(field)), "{refused}");
        assert!(refused["detail"].as_str().unwrap().contains(detail), "{refused}");
    }
    assert_eq!(ask(json!({"options": ["2025", "今年"], "timeout_seconds": 60})).await.0, 201);
}

#[tokio::test]
async fn a_review_that_the_root_cannot_use_is_an_error_of_its_reviewer() {
    let api = stricter().await;
    let task = api.task(json!({"title": "Count"})).await;
    let (_, claimed) = api.post(&format!("{task}/claim"), json!({"agent": "zhangfei-dev"})).await;
    let token = claimed["token"].as_str().unwrap();
    api.post_as(token, &format!("{task}/complete"), json!({"agent": "zhangfei-dev"})).await;
    let review = json!({
        "reviewer": "simayi-challenger", "verdict": "needs_revision", "confidence": 0.9,
        "issues": [{"severity": "major", "text": "bad"}],
    });
    let (status, refused) = api.post(&format!("{task}/reviews"), review).await;
    assert_eq!((status, refused["field"].as_str()), (422, Some("issues[0].text")), "{refused}");
    let notes = api.ok(&format!("{task}/observations")).await;
    assert!(notes["items"][0]["body"].as_str().unwrap().contains("could not be read"), "{notes}");
    assert_eq!(api.ok(&format!("{task}/reviews")).await["items"], json!([]));
}

#[tokio::test]
async fn a_schema_that_cannot_be_understood_leaves_the_last_good_one_in_force() {
    let api = stricter().await;
    let file = api.board.folder.path().join("schemas/output.json");
    fs::write(&file, "{\"requierd\": [\"summary\"]}").unwrap();
    let reload = api.board.app.config().reload();
    let told = reload.errors.iter().map(ToString::to_string).collect::<String>();
    assert!(told.starts_with("schemas/output.json:1:") && told.contains("did you mean `required`?"), "{told}");
    let task = api.task(json!({"title": "Count"})).await;
    let (status, _) = api.post(&format!("{task}/outputs"), json!({"title": "a.md", "text": "x"})).await;
    assert_eq!(status, 422, "the last good one holds");
    fs::remove_file(&file).unwrap();
    api.board.app.config().reload();
    let (status, _) = api.post(&format!("{task}/outputs"), json!({"title": "a.md", "text": "x"})).await;
    assert_eq!(status, 201);
}
