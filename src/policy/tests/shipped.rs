//! The shipped policies on small boards.

use chrono::TimeDelta;

use super::*;
use crate::{
    model::{
        ids::TaskId,
        outcome::Outcome,
        records::{IssueSeverity, Stance, Verdict},
        snapshot::{AgentFacts, TaskFacts},
        status::Status,
        task::{ReviewPhase, Trigger},
    },
    policy::{
        answers::{Delivery, ViolationSeverity},
        question::Question,
        set::Set,
    },
};

fn plan_with(agents: Vec<AgentFacts>, tasks: Vec<TaskFacts>) -> Vec<String> {
    plan_on(sample::board(Arc::new(sample::context(agents)), tasks))
}

pub(super) fn plan_on(board: crate::model::snapshot::Board) -> Vec<String> {
    short(&Set::built_in().ask(&Question::plan(&Arc::new(board)), limits()).unwrap().answer)
}

fn plan(tasks: Vec<TaskFacts>) -> Vec<String> {
    plan_on(sample::board(team(), tasks))
}

pub(super) fn executor(id: &str) -> AgentFacts {
    sample::agent(id, AgentRole::Executor)
}

pub(super) fn ended(
    task: &TaskFacts,
    number: i64,
    agent: &str,
    kind: Trigger,
    outcome: Outcome,
) -> Arc<crate::model::snapshot::AttemptFacts> {
    let mut attempt = sample::attempt(task.id, number, &executor(agent).id, kind);
    (attempt.is_live, attempt.outcome, attempt.round) = (false, Some(outcome), task.round);
    attempt.started_at = sample::now() - TimeDelta::hours(2);
    Arc::new(attempt)
}

#[test]
fn the_built_in_set_passes_its_own_checks() {
    let files = crate::policy::hooks::FILES;
    // As a project's files they are checked like anybody's, dry run included.
    on_big_stack(move || {
        let set = reload::build(&project(files), None, limits());
        assert_eq!(set.err(), None);
    });
}

#[test]
fn ready_tasks_go_to_free_agents_while_there_are_slots() {
    assert_eq!(
        plan(vec![sample::task(1), sample::task(2), sample::task(3)]),
        ["dispatch t-1 worker", "dispatch t-2 chief"]
    );
    let mut board = sample::board(team(), vec![sample::task(1)]);
    board.slots.project_free = 0;
    assert_eq!(plan_on(board), [""; 0]);
}

#[test]
fn the_assignee_does_it_or_nobody() {
    let mut task = sample::task(1);
    task.assignee = Some(executor("reviewer").id);
    assert_eq!(plan(vec![task.clone()]), ["dispatch t-1 reviewer"]);
    task.assignee = Some(executor("outsider").id);
    assert_eq!(plan(vec![task]), [""; 0]);
}

#[test]
fn a_specialist_goes_before_an_executor_and_is_waited_for() {
    let mut coder = executor("coder");
    coder.capabilities = vec!["code".into()];
    let mut task = sample::task(1);
    task.task_type = "code".into();
    let agents = |coder: AgentFacts| vec![executor("worker"), coder, sample::agent("chief", AgentRole::Coordinator)];
    assert_eq!(plan_with(agents(coder.clone()), vec![task.clone()]), ["dispatch t-1 coder"]);
    coder.free_slots = 0;
    assert_eq!(plan_with(agents(coder), vec![task]), [""; 0]);
    assert_eq!(
        plan_with(vec![sample::agent("chief", AgentRole::Coordinator)], vec![sample::task(1)]),
        ["dispatch t-1 chief"]
    );
}

#[test]
fn parked_and_outside_agents_are_not_started() {
    let mut parked = executor("worker");
    parked.parked_until = Some(sample::now() + TimeDelta::minutes(5));
    assert_eq!(plan_with(vec![parked.clone()], vec![sample::task(1)]), [""; 0]);
    parked.parked_until = Some(sample::now() - TimeDelta::minutes(5));
    assert_eq!(plan_with(vec![parked], vec![sample::task(1)]), ["dispatch t-1 worker"]);
    let mut outside = executor("worker");
    outside.can_spawn = false;
    assert_eq!(plan_with(vec![outside], vec![sample::task(1)]), [""; 0]);
}

