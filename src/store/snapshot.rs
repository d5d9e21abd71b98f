//! Tasks as scripts see them: a task with all that hangs on it, read with one statement per table.

mod reviews;

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{ParamsFromIter, Row, params_from_iter};

use self::reviews::Ground;
use super::{
    error::StoreError,
    row::{Columns, ms, to_json},
    tx::Db,
};
use crate::model::{
    attempt::AttemptState,
    excused::Excused,
    ids::{AgentId, AttemptId, ProjectId, TaskId},
    outcome::Outcome,
    snapshot::{AttemptFacts, TaskFacts},
    status::Status,
    task::RiskLevel,
};

/// What the picture depends on beside the rows.
#[derive(Debug, Clone, Copy)]
pub struct View {
    /// The tick's time.
    pub now: DateTime<Utc>,
    /// Rounds of review that are allowed where policy has not said.
    pub max_rounds: i64,
    /// Time that counts against nobody.
    pub excused: Excused,
}

/// A task as it was seen.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    /// The task.
    pub facts: Arc<TaskFacts>,
    /// Since when it has its status.
    status_since: DateTime<Utc>,
}

impl Seen {
    /// True when time changes nothing about it but how old it is: nobody works on it, and nobody is waited for.
    pub fn only_ages(&self) -> bool {
        let facts = &self.facts;
        facts.status != Status::Claimed && facts.live_attempts_count == 0 && facts.discussion_round == 0
    }

    /// The same task later on. Only for one that [only ages](Self::only_ages).
    pub fn age(&mut self, now: DateTime<Utc>) {
        let facts = Arc::make_mut(&mut self.facts);
        facts.age_seconds = seconds(now, facts.created_at);
        facts.in_status_seconds = seconds(now, self.status_since);
        facts.is_ready = is_ready(facts, now);
    }
}

/// All open tasks, most urgent first, then oldest first.
pub(super) fn open_tasks(db: &Db<'_>, project: &ProjectId, view: View) -> Result<Vec<Seen>, StoreError> {
    Reading::of(db, project, view, Which::Open)?.tasks(db, view)
}

/// These tasks, open or not, as far as they are there.
pub(super) fn these_tasks(
    db: &Db<'_>,
    project: &ProjectId,
    view: View,
    tasks: &BTreeSet<i64>,
) -> Result<Vec<Seen>, StoreError> {
    Reading::of(db, project, view, Which::These(to_json(tasks)?))?.tasks(db, view)
}

/// One task as a script sees it, open or not.
pub fn task(db: &Db<'_>, project: &ProjectId, view: View, task: TaskId) -> Result<Arc<TaskFacts>, StoreError> {
    let found = these_tasks(db, project, view, &BTreeSet::from([task.0]))?.pop();
    found.map(|seen| seen.facts).ok_or_else(|| StoreError::NotFound(format!("task {task} in project {project}")))
}

/// Which tasks are read.
#[derive(Default)]
enum Which {
    /// The open ones.
    #[default]
    Open,
    /// Those of this list of numbers, as JSON.
    These(String),
}

impl Which {
    /// The condition, on `tasks t`.
    const fn condition(&self) -> &'static str {
        match self {
            Self::Open => "t.status NOT IN ('done', 'failed', 'cancelled')",
            Self::These(_) => "t.id IN (SELECT value FROM json_each(?1))",
        }
    }

    /// What the condition is about.
    fn values(&self) -> ParamsFromIter<Option<&String>> {
        params_from_iter(match self {
            Self::Open => None,
            Self::These(list) => Some(list),
        })
    }
}

/// What hangs on the tasks, read beforehand in one statement per table.
#[derive(Default)]
struct Reading {
    which: Which,
    attempts: HashMap<i64, Vec<Arc<AttemptFacts>>>,
    grounds: HashMap<i64, Ground>,
    output_authors: HashMap<i64, Vec<AgentId>>,
    dependencies: HashMap<i64, Vec<TaskId>>,
    counts: HashMap<i64, Counts>,
}

