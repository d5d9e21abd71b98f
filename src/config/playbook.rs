//! The smaller files of `config/`: red lines, texts for prompts, review protocols.
//!
//! A file that is missing, or a key that it leaves out, is as shipped.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{
    check,
    error::{ConfigError, Problem},
    guardrails::{self, Guardrails},
    init,
    load::{read_file, typed_and_checked},
    root::Root,
    schemas::{self, Schemas},
    tree::{Node, Origin},
    typed::nearest,
};
use crate::model::words::words;

words!(
    /// How reviewer and author come to a result.
    ReviewMode, "review mode" {
        /// One verdict.
        Single = "single",
        /// The author answers each issue.
        Rebuttal = "rebuttal",
        /// The same, with more rounds.
        Debate = "debate",
    }
);

words!(
    /// What a protocol is for.
    ReviewPhase, "review phase" {
        /// What a task brought.
        Work = "work",
        /// The whole of a parent, once its parts are final.
        Whole = "whole",
    }
);

/// How work of some task types is reviewed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Protocol {
    /// What it is for.
    #[serde(default = "of_work")]
    pub phase: ReviewPhase,
    /// How reviewer and author come to a result.
    pub mode: ReviewMode,
    /// Verdicts that are asked for.
    pub reviewers: u32,
    /// Rounds before somebody else decides.
    pub max_rounds: u32,
    /// A verdict with less confidence goes to the coordinator; `review.confidence_threshold` when none.
    pub confidence_threshold: Option<f64>,
    /// The task types that this protocol is for.
    #[serde(default)]
    pub task_types: Vec<String>,
    /// What the reviewer is asked to look at.
    #[serde(default)]
    pub checklist: Vec<String>,
}

const fn of_work() -> ReviewPhase {
    ReviewPhase::Work
}

/// What the smaller files say.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Playbook {
    /// `guardrails.yaml`.
    #[serde(flatten)]
    pub guardrails: Arc<Guardrails>,
    /// `template_components.yaml`: texts by name.
    pub components: BTreeMap<String, String>,
    /// `review_protocols/*.yaml` by name, such as `output_review`.
    pub protocols: BTreeMap<String, Protocol>,
    /// `schemas/*.json` of the root: what records must be like beside what is built in. No business of scripts.
    #[serde(skip)]
    pub schemas: Arc<Schemas>,
}

#[derive(Deserialize)]
struct Components {
    components: BTreeMap<String, String>,
}

/// The protocols that there are; the second one is for task types that no protocol names.
const PROTOCOLS: [&str; 4] = ["plan_review", "output_review", "analysis_review", "final_review"];

impl Playbook {
    /// The protocol for a task, with its name; `is_whole` for a parent whose parts are final. `escalation.rhai` chooses in
    /// the same way.
    pub fn protocol(&self, task_type: &str, is_whole: bool) -> Option<(&str, &Protocol)> {
        let named = |(_, protocol): &(&String, &Protocol)| match protocol.phase {
            ReviewPhase::Whole => is_whole,
            ReviewPhase::Work => !is_whole && protocol.task_types.iter().any(|known| known == task_type),
        };
        let found = self.protocols.iter().find(named).or_else(|| self.protocols.get_key_value(PROTOCOLS[1]));
        found.map(|(name, protocol)| (name.as_str(), protocol))
    }

    /// Reads the files over what is shipped.
    pub(super) fn read(root: &Root) -> Result<Self, ConfigError> {
        let guardrails: Guardrails = layered(root, "config/guardrails.yaml", guardrails::sound)?;
        let components: Components = layered(root, "config/template_components.yaml", |_| Vec::new())?;
        let protocols = read_protocols(root)?;
        let schemas = Arc::new(schemas::read(root)?);
        Ok(Self { guardrails: Arc::new(guardrails), components: components.components, protocols, schemas })
    }
}

/// Reads the protocols, each task type in one of them.
fn read_protocols(root: &Root) -> Result<BTreeMap<String, Protocol>, ConfigError> {
    refuse_unknown(root)?;
    let mut protocols: BTreeMap<String, Protocol> = BTreeMap::new();
    for name in PROTOCOLS {
        let file = format!("config/review_protocols/{name}.yaml");
        let own = layered(root, &file, |own| check::protocol(own, &protocols))?;
        protocols.insert(name.to_owned(), own);
    }
    Ok(protocols)
}

