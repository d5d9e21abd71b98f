//! Jobs: run by hand and by the clock, with real scripts, real copies and a real git.

use std::{fs, path::Path, sync::Arc, time::Duration};

use moziplus::{
    app::{
        App, AppError, Caller, Control, control::Command, jobs, letters, projects, records, requests::NewComment,
        storage, tasks, transitions,
    },
    clock::{ManualClock, SharedClock, SystemClock},
    config::{ConfigHandle, Root, Sources, init},
    model::{
        event::{Event, EventKind, Level},
        ids::{Actor, ProjectId},
        task::NewTask,
    },
    process::tool,
    store::job_runs::JobRun,
};
use tempfile::TempDir;
use tokio::{
    sync::{broadcast, mpsc},
    task::JoinHandle,
};
use tokio_util::sync::CancellationToken;

/// A root with the project `sales`, and the loop of the jobs.
struct Bench {
    app: App,
    events: broadcast::Receiver<Arc<Event>>,
    stop: CancellationToken,
    looping: JoinHandle<()>,
    folder: TempDir,
}

impl Bench {
    /// Jobs stand in `jobs` as YAML; nothing is due by the clock unless they say so.
    async fn new(jobs: &str) -> Self {
        let noon = "2026-05-16T12:00:00Z".parse().unwrap();
        Self::with(jobs, Arc::new(ManualClock::new(noon)), tempfile::tempdir().unwrap()).await
    }

    async fn with(jobs: &str, clock: SharedClock, folder: TempDir) -> Self {
        let root = Root::at(folder.path()).unwrap();
        init::write_missing(&root).unwrap();
        // The configuration knows only jobs whose script is there; the tests write theirs later.
        let own = root.job_scripts().join("own.rhai");
        if !own.exists() {
            fs::write(own, "").unwrap();
        }
        if !jobs.is_empty() {
            fs::write(root.default_yaml(), jobs).unwrap();
        }
        let (control, orders) = Control::new(true);
        let config = ConfigHandle::open(root, Sources::default()).unwrap();
        let app = App::open(config, clock, control).await.unwrap();
        if app.project(&sales()).is_err() {
            let new = projects::NewProject { id: sales(), name: None, description: None, agents: vec![] };
            projects::create(&app, new, &Caller::new(Actor::human())).await.unwrap();
        }
        let (events, stop) = (app.daemon().subscribe(), CancellationToken::new());
        let looping = tokio::spawn(run(app.clone(), orders.jobs, stop.clone()));
        Self { app, events, stop, looping, folder }
    }

    fn script(&self, name: &str, text: &str) {
        fs::write(self.app.root().job_scripts().join(format!("{name}.rhai")), text).unwrap();
    }

    /// Runs a job by hand and waits for its end.
    async fn run(&mut self, name: &str) -> JobRun {
        let id = jobs::run(&self.app, name).await.unwrap();
        self.ended(name, |run| run.id == id).await
    }

    /// Waits until such a run has ended.
    async fn ended(&mut self, name: &str, which: impl Fn(&JobRun) -> bool) -> JobRun {
        let wait = async {
            loop {
                let runs = jobs::history(&self.app, name, None, 100).await.unwrap();
                if let Some(run) = runs.into_iter().find(|run| run.outcome.is_some() && which(run)) {
                    return run;
                }
                self.events.recv().await.unwrap();
            }
        };
        tokio::time::timeout(Duration::from_secs(60), wait).await.expect("the job does not end")
    }

    async fn end(self) -> TempDir {
        self.stop.cancel();
        self.looping.await.unwrap();
        self.folder
    }
}

