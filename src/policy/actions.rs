//! The functions by which a script asks for something, and the reading of what a hook returns.
//!
//! An action is a plain map `#{action: "...", ...}`. The table below makes both the functions and their documentation.
//! Arguments are checked where the function is called, so that a mistake is reported with its position.

use rhai::{Array, Dynamic, EvalAltResult, FuncRegistration, Map, Module, serde::from_dynamic};

use super::engine;
use crate::model::action::Action;

/// Documentation of an action function.
#[derive(Debug, Clone, Copy)]
pub struct ActionDoc {
    /// Name of the function.
    pub name: &'static str,
    /// Its parameters.
    pub params: &'static [Param],
    /// What it asks for.
    pub meaning: &'static str,
    /// The action that it makes, when that has another name.
    action: &'static str,
    /// `counts` of a requeue.
    counts: Option<bool>,
}

/// A parameter of an action function: its name in the map, and what it takes.
#[derive(Debug, Clone, Copy)]
pub struct Param {
    /// Name, also the key in the map.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
}

/// What a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// A string: an id, a word of the contract or text.
    Text,
    /// A string or `()`.
    OptionalText,
    /// A whole number; a fraction is rounded up.
    Seconds,
    /// An array of strings.
    Texts,
}

impl ActionDoc {
    /// As editors show it: `submit(task: string) -> map`.
    pub fn signature(&self) -> String {
        let params = self.params.iter().map(|param| format!("{}: {}", param.name, param.takes.as_type()));
        format!("{}({}) -> map", self.name, params.collect::<Vec<_>>().join(", "))
    }
}

impl Takes {
    /// In words.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::OptionalText => "a string or `()`",
            Self::Seconds => "a number of seconds",
            Self::Texts => "an array of strings",
        }
    }
}

impl Takes {
    /// As editors show it.
    const fn as_type(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::OptionalText => "string | ()",
            Self::Seconds => "int",
            Self::Texts => "array",
        }
    }
}

const fn text(name: &'static str) -> Param {
    Param { name, takes: Takes::Text }
}
const fn optional(name: &'static str) -> Param {
    Param { name, takes: Takes::OptionalText }
}
const fn texts(name: &'static str) -> Param {
    Param { name, takes: Takes::Texts }
}
/// The longest pause before a task is tried again, in seconds.
pub const MAX_PAUSE: i64 = 30 * 24 * 3600;

const SECONDS: Param = Param { name: "seconds", takes: Takes::Seconds };
const TIMEOUT: Param = Param { name: "timeout_seconds", takes: Takes::Seconds };
const TASK: Param = text("task");
const REASON: Param = text("reason");

const fn action(name: &'static str, params: &'static [Param], meaning: &'static str) -> ActionDoc {
    ActionDoc { name, params, meaning, action: name, counts: None }
}

