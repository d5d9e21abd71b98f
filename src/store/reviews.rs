//! Reviews with their issues, and the files that they judged.

use chrono::{DateTime, Utc};
use rusqlite::params;
use serde_json::json;

use super::{
    calibration,
    error::StoreError,
    row::{Columns, ms},
    tx::{Db, Tx},
};
use crate::model::{
    event::{EventKind, Level, NewEvent},
    findings::say_the_same,
    ids::{Actor, TaskId},
    records::{JudgedOutput, NewIssue, NewRuling, Review, ReviewIssue, Ruling, Verdict},
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
    /// What it says about findings that the author did not accept.
    pub rulings: Vec<NewRuling>,
    /// The files that it judged.
    pub judged: Vec<JudgedOutput>,
}

/// Writes a review, its rulings and its issues. The database refuses a reviewer who is an author.
///
/// A finding that is upheld becomes an issue of this review, so that the author answers it once more.
pub fn insert(tx: &mut Tx<'_>, new: NewReview) -> Result<Review, StoreError> {
    let earlier = of_task(tx, new.task)?;
    let sql = "INSERT INTO reviews (task, reviewer, verdict, confidence, round, created_at) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let reviewer = new.reviewer.to_string();
    let values = params![new.task.0, reviewer, new.verdict.as_str(), new.confidence, new.round, ms(tx.now())];
    tx.conn.prepare_cached(sql)?.execute(values)?;
    let id = tx.conn.last_insert_rowid();
    for ruling in &new.rulings {
        rule(tx, id, ruling)?;
    }
    let mut issues = Vec::with_capacity(new.issues.len());
    for found in findings(&earlier, new.issues, &new.rulings) {
        issues.push(insert_issue(tx, id, found)?);
    }
    if !new.rulings.is_empty() {
        calibration::ruled(tx, new.task)?;
    }
    for file in &new.judged {
        let sql = "INSERT OR REPLACE INTO judged_outputs (review, title, path, size_bytes, sha256) \
                   VALUES (?1, ?2, ?3, ?4, ?5)";
        let values = params![id, file.title, file.path, file.size_bytes, file.sha256];
        tx.conn.prepare_cached(sql)?.execute(values)?;
    }
    let level = if new.verdict == Verdict::Approved { Level::Routine } else { Level::Attention };
    let summary = format!("review by {reviewer}: {} ({:.2})", new.verdict, new.confidence);
    let payload = json!({
        "review": id, "verdict": new.verdict, "confidence": new.confidence, "round": new.round,
        "issues_count": issues.len(), "rulings": new.rulings, "judged": new.judged,
    });
    let event = NewEvent::new(EventKind::ReviewSubmitted, Some(new.task), new.reviewer.clone(), summary);
    tx.event(event.level(level).payload(payload))?;
    let NewReview { task, reviewer, verdict, confidence, round, judged, .. } = new;
    let (result, result_reason, created_at, decided_at) = (None, None, tx.now(), None);
    Ok(Review {
        id,
        task,
        reviewer,
        verdict,
        confidence,
        round,
        issues,
        judged,
        result,
        result_reason,
        created_at,
        decided_at,
    })
}

/// A finding on its way into the database.
struct Found {
    issue: NewIssue,
    upholds: Option<i64>,
    repeats: Option<i64>,
}

/// The findings of a review: what it upholds, and what it raises beside that.
fn findings(earlier: &[Review], issues: Vec<NewIssue>, rulings: &[NewRuling]) -> Vec<Found> {
    let all = || earlier.iter().flat_map(|review| &review.issues);
    let upheld = rulings.iter().filter(|ruling| ruling.ruling == Ruling::Upheld);
    let upheld = upheld.filter_map(|ruling| all().find(|issue| issue.id == ruling.issue_id));
    let mut found: Vec<_> = upheld
        .map(|issue| {
            let again = NewIssue { severity: issue.severity, text: issue.text.clone() };
            Found { issue: again, upholds: Some(issue.id), repeats: None }
        })
        .collect();
    let withdrawn = |issue: &&ReviewIssue| {
        issue.ruling == Some(Ruling::Withdrawn)
            || rulings.iter().any(|ruling| ruling.issue_id == issue.id && ruling.ruling == Ruling::Withdrawn)
    };
    for issue in issues {
        // Whoever upholds a finding and raises it again says it once, and as bad as the worse of both.
        let again = |known: &&mut Found| known.upholds.is_some() && say_the_same(&known.issue.text, &issue.text);
        if let Some(known) = found.iter_mut().find(again) {
            known.issue.severity = known.issue.severity.max(issue.severity);
            continue;
        }
        let repeats = all().filter(withdrawn).find(|known| say_the_same(&known.text, &issue.text));
        let repeats = repeats.map(|known| known.id);
        found.push(Found { issue, upholds: None, repeats });
    }
    found
}

