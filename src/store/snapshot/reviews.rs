//! What a task's review stands on: outputs, verdicts, what was judged before, and what it has cost.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use rusqlite::Row;

use super::{Reading, seconds};
use crate::{
    model::{
        approvals,
        discussion::{DiscussionStep, VOICES},
        ids::{Actor, AgentId, TaskId},
        records::IssueSeverity,
        snapshot::{IssueFacts, OutputFacts, ReviewFacts, TaskFacts},
        task::Trigger,
    },
    store::{error::StoreError, row::Columns, tx::Db},
};

/// What belongs to the review of one task.
#[derive(Default)]
pub(super) struct Ground {
    pub reviews: Vec<ReviewFacts>,
    pub outputs: Vec<Arc<OutputFacts>>,
    /// Hashes by title, of the newest review of an earlier round.
    judged_before: HashMap<String, Option<String>>,
    unreadable: Vec<Actor>,
    questions: i64,
    gate_waits_for: Vec<String>,
    discussion: Option<Discussion>,
    tokens: i64,
}

/// The last round of a task's discussion.
struct Discussion {
    round: i64,
    step: DiscussionStep,
    asked: Vec<AgentId>,
    spoke: Vec<AgentId>,
    opened_at: DateTime<Utc>,
}

impl Reading {
    pub(super) fn read_grounds(&mut self, db: &Db<'_>) -> Result<(), StoreError> {
        self.read_reviews(db)?;
        self.read_outputs(db)?;
        self.read_judged(db)?;
        self.read_unreadable(db)?;
        self.read_guards(db)?;
        self.read_discussions(db)?;
        self.read_tokens(db)
    }

