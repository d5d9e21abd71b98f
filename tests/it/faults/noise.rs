//! Noise where text is expected: lines of the inbox, and what agents print.

use std::{fs::OpenOptions, io::Write};

use serde_json::json;

use super::{AGENTS, Dice, FINISHES, trials};
use crate::support::daemon::{Root, runtime, wait_for};

const ODD: [u8; 6] = [b'{', b'"', b'\\', 0, 0xff, 0x80];

#[test]
fn noise_in_the_inbox_is_put_aside_and_no_good_line_is_lost() {
    let mut dice = Dice::new("inbox");
    let mut root = Root::new(AGENTS, "daemon: {max_global_agents: 0}\n");
    root.cli(["project", "create", "--id", "sales", "--name", "Sales"]).ok();
    root.start();
    let (mut good, mut bad) = (0, 0);
    for _ in 0..trials(1) * 10 {
        let mut file =
            OpenOptions::new().create(true).append(true).open(root.path().join("inbox/daemon.jsonl")).unwrap();
        let mut bytes = Vec::new();
        for _ in 0..20 {
            if dice.below(2) == 0 {
                good += 1;
                let line = json!({"event": "task_created", "project": "sales", "id": format!("line-{good}"),
                    "data": {"title": format!("T{good}")}});
                bytes.extend(line.to_string().into_bytes());
            } else {
                bad += 1;
                match dice.below(4) {
                    0 => (0..dice.below(300)).for_each(|_| bytes.push(ODD[dice.below(6) as usize])),
                    1 => bytes.extend(json!({"event": "task_created", "project": "none"}).to_string().into_bytes()),
                    2 => bytes.extend(json!({"event": "no_such_event", "project": "sales"}).to_string().into_bytes()),
                    _ => bytes.extend(b"[[[[[[[[{\"event\":1e999}"),
                }
            }
            // A line ends here, whatever was in it.
            bytes.push(b'\n');
            file.write_all(&bytes).unwrap();
            bytes.clear();
        }
    }
    let taken = || {
        let status = root.get("/api/daemon/status");
        status["projects"]["sales"]["tasks_summary"]["pending"].as_u64().unwrap_or(0)
    };
    wait_for("every good line", || taken() == good);
    println!("{good} good lines taken, {bad} bad ones put aside");
    assert!(std::fs::metadata(root.path().join("inbox/rejected.jsonl")).unwrap().len() > 0);
    assert!(!root.said().contains("panicked"), "{}", root.said());
    root.stop();
}

#[test]
fn lines_without_an_id_are_taken_once_over_kills_in_the_middle() {
    const LINES: u64 = 600;
    let mut root = Root::new(AGENTS, "daemon: {max_global_agents: 0}\n");
    root.cli(["project", "create", "--id", "sales", "--name", "Sales"]).ok();
    let lines = (0..LINES).map(|n| {
        let line = json!({"event": "task_created", "project": "sales", "data": {"title": format!("T{n}")}});
        format!("{line}\n")
    });
    root.write("inbox/daemon.jsonl", &lines.collect::<String>());
    let pending = |root: &Root| {
        let status = root.get("/api/daemon/status");
        status["projects"]["sales"]["tasks_summary"]["pending"].as_u64().unwrap_or(0)
    };
    for part in 1..=3 {
        root.start();
        wait_for("a part of the lines", || pending(&root) >= part * LINES / 10);
        root.kill();
    }
    root.start();
    wait_for("every line", || pending(&root) >= LINES && root.get("/api/daemon/status")["inbox_pending"] == 0);
    let marker = json!({"event": "task_created", "project": "sales", "data": {"title": "last"}});
    let (status, _) = root.request("POST", "/api/inbox", Some(marker));
    assert!(status < 300);
    wait_for("the last line", || pending(&root) > LINES);
    assert_eq!(pending(&root), LINES + 1);
    root.stop();
}

#[test]
fn a_log_of_any_bytes_is_shown_in_any_part() {
    let mut dice = Dice::new("logs");
    let mut root = Root::new(AGENTS, "");
    root.write("work.sh", &format!("head -c 100000 /dev/urandom\nprintf '\\033[2J\\377'\n{FINISHES}"));
    root.start();
    root.cli(["project", "create", "--id", "sales", "--name", "Sales", "--agents", "dev"]).ok();
    let body = json!({"title": "T", "assignee": "dev", "risk_level": "low"});
    root.request("POST", "/api/projects/sales/tasks", Some(body));
    root.wait_for_status("sales", "t-1", "done");
    let url = format!("{}/api/projects/sales/tasks/t-1/attempts/1/log", root.address());
    for _ in 0..trials(1) * 40 {
        let (a, b) = (dice.below(200_000), dice.below(200_000));
        let range = match dice.below(6) {
            0 => format!("bytes={a}-{b}"),
            1 => format!("bytes={a}-"),
            2 => format!("bytes=-{b}"),
            3 => "bytes=99999999999999999999-".to_owned(),
            4 => format!("bytes={a}-{b},{b}-{a}"),
            _ => format!("lines={a}"),
        };
        let status = runtime().block_on(async {
            reqwest::Client::new().get(&url).header("range", &range).send().await.unwrap().status().as_u16()
        });
        assert!([200, 206, 416, 422].contains(&status), "{range}: {status}");
    }
    let shown = root.cli(["agent", "log", "sales.t-1.1"]);
    assert_eq!(shown.code, 0, "{shown:?}");
    assert!(!root.said().contains("panicked"), "{}", root.said());
    root.stop();
}
