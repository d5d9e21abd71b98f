//! Agents, jobs, backups, scripts, search and configuration.

use std::collections::BTreeMap;

use poem_openapi::Object;
use serde_json::Value;

use super::{View, usage::Spent, view};
use crate::{
    app::{
        agents,
        backups::{self, BackupView},
        jobs, search,
    },
    config::Root,
    http::schema::{Nullable, Time},
    model::{
        agent::AgentRole,
        ids::{AgentId, AttemptId, ProjectId, TaskId},
        search::{Fragment, SearchKind},
        status::Status,
        task::Trigger,
    },
    store::{backup::Copied, job_runs},
};

view!(
    /// What an agent does now
    Busy of agents::Busy {
        /// The attempt.
        attempt: AttemptId,
        /// The project.
        project: ProjectId,
        /// The task.
        task: TaskId,
        /// Why it was started.
        kind: Trigger,
        /// Since when.
        since: Time,
    }
);

view!(
    /// An agent, and what it does now
    Agent of agents::AgentView {
        /// Its id.
        id: AgentId,
        /// Name for people.
        display_name: String,
        /// What it is for.
        role: AgentRole,
        /// What it can do.
        capabilities: Vec<String>,
        /// How it is started; null for one that comes by itself.
        runner: Nullable<String>,
        /// Processes of it at once.
        max_concurrent: u32,
        /// May review.
        can_review: bool,
        /// Takes what nobody else can.
        fallback: bool,
        /// Projects it works on.
        projects: Vec<ProjectId>,
        /// Its live attempts.
        sessions: Vec<Busy>,
        /// The provider account that it uses up; null for one that comes by itself.
        provider: Nullable<String>,
        /// Its provider is parked until then.
        parked_until: Nullable<Time>,
        /// Why its provider is parked.
        parked_reason: Nullable<String>,
        /// What it has spent over all projects.
        spent: Spent,
    }
);

view!(
    /// One run of a job
    JobRun of job_runs::JobRun {
        /// Counts up over all jobs.
        id: i64,
        /// The job's name.
        job: String,
        /// When it was due.
        scheduled_at: Time,
        /// When it began.
        started_at: Time,
        /// When it ended; null while it runs.
        ended_at: Nullable<Time>,
        /// `succeeded`, `failed`, `timed_out`, `skipped` or `interrupted`; null while it runs.
        outcome: Nullable<String>,
        /// What it said last, or why it failed.
        message: Nullable<String>,
        /// True when a person started it.
        manual: bool,
    }
);

view!(
    /// A job, and how it is doing
    Job of jobs::JobView {
        /// Its name.
        name: String,
        /// When it runs, as a cron expression.
        cron: String,
        /// Time zone of `cron`.
        timezone: String,
        /// The script's name.
        script: String,
        /// When it runs next.
        next_run: Nullable<Time>,
        /// Its newest run.
        last_run: Nullable<JobRun>,
        /// When it last succeeded.
        last_success: Nullable<Time>,
    }
);

view!(
    /// A piece of an excerpt
    SearchFragment of Fragment {
        /// The text.
        text: String,
        /// True for what was searched for.
        is_match: bool,
    }
);

view!(
    /// Something that was found
    SearchHit of search::Hit {
        /// What it is.
        kind: SearchKind,
        /// Its id among those of its kind: a task's `t-12`, a comment's or lesson's number, a skill's name.
        id: String,
        /// The project; null for what belongs to all.
        project: Nullable<ProjectId>,
        /// The task, or the task that it belongs to; null for a skill.
        task: Nullable<TaskId>,
        /// Its title, or that of its task.
        title: String,
        /// The task's status; null for a skill.
        status: Nullable<Status>,
        /// The part of its text that fits best, with the words that were found.
        excerpt: Vec<SearchFragment>,
        /// When it was written, or last changed.
        at: Nullable<Time>,
        /// How well it fits: more is better.
        score: f64,
    }
);

