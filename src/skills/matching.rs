//! Which skills fit an attempt: by what they say they are for, and by the words that they share with the task.

use std::{collections::BTreeSet, sync::Arc};

use super::catalog::{Catalog, Skill};
use crate::model::skill::SkillStatus;

/// Points from which a skill is worth a place in a prompt.
const ENOUGH: u32 = 3;
/// Points of shared words at most: words alone are a hint.
const MOST_FOR_WORDS: u32 = 4;
/// Characters of the task's text that are looked at.
const TEXT: usize = 4_000;
/// Words that say nothing about what a text is about.
const COMMON: &[&str] = &[
    "about", "after", "again", "all", "also", "and", "any", "are", "because", "been", "before", "being", "but", "can",
    "could", "does", "done", "each", "every", "for", "from", "has", "have", "how", "into", "its", "like", "make",
    "more", "most", "must", "need", "new", "not", "now", "off", "one", "only", "other", "our", "out", "over", "same",
    "should", "some", "such", "task", "tasks", "than", "that", "the", "their", "them", "then", "there", "these",
    "they", "this", "use", "used", "using", "was", "what", "when", "where", "which", "while", "who", "why", "will",
    "with", "without", "work", "would", "write", "you", "your",
];

/// What a skill is looked for.
#[derive(Debug, Clone, Default)]
pub struct Need<'a> {
    /// Why the agent is started, such as `execute` or `review`.
    pub trigger: &'a str,
    /// The task's type.
    pub task_type: &'a str,
    /// What the agent can do.
    pub capabilities: &'a [String],
    /// The task's title, description and whatever else tells what it is about.
    pub text: &'a str,
}

/// A skill, and how well it fits.
#[derive(Debug, Clone)]
pub struct Fit {
    /// The skill.
    pub skill: Arc<Skill>,
    /// More is better.
    pub score: u32,
}

/// The skills that fit, best first: those in use, and drafts after them. Deprecated ones never do.
pub fn rank(catalog: &Catalog, need: &Need<'_>) -> Vec<Fit> {
    let words = words(&need.text.chars().take(TEXT).collect::<String>());
    let fit = |skill: &Arc<Skill>| {
        let score = score(skill, need, &words);
        (score >= ENOUGH).then(|| Fit { skill: skill.clone(), score })
    };
    let usable = catalog.skills().filter(|skill| skill.meta.status != SkillStatus::Deprecated);
    let mut fits: Vec<_> = usable.filter_map(fit).collect();
    fits.sort_by_key(|fit| (fit.skill.meta.status == SkillStatus::Draft, std::cmp::Reverse(fit.score)));
    fits
}

fn score(skill: &Skill, need: &Need<'_>, words: &BTreeSet<String>) -> u32 {
    let (meta, same) = (&skill.meta, |a: &String, b: &str| a.eq_ignore_ascii_case(b));
    if !meta.attempts.is_empty() && !meta.attempts.iter().any(|kind| same(kind, need.trigger)) {
        return 0;
    }
    if meta.always {
        return 100;
    }
    let is_for_type = meta.task_types.iter().any(|task_type| same(task_type, need.task_type));
    let names = || need.capabilities.iter().map(String::as_str).chain([need.task_type]);
    let tagged =
        u32::try_from(meta.tags.iter().filter(|tag| tag_fits(tag, names(), words)).count()).unwrap_or(0).min(2);
    let triggered = skill.document.triggers.iter().any(|line| is_called_by(line, need));
    let own = self::words(&format!(
        "{} {} {}",
        skill.document.title,
        skill.document.description,
        skill.document.triggers.join(" ")
    ));
    let shared = u32::try_from(own.intersection(words).count()).unwrap_or(0).min(MOST_FOR_WORDS);
    5 * u32::from(is_for_type) + 5 * u32::from(triggered) + 3 * tagged + shared
}

/// True when a tag is the name of a task's type or of an ability, or when a text holds all its words; one and many are the
/// same.
pub fn tag_fits<'a>(tag: &str, names: impl IntoIterator<Item = &'a str>, words: &BTreeSet<String>) -> bool {
    let own = self::words(tag);
    let is_named = |name: &str| tag.eq_ignore_ascii_case(name) || (!own.is_empty() && own == self::words(name));
    names.into_iter().any(is_named) || (!own.is_empty() && own.is_subset(words))
}

