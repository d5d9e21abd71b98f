//! Tests of the policy module: the sandbox, resolution and reload, the shipped scripts.

mod depth;
mod library;
mod parents;
mod replay;
mod sandbox;
mod shipped;
mod unused;

use std::{sync::Arc, time::Duration};

use super::{
    engine::PolicyLimits,
    fault::ScriptFault,
    hooks, reload, sample,
    set::Set,
    source::{Level, SourceFile, SourceSet},
};
use crate::model::{action::Action, agent::AgentRole, snapshot::Context};

/// A source on a level.
fn source(level: Level, name: &str, text: &str) -> SourceFile {
    let path = format!("{level}/{name}.rhai");
    SourceFile { name: name.into(), level, path, text: text.into() }
}

fn project(files: &[(&str, &str)]) -> SourceSet {
    SourceSet::new(files.iter().map(|(name, text)| source(Level::Project, name, text)).collect())
}

/// What a test machine under load needs; tests of the deadline set their own.
fn limits() -> PolicyLimits {
    PolicyLimits { deadline: Duration::from_secs(20), ..PolicyLimits::default() }
}

fn compile(files: &[(&str, &str)]) -> Set {
    Set::compile(&project(files)).unwrap()
}

/// The first fault of a set that is refused.
fn refused(files: &[(&str, &str)]) -> ScriptFault {
    on_big_stack({
        let sources = project(files);
        move || reload::build(&sources, None, limits()).unwrap_err().remove(0)
    })
}

/// Test threads have small stacks; scripts run on big ones.
pub(super) fn on_big_stack<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    std::thread::Builder::new().stack_size(super::threads::STACK_BYTES).spawn(work).unwrap().join().unwrap()
}

/// A worker, a reviewer and a coordinator.
fn team() -> Arc<Context> {
    Arc::new(sample::context(vec![
        sample::agent("worker", AgentRole::Executor),
        sample::agent("reviewer", AgentRole::Reviewer),
        sample::agent("chief", AgentRole::Coordinator),
    ]))
}

/// Actions in short: `dispatch t-1 worker`.
fn short(actions: &[Action]) -> Vec<String> {
    actions.iter().map(one_short).collect()
}

fn one_short(action: &Action) -> String {
    let value = serde_json::to_value(action).unwrap();
    let fields =
        value.as_object().unwrap().iter().filter(|(key, _)| !["reason", "text", "question"].contains(&key.as_str()));
    let words = fields.map(|(_, value)| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    words.collect::<Vec<_>>().join(" ")
}
