//! The history of jobs, in `daemon.db`.

use chrono::{DateTime, Utc};
use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::{
    error::StoreError,
    row::{ms, time},
    tx::{Db, Tx},
};

/// One run of a job.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct JobRun {
    /// Counts up over all jobs.
    pub id: i64,
    /// The job's name.
    pub job: String,
    /// When it was due.
    pub scheduled_at: DateTime<Utc>,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ended; none while it runs.
    pub ended_at: Option<DateTime<Utc>>,
    /// `succeeded`, `failed`, `timed_out`, `skipped` or `interrupted`; none while it runs.
    pub outcome: Option<String>,
    /// What it said last, or why it failed.
    pub message: Option<String>,
    /// True when a person started it.
    pub manual: bool,
}

/// Notes that a run begins; answers with its id.
pub fn begin(tx: &mut Tx<'_>, job: &str, scheduled_at: DateTime<Utc>, manual: bool) -> Result<i64, StoreError> {
    let sql = "INSERT INTO job_runs (job, scheduled_at, started_at, manual) VALUES (?1, ?2, ?3, ?4)";
    tx.conn.prepare_cached(sql)?.execute(params![job, ms(scheduled_at), ms(tx.now()), manual])?;
    Ok(tx.conn.last_insert_rowid())
}

/// Notes how a run ended.
pub fn end(tx: &mut Tx<'_>, id: i64, outcome: &str, message: Option<&str>) -> Result<(), StoreError> {
    let sql = "UPDATE job_runs SET ended_at = ?2, outcome = ?3, message = ?4 WHERE id = ?1";
    tx.conn.prepare_cached(sql)?.execute(params![id, ms(tx.now()), outcome, message])?;
    Ok(())
}

/// Notes that runs which a stopped daemon left open were interrupted.
pub fn interrupt_open(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let sql = "UPDATE job_runs SET ended_at = ?1, outcome = 'interrupted', message = 'the daemon stopped'
               WHERE ended_at IS NULL";
    tx.conn.prepare_cached(sql)?.execute([ms(tx.now())])?;
    Ok(())
}

/// The newest runs of a job, newest first.
pub fn history(db: &Db<'_>, job: &str, before: Option<i64>, limit: i64) -> Result<Vec<JobRun>, StoreError> {
    let mut select = db.conn.prepare_cached(
        "SELECT id, job, scheduled_at, started_at, ended_at, outcome, message, manual FROM job_runs
         WHERE job = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3",
    )?;
    let rows = select.query_map(params![job, before.unwrap_or(i64::MAX), limit], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The newest run of a job that was due by its schedule, and its newest success.
pub fn last(db: &Db<'_>, job: &str) -> Result<(Option<JobRun>, Option<DateTime<Utc>>), StoreError> {
    let newest = history(db, job, None, 1)?.pop();
    let sql = "SELECT max(ended_at) FROM job_runs WHERE job = ?1 AND outcome = 'succeeded'";
    let success: Option<i64> = db.conn.prepare_cached(sql)?.query_row([job], |row| row.get(0))?;
    Ok((newest, success.map(time)))
}

/// When a job was last due by its schedule.
pub fn last_scheduled(db: &Db<'_>, job: &str) -> Result<Option<DateTime<Utc>>, StoreError> {
    let sql = "SELECT max(scheduled_at) FROM job_runs WHERE job = ?1 AND manual = 0";
    let at: Option<i64> = db.conn.prepare_cached(sql)?.query_row([job], |row| row.get(0))?;
    Ok(at.map(time))
}

/// Forgets all but the newest runs of each job.
pub fn prune(tx: &mut Tx<'_>, keep: i64) -> Result<usize, StoreError> {
    let sql = "DELETE FROM job_runs WHERE id IN
                 (SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY job ORDER BY id DESC) AS place
                                  FROM job_runs) WHERE place > ?1)";
    Ok(tx.conn.prepare_cached(sql)?.execute([keep])?)
}

/// Forgets runs that began before a time, but never the newest run and the newest success of a job; answers with how
/// many.
pub fn forget_before(tx: &mut Tx<'_>, before: DateTime<Utc>) -> Result<usize, StoreError> {
    let sql = "DELETE FROM job_runs WHERE started_at < ?1 AND ended_at IS NOT NULL
                 AND id NOT IN (SELECT max(id) FROM job_runs GROUP BY job)
                 AND id NOT IN (SELECT max(id) FROM job_runs WHERE outcome = 'succeeded' GROUP BY job)";
    Ok(tx.conn.prepare_cached(sql)?.execute([ms(before)])?)
}

/// Notes that a job was due and did not run.
pub fn skip(tx: &mut Tx<'_>, job: &str, scheduled_at: DateTime<Utc>, why: &str) -> Result<(), StoreError> {
    let id = begin(tx, job, scheduled_at, false)?;
    end(tx, id, "skipped", Some(why))
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<JobRun> {
    Ok(JobRun {
        id: row.get(0)?,
        job: row.get(1)?,
        scheduled_at: time(row.get(2)?),
        started_at: time(row.get(3)?),
        ended_at: row.get::<_, Option<i64>>(4)?.map(time),
        outcome: row.get(5)?,
        message: row.get(6)?,
        manual: row.get(7)?,
    })
}
