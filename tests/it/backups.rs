//! Copies go to further places, which may be away; the drill proves that they can be restored, and they are: one project,
//! or the whole root.

use std::{fs, io::Read, path::Path};

use serde_json::{Value, json};

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
fn one_project_that_fails_keeps_no_other_from_being_sent_and_thinned_out() {
    let share = tempfile::tempdir().unwrap();
    let root = root(&format!("backup:\n  targets:\n    - {{name: nas, path: {}}}\n", share.path().display()));
    root.cli(["project", "create", "--id", "hr", "--name", "People"]).ok();
    backup(&root);
    for hour in 0..60 {
        let name = format!("backups/sales/202601{:02}T{:02}0000000Z.db", 1 + hour / 24, hour % 24);
        root.write(&name, "old");
    }
    fs::rename(root.path().join("backups/hr"), root.path().join("backups/hr-before")).unwrap();
    root.write("backups/hr", "a file where a folder should be");
    let run = root.cli(["job", "run", "backup"]);
    assert!(run.code == 1 && run.out.contains("hr: ") && run.out.contains("archives sent"), "{run:?}");
    let copies = archives(&root.path().join("backups/sales"));
    assert!(copies.len() < 60, "{} copies are left", copies.len());
    assert!(archives(&share.path().join("sales")).len() >= 2);
}

#[test]
fn what_a_share_lost_comes_again_and_what_was_pruned_while_it_was_away_goes() {
    let share = tempfile::tempdir().unwrap();
    let nas = share.path().join("nas");
    fs::create_dir(&nas).unwrap();
    let root = root(&format!("backup:\n  targets:\n    - {{name: nas, path: {}}}\n", nas.display()));
    backup(&root);
    // Of copies of one hour the newest is kept, so this one has to be older.
    let (folder, first) = (root.path().join("backups/sales"), "20260101T000000000Z.db.gz".to_owned());
    let copy = archives(&folder).remove(0);
    fs::rename(folder.join(copy), folder.join(first.trim_end_matches(".gz"))).unwrap();
    backup(&root);
    assert!(archives(&nas.join("sales")).contains(&first));
    fs::remove_file(nas.join("sales").join(&first)).unwrap();
    backup(&root);
    assert!(archives(&nas.join("sales")).contains(&first), "it was lost there and is here");
    let away = share.path().join("away");
    fs::rename(&nas, &away).unwrap();
    fs::remove_file(root.path().join("backups/sales").join(first.trim_end_matches(".gz"))).unwrap();
    backup(&root);
    assert!(away.join("sales").join(&first).exists());
    fs::rename(&away, &nas).unwrap();
    backup(&root);
    assert!(!archives(&nas.join("sales")).contains(&first), "it is gone here, so it goes there");
}

#[test]
fn each_project_has_an_age_of_its_own() {
    let mut root = root("backup: {alarm_hours: 2}\n");
    root.cli(["project", "create", "--id", "hr", "--name", "People"]).ok();
    backup(&root);
    root.stop();
    let folder = root.path().join("backups/sales");
    let copy = archives(&folder).remove(0);
    fs::rename(folder.join(copy), folder.join("20260101T000000000Z.db")).unwrap();
    // Half a copy that a kill has left is no copy, and goes.
    root.write("backups/sales/20260101T000000001Z.db.tmp", "half");
    root.start();
    crate::support::daemon::wait_for("the alarm", || {
        root.get("/api/daemon/status")["overdue_backups"] == json!(["sales"])
    });
    assert!(root.get("/api/daemon/status")["backup_age_seconds"].as_i64().unwrap() > 7200);
    crate::support::daemon::wait_for("its event", || told(&root, "the newest backup of sales is") == 1);
    let doctor = root.cli(["doctor"]);
    assert!(doctor.out.contains("there is no fresh one of sales"), "{doctor:?}");
    assert_eq!(archives(&folder), ["20260101T000000000Z.db"]);
}

