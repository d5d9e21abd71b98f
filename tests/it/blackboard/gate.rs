//! The completion gate: what must be there is checked before anybody is asked.

use moziplus::{
    app::{AppError, records, requests::NewOutput},
    model::{
        status::Status,
        task::{MustHaves, NewTask},
    },
};

use crate::support::{Board, holder};

fn output(title: &str, text: Option<&str>, path: Option<&str>) -> NewOutput {
    NewOutput {
        title: title.into(),
        output_type: None,
        summary: None,
        path: path.map(Into::into),
        text: text.map(Into::into),
    }
}

#[tokio::test]
async fn what_is_missing_is_listed_and_what_is_there_lets_the_task_pass() {
    let board = Board::new().await;
    let must_haves = MustHaves {
        truths: vec!["the sum is right".into()],
        artifacts: vec!["outputs/report.md".into()],
        key_links: vec!["figures".into()],
    };
    let task = board.create(NewTask { title: "report".into(), must_haves, ..NewTask::default() }).await.unwrap().id;
    let token = board.claim(task, "zhangfei-dev").await.unwrap();
    let who = holder("zhangfei-dev", &token);
    let refused = board.complete(task, &who).await.unwrap_err();
    let AppError::GateFailed { missing } = &refused else { panic!("{refused}") };
    assert_eq!(missing.len(), 2, "{missing:?}");
    assert_eq!(board.look(task).await.lifecycle.status, Status::Claimed, "a refused write leaves no trace");

    for (title, text) in [("report.md", "# 42"), ("figures", "42")] {
        records::output(&board.app, &board.project, task, &who, output(title, Some(text), None)).await.unwrap();
    }
    let done = board.complete(task, &who).await.unwrap();
    assert_eq!((done.lifecycle.status, done.lifecycle.round), (Status::Review, 1));
}

#[tokio::test]
async fn a_key_link_resolves_inside_of_the_task() {
    let board = Board::new().await;
    let must_haves = MustHaves { key_links: vec!["outputs/figures.csv".into()], ..MustHaves::default() };
    let task = board.create(NewTask { title: "report".into(), must_haves, ..NewTask::default() }).await.unwrap().id;
    let token = board.claim(task, "zhangfei-dev").await.unwrap();
    let who = holder("zhangfei-dev", &token);
    let outputs = board.app.root().task_artifacts(&board.project, task).join("outputs");
    std::fs::create_dir_all(&outputs).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", outputs.join("figures.csv")).unwrap();
    assert_eq!(board.complete(task, &who).await.unwrap_err().code(), "gate_failed", "it leads outside");
    std::fs::remove_file(outputs.join("figures.csv")).unwrap();
    std::fs::write(outputs.join("figures.csv"), "1\n").unwrap();
    board.complete(task, &who).await.unwrap();
}

#[tokio::test]
async fn what_could_never_be_there_is_refused_at_once() {
    let board = Board::new().await;
    let create = async |must_haves: MustHaves| {
        let refused = board.create(NewTask { title: "report".into(), must_haves, ..NewTask::default() }).await;
        let error = refused.unwrap_err();
        assert!(error.code() == "validation" && error.hint().is_some(), "{error:?}");
        error.field().unwrap().to_owned()
    };
    let artifacts = ["", " ", "a\0b", "https://example.org/report.md", "/etc/passwd", "../x", "outputs/"];
    for path in artifacts {
        let lists = MustHaves { artifacts: vec!["outputs/report.md".into(), path.into()], ..MustHaves::default() };
        assert_eq!(create(lists).await, "must_haves.artifacts[1]", "{path:?}");
    }
    for link in ["", "a\0b", "https://example.org/", "file:///etc/passwd", "two\nlines"] {
        let lists = MustHaves { key_links: vec![link.into()], ..MustHaves::default() };
        assert_eq!(create(lists).await, "must_haves.key_links[0]", "{link:?}");
    }
    let lists = MustHaves { truths: vec!["\t".into()], ..MustHaves::default() };
    assert_eq!(create(lists).await, "must_haves.truths[0]");
}

#[tokio::test]
async fn an_output_must_lie_in_the_project() {
    let board = Board::new().await;
    let task = board.task("report").await.id;
    let token = board.claim(task, "zhangfei-dev").await.unwrap();
    let who = holder("zhangfei-dev", &token);
    let add =
        |path: &'static str| records::output(&board.app, &board.project, task, &who, output("x", None, Some(path)));
    assert_eq!(add("/etc/passwd").await.unwrap_err().code(), "path_outside");
    assert_eq!(add("nothing.csv").await.unwrap_err().code(), "validation");
    let folder = board.app.root().task_artifacts(&board.project, task);
    std::fs::create_dir_all(folder.join("data")).unwrap();
    std::fs::write(folder.join("data/rows.csv"), "a\n1\n").unwrap();
    let added = add("data/rows.csv").await.unwrap();
    assert_eq!((added.path.as_str(), added.size_bytes), ("artifacts/t-1/data/rows.csv", 4));
}
