//! Skills in prompts, and what came of the tasks. A trigger settles them (see `skill_uses` in the migrations), so that no way of
//! ending a task can forget it.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::{
    error::StoreError,
    row::{Columns, ms},
    tx::{Db, Tx},
};
use crate::model::{
    ids::{Actor, AttemptId, ProjectId, SkillId, TaskId},
    skill::{SkillLevel, SkillUse, UseCounts},
};

/// A version of a skill.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Used {
    /// The skill.
    pub skill: SkillId,
    /// Where it was kept.
    pub level: SkillLevel,
    /// Which version.
    pub version: i64,
    /// It was a draft.
    pub on_trial: bool,
}

/// Notes that skills were put into an attempt's prompt. An agent may have been faster than this note, and its task be final.
pub fn record(tx: &mut Tx<'_>, attempt: &AttemptId, agent: &Actor, uses: &[Used]) -> Result<(), StoreError> {
    let sql = "INSERT INTO skill_uses (skill, level, version, on_trial, task, attempt, agent, used_at, outcome) \
               SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, \
                   CASE status WHEN 'done' THEN 'success' WHEN 'failed' THEN 'failure' WHEN 'cancelled' THEN 'void' END \
               FROM tasks WHERE id = ?5 ON CONFLICT DO NOTHING";
    for used in uses {
        tx.conn.prepare_cached(sql)?.execute(params![
            used.skill.as_str(),
            used.level.as_str(),
            used.version,
            used.on_trial,
            attempt.task.0,
            attempt.number,
            agent.to_string(),
            ms(tx.now()),
        ])?;
    }
    Ok(())
}

/// What came of a version's uses since a time, each task counted once.
pub fn counts(
    db: &Db<'_>,
    (skill, level, version): (&SkillId, SkillLevel, i64),
    since: Option<DateTime<Utc>>,
) -> Result<UseCounts, StoreError> {
    let sql = "SELECT count(DISTINCT task), count(DISTINCT CASE outcome WHEN 'success' THEN task END),
                      count(DISTINCT CASE outcome WHEN 'failure' THEN task END),
                      count(DISTINCT CASE outcome WHEN 'success' THEN agent END), max(used_at)
               FROM skill_uses WHERE skill = ?1 AND level = ?2 AND version = ?3 AND used_at >= ?4";
    let since = since.map_or(i64::MIN, ms);
    let mut select = db.conn.prepare_cached(sql)?;
    let mut rows = select.query(params![skill.as_str(), level.as_str(), version, since])?;
    let Some(row) = rows.next()? else { return Ok(UseCounts::default()) };
    let mut columns = Columns::new(row);
    Ok(UseCounts {
        uses_count: columns.get()?,
        successes_count: columns.get()?,
        failures_count: columns.get()?,
        agents_count: columns.get()?,
        last_used_at: columns.optional_time()?,
    })
}

/// Uses that were settled and about which nobody has asked policy yet: number and skill of each.
pub fn unjudged(db: &Db<'_>) -> Result<Vec<(i64, SkillId, SkillLevel)>, StoreError> {
    let sql =
        "SELECT id, skill, level FROM skill_uses WHERE outcome IS NOT NULL AND judged_at IS NULL ORDER BY id LIMIT 512";
    let mut select = db.conn.prepare_cached(sql)?;
    let mut rows = select.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        found.push((columns.get()?, columns.word("skill")?, columns.word("skill level")?));
    }
    Ok(found)
}

/// Notes that policy was asked about these uses.
pub fn judged(tx: &mut Tx<'_>, ids: &[i64]) -> Result<(), StoreError> {
    for id in ids {
        let sql = "UPDATE skill_uses SET judged_at = ?2 WHERE id = ?1";
        tx.conn.prepare_cached(sql)?.execute(params![id, ms(tx.now())])?;
    }
    Ok(())
}

/// The newest uses of a skill, in all of its versions.
pub fn of_skill(
    db: &Db<'_>,
    project: &ProjectId,
    (skill, level): (&SkillId, SkillLevel),
    limit: i64,
) -> Result<Vec<SkillUse>, StoreError> {
    let sql = "SELECT skill, level, version, on_trial, task, attempt, agent, outcome, used_at FROM skill_uses
               WHERE skill = ?1 AND level = ?2 ORDER BY id DESC LIMIT ?3";
    let mut select = db.conn.prepare_cached(sql)?;
    let mut rows = select.query(params![skill.as_str(), level.as_str(), limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        found.push(SkillUse {
            skill: columns.word("skill")?,
            level: columns.word("skill level")?,
            version: columns.get()?,
            on_trial: columns.get()?,
            attempt: AttemptId { project: project.clone(), task: TaskId(columns.get()?), number: columns.get()? },
            agent: columns.word("agent")?,
            outcome: columns.optional_word("outcome of a use")?,
            used_at: columns.time()?,
        });
    }
    Ok(found)
}
