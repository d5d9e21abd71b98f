//! Where a script stood when the engine ended it.
//!
//! The engine lets go of the place of an overrun on its way up through the calls, and scripts of several levels stand
//! together in one syntax tree. So a call that was ended is made once more, under a debugger that takes note of each
//! step. Scripts are pure: asking twice has no effect.

use std::sync::{Arc, Mutex, PoisonError};

use rhai::{
    ASTNode, CallFnOptions, Dynamic, Engine, Position, Scope, Stmt,
    debugger::{Debugger, DebuggerCommand, DebuggerEvent},
};

use super::engine::{self, PolicyLimits};

/// The place of a step.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    /// The function that was running; none at the top of a file.
    pub function: Option<String>,
    /// The number of the statement outside of functions that was running; none inside of a function.
    pub statement: Option<usize>,
    /// Where in its file.
    pub position: Position,
}

/// Makes a call once more, on an engine of its own; its last step.
pub(super) fn last_step(
    mut engine: Engine,
    ast: &rhai::AST,
    (function, args): (&str, Vec<Dynamic>),
    limits: PolicyLimits,
) -> Place {
    let last = Arc::new(Mutex::new(Place::default()));
    watch(&mut engine, ast, &last);
    let options = CallFnOptions::new().eval_ast(!ast.statements().is_empty());
    let call = || engine.call_fn_with_options::<Dynamic>(options, &mut Scope::new(), ast, function, args);
    // The error is known already; it is the way to it that is asked for.
    let _ = engine::guarded(limits, call);
    last.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

#[expect(deprecated, reason = "rhai marks what may change in its next version so")]
fn watch(engine: &mut Engine, ast: &rhai::AST, last: &Arc<Mutex<Place>>) {
    let at_top: Vec<_> = ast.statements().iter().map(|statement| std::ptr::from_ref(statement).addr()).collect();
    let last = last.clone();
    engine.register_debugger(
        |_, debugger| debugger,
        move |context, event, node, _, position| {
            let calls = context.debugger().map(Debugger::call_stack).unwrap_or_default();
            let (calls, position) = match (event, calls.split_last()) {
                (DebuggerEvent::Start | DebuggerEvent::Step, _) => (calls, position),
                // Whoever called it goes on with the value.
                (DebuggerEvent::FunctionExitWithValue(_), Some((done, callers))) => (callers, done.pos),
                _ => return Ok(DebuggerCommand::StepInto),
            };
            let function = calls.last().map(|call| call.fn_name.to_string());
            let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
            let number = |statement: &Stmt| {
                let here = std::ptr::from_ref(statement).addr();
                at_top.iter().position(|at| *at == here)
            };
            let statement = match node {
                _ if function.is_some() => None,
                ASTNode::Stmt(statement) => number(statement).or(last.statement),
                _ => last.statement,
            };
            let position = if position.is_none() { last.position } else { position };
            *last = Place { function, statement, position };
            Ok(DebuggerCommand::StepInto)
        },
    );
}
