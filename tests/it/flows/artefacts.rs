//! Reviews are about files and not about what is said of them.

use std::{fs, path::PathBuf};

use moziplus::{
    app::{artefacts, records, requests::NewOutput},
    model::{
        changes::ChangeKind,
        ids::TaskId,
        records::{IssueSeverity, Stance, Verdict},
        status::Status,
        task::RiskLevel,
    },
};

use super::{
    cast::{Play, visited_office},
    office::Office,
};
use crate::support::person;

fn report(office: &Office, task: TaskId) -> PathBuf {
    office.app.root().task_artifacts(&office.project, task).join("outputs/report.md")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_after_an_approval_is_reviewed_once_more() {
    let office = visited_office(1).await;
    let mut play = Play::submitted(&office, 0, ("code", RiskLevel::Critical)).await;
    play.review(Verdict::Approved, 0.9, None).await;
    fs::write(report(&office, play.task), "something else\n").unwrap();
    play.review(Verdict::Approved, 0.9, None).await;
    let task = play.look().await;
    assert_eq!((task.lifecycle.status, task.lifecycle.round), (Status::Review, 2));
    assert_eq!(task.reason.as_deref(), Some("changed after its review: report.md"));
    play.review(Verdict::Approved, 0.9, None).await;
    play.review(Verdict::Approved, 0.9, None).await;
    assert_eq!(play.state().await, "done");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_while_it_is_reviewed_is_reviewed_by_everybody() {
    let office = visited_office(1).await;
    let mut play = Play::submitted(&office, 0, ("code", RiskLevel::Critical)).await;
    play.review(Verdict::Approved, 0.9, None).await;
    let text = Some("nobody has seen this\n".into());
    let late = NewOutput { title: "annex.md".into(), output_type: None, summary: None, path: None, text };
    records::output(&office.app, &office.project, play.task, &person(), late).await.unwrap();
    // The second one has seen it, the first one has not.
    play.review(Verdict::Approved, 0.9, None).await;
    let task = play.look().await;
    assert_eq!((task.lifecycle.status, task.lifecycle.round), (Status::Review, 2));
    assert_eq!(task.reason.as_deref(), Some("changed after its review: annex.md"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finished_file_that_is_overwritten_opens_the_task_again() {
    let office = visited_office(1).await;
    let mut play = Play::submitted(&office, 0, ("code", RiskLevel::Medium)).await;
    play.review(Verdict::Approved, 0.9, None).await;
    let task = play.task;
    office.becomes(task, Status::Done).await;
    fs::write(report(&office, task), "something else, afterwards\n").unwrap();
    office.app.control().tick().await.unwrap();
    let again = office.becomes(task, Status::Review).await;
    assert_eq!(again.reason.as_deref(), Some("changed after its review: report.md"));
    let changed = artefacts::changes(&office.app, &office.project, task).await.unwrap();
    assert_eq!(changed[0].change, ChangeKind::Changed, "the next reviewer sees the difference");
    assert!(changed[0].diff.as_ref().is_some_and(|diff| diff.contains("+something else, afterwards")));
    // Whoever approved it before may look again.
    let who = play.reviews().await.pop().unwrap().reviewer;
    play.review(Verdict::Approved, 0.9, None).await;
    assert_eq!(play.reviews().await.pop().unwrap().reviewer, who);
    office.becomes(task, Status::Done).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_reviewer_sees_what_was_changed() {
    let office = visited_office(1).await;
    let mut play = Play::submitted(&office, 0, ("code", RiskLevel::Medium)).await;
    let changes = async || artefacts::changes(&office.app, &office.project, play.task).await.unwrap();
    let first = changes().await;
    assert_eq!((first.len(), first[0].change), (1, ChangeKind::Added));
    play.review(Verdict::NeedsRevision, 0.9, Some(IssueSeverity::Major)).await;
    play.answer(Stance::Accept).await;
    play.work(true).await;
    let second = artefacts::changes(&office.app, &office.project, play.task).await.unwrap();
    assert_eq!(second[0].change, ChangeKind::Changed);
    assert!(second[0].diff.as_ref().unwrap().contains("-version 1\n+version 2\n"), "{second:#?}");
    let judged = &play.reviews().await[0].judged;
    assert_eq!((judged.len(), &judged[0].sha256), (1, &first[0].sha256));
    assert_eq!(second[0].sha256_before, first[0].sha256);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_written_again_counts_as_a_new_version() {
    let office = visited_office(1).await;
    let mut play = Play::submitted(&office, 0, ("code", RiskLevel::Medium)).await;
    play.review(Verdict::NeedsRevision, 0.9, Some(IssueSeverity::Minor)).await;
    fs::write(report(&office, play.task), "mended in place\n").unwrap();
    play.work(false).await;
    let outputs = moziplus::app::records::outputs(&office.app, &office.project, play.task).await.unwrap();
    assert_eq!(outputs.len(), 2, "the file was measured again");
    play.review(Verdict::Approved, 0.9, None).await;
    assert_eq!(play.state().await, "done");
    play.register(&person()).await;
    assert_eq!(play.state().await, "review");
}
