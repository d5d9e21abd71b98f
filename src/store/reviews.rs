//! Reviews with their issues, and the rebuttals that answer them.

use rusqlite::params;
use serde_json::json;

use super::{
    error::StoreError,
    row::{Columns, ms, to_json},
    tx::{Db, Tx},
};
use crate::model::{
    event::{EventKind, Level, NewEvent},
    ids::{Actor, TaskId},
    records::{Answer, NewIssue, Rebuttal, Review, ReviewIssue, Verdict},
};

/// A review that is about to be written.
#[derive(Debug, Clone)]
pub struct NewReview {
    /// The task.
    pub task: TaskId,
    /// Who reviewed.
    pub reviewer: Actor,
    /// The conclusion.
    pub verdict: Verdict,
    /// How sure the reviewer is.
    pub confidence: f64,
    /// Round of review.
    pub round: i64,
    /// The findings.
    pub issues: Vec<NewIssue>,
}

/// Writes a review and its issues. The database refuses a reviewer who is an author.
pub fn insert(tx: &mut Tx<'_>, new: NewReview) -> Result<Review, StoreError> {
    let sql = "INSERT INTO reviews (task, reviewer, verdict, confidence, round, created_at) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let reviewer = new.reviewer.to_string();
    let values = params![new.task.0, reviewer, new.verdict.as_str(), new.confidence, new.round, ms(tx.now())];
    tx.conn.prepare_cached(sql)?.execute(values)?;
    let id = tx.conn.last_insert_rowid();
    let mut issues = Vec::with_capacity(new.issues.len());
    for NewIssue { severity, text } in new.issues {
        let sql = "INSERT INTO review_issues (review, severity, text) VALUES (?1, ?2, ?3)";
        tx.conn.prepare_cached(sql)?.execute(params![id, severity.as_str(), text])?;
        issues.push(ReviewIssue { id: tx.conn.last_insert_rowid(), severity, text, stance: None, reason: None });
    }
    let level = if new.verdict == Verdict::Approved { Level::Routine } else { Level::Attention };
    let summary = format!("review by {reviewer}: {} ({:.2})", new.verdict, new.confidence);
    let payload = json!({
        "review": id, "verdict": new.verdict, "confidence": new.confidence, "round": new.round,
        "issues_count": issues.len(),
    });
    let event = NewEvent::new(EventKind::ReviewSubmitted, Some(new.task), new.reviewer.clone(), summary);
    tx.event(event.level(level).payload(payload))?;
    let NewReview { task, reviewer, verdict, confidence, round, .. } = new;
    Ok(Review { id, task, reviewer, verdict, confidence, round, issues, created_at: tx.now(), decided_at: None })
}

/// A task's reviews, oldest first.
pub fn of_task(db: &Db<'_>, task: TaskId) -> Result<Vec<Review>, StoreError> {
    select(db, "task = ?1 ORDER BY id", params![task.0])
}

/// Reviews about which policy has not decided yet, oldest first.
pub fn undecided(db: &Db<'_>) -> Result<Vec<Review>, StoreError> {
    select(db, "decided_at IS NULL ORDER BY id LIMIT 256", [])
}

/// Notes that policy has decided what follows from a review.
pub fn decided(tx: &mut Tx<'_>, id: i64) -> Result<(), StoreError> {
    let sql = "UPDATE reviews SET decided_at = ?2 WHERE id = ?1 AND decided_at IS NULL";
    tx.conn.prepare_cached(sql)?.execute(params![id, ms(tx.now())])?;
    Ok(())
}

fn select(db: &Db<'_>, which: &str, values: impl rusqlite::Params) -> Result<Vec<Review>, StoreError> {
    let sql = format!(
        "SELECT id, task, reviewer, verdict, confidence, round, created_at, decided_at FROM reviews WHERE {which}"
    );
    let mut select = db.conn.prepare_cached(&sql)?;
    let mut rows = select.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        let id = columns.get()?;
        found.push(Review {
            id,
            task: TaskId(columns.get()?),
            reviewer: columns.word("reviewer")?,
            verdict: columns.word("verdict")?,
            confidence: columns.get()?,
            round: columns.get()?,
            issues: issues(db, id)?,
            created_at: columns.time()?,
            decided_at: columns.optional_time()?,
        });
    }
    Ok(found)
}

fn issues(db: &Db<'_>, review: i64) -> Result<Vec<ReviewIssue>, StoreError> {
    let sql = "SELECT id, severity, text, stance, reason FROM review_issues WHERE review = ?1 ORDER BY id";
    let mut select = db.conn.prepare_cached(sql)?;
    let mut rows = select.query([review])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        found.push(ReviewIssue {
            id: columns.get()?,
            severity: columns.word("issue severity")?,
            text: columns.get()?,
            stance: columns.optional_word("stance")?,
            reason: columns.get()?,
        });
    }
    Ok(found)
}

/// Writes a rebuttal, and each answer beside its issue.
pub fn rebut(
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
    let stances: Vec<_> = answers.iter().map(|answer| answer.stance).collect();
    let summary = format!("rebuttal by {author}: {} answers", answers.len());
    let payload = json!({"rebuttal": id, "review": review.id, "round": round, "stances": stances});
    let event = NewEvent::new(EventKind::RebuttalSubmitted, Some(review.task), author.clone(), summary);
    tx.event(event.payload(payload))?;
    let (task, review_id, created_at) = (review.task, review.id, tx.now());
    Ok(Rebuttal { id, task, review_id, author, round, answers, created_at, decided_at: None })
}

/// A task's rebuttals, oldest first.
pub fn rebuttals(db: &Db<'_>, task: TaskId) -> Result<Vec<Rebuttal>, StoreError> {
    select_rebuttals(db, "task = ?1 ORDER BY id", params![task.0])
}

/// Rebuttals about which policy has not decided yet, oldest first.
pub fn undecided_rebuttals(db: &Db<'_>) -> Result<Vec<Rebuttal>, StoreError> {
    select_rebuttals(db, "decided_at IS NULL ORDER BY id LIMIT 256", [])
}

/// Notes that policy has decided what follows from a rebuttal.
pub fn rebuttal_decided(tx: &mut Tx<'_>, id: i64) -> Result<(), StoreError> {
    let sql = "UPDATE rebuttals SET decided_at = ?2 WHERE id = ?1 AND decided_at IS NULL";
    tx.conn.prepare_cached(sql)?.execute(params![id, ms(tx.now())])?;
    Ok(())
}

fn select_rebuttals(db: &Db<'_>, which: &str, values: impl rusqlite::Params) -> Result<Vec<Rebuttal>, StoreError> {
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
