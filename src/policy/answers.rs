//! What hooks answer, and the functions by which scripts write it.

use std::sync::Arc;

use rhai::{Array, Dynamic, EvalAltResult, FuncRegistration, ImmutableString, Map, Module, serde::from_dynamic};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{
    actions::{self, given_as, strip},
    fault::ScriptFault,
    limits,
    natives::NativeDoc,
    parts::DecidingFile,
};
use crate::model::{action::Action, incoming::InboxEntry, task::ReviewDepth, words::words};

/// The answer of a hook that asks for actions.
#[derive(Debug, Clone, Serialize)]
pub struct Decision {
    /// What it asks for, in order.
    pub actions: Vec<Action>,
    /// The hook.
    pub hook: &'static str,
    /// The file that answered, as people know it.
    pub script: String,
    /// The files that had a part in it, the one that answered first.
    pub files: Arc<[DecidingFile]>,
    /// Hash of the set that answered.
    pub hash: String,
    /// Why the project's own script did not answer and the built-in one did.
    pub fault: Option<ScriptFault>,
}

/// The answer of a hook that asks for no actions.
#[derive(Debug, Clone, Serialize)]
pub struct Judgement<T> {
    /// The answer.
    pub answer: T,
    /// The hook.
    pub hook: &'static str,
    /// The file that answered, as people know it.
    pub script: String,
    /// The files that had a part in it, the one that answered first.
    pub files: Arc<[DecidingFile]>,
    /// Hash of the set that answered.
    pub hash: String,
    /// Why the project's own script did not answer and the built-in one did.
    pub fault: Option<ScriptFault>,
}

words!(
    /// What follows from a violation.
    ViolationSeverity, "violation severity" {
        /// It is recorded.
        Warning = "warning",
        /// The dispatch, or the completion, is refused.
        Blocking = "blocking",
        /// The attempt is ended now and the task escalated.
        Tripwire = "tripwire",
    }
);

/// A rule that a task breaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Violation {
    /// Name of the rule.
    pub rule: String,
    /// What follows.
    pub severity: ViolationSeverity,
    /// What is wrong, for people.
    pub text: String,
}

impl Violation {
    /// As a script wrote it.
    pub(super) fn to_map(&self) -> Map {
        let parts = [("rule", self.rule.as_str()), ("severity", self.severity.as_str()), ("text", self.text.as_str())];
        parts.into_iter().map(|(key, text)| (key.into(), text.into())).collect()
    }
}

/// Both lists; of a rule that is in both, the more severe.
pub(super) fn stricter(mut own: Vec<Violation>, everywhere: Vec<Violation>) -> Vec<Violation> {
    for violation in everywhere {
        match own.iter_mut().find(|known| known.rule == violation.rule) {
            Some(known) if known.severity < violation.severity => *known = violation,
            Some(_) => {}
            None => own.push(violation),
        }
    }
    own
}

/// An event on its way out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivery {
    /// `mail`, `desktop`, or the name of a webhook.
    pub channel: String,
    /// Seconds over which it is gathered with others; 0 sends it at once.
    #[serde(default)]
    pub batch_seconds: i64,
}

/// The functions that write answers, for the reference.
pub(super) const FUNCTIONS: &[NativeDoc] = &[
    NativeDoc {
        signature: "violation(rule, severity, text)",
        meaning: "A rule that the task breaks; severity is `warning`, `blocking` or `tripwire`.",
    },
    NativeDoc {
        signature: "depth(approvals, max_rounds)",
        meaning: "How deep a review goes: so many different reviewers have to approve it (1 to 20), in so many rounds at \
                  most (1 to 100).",
    },
    NativeDoc { signature: "send(channel)", meaning: "Deliver at once by `mail`, `desktop` or a webhook's name." },
    NativeDoc { signature: "batch(channel, seconds)", meaning: "Deliver together with others after so many seconds." },
];

pub(super) fn register(module: &mut Module) {
    let global = |name: &str| FuncRegistration::new(name).in_global_namespace();
    global("violation").set_into_module(module, violation);
    global("depth").set_into_module(module, depth);
    global("send").set_into_module(module, |channel: ImmutableString| delivery(channel, 0));
    global("batch").set_into_module(module, delivery);
    global("batch")
        .set_into_module(module, |channel: ImmutableString, seconds: f64| delivery(channel, seconds.ceil() as i64));
}

fn violation(rule: &str, severity: &str, text: &str) -> Result<Map, Box<EvalAltResult>> {
    let severity: ViolationSeverity = severity.parse().map_err(|wrong| format!("violation: {wrong}"))?;
    let mut map = Map::new();
    map.insert("rule".into(), rule.into());
    map.insert("severity".into(), severity.as_str().into());
    map.insert("text".into(), text.into());
    Ok(map)
}

/// Most approvals that a review can ask for.
const MAX_APPROVALS: i64 = 20;
/// Most rounds that a review can have.
const MAX_ROUNDS: i64 = 100;

