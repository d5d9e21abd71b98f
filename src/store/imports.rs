//! Records of a task that was worked on elsewhere: written as they were, with their authors and times, as one change.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::params;
use serde_json::json;

use super::{
    error::StoreError,
    row::{ms, to_json},
    tx::Tx,
};
use crate::model::{
    event::{EventKind, Level, NewEvent},
    ids::{Actor, TaskId},
    imports::{Records, ReviewLine},
    records::Output,
};

/// Writes everything; answers with how many records there are. Nothing follows from them: policy decided elsewhere, and nobody
/// is told of mentions that were answered long ago.
pub fn insert(
    tx: &mut Tx<'_>,
    task: TaskId,
    records: &Records,
    outputs: &[Output],
    by: &Actor,
) -> Result<i64, StoreError> {
    let now = tx.now();
    let at = |given: Option<DateTime<Utc>>| ms(given.unwrap_or(now));
    for one in &records.comments {
        let sql = "INSERT INTO comments (task, author, body, comment_type, mentions, created_at) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let (author, mentions) = (one.author.to_string(), to_json(&one.mentions)?);
        let values = params![task.0, author, one.body, one.comment_type.as_str(), mentions, at(one.created_at)];
        tx.conn.prepare_cached(sql)?.execute(values)?;
    }
    for one in &records.decisions {
        let sql = "INSERT INTO decisions (task, agent, decision, rationale, created_at) VALUES (?1, ?2, ?3, ?4, ?5)";
        let values = params![task.0, one.agent.to_string(), one.decision, one.rationale, at(one.created_at)];
        tx.conn.prepare_cached(sql)?.execute(values)?;
    }
    for one in &records.observations {
        let sql = "INSERT INTO observations (task, agent, body, severity, created_at) VALUES (?1, ?2, ?3, ?4, ?5)";
        let values = params![task.0, one.agent.to_string(), one.body, one.severity.as_str(), at(one.created_at)];
        tx.conn.prepare_cached(sql)?.execute(values)?;
    }
    for one in outputs {
        let sql = "INSERT INTO outputs (task, agent, title, output_type, summary, path, size_bytes, sha256, round, \
                   created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
        tx.conn.prepare_cached(sql)?.execute(params![
            task.0,
            one.agent.to_string(),
            one.title,
            one.output_type.as_str(),
            one.summary,
            one.path,
            one.size_bytes,
            one.sha256,
            one.round,
            ms(one.created_at),
        ])?;
    }
    let ids = reviews(tx, task, &records.reviews)?;
    let mut count = records.count_without_outputs() + i64::try_from(outputs.len()).unwrap_or(0);
    for one in &records.rebuttals {
        let Some(review) = ids.reviews.get(&one.review_id) else {
            count -= 1;
            continue;
        };
        let mut answers = one.answers.clone();
        answers.retain_mut(|answer| {
            ids.issues.get(&answer.issue_id).is_some_and(|fresh| {
                answer.issue_id = *fresh;
                true
            })
        });
        let sql = "INSERT INTO rebuttals (task, review, author, round, answers, created_at, decided_at) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let (author, answers) = (one.author.to_string(), to_json(&answers)?);
        let values = params![task.0, review, author, one.round, answers, at(one.created_at), ms(now)];
        tx.conn.prepare_cached(sql)?.execute(values)?;
    }
    let summary = format!("{count} records were imported by {by}");
    let event = NewEvent::new(EventKind::CommentAdded, Some(task), by.clone(), summary).level(Level::Routine);
    tx.event(event.payload(json!({"imported": count})))?;
    Ok(count)
}

/// New ids by those of the export.
#[derive(Default)]
struct Ids {
    reviews: HashMap<i64, i64>,
    issues: HashMap<i64, i64>,
}

fn reviews(tx: &Tx<'_>, task: TaskId, reviews: &[ReviewLine]) -> Result<Ids, StoreError> {
    let mut ids = Ids::default();
    let now = tx.now();
    for one in reviews {
        let sql = "INSERT INTO reviews (task, reviewer, verdict, confidence, round, created_at, decided_at, result, \
                   result_reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        let result = one.result.map(|result| result.as_str());
        let (reviewer, at) = (one.reviewer.to_string(), ms(one.created_at.unwrap_or(now)));
        let values = params![
            task.0,
            reviewer,
            one.verdict.as_str(),
            one.confidence,
            one.round,
            at,
            ms(now),
            result,
            one.result_reason,
        ];
        tx.conn.prepare_cached(sql)?.execute(values)?;
        let review = tx.conn.last_insert_rowid();
        ids.reviews.insert(one.id, review);
        for issue in &one.issues {
            let known = |old: Option<i64>| old.and_then(|old| ids.issues.get(&old).copied());
            let (upholds, repeats) = (known(issue.upholds), known(issue.repeats));
            let sql = "INSERT INTO review_issues (review, severity, text, stance, reason, ruling, ruling_reason, upholds, \
                       repeats) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
            let (stance, ruling) = (issue.stance.map(|word| word.as_str()), issue.ruling.map(|word| word.as_str()));
            let severity = issue.severity.as_str();
            let values = params![
                review,
                severity,
                issue.text,
                stance,
                issue.reason,
                ruling,
                issue.ruling_reason,
                upholds,
                repeats,
            ];
            tx.conn.prepare_cached(sql)?.execute(values)?;
            ids.issues.insert(issue.id, tx.conn.last_insert_rowid());
        }
        for file in &one.judged {
            let sql = "INSERT OR REPLACE INTO judged_outputs (review, title, path, size_bytes, sha256) \
                       VALUES (?1, ?2, ?3, ?4, ?5)";
            let values = params![review, file.title, file.path, file.size_bytes, file.sha256];
            tx.conn.prepare_cached(sql)?.execute(values)?;
        }
    }
    Ok(ids)
}
