//! The board of a project as it is now, for questions that have no effect: explaining and simulating.
//!
//! The reconciler makes its own with the permits that it holds; here processes are counted from what is written down,
//! so that it works without loops, too.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{App, Project, attempts, error::AppError};
use crate::{
    config::{Agents, ProjectConfig},
    model::{
        agent::{AgentProfile, Runner},
        attempt::Attempt,
        snapshot::{AgentFacts, Board, Context, Slots},
        usage::Spent,
    },
    store::{
        daemon_db::{self, Parked},
        picture,
        snapshot::View,
    },
};

/// A project's board with the time of the request.
pub async fn now(app: &App, project: &Project) -> Result<Arc<Board>, AppError> {
    let now = app.now();
    let config = app.config().project(&project.id).map_err(|error| AppError::Internal(error.to_string()))?;
    let (id, max_rounds) = (project.id.clone(), i64::from(config.effective.review.default_max_rounds));
    let view = View { now, max_rounds, excused: app.control().health().excused };
    let picture = project.store.read(move |db| picture::whole(db, &id, view));
    let picture = picture.await.map_err(|error: crate::store::StoreError| AppError::from(error))?;
    let people = People::of(app, now).await?;
    let context = Arc::new(Context { spent: picture.spent, ..people.context(project, &config, now) });
    let before = project.library.live();
    Ok(Arc::new(Board {
        slots: people.slots(app, project, (&config, picture.spent)),
        agents: context.agents.clone(),
        context,
        tasks: picture.tasks,
        mentions: picture.mentions,
        rounds: picture.rounds,
        ticks_without_change: before.map_or(0, |board| board.ticks_without_change),
        gateway_up: people.gateway_up,
    }))
}

/// What hooks get beside their facts, as it is now; who is busy, as the last tick has seen it where one has.
pub async fn context(app: &App, project: &Project) -> Result<Arc<Context>, AppError> {
    let now = app.now();
    let config = app.config().project(&project.id).map_err(|error| AppError::Internal(error.to_string()))?;
    let seen = project.library.live().filter(|board| Arc::ptr_eq(&board.context.config, &config.facts));
    Ok(Arc::new(match seen {
        Some(board) => Context { now, ..(*board.context).clone() },
        None => People::of(app, now).await?.context(project, &config, now),
    }))
}

/// Who there is, and what keeps them busy.
struct People {
    agents: Arc<Agents>,
    /// Processes that the daemon started and that run.
    running: Vec<Attempt>,
    parked: Vec<Parked>,
    gateway_up: bool,
}

impl People {
    async fn of(app: &App, now: DateTime<Utc>) -> Result<Self, AppError> {
        let parked = app.daemon().read(move |db| Ok::<_, AppError>(daemon_db::parked(db, now)?)).await?;
        let mut running = attempts::sessions(app).await?;
        running.retain(|attempt| attempt.spawned);
        Ok(Self {
            agents: app.config().agents(),
            running,
            parked,
            gateway_up: app.control().health().gateway_seems_up(),
        })
    }

    fn context(&self, project: &Project, config: &ProjectConfig, now: DateTime<Utc>) -> Context {
        let members = self.agents.of_project(&config.own);
        let agents: Vec<_> = members.map(|profile| Arc::new(self.facts(profile, config))).collect();
        Context {
            project: project.id.clone(),
            now,
            tick: project.library.live().map_or(0, |board| board.context.tick),
            config: config.facts.clone(),
            coordinator: self.agents.coordinator_of(&config.own),
            reviewers: agents.iter().filter(|agent| agent.can_review).map(|agent| agent.id.clone()).collect(),
            agents,
            spent: Spent::default(),
        }
    }

    fn facts(&self, profile: &AgentProfile, config: &ProjectConfig) -> AgentFacts {
        let busy = self.count(|attempt| attempt.agent.agent() == Some(&profile.id));
        let cap = i64::from(profile.max_concurrent.unwrap_or(config.effective.daemon.max_per_agent));
        let runner = profile.runner.as_ref().and_then(|runner| self.agents.runners.get(runner));
        let needs_gateway = runner.is_some_and(Runner::needs_gateway);
        let provider = self.agents.provider_of(profile);
        let parked = self.parked.iter().find(|parked| Some(parked.provider.as_str()) == provider);
        AgentFacts {
            id: profile.id.clone(),
            role: profile.role,
            capabilities: profile.capabilities.clone(),
            busy,
            free_slots: if needs_gateway && !self.gateway_up { 0 } else { (cap - busy).max(0) },
            provider: provider.map(ToOwned::to_owned),
            parked_until: parked.map(|parked| parked.until),
            can_review: profile.reviews(),
            fallback: profile.fallback,
            can_spawn: runner.is_some(),
            needs_gateway,
        }
    }

    fn slots(&self, app: &App, project: &Project, (config, spent): (&ProjectConfig, Spent)) -> Slots {
        let free = |cap: u32, busy: i64| (i64::from(cap) - busy).max(0);
        let global = free(app.config().settings().daemon.max_global_agents, self.count(|_| true));
        let of_project = self.count(|attempt| attempt.project == project.id);
        let cap = match config.effective.budget.used_up(spent) {
            Some(_) => 0,
            None => config.effective.daemon.max_global_agents,
        };
        let own = free(cap, of_project);
        Slots { global_free: global, project_free: global.min(own) }
    }

    fn count(&self, which: impl Fn(&Attempt) -> bool) -> i64 {
        self.running.iter().filter(|attempt| which(attempt)).count() as i64
    }
}