#[derive(Default, Clone, Copy)]
struct Counts {
    outputs: i64,
    comments: i64,
    children: i64,
}

impl Reading {
    fn of(db: &Db<'_>, project: &ProjectId, view: View, which: Which) -> Result<Self, StoreError> {
        let mut reading = Self { which, ..Self::default() };
        reading.read_attempts(db, project, view)?;
        reading.read_grounds(db)?;
        reading.read_dependencies(db)?;
        reading.count(db, "comments", |counts| &mut counts.comments)?;
        reading.count_children(db)?;
        Ok(reading)
    }

    fn read_attempts(&mut self, db: &Db<'_>, project: &ProjectId, view: View) -> Result<(), StoreError> {
        let sql = format!(
            "SELECT a.task, a.number, a.agent, a.kind, a.runner, a.spawned, a.state, a.round, a.created_at,
                    a.started_at, a.last_output_at, a.heartbeat_at, a.ended_at, a.timeout_seconds, a.outcome,
                    a.exit_code, a.detail, a.nudges_count, a.provider, a.resets_at,
                    coalesce(u.tokens_in + u.tokens_out, 0), coalesce(u.money_micros, 0)
             FROM task_attempts a JOIN tasks t ON t.id = a.task
             LEFT JOIN usage u ON u.task = a.task AND u.attempt = a.number
             WHERE {} ORDER BY a.task, a.number",
            self.which.condition()
        );
        let mut select = db.conn.prepare_cached(&sql)?;
        let mut rows = select.query(self.which.values())?;
        while let Some(row) = rows.next()? {
            let facts = attempt(project, row, view)?;
            self.attempts.entry(facts.task.0).or_default().push(Arc::new(facts));
        }
        Ok(())
    }

    fn read_dependencies(&mut self, db: &Db<'_>) -> Result<(), StoreError> {
        let sql = format!(
            "SELECT d.task, d.depends_on FROM task_dependencies d JOIN tasks t ON t.id = d.task WHERE {}",
            self.which.condition()
        );
        let mut select = db.conn.prepare_cached(&sql)?;
        let mut rows = select.query(self.which.values())?;
        while let Some(row) = rows.next()? {
            self.dependencies.entry(row.get(0)?).or_default().push(TaskId(row.get(1)?));
        }
        Ok(())
    }

    fn count(&mut self, db: &Db<'_>, table: &str, field: fn(&mut Counts) -> &mut i64) -> Result<(), StoreError> {
        let sql = format!(
            "SELECT x.task, count(*) FROM {table} x JOIN tasks t ON t.id = x.task WHERE {} GROUP BY x.task",
            self.which.condition()
        );
        let mut select = db.conn.prepare_cached(&sql)?;
        let mut rows = select.query(self.which.values())?;
        while let Some(row) = rows.next()? {
            *field(self.counts.entry(row.get(0)?).or_default()) = row.get(1)?;
        }
        Ok(())
    }

    fn count_children(&mut self, db: &Db<'_>) -> Result<(), StoreError> {
        let which = match self.which {
            Which::Open => "parent IS NOT NULL",
            Which::These(_) => "parent IN (SELECT value FROM json_each(?1))",
        };
        let sql = format!("SELECT parent, count(*) FROM tasks WHERE {which} GROUP BY parent");
        let mut select = db.conn.prepare_cached(&sql)?;
        let mut rows = select.query(self.which.values())?;
        while let Some(row) = rows.next()? {
            self.counts.entry(row.get(0)?).or_default().children = row.get(1)?;
        }
        Ok(())
    }

