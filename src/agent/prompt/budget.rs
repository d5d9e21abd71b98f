//! The budget of a message: what matters most goes in first, and nothing is left out without a word.
//!
//! Works on the facts that a template sees and not on the finished text, so that a cut never takes a fence or a command
//! apart. A part may take its share; what others leave over goes, in the same order, to those that were cut.

use serde::Serialize;
use serde_json::Value;

use super::{
    section::Section,
    tokens::{cut, estimate},
};

/// What the template writes around an item: fences, names, the command to read on.
const AROUND: usize = 20;
/// An item of fewer tokens than this says nothing.
const LEAST: usize = 40;
/// Fields that people and agents write freely. Only these are cut, and they are what an item costs.
const FREE: [&str; 13] = [
    "body",
    "text",
    "reason",
    "description",
    "summary",
    "title",
    "detail",
    "question",
    "answer",
    "lesson",
    "decision",
    "rationale",
    "path",
];
/// Never cut: half a path is none.
const WHOLE: &str = "path";

/// Something that a prompt leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cut {
    /// The part.
    pub section: Section,
    /// What is missing, in words.
    pub text: String,
    /// How an agent gets the rest.
    pub command: String,
    /// The file that has more of it, relative to the agent's folder.
    pub file: Option<String>,
    /// True when that file has all of it.
    pub file_is_whole: bool,
}

/// Items of a part that fit.
#[derive(Debug, Clone, Default)]
pub(super) struct Fitted {
    /// In their old order.
    pub items: Vec<Value>,
    /// What they cost.
    pub tokens: usize,
    /// Items that were shortened.
    pub shortened: usize,
    /// Items that are not there at all.
    pub left_out: usize,
}

impl Fitted {
    /// True when something is missing.
    pub fn is_cut(&self) -> bool {
        self.shortened + self.left_out > 0
    }

    /// What is missing of so many, in words.
    pub fn in_words(&self, section: Section, of: usize) -> String {
        let mut words = Vec::new();
        if self.left_out > 0 {
            let older = if section.newest_last() { "older " } else { "" };
            words.push(format!("{} of {of} {} left out", self.left_out, format_args!("{older}{}", section.noun(of))));
        }
        if self.shortened > 0 && of == 1 {
            words.push(format!("the {} is shortened", section.noun(1)));
        } else if self.shortened > 0 {
            words.push(format!("{} {} shortened", self.shortened, section.noun(self.shortened)));
        }
        words.join(", ")
    }
}

/// Takes the items that fit, the newest or first ones, each with half of the room at most while others follow.
pub(super) fn fit(section: Section, items: &[Value], room: usize) -> Fitted {
    let mut fitted = Fitted::default();
    let newest_first: Vec<_> =
        if section.newest_last() { items.iter().rev().collect() } else { items.iter().collect() };
    for (index, item) in newest_first.iter().enumerate() {
        let left = room.saturating_sub(fitted.tokens);
        let follows = index + 1 < newest_first.len();
        let most = if follows { left.min((room / 2).max(left / 2)) } else { left };
        let (item, tokens) = match cost(item) {
            tokens if tokens <= most => ((*item).clone(), tokens),
            _ if most < LEAST => break,
            _ => {
                let mut short = (*item).clone();
                shorten(&mut short, most);
                let tokens = cost(&short);
                fitted.shortened += 1;
                (short, tokens)
            }
        };
        fitted.tokens += tokens;
        fitted.items.push(item);
    }
    fitted.left_out = items.len() - fitted.items.len();
    if section.newest_last() {
        fitted.items.reverse();
    }
    fitted
}

/// Puts into the facts what fits into `room`, and answers with what is missing of each part. What was learned takes at most
/// so much of it; where it is the matter itself (no limit), all of it.
pub(super) fn fit_all(
    facts: &mut Value,
    order: &[Section],
    room: usize,
    knowledge: Option<usize>,
) -> Vec<(Section, Fitted, usize)> {
    let all: Vec<_> = order.iter().map(|section| (*section, section.items(facts))).collect();
    // What was learned has room of its own, as far as it needs it.
    let wanted: usize = all.iter().filter(|(s, _)| s.is_knowledge()).flat_map(|(_, items)| items).map(cost).sum();
    let mut learned = wanted.min(knowledge.map_or(room, |most| most.min(room / 2)));
    let mut rest = room - learned;
    let mut fits = Vec::new();
    for (section, items) in &all {
        let left = if section.is_knowledge() { &mut learned } else { &mut rest };
        let most = if section.is_knowledge() { *left } else { (*left).min(room * section.share() / 100) };
        let fitted = fit(*section, items, most);
        *left = left.saturating_sub(fitted.tokens);
        fits.push(fitted);
    }
    let mut rest = rest + learned;
    for ((section, items), fitted) in all.iter().zip(&mut fits).filter(|(_, fitted)| fitted.is_cut()) {
        let again = fit(*section, items, fitted.tokens + rest);
        rest = (rest + fitted.tokens).saturating_sub(again.tokens);
        *fitted = again;
    }
    let parts = all.into_iter().zip(fits);
    parts
        .filter_map(|((section, items), mut fitted)| {
            section.replace(facts, std::mem::take(&mut fitted.items));
            fitted.is_cut().then_some((section, fitted, items.len()))
        })
        .collect()
}

/// About how many tokens an item takes in a prompt.
pub(super) fn cost(item: &Value) -> usize {
    let mut tokens = AROUND;
    free_texts(item, true, &mut |text| tokens += estimate(text));
    tokens
}

