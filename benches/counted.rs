//! Core scenarios for counting instructions: `counted SCENARIO TIMES` does the same work so often and says nothing.
//!
//! `benches/instructions.py` runs it under callgrind, once with few and once with more repetitions; the difference is what
//! the work costs, whatever else the machine does.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use moziplus::{
    model::{
        agent::AgentRole,
        excused::Excused,
        ids::{Actor, ProjectId, TaskId},
        snapshot::{Board, TaskFacts},
        status::{Cause, Role},
        task::{NewTask, RiskLevel},
    },
    policy::{
        engine::PolicyLimits,
        hooks::FILES,
        question::Question,
        recording::Recorder,
        reload, sample,
        set::Set,
        source::{Level, SourceFile, SourceSet},
        threads::ScriptThreads,
    },
    store::{
        DaemonDb, Store, StoreError,
        kept::Kept,
        picture,
        snapshot::View,
        tasks::{self, Creation, Details, Move},
    },
};
use tokio::runtime::Runtime;

/// Does the work so many times.
type Scenario = fn(usize);

/// What is counted.
const SCENARIOS: &[(&str, Scenario)] =
    &[("plan", plan), ("snapshot", snapshot), ("transition", transition), ("reload", reload_all), ("record", record)];

fn main() {
    let mut args = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let (name, times) = (args.next().unwrap_or_default(), args.next().and_then(|times| times.parse().ok()));
    match (SCENARIOS.iter().find(|(scenario, _)| *scenario == name), times) {
        (Some((_, run)), Some(times)) => run(times),
        // `cargo bench` without arguments runs every bench.
        _ => println!(
            "counted SCENARIO TIMES: {}",
            SCENARIOS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
        ),
    }
}

fn limits() -> PolicyLimits {
    PolicyLimits { deadline: std::time::Duration::from_secs(600), max_operations: u64::MAX }
}

/// A thousand ready tasks and an agent with a free slot.
fn board(number: i64) -> Arc<Board> {
    let mut tasks: Vec<TaskFacts> = (1..=1000).map(sample::task).collect();
    tasks[(number % 1000) as usize].dispatch_count = number;
    let team = vec![sample::agent("worker", AgentRole::Executor), sample::agent("chief", AgentRole::Coordinator)];
    Arc::new(sample::board(Arc::new(sample::context(team)), tasks))
}

fn plan(times: usize) {
    let (set, question) = (Set::built_in(), Question::plan(&board(0)));
    for _ in 0..times {
        set.ask(&question, limits()).expect("a plan");
    }
}

fn now() -> DateTime<Utc> {
    sample::now()
}

/// A database with so many pending tasks.
fn store(folder: &std::path::Path, count: usize) -> (Runtime, Store, ProjectId) {
    let project: ProjectId = "bench".parse().expect("an id");
    let runtime = Runtime::new().expect("a runtime");
    let daemon = DaemonDb::open(&folder.join("daemon.db")).expect("a database");
    let store = Store::open(&folder.join("blackboard.db"), &project, &daemon).expect("a database").store;
    let id = project.clone();
    let fill = store.write(now(), move |tx| {
        for number in 0..count {
            let task = NewTask { title: format!("task {number}"), ..NewTask::default() };
            let creation = Creation { task, created_by: Actor::human(), risk_level: RiskLevel::Low };
            tasks::insert(tx, &id, creation)?;
        }
        Ok::<_, StoreError>(())
    });
    runtime.block_on(fill).expect("tasks");
    (runtime, store, project)
}

/// A tick's picture of a thousand tasks, all of them read anew.
fn snapshot(times: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let (runtime, store, project) = store(folder.path(), 1000);
    for _ in 0..times {
        let (id, view) = (project.clone(), View { now: now(), max_rounds: 3, excused: Excused::default() });
        let (mut kept, changes) = (Kept::default(), store.touched());
        let read = store.read(move |db| picture::picture(db, &id, view, (&mut kept, changes)));
        runtime.block_on::<_>(read).unwrap_or_else(|error: StoreError| panic!("{error}"));
    }
}

/// A claim and its release, with their events, each in a transaction of its own.
fn transition(times: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let (runtime, store, project) = store(folder.path(), 1);
    for number in 0..2 * times {
        let id = project.clone();
        let write = store.write(now(), move |tx| {
            let task = tasks::require(tx, &id, TaskId(1))?;
            let step = match number % 2 {
                0 => Move::new(Cause::Claim, Role::Daemon, Actor::Daemon),
                _ => Move::by_daemon(Cause::Release, "again"),
            };
            tasks::transition(tx, task, step, Details::default())
        });
        runtime.block_on(write).unwrap_or_else(|error: StoreError| panic!("{error}"));
    }
}

/// Every built-in file as a project's own: compiled, checked and tried out.
fn reload_all(times: usize) {
    let file = |(name, text): &(&str, &str)| {
        let (name, path, text) = ((*name).to_owned(), format!("scripts/{name}.rhai"), (*text).to_owned());
        SourceFile { name, level: Level::Project, path, text }
    };
    let sources = SourceSet::new(FILES.iter().map(file).collect());
    let threads = ScriptThreads::start(1).expect("a thread");
    for _ in 0..times {
        let sources = sources.clone();
        let built = threads.run_blocking(move || reload::build(&sources, None, limits()).is_ok());
        assert!(built.expect("an answer"), "the built-in scripts are refused");
    }
}

/// Pictures of a thousand tasks of which one has changed, compared and written.
fn record(times: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let recorder = Recorder::start(folder.path().into()).expect("a recorder");
    let mut before = board(0);
    recorder.board(&before);
    for number in 1..=times {
        let mut next = (*before).clone();
        let changed = &mut next.tasks[number % 1000];
        *changed = Arc::new(TaskFacts { dispatch_count: number as i64, ..(**changed).clone() });
        before = Arc::new(next);
        recorder.board(&before);
        recorder.flush();
    }
}