#[test]
fn the_drill_compares_with_what_was_copied() {
    let root = root("");
    backup(&root);
    let folder = root.path().join("backups/sales");
    let newest = folder.join(&archives(&folder)[0]);
    let other = tempfile::tempdir().unwrap();
    let earlier = other.path().join("earlier.db");
    fs::copy(&newest, &earlier).unwrap();
    root.cli(["bb", "create", "--project", "sales", "--title", "Sum"]).ok();
    backup(&root);
    let mut copies = archives(&folder);
    copies.sort();
    // Sound, of this project, and not what was copied then.
    fs::copy(&earlier, folder.join(copies.last().unwrap())).unwrap();
    let failed = root.cli(["job", "run", "restore_drill"]);
    assert!(failed.code == 1 && failed.out.contains("when it was made"), "{failed:?}");
}

#[test]
fn the_drill_opens_what_a_restore_would_open() {
    let root = root("");
    let none = root.cli(["job", "run", "restore_drill"]);
    assert!(none.code == 1 && none.out.contains("no copy"), "{none:?}");
    backup(&root);
    let said = root.cli(["job", "run", "restore_drill"]).ok().out;
    assert!(said.contains("2 copies can be restored, with 1 tasks"), "{said}");
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

fn tasks(root: &Root, project: &str) -> Vec<String> {
    let list = root.get(&format!("/api/projects/{project}/tasks"));
    let mut titles: Vec<_> =
        list["items"].as_array().unwrap().iter().map(|task| task["title"].as_str().unwrap().to_owned()).collect();
    titles.sort();
    titles
}

#[test]
fn a_restore_is_looked_at_first_and_takes_an_archive_too() {
    let share = tempfile::tempdir().unwrap();
    let root = root(&format!("backup:\n  targets:\n    - {{name: nas, path: {}}}\n", share.path().display()));
    backup(&root);
    root.cli(["bb", "create", "--project", "sales", "--title", "Sum"]).ok();
    let sent = share.path().join("sales").join(&archives(&share.path().join("sales"))[0]);
    let sent = sent.to_str().unwrap();
    let plan = root.cli(["--json", "backup", "restore", sent, "--project", "sales", "--dry-run"]).ok().json();
    assert_eq!((&plan["tasks_count"], &plan["tasks_now"], &plan["replaces"]), (&json!(1), &json!(2), &json!(true)));
    let shown = root.cli(["backup", "restore", sent, "--project", "sales", "--dry-run"]).ok().out;
    assert!(shown.contains("2 tasks now") && shown.contains("Nothing was changed"), "{shown}");
    assert_eq!(root.cli(["backup", "restore", sent, "--project", "sales"]).code, 4);
    assert_eq!(tasks(&root, "sales").len(), 2);
    root.cli(["backup", "restore", sent, "--project", "sales", "--force"]).ok();
    assert_eq!(tasks(&root, "sales"), ["Count"]);
    // What was there before can be had back.
    let safety = root.path().join("backups/sales");
    let safety = archives(&safety).into_iter().find(|name| name.starts_with("before-restore-")).unwrap();
    root.cli(["backup", "restore", &format!("backups/sales/{safety}"), "--project", "sales", "--force"]).ok();
    assert_eq!(tasks(&root, "sales").len(), 2);
    assert_eq!(root.cli(["backup", "restore", "backups/none.db", "--project", "sales", "--dry-run"]).code, 3);
}

#[test]
fn a_whole_root_comes_back_and_what_was_there_is_kept() {
    let mut root = root("");
    root.cli(["project", "create", "--id", "hr", "--name", "People"]).ok();
    root.cli(["bb", "create", "--project", "hr", "--title", "Hire"]).ok();
    root.write("scripts/tick.rhai", "fn plan(board) { [] }\n");
    backup(&root);
    root.cli(["bb", "create", "--project", "sales", "--title", "Lost"]).ok();
    root.write("scripts/tick.rhai", "fn plan(board) { () }\n");
    let last = root.get("/api/daemon/status")["last_event_id"].as_i64().unwrap();
    let restore = |more: &[&str]| root.cli_as(&[], &[&["backup", "restore", "--all"][..], more].concat());
    let shown = restore(&["--dry-run"]).ok().out;
    assert!(shown.contains("sales: 1 task") && shown.contains("nothing was changed"), "{shown}");
    let held = restore(&["--force"]);
    assert!(held.code == 4 && held.err.contains("stop the daemon"), "{held:?}");
    root.stop();
    let restore = |more: &[&str]| root.cli_as(&[], &[&["backup", "restore", "--all"][..], more].concat());
    assert_eq!(restore(&[]).code, 4);
    assert_eq!(restore(&["--at", "2020-01-01T00:00:00Z"]).code, 4);
    let done = restore(&["--force"]).ok().out;
    assert!(done.contains("restored"), "{done}");
    root.start();
    assert_eq!((tasks(&root, "sales"), tasks(&root, "hr")), (vec!["Count".to_owned()], vec!["Hire".to_owned()]));
    let script = fs::read_to_string(root.path().join("scripts/tick.rhai")).unwrap();
    assert_eq!(script, "fn plan(board) { [] }\n");
    // Ids of events never go back, and new events are seen.
    root.cli(["bb", "create", "--project", "sales", "--title", "New"]).ok();
    let events = root.get(&format!("/api/events/history?after={last}&limit=200"));
    assert!(events.to_string().contains("\"New\"") || events.to_string().contains("New"), "{events:#}");
    let aside = archives(root.path()).into_iter().find(|name| name.starts_with("before-restore-")).unwrap();
    for kept in ["daemon.db", "projects/sales/blackboard.db", "projects/_registry.yaml", "scripts/tick.rhai"] {
        assert!(root.path().join(&aside).join(kept).exists(), "{kept}");
    }
    // Nothing half-made is left behind.
    assert!(archives(root.path()).iter().all(|name| !name.starts_with(".tmp")), "{:?}", archives(root.path()));
}

#[test]
fn another_machine_gets_the_root_from_the_archives() {
    let share = tempfile::tempdir().unwrap();
    let mut old = root(&format!("backup:\n  targets:\n    - {{name: nas, path: {}}}\n", share.path().display()));
    old.cli(["project", "archive", "--id", "sales"]).ok();
    old.cli(["project", "create", "--id", "hr", "--name", "People"]).ok();
    backup(&old);
    old.kill();
    let empty = tempfile::tempdir().unwrap();
    let there = empty.path().join("team");
    let args = ["--root", there.to_str().unwrap()];
    let from = share.path().to_str().unwrap();
    old.cli_as(&[("MOZIPLUS_ROOT", "")], &[&args[..], &["backup", "restore", "--all", from]].concat()).ok();
    let listed =
        old.cli_as(&[("MOZIPLUS_ROOT", "")], &[&args[..], &["--json", "project", "list"]].concat()).ok().json();
    let mut states: Vec<_> =
        listed["items"].as_array().unwrap().iter().map(|one| (one["id"].as_str(), &one["status"])).collect();
    states.sort_by_key(|(id, _)| *id);
    assert_eq!(states, [(Some("hr"), &json!("active")), (Some("sales"), &json!("archived"))]);
    let archived = there.join("projects/_archived/sales/blackboard.db");
    assert!(archived.exists() && there.join("config/agents.yaml").exists());
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a user runs git")]
fn what_was_changed_by_hand_is_no_part_of_another_commit() {
    let mut root = Root::new("agents:\n  dev: {role: executor}\n", "");
    root.cli(["init", "--git"]).ok();
    root.start();
    root.cli(["project", "create", "--id", "sales", "--name", "Sales"]).ok();
    root.write("scripts/tick.rhai", "fn plan(board) { [] }\n");
    root.write("agents/worker.sh", "true\n");
    root.cli(["project", "create", "--id", "hr", "--name", "People"]).ok();
    let folder = root.path().to_str().unwrap().to_owned();
    let git = |arguments: &[&str]| {
        let said = std::process::Command::new("git").args(["-C", &folder]).args(arguments).output().unwrap();
        String::from_utf8(said.stdout).unwrap()
    };
    let messages = git(&["log", "-2", "--format=%s|%b"]);
    let messages: Vec<_> = messages.lines().filter(|line| !line.is_empty()).collect();
    assert!(messages[0].contains("hr") && messages[0].contains("By human."), "{messages:?}");
    assert_eq!(messages[1], "Changes by hand|");
    let by_hand = git(&["show", "--format=", "--name-only", "HEAD~1"]);
    assert!(by_hand.contains("scripts/tick.rhai") && by_hand.contains("agents/worker.sh"), "{by_hand}");
    assert!(!git(&["show", "--format=", "--name-only", "HEAD"]).contains("scripts/"));
}
