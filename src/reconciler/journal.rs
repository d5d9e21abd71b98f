//! Decisions of scripts on their way to the record: what each action came to, and whether it is news.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    model::{action::Action, ids::TaskId},
    policy::{answers::Decision, fault::ScriptFault},
    store::policy_decisions::NewDecision,
};

/// What became of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fate {
    /// It was carried out.
    Done,
    /// It starts somebody, which comes right after the transaction, or later when there is no slot.
    Next,
    /// It was not, and why.
    Refused(String),
}

impl Fate {
    fn in_words(&self) -> String {
        match self {
            Self::Done => "done".to_owned(),
            Self::Next => "next".to_owned(),
            Self::Refused(why) => format!("refused: {why}"),
        }
    }
}

/// The actions of a decision, each with what the core made of it.
pub(super) fn result(actions: &[(Action, Fate)]) -> Value {
    let one = |(action, fate): &(Action, Fate)| {
        let mut value = serde_json::to_value(action).unwrap_or_default();
        value["result"] = json!(fate.in_words());
        value
    };
    actions.iter().map(one).collect()
}

/// The same, after what kept a script from answering, so that the built-in one did.
pub(super) fn with_fault(fault: Option<&ScriptFault>, result: Value) -> Value {
    let Some(fault) = fault else { return result };
    let failed = json!({"action": "fault", "text": fault.to_string(), "result": "failed: the built-in hook answered"});
    match result {
        Value::Array(outcomes) => std::iter::once(failed).chain(outcomes).collect(),
        other => other,
    }
}

/// A decision for the record, with a digest of what the hook was given and the facts that explain it.
pub(super) fn entry(decision: &Decision, task: Option<TaskId>, facts: &impl Serialize, result: Value) -> NewDecision {
    let facts = serde_json::to_value(facts).unwrap_or_default();
    NewDecision {
        task,
        hook: decision.hook,
        script: decision.script.clone(),
        script_hash: decision.hash.clone(),
        files: json!(decision.files),
        inputs_digest: NewDecision::digest(&facts),
        result: with_fault(decision.fault.as_ref(), result),
        facts: brief(facts),
    }
}

/// Longest text among recorded facts, in characters.
const MAX_TEXT: usize = 200;
/// Facts that are long and explain little: the task itself has them.
const LEFT_OUT: &[&str] = &["description", "attempts", "reviews", "issues", "created_at"];

/// What of the facts is kept: short values that are there.
fn brief(facts: Value) -> Value {
    let worth = |value: &Value| match value {
        Value::Null => false,
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        _ => true,
    };
    match facts {
        Value::Object(fields) => {
            let kept = fields.into_iter().filter(|(name, value)| worth(value) && !LEFT_OUT.contains(&name.as_str()));
            kept.map(|(name, value)| (name, brief(value))).collect()
        }
        Value::Array(items) => items.into_iter().map(brief).collect(),
        Value::String(text) if text.len() > MAX_TEXT => text.chars().take(MAX_TEXT).collect::<String>().into(),
        other => other,
    }
}

/// Most decisions that are remembered; then it starts afresh, which costs some repeated looks at the record.
const MOST: usize = 20_000;

/// Remembers what was recorded last, so that an unchanged decision costs no write.
#[derive(Debug, Default)]
pub(super) struct Journal {
    decisions: HashMap<(Option<TaskId>, &'static str), u64>,
}

impl Journal {
    /// True when this result differs from the last one of the hook about the task.
    pub fn is_news(&mut self, decision: &Decision, task: Option<TaskId>, result: &Value) -> bool {
        let mut hasher = DefaultHasher::new();
        (result.to_string(), &decision.hash).hash(&mut hasher);
        let hash = hasher.finish();
        if self.decisions.len() > MOST {
            self.decisions.clear();
        }
        self.decisions.insert((task, decision.hook), hash) != Some(hash)
    }
}

/// A text with its numbers left out, those of tasks excepted: "oldest waits 18 s" and "oldest waits 19 s" say the same.
pub(super) fn without_figures(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        let is_figure = c.is_ascii_digit() && !kept.trim_end_matches(|c: char| c.is_ascii_digit()).ends_with("t-");
        if !is_figure {
            kept.push(c);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_with_other_figures_says_the_same() {
        let before = without_figures("the oldest waits 18.9 s at 2026-11-28T03:00:01Z");
        assert_eq!(before, without_figures("the oldest waits 121.3 s at 2026-12-01T13:10:21Z"));
        assert_ne!(without_figures("t-1 waits 5 s"), without_figures("t-12 waits 5 s"));
    }
}
