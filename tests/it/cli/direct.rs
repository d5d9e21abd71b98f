//! With no daemon the command line works on the root by itself, one command at a time.

use std::{
    process::{Command, Stdio},
    thread,
};

use super::root;
use crate::support::daemon::PROGRAM;

#[test]
fn what_was_written_without_a_daemon_is_there_with_one() {
    let mut root = root();
    let task = root.cli(["blackboard", "create", "--title", "Before"]).ok().out.trim().to_owned();
    root.cli(["blackboard", "comment", "--task", &task, "--body", "written without a daemon"]).ok();
    assert!(root.cli(["status"]).ok().out.contains("the daemon does not run"));
    root.start();
    let read = root.cli(["blackboard", "read", "--task", &task, "--json"]).ok().json();
    assert_eq!(read["comments"][0]["body"], "written without a daemon");
    root.stop();
    assert_eq!(root.cli(["blackboard", "read", "--json"]).ok().json()["items"][0]["title"], "Before");
}

#[test]
fn commands_without_a_daemon_wait_for_each_other() {
    let root = root();
    let create = |number: usize| {
        let title = format!("task {number}");
        let args = ["blackboard", "create", "--title", &title];
        root.cli_as(&[], &args).ok().out
    };
    let ids = thread::scope(|scope| {
        let running: Vec<_> = (0..4).map(|number| scope.spawn(move || create(number))).collect();
        running.into_iter().map(|one| one.join().unwrap()).collect::<std::collections::BTreeSet<_>>()
    });
    assert_eq!(ids.len(), 4, "{ids:?}");
}

#[test]
fn an_agent_waits_for_the_daemon_instead_of_taking_the_lock() {
    let mut root = root();
    let task = root.cli(["blackboard", "create", "--title", "A"]).ok().out.trim().to_owned();
    #[expect(clippy::disallowed_methods, reason = "the program under test")]
    let waiting = Command::new(PROGRAM)
        .args(["blackboard", "read", "--task", &task, "--json"])
        .env("MOZIPLUS_ROOT", root.path())
        .env("MOZIPLUS_ATTEMPT", "demo.t-1.1")
        .env("MOZIPLUS_PROJECT", "demo")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    root.start();
    let output = waiting.wait_with_output().unwrap();
    assert!(output.status.success());
    assert!(String::from_utf8(output.stdout).unwrap().contains(&format!("\"id\":\"{task}\"")));
}
