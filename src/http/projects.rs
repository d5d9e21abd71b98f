//! Projects.

use poem_openapi::{
    OpenApi,
    param::{Path, Query},
    payload::Json,
};

use super::{
    Served, Tag,
    bodies::{
        operations::{NewProject, ProjectPatch},
        tasks::By,
    },
    body::Body,
    caller::{Created, Token, caller},
    page::{Page, Paging},
    problem::Failure,
    views::project::Project,
};
use crate::{app::projects, model::ids::ProjectId};

/// Routes of `/api/projects` itself.
pub struct ProjectsApi(pub Served);

#[OpenApi(prefix_path = "/api/projects", tag = "Tag::Projects")]
impl ProjectsApi {
    /// Every project, archived and quarantined ones too
    #[oai(path = "/", method = "get", operation_id = "listProjects")]
    async fn list(
        &self,
        /// At most so many.
        #[oai(validator(minimum(value = "1"), maximum(value = "500")))]
        limit: Query<Option<u16>>,
        /// Where to go on: `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Json<Page<Project>>, Failure> {
        let all = projects::list(&self.0).await?;
        Ok(Json(Paging::new(limit.0, cursor.0).window(all, |project| project.id.to_string())?))
    }

    /// Creates a project
    #[oai(path = "/", method = "post", operation_id = "createProject")]
    async fn create(
        &self,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<NewProject>,
    ) -> Result<Created<Project>, Failure> {
        let NewProject { id, name, description, agents } = body.0;
        let new = projects::NewProject { id, name, description, agents };
        Ok(Created::of(projects::create(&self.0, new, &caller(None, token)?).await?))
    }

    /// One project
    #[oai(path = "/:project", method = "get", operation_id = "getProject")]
    async fn get(&self, project: Path<ProjectId>) -> Result<Json<Project>, Failure> {
        Ok(Json(projects::get(&self.0, &project).await?.into()))
    }

    /// Changes a project's name
    #[oai(path = "/:project", method = "patch", operation_id = "updateProject")]
    async fn patch(
        &self,
        project: Path<ProjectId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<ProjectPatch>,
    ) -> Result<Json<Project>, Failure> {
        let caller = caller(body.0.agent, token)?;
        Ok(Json(projects::rename(&self.0, &project, &body.0.name, &caller).await?.into()))
    }

    /// Puts a project aside
    ///
    /// It can be read, and nothing in it changes. Refused while a task is claimed, working or in review.
    #[oai(path = "/:project/archive", method = "post", operation_id = "archiveProject")]
    async fn archive(
        &self,
        project: Path<ProjectId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<By>,
    ) -> Result<Json<Project>, Failure> {
        Ok(Json(projects::archive(&self.0, &project, &caller(body.0.agent, token)?).await?.into()))
    }

    /// Takes an archived project up again
    #[oai(path = "/:project/restore", method = "post", operation_id = "restoreProject")]
    async fn restore(
        &self,
        project: Path<ProjectId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<By>,
    ) -> Result<Json<Project>, Failure> {
        Ok(Json(projects::restore(&self.0, &project, &caller(body.0.agent, token)?).await?.into()))
    }
}
