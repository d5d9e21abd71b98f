//! Lessons: listing and changing them, and drawing candidates from what happened to a task.

mod drawing;
pub mod mirror;

use std::sync::Arc;

use super::{App, Caller, Project, context, error::AppError, records::check_text};
use crate::{
    model::{
        ids::{ProjectId, TaskId},
        records::{Experience, ExperienceStatus},
        search::Query,
        snapshot::Context,
    },
    store::{
        StoreError, Tx, attempts,
        experiences::{self, Change, Filter},
        reviews, tasks,
    },
};

/// Most tags of a lesson, and most characters of one.
const TAGS: (usize, usize) = (16, 64);

/// Which lessons to list.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Only those with this tag.
    pub tag: Option<String>,
    /// Only with this status.
    pub status: Option<ExperienceStatus>,
    /// Only those with these words.
    pub text: Option<String>,
    /// Only those before this id.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: i64,
}

/// A project's lessons, newest first.
pub async fn experiences(app: &App, project: &ProjectId, wanted: Wanted) -> Result<Vec<Experience>, AppError> {
    let project = app.project(project)?;
    let id = project.id.clone();
    let text = wanted.text.as_deref().filter(|text| !text.trim().is_empty());
    // What is no word is found nowhere.
    let expression = text.map(|text| Query::parse(text).map_or_else(|| "\"\"".to_owned(), |query| query.all()));
    let Wanted { tag, status, before, limit, .. } = wanted;
    let filter = Filter { tag, status, expression, before, limit };
    project.store.read(move |db| Ok(experiences::list(db, &id, &filter)?)).await
}

/// Confirms a candidate, takes a lesson back, or mends its text and tags: for people and the coordinator.
pub async fn change(
    app: &App,
    project: &ProjectId,
    id: i64,
    caller: &Caller,
    mut wanted: Change,
) -> Result<Experience, AppError> {
    let project = app.open_project(project)?;
    let leads = caller.actor.agent().is_some_and(|agent| app.coordinator(&project.id).as_ref() == Some(agent));
    if !leads && (!caller.actor.is_human() || caller.token.is_some()) {
        return Err(AppError::only_people("or the coordinator changes lessons"));
    }
    if let Some(lesson) = &wanted.lesson {
        check_text("lesson", lesson)?;
    }
    if let Some(tags) = &wanted.tags {
        wanted.tags = Some(check_tags(tags)?);
    }
    let (name, actor) = (project.id.clone(), caller.actor.clone());
    let write = move |tx: &mut Tx<'_>| Ok(experiences::change(tx, &name, id, (wanted, actor))?);
    project.store.write(app.now(), write).await
}

/// Tags as they are kept: lower case, each once.
pub(super) fn check_tags(tags: &[String]) -> Result<Vec<String>, AppError> {
    let (most, longest) = TAGS;
    let mut tags: Vec<_> = tags.iter().map(|tag| tag.trim().to_lowercase()).filter(|tag| !tag.is_empty()).collect();
    tags.sort();
    tags.dedup();
    if tags.is_empty() || tags.len() > most || tags.iter().any(|tag| tag.chars().count() > longest) {
        let detail = format!("a lesson has 1 to {most} tags of at most {longest} characters");
        return Err(AppError::invalid("tags", detail, "tags bring a lesson back to those who need it"));
    }
    Ok(tags)
}

/// Draws candidates from a task that is done: findings that were mended or withdrawn, attempts that failed before one
/// succeeded. Each is drawn once, however often it is asked for.
pub fn draw(tx: &mut Tx<'_>, project: &ProjectId, task: TaskId) -> Result<usize, StoreError> {
    let Some(task) = tasks::get(tx, project, task)? else { return Ok(0) };
    let history = drawing::History {
        attempts: attempts::of_task(tx, project, task.id)?,
        reviews: reviews::of_task(tx, task.id)?,
        task,
    };
    let mut drawn = 0;
    for candidate in drawing::candidates(&history) {
        drawn += usize::from(experiences::insert(tx, project, candidate)?.is_some());
    }
    Ok(drawn)
}

/// What hooks may know when no tick asks them.
pub fn context(app: &App, project: &Project) -> Result<Arc<Context>, AppError> {
    context::of(app, &project.id).map(Arc::new)
}
