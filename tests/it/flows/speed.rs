//! How fast it is, as ratios to what the machine can do at all. Run on purpose: `cargo test -- --ignored speed`.

use std::{
    fs,
    process::Stdio,
    time::{Duration, Instant},
};

use moziplus::model::{
    status::Status,
    task::{NewTask, Trigger},
};

use super::office::Office;

const TASKS: usize = 400;

/// Eight agents at once, each of which ends at once.
async fn rush() -> Office {
    Office::prepared("max_global_agents: 8, max_per_agent: 8", |root| {
        let agents = "runners: {quick: {kind: command, argv: [\"/bin/true\"]}}\n\
                      agents: {ant: {role: executor, runner: quick}}\n";
        fs::write(root.join("config/agents.yaml"), agents).unwrap();
        let after = "fn after(attempt, task, ctx) { fail(task.id, \"over\") }";
        fs::write(root.join("scripts/outcome.rhai"), after).unwrap();
    })
    .await
}

/// Processes a second that the machine starts and reaps, eight at once.
#[expect(clippy::disallowed_methods, reason = "the measure that ours is held against")]
fn ceiling() -> f64 {
    let begun = Instant::now();
    let lane = || {
        for _ in 0..TASKS / 8 {
            std::process::Command::new("/bin/true").stdin(Stdio::null()).status().unwrap();
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(lane);
        }
    });
    TASKS as f64 / begun.elapsed().as_secs_f64()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement"]
async fn processes_a_second() {
    let office = rush().await;
    office.app.control().set_ticking(false);
    let mut last = None;
    for n in 0..TASKS {
        last = Some(office.task(&format!("t {n}")).await);
    }
    let begun = Instant::now();
    office.app.control().set_ticking(true);
    office.app.control().tick().await.unwrap();
    let mut done = 0;
    while done < TASKS {
        tokio::time::sleep(Duration::from_millis(20)).await;
        let summary = moziplus::app::status::summary(&office.app.project(&office.project).unwrap()).await.unwrap();
        done = usize::try_from(summary["failed"]).unwrap();
    }
    let ours = TASKS as f64 / begun.elapsed().as_secs_f64();
    let raw = ceiling();
    println!("{ours:.0} attempts a second, {raw:.0} raw: {:.0} %", 100.0 * ours / raw);
    assert_eq!(office.look(last.unwrap()).await.lifecycle.status, Status::Failed);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement"]
async fn from_a_change_to_a_process() {
    let office = Office::with("max_per_agent: 500, max_global_agents: 500").await;
    let mut took = Vec::new();
    for n in 0..100 {
        let begun = Instant::now();
        let task = office.create(NewTask { title: format!("t {n}"), ..NewTask::default() }).await;
        let agent = loop {
            if let Some(agent) = office.present(task, Trigger::Execute) {
                break agent;
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        };
        took.push(begun.elapsed());
        office.leaves(&agent, 1);
        office.over(&agent.attempt).await;
    }
    took.sort();
    println!("p50 {:?}, p90 {:?}, p99 {:?}", took[50], took[90], took[99]);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement"]
async fn a_tick_over_a_thousand_tasks() {
    let office = Office::with("max_global_agents: 0").await;
    for n in 0..1000 {
        office.task(&format!("t {n}")).await;
    }
    let mut took = Vec::new();
    for _ in 0..20 {
        took.push(office.app.control().tick().await.unwrap().took_ms);
    }
    println!("{took:?} ms");
}
