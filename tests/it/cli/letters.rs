//! Prompts and their templates, mail, questions and late writes, as people and agents type them.

use std::fs;

use super::root;

#[test]
fn what_a_record_must_be_like_is_shown_asked_for_and_checked() {
    let root = root();
    let list = root.cli(["schema", "list"]).ok().out;
    assert!(list.lines().any(|line| line.starts_with("review") && line.contains("built-in")), "{list}");
    let schema = root.cli(["schema", "show", "review"]).ok().json();
    assert_eq!(schema["required"], serde_json::json!(["verdict", "confidence"]));
    assert_eq!(root.cli(["schema", "show", "nonsense"]).code, 3);
    assert_eq!(root.cli(["schema", "override", "skill"]).code, 4);
    assert_eq!(root.cli(["schema", "override", "output"]).ok().out.trim(), "wrote schemas/output.json");
    assert_eq!(root.cli(["schema", "override", "output"]).code, 4);
    let file = root.path().join("schemas/output.json");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replacen("\"required\": [", "\"required\": [\n    \"summary\",", 1)).unwrap();
    assert_eq!(root.cli(["schema", "check"]).ok().out.trim(), "every schema of the root can be understood");
    let record = root.write("record.json", r#"{"title": "a.md", "text": "x"}"#).display().to_string();
    let checked = root.cli(["schema", "check", "output", &record]);
    assert!(checked.code == 1 && checked.out.contains("`summary` is missing"), "{checked:?}");
    root.cli(["blackboard", "create", "--title", "Count"]).ok();
    let refused = root.cli(["--json", "blackboard", "output", "--task", "t-1", "--title", "a.md", "--text", "x"]);
    assert_eq!(refused.problem()["field"], "summary");
    fs::write(&file, "{\"requierd\": []}").unwrap();
    let checked = root.cli(["schema", "check"]);
    assert!(checked.code == 1 && checked.out.contains("did you mean `required`?"), "{checked:?}");
}

#[test]
fn a_template_is_overridden_once_and_checked() {
    let root = root();
    assert_eq!(root.cli(["template", "override", "execute"]).ok().out.trim(), "wrote prompt_templates/execute.md");
    assert_eq!(root.cli(["template", "override", "execute"]).code, 4);
    assert_eq!(root.cli(["template", "show", "nonsense"]).code, 3);
    let file = root.path().join("prompt_templates/execute.md");
    assert_eq!(
        fs::read_to_string(&file).unwrap().trim_end(),
        root.cli(["template", "show", "execute"]).ok().out.trim_end()
    );
    assert_eq!(root.cli(["template", "check"]).ok().out.trim(), "every template renders");
    fs::write(&file, "Do {{ task.titel }}.\n").unwrap();
    fs::write(root.path().join("prompt_templates/exicute.md"), "").unwrap();
    let checked = root.cli(["template", "check"]);
    assert_eq!(checked.code, 1);
    assert!(checked.out.contains("prompt_templates/execute.md:1: undefined value"), "{}", checked.out);
    assert!(checked.out.contains("did you mean `execute.md`?"), "{}", checked.out);
    let list = root.cli(["template", "list", "--json"]).ok().json();
    let execute = list["items"].as_array().unwrap().iter().find(|item| item["name"] == "execute").unwrap();
    assert_eq!(execute["level"], "root");
}

#[test]
fn a_prompt_is_shown_whole_and_in_parts() {
    let root = root();
    root.cli(["blackboard", "create", "--title", "Count", "--description", "All of May."]).ok();
    root.cli(["blackboard", "comment", "--task", "t-1", "--body", "Only working days."]).ok();
    let shown = root.cli(["agent", "prompt", "--task", "t-1", "--agent", "zhangfei-dev"]).ok();
    for part in ["You are `zhangfei-dev`", "All of May.", "Only working days."] {
        assert!(shown.out.contains(part), "{part} is missing in:\n{}", shown.out);
    }
    // What is no part of the prompt goes where a pipe does not take it.
    assert!(shown.err.contains("-- message: about ") && shown.err.contains("-- files: "), "{}", shown.err);
    let part = ["agent", "prompt", "--task", "t-1", "--agent", "zhangfei-dev", "--section", "comments"];
    let part = root.cli(part).ok();
    assert!(part.out.contains("Only working days.") && part.err.contains("-- 1 of 1 in comments"), "{part:?}");
    assert!(!part.out.contains("All of May."), "{part:?}");
    assert_eq!(root.cli(["agent", "prompt", "--task", "t-1", "--skip", "1"]).code, 2);
}

