//! The verbs that move a task from one status to another.

use poem_openapi::{OpenApi, param::Path, payload::Json};

use super::{
    Served, Tag,
    bodies::tasks::{By, Completion, Resolution, Transition},
    body::Body,
    caller::{Token, caller},
    problem::Failure,
    views::task::{ClaimedTask, Task},
};
use crate::{
    app::{requests::Act, resolutions, transitions},
    model::ids::{Actor, ProjectId, TaskId},
};

/// Routes below a task that change its status.
pub struct TransitionsApi(pub Served);

/// Calls a verb of `app::transitions` with who and what the body says.
macro_rules! act {
    ($api:ident, $verb:ident, $project:ident, $task:ident, $token:ident, $body:ident) => {{
        let (who, act): (Option<Actor>, Act) = $body.0.into();
        let task = transitions::$verb(&$api.0, &$project, $task.0, &caller(who, $token)?, act).await?;
        Ok(Json(task.into()))
    }};
}

#[OpenApi(prefix_path = "/api/projects", tag = "Tag::Transitions")]
impl TransitionsApi {
    /// Takes a pending task
    ///
    /// Answers with the task and the fencing token for the writes that follow. A second claim, also by the same
    /// agent, is refused with `already_claimed`.
    #[oai(path = "/:project/tasks/:task/claim", method = "post", operation_id = "claimTask")]
    async fn claim(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<By>,
    ) -> Result<Json<ClaimedTask>, Failure> {
        let caller = caller(body.0.agent, token)?;
        let (task, token) = transitions::claim(&self.0, &project, task.0, &caller).await?;
        Ok(Json(ClaimedTask { task: task.into(), token }))
    }

    /// Begins with a claimed task
    #[oai(path = "/:project/tasks/:task/start", method = "post", operation_id = "startTask")]
    async fn start(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<By>,
    ) -> Result<Json<Task>, Failure> {
        let caller = caller(body.0.agent, token)?;
        Ok(Json(transitions::start(&self.0, &project, task.0, &caller, Act::default()).await?.into()))
    }

    /// Says that the work is complete
    ///
    /// The completion gate checks `must_haves` first; what is missing is listed with `gate_failed`.
    #[oai(path = "/:project/tasks/:task/complete", method = "post", operation_id = "completeTask")]
    async fn complete(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<Completion>,
    ) -> Result<Json<Task>, Failure> {
        act!(self, complete, project, task, token, body)
    }

    /// Says that the task cannot be done
    #[oai(path = "/:project/tasks/:task/fail", method = "post", operation_id = "failTask")]
    async fn fail(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<Transition>,
    ) -> Result<Json<Task>, Failure> {
        act!(self, fail, project, task, token, body)
    }

    /// Waits for a task, an agent or a person
    #[oai(path = "/:project/tasks/:task/block", method = "post", operation_id = "blockTask")]
    async fn block(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<Transition>,
    ) -> Result<Json<Task>, Failure> {
        act!(self, block, project, task, token, body)
    }

    /// Gives a failed task another chance
    #[oai(path = "/:project/tasks/:task/retry", method = "post", operation_id = "retryTask")]
    async fn retry(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<Transition>,
    ) -> Result<Json<Task>, Failure> {
        act!(self, retry, project, task, token, body)
    }

    /// Calls a task off for good
    ///
    /// Its processes are ended.
    #[oai(path = "/:project/tasks/:task/cancel", method = "post", operation_id = "cancelTask")]
    async fn cancel(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<Transition>,
    ) -> Result<Json<Task>, Failure> {
        act!(self, cancel, project, task, token, body)
    }

    /// Sets a task aside
    #[oai(path = "/:project/tasks/:task/pause", method = "post", operation_id = "pauseTask")]
    async fn pause(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<Transition>,
    ) -> Result<Json<Task>, Failure> {
        act!(self, pause, project, task, token, body)
    }

    /// Takes a paused task up where it was left
    #[oai(path = "/:project/tasks/:task/resume", method = "post", operation_id = "resumeTask")]
    async fn resume(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<Transition>,
    ) -> Result<Json<Task>, Failure> {
        act!(self, resume, project, task, token, body)
    }

    /// Lets somebody with more say decide
    ///
    /// Whoever `on` names, else the coordinator, else a person.
    #[oai(path = "/:project/tasks/:task/escalate", method = "post", operation_id = "escalateTask")]
    async fn escalate(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<Transition>,
    ) -> Result<Json<Task>, Failure> {
        act!(self, escalate, project, task, token, body)
    }

    /// Decides about an escalated task
    #[oai(path = "/:project/tasks/:task/resolve", method = "post", operation_id = "resolveTask")]
    async fn resolve(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<Resolution>,
    ) -> Result<Json<Task>, Failure> {
        let (who, act): (Option<Actor>, Act) = body.0.into();
        let task = resolutions::resolve(&self.0, &project, task.0, &caller(who, token)?, act).await?;
        Ok(Json(task.into()))
    }

    /// Has finished work looked at again
    #[oai(path = "/:project/tasks/:task/reopen", method = "post", operation_id = "reopenTask")]
    async fn reopen(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<Transition>,
    ) -> Result<Json<Task>, Failure> {
        act!(self, reopen, project, task, token, body)
    }
}
