//! Tasks change hands again and again, and whoever had one before writes late: every late write is refused and kept, and
//! changes nothing.

use moziplus::app::{
    letters, records,
    requests::{Act, NewComment},
    transitions,
};
use serde_json::json;

use super::{Dice, trials};
use crate::support::{Board, because, holder, person};

#[tokio::test]
async fn a_late_write_of_any_former_owner_changes_nothing() {
    let mut dice = Dice::new("late writes");
    let board = Board::new().await;
    let task = board.task("Count").await.id;
    let (app, project) = (&board.app, &board.project);
    let agents = ["zhangfei-dev", "guanyu-dev"];
    let mut former: Vec<(&str, String)> = Vec::new();
    let mut owner: Option<(&str, String)> = None;
    let (mut late, mut hands) = (0, 0);
    for step in 0..trials(1) * 300 {
        match (&owner, dice.below(5)) {
            (None, 0..3) => {
                let agent = agents[dice.below(2) as usize];
                owner = Some((agent, board.claim(task, agent).await.unwrap()));
                hands += 1;
            }
            (Some((agent, token)), 0) => {
                let act = because("cannot be done");
                transitions::fail(app, project, task, &holder(agent, token), act).await.unwrap();
                transitions::retry(app, project, task, &person(), Act::default()).await.unwrap();
                former.extend(owner.take());
            }
            (Some((agent, token)), 1) => {
                let note = NewComment { body: format!("step {step}"), comment_type: None, mentions: vec![] };
                records::comment(app, project, task, &holder(agent, token), note).await.unwrap();
            }
            _ if former.is_empty() => {}
            _ => {
                let (agent, token) = &former[dice.below(former.len() as u64) as usize];
                // A name is used again by the same agent: the token decides, not the name.
                let caller = holder(agent, token);
                let before = json!(board.look(task).await);
                let comments = records::comments(app, project, task).await.unwrap().len();
                let act = || because("late");
                let refused = match dice.below(5) {
                    0 => transitions::complete(app, project, task, &caller, act()).await.unwrap_err(),
                    1 => transitions::fail(app, project, task, &caller, act()).await.unwrap_err(),
                    2 => transitions::start(app, project, task, &caller, act()).await.unwrap_err(),
                    3 => transitions::escalate(app, project, task, &caller, act()).await.unwrap_err(),
                    _ => {
                        let note = NewComment { body: "late".into(), comment_type: None, mentions: vec![] };
                        records::comment(app, project, task, &caller, note).await.unwrap_err()
                    }
                };
                assert_eq!(refused.code(), "stale_token", "step {step}");
                assert_eq!(json!(board.look(task).await), before, "step {step}");
                assert_eq!(records::comments(app, project, task).await.unwrap().len(), comments);
                late += 1;
            }
        }
    }
    println!("{late} late writes over {hands} changes of hands");
    assert!(late > 10 && hands > 3);
    assert!(!letters::list(app, project, true).await.unwrap().is_empty());
}
