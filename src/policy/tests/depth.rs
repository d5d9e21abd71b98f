//! How deep a review goes: what a script may answer, and what is told when it answers something else.

use super::*;
use crate::{
    model::{status::Status, task::ReviewDepth},
    policy::question::Question,
};

fn depth(body: &str) -> Result<Option<ReviewDepth>, String> {
    let text = format!("fn review_depth(task, ctx) {{ {body} }}");
    on_big_stack(move || {
        let set = compile(&[("escalation", &text)]);
        let task = Arc::new(sample::task_in(1, Status::Working));
        let asked = set.ask(&Question::review_depth(&task, &team()), limits());
        asked.map(|answered| answered.answer).map_err(|fault| fault.message)
    })
}

#[test]
fn a_depth_is_a_number_of_approvals_and_rounds_or_none() {
    assert_eq!(depth("depth(2, 5)"), Ok(Some(ReviewDepth { approvals: 2, max_rounds: 5 })));
    assert_eq!(depth("#{approvals: 1, max_rounds: 1}"), Ok(Some(ReviewDepth { approvals: 1, max_rounds: 1 })));
    assert_eq!(depth("()"), Ok(None));
    let none = "`()` says that no review is needed";
    assert_eq!(depth("depth(0, 3)"), Err(format!("depth: `approvals` is 0, expected 1 to 20; {none}")));
    assert_eq!(depth("depth(1, 101)"), Err(format!("depth: `max_rounds` is 101, expected 1 to 100; {none}")));
    assert_eq!(depth("#{approvals: 99, max_rounds: 1}"), Err(format!("`approvals` is 99, expected 1 to 20; {none}")));
    assert_eq!(depth("2"), Err("it returned an integer".to_owned()));
    assert!(depth("#{approvals: 1, rounds: 1}").unwrap_err().contains("unknown field `rounds`"));
    assert!(depth("emit(accept(task.id));").unwrap_err().contains("this hook takes no actions"));
}
