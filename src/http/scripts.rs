//! Policy scripts: which are in force, reading, checking and overriding them.

use poem_openapi::{OpenApi, param::Path, payload::Json};

use super::{
    Served, Tag,
    bodies::{
        operations::{ScriptText, ScriptToCheck},
        tasks::By,
    },
    body::Body,
    caller::{Token, caller},
    problem::Failure,
    schema::Nullable,
    views::{
        View,
        operations::{Script, ScriptCheck, ScriptList},
    },
};
use crate::{app::scripts, model::ids::ProjectId};

/// Routes of scripts: those of all projects, and each project's own.
pub struct ScriptsApi(pub Served);

#[OpenApi(prefix_path = "/api", tag = "Tag::Policies")]
impl ScriptsApi {
    /// The scripts in force in a project, and where each comes from
    #[oai(path = "/projects/:project/scripts", method = "get", operation_id = "listProjectScripts")]
    async fn list_of_project(&self, project: Path<ProjectId>) -> Result<Json<ScriptList>, Failure> {
        self.listed(&project)
    }

    /// A script in force in a project, with its source
    #[oai(path = "/projects/:project/scripts/:name", method = "get", operation_id = "getProjectScript")]
    async fn get_of_project(&self, project: Path<ProjectId>, name: Path<String>) -> Result<Json<Script>, Failure> {
        Ok(Json(scripts::get(&self.0, &project, &name)?.into()))
    }

    /// Saves a project's own version of a script; in force at once
    ///
    /// A broken one is refused, with file, line and column, and nothing changes.
    #[oai(path = "/projects/:project/scripts/:name", method = "put", operation_id = "putProjectScript")]
    async fn put_of_project(
        &self,
        project: Path<ProjectId>,
        name: Path<String>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<ScriptText>,
    ) -> Result<Json<Script>, Failure> {
        self.saved(&project, &name, body.0, token).await
    }

    /// Takes a project's own version away; the next level's is in force at once
    #[oai(path = "/projects/:project/scripts/:name", method = "delete", operation_id = "deleteProjectScript")]
    async fn delete_of_project(
        &self,
        project: Path<ProjectId>,
        name: Path<String>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<By>,
    ) -> Result<Json<Script>, Failure> {
        Ok(Json(scripts::delete(&self.0, &project, &name, &caller(body.0.agent, token)?).await?.into()))
    }

    /// Whether a script would be accepted in a project
    #[oai(path = "/projects/:project/scripts/:name/check", method = "post", operation_id = "checkProjectScript")]
    async fn check_of_project(
        &self,
        project: Path<ProjectId>,
        name: Path<String>,
        body: Body<ScriptToCheck>,
    ) -> Result<Json<ScriptCheck>, Failure> {
        self.checked(&project, &name, body.0).await
    }

    fn listed(&self, project: &ProjectId) -> Result<Json<ScriptList>, Failure> {
        let status = scripts::list(&self.0, project)?;
        Ok(Json(ScriptList {
            items: status.files.into_iter().map(Into::into).collect(),
            next_cursor: Nullable(None),
            hash: status.hash,
            last_error: View::of(status.last_error),
        }))
    }

    async fn saved(
        &self,
        project: &ProjectId,
        name: &str,
        body: ScriptText,
        token: Token,
    ) -> Result<Json<Script>, Failure> {
        let script = (name, body.source.as_str());
        let saved = scripts::put(&self.0, project, script, None, &caller(None, token)?).await?;
        Ok(Json(saved.into()))
    }

    async fn checked(
        &self,
        project: &ProjectId,
        name: &str,
        body: ScriptToCheck,
    ) -> Result<Json<ScriptCheck>, Failure> {
        let faults = scripts::check(&self.0, project, name, body.source.as_deref()).await?;
        Ok(Json(ScriptCheck { ok: faults.is_empty(), problems: View::of(faults) }))
    }
}