#[test]
fn mail_is_sent_answered_and_read() {
    let root = root();
    let send =
        ["mail", "send", "--to", "zhangfei-dev", "--subject", "Figures", "--body", "How many?", "--deadline", "600"];
    assert_eq!(root.cli(send).ok().out.trim(), "mail 1 to zhangfei-dev: Figures");
    let list = root.cli(["mail", "list", "--open"]).ok().out;
    assert!(list.contains("zhangfei-dev") && list.contains("open"), "{list}");
    let reply = ["mail", "reply", "1", "--agent", "zhangfei-dev", "--body", "42."];
    assert_eq!(root.cli(reply).ok().out.trim(), "mail 2 to human: Re: Figures");
    assert_eq!(root.cli(["mail", "list", "--open"]).ok().out.trim(), "no mail");
    assert!(root.cli(["status"]).ok().out.contains("mail 2 from zhangfei-dev: Re: Figures"));
    let read = root.cli(["mail", "read", "2"]).ok().out;
    assert!(read.contains("42.") && read.contains("answers mail 1"), "{read}");
    assert!(!root.cli(["status"]).ok().out.contains("mail 2"));
    assert_eq!(root.cli(["mail", "read", "9"]).code, 3);
    assert_eq!(root.cli(["project", "list", "--json"]).ok().json()["items"].as_array().unwrap().len(), 1);
    assert_eq!(root.cli(["project", "create", "--id", "_mail", "--name", "x"]).code, 2);
}

#[test]
fn a_question_is_asked_listed_and_answered() {
    let root = root();
    root.cli(["blackboard", "create", "--title", "Count"]).ok();
    let ask =
        ["checkpoint", "ask", "--task", "t-1", "--question", "Which year?", "--option", "2025", "--option", "2026"];
    assert!(root.cli(ask).ok().out.contains("one of: 2025, 2026"));
    assert!(root.cli(["checkpoint", "list"]).ok().out.contains("Which year?"));
    assert_eq!(root.cli(["checkpoint", "answer", "1", "--answer", "1999"]).code, 2);
    assert!(root.cli(["checkpoint", "answer", "1", "--answer", "2026"]).ok().out.contains("answered: 2026"));
    assert_eq!(root.cli(["checkpoint", "list"]).ok().out.trim(), "no question waits for you");
    assert!(root.cli(["checkpoint", "list", "--all"]).ok().out.contains("2026"));
    let task = root.cli(["blackboard", "read", "--task", "t-1", "--json"]).ok().json();
    assert_eq!(task["status"], "pending");
}

#[test]
fn late_writes_are_listed_applied_and_discarded() {
    let root = root();
    root.cli(["blackboard", "create", "--title", "Count"]).ok();
    for text in ["kept", "not wanted"] {
        let late = ["blackboard", "comment", "--task", "t-1", "--body", text, "--token", "old"];
        assert_eq!(root.cli(late).code, 4);
    }
    let list = root.cli(["dead-letter", "list"]).ok().out;
    assert!(list.contains("comment") && list.contains("this token is not current"), "{list}");
    assert!(root.cli(["dead-letter", "apply", "1"]).ok().out.contains("applied"));
    assert!(root.cli(["dead-letter", "discard", "2"]).ok().out.contains("discarded"));
    assert_eq!(root.cli(["dead-letter", "apply", "2"]).code, 4);
    assert_eq!(root.cli(["dead-letter", "list"]).ok().out.trim(), "no late write was kept");
    let task = root.cli(["blackboard", "read", "--task", "t-1", "--json"]).ok().json();
    assert_eq!(task["comments"].as_array().unwrap().len(), 1);
    assert_eq!(task["comments"][0]["body"], "kept");
}
