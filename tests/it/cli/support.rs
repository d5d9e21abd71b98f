//! What helps an operator: sizes, a bundle without secrets, a unit for the system.

use std::{fs::File, io::Read};

use crate::support::daemon::{Root, wait_for};

#[test]
fn the_bundle_has_what_helps_and_no_secret() {
    let settings = "server: {api_key_file: run/own_key}\nnotify:\n  webhooks:\n    - {name: chat, url: \"https://hooks.example/T0/verysecretpath\"}\n";
    let mut root = Root::new("agents:\n  dev: {role: executor}\n", settings);
    root.write("run/own_key", "0123456789abcdef0123456789abcdef");
    root.start();
    root.cli(["project", "create", "--id", "sales", "--name", "Sales"]).ok();
    let storage = root.cli(["--json", "daemon", "storage"]).ok().json();
    assert!(
        storage["total_bytes"].as_u64().unwrap() > 0 && storage["projects"][0]["database_bytes"].as_u64().unwrap() > 0
    );
    assert!(root.cli(["daemon", "storage"]).ok().out.contains("sales: database"));
    root.cli(["support-bundle", "--out", "help.tar.gz"]).ok();
    let file = File::open(root.path().join("help.tar.gz")).unwrap();
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(file));
    let (mut names, mut all) = (Vec::new(), String::new());
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        names.push(entry.path().unwrap().display().to_string());
        entry.read_to_string(&mut all).unwrap();
    }
    for part in ["about.json", "status.json", "config.json", "logs/daemon.log"] {
        assert!(names.iter().any(|name| name.ends_with(part)), "{part} in {names:?}");
    }
    for secret in ["0123456789abcdef0123456789abcdef", "verysecretpath"] {
        assert!(!all.contains(secret));
    }
    assert!(all.contains("moziplus is ready"));
}

#[test]
fn a_unit_can_be_looked_at_before_it_is_installed() {
    let root = Root::new("agents:\n  dev: {role: executor}\n", "");
    let shown = root.cli(["service", "install", "--print"]).ok().out;
    assert!(shown.contains(&root.path().display().to_string()), "{shown}");
    assert!(shown.contains("KillMode=process") || shown.contains("AbandonProcessGroup"), "{shown}");
    let home = tempfile::tempdir().unwrap();
    let variables = [("HOME", home.path().to_str().unwrap())];
    let status = root.cli_as(&variables, &["service", "status"]).ok().out;
    assert!(status.contains("not installed"), "{status}");
    root.cli_as(&variables, &["service", "install", "--no-start"]).ok();
    let status = root.cli_as(&variables, &["--json", "service", "status"]).ok().json();
    assert_eq!(status["installed"], true);
    let file = status["file"].as_str().unwrap();
    std::fs::write(file, "mine").unwrap();
    assert_eq!(root.cli_as(&variables, &["service", "install", "--no-start"]).code, 4);
    root.cli_as(&variables, &["service", "install", "--no-start", "--force"]).ok();
}

#[test]
fn the_log_level_is_changed_until_the_next_start() {
    let mut root = Root::new("agents:\n  dev: {role: executor}\n", "");
    root.start();
    let logged = |root: &Root| std::fs::read_to_string(root.path().join("daemon.out")).unwrap();
    assert!(!logged(&root).contains("DEBUG"));
    assert_eq!(root.cli(["daemon", "log-level"]).ok().out.trim(), "info, as the configuration says");
    let changed = root.cli(["daemon", "log-level", "debug"]).ok().out;
    assert_eq!(changed.trim(), "debug until the next start; the configuration says info");
    wait_for("lines of the level debug", || {
        root.get("/healthz");
        logged(&root).contains("DEBUG")
    });
    assert_eq!(root.cli(["daemon", "log-level", "loud"]).code, 2);
    assert_eq!(root.cli_as(&[("MOZIPLUS_AGENT", "dev")], &["daemon", "log-level", "info"]).code, 4);
    root.stop();
    root.start();
    assert_eq!(root.cli(["--json", "daemon", "log-level"]).ok().json()["level"], "info");
    let trends = root.cli(["--json", "daemon", "trends"]).ok().json();
    assert!(trends["items"][0]["memory_bytes"].as_u64().unwrap() > 0, "{trends}");
    assert!(root.cli(["daemon", "trends"]).ok().out.contains("MEMORY"));
}
