//! Tests of scripts: files `*_test.rhai` beside the scripts, whose functions `test_…` ask hooks about made-up facts.
//!
//! A test builds its facts in a line or two ([`fixtures`]), asks a hook by its name and asserts. Time is part of the
//! facts, so a test of tonight's quiet hours runs at noon.

mod asking;
mod fixtures;

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use rhai::{Dynamic, Engine, EvalAltResult, Module};
use serde_json::Value;

use super::{
    engine::{self, PolicyLimits},
    fault::ScriptFault,
    natives::NativeDoc,
    script::Script,
    set::Set,
    threads,
};

/// Ends the names of test files.
pub const SUFFIX: &str = "_test.rhai";
/// Begins the names of test functions.
const PREFIX: &str = "test_";

/// What came of one test function.
#[derive(Debug, Clone)]
pub struct TestResult {
    /// The function.
    pub name: String,
    /// Why it failed; none when it passed.
    pub fault: Option<ScriptFault>,
    /// Lines that it printed.
    pub printed: Vec<String>,
}

/// Runs every test of a file against a set of scripts. Call it on a script thread.
///
/// A file that does not compile, or has no test, is a fault of its own.
pub fn run(set: &Arc<Set>, (path, text): (&str, &str), limits: PolicyLimits) -> Result<Vec<TestResult>, ScriptFault> {
    let mut engine = engine_for(set, limits);
    if let Some(modules) = set.modules() {
        engine.set_module_resolver(modules);
    }
    let (script, mut results) = compile(&engine, (path, text))?;
    results.extend(never_run(&script));
    let names = tests_of(&script, path).or_else(|none| if results.is_empty() { Err(none) } else { Ok(Vec::new()) })?;
    results.extend(names.into_iter().map(|name| one(&engine, &script, name, limits)));
    results.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(results)
}

/// Compiles a file without the tests in it that do not compile; these have failed then, and the others run.
fn compile(engine: &Engine, (path, text): (&str, &str)) -> Result<(Script, Vec<TestResult>), ScriptFault> {
    let (mut text, mut failed) = (text.to_owned(), Vec::new());
    loop {
        let fault = match Script::compile(engine, path, &text) {
            Ok(script) => return Ok((script, failed)),
            Err(fault) => fault,
        };
        // Each turn takes a test away, so it ends.
        let Some((name, rest)) = fault.line.and_then(|line| without_test(&text, line as usize)) else {
            return Err(fault);
        };
        failed.push(TestResult { fault: Some(fault.within(&name)), printed: Vec::new(), name });
        text = rest;
    }
}

/// The text without the test that a line belongs to, with its name; lines keep their numbers. None when the line belongs to
/// no test: what stands there is everybody's.
fn without_test(text: &str, line: usize) -> Option<(String, String)> {
    let lines: Vec<_> = text.lines().collect();
    let begins = |line: &&str| line.starts_with("fn ");
    let first = lines.iter().take(line).rposition(begins)?;
    let name = lines[first].strip_prefix("fn ")?.split('(').next()?.trim().to_owned();
    if !name.starts_with(PREFIX) {
        return None;
    }
    let next = lines.iter().skip(first + 1).position(begins).map_or(lines.len(), |after| first + 1 + after);
    let closing = lines[first..next].iter().rposition(|line| line.starts_with('}')).map(|after| first + after);
    let last = closing.filter(|closing| *closing + 1 >= line).unwrap_or(next - 1);
    let rest = lines.iter().enumerate().map(|(index, line)| if (first..=last).contains(&index) { "" } else { *line });
    Some((name, rest.collect::<Vec<_>>().join("\n")))
}

/// What is wrong with a test file before it runs.
pub fn check(path: &str, text: &str) -> Vec<ScriptFault> {
    let engine = engine_for(&Set::built_in(), PolicyLimits::default());
    match compile(&engine, (path, text)) {
        Err(fault) => vec![fault],
        Ok((script, mut failed)) => {
            failed.extend(never_run(&script));
            let none = if failed.is_empty() { tests_of(&script, path).err() } else { None };
            none.into_iter().chain(failed.into_iter().filter_map(|test| test.fault)).collect()
        }
    }
}

