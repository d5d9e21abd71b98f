//! How a task is read from its row.

use rusqlite::Row;

use crate::{
    model::{
        ids::{AttemptId, ProjectId, TaskId},
        status::Lifecycle,
        task::{ReviewDepth, Task},
    },
    store::{StoreError, row::Columns},
};

/// What `SELECT` needs so that [`read`] can make a [`Task`].
pub(super) const COLUMNS: &str = "t.id, t.title, t.description, t.status, t.status_since, t.resumed_from, t.claimed_at, \
    t.started_at, t.completed_at, t.fence, t.round, t.retry_count, t.assignee, t.created_by, t.priority, t.task_type, \
    t.risk_level, t.must_haves, t.parent, t.owner, t.attempt, t.next_trigger, t.review_phase, t.approvals_needed, \
    t.max_rounds, t.dispatch_count, t.blocked_on, t.escalated_to, t.reason, t.summary, t.not_before, t.created_at, t.updated_at, t.revision, \
    (SELECT json_group_array(d.depends_on) FROM task_dependencies d WHERE d.task = t.id), \
    (SELECT 'pending' FROM gates g WHERE g.task = t.id), \
    coalesce((SELECT g.waits_for FROM gates g WHERE g.task = t.id), '[]'), \
    (SELECT count(*) FROM comments c WHERE c.task = t.id), \
    (SELECT count(*) FROM outputs o WHERE o.task = t.id), \
    (SELECT count(*) FROM reviews r WHERE r.task = t.id), \
    (SELECT count(*) FROM tasks s WHERE s.parent = t.id), \
    (SELECT json_object('tokens_in', coalesce(sum(u.tokens_in), 0), 'tokens_out', coalesce(sum(u.tokens_out), 0), \
                        'tokens_cached', coalesce(sum(u.tokens_cached), 0), \
                        'cost_micros', coalesce(sum(u.money_micros), 0)) FROM usage u WHERE u.task = t.id), \
    t.allowance, t.rounds_before, t.counts_from, t.risk_set_by";

/// The task of a row of [`COLUMNS`].
pub(super) fn read(project: &ProjectId, row: &Row<'_>) -> Result<Task, StoreError> {
    let mut columns = Columns::new(row);
    let id = TaskId(columns.get()?);
    let (title, description) = (columns.get()?, columns.get()?);
    let lifecycle = read_lifecycle(&mut columns)?;
    let mut task = Task {
        id,
        project: project.clone(),
        title,
        description,
        lifecycle,
        assignee: columns.optional_word("assignee")?,
        created_by: columns.word("creator")?,
        priority: columns.get()?,
        task_type: columns.get()?,
        risk_level: columns.word("risk level")?,
        must_haves: columns.json("must_haves")?,
        parent: columns.get::<Option<i64>>()?.map(TaskId),
        owner: columns.optional_word("owner")?,
        attempt: columns.get::<Option<i64>>()?.map(|number| AttemptId { project: project.clone(), task: id, number }),
        trigger: columns.word("trigger")?,
        review_phase: columns.optional_word("review phase")?,
        review_depth: read_depth(&mut columns)?,
        dispatch_count: columns.get()?,
        blocked_on: columns.get()?,
        escalated_to: columns.optional_word("escalation target")?,
        reason: columns.get()?,
        summary: columns.get()?,
        not_before: columns.optional_time()?,
        created_at: columns.time()?,
        updated_at: columns.time()?,
        revision: columns.get()?,
        depends_on: columns.json::<Vec<i64>>("dependencies")?.into_iter().map(TaskId).collect(),
        gate: columns.optional_word("gate")?,
        gate_waits_for: columns.json("checks")?,
        comments_count: columns.get()?,
        outputs_count: columns.get()?,
        reviews_count: columns.get()?,
        subtasks_count: columns.get()?,
        usage: columns.json("usage")?,
        allowance: columns.optional_json("allowance")?.unwrap_or_default(),
        counts_from: 0,
        risk_set_by: None,
    };
    task.lifecycle.rounds_before = columns.get()?;
    task.counts_from = columns.get()?;
    task.risk_set_by = columns.optional_word("author of the risk")?;
    Ok(task)
}

fn read_depth(columns: &mut Columns<'_>) -> Result<Option<ReviewDepth>, StoreError> {
    let (approvals, max_rounds) = (columns.get::<Option<i64>>()?, columns.get::<Option<i64>>()?);
    Ok(approvals.zip(max_rounds).map(|(approvals, max_rounds)| ReviewDepth { approvals, max_rounds }))
}

fn read_lifecycle(columns: &mut Columns<'_>) -> Result<Lifecycle, StoreError> {
    Ok(Lifecycle {
        status: columns.word("status")?,
        status_since: columns.time()?,
        resumed_from: columns.optional_word("status")?,
        claimed_at: columns.optional_time()?,
        started_at: columns.optional_time()?,
        completed_at: columns.optional_time()?,
        fence: columns.get()?,
        round: columns.get()?,
        rounds_before: 0,
        retry_count: columns.get()?,
    })
}