fn rule(tx: &mut Tx<'_>, review: i64, ruling: &NewRuling) -> Result<(), StoreError> {
    let sql = "UPDATE review_issues SET ruling = ?2, ruling_reason = ?3, ruled_by = ?4 WHERE id = ?1";
    let values = params![ruling.issue_id, ruling.ruling.as_str(), ruling.reason, review];
    tx.conn.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

fn insert_issue(tx: &mut Tx<'_>, review: i64, found: Found) -> Result<ReviewIssue, StoreError> {
    let Found { issue: NewIssue { severity, text }, upholds, repeats } = found;
    let sql = "INSERT INTO review_issues (review, severity, text, upholds, repeats) VALUES (?1, ?2, ?3, ?4, ?5)";
    tx.conn.prepare_cached(sql)?.execute(params![review, severity.as_str(), text, upholds, repeats])?;
    let id = tx.conn.last_insert_rowid();
    let (stance, reason, ruling, ruling_reason) = (None, None, None, None);
    Ok(ReviewIssue { id, severity, text, stance, reason, ruling, ruling_reason, upholds, repeats })
}

/// A task's reviews, oldest first.
pub fn of_task(db: &Db<'_>, task: TaskId) -> Result<Vec<Review>, StoreError> {
    select(db, "task = ?1 ORDER BY id", params![task.0])
}

/// A task, when it was done, and what its last approval judged.
pub type Judged = (TaskId, DateTime<Utc>, Vec<JudgedOutput>);

/// The newest tasks that are done since then and were approved, with what their last approval judged.
pub fn judged_of_done(db: &Db<'_>, since: DateTime<Utc>, limit: i64) -> Result<Vec<Judged>, StoreError> {
    let sql = "SELECT t.id, t.completed_at, (SELECT max(r.id) FROM reviews r WHERE r.task = t.id AND r.verdict = 'approved') \
               FROM tasks t WHERE t.status = 'done' AND t.completed_at >= ?1 ORDER BY t.completed_at DESC LIMIT ?2";
    let mut select = db.conn.prepare_cached(sql)?;
    let mut rows = select.query(params![ms(since), limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        let (task, done_at) = (TaskId(columns.get()?), columns.time()?);
        let approval: Option<i64> = columns.get()?;
        let files = approval.map_or_else(|| Ok(Vec::new()), |review| judged(db, review))?;
        if !files.is_empty() {
            found.push((task, done_at, files));
        }
    }
    Ok(found)
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
        "SELECT id, task, reviewer, verdict, confidence, round, result, result_reason, created_at, decided_at \
         FROM reviews WHERE {which}"
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
            result: columns.optional_word("review result")?,
            result_reason: columns.get()?,
            issues: issues(db, id)?,
            judged: judged(db, id)?,
            created_at: columns.time()?,
            decided_at: columns.optional_time()?,
        });
    }
    Ok(found)
}

fn issues(db: &Db<'_>, review: i64) -> Result<Vec<ReviewIssue>, StoreError> {
    let sql = "SELECT id, severity, text, stance, reason, ruling, ruling_reason, upholds, repeats \
               FROM review_issues WHERE review = ?1 ORDER BY id";
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
            ruling: columns.optional_word("ruling")?,
            ruling_reason: columns.get()?,
            upholds: columns.get()?,
            repeats: columns.get()?,
        });
    }
    Ok(found)
}

fn judged(db: &Db<'_>, review: i64) -> Result<Vec<JudgedOutput>, StoreError> {
    let sql = "SELECT title, path, size_bytes, sha256 FROM judged_outputs WHERE review = ?1 ORDER BY title";
    let mut select = db.conn.prepare_cached(sql)?;
    let rows = select.query_map([review], |row| {
        let (title, path) = (row.get(0)?, row.get(1)?);
        Ok(JudgedOutput { title, path, size_bytes: row.get(2)?, sha256: row.get(3)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