/// Functions that are meant for tests, and never run as one.
fn never_run(script: &Script) -> Vec<TestResult> {
    let told = |(name, params): (&str, usize)| {
        let right = "a test is a function without parameters whose name begins with `test_`";
        let message = match (name.strip_prefix(PREFIX), params) {
            (Some(_), 0) => return None,
            (Some(_), 1) => "it is no test: it has 1 parameter".to_owned(),
            (Some(_), params) => format!("it is no test: it has {params} parameters"),
            (None, _) => {
                let (word, _) = name.split_once('_')?;
                let is_near = strsim::damerau_levenshtein(word, PREFIX.trim_end_matches('_')) == 1;
                is_near.then(|| "it is no test, and nothing calls it".to_owned())?
            }
        };
        let fault = ScriptFault::at(script.path(), script.position(name), message).within(name).expected(right);
        Some(TestResult { name: name.to_owned(), fault: Some(fault), printed: Vec::new() })
    };
    script.uncalled().into_iter().filter_map(told).collect()
}

fn tests_of(script: &Script, path: &str) -> Result<Vec<String>, ScriptFault> {
    let names: Vec<_> = script.functions().filter(|(name, params)| name.starts_with(PREFIX) && *params == 0).collect();
    if names.is_empty() {
        let fault = ScriptFault::of_file(path, "there is no test in it");
        return Err(fault.expected("a test is a function such as `fn test_it_waits() { … }`"));
    }
    let mut names: Vec<_> = names.into_iter().map(|(name, _)| name.to_owned()).collect();
    names.sort();
    Ok(names)
}

fn one(engine: &Engine, script: &Script, name: String, limits: PolicyLimits) -> TestResult {
    let call = || engine::guarded(limits, || script.call(engine, &name, Vec::new()));
    match threads::catch(call) {
        Ok((value, trace)) => TestResult { fault: value.err(), printed: trace.printed, name },
        Err(lost) => {
            let fault = ScriptFault::from_lost(script.path(), &lost).within(&name);
            TestResult { fault: Some(fault), printed: Vec::new(), name }
        }
    }
}

/// The engine of scripts, with what tests can do besides.
fn engine_for(set: &Arc<Set>, limits: PolicyLimits) -> Engine {
    let mut engine = engine::engine();
    let mut module = Module::new();
    fixtures::register(&mut module);
    asking::register(&mut module, set, limits);
    register_asserts(&mut module);
    engine.register_global_module(module.into());
    engine
}

fn register_asserts(module: &mut Module) {
    module.set_native_fn("assert", |holds: bool| assert(holds, "it does not hold"));
    module.set_native_fn("assert", |holds: bool, text: &str| assert(holds, text));
    module.set_native_fn("assert_eq", |given: Dynamic, wanted: Dynamic| assert_eq(&given, &wanted, ""));
    module.set_native_fn("assert_eq", |given: Dynamic, wanted: Dynamic, text: &str| assert_eq(&given, &wanted, text));
}

fn assert(holds: bool, text: &str) -> Result<(), Box<EvalAltResult>> {
    if holds { Ok(()) } else { Err(format!("assert: {text}").into()) }
}

fn assert_eq(given: &Dynamic, wanted: &Dynamic, text: &str) -> Result<(), Box<EvalAltResult>> {
    let (given, wanted) = (fixtures::json_of(given)?, fixtures::json_of(wanted)?);
    if given == wanted {
        return Ok(());
    }
    let about = if text.is_empty() { String::new() } else { format!("{text}: ") };
    Err(format!("assert_eq: {about}it is {}, and not {}", shown(&given), shown(&wanted)).into())
}

/// Shortened for a message.
fn shown(value: &Value) -> String {
    let text = value.to_string();
    if text.len() > 600 { text.chars().take(600).chain("…".chars()).collect() } else { text }
}