    fn each(
        &mut self,
        db: &Db<'_>,
        select: &str,
        mut take: impl FnMut(&mut Self, &Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let sql = select.replace("{which}", self.which.condition());
        let mut select = db.conn.prepare_cached(&sql)?;
        let condition = std::mem::take(&mut self.which);
        let mut rows = select.query(condition.values())?;
        while let Some(row) = rows.next()? {
            take(self, row)?;
        }
        drop(rows);
        self.which = condition;
        Ok(())
    }

    fn ground(&mut self, task: i64) -> &mut Ground {
        self.grounds.entry(task).or_default()
    }

    fn read_reviews(&mut self, db: &Db<'_>) -> Result<(), StoreError> {
        let sql = "SELECT r.id, r.task, r.reviewer, r.verdict, r.confidence, r.round, r.created_at,
                    (SELECT json_group_array(json_object('id', i.id, 'severity', i.severity, 'text', i.text,
                                                         'stance', i.stance, 'reason', i.reason, 'ruling', i.ruling,
                                                         'upholds', i.upholds, 'repeats', i.repeats))
                     FROM review_issues i WHERE i.review = r.id)
             FROM reviews r JOIN tasks t ON t.id = r.task WHERE {which} ORDER BY r.id";
        self.each(db, sql, |reading, row| {
            let facts = review(row)?;
            reading.ground(facts.task.0).reviews.push(facts);
            Ok(())
        })
    }

    fn read_outputs(&mut self, db: &Db<'_>) -> Result<(), StoreError> {
        let sql = "SELECT o.task, o.agent, o.title, o.path, o.output_type, o.size_bytes, o.sha256, o.round
             FROM outputs o JOIN tasks t ON t.id = o.task WHERE {which} ORDER BY o.id";
        self.each(db, sql, |reading, row| {
            let mut columns = Columns::new(row);
            let task: i64 = columns.get()?;
            let author: String = columns.get()?;
            let output = OutputFacts {
                title: columns.get()?,
                path: columns.get()?,
                output_type: columns.word("output type")?,
                size_bytes: columns.get()?,
                sha256: columns.get()?,
                round: columns.get()?,
            };
            reading.counts.entry(task).or_default().outputs += 1;
            // People are authors too, but only agents are dispatched as reviewers.
            reading.output_authors.entry(task).or_default().extend(AgentId::parse(&author).ok());
            let outputs = &mut reading.ground(task).outputs;
            match outputs.iter_mut().find(|known| known.title == output.title) {
                Some(known) => *known = Arc::new(output),
                None => outputs.push(Arc::new(output)),
            }
            Ok(())
        })
    }

    fn read_judged(&mut self, db: &Db<'_>) -> Result<(), StoreError> {
        let sql = "SELECT r.task, j.title, j.sha256 FROM judged_outputs j JOIN reviews r ON r.id = j.review
             JOIN tasks t ON t.id = r.task
             WHERE {which} AND r.id = (SELECT max(p.id) FROM reviews p WHERE p.task = t.id AND p.round < t.round)";
        self.each(db, sql, |reading, row| {
            reading.ground(row.get(0)?).judged_before.insert(row.get(1)?, row.get(2)?);
            Ok(())
        })
    }

    fn read_unreadable(&mut self, db: &Db<'_>) -> Result<(), StoreError> {
        let sql = "SELECT u.task, u.reviewer FROM unreadable_reviews u JOIN tasks t ON t.id = u.task
             WHERE {which} AND u.round = t.round ORDER BY u.id";
        self.each(db, sql, |reading, row| {
            let mut columns = Columns::new(row);
            let task = columns.get()?;
            let reviewer = columns.word("reviewer")?;
            reading.ground(task).unreadable.push(reviewer);
            Ok(())
        })
    }

    fn read_guards(&mut self, db: &Db<'_>) -> Result<(), StoreError> {
        let sql = "SELECT q.task, count(*) FROM guards q JOIN tasks t ON t.id = q.task
             WHERE {which} AND q.state = 'open' GROUP BY q.task";
        self.each(db, sql, |reading, row| {
            reading.ground(row.get(0)?).questions = row.get(1)?;
            Ok(())
        })?;
        let sql = "SELECT g.task, g.waits_for FROM gates g JOIN tasks t ON t.id = g.task WHERE {which}";
        self.each(db, sql, |reading, row| {
            let mut columns = Columns::new(row);
            let task = columns.get()?;
            reading.ground(task).gate_waits_for = columns.json("checks")?;
            Ok(())
        })
    }

    fn read_discussions(&mut self, db: &Db<'_>) -> Result<(), StoreError> {
        let voices = VOICES.map(|voice| format!("'{voice}'")).join(", ");
        let sql = format!(
            "SELECT d.task, d.round,
                    CASE WHEN d.summary_asked_at IS NULL THEN 'talk'
                         WHEN EXISTS (SELECT 1 FROM decisions x WHERE x.task = d.task AND x.agent = d.summary_by
                                      AND x.created_at >= d.summary_asked_at) THEN 'over' ELSE 'summary' END,
                    d.asked,
                    (SELECT json_group_array(DISTINCT c.author) FROM comments c WHERE c.task = d.task
                     AND c.created_at >= d.opened_at AND c.comment_type IN ({voices})
                     AND c.author IN (SELECT value FROM json_each(d.asked))),
                    d.opened_at
             FROM discussions d JOIN tasks t ON t.id = d.task WHERE {{which}}"
        );
        self.each(db, &sql, |reading, row| {
            let mut columns = Columns::new(row);
            let task = columns.get()?;
            let discussion = Discussion {
                round: columns.get()?,
                step: columns.word("discussion step")?,
                asked: columns.json("agents")?,
                spoke: columns.json("agents")?,
                opened_at: columns.time()?,
            };
            reading.ground(task).discussion = Some(discussion);
            Ok(())
        })
    }

    fn read_tokens(&mut self, db: &Db<'_>) -> Result<(), StoreError> {
        let sql = "SELECT a.task, sum(u.tokens_in + u.tokens_out) FROM usage u
             JOIN task_attempts a ON a.task = u.task AND a.number = u.attempt JOIN tasks t ON t.id = a.task
             WHERE {which} AND a.number >= t.counts_from
               AND a.kind IN ('review', 'rebut', 'arbitrate', 'round', 'guard') GROUP BY a.task";
        self.each(db, sql, |reading, row| {
            reading.ground(row.get(0)?).tokens = row.get(1)?;
            Ok(())
        })
    }
}

impl Ground {
    /// Puts it into the task's facts; `needed` approvals are asked for.
    pub(super) fn into_facts(mut self, facts: &mut TaskFacts, needed: i64, now: DateTime<Utc>) {
        if let Some(talk) = self.discussion.take() {
            facts.discussion_round = talk.round;
            facts.discussion_step = Some(talk.step);
            facts.discussion_waits_for = talk.asked.into_iter().filter(|id| !talk.spoke.contains(id)).collect();
            facts.discussion_seconds = seconds(now, talk.opened_at);
        }
        facts.is_unchanged = self.is_unchanged(facts);
        facts.reviews = with_rounds(self.reviews, needed, facts.max_rounds);
        facts.outputs = self.outputs;
        facts.unreadable = self.unreadable;
        facts.questions_count = self.questions;
        facts.gate_waits_for = self.gate_waits_for;
        facts.review_tokens = self.tokens;
        facts.approvals_missing = (needed - approvals(&facts.reviews, facts.round)).max(0);
    }