pub(super) fn in_review() -> TaskFacts {
    let mut task = sample::task_in(1, Status::Review);
    task.authors = vec![executor("worker").id];
    task
}

#[test]
fn a_review_goes_to_a_reviewer_who_did_not_work_on_it() {
    assert_eq!(plan(vec![in_review()]), ["review t-1 reviewer"]);
    let mut task = in_review();
    task.authors.push(executor("reviewer").id);
    assert_eq!(plan(vec![task]), ["review t-1 chief"]);
    let mut task = in_review();
    task.attempts.push(Arc::new(sample::attempt(task.id, 2, &executor("reviewer").id, Trigger::Review)));
    assert_eq!(plan(vec![task.clone()]), [""; 0]);
    (task.approvals_needed, task.approvals_missing) = (2, 2);
    assert_eq!(plan(vec![task]), ["review t-1 chief"]);
    let mut task = in_review();
    task.approvals_missing = 0;
    assert_eq!(plan(vec![task]), [""; 0]);
}

#[test]
fn who_reviewed_this_round_is_not_asked_again_in_it() {
    let mut task = in_review();
    (task.approvals_needed, task.approvals_missing) = (2, 1);
    task.reviews.push(Arc::new(sample::review(task.id, &executor("reviewer").id, Verdict::Approved)));
    assert_eq!(plan(vec![task.clone()]), ["review t-1 chief"]);
    task.round = 2;
    assert_eq!(plan(vec![task]), ["review t-1 reviewer"]);
}

#[test]
fn a_rejected_finding_goes_back_to_who_raised_it() {
    let raiser = executor("sharp").id;
    let team = |change: fn(&mut AgentFacts)| {
        let mut sharp = sample::agent("sharp", AgentRole::Reviewer);
        change(&mut sharp);
        vec![sample::agent("reviewer", AgentRole::Reviewer), sharp]
    };
    let mut task = in_review();
    let mut review = sample::review(task.id, &raiser, Verdict::NeedsRevision);
    review.issues.iter_mut().for_each(|issue| issue.stance = Some(Stance::Reject));
    task.reviews.push(Arc::new(review.clone()));
    task.round = review.round + 1;
    assert_eq!(plan_with(team(|_| ()), vec![task.clone()]), ["review t-1 sharp"]);
    assert_eq!(plan_with(team(|sharp| sharp.free_slots = 0), vec![task.clone()]), [""; 0], "it is waited for");
    assert_eq!(plan_with(team(|sharp| sharp.can_spawn = false), vec![task.clone()]), ["review t-1 reviewer"]);
    let lost = ended(&task, 2, "sharp", Trigger::Review, Outcome::Crashed);
    let mut silent = task.clone();
    silent.attempts.push(lost);
    assert_eq!(plan_with(team(|_| ()), vec![silent]), ["review t-1 reviewer"]);
    review.issues.iter_mut().for_each(|issue| issue.stance = Some(Stance::Accept));
    task.reviews = vec![Arc::new(review)];
    assert_eq!(plan_with(team(|_| ()), vec![task]), ["review t-1 reviewer"], "nobody is owed an answer");
}

#[test]
fn reviewers_that_bring_nothing_three_times_lead_to_arbitration() {
    let mut task = in_review();
    for number in 2..4 {
        task.attempts.push(ended(&task, number, "reviewer", Trigger::Review, Outcome::Crashed));
    }
    task.attempts.push(ended(&task, 4, "reviewer", Trigger::Review, Outcome::RateLimited));
    assert_eq!(plan(vec![task.clone()]), ["review t-1 chief"], "another one, after two that brought nothing");
    task.attempts.push(ended(&task, 5, "reviewer", Trigger::Review, Outcome::NoResult));
    assert_eq!(plan(vec![task]), ["arbitrate t-1"]);
}

#[test]
fn after_a_silent_reviewer_there_is_a_pause() {
    let mut task = in_review();
    let mut attempt = (*ended(&task, 2, "reviewer", Trigger::Review, Outcome::Crashed)).clone();
    attempt.started_at = sample::now() - TimeDelta::seconds(attempt.runtime_seconds + 10);
    task.attempts.push(Arc::new(attempt));
    assert_eq!(plan(vec![task]), [""; 0]);
}

