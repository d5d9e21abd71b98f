//! Who there is, and who does what now.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{App, attempts, error::AppError, providers, requests::Caller, usage};
use crate::model::{
    agent::{AgentProfile, AgentRole},
    ids::{AgentId, AttemptId, ProjectId, TaskId},
    task::Trigger,
    usage::Spent,
};

/// An agent, and what it does now.
#[derive(Debug, Clone, Serialize)]
pub struct AgentView {
    /// Its id.
    pub id: AgentId,
    /// Name for people.
    pub display_name: String,
    /// What it is for.
    pub role: AgentRole,
    /// What it can do.
    pub capabilities: Vec<String>,
    /// How it is started; none for one that comes by itself.
    pub runner: Option<String>,
    /// Processes of it at once.
    pub max_concurrent: u32,
    /// May review.
    pub can_review: bool,
    /// Takes what nobody else can.
    pub fallback: bool,
    /// Projects it works on.
    pub projects: Vec<ProjectId>,
    /// Its live attempts.
    pub sessions: Vec<Busy>,
    /// The provider account that it uses up; none for one that comes by itself.
    pub provider: Option<String>,
    /// Its provider is parked until then.
    pub parked_until: Option<DateTime<Utc>>,
    /// Why its provider is parked.
    pub parked_reason: Option<String>,
    /// What it has spent over all projects.
    pub spent: Spent,
}

/// What an agent does now.
#[derive(Debug, Clone, Serialize)]
pub struct Busy {
    /// The attempt.
    pub attempt: AttemptId,
    /// The project.
    pub project: ProjectId,
    /// The task.
    pub task: TaskId,
    /// Why it was started.
    pub kind: Trigger,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// Every configured agent.
pub async fn list(app: &App) -> Result<Vec<AgentView>, AppError> {
    let (agents, settings) = (app.config().agents(), app.config().settings());
    let sessions = attempts::sessions(app).await?;
    let parked = providers::parked(app).await?;
    let spent = usage::of_agents(app).await?;
    let rests = |profile: &AgentProfile| {
        let provider = agents.provider_of(profile);
        parked.iter().find(|parked| Some(parked.provider.as_str()) == provider)
    };
    let view = |profile: &AgentProfile| AgentView {
        id: profile.id.clone(),
        display_name: profile.display_name.clone().unwrap_or_else(|| profile.id.to_string()),
        role: profile.role,
        capabilities: profile.capabilities.clone(),
        runner: profile.runner.clone(),
        max_concurrent: profile.max_concurrent.unwrap_or(settings.daemon.max_per_agent),
        can_review: profile.reviews(),
        fallback: profile.fallback,
        projects: projects_of(app, &profile.id),
        sessions: sessions.iter().filter(|attempt| attempt.agent.agent() == Some(&profile.id)).map(busy).collect(),
        provider: agents.provider_of(profile).map(ToOwned::to_owned),
        parked_until: rests(profile).map(|parked| parked.until),
        parked_reason: rests(profile).map(|parked| parked.reason.clone()),
        spent: spent.get(&profile.id).copied().unwrap_or_default(),
    };
    Ok(agents.agents.values().map(view).collect())
}

/// Refuses an agent that `config/agents.yaml` does not have, and lists those that it has.
pub fn check_known(app: &App, field: &'static str, agent: &AgentId) -> Result<(), AppError> {
    let agents = app.config().agents();
    if agents.get(agent).is_some() {
        return Ok(());
    }
    let names = || agents.agents.keys().map(|known| (strsim::jaro_winkler(agent.as_str(), known.as_str()), known));
    let nearest = names().filter(|(score, _)| *score > 0.8).max_by(|a, b| a.0.total_cmp(&b.0));
    let meant = nearest.map_or_else(String::new, |(_, known)| format!("; did you mean `{known}`?"));
    Err(AppError::Validation {
        field: field.into(),
        detail: format!("there is no agent `{agent}`{meant}"),
        valid_values: agents.agents.keys().map(ToString::to_string).collect(),
        hint: "use one of valid_values, or add the agent to config/agents.yaml (`moziplus agent list`)".into(),
    })
}

/// Refuses a name that nobody has. A root that lists no agents has nothing to compare a name with, and whoever has a
/// token is known by it.
pub(super) fn check_caller(app: &App, field: &'static str, caller: &Caller) -> Result<(), AppError> {
    let named = caller.actor.agent().filter(|_| caller.token.is_none() && caller.on_behalf_of.is_none());
    match named {
        Some(agent) if !app.config().agents().agents.is_empty() => check_known(app, field, agent),
        _ => Ok(()),
    }
}

/// Refuses an agent that the project does not have, with those that it has. Where the root lists no agents any name will do.
pub(super) fn check_member(
    app: &App,
    project: &ProjectId,
    (field, agent): (&'static str, &AgentId),
) -> Result<(), AppError> {
    let agents = app.config().agents();
    if agents.agents.is_empty() {
        return Ok(());
    }
    check_known(app, field, agent)?;
    let Ok(own) = app.config().project(project) else { return Ok(()) };
    let members: Vec<_> = agents.of_project(&own.own).map(|profile| profile.id.clone()).collect();
    if members.contains(agent) {
        return Ok(());
    }
    Err(AppError::Validation {
        field: field.into(),
        detail: format!("`{agent}` is no agent of project {project}"),
        valid_values: members.iter().map(ToString::to_string).chain(["human".to_owned()]).collect(),
        hint: "use one of valid_values, or list the agent in the project's configuration".into(),
    })
}

/// The project's agents that may review; none when the root lists no agents, and any name will do.
pub(super) fn reviewers(app: &App, project: &ProjectId) -> Option<Vec<AgentId>> {
    let agents = app.config().agents();
    let own = app.config().project(project).ok()?;
    let reviewing = agents.of_project(&own.own).filter(|profile| profile.reviews());
    (!agents.agents.is_empty()).then(|| reviewing.map(|profile| profile.id.clone()).collect())
}

fn busy(attempt: &crate::model::attempt::Attempt) -> Busy {
    Busy {
        attempt: attempt.id.clone(),
        project: attempt.project.clone(),
        task: attempt.task,
        kind: attempt.kind,
        since: attempt.started_at.unwrap_or(attempt.created_at),
    }
}

fn projects_of(app: &App, agent: &AgentId) -> Vec<ProjectId> {
    let agents = app.config().agents();
    let works_on = |project: &std::sync::Arc<super::Project>| {
        let own = app.config().project(&project.id).ok()?;
        agents.of_project(&own.own).any(|profile| profile.id == *agent).then(|| project.id.clone())
    };
    app.projects().open().iter().filter_map(works_on).collect()
}
