//! The reference of everything that scripts can use, written from the tables that make it usable.

use std::fmt::Write;

use super::{
    actions::ACTIONS,
    answers, desk,
    facts::{self, json, time},
    hooks::HOOKS,
    job_scripts,
    natives::{self, NativeDoc},
    testing,
};

/// The reference as Markdown, for `docs/policy-reference.md`.
pub fn reference() -> String {
    let mut out = String::from(INTRODUCTION);
    hooks(&mut out);
    actions(&mut out);
    functions(&mut out);
    jobs(&mut out);
    tests(&mut out);
    types(&mut out);
    out
}

const INTRODUCTION: &str = "\
# Policy reference

<!-- Written from the code; a test fails when the two differ. Do not edit. -->

Every judgement is a function in a script. Facts are read-only; a property that does not exist is an error with line
and column. Absent values are `()`. Ids, statuses and other words are strings. Lists are copies. There is no file,
network, clock or random number: the time of a decision is `now`.

";

/// Writing to a `String` cannot fail.
macro_rules! line {
    ($out:expr $(, $($text:tt)*)?) => {{ let _ = writeln!($out $(, $($text)*)?); }};
}

fn hooks(out: &mut String) {
    line!(out, "## Hooks\n");
    line!(out, "| file | function | asked | returns |\n|---|---|---|---|");
    for hook in HOOKS {
        let params: Vec<_> = hook.params.iter().map(|(name, kind)| format!("{name}: {kind}")).collect();
        let signature = format!("{}({})", hook.function, params.join(", "));
        line!(out, "| {}.rhai | `{signature}` | {} | {} |", hook.file, hook.asked, hook.returns.in_words());
    }
}

fn actions(out: &mut String) {
    line!(out, "\n## Actions\n");
    line!(
        out,
        "Functions that build plain maps `#{{action: \"...\", ...}}`. The core refuses what is illegal and says why."
    );
    line!(out, "A long plan calls `emit(action)` instead of returning an array.\n");
    line!(out, "| function | asks for |\n|---|---|");
    for action in ACTIONS {
        let params: Vec<_> = action.params.iter().map(|param| param.name).collect();
        line!(out, "| `{}({})` | {} |", action.name, params.join(", "), action.meaning);
    }
    line!(out, "| `emit(action)` | The action, or each of an array of them, besides what the hook returns. |");
}

fn functions(out: &mut String) {
    line!(out, "\n## Functions\n");
    line!(out, "Besides Rhai's own for numbers, strings, arrays and maps.\n");
    table(out, &[natives::FUNCTIONS, desk::FUNCTIONS, answers::FUNCTIONS, time::FUNCTIONS, json::FUNCTIONS].concat());
}

fn table(out: &mut String, functions: &[NativeDoc]) {
    line!(out, "| function | meaning |\n|---|---|");
    for NativeDoc { signature, meaning } in functions {
        line!(out, "| `{}` | {meaning} |", signature.replace('|', "\\|"));
    }
}

fn jobs(out: &mut String) {
    line!(out, "\n## In job scripts\n");
    line!(
        out,
        "A job is a function `run(job)`; these functions have effects. A problem is an error that can be caught.\n"
    );
    table(out, job_scripts::FUNCTIONS);
}

fn tests(out: &mut String) {
    line!(out, "\n## In tests\n");
    line!(
        out,
        "What a file `*_test.rhai` can use besides. Each of its functions `test_…` without parameters is a test.\n"
    );
    table(out, testing::FUNCTIONS);
}

fn types(out: &mut String) {
    line!(out, "\n## Facts\n");
    for doc in facts::docs() {
        line!(out, "### {}\n\n{}\n", doc.name, doc.meaning);
        line!(out, "| property | type | unit | nullable | meaning |\n|---|---|---|---|---|");
        for property in doc.properties {
            let words = match property.words {
                [] => String::new(),
                words => format!(" One of `{}`.", words.join("` `")),
            };
            let nullable = if property.nullable { "yes" } else { "" };
            let (name, kind, unit) = (property.name, property.kind, property.unit);
            line!(out, "| `{name}` | {kind} | {unit} | {nullable} | {}{words} |", property.meaning);
        }
        line!(out);
    }
    line!(out, "### Time\n\nA point in time. Text: RFC 3339.\n");
    line!(out, "| property | type | unit | nullable | meaning |\n|---|---|---|---|---|");
    for (name, meaning, _) in time::PARTS {
        line!(out, "| `{name}` | integer |  |  | {meaning} |");
    }
    line!(
        out,
        "\n### Json\n\nA read-only view into configuration or an event's payload: `ctx.config.review.confidence_threshold`."
    );
    line!(out, "A key that is not there is an error that names the nearest one.");
}
