//! Projects.

use poem_openapi::Object;

use super::{
    View,
    daemon::{PolicyStatus, Quarantine, TasksSummary},
};
use crate::{
    app::projects::ProjectView,
    http::schema::{Nullable, Time},
    model::ids::{AgentId, ProjectId},
};

/// A project
#[derive(Debug, Clone, Object)]
pub struct Project {
    /// Its id.
    pub id: ProjectId,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub description: Nullable<String>,
    /// `active`, `archived` or `quarantined`.
    pub status: String,
    /// When it was created.
    pub created_at: Nullable<Time>,
    /// Who works on it.
    pub agents: Vec<AgentId>,
    /// Who decides where others disagree.
    pub coordinator: Nullable<AgentId>,
    /// Tasks in each status; null while it is quarantined.
    pub tasks_summary: Nullable<TasksSummary>,
    /// Size of the database with its write-ahead log.
    pub db_size_bytes: u64,
    /// The policy scripts in force; null while it is quarantined.
    pub policy: Nullable<PolicyStatus>,
    /// Why it cannot be used; null when it can.
    pub quarantine: Nullable<Quarantine>,
}

impl From<ProjectView> for Project {
    fn from(model: ProjectView) -> Self {
        Self {
            id: model.id,
            name: model.name,
            description: View::of(model.description),
            status: model.status.into(),
            created_at: View::of(model.created_at),
            agents: model.agents,
            coordinator: View::of(model.coordinator),
            tasks_summary: View::of(model.tasks_summary),
            db_size_bytes: model.db_size_bytes,
            policy: View::of(model.policy),
            quarantine: View::of(model.quarantine),
        }
    }
}