#[test]
fn in_rebuttal_the_author_is_started() {
    let mut task = in_review();
    task.review_phase = Some(ReviewPhase::Rebuttal);
    assert_eq!(plan(vec![task.clone()]), ["rebut t-1"]);
    task.attempts.push(Arc::new(sample::attempt(task.id, 2, &executor("worker").id, Trigger::Rebut)));
    assert_eq!(plan(vec![task]), [""; 0]);
}

#[test]
fn an_escalated_task_waits_for_its_agent_or_a_person() {
    let mut task = sample::task_in(1, Status::Escalated);
    task.escalated_to = Some(crate::model::ids::Actor::human());
    assert_eq!(plan(vec![task.clone()]), [""; 0]);
    task.escalated_to = Some(executor("chief").id.into());
    assert_eq!(plan(vec![task.clone()]), ["dispatch t-1 chief"]);
    task.attempts.push(ended(&task, 1, "chief", Trigger::Arbitrate, Outcome::NoResult));
    task.attempts.push(ended(&task, 2, "chief", Trigger::Arbitrate, Outcome::NoResult));
    assert_eq!(plan(vec![task]), [""; 0]);
}

fn inspect(change: impl FnOnce(&mut crate::model::snapshot::AttemptFacts)) -> Vec<String> {
    let mut attempt = sample::attempt(TaskId(1), 1, &executor("worker").id, Trigger::Execute);
    change(&mut attempt);
    let question = Question::inspect(&Arc::new(attempt), &team());
    short(&Set::built_in().ask(&question, limits()).unwrap().answer)
}

#[test]
fn attempts_are_reminded_once_and_ended_when_their_time_is_over() {
    assert_eq!(inspect(|_| ()), ["healthy"]);
    let silent = |attempt: &mut crate::model::snapshot::AttemptFacts| {
        (attempt.silent_seconds, attempt.heartbeat_seconds, attempt.runtime_seconds) = (400, 400, 400);
    };
    assert_eq!(inspect(silent), ["nudge sample.t-1.1", "observe t-1 warning"]);
    assert_eq!(
        inspect(|attempt| {
            silent(attempt);
            attempt.nudges_count = 1;
        }),
        ["healthy"]
    );
    assert_eq!(inspect(|attempt| attempt.runtime_seconds = 601), ["kill sample.t-1.1"]);
    let outside = |attempt: &mut crate::model::snapshot::AttemptFacts| {
        (attempt.spawned, attempt.runtime_seconds) = (false, 5000);
    };
    assert_eq!(inspect(outside), ["healthy"]);
    assert_eq!(
        inspect(|attempt| {
            outside(attempt);
            (attempt.silent_seconds, attempt.heartbeat_seconds) = (4000, 4000);
        }),
        ["kill sample.t-1.1"]
    );
    assert_eq!(
        inspect(|attempt| {
            attempt.agent = "human:li".parse().unwrap();
            attempt.runtime_seconds = 90_000;
        }),
        ["healthy"]
    );
}

#[test]
fn a_project_where_nothing_moves_raises_an_alarm() {
    let mut board = sample::board(team(), vec![sample::task(1)]);
    let ask = |board: &crate::model::snapshot::Board| {
        let question = Question::inspect_project(&Arc::new(board.clone()), &board.context);
        short(&Set::built_in().ask(&question, limits()).unwrap().answer)
    };
    board.ticks_without_change = 19;
    assert_eq!(ask(&board), [""; 0]);
    board.ticks_without_change = 20;
    assert_eq!(ask(&board), ["observe null warning", "notify attention"]);
}

pub(super) fn after(outcome: Outcome, change: impl FnOnce(&mut TaskFacts)) -> Vec<String> {
    let mut task = sample::task_in(1, Status::Working);
    change(&mut task);
    let attempt = ended(&task, 9, "worker", Trigger::Execute, outcome);
    task.attempts.push(attempt.clone());
    let question = Question::after(&attempt, &Arc::new(task), &team());
    short(&Set::built_in().ask(&question, limits()).unwrap().answer)
}

