//! What waits for what.

use moziplus::{
    app::tasks,
    model::{
        status::Status,
        task::{NewTask, TaskPatch},
    },
};

use crate::support::{Board, person};

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
