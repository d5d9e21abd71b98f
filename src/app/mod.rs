//! Operations for people and agents: one function for each thing that can be asked, one file for each group.
//!
//! HTTP, the CLI and MCP call these functions and nothing below them. Each checks what needs no database, runs one
//! transaction of the project's store, and answers with the changed object or an [`error::AppError`] that tells the
//! caller how to do better. What follows from a write (dispatch, review, escalation) is the reconciler's.

pub mod access;
pub mod agents;
pub mod artefacts;
pub mod attempts;
pub mod backup_targets;
pub mod backups;
pub mod board;
mod budgets;
pub mod checkpoints;
mod completion;
pub mod context;
pub mod control;
pub mod depth;
pub mod drill;
pub mod error;
pub mod events;
pub mod explain;
pub mod figures;
mod files;
pub mod forms;
mod gate;
pub mod gates;
pub mod git;
pub mod guards;
pub mod imports;
pub mod inbox;
pub mod jobs;
pub mod keeper;
pub mod keys;
pub mod knowledge;
pub mod known;
pub mod letters;
pub mod log_level;
pub mod mail;
pub mod meters;
pub mod notices;
pub mod overrides;
pub mod projects;
pub mod providers;
mod questions;
pub mod rebuttals;
pub mod records;
pub mod repeats;
pub mod replay;
pub mod requests;
pub mod resolutions;
pub mod retention;
pub mod reviews;
mod scope;
pub mod scripts;
pub mod search;
pub mod simulate;
pub mod skills;
pub mod starts;
pub mod status;
pub mod storage;
pub mod tasks;
pub mod traces;
pub mod transitions;
pub mod trends;
pub mod usage;
pub mod versions;
pub mod webhooks;
pub mod whole;

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};

pub use self::{
    control::Control,
    error::AppError,
    known::{Project, Projects},
    requests::Caller,
};
use crate::{
    clock::SharedClock,
    config::{ConfigHandle, Root, Settings},
    model::{
        ids::{AgentId, ProjectId, TaskId},
        task::Task,
    },
    policy::{engine::PolicyLimits, recording::Recorder, threads::ScriptThreads},
    store::{DaemonDb, Db, StoreError, tasks as task_rows},
};

/// Threads for scripts: one slow project does not hold up the next.
const SCRIPT_THREADS: usize = 2;

/// Everything an operation needs; cheap to clone.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    config: ConfigHandle,
    clock: SharedClock,
    daemon: DaemonDb,
    projects: Projects,
    control: Control,
    scripts: ScriptThreads,
    recorder: Recorder,
    skills: skills::Skills,
    meters: meters::Meters,
    trends: trends::Trends,
    gates: gates::UnderWay,
    sending: backup_targets::Workers,
    /// Held while the project of mail is made.
    first_mail: tokio::sync::Mutex<()>,
    /// Held while a script is saved or taken away.
    saving: tokio::sync::Mutex<()>,
}

impl App {
    /// Opens the daemon's database and every project of the registry. A project that cannot be used is quarantined.
    pub async fn open(config: ConfigHandle, clock: SharedClock, control: Control) -> Result<Self, AppError> {
        let path = config.root().daemon_db();
        let opened = tokio::task::spawn_blocking(move || DaemonDb::open(&path)).await;
        let daemon = opened.map_err(|error| AppError::Internal(error.to_string()))??;
        let scripts = ScriptThreads::start(SCRIPT_THREADS).map_err(|error| AppError::Internal(error.to_string()))?;
        let recorder = Recorder::start(config.root().recordings());
        let recorder = recorder.map_err(|error| AppError::Internal(error.to_string()))?;
        let (projects, skills) = (Projects::default(), skills::Skills::default());
        let inner = Inner {
            config,
            clock,
            daemon,
            projects,
            control,
            scripts,
            recorder,
            skills,
            meters: meters::Meters::default(),
            trends: trends::Trends::default(),
            gates: gates::UnderWay::default(),
            sending: backup_targets::Workers::default(),
            first_mail: tokio::sync::Mutex::default(),
            saving: tokio::sync::Mutex::default(),
        };
        let app = Self { inner: Arc::new(inner) };
        projects::open_all(&app).await?;
        Ok(app)
    }

