//! Rebuttals: what authors answer to reviews.

use rusqlite::params;
use serde_json::json;

use super::{
    calibration,
    error::StoreError,
    row::{Columns, ms, to_json},
    tx::{Db, Tx},
};
use crate::model::{
    event::{EventKind, NewEvent},
    ids::{Actor, TaskId},
    records::{Answer, Rebuttal, Review},
};

/// Writes a rebuttal, and each answer beside its issue.
pub fn insert(
    tx: &mut Tx<'_>,
    review: &Review,
    author: Actor,
    round: i64,
    answers: Vec<Answer>,
) -> Result<Rebuttal, StoreError> {
    let sql =
        "INSERT INTO rebuttals (task, review, author, round, answers, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let values = params![review.task.0, review.id, author.to_string(), round, to_json(&answers)?, ms(tx.now())];
    tx.conn.prepare_cached(sql)?.execute(values)?;
    let id = tx.conn.last_insert_rowid();
    for answer in &answers {
        let sql = "UPDATE review_issues SET stance = ?2, reason = ?3 WHERE id = ?1";
        tx.conn.prepare_cached(sql)?.execute(params![answer.issue_id, answer.stance.as_str(), answer.reason])?;
    }
    calibration::answered(tx, review, &answers)?;
    let stances: Vec<_> = answers.iter().map(|answer| answer.stance).collect();
    let summary = format!("rebuttal by {author}: {} answers", answers.len());
    let payload = json!({"rebuttal": id, "review": review.id, "round": round, "stances": stances});
    let event = NewEvent::new(EventKind::RebuttalSubmitted, Some(review.task), author.clone(), summary);
    tx.event(event.payload(payload))?;
    let (task, review_id, created_at) = (review.task, review.id, tx.now());
    Ok(Rebuttal { id, task, review_id, author, round, answers, created_at, decided_at: None })
}

/// A task's rebuttals, oldest first.
pub fn of_task(db: &Db<'_>, task: TaskId) -> Result<Vec<Rebuttal>, StoreError> {
    select(db, "task = ?1 ORDER BY id", params![task.0])
}

/// Rebuttals about which policy has not decided yet, oldest first.
pub fn undecided(db: &Db<'_>) -> Result<Vec<Rebuttal>, StoreError> {
    select(db, "decided_at IS NULL ORDER BY id LIMIT 256", [])
}

/// Notes that policy has decided what follows from a rebuttal.
pub fn decided(tx: &mut Tx<'_>, id: i64) -> Result<(), StoreError> {
    let sql = "UPDATE rebuttals SET decided_at = ?2 WHERE id = ?1 AND decided_at IS NULL";
    tx.conn.prepare_cached(sql)?.execute(params![id, ms(tx.now())])?;
    Ok(())
}

fn select(db: &Db<'_>, which: &str, values: impl rusqlite::Params) -> Result<Vec<Rebuttal>, StoreError> {
    let sql =
        format!("SELECT id, task, review, author, round, answers, created_at, decided_at FROM rebuttals WHERE {which}");
    let mut select = db.conn.prepare_cached(&sql)?;
    let mut rows = select.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        found.push(Rebuttal {
            id: columns.get()?,
            task: TaskId(columns.get()?),
            review_id: columns.get()?,
            author: columns.word("author")?,
            round: columns.get()?,
            answers: columns.json("answers")?,
            created_at: columns.time()?,
            decided_at: columns.optional_time()?,
        });
    }
    Ok(found)
}
