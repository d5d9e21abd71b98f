//! `?expand=`: a task with its records in one answer.

use super::{
    problem::Failure,
    views::{View, task::TaskDetail},
};
use crate::{
    app::{App, attempts, events, records, reviews, tasks},
    model::{
        ids::{ProjectId, TaskId},
        words::UnknownWord,
    },
    store::tasks::Filter,
};

/// Events and children that are shown at most; their own routes show them all.
const MOST: i64 = 500;

/// What can be added to a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Comments.
    Comments,
    /// Outputs.
    Outputs,
    /// Reviews with their issues.
    Reviews,
    /// Decisions.
    Decisions,
    /// Observations.
    Observations,
    /// Events.
    Events,
    /// Attempts.
    Attempts,
    /// Children.
    Subtasks,
    /// Everything.
    All,
}

const WORDS: &[&str] =
    &["comments", "outputs", "reviews", "decisions", "observations", "events", "attempts", "subtasks", "all"];

impl std::str::FromStr for Part {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Ok(match text {
            "comments" => Self::Comments,
            "outputs" => Self::Outputs,
            "reviews" => Self::Reviews,
            "decisions" => Self::Decisions,
            "observations" => Self::Observations,
            "events" => Self::Events,
            "attempts" => Self::Attempts,
            "subtasks" => Self::Subtasks,
            "all" => Self::All,
            _ => return Err(UnknownWord { what: "part of a task", given: text.into(), allowed: WORDS }),
        })
    }
}

/// The task with what was asked for.
pub async fn expanded(app: &App, project: &ProjectId, task: TaskId, parts: &[Part]) -> Result<TaskDetail, Failure> {
    let wants = |part| parts.contains(&part) || parts.contains(&Part::All);
    let mut detail = TaskDetail::new(tasks::get(app, project, task).await?.into());
    if wants(Part::Comments) {
        detail.comments = Some(View::of(records::comments(app, project, task).await?));
    }
    if wants(Part::Outputs) {
        detail.outputs = Some(View::of(records::outputs(app, project, task).await?));
    }
    if wants(Part::Reviews) {
        detail.reviews = Some(View::of(reviews::reviews(app, project, task).await?));
    }
    if wants(Part::Decisions) {
        detail.decisions = Some(View::of(records::decisions(app, project, task).await?));
    }
    if wants(Part::Observations) {
        detail.observations = Some(View::of(records::observations(app, project, task).await?));
    }
    if wants(Part::Events) {
        detail.events = Some(View::of(events::of_task(app, project, task, MOST).await?));
    }
    if wants(Part::Attempts) {
        detail.attempts = Some(View::of(attempts::of_task(app, project, task).await?));
    }
    if wants(Part::Subtasks) {
        let children = Filter { parent: Some(task), limit: MOST, ..Filter::default() };
        detail.subtasks = Some(View::of(tasks::list(app, project, children).await?));
    }
    Ok(detail)
}
