//! Attempts: a row is written before its process exists, and kept after it has ended.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};
use serde_json::json;

use super::{
    error::StoreError,
    row::{Columns, ms},
    tx::{Db, Tx},
};
use crate::model::{
    attempt::{Attempt, AttemptState, ResourceUse},
    event::{EventKind, Level, NewEvent},
    ids::{Actor, AttemptId, ProjectId, TaskId},
    outcome::Outcome,
    task::Trigger,
};

const COLUMNS: &str = "task, number, agent, kind, state, spawned, runner, provider, pid, process_identity, created_at, \
    started_at, heartbeat_at, last_output_at, ended_at, timeout_seconds, outcome, exit_code, signal, detail, \
    resets_at, log_bytes, cpu_milliseconds, peak_memory_bytes, wall_milliseconds, \
    (SELECT json_object('tokens_in', u.tokens_in, 'tokens_out', u.tokens_out, 'tokens_cached', u.tokens_cached, \
                        'cost_micros', u.money_micros, 'model', u.model, 'session', u.session) \
     FROM usage u WHERE u.task = task_attempts.task AND u.attempt = task_attempts.number)";

/// An attempt that is about to begin.
#[derive(Debug, Clone)]
pub struct NewAttempt {
    /// The task.
    pub task: TaskId,
    /// Who will work.
    pub agent: Actor,
    /// Why.
    pub kind: Trigger,
    /// The runner, when the daemon starts a process.
    pub runner: Option<String>,
    /// The provider account that the runner uses up.
    pub provider: Option<String>,
    /// Round of review.
    pub round: i64,
    /// The task's fence after the claim.
    pub fence: i64,
    /// SHA-256 of the fencing token.
    pub token_hash: String,
    /// Marks every process of the attempt.
    pub nonce: String,
    /// How long it may run, in seconds.
    pub timeout_seconds: i64,
}

/// The number that the task's next attempt will have.
pub fn next_number(db: &Db<'_>, task: TaskId) -> Result<i64, StoreError> {
    let sql = "SELECT coalesce(max(number), 0) + 1 FROM task_attempts WHERE task = ?1";
    Ok(db.conn.prepare_cached(sql)?.query_row([task.0], |row| row.get(0))?)
}

/// Writes the row of an attempt. An outside agent's runs from now on; a process is yet to be started.
pub fn insert(tx: &mut Tx<'_>, project: &ProjectId, new: &NewAttempt) -> Result<Attempt, StoreError> {
    let number = next_number(tx, new.task)?;
    let spawned = new.runner.is_some();
    let state = if spawned { AttemptState::Starting } else { AttemptState::Running };
    let started_at = (!spawned).then(|| ms(tx.now()));
    let sql = "INSERT INTO task_attempts (task, number, agent, kind, state, spawned, runner, round, fence, token_hash, \
               nonce, created_at, started_at, heartbeat_at, timeout_seconds, provider) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?12, ?14, ?15)";
    tx.conn.prepare_cached(sql)?.execute(params![
        new.task.0,
        number,
        new.agent.to_string(),
        new.kind.as_str(),
        state.as_str(),
        spawned,
        new.runner,
        new.round,
        new.fence,
        new.token_hash,
        new.nonce,
        ms(tx.now()),
        started_at,
        new.timeout_seconds,
        new.provider,
    ])?;
    let id = AttemptId { project: project.clone(), task: new.task, number };
    if !spawned {
        announce_start(tx, &id, &new.agent, new.kind)?;
    }
    require(tx, &id)
}

/// Notes that the process runs.
pub fn started(tx: &mut Tx<'_>, id: &AttemptId, pid: i64, identity: &str) -> Result<Attempt, StoreError> {
    let sql = "UPDATE task_attempts SET state = 'running', pid = ?3, process_identity = ?4, started_at = ?5, \
               last_output_at = ?5 WHERE task = ?1 AND number = ?2 AND state = 'starting'";
    let changed = tx.conn.prepare_cached(sql)?.execute(params![id.task.0, id.number, pid, identity, ms(tx.now())])?;
    let attempt = require(tx, id)?;
    if changed > 0 {
        announce_start(tx, id, &attempt.agent, attempt.kind)?;
    }
    Ok(attempt)
}

