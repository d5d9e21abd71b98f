//! Tasks: listing, creating, reading and changing them.

use poem_openapi::{
    OpenApi,
    param::{Path, Query},
    payload::Json,
};

use super::{
    Served, Tag,
    bodies::tasks::{NewTask, TaskBatch, TaskPatch},
    body::Body,
    caller::{Created, Token, caller},
    expand::{Part, expanded},
    page::{Items, Page, Paging, bad_cursor, words as words_of},
    problem::{Failure, Problem},
    schema::words_in_document,
    views::{
        explain::Explanation,
        task::{Task, TaskDetail},
    },
};
use crate::{
    app::{explain, tasks},
    model::{
        ids::{AgentId, ProjectId, TaskId},
        words::words,
    },
    store::tasks::{Filter, Sort, sort_key},
};

words!(
    /// The order of a list of tasks.
    TaskSort, "sort order" {
        /// By id, oldest first.
        Oldest = "oldest",
        /// By id, newest first.
        Newest = "newest",
        /// By the time of the last change, newest first.
        Updated = "updated",
        /// Most urgent first, then oldest first.
        Priority = "priority",
    }
);

words_in_document!(
    TaskSort: "The order of a list of tasks: by id, by the time of the last change (newest first), or by priority",
);

impl From<TaskSort> for Sort {
    fn from(sort: TaskSort) -> Self {
        match sort {
            TaskSort::Oldest => Self::Oldest,
            TaskSort::Newest => Self::Newest,
            TaskSort::Updated => Self::Updated,
            TaskSort::Priority => Self::Priority,
        }
    }
}

/// Routes of a project's tasks.
pub struct TasksApi(pub Served);

#[OpenApi(prefix_path = "/api/projects", tag = "Tag::Tasks")]
impl TasksApi {
    /// A project's tasks
    #[oai(path = "/:project/tasks", method = "get", operation_id = "listTasks")]
    #[expect(clippy::too_many_arguments, reason = "each is a parameter of the query")]
    async fn list(
        &self,
        project: Path<ProjectId>,
        /// Only these statuses, as a comma list.
        status: Query<Option<String>>,
        /// Only these levels of risk, as a comma list.
        risk: Query<Option<String>>,
        /// Only those of this agent.
        assignee: Query<Option<AgentId>>,
        /// Only the children of this task.
        parent: Query<Option<TaskId>>,
        /// Only those with this text in title or description.
        q: Query<Option<String>>,
        /// The order; `oldest` when none.
        sort: Query<Option<TaskSort>>,
        /// At most so many.
        #[oai(validator(minimum(value = "1"), maximum(value = "500")))]
        limit: Query<Option<u16>>,
        /// Where to go on: `next_cursor` of the page before, with the same order.
        cursor: Query<Option<String>>,
    ) -> Result<Json<Page<Task>>, Failure> {
        let sort = sort.0.unwrap_or(TaskSort::Oldest).into();
        let paging = Paging::new(limit.0, cursor.0);
        let filter = Filter {
            statuses: words_of("status", status.0.as_deref())?,
            risks: words_of("risk", risk.0.as_deref())?,
            assignee: assignee.0,
            parent: parent.0,
            text: q.0.filter(|text| !text.is_empty()),
            sort,
            after: paging.cursor.as_deref().map(|cursor| parse_key(sort, cursor)).transpose()?,
            limit: paging.probe(),
        };
        let found = tasks::list(&self.0, &project, filter).await?;
        Ok(Json(paging.page(found, |task| write_key(sort, sort_key(sort, task)))))
    }

    /// Creates a task
    #[oai(path = "/:project/tasks", method = "post", operation_id = "createTask")]
    async fn create(
        &self,
        project: Path<ProjectId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<NewTask>,
    ) -> Result<Created<Task>, Failure> {
        let caller = caller(body.0.agent.clone(), token)?;
        Ok(Created::of(tasks::create(&self.0, &project, &caller, body.0.into()).await?))
    }

    /// Creates several tasks, all or none
    #[oai(path = "/:project/tasks/batch", method = "post", operation_id = "createTasks")]
    async fn batch(
        &self,
        project: Path<ProjectId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<TaskBatch>,
    ) -> Result<Created<Items<Task>>, Failure> {
        let caller = caller(body.0.agent, token)?;
        let batch = body.0.tasks.into_iter().map(Into::into).collect();
        Ok(Created::of(Items::of(tasks::create_batch(&self.0, &project, &caller, batch).await?)))
    }

    /// One task
    #[oai(path = "/:project/tasks/:task", method = "get", operation_id = "getTask")]
    async fn get(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        /// What to add, as a comma list: `comments`, `outputs`, `reviews`, `decisions`, `observations`, `events`,
        /// `attempts`, `subtasks` or `all`.
        expand: Query<Option<String>>,
    ) -> Result<Json<TaskDetail>, Failure> {
        let parts: Vec<Part> = words_of("expand", expand.0.as_deref())?;
        Ok(Json(expanded(&self.0, &project, task.0, &parts).await?))
    }

    /// Why a task is where it is: what it waits for, and the decisions that concerned it
    #[oai(path = "/:project/tasks/:task/explain", method = "get", operation_id = "explainTask")]
    async fn explain(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        /// At most so many decisions, the newest; 50 when none.
        #[oai(validator(minimum(value = "1"), maximum(value = "500")))]
        limit: Query<Option<u16>>,
    ) -> Result<Json<Explanation>, Failure> {
        let limit = i64::from(limit.0.unwrap_or(50));
        Ok(Json(explain::explain(&self.0, &project, task.0, limit).await?.into()))
    }

    /// Changes fields of a task
    ///
    /// The status has verbs of its own; only changed dependencies move a task: it is blocked while one is open, and pending
    /// again when none is left.
    #[oai(path = "/:project/tasks/:task", method = "patch", operation_id = "updateTask")]
    async fn patch(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<TaskPatch>,
    ) -> Result<Json<Task>, Failure> {
        let caller = caller(body.0.agent.clone(), token)?;
        Ok(Json(tasks::patch(&self.0, &project, task.0, &caller, body.0.into()).await?.into()))
    }
}

/// The name of an order in a cursor, so that a cursor of one order is refused by another.
const fn letter(sort: Sort) -> char {
    match sort {
        Sort::Oldest => 'o',
        Sort::Newest => 'n',
        Sort::Updated => 'u',
        Sort::Priority => 'p',
    }
}

fn write_key(sort: Sort, (key, id): (i64, i64)) -> String {
    format!("{}{key}.{id}", letter(sort))
}

fn parse_key(sort: Sort, cursor: &str) -> Result<(i64, i64), Problem> {
    let parse = || {
        let (key, id) = cursor.strip_prefix(letter(sort))?.split_once('.')?;
        Some((key.parse().ok()?, id.parse().ok()?))
    };
    parse().ok_or_else(bad_cursor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_belongs_to_its_order() {
        let cursor = write_key(Sort::Priority, (-7, 12));
        assert_eq!(parse_key(Sort::Priority, &cursor).unwrap(), (-7, 12));
        assert!(parse_key(Sort::Oldest, &cursor).is_err());
        assert!(parse_key(Sort::Oldest, "o1").is_err());
    }
}
