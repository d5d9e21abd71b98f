//! Lessons and their tags.

use rusqlite::params;
use serde_json::json;

use super::{
    comments::first_line,
    error::StoreError,
    row::{Columns, ms, to_json},
    tx::{Db, Tx},
};
use crate::model::{
    event::{EventKind, NewEvent},
    ids::{Actor, ProjectId, TaskId},
    records::{Experience, ExperienceStatus},
    snapshot::{ExperienceFacts, TagFacts},
};

/// A lesson that is about to be written.
#[derive(Debug, Clone)]
pub struct NewExperience {
    /// The task that it came from.
    pub task: TaskId,
    /// Who learned it.
    pub agent: Actor,
    /// What was learned.
    pub lesson: String,
    /// What it is about.
    pub tags: Vec<String>,
    /// What it rests on.
    pub evidence: Vec<String>,
    /// What the core drew it from; the same is written once.
    pub origin: Option<String>,
}

/// Writes a lesson down; none when what it was drawn from has given one before. What the core drew is a candidate.
pub fn insert(tx: &mut Tx<'_>, project: &ProjectId, new: NewExperience) -> Result<Option<Experience>, StoreError> {
    let status = if new.origin.is_some() { ExperienceStatus::Candidate } else { ExperienceStatus::Active };
    let sql = "INSERT INTO experiences (task, agent, lesson, status, evidence, origin, created_at) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING";
    let agent = new.agent.to_string();
    let evidence = to_json(&new.evidence)?;
    let values = params![new.task.0, agent, new.lesson, status.as_str(), evidence, new.origin, ms(tx.now())];
    if tx.conn.prepare_cached(sql)?.execute(values)? == 0 {
        return Ok(None);
    }
    let id = tx.conn.last_insert_rowid();
    set_tags(tx, id, &new.tags)?;
    let summary = match status {
        ExperienceStatus::Candidate => format!("drawn from its records: {}", first_line(&new.lesson)),
        _ => format!("{agent} learned: {}", first_line(&new.lesson)),
    };
    let event = NewEvent::new(EventKind::ExperienceLearned, Some(new.task), new.agent, summary);
    tx.event(event.payload(json!({"experience": id, "tags": new.tags, "status": status})))?;
    get(tx, project, id)
}

fn set_tags(tx: &Tx<'_>, id: i64, tags: &[String]) -> Result<(), StoreError> {
    for tag in tags {
        let sql = "INSERT OR IGNORE INTO experience_tags (experience, tag) VALUES (?1, ?2)";
        tx.conn.prepare_cached(sql)?.execute(params![id, tag])?;
    }
    Ok(())
}

/// A change of a lesson; what is none stays.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// How far it is trusted.
    pub status: Option<ExperienceStatus>,
    /// Its text.
    pub lesson: Option<String>,
    /// Its tags, all of them.
    pub tags: Option<Vec<String>>,
}

/// Changes a lesson.
pub fn change(
    tx: &mut Tx<'_>,
    project: &ProjectId,
    id: i64,
    (change, by): (Change, Actor),
) -> Result<Experience, StoreError> {
    let before = require(tx, project, id)?;
    let sql = "UPDATE experiences SET status = coalesce(?2, status), lesson = coalesce(?3, lesson) WHERE id = ?1";
    let status = change.status.map(ExperienceStatus::as_str);
    tx.conn.prepare_cached(sql)?.execute(params![id, status, change.lesson])?;
    if let Some(tags) = &change.tags {
        tx.conn.prepare_cached("DELETE FROM experience_tags WHERE experience = ?1")?.execute([id])?;
        set_tags(tx, id, tags)?;
    }
    let after = require(tx, project, id)?;
    let summary = format!("lesson {id}: {}", after.status);
    let event = NewEvent::new(EventKind::ExperienceLearned, Some(before.task), by, summary);
    tx.event(event.payload(json!({"experience": id, "tags": after.tags, "status": after.status})))?;
    Ok(after)
}

