//! What the scripts decided, kept when it differs from the last decision of the same hook about the same task.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    error::StoreError,
    row::{ms, time},
    tx::{Db, Tx},
};
use crate::model::ids::TaskId;

/// A recorded decision.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PolicyDecision {
    /// Counts up within the project.
    pub id: i64,
    /// The task; none when it is about the project.
    pub task: Option<TaskId>,
    /// The function that was asked.
    pub hook: String,
    /// The file that answered.
    pub script: String,
    /// Hash of the set of scripts in force.
    pub script_hash: String,
    /// The files that had a part in it, with their hashes; none for decisions of older versions.
    pub files: Option<serde_json::Value>,
    /// SHA-256 of what the hook was given.
    pub inputs_digest: String,
    /// The actions, each with what the core made of it.
    pub result: serde_json::Value,
    /// The facts that explain it, in short; none for decisions of older versions.
    pub facts: Option<serde_json::Value>,
    /// When.
    pub at: DateTime<Utc>,
}

/// A decision that is about to be recorded.
#[derive(Debug, Clone)]
pub struct NewDecision {
    /// The task.
    pub task: Option<TaskId>,
    /// The function.
    pub hook: &'static str,
    /// The file.
    pub script: String,
    /// Hash of the set.
    pub script_hash: String,
    /// The files that had a part in it, with their hashes.
    pub files: serde_json::Value,
    /// Digest of the input.
    pub inputs_digest: String,
    /// The result.
    pub result: serde_json::Value,
    /// The facts that explain it.
    pub facts: serde_json::Value,
}

impl NewDecision {
    /// SHA-256 of what a hook was given.
    pub fn digest(facts: &serde_json::Value) -> String {
        hex::encode(Sha256::digest(facts.to_string()))
    }
}

/// Records a decision unless the last one of this hook about this task was the same; true when it was recorded.
pub fn record(tx: &mut Tx<'_>, new: &NewDecision) -> Result<bool, StoreError> {
    let sql =
        "SELECT result, script_hash FROM policy_decisions WHERE task IS ?1 AND hook = ?2 ORDER BY id DESC LIMIT 1";
    let task = new.task.map(|task| task.0);
    let result = new.result.to_string();
    let last: Option<(String, String)> = tx
        .conn
        .prepare_cached(sql)?
        .query_row(params![task, new.hook], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if last.is_some_and(|(before, hash)| before == result && hash == new.script_hash) {
        return Ok(false);
    }
    let sql = "INSERT INTO policy_decisions (task, hook, script, script_hash, inputs_digest, result, facts, files, at) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    let (facts, files, at) = (new.facts.to_string(), new.files.to_string(), ms(tx.now()));
    let values = params![task, new.hook, new.script, new.script_hash, new.inputs_digest, result, facts, files, at];
    tx.conn.prepare_cached(sql)?.execute(values)?;
    Ok(true)
}

/// The decisions about a task, newest first.
pub fn of_task(db: &Db<'_>, task: TaskId, limit: i64) -> Result<Vec<PolicyDecision>, StoreError> {
    let mut select = db.conn.prepare_cached(
        "SELECT id, task, hook, script, script_hash, inputs_digest, result, facts, at, files FROM policy_decisions
         WHERE task = ?1 ORDER BY id DESC LIMIT ?2",
    )?;
    let rows = select.query_map(params![task.0, limit], |row| {
        let result: String = row.get(6)?;
        let facts: Option<String> = row.get(7)?;
        let files: Option<String> = row.get(9)?;
        Ok(PolicyDecision {
            id: row.get(0)?,
            task: row.get::<_, Option<i64>>(1)?.map(TaskId),
            hook: row.get(2)?,
            script: row.get(3)?,
            script_hash: row.get(4)?,
            inputs_digest: row.get(5)?,
            result: serde_json::from_str(&result).unwrap_or_default(),
            files: files.and_then(|files| serde_json::from_str(&files).ok()),
            facts: facts.and_then(|facts| serde_json::from_str(&facts).ok()),
            at: time(row.get(8)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Forgets decisions from before a time; answers with how many.
pub fn prune(tx: &mut Tx<'_>, before: DateTime<Utc>) -> Result<usize, StoreError> {
    Ok(tx.conn.prepare_cached("DELETE FROM policy_decisions WHERE at < ?1")?.execute([ms(before)])?)
}

/// Bytes of the texts of all that are kept.
pub fn bytes(db: &Db<'_>) -> Result<i64, StoreError> {
    let sql = "SELECT coalesce(sum(length(CAST(result AS BLOB)) + length(inputs_digest) + length(script_hash)), 0) FROM policy_decisions";
    Ok(db.conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}
