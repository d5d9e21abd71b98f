//! Search over the tasks of all projects.

use serde::Serialize;

use super::{App, error::AppError};
use crate::{
    model::{
        ids::{ProjectId, TaskId},
        status::Status,
    },
    store::tasks::{self, Filter, Sort},
};

/// Found tasks per project at most.
const PER_PROJECT: i64 = 20;

/// A found task.
#[derive(Debug, Clone, Serialize)]
pub struct Hit {
    /// The project.
    pub project: ProjectId,
    /// The task.
    pub task: TaskId,
    /// Its title.
    pub title: String,
    /// Its status.
    pub status: Status,
}

/// Tasks with the text in title or description, last changed first within each project.
pub async fn search(app: &App, text: &str) -> Result<Vec<Hit>, AppError> {
    if text.trim().is_empty() {
        return Err(AppError::invalid("q", "nothing to search for", "give at least one character"));
    }
    let mut hits = Vec::new();
    for project in app.projects().usable() {
        let (id, text) = (project.id.clone(), text.trim().to_owned());
        let filter = Filter { text: Some(text), sort: Sort::Updated, limit: PER_PROJECT, ..Filter::default() };
        let found = project.store.read(move |db| Ok::<_, AppError>(tasks::list(db, &id, &filter)?)).await?;
        hits.extend(found.into_iter().map(|task| Hit {
            project: task.project,
            task: task.id,
            title: task.title,
            status: task.lifecycle.status,
        }));
    }
    Ok(hits)
}
