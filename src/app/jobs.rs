//! Jobs: which there are, when each runs next, how it went.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{App, error::AppError};
use crate::{
    model::schedule::Schedule,
    store::job_runs::{self, JobRun},
};

/// A job, and how it is doing.
#[derive(Debug, Clone, Serialize)]
pub struct JobView {
    /// Its name.
    pub name: String,
    /// When it runs, as a cron expression.
    pub cron: String,
    /// In which time zone.
    pub timezone: String,
    /// The script's name.
    pub script: String,
    /// When it runs next.
    pub next_run: Option<DateTime<Utc>>,
    /// Its newest run.
    pub last_run: Option<JobRun>,
    /// When it last succeeded.
    pub last_success: Option<DateTime<Utc>>,
}

/// Every configured job.
pub async fn list(app: &App) -> Result<Vec<JobView>, AppError> {
    let (settings, now) = (app.config().settings(), app.now());
    let mut views = Vec::with_capacity(settings.jobs.len());
    for job in &settings.jobs {
        let name = job.name.clone();
        let (last_run, last_success) =
            app.daemon().read(move |db| Ok::<_, AppError>(job_runs::last(db, &name)?)).await?;
        let schedule = Schedule::parse(&job.cron, &job.timezone).ok();
        views.push(JobView {
            name: job.name.clone(),
            cron: job.cron.clone(),
            timezone: job.timezone.clone(),
            script: job.script().to_owned(),
            next_run: schedule.and_then(|schedule| schedule.next_after(now)),
            last_run,
            last_success,
        });
    }
    Ok(views)
}

/// Runs a job now; answers with the run's id once it has begun.
pub async fn run(app: &App, name: &str) -> Result<i64, AppError> {
    known(app, name)?;
    app.control().run_job(name).await
}

/// The newest runs of a job, newest first.
pub async fn history(app: &App, name: &str, before: Option<i64>, limit: i64) -> Result<Vec<JobRun>, AppError> {
    known(app, name)?;
    let name = name.to_owned();
    app.daemon().read(move |db| Ok(job_runs::history(db, &name, before, limit)?)).await
}

fn known(app: &App, name: &str) -> Result<(), AppError> {
    if app.config().settings().jobs.iter().any(|job| job.name == name) {
        return Ok(());
    }
    Err(AppError::NotFound(format!("job `{name}` in config/default.yaml")))
}
