//! An office: a root with running loops, and agents that wait to be told what to do.
//!
//! An agent's script says that it was started, and with which token, by a file on the `desk`; it leaves when a second
//! file tells it the exit code. What it would write by the command line, the test writes through `app` with its token.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use moziplus::{
    app::{
        App, AppError, Caller, Control, attempts, events,
        keeper::Keeper,
        projects, rebuttals,
        requests::{Act, NewRebuttal, NewReview},
        resolutions, reviews, tasks, transitions,
    },
    clock::{Clock, ManualClock, SharedClock, SystemClock},
    config::{self, ConfigHandle, Environment, Sources},
    model::{
        attempt::Attempt,
        event::{Event, EventKind},
        ids::{AttemptId, ProjectId, TaskId},
        records::{IssueSeverity, NewIssue, Verdict},
        status::Status,
        task::{NewTask, Task, Trigger},
    },
    process::{Options, Supervisor},
    reconciler::Reconciler,
};
use tempfile::TempDir;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::support::{holder, person};

/// Far longer than anything takes on a busy machine.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

const SCRIPT: &str = r#"#!/bin/sh
desk="$MOZIPLUS_ROOT/desk"
printf '%s %s %s' "$MOZIPLUS_TRIGGER" "$MOZIPLUS_AGENT" "$MOZIPLUS_TOKEN" > "$desk/$MOZIPLUS_ATTEMPT.tmp"
mv "$desk/$MOZIPLUS_ATTEMPT.tmp" "$desk/$MOZIPLUS_ATTEMPT.in"
while [ ! -e "$desk/$MOZIPLUS_ATTEMPT.out" ]; do
  if [ -e "$desk/closed" ] || [ ! -d "$desk" ]; then exit 0; fi
  if [ -e "$desk/$MOZIPLUS_ATTEMPT.deaf" ]; then trap '' TERM; mv "$desk/$MOZIPLUS_ATTEMPT.deaf" "$desk/$MOZIPLUS_ATTEMPT.ok"; fi
  if [ -e "$desk/$MOZIPLUS_ATTEMPT.print" ]; then cat "$desk/$MOZIPLUS_ATTEMPT.print"; rm "$desk/$MOZIPLUS_ATTEMPT.print"; fi
  sleep 0.02
done
cat "$desk/$MOZIPLUS_ATTEMPT.says" 2>/dev/null
exit "$(cat "$desk/$MOZIPLUS_ATTEMPT.out")"
"#;

const AGENTS: &str = r#"
runners:
  desk: {kind: command, argv: ["sh", "{root}/agent.sh"], prompt: file}
  broken: {kind: command, argv: ["no-such-program"]}
agents:
  zhangfei-dev: {role: executor, capabilities: [code], runner: desk}
  guanyu-dev: {role: executor, capabilities: [data], runner: desk}
  simayi-challenger: {role: reviewer, runner: desk}
  pangtong-fujunshi: {role: coordinator, runner: desk}
  zhaoyun-visitor: {role: planner}
  weiyan-broken: {role: planner, runner: broken}
"#;

/// The settings of an office: nothing happens by the clock, only after changes and on command.
const SETTINGS: &str = "daemon: {tick_interval: 3600, kill_grace: 1, ";

/// A root with running loops.
pub struct Office {
    pub app: App,
    pub project: ProjectId,
    root: Root,
    clock: SharedClock,
    keeper: Keeper,
    loops: Reconciler,
    stop: DropGuard,
}

/// The root folder. Nobody stays behind in it: whoever still waits at the desk is sent home.
struct Root(TempDir);