fn announce_start(tx: &mut Tx<'_>, id: &AttemptId, agent: &Actor, kind: Trigger) -> Result<(), StoreError> {
    let payload = json!({"attempt": id, "agent": agent, "trigger": kind});
    let event = NewEvent::new(EventKind::AttemptStarted, Some(id.task), agent.clone(), format!("{agent}: {kind}"));
    tx.event(event.payload(payload))
}

/// How an attempt ended.
#[derive(Debug, Clone)]
pub struct Ending {
    /// What kind of end.
    pub outcome: Outcome,
    /// The process' exit code.
    pub exit_code: Option<i64>,
    /// The signal that ended it.
    pub signal: Option<i64>,
    /// What is known, in words.
    pub detail: Option<String>,
    /// When the provider's limit resets, as the runner told.
    pub resets_at: Option<DateTime<Utc>>,
    /// Bytes in its log.
    pub log_bytes: i64,
    /// What its processes have used, when that is known.
    pub resources: Option<ResourceUse>,
    /// Whether nothing of its process tree is left; none when nobody was there to see it.
    pub tree_gone: Option<bool>,
}

impl Ending {
    /// An end without a process' exit code.
    pub fn new(outcome: Outcome, detail: impl Into<String>) -> Self {
        let (exit_code, signal, resets_at, resources, tree_gone) = (None, None, None, None, None);
        let detail = Some(detail.into());
        Self { outcome, exit_code, signal, detail, resets_at, log_bytes: 0, resources, tree_gone }
    }
}

/// Ends an attempt; false when it had ended before, and then nothing changes.
pub fn end(tx: &mut Tx<'_>, id: &AttemptId, ending: &Ending) -> Result<bool, StoreError> {
    let sql = "UPDATE task_attempts SET state = 'ended', ended_at = ?3, outcome = ?4, exit_code = ?5, signal = ?6, \
               detail = ?7, log_bytes = max(log_bytes, ?8), resets_at = ?9 WHERE task = ?1 AND number = ?2 AND state <> 'ended'";
    let changed = tx.conn.prepare_cached(sql)?.execute(params![
        id.task.0,
        id.number,
        ms(tx.now()),
        ending.outcome.as_str(),
        ending.exit_code,
        ending.signal,
        ending.detail,
        ending.log_bytes,
        ending.resets_at.map(ms),
    ])?;
    if changed == 0 {
        return Ok(false);
    }
    if let Some(resources) = ending.resources {
        used(tx, id, resources)?;
    }
    let attempt = require(tx, id)?;
    let level = match ending.outcome {
        Outcome::Completed | Outcome::Cancelled | Outcome::Interrupted => Level::Routine,
        _ => Level::Attention,
    };
    let payload = json!({
        "attempt": id, "agent": attempt.agent, "trigger": attempt.kind, "outcome": ending.outcome,
        "exit_code": ending.exit_code, "signal": ending.signal, "detail": ending.detail,
        "advice": ending.outcome.advice(), "provider": attempt.provider, "resets_at": ending.resets_at,
        "usage": attempt.usage, "tree_gone": ending.tree_gone,
    });
    let summary = format!("{} {}: {}", attempt.agent, attempt.kind, ending.outcome);
    let event = NewEvent::new(EventKind::AttemptEnded, Some(id.task), Actor::Daemon, summary);
    tx.event(event.level(level).payload(payload))?;
    Ok(true)
}

