//! `task export` and `task import`: a project goes out as lines and comes back.

use std::{io::Write, process::Stdio};

use serde_json::{Value, json};

use crate::support::daemon::{PROGRAM, Root};

/// Pipes lines into `task import`.
#[expect(clippy::disallowed_methods, reason = "a test starts the program as a user would")]
fn import(root: &Root, project: &str, lines: &str, more: &[&str]) -> (bool, String) {
    let mut command = std::process::Command::new(PROGRAM);
    command.args(["task", "import", "--project", project]).args(more).env("MOZIPLUS_ROOT", root.path());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

#[test]
fn a_project_goes_out_and_comes_back() {
    let mut root = Root::new("agents:\n  dev: {role: executor}\n", "");
    for id in ["old", "new"] {
        root.cli(["project", "create", "--id", id, "--name", id]).ok();
    }
    root.cli(["bb", "create", "--project", "old", "--title", "Count", "--priority", "8", "--truth", "it adds up"]).ok();
    root.cli(["bb", "create", "--project", "old", "--title", "Sum", "--depends-on", "t-1", "--assignee", "dev"]).ok();
    root.cli(["bb", "create", "--project", "old", "--title", "Never"]).ok();
    root.cli(["bb", "comment", "--project", "old", "--task", "t-1", "--body", "which year?"]).ok();
    root.cli(["bb", "cancel", "--project", "old", "--task", "t-3", "--reason", "too late"]).ok();
    let lines = root.cli(["task", "export", "--project", "old"]).ok().out;
    assert_eq!(lines.lines().count(), 3);
    root.start();
    let (good, said) = import(&root, "new", &lines, &["--dry-run"]);
    assert!(good && said.contains("would make 3 tasks with 1 record"), "{said}");
    assert!(root.get("/api/projects/new/tasks")["items"].as_array().unwrap().is_empty());
    let (good, said) = import(&root, "new", &lines, &[]);
    assert!(good && said.contains("made 3 tasks with 1 record"), "{said}");
    let first = root.task("new", "t-1");
    assert_eq!((&first["priority"], &first["must_haves"]["truths"]), (&json!(8), &json!(["it adds up"])));
    assert_eq!(first["comments"][0]["body"], "which year?");
    let second = root.task("new", "t-2");
    assert_eq!((&second["status"], &second["depends_on"]), (&json!("blocked"), &json!(["t-1"])));
    assert_eq!(
        (&root.task("new", "t-3")["status"], &root.get("/api/daemon/status")["ticker_running"]),
        (&json!("cancelled"), &json!(true))
    );
    // What is done comes back as done.
    let done = json!({"id": "t-9", "title": "Old work", "status": "done", "summary": "finished in spring"});
    assert!(import(&root, "new", &format!("{done}\n"), &[]).0);
    assert_eq!(root.task("new", "t-4")["status"], "done");
    let (good, said) = import(&root, "new", "{\"title\": \"x\"}\nnope\n", &[]);
    assert!(!good && said.contains("line 2"), "{said}");
    let all: Vec<Value> = root.get("/api/projects/new/tasks")["items"].as_array().unwrap().clone();
    assert_eq!(all.len(), 4);
}

#[test]
fn outputs_reviews_and_lessons_go_along_with_their_authors_and_times() {
    let agents = "agents:\n  dev: {role: executor}\n  simayi: {role: reviewer}\n";
    let mut root = Root::new(agents, "daemon: {max_global_agents: 0}\n");
    for id in ["old", "new"] {
        root.cli(["project", "create", "--id", id, "--name", id]).ok();
    }
    root.start();
    root.cli(["bb", "create", "--project", "old", "--title", "Filler"]).ok();
    root.cli(["bb", "create", "--project", "old", "--title", "Count"]).ok();
    let task = "/api/projects/old/tasks/t-2";
    let post = |path: &str, body: Value| {
        let (status, answer) = root.request("POST", path, Some(body));
        assert!([200, 201].contains(&status), "{path}: {answer:#}");
        answer
    };
    post(&format!("{task}/claim"), json!({"agent": "dev"}));
    post(&format!("{task}/outputs"), json!({"agent": "dev", "title": "report.md", "text": "42 rows\n"}));
    std::fs::write(root.path().join("projects/old/artifacts/t-2/picture.png"), [0x89, 0xff, 0x00, 0x01]).unwrap();
    post(&format!("{task}/outputs"), json!({"agent": "dev", "title": "picture.png", "path": "picture.png"}));
    post(&format!("{task}/experiences"), json!({"agent": "dev", "lesson": "count twice", "tags": ["sums"]}));
    post(&format!("{task}/comments"), json!({"author": "dev", "body": "which year?"}));
    post(&format!("{task}/complete"), json!({"agent": "dev", "summary": "counted"}));
    let review = json!({"reviewer": "simayi", "verdict": "needs_revision", "confidence": 0.9,
        "issues": [{"severity": "major", "text": "one is missing"}]});
    post(&format!("{task}/reviews"), review);
    let lines = root.cli(["task", "export", "--project", "old"]).ok().out;
    let (good, said) = import(&root, "new", &lines, &[]);
    assert!(good && said.contains("made 2 tasks with 5 records"), "{said}");
    let (was, is) = (root.task("old", "t-2"), root.task("new", "t-2"));
    for (list, fields) in [
        ("outputs", &["agent", "title", "output_type", "size_bytes", "sha256", "created_at"][..]),
        ("comments", &["author", "body", "comment_type", "created_at"]),
        ("reviews", &["reviewer", "verdict", "confidence", "round", "created_at"]),
    ] {
        for (before, after) in was[list].as_array().unwrap().iter().zip(is[list].as_array().unwrap()) {
            for field in fields {
                assert_eq!(before[field], after[field], "{list}.{field}");
            }
        }
        assert_eq!(was[list].as_array().unwrap().len(), is[list].as_array().unwrap().len(), "{list}");
    }
    assert_eq!(is["reviews"][0]["issues"][0]["text"], "one is missing");
    assert!(is["reviews"][0]["decided_at"].is_string(), "nothing follows from it a second time");
    for output in is["outputs"].as_array().unwrap() {
        let file = std::fs::read(root.path().join("projects/new").join(output["path"].as_str().unwrap())).unwrap();
        assert_eq!(file.len() as i64, output["size_bytes"].as_i64().unwrap());
    }
    let lessons = root.get("/api/projects/new/experiences");
    assert_eq!((&lessons["items"][0]["lesson"], &lessons["items"][0]["task"]), (&json!("count twice"), &json!("t-2")));
    // What came in goes out the same: a second export differs in ids and places only.
    let again = root.cli(["task", "export", "--project", "new"]).ok().out;
    let shape = |lines: &str| -> Vec<(Value, usize, usize)> {
        let tasks = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        tasks.map(|task| (task["title"].clone(), array(&task["outputs"]), array(&task["reviews"]))).collect()
    };
    assert_eq!(shape(&lines), shape(&again));
    // Agents do not rewrite history.
    let body = json!({"records": {"comments": [{"body": "x"}]}, "agent": "dev"});
    assert_eq!(root.request("POST", "/api/projects/new/tasks/t-1/import", Some(body)).0, 403);
    let worked_on = json!({"records": {"comments": [{"body": "x"}]}});
    assert_eq!(root.request("POST", &format!("{task}/import"), Some(worked_on)).0, 409);
}

fn array(value: &Value) -> usize {
    value.as_array().map_or(0, Vec::len)
}
