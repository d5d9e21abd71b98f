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
