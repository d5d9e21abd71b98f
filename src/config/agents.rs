//! `config/agents.yaml`: who there is and how each is started.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use super::project::ProjectSettings;
use crate::model::{
    agent::{AgentProfile, AgentRole, Runner},
    ids::AgentId,
};

/// Runners and agents.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Agents {
    /// How programs are started, by name.
    pub runners: BTreeMap<String, Runner>,
    /// The agents; each profile's `id` is its key.
    #[serde(deserialize_with = "named")]
    pub agents: BTreeMap<AgentId, AgentProfile>,
}

fn named<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<AgentId, AgentProfile>, D::Error> {
    let mut agents = BTreeMap::<AgentId, AgentProfile>::deserialize(deserializer)?;
    for (id, profile) in &mut agents {
        profile.id = id.clone();
    }
    Ok(agents)
}

impl Agents {
    /// An agent's profile.
    pub fn get(&self, id: &AgentId) -> Option<&AgentProfile> {
        self.agents.get(id)
    }

    /// How an agent is started; none for one that comes by itself.
    pub fn runner_of(&self, id: &AgentId) -> Option<&Runner> {
        self.runners.get(self.get(id)?.runner.as_ref()?)
    }

    /// The provider account that a runner uses up; the name itself when there is no such runner.
    pub fn provider<'a>(&'a self, runner: &'a str) -> &'a str {
        self.runners.get(runner).and_then(|found| found.provider.as_deref()).unwrap_or(runner)
    }

    /// The provider account that an agent uses up; none for one that comes by itself.
    pub fn provider_of<'a>(&'a self, profile: &'a AgentProfile) -> Option<&'a str> {
        profile.runner.as_deref().map(|runner| self.provider(runner))
    }

    /// The agents of a project in the order it lists them; all of them when it lists none.
    pub fn of_project<'a>(&'a self, project: &'a ProjectSettings) -> impl Iterator<Item = &'a AgentProfile> {
        let all = project.agents.is_empty().then(|| self.agents.values());
        let listed = project.agents.iter().filter_map(|id| self.agents.get(id));
        all.into_iter().flatten().chain(listed)
    }

    /// Who decides in a project where others disagree: the one it names, else its first agent with that role.
    pub fn coordinator_of(&self, project: &ProjectSettings) -> Option<AgentId> {
        let by_role = || self.of_project(project).find(|agent| agent.role == AgentRole::Coordinator);
        project.coordinator.clone().or_else(|| by_role().map(|agent| agent.id.clone()))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_coordinator_is_named_or_found_by_role() {
        let agents: Agents = serde_json::from_value(json!({
            "runners": {"worker": {"kind": "command", "argv": ["sh", "-c", "true"]}},
            "agents": {
                "boss": {"role": "coordinator", "runner": "worker"},
                "hand": {"role": "executor", "runner": "worker"},
            }
        }))
        .unwrap();
        let boss = AgentId::parse("boss").unwrap();
        let hand = AgentId::parse("hand").unwrap();
        assert_eq!(agents.get(&boss).unwrap().id, boss);
        let mut project = ProjectSettings::default();
        assert_eq!(agents.of_project(&project).count(), 2);
        assert_eq!(agents.coordinator_of(&project), Some(boss));
        project.agents = vec![hand.clone()];
        assert_eq!(agents.coordinator_of(&project), None);
        project.coordinator = Some(hand.clone());
        assert_eq!(agents.coordinator_of(&project), Some(hand.clone()));
        assert_eq!(agents.runner_of(&hand).unwrap().argv.len(), 3);
    }
}
