//! Backups: making, listing, proving and restoring them.

use poem_openapi::{
    OpenApi,
    param::{Path, Query},
    payload::Json,
};

use super::{
    Served, Tag,
    bodies::operations::{NewBackup, PlanRestore, Restore},
    body::Body,
    caller::{Created, Token, caller},
    page::{Items, Page, Paging},
    problem::Failure,
    views::{
        operations::{Backup, RestorePlan, Verification},
        project::Project,
    },
};
use crate::app::{AppError, backups};

/// Routes below `/api/backups`.
pub struct BackupsApi(pub Served);

#[OpenApi(prefix_path = "/api/backups", tag = "Tag::Operations")]
impl BackupsApi {
    /// The backups, newest first
    #[oai(path = "/", method = "get", operation_id = "listBackups")]
    async fn list(
        &self,
        /// At most so many.
        #[oai(validator(minimum(value = "1"), maximum(value = "500")))]
        limit: Query<Option<u16>>,
        /// Where to go on: `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Json<Page<Backup>>, Failure> {
        let all = backups::list(&self.0).await?;
        let all = all.into_iter().map(|copy| Backup::new(self.0.root(), copy)).collect();
        Ok(Json(Paging::new(limit.0, cursor.0).window(all, |copy: &Backup| copy.id.clone())?))
    }

    /// Makes a backup now, of one project or of everything
    #[oai(path = "/", method = "post", operation_id = "runBackup")]
    async fn run(&self, body: Body<NewBackup>) -> Result<Created<Items<Backup>>, Failure> {
        let made = backups::run(&self.0, body.0.project.as_ref()).await?;
        let all = backups::list(&self.0).await?;
        let made = all.into_iter().filter(|copy| made.iter().any(|one| one.path == copy.path));
        Ok(Created::of(Items { items: made.map(|copy| Backup::new(self.0.root(), copy)).collect() }))
    }

    /// Proves that a backup can be restored
    #[oai(path = "/:backup/verify", method = "post", operation_id = "verifyBackup")]
    async fn verify(
        &self,
        /// Its id, `<project>.<time>`; or the path of a copy, with its slashes written as `%2F`.
        backup: Path<String>,
    ) -> Result<Json<Verification>, Failure> {
        let file = backups::path_of(&self.0, &backup);
        Ok(Json(match backups::verify(file).await {
            Ok(copied) => copied.into(),
            Err(AppError::InTheWay { detail, .. }) => Verification::failed(detail),
            Err(other) => return Err(other.into()),
        }))
    }

    /// What a restore would do; changes nothing
    ///
    /// A copy that would not serve is refused as a restore would refuse it.
    #[oai(path = "/:backup/restore/plan", method = "post", operation_id = "planRestore")]
    async fn plan(
        &self,
        /// Its id, `<project>.<time>`; or the path of a copy, with its slashes written as `%2F`.
        backup: Path<String>,
        body: Body<PlanRestore>,
    ) -> Result<Json<RestorePlan>, Failure> {
        let file = backups::path_of(&self.0, &backup);
        let plan = backups::plan(&self.0, &body.0.project, file).await?;
        Ok(Json(RestorePlan::new(self.0.root(), plan)))
    }

    /// Puts a backup in the place of a project's database
    ///
    /// Existing data is replaced only with `force`; a safety copy of it is kept. Live attempts are fenced off.
    #[oai(path = "/:backup/restore", method = "post", operation_id = "restoreBackup")]
    async fn restore(
        &self,
        /// Its id, `<project>.<time>`; or the path of a copy, with its slashes written as `%2F`.
        backup: Path<String>,
        #[oai(name = "X-Moziplus-Token")] token: Token,
        body: Body<Restore>,
    ) -> Result<Json<Project>, Failure> {
        let Restore { project, force } = body.0;
        let file = backups::path_of(&self.0, &backup);
        Ok(Json(backups::restore(&self.0, &project, file, force, &caller(None, token)?).await?.into()))
    }
}
