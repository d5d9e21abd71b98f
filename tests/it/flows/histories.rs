//! Random histories of reviews: whatever reviewers, authors and those who decide do, some things never happen.

use std::collections::BTreeMap;

use moziplus::model::{
    records::{IssueSeverity, Review, ReviewIssue, Ruling, Stance, Verdict},
    status::Status,
    task::{ReviewPhase, RiskLevel, Task},
};
use proptest::{
    prelude::{Just, ProptestConfig, Strategy, prop_oneof},
    test_runner::TestRunner,
};

use super::cast::{AUTHOR, COORDINATOR, Play, visited_office};
use crate::support::{agent, person};

/// Histories; each takes some dozens of commits.
const HISTORIES: u32 = 24;
/// Moves of a history.
const MOVES: usize = 14;

/// Something that somebody does, where it is their turn.
#[derive(Debug, Clone, Copy)]
enum Turn {
    Review(Verdict, f64, IssueSeverity),
    Rule(Ruling, f64, bool),
    Nonsense,
    Answer(Stance),
    Revise(bool),
    Decide(Status, f64),
    Person(Status),
    Reopen,
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let confidence = prop_oneof![3 => Just(0.9), 1 => Just(0.75), 1 => Just(0.5)];
    let verdict = prop_oneof![Just(Verdict::Approved), Just(Verdict::NeedsRevision), Just(Verdict::Rejected)];
    let severity = prop_oneof![Just(IssueSeverity::Minor), Just(IssueSeverity::Major), Just(IssueSeverity::Critical)];
    let stance = prop_oneof![1 => Just(Stance::Accept), 2 => Just(Stance::Reject), 1 => Just(Stance::Partial)];
    let ruling = prop_oneof![Just(Ruling::Upheld), Just(Ruling::Withdrawn)];
    let goes_to = prop_oneof![Just(Status::Pending), Just(Status::Done), Just(Status::Review), Just(Status::Failed)];
    let turn = prop_oneof![
        4 => (verdict, confidence.clone(), severity).prop_map(|(v, c, s)| Turn::Review(v, c, s)),
        2 => (ruling, confidence.clone(), proptest::bool::weighted(0.2)).prop_map(|(r, c, a)| Turn::Rule(r, c, a)),
        1 => Just(Turn::Nonsense),
        4 => stance.prop_map(Turn::Answer),
        3 => proptest::bool::weighted(0.8).prop_map(Turn::Revise),
        1 => (goes_to.clone(), confidence).prop_map(|(to, c)| Turn::Decide(to, c)),
        1 => goes_to.prop_map(Turn::Person),
        1 => Just(Turn::Reopen),
    ];
    proptest::collection::vec(turn, 1..MOVES)
}

fn risk() -> impl Strategy<Value = RiskLevel> {
    prop_oneof![Just(RiskLevel::Medium), Just(RiskLevel::High), Just(RiskLevel::Critical)]
}

/// What the story so far allows.
#[derive(Default)]
struct Allowance {
    /// Rounds that somebody's decision has added.
    rounds: i64,
    /// Somebody with a say has made it done.
    done: bool,
}

#[test]
fn no_history_breaks_the_protocol() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let office = runtime.block_on(visited_office(HISTORIES as usize * 2));
    let number = std::cell::Cell::new(0);
    let config =
        ProptestConfig { cases: HISTORIES, max_shrink_iters: 0, failure_persistence: None, ..Default::default() };
    let kinds = prop_oneof![Just("code"), Just("plan"), Just("data")];
    let result = TestRunner::new(config).run(&(kinds, risk(), turns()), |(kind, risk, turns)| {
        let n = number.replace(number.get() + 1);
        runtime.block_on(async {
            let mut play = Play::submitted(&office, n, (kind, risk)).await;
            let mut allowed = Allowance::default();
            for turn in turns {
                make(&mut play, turn, &mut allowed).await;
                check(&play.look().await, &play.reviews().await, &allowed);
                goes_on(&play).await;
            }
        });
        Ok(())
    });
    result.unwrap();
}