impl Root {
    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Root {
    fn drop(&mut self) {
        // Also for those who come in while the folder is removed.
        let _gone = fs::write(self.path().join("desk/closed"), "");
        for entry in fs::read_dir(self.path().join("desk")).into_iter().flatten().flatten() {
            let _gone = fs::write(entry.path().with_extension("out"), "0");
        }
    }
}

/// An agent that sits at the desk.
#[derive(Debug, Clone)]
pub struct Agent {
    pub attempt: AttemptId,
    pub name: String,
    pub token: String,
}

impl Agent {
    pub fn caller(&self) -> Caller {
        holder(&self.name, &self.token)
    }
}

impl Office {
    /// An office with the usual settings.
    pub async fn new() -> Self {
        Self::with("").await
    }

    /// An office with these settings of `daemon`, as in `task_timeout: 1`.
    pub async fn with(daemon: &str) -> Self {
        Self::prepared(daemon, |_| {}).await
    }

    /// An office whose clock is moved by hand.
    pub async fn at(clock: Arc<ManualClock>) -> Self {
        Self::made("", |_| {}, clock).await
    }

    /// An office whose root is changed before anything runs.
    pub async fn prepared(daemon: &str, prepare: impl FnOnce(&Path)) -> Self {
        Self::made(daemon, prepare, Arc::new(SystemClock)).await
    }

    async fn made(daemon: &str, prepare: impl FnOnce(&Path), clock: SharedClock) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["config", "desk", "run", "scripts", "inbox"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        fs::write(folder.path().join("agent.sh"), SCRIPT).unwrap();
        fs::write(folder.path().join("config/agents.yaml"), AGENTS).unwrap();
        fs::write(folder.path().join("config/default.yaml"), format!("{SETTINGS}{daemon}}}\n")).unwrap();
        prepare(folder.path());
        let mut office = Self::open(Root(folder), clock).await;
        let new = projects::NewProject { id: office.project.clone(), name: None, description: None, agents: vec![] };
        projects::create(&office.app, new, &person()).await.unwrap();
        office.settle().await;
        office
    }

    async fn open(root: Root, clock: SharedClock) -> Self {
        let sources = Sources { environment: Environment::default(), flags: vec![] };
        let config = ConfigHandle::open(config::Root::at(root.path()).unwrap(), sources).unwrap();
        let (control, orders) = Control::new(true);
        let app = App::open(config, clock.clone(), control).await.unwrap();
        let mut options = Options::new(app.root().path(), || SystemClock.now()).unwrap();
        options.binary = binary();
        options.idle = Duration::from_secs(1);
        let stop = CancellationToken::new();
        let keeper = Keeper::new(app.clone(), stop.clone());
        let loops = Reconciler::start(&keeper, Supervisor::new(options), orders.reconciler, binary());
        Self { app, project: "sales".parse().unwrap(), root, clock, keeper, loops, stop: stop.drop_guard() }
    }

    /// The daemon goes and comes back; its agents live on.
    pub async fn restarted(self) -> Self {
        self.restarted_after(|| ()).await
    }

    /// The same, with something done to the root meanwhile.
    pub async fn restarted_after(self, meanwhile: impl FnOnce()) -> Self {
        let Self { app, project, root, clock, keeper, loops, stop } = self;
        drop(stop);
        keeper.finish(PATIENCE).await;
        drop(keeper);
        loops.stopped().await;
        let mut writer = app.project(&project).unwrap().store.changed();
        drop(app);
        let closed = async { while writer.changed().await.is_ok() {} };
        tokio::time::timeout(PATIENCE, closed).await.expect("everybody lets go of the database");
        meanwhile();
        Self::open(root, clock).await
    }

    /// A full tick, on command.
    pub async fn settle(&mut self) {
        self.app.control().tick().await.unwrap();
    }

    pub async fn task(&self, title: &str) -> TaskId {
        self.create(NewTask { title: title.into(), ..NewTask::default() }).await
    }

    pub async fn create(&self, new: NewTask) -> TaskId {
        tasks::create(&self.app, &self.project, &person(), new).await.unwrap().id
    }

    pub async fn look(&self, task: TaskId) -> Task {
        tasks::get(&self.app, &self.project, task).await.unwrap()
    }

