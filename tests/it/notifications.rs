//! Notifications of a real daemon arrive: signed, again after a failure, gathered, by mail and on the desktop.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use serde_json::{Value, json};

use crate::support::{
    daemon::{Root, wait_for},
    receiver::{MailSink, Receiver},
};

const AGENTS: &str = "agents:\n  dev: {role: executor}\n";

/// A root whose only channel is the webhook `ops`; `more` is written below it.
fn root(receiver: &Receiver, more: &str) -> Root {
    let settings = format!(
        "notify:\n  allowed_addresses: [127.0.0.1]\n  webhooks:\n    - name: ops\n      url: {}/hook?a=1\n{more}",
        receiver.url
    );
    let root = Root::new(AGENTS, &settings);
    root.cli(["project", "create", "--id", "sales", "--name", "Sales"]).ok();
    root
}

/// Lets a task fail, which is urgent.
fn fail_a_task(root: &Root, title: &str) {
    let task = root.cli(["--json", "bb", "create", "--project", "sales", "--title", title]).ok().json();
    let id = task["id"].as_str().unwrap().to_owned();
    root.cli(["bb", "claim", "--project", "sales", "--task", &id, "--agent", "dev"]).ok();
    root.cli(["bb", "start", "--project", "sales", "--task", &id, "--agent", "dev"]).ok();
    root.cli(["bb", "fail", "--project", "sales", "--task", &id, "--agent", "dev", "--reason", "no data"]).ok();
}

fn deliveries(root: &Root, query: &str) -> Vec<Value> {
    root.get(&format!("/api/deliveries{query}"))["items"].as_array().unwrap().clone()
}

fn tells(body: &str, kind: &str) -> bool {
    let body: Value = serde_json::from_str(body).unwrap();
    body["events"].as_array().unwrap().iter().any(|event| event["payload"]["to"] == kind)
}

#[test]
fn what_is_urgent_is_posted_signed_and_once() {
    let receiver = Receiver::answering(&[]);
    let mut root = root(&receiver, "      secret_file: run/hook_secret\n      headers: {x-team: ops}\n");
    root.write("run/hook_secret", "whsec_c2VjcmV0\n");
    root.start();
    fail_a_task(&root, "Count the harvest");
    wait_for("the post", || receiver.posts().iter().any(|post| tells(&post.body, "failed")));
    let post = receiver.posts().into_iter().find(|post| tells(&post.body, "failed")).unwrap();
    let header = |name: &str| post.headers[name].clone();
    assert_eq!((post.target.as_str(), header("x-team").as_str()), ("/hook?a=1", "ops"));
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(b"secret").unwrap();
    mac.update(format!("{}.{}.{}", header("webhook-id"), header("webhook-timestamp"), post.body).as_bytes());
    assert_eq!(header("webhook-signature"), format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())));
    let body: Value = serde_json::from_str(&post.body).unwrap();
    assert_eq!(body["id"], header("webhook-id").as_str());
    assert_eq!((&body["type"], &body["level"]), (&json!("event"), &json!("urgent")));
    assert!(body["title"].as_str().unwrap().contains("sales t-1"), "{body:#}");
    wait_for("the log", || deliveries(&root, "?state=waiting").is_empty());
    let row = &deliveries(&root, "?state=delivered&channel=ops")[0];
    assert_eq!((&row["attempts"], &row["status"], &row["error"]), (&json!(1), &json!(200), &Value::Null), "{row:#}");
    // A restart tells nobody the same again.
    root.stop();
    let before = receiver.posts().len();
    root.start();
    assert_eq!(root.cli(["notify", "test", "ops"]).code, 0);
    let told = receiver.posts().into_iter().skip(before).filter(|post| tells(&post.body, "failed")).count();
    assert_eq!(told, 0);
    // The secret and the address stand nowhere.
    let shown = root.get("/api/config").to_string() + root.get("/api/deliveries").to_string().as_str();
    assert!(!shown.contains("c2VjcmV0") && !shown.contains("hook?a=1"), "{shown}");
}

