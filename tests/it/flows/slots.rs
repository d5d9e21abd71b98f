//! Caps, the stopped ticker, and who waits for a slot.

use std::time::Duration;

use moziplus::{
    app::explain,
    model::{
        ids::TaskId,
        status::Status,
        task::{NewTask, Trigger},
    },
};

use super::office::Office;

async fn live(office: &Office, tasks: &[TaskId]) -> usize {
    let mut live = 0;
    for task in tasks {
        live += office.attempts(*task).await.iter().filter(|attempt| attempt.ended_at.is_none()).count();
    }
    live
}

#[tokio::test(flavor = "multi_thread")]
async fn caps_hold_and_a_free_slot_is_used_at_once() {
    let office = Office::with("max_global_agents: 1").await;
    let mut tasks = Vec::new();
    for (title, task_type) in [("a", "code"), ("b", "data"), ("c", "code")] {
        let new = NewTask { title: title.into(), task_type: Some(task_type.into()), ..NewTask::default() };
        tasks.push(office.create(new).await);
    }
    let first = office.comes(tasks[0], Trigger::Execute).await;
    for _ in 0..20 {
        assert_eq!(live(&office, &tasks).await, 1);
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    office.leaves(&first, 1);
    office.comes(tasks[1], Trigger::Execute).await;
    assert_eq!(live(&office, &tasks).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_agent_has_its_own_cap() {
    let office = Office::new().await;
    let code = |title: &str| NewTask { title: title.into(), task_type: Some("code".into()), ..NewTask::default() };
    let (first, second) = (office.create(code("a")).await, office.create(code("b")).await);
    let agent = office.comes(first, Trigger::Execute).await;
    assert_eq!(agent.name, "zhangfei-dev");
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(office.look(second).await.lifecycle.status, Status::Pending);
    office.leaves(&agent, 1);
    assert_eq!(office.comes(second, Trigger::Execute).await.name, "zhangfei-dev");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_ticker_starts_nobody_but_on_command() {
    let mut office = Office::new().await;
    office.app.control().set_ticking(false);
    let task = office.task("Count").await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!((office.look(task).await.lifecycle.status, office.unmet()), (Status::Pending, 0));
    office.settle().await;
    office.comes(task, Trigger::Execute).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticker_that_is_started_ticks_at_once() {
    let office = Office::new().await;
    office.app.control().set_ticking(false);
    let task = office.task("Count").await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    office.app.control().set_ticking(true);
    office.comes(task, Trigger::Execute).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cap_of_nought_dispatches_nobody() {
    let mut office = Office::with("max_global_agents: 0").await;
    let task = office.task("Count").await;
    office.settle().await;
    office.settle().await;
    assert_eq!((office.look(task).await.lifecycle.status, office.unmet()), (Status::Pending, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_start_costs_nobody_a_slot() {
    let mut office = Office::prepared("max_global_agents: 1", |root| {
        let script = r#"fn check(task, ctx) { if task.title == "no" { violation("mine", "blocking", "never") } }"#;
        std::fs::write(root.join("scripts/guardrail.rhai"), script).unwrap();
    })
    .await;
    let urgent = |title: &str| NewTask { title: title.into(), priority: Some(10), ..NewTask::default() };
    let mut refused = Vec::new();
    for _ in 0..3 {
        refused.push(office.create(urgent("no")).await);
    }
    office.settle().await;
    let task = office.task("Count").await;
    office.comes(task, Trigger::Execute).await;
    for id in refused {
        let why = explain::explain(&office.app, &office.project, id, 10).await.unwrap();
        let told: Vec<_> = why.decisions.iter().filter(|decision| decision.hook == "plan").collect();
        assert_eq!(told.len(), 1, "it is recorded once: {told:#?}");
        assert!(told[0].text.contains("which was refused: guardrail mine: never"), "{}", told[0].text);
    }
}
