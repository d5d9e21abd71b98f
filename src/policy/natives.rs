//! Small pure functions that scripts share.

use std::{cmp::Ordering, sync::Arc};

use rhai::{
    Array, Dynamic, EvalAltResult, FnPtr, FuncRegistration, ImmutableString, Module, NativeCallContext, Position,
};

use super::{
    facts::{self, time::Time},
    limits,
};
use crate::model::{
    snapshot::{AgentFacts, AttemptFacts, Board, Context, TaskFacts},
    task::Trigger,
};

/// Documentation of a function that scripts can call.
#[derive(Debug, Clone, Copy)]
pub struct NativeDoc {
    /// Name, parameters and result.
    pub signature: &'static str,
    /// What it does.
    pub meaning: &'static str,
}

impl NativeDoc {
    /// Its name: what stands before the parameters.
    pub(super) fn name(&self) -> &'static str {
        self.signature.split('(').next().unwrap_or(self.signature)
    }

    /// How many parameters it has.
    pub(super) fn params_count(&self) -> usize {
        let params = self.signature.split(['(', ')']).nth(1).unwrap_or_default();
        if params.is_empty() { 0 } else { params.split(", ").count() }
    }
}

/// The functions that are registered here, for the reference.
pub(super) const FUNCTIONS: &[NativeDoc] = &[
    NativeDoc {
        signature: "board.task(id) -> Task",
        meaning: "The open task with this id, or `()` when there is none.",
    },
    NativeDoc {
        signature: "board.in_status(status) -> array of Task",
        meaning: "The open tasks in this status, in the order of `tasks`; much quicker than looking at each.",
    },
    NativeDoc {
        signature: "board.of_type(task_type) -> array of Task",
        meaning: "The open tasks of this kind of work, in the order of `tasks`.",
    },
    NativeDoc {
        signature: "board.agent(id), ctx.agent(id) -> Agent",
        meaning: "The agent with this id, or `()` when the project has none.",
    },
    NativeDoc {
        signature: "task.live(kind) -> array of Attempt",
        meaning: "Its attempts of a kind, such as `review`, that have not ended.",
    },
    NativeDoc { signature: "task.ended(kind) -> array of Attempt", meaning: "Its attempts of a kind that have ended." },
    NativeDoc {
        signature: "task.attempts_since(kind, kinds) -> array of Attempt",
        meaning: "Its attempts of a kind after the last one of these other kinds.",
    },
    NativeDoc {
        signature: "task.round_reviews() -> array of Review",
        meaning: "The reviews of the round that goes on.",
    },
    NativeDoc { signature: "task.last_author() -> string", meaning: "The agent that worked on it last, or `()`." },
    NativeDoc {
        signature: "sorted_by(array, |item| key) -> array",
        meaning: "A sorted copy, smallest key first; a key is a number, a string, a bool, a `Time`, or an array of \
                  these. Items with equal keys keep their order.",
    },
];

pub(super) fn register(module: &mut Module) {
    let global = |name: &str| FuncRegistration::new(name).in_global_namespace();
    global("task").set_into_module(module, task);
    global("agent").set_into_module(module, |board: &mut Arc<Board>, id: &str| agent(&board.agents, id));
    global("agent").set_into_module(module, |context: &mut Arc<Context>, id: &str| agent(&context.agents, id));
    // With `()` these answer `()`, so that `board.agent(task.assignee)` needs no question before it.
    global("agent").set_into_module(module, |_: &mut Arc<Board>, (): ()| ());
    global("agent").set_into_module(module, |_: &mut Arc<Context>, (): ()| ());
    global("in_status")
        .set_into_module(module, |board: &mut Arc<Board>, status: &str| tasks(board, |t| t.status.as_str() == status));
    global("of_type")
        .set_into_module(module, |board: &mut Arc<Board>, kind: &str| tasks(board, |t| t.task_type.as_str() == kind));
    global("sorted_by").set_into_module(module, sorted_by);
    global("live")
        .set_into_module(module, |task: &mut Arc<TaskFacts>, kind: &str| attempts(task, |a| is(a, kind) && a.is_live));
    global("ended")
        .set_into_module(module, |task: &mut Arc<TaskFacts>, kind: &str| attempts(task, |a| is(a, kind) && !a.is_live));
    global("attempts_since").set_into_module(module, attempts_since);
    global("round_reviews").set_into_module(module, |task: &mut Arc<TaskFacts>| {
        let reviews = task.reviews.iter().filter(|review| review.round == task.round);
        reviews.map(facts::dynamic).collect::<Array>()
    });
    global("last_author").set_into_module(module, last_author);
    register_replace(module);
}

