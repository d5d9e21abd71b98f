//! What agents use up: provider accounts that rest, usage, budgets.

use std::fs;

use chrono::TimeDelta;
use moziplus::{
    app::{
        agents,
        error::AppError,
        events, explain, providers, records,
        requests::{Act, Caller},
        resolutions, status, usage,
    },
    model::{
        event::EventKind,
        ids::{Actor, TaskId},
        outcome::Outcome,
        status::Status,
        task::{NewTask, RiskLevel, Task, Trigger},
        usage::UsageBy,
    },
    store::daemon_db::IndexQuery,
};

use super::office::Office;

/// Two runners of one account.
const SHARED: &str = r#"
runners:
  fast: {kind: command, argv: ["sh", "{root}/agent.sh"], provider: account}
  slow: {kind: command, argv: ["sh", "{root}/agent.sh"], provider: account, price: {input: 2, cached: 0.5, output: 10}}
agents:
  zhangfei-dev: {role: executor, runner: fast}
  guanyu-dev: {role: executor, runner: slow}
"#;

async fn shared() -> Office {
    Office::prepared("", |root| fs::write(root.join("config/agents.yaml"), SHARED).unwrap()).await
}

/// Low risk, for one agent.
fn work(assignee: &str) -> NewTask {
    NewTask {
        title: "Count".into(),
        assignee: Some(assignee.parse().unwrap()),
        risk_level: Some(RiskLevel::Low),
        ..NewTask::default()
    }
}

