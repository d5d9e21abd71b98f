//! Reviews and rebuttals, as far as no policy decides.

use moziplus::{
    app::{
        projects, rebuttals, records,
        requests::{NewComment, NewOutput, NewRebuttal, NewReview},
        reviews,
    },
    model::{
        ids::TaskId,
        records::{Answer, IssueSeverity, NewIssue, NewRuling, ReviewResult, Ruling, Stance, Verdict},
        status::Status,
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
    NewReview { verdict, confidence, issues: issues.iter().map(issue).collect(), rulings: vec![] }
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
    let refused = rebuttals::rebut(app, project, task, &author, half).await.unwrap_err();
    assert_eq!(refused.to_string(), format!("issues without an answer: {}", ids[1]));
    let stranger = rebuttals::rebut(app, project, task, &agent("guanyu-dev"), all.clone()).await;
    assert_eq!(stranger.unwrap_err().code(), "not_assignee");
    rebuttals::rebut(app, project, task, &author, all).await.unwrap();
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

/// A task in its second round, in which the author has rejected the first and accepted the second of two findings in
/// part; with the ids of the two.
async fn second_round(board: &Board) -> (TaskId, Vec<i64>) {
    let task = in_review(board).await;
    let (app, project) = (&board.app, &board.project);
    let found = verdict(Verdict::NeedsRevision, 0.9, &["sum is wrong", "unit is missing"]);
    let review = reviews::review(app, project, task, &agent("simayi-challenger"), found).await.unwrap();
    let ids: Vec<_> = review.issues.iter().map(|issue| issue.id).collect();
    let answers = vec![answer(ids[0], Stance::Reject), answer(ids[1], Stance::Partial)];
    rebuttals::rebut(app, project, task, &agent("zhangfei-dev"), NewRebuttal { answers }).await.unwrap();
    (task, ids)
}

fn ruling(issue_id: i64, ruling: Ruling) -> NewRuling {
    NewRuling { issue_id, ruling, reason: "looked again".into() }
}

#[tokio::test]
async fn every_answer_gets_a_ruling() {
    let board = Board::new().await;
    let (task, ids) = second_round(&board).await;
    let review = async |rulings: Vec<NewRuling>, verdict_: Verdict, issues: &[&str]| {
        let new = NewReview { rulings, ..verdict(verdict_, 0.9, issues) };
        reviews::review(&board.app, &board.project, task, &agent("simayi-challenger"), new).await
    };
    let none = review(vec![], Verdict::NeedsRevision, &["a third thing"]).await.unwrap_err();
    assert_eq!(none.to_string(), format!("answers without a ruling: {}, {}", ids[0], ids[1]));
    assert_eq!((none.field(), none.valid_values()), (Some("rulings"), ids.iter().map(ToString::to_string).collect()));
    let one = review(vec![ruling(ids[0], Ruling::Upheld)], Verdict::NeedsRevision, &[]).await.unwrap_err();
    assert_eq!(one.to_string(), format!("answers without a ruling: {}", ids[1]));
    let grave = vec![ruling(ids[0], Ruling::Upheld), ruling(ids[1], Ruling::Withdrawn)];
    let contradiction = review(grave.clone(), Verdict::Approved, &[]).await.unwrap_err();
    assert_eq!(contradiction.to_string(), format!("it approves, and upholds issue {}, which is major", ids[0]));
    let stands = review(grave, Verdict::NeedsRevision, &[]).await.unwrap();
    assert_eq!((stands.issues.len(), stands.issues[0].upholds), (1, Some(ids[0])));
    let first = reviews::reviews(&board.app, &board.project, task).await.unwrap().remove(0);
    let rulings: Vec<_> = first.issues.iter().map(|issue| issue.ruling).collect();
    assert_eq!(rulings, [Some(Ruling::Upheld), Some(Ruling::Withdrawn)]);
}

#[tokio::test]
async fn an_approval_withdraws_what_it_does_not_speak_of() {
    let board = Board::new().await;
    let (task, _) = second_round(&board).await;
    let approved = verdict(Verdict::Approved, 0.9, &[]);
    reviews::review(&board.app, &board.project, task, &agent("jiaxu-challenger"), approved).await.unwrap();
    let first = reviews::reviews(&board.app, &board.project, task).await.unwrap().remove(0);
    assert!(first.issues.iter().all(|issue| issue.ruling == Some(Ruling::Withdrawn)));
    assert_eq!(first.result, Some(ReviewResult::Overturned));
}

#[tokio::test]
async fn what_was_withdrawn_is_known_again() {
    let board = Board::new().await;
    let (task, ids) = second_round(&board).await;
    let rulings = ids.iter().map(|id| ruling(*id, Ruling::Withdrawn)).collect();
    let new = NewReview { rulings, ..verdict(Verdict::NeedsRevision, 0.9, &["SUM is wrong!", "a third thing"]) };
    let who = agent("simayi-challenger");
    let again = reviews::review(&board.app, &board.project, task, &who, new).await.unwrap();
    let repeats: Vec<_> = again.issues.iter().map(|issue| issue.repeats).collect();
    assert_eq!(repeats, [Some(ids[0]), None]);
}

#[tokio::test]
async fn no_finding_of_a_review_is_lost() {
    let board = Board::new().await;
    let task = in_review(&board).await;
    let rows = ["3", "4"].map(|row| format!("the sum in row {row} of the table on page one of the report is wrong"));
    let words: Vec<_> = rows.iter().map(String::as_str).chain(["the sum is wrong", "The sum is wrong!"]).collect();
    let (app, project, who) = (&board.app, &board.project, agent("simayi-challenger"));
    let review = reviews::review(app, project, task, &who, verdict(Verdict::NeedsRevision, 0.9, &words)).await.unwrap();
    assert_eq!(review.issues.iter().map(|issue| issue.text.as_str()).collect::<Vec<_>>(), words);
}

#[tokio::test]
async fn who_upholds_a_finding_and_raises_it_again_says_it_once_and_as_bad_as_the_worse_of_both() {
    let board = Board::new().await;
    let (task, ids) = second_round(&board).await;
    let rulings = vec![ruling(ids[0], Ruling::Upheld), ruling(ids[1], Ruling::Withdrawn)];
    let issues = vec![NewIssue { severity: IssueSeverity::Critical, text: "Sum is wrong!".into() }];
    let new = NewReview { rulings, issues, ..verdict(Verdict::Rejected, 0.9, &[]) };
    let stands = reviews::review(&board.app, &board.project, task, &agent("simayi-challenger"), new).await.unwrap();
    let found: Vec<_> = stands.issues.iter().map(|issue| (issue.upholds, issue.severity)).collect();
    assert_eq!(found, [(Some(ids[0]), IssueSeverity::Critical)]);
}

#[tokio::test]
async fn a_review_that_says_nothing_usable_is_an_error_of_its_reviewer() {
    let board = Board::new().await;
    let task = in_review(&board).await;
    let (app, project) = (&board.app, &board.project);
    let who = agent("simayi-challenger");
    let grave = verdict(Verdict::Approved, 0.9, &["useless"]);
    for nonsense in [verdict(Verdict::NeedsRevision, 0.9, &[]), verdict(Verdict::Rejected, 0.9, &[]), grave] {
        let refused = reviews::review(app, project, task, &who, nonsense).await.unwrap_err();
        assert_eq!(refused.code(), "validation");
    }
    assert_eq!(board.look(task).await.lifecycle.status, Status::Review, "it moves nothing");
    assert_eq!(reviews::reviews(app, project, task).await.unwrap().len(), 0);
    let noted = records::observations(app, project, task).await.unwrap();
    assert_eq!(noted.len(), 3);
    assert!(noted[0].body.contains("simayi-challenger") && noted[0].body.contains("names no issue"), "{noted:#?}");
    // A person is told, and that is all.
    let by_person = reviews::review(app, project, task, &person(), verdict(Verdict::Rejected, 0.9, &[])).await;
    assert!(by_person.is_err());
    assert_eq!(records::observations(app, project, task).await.unwrap().len(), 3);
}

#[tokio::test]
async fn whose_confidence_does_not_hold_is_known() {
    let board = Board::new().await;
    let (app, project) = (&board.app, &board.project);
    for _ in 0..2 {
        let (task, _) = second_round(&board).await;
        let approved = verdict(Verdict::Approved, 0.9, &[]);
        reviews::review(app, project, task, &agent("jiaxu-challenger"), approved).await.unwrap();
    }
    let records = reviews::calibration(app, project).await.unwrap();
    let challenger = records.iter().find(|record| record.reviewer.to_string() == "simayi-challenger").unwrap();
    assert_eq!((challenger.submitted_count, challenger.known_count, challenger.wrong_objections_count), (2, 2, 2));
    assert!((challenger.brier.unwrap() - 0.81).abs() < 1e-9);
    assert!((challenger.overconfidence.unwrap() - 0.9).abs() < 1e-9);
    let other = records.iter().find(|record| record.reviewer.to_string() == "jiaxu-challenger").unwrap();
    assert_eq!((other.submitted_count, other.known_count, other.brier), (2, 0, None), "nothing has become of it yet");
}