/// The standard `replace`, but refusing before it builds a string that the engine would refuse after.
fn register_replace(module: &mut Module) {
    fn replace(text: &mut ImmutableString, find: &str, by: &str) -> Result<(), Box<EvalAltResult>> {
        let found = text.matches(find).count();
        if text.len().saturating_add(found.saturating_mul(by.len())) > limits::STRING_BYTES {
            return Err(EvalAltResult::ErrorDataTooLarge("Length of string".into(), Position::NONE).into());
        }
        if found > 0 {
            *text = text.replace(find, by).into();
        }
        Ok(())
    }
    let one = |c: char| c.to_string();
    module.set_native_fn("replace", replace);
    module.set_native_fn("replace", move |text: &mut ImmutableString, find: char, by: &str| {
        replace(text, &one(find), by)
    });
    module.set_native_fn("replace", move |text: &mut ImmutableString, find: &str, by: char| {
        replace(text, find, &one(by))
    });
    module.set_native_fn("replace", move |text: &mut ImmutableString, find: char, by: char| {
        replace(text, &one(find), &one(by))
    });
}

fn task(board: &mut Arc<Board>, id: &str) -> Dynamic {
    let found = id.parse().ok().and_then(|id| board.tasks.iter().find(|task| task.id == id));
    found.map_or(Dynamic::UNIT, facts::dynamic)
}

fn tasks(board: &Board, which: impl Fn(&TaskFacts) -> bool) -> Array {
    board.tasks.iter().filter(|task| which(task)).take(limits::TASKS).map(facts::dynamic).collect()
}

fn agent(agents: &[Arc<AgentFacts>], id: &str) -> Dynamic {
    agents.iter().find(|agent| agent.id.as_str() == id).map_or(Dynamic::UNIT, facts::dynamic)
}

fn is(attempt: &AttemptFacts, kind: &str) -> bool {
    attempt.kind.as_str() == kind
}

fn attempts(task: &TaskFacts, which: impl Fn(&AttemptFacts) -> bool) -> Array {
    task.attempts.iter().filter(|attempt| which(attempt)).map(facts::dynamic).collect()
}

fn attempts_since(task: &mut Arc<TaskFacts>, kind: &str, kinds: Array) -> Array {
    let ends = |attempt: &Arc<AttemptFacts>| {
        kinds.iter().any(|kind| kind.as_immutable_string_ref().is_ok_and(|kind| is(attempt, &kind)))
    };
    let after = task.attempts.iter().rposition(ends).map_or(0, |last| last + 1);
    task.attempts[after..].iter().filter(|attempt| is(attempt, kind)).map(facts::dynamic).collect()
}

fn last_author(task: &mut Arc<TaskFacts>) -> Dynamic {
    let worked = task.attempts.iter().rev().find(|attempt| matches!(attempt.kind, Trigger::Execute | Trigger::Revise));
    let agent = worked.map(|attempt| attempt.agent.to_string());
    let author = agent.or_else(|| task.authors.last().map(ToString::to_string));
    author.map_or(Dynamic::UNIT, Dynamic::from)
}

fn sorted_by(context: NativeCallContext, items: Array, key: FnPtr) -> Result<Array, Box<EvalAltResult>> {
    let mut keyed = Vec::with_capacity(items.len());
    for item in items {
        let key: Dynamic = key.call_within_context(&context, (item.clone(),))?;
        keyed.push((key, item));
    }
    let mut wrong = None;
    keyed.sort_by(|(a, _), (b, _)| {
        compare(a, b).unwrap_or_else(|| {
            wrong = Some(format!("sorted_by: cannot compare {} with {}", a.type_name(), b.type_name()));
            Ordering::Equal
        })
    });
    match wrong {
        Some(wrong) => Err(wrong.into()),
        None => Ok(keyed.into_iter().map(|(_, item)| item).collect()),
    }
}

fn compare(a: &Dynamic, b: &Dynamic) -> Option<Ordering> {
    if let (Ok(a), Ok(b)) = (a.as_int(), b.as_int()) {
        return Some(a.cmp(&b));
    }
    let number = |value: &Dynamic| value.as_float().or_else(|_| value.as_int().map(|integer| integer as f64)).ok();
    if let (Some(a), Some(b)) = (number(a), number(b)) {
        return a.partial_cmp(&b);
    }
    if let (Ok(a), Ok(b)) = (a.as_bool(), b.as_bool()) {
        return Some(a.cmp(&b));
    }
    if let (Ok(a), Ok(b)) = (a.as_immutable_string_ref(), b.as_immutable_string_ref()) {
        return Some(a.cmp(&*b));
    }
    if let (Some(a), Some(b)) = (a.read_lock::<Time>(), b.read_lock::<Time>()) {
        return Some(a.millis().cmp(&b.millis()));
    }
    let (a, b) = (a.as_array_ref().ok()?, b.as_array_ref().ok()?);
    for (a, b) in a.iter().zip(b.iter()) {
        match compare(a, b)? {
            Ordering::Equal => {}
            other => return Some(other),
        }
    }
    Some(a.len().cmp(&b.len()))
}