    pub async fn attempts(&self, task: TaskId) -> Vec<Attempt> {
        attempts::of_task(&self.app, &self.project, task).await.unwrap()
    }

    /// Waits until the task is as wanted.
    pub async fn until(&self, task: TaskId, wanted: impl Fn(&Task) -> bool) -> Task {
        let wait = async {
            loop {
                // It may not be there yet.
                if let Ok(now) = tasks::get(&self.app, &self.project, task).await
                    && wanted(&now)
                {
                    return now;
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        match tokio::time::timeout(PATIENCE, wait).await {
            Ok(task) => task,
            Err(_) => panic!("{:#?}\n{:#?}", self.look(task).await, self.attempts(task).await),
        }
    }

    /// A moment, for conditions that are looked at again and again.
    pub async fn moment(&self) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }

    /// Waits until the condition holds, or has had its time.
    pub async fn within<F: Future<Output = bool>>(&self, holds: impl Fn() -> F) {
        let wait = async {
            while !holds().await {
                self.moment().await;
            }
        };
        // What is not there then is told by whoever asked.
        let _late = tokio::time::timeout(PATIENCE, wait).await;
    }

    /// Waits until an event of this kind can be read of the task. It gets its number soon after what it tells of.
    pub async fn event(&self, task: TaskId, kind: EventKind) -> Event {
        let wait = async {
            loop {
                let events = events::of_task(&self.app, &self.project, task, 500).await.unwrap();
                if let Some(event) = events.into_iter().find(|event| event.kind == kind) {
                    return event;
                }
                self.moment().await;
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.unwrap_or_else(|_| panic!("no {kind:?} of {task}"))
    }

    /// Waits until the task has this status.
    pub async fn becomes(&self, task: TaskId, status: Status) -> Task {
        self.until(task, |task| task.lifecycle.status == status).await
    }

    /// Waits until an attempt of the task is over.
    pub async fn over(&self, attempt: &AttemptId) -> Attempt {
        let wait = async {
            loop {
                let now = attempts::get(&self.app, attempt).await.unwrap();
                if now.ended_at.is_some() {
                    return now;
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        match tokio::time::timeout(PATIENCE, wait).await {
            Ok(attempt) => attempt,
            Err(_) => panic!("{:#?}", attempts::get(&self.app, attempt).await),
        }
    }

    /// Waits until an agent was started on the task for this; each is met once.
    pub async fn comes(&self, task: TaskId, trigger: Trigger) -> Agent {
        let wait = async {
            loop {
                if let Some(agent) = self.present(task, trigger) {
                    return agent;
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        match tokio::time::timeout(PATIENCE, wait).await {
            Ok(agent) => agent,
            Err(_) => {
                panic!("nobody comes: {trigger}\n{:#?}\n{:#?}", self.look(task).await, self.attempts(task).await)
            }
        }
    }

    /// An agent that was started on the task for this and was not met yet.
    pub fn present(&self, task: TaskId, trigger: Trigger) -> Option<Agent> {
        for entry in fs::read_dir(self.desk()).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "in") {
                continue;
            }
            let attempt: AttemptId = path.file_stem().unwrap().to_str().unwrap().parse().unwrap();
            let text = fs::read_to_string(&path).unwrap();
            let words: Vec<_> = text.split(' ').collect();
            if attempt.task == task && words[0] == trigger.as_str() {
                fs::rename(&path, path.with_extension("met")).unwrap();
                return Some(Agent { attempt, name: words[1].to_owned(), token: words[2].to_owned() });
            }
        }
        None
    }

    /// Waits until somebody was started on a task of another project, and sends them home.
    pub async fn meets(&self, project: &str, task: TaskId) {
        let begins = format!("{project}.{task}.");
        let wait = async {
            loop {
                let entries = fs::read_dir(self.desk()).unwrap().map(|entry| entry.unwrap().path());
                let mut names = entries.filter(|path| path.extension().is_some_and(|extension| extension == "in"));
                let found = names.find(|path| path.file_name().unwrap().to_str().unwrap().starts_with(&begins));
                if let Some(path) = found {
                    return fs::write(path.with_extension("out"), "0").unwrap();
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.expect("somebody comes");
    }

    /// How many agents wait at the desk and were not met.
    pub fn unmet(&self) -> usize {
        let entries = fs::read_dir(self.desk()).unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| path.extension().is_some_and(|extension| extension == "in")).count()
    }

    /// From now on the agent ends only when it is killed.
    pub async fn ignores_signals(&self, agent: &Agent) {
        fs::write(self.desk().join(format!("{}.deaf", agent.attempt)), "").unwrap();
        let heard = self.desk().join(format!("{}.ok", agent.attempt));
        let wait = async {
            while !heard.exists() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.expect("it hears");
    }

    /// The agent prints a text and goes on.
    pub fn says(&self, agent: &Agent, text: &str) {
        let (written, told) = (format!("{}.text", agent.attempt), format!("{}.print", agent.attempt));
        fs::write(self.desk().join(&written), text).unwrap();
        fs::rename(self.desk().join(written), self.desk().join(told)).unwrap();
    }

    /// Adds lines to the settings, which take effect at once.
    pub async fn also(&self, settings: &str) {
        let path = self.root.path().join("config/default.yaml");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{text}{settings}\n")).unwrap();
        self.app.reload_config().await;
    }

    /// The agent prints a text and ends with this code.
    pub fn says_and_leaves(&self, agent: &Agent, text: &str, code: i32) {
        fs::write(self.desk().join(format!("{}.says", agent.attempt)), text).unwrap();
        self.leaves(agent, code);
    }

    /// The agent ends with this code.
    pub fn leaves(&self, agent: &Agent, code: i32) {
        let (written, told) = (format!("{}.code", agent.attempt), format!("{}.out", agent.attempt));
        fs::write(self.desk().join(&written), code.to_string()).unwrap();
        fs::rename(self.desk().join(written), self.desk().join(told)).unwrap();
    }

    /// The agent says that the work is complete, and leaves.
    pub async fn completes(&self, agent: &Agent) {
        let task = agent.attempt.task;
        transitions::complete(&self.app, &self.project, task, &agent.caller(), Act::default()).await.unwrap();
        self.leaves(agent, 0);
    }

    /// The reviewer submits a review, with an issue of this severity unless it approves, and leaves.
    pub async fn reviews(&self, agent: &Agent, verdict: Verdict, confidence: f64, issue: Option<IssueSeverity>) {
        let issues = issue.map(|severity| NewIssue { severity, text: "the sum is wrong".into() });
        let review = NewReview { verdict, confidence, issues: issues.into_iter().collect(), rulings: vec![] };
        let task = agent.attempt.task;
        reviews::review(&self.app, &self.project, task, &agent.caller(), review).await.unwrap();
        self.leaves(agent, 0);
    }

    /// The author answers a review, and leaves.
    pub async fn rebuts(&self, agent: &Agent, rebuttal: NewRebuttal) {
        rebuttals::rebut(&self.app, &self.project, agent.attempt.task, &agent.caller(), rebuttal).await.unwrap();
        self.leaves(agent, 0);
    }

    /// Does something with a task as somebody.
    pub async fn resolve(&self, task: TaskId, caller: &Caller, to: Status) -> Result<Task, AppError> {
        let act = Act { to: Some(to), reason: Some("decided".into()), ..Act::default() };
        resolutions::resolve(&self.app, &self.project, task, caller, act).await
    }

    fn desk(&self) -> PathBuf {
        self.root.path().join("desk")
    }
}

fn binary() -> PathBuf {
    env!("CARGO_BIN_EXE_moziplus").into()
}
