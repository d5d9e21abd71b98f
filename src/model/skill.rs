//! Skills: how far one is trusted, where it comes from, and what is counted about its use.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    ids::{Actor, AttemptId, SkillId},
    words::words,
};

words!(
    /// How far a skill is trusted.
    SkillStatus, "skill status" {
        /// On trial: used where policy allows it, and marked as such.
        Draft = "draft",
        /// In use.
        Active = "active",
        /// Not used any more.
        Deprecated = "deprecated",
    }
);

words!(
    /// Where a skill is kept; the first of these that has it counts.
    SkillLevel, "skill level" {
        /// In a project's folder, for this project only.
        Project = "project",
        /// In the root's `skills/custom`, for all projects.
        Custom = "custom",
        /// Shipped, or in the root's `skills/builtins`.
        BuiltIn = "builtin",
    }
);

words!(
    /// How a skill came to be.
    SkillSource, "skill source" {
        /// Shipped.
        BuiltIn = "builtin",
        /// Made from lessons.
        Distilled = "distilled",
        /// Taken over from elsewhere.
        Imported = "imported",
        /// Written by a person.
        Written = "written",
    }
);

words!(
    /// What came of the task in which a skill was used.
    UseOutcome, "outcome of a use" {
        /// The task is done.
        Success = "success",
        /// The task failed.
        Failure = "failure",
        /// The task was called off: it says nothing about the skill.
        Void = "void",
    }
);

/// A skill in an attempt's prompt.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SkillUse {
    /// The skill.
    pub skill: SkillId,
    /// Where it was kept.
    pub level: SkillLevel,
    /// Which version of it.
    pub version: i64,
    /// It was a draft.
    pub on_trial: bool,
    /// In whose prompt.
    pub attempt: AttemptId,
    /// Who worked.
    pub agent: Actor,
    /// What came of it; none while the task is open.
    pub outcome: Option<UseOutcome>,
    /// When it was put into the prompt.
    pub used_at: DateTime<Utc>,
}

/// Uses of one version of a skill, each task counted once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UseCounts {
    /// Tasks in which it was used.
    pub uses_count: i64,
    /// Those that are done.
    pub successes_count: i64,
    /// Those that failed.
    pub failures_count: i64,
    /// Different agents among those that succeeded.
    pub agents_count: i64,
    /// When it was last used.
    pub last_used_at: Option<DateTime<Utc>>,
}

impl UseCounts {
    /// Both together, as over several projects.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            uses_count: self.uses_count + other.uses_count,
            successes_count: self.successes_count + other.successes_count,
            failures_count: self.failures_count + other.failures_count,
            // An agent that works in two projects counts twice: its tasks are as different as can be.
            agents_count: self.agents_count + other.agents_count,
            last_used_at: self.last_used_at.max(other.last_used_at),
        }
    }
}