fn free_texts(value: &Value, free: bool, see: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) if free => see(text),
        Value::Array(items) => items.iter().for_each(|item| free_texts(item, free, see)),
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| free_texts(value, is_free(name, value), see));
        }
        _ => {}
    }
}

/// Lists of an item (issues, results) are looked into whatever they are called.
fn is_free(name: &str, value: &Value) -> bool {
    value.is_array() || FREE.contains(&name)
}

/// Cuts the longest texts of an item until it costs no more than this, as far as that goes.
pub(super) fn shorten(item: &mut Value, most: usize) {
    // Each turn cuts one text for good, so a few turns are enough for any item.
    for _ in 0..8 {
        let excess = cost(item).saturating_sub(most);
        if excess == 0 {
            return;
        }
        let mut texts = Vec::new();
        cuttable(item, true, &mut texts);
        let Some(longest) = texts.into_iter().max_by_key(|text| estimate(text)) else { return };
        let keep = estimate(longest).saturating_sub(excess).max(16);
        match cut(longest, keep) {
            Some(short) if short.len() < longest.len() => *longest = short,
            _ => return,
        }
    }
}

fn cuttable<'v>(value: &'v mut Value, free: bool, texts: &mut Vec<&'v mut String>) {
    match value {
        Value::String(text) if free => texts.push(text),
        Value::Array(items) => items.iter_mut().for_each(|item| cuttable(item, free, texts)),
        Value::Object(fields) => fields
            .iter_mut()
            .filter(|(name, _)| *name != WHOLE)
            .for_each(|(name, value)| cuttable(value, is_free(name, value), texts)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::task::Trigger;

    fn comments(count: usize, words: usize) -> Vec<Value> {
        (1..=count).map(|n| json!({"id": n, "author": "x", "body": format!("{n} {}", "word ".repeat(words))})).collect()
    }

    #[test]
    fn what_fits_stays_whole() {
        let items = comments(3, 10);
        let fitted = fit(Section::Comments, &items, 1000);
        assert_eq!(fitted.items, items);
        assert!(!fitted.is_cut());
    }

    #[test]
    fn the_newest_stay_and_the_note_says_what_is_missing() {
        let items = comments(25, 10);
        let fitted = fit(Section::Comments, &items, 200);
        assert!(fitted.tokens <= 200 && fitted.left_out > 15, "{fitted:?}");
        assert_eq!(fitted.items.last(), items.last());
        assert_eq!(
            fitted.in_words(Section::Comments, 25),
            format!("{} of 25 older comments left out", fitted.left_out)
        );
    }

    #[test]
    fn a_long_item_is_shortened_and_does_not_take_all() {
        let mut items = comments(2, 10);
        items.push(json!({"body": "long ".repeat(2000), "path": "p".repeat(60)}));
        let fitted = fit(Section::Comments, &items, 400);
        assert_eq!((fitted.items.len(), fitted.shortened, fitted.left_out), (3, 1, 0));
        assert_eq!(fitted.items[2]["path"].as_str().map(str::len), Some(60), "a path is never cut");
        assert!(fitted.tokens <= 400, "{}", fitted.tokens);
        assert_eq!(fitted.in_words(Section::Comments, 3), "1 comment shortened");
    }

    fn facts() -> Value {
        let mut facts = json!({"task": {"description": "want ".repeat(2000)}, "parent": null});
        for section in Section::ALL.iter().filter(|s| !matches!(s, Section::Description | Section::Parent)) {
            facts[&section.pointer()[1..]] = json!([]);
        }
        facts["comments"] = Value::Array(comments(40, 40));
        facts["lessons"] = json!([{"lesson": "learned ".repeat(50)}]);
        facts
    }

    #[test]
    fn importance_decides_and_what_is_left_over_is_used() {
        let mut given = facts();
        let order = Section::by_importance(Trigger::Execute);
        let cuts = fit_all(&mut given, &order, 2000, Some(200));
        let names: Vec<_> = cuts.iter().map(|(section, ..)| *section).collect();
        assert_eq!(names, [Section::Description, Section::Comments]);
        let used: usize = order.iter().flat_map(|section| section.items(&given)).map(|item| cost(&item)).sum();
        // The mark of a cut is only estimated.
        assert!((1800..2020).contains(&used), "{used}");
        assert_eq!(given["lessons"][0]["lesson"].as_str().map(str::len), Some(400), "knowledge has room of its own");
    }

    #[test]
    fn a_distillation_gets_its_lessons_whatever_is_set_for_others() {
        let mut given = facts();
        given["lessons"] = (0..20).map(|n| json!({"lesson": format!("{n} {}", "learned ".repeat(40))})).collect();
        let (mut limited, order) = (given.clone(), Section::by_importance(Trigger::Distill));
        fit_all(&mut limited, &order, 4000, Some(200));
        let cuts = fit_all(&mut given, &order, 4000, None);
        let whole = |facts: &Value| facts["lessons"].as_array().map_or(0, Vec::len);
        assert!(cuts.iter().all(|(section, ..)| *section != Section::Lessons) && whole(&given) == 20);
        assert!(whole(&limited) < 20, "for other triggers they are an addition");
    }

    #[test]
    fn no_room_leaves_nothing_and_says_so() {
        let mut given = facts();
        let cuts = fit_all(&mut given, &Section::by_importance(Trigger::Execute), 0, Some(200));
        assert_eq!(cuts.len(), 3);
        assert_eq!(given["task"]["description"], "");
    }
}
