//! Policy scripts and job scripts: which are in force, reading, checking and overriding them.

use poem_openapi::{ApiResponse, OpenApi, param::Path, payload::Json};

use super::{
    Served, Tag,
    bodies::{
        operations::{
            RootScriptToReplay, RootScriptToSimulate, ScriptText, ScriptToCheck, ScriptToReplay, ScriptToSimulate,
        },
        tasks::By,
    },
    body::Body,
    caller::{Token, caller},
    page::Items,
    problem::Failure,
    schema::Nullable,
    views::{
        View,
        scripts::{Script, ScriptCheck, ScriptList, ScriptReplay, ScriptSimulation, ScriptVersion},
    },
};
use crate::{
    app::{
        overrides::{self, Place},
        replay, simulate, versions,
    },
    model::ids::ProjectId,
};

/// What is in force after an override was taken away.
#[derive(ApiResponse)]
enum TakenBack {
    /// The script of the next level, which is in force now
    #[oai(status = 200)]
    InForce(Json<Script>),
    /// The override is gone, and no other level has such a script
    #[oai(status = 204)]
    Gone,
}

/// Routes of scripts: those of all projects, and each project's own.
pub struct ScriptsApi(pub Served);

#[OpenApi(prefix_path = "/api", tag = "Tag::Policies")]
impl ScriptsApi {
    /// The scripts of all projects and of jobs, and where each comes from
    #[oai(path = "/scripts", method = "get", operation_id = "listScripts")]
    async fn list(&self) -> Result<Json<ScriptList>, Failure> {
        self.listed(None).await
    }

    /// A script of all projects or of a job, with its source
    #[oai(path = "/scripts/:name", method = "get", operation_id = "getScript")]
    async fn get(
        &self,
        /// Such as `escalation`, `jobs.backup`, or `lib.quiet` for `lib/quiet` (which may also come as `lib%2Fquiet`).
        name: Path<String>,
    ) -> Result<Json<Script>, Failure> {
        Ok(Json(overrides::get(&self.0, None, &name).await?.into()))
    }

    /// Saves a script for all projects or for a job; in force at once
    ///
    /// A broken one is refused, with file, line and column, and nothing changes.
    #[oai(path = "/scripts/:name", method = "put", operation_id = "putScript")]
    async fn put(
        &self,
        /// Such as `escalation`, `jobs.backup`, or `lib.quiet` for `lib/quiet` (which may also come as `lib%2Fquiet`).
        name: Path<String>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<ScriptText>,
    ) -> Result<Json<Script>, Failure> {
        self.saved(None, &name, body.0, token).await
    }

    /// Takes an override away; the built-in script is in force at once
    #[oai(path = "/scripts/:name", method = "delete", operation_id = "deleteScript")]
    async fn delete(
        &self,
        /// Such as `escalation`, `jobs.backup`, or `lib.quiet` for `lib/quiet` (which may also come as `lib%2Fquiet`).
        name: Path<String>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<By>,
    ) -> Result<TakenBack, Failure> {
        self.taken_back(None, &name, body.0, token).await
    }

    /// Whether a script would be accepted for all projects or for a job
    #[oai(path = "/scripts/:name/check", method = "post", operation_id = "checkScript")]
    async fn check(
        &self,
        /// Such as `escalation`, `jobs.backup`, or `lib.quiet` for `lib/quiet` (which may also come as `lib%2Fquiet`).
        name: Path<String>,
        body: Body<ScriptToCheck>,
    ) -> Result<Json<ScriptCheck>, Failure> {
        self.checked(None, &name, body.0).await
    }

    /// What a script of all projects or of a job said before, newest first
    #[oai(path = "/scripts/:name/versions", method = "get", operation_id = "listScriptVersions")]
    async fn versions(
        &self,
        /// Such as `escalation`, `jobs.backup`, or `lib.quiet` for `lib/quiet` (which may also come as `lib%2Fquiet`).
        name: Path<String>,
    ) -> Result<Json<Items<ScriptVersion>>, Failure> {
        self.history(None, &name).await
    }

