//! What the environment says: an agent's process finds itself by `MOZIPLUS_*` without naming anything.

use super::{
    args::{Globals, actor, task_id},
    failure::Failure,
};
use crate::{
    config::{Environment, Root},
    model::ids::{Actor, ProjectId, TaskId},
};

/// The defaults of every command, flags already preferred.
#[derive(Debug, Clone)]
pub struct Defaults {
    /// The root folder.
    pub root: Root,
    /// The project that this process works for.
    pub project: Option<ProjectId>,
    /// The task that this process works on.
    pub task: Option<TaskId>,
    /// Who acts.
    pub agent: Actor,
    /// Fencing token of the attempt.
    pub token: Option<String>,
    /// True in a process that the daemon started for an attempt: it waits for the daemon instead of taking the lock.
    pub is_attempt: bool,
}

impl Defaults {
    /// What `globals` names, else the environment.
    pub fn new(globals: &Globals, environment: &Environment) -> Result<Self, Failure> {
        let root = Root::resolve(globals.root.as_deref(), environment);
        let token = globals.token.clone().or_else(|| environment.get("MOZIPLUS_TOKEN").map(str::to_owned));
        let agent = match &globals.agent {
            Some(agent) => Some(agent.clone()),
            None => variable(environment, "MOZIPLUS_AGENT", actor)?,
        };
        Ok(Self {
            root: root.map_err(|error| Failure::usage(error.to_string()).hint(error.hint()))?,
            project: variable(environment, "MOZIPLUS_PROJECT", |value| value.parse::<ProjectId>())?,
            task: variable(environment, "MOZIPLUS_TASK", task_id)?,
            agent: agent.unwrap_or_else(Actor::human),
            token: token.filter(|token| !token.is_empty()),
            is_attempt: environment.get("MOZIPLUS_ATTEMPT").is_some(),
        })
    }
}

fn variable<T, E: ToString>(
    environment: &Environment,
    name: &str,
    parse: impl Fn(&str) -> Result<T, E>,
) -> Result<Option<T>, Failure> {
    let value = environment.get(name).map(parse).transpose();
    value.map_err(|error| Failure::usage(format!("the variable {name} is wrong: {}", error.to_string())))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn of(globals: &Globals, variables: &[(&str, &str)]) -> Result<Defaults, Failure> {
        let home = [("HOME", "/home/someone")];
        let variables = home.iter().chain(variables).copied();
        Defaults::new(globals, &Environment::of(Path::new("/"), variables))
    }

    #[test]
    fn a_person_needs_no_variables() {
        let defaults = of(&Globals::default(), &[("MOZIPLUS_ATTEMPT", ""), ("MOZIPLUS_PROJECT", "")]).unwrap();
        assert_eq!(defaults.agent, Actor::human());
        assert_eq!(defaults.root.path(), Path::new("/home/someone/.moziplus"));
        assert!(!defaults.is_attempt);
        assert!(defaults.project.is_none() && defaults.task.is_none() && defaults.token.is_none());
    }

    #[test]
    fn flags_go_before_the_environment() {
        let globals = Globals { agent: Some("zhangfei-dev".parse().unwrap()), ..Globals::default() };
        let variables = [("MOZIPLUS_AGENT", "simayi"), ("MOZIPLUS_TASK", "t-3"), ("MOZIPLUS_ATTEMPT", "demo.t-3.1")];
        let defaults = of(&globals, &variables).unwrap();
        assert_eq!(defaults.agent.to_string(), "zhangfei-dev");
        assert_eq!(defaults.task, Some(TaskId(3)));
        assert!(defaults.is_attempt);
    }

    #[test]
    fn a_wrong_variable_is_named() {
        let failure = of(&Globals::default(), &[("MOZIPLUS_TASK", "three")]).unwrap_err();
        assert!(failure.problem.detail.contains("MOZIPLUS_TASK"), "{}", failure.problem.detail);
    }
}