const SELECT: &str = "SELECT e.id, e.task, e.agent, e.lesson,
        (SELECT json_group_array(tag) FROM experience_tags t WHERE t.experience = e.id),
        e.evidence, e.status, e.distilled_at, (SELECT d.skill FROM distillations d WHERE d.task = e.distillation),
        e.references_count, e.last_referenced_at, e.created_at
    FROM experiences e";

/// A lesson, or none.
pub fn get(db: &Db<'_>, project: &ProjectId, id: i64) -> Result<Option<Experience>, StoreError> {
    Ok(select(db, project, "e.id = ?1", [id])?.pop())
}

/// A lesson, or an error that names it.
pub fn require(db: &Db<'_>, project: &ProjectId, id: i64) -> Result<Experience, StoreError> {
    get(db, project, id)?.ok_or_else(|| StoreError::NotFound(format!("lesson {id} in project {project}")))
}

/// Which lessons to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only those with this tag.
    pub tag: Option<String>,
    /// Only with this status.
    pub status: Option<ExperienceStatus>,
    /// Only what fits this expression of [`crate::model::search::Query`].
    pub expression: Option<String>,
    /// Only those before this id.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: i64,
}

/// Lessons, newest first.
pub fn list(db: &Db<'_>, project: &ProjectId, filter: &Filter) -> Result<Vec<Experience>, StoreError> {
    let status = filter.status.map(ExperienceStatus::as_str);
    let before = filter.before.unwrap_or(i64::MAX);
    let which = "(?1 IS NULL OR EXISTS (SELECT 1 FROM experience_tags t WHERE t.experience = e.id AND t.tag = ?1))
         AND (?2 IS NULL OR e.status = ?2)
         AND (?3 IS NULL OR e.id IN (SELECT rowid / 8 FROM full_text WHERE full_text MATCH ?3 AND rowid % 8 = 3))
         AND e.id < ?4 ORDER BY e.id DESC LIMIT ?5";
    select(db, project, which, params![filter.tag, status, filter.expression, before, filter.limit])
}

/// The lessons of a distillation, oldest first.
pub fn of_distillation(
    db: &Db<'_>,
    project: &ProjectId,
    task: TaskId,
    limit: i64,
) -> Result<Vec<Experience>, StoreError> {
    select(db, project, "e.distillation = ?1 ORDER BY e.id LIMIT ?2", params![task.0, limit])
}

/// Points for a tag that fits, beside those for words.
const POINTS_FOR_TAG: f64 = 3.0;

/// Lessons that fit: those with most of these tags and best by words (an expression) first. Neither candidates nor what
/// is in a skill already.
pub fn fitting(
    db: &Db<'_>,
    project: &ProjectId,
    (tags, expression): (&[String], Option<&str>),
    limit: i64,
) -> Result<Vec<Experience>, StoreError> {
    // Words are looked up among all texts of the project, which costs more than all else of a prompt.
    let has_any = "SELECT EXISTS (SELECT 1 FROM experiences WHERE status = 'active' AND distilled_at IS NULL)";
    if !db.conn.prepare_cached(has_any)?.query_row([], |row| row.get::<_, bool>(0))? {
        return Ok(Vec::new());
    }
    let sql = "WITH points (id, points) AS (
            SELECT experience, ?3 FROM experience_tags WHERE tag IN (SELECT value FROM json_each(?1))
            UNION ALL
            SELECT * FROM (SELECT rowid / 8, min(-rank, 2 * ?3) FROM full_text
                           WHERE full_text MATCH coalesce(?2, '\"\"') AND rowid % 8 = 3 ORDER BY rank LIMIT 50))
         SELECT e.id FROM points p JOIN experiences e ON e.id = p.id
         WHERE e.status = 'active' AND e.distilled_at IS NULL
         GROUP BY e.id ORDER BY sum(p.points) DESC, e.id DESC LIMIT ?4";
    let mut found = db.conn.prepare_cached(sql)?;
    let values = params![to_json(&tags)?, expression, POINTS_FOR_TAG, limit];
    let ids = found.query_map(values, |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    ids.into_iter().map(|id| require(db, project, id)).collect()
}

