//! Changes of skills.

use poem_openapi::Object;

use crate::model::ids::{Actor, ProjectId, SkillId};

/// Approves a skill, or takes it out of use
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct SkillStatusChange {
    /// Who does it: a person.
    pub agent: Option<Actor>,
    /// Why.
    pub reason: Option<String>,
    /// The project whose own skill is meant; that of all projects when none.
    pub project: Option<ProjectId>,
}

/// Goes back to an earlier version of a skill
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct SkillRollback {
    /// Which; the one before the present one when none.
    pub version: Option<i64>,
    /// Who does it: a person.
    pub agent: Option<Actor>,
    /// The project whose own skill is meant; that of all projects when none.
    pub project: Option<ProjectId>,
}

/// The text of a skill
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct SkillText {
    /// The whole `SKILL.md`.
    pub source: String,
    /// Who saves it: a person.
    pub agent: Option<Actor>,
    /// Hash of the text that this one was made from: a save over somebody else's is refused with `conflict`.
    pub base_hash: Option<String>,
}

/// A file of a skill
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct NewSkillFile {
    /// Its path below the skill's folder, such as `SKILL.md` or `references/forms.md`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A skill from elsewhere, in the format that other agent tools use
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct SkillImport {
    /// Its files; `SKILL.md` is among them.
    pub files: Vec<NewSkillFile>,
    /// Its id here; made from its name when none.
    pub id: Option<SkillId>,
    /// What it is about.
    #[oai(default)]
    pub tags: Vec<String>,
    /// Who imports it: a person.
    pub agent: Option<Actor>,
    /// The project that gets it; all projects when none.
    pub project: Option<ProjectId>,
}
