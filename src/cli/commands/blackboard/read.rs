//! `blackboard read`: the list of tasks, or one task with everything about it.

use clap::Args;
use serde_json::{Value, json};

use crate::{
    cli::{
        args::{TaskArgs, word},
        failure::Failure,
        render::task,
        session::Session,
    },
    client::request::Request,
    model::{
        ids::{Actor, ProjectId},
        status::Status,
    },
};

/// Arguments of `blackboard read`.
#[derive(Debug, Args)]
pub struct Read {
    /// Which task; the list without one.
    #[command(flatten)]
    pub task: TaskArgs,
    /// Only tasks with one of these statuses, separated by commas
    #[arg(long, value_name = "STATUS", value_delimiter = ',', value_parser = word::<Status>(Status::WORDS))]
    pub status: Vec<Status>,
    /// Only tasks of this agent
    #[arg(long, value_name = "AGENT")]
    pub assignee: Option<Actor>,
    /// Most tasks to list of a project
    #[arg(long, value_name = "N", default_value_t = 500, value_parser = clap::value_parser!(u16).range(1..=500))]
    pub limit: u16,
    /// Where to go on, as the end of the last list said
    #[arg(long, value_name = "CURSOR")]
    pub cursor: Option<String>,
}

impl Read {
    /// Shows what was asked for. `--task` alone decides: an agent that reads its own task names none, so its
    /// environment does, unless it filters.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let filters = !self.status.is_empty() || self.assignee.is_some();
        if self.task.task.is_some() || (session.defaults.task.is_some() && !filters && self.task.project.is_none()) {
            let request = session.task(&self.task).await?.get().query("expand", Some("all"));
            return session.out.show(session.value(request).await?, task::full);
        }
        let projects = match self.task.project.as_ref().or(session.defaults.project.as_ref()) {
            Some(project) => vec![project.clone()],
            None => session.projects().await?,
        };
        session.out.show(self.list(session, &projects).await?, task::list)
    }

    /// The tasks of one project as its page, of several as one list.
    async fn list(&self, session: &Session, projects: &[ProjectId]) -> Result<Value, Failure> {
        if let [project] = projects {
            return session.value(self.page(project)).await;
        }
        let mut items = Vec::new();
        for project in projects {
            // A quarantined project must not hide the others; `status` tells about it.
            match session.value(self.page(project)).await {
                Ok(mut page) => items.extend(page["items"].as_array_mut().map(std::mem::take).unwrap_or_default()),
                Err(failure) if failure.problem.error == "quarantined" => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(json!({"items": items, "next_cursor": null}))
    }

    fn page(&self, project: &ProjectId) -> Request {
        let statuses = self.status.iter().map(|status| status.as_str()).collect::<Vec<_>>().join(",");
        Request::get(["api", "projects", project.as_str(), "tasks"])
            .query("status", Some(statuses).filter(|statuses| !statuses.is_empty()))
            .query("assignee", self.assignee.as_ref())
            .query("limit", Some(self.limit))
            .query("cursor", self.cursor.as_ref())
    }
}
