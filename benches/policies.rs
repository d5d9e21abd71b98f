//! What policies cost: planning, single hooks, reloading, recording and replaying. `cargo bench --bench policies`.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use moziplus::{
    model::{
        agent::AgentRole,
        snapshot::{AgentFacts, Board, TaskFacts},
        status::Status,
        task::Trigger,
    },
    policy::{
        engine::PolicyLimits,
        hooks::FILES,
        question::Question,
        recording::Recorder,
        reload,
        replay::{Period, replay},
        sample,
        set::Set,
        source::{Level, SourceFile, SourceSet},
        threads::ScriptThreads,
    },
};

fn main() {
    divan::main();
}

/// More than any call needs.
fn limits() -> PolicyLimits {
    PolicyLimits { deadline: std::time::Duration::from_secs(10), max_operations: 50_000_000 }
}

/// Four executors, of whom so many have a free slot, a reviewer and a coordinator.
fn team(free: usize) -> Vec<AgentFacts> {
    let executor = |n: usize| AgentFacts {
        free_slots: i64::from(n < free),
        busy: i64::from(n >= free),
        ..sample::agent(&format!("worker-{n}"), AgentRole::Executor)
    };
    let rest = [sample::agent("rita", AgentRole::Reviewer), sample::agent("chief", AgentRole::Coordinator)];
    (0..4).map(executor).chain(rest).collect()
}

fn board(now: DateTime<Utc>, free: usize, tasks: Vec<TaskFacts>) -> Arc<Board> {
    let mut context = sample::context(team(free));
    context.now = now;
    Arc::new(sample::board(Arc::new(context), tasks))
}

/// Ready tasks, every second of them for one agent.
fn ready(count: usize) -> Vec<TaskFacts> {
    let task = |n: usize| {
        let mut task = sample::task(n as i64 + 1);
        task.description = "Count what was sold, month by month, and say where the figures come from.".into();
        task.assignee = n.is_multiple_of(2).then(|| sample::agent("worker-3", AgentRole::Executor).id);
        task
    };
    (0..count).map(task).collect()
}

/// Figure: under 10 ms.
#[divan::bench(args = [0, 1, 4])]
fn plan_over_1000_ready_tasks_with_free_agents(bencher: divan::Bencher<'_, '_>, free: usize) {
    let board = board(sample::now(), free, ready(1000));
    let (set, question) = (Set::built_in(), Question::plan(&board));
    bencher.bench_local(|| set.ask(&question, limits()).expect("a plan"));
}

/// Figure: under 20 µs.
#[divan::bench]
fn a_hook_call_on_one_attempt(bencher: divan::Bencher<'_, '_>) {
    let worker = sample::agent("worker", AgentRole::Executor).id;
    let attempt = Arc::new(sample::attempt(sample::task(1).id, 1, &worker, Trigger::Execute));
    let ctx = Arc::new(sample::context(team(4)));
    let (set, question) = (Set::built_in(), Question::inspect(&attempt, &ctx));
    bencher.bench_local(|| set.ask(&question, limits()).expect("an answer"));
}

/// Every built-in file as a project's own: compiled, checked, and tried out. Figure: under 20 ms.
#[divan::bench]
fn a_reload_of_the_whole_set(bencher: divan::Bencher<'_, '_>) {
    let file = |(name, text): &(&str, &str)| SourceFile {
        name: (*name).into(),
        level: Level::Project,
        path: format!("scripts/{name}.rhai"),
        text: (*text).into(),
    };
    let sources = SourceSet::new(FILES.iter().map(file).collect());
    let threads = ScriptThreads::start(1).expect("a thread");
    bencher.bench_local(|| {
        let sources = sources.clone();
        threads.run_blocking(move || reload::build(&sources, None, limits()).is_ok()).expect("a set")
    });
}

/// The board of a tick with 200 tasks; at each tick one of them has changed.
fn tick(n: i64) -> Arc<Board> {
    let now = sample::now() + TimeDelta::seconds(30 * n);
    let mut tasks = ready(200);
    for (index, task) in tasks.iter_mut().enumerate() {
        task.age_seconds += 30 * n;
        task.dispatch_count = (n + 200 - index as i64) / 200;
        if index % 4 == 0 {
            (task.status, task.is_ready) = (Status::Blocked, false);
        }
    }
    board(now, (n % 5) as usize, tasks)
}

/// What recording costs the tick itself.
#[divan::bench]
fn a_picture_is_handed_over(bencher: divan::Bencher<'_, '_>) {
    let folder = tempfile::tempdir().expect("a folder");
    let recorder = Recorder::start(folder.path().into()).expect("a recorder");
    let board = tick(1);
    bencher.bench_local(|| recorder.board(&board));
}

/// What recording costs the thread beside it: comparing 200 tasks and writing the one that changed.
#[divan::bench]
fn a_picture_is_compared_and_written(bencher: divan::Bencher<'_, '_>) {
    let folder = tempfile::tempdir().expect("a folder");
    let recorder = Recorder::start(folder.path().into()).expect("a recorder");
    let mut n = 0;
    bencher
        .with_inputs(|| {
            n += 1;
            tick(n)
        })
        .bench_local_values(|board| {
            recorder.board(&board);
            recorder.flush();
        });
}

/// The same in a rush: ticks soon after each other see 1,000 tasks, most of them as they were.
#[divan::bench]
fn a_picture_in_a_rush_is_compared_and_written(bencher: divan::Bencher<'_, '_>) {
    let folder = tempfile::tempdir().expect("a folder");
    let recorder = Recorder::start(folder.path().into()).expect("a recorder");
    let mut board = board(sample::now(), 4, ready(1000));
    recorder.board(&board);
    let mut n = 0;
    bencher
        .with_inputs(|| {
            n += 1;
            let mut next = (*board).clone();
            let changed = &mut next.tasks[n % 1000];
            *changed = Arc::new(TaskFacts { dispatch_count: n as i64, ..(**changed).clone() });
            board = Arc::new(next);
            board.clone()
        })
        .bench_local_values(|board| {
            recorder.board(&board);
            recorder.flush();
        });
}

/// A day of 2,880 ticks and 200 tasks, each tick planned by both sets. Figure: under 10 s.
#[divan::bench(sample_count = 1, sample_size = 1)]
fn a_replay_of_24_hours(bencher: divan::Bencher<'_, '_>) {
    let folder = tempfile::tempdir().expect("a folder");
    let recorder = Recorder::start(folder.path().into()).expect("a recorder");
    for n in 0..2880 {
        recorder.board(&tick(n));
        recorder.flush();
    }
    let file = SourceFile {
        name: "tick".into(),
        level: Level::Project,
        path: "tick.rhai".into(),
        text: "fn in_order(tasks, board) { sorted_by(tasks, |t| -t.age_seconds) }".into(),
    };
    let changed = Set::compile(&SourceSet::new(vec![file])).expect("a set");
    let until = sample::now() + TimeDelta::hours(24);
    let period = Period {
        project: tick(0).context.project.clone(),
        since: sample::now(),
        until,
        file: Some("tick".into()),
        events: Vec::new(),
    };
    bencher.bench_local(|| {
        let found =
            replay(folder.path(), &period, (&Set::built_in(), &changed), (limits(), &|_, _, _| {})).expect("a replay");
        assert_eq!((found.ticks_count, found.cut_short), (2880, false));
        found
    });
}
