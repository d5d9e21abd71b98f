//! What a tick decides on: the picture of the project, its configuration and the slots, put together for scripts.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{slots::Caps, world::World};
use crate::{
    app::Project,
    config::{Agents, Playbook, ProjectConfig, Settings},
    model::{
        agent::{AgentProfile, Runner},
        ids::{AgentId, ProjectId, TaskId},
        snapshot::{AgentFacts, Board, Context, Slots, TaskFacts},
        usage::Spent,
    },
    store::picture::Picture,
};

/// A project's configuration, kept until it changes.
#[derive(Debug, Clone)]
pub(super) struct Setup {
    /// The project's own part.
    pub config: Arc<ProjectConfig>,
    /// Everybody there is.
    pub agents: Arc<Agents>,
    /// The project's agents, in the order it lists them.
    pub members: Arc<Vec<AgentProfile>>,
    /// Who decides.
    pub coordinator: Option<AgentId>,
    /// The effective settings as scripts see them.
    json: Arc<Value>,
    settings_of_daemon: Arc<Settings>,
    playbook: Arc<Playbook>,
}

impl Setup {
    /// The configuration now in force; an unchanged one is not made again. None while the project's is broken.
    pub fn of(world: &World, project: &ProjectId, before: Option<&Self>) -> Option<Self> {
        let handle = world.app.config();
        let (config, agents) = (handle.project(project).ok()?, handle.agents());
        let (settings_of_daemon, playbook) = (handle.settings(), handle.playbook());
        if let Some(before) = before
            && *before.config == *config
            && Arc::ptr_eq(&before.agents, &agents)
            && Arc::ptr_eq(&before.settings_of_daemon, &settings_of_daemon)
            && Arc::ptr_eq(&before.playbook, &playbook)
        {
            return Some(before.clone());
        }
        let members = Arc::new(agents.of_project(&config.own).cloned().collect());
        let coordinator = agents.coordinator_of(&config.own);
        let json = config.facts.clone();
        Some(Self { config, agents, members, coordinator, json, settings_of_daemon, playbook })
    }

    /// The settings that hold for the project.
    pub fn settings(&self) -> &Settings {
        &self.config.effective
    }

    /// A member of the project.
    pub fn member(&self, id: &AgentId) -> Option<&AgentProfile> {
        self.members.iter().find(|agent| agent.id == *id)
    }

    /// How a member is started.
    pub fn runner(&self, profile: &AgentProfile) -> Option<&Runner> {
        self.agents.runners.get(profile.runner.as_ref()?)
    }

    /// The caps that hold for an agent of the project.
    pub fn caps(&self, profile: &AgentProfile) -> Caps {
        let agent = profile.max_concurrent.unwrap_or(self.settings().daemon.max_per_agent);
        Caps {
            global: self.settings_of_daemon.daemon.max_global_agents as usize,
            project: self.settings().daemon.max_global_agents as usize,
            agent: agent as usize,
        }
    }

    /// Rounds of review that are allowed.
    pub fn max_rounds(&self) -> i64 {
        self.settings().review.default_max_rounds.into()
    }
}

/// Everything that a tick decides on.
#[derive(Debug, Clone)]
pub(super) struct Scene {
    /// The configuration.
    pub setup: Setup,
    /// What hooks get beside their facts.
    pub ctx: Arc<Context>,
    /// What `plan` gets.
    pub board: Arc<Board>,
    /// The open tasks by id.
    tasks: HashMap<TaskId, Arc<TaskFacts>>,
}

/// The moment of a tick.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    /// The tick's time.
    pub now: DateTime<Utc>,
    /// Counts the ticks of the project.
    pub tick: i64,
    /// Full ticks since anything about a task changed.
    pub unchanged: i64,
}

impl Scene {
    /// Puts it together.
    pub fn new(world: &World, project: &Project, setup: Setup, picture: Picture, moment: Moment) -> Self {
        let agents: Vec<_> =
            setup.members.iter().map(|profile| Arc::new(facts(world, &setup, profile, moment.now))).collect();
        let ctx = Arc::new(Context {
            project: project.id.clone(),
            now: moment.now,
            tick: moment.tick,
            config: setup.json.clone(),
            coordinator: setup.coordinator.clone(),
            reviewers: agents.iter().filter(|agent| agent.can_review).map(|agent| agent.id.clone()).collect(),
            agents: agents.clone(),
            spent: picture.spent,
        });
        let tasks = picture.tasks.iter().map(|task| (task.id, task.clone())).collect();
        let board = Arc::new(Board {
            context: ctx.clone(),
            slots: free_slots(world, project, &setup, picture.spent),
            agents,
            tasks: picture.tasks,
            mentions: picture.mentions,
            rounds: picture.rounds,
            ticks_without_change: moment.unchanged,
            gateway_up: world.app.control().health().gateway_seems_up(),
        });
        Self { setup, ctx, board, tasks }
    }

    /// An open task.
    pub fn task(&self, id: TaskId) -> Option<&Arc<TaskFacts>> {
        self.tasks.get(&id)
    }

    /// The same without these tasks, for a plan that is to be made without them.
    #[must_use]
    pub fn without(mut self, tasks: &HashSet<TaskId>) -> Self {
        self.board = Arc::new(self.board.without(tasks));
        self
    }

    /// True when somebody could be started now.
    pub fn has_free_agent(&self) -> bool {
        let free = |agent: &Arc<AgentFacts>| agent.can_spawn && agent.free_slots > 0 && agent.parked_until.is_none();
        self.board.slots.project_free > 0 && self.board.agents.iter().any(free)
    }

    /// The tick's time.
    pub fn now(&self) -> DateTime<Utc> {
        self.ctx.now
    }
}

fn facts(world: &World, setup: &Setup, profile: &AgentProfile, now: DateTime<Utc>) -> AgentFacts {
    let busy = world.slots.of_agent(&profile.id);
    let runner = setup.runner(profile);
    let needs_gateway = runner.is_some_and(Runner::needs_gateway);
    let waits = needs_gateway && !world.app.control().health().gateway_is_up();
    let provider = setup.agents.provider_of(profile);
    let parked_until = provider.and_then(|provider| world.parked.until(provider, now));
    AgentFacts {
        id: profile.id.clone(),
        role: profile.role,
        capabilities: profile.capabilities.clone(),
        busy: count(busy),
        free_slots: if waits { 0 } else { count(setup.caps(profile).agent.saturating_sub(busy)) },
        provider: provider.map(ToOwned::to_owned),
        parked_until,
        can_review: profile.reviews(),
        fallback: profile.fallback,
        can_spawn: runner.is_some(),
        needs_gateway,
    }
}

fn free_slots(world: &World, project: &Project, setup: &Setup, spent: Spent) -> Slots {
    let global_cap = setup.settings_of_daemon.daemon.max_global_agents as usize;
    let used_up = setup.settings().budget.used_up(spent).is_some();
    let project_cap = if used_up { 0 } else { setup.settings().daemon.max_global_agents as usize };
    let global = global_cap.saturating_sub(world.slots.in_all());
    let of_project = project_cap.saturating_sub(world.slots.of_project(&project.id));
    Slots { global_free: count(global), project_free: count(global.min(of_project)) }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