/// The test files below a folder, in order of their names; job scripts' tests are among them.
pub fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let entries = match fs::read_dir(folder) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(found);
        }
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // Links are not followed: a test belongs to the folder that it lies in.
        if entry.file_type()?.is_dir() && !name.starts_with('.') {
            found.extend(files(&entry.path())?);
        } else if name.ends_with(SUFFIX) && !name.starts_with('.') {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

/// The functions that only tests have, for the reference.
pub(super) const FUNCTIONS: &[NativeDoc] = &[
    NativeDoc {
        signature: "assert(condition, text)",
        meaning: "Fails unless the condition holds; the text may be left out.",
    },
    NativeDoc {
        signature: "assert_eq(given, wanted, text)",
        meaning: "Fails unless both are equal, facts and actions too; the text may be left out.",
    },
    NativeDoc {
        signature: "plan(board), inspect(attempt, ctx), after(attempt, task, ctx) …",
        meaning: "Every hook by its name: asks the scripts that the test lies beside.",
    },
    NativeDoc {
        signature: "words(actions) -> array of string",
        meaning: "Actions in words: `[\"start worker on t-1\"]`.",
    },
    NativeDoc {
        signature: "board(agents, tasks) -> Board, board(#{…})",
        meaning: "A board. An agent is an `Agent` or a line such as `\"rita reviewer free_slots=0\"`, a task a `Task` or a \
                  line such as `\"t-2 review round=2\"`. The map can also hold `config` (merged into the defaults), \
                  `now`, `slots`, `rounds`, `coordinator`, `ticks_without_change`, `gateway_up`.",
    },
    NativeDoc {
        signature: "ctx() -> Context, ctx(#{…})",
        meaning: "What hooks get beside their facts; the map is that of `board`.",
    },
    NativeDoc {
        signature: "task(…), agent(…), attempt(…), review(…), rebuttal(…), mention(…), round(…), tag(…), \
                    experience(…), skill(…), event(…), incoming(…)",
        meaning: "A fact: a usual one, changed by a map of its properties, or by a line for tasks and agents.",
    },
    NativeDoc { signature: "but(fact, #{…})", meaning: "A copy with some properties changed." },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::tests::on_big_stack;

    fn told(text: &'static str) -> Vec<String> {
        let results = on_big_stack(move || run(&Set::built_in(), ("a_test.rhai", text), PolicyLimits::default()));
        let tell = |result: TestResult| match result.fault {
            Some(fault) => fault.to_string(),
            None => format!("{} ok", result.name),
        };
        results.map_or_else(|fault| vec![fault.to_string()], |results| results.into_iter().map(tell).collect())
    }

    #[test]
    fn a_test_that_is_wrong_fails_alone_and_is_told_what_is_right() {
        let told = told(
            "fn test_a() {\n    assert_eq(task(\"t-1 pending\").priority, 5);\n}\n\n\
             fn test_b() {\n    let t = task(#{priorty: 3});\n}\n\n\
             fn test_c() {\n    assert(tsk.is_ready);\n}\n\n\
             fn test_d() {\n    assert_eq(task(\"t-1 pending\").ttile, 1);\n}\n\n\
             fn test_e() {\n    plan(board(#{agnts: []}));\n}\n\n\
             fn test_f() { assert(true); }\n",
        );
        assert_eq!((told[0].as_str(), told[5].as_str()), ("test_a ok", "test_f ok"));
        let starts = |index: usize, begin: &str| assert!(told[index].starts_with(begin), "{}", told[index]);
        starts(
            1,
            "a_test.rhai:6:13: `Task` has no property `priorty` in `test_b`; did you mean `priority`? Task has: id, title",
        );
        starts(2, "a_test.rhai:10:12: undefined variable: tsk in `test_c`");
        starts(3, "a_test.rhai:14:");
        assert!(told[3].contains("`Task` has no property `ttile` in `test_d`; did you mean `title`?"), "{}", told[3]);
        starts(4, "a_test.rhai:18:");
        assert!(
            told[4].contains(
                "a board is not made of `agnts` in `test_e`; did you mean `agents`? a board is made of agents, tasks"
            ),
            "{}",
            told[4]
        );
    }

    #[test]
    fn what_only_looks_like_a_test_is_told() {
        let told = told(
            "fn test_a() { help(1); }\nfn tset_b() { assert(false); }\nfn test_c(x) { assert(x); }\nfn help(x) { x }\nfn tests_d() { }",
        );
        let right = "a test is a function without parameters whose name begins with `test_`";
        assert_eq!(
            told,
            [
                "test_a ok".to_owned(),
                format!("a_test.rhai:3:14: it is no test: it has 1 parameter in `test_c`; {right}"),
                format!("a_test.rhai:5:14: it is no test, and nothing calls it in `tests_d`; {right}"),
                format!("a_test.rhai:2:13: it is no test, and nothing calls it in `tset_b`; {right}"),
            ]
        );
    }

    #[test]
    fn what_all_tests_share_must_be_sound() {
        assert_eq!(
            told("fn help() { nothing_here }\nfn test_a() { help(); }"),
            ["a_test.rhai:1:13: undefined variable: nothing_here"]
        );
        assert_eq!(
            told("fn test_a() { nothing_here }"),
            ["a_test.rhai:1:15: undefined variable: nothing_here in `test_a`"]
        );
    }
}
