//! How the daemon and its projects are doing.

use std::collections::BTreeMap;

use poem_openapi::Object;

use super::{
    View,
    scripts::FailingHook,
    usage::{ParkedProvider, Spent},
    view,
};
use crate::{
    app::{
        control,
        status::{self, ProjectStatus as ProjectStatusModel},
    },
    http::schema::{Figure, Nullable, Time},
    model::{
        ids::{Actor, AttemptId},
        status::Status,
    },
};

/// How many tasks stand in each status
#[derive(Debug, Clone, Object)]
pub struct TasksSummary {
    pub pending: i64,
    pub claimed: i64,
    pub working: i64,
    pub review: i64,
    pub done: i64,
    pub failed: i64,
    pub blocked: i64,
    pub paused: i64,
    pub escalated: i64,
    pub cancelled: i64,
}

impl View for TasksSummary {
    type Model = BTreeMap<&'static str, i64>;
    fn of(model: Self::Model) -> Self {
        let count = |status: Status| model.get(status.as_str()).copied().unwrap_or_default();
        Self {
            pending: count(Status::Pending),
            claimed: count(Status::Claimed),
            working: count(Status::Working),
            review: count(Status::Review),
            done: count(Status::Done),
            failed: count(Status::Failed),
            blocked: count(Status::Blocked),
            paused: count(Status::Paused),
            escalated: count(Status::Escalated),
            cancelled: count(Status::Cancelled),
        }
    }
}

view!(
    /// The policy scripts in force
    PolicyStatus of status::PolicyStatus {
        /// Hash of the set.
        hash: String,
        /// Where the most specific file comes from.
        source: String,
        /// Why the newest change was refused; null when it was not.
        last_error: Nullable<String>,
        /// Hooks that failed within the last hour: the built-in ones answered in their place.
        failing: Vec<FailingHook>,
    }
);

/// How a project is doing
#[derive(Debug, Clone, Object)]
pub struct ProjectStatus {
    /// Agents that work now.
    pub active_agents: u64,
    /// Tasks in each status.
    pub tasks_summary: TasksSummary,
    /// Size of the database with its write-ahead log.
    pub db_size_bytes: u64,
    /// The policy scripts in force.
    pub policy: PolicyStatus,
    /// What it has spent.
    pub spent: Spent,
    /// The budget of the project or of its day that is used up, in words: nobody is started; null when none is.
    pub budget_used_up: Nullable<String>,
}

impl View for ProjectStatus {
    type Model = ProjectStatusModel;
    fn of(model: Self::Model) -> Self {
        Self {
            active_agents: model.active_agents as u64,
            tasks_summary: View::of(model.tasks_summary),
            db_size_bytes: model.db_size_bytes,
            policy: View::of(model.policy),
            spent: View::of(model.spent),
            budget_used_up: View::of(model.budget_used_up),
        }
    }
}

view!(
    /// A loop's own account
    LoopStatus of control::LoopHealth {
        /// When it last finished a round without an error.
        last_success: Nullable<Time>,
        /// Why the last round failed; null when it did not.
        last_error: Nullable<String>,
        /// How often it had to be started again.
        restarts: u64,
    }
);

view!(
    /// Why a project cannot be used
    Quarantine of status::Quarantine {
        /// What is wrong.
        reason: String,
        /// The way out.
        hint: String,
    }
);

view!(
    /// A provider account that refused a login
    RefusedLogin of status::RefusedLogin {
        /// The account.
        provider: String,
        /// Whose program is to be logged in.
        agent: Actor,
        /// The attempt that was refused.
        attempt: AttemptId,
        /// When it ended.
        at: Time,
        /// What its program said.
        detail: Nullable<String>,
        /// What to do about it, in a sentence.
        advice: String,
    }
);

