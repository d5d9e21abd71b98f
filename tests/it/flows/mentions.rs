//! Mentions and reminders: each reaches its agent once.

use std::fs;

use moziplus::{
    app::{
        attempts, events, records,
        requests::{Act, NewComment},
        transitions,
    },
    model::{
        event::EventKind,
        ids::TaskId,
        outcome::Outcome,
        status::Status,
        task::{NewTask, Trigger},
    },
};

use super::office::{Agent, Office};
use crate::support::person;

/// A task that nobody is started on.
async fn waiting(office: &Office) -> TaskId {
    let assignee = Some("zhaoyun-visitor".parse().unwrap());
    office.create(NewTask { title: "Count".into(), assignee, ..NewTask::default() }).await
}

async fn say(office: &Office, task: TaskId, body: &str) {
    let comment = NewComment { body: body.into(), comment_type: None, mentions: vec![] };
    records::comment(&office.app, &office.project, task, &person(), comment).await.unwrap();
}

/// What the agent's prompt says that it was asked.
fn asked(office: &Office, agent: &Agent) -> String {
    let prompt = fs::read_to_string(office.app.root().attempt(&agent.attempt).join("prompt.md")).unwrap();
    let (_, rest) = prompt.split_once("## What you were asked").unwrap_or_else(|| panic!("{prompt}"));
    rest.split("\n## ").next().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_meanwhile_is_told_next_and_nothing_twice_over_a_restart() {
    let office = Office::new().await;
    let task = waiting(&office).await;
    say(&office, task, "@guanyu-dev which year?").await;
    let first = office.comes(task, Trigger::Mention).await;
    assert!(asked(&office, &first).contains("which year?"));
    say(&office, task, "@guanyu-dev and which month?").await;
    let mut office = office.restarted().await;
    office.leaves(&first, 0);
    assert_eq!(office.over(&first.attempt).await.outcome, Some(Outcome::Completed));
    let second = office.comes(task, Trigger::Mention).await;
    let question = asked(&office, &second);
    assert!(question.contains("which month?") && !question.contains("which year?"), "{question}");
    office.leaves(&second, 0);
    office.over(&second.attempt).await;
    office.settle().await;
    assert_eq!(office.attempts(task).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_seems_stuck_is_reminded_beside_the_prompt_and_with_the_next_answer() {
    let nudging = "fn inspect(attempt, ctx) { nudge(attempt.id, `Are you there? 在吗`) }";
    let mut office = Office::prepared("", |root| fs::write(root.join("scripts/zombie.rhai"), nudging).unwrap()).await;
    let task = office.task("Count").await;
    let agent = office.comes(task, Trigger::Execute).await;
    office.becomes(task, Status::Working).await;
    office.settle().await;
    let file = office.app.root().attempt(&agent.attempt).join("nudges.md");
    assert!(fs::read_to_string(file).unwrap().starts_with("- Are you there? 在吗\n"));
    let take = || attempts::take_nudge(&office.app, &office.project, &agent.token);
    assert_eq!(take().await.unwrap().as_deref(), Some("Are you there? 在吗"));
    assert_eq!(take().await.unwrap(), None, "it is told once");
    assert_eq!(attempts::take_nudge(&office.app, &office.project, "other").await.unwrap(), None);
    office.leaves(&agent, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn mentions_do_not_use_up_what_guards_against_runaway_tasks() {
    let office = Office::with("max_dispatches: 1").await;
    let task = waiting(&office).await;
    for word in ["which year?", "and which month?", "thank you"] {
        say(&office, task, &format!("@guanyu-dev {word}")).await;
        let called = office.comes(task, Trigger::Mention).await;
        assert!(asked(&office, &called).contains(word));
        office.leaves(&called, 0);
        office.over(&called.attempt).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn agents_that_call_each_other_come_to_an_end_until_a_person_writes() {
    // As shipped, only sooner.
    let short = "fn on_mention(mention, ctx) {
        if mention.chain_count >= 2 { return drop_mention(mention.task, mention.agent, `${mention.chain_count} attempts`); }
        tell(mention.task, mention.agent)
    }";
    let office = Office::prepared("", |root| fs::write(root.join("scripts/tick.rhai"), short).unwrap()).await;
    let task = waiting(&office).await;
    say(&office, task, "@guanyu-dev which year?").await;
    for other in ["@zhangfei-dev, do you know?", "@guanyu-dev, no. You?"] {
        let called = office.comes(task, Trigger::Mention).await;
        let comment = NewComment { body: other.into(), comment_type: None, mentions: vec![] };
        records::comment(&office.app, &office.project, task, &called.caller(), comment).await.unwrap();
        office.leaves(&called, 0);
        office.over(&called.attempt).await;
    }
    let is_let_go = async || {
        let events = events::of_task(&office.app, &office.project, task, 500).await.unwrap();
        events.iter().any(|event| event.kind == EventKind::MentionDelivered && event.payload["status"] == "failed")
    };
    office.within(is_let_go).await;
    assert!(is_let_go().await, "the third call is let go");
    assert_eq!(office.attempts(task).await.len(), 2);
    say(&office, task, "@guanyu-dev 2025.").await;
    let called = office.comes(task, Trigger::Mention).await;
    assert!(asked(&office, &called).contains("2025."));
    office.leaves(&called, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_a_task_waits_for_is_asked_and_silence_ends_the_wait() {
    let office = Office::new().await;
    let code = NewTask { title: "Count".into(), task_type: Some("code".into()), ..NewTask::default() };
    let task = office.create(code).await;
    let worker = office.comes(task, Trigger::Execute).await;
    let act = Act { on: Some("guanyu-dev".into()), reason: Some("which year?".into()), ..Act::default() };
    let blocked = transitions::block(&office.app, &office.project, task, &worker.caller(), act).await.unwrap();
    assert_eq!(blocked.lifecycle.status, Status::Blocked);
    let called = office.comes(task, Trigger::Mention).await;
    assert_eq!(called.name, "guanyu-dev");
    assert!(asked(&office, &called).contains("which year?"));
    office.leaves(&worker, 0);
    office.over(&worker.attempt).await;
    assert_eq!(office.look(task).await.lifecycle.status, Status::Blocked, "it has not answered yet");
    office.leaves(&called, 0);
    // It had nothing to say: whoever works on the task has to do without.
    let next = office.comes(task, Trigger::Execute).await;
    office.leaves(&next, 0);
}
