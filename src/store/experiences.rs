//! Lessons and their tags.

use rusqlite::params;
use serde_json::json;

use super::{
    comments::first_line,
    error::StoreError,
    row::{Columns, ms},
    tx::{Db, Tx},
};
use crate::model::{
    event::{EventKind, NewEvent},
    ids::{Actor, ProjectId, TaskId},
    records::{Experience, ExperienceStatus},
    snapshot::{ExperienceFacts, TagFacts},
};

/// Writes a lesson down.
pub fn insert(
    tx: &mut Tx<'_>,
    project: &ProjectId,
    (task, agent): (TaskId, Actor),
    lesson: String,
    tags: Vec<String>,
) -> Result<Experience, StoreError> {
    let sql = "INSERT INTO experiences (task, agent, lesson, created_at) VALUES (?1, ?2, ?3, ?4)";
    tx.conn.prepare_cached(sql)?.execute(params![task.0, agent.to_string(), lesson, ms(tx.now())])?;
    let id = tx.conn.last_insert_rowid();
    for tag in &tags {
        let sql = "INSERT OR IGNORE INTO experience_tags (experience, tag) VALUES (?1, ?2)";
        tx.conn.prepare_cached(sql)?.execute(params![id, tag])?;
    }
    let summary = format!("{agent} learned: {}", first_line(&lesson));
    let event = NewEvent::new(EventKind::ExperienceLearned, Some(task), agent.clone(), summary);
    tx.event(event.payload(json!({"experience": id, "tags": tags})))?;
    Ok(Experience {
        id,
        project: project.clone(),
        task,
        agent,
        lesson,
        tags,
        status: ExperienceStatus::Active,
        references_count: 0,
        last_referenced_at: None,
        created_at: tx.now(),
    })
}

/// Lessons, newest first; with this tag only, when given.
pub fn list(
    db: &Db<'_>,
    project: &ProjectId,
    tag: Option<&str>,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Experience>, StoreError> {
    let mut select = db.conn.prepare_cached(
        "SELECT e.id, e.task, e.agent, e.lesson,
                (SELECT json_group_array(tag) FROM experience_tags t WHERE t.experience = e.id),
                e.status, e.references_count, e.last_referenced_at, e.created_at
         FROM experiences e
         WHERE (?1 IS NULL OR EXISTS (SELECT 1 FROM experience_tags t WHERE t.experience = e.id AND t.tag = ?1))
           AND e.id < ?2 ORDER BY e.id DESC LIMIT ?3",
    )?;
    let mut rows = select.query(params![tag, before.unwrap_or(i64::MAX), limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        found.push(Experience {
            id: columns.get()?,
            project: project.clone(),
            task: TaskId(columns.get()?),
            agent: columns.word("agent")?,
            lesson: columns.get()?,
            tags: columns.json("tags")?,
            status: columns.word("experience status")?,
            references_count: columns.get()?,
            last_referenced_at: columns.optional_time()?,
            created_at: columns.time()?,
        });
    }
    Ok(found)
}

/// Every tag with its active lessons that were not distilled yet.
pub fn tags(db: &Db<'_>) -> Result<Vec<TagFacts>, StoreError> {
    let mut select = db.conn.prepare_cached(
        "SELECT t.tag, count(*), count(DISTINCT e.task) FROM experience_tags t JOIN experiences e ON e.id = t.experience
         WHERE e.status = 'active' AND e.distilled_at IS NULL GROUP BY t.tag ORDER BY t.tag",
    )?;
    let rows = select.query_map([], |row| {
        Ok(TagFacts { tag: row.get(0)?, experiences_count: row.get(1)?, tasks_count: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes that the active lessons of a tag go into a skill; answers with how many.
pub fn mark_distilled(tx: &mut Tx<'_>, tag: &str) -> Result<usize, StoreError> {
    let sql = "UPDATE experiences SET distilled_at = ?2 WHERE status = 'active' AND distilled_at IS NULL
               AND id IN (SELECT experience FROM experience_tags WHERE tag = ?1)";
    Ok(tx.conn.prepare_cached(sql)?.execute(params![tag, ms(tx.now())])?)
}

/// The active lessons as `should_expire` sees them.
pub fn active_facts(db: &Db<'_>, now_ms: i64) -> Result<Vec<ExperienceFacts>, StoreError> {
    let mut select = db.conn.prepare_cached(
        "SELECT e.id, (SELECT json_group_array(tag) FROM experience_tags t WHERE t.experience = e.id),
                e.references_count, (?1 - coalesce(e.last_referenced_at, e.created_at)) / 1000
         FROM experiences e WHERE e.status = 'active' ORDER BY e.id",
    )?;
    let mut rows = select.query([now_ms])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new(row);
        found.push(ExperienceFacts {
            id: columns.get()?,
            tags: columns.json("tags")?,
            references_count: columns.get()?,
            unused_seconds: columns.get()?,
        });
    }
    Ok(found)
}

/// Notes that lessons were put into a prompt.
pub fn refer(tx: &mut Tx<'_>, ids: &[i64]) -> Result<(), StoreError> {
    let sql = "UPDATE experiences SET references_count = references_count + 1, last_referenced_at = ?2 WHERE id = ?1";
    for id in ids {
        tx.conn.prepare_cached(sql)?.execute(params![id, ms(tx.now())])?;
    }
    Ok(())
}

/// Deprecates lessons.
pub fn deprecate(tx: &mut Tx<'_>, ids: &[i64]) -> Result<(), StoreError> {
    for id in ids {
        tx.conn.prepare_cached("UPDATE experiences SET status = 'deprecated' WHERE id = ?1")?.execute([id])?;
    }
    Ok(())
}
