//! Processes that stand still, limits of the system, and an orderly stop with many agents.

use std::{
    net::TcpStream,
    time::{Duration, Instant},
};

use nix::sys::signal::{Signal, kill};
use serde_json::{Value, json};

use super::{AGENTS, FINISHES};
use crate::support::daemon::{Root, wait_for};

/// As a person writes it, for so many agents at once.
const MANY: &str = "daemon: {max_global_agents: 50, max_per_agent: 60, tick_interval: 1}\n";

fn create(root: &Root, title: &str) {
    let body = json!({"title": title, "assignee": "dev", "risk_level": "low"});
    let (status, answer) = root.request("POST", "/api/projects/sales/tasks", Some(body));
    assert_eq!(status, 201, "{answer}");
}

fn office(settings: &str, work: &str) -> Root {
    let mut root = Root::new(AGENTS, settings);
    root.write("work.sh", work);
    root.start();
    root.cli(["project", "create", "--id", "sales", "--name", "Sales", "--agents", "dev"]).ok();
    root
}

/// Attempts that run now.
fn running(root: &Root) -> Vec<Value> {
    let sessions = root.get("/api/daemon/sessions?limit=500");
    let items = sessions["items"].as_array().cloned().unwrap_or_default();
    items.into_iter().filter(|attempt| attempt["state"] == "running" && attempt["pid"].is_i64()).collect()
}

#[test]
fn fifty_agents_outlive_an_orderly_stop_and_are_adopted() {
    let most = 50;
    let mut root = office(MANY, "exec sleep 600\n");
    root.write("projects/sales/config/project.yaml", "project: {name: Sales}\nagents: [dev]\nmax_global_agents: 50\n");
    (0..most).for_each(|number| create(&root, &format!("T{number}")));
    wait_for("fifty agents", || running(&root).len() == most);
    let before: Vec<_> = running(&root).iter().map(|attempt| (attempt["id"].clone(), attempt["pid"].clone())).collect();
    let began = Instant::now();
    root.stop();
    let took = began.elapsed();
    println!("stopped in {} ms with {most} agents", took.as_millis());
    assert!(took < Duration::from_secs(10), "{took:?}");
    let alive = |pid: &Value| kill(nix::unistd::Pid::from_raw(pid.as_i64().unwrap() as i32), None).is_ok();
    assert!(before.iter().all(|(_, pid)| alive(pid)), "agents ended with the daemon");
    root.start();
    wait_for("adoption", || running(&root).len() == most);
    let after: Vec<_> = running(&root).iter().map(|attempt| (attempt["id"].clone(), attempt["pid"].clone())).collect();
    assert_eq!(before, after);
    // With the ticker at rest they are not started again.
    root.request("POST", "/api/daemon/stop", Some(json!({})));
    for (id, _) in &before {
        root.request("POST", &format!("/api/attempts/{}/kill", id.as_str().unwrap()), Some(json!({"reason": "over"})));
    }
    wait_for("the end of all", || !before.iter().any(|(_, pid)| alive(pid)));
    root.stop();
}

#[test]
fn a_daemon_that_stood_still_ends_nobody() {
    // Long enough for each limit to run out while nobody looks.
    let settings = "daemon: {tick_interval: 1, task_timeout: 20, claim_timeout: 2}\n";
    let mut root = office(settings, &format!("sleep 6\n{FINISHES}"));
    create(&root, "T");
    wait_for("the agent", || running(&root).len() == 1);
    kill(root.pid(), Signal::SIGSTOP).unwrap();
    std::thread::sleep(Duration::from_secs(5));
    kill(root.pid(), Signal::SIGCONT).unwrap();
    let task = root.wait_for_status("sales", "t-1", "done");
    assert_eq!((&task["retry_count"], task["attempts"].as_array().unwrap().len()), (&json!(0), 1), "{task:#}");
    root.stop();
}

#[test]
fn an_agent_that_stands_still_is_found_at_its_limit() {
    let settings = "daemon: {tick_interval: 1, task_timeout: 3, kill_grace: 1, max_retries: 0}\n";
    let mut root = office(settings, "exec sleep 600\n");
    create(&root, "T");
    wait_for("the agent", || running(&root).len() == 1);
    let pid = running(&root)[0]["pid"].as_i64().unwrap() as i32;
    let began = Instant::now();
    kill(nix::unistd::Pid::from_raw(pid), Signal::SIGSTOP).unwrap();
    let gone = || kill(nix::unistd::Pid::from_raw(pid), None).is_err();
    wait_for("its end", gone);
    println!(
        "a stopped agent was gone after {} ms, with a limit of 3 s, a tick of 1 s and a grace of 1 s",
        began.elapsed().as_millis()
    );
    assert!(began.elapsed() < Duration::from_secs(15));
    let task = root.wait_for_status("sales", "t-1", "failed");
    assert_eq!(task["attempts"][0]["outcome"], "timeout", "{task:#}");
    root.stop();
}

#[test]
fn with_all_file_descriptors_used_up_the_daemon_waits_and_goes_on() {
    let mut root = Root::new(AGENTS, "server: {max_connections: 4096}\n");
    root.start_after("ulimit -n 96");
    root.cli(["project", "create", "--id", "sales", "--name", "Sales"]).ok();
    let address = root.address().replace("http://", "");
    // More than there are descriptors, and fewer than wait in the system's own queue.
    let held: Vec<_> = (0..120).filter_map(|_| TcpStream::connect(&address).ok()).collect();
    assert!(held.len() > 96, "{} connections", held.len());
    drop(held);
    wait_for("answers", || root.try_get("/healthz").is_some_and(|(status, _)| status == 200));
    create_plain(&root);
    assert!(!root.said().contains("panicked"), "{}", root.said());
    root.stop();
}

fn create_plain(root: &Root) {
    let (status, answer) = root.request("POST", "/api/projects/sales/tasks", Some(json!({"title": "after"})));
    assert_eq!(status, 201, "{answer}");
}
