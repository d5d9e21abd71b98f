//! `doctor`: what it looks at, what it says to do, what it mends, and two daemons side by side.

use std::{fs, net::TcpListener, os::unix::fs::PermissionsExt};

use serde_json::{Value, json};

use crate::support::daemon::Root;

const AGENTS: &str =
    "runners:\n  shell: {kind: command, argv: [sh, -c, 'true']}\nagents:\n  dev: {role: executor, runner: shell}\n";

/// The findings of a check.
fn found<'a>(report: &'a Value, check: &str) -> Vec<(&'a str, &'a str, &'a str)> {
    let text = |item: &'a Value, field: &str| item[field].as_str().unwrap_or_default();
    let items = report["items"].as_array().unwrap().iter().filter(|item| item["check"] == check);
    items.map(|item| (text(item, "health"), text(item, "detail"), text(item, "hint"))).collect()
}

fn examined(root: &Root, arguments: &[&str]) -> (i32, Value) {
    let answer = root.cli_as(&[], &[&["--json", "doctor"][..], arguments].concat());
    (answer.code, answer.json())
}

#[test]
fn a_sound_root_is_found_sound() {
    let mut root = Root::new(AGENTS, "");
    root.cli(["project", "create", "--id", "sales", "--name", "Sales"]).ok();
    root.start();
    root.cli(["backup", "run"]).ok();
    let (code, report) = examined(&root, &[]);
    assert_eq!((code, &report["ok"]), (0, &json!(true)), "{report:#}");
    let checks = [
        "root",
        "disk",
        "clock",
        "permissions",
        "config",
        "runner shell",
        "git",
        "port",
        "daemon.db",
        "database of sales",
        "daemon",
        "backup",
        "open files",
        "processes",
    ];
    for check in checks {
        assert_eq!(found(&report, check).len(), 1, "{check}: {report:#}");
    }
    assert!(root.cli(["doctor"]).ok().out.contains("database of sales"));
}

#[test]
fn what_is_wrong_is_told_with_the_way_out_and_rights_are_mended() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let settings = format!(
        "server: {{bind: \"{address}\"}}\nbackup: {{targets: [{{name: nas, path: /nowhere/nas}}]}}\n\
         notify: {{webhooks: [{{name: chat, url: \"https://hooks.example/x\", secret_env: NO_SUCH_SECRET}}]}}\n"
    );
    let agents = AGENTS.replace("[sh, -c, 'true']", "[no-such-program]");
    let root = Root::new(&agents, &settings);
    root.cli(["project", "create", "--id", "sales", "--name", "Sales"]).ok();
    fs::set_permissions(root.path().join("daemon.db"), fs::Permissions::from_mode(0o644)).unwrap();
    let (code, report) = examined(&root, &[]);
    assert_eq!((code, &report["ok"]), (1, &json!(false)), "{report:#}");
    for (check, health, hint) in [
        ("port", "failed", "server.bind"),
        ("runner shell", "failed", "install it"),
        ("backup target nas", "warning", "mount it"),
        ("secret", "warning", "run/environment"),
        ("permissions", "failed", "chmod 600"),
        ("daemon", "warning", "moziplus serve"),
        ("backup", "warning", "moziplus backup run"),
    ] {
        let findings = found(&report, check);
        assert!(findings.iter().any(|one| one.0 == health && one.2.contains(hint)), "{check}: {findings:?}");
    }
    let (_, report) = examined(&root, &["--fix"]);
    assert_eq!(found(&report, "permissions")[0].0, "ok", "{report:#}");
    let mode = fs::metadata(root.path().join("daemon.db")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    // A damaged database is found without a daemon, too.
    let database = root.path().join("projects/sales/blackboard.db");
    let mut bytes = fs::read(&database).unwrap();
    bytes[4096..8192].fill(0x5a);
    fs::write(&database, bytes).unwrap();
    let (_, report) = examined(&root, &[]);
    assert_eq!(found(&report, "database of sales")[0].0, "failed", "{report:#}");
}

#[test]
fn two_daemons_are_compared_task_by_task() {
    // Nobody works on either side, so that nothing moves by itself.
    let quiet = || Root::new(AGENTS, "daemon: {max_global_agents: 0}\n");
    let (mut ours, mut theirs) = (quiet(), quiet());
    for root in [&ours, &theirs] {
        root.cli(["project", "create", "--id", "sales", "--name", "Sales"]).ok();
        root.cli(["bb", "create", "--project", "sales", "--title", "Count"]).ok();
    }
    ours.start();
    theirs.start();
    let address = theirs.address();
    let compare = || ours.cli(["--json", "doctor", "--compare", &address]);
    let same = compare();
    assert_eq!((same.code, &same.json()["agrees"]), (0, &json!(true)), "{same:?}");
    theirs.cli(["bb", "pause", "--project", "sales", "--task", "t-1", "--reason", "x"]).ok();
    ours.cli(["bb", "create", "--project", "sales", "--title", "Only here"]).ok();
    theirs.cli(["project", "create", "--id", "hr", "--name", "People"]).ok();
    let differs = compare();
    let report = differs.json();
    assert_eq!((differs.code, &report["agrees"]), (1, &json!(false)), "{report:#}");
    assert_eq!(report["projects"][0]["different"], json!([{"title": "Count", "here": "pending", "there": "paused"}]));
    assert_eq!((&report["projects"][0]["only_here"], &report["only_there"]), (&json!(["Only here"]), &json!(["hr"])));
    let shown = ours.cli(["doctor", "--compare", &address]).out;
    assert!(shown.contains("paused") && shown.contains("projects that are only there: hr"), "{shown}");
    assert_eq!(ours.cli(["doctor", "--compare", "ftp://x"]).code, 2);
    assert_eq!(ours.cli(["doctor", "--compare", "http://127.0.0.1:9"]).code, 5);
}