    /// The root folder.
    pub fn root(&self) -> &Root {
        self.inner.config.root()
    }

    /// The configuration.
    pub fn config(&self) -> &ConfigHandle {
        &self.inner.config
    }

    /// The clock.
    pub fn clock(&self) -> &SharedClock {
        &self.inner.clock
    }

    /// What time it is.
    pub fn now(&self) -> DateTime<Utc> {
        self.inner.clock.now()
    }

    /// Time on the clock that only goes forward.
    pub fn monotonic(&self) -> Duration {
        self.inner.clock.monotonic()
    }

    /// The daemon's database, and the hub of all events.
    pub fn daemon(&self) -> &DaemonDb {
        &self.inner.daemon
    }

    fn sending(&self) -> &backup_targets::Workers {
        &self.inner.sending
    }

    /// The way to the loops.
    pub fn control(&self) -> &Control {
        &self.inner.control
    }

    /// The projects.
    pub fn projects(&self) -> &Projects {
        &self.inner.projects
    }

    /// Whoever holds it changes scripts.
    fn saving(&self) -> &tokio::sync::Mutex<()> {
        &self.inner.saving
    }

    /// Held while the project of mail is made.
    fn first_mail(&self) -> &tokio::sync::Mutex<()> {
        &self.inner.first_mail
    }

    /// The threads that scripts run on.
    pub fn script_threads(&self) -> &ScriptThreads {
        &self.inner.scripts
    }

    /// The skills that there are, and who may change them now.
    pub(super) fn skills(&self) -> &skills::Skills {
        &self.inner.skills
    }

    /// Completions whose checks are made now.
    fn gates(&self) -> &gates::UnderWay {
        &self.inner.gates
    }

    /// Keeps what policy was asked, for replays.
    pub fn recorder(&self) -> &Recorder {
        &self.inner.recorder
    }

    /// What is counted while the daemon runs.
    pub fn meters(&self) -> &meters::Meters {
        &self.inner.meters
    }

    /// How the daemon's figures have developed.
    pub fn trends(&self) -> &trends::Trends {
        &self.inner.trends
    }

    /// The limits of scripts.
    pub fn script_limits(&self) -> PolicyLimits {
        let policy = &self.inner.config.settings().policy;
        PolicyLimits { deadline: Duration::from_millis(policy.deadline_ms), max_operations: policy.max_operations }
    }

    /// Reads the configuration again, as after a change of a file.
    pub async fn reload_config(&self) {
        let config = self.inner.config.clone();
        if let Err(error) = tokio::task::spawn_blocking(move || config.reload()).await {
            tracing::error!(%error, "the configuration could not be read again");
        }
    }

    /// A project that can be read: open, or archived.
    pub fn project(&self, id: &ProjectId) -> Result<Arc<Project>, AppError> {
        self.inner.projects.get(id)
    }

    /// A project that can be written to.
    pub fn open_project(&self, id: &ProjectId) -> Result<Arc<Project>, AppError> {
        let project = self.project(id)?;
        if project.archived { Err(AppError::ProjectArchived(id.to_string())) } else { Ok(project) }
    }

    /// The settings that hold for a project.
    pub fn settings_of(&self, project: &ProjectId) -> Arc<Settings> {
        match self.inner.config.project(project) {
            Ok(own) => own.effective.clone(),
            Err(_) => self.inner.config.settings(),
        }
    }

    /// Who decides in a project where others disagree.
    pub fn coordinator(&self, project: &ProjectId) -> Option<AgentId> {
        let own = self.inner.config.project(project).ok()?;
        self.inner.config.agents().coordinator_of(&own.own)
    }

    /// Reads something of a task that must exist.
    async fn read_task<T: Send + 'static>(
        &self,
        project: &ProjectId,
        task: TaskId,
        read: impl FnOnce(&Db<'_>, &Task) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, AppError> {
        let project = self.project(project)?;
        let id = project.id.clone();
        let work = move |db: &Db<'_>| {
            let task = task_rows::require(db, &id, task)?;
            Ok(read(db, &task)?)
        };
        project.store.read(work).await
    }
}
