//! What is written on a task: outputs, comments, decisions, observations; and a project's lessons.

use poem_openapi::{
    OpenApi,
    param::{Path, Query},
    payload::Json,
};

use super::{
    Served, Tag,
    bodies::records::{ImportedLine, LessonPatch, NewComment, NewDecision, NewLesson, NewObservation, NewOutput},
    body::Body,
    caller::{Created, Token, caller},
    page::{Items, Page, Paging},
    problem::Failure,
    views::records::{Comment, Decision, Experience, ImportedRecords, Observation, Output},
};
use crate::{
    app::{
        imports,
        knowledge::{self, Wanted},
        records,
    },
    model::{
        ids::{ProjectId, TaskId},
        records::ExperienceStatus,
    },
    store::experiences::Change,
};

/// Routes of a task's records, and of what was learned from them.
pub struct RecordsApi(pub Served);

#[OpenApi(prefix_path = "/api/projects", tag = "Tag::Records")]
impl RecordsApi {
    /// A task's outputs, oldest first
    #[oai(path = "/:project/tasks/:task/outputs", method = "get", operation_id = "listOutputs")]
    async fn outputs(&self, project: Path<ProjectId>, task: Path<TaskId>) -> Result<Json<Items<Output>>, Failure> {
        Ok(Json(Items::of(records::outputs(&self.0, &project, task.0).await?)))
    }

    /// Adds an output
    ///
    /// A text titled `report.md` becomes `artifacts/<task>/outputs/report.md`; a path must lie in the project's folder.
    #[oai(path = "/:project/tasks/:task/outputs", method = "post", operation_id = "addOutput")]
    async fn output(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<NewOutput>,
    ) -> Result<Created<Output>, Failure> {
        let (who, new) = body.0.into();
        Ok(Created::of(records::output(&self.0, &project, task.0, &caller(who, token)?, new).await?))
    }

    /// A task's thread, oldest first
    #[oai(path = "/:project/tasks/:task/comments", method = "get", operation_id = "listComments")]
    async fn comments(&self, project: Path<ProjectId>, task: Path<TaskId>) -> Result<Json<Items<Comment>>, Failure> {
        Ok(Json(Items::of(records::comments(&self.0, &project, task.0).await?)))
    }

    /// Adds a comment
    #[oai(path = "/:project/tasks/:task/comments", method = "post", operation_id = "addComment")]
    async fn comment(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<NewComment>,
    ) -> Result<Created<Comment>, Failure> {
        let (who, new) = body.0.into();
        Ok(Created::of(records::comment(&self.0, &project, task.0, &caller(who, token)?, new).await?))
    }

    /// A task's decisions, oldest first
    #[oai(path = "/:project/tasks/:task/decisions", method = "get", operation_id = "listDecisions")]
    async fn decisions(&self, project: Path<ProjectId>, task: Path<TaskId>) -> Result<Json<Items<Decision>>, Failure> {
        Ok(Json(Items::of(records::decisions(&self.0, &project, task.0).await?)))
    }

    /// Records a decision and why
    #[oai(path = "/:project/tasks/:task/decisions", method = "post", operation_id = "addDecision")]
    async fn decide(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<NewDecision>,
    ) -> Result<Created<Decision>, Failure> {
        let (who, new) = body.0.into();
        Ok(Created::of(records::decide(&self.0, &project, task.0, &caller(who, token)?, new).await?))
    }

    /// A task's observations, oldest first
    #[oai(path = "/:project/tasks/:task/observations", method = "get", operation_id = "listObservations")]
    async fn observations(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
    ) -> Result<Json<Items<Observation>>, Failure> {
        Ok(Json(Items::of(records::observations(&self.0, &project, task.0).await?)))
    }

    /// Records something that was noticed
    #[oai(path = "/:project/tasks/:task/observations", method = "post", operation_id = "addObservation")]
    async fn observe(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<NewObservation>,
    ) -> Result<Created<Observation>, Failure> {
        let (who, new) = body.0.into();
        Ok(Created::of(records::observe(&self.0, &project, task.0, &caller(who, token)?, new).await?))
    }

    /// Records a lesson for later tasks
    #[oai(path = "/:project/tasks/:task/experiences", method = "post", operation_id = "addExperience")]
    async fn learn(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<NewLesson>,
    ) -> Result<Created<Experience>, Failure> {
        let (who, new) = body.0.into();
        Ok(Created::of(records::learn(&self.0, &project, task.0, &caller(who, token)?, new).await?))
    }

    /// Writes the records of a task that was worked on elsewhere
    ///
    /// As a line of `task export` has them: comments, outputs with their files, decisions, observations, reviews, rebuttals.
    /// For people, and only on a task that nobody has worked on here. Nothing follows from them.
    #[oai(path = "/:project/tasks/:task/import", method = "post", operation_id = "importRecords")]
    async fn import(
        &self,
        project: Path<ProjectId>,
        task: Path<TaskId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<ImportedLine>,
    ) -> Result<Json<ImportedRecords>, Failure> {
        let ImportedLine { records, agent } = body.0;
        let caller = caller(agent, token)?;
        Ok(Json(imports::records(&self.0, &project, task.0, records, &caller).await?.into()))
    }

    /// A project's lessons, newest first
    #[oai(path = "/:project/experiences", method = "get", operation_id = "listExperiences")]
    #[expect(clippy::too_many_arguments, reason = "each is a parameter of the query")]
    async fn experiences(
        &self,
        project: Path<ProjectId>,
        /// Only those with this tag.
        tag: Query<Option<String>>,
        /// Only with this status.
        status: Query<Option<ExperienceStatus>>,
        /// Only those with these words; see `/api/search`.
        q: Query<Option<String>>,
        /// At most so many.
        #[oai(validator(minimum(value = "1"), maximum(value = "500")))]
        limit: Query<Option<u16>>,
        /// Where to go on: `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Json<Page<Experience>>, Failure> {
        let paging = Paging::new(limit.0, cursor.0);
        let before = paging.number()?;
        let wanted = Wanted { tag: tag.0, status: status.0, text: q.0, before, limit: paging.probe() };
        let found = knowledge::experiences(&self.0, &project, wanted).await?;
        Ok(Json(paging.page(found, |experience| experience.id.to_string())))
    }

    /// Confirms a lesson, takes it back, or mends it
    ///
    /// A candidate becomes `active`; a lesson that is wrong becomes `deprecated`. For people and the coordinator.
    #[oai(path = "/:project/experiences/:id", method = "patch", operation_id = "patchExperience")]
    async fn change_experience(
        &self,
        project: Path<ProjectId>,
        /// Its number.
        id: Path<i64>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<LessonPatch>,
    ) -> Result<Json<Experience>, Failure> {
        let LessonPatch { agent, status, lesson, tags } = body.0;
        let change = Change { status, lesson, tags };
        let caller = caller(agent, token)?;
        Ok(Json(knowledge::change(&self.0, &project, id.0, &caller, change).await?.into()))
    }
}
