//! What the tests share: a root of their own, a clock that stands still, and the domain's words.

pub mod daemon;
pub mod policy;
pub mod receiver;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use moziplus::{
    app::{App, AppError, Caller, Control, projects, requests::Act, tasks, transitions},
    clock::ManualClock,
    config::{ConfigHandle, Environment, Root, Sources},
    model::{
        ids::{Actor, ProjectId, TaskId},
        task::{NewTask, RiskLevel, Task},
    },
};
use tempfile::TempDir;

/// Two developers, two reviewers and a coordinator, none of whom the daemon could start.
const AGENTS: &str = "
agents:
  zhangfei-dev: {role: executor, capabilities: [code]}
  guanyu-dev: {role: executor, capabilities: [code]}
  simayi-challenger: {role: reviewer}
  jiaxu-challenger: {role: reviewer}
  pangtong-fujunshi: {role: coordinator, fallback: true}
";

/// A blackboard with one project, `sales`, and no loops: nothing happens but what the test does.
pub struct Board {
    /// The operations.
    pub app: App,
    /// The project.
    pub project: ProjectId,
    /// The root folder; gone with the board.
    pub folder: TempDir,
    clock: Arc<ManualClock>,
}

impl Board {
    /// A fresh root with the project `sales`.
    pub async fn new() -> Self {
        Self::prepared(|_| ()).await
    }

    /// The same, with something done to the root before it is opened.
    pub async fn prepared(prepare: impl FnOnce(&std::path::Path)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("config")).unwrap();
        std::fs::write(folder.path().join("config/agents.yaml"), AGENTS).unwrap();
        prepare(folder.path());
        let clock = Arc::new(ManualClock::new(noon()));
        let app = open(&folder, clock.clone()).await;
        let project: ProjectId = "sales".parse().unwrap();
        let new = projects::NewProject { id: project.clone(), name: None, description: None, agents: vec![] };
        projects::create(&app, new, &person()).await.unwrap();
        Self { app, project, folder, clock }
    }

    /// The same root after a restart.
    pub async fn restarted(self) -> Self {
        self.restarted_after(|| ()).await
    }

    /// The same root after a restart, with something done to it meanwhile.
    pub async fn restarted_after(self, meanwhile: impl FnOnce()) -> Self {
        let Self { app, project, folder, clock } = self;
        let mut writer = app.project(&project).unwrap().store.changed();
        drop(app);
        while writer.changed().await.is_ok() {}
        meanwhile();
        let app = open(&folder, clock.clone()).await;
        Self { app, project, folder, clock }
    }

    /// Moves the clock.
    pub fn pass(&self, seconds: i64) {
        self.clock.advance(TimeDelta::seconds(seconds));
    }

    /// Creates a task of medium risk.
    pub async fn task(&self, title: &str) -> Task {
        self.create(NewTask { title: title.into(), ..NewTask::default() }).await.unwrap()
    }

    /// Creates a task that needs no review.
    pub async fn low_risk_task(&self, title: &str) -> Task {
        let new = NewTask { title: title.into(), risk_level: Some(RiskLevel::Low), ..NewTask::default() };
        self.create(new).await.unwrap()
    }

    /// Creates a task.
    pub async fn create(&self, new: NewTask) -> Result<Task, AppError> {
        tasks::create(&self.app, &self.project, &person(), new).await
    }

    /// Claims a task for an agent; answers with its token.
    pub async fn claim(&self, task: TaskId, who: &str) -> Result<String, AppError> {
        transitions::claim(&self.app, &self.project, task, &agent(who)).await.map(|(_, token)| token)
    }

    /// The task as it is now.
    pub async fn look(&self, task: TaskId) -> Task {
        tasks::get(&self.app, &self.project, task).await.unwrap()
    }

    /// Completes a task.
    pub async fn complete(&self, task: TaskId, caller: &Caller) -> Result<Task, AppError> {
        transitions::complete(&self.app, &self.project, task, caller, Act::default()).await
    }
}

async fn open(folder: &TempDir, clock: Arc<ManualClock>) -> App {
    let root = Root::at(folder.path()).unwrap();
    let sources = Sources { environment: Environment::default(), flags: vec![] };
    let config = ConfigHandle::open(root, sources).unwrap();
    let (control, _orders) = Control::new(false);
    App::open(config, clock, control).await.unwrap()
}

/// The time at which every board begins.
pub fn noon() -> DateTime<Utc> {
    "2026-05-16T12:00:00Z".parse().unwrap()
}

/// A person.
pub fn person() -> Caller {
    Caller::new(Actor::human())
}

/// An agent without a token.
pub fn agent(id: &str) -> Caller {
    Caller::new(id.parse().unwrap())
}

/// An agent with a token.
pub fn holder(id: &str, token: &str) -> Caller {
    agent(id).with_token(Some(token.into()))
}

/// The body of a transition with a reason.
pub fn because(reason: &str) -> Act {
    Act { reason: Some(reason.into()), ..Act::default() }
}
