//! Writes that are sent twice because the first answer was lost.

use moziplus::{
    app::{
        Caller, attempts, events, letters, records,
        requests::{Act, NewComment},
        tasks, transitions,
    },
    model::task::NewTask,
    store::tasks::Filter,
};

use crate::support::{Board, agent, holder};

fn with_key(caller: Caller, key: &str) -> Caller {
    caller.repeatable(Some(key.into()))
}

#[tokio::test]
async fn a_write_with_the_same_key_is_answered_and_not_done_again() {
    let board = Board::new().await;
    let (app, project) = (&board.app, &board.project);
    let new = || NewTask { title: "Count".into(), ..NewTask::default() };
    let dev = || agent("zhangfei-dev");
    let first = tasks::create(app, project, &with_key(dev(), "k1"), new()).await.unwrap();
    let again = tasks::create(app, project, &with_key(dev(), "k1"), new()).await.unwrap();
    let other = tasks::create(app, project, &with_key(dev(), "k2"), new()).await.unwrap();
    assert_eq!((again.id, other.id.0), (first.id, first.id.0 + 1));
    assert_eq!(tasks::list(app, project, Filter { limit: 10, ..Filter::default() }).await.unwrap().len(), 2);

    let (_, token) = transitions::claim(app, project, first.id, &with_key(dev(), "k3")).await.unwrap();
    let (claimed, same) = transitions::claim(app, project, first.id, &with_key(dev(), "k3")).await.unwrap();
    assert_eq!((same.as_str(), claimed.lifecycle.status.as_str()), (token.as_str(), "claimed"));
    assert_eq!(attempts::of_task(app, project, first.id).await.unwrap().len(), 1);
    let second = transitions::claim(app, project, first.id, &with_key(dev(), "k4")).await.unwrap_err();
    assert_eq!(second.code(), "already_claimed", "another key is another claim");

    let owner = || holder("zhangfei-dev", &token);
    let say = || NewComment { body: "half done".into(), comment_type: None, mentions: vec![] };
    let one = records::comment(app, project, first.id, &with_key(owner(), "k5"), say()).await.unwrap();
    let two = records::comment(app, project, first.id, &with_key(owner(), "k5"), say()).await.unwrap();
    assert_eq!(one.id, two.id);

    // The attempt is over by the second time, and the answer is the same all the same.
    let done = transitions::complete(app, project, first.id, &with_key(owner(), "k6"), Act::default()).await.unwrap();
    let same = transitions::complete(app, project, first.id, &with_key(owner(), "k6"), Act::default()).await.unwrap();
    assert_eq!((done.lifecycle.status, done.revision), (same.lifecycle.status, same.revision));
    let late = transitions::complete(app, project, first.id, &with_key(owner(), "k7"), Act::default()).await;
    assert_eq!(late.unwrap_err().code(), "stale_token");
}

#[tokio::test]
async fn a_kept_answer_survives_a_restart() {
    let board = Board::new().await;
    let task = board.task("Count").await.id;
    let caller = || with_key(agent("zhangfei-dev"), "k1");
    let (_, token) = transitions::claim(&board.app, &board.project, task, &caller()).await.unwrap();
    let board = board.restarted().await;
    let (_, same) = transitions::claim(&board.app, &board.project, task, &caller()).await.unwrap();
    assert_eq!(same, token);
    board.complete(task, &holder("zhangfei-dev", &same)).await.unwrap();
}

#[tokio::test]
async fn what_is_said_again_changes_nothing_and_stands_in_the_log_once() {
    let board = Board::new().await;
    let task = board.task("Count").await.id;
    let token = board.claim(task, "zhangfei-dev").await.unwrap();
    let owner = holder("zhangfei-dev", &token);
    let done = board.complete(task, &owner).await.unwrap();
    for _ in 0..3 {
        let again = board.complete(task, &owner).await.unwrap_err();
        assert_eq!(again.code(), "stale_token");
        assert!(again.hint().unwrap().contains("has said `complete` before"), "{again:?}");
    }
    assert_eq!(board.look(task).await.revision, done.revision, "no effect");
    assert!(letters::list(&board.app, &board.project, false).await.unwrap().is_empty());
    let log = events::of_task(&board.app, &board.project, task, 100).await.unwrap();
    let count = |word: &str| log.iter().filter(|event| event.summary.contains(word)).count();
    assert_eq!(count("`complete` was said again by sales.t-1.1"), 1, "{log:#?}");
    let to_review = log.iter().filter(|event| event.payload["to"] == "review").count();
    assert_eq!(to_review, 1);
}
