//! Copies go to further places, which may be away, and the drill proves that they can be restored.

use std::{fs, io::Read, path::Path};

use serde_json::Value;

use crate::support::daemon::Root;

fn root(targets: &str) -> Root {
    let mut root = Root::new("agents:\n  dev: {role: executor}\n", targets);
    root.cli(["project", "create", "--id", "sales", "--name", "Sales"]).ok();
    root.cli(["bb", "create", "--project", "sales", "--title", "Count"]).ok();
    root.start();
    root
}

/// Runs the job and answers with what it said.
fn backup(root: &Root) -> String {
    root.cli(["job", "run", "backup"]).ok().out
}

fn archives(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

fn told(root: &Root, what: &str) -> usize {
    let events = root.get("/api/events/history?kind=backup_finished&limit=200");
    let events = events["items"].as_array().unwrap().iter();
    events.filter(|event| event["summary"].as_str().unwrap_or_default().contains(what)).count()
}

#[test]
fn a_share_gets_archives_and_one_that_is_away_is_told_of_once() {
    let share = tempfile::tempdir().unwrap();
    let nas = share.path().join("nas");
    let root = root(&format!("backup:\n  targets:\n    - {{name: nas, path: {}}}\n", nas.display()));
    // Twice away: the copies are made all the same, and people hear of it once.
    for _ in 0..2 {
        let said = backup(&root);
        assert!(said.contains("1 projects and the root copied") && said.contains("cannot be reached"), "{said}");
    }
    assert_eq!(told(&root, "do not reach `nas`"), 1);
    fs::create_dir(&nas).unwrap();
    let said = backup(&root);
    assert!(said.contains("archives sent"), "{said}");
    assert_eq!(told(&root, "reach `nas` again"), 1);
    // What there is after pruning is there, compressed.
    let copies = archives(&root.path().join("backups/sales"));
    let sent = archives(&nas.join("sales"));
    assert_eq!(sent.len(), copies.len(), "{sent:?} {copies:?}");
    assert!(copies.iter().all(|copy| sent.contains(&format!("{copy}.gz"))), "{sent:?} {copies:?}");
    assert!(archives(&nas.join("_root")).iter().all(|name| name.ends_with(".tar.gz")));
    // What is there is a database.
    let mut head = [0; 15];
    let file = fs::File::open(nas.join("sales").join(&sent[0])).unwrap();
    flate2::read::GzDecoder::new(file).read_exact(&mut head).unwrap();
    assert_eq!(&head, b"SQLite format 3");
    // Nothing is sent twice, and what was pruned here goes there, too.
    fs::remove_file(root.path().join("backups/sales").join(&copies[0])).unwrap();
    assert!(backup(&root).contains(", 2 archives sent"));
    assert!(!archives(&nas.join("sales")).contains(&format!("{}.gz", copies[0])));
}

#[test]
fn a_program_takes_archives_wherever_it_likes() {
    let elsewhere = tempfile::tempdir().unwrap();
    let folder = elsewhere.path().display();
    let command = format!(
        "[sh, -c, 'mkdir -p {folder}/$(dirname \"$2\") && cp \"$1\" {folder}/\"$2\"', sh, '{{file}}', '{{name}}']"
    );
    let root = root(&format!("backup:\n  targets:\n    - {{name: cloud, command: {command}}}\n"));
    let said = backup(&root);
    assert!(said.contains("2 archives sent"), "{said}");
    assert_eq!(archives(&elsewhere.path().join("sales")).len(), 1);
}

#[test]
fn the_drill_opens_what_a_restore_would_open() {
    let root = root("");
    let none = root.cli(["job", "run", "restore_drill"]);
    assert!(none.code == 1 && none.out.contains("no copy"), "{none:?}");
    backup(&root);
    let said = root.cli(["job", "run", "restore_drill"]).ok().out;
    assert!(said.contains("1 copies can be restored, with 1 tasks"), "{said}");
    let folder = root.path().join("backups/sales");
    let copy = folder.join(&archives(&folder)[0]);
    let mut bytes = fs::read(&copy).unwrap();
    bytes[4096..8192].fill(0x5a);
    fs::write(&copy, bytes).unwrap();
    let failed = root.cli(["job", "run", "restore_drill"]);
    assert!(failed.code == 1 && failed.out.contains("cannot be restored"), "{failed:?}");
}

#[test]
fn status_knows_the_newest_copy_after_a_restart() {
    let mut root = root("");
    backup(&root);
    root.stop();
    root.start();
    crate::support::daemon::wait_for("the age", || root.get("/api/daemon/status")["backup_age_seconds"] != Value::Null);
}