/// Whether all words between backticks of a line in Triggers hold, such as "Trigger `review` on a task of type `code`".
fn is_called_by(line: &str, need: &Need<'_>) -> bool {
    let marked: Vec<&str> = line.split('`').skip(1).step_by(2).collect();
    let holds = |word: &&str| {
        *word == need.trigger || *word == need.task_type || need.capabilities.iter().any(|own| own == word)
    };
    !marked.is_empty() && marked.iter().all(holds)
}

/// The words of a text that tell what it is about; two neighbours each of a script without spaces.
pub fn words(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase();
    let spaced = lower.split(|c: char| !c.is_alphanumeric());
    let mut words = BTreeSet::new();
    for word in spaced.filter(|word| !word.is_empty()) {
        if word.is_ascii() {
            if word.len() > 2 && !COMMON.contains(&word) {
                // "files" and "file" are the same to a reader.
                words.insert(word.strip_suffix('s').filter(|word| word.len() > 3).unwrap_or(word).to_owned());
            }
        } else {
            let chars: Vec<char> = word.chars().collect();
            words.extend(chars.windows(2).map(|pair| pair.iter().collect::<String>()));
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{
        super::catalog::{Folders, Shelf},
        *,
    };

    fn found(need: &Need<'_>) -> Vec<String> {
        let root = tempfile::tempdir().unwrap();
        let write = |id: &str, text: &str, meta: &str| {
            let folder = root.path().join("custom").join(id);
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join("SKILL.md"), text).unwrap();
            std::fs::write(folder.join("meta.yaml"), meta).unwrap();
        };
        write(
            "csv",
            "---\ndescription: Reading CSV ledgers with duplicate rows\n---\nText",
            "{status: active, tags: [csv]}",
        );
        write("sheets", "---\ndescription: 读取销售报表\n---\nText", "{status: draft, task_types: [report]}");
        write("old", "---\ndescription: CSV ledgers, duplicate rows\n---\nText", "{status: deprecated, tags: [csv]}");
        write("bills", "---\ndescription: x\n---\nText", "{status: active, tags: [Invoices, 发票]}");
        let folders = Folders {
            project: None,
            custom: root.path().join("custom"),
            builtins: root.path().join("none"),
            root: root.path().to_owned(),
        };
        let catalog = Shelf::default().catalog(&folders);
        rank(&catalog, need).into_iter().map(|fit| fit.skill.id.to_string()).collect()
    }

    #[test]
    fn skills_are_found_by_type_trigger_tags_and_words() {
        let need = |trigger, task_type, text| Need { trigger, task_type, capabilities: &[], text };
        assert_eq!(found(&need("review", "code", "fix it")), ["blackboard_operations", "code_review"]);
        assert_eq!(found(&need("execute", "code", "fix it")), ["blackboard_operations"]);
        assert_eq!(
            found(&need("execute", "general", "Count the CSV rows")),
            ["blackboard_operations", "csv", "data_validation"]
        );
        assert_eq!(found(&need("execute", "general", "统计销售报表里的数字")), ["blackboard_operations", "sheets"]);
        assert_eq!(found(&need("execute", "report", "x")), ["blackboard_operations", "sheets"]);
        let able = ["csv".to_owned()];
        let need = Need { trigger: "execute", task_type: "general", capabilities: &able, text: "x" };
        assert_eq!(found(&need), ["blackboard_operations", "csv", "data_validation"]);
    }

    #[test]
    fn a_tag_means_one_and_many() {
        let able = ["invoice".to_owned()];
        let need = |text| Need { trigger: "execute", task_type: "general", capabilities: &[], text };
        for text in ["Add up the invoices", "Which invoice is open?", "统计发票"] {
            assert!(found(&need(text)).contains(&"bills".to_owned()), "{text}");
        }
        assert!(!found(&need("An invoicing tool")).contains(&"bills".to_owned()));
        assert!(found(&Need { capabilities: &able, ..need("x") }).contains(&"bills".to_owned()));
        assert!(found(&Need { task_type: "invoices", ..need("x") }).contains(&"bills".to_owned()));
    }

    #[test]
    fn a_trigger_line_holds_when_all_its_words_do() {
        let need = Need { trigger: "review", task_type: "code", ..Need::default() };
        assert!(is_called_by("Trigger `review` on a task of type `code`.", &need));
        assert!(!is_called_by("Trigger `review` on a result of output type `data`.", &need));
        assert!(!is_called_by("Every attempt.", &need));
    }
}
