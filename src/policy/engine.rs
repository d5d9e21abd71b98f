//! The recipe of every script engine: what a script may use, and how much of it.
//!
//! Scripts are pure. There is no file, network, clock or random number within their reach, no `eval`, and every
//! loop, recursion and value has a ceiling. Engines are cheap to make from here: the packages are shared.

use std::{
    cell::RefCell,
    sync::LazyLock,
    time::{Duration, Instant},
};

use nix::time::{ClockId, clock_gettime};
use rhai::{
    Dynamic, Engine, EvalAltResult, Module, Shared, def_package,
    packages::{
        ArithmeticPackage, BasicArrayPackage, BasicFnPackage, BasicIteratorPackage, BasicMapPackage, BasicMathPackage,
        BasicStringPackage, LanguageCorePackage, LogicPackage, MoreStringPackage, Package,
    },
};

use super::{actions, answers, desk, facts, limits, natives};
use crate::model::action::Action;

/// How much one call of a hook may use; the caller takes both from the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PolicyLimits {
    /// Processor time. A machine that is busy with other things is no fault of a script, and scripts wait for nothing.
    pub deadline: Duration,
    /// Operations of the engine.
    pub max_operations: u64,
}

impl Default for PolicyLimits {
    fn default() -> Self {
        Self { deadline: Duration::from_millis(250), max_operations: 5_000_000 }
    }
}

/// Lines that one call may print, and characters that are kept of each.
const MAX_PRINTED: usize = 100;
const MAX_LINE: usize = 1000;

def_package! {
    /// The part of the standard library that is pure: all of it but the clock and blobs.
    PurePackage(module):
        LanguageCorePackage,
        ArithmeticPackage,
        BasicStringPackage,
        BasicIteratorPackage,
        BasicFnPackage,
        LogicPackage,
        BasicMathPackage,
        BasicArrayPackage,
        BasicMapPackage,
        MoreStringPackage
    {
    }
}

static STANDARD: LazyLock<Shared<Module>> = LazyLock::new(|| PurePackage::new().as_shared_module());

static OFFERED: LazyLock<Shared<Module>> = LazyLock::new(|| {
    let mut module = Module::new();
    facts::register(&mut module);
    natives::register(&mut module);
    desk::register(&mut module);
    actions::register(&mut module);
    answers::register(&mut module);
    // The language core brings `sleep`, which blocks the thread past every deadline; these two take its place.
    module.set_native_fn("sleep", |_: i64| refuse_sleep());
    module.set_native_fn("sleep", |_: f64| refuse_sleep());
    module.build_index();
    module.into()
});

fn refuse_sleep() -> Result<(), Box<EvalAltResult>> {
    Err("scripts cannot sleep: return an action with a delay instead, such as `requeue(task, seconds, reason)`".into())
}

/// An engine with the language's own functions alone, to be described.
#[expect(clippy::disallowed_methods, reason = "this is the one place that makes engines")]
pub(super) fn standard() -> Engine {
    let mut engine = Engine::new_raw();
    engine.register_global_module(STANDARD.clone());
    engine
}

/// An engine with every limit set, the shared packages and no module resolver.
///
/// Run scripts inside [`guarded`]: deadline and operations are counted per call and thread.
#[expect(clippy::disallowed_methods, reason = "this is the one place that makes engines")]
pub fn engine() -> Engine {
    let mut engine = Engine::new_raw();
    engine.register_global_module(STANDARD.clone());
    engine.register_global_module(OFFERED.clone());
    engine
        .set_max_call_levels(limits::CALL_LEVELS)
        .set_max_expr_depths(limits::EXPRESSION_DEPTH, limits::EXPRESSION_DEPTH_IN_FUNCTIONS)
        .set_max_string_size(limits::STRING_BYTES)
        .set_max_array_size(limits::ARRAY_ITEMS)
        .set_max_map_size(limits::MAP_KEYS)
        .set_max_variables(limits::VARIABLES)
        .set_max_functions(limits::FUNCTIONS)
        .set_max_modules(limits::MODULES)
        .set_strict_variables(true)
        .set_fail_on_invalid_map_property(true)
        .disable_symbol("eval")
        .on_print(|text| print(text.to_owned()))
        .on_debug(|text, _, position| print(format!("{position}: {text}")))
        .on_progress(overrun);
    engine
}