fn select(
    db: &Db<'_>,
    project: &ProjectId,
    which: &str,
    values: impl rusqlite::Params,
) -> Result<Vec<Experience>, StoreError> {
    let mut select = db.conn.prepare_cached(&format!("{SELECT} WHERE {which}"))?;
    let mut rows = select.query(values)?;
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
            evidence: columns.json("evidence")?,
            status: columns.word("experience status")?,
            distilled_at: columns.optional_time()?,
            skill: columns.optional_word("skill")?,
            references_count: columns.get()?,
            last_referenced_at: columns.optional_time()?,
            created_at: columns.time()?,
        });
    }
    Ok(found)
}

/// Every tag with its lessons that are in no skill and in no distillation.
pub fn tags(db: &Db<'_>) -> Result<Vec<TagFacts>, StoreError> {
    let mut select = db.conn.prepare_cached(
        "SELECT t.tag, sum(e.status = 'active'), count(DISTINCT CASE e.status WHEN 'active' THEN e.task END),
                sum(e.status = 'candidate'),
                sum(e.status = 'active' AND e.created_at > coalesce(
                    (SELECT max(d.settled_at) FROM distillations d WHERE d.tag = t.tag), -1)),
                EXISTS (SELECT 1 FROM distillations d WHERE d.tag = t.tag AND d.state = 'open')
         FROM experience_tags t JOIN experiences e ON e.id = t.experience
         WHERE e.status IN ('active', 'candidate') AND e.distilled_at IS NULL AND e.distillation IS NULL
         GROUP BY t.tag ORDER BY t.tag",
    )?;
    let rows = select.query_map([], |row| {
        Ok(TagFacts {
            tag: row.get(0)?,
            experiences_count: row.get(1)?,
            tasks_count: row.get(2)?,
            candidates_count: row.get(3)?,
            new_count: row.get(4)?,
            is_distilling: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The tags of lessons that prompts may name.
pub fn tags_in_use(db: &Db<'_>) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT DISTINCT t.tag FROM experience_tags t JOIN experiences e ON e.id = t.experience
               WHERE e.status = 'active' AND e.distilled_at IS NULL ORDER BY t.tag";
    let mut select = db.conn.prepare_cached(sql)?;
    let tags = select.query_map([], |row| row.get(0))?;
    Ok(tags.collect::<Result<_, _>>()?)
}

/// Changes when a tag may be worth another look: newest lesson, free active lessons, distillations that have ended, and how
/// often each tag is on free lessons.
pub type State = (i64, i64, i64, String);

/// That state now.
pub fn state(db: &Db<'_>) -> Result<State, StoreError> {
    let sql = "SELECT (SELECT coalesce(max(id), 0) FROM experiences),
                      (SELECT count(*) FROM experiences
                       WHERE status = 'active' AND distillation IS NULL AND distilled_at IS NULL),
                      (SELECT count(*) FROM distillations WHERE state <> 'open'),
                      (SELECT coalesce(group_concat(tag || ' ' || times), '') FROM (
                        SELECT t.tag, count(*) AS times FROM experiences e JOIN experience_tags t ON t.experience = e.id
                        WHERE e.status = 'active' AND e.distillation IS NULL AND e.distilled_at IS NULL
                        GROUP BY t.tag ORDER BY t.tag))";
    let state = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    Ok(db.conn.prepare_cached(sql)?.query_row([], state)?)
}

/// The active and derived lessons as `should_expire` sees them.
pub fn active_facts(db: &Db<'_>, now_ms: i64) -> Result<Vec<ExperienceFacts>, StoreError> {
    let mut select = db.conn.prepare_cached(
        "SELECT e.id, (SELECT json_group_array(tag) FROM experience_tags t WHERE t.experience = e.id),
                e.references_count, (?1 - coalesce(e.last_referenced_at, e.created_at)) / 1000
         FROM experiences e WHERE e.status IN ('active', 'candidate') AND e.distillation IS NULL ORDER BY e.id",
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
