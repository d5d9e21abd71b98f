//! How the daemon and its projects are doing, in the shape of the original design, with more beside it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{
    App, attempts, backups,
    control::LoopHealth,
    error::AppError,
    known::{Project, ProjectState},
    overrides, providers,
};
use crate::{
    model::{
        attempt::Attempt,
        ids::{Actor, AttemptId, ProjectId},
        outcome::Outcome,
        status::Status,
        usage::{Spend, Spent, UsageBy},
    },
    policy::library::FailingHook,
    store::{Db, attempts as rows, daemon_db::Parked, usage},
};

/// The answer of `GET /api/daemon/status`; every key is always present.
#[derive(Debug, Clone, Serialize)]
pub struct DaemonStatus {
    /// Whether the ticker runs.
    pub ticker_running: bool,
    /// When the last full tick ended; null before the first.
    pub last_tick: Option<DateTime<Utc>>,
    /// Seconds between two ticks.
    pub tick_interval_seconds: f64,
    /// Each project that can be used.
    pub projects: BTreeMap<ProjectId, ProjectStatus>,
    /// Inbox lines that wait.
    pub inbox_pending: u64,
    /// Attempts that are live.
    pub active_sessions: usize,
    /// `ok`, or `degraded` when a loop failed or a project is quarantined.
    pub health: &'static str,
    /// Version of moziplus.
    pub version: &'static str,
    /// When the daemon started.
    pub started_at: Option<DateTime<Utc>>,
    /// Milliseconds that the last full tick took.
    pub tick_duration_ms: f64,
    /// Each loop's own account.
    pub loops: BTreeMap<&'static str, LoopHealth>,
    /// Whether the OpenClaw Gateway answers; null when no agent needs it.
    pub gateway_up: Option<bool>,
    /// Since when the supervisor of the agents' processes does not answer; null while it does.
    pub supervisor_silent_since: Option<DateTime<Utc>>,
    /// The processes of the supervisors while one of them does not answer; empty while all do.
    pub supervisor_pids: Vec<i32>,
    /// When the newest good backup was made of what has waited longest: a project, or the root's own part.
    pub last_backup: Option<DateTime<Utc>>,
    /// Seconds since then.
    pub backup_age_seconds: Option<i64>,
    /// Projects (and `_root`) whose newest backup is older than `backup.alarm_hours`.
    pub overdue_backups: Vec<String>,
    /// Bytes free on the root's disk.
    pub disk_free_bytes: Option<u64>,
    /// True while nobody is started because there is too little of it.
    pub disk_low: bool,
    /// The newest event's id.
    pub last_event_id: i64,
    /// Projects that cannot be used, and why.
    pub quarantined: BTreeMap<ProjectId, Quarantine>,
    /// Provider accounts that rest until a limit resets.
    pub parked_providers: Vec<Parked>,
    /// Those of them that rest because they refused a login: a person has to log a program in.
    pub refused_logins: Vec<RefusedLogin>,
    /// What is broken in the configuration; the last good one is in force.
    pub config_errors: Vec<String>,
    /// Prompt templates that are broken; the built-in ones are used.
    pub template_faults: Vec<String>,
    /// What is broken in the jobs' own scripts, which would be told only when a job is due.
    pub job_script_errors: Vec<String>,
}

/// A provider account that refused a login, by the last attempt that used it.
#[derive(Debug, Clone, Serialize)]
pub struct RefusedLogin {
    /// The account.
    pub provider: String,
    /// Whose program is to be logged in.
    pub agent: Actor,
    /// The attempt that was refused.
    pub attempt: AttemptId,
    /// When it ended.
    pub at: DateTime<Utc>,
    /// What its program said.
    pub detail: Option<String>,
    /// What to do about it.
    pub advice: String,
}

/// One project's part.
#[derive(Debug, Clone, Serialize)]
pub struct ProjectStatus {
    /// Agents that work now.
    pub active_agents: usize,
    /// Tasks in each of the ten statuses.
    pub tasks_summary: BTreeMap<&'static str, i64>,
    /// Bytes of the database.
    pub db_size_bytes: u64,
    /// The scripts in force.
    pub policy: PolicyStatus,
    /// What it has spent.
    pub spent: Spent,
    /// The budget of the project or of its day that is used up, in words: nobody is started; null when none is.
    pub budget_used_up: Option<String>,
    /// What it has spent, by cause.
    #[serde(skip)]
    pub spent_by_cause: Vec<(String, Spend)>,
}

/// The scripts in force.
#[derive(Debug, Clone, Serialize)]
pub struct PolicyStatus {
    /// Hash of the set.
    pub hash: String,
    /// Where the most specific file comes from: `project`, `root` or `built-in`.
    pub source: String,
    /// Why the newest change was refused; null when it was not.
    pub last_error: Option<String>,
    /// Hooks that failed within the last hour: the built-in ones answered in their place.
    pub failing: Vec<FailingHook>,
}

/// Why a project cannot be used.
#[derive(Debug, Clone, Serialize)]
pub struct Quarantine {
    /// What is wrong.
    pub reason: String,
    /// The way out.
    pub hint: String,
}