/// Makes the turn where it is legal; others are left out.
async fn make(play: &mut Play<'_>, turn: Turn, allowed: &mut Allowance) {
    let task = play.look().await;
    let round = task.lifecycle.round;
    let in_round = play.reviews().await.iter().filter(|review| review.round == round).count();
    let has_spoken = in_round >= 3;
    let is_disputed = in_round == 0 && has_open_points(&play.reviews().await);
    match (task.lifecycle.status, task.review_phase, turn) {
        (Status::Review, Some(ReviewPhase::Review), Turn::Review(verdict, confidence, severity)) if !has_spoken => {
            let severity = (verdict != Verdict::Approved).then_some(severity);
            play.review(verdict, confidence, severity).await;
        }
        (Status::Review, Some(ReviewPhase::Review), Turn::Rule(ruling, confidence, again)) if is_disputed => {
            play.rule(ruling, confidence, again).await;
        }
        (Status::Review, Some(ReviewPhase::Review), Turn::Nonsense) => play.nonsense().await,
        (Status::Review, Some(ReviewPhase::Rebuttal), Turn::Answer(stance)) => play.answer(stance).await,
        (Status::Pending, _, Turn::Revise(true)) => play.work(true).await,
        (Status::Pending, _, Turn::Revise(false)) => {
            play.work(false).await;
            play.office.becomes(play.task, Status::Escalated).await;
        }
        (Status::Escalated, _, Turn::Decide(to, confidence)) => {
            let by_whom = task.escalated_to.as_ref().filter(|to| to.to_string() == COORDINATOR);
            if by_whom.is_some() && play.decide(&agent(COORDINATOR), to, Some(confidence)).await.is_ok() {
                note(allowed, to, confidence >= 0.7);
            }
        }
        (Status::Escalated, _, Turn::Person(to)) => {
            play.decide(&person(), to, None).await.unwrap();
            note(allowed, to, true);
        }
        (Status::Done, _, Turn::Reopen) => {
            play.reopen().await;
            *allowed = Allowance { rounds: allowed.rounds + 1, done: false };
        }
        _ => {}
    }
}

fn note(allowed: &mut Allowance, to: Status, decided: bool) {
    if decided {
        allowed.rounds += i64::from(matches!(to, Status::Pending | Status::Review)) * 2;
        allowed.done = to == Status::Done;
    }
}

fn has_open_points(reviews: &[Review]) -> bool {
    reviews.iter().flat_map(|review| &review.issues).any(ReviewIssue::is_open_point)
}

/// A task in review waits for somebody: an author who answers, or a reviewer who is wanted.
async fn goes_on(play: &Play<'_>) {
    let is_wanted = || async {
        let (task, reviews) = (play.look().await, play.reviews().await);
        let Some(depth) = task.review_depth.filter(|_| task.lifecycle.status == Status::Review) else {
            return task.lifecycle.status != Status::Review;
        };
        let of_round = reviews.iter().filter(|review| review.round == task.lifecycle.round);
        let newest: BTreeMap<_, _> = of_round.map(|review| (review.reviewer.to_string(), review.verdict)).collect();
        let objects = newest.values().any(|verdict| *verdict != Verdict::Approved);
        task.review_phase == Some(ReviewPhase::Rebuttal) || (!objects && (newest.len() as i64) < depth.approvals)
    };
    // What follows from a move that no hook answers comes with a tick.
    play.office.within(is_wanted).await;
    let (task, reviews) = (play.look().await, play.reviews().await);
    assert!(is_wanted().await, "nobody is wanted: {task:#?} {reviews:#?}");
}

/// What holds at any time.
fn check(task: &Task, reviews: &[Review], allowed: &Allowance) {
    let round = task.lifecycle.round;
    assert!(reviews.iter().all(|review| review.reviewer.to_string() != AUTHOR), "an author has reviewed");
    let later = |issue_round| reviews.iter().any(|review| review.round > issue_round);
    for review in reviews {
        let passed_over = review.issues.iter().any(|issue| issue.is_open_point() && later(review.round));
        assert!(!passed_over, "a later review passed over an answer: {reviews:#?}");
        let objects = review.verdict != Verdict::Approved;
        assert!(!objects || !review.issues.is_empty(), "an objection without an issue");
    }
    // Where somebody has it looked at again, policy is asked anew in a moment.
    let Some(depth) = task.review_depth else { return };
    assert!(round <= depth.max_rounds + allowed.rounds, "round {round} of {}: {task:#?}", depth.max_rounds);
    if task.lifecycle.status == Status::Done && !allowed.done {
        let newest = reviews.iter().rfind(|review| review.round == round).expect("somebody has reviewed it");
        assert_eq!(newest.verdict, Verdict::Approved);
        let approvals = reviews.iter().filter(|r| r.round == round && r.verdict == Verdict::Approved);
        let sure = approvals.filter(|review| review.confidence >= 0.7).count() as i64;
        assert!(sure >= depth.approvals, "{sure} of {}: {reviews:#?}", depth.approvals);
    }
}
