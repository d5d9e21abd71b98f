//! The hot paths of a tick, on real databases: `make bench`.

use std::sync::Arc;

use moziplus::{
    model::{
        ids::{Actor, ProjectId},
        snapshot::{Board, Context, Slots},
        status::{Cause, Role},
        task::{NewTask, RiskLevel},
    },
    policy::{
        engine::PolicyLimits,
        library::{Library, Opening},
        source::ScriptFolders,
        threads::ScriptThreads,
    },
    store::{
        DaemonDb, Store, StoreError,
        kept::Kept,
        picture::{self, Picture},
        snapshot::View,
        tasks::{self, Creation, Details, Move},
    },
};
use tempfile::TempDir;
use tokio::runtime::Runtime;

fn main() {
    divan::main();
}

/// A project with so many pending tasks.
struct Bench {
    runtime: Runtime,
    store: Store,
    project: ProjectId,
    _folder: TempDir,
}

fn now() -> chrono::DateTime<chrono::Utc> {
    "2026-05-16T12:00:00Z".parse().expect("a time")
}

impl Bench {
    fn with(count: usize) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let project: ProjectId = "bench".parse().expect("an id");
        let runtime = Runtime::new().expect("a runtime");
        let daemon = DaemonDb::open(&folder.path().join("daemon.db")).expect("a database");
        let store = Store::open(&folder.path().join("blackboard.db"), &project, &daemon).expect("a database").store;
        let id = project.clone();
        let fill = store.write(now(), move |tx| {
            for n in 0..count {
                let task = NewTask { title: format!("task {n}"), ..NewTask::default() };
                let creation = Creation { task, created_by: Actor::human(), risk_level: RiskLevel::Low };
                tasks::insert(tx, &id, creation)?;
            }
            Ok::<_, StoreError>(())
        });
        runtime.block_on(fill).expect("tasks");
        Self { runtime, store, project, _folder: folder }
    }

    fn picture(&self) -> Picture {
        let id = self.project.clone();
        let view = View { now: now(), max_rounds: 3, excused: moziplus::model::excused::Excused::default() };
        let (mut kept, changes) = (Kept::default(), self.store.touched());
        let read = self.store.read(move |db| picture::picture(db, &id, view, (&mut kept, changes)));
        self.runtime.block_on::<_>(read).unwrap_or_else(|error: StoreError| panic!("{error}"))
    }

    fn board(&self) -> Arc<Board> {
        let picture = self.picture();
        let config = serde_json::to_value(moziplus::config::Settings::default()).expect("settings");
        let context = Context {
            project: self.project.clone(),
            now: now(),
            tick: 1,
            config: Arc::new(config),
            coordinator: None,
            agents: vec![],
            reviewers: vec![],
            spent: Default::default(),
        };
        Arc::new(Board {
            context: Arc::new(context),
            slots: Slots { global_free: 5, project_free: 5 },
            agents: vec![],
            tasks: picture.tasks,
            mentions: vec![],
            rounds: vec![],
            ticks_without_change: 0,
            gateway_up: true,
        })
    }
}

#[divan::bench(args = [100, 1_000, 10_000])]
fn snapshot_of_open_tasks(bencher: divan::Bencher<'_, '_>, count: usize) {
    let bench = Bench::with(count);
    bencher.bench_local(|| bench.picture());
}

#[divan::bench(args = [100, 1_000, 10_000])]
fn plan_over_ready_tasks(bencher: divan::Bencher<'_, '_>, count: usize) {
    let bench = Bench::with(count);
    let board = bench.board();
    let threads = ScriptThreads::start(1).expect("threads");
    let limits = PolicyLimits { deadline: std::time::Duration::from_secs(5), max_operations: 50_000_000 };
    let folders = ScriptFolders { project: None, root: None };
    let opening = Opening { folders, last_good: None, limits, threads, live: None };
    let library = bench.runtime.block_on(Library::open(opening, now()));
    bencher.bench_local(|| bench.runtime.block_on(library.plan(&board)));
}

#[divan::bench]
fn claim_and_release_durably(bencher: divan::Bencher<'_, '_>) {
    let bench = Bench::with(1);
    bencher.bench_local(|| {
        let id = bench.project.clone();
        let write = bench.store.write(now(), move |tx| {
            let task = tasks::require(tx, &id, moziplus::model::ids::TaskId(1))?;
            let claim = Move::new(Cause::Claim, Role::Daemon, Actor::Daemon);
            let task = tasks::transition(tx, task, claim, Details::default())?;
            tasks::transition(tx, task, Move::by_daemon(Cause::Release, "again"), Details::default())
        });
        bench.runtime.block_on(write).unwrap_or_else(|error: StoreError| panic!("{error}"))
    });
}