    /// What a script, saved for all projects, would do now in one of them; nothing is done
    #[oai(path = "/scripts/:name/simulate", method = "post", operation_id = "simulateScript")]
    async fn simulate(
        &self,
        /// Such as `escalation`, or `lib.quiet` for `lib/quiet` (which may also come as `lib%2Fquiet`).
        name: Path<String>,
        body: Body<RootScriptToSimulate>,
    ) -> Result<Json<ScriptSimulation>, Failure> {
        let RootScriptToSimulate { source, project } = body.0;
        self.simulated(None, &project, (&name, source)).await
    }

    /// What a script, saved for all projects, would have decided otherwise in one of them
    #[oai(path = "/scripts/:name/replay", method = "post", operation_id = "replayScript")]
    async fn replay(
        &self,
        /// Such as `escalation`, or `lib.quiet` for `lib/quiet` (which may also come as `lib%2Fquiet`).
        name: Path<String>,
        body: Body<RootScriptToReplay>,
    ) -> Result<Json<ScriptReplay>, Failure> {
        let RootScriptToReplay { source, since, until, project } = body.0;
        self.replayed(None, &project, (&name, ScriptToReplay { source, since, until })).await
    }

    /// The scripts in force in a project, and where each comes from
    #[oai(path = "/projects/:project/scripts", method = "get", operation_id = "listProjectScripts")]
    async fn list_of_project(&self, project: Path<ProjectId>) -> Result<Json<ScriptList>, Failure> {
        self.listed(Some(&project)).await
    }

    /// A script in force in a project, with its source
    #[oai(path = "/projects/:project/scripts/:name", method = "get", operation_id = "getProjectScript")]
    async fn get_of_project(
        &self,
        project: Path<ProjectId>,
        /// Such as `escalation`, or `lib.quiet` for `lib/quiet` (which may also come as `lib%2Fquiet`).
        name: Path<String>,
    ) -> Result<Json<Script>, Failure> {
        Ok(Json(overrides::get(&self.0, Some(&project), &name).await?.into()))
    }

    /// Saves a project's own version of a script; in force at once
    ///
    /// A broken one is refused, with file, line and column, and nothing changes.
    #[oai(path = "/projects/:project/scripts/:name", method = "put", operation_id = "putProjectScript")]
    async fn put_of_project(
        &self,
        project: Path<ProjectId>,
        /// Such as `escalation`, or `lib.quiet` for `lib/quiet` (which may also come as `lib%2Fquiet`).
        name: Path<String>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<ScriptText>,
    ) -> Result<Json<Script>, Failure> {
        self.saved(Some(&project), &name, body.0, token).await
    }

    /// Takes a project's own version away; the next level's is in force at once
    #[oai(path = "/projects/:project/scripts/:name", method = "delete", operation_id = "deleteProjectScript")]
    async fn delete_of_project(
        &self,
        project: Path<ProjectId>,
        /// Such as `escalation`, or `lib.quiet` for `lib/quiet` (which may also come as `lib%2Fquiet`).
        name: Path<String>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<By>,
    ) -> Result<TakenBack, Failure> {
        self.taken_back(Some(&project), &name, body.0, token).await
    }

    /// Whether a script would be accepted in a project
    #[oai(path = "/projects/:project/scripts/:name/check", method = "post", operation_id = "checkProjectScript")]
    async fn check_of_project(
        &self,
        project: Path<ProjectId>,
        /// Such as `escalation`, or `lib.quiet` for `lib/quiet` (which may also come as `lib%2Fquiet`).
        name: Path<String>,
        body: Body<ScriptToCheck>,
    ) -> Result<Json<ScriptCheck>, Failure> {
        self.checked(Some(&project), &name, body.0).await
    }

