//! Attempts: how they begin, how they end, and what becomes of the task.

use std::{fs, time::Duration};

use moziplus::{
    app::{backups, letters, requests::Act, transitions},
    model::{
        event::EventKind,
        outcome::Outcome,
        status::Status,
        task::{NewTask, RiskLevel, Trigger},
    },
    store::{StoreError, policy_decisions},
};

use super::office::Office;
use crate::support::{because, person};

#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_dispatched_worked_on_and_done() {
    let office = Office::new().await;
    let low = NewTask { title: "Count".into(), risk_level: Some(RiskLevel::Low), ..NewTask::default() };
    let task = office.create(low).await;
    let agent = office.comes(task, Trigger::Execute).await;
    let working = office.becomes(task, Status::Working).await;
    assert_eq!(working.owner.unwrap().to_string(), agent.name);
    assert_eq!((working.dispatch_count, working.attempt), (1, Some(agent.attempt.clone())));
    office.completes(&agent).await;
    office.becomes(task, Status::Done).await;
    let attempt = office.over(&agent.attempt).await;
    assert_eq!((attempt.outcome, attempt.exit_code), (Some(Outcome::Completed), Some(0)));
    let prompt = office.app.root().attempt(&agent.attempt).join("prompt.md");
    assert!(fs::read_to_string(prompt).unwrap().contains("Count"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_counts_and_the_task_waits_before_it_is_tried_again() {
    let office = Office::new().await;
    let task = office.task("Count").await;
    let agent = office.comes(task, Trigger::Execute).await;
    office.says_and_leaves(&agent, "thread panicked", 3);
    let pending = office.until(task, |task| task.lifecycle.retry_count == 1).await;
    assert_eq!((pending.lifecycle.status, pending.not_before.is_some()), (Status::Pending, true));
    let attempt = office.over(&agent.attempt).await;
    assert_eq!((attempt.outcome, attempt.exit_code), (Some(Outcome::Crashed), Some(3)));
    assert_eq!(attempt.detail.unwrap(), "exit code 3: thread panicked");
    let store = office.app.project(&office.project).unwrap().store.clone();
    let recorded = store.read(move |db| policy_decisions::of_task(db, task, 10)).await;
    let recorded: Vec<_> = Result::<_, StoreError>::unwrap(recorded);
    let hooks: Vec<_> = recorded.iter().map(|decision| (decision.hook.as_str(), &decision.result[0])).collect();
    assert_eq!(hooks[0].0, "after");
    assert_eq!((&hooks[0].1["action"], &hooks[0].1["result"]), (&"requeue".into(), &"done".into()));
    assert_eq!(hooks.last().unwrap().1["action"], "dispatch");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_after_an_end_is_policy() {
    let office = Office::prepared("", |root| {
        let script = "fn after(attempt, task, ctx) { requeue(task.id, 0, \"at once\") }";
        fs::write(root.join("scripts/outcome.rhai"), script).unwrap();
    })
    .await;
    let task = office.task("Count").await;
    for _ in 0..3 {
        let agent = office.comes(task, Trigger::Execute).await;
        office.leaves(&agent, 1);
    }
    office.until(task, |task| task.lifecycle.retry_count == 3).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn time_is_up_whatever_the_agent_does() {
    let office = Office::with("task_timeout: 1").await;
    let task = office.task("Count").await;
    let agent = office.comes(task, Trigger::Execute).await;
    let attempt = office.over(&agent.attempt).await;
    assert_eq!(attempt.outcome, Some(Outcome::Timeout));
    office.until(task, |task| task.lifecycle.retry_count == 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_is_not_there_is_told_and_counted() {
    let office = Office::new().await;
    let task = office.create(NewTask {
        title: "Count".into(),
        assignee: Some("weiyan-broken".parse().unwrap()),
        ..NewTask::default()
    });
    let task = task.await;
    let pending = office.until(task, |task| task.lifecycle.retry_count == 1).await;
    assert_eq!(pending.lifecycle.status, Status::Pending);
    let attempt = office.attempts(task).await.remove(0);
    assert_eq!(attempt.outcome, Some(Outcome::SpawnFailed));
    assert_eq!(attempt.detail.unwrap(), "program `no-such-program` not found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_task_takes_its_process_along() {
    let office = Office::new().await;
    let task = office.task("Count").await;
    let agent = office.comes(task, Trigger::Execute).await;
    transitions::cancel(&office.app, &office.project, task, &person(), because("no need")).await.unwrap();
    let attempt = office.over(&agent.attempt).await;
    assert_eq!((attempt.outcome, attempt.signal), (Some(Outcome::Cancelled), Some(15)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_task_lets_go_and_is_taken_up_again() {
    let office = Office::new().await;
    let task = office.task("Count").await;
    let agent = office.comes(task, Trigger::Execute).await;
    office.becomes(task, Status::Working).await;
    transitions::pause(&office.app, &office.project, task, &person(), Act::default()).await.unwrap();
    assert_eq!(office.over(&agent.attempt).await.outcome, Some(Outcome::Interrupted));
    assert_eq!(office.look(task).await.lifecycle.status, Status::Paused);
    transitions::resume(&office.app, &office.project, task, &person(), Act::default()).await.unwrap();
    let pending = office.becomes(task, Status::Pending).await;
    assert_eq!(pending.lifecycle.retry_count, 0);
    office.comes(task, Trigger::Execute).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn agents_outlive_the_daemon_and_their_end_is_known() {
    let office = Office::new().await;
    let (first, second) = (office.task("Count").await, office.task("Sum").await);
    let (stays, goes) = (office.comes(first, Trigger::Execute).await, office.comes(second, Trigger::Execute).await);
    office.becomes(first, Status::Working).await;
    office.becomes(second, Status::Working).await;
    let mut office = office.restarted().await;
    office.settle().await;
    office.leaves(&goes, 7);
    let crashed = office.over(&goes.attempt).await;
    assert_eq!((crashed.outcome, crashed.exit_code), (Some(Outcome::Crashed), Some(7)));
    office.completes(&stays).await;
    office.becomes(first, Status::Review).await;
    assert_eq!(office.over(&stays.attempt).await.outcome, Some(Outcome::Completed));
    assert_eq!(office.attempts(first).await.iter().filter(|a| a.kind == Trigger::Execute).count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_while_nobody_looks_is_found_at_the_start() {
    let mut office = Office::new().await;
    let task = office.task("Count").await;
    let agent = office.comes(task, Trigger::Execute).await;
    office.becomes(task, Status::Working).await;
    office.leaves(&agent, 5);
    let exit = office.app.root().attempt(&agent.attempt).join("exit.json");
    office = office.restarted().await;
    let attempt = office.over(&agent.attempt).await;
    assert_eq!((attempt.outcome, attempt.exit_code), (Some(Outcome::Crashed), Some(5)));
    assert!(exit.exists());
    office.until(task, |task| task.lifecycle.retry_count == 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_of_the_provider_rests_it_and_does_not_count() {
    let office = Office::new().await;
    let task = office.task("Count").await;
    let agent = office.comes(task, Trigger::Execute).await;
    office.says_and_leaves(&agent, "429 Too Many Requests", 1);
    let pending = office.until(task, |task| task.not_before.is_some()).await;
    assert_eq!((pending.lifecycle.status, pending.lifecycle.retry_count), (Status::Pending, 0));
    let other = office.task("Sum").await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(office.attempts(other).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_ends_the_processes_of_what_it_replaces_and_keeps_late_writes() {
    let mut office = Office::with("max_global_agents: 1").await;
    let copy = backups::backup_project(&office.app, &office.project).await.unwrap().path;
    let task = office.task("Count").await;
    let worker = office.comes(task, Trigger::Execute).await;
    office.becomes(task, Status::Working).await;
    office.ignores_signals(&worker).await;
    backups::restore(&office.app, &office.project, copy, true, &person()).await.unwrap();
    // The task of the same number is another one; nobody works on it while the old process is there.
    let next = office.task("Sum").await;
    assert_eq!(next.0, task.0 + 1, "the number of a task that left files is not used again");
    office.settle().await;
    assert!(office.attempts(next).await.is_empty(), "the only slot is taken until the process is gone");
    let late = transitions::complete(&office.app, &office.project, task, &worker.caller(), Act::default()).await;
    assert_eq!(late.unwrap_err().code(), "stale_token");
    let kept = letters::list(&office.app, &office.project, true).await.unwrap();
    assert_eq!((kept.len(), kept[0].task, kept[0].operation.as_str()), (1, task, "complete"));
    office.comes(next, Trigger::Execute).await;
    assert!(office.app.root().attempt(&worker.attempt).join("exit.json").exists(), "it was ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_of_a_database_that_is_gone_is_ended_by_the_next_daemon() {
    let office = Office::new().await;
    let task = office.task("Count").await;
    let worker = office.comes(task, Trigger::Execute).await;
    office.becomes(task, Status::Working).await;
    let file = office.app.root().blackboard(&office.project);
    let office = office.restarted_after(|| fs::remove_file(&file).unwrap()).await;
    let exit = office.app.root().attempt(&worker.attempt).join("exit.json");
    crate::support::daemon::wait_for("the process to be ended", || exit.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_lost_while_in_use_puts_its_project_in_quarantine() {
    let office = Office::new().await;
    fs::remove_file(office.app.root().blackboard(&office.project)).unwrap();
    let new = NewTask { title: "lost".into(), ..NewTask::default() };
    let refused = moziplus::app::tasks::create(&office.app, &office.project, &person(), new).await;
    assert_eq!(refused.unwrap_err().code(), "quarantined");
    // A tick finds it too, whatever it has to do.
    let _round = office.app.control().tick().await;
    crate::support::daemon::wait_for("the quarantine", || office.app.project(&office.project).is_err());
    let error = office.app.project(&office.project).err().unwrap();
    assert_eq!(error.code(), "quarantined");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_a_cancelled_task_proves_that_its_processes_are_gone() {
    let office = Office::new().await;
    let task = office.task("Count").await;
    let agent = office.comes(task, Trigger::Execute).await;
    let working = office.becomes(task, Status::Working).await;
    office.ignores_signals(&agent).await;
    let pid = moziplus::app::attempts::get(&office.app, &agent.attempt).await.unwrap().pid.unwrap() as i32;
    let cancelled = transitions::cancel(&office.app, &office.project, task, &person(), because("not needed")).await;
    assert_eq!(cancelled.unwrap().lifecycle.status, Status::Cancelled);
    let attempt = office.over(&agent.attempt).await;
    assert_eq!((attempt.outcome, attempt.signal), (Some(Outcome::Cancelled), Some(nix::libc::SIGKILL.into())));
    assert!(moziplus::process::identity::entry(pid).unwrap().is_none(), "reaped, and so are its descendants");
    assert!(attempt.wall_milliseconds.is_some() && attempt.cpu_milliseconds.is_some());
    assert!(attempt.peak_memory_bytes.is_some_and(|bytes| bytes > 0));
    let ended = office.event(task, EventKind::AttemptEnded).await;
    assert_eq!(ended.payload["tree_gone"], true, "{ended:#?}");
    assert_eq!(working.id, task);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_the_machines_fault_costs_a_task_nothing() {
    let mut office = Office::new().await;
    let code = NewTask { title: "First".into(), task_type: Some("code".into()), ..NewTask::default() };
    let first = office.create(code).await;
    let agent = office.comes(first, Trigger::Execute).await;
    // From now on no pipe can be opened, as on a full disk.
    let (pipes, aside) = (office.app.root().run().join("pipes"), office.app.root().run().join("aside"));
    fs::rename(&pipes, &aside).unwrap();
    fs::write(&pipes, "").unwrap();
    let second = NewTask { title: "Second".into(), task_type: Some("data".into()), ..NewTask::default() };
    let second = office.create(second).await;
    office.until(second, |task| task.lifecycle.status == Status::Pending && task.not_before.is_some()).await;
    let failed = office.attempts(second).await.remove(0);
    assert_eq!(failed.outcome, Some(Outcome::Lost), "{failed:#?}");
    let task = office.look(second).await;
    assert_eq!((task.dispatch_count, task.lifecycle.retry_count), (0, 0));

    fs::remove_file(&pipes).unwrap();
    fs::rename(&aside, &pipes).unwrap();
    office.settle().await;
    let next = office.comes(second, Trigger::Execute).await;
    office.completes(&next).await;
    office.completes(&agent).await;
    office.becomes(second, Status::Review).await;
}
