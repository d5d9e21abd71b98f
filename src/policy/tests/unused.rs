//! What stands in a script and would change nothing is refused, and what was meant is named.

use super::*;
use crate::policy::{job_scripts, source::SourceFile};

/// The first fault, as `line: message; expected`.
fn told(files: &[(&str, &str)]) -> String {
    let fault = refused(files);
    let line = fault.line.map(|line| line.to_string()).unwrap_or_default();
    format!("{line}: {}; {}", fault.message, fault.expected.unwrap_or_default())
}

fn passes(files: &[(&str, &str)]) {
    assert!(Set::compile(&project(files)).is_ok(), "{files:?}");
}

#[test]
fn a_part_that_replaces_nothing_is_told() {
    assert_eq!(
        told(&[("tick", "fn in_order(tasks) { tasks }")]),
        "1: `in_order` takes 1, so it replaces nothing; the one that it is to replace takes 2"
    );
    assert_eq!(
        told(&[("tick", "\nfn in_ordre(tasks, board) { tasks }")]),
        "2: nothing calls `in_ordre`; did you mean `in_order`, which is there to be replaced?"
    );
    assert_eq!(
        told(&[("tick", "fn inspect(attempt, ctx) { healthy() }")]),
        "1: `inspect` is a hook of zombie.rhai, and nothing calls it here; move it to zombie.rhai"
    );
    passes(&[(
        "tick",
        "fn in_order(tasks, board) { sorted(tasks) }\nfn sorted(tasks) { tasks }\nfn of_later_use(x) { x }",
    )]);
    passes(&[("tick", "fn in_order(tasks, board) { in_order(tasks) }\nfn in_order(tasks) { tasks }")]);
}

#[test]
fn a_constant_and_a_file_that_nobody_reads_are_told() {
    let built_in = hooks::FILES.iter().find(|(name, _)| *name == "outcome").unwrap().1;
    let constant = built_in.lines().find_map(|line| line.strip_prefix("const ")).unwrap();
    let name = constant.split([' ', '=']).next().unwrap();
    let misspelt = format!("const {}X = 1;", &name[..name.len() - 1]);
    assert_eq!(
        told(&[("outcome", &misspelt)]),
        format!("1: nothing uses the constant `{}X`; did you mean `{name}`?", &name[..name.len() - 1])
    );
    passes(&[("outcome", &format!("const {name} = 1;"))]);
    assert_eq!(
        told(&[("tikc", "fn in_order(tasks, board) { tasks }")]),
        ": nothing asks this file, and nobody imports it; did you mean tick.rhai? Other names are for modules, best in a \
         folder: lib/tick"
    );
    passes(&[("quiet", "fn is_night(now) { now.hour > 22 }")]);
}

#[test]
fn an_action_that_is_made_and_dropped_is_told() {
    let dropped = |body: &str| told(&[("tick", &format!("fn plan(board) {{\n{body}\n}}"))]);
    let right = "return it, or hand it over: `emit(…)` for an action";
    for (body, call, line) in [
        ("for t in board.ready { dispatch(t.id, \"worker\"); }", "dispatch", 2),
        ("if board.tick > 1 { notify(\"info\", \"x\"); }\n[]", "notify", 2),
        ("let x = 1;\nswitch x { 1 => accept(\"t-1\"), _ => () }\n[]", "accept", 3),
        ("while true { if board.tick == 1 { fail(\"t-1\", \"x\") } else { break; } }\n[]", "fail", 2),
    ] {
        assert_eq!(dropped(body), format!("{line}: what `{call}` makes is dropped; {right}"), "{body}");
    }
    for body in [
        "if board.tick > 1 { dispatch(\"t-1\", \"a\") } else { healthy() }",
        "for t in board.ready { emit(dispatch(t.id, \"worker\")); }",
        "let plan = [];\nfor t in board.ready { plan.push(dispatch(t.id, \"worker\")); }\nplan",
        "switch board.tick { 1 => dispatch(\"t-1\", \"a\"), _ => [] }",
        "return notify(\"info\", \"x\");",
        "board.ready.map(|t| dispatch(t.id, \"worker\"))",
    ] {
        passes(&[("tick", &format!("fn plan(board) {{\n{body}\n}}"))]);
    }
}

#[test]
fn a_constant_has_another_name_inside_of_functions() {
    let fault = refused(&[("tick", "const MOST = 3;\nfn plan(board) { if board.tick > MOST { [] } else { () } }")]);
    assert_eq!(fault.expected.as_deref(), Some("a constant is `global::MOST` inside of functions"));
}

#[test]
fn a_word_that_a_fact_never_is_is_told() {
    for (condition, wanted) in [
        ("task.status == \"pendng\"", "3: `task.status` is never `pendng`; did you mean `pending`?"),
        ("task.status in [\"done\", \"open\"]", "`task.status` is never `open`; it is one of pending, claimed"),
        ("!(task.risk_level in [\"hihg\"])", "`task.risk_level` is never `hihg`; did you mean `high`?"),
        ("\"nothing\" != task.review_phase", "`task.review_phase` is never `nothing`"),
    ] {
        let text = format!(
            "fn check(task, ctx) {{\n\n    if {condition} {{ return [violation(\"x\", \"warning\", \"y\")]; }}\n    []\n}}"
        );
        let faults = told(&[("guardrail", &text)]);
        assert!(faults.contains(wanted), "{condition}: {faults}");
    }
    let text = "fn check(task, ctx) {\n let open = [\"x\"];\n if task.title == \"pendng\" || task.review_phase == () || task.status in open \
                { return [violation(\"x\", \"warning\", \"y\")]; }\n []\n}";
    passes(&[("guardrail", text)]);
}

#[test]
fn calls_of_a_job_are_looked_up() {
    let told = |text: &str| {
        let (name, path) = ("nightly".to_owned(), "scripts/jobs/nightly.rhai".to_owned());
        let file = SourceFile { name, level: Level::Root, path, text: text.to_owned() };
        job_scripts::check(file).first().map(ToString::to_string).unwrap_or_default()
    };
    assert_eq!(told("fn run(job) { for p in list_projects() { log(backup_database(p).path); } }"), "");
    assert_eq!(
        told("fn run(job) {\n    backup_databse(\"x\")\n}"),
        "scripts/jobs/nightly.rhai:2:5: there is no function `backup_databse`; did you mean `backup_database`?"
    );
    assert_eq!(
        told("fn run(job) { notify(\"info\") }"),
        "scripts/jobs/nightly.rhai:1:15: `notify` is called with 1 argument; it takes 2"
    );
    assert_eq!(
        told("fn rnu(job) { }"),
        "scripts/jobs/nightly.rhai: there is no function `run`; `fn run(job)`, with one parameter"
    );
    for (name, text) in job_scripts::BUILT_IN {
        assert_eq!(told(text), "", "{name}");
    }
}
