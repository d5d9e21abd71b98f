//! `experience`: the lessons of a project.

use clap::{Args, Subcommand};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    cli::{
        args::{ProjectArg, word},
        failure::{Exit, Failure},
        render::{Page, table::Grid},
        session::Session,
    },
    client::request::{Method, Request},
    model::records::ExperienceStatus,
};

/// The verbs of `experience`.
#[derive(Debug, Subcommand)]
pub enum Experience {
    /// List lessons, newest first
    List(List),
    /// Confirm a candidate
    Confirm(Named),
    /// Take a lesson back
    Deprecate(Named),
}

/// Arguments of `experience list`.
#[derive(Debug, Args)]
pub struct List {
    /// Which project.
    #[command(flatten)]
    pub project: ProjectArg,
    /// Only those with this tag
    #[arg(long, value_name = "TAG")]
    pub tag: Option<String>,
    /// Only with this status
    #[arg(long, value_name = "STATUS", value_parser = word::<ExperienceStatus>(ExperienceStatus::WORDS))]
    pub status: Option<ExperienceStatus>,
    /// Only those with these words
    #[arg(long, value_name = "WORDS")]
    pub search: Option<String>,
    /// At most so many
    #[arg(long, value_name = "NUMBER", default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=500))]
    pub limit: u16,
}

/// A lesson.
#[derive(Debug, Args)]
pub struct Named {
    /// Which project.
    #[command(flatten)]
    pub project: ProjectArg,
    /// Its number
    #[arg(value_name = "ID")]
    pub id: i64,
}

#[derive(Debug, Deserialize)]
struct Lessons {
    items: Vec<Value>,
}

impl Experience {
    /// Runs the verb.
    pub async fn run(self, session: &Session) -> Result<Exit, Failure> {
        match self {
            Self::List(wanted) => {
                let project = session.project(wanted.project.project.as_ref()).await?;
                let request = Request::get(["api", "projects", project.as_str(), "experiences"])
                    .query("tag", wanted.tag)
                    .query("status", wanted.status)
                    .query("q", wanted.search)
                    .query("limit", Some(wanted.limit));
                session.out.show(session.value(request).await?, list)?;
            }
            Self::Confirm(named) => named.set(session, ExperienceStatus::Active).await?,
            Self::Deprecate(named) => named.set(session, ExperienceStatus::Deprecated).await?,
        }
        Ok(Exit::Done)
    }
}

impl Named {
    async fn set(self, session: &Session, status: ExperienceStatus) -> Result<(), Failure> {
        let project = session.project(self.project.project.as_ref()).await?;
        let id = self.id.to_string();
        let route = ["api", "projects", project.as_str(), "experiences", &id];
        let body = session.signed("agent", &json!({"status": status}));
        let answer = session.value(Request::new(Method::Patch, route).json(&body)).await?;
        session.out.show(answer, |lesson: &Value, _: &Page| format!("lesson {} is {status}", lesson["id"]))
    }
}

fn list(list: &Lessons, page: &Page) -> String {
    if list.items.is_empty() {
        return "no lessons; agents write them with `moziplus blackboard learn`".into();
    }
    let mut grid = Grid::new(page, &["ID", "STATUS", "TAGS", "USED", "TASK", "LESSON"], 5).figures(3);
    for lesson in &list.items {
        let text = |field: &str| lesson[field].as_str().unwrap_or_default().to_owned();
        let tags: Vec<_> = lesson["tags"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let status = match lesson["skill"].as_str() {
            Some(skill) => format!("in {skill}"),
            None => text("status"),
        };
        let used = lesson["references_count"].to_string();
        grid.row([lesson["id"].to_string(), status, tags.join(","), used, text("task"), text("lesson")]);
    }
    grid.finish()
}