/// What one guarded call left behind besides its value.
#[derive(Debug, Default)]
pub struct Trace {
    /// Actions that it emitted, in order.
    pub emitted: Vec<Action>,
    /// Bytes of text in them.
    text_bytes: usize,
    /// Lines that it printed.
    pub printed: Vec<String>,
    /// True when it missed something in a made-up project, so that its failure says nothing about the script.
    pub gave_up: bool,
}

struct Call {
    /// Before this time it cannot have used up its processor time.
    not_late_before: Instant,
    /// What the thread's clock of processor time shows when it has.
    ends: Duration,
    limits: PolicyLimits,
    made_up_project: bool,
    trace: Trace,
}

thread_local! {
    static CALL: RefCell<Option<Call>> = const { RefCell::new(None) };
}

/// Runs `work` under the limits; natives and the progress check see them by way of the thread.
pub fn guarded<T>(limits: PolicyLimits, work: impl FnOnce() -> T) -> (T, Trace) {
    guard(limits, false, work)
}

/// Like [`guarded`], for a dry run on a made-up project: a name that is missing there is nobody's mistake.
pub(super) fn guarded_dry<T>(limits: PolicyLimits, work: impl FnOnce() -> T) -> (T, Trace) {
    guard(limits, true, work)
}

fn guard<T>(limits: PolicyLimits, made_up_project: bool, work: impl FnOnce() -> T) -> (T, Trace) {
    /// Puts the call back that this one interrupted: a test asks hooks from inside a call of its own.
    struct Restore(Option<Call>);
    impl Drop for Restore {
        fn drop(&mut self) {
            CALL.set(self.0.take());
        }
    }
    let (not_late_before, ends) = (Instant::now() + limits.deadline, processor_time() + limits.deadline);
    let call = Call { not_late_before, ends, limits, made_up_project, trace: Trace::default() };
    let restore = Restore(CALL.replace(Some(call)));
    let value = work();
    let trace = CALL.take().map(|call| call.trace).unwrap_or_default();
    drop(restore);
    (value, trace)
}

/// Ends a call that is over its limits; asked before every operation, and looks at the clock once in 64: one operation
/// can be a native that works through a long text.
fn overrun(operations: u64) -> Option<Dynamic> {
    if operations & 0x3f != 0 {
        return None;
    }
    CALL.with_borrow(|call| {
        let call = call.as_ref()?;
        if operations > call.limits.max_operations {
            return Some(format!("it used more than {} operations", call.limits.max_operations).into());
        }
        // The thread's clock costs a call into the kernel, the other one does not.
        let late = Instant::now() > call.not_late_before && processor_time() > call.ends;
        late.then(|| format!("it ran longer than {} ms", call.limits.deadline.as_millis()).into())
    })
}

/// Processor time that this thread has used. Where the system cannot tell, none: the limit on operations is left.
fn processor_time() -> Duration {
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).map_or(Duration::ZERO, Duration::from)
}

/// Adds an action to those of the running call.
pub(super) fn emit(action: Action) -> Result<(), Box<EvalAltResult>> {
    CALL.with_borrow_mut(|call| match call {
        Some(call) if call.trace.emitted.len() < limits::EMITTED => {
            call.trace.text_bytes += action.text_bytes();
            if call.trace.text_bytes > limits::ANSWER_BYTES {
                return Err(
                    format!("more than {} bytes of text in the actions of one call", limits::ANSWER_BYTES).into()
                );
            }
            call.trace.emitted.push(action);
            Ok(())
        }
        Some(_) => Err(format!("more than {} actions in one call", limits::EMITTED).into()),
        None => Err("`emit` works inside a hook only".into()),
    })
}

/// Notes that a script missed something that it looked for by name: a key, an agent. On a made-up project that says
/// nothing about the script.
pub(super) fn missing_name() {
    CALL.with_borrow_mut(|call| {
        if let Some(call) = call {
            call.trace.gave_up |= call.made_up_project;
        }
    });
}

fn print(line: String) {
    CALL.with_borrow_mut(|call| {
        if let Some(call) = call
            && call.trace.printed.len() < MAX_PRINTED
        {
            call.trace.printed.push(line.chars().take(MAX_LINE).collect());
        }
    });
}
