//! Replays: each kind of question that was asked is asked again, and where the answers differ it is told.

use chrono::{DateTime, TimeDelta, Utc};

use super::*;
use crate::{
    model::{
        event::{Event, Level},
        ids::{ProjectId, TaskId},
        snapshot::{Board, TaskFacts},
        status::Status,
    },
    policy::{
        answers::{Violation, ViolationSeverity},
        hooks::HOOKS,
        recording::{Matter, Recorder},
        replay::{Period, Replayed, replay},
    },
};

fn board(minute: i64, tasks: Vec<TaskFacts>) -> Arc<Board> {
    let mut context = (*team()).clone();
    context.now = sample::now() + TimeDelta::minutes(minute);
    Arc::new(sample::board(Arc::new(context), tasks))
}

/// Answers to every question in a way of its own.
const OTHERWISE: &[(&str, &str)] = &[
    (
        "tick",
        "fn plan(board) { for task in board.tasks { emit(observe(task.id, \"info\", \"seen\")); } }\n\
              fn on_mention(mention, ctx) { drop_mention(mention.task, mention.agent, \"no\") }",
    ),
    (
        "escalation",
        "fn review_depth(task, ctx) { depth(9, 9) }\n\
                    fn on_parts_final(round, task, ctx) { escalate(task.id, (), \"parts\") }\n\
                    fn on_tripwire(violation, task, ctx) { fail(task.id, violation.rule) }",
    ),
    ("guardrail", "fn check(task, ctx) { violation(\"all\", \"blocking\", \"nothing is allowed\") }"),
    ("notify", "fn deliver(event, ctx) { send(\"pager\") }"),
];

fn replayed(record: impl FnOnce(&Recorder), events: Vec<Arc<Event>>) -> Replayed {
    let folder = tempfile::tempdir().unwrap();
    let recorder = Recorder::start(folder.path().into()).unwrap();
    record(&recorder);
    recorder.flush();
    let project: ProjectId = team().project.clone();
    let (since, until): (DateTime<Utc>, _) = (sample::now() - TimeDelta::hours(1), sample::now() + TimeDelta::hours(1));
    let period = Period { project, since, until, file: None, events };
    on_big_stack(move || {
        replay(folder.path(), &period, (&Set::built_in(), &compile(OTHERWISE)), (limits(), &|_, _, _| {})).unwrap()
    })
}

fn told(found: &Replayed) -> Vec<String> {
    let tell = |found: &crate::policy::replay::Otherwise| {
        let task = found.difference.task.map(|task| task.to_string()).unwrap_or_default();
        let words: Vec<_> = found.difference.after.iter().map(|said| said.word.as_str()).collect();
        format!("{} {task} {}", found.difference.hook, words.join(","))
    };
    found.differences.iter().map(tell).collect()
}

#[test]
fn what_hooks_were_asked_between_two_ticks_is_replayed() {
    let worker = team().agents[0].id.clone();
    let found = replayed(
        |recorder| {
            let now = board(0, Vec::new());
            recorder.board(&now);
            let task = Arc::new(sample::task_in(1, Status::Working));
            let (severity, text) = (ViolationSeverity::Tripwire, "it pays somebody".to_owned());
            let violation = Violation { rule: "money".into(), severity, text };
            for matter in [
                Matter::Check { task: task.clone() },
                Matter::Depth { task: task.clone() },
                Matter::Tripwire { violation, task: task.clone() },
                Matter::Mention { mention: Arc::new(sample::mention(task.id, &worker)) },
                Matter::Parts { round: Arc::new(sample::round(task.id)), task: task.clone() },
            ] {
                recorder.aside(&now.context, matter);
            }
        },
        Vec::new(),
    );
    let wanted = [
        "check t-1 violation",
        "review_depth t-1 depth",
        "on_tripwire t-1 fail",
        "on_mention t-1 drop_mention",
        "on_parts_final t-1 escalate",
    ];
    assert_eq!(told(&found), wanted);
    assert_eq!((found.ticks_count, found.faults_count), (1, 0));
}

