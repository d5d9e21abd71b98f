//! Databases that are damaged, cut, swapped or from the future: their project is put aside, the others go on, and a copy
//! brings it back. A wrong answer is never given.

use std::{
    collections::BTreeSet,
    fs::{self, OpenOptions},
    os::unix::fs::FileExt,
    path::Path,
};

use serde_json::json;

use super::{AGENTS, Dice, trials};
use crate::support::daemon::{Root, wait_for};

const TASKS: u64 = 40;

/// What is done to a database while nobody has it open.
#[derive(Debug, Clone, Copy)]
enum Damage {
    RandomBytes,
    Truncated,
    Empty,
    Foreign,
    FromTheFuture,
    GarbageLog,
    CutLog,
}

const ALL: [Damage; 7] = [
    Damage::RandomBytes,
    Damage::Truncated,
    Damage::Empty,
    Damage::Foreign,
    Damage::FromTheFuture,
    Damage::GarbageLog,
    Damage::CutLog,
];

impl Damage {
    fn does(self, database: &Path, dice: &mut Dice) {
        let file = OpenOptions::new().write(true).open(database).unwrap();
        let length = file.metadata().unwrap().len();
        let log = database.with_file_name("blackboard.db-wal");
        match self {
            // At the head of a page: what flips inside of a text is a text, too, and nobody can tell.
            Self::RandomBytes => {
                let noise: Vec<u8> = (0..64).map(|_| dice.below(256) as u8).collect();
                file.write_all_at(&noise, dice.below(length / 4096) * 4096).unwrap();
            }
            Self::Truncated => file.set_len(1 + dice.below(length - 1)).unwrap(),
            Self::Empty => file.set_len(0).unwrap(),
            Self::Foreign => fs::write(database, "this is no database, whatever it is called\n".repeat(200)).unwrap(),
            // `user_version` stands at byte 60 of the header, highest byte first.
            Self::FromTheFuture => file.write_all_at(&9999_u32.to_be_bytes(), 60).unwrap(),
            Self::GarbageLog => {
                let noise: Vec<u8> = (0..20_000).map(|_| dice.below(256) as u8).collect();
                fs::write(log, noise).unwrap();
            }
            Self::CutLog => {
                // Half of a log that a crash left behind: what was not whole is not there.
                if let Ok(bytes) = fs::read(&log) {
                    fs::write(&log, &bytes[..bytes.len() / 2]).unwrap();
                }
            }
        }
    }
}

fn titles(root: &Root, project: &str) -> BTreeSet<String> {
    let list = root.get(&format!("/api/projects/{project}/tasks?limit=500"));
    let items = list["items"].as_array().cloned().unwrap_or_default();
    items.iter().map(|task| task["title"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_damaged_database_puts_its_project_aside_and_a_copy_brings_it_back() {
    let mut dice = Dice::new("damage");
    let mut root = Root::new(AGENTS, "");
    for project in ["sales", "hr"] {
        root.cli(["project", "create", "--id", project, "--name", project]).ok();
    }
    root.start();
    for number in 0..TASKS {
        for project in ["sales", "hr"] {
            let (status, _) = root.request(
                "POST",
                &format!("/api/projects/{project}/tasks"),
                Some(json!({"title": number.to_string()})),
            );
            assert_eq!(status, 201);
        }
    }
    let made = root.cli(["--json", "backup", "run", "--project", "sales"]).ok().json();
    let copy = made["items"][0]["id"].as_str().unwrap().to_owned();
    let wanted = titles(&root, "sales");
    assert_eq!(wanted.len() as u64, TASKS);
    let (mut aside, mut sound) = (0, 0);
    for trial in 0..trials(1) * ALL.len() as u64 {
        let damage = ALL[trial as usize % ALL.len()];
        // Killed where the write-ahead log is to be there: what is in it hides damage of the file, rightly.
        match damage {
            Damage::GarbageLog | Damage::CutLog => root.kill(),
            _ => root.stop(),
        }
        damage.does(&root.path().join("projects/sales/blackboard.db"), &mut dice);
        root.start();
        let told = format!("trial {trial}: {damage:?}");
        assert_eq!(titles(&root, "hr"), wanted, "{told}");
        let (status, answer) = root.request("GET", "/api/projects/sales/tasks?limit=500", None);
        match status {
            // Put aside at the start, or at the first look at a page that nobody had read before.
            503 => {
                assert!(answer["hint"].is_string(), "{told}: {answer}");
                aside += 1;
            }
            // The damage lies where nothing is, or a log was rightly left out.
            200 => {
                let served = titles(&root, "sales");
                assert!(served.is_subset(&wanted), "{told}: {served:?}");
                assert!(!matches!(damage, Damage::Empty | Damage::Foreign | Damage::FromTheFuture), "{told}");
                sound += 1;
            }
            other => panic!("{told}: {other} {answer}"),
        }
        root.cli(["backup", "restore", &copy, "--project", "sales", "--force"]).ok();
        assert_eq!(titles(&root, "sales"), wanted, "{told}");
        assert!(!root.said().contains("panicked"), "{told}: {}", root.said());
    }
    println!("{aside} times put aside, {sound} times nothing was hurt");
    root.stop();
}

#[test]
fn a_database_that_is_deleted_under_the_daemon_costs_its_project_only() {
    let mut root = Root::new(AGENTS, "daemon: {tick_interval: 1}\n");
    for project in ["sales", "hr"] {
        root.cli(["project", "create", "--id", project, "--name", project]).ok();
    }
    root.start();
    let create = |project: &str, title: &str| {
        root.request("POST", &format!("/api/projects/{project}/tasks"), Some(json!({"title": title})))
    };
    assert_eq!(create("sales", "before").0, 201);
    for name in ["blackboard.db", "blackboard.db-wal", "blackboard.db-shm"] {
        fs::remove_file(root.path().join("projects/sales").join(name)).unwrap();
    }
    // Nothing is acknowledged that would be gone with the file.
    let (status, answer) = create("sales", "after");
    assert!(status >= 500, "{status} {answer}");
    wait_for("quarantine", || root.request("GET", "/api/projects/sales/tasks", None).0 == 503);
    assert_eq!(create("hr", "meanwhile").0, 201);
    assert!(!root.said().contains("panicked"), "{}", root.said());
    // The way of the original design: a restart makes an empty one, and says so.
    root.stop();
    root.start();
    assert_eq!(titles(&root, "sales").len(), 0);
    assert!(root.get("/api/events/history?limit=200").to_string().contains("an empty one was made"));
    root.stop();
}
