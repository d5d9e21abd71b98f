//! Slots for processes: under the global cap, the project's and the agent's.
//!
//! A [`Permit`] is taken before a process is started and lives as long as the process; dropping it is the only way to
//! give the slot back, so no path can forget or repeat it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::watch;

use crate::model::ids::{AgentId, ProjectId};

/// How many processes may run at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Caps {
    /// Over all projects.
    pub global: usize,
    /// Of this project.
    pub project: usize,
    /// Of this agent, over all projects.
    pub agent: usize,
}

/// Which cap is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum NoSlot {
    /// The one over all projects.
    #[error("no slot: {0} processes run, as many as max_global_agents allows")]
    Global(usize),
    /// The project's.
    #[error("no slot: {0} processes of this project run, as many as its max_global_agents allows")]
    Project(usize),
    /// The agent's.
    #[error("no slot: {0} processes of this agent run, as many as it may have")]
    Agent(usize),
}

/// The slots of a root; cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Slots {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    /// Held only to count up and down.
    taken: Mutex<Taken>,
    /// Goes up whenever a slot is given back.
    freed: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Taken {
    global: usize,
    projects: HashMap<ProjectId, usize>,
    agents: HashMap<AgentId, usize>,
}

impl Slots {
    /// All free.
    pub fn new() -> Self {
        Self { shared: Arc::new(Shared { taken: Mutex::default(), freed: watch::Sender::new(0) }) }
    }

    /// Takes a slot, or says which cap is reached.
    pub fn take(&self, project: &ProjectId, agent: &AgentId, caps: Caps) -> Result<Permit, NoSlot> {
        let mut taken = self.shared.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let of_project = taken.projects.get(project).copied().unwrap_or(0);
        let of_agent = taken.agents.get(agent).copied().unwrap_or(0);
        if taken.global >= caps.global {
            return Err(NoSlot::Global(taken.global));
        }
        if of_project >= caps.project {
            return Err(NoSlot::Project(of_project));
        }
        if of_agent >= caps.agent {
            return Err(NoSlot::Agent(of_agent));
        }
        taken.add(project, Some(agent));
        drop(taken);
        Ok(self.permit(project, Some(agent)))
    }

    /// The slot of a process that runs already, caps or not; of no agent when its row is gone.
    pub fn adopt(&self, project: &ProjectId, agent: Option<&AgentId>) -> Permit {
        self.shared.taken.lock().unwrap_or_else(PoisonError::into_inner).add(project, agent);
        self.permit(project, agent)
    }

    fn permit(&self, project: &ProjectId, agent: Option<&AgentId>) -> Permit {
        Permit { slots: self.clone(), project: project.clone(), agent: agent.cloned() }
    }

    /// Processes that run, over all projects.
    pub fn in_all(&self) -> usize {
        self.shared.taken.lock().unwrap_or_else(PoisonError::into_inner).global
    }

    /// Processes of a project.
    pub fn of_project(&self, project: &ProjectId) -> usize {
        let taken = self.shared.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.projects.get(project).copied().unwrap_or(0)
    }

    /// Processes of an agent.
    pub fn of_agent(&self, agent: &AgentId) -> usize {
        let taken = self.shared.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.agents.get(agent).copied().unwrap_or(0)
    }

    /// Goes up whenever a slot is given back.
    pub fn freed(&self) -> watch::Receiver<u64> {
        self.shared.freed.subscribe()
    }
}

impl Taken {
    fn add(&mut self, project: &ProjectId, agent: Option<&AgentId>) {
        self.global += 1;
        *self.projects.entry(project.clone()).or_default() += 1;
        if let Some(agent) = agent {
            *self.agents.entry(agent.clone()).or_default() += 1;
        }
    }
}

/// One slot of each cap; given back when it is dropped.
#[derive(Debug)]
pub(super) struct Permit {
    slots: Slots,
    project: ProjectId,
    agent: Option<AgentId>,
}

impl Permit {
    /// Whose process it is for, when that is known.
    pub fn agent(&self) -> Option<&AgentId> {
        self.agent.as_ref()
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut taken = self.slots.shared.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.global = taken.global.saturating_sub(1);
        if let Some(count) = taken.projects.get_mut(&self.project) {
            *count = count.saturating_sub(1);
        }
        if let Some(count) = self.agent.as_ref().and_then(|agent| taken.agents.get_mut(agent)) {
            *count = count.saturating_sub(1);
        }
        drop(taken);
        self.slots.shared.freed.send_modify(|count| *count += 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(project: &str, agent: &str) -> (ProjectId, AgentId) {
        (ProjectId::parse(project).unwrap(), AgentId::parse(agent).unwrap())
    }

    #[test]
    fn each_cap_holds_and_a_dropped_permit_frees_its_slot() {
        let slots = Slots::new();
        let freed = slots.freed();
        let caps = Caps { global: 3, project: 2, agent: 1 };
        let take = |project, agent| {
            let (project, agent) = ids(project, agent);
            slots.take(&project, &agent, caps)
        };
        let first = take("a", "x").unwrap();
        assert_eq!(take("b", "x").unwrap_err(), NoSlot::Agent(1));
        let _second = take("a", "y").unwrap();
        assert_eq!(take("a", "z").unwrap_err(), NoSlot::Project(2));
        let _third = take("b", "z").unwrap();
        assert_eq!(take("c", "w").unwrap_err(), NoSlot::Global(3));
        drop(first);
        assert_eq!((slots.in_all(), *freed.borrow()), (2, 1));
        assert!(take("b", "x").is_ok());
        assert_eq!((slots.in_all(), *freed.borrow()), (2, 2));
    }

    #[test]
    fn what_runs_already_counts_even_over_the_cap() {
        let slots = Slots::new();
        let (project, agent) = ids("a", "x");
        let _adopted = [slots.adopt(&project, Some(&agent)), slots.adopt(&project, Some(&agent))];
        let caps = Caps { global: 5, project: 5, agent: 1 };
        assert_eq!(slots.take(&project, &agent, caps).unwrap_err(), NoSlot::Agent(2));
    }
}
