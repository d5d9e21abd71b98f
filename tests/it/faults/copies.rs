//! Copies that are made while everybody writes: each can be restored, and has what was acknowledged before it began. A place
//! for copies that hangs holds up nothing.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use serde_json::json;

use super::{AGENTS, trials};
use crate::support::daemon::{Root, runtime};

/// The titles of a project, without a daemon.
fn titles(root: &Root) -> BTreeSet<String> {
    let exported = root.cli(["task", "export", "--project", "sales"]).ok().out;
    let lines = exported.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    lines.filter_map(|line| line["title"].as_str().map(str::to_owned)).collect()
}

#[test]
fn each_copy_that_is_made_under_load_can_be_restored_and_lacks_nothing() {
    let mut root = Root::new(AGENTS, "daemon: {max_global_agents: 0}\n");
    root.cli(["project", "create", "--id", "sales", "--name", "Sales"]).ok();
    root.start();
    let acknowledged: Arc<Mutex<Vec<String>>> = Arc::default();
    let over = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = (0..4)
        .map(|writer| {
            let (url, taken, over) =
                (format!("{}/api/projects/sales/tasks", root.address()), acknowledged.clone(), over.clone());
            thread::spawn(move || {
                runtime().block_on(async {
                    let client = reqwest::Client::new();
                    for number in 0.. {
                        if over.load(Ordering::Relaxed) {
                            return;
                        }
                        let title = format!("W{writer}-{number}");
                        let sent = client.post(&url).json(&json!({"title": title})).send().await.unwrap();
                        assert_eq!(sent.status().as_u16(), 201);
                        taken.lock().unwrap().push(title);
                    }
                });
            })
        })
        .collect();
    let mut copies = Vec::new();
    for _ in 0..trials(1) * 3 {
        let before: Vec<String> = acknowledged.lock().unwrap().clone();
        let made = root.cli(["--json", "backup", "run", "--project", "sales"]).ok().json();
        let path = root.path().join(made["items"][0]["path"].as_str().unwrap());
        copies.push((path, before));
    }
    over.store(true, Ordering::Relaxed);
    writers.into_iter().for_each(|writer| writer.join().unwrap());
    let other = Root::new(AGENTS, "");
    other.cli(["project", "create", "--id", "sales", "--name", "Sales"]).ok();
    let mut rows = 0;
    for (path, before) in &copies {
        let path = path.to_str().unwrap();
        assert_eq!(other.cli(["backup", "restore", path, "--project", "sales"]).code, 4, "over a live one");
        other.cli(["backup", "restore", path, "--project", "sales", "--force"]).ok();
        let restored = titles(&other);
        let lost: Vec<_> = before.iter().filter(|title| !restored.contains(*title)).collect();
        assert!(lost.is_empty(), "{path} lacks {lost:?}");
        rows += restored.len();
    }
    println!("{} copies restored, {rows} tasks in them", copies.len());
    root.stop();
}

#[test]
fn a_place_for_copies_that_hangs_holds_up_nothing() {
    let targets =
        "backup:\n  targets:\n    - {name: cloud, command: [sh, -c, 'sleep 600', '{file}'], timeout_seconds: 1}\n";
    let mut root = Root::new(AGENTS, targets);
    root.cli(["project", "create", "--id", "sales", "--name", "Sales"]).ok();
    root.start();
    let began = Instant::now();
    let said = root.cli(["job", "run", "backup"]).ok().out;
    assert!(said.contains("copied and verified") && said.contains("took longer than 1s"), "{said}");
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    let metrics = runtime()
        .block_on(async { reqwest::get(format!("{}/metrics", root.address())).await.unwrap().text().await.unwrap() });
    assert!(metrics.contains("moziplus_backup_target_failing{target=\"cloud\"} 1"), "{metrics}");
    root.stop();
}