#[test]
fn what_follows_from_an_outcome() {
    for (outcome, expected) in [
        (Outcome::Completed, vec![]),
        (Outcome::Cancelled, vec![]),
        (Outcome::ClaimExpired, vec!["requeue t-1 0 true"]),
        (Outcome::RateLimited, vec!["park worker 900", "requeue t-1 5 false"]),
        (Outcome::QuotaExceeded, vec!["park worker 3600", "notify attention", "requeue t-1 5 false"]),
        (Outcome::OverBudget, vec!["requeue t-1 5 false"]),
        (Outcome::AuthFailed, vec!["park worker 3600", "notify urgent", "requeue t-1 5 false"]),
        (Outcome::Network, vec!["requeue t-1 10 false"]),
        (Outcome::LockConflict, vec!["requeue t-1 10 false"]),
        (Outcome::Interrupted, vec!["requeue t-1 5 false"]),
        (Outcome::Lost, vec!["requeue t-1 5 false"]),
        (Outcome::Declined, vec!["fail t-1"]),
        (Outcome::Timeout, vec!["requeue t-1 10 true"]),
        (Outcome::Crashed, vec!["requeue t-1 10 true"]),
        (Outcome::SpawnFailed, vec!["requeue t-1 10 true"]),
        (Outcome::NoResult, vec!["requeue t-1 0 false"]),
    ] {
        assert_eq!(after(outcome, |_| ()), expected, "{outcome}");
    }
    assert_eq!(after(Outcome::Crashed, |task| task.retry_count = 2), ["requeue t-1 40 true"]);
    assert_eq!(after(Outcome::Crashed, |task| task.retry_count = 3), ["fail t-1"]);
    let twice = |task: &mut TaskFacts| {
        task.attempts = vec![
            ended(task, 1, "worker", Trigger::Execute, Outcome::Crashed),
            ended(task, 2, "worker", Trigger::Execute, Outcome::Network),
            ended(task, 3, "worker", Trigger::Execute, Outcome::Network),
        ];
    };
    assert_eq!(after(Outcome::Network, twice), ["requeue t-1 40 false"]);
    // The agent completed and then crashed: the task has moved on.
    assert_eq!(after(Outcome::Crashed, |task| task.status = Status::Review), [""; 0]);
}

#[test]
fn those_who_do_not_hold_the_task_never_move_it() {
    let after = |kind: Trigger, status: Status, before: usize| {
        let mut task = sample::task_in(1, status);
        if kind == Trigger::Rebut {
            task.review_phase = Some(ReviewPhase::Rebuttal);
        }
        for number in 0..=before {
            task.attempts.push(ended(&task, number as i64 + 1, "worker", kind, Outcome::Crashed));
        }
        let attempt = task.attempts.last().unwrap().clone();
        let question = Question::after(&attempt, &Arc::new(task), &team());
        short(&Set::built_in().ask(&question, limits()).unwrap().answer)
    };
    assert_eq!(after(Trigger::Review, Status::Review, 5), [""; 0]);
    assert_eq!(after(Trigger::Mention, Status::Working, 5), [""; 0]);
    assert_eq!(after(Trigger::Rebut, Status::Review, 0), [""; 0]);
    assert_eq!(after(Trigger::Rebut, Status::Review, 1), ["arbitrate t-1"]);
    assert_eq!(after(Trigger::Arbitrate, Status::Escalated, 0), [""; 0]);
    assert_eq!(
        after(Trigger::Arbitrate, Status::Escalated, 1),
        ["ask_human t-1 [\"pending\",\"review\",\"done\",\"failed\"]"]
    );
}

#[test]
fn what_follows_from_a_review() {
    let ctx = team();
    let task = Arc::new(in_review());
    let ask = |verdict, change: &dyn Fn(&mut crate::model::snapshot::ReviewFacts)| {
        let mut review = sample::review(task.id, &executor("reviewer").id, verdict);
        change(&mut review);
        let question = Question::on_review(&Arc::new(review), &task, &ctx);
        short(&Set::built_in().ask(&question, limits()).unwrap().answer)
    };
    assert_eq!(ask(Verdict::Approved, &|_| ()), ["accept t-1"]);
    assert_eq!(ask(Verdict::Approved, &|review| review.confidence = 0.7), ["accept t-1"]);
    assert_eq!(ask(Verdict::Approved, &|review| review.confidence = 0.69), ["escalate t-1 chief"]);
    assert_eq!(ask(Verdict::Approved, &|review| review.approvals_missing = 1), [""; 0]);
    assert_eq!(ask(Verdict::NeedsRevision, &|_| ()), ["rebut t-1"]);
    assert_eq!(ask(Verdict::Rejected, &|_| ()), ["rebut t-1"]);
    let minor = |review: &mut crate::model::snapshot::ReviewFacts| review.worst_severity = Some(IssueSeverity::Minor);
    assert_eq!(ask(Verdict::NeedsRevision, &minor), ["revise t-1"]);
    assert_eq!(ask(Verdict::Rejected, &|review| review.round = 3), ["arbitrate t-1"]);
}

