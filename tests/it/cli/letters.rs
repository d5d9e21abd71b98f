//! Prompts and their templates, as people and agents type them.

use std::fs;

use super::root;

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
    let prompt = root.cli(["agent", "prompt", "--task", "t-1", "--agent", "zhangfei-dev"]).ok().out;
    for part in ["You are `zhangfei-dev`", "All of May.", "Only working days.", "-- message: about ", "-- files: "] {
        assert!(prompt.contains(part), "{part} is missing in:\n{prompt}");
    }
    let part = ["agent", "prompt", "--task", "t-1", "--agent", "zhangfei-dev", "--section", "comments"];
    let part = root.cli(part).ok().out;
    assert!(part.contains("Only working days.") && part.contains("-- 1 of 1 in comments"), "{part}");
    assert!(!part.contains("All of May."), "{part}");
    assert_eq!(root.cli(["agent", "prompt", "--task", "t-1", "--skip", "1"]).code, 2);
}
