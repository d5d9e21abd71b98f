//! Hooks as functions of a test: they ask the set of scripts that the test lies beside.

use std::sync::Arc;

use chrono::DateTime;
use rhai::{Array, Dynamic, EvalAltResult, FuncRegistration, Map, Module, serde::to_dynamic};
use serde::Serialize;

use super::super::{
    answers::{Answer, Delivery, Violation},
    engine::PolicyLimits,
    hooks::{HOOKS, Hook, Returns},
    question::Question,
    set::Set,
};
use crate::model::{action::Action, incoming::InboxEntry, task::ReviewDepth};

pub(super) fn register(module: &mut Module, set: &Arc<Set>, limits: PolicyLimits) {
    for hook in HOOKS {
        let function = FuncRegistration::new(hook.function).in_global_namespace();
        let set = set.clone();
        match hook.params.len() {
            1 => function.set_into_module(module, move |a: Dynamic| ask(&set, hook, vec![a], limits)),
            2 => function.set_into_module(module, move |a: Dynamic, b: Dynamic| ask(&set, hook, vec![a, b], limits)),
            _ => function.set_into_module(module, move |a: Dynamic, b: Dynamic, c: Dynamic| {
                ask(&set, hook, vec![a, b, c], limits)
            }),
        };
    }
    module.set_native_fn("words", |actions: Array| words(&actions.into()));
    module.set_native_fn("words", |action: Map| words(&vec![Dynamic::from(action)].into()));
}

type Answered = Result<Dynamic, Box<EvalAltResult>>;

fn ask(set: &Set, hook: &'static Hook, args: Vec<Dynamic>, limits: PolicyLimits) -> Answered {
    match hook.returns {
        Returns::Actions => answer::<Vec<Action>>(set, hook, args, limits),
        Returns::Bool => answer::<bool>(set, hook, args, limits),
        Returns::Violations => answer::<Vec<Violation>>(set, hook, args, limits),
        Returns::Depth => answer::<Option<ReviewDepth>>(set, hook, args, limits),
        Returns::Deliveries => answer::<Vec<Delivery>>(set, hook, args, limits),
        Returns::Lines => answer::<Vec<InboxEntry>>(set, hook, args, limits),
    }
}

fn answer<T: Answer + Serialize>(set: &Set, hook: &'static Hook, args: Vec<Dynamic>, limits: PolicyLimits) -> Answered {
    // Whoever runs a test keeps no record of failures: the time is asked for by nobody.
    let question = Question::<T>::new(hook, DateTime::UNIX_EPOCH, args);
    let answered = set.ask(&question, limits).map_err(|fault| fault.to_string())?;
    to_dynamic(answered.answer)
}

fn words(actions: &Dynamic) -> Answered {
    let actions = super::super::actions::parse(actions.clone())?;
    Ok(actions.iter().map(|action| Dynamic::from(action.in_words())).collect::<Array>().into())
}