#[test]
fn what_did_not_arrive_is_sent_again_also_after_a_kill() {
    let receiver = Receiver::answering(&[500]);
    let mut root = root(&receiver, "");
    root.start();
    fail_a_task(&root, "Count");
    wait_for("the failed try", || deliveries(&root, "").iter().any(|row| row["status"] == 500));
    let row = deliveries(&root, "").into_iter().find(|row| row["status"] == 500).unwrap();
    assert_eq!((&row["state"], &row["attempts"]), (&json!("waiting"), &json!(1)), "{row:#}");
    assert!(row["error"].as_str().unwrap().contains("answered 500"), "{row:#}");
    root.kill();
    root.start();
    let path = format!("/api/deliveries/{}", row["id"]);
    wait_for("the second try", || root.get(&path)["state"] == "delivered");
    assert_eq!(root.get(&path)["attempts"], 2);
    let ids: Vec<_> = receiver.posts().iter().map(|post| post.headers["webhook-id"].clone()).collect();
    assert_eq!(ids.iter().filter(|id| **id == row["message"].as_str().unwrap()).count(), 2, "{ids:?}");
}

#[test]
fn internal_addresses_are_refused_and_people_are_told() {
    let receiver = Receiver::answering(&[]);
    let settings = format!("notify:\n  webhooks:\n    - {{name: ops, url: \"{}\"}}\n", receiver.url);
    let mut root = Root::new(AGENTS, &settings);
    root.start();
    let answer = root.cli(["notify", "test", "ops"]);
    assert_eq!(answer.code, 1, "{answer:?}");
    assert!(answer.out.contains("internal address") && answer.out.contains("allowed_addresses"), "{answer:?}");
    assert!(receiver.posts().is_empty());
    wait_for("the event", || {
        let events = root.get("/api/events/history?kind=daemon_state&limit=100");
        events["items"].as_array().unwrap().iter().any(|event| event["payload"]["by"] == "alerts")
    });
    let row = &deliveries(&root, "?state=failed")[0];
    assert_eq!(root.request("POST", &format!("/api/deliveries/{}/retry", row["id"]), Some(json!({}))).0, 200);
    let unknown = root.request("POST", "/api/deliveries/test", Some(json!({"channel": "nobody"})));
    assert_eq!((unknown.0, &unknown.1["valid_values"]), (422, &json!(["ops"])));
    let by_agent = root.request("POST", "/api/deliveries/test", Some(json!({"channel": "ops", "agent": "dev"})));
    assert_eq!(by_agent.0, 403, "{by_agent:?}");
}

#[test]
fn redirects_are_not_followed() {
    let receiver = Receiver::answering(&[302]);
    let mut root = root(&receiver, "");
    root.start();
    let answer = root.cli(["notify", "test", "ops"]);
    assert!(answer.code == 1 && answer.out.contains("answered 302"), "{answer:?}");
}

#[test]
fn routine_is_gathered_and_a_template_shapes_it() {
    let receiver = Receiver::answering(&[]);
    let mut root = root(
        &receiver,
        "      signature: feishu\n      secret_env: FEISHU\n      body: |\n        {\"msg_type\": \"text\", \
         \"content\": {\"text\": {{ (title ~ \"\\n\" ~ text) | tojson }}, \"n\": {{ events | length }}}}\n",
    );
    // Three remarks within the time become one message.
    let script =
        "fn deliver(event, ctx) {\n    if event.kind == \"comment_added\" { batch(\"ops\", 8) } else { () }\n}\n";
    root.write("scripts/notify.rhai", script);
    root.start();
    root.cli(["bb", "create", "--project", "sales", "--title", "Count"]).ok();
    for body in ["one", "two", "three"] {
        let path = "/api/projects/sales/tasks/t-1/comments";
        assert_eq!(root.request("POST", path, Some(json!({"body": body}))).0, 201);
    }
    let gathered = || deliveries(&root, "").first().map_or(0, |row| row["events"].as_array().unwrap().len());
    wait_for("the gathering", || gathered() == 3);
    let row = &deliveries(&root, "")[0];
    // Without its secret, nothing goes out unsigned.
    wait_for("the refusal", || deliveries(&root, "?state=failed").len() == 1);
    assert!(deliveries(&root, "")[0]["error"].as_str().unwrap().contains("FEISHU"));
    assert!(receiver.posts().is_empty());
    let settings = std::fs::read_to_string(root.path().join("config/default.yaml")).unwrap();
    root.write("run/feishu", "abc");
    root.write("config/default.yaml", &settings.replace("secret_env: FEISHU", "secret_file: run/feishu"));
    wait_for("the new settings", || {
        root.get("/api/config")["settings"]["notify"]["webhooks"][0]["secret_file"] == "run/feishu"
    });
    root.cli(["notify", "retry", &row["id"].to_string()]).ok();
    wait_for("the post", || receiver.posts().len() == 1);
    let body: Value = serde_json::from_str(&receiver.posts()[0].body).unwrap();
    assert_eq!((&body["content"]["n"], body["content"]["text"].as_str().unwrap().lines().count()), (&json!(3), 4));
    assert!(body["sign"].is_string() && body["timestamp"].is_string(), "{body:#}");
}