    /// Whether the task came into this round by a revision that changed no output. Without outputs nobody can tell.
    fn is_unchanged(&self, facts: &TaskFacts) -> bool {
        let revised = |kind, round| kind == Trigger::Revise && round == facts.round - 1;
        let by_revision = facts.attempts.iter().any(|attempt| revised(attempt.kind, attempt.round));
        let same = |output: &Arc<OutputFacts>| {
            self.judged_before.get(&output.title).is_some_and(|judged| judged.as_ref() == Some(&output.sha256))
        };
        by_revision && !self.outputs.is_empty() && self.outputs.iter().all(same)
    }
}

/// Approvals of a round.
fn approvals(reviews: &[Arc<ReviewFacts>], round: i64) -> i64 {
    let of_round = reviews.iter().filter(|review| review.round == round);
    approvals::approvals(of_round.map(|review| (&review.reviewer, review.verdict)))
}

fn with_rounds(reviews: Vec<ReviewFacts>, needed: i64, max_rounds: i64) -> Vec<Arc<ReviewFacts>> {
    let mut seen: Vec<Arc<ReviewFacts>> = Vec::with_capacity(reviews.len());
    for mut review in reviews {
        review.max_rounds = max_rounds;
        let round = review.round;
        seen.push(Arc::new(review.clone()));
        review.approvals_missing = (needed - approvals(&seen, round)).max(0);
        if let Some(last) = seen.last_mut() {
            *last = Arc::new(review);
        }
    }
    seen
}

fn review(row: &Row<'_>) -> Result<ReviewFacts, StoreError> {
    let mut columns = Columns::new(row);
    let mut facts = ReviewFacts {
        id: columns.get()?,
        task: TaskId(columns.get()?),
        reviewer: columns.word("reviewer")?,
        verdict: columns.word("verdict")?,
        confidence: columns.get()?,
        round: columns.get()?,
        max_rounds: 0,
        approvals_missing: 0,
        worst_severity: None,
        upheld_count: 0,
        repeats_count: 0,
        reviewer_reviews_count: 0,
        reviewer_brier: None,
        reviewer_overconfidence: None,
        at: columns.time()?,
        issues: columns.json::<Vec<IssueFacts>>("issues")?,
    };
    let count = |which: fn(&IssueFacts) -> bool| facts.issues.iter().filter(|issue| which(issue)).count() as i64;
    (facts.upheld_count, facts.repeats_count) = (count(|i| i.upholds.is_some()), count(|i| i.repeats.is_some()));
    facts.worst_severity = facts.issues.iter().map(|issue| issue.severity).max_by_key(|severity| rank(*severity));
    Ok(facts)
}

const fn rank(severity: IssueSeverity) -> u8 {
    match severity {
        IssueSeverity::Minor => 0,
        IssueSeverity::Major => 1,
        IssueSeverity::Critical => 2,
    }
}