/// Notes why an attempt is about to be ended, so that its outcome is known when its process is gone.
pub fn set_ending(tx: &mut Tx<'_>, id: &AttemptId, outcome: Outcome, detail: &str) -> Result<bool, StoreError> {
    let sql = "UPDATE task_attempts SET ending = ?3, detail = ?4 \
               WHERE task = ?1 AND number = ?2 AND state <> 'ended' AND ending IS NULL";
    let changed = tx.conn.prepare_cached(sql)?.execute(params![id.task.0, id.number, outcome.as_str(), detail])?;
    Ok(changed > 0)
}

/// Notes that an attempt is ended without a time to leave, whatever was noted about its end before.
pub fn end_at_once(tx: &mut Tx<'_>, id: &AttemptId, outcome: Outcome, detail: &str) -> Result<(), StoreError> {
    let sql = "UPDATE task_attempts SET ending = ?3, detail = ?4, at_once = 1 \
               WHERE task = ?1 AND number = ?2 AND state <> 'ended' AND at_once = 0";
    tx.conn.prepare_cached(sql)?.execute(params![id.task.0, id.number, outcome.as_str(), detail])?;
    Ok(())
}

/// True when an attempt is to end without a time to leave.
pub fn ends_at_once(db: &Db<'_>, id: &AttemptId) -> Result<bool, StoreError> {
    let sql = "SELECT at_once FROM task_attempts WHERE task = ?1 AND number = ?2";
    Ok(db.conn.prepare_cached(sql)?.query_row(params![id.task.0, id.number], |row| row.get(0))?)
}

/// Why a live attempt is about to be ended, when it is.
pub fn ending(db: &Db<'_>, id: &AttemptId) -> Result<Option<(Outcome, Option<String>)>, StoreError> {
    let sql = "SELECT ending, detail FROM task_attempts WHERE task = ?1 AND number = ?2";
    let mut select = db.conn.prepare_cached(sql)?;
    let mut rows = select.query(params![id.task.0, id.number])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let mut columns = Columns::new(row);
    let outcome = columns.optional_word("outcome")?;
    let detail = columns.get()?;
    Ok(outcome.map(|outcome| (outcome, detail)))
}

/// The marker of every process of the attempt.
pub fn nonce(db: &Db<'_>, id: &AttemptId) -> Result<String, StoreError> {
    let sql = "SELECT nonce FROM task_attempts WHERE task = ?1 AND number = ?2";
    Ok(db.conn.prepare_cached(sql)?.query_row(params![id.task.0, id.number], |row| row.get(0))?)
}

/// Notes a sign of life: a write to the blackboard.
pub fn heartbeat(tx: &mut Tx<'_>, id: &AttemptId) -> Result<(), StoreError> {
    let sql = "UPDATE task_attempts SET heartbeat_at = ?3 WHERE task = ?1 AND number = ?2 AND state <> 'ended'";
    tx.conn.prepare_cached(sql)?.execute(params![id.task.0, id.number, ms(tx.now())])?;
    Ok(())
}

/// Notes that the process has printed something.
pub fn printed(tx: &mut Tx<'_>, id: &AttemptId, at: DateTime<Utc>, log_bytes: i64) -> Result<(), StoreError> {
    let sql = "UPDATE task_attempts SET last_output_at = ?3, log_bytes = ?4 WHERE task = ?1 AND number = ?2";
    tx.conn.prepare_cached(sql)?.execute(params![id.task.0, id.number, ms(at), log_bytes])?;
    Ok(())
}

/// Notes what its processes have used so far.
pub fn used(tx: &mut Tx<'_>, id: &AttemptId, usage: ResourceUse) -> Result<(), StoreError> {
    let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let sql = "UPDATE task_attempts SET cpu_milliseconds = ?3, peak_memory_bytes = ?4, wall_milliseconds = ?5 \
               WHERE task = ?1 AND number = ?2";
    let (cpu, peak, wall) = (usage.cpu_milliseconds, usage.peak_memory_bytes, usage.wall_milliseconds);
    tx.conn.prepare_cached(sql)?.execute(params![id.task.0, id.number, whole(cpu), whole(peak), whole(wall)])?;
    Ok(())
}

