//! Commands to the loops, and what the loops say about themselves.
//!
//! Whoever answers requests knows neither the reconciler nor the jobs: it sends a [`Command`] and reads [`Health`].

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, Utc};
use serde::Serialize;
use tokio::sync::{mpsc, oneshot, watch};

use super::{backups::Newest, error::AppError};
use crate::{
    config::LogLevel,
    model::{
        excused::Excused,
        ids::{AgentId, ProjectId},
    },
};

/// Commands that wait at most; a caller beyond that is told to try again.
const QUEUE: usize = 64;

/// Something that a loop is asked to do.
#[derive(Debug)]
pub enum Command {
    /// Tick every project now, the ticker running or not; answers when all are done.
    Tick {
        /// Where the answer goes.
        done: oneshot::Sender<TickReport>,
    },
    /// Run a job now.
    RunJob {
        /// The job.
        name: String,
        /// Where the answer goes: the run's id, or why not.
        done: oneshot::Sender<Result<i64, AppError>>,
    },
}

/// What a tick on command did.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TickReport {
    /// Projects that were looked at.
    pub projects: usize,
    /// Actions that were carried out.
    pub actions: usize,
    /// Actions that the core refused.
    pub refused: usize,
    /// Milliseconds that it took.
    pub took_ms: u64,
}

/// A loop's own account.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LoopHealth {
    /// When it last finished a round without an error.
    pub last_success: Option<DateTime<Utc>>,
    /// Why the last round failed; none when it did not.
    pub last_error: Option<String>,
    /// How often it had to be started again.
    pub restarts: u64,
}

/// How the daemon is doing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Health {
    /// When the last full tick ended.
    pub last_tick: Option<DateTime<Utc>>,
    /// Full ticks since the start.
    pub ticks: i64,
    /// Milliseconds that the last full tick took, over all projects.
    pub tick_ms: f64,
    /// Every loop.
    pub loops: BTreeMap<&'static str, LoopHealth>,
    /// Whether the OpenClaw Gateway answers; none when no agent needs it.
    pub gateway_up: Option<bool>,
    /// Since when the supervisor of the agents' processes does not answer; none while it does.
    pub supervisor_silent_since: Option<DateTime<Utc>>,
    /// The processes of the supervisors while one does not answer.
    pub supervisor_pids: Vec<i32>,
    /// Processes of agents that run now, per project and agent.
    pub sessions: BTreeMap<ProjectId, BTreeMap<AgentId, usize>>,
    /// Inbox lines that wait.
    pub inbox_pending: u64,
    /// Bytes free on the root's disk.
    pub disk_free_bytes: Option<u64>,
    /// True when that disk can hardly take another file, whatever bytes are free.
    pub few_inodes: bool,
    /// How old the newest copy of each project is, and that of the root's own part.
    pub backups: BTreeMap<String, Newest>,
    /// Prompt templates that are broken; the built-in ones stand in for them.
    pub template_faults: Vec<String>,
    /// When the daemon started.
    pub started_at: Option<DateTime<Utc>>,
    /// Time that counts against nobody: a sleep of the machine, a jump of its clock.
    #[serde(skip)]
    pub excused: Excused,
}

impl Health {
    /// Whether the gateway answers, as far as it is known; true also where no agent needs it.
    pub fn gateway_seems_up(&self) -> bool {
        self.gateway_up.unwrap_or(true)
    }

    /// Whether it was seen to answer: before the first look nobody is started who needs it.
    pub fn gateway_is_up(&self) -> bool {
        self.gateway_up == Some(true)
    }
}

/// The way to the loops; cheap to clone.
#[derive(Clone)]
pub struct Control {
    reconciler: mpsc::Sender<Command>,
    jobs: mpsc::Sender<Command>,
    ticking: Arc<watch::Sender<bool>>,
    health: Arc<watch::Sender<Health>>,
    projects: Arc<watch::Sender<u64>>,
    log_level: Arc<watch::Sender<Option<LogLevel>>>,
    loops_run: bool,
}

/// The loops' ends of the queues.
pub struct Orders {
    /// For the reconciler.
    pub reconciler: mpsc::Receiver<Command>,
    /// For the jobs.
    pub jobs: mpsc::Receiver<Command>,
}

impl Control {
    /// Queues between those who ask and the loops. Without loops (a CLI that works by itself) commands are refused.
    pub fn new(loops_run: bool) -> (Self, Orders) {
        let (reconciler, reconciler_orders) = mpsc::channel(QUEUE);
        let (jobs, job_orders) = mpsc::channel(QUEUE);
        let control = Self {
            reconciler,
            jobs,
            ticking: Arc::new(watch::Sender::new(loops_run)),
            health: Arc::new(watch::Sender::new(Health::default())),
            projects: Arc::new(watch::Sender::new(0)),
            log_level: Arc::new(watch::Sender::new(None)),
            loops_run,
        };
        (control, Orders { reconciler: reconciler_orders, jobs: job_orders })
    }

    /// Ticks every project now.
    pub async fn tick(&self) -> Result<TickReport, AppError> {
        let (done, answer) = oneshot::channel();
        self.send(&self.reconciler, Command::Tick { done })?;
        answer.await.map_err(|_| AppError::Starting)
    }

    /// Runs a job now; answers with the run's id once it has begun.
    pub async fn run_job(&self, name: &str) -> Result<i64, AppError> {
        let (done, answer) = oneshot::channel();
        self.send(&self.jobs, Command::RunJob { name: name.into(), done })?;
        answer.await.map_err(|_| AppError::Starting)?
    }

    fn send(&self, queue: &mpsc::Sender<Command>, command: Command) -> Result<(), AppError> {
        if !self.loops_run {
            return Err(AppError::Starting);
        }
        queue.try_send(command).map_err(|_| AppError::Starting)
    }

    /// Whether there are loops; a command line that works by itself has none.
    pub fn loops_run(&self) -> bool {
        self.loops_run
    }

    /// Starts or stops the ticker; the server goes on either way.
    pub fn set_ticking(&self, on: bool) {
        self.ticking.send_replace(on && self.loops_run);
    }

    /// Whether the ticker runs.
    pub fn ticking(&self) -> watch::Receiver<bool> {
        self.ticking.subscribe()
    }

    /// How the daemon is doing now.
    pub fn health(&self) -> Health {
        self.health.borrow().clone()
    }

    /// Changes what is said about the daemon.
    pub fn report(&self, change: impl FnOnce(&mut Health)) {
        self.health.send_modify(change);
    }

    /// Notes a loop's round.
    pub fn report_round(&self, name: &'static str, at: DateTime<Utc>, error: Option<String>) {
        self.report(|health| {
            let entry = health.loops.entry(name).or_default();
            match error {
                None => (entry.last_success, entry.last_error) = (Some(at), None),
                Some(error) => entry.last_error = Some(error),
            }
        });
    }

    /// Says that the set of projects has changed.
    pub fn projects_changed(&self) {
        self.projects.send_modify(|count| *count += 1);
    }

    /// Goes up when the set of projects changes.
    pub fn projects(&self) -> watch::Receiver<u64> {
        self.projects.subscribe()
    }

    /// Logs at another level than the configuration says until the daemon stops; none for what it says.
    pub fn set_log_level(&self, level: Option<LogLevel>) {
        self.log_level.send_replace(level);
    }

    /// The level that was set while the daemon runs; none when the configuration's holds.
    pub fn log_level(&self) -> watch::Receiver<Option<LogLevel>> {
        self.log_level.subscribe()
    }
}
