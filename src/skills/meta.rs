//! `meta.yaml`: what moziplus knows about a skill beside its text.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    document::{fits, yaml_fault},
    fault::Fault,
};
use crate::model::{
    ids::SkillId,
    skill::{SkillSource, SkillStatus},
};

/// Most entries that are kept as evidence, the newest.
pub const MOST_EVIDENCE: usize = 200;

/// What is known about a version of a skill.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meta {
    /// The skill; the folder's name counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<SkillId>,
    /// Counts up with every change of the text.
    #[serde(default = "first")]
    pub version: i64,
    /// How far it is trusted.
    #[serde(default = "draft")]
    pub status: SkillStatus,
    /// How it came to be.
    #[serde(default = "written")]
    pub source: SkillSource,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Task types that it is for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub task_types: Vec<String>,
    /// Triggers of attempts that it is for, such as `review`; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attempts: Vec<String>,
    /// It is for every attempt.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub always: bool,
    /// What it rests on, such as `lesson sales/12`, `attempt sales.t-3.1`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
    /// Tasks that succeeded with it before its status last changed.
    #[serde(default)]
    pub successes: i64,
    /// Tasks that failed with it before its status last changed.
    #[serde(default)]
    pub failures: i64,
    /// When its status last changed; uses are counted from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<DateTime<Utc>>,
    /// Who changed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed_by: Option<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What a `meta.yaml` must be like.
pub fn schema() -> Value {
    let texts = |about: &str| json!({"description": about, "type": "array", "items": {"type": "string"}});
    let count = |about: &str, least: i64| json!({"description": about, "type": "integer", "minimum": least});
    json!({
        "description": "What moziplus knows about a skill beside its text: meta.yaml",
        "type": "object",
        "properties": {
            "id": {"description": "The skill; the folder's name counts.", "type": "string", "format": "skill-id"},
            "version": count("Counts up with every change of the text.", 1),
            "status": {"description": "How far it is trusted.", "enum": SkillStatus::WORDS},
            "source": {"description": "How it came to be.", "enum": SkillSource::WORDS},
            "tags": texts("What it is about."),
            "task_types": texts("Task types that it is for."),
            "attempts": texts("Triggers of attempts that it is for, such as review; all when empty."),
            "always": {"description": "It is for every attempt.", "type": "boolean"},
            "evidence": texts("What it rests on, such as `lesson sales/12`."),
            "successes": count("Tasks that succeeded with it before its status last changed.", 0),
            "failures": count("Tasks that failed with it before its status last changed.", 0),
            "since": {"description": "When its status last changed.", "type": "string"},
            "changed_by": {"description": "Who changed it.", "type": "string"},
            "reason": {"description": "Why.", "type": "string"},
        },
        "additionalProperties": false,
    })
}

fn first() -> i64 {
    1
}

fn draft() -> SkillStatus {
    SkillStatus::Draft
}

fn written() -> SkillSource {
    SkillSource::Written
}

impl Default for Meta {
    /// Of a folder without `meta.yaml`: somebody has put it there, and nobody has approved it yet.
    fn default() -> Self {
        Self {
            id: None,
            version: first(),
            status: draft(),
            source: written(),
            tags: Vec::new(),
            task_types: Vec::new(),
            attempts: Vec::new(),
            always: false,
            evidence: Vec::new(),
            successes: 0,
            failures: 0,
            since: None,
            changed_by: None,
            reason: None,
        }
    }
}

impl Meta {
    /// Reads a `meta.yaml`.
    pub fn parse(path: &str, text: &str) -> Result<Self, Fault> {
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        fits(path, 0, text, &schema())?;
        let meta: Self = serde_saphyr::from_str(text).map_err(|error| yaml_fault(path, 0, &error))?;
        Ok(meta)
    }

    /// As it is written.
    pub fn text(&self) -> String {
        // Texts, numbers and lists of them are always YAML.
        serde_yaml::to_string(self).unwrap_or_default()
    }

    /// The same with another status, by somebody for a reason; counting begins anew.
    #[must_use]
    pub fn with_status(
        self,
        status: SkillStatus,
        (by, reason): (&str, &str),
        (successes, failures): (i64, i64),
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            status,
            successes: self.successes + successes,
            failures: self.failures + failures,
            since: Some(now),
            changed_by: Some(by.to_owned()),
            reason: Some(reason.to_owned()).filter(|reason| !reason.is_empty()),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let meta = Meta { tags: vec!["csv".into()], evidence: vec!["lesson sales/1".into()], ..Meta::default() };
        let meta =
            meta.with_status(SkillStatus::Active, ("policy", "3 successes: enough"), (3, 0), DateTime::UNIX_EPOCH);
        assert_eq!(Meta::parse("meta.yaml", &meta.text()).unwrap(), meta);
        assert_eq!((meta.successes, meta.failures), (3, 0));
    }

    #[test]
    fn a_folder_without_it_holds_a_draft() {
        assert_eq!(Meta::parse("meta.yaml", "\n").unwrap().status, SkillStatus::Draft);
    }

    #[test]
    fn faults_name_file_and_line() {
        let fault = |text| Meta::parse("skills/custom/x/meta.yaml", text).unwrap_err().to_string();
        assert!(
            fault("version: 1\nstatus: good\n").starts_with("skills/custom/x/meta.yaml:2: "),
            "{}",
            fault("version: 1\nstatus: good\n")
        );
        assert!(fault("version: 0").contains("is not 1 or more"), "{}", fault("version: 0"));
        assert!(fault("colour: red").contains("colour"));
    }
}