/// Reminds a live attempt: it is told with the answer to its next command.
pub fn nudge(tx: &mut Tx<'_>, id: &AttemptId, text: &str) -> Result<(), StoreError> {
    let sql = "UPDATE task_attempts SET nudges_count = nudges_count + 1, nudge = ?3 WHERE task = ?1 AND number = ?2";
    tx.conn.prepare_cached(sql)?.execute(params![id.task.0, id.number, text])?;
    Ok(())
}

/// Takes what a live attempt is to be reminded of; it is told once.
pub fn take_nudge(tx: &mut Tx<'_>, id: &AttemptId) -> Result<Option<String>, StoreError> {
    let text = nudge_of(tx, id)?;
    if text.is_some() {
        let sql = "UPDATE task_attempts SET nudge = NULL WHERE task = ?1 AND number = ?2";
        tx.conn.prepare_cached(sql)?.execute(params![id.task.0, id.number])?;
    }
    Ok(text)
}

/// What a live attempt is to be reminded of and has not been told.
pub fn nudge_of(db: &Db<'_>, id: &AttemptId) -> Result<Option<String>, StoreError> {
    let sql = "SELECT nudge FROM task_attempts WHERE task = ?1 AND number = ?2 AND state <> 'ended'";
    let mut select = db.conn.prepare_cached(sql)?;
    Ok(select.query_row(params![id.task.0, id.number], |row| row.get(0)).optional()?.flatten())
}

/// An attempt that has ended did not bring what it said it had: policy decides anew what follows.
pub fn overturn(tx: &mut Tx<'_>, id: &AttemptId, outcome: Outcome, detail: &str) -> Result<bool, StoreError> {
    let sql = "UPDATE task_attempts SET outcome = ?3, detail = ?4, decided_at = NULL \
               WHERE task = ?1 AND number = ?2 AND state = 'ended'";
    let changed = tx.conn.prepare_cached(sql)?.execute(params![id.task.0, id.number, outcome.as_str(), detail])?;
    Ok(changed > 0)
}

/// Notes that policy has decided what follows from the end.
pub fn decided(tx: &mut Tx<'_>, id: &AttemptId) -> Result<(), StoreError> {
    let sql = "UPDATE task_attempts SET decided_at = ?3 WHERE task = ?1 AND number = ?2 AND decided_at IS NULL";
    tx.conn.prepare_cached(sql)?.execute(params![id.task.0, id.number, ms(tx.now())])?;
    Ok(())
}

/// An attempt, or an error that names it.
pub fn require(db: &Db<'_>, id: &AttemptId) -> Result<Attempt, StoreError> {
    let found = select(db, &id.project, "task = ?1 AND number = ?2", params![id.task.0, id.number])?;
    found.into_iter().next().ok_or_else(|| StoreError::NotFound(format!("attempt {id}")))
}

/// A task's attempts, oldest first.
pub fn of_task(db: &Db<'_>, project: &ProjectId, task: TaskId) -> Result<Vec<Attempt>, StoreError> {
    select(db, project, "task = ?1 ORDER BY number", params![task.0])
}

/// Every attempt that has not ended.
pub fn live(db: &Db<'_>, project: &ProjectId) -> Result<Vec<Attempt>, StoreError> {
    select(db, project, "state <> 'ended' ORDER BY created_at, task, number", [])
}

/// A task's attempts that have not ended.
pub fn live_of_task(db: &Db<'_>, project: &ProjectId, task: TaskId) -> Result<Vec<Attempt>, StoreError> {
    select(db, project, "task = ?1 AND state <> 'ended' ORDER BY number", params![task.0])
}

