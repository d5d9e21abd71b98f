//! Logs of attempts.

use crate::support::daemon::Root;

const AGENTS: &str = r#"
runners:
  talker: {kind: command, argv: ["sh", "-c", "echo one; sleep 1; echo two"], prompt: file}
agents:
  zhangfei-dev: {role: executor, runner: talker}
"#;

#[test]
fn a_followed_log_is_whole_when_the_attempt_ends() {
    let mut root = Root::new(AGENTS, "daemon: {tick_interval: 0.2, max_retries: 0}\n");
    root.cli(["project", "create", "--id", "demo", "--name", "Demo"]).ok();
    root.start();
    let task = root.cli(["blackboard", "create", "--title", "Talk"]).ok().out.trim().to_owned();
    crate::support::daemon::wait_for("the attempt", || {
        !root.cli(["agent", "sessions", "--json"]).ok().json()["items"].as_array().unwrap().is_empty()
    });
    let attempt = format!("demo.{task}.1");
    let followed = root.cli(["agent", "log", &attempt, "--follow"]).ok();
    assert_eq!(followed.out, "one\ntwo\n");
    assert_eq!(root.cli(["agent", "log", &attempt]).ok().out, followed.out);
    assert_eq!(root.cli(["agent", "log", "demo.t-1.99"]).code, 3);
}