fn depth(approvals: i64, max_rounds: i64) -> Result<Map, Box<EvalAltResult>> {
    let depth = ReviewDepth { approvals, max_rounds };
    sound(depth).map_err(|wrong| format!("depth: {wrong}"))?;
    let parts = [("approvals", approvals), ("max_rounds", max_rounds)];
    Ok(parts.into_iter().map(|(key, number)| (key.into(), number.into())).collect())
}

fn sound(depth: ReviewDepth) -> Result<ReviewDepth, String> {
    let within = |what, number: i64, most| match (1..=most).contains(&number) {
        true => Ok(()),
        false => Err(format!("`{what}` is {number}, expected 1 to {most}; `()` says that no review is needed")),
    };
    within("approvals", depth.approvals, MAX_APPROVALS)?;
    within("max_rounds", depth.max_rounds, MAX_ROUNDS)?;
    Ok(depth)
}

fn delivery(channel: ImmutableString, seconds: i64) -> Map {
    let mut map = Map::new();
    map.insert("channel".into(), channel.into());
    map.insert("batch_seconds".into(), seconds.max(0).into());
    map
}

/// A type of answer: how it is read from what a hook returned.
pub(super) trait Answer: Sized + Send + 'static {
    /// The answer when even the built-in policy has none.
    fn none() -> Self;
    /// Reads it; `emitted` are the actions that the call emitted.
    fn read(value: Dynamic, emitted: Vec<Action>) -> Result<Self, String>;
}

impl Answer for Vec<Action> {
    fn none() -> Self {
        Self::new()
    }
    fn read(value: Dynamic, mut emitted: Vec<Action>) -> Result<Self, String> {
        emitted.extend(actions::parse(value)?);
        if emitted.len() > limits::EMITTED {
            return Err(format!("it asked for {} actions; {} at most in one call", emitted.len(), limits::EMITTED));
        }
        readable("actions", emitted.iter().map(Action::text_bytes).sum())?;
        Ok(emitted)
    }
}

impl Answer for bool {
    fn none() -> Self {
        false
    }
    fn read(value: Dynamic, emitted: Vec<Action>) -> Result<Self, String> {
        no_actions(&emitted)?;
        value.as_bool().map_err(|_| format!("it returned {}", given_as(&value)))
    }
}

/// None when no review is needed.
impl Answer for Option<ReviewDepth> {
    /// Work is not waved through because nobody could be asked.
    fn none() -> Self {
        Some(ReviewDepth { approvals: 1, max_rounds: 1 })
    }
    fn read(value: Dynamic, emitted: Vec<Action>) -> Result<Self, String> {
        no_actions(&emitted)?;
        match value {
            value if value.is_unit() => Ok(None),
            value if value.is_map() => sound(from_dynamic(&value).map_err(|error| strip(*error))?).map(Some),
            value => Err(format!("it returned {}", given_as(&value))),
        }
    }
}

impl Answer for Vec<Violation> {
    fn none() -> Self {
        Self::new()
    }
    fn read(value: Dynamic, emitted: Vec<Action>) -> Result<Self, String> {
        no_actions(&emitted)?;
        let violations: Self = list(value, "violation")?;
        readable("violations", violations.iter().map(|violation| violation.rule.len() + violation.text.len()).sum())?;
        Ok(violations)
    }
}

impl Answer for Vec<Delivery> {
    fn none() -> Self {
        Self::new()
    }
    fn read(value: Dynamic, emitted: Vec<Action>) -> Result<Self, String> {
        no_actions(&emitted)?;
        let deliveries: Self = list(value, "delivery")?;
        readable("deliveries", deliveries.iter().map(|delivery| delivery.channel.len()).sum())?;
        Ok(deliveries)
    }
}

/// Refuses more text than anybody could read, and than should be written down at every tick.
fn readable(what: &str, bytes: usize) -> Result<(), String> {
    match bytes <= limits::ANSWER_BYTES {
        true => Ok(()),
        false => Err(format!("{bytes} bytes of text in its {what}; {} at most in one call", limits::ANSWER_BYTES)),
    }
}

impl Answer for Vec<InboxEntry> {
    fn none() -> Self {
        Self::new()
    }
    fn read(value: Dynamic, emitted: Vec<Action>) -> Result<Self, String> {
        no_actions(&emitted)?;
        list(value, "line")
    }
}

fn no_actions(emitted: &[Action]) -> Result<(), String> {
    match emitted.first() {
        Some(action) => Err(format!("it emitted `{}`, and this hook takes no actions", action.name())),
        None => Ok(()),
    }
}

/// Reads one map, an array of maps (with `()` left out), or `()`.
fn list<T: DeserializeOwned>(value: Dynamic, what: &str) -> Result<Vec<T>, String> {
    if value.is_unit() {
        return Ok(Vec::new());
    }
    let items = if value.is_array() { value.into_array().unwrap_or_else(|_| Array::new()) } else { vec![value] };
    let read = |item: &Dynamic| match item.is_map() {
        true => from_dynamic(item).map_err(|error| strip(*error)),
        false => Err(format!("{} is not a {what}", given_as(item))),
    };
    items.iter().filter(|item| !item.is_unit()).map(read).collect()
}
