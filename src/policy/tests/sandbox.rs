//! What a script cannot do, and how it is told.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use super::*;
use crate::{model::snapshot::AgentFacts, policy::question::Question};

fn board() -> Arc<crate::model::snapshot::Board> {
    Arc::new(sample::board(team(), vec![sample::task(1)]))
}

/// Runs a `plan` with this body; line 1 is `fn plan(board) {`.
fn plan(body: &str) -> Result<Vec<String>, ScriptFault> {
    let text = format!("fn plan(board) {{\n{body}\n}}");
    on_big_stack(move || {
        let set = compile(&[("tick", &text)]);
        let limits = PolicyLimits { deadline: Duration::from_millis(300), ..PolicyLimits::default() };
        set.ask(&Question::plan(&board()), limits).map(|answered| short(&answered.answer))
    })
}

fn fault_of(body: &str) -> ScriptFault {
    plan(body).unwrap_err()
}

#[test]
fn an_endless_loop_ends_at_the_deadline() {
    let begun = Instant::now();
    let fault = fault_of("loop { }");
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert!(fault.message.contains("ran longer than 300 ms") || fault.message.contains("operations"), "{fault}");
    assert_eq!((fault.file.as_str(), fault.line), ("project/tick.rhai", Some(2)));
    assert_eq!(fault.function.as_deref(), Some("plan"));
}

#[test]
fn operations_are_counted() {
    let text = "fn plan(board) { let n = 0; loop { n += 1; } }";
    let set = compile(&[("tick", text)]);
    let limits = PolicyLimits { deadline: Duration::from_secs(60), max_operations: 100_000 };
    let fault = set.ask(&Question::plan(&board()), limits).unwrap_err();
    assert_eq!(fault.message, "it used more than 100000 operations");
}