async fn reasons(office: &Office, task: TaskId) -> Vec<(&'static str, String)> {
    let explained = explain::explain(&office.app, &office.project, task, 10).await.unwrap();
    explained.reasons.into_iter().map(|reason| (reason.code, reason.text)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_rests_until_its_limit_resets_and_no_task_is_to_blame() {
    let office = shared().await;
    let task = office.create(work("zhangfei-dev")).await;
    let agent = office.comes(task, Trigger::Execute).await;
    office.says_and_leaves(&agent, "You've hit your usage limit. Try again in 2 hours.\n", 1);
    let over = office.over(&agent.attempt).await;
    assert_eq!((over.outcome, over.provider.as_deref()), (Some(Outcome::QuotaExceeded), Some("account")));
    assert_eq!(over.resets_at, over.ended_at.map(|ended| ended + TimeDelta::hours(2)));
    let waiting = office.becomes(task, Status::Pending).await;
    assert_eq!((waiting.lifecycle.retry_count, waiting.dispatch_count), (0, 0));
    // Whoever is started by another runner of the account rests too.
    let other = office.create(work("guanyu-dev")).await;
    office.app.control().tick().await.unwrap();
    assert_eq!(office.attempts(other).await.len(), 0);
    let parked = providers::parked(&office.app).await.unwrap();
    let left = parked[0].until - over.ended_at.unwrap();
    assert!(parked[0].provider == "account" && left >= TimeDelta::hours(2) && left < TimeDelta::minutes(121), "{left}");
    let [first, second] = agents::list(&office.app).await.unwrap().try_into().unwrap();
    assert!(first.parked_until == Some(parked[0].until) && second.parked_until == first.parked_until);
    let why = reasons(&office, other).await;
    assert!(why.iter().any(|(code, text)| *code == "parked" && text.contains("parked until")), "{why:?}");
    // Somebody bought more.
    providers::unpark(&office.app, "account").await.unwrap();
    let second = office.comes(other, Trigger::Execute).await;
    office.completes(&second).await;
    office.becomes(other, Status::Done).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn usage_is_read_while_agents_run_and_summed_up() {
    let office = shared().await;
    let task = office.create(work("guanyu-dev")).await;
    let agent = office.comes(task, Trigger::Execute).await;
    office.says(&agent, "{\"moziplus_usage\": {\"tokens_in\": 1000, \"tokens_cached\": 400, \"model\": \"m-1\"}}\n");
    let running = office.until(task, |task| task.usage.tokens_in == 1000).await;
    assert_eq!(running.lifecycle.status, Status::Working);
    // Not priced by itself: 600 fresh ones at 2, 400 at a half.
    assert_eq!(running.usage.cost_micros, 1400);
    let more = "{\"moziplus_usage\": {\"tokens_in\": 1500, \"tokens_cached\": 400, \"tokens_out\": 10}}\n";
    fs::write(office.app.root().path().join(format!("desk/{}.says", agent.attempt)), more).unwrap();
    office.completes(&agent).await;
    office.becomes(task, Status::Done).await;
    let over = office.over(&agent.attempt).await.usage.unwrap();
    assert_eq!((over.tokens_in, over.tokens_out, over.cost_micros), (1500, 10, 2500));
    assert_eq!(over.model.as_deref(), Some("m-1"));
    for (by, key) in [
        (UsageBy::Cause, "execute"),
        (UsageBy::Agent, "guanyu-dev"),
        (UsageBy::Provider, "account"),
        (UsageBy::Project, "sales"),
        (UsageBy::Task, "t-1"),
    ] {
        let query = usage::Query { project: Some(office.project.clone()), since: None, by };
        let report = usage::report(&office.app, query).await.unwrap();
        assert_eq!((report.items[0].key.as_str(), report.total.tokens()), (key, 1510), "{by}");
    }
    let spent = agents::list(&office.app).await.unwrap().remove(0).spent;
    assert_eq!((spent.project.cost_micros, spent.day), (2500, spent.project));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attempt_over_its_budget_is_ended_and_a_person_is_asked() {
    let office = shared().await;
    office.also("budget: {attempt_tokens: 1000}").await;
    let task = office.create(work("zhangfei-dev")).await;
    let agent = office.comes(task, Trigger::Execute).await;
    office.says(&agent, "{\"moziplus_usage\": {\"tokens_in\": 900, \"tokens_out\": 200}}\n");
    let over = office.over(&agent.attempt).await;
    assert_eq!(over.outcome, Some(Outcome::OverBudget));
    assert!(over.detail.unwrap().contains("budget.attempt_tokens allows 1000"));
    let task = office.becomes(task, Status::Escalated).await;
    assert!(task.escalated_to.is_some_and(|to| to.is_human()));
    assert!(task.reason.unwrap().contains("over its budget"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_that_is_sent_on_after_an_attempts_ceiling_has_its_own_budget_anew() {
    let office = shared().await;
    office.also("budget: {attempt_tokens: 1000, task_tokens: 1500}").await;
    let task = office.create(work("zhangfei-dev")).await;
    let agent = office.comes(task, Trigger::Execute).await;
    office.says(&agent, "{\"moziplus_usage\": {\"tokens_in\": 1100}}\n");
    assert!(office.over(&agent.attempt).await.detail.unwrap().contains("budget.attempt_tokens allows 1000"));
    office.becomes(task, Status::Escalated).await;
    send_on(&office, task, Act::default()).await.unwrap();
    assert_eq!(office.look(task).await.allowance.from_tokens, 1100);
    // What was left of the first budget would not have been enough.
    let agent = office.comes(task, Trigger::Execute).await;
    office.says(&agent, "{\"moziplus_usage\": {\"tokens_in\": 900}}\n");
    office.until(task, |task| task.usage.tokens_in == 2000).await;
    office.app.control().tick().await.unwrap();
    assert_eq!(office.look(task).await.lifecycle.status, Status::Working);
    office.completes(&agent).await;
    office.becomes(task, Status::Done).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_login_is_told_with_what_to_do_about_it() {
    let office = shared().await;
    let task = office.create(work("zhangfei-dev")).await;
    let agent = office.comes(task, Trigger::Execute).await;
    office.says_and_leaves(&agent, "Not logged in. Please run /login\n", 1);
    let over = office.over(&agent.attempt).await;
    assert_eq!(over.outcome, Some(Outcome::AuthFailed));
    assert_eq!(over.advice.as_deref(), Some(Outcome::AuthFailed.advice()));
    office.becomes(task, Status::Pending).await;
    let told = status::daemon(&office.app).await.unwrap();
    let [login] = told.refused_logins.as_slice() else { panic!("{:?}", told.refused_logins) };
    assert_eq!((login.provider.as_str(), &login.attempt), ("account", &agent.attempt));
    assert!(login.advice.contains("moziplus agent unpark account"), "{login:?}");
    let why = reasons(&office, task).await;
    let ended = why.iter().find(|(code, _)| *code == "attempt").map(|(_, text)| text.clone()).unwrap_or_default();
    assert!(ended.contains("auth_failed") && ended.contains(Outcome::AuthFailed.advice()), "{why:?}");
    providers::unpark(&office.app, "account").await.unwrap();
    assert!(status::daemon(&office.app).await.unwrap().refused_logins.is_empty());
}

/// Decides about an escalated task as a person does.
async fn send_on(office: &Office, task: TaskId, act: Act) -> Result<Task, AppError> {
    let act = Act { reason: Some("worth it".into()), to: act.to.or(Some(Status::Pending)), ..act };
    let human = Caller::new(Actor::human());
    resolutions::resolve(&office.app, &office.project, task, &human, act).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_sends_a_task_on_allows_its_budget_once_more_and_is_asked_again() {
    let office = shared().await;
    office.also("budget: {task_tokens: 1000}").await;
    let task = office.create(work("zhangfei-dev")).await;
    let overruns = async |tokens: i64| {
        let agent = office.comes(task, Trigger::Execute).await;
        office.says(&agent, &format!("{{\"moziplus_usage\": {{\"tokens_in\": {tokens}, \"tokens_out\": 0}}}}\n"));
        let over = office.over(&agent.attempt).await;
        office.becomes(task, Status::Escalated).await;
        over.detail.unwrap()
    };
    assert!(overruns(1100).await.contains("budget.task_tokens allows 1000"));
    // The same once more, counted from here.
    send_on(&office, task, Act::default()).await.unwrap();
    let sent = office.look(task).await;
    assert_eq!((sent.allowance.from_tokens, sent.allowance.tokens), (1100, None));
    assert!(overruns(1000).await.contains("1000 tokens used since a person sent it on, 1000 allowed"));
    // A figure of their own.
    let more = Act { budget_tokens: Some(5000), ..Act::default() };
    let ended = send_on(&office, task, Act { to: Some(Status::Done), ..more.clone() }).await.unwrap_err();
    assert!(ended.to_string().contains("needs no budget"), "{ended}");
    send_on(&office, task, more).await.unwrap();
    assert!(overruns(5000).await.contains("5000 allowed"));
    let notes = records::observations(&office.app, &office.project, task).await.unwrap();
    let bodies: Vec<_> = notes.iter().filter(|note| note.agent.is_human()).map(|note| note.body.as_str()).collect();
    assert_eq!(bodies, ["its budget from here: 1000 tokens", "its budget from here: 5000 tokens"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn beyond_the_days_budget_nobody_is_started_and_it_is_told_once() {
    let mut office = shared().await;
    office.also("budget: {day_tokens: 1000}").await;
    let first = office.create(work("zhangfei-dev")).await;
    let agent = office.comes(first, Trigger::Execute).await;
    fs::write(
        office.app.root().path().join(format!("desk/{}.says", agent.attempt)),
        "{\"moziplus_usage\": {\"tokens_in\": 1200}}\n",
    )
    .unwrap();
    office.completes(&agent).await;
    office.over(&agent.attempt).await;
    let second = office.create(work("zhangfei-dev")).await;
    office.settle().await;
    office.settle().await;
    assert_eq!(office.attempts(second).await.len(), 0);
    let why = reasons(&office, second).await;
    // The budget alone is the reason: no word of slots.
    let [("budget", text)] = why.as_slice() else { panic!("{why:?}") };
    assert!(text.contains("budget.day_tokens"), "{text}");
    let told = status::daemon(&office.app).await.unwrap();
    assert!(told.projects[&office.project].budget_used_up.as_ref().is_some_and(|text| text.contains("day_tokens")));
    let kinds = vec![EventKind::BudgetUsedUp.as_str()];
    let query = IndexQuery { kinds, levels: vec!["attention"], limit: 10, ..IndexQuery::default() };
    assert_eq!(events::history(&office.app, query).await.unwrap().len(), 1);
    let text = fs::read_to_string(office.app.root().path().join("config/default.yaml")).unwrap();
    fs::write(office.app.root().path().join("config/default.yaml"), text.replace("1000", "5000")).unwrap();
    office.app.reload_config().await;
    office.settle().await;
    let agent = office.comes(second, Trigger::Execute).await;
    office.completes(&agent).await;
    office.becomes(second, Status::Done).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_beyond_belief_stop_nobody() {
    let office = shared().await;
    let task = office.create(work("zhangfei-dev")).await;
    let agent = office.comes(task, Trigger::Execute).await;
    let most = i64::MAX;
    let line = format!("{{\"moziplus_usage\": {{\"tokens_in\": {most}, \"tokens_out\": {most}, \"cost\": 1e300}}}}\n");
    office.says(&agent, &line);
    office.within(async || office.look(task).await.usage.tokens_in > 0).await;
    office.completes(&agent).await;
    office.over(&agent.attempt).await;
    let spent = office.look(task).await.usage;
    assert_eq!(
        (spent.tokens_in, spent.tokens_out, spent.tokens()),
        (1_000_000_000_000, 1_000_000_000_000, 2_000_000_000_000)
    );
    let next = office.create(work("zhangfei-dev")).await;
    let agent = office.comes(next, Trigger::Execute).await;
    office.completes(&agent).await;
    office.becomes(next, Status::Done).await;
}
