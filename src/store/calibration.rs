//! What became of verdicts, and what that says about their reviewers.
//!
//! A verdict with a confidence is a forecast. What comes later confirms or overturns it: the author's answer, a ruling, a
//! decision of somebody with more say, a task that is opened again. The result is noted beside the review, in the
//! transaction of what showed it; the track record is computed from these rows.

use rusqlite::{Params, params};

use super::{
    error::StoreError,
    row::{Columns, ms},
    tx::{Db, Tx},
};
use crate::model::{
    calibration::{Forecast, TrackRecord, track_record},
    ids::{Actor, TaskId},
    records::{Answer, Review, ReviewResult, Ruling, Stance, Verdict},
    status::{Cause, Role, Status},
    task::Task,
};

/// Newest verdicts of a reviewer that its record is computed from: what somebody was like long ago does not count.
const MOST: i64 = 200;

/// Which reviews of a task something says something about.
const APPROVALS: &str = "verdict = 'approved'";
const OBJECTIONS: &str = "verdict <> 'approved'";

/// What a transition of a task says about its reviews.
pub(super) fn follow(tx: &mut Tx<'_>, task: &Task, cause: Cause, role: Role) -> Result<(), StoreError> {
    use ReviewResult::{Confirmed, Overturned};
    let round = task.lifecycle.round;
    let in_round = |which: &str| format!("{which} AND round = {round} AND result IS NULL");
    match (cause, task.lifecycle.status) {
        (Cause::Accept, _) => {
            note(tx, task.id, &in_round(APPROVALS), (Confirmed, "the task was accepted"))?;
            note(tx, task.id, &in_round(OBJECTIONS), (Overturned, "the task was accepted all the same"))?;
            // Minor findings, and those of a protocol without answers, are mended without a word.
            let mended = format!(
                "{OBJECTIONS} AND round < {round} AND result IS NULL AND NOT EXISTS (SELECT 1 FROM review_issues i
                 WHERE i.review = reviews.id AND (i.stance IS NOT NULL OR i.ruling IS NOT NULL))"
            );
            note(tx, task.id, &mended, (Confirmed, "the author mended what it found"))
        }
        (Cause::Resolve, Status::Done) => {
            note(tx, task.id, &in_round(APPROVALS), (Confirmed, "whoever decided found the same"))?;
            note(tx, task.id, &in_round(OBJECTIONS), (Overturned, "whoever decided found the work good"))
        }
        (Cause::Resolve, Status::Pending | Status::Failed | Status::Cancelled) => {
            note(tx, task.id, &in_round(APPROVALS), (Overturned, "whoever decided found the work wanting"))?;
            note(tx, task.id, &in_round(OBJECTIONS), (Confirmed, "whoever decided found the same"))
        }
        // An output that changed after its review is not the reviewer's fault.
        (Cause::Reopen, _) if role == Role::Person => {
            let which = format!("{APPROVALS} AND round = (SELECT max(round) FROM reviews WHERE task = {})", task.id.0);
            note(tx, task.id, &which, (Overturned, "a person opened the task again"))
        }
        (Cause::Fail, _) => {
            let which = format!("{APPROVALS} AND result IS NULL");
            note(tx, task.id, &which, (Overturned, "the task failed"))
        }
        _ => Ok(()),
    }
}

/// What an author's answers say about the reviews that they answer.
pub(super) fn answered(tx: &mut Tx<'_>, review: &Review, answers: &[Answer]) -> Result<(), StoreError> {
    if answers.iter().any(|answer| answer.stance != Stance::Accept) {
        return Ok(());
    }
    let in_round = |which: &str| format!("{which} AND round = {} AND result IS NULL", review.round);
    let confirmed = (ReviewResult::Confirmed, "the author accepted every issue");
    note(tx, review.task, &in_round(OBJECTIONS), confirmed)?;
    let overturned = (ReviewResult::Overturned, "the author accepted what another review found");
    note(tx, review.task, &in_round(APPROVALS), overturned)
}

/// What the rulings of a new review say about earlier ones, of which every issue was withdrawn.
pub(super) fn ruled(tx: &mut Tx<'_>, task: TaskId) -> Result<(), StoreError> {
    let withdrawn = Ruling::Withdrawn.as_str();
    let which = format!(
        "{OBJECTIONS} AND result IS NULL AND EXISTS (SELECT 1 FROM review_issues i WHERE i.review = reviews.id)
         AND NOT EXISTS (SELECT 1 FROM review_issues i WHERE i.review = reviews.id
                         AND (i.ruling IS NULL OR i.ruling <> '{withdrawn}'))"
    );
    note(tx, task, &which, (ReviewResult::Overturned, "every issue was withdrawn after the author's answer"))
}

fn note(tx: &mut Tx<'_>, task: TaskId, which: &str, (result, why): (ReviewResult, &str)) -> Result<(), StoreError> {
    let sql = format!("UPDATE reviews SET result = ?2, result_reason = ?3, result_at = ?4 WHERE task = ?1 AND {which}");
    tx.conn.execute(&sql, params![task.0, result.as_str(), why, ms(tx.now())])?;
    Ok(())
}

/// The track record of one reviewer.
pub fn of(db: &Db<'_>, reviewer: &Actor) -> Result<TrackRecord, StoreError> {
    let submitted = "SELECT count(*) FROM reviews WHERE reviewer = ?1";
    let name = reviewer.to_string();
    let submitted: i64 = db.conn.prepare_cached(submitted)?.query_row([&name], |row| row.get(0))?;
    let which = "reviewer = ?1 AND result IS NOT NULL ORDER BY result_at DESC, id DESC LIMIT ?2";
    Ok(track_record(reviewer.clone(), submitted, &forecasts(db, which, params![name, MOST])?))
}

/// The track records of everybody who has reviewed, by name.
pub fn all(db: &Db<'_>) -> Result<Vec<TrackRecord>, StoreError> {
    let mut select = db.conn.prepare_cached("SELECT DISTINCT reviewer FROM reviews ORDER BY reviewer")?;
    let mut rows = select.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let reviewer = Columns::new(row).word("reviewer")?;
        found.push(of(db, &reviewer)?);
    }
    Ok(found)
}

fn forecasts(db: &Db<'_>, which: &str, values: impl Params) -> Result<Vec<Forecast>, StoreError> {
    let sql = format!("SELECT verdict, confidence, result FROM reviews WHERE {which}");
    let mut select = db.conn.prepare_cached(&sql)?;
    let mut rows = select.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        let verdict: Verdict = columns.word("verdict")?;
        let confidence = columns.get()?;
        let held = columns.word::<ReviewResult>("review result")? == ReviewResult::Confirmed;
        found.push(Forecast { approves: verdict == Verdict::Approved, confidence, held });
    }
    Ok(found)
}
