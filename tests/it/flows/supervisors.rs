//! A supervisor that hangs: ticks go on without it, and everybody is told.

use std::fs;

use moziplus::{
    app::status,
    model::{status::Status, task::Trigger},
};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

use super::office::Office;

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
    assert!(!status::is_healthy(&office.app));
    assert_eq!(status::daemon(&office.app).await.unwrap().health, "degraded");
    drop(stopped);
    office.within(async || silent_since().await.is_none()).await;
    assert!(status::is_healthy(&office.app));
    office.completes(&agent).await;
    office.becomes(task, Status::Review).await;
}
