//! What was learned before and fits a task: lessons and skills, the best first.
//!
//! They have a budget of their own (`prompt.knowledge_tokens`), so that a long thread cannot push them out; what does not
//! fit is left out from the end. The prompt tells which of them it names, so that their use is counted.

use serde::Serialize;

use crate::{
    model::{
        ids::ProjectId,
        records::{Experience, ExperienceStatus},
        task::Task,
    },
    store::{Db, StoreError, experiences},
};

/// Lessons with a fitting tag; of a distillation, all that it is about.
const LESSONS: (i64, i64) = (5, 50);

/// What was learned before.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Knowledge {
    /// Lessons, the best first.
    pub lessons: Vec<Experience>,
    /// Skills, the best first.
    pub skills: Vec<Skill>,
}

/// A skill that fits the task.
#[derive(Debug, Clone, Serialize)]
pub struct Skill {
    /// Its id.
    pub id: String,
    /// What it is for.
    pub description: String,
    /// Its file, below the root.
    pub path: String,
}

/// The lessons that fit a task, or all with a tag.
pub(super) fn lessons(
    db: &Db<'_>,
    project: &ProjectId,
    tag: Option<&str>,
    task: &Task,
) -> Result<Vec<Experience>, StoreError> {
    let (tag, limit) = tag.map_or((task.task_type.as_str(), LESSONS.0), |tag| (tag, LESSONS.1));
    let mut lessons = experiences::list(db, project, Some(tag), None, limit)?;
    lessons.retain(|lesson| lesson.status == ExperienceStatus::Active);
    Ok(lessons)
}