/// The first event that says that a job has ended.
async fn finished(mut events: broadcast::Receiver<Arc<Event>>) -> Arc<Event> {
    let wait = async {
        loop {
            let event = events.recv().await.unwrap();
            if event.kind == EventKind::JobFinished {
                return event;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(60), wait).await.expect("nobody says that the job has ended")
}

async fn run(app: App, mut orders: mpsc::Receiver<Command>, stop: CancellationToken) {
    moziplus::jobs::run(app, &mut orders, stop).await.unwrap();
}

fn sales() -> ProjectId {
    ProjectId::parse("sales").unwrap()
}

fn said(run: &JobRun) -> (&str, &str) {
    (run.outcome.as_deref().unwrap(), run.message.as_deref().unwrap_or(""))
}

async fn git(folder: &Path, arguments: &[&str]) -> String {
    tool::run(folder, &[&["git"], arguments].concat(), Duration::from_secs(60)).await.unwrap()
}

const TEN_MINUTES_PAST: &str = "jobs:\n  - {name: own, cron: '10 0 1 1 *', timeout_seconds: 1}\n";

#[tokio::test(flavor = "multi_thread")]
async fn every_shipped_job_succeeds_on_a_fresh_root() {
    let mut bench = Bench::new("").await;
    let new = NewTask { title: "Count".into(), ..NewTask::default() };
    tasks::create(&bench.app, &sales(), &Caller::new(Actor::human()), new).await.unwrap();
    assert_eq!(
        said(&bench.run("backup").await),
        ("succeeded", "1 projects and the root copied and verified, 0 old copies removed")
    );
    let copies: Vec<_> = fs::read_dir(bench.app.root().backups().join("sales")).unwrap().flatten().collect();
    assert_eq!(copies.len(), 1);
    assert!(copies[0].path().extension().is_some_and(|ending| ending == "db"));
    assert_eq!(
        said(&bench.run("daily_report").await),
        ("succeeded", "sales: 0 done, 0 failed, 1 new, 1 open, 0 attempts")
    );
    assert_eq!(said(&bench.run("retention").await).0, "succeeded");
    assert_eq!(said(&bench.run("skill_upkeep").await), ("succeeded", "0 lessons deprecated, 0 skills changed"));
    assert_eq!(said(&bench.run("git_push").await), ("succeeded", "no remotes are configured"));
    let known: Vec<_> = jobs::list(&bench.app).await.unwrap().into_iter().map(|job| job.name).collect();
    assert_eq!(known, ["backup", "retention", "daily_report", "skill_upkeep", "git_push", "restore_drill"]);
    bench.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_of_the_root_replaces_the_built_in_one_and_its_failure_has_a_place() {
    let mut bench = Bench::new("").await;
    bench.script("backup", "fn run(job) {\n    let x = 1;\n    throw `no ${job.name}`;\n}\n");
    let events = bench.app.daemon().subscribe();
    let run = bench.run("backup").await;
    assert_eq!(said(&run), ("failed", "scripts/jobs/backup.rhai:3:5: no backup in `run`"));
    let event = finished(events).await;
    assert_eq!((event.level, event.payload["outcome"].as_str()), (Level::Attention, Some("failed")));
    for (script, message) in [
        ("fn run(job) { 1 + }", "scripts/jobs/backup.rhai:1:19: "),
        (
            "fn walk(job) { 1 }",
            "scripts/jobs/backup.rhai: there is no function `run`; `fn run(job)`, with one parameter",
        ),
        ("fn run(job) { job.nme }", "scripts/jobs/backup.rhai:1:19: "),
        ("fn run(job) { backup_database(\"nope\") }", "scripts/jobs/backup.rhai:1:15: there is no project nope"),
        ("fn run(job) { backup_database(1) }", "scripts/jobs/backup.rhai:1:15: no function takes"),
    ] {
        bench.script("backup", script);
        let run = bench.run("backup").await;
        let (outcome, said) = said(&run);
        assert!(outcome == "failed" && said.starts_with(message), "{script}: {outcome}, {said}");
    }
    bench.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_can_catch_what_its_functions_throw() {
    let mut bench = Bench::new(TEN_MINUTES_PAST).await;
    bench.script(
        "own",
        "fn run(job) {
            let caught = [];
            try { mail(\"no body\", \"a\", \"b\") } catch (error) { caught.push(error); }
            try { verify_backup(\"nope/nothing\") } catch (error) { caught.push(error); }
            try { prune_backups(#{yearly: 1}) } catch (error) { caught.push(error); }
            try { git_commit(\"x\") } catch (error) { caught.push(error); }
            try { notify(\"loud\", \"x\") } catch (error) { caught.push(error); }
            try { prune_sessions(0) } catch (error) { caught.push(error); }
            log(`${caught.len()} errors`);
        }",
    );
    assert_eq!(said(&bench.run("own").await), ("succeeded", "6 errors"));
    bench.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_writes_to_people() {
    let mut bench = Bench::new(TEN_MINUTES_PAST).await;
    bench.script("own", "fn run(job) { log(`mail ${mail(\"human\", \"Report\", \"All is well.\")}`); }");
    assert_eq!(said(&bench.run("own").await), ("succeeded", "mail 1"));
    let mail = moziplus::app::mail::get(&bench.app, 1).await.unwrap();
    assert_eq!((mail.from.to_string().as_str(), mail.body.as_str()), ("daemon", "All is well."));
    bench.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_takes_too_long_is_ended_and_cannot_catch_it() {
    let mut bench = Bench::new(TEN_MINUTES_PAST).await;
    bench.script("own", "fn run(job) { loop { try { loop {} } catch { } } }");
    let run = bench.run("own").await;
    let (outcome, message) = said(&run);
    assert_eq!(outcome, "timed_out", "{message}");
    assert!(message.contains("timeout_seconds"), "{message}");
    bench.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_job_is_not_started_twice_and_ends_with_the_daemon() {
    let mut bench = Bench::new("jobs:\n  - {name: own, cron: '10 0 1 1 *'}\n").await;
    bench.script("own", "fn run(job) { loop {} }");
    let id = jobs::run(&bench.app, "own").await.unwrap();
    assert!(matches!(jobs::run(&bench.app, "own").await, Err(AppError::InTheWay { .. })));
    assert!(matches!(jobs::run(&bench.app, "other").await, Err(AppError::NotFound(_))));
    bench.stop.cancel();
    let run = bench.ended("own", |run| run.id == id).await;
    assert_eq!(said(&run).0, "interrupted");
    bench.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_starts_jobs_and_a_changed_file_changes_them() {
    let jobs = "jobs:\n  - {name: own, cron: '* * * * * *'}\n";
    let mut bench = Bench::with(jobs, Arc::new(SystemClock), tempfile::tempdir().unwrap()).await;
    bench.script("own", "fn run(job) { `due ${(job.now - job.scheduled_at) < 30}` }");
    let run = bench.ended("own", |run| !run.manual && run.outcome.as_deref() == Some("succeeded")).await;
    assert_eq!(said(&run), ("succeeded", "due true"));
    fs::write(bench.app.root().default_yaml(), "jobs:\n  - {name: later, script: own, cron: '* * * * * *'}\n").unwrap();
    bench.app.reload_config().await;
    let run = bench.ended("later", |run| !run.manual && run.outcome.as_deref() == Some("succeeded")).await;
    assert_eq!(said(&run), ("succeeded", "due true"));
    bench.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_a_crash_left_open_is_interrupted_at_the_next_start() {
    let bench = Bench::new(TEN_MINUTES_PAST).await;
    let begin = |tx: &mut moziplus::store::Tx<'_>| {
        let now = tx.now();
        moziplus::store::job_runs::begin(tx, "own", now, false)
    };
    bench.app.daemon().write::<_, moziplus::store::StoreError, _>(bench.app.now(), begin).await.unwrap();
    let folder = bench.end().await;
    let mut bench = Bench::with(TEN_MINUTES_PAST, Arc::new(SystemClock), folder).await;
    bench.script("own", "fn run(job) { }");
    bench.run("own").await;
    let runs = jobs::history(&bench.app, "own", None, 10).await.unwrap();
    let outcomes: Vec<_> = runs.iter().map(|run| run.outcome.as_deref().unwrap()).collect();
    assert_eq!(outcomes, ["succeeded", "interrupted"]);
    bench.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn git_push_commits_what_is_text_and_pushes_it() {
    let remote = tempfile::tempdir().unwrap();
    git(remote.path(), &["init", "--quiet", "--bare"]).await;
    let jobs = format!("git:\n  remotes:\n    - {{name: nas, url: '{}'}}\n", remote.path().display());
    let mut bench = Bench::new(&jobs).await;
    let root = bench.app.root().path().to_owned();
    let refused = bench.run("git_push").await;
    assert!(said(&refused).1.contains("moziplus init --git"), "{refused:?}");
    git(&root, &["init", "--quiet"]).await;
    fs::write(root.join("config/my [1] notes.yaml"), "a: 1\n").unwrap();
    let run = bench.run("git_push").await;
    assert!(said(&run).1.ends_with("pushed to 1 remotes"), "{run:?}");
    let files = git(remote.path(), &["ls-tree", "-r", "--name-only", "HEAD"]).await;
    for file in ["config/default.yaml", "config/my [1] notes.yaml", "projects/_registry.yaml", ".gitignore"] {
        assert!(files.lines().any(|line| line.trim_matches('"') == file), "{file} is not in {files}");
    }
    assert!(!files.contains(".db"), "{files}");
    fs::remove_file(root.join("config/my [1] notes.yaml")).unwrap();
    bench.run("git_push").await;
    assert!(!git(remote.path(), &["ls-tree", "-r", "--name-only", "HEAD"]).await.contains("my notes"));
    assert_eq!(said(&bench.run("git_push").await), ("succeeded", "nothing new, pushed to 1 remotes"));
    projects::archive(&bench.app, &sales(), &Caller::new(Actor::human())).await.unwrap();
    assert_eq!(git(&root, &["log", "-1", "--format=%s"]).await, "project sales was archived\n");
    let files = git(&root, &["ls-tree", "-r", "--name-only", "HEAD", "projects"]).await;
    assert_eq!(files, "projects/_archived/sales/config/project.yaml\nprojects/_registry.yaml\n");
    bench.end().await;
}

#[tokio::test]
async fn retention_removes_what_is_old_and_keeps_what_is_open() {
    let clock = Arc::new(ManualClock::new("2026-05-16T12:00:00Z".parse().unwrap()));
    // Due by itself in no year that this test sees.
    let jobs = "jobs:\n  - {name: retention, cron: \"0 0 29 2 *\"}\n";
    let mut bench = Bench::with(jobs, clock.clone(), tempfile::tempdir().unwrap()).await;
    let (app, person) = (bench.app.clone(), Caller::new(Actor::human()));
    let create = async |title: &str| {
        tasks::create(&app, &sales(), &person, NewTask { title: title.into(), ..NewTask::default() }).await.unwrap().id
    };
    let gone = create("Gone").await;
    moziplus::app::transitions::cancel(&app, &sales(), gone, &person, Default::default()).await.unwrap();
    let open = create("Open").await;
    let folder = |task| app.root().task_artifacts(&sales(), task);
    for task in [gone, open] {
        fs::create_dir_all(folder(task).join("outputs")).unwrap();
        fs::write(folder(task).join("outputs/report.md"), "x").unwrap();
    }
    let events = async |task| moziplus::app::events::of_task(&app, &sales(), task, 100).await.unwrap().len();
    let before = app.daemon().last_id();
    // Young things stay.
    clock.advance(chrono::TimeDelta::days(179));
    let run = bench.run("retention").await;
    assert_eq!(said(&run).1, "0 archived attempts, 0 records, 0 events and the files of 0 tasks removed");
    assert!(events(gone).await >= 2 && folder(gone).is_dir());
    clock.advance(chrono::TimeDelta::days(200));
    let run = bench.run("retention").await;
    assert!(said(&run).1.contains("the files of 1 tasks removed"), "{run:?}");
    assert_eq!(events(gone).await, 0);
    assert!(events(open).await >= 1 && folder(open).is_dir() && !folder(gone).exists());
    // The task itself stays, and whoever was away for so long is told that something is missing.
    assert_eq!(tasks::get(&app, &sales(), gone).await.unwrap().title, "Gone");
    let oldest = moziplus::app::events::oldest_id(&app).await.unwrap().unwrap();
    assert!(oldest > 1 && oldest <= before + 3, "{oldest} of {before}");
    let again = bench.run("retention").await;
    assert!(said(&again).1.contains("the files of 0 tasks"), "{again:?}");
    bench.end().await;
}

#[tokio::test]
async fn late_writes_go_when_nobody_needs_them_any_more() {
    let clock = Arc::new(ManualClock::new("2026-05-16T12:00:00Z".parse().unwrap()));
    let jobs = "jobs:\n  - {name: retention, cron: \"0 0 29 2 *\"}\n";
    let mut bench = Bench::with(jobs, clock.clone(), tempfile::tempdir().unwrap()).await;
    let (app, person) = (bench.app.clone(), Caller::new(Actor::human()));
    let late = person.clone().with_token(Some("stale".into()));
    let mut all = Vec::new();
    for title in ["Over", "Settled", "Open"] {
        let new = NewTask { title: title.into(), ..NewTask::default() };
        let task = tasks::create(&app, &sales(), &person, new).await.unwrap().id;
        let comment = NewComment { body: "late".into(), comment_type: None, mentions: Vec::new() };
        records::comment(&app, &sales(), task, &late, comment).await.unwrap_err();
        all.push(task);
    }
    transitions::cancel(&app, &sales(), all[0], &person, Default::default()).await.unwrap();
    let kept = async || letters::list(&app, &sales(), false).await.unwrap();
    let of_settled = kept().await.iter().find(|letter| letter.task == all[1]).unwrap().id;
    letters::discard(&app, &sales(), of_settled, &person).await.unwrap();
    assert!(storage::measure(&app).await.unwrap().projects[0].dead_letters_bytes > 0);
    for (days, left) in [(29, 3), (2, 1)] {
        clock.advance(chrono::TimeDelta::days(days));
        bench.run("retention").await;
        assert_eq!(kept().await.len(), left);
    }
    // Its task is open: the write may still be of use.
    assert_eq!(kept().await[0].task, all[2]);
    bench.end().await;
}
