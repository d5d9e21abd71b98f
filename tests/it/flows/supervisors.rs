//! A supervisor that hangs: ticks go on without it, everybody is told, and what is to end ends.

use std::fs;

use moziplus::{
    app::{attempts, requests::Act, status, transitions},
    model::{attempt::Attempt, event::EventKind, outcome::Outcome, status::Status, task::Trigger},
    process::identity,
};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

use super::office::{Agent, Office};
use crate::support::person;

/// A process that stands still until this is dropped.
struct Stopped(Pid);

impl Stopped {
    fn supervisor_of(office: &Office) -> Self {
        let entries = fs::read_dir(office.app.root().run()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut pids = names.filter_map(|name| name.strip_prefix("supervisor-")?.strip_suffix(".json")?.parse().ok());
        let pid = Pid::from_raw(pids.next().expect("a supervisor"));
        kill(pid, Signal::SIGSTOP).unwrap();
        Self(pid)
    }
}

impl Drop for Stopped {
    fn drop(&mut self) {
        let _gone = kill(self.0, Signal::SIGCONT);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_tick_waits_for_a_supervisor_that_hangs() {
    let office = Office::new().await;
    let task = office.task("Count").await;
    let agent = office.comes(task, Trigger::Execute).await;
    office.becomes(task, Status::Working).await;
    let stopped = Stopped::supervisor_of(&office);
    let silent_since = async || status::daemon(&office.app).await.unwrap().supervisor_silent_since;
    for _ in 0..3 {
        let report = office.app.control().tick().await.unwrap();
        assert!(report.took_ms < 1500, "{report:?}");
    }
    office.within(async || silent_since().await.is_some()).await;
    let told = status::daemon(&office.app).await.unwrap();
    assert_eq!(told.supervisor_pids, [stopped.0.as_raw()], "whom to let go on");
    assert!(!status::is_healthy(&office.app));
    assert_eq!(status::daemon(&office.app).await.unwrap().health, "degraded");
    drop(stopped);
    office.within(async || silent_since().await.is_none()).await;
    assert!(status::is_healthy(&office.app));
    office.completes(&agent).await;
    office.becomes(task, Status::Review).await;
}

async fn cancel(office: &Office, agent: &Agent) {
    let task = agent.attempt.task;
    transitions::cancel(&office.app, &office.project, task, &person(), Act::default()).await.unwrap();
}

/// The attempt is over, and its process with it.
async fn ended(office: &mut Office, agent: &Agent) -> Attempt {
    office.settle().await;
    let over = office.over(&agent.attempt).await;
    let pid = i32::try_from(over.pid.unwrap()).unwrap();
    assert!(identity::entry(pid).unwrap().is_none_or(|entry| entry.zombie), "{over:#?}");
    over
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_task_leaves_nothing_behind_while_the_supervisor_hangs() {
    let mut office = Office::new().await;
    let task = office.task("Count").await;
    let agent = office.comes(task, Trigger::Execute).await;
    office.becomes(task, Status::Working).await;
    let stopped = Stopped::supervisor_of(&office);
    cancel(&office, &agent).await;
    assert_eq!(ended(&mut office, &agent).await.outcome, Some(Outcome::Cancelled));
    let event = office.event(task, EventKind::AttemptEnded).await;
    assert_eq!(event.payload["tree_gone"], true, "{event:?}");
    drop(stopped);
    let next = office.task("Count again").await;
    office.comes(next, Trigger::Execute).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_daemon_goes_by_the_files_of_a_supervisor_that_hangs() {
    let office = Office::new().await;
    let task = office.task("Count").await;
    let agent = office.comes(task, Trigger::Execute).await;
    office.becomes(task, Status::Working).await;
    let stopped = Stopped::supervisor_of(&office);
    let mut office = office.restarted().await;
    cancel(&office, &agent).await;
    assert_eq!(ended(&mut office, &agent).await.outcome, Some(Outcome::Cancelled));
    drop(stopped);
    office.settle().await;
    let runs = attempts::sessions(&office.app).await.unwrap();
    assert!(runs.is_empty(), "{runs:#?}");
}
