//! Machines that sleep, clocks that are set, daemons that were away: nobody is given up for it.

use std::sync::Arc;

use chrono::TimeDelta;
use moziplus::{
    app::{App, events},
    clock::ManualClock,
    model::{
        attempt::Attempt,
        event::EventKind,
        outcome::Outcome,
        status::Status,
        task::{NewTask, Trigger},
    },
    store::daemon_db::IndexQuery,
};

use super::office::Office;
use crate::support::{agent, noon};

/// What the daemon says about itself, newest last.
async fn announcements(app: &App) -> Vec<String> {
    let wanted = IndexQuery { limit: 100, ..IndexQuery::default() };
    let events = events::history(app, wanted).await.unwrap();
    events.into_iter().filter(|event| event.kind == EventKind::DaemonState).map(|event| event.summary).collect()
}

async fn only_attempt(office: &Office, task: moziplus::model::ids::TaskId) -> Attempt {
    let mut attempts = office.attempts(task).await;
    assert_eq!(attempts.len(), 1, "{attempts:#?}");
    attempts.remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_night_of_sleep_ends_nobody_and_is_told() {
    let clock = Arc::new(ManualClock::new(noon()));
    let mut office = Office::at(clock.clone()).await;
    let task = office.task("Count").await;
    let worker = office.comes(task, Trigger::Execute).await;
    office.becomes(task, Status::Working).await;
    clock.advance(TimeDelta::seconds(100));
    clock.jump(TimeDelta::hours(9));
    office.settle().await;
    office.settle().await;
    let told = announcements(&office.app).await;
    assert_eq!(
        told.last().unwrap(),
        "the machine slept, or its clock was put forward, by 32400 s; nobody is given up for the next 300 s"
    );
    assert_eq!(only_attempt(&office, task).await.ended_at, None);

    // It has its time, of which 100 s were used before.
    clock.advance(TimeDelta::seconds(499));
    office.settle().await;
    assert_eq!(only_attempt(&office, task).await.ended_at, None);
    clock.advance(TimeDelta::seconds(2));
    office.settle().await;
    assert_eq!(office.over(&worker.attempt).await.outcome, Some(Outcome::Timeout));
    assert_eq!(announcements(&office.app).await, told, "it is told once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_out_waits_for_the_grace_after_a_jump() {
    let clock = Arc::new(ManualClock::new(noon()));
    let mut office = Office::at(clock.clone()).await;
    let task = office.task("Count").await;
    let worker = office.comes(task, Trigger::Execute).await;
    office.becomes(task, Status::Working).await;
    clock.advance_and_jump(TimeDelta::seconds(601), TimeDelta::days(-1));
    office.settle().await;
    assert_eq!(only_attempt(&office, task).await.ended_at, None, "its time is up, but the clock was just put back");
    assert!(announcements(&office.app).await.last().unwrap().starts_with("the clock was put back by 86400 s"));
    clock.advance(TimeDelta::seconds(301));
    office.settle().await;
    assert_eq!(office.over(&worker.attempt).await.outcome, Some(Outcome::Timeout));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_daemon_that_was_away_does_not_take_silence_for_death() {
    let clock = Arc::new(ManualClock::new(noon()));
    let office = Office::at(clock.clone()).await;
    let visitor = agent("zhaoyun-visitor");
    let new = NewTask { assignee: Some("zhaoyun-visitor".parse().unwrap()), ..NewTask::default() };
    let claimed = office.create(NewTask { title: "claimed".into(), ..new.clone() }).await;
    let working = office.create(NewTask { title: "working".into(), ..new }).await;
    for task in [claimed, working] {
        moziplus::app::transitions::claim(&office.app, &office.project, task, &visitor).await.unwrap();
    }
    let act = moziplus::app::requests::Act::default();
    moziplus::app::transitions::start(&office.app, &office.project, working, &visitor, act).await.unwrap();

    let mut office = office.restarted_after(|| clock.advance(TimeDelta::hours(3))).await;
    office.settle().await;
    assert_eq!(office.look(claimed).await.lifecycle.status, Status::Claimed);
    assert_eq!(office.look(working).await.lifecycle.status, Status::Working);
    // From now on it could have been heard.
    clock.advance(TimeDelta::seconds(301));
    office.settle().await;
    office.becomes(claimed, Status::Pending).await;
    assert_eq!(office.look(working).await.lifecycle.status, Status::Working);
    clock.advance(TimeDelta::seconds(300));
    office.settle().await;
    let attempt = only_attempt(&office, working).await;
    assert_eq!(office.over(&attempt.id).await.outcome, Some(Outcome::Timeout), "nothing was heard for 600 s");
}