/// Every action function.
pub const ACTIONS: &[ActionDoc] = &[
    action(
        "dispatch",
        &[TASK, text("agent")],
        "Start an agent on a task: on a pending one to do it (claims for the agent), on one in rebuttal to answer, on an \
         escalated one to decide.",
    ),
    action("offer", &[TASK, texts("agents")], "Start each agent without a claim; the first to claim has the task."),
    action("review", &[TASK, text("reviewer")], "Start a reviewer on a task in review."),
    action(
        "submit",
        &[TASK],
        "Let the whole of a task be looked at whose parts are final; its review goes as deep as `review_depth` says.",
    ),
    action(
        "tell",
        &[TASK, text("agent")],
        "Start an agent to read the comments of a task that mention it, all of those that wait.",
    ),
    action(
        "guard",
        &[TASK, text("agent")],
        "Start an agent to answer the oldest question of a guardrail about a task (`task.questions_count`).",
    ),
    action(
        "discuss",
        &[TASK, texts("agents")],
        "Open a round of discussion about a goal: these agents are asked for a position, a suggestion, a claim or a risk. At \
         most five rounds.",
    ),
    action(
        "summarise",
        &[TASK, text("agent")],
        "Ask an agent to sum a round of discussion up, by a decision and by parts.",
    ),
    action("drop_mention", &[TASK, text("agent"), REASON], "Let the mentions of an agent on a task go."),
    action("rebut", &[TASK], "Let the author answer the review, issue by issue."),
    action("accept", &[TASK], "Done: the review is in favour, or the parts of a task speak for it."),
    action("revise", &[TASK], "Back to the author with the findings."),
    action("next_round", &[TASK], "Let the reviewer look again, in a further round."),
    ActionDoc {
        counts: Some(true),
        ..action("requeue", &[TASK, SECONDS, REASON], "Back to pending, not before so many seconds; counts as a retry.")
    },
    ActionDoc {
        action: "requeue",
        counts: Some(false),
        ..action(
            "release",
            &[TASK, SECONDS, REASON],
            "Like `requeue`, but the task is not to blame: no retry is counted.",
        )
    },
    action("fail", &[TASK, REASON], "Give up."),
    action("block", &[TASK, REASON], "Wait."),
    action(
        "escalate",
        &[TASK, optional("to"), REASON],
        "Let an agent decide, or a person when `to` is `()` or `human`.",
    ),
    action("arbitrate", &[TASK], "Let the coordinator decide, or a person where there is none."),
    action("ask_human", &[TASK, text("question"), texts("options")], "Ask a person; the task waits for the answer."),
    action("ask_human", &[TASK, text("question")], "The same, with any answer possible."),
    action(
        "ask_human",
        &[TASK, text("question"), texts("options"), TIMEOUT, optional("default")],
        "The same; when nobody has answered after so many seconds, `default` holds, or those who watch are told when it \
         is `()`.",
    ),
    action(
        "observe",
        &[optional("task"), text("severity"), text("text")],
        "Write an observation (`info`, `warning`, `critical`); about the project when the task is `()`.",
    ),
    action(
        "notify",
        &[text("level"), text("text")],
        "Tell those who watch (`urgent`, `attention`, `routine`, `activity`).",
    ),
    action("nudge", &[text("attempt"), text("text")], "Remind an agent that seems stuck."),
    action("kill", &[text("attempt"), REASON], "End an attempt's processes."),
    action(
        "park",
        &[text("provider"), SECONDS, REASON],
        "Start nobody who needs this provider account (`attempt.provider`) for so many seconds.",
    ),
    action("healthy", &[], "All is well."),
];

pub(super) fn register(module: &mut Module) {
    for doc in ACTIONS {
        register_one(module, doc);
    }
    let global = FuncRegistration::new("emit").in_global_namespace();
    global.set_into_module(module, |value: Dynamic| -> Result<(), Box<EvalAltResult>> {
        let actions = parse(value).map_err(|wrong| format!("emit: {wrong}"))?;
        actions.into_iter().try_for_each(engine::emit)
    });
}

fn register_one(module: &mut Module, doc: &'static ActionDoc) {
    let function = FuncRegistration::new(doc.name).in_global_namespace();
    match doc.params.len() {
        0 => function.set_into_module(module, || build(doc, [])),
        1 => function.set_into_module(module, |a: Dynamic| build(doc, [a])),
        2 => function.set_into_module(module, |a: Dynamic, b: Dynamic| build(doc, [a, b])),
        3 => function.set_into_module(module, |a: Dynamic, b: Dynamic, c: Dynamic| build(doc, [a, b, c])),
        _ => function.set_into_module(module, |a: Dynamic, b: Dynamic, c: Dynamic, d: Dynamic, e: Dynamic| {
            build(doc, [a, b, c, d, e])
        }),
    };
}

/// What would be legal by its types, and is certainly a mistake.
fn sensible(doc: &ActionDoc, map: &Map) -> Result<(), Box<EvalAltResult>> {
    let seconds = map.get("seconds").and_then(|seconds| seconds.as_int().ok());
    if let Some(seconds) = seconds.filter(|seconds| doc.counts.is_some() && *seconds > MAX_PAUSE) {
        return Err(format!("{}: {seconds} seconds are more than 30 days ({MAX_PAUSE})", doc.name).into());
    }
    let question = map.get("question").and_then(|question| question.as_immutable_string_ref().ok());
    if question.is_some_and(|question| question.trim().is_empty()) {
        return Err(format!("{}: the question is empty", doc.name).into());
    }
    Ok(())
}

