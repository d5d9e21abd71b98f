//! Hostile scripts on a running system: the tick, the other projects and the built-in policy go on, and people are told.

use moziplus::{
    app::{explain, projects, replay, scripts, tasks},
    model::{
        event::EventKind,
        status::Status,
        task::{NewTask, RiskLevel, Trigger},
    },
    policy::library::ReloadOutcome,
    store::daemon_db::IndexQuery,
};

use super::office::Office;
use crate::support::person;

/// What a script may do to harm, and what people are told. Each does it only once a task of this title is there, so
/// that no dry run finds it.
const BOMBS: &[(&str, &str)] = &[
    ("loop { }", "it used more than"),
    ("let s = \"x\"; for n in 0..17 { s += s; } loop { let t = s; t.replace(\"x\", \"y\"); }", "it ran longer than"),
    ("down(0);", "functions call each other too deeply"),
    ("let s = \"x\"; loop { s += s; }", "length of string"),
    ("let a = [1]; loop { a += a; }", "size of array"),
    ("return 42;", "an integer is not an action"),
    ("return #{action: \"dispatch\", taks: \"t-1\"};", "taks"),
    ("board.config.nothing.there;", "has no key `nothing`"),
    ("throw \"no luck\";", "no luck"),
];

fn script(title: &str, bomb: &str) -> String {
    format!(
        "fn plan(board) {{\n    if board.tasks.some(|t| t.title == \"{title}\") {{\n        {bomb}\n    }}\n}}\n\
         fn down(n) {{ down(n + 1) }}\n"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_script_harms_nobody_and_is_told_with_its_place() {
    let office = Office::new().await;
    let other = projects::NewProject { id: "other".parse().unwrap(), name: None, description: None, agents: vec![] };
    projects::create(&office.app, other, &person()).await.unwrap();
    let project = office.app.project(&office.project).unwrap();
    let file = office.app.root().project_scripts(&office.project).join("tick.rhai");
    for (number, (bomb, told)) in BOMBS.iter().enumerate() {
        let title = format!("bomb {number}");
        std::fs::write(&file, script(&title, bomb)).unwrap();
        let outcome = scripts::reload(&office.app, &project).await;
        assert!(matches!(outcome, ReloadOutcome::Swapped { .. }), "{bomb}: {outcome:?}");
        let low = NewTask { title, risk_level: Some(RiskLevel::Low), ..NewTask::default() };
        let task = office.create(low).await;
        // The built-in policy answers in its place.
        let worker = office.comes(task, Trigger::Execute).await;
        office.completes(&worker).await;
        office.becomes(task, Status::Done).await;
        // It gets its number soon after what it tells of.
        office.within(|| async { newest_fault(&office).await.contains(told) }).await;
        let summary = newest_fault(&office).await;
        assert!(summary.contains(told), "{bomb}: {summary}");
        assert!(summary.contains("projects/sales/scripts/tick.rhai:"), "{bomb}: {summary}");
    }
    // What is broken as it is saved does not come into force, and the last good set stays.
    let before = project.library.status().hash;
    std::fs::write(&file, b"fn plan(board) {\n  \xff }").unwrap();
    let outcome = scripts::reload(&office.app, &project).await;
    assert!(matches!(&outcome, ReloadOutcome::Rejected(fault) if fault.line == Some(2)), "{outcome:?}");
    assert_eq!(project.library.status().hash, before);
    // The other project goes on.
    let neighbour = "other".parse().unwrap();
    let new = NewTask { title: "Count".into(), assignee: Some("guanyu-dev".parse().unwrap()), ..NewTask::default() };
    let task = tasks::create(&office.app, &neighbour, &person(), new).await.unwrap().id;
    office.meets("other", task).await;
}

/// What was said last about scripts.
/// A plan that tells something else each time would wake itself again and again, were it woken by what it tells.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_plan_tells_does_not_wake_it() {
    let mut office = Office::new().await;
    let project = office.app.project(&office.project).unwrap();
    let file = office.app.root().project_scripts(&office.project).join("tick.rhai");
    let text = "fn plan(board) { notify(\"routine\", `look ${\"abcdefghijklmnopqrstuvwxyz\".sub_string(board.tick % 26, 1)}`) }";
    std::fs::write(&file, text).unwrap();
    let outcome = scripts::reload(&office.app, &project).await;
    assert!(matches!(outcome, ReloadOutcome::Swapped { .. }), "{outcome:?}");
    office.settle().await;
    let mut changed = project.store.changed();
    changed.mark_unchanged();
    office.settle().await;
    let query = IndexQuery {
        kinds: vec!["observation_added"],
        newest_first: true,
        limit: 2,
        project: Some(office.project.clone()),
        ..IndexQuery::default()
    };
    let told = moziplus::app::events::page(&office.app, query).await.unwrap().events;
    assert!(told.len() == 2 && told[0].summary != told[1].summary, "{told:?}");
    assert!(!changed.has_changed().unwrap(), "a notice is nothing to look at the board for");
}

async fn newest_fault(office: &Office) -> String {
    let query = IndexQuery {
        newest_first: true,
        project: Some(office.project.clone()),
        kinds: vec![EventKind::PolicyRejected.as_str()],
        limit: 1,
        ..IndexQuery::default()
    };
    let found = moziplus::app::events::page(&office.app, query).await.unwrap();
    found.events.first().map(|event| event.summary.clone()).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happened_is_on_record_explained_and_replayed() {
    let office = Office::with("max_global_agents: 1").await;
    let first = office.task("Count").await;
    let worker = office.comes(first, Trigger::Execute).await;
    let second = office.task("Sum").await;
    let why = explain(&office, second).await;
    assert!(why.summary.contains("no free slot: as many agents run as `daemon.max_global_agents` allows"), "{why:?}");
    let why = explain(&office, first).await;
    let start = why.decisions.iter().find(|decision| decision.hook == "plan").unwrap();
    assert_eq!(start.text, format!("start {} on {first}", worker.name));
    assert_eq!((start.script.as_str(), start.outcomes[0].result.as_str()), ("built-in/tick.rhai", "done"));
    assert_eq!(start.facts.as_ref().unwrap()["task"]["status"], "pending");

    office.says_and_leaves(&worker, "no idea", 1);
    office.until(first, |task| task.lifecycle.retry_count == 1).await;
    let why = explain(&office, first).await;
    let after = why.decisions.iter().find(|decision| decision.hook == "after").unwrap();
    assert!(after.text.starts_with(&format!("put {first} back for 10 s")), "{after:?}");
    assert!(why.reasons.iter().any(|reason| reason.code == "time" && reason.until.is_some()), "{why:?}");

    let forgiving = "fn after(attempt, task, ctx) { [release(task.id, 1, \"never mind\")] }";
    let script = (Some(&office.project), ("outcome", Some(forgiving)));
    let replayed = replay::replay(&office.app, (&office.project, "1h", None), script).await.unwrap();
    assert_eq!(replayed.found.questions_count, 1, "{replayed:?}");
    let otherwise = &replayed.found.differences[0].difference;
    assert_eq!((otherwise.hook, otherwise.task), ("after", Some(first)));
    assert!(otherwise.in_words().contains("never mind instead of put t-1 back for 10 s"), "{}", otherwise.in_words());
    let legal = otherwise.before.iter().chain(&otherwise.after).all(|said| said.refused.is_none());
    assert!(legal && replayed.not_asked.is_empty(), "{replayed:?}");
    let idle = (Some(&office.project), ("tick", Some("fn plan(board) {}")));
    let replayed = replay::replay(&office.app, (&office.project, "1h", None), idle).await.unwrap();
    assert!(replayed.found.differences_count >= 1, "{replayed:?}");
    let sumup = office.comes(second, Trigger::Execute).await;
    office.completes(&sumup).await;
}

async fn explain(office: &Office, task: moziplus::model::ids::TaskId) -> explain::Explanation {
    explain::explain(&office.app, &office.project, task, 50).await.unwrap()
}