/// Ended attempts about which policy has not decided yet, oldest first.
pub fn undecided(db: &Db<'_>, project: &ProjectId) -> Result<Vec<Attempt>, StoreError> {
    select(db, project, "state = 'ended' AND decided_at IS NULL ORDER BY ended_at, task, number LIMIT 256", [])
}

/// The attempt that used up a provider account last and has ended; none when none has.
pub fn last_of_provider(db: &Db<'_>, project: &ProjectId, provider: &str) -> Result<Option<Attempt>, StoreError> {
    let last = "provider = ?1 AND state = 'ended' ORDER BY ended_at DESC, task DESC, number DESC LIMIT 1";
    Ok(select(db, project, last, [provider])?.pop())
}

/// Attempts of processes that ended since a time.
pub fn ended_since(db: &Db<'_>, project: &ProjectId, since: DateTime<Utc>) -> Result<Vec<AttemptId>, StoreError> {
    let sql = "SELECT task, number FROM task_attempts WHERE state = 'ended' AND spawned AND ended_at >= ?1";
    let mut select = db.conn.prepare_cached(sql)?;
    let id = |task, number| AttemptId { project: project.clone(), task: TaskId(task), number };
    let rows = select.query_map([ms(since)], |row| Ok(id(row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The attempt that a token belongs to, live or not.
pub fn by_token(db: &Db<'_>, project: &ProjectId, token_hash: &str) -> Result<Option<Attempt>, StoreError> {
    Ok(select(db, project, "token_hash = ?1", params![token_hash])?.pop())
}

fn select(
    db: &Db<'_>,
    project: &ProjectId,
    which: &str,
    values: impl rusqlite::Params,
) -> Result<Vec<Attempt>, StoreError> {
    let mut select = db.conn.prepare_cached(&format!("SELECT {COLUMNS} FROM task_attempts WHERE {which}"))?;
    let mut rows = select.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(project, row)?);
    }
    Ok(found)
}

fn read(project: &ProjectId, row: &Row<'_>) -> Result<Attempt, StoreError> {
    let mut columns = Columns::new(row);
    let (task, number) = (TaskId(columns.get()?), columns.get()?);
    let attempt = Attempt {
        id: AttemptId { project: project.clone(), task, number },
        project: project.clone(),
        task,
        number,
        agent: columns.word("agent")?,
        kind: columns.word("trigger")?,
        state: columns.word("attempt state")?,
        spawned: columns.get()?,
        runner: columns.get()?,
        provider: columns.get()?,
        pid: columns.get()?,
        process_identity: columns.get()?,
        created_at: columns.time()?,
        started_at: columns.optional_time()?,
        heartbeat_at: columns.optional_time()?,
        last_output_at: columns.optional_time()?,
        ended_at: columns.optional_time()?,
        timeout_seconds: columns.get()?,
        outcome: columns.optional_word("outcome")?,
        exit_code: columns.get()?,
        signal: columns.get()?,
        detail: columns.get()?,
        advice: None,
        resets_at: columns.optional_time()?,
        log_bytes: columns.get()?,
        cpu_milliseconds: columns.get()?,
        peak_memory_bytes: columns.get()?,
        wall_milliseconds: columns.get()?,
        usage: columns.optional_json("usage")?,
    };
    let advice =
        attempt.outcome.filter(|outcome| outcome.asks_for_something()).map(|outcome| outcome.advice().to_owned());
    Ok(Attempt { advice, ..attempt })
}

/// An agent that was only offered the task has claimed it: its attempt goes on as the one that owns the task.
pub fn become_owner(tx: &mut Tx<'_>, id: &AttemptId, kind: Trigger, fence: i64) -> Result<(), StoreError> {
    let sql = "UPDATE task_attempts SET kind = ?3, fence = ?4 WHERE task = ?1 AND number = ?2";
    tx.conn.prepare_cached(sql)?.execute(params![id.task.0, id.number, kind.as_str(), fence])?;
    Ok(())
}
