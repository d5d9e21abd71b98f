//! Lessons and skills as a script sees them.

use serde::{Deserialize, Serialize};

use crate::model::skill::{SkillLevel, SkillSource, SkillStatus};

/// A tag with its lessons, for `should_distill`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TagFacts {
    /// The tag.
    pub tag: String,
    /// Active lessons that carry it and were not distilled yet.
    pub experiences_count: i64,
    /// Different tasks that they came from.
    pub tasks_count: i64,
    /// Lessons drawn from records that carry it and that nobody has confirmed; they come along as material.
    pub candidates_count: i64,
    /// Those of `experiences_count` that are newer than the end of the last distillation of the tag.
    pub new_count: i64,
    /// A task makes a skill of its lessons now.
    pub is_distilling: bool,
}

/// A lesson, for `should_expire`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ExperienceFacts {
    /// Its id.
    pub id: i64,
    /// What it is about.
    pub tags: Vec<String>,
    /// How often it was used.
    pub references_count: i64,
    /// Seconds since it was last used, or learned.
    pub unused_seconds: i64,
}

/// A skill, for `should_promote`, `should_demote` and `should_try`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SkillFacts {
    /// Its id.
    pub id: String,
    /// Where it is kept.
    pub level: SkillLevel,
    /// How far it is trusted.
    pub status: SkillStatus,
    /// How it came to be.
    pub source: SkillSource,
    /// Which version.
    pub version: i64,
    /// What it is about.
    pub tags: Vec<String>,
    /// Tasks that had it in a prompt since its status changed.
    pub uses_count: i64,
    /// Those of them that are done.
    pub successes_count: i64,
    /// Those of them that failed.
    pub failures_count: i64,
    /// Different agents among those that succeeded.
    pub agents_count: i64,
    /// Seconds since it was last used, or since its status changed; none when neither is known.
    pub unused_seconds: Option<i64>,
}
