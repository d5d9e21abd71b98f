//! What happens by rule: dependencies, claims, parents, mentions, the guard against runaway tasks.

use moziplus::{
    app::{
        checkpoints, records,
        requests::{Act, NewComment},
        transitions,
    },
    model::{
        ids::TaskId,
        records::Verdict,
        status::Status,
        task::{NewTask, RiskLevel, Trigger},
    },
};

use super::office::Office;
use crate::support::{agent, because, person};

async fn after(office: &Office, needed: TaskId) -> TaskId {
    office.create(NewTask { title: "Sum".into(), depends_on: vec![needed], ..NewTask::default() }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dependency_that_is_done_sets_free_and_a_lost_one_is_escalated() {
    let office = Office::new().await;
    let low = |title: &str| NewTask { title: title.into(), risk_level: Some(RiskLevel::Low), ..NewTask::default() };
    let first = office.create(low("Count")).await;
    let second = after(&office, first).await;
    let third = after(&office, second).await;
    assert_eq!(office.look(second).await.lifecycle.status, Status::Blocked);
    let counting = office.comes(first, Trigger::Execute).await;
    office.completes(&counting).await;
    office.comes(second, Trigger::Execute).await;
    transitions::cancel(&office.app, &office.project, second, &person(), because("no need")).await.unwrap();
    let escalated = office.becomes(third, Status::Escalated).await;
    assert_eq!(escalated.escalated_to.unwrap().to_string(), "pangtong-fujunshi");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_that_waits_for_an_answer_goes_on_when_it_is_there() {
    let office = Office::new().await;
    let task = office.task("Count").await;
    let worker = office.comes(task, Trigger::Execute).await;
    let wait = Act { on: Some("human".into()), reason: Some("which year?".into()), ..Act::default() };
    transitions::block(&office.app, &office.project, task, &worker.caller(), wait).await.unwrap();
    office.over(&worker.attempt).await;
    assert_eq!(office.look(task).await.lifecycle.status, Status::Blocked);
    let asked = checkpoints::list(&office.app, &office.project, true).await.unwrap();
    assert_eq!((asked.len(), asked[0].task, asked[0].question.as_str()), (1, task, "which year?"));
    let answer = NewComment { body: "2026".into(), comment_type: None, mentions: vec![] };
    records::comment(&office.app, &office.project, task, &person(), answer).await.unwrap();
    office.comes(task, Trigger::Execute).await;
    let answered = checkpoints::list(&office.app, &office.project, false).await.unwrap().remove(0);
    assert_eq!((answered.answer.as_deref(), answered.answered_by), (Some("2026"), Some(person().actor)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_that_asks_a_person_goes_on_when_the_checkpoint_is_answered() {
    let office = Office::new().await;
    let task = office.task("Count").await;
    let worker = office.comes(task, Trigger::Execute).await;
    let wait = Act { on: Some("human".into()), reason: Some("which year?".into()), ..Act::default() };
    transitions::block(&office.app, &office.project, task, &worker.caller(), wait).await.unwrap();
    let asked = checkpoints::list(&office.app, &office.project, true).await.unwrap().remove(0);
    checkpoints::answer(&office.app, &office.project, asked.id, &person(), "2026".into()).await.unwrap();
    office.comes(task, Trigger::Execute).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_from_outside_that_is_not_followed_by_work_runs_out() {
    let office = Office::with("claim_timeout: 1, max_global_agents: 0").await;
    let task = office.task("Count").await;
    transitions::claim(&office.app, &office.project, task, &agent("zhaoyun-visitor")).await.unwrap();
    let pending = office.until(task, |task| task.lifecycle.retry_count == 1).await;
    assert_eq!((pending.lifecycle.status, pending.owner), (Status::Pending, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_that_is_dispatched_again_and_again_is_stopped() {
    let office = Office::prepared("max_dispatches: 2", |root| {
        let script = "fn after(attempt, task, ctx) { release(task.id, 0, \"again\") }";
        std::fs::write(root.join("scripts/outcome.rhai"), script).unwrap();
    })
    .await;
    let task = office.task("Count").await;
    for _ in 0..2 {
        let worker = office.comes(task, Trigger::Execute).await;
        office.leaves(&worker, 1);
    }
    let failed = office.becomes(task, Status::Failed).await;
    assert!(failed.reason.unwrap().starts_with("runaway_guard"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parent_follows_its_children_and_the_coordinator_looks_at_the_whole() {
    let office = Office::with("max_global_agents: 1").await;
    let parent = office.create(NewTask {
        title: "Report".into(),
        assignee: Some("zhaoyun-visitor".parse().unwrap()),
        ..NewTask::default()
    });
    let parent = parent.await;
    let part =
        NewTask { title: "Count".into(), parent: Some(parent), risk_level: Some(RiskLevel::Low), ..NewTask::default() };
    let part = office.create(part).await;
    office.becomes(parent, Status::Working).await;
    let worker = office.comes(part, Trigger::Execute).await;
    office.completes(&worker).await;
    office.becomes(parent, Status::Review).await;
    let coordinator = office.comes(parent, Trigger::Round).await;
    assert_eq!(coordinator.name, "pangtong-fujunshi");
    office.reviews(&coordinator, Verdict::Approved, 0.9, None).await;
    office.becomes(parent, Status::Done).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mention_starts_its_agent_once() {
    let office = Office::with("max_per_agent: 2").await;
    let task = office.create(NewTask {
        title: "Count".into(),
        assignee: Some("zhaoyun-visitor".parse().unwrap()),
        ..NewTask::default()
    });
    let task = task.await;
    for body in ["@guanyu-dev which year?", "@guanyu-dev and which month?"] {
        let comment = NewComment { body: body.into(), comment_type: None, mentions: vec![] };
        records::comment(&office.app, &office.project, task, &person(), comment).await.unwrap();
    }
    let asked = office.comes(task, Trigger::Mention).await;
    assert_eq!(asked.name, "guanyu-dev");
    office.leaves(&asked, 0);
    office.over(&asked.attempt).await;
    let mut office = office;
    office.settle().await;
    assert!(office.attempts(task).await.len() <= 2, "{:#?}", office.attempts(task).await);
    assert!(office.attempts(task).await.iter().all(|attempt| attempt.ended_at.is_some()));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_started_on_a_task_before_its_parts_are_there() {
    let mut office = Office::new().await;
    let parent = office.create(NewTask { title: "Report".into(), has_parts: true, ..NewTask::default() }).await;
    let waiting = office.look(parent).await;
    assert_eq!((waiting.lifecycle.status, waiting.blocked_on.as_deref()), (Status::Blocked, Some("its parts")));
    office.settle().await;
    assert!(office.attempts(parent).await.is_empty(), "it is not dispatched");
    let part = NewTask { title: "Count".into(), parent: Some(parent), ..NewTask::default() };
    let part = NewTask { risk_level: Some(RiskLevel::Low), ..part };
    let part = office.create(part).await;
    office.becomes(parent, Status::Working).await;
    let worker = office.comes(part, Trigger::Execute).await;
    office.completes(&worker).await;
    let coordinator = office.comes(parent, Trigger::Round).await;
    office.reviews(&coordinator, Verdict::Approved, 0.9, None).await;
    office.becomes(parent, Status::Done).await;
    let mixed = NewTask { title: "Sum".into(), has_parts: true, depends_on: vec![part], ..NewTask::default() };
    let refused = moziplus::app::tasks::create(&office.app, &office.project, &person(), mixed).await.unwrap_err();
    assert_eq!((refused.code(), refused.field()), ("validation", Some("has_parts")));
}

/// Nobody for the work: a planner and a coordinator who takes no rest.
const NOBODY: &str = r#"
runners:
  desk: {kind: command, argv: ["sh", "{root}/agent.sh"], prompt: file}
agents:
  liubei-planner: {role: planner, runner: desk}
  pangtong-fujunshi: {role: coordinator, runner: desk}
"#;

#[tokio::test(flavor = "multi_thread")]
async fn three_offers_that_nobody_answers_go_to_the_coordinator() {
    let prepare = |root: &std::path::Path| {
        std::fs::write(root.join("config/agents.yaml"), NOBODY).unwrap();
        std::fs::write(root.join("scripts/tick.rhai"), "const PAUSE_SECONDS = 0;\n").unwrap();
    };
    let office = Office::prepared("", prepare).await;
    let task = office.task("Count").await;
    for _ in 0..3 {
        let asked = office.comes(task, Trigger::Offer).await;
        assert_eq!(asked.name, "liubei-planner");
        office.leaves(&asked, 0);
    }
    let escalated = office.becomes(task, Status::Escalated).await;
    assert_eq!(escalated.escalated_to.unwrap().to_string(), "pangtong-fujunshi");
    let coordinator = office.comes(task, Trigger::Arbitrate).await;
    office.leaves(&coordinator, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_that_is_answered_is_taken() {
    let office = Office::prepared("", |root| std::fs::write(root.join("config/agents.yaml"), NOBODY).unwrap()).await;
    let task = office.task("Count").await;
    let asked = office.comes(task, Trigger::Offer).await;
    let (claimed, _) = transitions::claim(&office.app, &office.project, task, &asked.caller()).await.unwrap();
    assert_eq!(claimed.owner.unwrap().to_string(), "liubei-planner");
    office.completes(&asked).await;
    office.becomes(task, Status::Review).await;
}
