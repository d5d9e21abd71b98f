//! What attempts have used up: a row per attempt, and sums by day that outlive them.

use chrono::{DateTime, NaiveTime, Utc};
use rusqlite::{OptionalExtension, params};

use super::{
    attempts,
    error::StoreError,
    row::{Columns, ms},
    tx::{Db, Tx},
};
use crate::model::{
    ids::{AttemptId, TaskId},
    usage::{Allowance, Spend, Spent, Usage, UsageBy},
};

/// The beginning of the day (UTC) that a time lies in.
pub fn day_of(time: DateTime<Utc>) -> DateTime<Utc> {
    time.date_naive().and_time(NaiveTime::MIN).and_utc()
}

/// Writes what an attempt has used so far; true when that is more than was known. Sums only ever grow: what a runner
/// takes back (a restart of its own counting) is not taken back here.
pub fn note(tx: &mut Tx<'_>, id: &AttemptId, usage: &Usage) -> Result<bool, StoreError> {
    let before = of_attempt(tx, id)?;
    let had = before.as_ref().map(Usage::spend).unwrap_or_default();
    let now = usage.spend().plausible();
    let is_news = before.as_ref().is_none_or(|before| before.model != usage.model || before.session != usage.session);
    let more = Spend {
        tokens_in: (now.tokens_in - had.tokens_in).max(0),
        tokens_out: (now.tokens_out - had.tokens_out).max(0),
        tokens_cached: (now.tokens_cached - had.tokens_cached).max(0),
        cost_micros: (now.cost_micros - had.cost_micros).max(0),
    };
    if more == Spend::default() && !is_news {
        return Ok(false);
    }
    let sum = had + more;
    let sql = "INSERT INTO usage (task, attempt, tokens_in, tokens_out, tokens_cached, money_micros, model, session)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
               ON CONFLICT (task, attempt) DO UPDATE SET tokens_in = excluded.tokens_in,
                   tokens_out = excluded.tokens_out, tokens_cached = excluded.tokens_cached,
                   money_micros = excluded.money_micros, model = coalesce(excluded.model, model),
                   session = coalesce(excluded.session, session)";
    let Spend { tokens_in, tokens_out, tokens_cached, cost_micros } = sum;
    tx.conn.prepare_cached(sql)?.execute(params![
        id.task.0,
        id.number,
        tokens_in,
        tokens_out,
        tokens_cached,
        cost_micros,
        usage.model,
        usage.session,
    ])?;
    add_to_day(tx, id, usage, more)?;
    Ok(true)
}

fn add_to_day(tx: &mut Tx<'_>, id: &AttemptId, usage: &Usage, more: Spend) -> Result<(), StoreError> {
    let attempt = attempts::require(tx, id)?;
    let sql = "INSERT INTO usage_days (day, cause, agent, runner, provider, model, tokens_in, tokens_out, tokens_cached,
                                       money_micros) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
               ON CONFLICT DO UPDATE SET tokens_in = tokens_in + excluded.tokens_in,
                   tokens_out = tokens_out + excluded.tokens_out, tokens_cached = tokens_cached + excluded.tokens_cached,
                   money_micros = money_micros + excluded.money_micros";
    tx.conn.prepare_cached(sql)?.execute(params![
        ms(day_of(tx.now())),
        attempt.kind.as_str(),
        attempt.agent.to_string(),
        attempt.runner.unwrap_or_default(),
        attempt.provider.unwrap_or_default(),
        usage.model.as_deref().unwrap_or_default(),
        more.tokens_in,
        more.tokens_out,
        more.tokens_cached,
        more.cost_micros,
    ])?;
    Ok(())
}

/// What an attempt has used; none while its runner has told nothing.
pub fn of_attempt(db: &Db<'_>, id: &AttemptId) -> Result<Option<Usage>, StoreError> {
    let sql = "SELECT tokens_in, tokens_out, tokens_cached, money_micros, model, session FROM usage
               WHERE task = ?1 AND attempt = ?2";
    let mut select = db.conn.prepare_cached(sql)?;
    let row = select.query_row(params![id.task.0, id.number], |row| {
        Ok(Usage {
            tokens_in: row.get(0)?,
            tokens_out: row.get(1)?,
            tokens_cached: row.get(2)?,
            cost_micros: row.get(3)?,
            model: row.get(4)?,
            session: row.get(5)?,
        })
    });
    Ok(row.optional()?)
}