#[test]
fn a_plan_that_was_made_again_after_a_refusal_is_replayed_without_what_was_refused() {
    let found = replayed(
        |recorder| {
            recorder.board(&board(0, Vec::new()));
            let again = board(1, vec![sample::task(1), sample::task(2)]);
            recorder.matter(&again, Matter::PlanAgain { without: vec![TaskId(1)] });
        },
        Vec::new(),
    );
    assert_eq!(told(&found), ["plan t-2 observe"]);
}

#[test]
fn what_happened_is_asked_of_deliver_also_after_the_last_picture() {
    let event = |minute| {
        let at = sample::now() + TimeDelta::minutes(minute);
        Arc::new(Event { id: minute, at, ..sample::event(Level::Urgent) })
    };
    let found = replayed(|recorder| recorder.board(&board(5, Vec::new())), vec![event(1), event(9)]);
    let hooks: Vec<_> = found.differences.iter().map(|found| (found.difference.hook, found.times)).collect();
    assert_eq!(hooks, [("deliver", 2)], "the same difference, twice in a row");
}

#[test]
fn an_empty_record_is_an_empty_answer() {
    let found = replayed(|_| {}, vec![Arc::new(sample::event(Level::Urgent))]);
    assert_eq!((found.questions_count, found.ticks_count, found.differences.len()), (0, 0, 0));
}

#[test]
fn every_hook_can_be_asked_without_acting() {
    use crate::policy::simulate::Case;
    let (ctx, worker) = (team(), team().agents[0].id.clone());
    let (task, now) = (Arc::new(sample::task(1)), board(0, Vec::new()));
    let attempt = Arc::new(sample::attempt(task.id, 1, &worker, crate::model::task::Trigger::Execute));
    let verdict = crate::model::records::Verdict::Approved;
    let violation = Violation { rule: "x".into(), severity: ViolationSeverity::Warning, text: "y".into() };
    let cases = [
        Case::Plan(now.clone()),
        Case::OnMention(Arc::new(sample::mention(task.id, &worker)), ctx.clone()),
        Case::Inspect(attempt.clone(), ctx.clone()),
        Case::InspectProject(now),
        Case::After(attempt, task.clone(), ctx.clone()),
        Case::ReviewDepth(task.clone(), ctx.clone()),
        Case::OnReview(Arc::new(sample::review(task.id, &worker, verdict)), task.clone(), ctx.clone()),
        Case::OnRebuttal(Arc::new(sample::rebuttal(task.id, &worker)), task.clone(), ctx.clone()),
        Case::OnLostDependency(TaskId(2), task.clone(), ctx.clone()),
        Case::OnPartsFinal(Arc::new(sample::round(task.id)), task.clone(), ctx.clone()),
        Case::OnTripwire(violation, task.clone(), ctx.clone()),
        Case::ShouldDistill(Arc::new(sample::tag()), ctx.clone()),
        Case::ShouldExpire(Arc::new(sample::experience()), ctx.clone()),
        Case::ShouldPromote(Arc::new(sample::skill()), ctx.clone()),
        Case::ShouldDemote(Arc::new(sample::skill()), ctx.clone()),
        Case::ShouldTry(Arc::new(sample::skill()), ctx.clone()),
        Case::Check(task, ctx.clone()),
        Case::Deliver(Arc::new(sample::event(Level::Urgent)), ctx),
    ];
    // What a webhook brought is not kept, so that nobody is asked about it again.
    for hook in HOOKS.iter().filter(|hook| hook.function != "receive") {
        assert!(cases.iter().any(|case| case.hook() == hook), "{}", hook.function);
    }
    on_big_stack(move || {
        for case in &cases {
            assert_eq!(case.ask(&Set::built_in(), limits()).fault, None, "{}", case.subject());
        }
    });
}
