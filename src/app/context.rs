//! What hooks may know that are asked between ticks: who there is, without what keeps them busy.

use std::sync::Arc;

use super::{App, error::AppError};
use crate::{
    config::ProjectConfig,
    model::{
        agent::Runner,
        ids::ProjectId,
        snapshot::{AgentFacts, Context},
        usage::Spent,
    },
};

/// What hooks may know of a project when no tick asks them.
pub fn of(app: &App, project: &ProjectId) -> Result<Context, AppError> {
    let config: Arc<ProjectConfig> =
        app.config().project(project).map_err(|error| AppError::Internal(error.to_string()))?;
    let (agents, cap) = (app.config().agents(), i64::from(config.effective.daemon.max_per_agent));
    let of_project: Vec<_> = agents.of_project(&config.own).collect();
    let facts = of_project.iter().map(|agent| {
        Arc::new(AgentFacts {
            id: agent.id.clone(),
            role: agent.role,
            capabilities: agent.capabilities.clone(),
            busy: 0,
            free_slots: agent.max_concurrent.map_or(cap, i64::from),
            provider: agents.provider_of(agent).map(ToOwned::to_owned),
            parked_until: None,
            can_review: agent.reviews(),
            fallback: agent.fallback,
            can_spawn: agent.runner.is_some(),
            needs_gateway: agents.runner_of(&agent.id).is_some_and(Runner::needs_gateway),
        })
    });
    Ok(Context {
        project: project.clone(),
        now: app.now(),
        tick: app.control().health().ticks,
        config: config.facts.clone(),
        coordinator: agents.coordinator_of(&config.own),
        agents: facts.collect(),
        reviewers: of_project.iter().filter(|agent| agent.reviews()).map(|agent| agent.id.clone()).collect(),
        spent: Spent::default(),
    })
}
