//! The history of runs: a row when one begins, the same row and an event when it ends.

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::{
    app::{App, AppError},
    model::{
        event::{EventKind, Level, NewEvent},
        ids::Actor,
    },
    store::{StoreError, Tx, daemon_db, job_runs},
};

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ended {
    /// `succeeded`, `failed`, `timed_out` or `interrupted`.
    pub(super) outcome: &'static str,
    /// What the script answered or logged last, or why it failed.
    pub(super) message: Option<String>,
}

/// A run that has begun.
#[derive(Debug, Clone, Copy)]
pub(super) struct Begun {
    /// The row.
    pub(super) id: i64,
    /// When the job last succeeded.
    pub(super) last_success: Option<DateTime<Utc>>,
}

/// Runs that a daemon left open which then crashed have been interrupted.
pub(super) async fn interrupt_open(app: &App) -> Result<(), AppError> {
    let interrupt = |tx: &mut Tx<'_>| job_runs::interrupt_open(tx);
    Ok(app.daemon().write::<_, StoreError, _>(app.now(), interrupt).await?)
}

/// Notes that a run begins.
pub(super) async fn begin(app: &App, job: &str, due: DateTime<Utc>, by_hand: bool) -> Result<Begun, AppError> {
    let job = job.to_owned();
    let begin = move |tx: &mut Tx<'_>| {
        let (_, last_success) = job_runs::last(tx, &job)?;
        Ok::<_, StoreError>(Begun { id: job_runs::begin(tx, &job, due, by_hand)?, last_success })
    };
    Ok(app.daemon().write(app.now(), begin).await?)
}

/// Notes that a job was due and was left out.
pub(super) async fn skip(app: &App, job: String, due: DateTime<Utc>) -> Result<(), AppError> {
    let skip = move |tx: &mut Tx<'_>| job_runs::skip(tx, &job, due, "the run before had not ended");
    Ok(app.daemon().write::<_, StoreError, _>(app.now(), skip).await?)
}

/// Notes how a run ended, and tells everybody.
pub(super) async fn end(app: &App, job: &str, id: i64, ended: Ended) -> Result<(), AppError> {
    let Ended { outcome, message } = ended;
    let text = message.as_deref().map(|message| format!(": {message}")).unwrap_or_default();
    let event = NewEvent::new(EventKind::JobFinished, None, Actor::Daemon, format!("job {job} {outcome}{text}"));
    if outcome == "succeeded" {
        tracing::info!(job, "job {job} succeeded{text}");
    } else {
        tracing::error!(job, outcome, "job {job} {outcome}{text}");
    }
    let event = event.payload(json!({"job": job, "run": id, "outcome": outcome, "message": message}));
    let job = job.to_owned();
    let end = move |tx: &mut Tx<'_>| {
        job_runs::end(tx, id, outcome, message.as_deref())?;
        // What fails every hour for the same reason is told once.
        let before = job_runs::history(tx, &job, Some(id), 1)?.pop();
        let is_news =
            before.is_none_or(|before| before.outcome.as_deref() != Some(outcome) || before.message != message);
        let level = if outcome != "succeeded" && is_news { Level::Attention } else { Level::Routine };
        daemon_db::publish(tx, event.level(level))
    };
    Ok(app.daemon().write::<_, StoreError, _>(app.now(), end).await?)
}

/// When each of these jobs was last due by the clock.
pub(super) async fn last_due(app: &App, jobs: Vec<String>) -> Result<Vec<(String, DateTime<Utc>)>, AppError> {
    let read = move |db: &crate::store::Db<'_>| {
        let mut last = Vec::new();
        for job in jobs {
            if let Some(due) = job_runs::last_scheduled(db, &job)? {
                last.push((job, due));
            }
        }
        Ok::<_, AppError>(last)
    };
    app.daemon().read(read).await
}
