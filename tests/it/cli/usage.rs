//! Exit codes and error objects: what scripts and agents correct themselves by.

use serde_json::json;

use super::{root, served};
use crate::support::daemon::Root;

#[test]
fn the_bare_name_prints_help() {
    let root = Root::new("agents: {}\n", "");
    let answer = root.cli([]).ok();
    assert!(answer.out.contains("Usage: moziplus") && answer.err.is_empty(), "{answer:?}");
}

#[test]
fn each_kind_of_failure_has_its_exit_code() {
    let root = served();
    let task = root.cli(["blackboard", "create", "--title", "A"]).ok().out.trim().to_owned();
    let code = |args: &[&str]| root.cli_as(&[], args).code;
    assert_eq!(code(&["blackboard", "crate"]), 2);
    assert_eq!(code(&["blackboard", "create"]), 2, "no title");
    assert_eq!(code(&["blackboard", "create", "--title", " "]), 2, "an empty title");
    assert_eq!(code(&["blackboard", "read", "--task", "t-99"]), 3);
    assert_eq!(code(&["blackboard", "read", "--project", "nothing"]), 3);
    assert_eq!(code(&["blackboard", "complete", "--task", &task]), 4, "nobody has begun");
    assert_eq!(code(&["blackboard", "complete", "--task", &task, "--token", "stale"]), 4);
    assert_eq!(code(&["script", "check", "no-such-file.rhai"]), 3);
    assert_eq!(code(&["--root", "/nonexistent/root", "project", "list"]), 3, "no root there");
}

#[test]
fn errors_are_objects_with_json() {
    let root = served();
    let task = root.cli(["blackboard", "create", "--title", "A"]).ok().out.trim().to_owned();
    let refused = root.cli(["blackboard", "complete", "--task", &task, "--json"]);
    assert_eq!(refused.problem()["error"], "invalid_transition");
    assert!(refused.problem()["hint"].is_string() && refused.out.is_empty(), "{refused:?}");

    let wrong = root.cli(["--json", "blackboard", "read", "--status", "open"]);
    let problem = wrong.problem();
    assert_eq!((wrong.code, &problem["error"]), (2, &json!("usage")));
    assert_eq!(problem["valid_values"].as_array().unwrap().len(), 10);

    let for_people = root.cli(["blackboard", "complete", "--task", &task]);
    assert!(for_people.err.starts_with("error: ") && for_people.err.contains("\nhint: "), "{for_people:?}");
}

#[test]
fn without_a_daemon_what_needs_one_says_so() {
    let root = root();
    for args in [&["daemon", "status"][..], &["daemon", "tick"], &["job", "run", "backup"]] {
        let answer = root.cli_as(&[], args);
        assert_eq!(answer.code, 5, "{args:?}: {answer:?}");
        assert!(answer.err.contains("moziplus serve"), "{answer:?}");
    }
}

#[test]
fn help_and_completions_need_no_root() {
    let root = Root::new("agents: {}\n", "");
    let nowhere = [("MOZIPLUS_ROOT", "/nonexistent")];
    for shell in ["bash", "zsh", "fish"] {
        let script = root.cli_as(&nowhere, &["completions", shell]).ok();
        assert!(script.out.contains("blackboard"), "{shell}");
    }
    let document = root.cli_as(&nowhere, &["openapi"]).ok().json();
    assert!(document["paths"]["/api/projects"].is_object());
    assert!(root.cli_as(&nowhere, &["openapi", "--format", "yaml"]).ok().out.starts_with("openapi:"));
}

#[test]
fn a_daemon_that_cannot_start_says_what_to_do() {
    let root = Root::new("agents: {}\n", "");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let serve = |variables: &[(&str, &str)], address: &str| {
        let answer = root.cli_as(variables, &["--json", "serve", "--bind", address]);
        let problem = answer.problem();
        (answer.code, problem["hint"].as_str().unwrap_or_default().to_owned(), problem["field"].clone())
    };
    let (code, hint, _) = serve(&[], &address);
    assert!(code == 1 && hint.contains("--bind"), "{code} {hint}");
    let bad = [("MOZIPLUS__DAEMON__TICK_INTERVAL", "often")];
    let (code, hint, field) = serve(&bad, &address);
    assert!(code == 1 && hint.contains("variable"), "{code} {hint} {field}");
    let (code, hint, _) = serve(&[("BLACKBOARD_ROOT", "/srv/blackboards/projects")], &address);
    assert!(code == 2 && hint.contains("unset BLACKBOARD_ROOT"), "{code} {hint}");
    root.write("config/default.yaml", "daemon: {tick_intervl: 3}\n");
    let (code, hint, field) = serve(&[], &address);
    assert_eq!((code, hint.as_str(), &field), (1, "did you mean `tick_interval`?", &json!("daemon.tick_intervl")));
    let for_people = root.cli(["serve", "--bind", "127.0.0.1:0"]);
    assert!(for_people.err.contains("\nhint: did you mean `tick_interval`?"), "{for_people:?}");
}