/// What all attempts of a task have used.
pub fn of_task(db: &Db<'_>, task: TaskId) -> Result<Spend, StoreError> {
    one(db, "FROM usage WHERE task = ?1", task.0)
}

/// Notes what a person allows a task from here.
pub fn allow(tx: &mut Tx<'_>, task: TaskId, allowance: &Allowance) -> Result<(), StoreError> {
    let json = serde_json::to_string(allowance).unwrap_or_default();
    tx.conn.prepare_cached("UPDATE tasks SET allowance = ?2 WHERE id = ?1")?.execute(params![task.0, json])?;
    Ok(())
}

/// What the project has spent, in all and on the day of this time.
pub fn spent(db: &Db<'_>, now: DateTime<Utc>) -> Result<Spent, StoreError> {
    Ok(Spent {
        project: one(db, "FROM usage_days WHERE day >= ?1", i64::MIN)?,
        day: one(db, "FROM usage_days WHERE day = ?1", ms(day_of(now)))?,
    })
}

/// What a project's agent has spent, in all and on the day of this time.
pub fn of_agents(db: &Db<'_>, now: DateTime<Utc>) -> Result<Vec<(String, Spent)>, StoreError> {
    let sql = "SELECT agent, sum(tokens_in), sum(tokens_out), sum(tokens_cached), sum(money_micros),
                      coalesce(sum(tokens_in) FILTER (WHERE day = ?1), 0),
                      coalesce(sum(tokens_out) FILTER (WHERE day = ?1), 0),
                      coalesce(sum(tokens_cached) FILTER (WHERE day = ?1), 0),
                      coalesce(sum(money_micros) FILTER (WHERE day = ?1), 0)
               FROM usage_days GROUP BY agent ORDER BY agent";
    let mut select = db.conn.prepare_cached(sql)?;
    let mut rows = select.query([ms(day_of(now))])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        found.push((columns.get()?, Spent { project: read(&mut columns)?, day: read(&mut columns)? }));
    }
    Ok(found)
}

fn one(db: &Db<'_>, of: &str, value: i64) -> Result<Spend, StoreError> {
    let sql = format!(
        "SELECT coalesce(sum(tokens_in), 0), coalesce(sum(tokens_out), 0), coalesce(sum(tokens_cached), 0),
                coalesce(sum(money_micros), 0) {of}"
    );
    let mut select = db.conn.prepare_cached(&sql)?;
    let mut rows = select.query([value])?;
    rows.next()?.map_or(Ok(Spend::default()), |row| read(&mut Columns::new(row)))
}

fn read(columns: &mut Columns<'_>) -> Result<Spend, StoreError> {
    Ok(Spend {
        tokens_in: columns.get()?,
        tokens_out: columns.get()?,
        tokens_cached: columns.get()?,
        cost_micros: columns.get()?,
    })
}

/// Sums of a project since the day of a time, by something; not by project, which is the caller's to name.
pub fn sums(db: &Db<'_>, by: UsageBy, since: DateTime<Utc>) -> Result<Vec<(String, Spend)>, StoreError> {
    let since = ms(day_of(since));
    let days = "usage_days WHERE day >= ?1";
    let (key, from) = match by {
        UsageBy::Day => ("strftime('%Y-%m-%d', day / 1000, 'unixepoch')", days),
        UsageBy::Project => ("''", days),
        UsageBy::Task => (
            "'t-' || u.task",
            "usage u JOIN task_attempts a ON a.task = u.task AND a.number = u.attempt WHERE a.created_at >= ?1",
        ),
        // The others are columns of the same names.
        column => (column.as_str(), days),
    };
    let sql = format!(
        "SELECT {key} AS key, sum(tokens_in), sum(tokens_out), sum(tokens_cached), sum(money_micros)
         FROM {from} GROUP BY 1 ORDER BY sum(money_micros) DESC, sum(tokens_in + tokens_out) DESC, 1"
    );
    let mut select = db.conn.prepare_cached(&sql)?;
    let mut rows = select.query([since])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        found.push((columns.get()?, read(&mut columns)?));
    }
    Ok(found)
}
