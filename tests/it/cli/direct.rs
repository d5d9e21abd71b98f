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
        let running: Vec<_> = (0..12).map(|number| scope.spawn(move || create(number))).collect();
        running.into_iter().map(|one| one.join().unwrap()).collect::<std::collections::BTreeSet<_>>()
    });
    assert_eq!(ids.len(), 12, "{ids:?}");
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

#[test]
fn a_project_for_which_there_is_no_room_leaves_nothing_behind() {
    let root = root();
    // A limit on the size of files fails like a full disk: everything fits but the new database.
    let limited = format!("trap '' XFSZ; ulimit -f 100; exec {PROGRAM} --json project create --id late --name Late");
    #[expect(clippy::disallowed_methods, reason = "the program under test")]
    let output = Command::new("bash")
        .args(["-c", &limited])
        .env("MOZIPLUS_ROOT", root.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("\"error\":\"disk_full\""), "{said}");
    assert!(!root.path().join("projects/late").exists());
    root.cli(["project", "create", "--id", "late", "--name", "Late"]).ok();
}

#[test]
fn a_broken_registry_is_told_with_its_place_and_what_to_do() {
    let root = root();
    root.write("projects/_registry.yaml", "projects:\n  - id: demo\n    status: gone\n");
    for command in [vec!["serve", "--bind", "127.0.0.1:0"], vec!["project", "list"]] {
        let answer = root.cli_as(&[], &command);
        assert_eq!(answer.code, 1, "{answer:?}");
        assert!(answer.err.contains("projects/_registry.yaml:3:13: projects[0].status"), "{answer:?}");
        assert!(answer.err.contains("hint: mend projects/_registry.yaml"), "{answer:?}");
    }
}
