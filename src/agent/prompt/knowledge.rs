//! What was learned before and fits a task: lessons and skills, the best first.
//!
//! They have a budget of their own (`prompt.knowledge_tokens`), so that a long thread cannot push them out; what does not
//! fit is left out from the end. The prompt tells which of them it names, so that their use is counted.

use serde::Serialize;

use crate::{
    model::{
        ids::ProjectId,
        records::{Experience, ExperienceStatus},
        search::Query,
        task::{Task, Trigger},
    },
    skills,
    store::{
        Db, StoreError,
        experiences::{self, Filter},
    },
};

/// Lessons with a fitting tag; of a distillation, all that it is about.
const LESSONS: (i64, i64) = (5, 50);
/// Characters of a task's description that are looked at.
const TEXT: usize = 4_000;

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
    /// Its folder, below the root; of a shipped one, where it is in the binary.
    pub path: String,
    /// Which version.
    pub version: i64,
    /// A draft: nobody has vouched for it yet.
    pub on_trial: bool,
}

impl Skill {
    /// As a prompt names it.
    pub fn of(skill: &skills::Skill, on_trial: bool) -> Self {
        Self {
            id: skill.id.to_string(),
            description: skill.document.description.clone(),
            path: skill.path.clone(),
            version: skill.meta.version,
            on_trial,
        }
    }
}

/// Of a distillation, the lessons that it makes a skill of; else those that fit the task by tags and words.
pub(super) fn lessons(
    db: &Db<'_>,
    project: &ProjectId,
    (trigger, tag): (Trigger, Option<&str>),
    task: &Task,
) -> Result<Vec<Experience>, StoreError> {
    let (fitting_most, distilled_most) = LESSONS;
    if trigger != Trigger::Distill {
        return fitting(db, project, task, fitting_most);
    }
    let lessons = experiences::of_distillation(db, project, task.id, distilled_most)?;
    let Some(tag) = tag.filter(|_| lessons.is_empty()) else { return Ok(lessons) };
    // A person asked for it.
    let (tag, status) = (Some(tag.to_owned()), Some(ExperienceStatus::Active));
    experiences::list(db, project, &Filter { tag, status, limit: distilled_most, ..Filter::default() })
}

fn fitting(db: &Db<'_>, project: &ProjectId, task: &Task, most: i64) -> Result<Vec<Experience>, StoreError> {
    let text: String = task.description.chars().take(TEXT).collect();
    let (title, text) = (skills::matching::words(&task.title), skills::matching::words(&text));
    let all = title.union(&text).cloned().collect();
    let mut tags = experiences::tags_in_use(db)?;
    tags.retain(|tag| skills::matching::tag_fits(tag, [task.task_type.as_str()], &all));
    // The title says best what it is about; a query has room for some words only.
    let words: Vec<_> = title.iter().chain(text.difference(&title)).map(String::as_str).collect();
    let query = Query::parse(&words.join(" ")).map(|query| query.any());
    experiences::fitting(db, project, (&tags, query.as_deref()), most)
}