/// A copy of a project's database, or of the root's own part
#[derive(Debug, Clone, Object)]
pub struct Backup {
    /// `<project>/<time>`.
    pub id: String,
    /// The project; null for the root's own part.
    pub project: Nullable<ProjectId>,
    /// The file or folder, relative to the root folder where it lies in it.
    pub path: String,
    /// When it was made.
    pub created_at: Time,
    /// Its size.
    pub size_bytes: u64,
    /// True for what a restore replaced: it may be damaged.
    pub is_safety_copy: bool,
}

impl Backup {
    /// The view of a copy below this root.
    pub fn new(root: &Root, model: BackupView) -> Self {
        Self {
            id: model.id,
            project: View::of(model.project),
            path: root.shown(&model.path).display().to_string(),
            created_at: View::of(model.created_at),
            size_bytes: model.size_bytes,
            is_safety_copy: model.is_safety_copy,
        }
    }
}

/// What a restore would do
#[derive(Debug, Clone, Object)]
pub struct RestorePlan {
    /// The project.
    pub project: ProjectId,
    /// The copy, relative to the root folder where it lies in it.
    pub path: String,
    /// Tasks in the copy.
    pub tasks_count: i64,
    /// Events in the copy.
    pub events_count: i64,
    /// Tasks that the project has now; null when it cannot be read.
    pub tasks_now: Nullable<i64>,
    /// Attempts that are live now, which would be ended.
    pub live_attempts: Nullable<i64>,
    /// True when there is a database that would be replaced: that needs `force`, and it is copied first.
    pub replaces: bool,
}

impl RestorePlan {
    /// The view of a plan below this root.
    pub fn new(root: &Root, model: backups::RestorePlan) -> Self {
        Self {
            project: model.project,
            path: root.shown(&model.path).display().to_string(),
            tasks_count: model.tasks_count,
            events_count: model.events_count,
            tasks_now: View::of(model.tasks_now),
            live_attempts: View::of(model.live_attempts),
            replaces: model.replaces,
        }
    }
}

/// Whether a copy is whole
#[derive(Debug, Clone, Object)]
pub struct Verification {
    /// Whether it could be restored.
    pub ok: bool,
    /// What is wrong with it; null when nothing is.
    pub detail: Nullable<String>,
    /// Its size; null when it cannot be read.
    pub size_bytes: Nullable<u64>,
    /// Tasks in it.
    pub tasks_count: Nullable<i64>,
    /// Events in it.
    pub events_count: Nullable<i64>,
}

impl From<Copied> for Verification {
    fn from(model: Copied) -> Self {
        Self {
            ok: true,
            detail: Nullable(None),
            size_bytes: Nullable(Some(model.size_bytes)),
            tasks_count: Nullable(Some(model.tasks_count)),
            events_count: Nullable(Some(model.events_count)),
        }
    }
}

impl Verification {
    /// A copy that cannot be used.
    pub fn failed(detail: String) -> Self {
        let (size_bytes, tasks_count, events_count) = (Nullable(None), Nullable(None), Nullable(None));
        Self { ok: false, detail: Nullable(Some(detail)), size_bytes, tasks_count, events_count }
    }
}

/// The configuration in force; secrets are never in it, only where they are read from
#[derive(Debug, Clone, Object)]
pub struct Configuration {
    /// The settings, with the sections of `config/default.yaml`; a project's view of them when one was asked for.
    pub settings: Value,
    /// Where each value was set, by its key with sections: `built-in`, `config/default.yaml:12`, `environment NAME` or
    /// `flag --name`.
    pub origins: BTreeMap<String, String>,
    /// Agents by id, as in `config/agents.yaml`.
    pub agents: Value,
    /// Runners by name, as in `config/agents.yaml`.
    pub runners: Value,
    /// What is broken; the last good configuration is in force.
    pub errors: Vec<String>,
    /// Keys whose change takes effect with the next start.
    pub needs_restart: Vec<String>,
}

/// A run that has begun
#[derive(Debug, Clone, Object)]
pub struct StartedRun {
    /// The run's id, as the job's history has it.
    pub id: i64,
    /// The job.
    pub job: String,
}

/// A line that is in the inbox now
#[derive(Debug, Clone, Object)]
pub struct Accepted {
    /// Always true.
    pub accepted: bool,
}
