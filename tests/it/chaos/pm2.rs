//! The shipped pm2 file as its users see it: starts, restarts, logs, and a daemon that cannot start. Only with a real pm2.

use std::{fs, time::Duration};

use serde_json::Value;

use super::host::{Host, pid};
use crate::support::daemon::{Root, wait_for};

const AGENTS: &str = r#"
runners:
  patient:
    kind: command
    argv: ["sh", "-c", 'while [ ! -e "$MOZIPLUS_ROOT/go" ]; do sleep 0.05; done; "$MOZIPLUS_BIN" blackboard complete; exit 7']
agents:
  worker: {role: executor, runner: patient, max_concurrent: 3}
"#;
const SETTINGS: &str = "server: {bind: '127.0.0.1:0'}\ndaemon: {tick_interval: 1, max_global_agents: 3}\n";

fn main_processes(root: &Root) -> Vec<i64> {
    let sessions = root.get("/api/daemon/sessions");
    let mut pids: Vec<i64> =
        sessions["items"].as_array().unwrap().iter().filter_map(|attempt| attempt["pid"].as_i64()).collect();
    pids.sort_unstable();
    pids
}

#[test]
fn the_shipped_file_restarts_the_daemon_and_leaves_agents_alone() {
    if std::env::var_os("CHAOS_PM2").is_none() {
        return; // `make test-pm2` has one.
    }
    let root = Root::new(AGENTS, SETTINGS);
    let mut host = Host::new(root.path());
    host.start(&root);
    root.cli(["project", "create", "--id", "pit", "--name", "Pit"]).ok();
    let tasks: Vec<String> = (0..3)
        .map(|n| {
            let title = format!("wait {n}");
            let create = ["--json", "blackboard", "create", "--project", "pit", "--title", &title, "--risk", "low"];
            root.cli(create).ok().json()["id"].as_str().unwrap().to_owned()
        })
        .collect();
    wait_for("three agents to work", || main_processes(&root).len() == 3);
    let (agents, first) = (main_processes(&root), pid(root.path()).unwrap());

    host.restart(&root);
    assert_ne!(pid(root.path()).unwrap(), first);
    wait_for("the same agents to be looked after", || main_processes(&root) == agents);

    // It cannot start any more: pm2 gives up after a while, and the agents work on.
    let good = fs::read_to_string(root.path().join("config/default.yaml")).unwrap();
    root.write("config/default.yaml", "server: {bind: nowhere}\n");
    host.pm2(&["restart", "moziplus"]);
    // With a pause between restarts it goes on to say `waiting restart`; what it does stands in its log.
    wait_up_to("pm2 to give up", Duration::from_secs(180), || host.log().contains("too many unstable restarts"));
    fs::write(root.path().join("go"), "").unwrap();
    root.write("config/default.yaml", &good);
    host.pm2(&["restart", "moziplus"]);
    host.recover(&root);
    for task in &tasks {
        let done = root.wait_for_status("pit", task, "done");
        let attempts = done["attempts"].as_array().unwrap();
        assert_eq!((attempts.len(), &attempts[0]["exit_code"]), (1, &Value::from(7)), "{attempts:#?}");
    }

    let log = |name: &str| fs::read_to_string(root.path().join("logs").join(name)).unwrap_or_default();
    for word in ["Tick", "Spawning", "moziplus is ready"] {
        assert!(log("daemon.out.log").contains(word), "{word} in {}", log("daemon.out.log"));
    }
    assert!(log("daemon.err.log").contains("config/default.yaml"), "{}", log("daemon.err.log"));
    host.stop(&root);
    assert!(pid(root.path()).is_none());
}

fn wait_up_to(what: &str, most: Duration, holds: impl Fn() -> bool) {
    let end = std::time::Instant::now() + most;
    while !holds() {
        assert!(std::time::Instant::now() < end, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(500));
    }
}
