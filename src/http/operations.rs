//! Agents, jobs, the inbox, search and the configuration.

use poem_openapi::{
    OpenApi,
    param::{Path, Query},
    payload::Json,
};
use serde_json::json;

use super::{
    Served, Tag,
    bodies::operations::InboxLine,
    body::Body,
    page::{Page, Paging},
    problem::Failure,
    views::operations::{Accepted, Agent, Configuration, Job, JobRun, SearchHit, StartedRun},
};
use crate::{
    app::{agents, inbox, jobs, search},
    model::ids::ProjectId,
};

/// Routes of the daemon's operation.
pub struct OperationsApi(pub Served);

#[OpenApi(prefix_path = "/api", tag = "Tag::Operations")]
impl OperationsApi {
    /// Who there is, and who does what now
    #[oai(path = "/agents", method = "get", operation_id = "listAgents")]
    async fn agents(
        &self,
        /// At most so many.
        #[oai(validator(minimum(value = "1"), maximum(value = "500")))]
        limit: Query<Option<u16>>,
        /// Where to go on: `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Json<Page<Agent>>, Failure> {
        let all = agents::list(&self.0).await?;
        Ok(Json(Paging::new(limit.0, cursor.0).window(all, |agent| agent.id.to_string())?))
    }

    /// The jobs, and how they are doing
    #[oai(path = "/jobs", method = "get", operation_id = "listJobs")]
    async fn jobs(
        &self,
        /// At most so many.
        #[oai(validator(minimum(value = "1"), maximum(value = "500")))]
        limit: Query<Option<u16>>,
        /// Where to go on: `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Json<Page<Job>>, Failure> {
        let all = jobs::list(&self.0).await?;
        Ok(Json(Paging::new(limit.0, cursor.0).window(all, |job| job.name.clone())?))
    }

    /// Runs a job now
    ///
    /// Answers once the run has begun; the event `job_finished` and the history tell how it went.
    #[oai(path = "/jobs/:name/run", method = "post", operation_id = "runJob")]
    async fn run_job(&self, name: Path<String>) -> Result<Json<StartedRun>, Failure> {
        let id = jobs::run(&self.0, &name).await?;
        Ok(Json(StartedRun { id, job: name.0 }))
    }

    /// The runs of a job, newest first
    #[oai(path = "/jobs/:name/history", method = "get", operation_id = "listJobRuns")]
    async fn job_history(
        &self,
        name: Path<String>,
        /// At most so many.
        #[oai(validator(minimum(value = "1"), maximum(value = "500")))]
        limit: Query<Option<u16>>,
        /// Where to go on: `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Json<Page<JobRun>>, Failure> {
        let paging = Paging::new(limit.0, cursor.0);
        let found = jobs::history(&self.0, &name, paging.number()?, paging.probe()).await?;
        Ok(Json(paging.page(found, |run| run.id.to_string())))
    }

    /// Puts a line into the inbox
    ///
    /// The same as appending it to `inbox/daemon.jsonl`: it is taken within a second.
    #[oai(path = "/inbox", method = "post", operation_id = "postInbox")]
    async fn inbox(&self, body: Body<InboxLine>) -> Result<Json<Accepted>, Failure> {
        inbox::post(&self.0, body.0.fields()).await?;
        Ok(Json(Accepted { accepted: true }))
    }

    /// Tasks of all projects with a text in title or description
    #[oai(path = "/search", method = "get", operation_id = "search")]
    async fn search(
        &self,
        /// The text.
        q: Query<String>,
        /// At most so many.
        #[oai(validator(minimum(value = "1"), maximum(value = "500")))]
        limit: Query<Option<u16>>,
        /// Where to go on: `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Json<Page<SearchHit>>, Failure> {
        let hits = search::search(&self.0, &q).await?;
        Ok(Json(Paging::new(limit.0, cursor.0).window(hits, |hit| format!("{}.{}", hit.project, hit.task))?))
    }

    /// The configuration in force
    #[oai(path = "/config", method = "get", operation_id = "getConfiguration")]
    async fn config(
        &self,
        /// The settings as they hold for this project.
        project: Query<Option<ProjectId>>,
    ) -> Result<Json<Configuration>, Failure> {
        let config = self.0.config();
        let settings = match &project.0 {
            Some(project) => self.0.settings_of(&self.0.project(project)?.id),
            None => config.settings(),
        };
        let agents = config.agents();
        Ok(Json(Configuration {
            settings: json!(*settings),
            agents: json!(agents.agents),
            runners: json!(agents.runners),
            errors: config.last_errors().iter().map(ToString::to_string).collect(),
            needs_restart: config.needs_restart().into_iter().map(Into::into).collect(),
        }))
    }
}
