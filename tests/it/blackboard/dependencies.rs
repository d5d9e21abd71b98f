//! What waits for what.

use moziplus::{
    app::{AppError, requests::Act, tasks, transitions},
    model::{
        ids::TaskId,
        status::Status,
        task::{NewTask, Task, TaskPatch},
    },
};

use crate::support::{Board, holder, person};

#[tokio::test]
async fn a_task_that_depends_on_an_open_one_is_blocked() {
    let board = Board::new().await;
    let first = board.task("first").await.id;
    let new = NewTask { title: "second".into(), depends_on: vec![first], ..NewTask::default() };
    let second = board.create(new).await.unwrap();
    assert_eq!(second.lifecycle.status, Status::Blocked);
    assert_eq!(second.blocked_on.as_deref(), Some("t-1"));
    assert_eq!(second.depends_on, [first]);
}

#[tokio::test]
async fn a_circle_is_refused_and_named() {
    let board = Board::new().await;
    let first = board.task("first").await.id;
    let mut last = first;
    for title in ["second", "third"] {
        let new = NewTask { title: title.into(), depends_on: vec![last], ..NewTask::default() };
        last = board.create(new).await.unwrap().id;
    }
    let patch = TaskPatch { depends_on: Some(vec![last]), ..TaskPatch::default() };
    let refused = tasks::patch(&board.app, &board.project, first, &person(), patch).await.unwrap_err();
    assert_eq!(refused.code(), "dependency_cycle");
    assert_eq!(refused.to_string(), "dependencies would go in a circle: t-1 → t-3 → t-2 → t-1");
    assert!(board.look(first).await.depends_on.is_empty(), "nothing has changed");
}

#[tokio::test]
async fn a_dependency_that_does_not_exist_is_an_error() {
    let board = Board::new().await;
    let new = NewTask { title: "second".into(), depends_on: vec!["t-9".parse().unwrap()], ..NewTask::default() };
    assert_eq!(board.create(new).await.unwrap_err().code(), "not_found");
    assert!(tasks::list(&board.app, &board.project, Default::default()).await.unwrap().is_empty());
}

async fn depends(board: &Board, task: TaskId, on: &[TaskId]) -> Result<Task, AppError> {
    let patch = TaskPatch { depends_on: Some(on.to_vec()), ..TaskPatch::default() };
    tasks::patch(&board.app, &board.project, task, &person(), patch).await
}

#[tokio::test]
async fn a_task_follows_when_its_dependencies_are_changed() {
    let board = Board::new().await;
    let (first, second) = (board.low_risk_task("first").await.id, board.task("second").await.id);
    let task = board.task("third").await.id;
    let blocked = depends(&board, task, &[first, second]).await.unwrap();
    assert_eq!((blocked.lifecycle.status, blocked.blocked_on.as_deref()), (Status::Blocked, Some("t-1")));
    let other = depends(&board, task, &[second]).await.unwrap();
    assert_eq!((other.lifecycle.status, other.blocked_on.as_deref()), (Status::Blocked, Some("t-2")));
    let free = depends(&board, task, &[]).await.unwrap();
    assert_eq!((free.lifecycle.status, free.blocked_on), (Status::Pending, None));
    let token = board.claim(first, "zhangfei-dev").await.unwrap();
    board.complete(first, &holder("zhangfei-dev", &token)).await.unwrap();
    let done = depends(&board, task, &[first]).await.unwrap();
    assert_eq!(done.lifecycle.status, Status::Pending, "what it depends on is done");
}

#[tokio::test]
async fn nobody_goes_on_with_a_task_that_got_a_dependency() {
    let board = Board::new().await;
    let (first, task) = (board.task("first").await.id, board.task("second").await.id);
    let token = board.claim(task, "zhangfei-dev").await.unwrap();
    let blocked = depends(&board, task, &[first]).await.unwrap();
    assert_eq!((blocked.lifecycle.status, blocked.owner), (Status::Blocked, None));
    let late = board.complete(task, &holder("zhangfei-dev", &token)).await.unwrap_err();
    assert_eq!(late.code(), "stale_token");
}

#[tokio::test]
async fn what_a_person_awaits_is_not_settled_by_dependencies() {
    let board = Board::new().await;
    let task = board.task("first").await.id;
    let wait = Act { on: Some("human".into()), reason: Some("which year?".into()), ..Act::default() };
    transitions::block(&board.app, &board.project, task, &person(), wait).await.unwrap();
    let second = board.low_risk_task("second").await.id;
    for on in [&[second][..], &[]] {
        let still = depends(&board, task, on).await.unwrap();
        assert_eq!((still.lifecycle.status, still.blocked_on.as_deref()), (Status::Blocked, Some("human")));
    }
}

#[tokio::test]
async fn dependencies_that_change_while_a_task_is_set_aside_count_when_it_goes_on() {
    let board = Board::new().await;
    let (first, task) = (board.task("first").await.id, board.task("second").await.id);
    transitions::pause(&board.app, &board.project, task, &person(), Act::default()).await.unwrap();
    assert_eq!(depends(&board, task, &[first]).await.unwrap().lifecycle.status, Status::Paused);
    let resumed = transitions::resume(&board.app, &board.project, task, &person(), Act::default()).await.unwrap();
    assert_eq!((resumed.lifecycle.status, resumed.blocked_on.as_deref()), (Status::Blocked, Some("t-1")));
}

#[tokio::test]
async fn a_part_waits_for_no_parent_of_its_own() {
    let board = Board::new().await;
    let parent = board.task("parent").await.id;
    let part = |on: &[TaskId]| NewTask {
        title: "part".into(),
        parent: Some(parent),
        depends_on: on.to_vec(),
        ..NewTask::default()
    };
    let refused = board.create(part(&[parent])).await.unwrap_err();
    assert_eq!(refused.code(), "dependency_cycle");
    assert_eq!(refused.to_string(), "dependencies would go in a circle: t-2 → t-1 → t-2");
    let third = NewTask { title: "third".into(), depends_on: vec![parent], ..NewTask::default() };
    let third = board.create(third).await.unwrap().id;
    let refused = board.create(part(&[third])).await.unwrap_err();
    assert_eq!(refused.code(), "dependency_cycle", "through a third task");
    let own = board.create(part(&[])).await.unwrap().id;
    let refused = depends(&board, own, &[third]).await.unwrap_err();
    assert_eq!(refused.to_string(), format!("dependencies would go in a circle: {own} → {third} → t-1 → {own}"));
    depends(&board, parent, &[own]).await.expect("a parent may also wait for one of its parts");
}