    fn tasks(mut self, db: &Db<'_>, view: View) -> Result<Vec<Seen>, StoreError> {
        let sql = format!(
            "SELECT t.id, t.title, t.description, t.status, t.assignee, t.created_by, t.owner, t.priority, t.task_type,
                    t.risk_level, t.risk_set_by, t.parent, t.next_trigger, t.review_phase, t.round,
                    t.approvals_needed, t.max_rounds, t.rounds_before, t.dispatch_count, t.retry_count,
                    t.blocked_on, t.escalated_to, t.reason, t.not_before, t.created_at, t.allowance,
                    t.counts_from, t.status_since
             FROM tasks t WHERE {} ORDER BY t.priority DESC, t.id",
            self.which.condition()
        );
        let mut select = db.conn.prepare_cached(&sql)?;
        let mut rows = select.query(self.which.values())?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(self.task(row, view)?);
        }
        Ok(found)
    }

    fn task(&mut self, row: &Row<'_>, view: View) -> Result<Seen, StoreError> {
        let mut columns = Columns::new(row);
        let number: i64 = columns.get()?;
        let mut facts = TaskFacts {
            id: TaskId(number),
            title: columns.get()?,
            description: columns.get()?,
            status: columns.word("status")?,
            assignee: columns.optional_word("assignee")?,
            created_by: columns.word("creator")?,
            owner: columns.optional_word("owner")?,
            priority: columns.get()?,
            task_type: columns.get()?,
            risk_level: columns.word::<RiskLevel>("risk level")?,
            risk_set_by: columns.optional_word("author of the risk")?,
            parent: columns.get::<Option<i64>>()?.map(TaskId),
            trigger: columns.word("trigger")?,
            review_phase: columns.optional_word("review phase")?,
            round: columns.get()?,
            approvals_needed: columns.get::<Option<i64>>()?.unwrap_or(0),
            max_rounds: rounds(&mut columns, view)?,
            dispatch_count: columns.get()?,
            retry_count: columns.get()?,
            blocked_on: columns.get()?,
            escalated_to: columns.optional_word("escalation target")?,
            reason: columns.get()?,
            not_before: columns.optional_time()?,
            created_at: columns.time()?,
            in_status_seconds: 0,
            allowance: columns.optional_json("allowance")?.unwrap_or_default(),
            depends_on: self.dependencies.remove(&number).unwrap_or_default(),
            attempts: self.attempts.remove(&number).unwrap_or_default(),
            approvals_missing: 0,
            reviews: Vec::new(),
            authors: self.output_authors.remove(&number).unwrap_or_default(),
            outputs: Vec::new(),
            unreadable: Vec::new(),
            is_unchanged: false,
            questions_count: 0,
            gate_waits_for: Vec::new(),
            discussion_round: 0,
            discussion_step: None,
            discussion_waits_for: Vec::new(),
            discussion_seconds: 0,
            review_tokens: 0,
            outputs_count: 0,
            comments_count: 0,
            subtasks_count: 0,
            live_attempts_count: 0,
            tokens: 0,
            cost_micros: 0,
            is_ready: false,
            age_seconds: 0,
        };
        mark_settled(&mut facts, columns.get()?);
        let status_since = columns.time()?;
        let counts = self.counts.get(&number).copied().unwrap_or_default();
        let ground = self.grounds.remove(&number).unwrap_or_default();
        facts.in_status_seconds = seconds(view.now, status_since);
        derive(&mut facts, counts, ground, view);
        Ok(Seen { facts: Arc::new(facts), status_since })
    }
}

