//! Who looks at a parent whose parts are all final, by the shipped plan.

use super::{
    shipped::{after, ended, executor, in_review, plan_on},
    *,
};
use crate::model::{ids::TaskId, outcome::Outcome, snapshot::RoundFacts, task::Trigger};

#[test]
fn a_finished_parent_is_looked_at_by_the_coordinator() {
    let mut parent = in_review();
    parent.subtasks_count = 2;
    let mut board = sample::board(team(), vec![parent]);
    assert_eq!(plan_on(board.clone()), [""; 0]);
    let round = sample::round(TaskId(1));
    board.rounds.push(Arc::new(round.clone()));
    assert_eq!(plan_on(board.clone()), ["review t-1 chief"]);
    board.rounds = vec![Arc::new(RoundFacts { is_unchanged: true, ..round.clone() })];
    assert_eq!(plan_on(board.clone()), ["escalate t-1 human"], "a round that changed nothing is not repeated");
    board.rounds = vec![Arc::new(RoundFacts { round: 6, ..round })];
    assert_eq!(plan_on(board), ["escalate t-1 human"]);
}

#[test]
fn a_parent_on_which_the_coordinator_worked_is_looked_at_by_somebody_else() {
    let whole = |authors: &[&str], lost: usize| {
        let mut parent = in_review();
        parent.subtasks_count = 2;
        parent.authors = authors.iter().map(|agent| executor(agent).id).collect();
        for number in 0..lost {
            parent.attempts.push(ended(&parent, number as i64, "chief", Trigger::Round, Outcome::NoResult));
        }
        let mut board = sample::board(team(), vec![parent]);
        board.rounds.push(Arc::new(sample::round(TaskId(1))));
        board
    };
    assert_eq!(plan_on(whole(&["chief"], 0)), ["review t-1 reviewer"]);
    let everybody: Vec<_> = team().agents.iter().map(|agent| agent.id.to_string()).collect();
    let everybody: Vec<_> = everybody.iter().map(String::as_str).collect();
    assert_eq!(plan_on(whole(&everybody, 0)), ["escalate t-1 human"]);
    assert_eq!(plan_on(whole(&[], 3)), ["escalate t-1 human"], "the coordinator came three times for nothing");
}

#[test]
fn who_leaves_a_parent_to_its_parts_has_not_failed() {
    let split = |task: &mut crate::model::snapshot::TaskFacts| (task.subtasks_count, task.retry_count) = (2, 9);
    assert_eq!(after(Outcome::NoResult, split), ["requeue t-1 0 false"]);
    assert_eq!(after(Outcome::Crashed, split), ["requeue t-1 0 false"]);
    assert_eq!(after(Outcome::Declined, split), ["fail t-1"]);
}
