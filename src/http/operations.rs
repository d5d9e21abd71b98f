//! Agents, jobs, the inbox, search and the configuration.

use poem_openapi::{
    OpenApi,
    param::{Path, Query},
    payload::Json,
};
use serde_json::{Value, json};

use super::{
    Served, Tag,
    bodies::operations::InboxLine,
    body::Body,
    page::{Page, Paging, words},
    problem::Failure,
    views::operations::{Accepted, Agent, Configuration, Job, JobRun, SearchHit, StartedRun},
};
use crate::{
    app::{agents, inbox, jobs, search},
    model::ids::ProjectId,
};

/// In the place of what may be secret.
const HIDDEN: &str = "***";

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

    /// Full-text search: tasks, comments, outputs, lessons, skills
    ///
    /// What has all of the words, best first. The beginning of a word is enough; words between double quotes must stand
    /// together; Chinese, Japanese and Korean are found character by character. A task's id finds that task. At most the
    /// 100 best of each project.
    #[oai(path = "/search", method = "get", operation_id = "search")]
    #[expect(clippy::too_many_arguments, reason = "each is a parameter of the query")]
    async fn search(
        &self,
        /// The words.
        q: Query<String>,
        /// Only in this project.
        project: Query<Option<ProjectId>>,
        /// Only these kinds, as a comma list such as `task,comment`.
        kind: Query<Option<String>>,
        /// At most so many.
        #[oai(validator(minimum(value = "1"), maximum(value = "500")))]
        limit: Query<Option<u16>>,
        /// Where to go on: `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Json<Page<SearchHit>>, Failure> {
        let kinds = words("kind", kind.0.as_deref())?;
        let wanted = search::Wanted { text: q.0, project: project.0, kinds };
        let hits = search::search(&self.0, &wanted).await?;
        let key = |hit: &search::Hit| {
            let project = hit.project.as_ref().map_or("", ProjectId::as_str);
            format!("{project}.{}.{}", hit.kind, hit.id)
        };
        Ok(Json(Paging::new(limit.0, cursor.0).window(hits, key)?))
    }

    /// The configuration in force
    #[oai(path = "/config", method = "get", operation_id = "getConfiguration")]
    async fn config(
        &self,
        /// The settings as they hold for this project.
        project: Query<Option<ProjectId>>,
    ) -> Result<Json<Configuration>, Failure> {
        let config = self.0.config();
        let loaded = config.loaded();
        let mut values: Vec<_> = loaded.values.iter().collect();
        let own;
        let settings = match &project.0 {
            Some(project) => {
                let project = self.0.project(project)?.id.clone();
                own = config.project(&project).ok();
                values.extend(own.iter().flat_map(|own| &own.values));
                self.0.settings_of(&project)
            }
            None => config.settings(),
        };
        let agents = config.agents();
        let mut runners = json!(agents.runners);
        let mut settings = json!(*settings);
        hide_secrets(&mut settings, &mut runners);
        Ok(Json(Configuration {
            settings,
            origins: values.into_iter().map(|value| (value.key.clone(), value.origin.clone())).collect(),
            agents: json!(agents.agents),
            runners,
            errors: config.last_errors().iter().map(ToString::to_string).collect(),
            needs_restart: config.needs_restart().into_iter().map(Into::into).collect(),
        }))
    }
}

/// Hides what may be secret: values of runners' variables, and passwords in addresses.
fn hide_secrets(settings: &mut Value, runners: &mut Value) {
    let variables = runners.as_object_mut().into_iter().flat_map(|runners| runners.values_mut());
    for variable in
        variables.filter_map(|runner| runner.get_mut("env")?.as_object_mut()).flat_map(|env| env.values_mut())
    {
        *variable = HIDDEN.into();
    }
    for webhook in settings.pointer_mut("/notify/webhooks").and_then(Value::as_array_mut).into_iter().flatten() {
        // The address of a chat program's webhook is its key.
        if let Some(url) = webhook["url"].as_str().and_then(only_host) {
            webhook["url"] = url.into();
        }
    }
    for remote in settings.pointer_mut("/git/remotes").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(url) = remote["url"].as_str().and_then(without_password) {
            remote["url"] = url.into();
        }
    }
}

/// The address up to its host.
fn only_host(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let (authority, _) = rest.split_once('/')?;
    Some(format!("{scheme}://{}/{HIDDEN}", authority.rsplit_once('@').map_or(authority, |(_, host)| host)))
}

/// The address with its user and password hidden, when it has them.
fn without_password(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let (authority, path) = rest.split_once('/').map_or((rest, None), |(authority, path)| (authority, Some(path)));
    let (_, host) = authority.rsplit_once('@')?;
    let path = path.map_or(String::new(), |path| format!("/{path}"));
    Some(format!("{scheme}://{HIDDEN}@{host}{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_secret_is_hidden() {
        let mut settings = json!({"git": {"remotes": [
            {"name": "a", "url": "https://me:secret@git.example/x.git"}, {"name": "b", "url": "git@git.example:x.git"}
        ]}, "notify": {"webhooks": [{"name": "chat", "url": "https://hooks.example/services/secret"}]}});
        let mut runners = json!({"claude": {"argv": ["claude"], "env": {"KEY": "secret"}}, "plain": {"argv": []}});
        hide_secrets(&mut settings, &mut runners);
        assert_eq!(runners["claude"]["env"]["KEY"], HIDDEN);
        assert_eq!(settings["git"]["remotes"][0]["url"], format!("https://{HIDDEN}@git.example/x.git"));
        assert_eq!(settings["git"]["remotes"][1]["url"], "git@git.example:x.git");
        assert_eq!(settings["notify"]["webhooks"][0]["url"], format!("https://hooks.example/{HIDDEN}"));
        assert!(!format!("{settings}{runners}").contains("secret"));
    }
}
