//! A daemon that is killed while a check runs: the check is made again, and never twice at once.

use std::fs;

use moziplus::process::identity;

use crate::support::daemon::{Root, wait_for};

const AGENTS: &str = r#"
runners:
  sh: {kind: command, argv: ["sh", "{root}/agent.sh"]}
agents:
  dev: {role: executor, runner: sh}
"#;
/// Says when it begins, with its pid, and when it ends.
const CHECKS: &str = r#"
checks:
  - {name: long, command: [sh, -c, "echo begins $$ >> ../../../../checks.log; while [ ! -e ../../../../go ]; do sleep 0.02; done; echo ends >> ../../../../checks.log"]}
"#;

#[test]
fn a_check_that_a_killed_daemon_leaves_behind_is_made_again_and_not_beside_itself() {
    let mut root = Root::new(AGENTS, "daemon: {tick_interval: 1}\n");
    root.write("agent.sh", "\"$MOZIPLUS_BIN\" blackboard complete --summary done\n");
    root.write("config/guardrails.yaml", CHECKS);
    root.start();
    root.cli(["project", "create", "--id", "sales", "--name", "Sales"]).ok();
    root.cli(["blackboard", "create", "--project", "sales", "--title", "Count", "--risk", "low"]).ok();
    let log = root.path().join("checks.log");
    let begun = || -> Vec<i32> {
        let text = fs::read_to_string(&log).unwrap_or_default();
        text.lines().filter_map(|line| line.strip_prefix("begins ")?.parse().ok()).collect()
    };
    let lives = |pid: i32| identity::entry(pid).unwrap().is_some_and(|entry| !entry.zombie);
    wait_for("the check", || begun().len() == 1);
    assert_eq!(root.task("sales", "t-1")["gate"], "pending");
    root.kill();
    assert!(lives(begun()[0]), "it outlives the daemon");
    root.start();
    wait_for("the check to be made again", || begun().len() == 2);
    let pids = begun();
    assert!(!lives(pids[0]) && lives(pids[1]), "one at a time");
    fs::write(root.path().join("go"), "").unwrap();
    root.wait_for_status("sales", "t-1", "done");
    let text = fs::read_to_string(&log).unwrap();
    assert_eq!((begun().len(), text.matches("ends").count()), (2, 1), "{text}");
    root.stop();
}
