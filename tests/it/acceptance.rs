//! Section 14 of the original design, point by point, with the Rust equivalents of its Python and shell lines.
//!
//! Left to later issues, as they say themselves: a start under pm2, `sessions_spawn`, archives of sessions.

#![expect(clippy::disallowed_methods, reason = "the tests look at files and run programs as an operator would")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    os::unix::fs::PermissionsExt,
    time::Duration,
};

use serde_json::{Value, json};

use crate::support::daemon::{Root, wait_for};

/// Agents that are small programs: one that does tasks, one that reviews them.
const AGENTS: &str = r#"
runners:
  worker:
    kind: command
    argv: ["sh", "-c", 'echo working; "$MOZIPLUS_BIN" blackboard output --title report.md --text "42 rows" && "$MOZIPLUS_BIN" blackboard complete --summary "counted"']
  reviewer:
    kind: command
    argv: ["sh", "-c", '"$MOZIPLUS_BIN" blackboard review --verdict approved --confidence 0.92']
  sleeper:
    kind: command
    argv: ["sleep", "60"]
agents:
  zhangfei-dev: {role: executor, runner: worker}
  simayi-challenger: {role: reviewer, runner: reviewer}
  zhaoyun-data: {role: executor, runner: sleeper, capabilities: [wait], max_concurrent: 4}
"#;
const QUICK: &str = "daemon: {tick_interval: 0.2}\n";

fn started() -> Root {
    let mut root = Root::new(AGENTS, QUICK);
    root.start();
    root.cli(["project", "create", "--id", "quant", "--name", "量化实战"]).ok();
    root
}

fn create(root: &Root, more: &[&str]) -> String {
    let mut args = vec!["--json", "blackboard", "create", "--project", "quant"];
    args.extend(more);
    root.cli_as(&[], &args).ok().json()["id"].as_str().unwrap().to_owned()
}

#[test]
fn a01_a_root_can_be_a_git_work_tree_that_leaves_data_out() {
    let root = Root::new("agents: {}\n", "");
    root.cli(["init", "--git"]).ok();
    assert!(root.path().join(".git").is_dir());
    let is_ignored = |path: &str| {
        let git =
            std::process::Command::new("git").args(["check-ignore", "-q", path]).current_dir(root.path()).status();
        git.unwrap().success()
    };
    for left_out in ["blackboard.db", "artifacts/t-1/outputs/report.md", "experiences/x.md"] {
        assert!(is_ignored(&format!("projects/quant/{left_out}")), "{left_out}");
    }
    assert!(is_ignored("run/api_key") && is_ignored("logs/daemon.log") && !is_ignored("config/default.yaml"));
}

#[test]
fn a02_the_pm2_file_is_valid_and_leaves_agents_alone() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/ecosystem.config.cjs");
    let print = format!("console.log(JSON.stringify(require({file:?})))");
    let output = std::process::Command::new("node").args(["-e", &print]).output().unwrap();
    let config: Value = serde_json::from_slice(&output.stdout).unwrap();
    let app = &config["apps"][0];
    assert_eq!(app["interpreter"], "none");
    assert_eq!(app["treekill"], false, "pm2 must not end the agents");
    assert_eq!(app["kill_timeout"], 10000);
}

