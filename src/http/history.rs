//! A task's events, attempts and children, and the history of all events.

use poem_openapi::{
    OpenApi,
    param::{Path, Query},
    payload::Json,
};

use super::{
    Served, Tag,
    page::{Items, Page, Paging, words},
    problem::Failure,
    schema::Nullable,
    views::{
        View,
        attempt::{Attempt, Event},
        task::Task,
    },
};
use crate::{
    app::{attempts, events, tasks},
    model::{
        event::{EventKind, Level},
        ids::{ProjectId, TaskId},
    },
    store::{daemon_db::IndexQuery, tasks::Filter},
};

/// A task's events that are shown at most.
const MOST_EVENTS: i64 = 500;
/// Children that are shown at most; `GET …/tasks?parent=` has pages.
const MOST_CHILDREN: i64 = 500;

/// Routes of what has happened.
pub struct HistoryApi(pub Served);

#[OpenApi(tag = "Tag::Events")]
impl HistoryApi {
    /// Past events, oldest first unless `newest` asks otherwise
    #[oai(path = "/api/events/history", method = "get", operation_id = "listEvents")]
    #[expect(clippy::too_many_arguments, reason = "each is a parameter of the query")]
    async fn history(
        &self,
        /// Only events with a higher id.
        after: Query<Option<i64>>,
        /// Only those of this project.
        project: Query<Option<ProjectId>>,
        /// Only those of this task; needs `project`.
        task: Query<Option<TaskId>>,
        /// Only these kinds, as a comma list.
        kind: Query<Option<String>>,
        /// Only these levels, as a comma list; all of them without it.
        level: Query<Option<String>>,
        /// Newest first.
        #[oai(default)]
        newest: Query<bool>,
        /// At most so many.
        #[oai(validator(minimum(value = "1"), maximum(value = "500")))]
        limit: Query<Option<u16>>,
        /// Where to go on: `next_cursor` of the page before, with the same order.
        cursor: Query<Option<String>>,
    ) -> Result<Json<Page<Event>>, Failure> {
        let paging = Paging::new(limit.0, cursor.0);
        let kinds: Vec<EventKind> = words("kind", kind.0.as_deref())?;
        let levels: Vec<Level> = words("level", level.0.as_deref())?;
        let (newest_first, place) = (newest.0, paging.number()?);
        let query = IndexQuery {
            after: place.filter(|_| !newest_first).or(after.0).unwrap_or(0),
            before: place.filter(|_| newest_first),
            newest_first,
            project: project.0,
            task: task.0.map(|task| task.0),
            kinds: kinds.into_iter().map(EventKind::as_str).collect(),
            levels: levels.into_iter().map(Level::as_str).collect(),
            limit: paging.limit,
        };
        let floor = after.0.unwrap_or(0);
        let events::Found { events: found, last, .. } = events::page(&self.0, query).await?;
        // A page may be short because some of its events are gone; only a page without a last id is the end.
        let more = |last: &i64| if newest_first { *last > floor + 1 } else { *last < self.0.daemon().last_id() };
        let next_cursor = Nullable(last.filter(more).map(|last| last.to_string()));
        Ok(Json(Page { items: View::of(found), next_cursor }))
    }

    /// A task's events, newest first, at most 500
    #[oai(path = "/api/projects/:project/tasks/:task/events", method = "get", operation_id = "listTaskEvents")]
    async fn of_task(&self, project: Path<ProjectId>, task: Path<TaskId>) -> Result<Json<Items<Event>>, Failure> {
        Ok(Json(Items::of(events::of_task(&self.0, &project, task.0, MOST_EVENTS).await?)))
    }

    /// A task's attempts, oldest first
    #[oai(path = "/api/projects/:project/tasks/:task/attempts", method = "get", operation_id = "listAttempts")]
    async fn attempts(&self, project: Path<ProjectId>, task: Path<TaskId>) -> Result<Json<Items<Attempt>>, Failure> {
        Ok(Json(Items::of(attempts::of_task(&self.0, &project, task.0).await?)))
    }

    /// A task's children, oldest first, at most 500
    #[oai(path = "/api/projects/:project/tasks/:task/subtasks", method = "get", operation_id = "listSubtasks")]
    async fn subtasks(&self, project: Path<ProjectId>, task: Path<TaskId>) -> Result<Json<Items<Task>>, Failure> {
        tasks::get(&self.0, &project, task.0).await?;
        let children = Filter { parent: Some(task.0), limit: MOST_CHILDREN, ..Filter::default() };
        Ok(Json(Items::of(tasks::list(&self.0, &project, children).await?)))
    }
}
