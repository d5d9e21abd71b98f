//! Skills, with what their use came to.

use poem_openapi::Object;

use super::{View, view};
use crate::{
    app::skills::{SkillDetail, SkillView},
    http::schema::{Nullable, Time},
    model::{
        ids::{Actor, AttemptId, SkillId},
        skill::{self, SkillLevel, SkillSource, SkillStatus, UseCounts, UseOutcome},
    },
    skills::{Fault, folder::Version},
};

view!(
    /// What a skill's use came to since its status last changed; each task counts once
    SkillCounts of UseCounts {
        /// Tasks in which it was used.
        uses_count: i64,
        /// Those that are done.
        successes_count: i64,
        /// Those that failed.
        failures_count: i64,
        /// Different agents among those that succeeded.
        agents_count: i64,
        /// When it was last used.
        last_used_at: Nullable<Time>,
    }
);

view!(
    /// A skill in an attempt's prompt
    SkillUse of skill::SkillUse {
        /// Which version of it.
        version: i64,
        /// It was a draft then.
        on_trial: bool,
        /// In whose prompt.
        attempt: AttemptId,
        /// Who worked.
        agent: Actor,
        /// What came of the task; null while it is open.
        outcome: Nullable<UseOutcome>,
        /// When.
        used_at: Time,
    }
);

view!(
    /// What keeps a skill from being used
    SkillFault of Fault {
        /// The file, relative to the root where it lies in it.
        path: String,
        /// The line, from 1.
        line: u64,
        /// What is wrong, and what would be right.
        message: String,
    }
);

/// A skill
#[derive(Debug, Clone, Object)]
pub struct Skill {
    /// Its id: the name of its folder.
    pub id: SkillId,
    /// Its heading.
    pub title: String,
    /// What it is for and when to use it.
    pub description: String,
    /// Where it is kept.
    pub level: SkillLevel,
    /// Levels further down that have a skill of this id too, which this one hides.
    pub hides: Vec<SkillLevel>,
    /// How far it is trusted.
    pub status: SkillStatus,
    /// How it came to be.
    pub source: SkillSource,
    /// Counts up with every change of its text.
    pub version: i64,
    /// What it is about.
    pub tags: Vec<String>,
    /// Task types that it is for.
    pub task_types: Vec<String>,
    /// When to use it, as its section Triggers says.
    pub triggers: Vec<String>,
    /// Its folder, relative to the root; of a shipped one, where it is in the binary.
    pub path: String,
    /// Since when it has this status.
    pub since: Nullable<Time>,
    /// Who gave it this status, or this text.
    pub changed_by: Nullable<String>,
    /// Why.
    pub reason: Nullable<String>,
    /// What its use came to since then.
    pub counts: SkillCounts,
}

impl From<SkillView> for Skill {
    fn from(model: SkillView) -> Self {
        let SkillView { skill, counts } = model;
        let (document, meta) = (&skill.document, &skill.meta);
        Self {
            id: skill.id.clone(),
            title: document.title.clone(),
            description: document.description.clone(),
            level: skill.level,
            hides: skill.over.clone(),
            status: meta.status,
            source: meta.source,
            version: meta.version,
            tags: meta.tags.clone(),
            task_types: meta.task_types.clone(),
            triggers: document.triggers.clone(),
            path: skill.path.clone(),
            since: View::of(meta.since),
            changed_by: Nullable(meta.changed_by.clone()),
            reason: Nullable(meta.reason.clone()),
            counts: counts.into(),
        }
    }
}

/// A file of a skill
#[derive(Debug, Clone, Object)]
pub struct SkillFile {
    /// Its path below the skill's folder.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// An earlier version of a skill
#[derive(Debug, Clone, Object)]
pub struct SkillVersion {
    /// Its number.
    pub version: i64,
    /// The status that it had.
    pub status: SkillStatus,
    /// Since when it had it.
    pub since: Nullable<Time>,
    /// Who gave it its status, or its text.
    pub changed_by: Nullable<String>,
    /// Its `SKILL.md`.
    pub text: String,
}

impl From<Version> for SkillVersion {
    fn from(model: Version) -> Self {
        Self {
            version: model.meta.version,
            status: model.meta.status,
            since: View::of(model.meta.since),
            changed_by: Nullable(model.meta.changed_by),
            text: model.text,
        }
    }
}

/// Everything about a skill
#[derive(Debug, Clone, Object)]
pub struct SkillInFull {
    /// The skill.
    pub skill: Skill,
    /// Its `SKILL.md`.
    pub text: String,
    /// SHA-256 of the text.
    pub hash: String,
    /// Its other files.
    pub files: Vec<SkillFile>,
    /// What it rests on, such as `lesson sales/12` or `attempt sales.t-3.1`.
    pub evidence: Vec<String>,
    /// Tasks done with it before its status last changed.
    pub earlier_successes_count: i64,
    /// Tasks failed with it before its status last changed.
    pub earlier_failures_count: i64,
    /// Earlier versions, newest first.
    pub versions: Vec<SkillVersion>,
    /// Its newest uses.
    pub uses: Vec<SkillUse>,
}

impl From<SkillDetail> for SkillInFull {
    fn from(model: SkillDetail) -> Self {
        let skill = model.view.skill.clone();
        Self {
            skill: model.view.into(),
            text: skill.text.clone(),
            hash: skill.hash.clone(),
            files: model.files.into_iter().map(|(path, text)| SkillFile { path, text }).collect(),
            evidence: skill.meta.evidence.clone(),
            earlier_successes_count: skill.meta.successes,
            earlier_failures_count: skill.meta.failures,
            versions: model.versions.into_iter().map(Into::into).collect(),
            uses: model.uses.into_iter().map(Into::into).collect(),
        }
    }
}

/// The skills of a place, and what is broken there
#[derive(Debug, Clone, Object)]
pub struct SkillList {
    /// The skills, by id.
    pub items: Vec<Skill>,
    /// Always null: the list is whole.
    pub next_cursor: Nullable<String>,
    /// What keeps skills from being used.
    pub faults: Vec<SkillFault>,
}
