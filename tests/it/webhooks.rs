//! Webhooks of forges come in: signed, once, and as tasks and comments.

use hmac::{Hmac, Mac};
use moziplus::http::Access;
use serde_json::{Value, json};

use crate::support::daemon::{Root, runtime, wait_for};

const SETTINGS: &str = "webhooks:
  - {source: gitea, forge: gitea, project: app, secret_file: run/forge, args: {ignore: [bot]}}
  - {source: hub, forge: github, project: app, secret_file: run/forge}
";

fn root() -> Root {
    let mut root = Root::new("agents:\n  dev: {role: executor}\n", SETTINGS);
    root.write("run/forge", "s3cret\n");
    root.cli(["project", "create", "--id", "app", "--name", "App"]).ok();
    root.start();
    root
}

fn sign(secret: &str, body: &str) -> String {
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

/// What a forge posts: to which source, what, and with which secret it signs.
fn post(root: &Root, source: &str, event: &str, (payload, secret): (&Value, &str)) -> (u16, Value) {
    let (url, body) = (format!("{}/api/webhooks/{source}", root.address()), payload.to_string());
    let signature = sign(secret, &body);
    let request = match source {
        "hub" => reqwest::Client::new()
            .post(url)
            .header("x-github-event", event)
            .header("x-hub-signature-256", format!("sha256={signature}")),
        _ => reqwest::Client::new().post(url).header("x-gitea-event", event).header("x-gitea-signature", signature),
    };
    runtime().block_on(async {
        let answer = request.body(body).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap_or(Value::Null))
    })
}

fn issue(action: &str, author: &str) -> Value {
    json!({"action": action, "pull_request": null, "sender": {"login": author},
        "repository": {"full_name": "team/app"},
        "issue": {"number": 12, "title": "Count the harvest", "body": "all of it", "pull_request": null,
                  "html_url": "https://forge.example/team/app/issues/12"}})
}

fn comment(text: &str) -> Value {
    let mut payload = issue("created", "guanyu");
    payload["comment"] = json!({"body": text, "html_url": "https://forge.example/team/app/issues/12#c1"});
    payload
}

fn tasks(root: &Root) -> Vec<Value> {
    root.get("/api/projects/app/tasks")["items"].as_array().unwrap().clone()
}

#[test]
fn an_issue_becomes_a_task_and_its_comments_follow() {
    let root = root();
    let taken = post(&root, "gitea", "issues", (&issue("opened", "liubei"), "s3cret"));
    assert_eq!(taken, (200, json!({"lines": 1, "duplicate": false})));
    wait_for("the task", || tasks(&root).len() == 1);
    assert_eq!(tasks(&root)[0]["title"], "Count the harvest");
    // The same content again, whatever id the forge gives it: nothing.
    let again = post(&root, "gitea", "issues", (&issue("opened", "liubei"), "s3cret"));
    assert_eq!(again, (200, json!({"lines": 0, "duplicate": true})));
    post(&root, "gitea", "issue_comment", (&comment("which year?"), "s3cret"));
    wait_for("the comment", || root.task("app", "t-1")["comments"].as_array().is_some_and(|all| all.len() == 1));
    let said = root.task("app", "t-1")["comments"][0].clone();
    assert_eq!(said["author"], "human:guanyu");
    assert!(said["body"].as_str().unwrap().contains("which year?"), "{said:#}");
    post(&root, "gitea", "issues", (&issue("closed", "liubei"), "s3cret"));
    root.wait_for_status("app", "t-1", "cancelled");
    let log = root.get("/api/webhooks");
    assert_eq!(log["items"].as_array().map(Vec::len), Some(3), "{log:#}");
}

#[test]
fn what_is_not_signed_is_refused_and_what_agents_did_is_ignored() {
    let root = root();
    let refused = post(&root, "gitea", "issues", (&issue("opened", "liubei"), "wrong"));
    assert_eq!((refused.0, &refused.1["error"]), (401, &json!("unauthorized")), "{refused:?}");
    assert!(!refused.1.to_string().contains("s3cret"));
    assert_eq!(post(&root, "nobody", "issues", (&issue("opened", "liubei"), "s3cret")).0, 404);
    let own = post(&root, "gitea", "issues", (&issue("opened", "bot"), "s3cret"));
    assert_eq!(own.1["lines"], 0);
    let url = format!("{}/api/webhooks/gitea", root.address());
    let text = "not json";
    let send = async {
        let request = reqwest::Client::new().post(url).header("x-gitea-signature", sign("s3cret", text)).body(text);
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(runtime().block_on(send), 422);
    assert!(tasks(&root).is_empty());
}

#[test]
fn a_red_check_of_github_is_one_task_for_as_long_as_it_is_open() {
    let root = root();
    let run = |id: i64, conclusion: &str| {
        json!({"action": "completed", "repository": {"full_name": "team/app"}, "sender": {"login": "x"},
            "workflow_run": {"id": id, "name": "ci", "conclusion": conclusion, "head_branch": "main", "html_url": "u"}})
    };
    assert_eq!(post(&root, "hub", "workflow_run", (&run(1, "success"), "s3cret")).1["lines"], 0);
    post(&root, "hub", "workflow_run", (&run(2, "failure"), "s3cret"));
    wait_for("the task", || tasks(&root).len() == 1);
    assert_eq!((&tasks(&root)[0]["title"], &tasks(&root)[0]["priority"]), (&json!("ci is red on main"), &json!(8)));
    post(&root, "hub", "workflow_run", (&run(3, "failure"), "s3cret"));
    root.cli(["bb", "cancel", "--project", "app", "--task", "t-1", "--reason", "flaky"]).ok();
    post(&root, "hub", "workflow_run", (&run(4, "failure"), "s3cret"));
    wait_for("another task", || tasks(&root).len() == 2);
}

#[tokio::test]
async fn a_webhook_needs_no_key_and_the_list_of_them_does() {
    let api = crate::routes::Api::with(Access::new("0.0.0.0:8083".parse().unwrap(), Some("key"))).await;
    let host = [("host", "10.0.0.7:8083")];
    let answer = api.send(poem::http::Method::POST, "/api/webhooks/none", &host, &json!({})).await;
    assert_eq!(answer.0.status().as_u16(), 404);
    let answer = api.send(poem::http::Method::GET, "/api/webhooks", &host, &Value::Null).await;
    assert_eq!(answer.0.status().as_u16(), 401);
}

#[test]
fn a_body_is_read_only_of_a_known_source_and_only_so_far() {
    let root = root();
    let post = |source: &str| {
        let request = reqwest::Client::new().post(format!("{}/api/webhooks/{source}", root.address()));
        let large = vec![b'x'; 5 * 1024 * 1024 + 1];
        runtime().block_on(async { request.body(large).send().await.unwrap().status().as_u16() })
    };
    assert_eq!(post("hub"), 413);
    assert_eq!(post("nobody"), 404);
}
