//! Reviews and rebuttals, as far as no policy decides.

use moziplus::{
    app::{
        projects, records,
        requests::{NewComment, NewOutput, NewRebuttal, NewReview},
        reviews,
    },
    model::{
        ids::TaskId,
        records::{Answer, IssueSeverity, NewIssue, Stance, Verdict},
    },
};

use crate::support::{Board, agent, holder, person};

async fn in_review(board: &Board) -> TaskId {
    let task = board.task("report").await.id;
    let token = board.claim(task, "zhangfei-dev").await.unwrap();
    let who = holder("zhangfei-dev", &token);
    let output =
        NewOutput { title: "report".into(), output_type: None, summary: None, path: None, text: Some("42".into()) };
    records::output(&board.app, &board.project, task, &who, output).await.unwrap();
    board.complete(task, &who).await.unwrap();
    task
}

fn verdict(verdict: Verdict, confidence: f64, issues: &[&str]) -> NewReview {
    let issue = |text: &&str| NewIssue { severity: IssueSeverity::Major, text: (*text).into() };
    NewReview { verdict, confidence, issues: issues.iter().map(issue).collect() }
}

fn answer(issue_id: i64, stance: Stance) -> Answer {
    Answer { issue_id, stance, reason: "because".into() }
}

#[tokio::test]
async fn an_author_cannot_review_also_not_in_a_later_round() {
    let board = Board::new().await;
    let task = in_review(&board).await;
    let review = |who: &'static str| {
        let who = agent(who);
        let (app, project) = (board.app.clone(), board.project.clone());
        async move { reviews::review(&app, &project, task, &who, verdict(Verdict::Approved, 0.9, &[])).await }
    };
    assert_eq!(review("zhangfei-dev").await.unwrap_err().code(), "self_review");
    assert_eq!(review("simayi-challenger").await.unwrap().round, 1);
}

#[tokio::test]
async fn only_a_task_in_review_takes_a_review_and_confidence_is_a_share() {
    let board = Board::new().await;
    let open = board.task("not yet").await.id;
    let who = agent("simayi-challenger");
    let early = reviews::review(&board.app, &board.project, open, &who, verdict(Verdict::Approved, 0.9, &[])).await;
    assert_eq!(early.unwrap_err().code(), "invalid_transition");
    let task = in_review(&board).await;
    let wrong = reviews::review(&board.app, &board.project, task, &who, verdict(Verdict::Approved, 1.5, &[])).await;
    assert_eq!(wrong.unwrap_err().field(), Some("confidence"));
}

#[tokio::test]
async fn a_rebuttal_answers_every_issue_and_is_the_assignees() {
    let board = Board::new().await;
    let task = in_review(&board).await;
    let (app, project) = (&board.app, &board.project);
    let found = verdict(Verdict::NeedsRevision, 0.9, &["sum is wrong", "unit is missing"]);
    let review = reviews::review(app, project, task, &agent("simayi-challenger"), found).await.unwrap();
    let ids: Vec<_> = review.issues.iter().map(|issue| issue.id).collect();
    let all = NewRebuttal { answers: vec![answer(ids[0], Stance::Reject), answer(ids[1], Stance::Accept)] };
    let half = NewRebuttal { answers: vec![answer(ids[0], Stance::Reject)] };
    let author = agent("zhangfei-dev");
    let refused = reviews::rebut(app, project, task, &author, half).await.unwrap_err();
    assert_eq!(refused.to_string(), format!("issues without an answer: {}", ids[1]));
    let stranger = reviews::rebut(app, project, task, &agent("guanyu-dev"), all.clone()).await;
    assert_eq!(stranger.unwrap_err().code(), "not_assignee");
    reviews::rebut(app, project, task, &author, all).await.unwrap();
    let stored = reviews::reviews(app, project, task).await.unwrap();
    assert_eq!(stored[0].issues[0].stance, Some(Stance::Reject));
}

#[tokio::test]
async fn a_person_can_review() {
    let board = Board::new().await;
    let task = in_review(&board).await;
    let approved = verdict(Verdict::Approved, 1.0, &[]);
    reviews::review(&board.app, &board.project, task, &person(), approved).await.unwrap();
    assert_eq!(board.look(task).await.reviews_count, 1);
}

#[tokio::test]
async fn only_the_projects_reviewers_and_people_review() {
    let board = Board::new().await;
    let task = in_review(&board).await;
    let review = async |who: &str, verdict_: Verdict| {
        reviews::review(&board.app, &board.project, task, &agent(who), verdict(verdict_, 0.9, &[])).await
    };
    for stranger in ["ghost1", "guanyu-dev"] {
        let refused = review(stranger, Verdict::Approved).await.unwrap_err();
        assert_eq!((refused.code(), refused.field()), ("validation", Some("reviewer")), "{stranger}");
        assert_eq!(refused.valid_values(), ["jiaxu-challenger", "pangtong-fujunshi", "simayi-challenger"]);
    }
    assert_eq!(board.look(task).await.reviews_count, 0, "nothing was written");
    review("jiaxu-challenger", Verdict::Approved).await.unwrap();
}

#[tokio::test]
async fn an_agent_of_another_project_does_not_review() {
    let mut board = Board::new().await;
    board.project = "audit".parse().unwrap();
    let members = ["zhangfei-dev", "simayi-challenger"].map(|agent| agent.parse().unwrap()).to_vec();
    let new = projects::NewProject { id: board.project.clone(), name: None, description: None, agents: members };
    projects::create(&board.app, new, &person()).await.unwrap();
    let task = in_review(&board).await;
    let review = async |who: &str| {
        reviews::review(&board.app, &board.project, task, &agent(who), verdict(Verdict::Approved, 0.9, &[])).await
    };
    assert_eq!(review("jiaxu-challenger").await.unwrap_err().valid_values(), ["simayi-challenger"]);
    review("simayi-challenger").await.unwrap();
}

#[tokio::test]
async fn nobody_speaks_under_a_name_that_is_not_there() {
    let board = Board::new().await;
    let task = board.task("report").await.id;
    let comment = NewComment { body: "boo".into(), comment_type: None, mentions: vec![] };
    let refused = records::comment(&board.app, &board.project, task, &agent("ghost1"), comment.clone()).await;
    assert_eq!(refused.unwrap_err().field(), Some("author"));
    records::comment(&board.app, &board.project, task, &agent("guanyu-dev"), comment).await.unwrap();
}
