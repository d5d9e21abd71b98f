//! A disk that is full, out of inodes, or read-only.

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use serde_json::json;
use tempfile::TempDir;

use super::{AGENTS, FINISHES};
use crate::support::daemon::{Root, wait_for};

/// A small file system of its own, in memory.
struct Disk(TempDir);

impl Disk {
    /// With these options; none where mounting is not allowed, and then the test is skipped.
    fn with(options: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = run("mount", &["-t", "tmpfs", "-o", options, "tmpfs", folder.path().to_str().unwrap()]);
        if let Err(why) = mounted {
            println!("SKIPPED: no file system can be mounted here: {why}");
            return None;
        }
        Some(Self(folder))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Takes all space that is left.
    fn fill(&self) -> PathBuf {
        let path = self.path().join("ballast");
        let mut file = File::create(&path).unwrap();
        for size in [1 << 20, 1 << 12, 1] {
            let bytes = vec![0x5a; size];
            while file.write_all(&bytes).is_ok() {}
        }
        path
    }

    fn remount(&self, options: &str) -> Result<(), String> {
        run("mount", &["-o", &format!("remount,{options}"), self.path().to_str().unwrap()])
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = run("umount", &["-l", self.path().to_str().unwrap()]);
    }
}

#[expect(clippy::disallowed_methods, reason = "a test mounts a file system as an operator would")]
fn run(program: &str, arguments: &[&str]) -> Result<(), String> {
    match Command::new(program).args(arguments).output() {
        Ok(done) if done.status.success() => Ok(()),
        Ok(done) => Err(String::from_utf8_lossy(&done.stderr).trim().to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

const TASKS: &str = "/api/projects/sales/tasks";

#[test]
fn on_a_full_disk_reads_go_on_writes_are_refused_and_all_goes_on_with_space() {
    let Some(disk) = Disk::with("size=64m") else { return };
    let mut root = Root::below(disk.path(), AGENTS, "daemon: {disk_reserve: 4MB, tick_interval: 1}\n");
    root.write("work.sh", FINISHES);
    root.start();
    root.cli(["project", "create", "--id", "sales", "--name", "Sales", "--agents", "dev"]).ok();
    let ballast = disk.fill();
    let mut acknowledged = vec![];
    let mut refused = None;
    for number in 0..3000 {
        // What the write-ahead log has room for is still taken; nobody is lied to.
        let title = format!("T{number}");
        let (status, answer) = root.request("POST", TASKS, Some(json!({"title": title, "risk_level": "low"})));
        match status {
            201 => acknowledged.push(title),
            _ => {
                refused = Some((status, answer));
                break;
            }
        }
    }
    let (status, answer) = refused.expect("a full disk takes no write");
    assert_eq!((status, &answer["error"]), (507, &json!("disk_full")), "{answer}");
    assert!(answer["hint"].is_string(), "{answer}");
    for path in ["/healthz", TASKS, "/api/daemon/status", "/api/events/history", "/metrics"] {
        assert_eq!(root.request("GET", path, None).0, 200, "{path}");
    }
    wait_for("the alarm of the disk", || root.get("/api/daemon/status")["disk_low"] == true);
    fs::remove_file(ballast).unwrap();
    let freed = Instant::now();
    wait_for("writes to be taken again", || root.request("POST", TASKS, Some(json!({"title": "after"}))).0 == 201);
    println!("writes are taken {} ms after there is space", freed.elapsed().as_millis());
    wait_for("the end of the alarm", || root.get("/api/daemon/status")["disk_low"] == false);
    let all = root.get(&format!("{TASKS}?limit=500")).to_string();
    let lost: Vec<_> = acknowledged.iter().filter(|title| !all.contains(&format!("\"{title}\""))).collect();
    assert!(acknowledged.len() > 450 || lost.is_empty(), "acknowledged and lost: {lost:?}");
    // Whoever waited is started now.
    if let Some(first) = acknowledged.first() {
        println!("{} writes were taken before the first was refused; {first} is done", acknowledged.len());
        root.wait_for_status("sales", "t-1", "done");
    }
    wait_for("word of it", || {
        let told = root.get("/api/events/history?kind=daemon_state&limit=200").to_string();
        told.contains("there is space on the disk again")
    });
    let made = root.cli(["--json", "backup", "run", "--project", "sales"]).ok().json();
    let copy = made["items"][0]["id"].as_str().unwrap().to_owned();
    root.cli(["backup", "verify", &copy]).ok();
    assert!(!root.said().contains("panicked"), "{}", root.said());
    root.stop();
}

#[test]
fn without_inodes_rows_are_written_and_files_are_refused() {
    let Some(disk) = Disk::with("size=64m,nr_inodes=500") else { return };
    let mut root = Root::below(disk.path(), AGENTS, "");
    root.start();
    root.cli(["project", "create", "--id", "sales", "--name", "Sales"]).ok();
    let task = |title: &str| root.request("POST", TASKS, Some(json!({"title": title})));
    assert_eq!(task("before").0, 201);
    let fillers = disk.path().join("fillers");
    fs::create_dir(&fillers).unwrap();
    let many = (0..2000).take_while(|number| File::create(fillers.join(number.to_string())).is_ok()).count();
    assert!(many < 2000);
    assert_eq!(task("while").0, 201, "a row needs no file");
    let output = json!({"agent": "human", "title": "report.md", "text": "long text"});
    let (status, answer) = root.request("POST", &format!("{TASKS}/t-1/outputs"), Some(output.clone()));
    assert_eq!((status, &answer["error"]), (507, &json!("disk_full")), "{answer}");
    assert_eq!(root.request("GET", TASKS, None).0, 200);
    fs::remove_dir_all(&fillers).unwrap();
    assert_eq!(root.request("POST", &format!("{TASKS}/t-1/outputs"), Some(output)).0, 201);
    assert!(!root.said().contains("panicked"), "{}", root.said());
    root.stop();
}

#[test]
fn on_a_read_only_disk_the_daemon_says_so_and_starts_when_it_can() {
    let Some(disk) = Disk::with("size=32m") else { return };
    let mut root = Root::below(disk.path(), AGENTS, "");
    root.cli(["project", "create", "--id", "sales", "--name", "Sales"]).ok();
    // A supervisor would keep a file open for writing; there is none without agents.
    let Ok(()) = disk.remount("ro") else {
        println!("SKIPPED: the file system cannot be made read-only here");
        return;
    };
    let began = Instant::now();
    let refused = root.cli(["serve", "--bind", "127.0.0.1:0"]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.err.contains("Read-only file system") && refused.err.contains("run"), "{refused:?}");
    assert!(began.elapsed() < Duration::from_secs(20));
    let examined = root.cli(["--json", "doctor"]);
    assert!(examined.code == 1 && examined.out.contains("cannot be written"), "{examined:?}");
    disk.remount("rw").unwrap();
    root.start();
    assert_eq!(root.get("/api/projects/sales")["status"], "active");
    root.stop();
}