    /// What a project's own version of a script said before, newest first
    #[oai(
        path = "/projects/:project/scripts/:name/versions",
        method = "get",
        operation_id = "listProjectScriptVersions"
    )]
    async fn versions_of_project(
        &self,
        project: Path<ProjectId>,
        /// Such as `escalation`, or `lib.quiet` for `lib/quiet` (which may also come as `lib%2Fquiet`).
        name: Path<String>,
    ) -> Result<Json<Items<ScriptVersion>>, Failure> {
        self.history(Some(&project), &name).await
    }

    /// What a script would do now in a project; nothing is done
    #[oai(path = "/projects/:project/scripts/:name/simulate", method = "post", operation_id = "simulateProjectScript")]
    async fn simulate_in_project(
        &self,
        project: Path<ProjectId>,
        /// Such as `escalation`, or `lib.quiet` for `lib/quiet` (which may also come as `lib%2Fquiet`).
        name: Path<String>,
        body: Body<ScriptToSimulate>,
    ) -> Result<Json<ScriptSimulation>, Failure> {
        self.simulated(Some(&project), &project, (&name, body.0.source)).await
    }

    /// What a script would have decided otherwise in a project's past
    ///
    /// Both scripts see what was really there at each tick on record, also after a difference.
    #[oai(path = "/projects/:project/scripts/:name/replay", method = "post", operation_id = "replayProjectScript")]
    async fn replay_in_project(
        &self,
        project: Path<ProjectId>,
        /// Such as `escalation`, or `lib.quiet` for `lib/quiet` (which may also come as `lib%2Fquiet`).
        name: Path<String>,
        body: Body<ScriptToReplay>,
    ) -> Result<Json<ScriptReplay>, Failure> {
        self.replayed(Some(&project), &project, (&name, body.0)).await
    }

    async fn listed(&self, place: Place<'_>) -> Result<Json<ScriptList>, Failure> {
        let (status, failing) = overrides::list(&self.0, place).await?;
        Ok(Json(ScriptList {
            items: status.files.into_iter().map(Into::into).collect(),
            next_cursor: Nullable(None),
            hash: status.hash,
            last_error: View::of(status.last_error),
            failing: View::of(failing),
        }))
    }

    async fn saved(
        &self,
        place: Place<'_>,
        name: &str,
        body: ScriptText,
        token: Token,
    ) -> Result<Json<Script>, Failure> {
        let caller = caller(body.agent, token)?;
        Ok(Json(overrides::put(&self.0, place, (name, &body.source, body.base_hash.as_deref()), &caller).await?.into()))
    }

    async fn taken_back(&self, place: Place<'_>, name: &str, body: By, token: Token) -> Result<TakenBack, Failure> {
        let caller = caller(body.agent, token)?;
        let now = overrides::delete(&self.0, place, name, &caller).await?;
        Ok(now.map_or(TakenBack::Gone, |script| TakenBack::InForce(Json(script.into()))))
    }

    async fn checked(&self, place: Place<'_>, name: &str, body: ScriptToCheck) -> Result<Json<ScriptCheck>, Failure> {
        let faults = overrides::check(&self.0, place, name, body.source.as_deref()).await?;
        Ok(Json(ScriptCheck { ok: faults.is_empty(), problems: View::of(faults) }))
    }

    async fn history(&self, place: Place<'_>, name: &str) -> Result<Json<Items<ScriptVersion>>, Failure> {
        let name = overrides::known(&self.0, place, name)?;
        let versions = versions::list(&self.0, place, &name).await?;
        if versions.is_empty() {
            // One that comes from another level has no history here; one that is nowhere is a mistake.
            overrides::get(&self.0, place, &name).await?;
        }
        Ok(Json(Items::of(versions)))
    }

    async fn simulated(
        &self,
        place: Place<'_>,
        project: &ProjectId,
        (name, source): (&str, Option<String>),
    ) -> Result<Json<ScriptSimulation>, Failure> {
        let script = Some((name, source.as_deref()));
        Ok(Json(simulate::simulate(&self.0, project, (place, script)).await?.into()))
    }

    async fn replayed(
        &self,
        place: Place<'_>,
        project: &ProjectId,
        (name, body): (&str, ScriptToReplay),
    ) -> Result<Json<ScriptReplay>, Failure> {
        let period = (project, body.since.as_str(), body.until.as_deref());
        let script = (name, body.source.as_deref());
        Ok(Json(replay::replay(&self.0, period, (place, script)).await?.into()))
    }
}