/// Everything about a task that follows from what was read.
fn derive(facts: &mut TaskFacts, counts: Counts, ground: Ground, view: View) {
    facts.outputs_count = counts.outputs;
    facts.comments_count = counts.comments;
    facts.subtasks_count = counts.children;
    facts.age_seconds = seconds(view.now, facts.created_at);
    facts.tokens = facts.attempts.iter().map(|attempt| attempt.tokens).sum();
    facts.cost_micros = facts.attempts.iter().map(|attempt| attempt.cost_micros).sum();
    facts.live_attempts_count = facts.attempts.iter().filter(|attempt| attempt.is_live).count() as i64;
    if facts.status == Status::Claimed {
        for attempt in facts.attempts.iter_mut().filter(|attempt| attempt.is_live && attempt.kind.owns_task()) {
            Arc::make_mut(attempt).is_started = false;
        }
    }
    let authoring = facts.attempts.iter().filter(|attempt| attempt.kind.is_authorship());
    facts.authors.extend(authoring.filter_map(|attempt| attempt.agent.agent().cloned()));
    facts.authors.sort();
    facts.authors.dedup();
    // Nothing is accepted before policy has said how deep the review goes.
    let needed = facts.approvals_needed.max(i64::from(facts.status == Status::Review));
    ground.into_facts(facts, needed, view.now);
    if facts.status == Status::Claimed {
        // Whoever claimed is measured by it, so time in which nobody could be heard does not count.
        let since = view.now - TimeDelta::seconds(facts.in_status_seconds);
        facts.in_status_seconds = view.excused.silence(since, view.now);
    }
    facts.is_ready = is_ready(facts, view.now);
}

fn is_ready(facts: &TaskFacts, now: DateTime<Utc>) -> bool {
    let waits = facts.not_before.is_some_and(|time| time > now);
    facts.status == Status::Pending && !waits && facts.subtasks_count == 0
}

/// Attempts before this one began before a person last decided.
fn mark_settled(facts: &mut TaskFacts, counts_from: i64) {
    for attempt in facts.attempts.iter_mut().filter(|attempt| attempt.id.number < counts_from) {
        Arc::make_mut(attempt).is_settled = true;
    }
}

/// Rounds that a task may have; until policy has said it, as many as usual from where its review began.
fn rounds(columns: &mut Columns<'_>, view: View) -> Result<i64, StoreError> {
    let (said, before) = (columns.get::<Option<i64>>()?, columns.get::<i64>()?);
    Ok(said.unwrap_or(view.max_rounds + before))
}

fn attempt(project: &ProjectId, row: &Row<'_>, view: View) -> Result<AttemptFacts, StoreError> {
    let mut columns = Columns::new(row);
    let (task, number) = (TaskId(columns.get()?), columns.get()?);
    let (agent, kind) = (columns.word("agent")?, columns.word("trigger")?);
    let (runner, spawned) = (columns.get()?, columns.get()?);
    let state: AttemptState = columns.word("attempt state")?;
    let round = columns.get()?;
    let created_at = columns.time()?;
    let started_at = columns.optional_time()?.unwrap_or(created_at);
    let printed_at = columns.optional_time()?.unwrap_or(started_at);
    let heartbeat_at = columns.optional_time()?.unwrap_or(started_at);
    let ended_at = columns.optional_time()?;
    // What has ended is not judged any more.
    let (end, excused) = ended_at.map_or((view.now, view.excused), |ended_at| (ended_at, Excused::default()));
    let timeout_seconds = columns.get()?;
    let outcome: Option<Outcome> = columns.optional_word("outcome")?;
    let (exit_code, detail, nudges_count, provider) = (columns.get()?, columns.get()?, columns.get()?, columns.get()?);
    let resets_at = columns.optional_time()?;
    Ok(AttemptFacts {
        id: AttemptId { project: project.clone(), task, number },
        task,
        agent,
        kind,
        runner,
        spawned,
        is_live: state != AttemptState::Ended,
        is_started: true,
        is_settled: false,
        round,
        started_at,
        runtime_seconds: excused.runtime(started_at, end),
        silent_seconds: excused.silence(printed_at, end),
        heartbeat_seconds: excused.silence(heartbeat_at, end),
        timeout_seconds,
        outcome,
        retry_class: outcome.map(Outcome::retry_class),
        resets_at,
        retry_after_seconds: resets_at.map(|at| seconds(at, end).max(0)),
        tokens: columns.get()?,
        cost_micros: columns.get()?,
        exit_code,
        detail,
        nudges_count,
        provider,
    })
}

pub(super) fn seconds(later: DateTime<Utc>, earlier: DateTime<Utc>) -> i64 {
    (ms(later) - ms(earlier)) / 1000
}
