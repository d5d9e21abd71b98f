//! What an agent cannot do to its own task, and who can be asked to decide.

use moziplus::{
    app::{checkpoints, requests::Act, resolutions, tasks, transitions},
    model::{
        ids::{Actor, TaskId},
        status::Status,
        task::{MustHaves, NewTask, RiskLevel, Task, TaskPatch},
    },
};

use crate::support::{Board, agent, because, holder, person};

async fn patched(
    board: &Board,
    task: TaskId,
    who: &moziplus::app::Caller,
    patch: TaskPatch,
) -> Result<Task, moziplus::app::AppError> {
    tasks::patch(&board.app, &board.project, task, who, patch).await
}

#[tokio::test]
async fn who_works_on_a_task_does_not_say_by_what_it_is_measured() {
    let board = Board::new().await;
    let new = NewTask { title: "Pay".into(), risk_level: Some(RiskLevel::High), ..NewTask::default() };
    let task = board.create(new).await.unwrap().id;
    let token = board.claim(task, "zhangfei-dev").await.unwrap();
    let author = holder("zhangfei-dev", &token);
    for (field, patch) in [
        ("risk_level", TaskPatch { risk_level: Some(RiskLevel::Low), ..TaskPatch::default() }),
        (
            "must_haves",
            TaskPatch {
                must_haves: Some(MustHaves { artifacts: vec!["a.md".into()], ..MustHaves::default() }),
                ..TaskPatch::default()
            },
        ),
        ("task_type", TaskPatch { task_type: Some("note".into()), ..TaskPatch::default() }),
        ("assignee", TaskPatch { assignee: Some("guanyu-dev".into()), ..TaskPatch::default() }),
    ] {
        let refused = patched(&board, task, &author, patch.clone()).await.unwrap_err();
        assert!(refused.to_string().ends_with(field), "{refused}");
        patched(&board, task, &agent("pangtong-fujunshi"), patch).await.unwrap();
    }
    // What it does say stays: how urgent it is, and what it waits for.
    patched(&board, task, &author, TaskPatch { priority: Some(9), ..TaskPatch::default() }).await.unwrap();
}

#[tokio::test]
async fn a_changed_text_that_crosses_a_red_line_raises_the_risk() {
    let board = Board::new().await;
    let task = board.low_risk_task("Tidy up").await.id;
    let title = Some("DROP TABLE sales".to_owned());
    let changed = patched(&board, task, &person(), TaskPatch { title, ..TaskPatch::default() }).await.unwrap();
    assert_eq!(changed.risk_level, RiskLevel::High);
    let lower = TaskPatch { risk_level: Some(RiskLevel::Low), ..TaskPatch::default() };
    assert_eq!(patched(&board, task, &person(), lower).await.unwrap().risk_level, RiskLevel::High);
}

#[tokio::test]
async fn a_person_vouches_for_what_an_agent_said_about_the_risk() {
    let board = Board::new().await;
    let new = NewTask { title: "Pay".into(), risk_level: Some(RiskLevel::Critical), ..NewTask::default() };
    let who = agent("zhangfei-dev");
    let task = tasks::create(&board.app, &board.project, &who, new).await.unwrap();
    assert_eq!(task.risk_set_by, Some(who.actor));
    let same = TaskPatch { risk_level: Some(RiskLevel::Critical), ..TaskPatch::default() };
    let changed = patched(&board, task.id, &person(), same).await.unwrap();
    assert_eq!(changed.risk_set_by, Some(Actor::human()));
}

#[tokio::test]
async fn only_who_is_there_is_asked_to_decide() {
    let board = Board::new().await;
    let task = board.task("Pay").await.id;
    let to = async |on: &str| {
        let act = Act { on: Some(on.into()), ..because("both readings are possible") };
        transitions::escalate(&board.app, &board.project, task, &person(), act).await
    };
    for on in ["ghost", "daemon"] {
        assert_eq!(to(on).await.unwrap_err().field(), Some("on"), "{on}");
    }
    assert_eq!(to("human").await.unwrap().lifecycle.status, Status::Escalated);
    let asked = checkpoints::list(&board.app, &board.project, true).await.unwrap();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].question, "Pay: both readings are possible. What now?");
    let act = Act { to: Some(Status::Pending), ..because("the first one") };
    resolutions::resolve(&board.app, &board.project, task, &person(), act).await.unwrap();
    assert!(checkpoints::list(&board.app, &board.project, true).await.unwrap().is_empty(), "nobody is asked any more");
}

#[tokio::test]
async fn whoever_decides_has_to_be_as_sure_as_whoever_reviews() {
    let strict = |root: &std::path::Path| {
        let folder = root.join("config/review_protocols");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("output_review.yaml"), "confidence_threshold: 0.95\n").unwrap();
    };
    let board = Board::prepared(strict).await;
    let task = board.task("Pay").await.id;
    transitions::escalate(&board.app, &board.project, task, &person(), because("unclear")).await.unwrap();
    let act = Act { to: Some(Status::Done), confidence: Some(0.9), ..because("it looks well") };
    let who = agent("pangtong-fujunshi");
    let task = resolutions::resolve(&board.app, &board.project, task, &who, act).await.unwrap();
    assert_eq!((task.lifecycle.status, task.escalated_to), (Status::Escalated, Some(Actor::human())));
}