#[test]
fn mail_and_the_desktop_are_channels_too() {
    let sink = MailSink::new();
    let settings = format!(
        "notify:\n  mail: {{host: 127.0.0.1, port: {}, tls: none, from: \"moziplus@example.org\", to: \
         [\"a@example.org\", \"b@example.org\"]}}\n  desktop: [sh, -c, 'echo \"$1\" >> shown.txt', sh]\njobs:\n  \
         - {{name: letter, cron: \"0 0 1 1 *\"}}\n",
        sink.port
    );
    let mut root = Root::new(AGENTS, "");
    root.write(
        "scripts/jobs/letter.rhai",
        "fn run(job) { mail(\"c@example.org\", \"Break\\r\\nBcc: d@example.org\", \"Hello\"); }\n",
    );
    root.write("config/default.yaml", &settings);
    root.start();
    root.cli(["project", "create", "--id", "sales", "--name", "Sales"]).ok();
    fail_a_task(&root, "Count");
    wait_for("the mail", || !sink.mails().is_empty());
    let mail = &sink.mails()[0];
    for part in
        ["RCPT TO:<a@example.org>", "RCPT TO:<b@example.org>", "Subject: [urgent] sales t-1", "Message-ID: <msg_"]
    {
        assert!(mail.contains(part), "{part} in {mail}");
    }
    let shown = root.path().join("shown.txt");
    wait_for("the desktop", || std::fs::read_to_string(&shown).is_ok_and(|text| text.contains("[urgent] sales t-1")));
    // A job writes to whom it likes, and cannot add headers.
    root.cli(["job", "run", "letter"]).ok();
    wait_for("the letter", || sink.mails().iter().any(|mail| mail.contains("RCPT TO:<c@example.org>")));
    assert!(sink.mails().iter().all(|mail| !mail.lines().any(|line| line.starts_with("Bcc"))));
}

#[test]
fn the_daily_report_goes_out() {
    let receiver = Receiver::answering(&[]);
    let mut root = root(&receiver, "  batch_seconds: 1\n");
    root.start();
    fail_a_task(&root, "Count");
    root.cli(["job", "run", "daily_report"]).ok();
    wait_for("the report", || receiver.posts().iter().any(|post| post.body.contains("sales: 0 done, 1 failed")));
}

#[test]
fn a_channel_that_does_not_work_is_told_of_once_by_those_that_do() {
    let receiver = Receiver::answering(&[]);
    // An internal address that is not allowed: no try will help.
    let mut root = root(&receiver, "    - {name: dead, url: \"http://127.0.0.2:9/\"}\n");
    // What goes wrong with the one is no event of the other's own.
    root.write("scripts/notify.rhai", "fn deliver(event, ctx) { if event.kind == \"daemon_state\" { [send(\"ops\"), send(\"dead\")] } else { () } }\n");
    root.start();
    let told = |root: &Root| {
        let events = root.get("/api/events/history?kind=daemon_state&limit=200");
        let events = events["items"].as_array().unwrap().iter();
        events.filter(|event| event["summary"].as_str().unwrap_or_default().contains("`dead` do not arrive")).count()
    };
    root.request("POST", "/api/deliveries/test", Some(json!({"channel": "dead"})));
    wait_for("the event", || told(&root) == 1);
    let posted = || receiver.posts().iter().filter(|post| post.body.contains("`dead` do not arrive")).count();
    wait_for("the other channel", || posted() == 1);
    // Used by a project, and after a restart, it is the same channel.
    root.request("POST", "/api/deliveries/test", Some(json!({"channel": "dead", "project": "sales"})));
    root.stop();
    root.start();
    root.request("POST", "/api/deliveries/test", Some(json!({"channel": "dead"})));
    wait_for("all tries", || deliveries(&root, "?channel=dead&state=waiting").is_empty());
    assert_eq!((told(&root), posted()), (1, 1));
}
