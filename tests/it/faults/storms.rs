//! Many at once over HTTP: each task has one owner, each acknowledged write is there.

use std::{sync::Arc, time::Instant};

use serde_json::json;
use tokio::task::JoinSet;

use super::{AGENTS, trials};
use crate::support::daemon::{Root, runtime};

const CLAIMANTS: usize = 64;

#[test]
fn of_many_claimants_over_http_one_wins_each_task() {
    let tasks = trials(1) * 20;
    let mut root = Root::new(AGENTS, "daemon: {max_global_agents: 0}\n");
    root.cli(["project", "create", "--id", "sales", "--name", "Sales"]).ok();
    root.start();
    let batch: Vec<_> = (0..tasks).map(|number| json!({"title": format!("T{number}")})).collect();
    for part in batch.chunks(100) {
        let (status, answer) = root.request("POST", "/api/projects/sales/tasks/batch", Some(json!({"tasks": part})));
        assert_eq!(status, 201, "{answer}");
    }
    let address: Arc<str> = root.address().into();
    let began = Instant::now();
    let outcomes = runtime().block_on(async {
        let client = reqwest::Client::new();
        let mut claims = JoinSet::new();
        for claimant in 0..CLAIMANTS {
            let (client, address) = (client.clone(), address.clone());
            claims.spawn(async move {
                let agent = ["dev", "ann", "bob"][claimant % 3];
                let mut statuses = Vec::new();
                for task in 1..=tasks {
                    let url = format!("{address}/api/projects/sales/tasks/t-{task}/claim");
                    let answer = client.post(url).json(&json!({"agent": agent})).send().await.unwrap();
                    statuses.push((task, answer.status().as_u16()));
                }
                statuses
            });
        }
        claims.join_all().await.concat()
    });
    let asked = outcomes.len();
    let took = began.elapsed().as_secs_f64();
    println!("{asked} claims of {tasks} tasks by {CLAIMANTS} at once in {took:.1} s");
    for task in 1..=tasks {
        let of_task: Vec<u16> = outcomes.iter().filter(|(id, _)| *id == task).map(|(_, status)| *status).collect();
        assert_eq!(of_task.iter().filter(|status| **status == 200).count(), 1, "t-{task}: {of_task:?}");
        assert!(of_task.iter().all(|status| [200, 409].contains(status)), "t-{task}: {of_task:?}");
    }
    let attempts = root.get("/api/projects/sales/tasks/t-1?expand=attempts");
    assert_eq!(attempts["attempts"].as_array().map(Vec::len), Some(1), "{attempts:#}");
    root.stop();
}