fn build<const N: usize>(doc: &ActionDoc, args: [Dynamic; N]) -> Result<Map, Box<EvalAltResult>> {
    let mut map = Map::new();
    map.insert("action".into(), doc.action.into());
    for (param, arg) in doc.params.iter().zip(args) {
        let value = argument(*param, arg).map_err(|wrong| format!("{}: {wrong}", doc.name))?;
        map.insert(param.name.into(), value);
    }
    sensible(doc, &map)?;
    if let Some(counts) = doc.counts {
        map.insert("counts".into(), counts.into());
    }
    one(map.clone().into()).map_err(|wrong| format!("{}: {wrong}", doc.name))?;
    Ok(map)
}

fn argument(param: Param, value: Dynamic) -> Result<Dynamic, String> {
    let fits = match param.takes {
        Takes::Text => value.is_string(),
        Takes::OptionalText => value.is_string() || value.is_unit(),
        Takes::Texts => value.as_array_ref().is_ok_and(|items| items.iter().all(Dynamic::is_string)),
        Takes::Seconds => {
            let seconds = value.as_int().or_else(|_| value.as_float().map(|seconds| seconds.ceil() as i64));
            return match seconds {
                Ok(seconds) if seconds >= 0 => Ok(seconds.into()),
                Ok(seconds) => Err(format!("`{}` is {seconds}; it cannot be negative", param.name)),
                Err(given) => Err(wrong_type(param, given)),
            };
        }
    };
    if fits { Ok(value) } else { Err(wrong_type(param, given_as(&value))) }
}

fn wrong_type(param: Param, given: &str) -> String {
    let hint = match given {
        "a Task" | "an Agent" | "an Attempt" => " (give its `.id`)",
        _ => "",
    };
    format!("`{}` is {given}{hint}, expected {}", param.name, param.takes.in_words())
}

/// A value's type in words.
pub(super) fn given_as(value: &Dynamic) -> &'static str {
    match value.type_name() {
        "()" => "`()`",
        "string" => "a string",
        "i64" => "an integer",
        "f64" => "a float",
        "bool" => "a bool",
        "array" => "an array",
        "map" => "a map",
        "Fn" => "a function",
        name if name.contains("TaskFacts") => "a Task",
        name if name.contains("AgentFacts") => "an Agent",
        name if name.contains("AttemptFacts") => "an Attempt",
        _ => "a value of another type",
    }
}

/// Reads what a hook returned, or what was emitted: one action, an array of them, or `()`.
pub(super) fn parse(value: Dynamic) -> Result<Vec<Action>, String> {
    if value.is_unit() {
        return Ok(Vec::new());
    }
    if !value.is_array() {
        return one(value).map(|action| vec![action]);
    }
    let mut actions = Vec::new();
    for (index, item) in value.into_array().unwrap_or_else(|_| Array::new()).into_iter().enumerate() {
        if !item.is_unit() {
            actions.push(one(item).map_err(|wrong| format!("item {index}: {wrong}"))?);
        }
    }
    Ok(actions)
}

/// Bytes of text in one action: it is for people to read.
const MAX_TEXT: usize = 16 * 1024;

fn one(value: Dynamic) -> Result<Action, String> {
    let Ok(map) = value.as_map_ref() else {
        return Err(format!("{} is not an action", given_as(&value)));
    };
    let bytes: usize =
        map.values().filter_map(|value| value.as_immutable_string_ref().ok()).map(|text| text.len()).sum();
    drop(map);
    if bytes > MAX_TEXT {
        return Err(format!("{bytes} bytes of text in one action; {MAX_TEXT} at most"));
    }
    from_dynamic(&value).map_err(|error| strip(*error))
}

/// Serde's words without what the engine puts around them.
pub(super) fn strip(mut error: EvalAltResult) -> String {
    let _ = error.take_position();
    let text = match &error {
        EvalAltResult::ErrorParsing(kind, _) => kind.to_string(),
        EvalAltResult::ErrorRuntime(value, _) => value.to_string(),
        other => other.to_string(),
    };
    text.trim_start_matches("Syntax error: ").to_owned()
}