/// How the daemon is doing; every key is always there
#[derive(Debug, Clone, Object)]
pub struct DaemonStatus {
    /// Whether the ticker runs.
    pub ticker_running: bool,
    /// When the last full tick ended; null before the first.
    pub last_tick: Nullable<Time>,
    /// Seconds between two ticks.
    pub tick_interval_seconds: Figure,
    /// Each project that can be used.
    pub projects: BTreeMap<String, ProjectStatus>,
    /// Inbox lines that wait.
    pub inbox_pending: u64,
    /// Attempts that are live.
    pub active_sessions: u64,
    /// `ok`, or `degraded` when a loop failed, a project is quarantined, or configuration or policy scripts are broken.
    pub health: String,
    /// Version of moziplus.
    pub version: String,
    /// When the daemon started.
    pub started_at: Nullable<Time>,
    /// Milliseconds that the last full tick took.
    pub tick_duration_ms: f64,
    /// Each loop's own account.
    pub loops: BTreeMap<String, LoopStatus>,
    /// Whether the OpenClaw Gateway answers; null when no agent needs it.
    pub gateway_up: Nullable<bool>,
    /// Since when the supervisor of the agents' processes does not answer; null while it does.
    pub supervisor_silent_since: Nullable<Time>,
    /// The processes of the supervisors while one of them does not answer; empty while all do. `kill -CONT` lets one go on
    /// that was stopped, `kill -9` ends one that hangs: agents live on, and another takes over.
    pub supervisor_pids: Vec<i32>,
    /// When the newest good backup was made of what has waited longest: a project, or the root's own part.
    pub last_backup: Nullable<Time>,
    /// Seconds since then.
    pub backup_age_seconds: Nullable<i64>,
    /// Projects (and `_root`) whose newest backup is older than `backup.alarm_hours`.
    pub overdue_backups: Vec<String>,
    /// Bytes free on the root's disk.
    pub disk_free_bytes: Nullable<u64>,
    /// True while nobody is started because there is too little of it.
    pub disk_low: bool,
    /// The newest event's id.
    pub last_event_id: i64,
    /// Projects that cannot be used, and why.
    pub quarantined: BTreeMap<String, Quarantine>,
    /// Provider accounts that rest until a limit resets.
    pub parked_providers: Vec<ParkedProvider>,
    /// Those of them that refused a login: a person has to log a program in.
    pub refused_logins: Vec<RefusedLogin>,
    /// What is broken in the configuration; the last good one is in force.
    pub config_errors: Vec<String>,
    /// Prompt templates that are broken; the built-in ones are used.
    pub template_faults: Vec<String>,
    /// What is broken in the jobs' own scripts: file, line and reason.
    pub job_script_errors: Vec<String>,
}

impl From<status::DaemonStatus> for DaemonStatus {
    fn from(model: status::DaemonStatus) -> Self {
        Self {
            ticker_running: model.ticker_running,
            last_tick: View::of(model.last_tick),
            tick_interval_seconds: Figure(model.tick_interval_seconds),
            projects: named(model.projects),
            inbox_pending: model.inbox_pending,
            active_sessions: model.active_sessions as u64,
            health: model.health.into(),
            version: model.version.into(),
            started_at: View::of(model.started_at),
            tick_duration_ms: model.tick_duration_ms,
            loops: named(model.loops),
            gateway_up: View::of(model.gateway_up),
            supervisor_silent_since: View::of(model.supervisor_silent_since),
            supervisor_pids: model.supervisor_pids,
            last_backup: View::of(model.last_backup),
            backup_age_seconds: View::of(model.backup_age_seconds),
            overdue_backups: model.overdue_backups,
            disk_free_bytes: View::of(model.disk_free_bytes),
            disk_low: model.disk_low,
            last_event_id: model.last_event_id,
            quarantined: named(model.quarantined),
            parked_providers: View::of(model.parked_providers),
            refused_logins: View::of(model.refused_logins),
            config_errors: model.config_errors,
            template_faults: model.template_faults,
            job_script_errors: model.job_script_errors,
        }
    }
}

fn named<V: View>(map: BTreeMap<impl ToString, V::Model>) -> BTreeMap<String, V> {
    map.into_iter().map(|(name, model)| (name.to_string(), V::of(model))).collect()
}

/// The ticker, after it was started or stopped
#[derive(Debug, Clone, Object)]
pub struct Ticker {
    /// Whether it runs.
    pub ticker_running: bool,
}

/// What a tick on command did
#[derive(Debug, Clone, Object)]
pub struct TickReport {
    /// Projects that were looked at.
    pub projects: u64,
    /// Actions that were carried out.
    pub actions: u64,
    /// Actions that the core refused.
    pub refused: u64,
    /// Milliseconds that it took.
    pub took_ms: u64,
}

impl From<control::TickReport> for TickReport {
    fn from(model: control::TickReport) -> Self {
        Self {
            projects: model.projects as u64,
            actions: model.actions as u64,
            refused: model.refused as u64,
            took_ms: model.took_ms,
        }
    }
}

/// Whether the daemon can do its work
#[derive(Debug, Clone, Object)]
pub struct Health {
    /// `ok` or `degraded`.
    pub status: String,
    /// Version of moziplus.
    pub version: String,
}