#[test]
fn a03_the_registry_lists_the_projects_and_keeps_what_people_write_into_it() {
    let root = started();
    let file = root.path().join("projects/_registry.yaml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("# our projects\n{text}")).unwrap();
    root.cli(["project", "create", "--id", "vnpy", "--name", "VN"]).ok();
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.starts_with("# our projects"), "{text}");
    let listed = root.get("/api/projects");
    let ids: Vec<_> = listed["items"].as_array().unwrap().iter().map(|p| p["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["quant", "vnpy"]);
}

#[test]
fn a04_the_command_line_creates_a_project() {
    let root = Root::new(AGENTS, QUICK);
    let agents = "zhangfei-dev,simayi-challenger";
    root.cli(["project", "create", "--name", "量化实战", "--id", "quant", "--agents", agents]).ok();
    let shown = root.cli(["--json", "project", "show", "quant"]).ok().json();
    assert_eq!(shown["name"], "量化实战");
    assert_eq!(shown["agents"], json!(["zhangfei-dev", "simayi-challenger"]));
    for folder in ["config/project.yaml", "artifacts", "scripts", "skills", "experiences"] {
        assert!(root.path().join("projects/quant").join(folder).exists(), "{folder}");
    }
}

#[test]
fn a05_each_project_has_a_database_of_its_own_that_only_its_owner_reads() {
    let root = started();
    let file = root.path().join("projects/quant/blackboard.db");
    for suffix in ["", "-wal", "-shm"] {
        let path = format!("{}{suffix}", file.display());
        if let Ok(meta) = std::fs::metadata(&path) {
            assert_eq!(meta.permissions().mode() & 0o777, 0o600, "{path}");
        }
    }
    let db = rusqlite::Connection::open_with_flags(&file, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let columns = |table: &str| -> Vec<String> {
        let mut select = db.prepare(&format!("SELECT name FROM pragma_table_info('{table}')")).unwrap();
        select.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    for (table, column) in [("reviews", "confidence"), ("experiences", "lesson"), ("comments", "comment_type")] {
        assert!(columns(table).iter().any(|name| name == column), "{table}.{column}");
    }
}

#[test]
fn a06_the_eight_verbs_of_the_blackboard_work() {
    let root = Root::new("agents:\n  hand: {role: executor}\n  eye: {role: reviewer}\n", QUICK);
    root.cli(["project", "create", "--id", "quant", "--name", "量化实战"]).ok();
    let hand = [("MOZIPLUS_PROJECT", "quant"), ("MOZIPLUS_TASK", "t-1")];
    let act = |who: &str, args: &[&str]| {
        let mut all = vec!["--agent", who, "blackboard"];
        all.extend(args);
        root.cli_as(&hand, &all).ok()
    };
    create(&root, &["--title", "count rows"]);
    act("hand", &["claim"]);
    act("hand", &["start"]);
    act("hand", &["comment", "--body", "on it"]);
    act("hand", &["decide", "--decision", "count twice", "--rationale", "to be sure"]);
    act("hand", &["observe", "--body", "two rows are empty", "--severity", "warning"]);
    act("hand", &["output", "--title", "report.md", "--text", "42 rows"]);
    act("hand", &["complete"]);
    act("eye", &["review", "--verdict", "approved", "--confidence", "0.92"]);
    let read = root.cli(["--json", "blackboard", "read", "--project", "quant", "--task", "t-1"]).ok().json();
    for (list, count) in [("comments", 1), ("decisions", 1), ("observations", 1), ("outputs", 1), ("reviews", 1)] {
        assert_eq!(read[list].as_array().map(Vec::len), Some(count), "{list}: {read:#}");
    }
}

#[test]
fn a07_the_tick_goes_on_and_on() {
    let root = started();
    let last = || root.get("/api/daemon/status")["last_tick"].clone();
    wait_for("the first tick", || last().is_string());
    let first = last();
    wait_for("the next tick", || last() != first);
}

#[test]
fn a08_the_inbox_is_consumed_and_does_not_grow() {
    let root = started();
    let inbox = root.path().join("inbox/daemon.jsonl");
    let good = json!({"event": "task_created", "project": "quant", "data": {"title": "from outside"}});
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(&inbox).unwrap();
    writeln!(file, "{good}").unwrap();
    writeln!(file, "this is no JSON").unwrap();
    drop(file);
    wait_for("the task from the inbox", || {
        root.get("/api/projects/quant/tasks")["items"][0]["title"] == "from outside"
    });
    let rejected = root.path().join("inbox/rejected.jsonl");
    wait_for("the bad line to be put aside", || {
        std::fs::read_to_string(&rejected).is_ok_and(|text| text.contains("this is no JSON"))
    });
    let padding = json!({"event": "user_action", "project": "quant", "data": {"text": "x".repeat(2000)}}).to_string();
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(&inbox).unwrap();
    file.write_all(format!("{padding}\n").repeat(600).as_bytes()).unwrap();
    drop(file);
    wait_for("the inbox to be rotated", || std::fs::metadata(&inbox).is_ok_and(|meta| meta.len() < 1_048_576));
    wait_for("every line to be taken", || root.get("/api/daemon/status")["inbox_pending"] == 0);
}

#[test]
fn a09_agents_are_started_and_bring_tasks_to_the_end() {
    let root = started();
    let task = create(&root, &["--title", "count rows"]);
    let done = root.wait_for_status("quant", &task, "done");
    assert_eq!(done["attempts"][0]["agent"], "zhangfei-dev");
    assert_eq!(done["reviews"][0]["reviewer"], "simayi-challenger");
    let report = root.path().join("projects/quant/artifacts").join(&task).join("outputs/report.md");
    assert_eq!(std::fs::read_to_string(report).unwrap(), "42 rows");
}

#[test]
fn a11_no_more_agents_run_than_allowed() {
    let root = started();
    for n in 0..8 {
        create(&root, &["--title", &format!("wait {n}"), "--type", "wait", "--assignee", "zhaoyun-data"]);
    }
    let sessions = || root.get("/api/daemon/sessions")["items"].as_array().map_or(0, Vec::len);
    wait_for("four agents", || sessions() == 4);
    for _ in 0..5 {
        root.request("POST", "/api/daemon/tick", None);
        assert_eq!(sessions(), 4, "max_concurrent is 4");
    }
}

#[test]
fn a12_the_routes_of_the_design_answer() {
    let root = started();
    for path in ["/api/projects", "/api/daemon/status", "/api/daemon/sessions", "/api/events/history", "/healthz"] {
        assert_eq!(root.request("GET", path, None).0, 200, "{path}");
    }
    assert_eq!(root.request("POST", "/api/daemon/stop", None).0, 200);
    assert_eq!(root.get("/api/daemon/status")["ticker_running"], false, "the ticker stops, not the server");
    assert_eq!(root.request("POST", "/api/daemon/start", None).0, 200);
    assert_eq!(root.get("/api/daemon/status")["ticker_running"], true);
}

#[test]
fn a13_events_are_pushed_live() {
    let root = started();
    let mut stream = open_events(&root, 0);
    let task = create(&root, &["--title", "count rows"]);
    let seen = read_until(&mut stream, "event: task_created");
    assert!(seen.contains("\"project\":\"quant\""), "{seen}");
    assert!(read_until(&mut stream, &task).contains("id: "));
}

/// Opens the event stream with nothing but a socket.
fn open_events(root: &Root, after: i64) -> BufReader<TcpStream> {
    let address = root.address();
    let mut stream = TcpStream::connect(address.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let host = address.trim_start_matches("http://").to_owned();
    write!(stream, "GET /api/events?after={after} HTTP/1.1\r\nHost: {host}\r\nAccept: text/event-stream\r\n\r\n")
        .unwrap();
    BufReader::new(stream)
}

/// Reads lines until one holds the text; answers with that line and a few that follow.
fn read_until(stream: &mut BufReader<TcpStream>, text: &str) -> String {
    let mut seen = String::new();
    loop {
        let mut line = String::new();
        assert!(stream.read_line(&mut line).unwrap() > 0, "the stream ended: {seen}");
        seen.push_str(&line);
        if seen.contains(text) && line.trim().is_empty() {
            return seen;
        }
    }
}

#[test]
fn a14_the_dashboard_is_served() {
    let root = started();
    let mut stream = TcpStream::connect(root.address().trim_start_matches("http://")).unwrap();
    let host = root.address().trim_start_matches("http://").to_owned();
    write!(stream, "GET / HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\nConnection: close\r\n\r\n").unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).unwrap();
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("<html"), "{page}");
}

#[test]
fn a15_the_status_has_the_shape_of_the_design() {
    let root = started();
    create(&root, &["--title", "count rows", "--assignee", "zhaoyun-data"]);
    let status = root.get("/api/daemon/status");
    for key in ["ticker_running", "last_tick", "tick_interval_seconds", "projects", "inbox_pending", "active_sessions"]
    {
        assert!(status.get(key).is_some(), "{key}: {status:#}");
    }
    let project = &status["projects"]["quant"];
    assert!(project["active_agents"].is_number() && project["db_size_bytes"].as_i64() > Some(0), "{project:#}");
    for word in
        ["pending", "claimed", "working", "review", "done", "failed", "blocked", "paused", "escalated", "cancelled"]
    {
        assert!(project["tasks_summary"][word].is_number(), "{word}");
    }
}

#[test]
fn a16_twenty_ticks_without_any_change_raise_one_alarm() {
    let root = Root::new("agents: {}\n", "daemon: {tick_interval: 3600}\n");
    let mut root = root;
    root.start();
    root.cli(["project", "create", "--id", "quant", "--name", "量化实战"]).ok();
    create(&root, &["--title", "nobody can do this"]);
    let alarms = || {
        let events = root.get("/api/events/history?project=quant&kind=observation_added");
        events["items"].as_array().map_or(0, Vec::len)
    };
    for _ in 0..15 {
        root.request("POST", "/api/daemon/tick", None);
    }
    assert_eq!(alarms(), 0, "not before the threshold of 20");
    for _ in 0..15 {
        root.request("POST", "/api/daemon/tick", None);
    }
    assert_eq!(alarms(), 1, "one alarm until the next change");
    root.stop();
    root.start();
    for _ in 0..30 {
        root.request("POST", "/api/daemon/tick", None);
    }
    let events = root.get("/api/events/history?project=quant&kind=observation_added");
    assert_eq!(events["items"].as_array().map(Vec::len), Some(1), "a restart is no change");
}

#[test]
fn a17_an_older_version_on_port_8082_is_left_alone() {
    let Ok(v1) = TcpListener::bind("127.0.0.1:8082") else {
        return assert!(
            TcpStream::connect("127.0.0.1:8082").is_ok(),
            "the port is taken by something else, still alive"
        );
    };
    v1.set_nonblocking(true).unwrap();
    let root = started();
    let task = create(&root, &["--title", "count rows"]);
    root.wait_for_status("quant", &task, "done");
    assert!(v1.accept().is_err(), "nobody has knocked on 8082");
}

#[test]
fn a_killed_daemon_finds_its_agents_again_with_their_exit_code() {
    let mut root = Root::new(
        r#"
runners:
  slow: {kind: command, argv: ["sh", "-c", 'sleep 3; "$MOZIPLUS_BIN" blackboard complete --summary slow']}
agents:
  zhangfei-dev: {role: executor, runner: slow}
"#,
        QUICK,
    );
    root.start();
    root.cli(["project", "create", "--id", "quant", "--name", "量化实战"]).ok();
    let task = create(&root, &["--title", "take your time", "--risk", "low"]);
    root.wait_for_status("quant", &task, "working");
    root.kill();
    root.start();
    let done = root.wait_for_status("quant", &task, "done");
    let attempts = done["attempts"].as_array().unwrap();
    assert_eq!(attempts.len(), 1, "nobody started the work again: {attempts:#?}");
    wait_for("the exit to be known", || root.task("quant", &task)["attempts"][0]["exit_code"] == 0);
}