#[test]
fn recursion_and_bombs_are_errors() {
    let deep = on_big_stack(|| {
        let text = "fn plan(board) { down(0) }\nfn down(n) { [n].map(|x| down(x + 1)) }";
        compile(&[("tick", text)]).ask(&Question::plan(&board()), limits()).unwrap_err()
    });
    assert!(deep.message.contains("too deeply"), "{deep}");
    for bomb in [
        "let s = \"x\"; loop { s += s; }",
        "let a = [1]; loop { a += a; }",
        "let a = []; loop { a = [a, a]; }",
        "let m = #{}; let n = 0; loop { n += 1; m[`${n}`] = n; }",
        "let s = \"x\"; s.pad(100000000, \"y\");",
        "let s = \"xxxxxxxxxxxxxxxx\"; for i in 0..20 { s.replace(\"x\", s); }",
        "let a = []; loop { a = [a]; }",
        "let s = \"xxxxxxxxxxxxxxxxxxxxxxxx\"; for i in 0..3000 { s += \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"; } \
         loop { emit(observe((), \"info\", s)); }",
    ] {
        assert!(plan(bomb).is_err(), "{bomb}");
    }
}

#[test]
fn closures_with_captured_variables_are_not_kept() {
    for bomb in [
        "let f = || 1; loop { f = f.curry(f); }",
        "let f = || 1; loop { f = curry(f, f); }",
        "let f = || 1; loop { f = curry(|x| x, f); }",
        "let f = || 1; loop { let g = f; f = || g; }",
        "let f = || 1; loop { let g = f; f = keep(|| g); }\n}\nfn keep(f) { f",
        "let f = || 1; loop { let g = f; f = [1].filter(|| g); }\n}\nfn filter(f) { f",
        "let f = || 1; let m = #{filter: |f| f}; loop { let g = f; f = m.filter(|| g); }",
        "let f = || 1; loop { let g = f; f = [1].reduce(|a, b| a, || g); }",
    ] {
        let faults = Set::compile(&project(&[("tick", &format!("fn plan(board) {{\n{bomb}\n}}"))]));
        let fault = faults.map(|_| bomb).unwrap_err().remove(0);
        assert_eq!(fault.message, "a closure that captures variables is kept", "{bomb}");
        assert_eq!(fault.line, Some(2), "{bomb}");
    }
    let racing = "fn plan(board) {\n  let x = board;\n  x.tasks.filter(|t| t.priority > x.tick)\n}";
    let fault = refused(&[("tick", racing)]);
    assert_eq!(fault.message, "the closure uses `x`, which the call that it is given to starts from");
    assert_eq!((fault.line, fault.column), (Some(3), Some(35)));
    let good = "let least = 3; let id = \"worker\";
        let mine = board.tasks.filter(|t| t.priority > least).map(|t| [t.id, id]);
        let order = sorted_by(mine, |x| [least, x[0]]);
        if order != [[\"t-1\", \"worker\"]] { throw `${order}`; }";
    assert_eq!(plan(good).unwrap(), [""; 0]);
}

#[test]
fn facts_cannot_be_changed() {
    let fault = fault_of("let task = board.tasks[0];\n  task.priority = 10;");
    assert_eq!(fault.message, "`Task.priority` cannot be assigned");
    assert_eq!((fault.line, fault.column), (Some(3), Some(8)));
    assert!(fault.expected.unwrap().contains("read-only"));
}

#[test]
fn unknown_properties_name_the_nearest() {
    let fault = fault_of("for task in board.ready {\n    if task.prioritty > 3 { return; }\n}");
    assert_eq!(fault.message, "`Task` has no property `prioritty`");
    assert_eq!(fault.expected.as_deref(), Some("did you mean `priority`?"));
    assert_eq!((fault.line, fault.column), (Some(3), Some(13)));
    let fault = fault_of("board.config.review.confidence_treshold");
    assert_eq!(fault.message, "`config.review` has no key `confidence_treshold`; did you mean `confidence_threshold`?");
    assert_eq!(fault.line, Some(2));
}

#[test]
fn a_fault_in_a_helper_names_the_helper_and_the_way_there() {
    let text = "fn plan(board) {\n    order(board)\n}\nfn order(board) {\n    1 / 0\n}";
    let fault = on_big_stack(move || compile(&[("tick", text)]).ask(&Question::plan(&board()), limits()).unwrap_err());
    assert_eq!(fault.function.as_deref(), Some("order"));
    assert_eq!(fault.line, Some(5));
    assert!(fault.message.contains("called in `plan` at line 2"), "{fault}");
}

#[test]
fn wrong_arguments_are_found_where_they_are_given() {
    let fault = fault_of("let task = board.tasks[0];\ndispatch(task, \"worker\")");
    assert_eq!(fault.message, "dispatch: `task` is a Task (give its `.id`), expected a string");
    assert_eq!((fault.line, fault.column), (Some(3), Some(1)));
    assert_eq!(fault_of("dispatch(\"t-1\", ())").message, "dispatch: `agent` is `()`, expected a string");
    let fault = fault_of("dispatch(\"1\", \"worker\")");
    assert!(fault.message.contains("`1` is not a valid task id: it looks like t-12"), "{fault}");
    assert!(fault_of("notify(\"loud\", \"x\")").message.contains("unknown variant"));
    assert!(fault_of("requeue(\"t-1\", -1, \"x\")").message.contains("cannot be negative"));
}

#[test]
fn wrong_returns_say_what_was_expected() {
    let fault = fault_of("\"done\"");
    assert_eq!(fault.message, "a string is not an action");
    assert_eq!(fault.expected.as_deref(), Some("`plan(board)` returns an action, an array of actions, or `()`"));
    assert_eq!((fault.file.as_str(), fault.line), ("project/tick.rhai", Some(1)));
    assert!(fault_of("#{action: \"dispatch\", task: \"t-1\"}").message.contains("missing field `agent`"));
    assert!(fault_of("#{action: \"dispach\"}").message.contains("unknown variant `dispach`"));
    let extra = fault_of("[healthy(), #{action: \"accept\", task: \"t-1\", speed: 3}]");
    assert!(extra.message.starts_with("item 1: ") && extra.message.contains("unknown field `speed`"), "{extra}");
}

#[test]
fn actions_can_be_emitted_returned_or_written_as_maps() {
    let actions = plan(
        "emit(dispatch(\"t-1\", \"worker\"));
         emit([observe((), \"info\", \"x\"), ()]);
         [requeue(\"t-1\", 1.5, \"x\"), release(\"t-1\", 2, \"x\"), #{action: \"accept\", task: \"t-2\"}]",
    );
    assert_eq!(
        actions.unwrap(),
        ["dispatch t-1 worker", "observe null info", "requeue t-1 2 true", "requeue t-1 2 false", "accept t-2"]
    );
}

#[test]
fn clock_files_eval_and_random_numbers_are_out_of_reach() {
    for (call, word) in [("timestamp()", "clock"), ("sleep(1)", "sleep"), ("rand()", "random")] {
        let fault = refused(&[("tick", &format!("fn plan(board) {{\n  {call};\n}}"))]);
        if call.starts_with("sleep") {
            assert!(fault.message.contains(word), "{fault}");
        } else {
            assert!(fault.expected.clone().unwrap_or_default().contains(word), "{fault}");
        }
        assert_eq!(fault.line, Some(2));
    }
    assert!(Set::compile(&project(&[("tick", "fn plan(board) { eval(\"1\") }")])).is_err());
    let begun = Instant::now();
    assert!(plan("let f = Fn(\"sleep\"); f.call(5)").is_err());
    assert!(begun.elapsed() < Duration::from_secs(4));
}

#[test]
fn misspelt_functions_are_refused_at_load_even_where_no_call_comes_by() {
    let fault = refused(&[("tick", "fn plan(board) {\n  if board.tick == -5 { dispach(\"t-1\", \"worker\") }\n}")]);
    assert_eq!(fault.message, "there is no function `dispach`");
    assert_eq!(fault.expected.as_deref(), Some("did you mean `dispatch`?"));
    assert_eq!((fault.line, fault.column), (Some(2), Some(25)));
    let fault = refused(&[("tick", "fn plan(board) {\n  if board.tick == -5 { dispatch(\"t-1\") }\n}")]);
    assert_eq!(fault.message, "`dispatch` is called with 1 argument");
    assert_eq!(fault.expected.as_deref(), Some("it takes 2"));
}

#[test]
fn hooks_have_their_number_of_parameters_and_are_spelt_right() {
    let fault = refused(&[("zombie", "fn inspect(attempt) { healthy() }")]);
    assert_eq!(fault.message, "`inspect` has 1 parameters");
    assert_eq!(fault.expected.as_deref(), Some("the hook is `inspect(attempt, ctx)`"));
    let fault = refused(&[("escalation", "fn on_reveiw(review, task, ctx) { accept(task.id) }")]);
    assert_eq!(fault.expected.as_deref(), Some("did you mean the hook `on_review`?"));
}

#[test]
fn only_definitions_stand_outside_of_functions() {
    let fault = refused(&[("tick", "const A = 1;\nlet x = 2;\nfn plan(board) { }")]);
    assert_eq!(fault.message, "a statement outside of a function");
    assert_eq!(fault.line, Some(2));
}

#[test]
fn syntax_errors_have_a_place() {
    let fault = refused(&[("tick", "fn plan(board) {\n  let x = ;\n}")]);
    assert_eq!((fault.file.as_str(), fault.line), ("project/tick.rhai", Some(2)));
    let fault = refused(&[("tick", "fn plan(board) {\n  brd.tasks\n}")]);
    assert_eq!(fault.line, Some(2));
    assert!(fault.message.contains("brd"), "{fault}");
}

#[test]
fn imports_come_from_the_scripts_folders_only() {
    let lib = ("lib/quiet", "const FROM = 22;\nfn quiet(now) { now.hour >= global::FROM }");
    let good =
        "import \"lib/quiet\" as quiet;\nfn plan(board) { if quiet::quiet(board.now) { () } else { healthy() } }";
    assert!(on_big_stack(move || reload::build(&project(&[("tick", good), lib]), None, limits()).is_ok()));
    for bad in ["../secret", "/etc/passwd", "lib/../../x", "http://x/y"] {
        let fault = refused(&[("tick", &format!("import \"{bad}\" as x;\nfn plan(board) {{ }}"))]);
        assert!(fault.message.contains("cannot import"), "{fault}");
    }
    let fault = refused(&[("tick", "import \"lib/quite\" as q;\nfn plan(board) { }"), lib]);
    assert!(fault.message.contains("did you mean \"lib/quiet\""), "{fault}");
    let fault = refused(&[("tick", "import \"lib/quiet\" as q;\nfn plan(board) {\n  q::quite(board.now) }"), lib]);
    assert_eq!(fault.expected.as_deref(), Some("did you mean `quiet`?"));
    let fault = refused(&[
        ("tick", "import \"lib/a\" as a;\nfn plan(board) { }"),
        ("lib/a", "import \"lib/b\" as b;\nfn x() { }"),
        ("lib/b", "import \"lib/a\" as a;\nfn y() { }"),
    ]);
    assert!(fault.message.contains("circle"), "{fault}");
}

#[test]
fn an_error_inside_an_imported_file_names_that_file() {
    let fault = refused(&[
        ("tick", "import \"lib/a\" as a;\nfn plan(board) {\n  a::first(board)\n}"),
        ("lib/a", "fn first(board) {\n\n  board.taskz\n}"),
    ]);
    assert_eq!((fault.file.as_str(), fault.line), ("project/lib/a.rhai", Some(3)), "{fault}");
    assert_eq!(fault.function.as_deref(), Some("first"));
}

#[test]
fn times_are_simple_to_reckon_with() {
    let body = r#"
        let now = board.now;
        let then = now - 90;
        if now - then != 90 || then >= now || now.weekday != 1 { throw "wrong"; }
        if now.in_zone("Asia/Shanghai").hour != (now.hour + 8) % 24 { throw "zone"; }
        if time("2026-01-05T08:00:00Z") != now { throw `${now}`; }
        let sorted = sorted_by([3, 1, 2], |n| -n);
        if sorted != [3, 2, 1] { throw "sorted"; }
        if board.agent("worker").role != "executor" || board.agent("x") != () { throw "agent"; }
        if board.task("t-1").title != "task 1" { throw "task"; }
        if board.config.get("nope", 7) != 7 || "review" in board.config == false { throw "config"; }
    "#;
    assert_eq!(plan(body).unwrap(), [""; 0]);
}

#[test]
fn every_field_of_the_snapshot_is_a_documented_property() {
    let docs = crate::policy::facts::docs();
    let keys = |value: serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let json = |name: &str| match name {
        "Board" => Some(serde_json::to_value(&*board()).unwrap()),
        "Context" => Some(serde_json::to_value(&*team()).unwrap()),
        "Task" => Some(serde_json::to_value(sample::task(1)).unwrap()),
        "Agent" => Some(serde_json::to_value(sample::agent("a", AgentRole::Executor)).unwrap()),
        "Event" => Some(serde_json::to_value(sample::event(crate::model::event::Level::Urgent)).unwrap()),
        _ => None,
    };
    for doc in docs {
        let Some(value) = json(doc.name) else { continue };
        for key in keys(value).into_iter().filter(|key| key != "context") {
            assert!(doc.properties.iter().any(|property| property.name == key), "{}.{key}", doc.name);
        }
    }
}

#[test]
fn an_agent_that_only_the_real_project_has_is_no_fault_before_the_first_tick() {
    let text = "fn plan(board) {\n  if board.agent(\"zhangfei\").busy > 0 { return; }\n}";
    let sources = project(&[("tick", text)]);
    let live = Arc::new(sample::board(team(), Vec::new()));
    on_big_stack(move || {
        assert!(reload::build(&sources, None, limits()).is_ok());
        assert_eq!(reload::build(&sources, Some(&live), limits()).unwrap_err()[0].line, Some(2));
    });
}

#[test]
fn whatever_decides_about_a_start_is_tried_out_also_while_everybody_is_busy() {
    let mut busy = (*team()).clone();
    let rest = |agent: &Arc<AgentFacts>| Arc::new(AgentFacts { free_slots: 0, busy: 1, ..(**agent).clone() });
    busy.agents = busy.agents.iter().map(rest).collect();
    let live = Arc::new(sample::board(Arc::new(busy), Vec::new()));
    on_big_stack(move || {
        let faults =
            reload::build(&project(&[("tick", "fn can_start(agent) { }")]), Some(&live), limits()).unwrap_err();
        assert!(faults[0].to_string().contains("can_start"), "{}", faults[0]);
    });
}

#[test]
fn time_that_a_busy_machine_gives_to_others_is_no_fault_of_a_script() {
    let limits = PolicyLimits { deadline: Duration::from_millis(20), ..PolicyLimits::default() };
    let (answer, _) = crate::policy::engine::guarded(limits, || {
        // The thread gets no processor meanwhile.
        std::thread::sleep(Duration::from_millis(60));
        crate::policy::engine::engine().eval::<i64>("let n = 0; while n < 1000 { n += 1; } n")
    });
    assert_eq!(answer.unwrap(), 1000);
}

#[test]
fn the_reference_lists_everything() {
    let reference = crate::policy::reference::reference();
    for word in ["`plan(board: Board)`", "`next_round(task)`", "`in_status_seconds` | integer | seconds", "`weekday`"] {
        assert!(reference.contains(word), "{word}");
    }
}

#[test]
fn what_is_too_much_comes_with_what_is_allowed_and_where_it_is_set() {
    let fixed = "this limit is fixed";
    for (body, allowed) in [
        ("let s = \"x\"; loop { s += s; }", format!("at most 262144 bytes in a string; {fixed}")),
        ("let a = [1]; loop { a += a; }", format!("at most 20000 items in an array and the arrays inside it; {fixed}")),
        (
            "let m = #{x: 1}; loop { m = #{l: m, r: m}; }",
            format!("at most 2000 keys in a map and the maps inside it; {fixed}"),
        ),
    ] {
        assert_eq!(fault_of(body).expected, Some(allowed), "{body}");
    }
    let late = fault_of("loop { let s = \"x\"; for n in 0..17 { s += s; } s.replace(\"x\", \"y\"); }");
    let told = late.expected.unwrap();
    assert!(told.starts_with("`policy.deadline_ms` in config/default.yaml"), "{told}");
    let set = compile(&[("tick", "fn plan(board) { let n = 0; loop { n += 1; } }")]);
    let few = PolicyLimits { deadline: Duration::from_secs(60), max_operations: 10_000 };
    let told = set.ask(&Question::plan(&board()), few).unwrap_err().expected.unwrap();
    assert!(told.starts_with("`policy.max_operations` in config/default.yaml"), "{told}");
    let deep = format!("let x = {}1{};", "(".repeat(80), ")".repeat(80));
    let deep = refused(&[("tick", &format!("fn plan(board) {{ {deep} }}"))]);
    assert!(deep.expected.unwrap().starts_with("at most 32 expressions inside each other"));
}

#[test]
fn an_answer_is_no_longer_than_people_can_read() {
    let long = "let s = \"x\"; s.pad(16000, \"y\");";
    let emitted = fault_of(&format!("{long} for n in 0..100 {{ emit(observe((), \"info\", s)); }}"));
    assert_eq!(emitted.message, "more than 524288 bytes of text in the actions of one call");
    let returned =
        fault_of(&format!("{long} let all = []; for n in 0..40 {{ all.push(observe((), \"info\", s)); }} all"));
    // What a script gathers in a value of its own is stopped earlier, by the engine.
    assert_eq!(returned.message, "length of string too large");
    let text = format!(
        "fn check(task, ctx) {{ {long} let v = []; for n in 0..40 {{ v.push(violation(\"r\", \"warning\", s)); }} v }}"
    );
    let wordy = on_big_stack(move || {
        let set = compile(&[("guardrail", &text)]);
        set.ask(&Question::check(&Arc::new(sample::task(1)), &team()), limits()).unwrap_err()
    });
    assert_eq!(wordy.message, "length of string too large");
    assert_eq!(fault_of("throw #{code: 3}").message, "thrown: {\"code\":3}");
    assert!(!fault_of("throw #{all: board}").message.contains("::"), "no names of Rust types");
}

/// Asks `plan` of a project whose `tick.rhai` replaces a part of the built-in one.
fn with_part(text: &'static str) -> ScriptFault {
    on_big_stack(move || {
        let limits = PolicyLimits { deadline: Duration::from_millis(300), ..PolicyLimits::default() };
        let tasks = vec![sample::task(1), sample::task(2)];
        let board = Arc::new(sample::board(team(), tasks));
        compile(&[("tick", text)]).ask(&Question::plan(&board), limits).unwrap_err()
    })
}

#[test]
fn what_ends_in_a_replaced_part_is_told_there() {
    for (text, line, function) in [
        ("\nfn in_order(tasks, board) {\n    loop { }\n}", 3, "in_order"),
        ("fn in_order(tasks, board) {\n    let s = \"x\";\n    loop {\n        s += s;\n    }\n}", 4, "in_order"),
        ("fn in_order(tasks, board) {\n    deeper(tasks)\n}\nfn deeper(x) {\n    deeper(x)\n}", 5, "deeper"),
    ] {
        let fault = with_part(text);
        assert_eq!((fault.file.as_str(), fault.line), ("project/tick.rhai", Some(line)), "{fault}");
        assert_eq!(fault.function.as_deref(), Some(function), "{fault}");
    }
}

#[test]
fn what_goes_wrong_outside_of_functions_is_told_there() {
    for (text, line) in [
        ("import \"lib/nowhere\" as nowhere;\nfn in_order(tasks, board) {\n    tasks\n}", 1),
        ("fn in_order(tasks, board) {\n    tasks\n}\nconst MANY = 1 / 0;", 4),
        ("const A = 1;\nconst LONG = \"x\".to_long();\nfn in_order(tasks, board) {\n    tasks\n}", 2),
    ] {
        let text: &'static str = text;
        let fault = on_big_stack(move || match Set::compile(&project(&[("tick", text)])) {
            Ok(set) => set.ask(&Question::plan(&board()), limits()).unwrap_err(),
            Err(mut faults) => faults.remove(0),
        });
        assert_eq!((fault.file.as_str(), fault.line), ("project/tick.rhai", Some(line)), "{fault}");
        assert_eq!(fault.function, None, "{fault}");
    }
}
