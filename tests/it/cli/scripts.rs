//! `script`: writing, checking, testing and trying out, with the built program.

use super::root;

/// Holds everything back.
const IDLE: &str = "fn plan(board) {}\n";

#[test]
fn check_without_a_path_finds_what_is_broken_anywhere() {
    let root = root();
    root.cli(["script", "check"]).ok();
    root.write("projects/demo/scripts/tick.rhai", "import \"lib/q\" as q;\nfn plan(board) { q::look(board) }\n");
    root.write("projects/demo/scripts/lib/q.rhai", "fn look(board) {\n    board.taskss\n}\n");
    root.write("scripts/jobs/weekly.rhai", "fn walk(job) {}\n");
    let answer = root.cli(["script", "check"]);
    assert_eq!(answer.code, 1, "{answer:?}");
    for line in [
        "projects/demo/scripts/lib/q.rhai:2:11: `Board` has no property `taskss`",
        "scripts/jobs/weekly.rhai: there is no function `run`",
        "built-in/notify.rhai: ok",
    ] {
        assert!(answer.out.contains(line), "{line} in\n{}", answer.out);
    }
    root.write("projects/demo/scripts/lib/q.rhai", "fn look(board) { board.tasks }\n");
    root.write("scripts/jobs/weekly.rhai", "fn run(job) {}\n");
    root.write("scripts/zombie.rhai", "fn inspect(attempt) { healthy() }\n");
    let answer = root.cli(["script", "check", "--json"]);
    let told = answer.json()["items"].as_array().unwrap().iter().filter(|item| item["ok"] == false).count();
    assert_eq!((answer.code, told), (1, 1), "{}", answer.out);
}

#[test]
fn a_new_script_comes_with_a_test_that_passes() {
    let root = root();
    let written = root.cli(["script", "new", "escalation", "--project", "demo"]).ok();
    let folder = "projects/demo/scripts";
    assert_eq!(written.out, format!("wrote {folder}/escalation.rhai\nwrote {folder}/escalation_test.rhai\n"));
    assert_eq!(root.cli(["script", "new", "escalation", "--project", "demo"]).code, 4);
    root.cli(["script", "new", "quiet", "--project", "demo"]).ok();
    assert_eq!(root.cli(["script", "new", "cleanup"]).ok().out, "wrote scripts/jobs/cleanup.rhai\n");
    assert_eq!(root.cli(["script", "new", "cleanup"]).code, 4);
    root.cli(["script", "check"]).ok();
    let tested = root.cli(["script", "test"]).ok();
    assert!(tested.out.ends_with("2 passed, 0 failed\n"), "{}", tested.out);

    let test = root.write(&format!("{folder}/escalation_test.rhai"), "fn test_no() {\n    assert_eq(1 + 1, 3);\n}\n");
    let failed = root.cli(["script", "test", &test.display().to_string()]);
    assert_eq!(failed.code, 1);
    assert!(failed.out.contains("escalation_test.rhai:2:5: assert_eq: it is 2, and not 3"), "{}", failed.out);
    root.write(&format!("{folder}/escalation.rhai"), "fn on_review(");
    let broken = root.cli(["script", "test", "--json"]);
    assert_eq!(broken.code, 1);
    assert!(broken.out.contains("escalation.rhai"), "{}", broken.out);
    assert_eq!(root.cli(["script", "test", "nowhere"]).code, 3);
}

#[test]
fn a_changed_script_is_tried_out_and_taken_back() {
    let root = root();
    root.cli(["blackboard", "create", "--title", "Drop table sales"]).ok();
    let file = root.write("guardrail.rhai", "fn check(task, ctx) { [violation(\"mine\", \"blocking\", \"no\")] }\n");
    let file = file.display().to_string();
    let tried = root.cli(["script", "simulate", "--project", "demo", "--script", &file]).ok();
    assert!(tried.out.contains("t-1 check: mine (blocking): no instead of"), "{}", tried.out);
    root.cli(["script", "simulate", "--project", "demo"]).ok();
    let replayed = root.cli(["script", "replay", "--project", "demo", "--script", &file, "--since", "24h"]).ok();
    assert_eq!(replayed.out, "nothing is on record of this time\n");
    let broken = root.write("tick.rhai", "fn plan(board) { board.taskss }\n").display().to_string();
    let refused = root.cli(["script", "simulate", "--project", "demo", "--script", &broken]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.out.contains("`Board` has no property `taskss` in `plan`; did you mean `tasks`?"), "{refused:?}");

    let why = root.cli(["script", "explain", "--project", "demo", "--task", "t-1"]).ok();
    assert!(why.out.starts_with("t-1 is pending\n  the ticker is stopped"), "{}", why.out);

    root.cli(["script", "override", "tick", "--project", "demo"]).ok();
    root.write("projects/demo/scripts/tick.rhai", IDLE);
    root.cli(["script", "list", "--project", "demo"]).ok();
    let listed = root.cli(["script", "versions", "tick", "--project", "demo", "--json"]).ok().json();
    let items = listed["items"].as_array().unwrap();
    assert_eq!((items.len(), items[0]["source"].as_str()), (2, Some(IDLE)), "{listed}");
    let first = items[1]["id"].to_string();
    root.cli(["script", "versions", "tick", "--project", "demo", "--to", &first]).ok();
    let now = std::fs::read_to_string(root.path().join("projects/demo/scripts/tick.rhai")).unwrap();
    assert!(now.contains("fn plan(board) {\n    let desk"), "{now}");
    assert_eq!(root.cli(["script", "versions", "tick", "--project", "demo", "--to", "999"]).code, 3);

    let out = root.path().join("definitions").display().to_string();
    root.cli(["script", "definitions", "--out", &out]).ok();
    assert!(std::fs::read_dir(out).unwrap().count() > 0);
}