/// Collects the status.
pub async fn daemon(app: &App) -> Result<DaemonStatus, AppError> {
    let health = app.control().health();
    let sessions = attempts::sessions(app).await?;
    let mut projects = BTreeMap::new();
    for project in app.projects().open() {
        let active = sessions.iter().filter(|attempt| attempt.project == project.id).count();
        // A project whose database fails just now is reported by its own errors, not by an empty answer for all.
        if let Ok(status) = project_status(app, &project, active).await {
            projects.insert(project.id.clone(), status);
        }
    }
    let quarantined: BTreeMap<_, _> = app.projects().quarantined().into_iter().collect();
    let config_errors: Vec<_> = app.config().last_errors().iter().map(ToString::to_string).collect();
    let job_script_errors: Vec<_> = overrides::jobs::broken(app).await?.iter().map(ToString::to_string).collect();
    let failing = health.loops.values().any(|entry| entry.last_error.is_some());
    let policies = projects.values().map(|project| &project.policy);
    let policies_fail = policies.into_iter().any(|policy| policy.last_error.is_some() || !policy.failing.is_empty());
    let degraded = failing
        || policies_fail
        || !quarantined.is_empty()
        || !config_errors.is_empty()
        || !health.template_faults.is_empty()
        || health.supervisor_silent_since.is_some()
        || is_disk_low(app);
    let parked_providers = providers::parked(app).await?;
    let refused_logins = refused_logins(app, &parked_providers).await?;
    let last_backup = health.backups.values().filter_map(|newest| newest.at).min();
    Ok(DaemonStatus {
        ticker_running: *app.control().ticking().borrow(),
        last_tick: health.last_tick,
        tick_interval_seconds: app.config().settings().daemon.tick_interval,
        projects,
        inbox_pending: health.inbox_pending,
        active_sessions: sessions.len(),
        health: if degraded { "degraded" } else { "ok" },
        version: env!("CARGO_PKG_VERSION"),
        started_at: health.started_at,
        tick_duration_ms: health.tick_ms,
        loops: health.loops,
        gateway_up: health.gateway_up,
        supervisor_silent_since: health.supervisor_silent_since,
        supervisor_pids: health.supervisor_pids,
        last_backup,
        backup_age_seconds: last_backup.map(|at| (app.now() - at).num_seconds()),
        overdue_backups: backups::overdue(app),
        disk_free_bytes: health.disk_free_bytes,
        disk_low: is_disk_low(app),
        last_event_id: app.daemon().last_id(),
        quarantined,
        parked_providers,
        refused_logins,
        config_errors,
        template_faults: health.template_faults,
        job_script_errors,
    })
}

async fn project_status(app: &App, project: &Project, active_agents: usize) -> Result<ProjectStatus, AppError> {
    let now = app.now();
    let read = move |db: &Db<'_>| {
        let by_cause = usage::sums(db, UsageBy::Cause, DateTime::UNIX_EPOCH)?;
        Ok::<_, AppError>((usage::spent(db, now)?, by_cause))
    };
    let (spent, spent_by_cause) = project.store.read(read).await?;
    Ok(ProjectStatus {
        active_agents,
        tasks_summary: summary(project).await?,
        db_size_bytes: project.store.size_bytes(),
        policy: project.policy_status(now),
        spent,
        budget_used_up: app.settings_of(&project.id).budget.used_up(spent).map(|used_up| used_up.to_string()),
        spent_by_cause,
    })
}

/// The accounts among these whose last attempt was refused at the login.
async fn refused_logins(app: &App, parked: &[Parked]) -> Result<Vec<RefusedLogin>, AppError> {
    let mut refused = Vec::new();
    for Parked { provider, .. } in parked {
        let mut newest: Option<Attempt> = None;
        for project in app.projects().open() {
            let (id, account) = (project.id.clone(), provider.clone());
            let read = move |db: &Db<'_>| Ok::<_, AppError>(rows::last_of_provider(db, &id, &account)?);
            // A project whose database fails just now is reported by its own errors.
            let last = project.store.read(read).await.unwrap_or_default();
            newest = newest.into_iter().chain(last).max_by_key(|attempt| attempt.ended_at);
        }
        let last = newest.filter(|attempt| attempt.outcome == Some(Outcome::AuthFailed));
        refused.extend(last.and_then(|attempt| {
            let advice = format!("log {} in again, then say so: `moziplus agent unpark {provider}`", attempt.agent);
            let provider = provider.clone();
            let Attempt { agent, id, ended_at, detail, .. } = attempt;
            Some(RefusedLogin { provider, agent, attempt: id, at: ended_at?, detail, advice })
        }));
    }
    Ok(refused)
}

/// Tasks of a project in each status.
pub async fn summary(project: &Project) -> Result<BTreeMap<&'static str, i64>, AppError> {
    let counts = project.store.read(|db| Ok::<_, AppError>(crate::store::tasks::summary(db)?)).await?;
    Ok(counts.into_iter().map(|(status, count): (Status, i64)| (status.as_str(), count)).collect())
}

/// True while the disk is too full to start anybody.
pub fn is_disk_low(app: &App) -> bool {
    let reserve = app.config().settings().daemon.disk_reserve.0;
    let health = app.control().health();
    health.few_inodes || health.disk_free_bytes.is_some_and(|free| free < reserve)
}

/// True when the daemon can do its work: every loop has succeeded within its time, no loop has failed, the supervisor
/// answers.
pub fn is_healthy(app: &App) -> bool {
    let health = app.control().health();
    health.supervisor_silent_since.is_none() && health.loops.values().all(|entry| entry.last_error.is_none())
}

impl From<&ProjectState> for Option<Quarantine> {
    fn from(state: &ProjectState) -> Self {
        match state {
            ProjectState::Quarantined { reason, hint } => {
                Some(Quarantine { reason: reason.clone(), hint: hint.clone() })
            }
            ProjectState::Usable(_) => None,
        }
    }
}
