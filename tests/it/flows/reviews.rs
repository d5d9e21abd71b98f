//! Reviews, rebuttals and escalations, decided by the shipped scripts.

use moziplus::{
    app::{
        requests::{Act, NewRebuttal},
        reviews, transitions,
    },
    model::{
        ids::TaskId,
        outcome::Outcome,
        records::{Answer, IssueSeverity, Stance, Verdict},
        status::Status,
        task::{NewTask, RiskLevel, Trigger},
    },
};

use super::office::{Agent, Office};
use crate::support::person;

/// A task that waits for its reviewer, who has come.
async fn in_review(office: &Office) -> (TaskId, Agent, Agent) {
    let task = office.task("Count").await;
    let author = office.comes(task, Trigger::Execute).await;
    office.completes(&author).await;
    office.becomes(task, Status::Review).await;
    let reviewer = office.comes(task, Trigger::Review).await;
    assert_ne!(author.name, reviewer.name);
    (task, author, reviewer)
}

async fn answer(office: &Office, task: TaskId, stance: Stance) -> NewRebuttal {
    let all = reviews::reviews(&office.app, &office.project, task).await.unwrap();
    let issues = &all.last().unwrap().issues;
    let answers =
        issues.iter().map(|issue| Answer { issue_id: issue.id, stance, reason: "I counted again".into() }).collect();
    NewRebuttal { answers }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approved_task_is_done() {
    let office = Office::new().await;
    let (task, _, reviewer) = in_review(&office).await;
    office.reviews(&reviewer, Verdict::Approved, 0.92, None).await;
    office.becomes(task, Status::Done).await;
    assert_eq!(office.over(&reviewer.attempt).await.outcome, Some(Outcome::Completed));
}

#[tokio::test(flavor = "multi_thread")]
async fn doubts_go_to_the_coordinator() {
    let office = Office::new().await;
    let (task, _, reviewer) = in_review(&office).await;
    office.reviews(&reviewer, Verdict::Approved, 0.5, None).await;
    let escalated = office.becomes(task, Status::Escalated).await;
    assert_eq!(escalated.escalated_to.unwrap().to_string(), "pangtong-fujunshi");
    let coordinator = office.comes(task, Trigger::Arbitrate).await;
    office.resolve(task, &coordinator.caller(), Status::Done).await.unwrap();
    office.leaves(&coordinator, 0);
    office.becomes(task, Status::Done).await;
    assert_eq!(office.over(&coordinator.attempt).await.outcome, Some(Outcome::Completed));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejected_finding_goes_back_to_the_reviewer() {
    let office = Office::new().await;
    let (task, author, reviewer) = in_review(&office).await;
    office.reviews(&reviewer, Verdict::NeedsRevision, 0.9, Some(IssueSeverity::Major)).await;
    let answering = office.comes(task, Trigger::Rebut).await;
    assert_eq!(answering.name, author.name);
    let rebuttal = answer(&office, task, Stance::Reject).await;
    office.rebuts(&answering, rebuttal).await;
    let again = office.comes(task, Trigger::Review).await;
    assert_eq!((again.name.as_str(), office.look(task).await.lifecycle.round), (reviewer.name.as_str(), 2));
    office.reviews(&again, Verdict::Approved, 0.9, None).await;
    office.becomes(task, Status::Done).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_accepted_finding_goes_into_a_revision() {
    let office = Office::new().await;
    let (task, author, reviewer) = in_review(&office).await;
    office.reviews(&reviewer, Verdict::NeedsRevision, 0.9, Some(IssueSeverity::Major)).await;
    let answering = office.comes(task, Trigger::Rebut).await;
    let rebuttal = answer(&office, task, Stance::Accept).await;
    office.rebuts(&answering, rebuttal).await;
    let revising = office.comes(task, Trigger::Revise).await;
    assert_eq!(revising.name, author.name);
    let prompt = office.app.root().attempt(&revising.attempt).join("prompt.md");
    assert!(std::fs::read_to_string(prompt).unwrap().contains("the sum is wrong"));
    office.completes(&revising).await;
    office.becomes(task, Status::Review).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_reviewer_never_moves_the_task() {
    let office = Office::new().await;
    let (task, _, reviewer) = in_review(&office).await;
    office.leaves(&reviewer, 1);
    assert_eq!(office.over(&reviewer.attempt).await.outcome, Some(Outcome::Crashed));
    let mut office = office;
    office.settle().await;
    assert_eq!(office.look(task).await.lifecycle.status, Status::Review);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_judged_before_a_restart_is_judged_after_it() {
    let office = Office::new().await;
    let (task, _, reviewer) = in_review(&office).await;
    office.app.control().set_ticking(false);
    let office = office.restarted().await;
    office.reviews(&reviewer, Verdict::Approved, 0.9, None).await;
    office.becomes(task, Status::Done).await;
}

/// High risk wants two, and nothing else is looked at unless it is a whole of parts.
const BY_RISK: &str = r#"
fn review_depth(task, ctx) {
    if task.subtasks_count > 0 { return depth(1, 2); }
    if task.risk_level == "high" { depth(2, 5) } else { () }
}
"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_script_says_how_deep_a_review_goes() {
    let office = Office::prepared("max_per_agent: 2, ", |root| {
        std::fs::write(root.join("scripts/escalation.rhai"), BY_RISK).unwrap();
    })
    .await;
    let risky = |title: &str| NewTask { title: title.into(), risk_level: Some(RiskLevel::High), ..NewTask::default() };
    let task = office.create(risky("Pay")).await;
    let author = office.comes(task, Trigger::Execute).await;
    office.completes(&author).await;
    let submitted = office.becomes(task, Status::Review).await;
    assert_eq!(submitted.review_depth.map(|depth| (depth.approvals, depth.max_rounds)), Some((2, 5)));
    let reviewer = office.comes(task, Trigger::Review).await;
    office.reviews(&reviewer, Verdict::Approved, 0.92, None).await;
    let second = office.comes(task, Trigger::Review).await;
    assert_ne!(second.name, reviewer.name);
    assert_eq!(office.look(task).await.lifecycle.status, Status::Review, "one approval is not enough");
    office.reviews(&second, Verdict::Approved, 0.92, None).await;
    office.becomes(task, Status::Done).await;

    let task = office.task("Count").await;
    let author = office.comes(task, Trigger::Execute).await;
    office.completes(&author).await;
    office.becomes(task, Status::Done).await;
    let explained = moziplus::app::explain::explain(&office.app, &office.project, task, 20).await.unwrap();
    let told = explained.decisions.iter().find(|decision| decision.hook == "review_depth").unwrap();
    assert_eq!((told.text.as_str(), told.script.as_str()), ("no review is needed", "scripts/escalation.rhai"));
    // Whoever opens it again wants it to be looked at, whatever its risk.
    transitions::reopen(&office.app, &office.project, task, &person(), Act::default()).await.unwrap();
    let reviewer = office.comes(task, Trigger::Review).await;
    assert_eq!(office.look(task).await.review_depth.map(|depth| depth.approvals), Some(1));
    office.reviews(&reviewer, Verdict::Approved, 0.92, None).await;
    office.becomes(task, Status::Done).await;
}
