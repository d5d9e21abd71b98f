//! Parents: who works on them, and who looks at the whole when their parts are final.

use moziplus::{
    app::{requests::Act, transitions},
    model::{
        ids::TaskId,
        outcome::Outcome,
        records::{IssueSeverity, Verdict},
        status::Status,
        task::{NewTask, RiskLevel, Trigger},
    },
};

use super::office::Office;
use crate::support::agent;

/// A coordinator who works, too, and nobody else who may review.
const TWO: &str = r#"
runners:
  desk: {kind: command, argv: ["sh", "{root}/agent.sh"], prompt: file}
agents:
  zhangfei-dev: {role: executor, runner: desk}
  pangtong-fujunshi: {role: coordinator, runner: desk}
"#;

async fn parent_of(office: &Office, assignee: &str) -> TaskId {
    let assignee = Some(assignee.parse().unwrap());
    office.create(NewTask { title: "Report".into(), assignee, ..NewTask::default() }).await
}

async fn part(office: &Office, parent: TaskId) -> TaskId {
    let risk_level = Some(RiskLevel::Low);
    office.create(NewTask { title: "Count".into(), parent: Some(parent), risk_level, ..NewTask::default() }).await
}

/// The coordinator works on a parent itself while a part of it is done, and completes it.
async fn worked_on_by_the_coordinator(office: &Office) -> TaskId {
    let parent = parent_of(office, "pangtong-fujunshi").await;
    let coordinator = office.comes(parent, Trigger::Execute).await;
    let part = part(office, parent).await;
    let worker = office.comes(part, Trigger::Execute).await;
    office.becomes(part, Status::Working).await;
    let caller = coordinator.caller();
    let early = transitions::complete(&office.app, &office.project, parent, &caller, Act::default()).await;
    let refused = early.unwrap_err();
    assert_eq!((refused.code(), refused.missing()), ("gate_failed", &[format!("part {part} is working")][..]));
    office.completes(&worker).await;
    office.completes(&coordinator).await;
    parent
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parent_on_which_the_coordinator_worked_is_looked_at_by_another_reviewer() {
    let office = Office::new().await;
    let parent = worked_on_by_the_coordinator(&office).await;
    let other = office.comes(parent, Trigger::Round).await;
    assert_eq!(other.name, "simayi-challenger");
    office.reviews(&other, Verdict::Approved, 0.9, None).await;
    office.becomes(parent, Status::Done).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parent_at_which_nobody_else_can_look_goes_to_a_person() {
    let office = Office::prepared("", |root| std::fs::write(root.join("config/agents.yaml"), TWO).unwrap()).await;
    let parent = worked_on_by_the_coordinator(&office).await;
    let escalated = office.becomes(parent, Status::Escalated).await;
    assert_eq!(escalated.escalated_to.unwrap().to_string(), "human");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_comes_after_the_parent_was_completed_still_leads_to_a_round() {
    let office = Office::prepared("", |root| std::fs::write(root.join("config/agents.yaml"), TWO).unwrap()).await;
    let parent = parent_of(&office, "zhangfei-dev").await;
    let author = office.comes(parent, Trigger::Execute).await;
    // A part that is there in time keeps the parent from being submitted; this one ends while the author works.
    let first = part(&office, parent).await;
    transitions::cancel(&office.app, &office.project, first, &crate::support::person(), Act::default()).await.unwrap();
    office.completes(&author).await;
    let coordinator = office.comes(parent, Trigger::Round).await;
    assert_eq!(coordinator.name, "pangtong-fujunshi");
    let second = part(&office, parent).await;
    office.leaves(&coordinator, 0);
    office.becomes(parent, Status::Working).await;
    let worker = office.comes(second, Trigger::Execute).await;
    office.completes(&worker).await;
    let coordinator = office.comes(parent, Trigger::Round).await;
    office.reviews(&coordinator, Verdict::Approved, 0.9, None).await;
    office.becomes(parent, Status::Done).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parent_that_was_only_claimed_goes_on_when_its_parts_are_final() {
    let office = Office::new().await;
    let parent = parent_of(&office, "zhaoyun-visitor").await;
    transitions::claim(&office.app, &office.project, parent, &agent("zhaoyun-visitor")).await.unwrap();
    let part = part(&office, parent).await;
    let worker = office.comes(part, Trigger::Execute).await;
    assert_eq!(office.look(parent).await.lifecycle.status, Status::Claimed);
    office.completes(&worker).await;
    let coordinator = office.comes(parent, Trigger::Round).await;
    office.reviews(&coordinator, Verdict::Approved, 0.9, None).await;
    office.becomes(parent, Status::Done).await;
    let claim = office.attempts(parent).await.remove(0);
    assert_eq!((claim.agent.to_string().as_str(), claim.outcome), ("zhaoyun-visitor", Some(Outcome::Interrupted)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_that_changes_nothing_is_not_repeated_until_a_person_says_so() {
    let office = Office::new().await;
    let parent = parent_of(&office, "zhaoyun-visitor").await;
    let first = part(&office, parent).await;
    let worker = office.comes(first, Trigger::Execute).await;
    office.completes(&worker).await;
    let coordinator = office.comes(parent, Trigger::Round).await;
    office.reviews(&coordinator, Verdict::NeedsRevision, 0.9, Some(IssueSeverity::Major)).await;
    // Nobody has added a part, so another look would find the same.
    let escalated = office.becomes(parent, Status::Escalated).await;
    assert!(escalated.reason.unwrap().contains("nothing has changed since"));
    assert_eq!(office.attempts(parent).await.iter().filter(|a| a.kind == Trigger::Round).count(), 1);
    // A person wants it to be looked at once more.
    office.resolve(parent, &crate::support::person(), Status::Review).await.unwrap();
    let coordinator = office.comes(parent, Trigger::Round).await;
    office.reviews(&coordinator, Verdict::Approved, 0.9, None).await;
    office.becomes(parent, Status::Done).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_after_a_new_part_is_looked_at_as_ever() {
    let office = Office::new().await;
    let parent = parent_of(&office, "zhaoyun-visitor").await;
    let first = part(&office, parent).await;
    let worker = office.comes(first, Trigger::Execute).await;
    office.completes(&worker).await;
    let coordinator = office.comes(parent, Trigger::Round).await;
    // What is missing is a part of its own.
    let second = part(&office, parent).await;
    office.reviews(&coordinator, Verdict::NeedsRevision, 0.9, Some(IssueSeverity::Major)).await;
    let worker = office.comes(second, Trigger::Execute).await;
    office.completes(&worker).await;
    let coordinator = office.comes(parent, Trigger::Round).await;
    office.reviews(&coordinator, Verdict::Approved, 0.9, None).await;
    office.becomes(parent, Status::Done).await;
}
