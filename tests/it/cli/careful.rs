//! What people see is safe to look at, and says what to do.

use super::{root, served};

#[test]
fn text_of_others_is_shown_and_not_obeyed() {
    let root = served();
    let task = root.cli(["blackboard", "create", "--title", "Plain", "--description", "a\u{1b}]0;b\u{7}"]).ok();
    let task = task.out.trim().to_owned();
    root.cli(["blackboard", "comment", "--task", &task, "--body", "\u{1b}[2J\u{1b}[31mred\n\tend"]).ok();
    root.cli(["blackboard", "block", "--task", &task, "--on", "human", "--reason", "why\u{1b}[8m?"]).ok();
    for args in [vec!["blackboard", "read", "--task", &task], vec!["status"], vec!["blackboard", "read"]] {
        let answer = root.cli_as(&[], &args).ok();
        assert!(!answer.out.contains(|c: char| c.is_control() && c != '\n' && c != '\t'), "{args:?}: {:?}", answer.out);
    }
    let shown = root.cli(["blackboard", "read", "--task", &task]).ok().out;
    assert!(shown.contains("␛[2J␛[31mred\n") && shown.contains("␛]0;b␇"), "{shown}");
    let refused = root.cli(["blackboard", "create", "--title", "x\u{1b}[2J"]);
    assert_eq!(refused.code, 2, "{refused:?}");
    assert!(refused.err.contains("control character"), "{refused:?}");
    let missing = root.cli(["job", "run", "x\u{1b}[2J"]);
    assert!(missing.code != 0 && !missing.err.contains('\u{1b}'), "{missing:?}");
}

#[test]
fn a_broken_script_needs_you() {
    let root = root();
    assert!(root.cli(["status"]).ok().out.contains("nothing needs you"));
    root.write("projects/demo/scripts/escalation.rhai", "fn on_review(review, task, ctx) { nonsense( }");
    let shown = root.cli(["status"]).ok().out;
    assert!(shown.contains("Needs you") && shown.contains("a policy script is broken"), "{shown}");
    assert!(shown.contains("projects/demo/scripts/escalation.rhai:1:"), "{shown}");
}

#[test]
fn a_missing_key_says_what_to_do() {
    let root = root();
    root.write("config/default.yaml", "server: {api_key_env: NO_SUCH_VARIABLE}\n");
    let answer = root.cli(["serve", "--bind", "127.0.0.1:0"]);
    assert_eq!(answer.code, 1, "{answer:?}");
    assert!(answer.err.contains("hint: set the variable, or remove server.api_key_env"), "{answer:?}");
    root.write("config/default.yaml", "server: {api_key_file: none.txt}\n");
    let answer = root.cli(["serve", "--bind", "127.0.0.1:0"]);
    assert!(answer.err.contains("none.txt") && answer.err.contains("hint: make the file readable"), "{answer:?}");
}
