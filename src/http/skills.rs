//! Skills: which there are, what their use came to, and the changes that people make.

use std::collections::BTreeMap;

use poem_openapi::{OpenApi, param::Path, payload::Json};

use super::{
    Served, Tag,
    bodies::skills::{SkillImport, SkillRollback, SkillStatusChange, SkillText},
    body::Body,
    caller::{Created, Token, caller},
    problem::Failure,
    schema::Nullable,
    views::{
        View,
        skills::{SkillInFull, SkillList},
    },
};
use crate::{
    app::{
        AppError,
        skills::{self, Place},
    },
    model::{
        ids::{ProjectId, SkillId},
        skill::SkillStatus,
    },
    skills::Package,
};

/// Routes of skills.
pub struct SkillsApi(pub Served);

#[OpenApi(prefix_path = "/api", tag = "Tag::Knowledge")]
impl SkillsApi {
    /// The skills of all projects
    ///
    /// Shipped ones, those of `skills/custom`, and what is broken there, with file and line.
    #[oai(path = "/skills", method = "get", operation_id = "listSkills")]
    async fn list(&self) -> Result<Json<SkillList>, Failure> {
        self.listed(None).await
    }

    /// A skill of all projects, with its text, versions, evidence and newest uses
    #[oai(path = "/skills/:skill", method = "get", operation_id = "getSkill")]
    async fn get(&self, skill: Path<SkillId>) -> Result<Json<SkillInFull>, Failure> {
        Ok(Json(skills::get(&self.0, None, &skill).await?.into()))
    }

    /// Saves a skill for all projects
    ///
    /// A new version of what is in `skills/custom`, a copy over a shipped one, or a new draft. Broken text is refused,
    /// with file and line, and nothing changes.
    #[oai(path = "/skills/:skill", method = "put", operation_id = "putSkill")]
    async fn put(
        &self,
        skill: Path<SkillId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<SkillText>,
    ) -> Result<Json<SkillInFull>, Failure> {
        self.saved((None, &skill), body.0, token).await
    }

    /// Takes a skill over from elsewhere, as a draft
    ///
    /// The folder of a skill as Claude Code, Codex and OpenClaw use it: `SKILL.md` with `name` and `description`, and text
    /// files beside it.
    #[oai(path = "/skills/import", method = "post", operation_id = "importSkill")]
    async fn import(
        &self,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<SkillImport>,
    ) -> Result<Created<SkillInFull>, Failure> {
        let SkillImport { files, id, tags, agent, project } = body.0;
        let files: BTreeMap<_, _> = files.into_iter().map(|file| (file.path, file.text)).collect();
        let package = Package::new(files).map_err(AppError::from)?;
        let caller = caller(agent, token)?;
        Ok(Created::of(skills::import(&self.0, project.as_ref(), (id, package, tags), &caller).await?))
    }

    /// Makes a draft an active skill, or takes a deprecated one up again
    #[oai(path = "/skills/:skill/approve", method = "post", operation_id = "approveSkill")]
    async fn approve(
        &self,
        skill: Path<SkillId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<SkillStatusChange>,
    ) -> Result<Json<SkillInFull>, Failure> {
        self.changed(&skill, SkillStatus::Active, body.0, token).await
    }

    /// Takes a skill out of use
    #[oai(path = "/skills/:skill/deprecate", method = "post", operation_id = "deprecateSkill")]
    async fn deprecate(
        &self,
        skill: Path<SkillId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<SkillStatusChange>,
    ) -> Result<Json<SkillInFull>, Failure> {
        self.changed(&skill, SkillStatus::Deprecated, body.0, token).await
    }

    /// Makes an earlier version of a skill the present one again, as it was
    #[oai(path = "/skills/:skill/rollback", method = "post", operation_id = "rollBackSkill")]
    async fn roll_back(
        &self,
        skill: Path<SkillId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<SkillRollback>,
    ) -> Result<Json<SkillInFull>, Failure> {
        let SkillRollback { version, agent, project } = body.0;
        let caller = caller(agent, token)?;
        Ok(Json(skills::roll_back(&self.0, (project.as_ref(), &skill), version, &caller).await?.into()))
    }

    /// The skills of a project: its own, those of all projects, and what is broken
    #[oai(path = "/projects/:project/skills", method = "get", operation_id = "listProjectSkills")]
    async fn list_of_project(&self, project: Path<ProjectId>) -> Result<Json<SkillList>, Failure> {
        self.listed(Some(&project)).await
    }

    /// A skill as a project has it
    #[oai(path = "/projects/:project/skills/:skill", method = "get", operation_id = "getProjectSkill")]
    async fn get_of_project(
        &self,
        project: Path<ProjectId>,
        skill: Path<SkillId>,
    ) -> Result<Json<SkillInFull>, Failure> {
        Ok(Json(skills::get(&self.0, Some(&project), &skill).await?.into()))
    }

    /// Saves a project's own version of a skill
    #[oai(path = "/projects/:project/skills/:skill", method = "put", operation_id = "putProjectSkill")]
    async fn put_of_project(
        &self,
        project: Path<ProjectId>,
        skill: Path<SkillId>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<SkillText>,
    ) -> Result<Json<SkillInFull>, Failure> {
        self.saved((Some(&project), &skill), body.0, token).await
    }

    async fn listed(&self, place: Place<'_>) -> Result<Json<SkillList>, Failure> {
        let (items, faults) = skills::list(&self.0, place).await?;
        let items = items.into_iter().map(Into::into).collect();
        Ok(Json(SkillList { items, next_cursor: Nullable(None), faults: View::of(faults) }))
    }

    async fn saved(
        &self,
        at: (Place<'_>, &SkillId),
        body: SkillText,
        token: Token,
    ) -> Result<Json<SkillInFull>, Failure> {
        let caller = caller(body.agent, token)?;
        Ok(Json(skills::put(&self.0, at, (body.source, body.base_hash), &caller).await?.into()))
    }

    async fn changed(
        &self,
        skill: &SkillId,
        status: SkillStatus,
        body: SkillStatusChange,
        token: Token,
    ) -> Result<Json<SkillInFull>, Failure> {
        let SkillStatusChange { agent, reason, project } = body;
        let caller = caller(agent, token)?;
        Ok(Json(skills::set_status(&self.0, (project.as_ref(), skill), (status, reason), &caller).await?.into()))
    }
}