#[test]
fn what_follows_from_a_rebuttal() {
    let ctx = team();
    let task = Arc::new(in_review());
    let ask = |rejects, round| {
        let mut rebuttal = sample::rebuttal(task.id, &executor("worker").id);
        (rebuttal.rejects_count, rebuttal.round) = (rejects, round);
        let question = Question::on_rebuttal(&Arc::new(rebuttal), &task, &ctx);
        short(&Set::built_in().ask(&question, limits()).unwrap().answer)
    };
    assert_eq!(ask(0, 1), ["revise t-1"]);
    assert_eq!(ask(1, 1), ["next_round t-1"]);
    assert_eq!(ask(1, 3), ["arbitrate t-1"]);
}

#[test]
fn lessons_become_skills_and_grow_old() {
    let (set, ctx) = (Set::built_in(), team());
    let mut tag = sample::tag();
    assert!(set.ask(&Question::should_distill(&Arc::new(tag.clone()), &ctx), limits()).unwrap().answer);
    tag.experiences_count = 4;
    assert!(!set.ask(&Question::should_distill(&Arc::new(tag), &ctx), limits()).unwrap().answer);
    let mut lesson = sample::experience();
    assert!(set.ask(&Question::should_expire(&Arc::new(lesson.clone()), &ctx), limits()).unwrap().answer);
    lesson.unused_seconds = 29 * 86_400;
    assert!(!set.ask(&Question::should_expire(&Arc::new(lesson), &ctx), limits()).unwrap().answer);
    let mut skill = sample::skill();
    assert!(set.ask(&Question::should_promote(&Arc::new(skill.clone()), &ctx), limits()).unwrap().answer);
    skill.failures_count = 1;
    assert!(!set.ask(&Question::should_promote(&Arc::new(skill.clone()), &ctx), limits()).unwrap().answer);
    assert!(!set.ask(&Question::should_demote(&Arc::new(skill.clone()), &ctx), limits()).unwrap().answer);
    (skill.successes_count, skill.failures_count) = (2, 2);
    assert!(set.ask(&Question::should_demote(&Arc::new(skill), &ctx), limits()).unwrap().answer);
}

#[test]
fn red_lines_are_noticed() {
    let ask =
        |task: TaskFacts| Set::built_in().ask(&Question::check(&Arc::new(task), &team()), limits()).unwrap().answer;
    assert_eq!(ask(sample::task(1)), []);
    let mut task = sample::task(1);
    task.description = "then DROP TABLE users".into();
    let violations = ask(task);
    assert_eq!((violations[0].rule.as_str(), violations[0].severity), ("data_deletion", ViolationSeverity::Warning));
}

#[test]
fn urgent_events_go_out_at_once_and_good_news_are_gathered() {
    use crate::model::event::Level;
    let mut ctx = (*team()).clone();
    let mut config = sample::config();
    config["notify"] = serde_json::json!({"batch_seconds": 300, "webhooks": [{"name": "ops", "url": "x"}],
        "mail": null, "desktop": ["notify-send"]});
    ctx.config = Arc::new(config);
    let ctx = Arc::new(ctx);
    let ask = |level| {
        let question = Question::deliver(&Arc::new(sample::event(level)), &ctx);
        Set::built_in().ask(&question, limits()).unwrap().answer
    };
    let to = |channel: &str, batch_seconds| Delivery { channel: channel.into(), batch_seconds };
    assert_eq!(ask(Level::Urgent), [to("ops", 0), to("desktop", 0)]);
    assert_eq!(ask(Level::Routine), [to("ops", 300), to("desktop", 300)]);
    assert_eq!(ask(Level::Activity), []);
}