/// A file that no task would be reviewed by is a mistake in its name.
fn refuse_unknown(root: &Root) -> Result<(), ConfigError> {
    let folder = root.join("config/review_protocols");
    let names = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<_> = names.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    for name in names {
        let Some(stem) = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml")) else { continue };
        if name.ends_with(".yaml") && PROTOCOLS.contains(&stem) {
            continue;
        }
        let near = nearest(stem, PROTOCOLS.iter().copied());
        let known = format!("the files there are {}", PROTOCOLS.map(|one| format!("{one}.yaml")).join(", "));
        let hint = near.map_or(known, |near| format!("did you mean `{near}.yaml`?"));
        let file = format!("config/review_protocols/{name}");
        return Err(Problem::in_file(file, "no task is reviewed by a protocol of this name").hint(hint).into());
    }
    Ok(())
}

fn layered<T: DeserializeOwned>(
    root: &Root,
    file: &str,
    check: impl Fn(&T) -> Vec<check::Finding>,
) -> Result<T, ConfigError> {
    let shipped = init::shipped(file).ok_or_else(|| Problem::in_file(file, "is not among the shipped files"))?;
    let mut tree = Node::parse(shipped, &Origin::BuiltIn)?;
    if let Some(own) = read_file(root, &root.join(file))? {
        tree.overlay(own);
    }
    typed_and_checked(&tree, check)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn shipped_files_hold_until_they_are_changed() {
        let folder = tempfile::tempdir().unwrap();
        let root = Root::at(folder.path()).unwrap();
        let shipped = Playbook::read(&root).unwrap();
        assert_eq!(shipped.guardrails.red_lines.len(), 5);
        assert_eq!(shipped.protocol("research", false).unwrap().0, "analysis_review");
        assert_eq!(shipped.protocol("code", false).unwrap().0, "output_review");
        assert_eq!(shipped.protocol("research", true).unwrap().0, "final_review");
        fs::create_dir_all(folder.path().join("config/review_protocols")).unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join("config").join(name), text).unwrap();
        write("guardrails.yaml", "red_lines:\n  - {name: paint, words: [lead], severity: blocking}\n");
        write("review_protocols/output_review.yaml", "max_rounds: 2\n");
        write("template_components.yaml", "components: {house_rules: Be kind.}\n");
        let changed = Playbook::read(&root).unwrap();
        assert_eq!(changed.guardrails.red_lines.len(), 1);
        let output = changed.protocol("code", false).unwrap().1;
        assert_eq!((output.max_rounds, output.reviewers), (2, 1));
        assert_eq!(changed.components["house_rules"], "Be kind.");
        write("review_protocols/output_review.yaml", "max_rounds: 0\nmode: singel\n");
        insta::assert_snapshot!(Playbook::read(&root).unwrap_err().to_string(), @"config/review_protocols/output_review.yaml:2:7: mode: `singel` is not allowed; it is one of single, rebuttal, debate; did you mean `single`?");
        write("review_protocols/output_review.yaml", "task_types: [note, plan]\n");
        insta::assert_snapshot!(Playbook::read(&root).unwrap_err().to_string(), @"config/review_protocols/output_review.yaml:1:20: task_types[1]: `plan` is reviewed by plan_review already, and a task has one protocol; leave it out here, or in config/review_protocols/plan_review.yaml");
        write("review_protocols/output_reviews.yaml", "max_rounds: 2\n");
        insta::assert_snapshot!(Playbook::read(&root).unwrap_err().to_string(), @"config/review_protocols/output_reviews.yaml: no task is reviewed by a protocol of this name; did you mean `output_review.yaml`?");
        fs::remove_file(folder.path().join("config/review_protocols/output_reviews.yaml")).unwrap();
        write("review_protocols/output_review.yaml", "max_rounds: 0\nconfidence_threshold: 2\n");
        insta::assert_snapshot!(Playbook::read(&root).unwrap_err().to_string(), @r#"
config/review_protocols/output_review.yaml:1:1: max_rounds: must be 1 to 100, not 0
config/review_protocols/output_review.yaml:2:1: confidence_threshold: must be over 0 and at most 1, not 2
"#);
    }
}
