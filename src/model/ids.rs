//! Names of things: validated, cheap to clone, and never mixed up with each other.

use std::{fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Why a text is not a valid id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not a valid {kind}: {rule}")]
pub struct InvalidId {
    /// What kind of id was expected, in words.
    pub kind: &'static str,
    /// The text that was given.
    pub given: String,
    /// The rule that it broke, in words.
    pub rule: &'static str,
}

const SLUG_RULE: &str = "use 1 to 64 of a-z 0-9 _ - and start with a letter or digit";

fn is_slug(text: &str) -> bool {
    let mut bytes = text.bytes();
    let head = bytes.next();
    head.is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        && text.len() <= 64
        && bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-')
}

macro_rules! slug_id {
    ($(#[$doc:meta])* $name:ident, $kind:literal, reserved: $reserved:expr, own: $own:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Checks the text and makes the id.
            pub fn parse(text: &str) -> Result<Self, InvalidId> {
                let reserved: &[&str] = $reserved;
                if reserved.contains(&text) {
                    return Err(InvalidId { kind: $kind, given: text.into(), rule: "this name is reserved" });
                }
                let own: &[&str] = $own;
                if is_slug(text) || own.contains(&text) {
                    return Ok(Self(text.into()));
                }
                Err(InvalidId { kind: $kind, given: text.into(), rule: SLUG_RULE })
            }

            /// An id of moziplus' own, with a leading `_`, which no user can create.
            pub fn reserved(text: &'static str) -> Self {
                Self(text.into())
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }
        impl FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Self::parse(text)
            }
        }
        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).map_err(de::Error::custom)
            }
        }
    };
}

slug_id!(
    /// The id of a project: also the name of its folder under `projects/`.
    ProjectId, "project id", reserved: &[], own: &[MAIL]
);
slug_id!(
    /// The id of an agent, as in `config/agents.yaml`.
    AgentId, "agent id", reserved: &["human", "daemon", "policy"], own: &[]
);
slug_id!(
    /// The id of a skill: also the name of its folder under `skills/`.
    SkillId, "skill id", reserved: &[], own: &[]
);

/// The project that mail lies in. Nobody creates it, and no list of projects has it.
const MAIL: &str = "_mail";

impl ProjectId {
    /// The project that mail lies in.
    pub fn mail() -> Self {
        Self::reserved(MAIL)
    }

    /// True for a project of moziplus' own.
    pub fn is_virtual(&self) -> bool {
        self.as_str().starts_with('_')
    }
}

/// A task of one project, written `t-<n>`; numbers count up from 1 and are never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TaskId(pub i64);

impl fmt::Display for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "t-{}", self.0)
    }
}

impl FromStr for TaskId {
    type Err = InvalidId;
    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let number = text.strip_prefix("t-").and_then(|n| n.parse::<i64>().ok());
        match number {
            Some(number) if number > 0 => Ok(Self(number)),
            _ => Err(InvalidId { kind: "task id", given: text.into(), rule: "it looks like t-12" }),
        }
    }
}

impl Serialize for TaskId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for TaskId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// One attempt at a task, written `<project>.t-<n>.<number>`: it says by itself where it belongs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AttemptId {
    /// The project of the task.
    pub project: ProjectId,
    /// The task.
    pub task: TaskId,
    /// Counts from 1 within the task, over all triggers.
    pub number: i64,
}

impl fmt::Display for AttemptId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.project, self.task, self.number)
    }
}

impl FromStr for AttemptId {
    type Err = InvalidId;
    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let parse = || {
            let (head, number) = text.rsplit_once('.')?;
            let (project, task) = head.rsplit_once('.')?;
            let number = number.parse().ok().filter(|n| *n > 0)?;
            Some(Self { project: project.parse().ok()?, task: task.parse().ok()?, number })
        };
        parse().ok_or_else(|| InvalidId {
            kind: "attempt id",
            given: text.into(),
            rule: "it looks like PROJECT.t-12.3 (`moziplus agent sessions` lists them)",
        })
    }
}

impl Serialize for AttemptId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for AttemptId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// Who did something: a person, an agent, or moziplus itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Actor {
    /// A person; the name is optional (`human` or `human:<name>`).
    Human(Option<Arc<str>>),
    /// An agent, spawned by the daemon or not.
    Agent(AgentId),
    /// The mechanism: timeouts, dependencies, recovery.
    Daemon,
    /// A policy script, by way of an action.
    Policy,
}

impl Actor {
    /// The nameless person: who acts when nobody is named.
    pub fn human() -> Self {
        Self::Human(None)
    }

    /// True for people.
    pub fn is_human(&self) -> bool {
        matches!(self, Self::Human(_))
    }

    /// The agent, when an agent acts.
    pub fn agent(&self) -> Option<&AgentId> {
        match self {
            Self::Agent(agent) => Some(agent),
            _ => None,
        }
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Human(None) => f.write_str("human"),
            Self::Human(Some(name)) => write!(f, "human:{name}"),
            Self::Agent(agent) => agent.fmt(f),
            Self::Daemon => f.write_str("daemon"),
            Self::Policy => f.write_str("policy"),
        }
    }
}

impl FromStr for Actor {
    type Err = InvalidId;
    fn from_str(text: &str) -> Result<Self, InvalidId> {
        match text {
            "human" => Ok(Self::Human(None)),
            "daemon" => Ok(Self::Daemon),
            "policy" => Ok(Self::Policy),
            _ => match text.strip_prefix("human:") {
                Some(name) if !name.is_empty() && name.len() <= 64 && !name.contains(char::is_control) => {
                    Ok(Self::Human(Some(name.into())))
                }
                Some(_) => Err(InvalidId {
                    kind: "person",
                    given: text.into(),
                    rule: "write `human` or `human:<name>` with 1 to 64 printable characters",
                }),
                None => AgentId::parse(text).map(Self::Agent),
            },
        }
    }
}

impl From<AgentId> for Actor {
    fn from(agent: AgentId) -> Self {
        Self::Agent(agent)
    }
}

impl Serialize for Actor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Actor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempt_ids_say_where_they_belong() {
        let id: AttemptId = "sales-2.t-12.3".parse().unwrap();
        assert_eq!((id.project.as_str(), id.task, id.number), ("sales-2", TaskId(12), 3));
        assert_eq!(id.to_string(), "sales-2.t-12.3");
        assert!("_mail.t-1.1".parse::<AttemptId>().unwrap().project.is_virtual());
        for bad in ["", "t-1.2", "sales.t-1", "sales.t-0.1", "sales.t-1.0", "_post.t-1.1"] {
            assert!(bad.parse::<AttemptId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn people_agents_and_the_daemon_are_told_apart() {
        assert_eq!("human:楚锋".parse::<Actor>().unwrap().to_string(), "human:楚锋");
        assert!(matches!("zhangfei-dev".parse(), Ok(Actor::Agent(_))));
        assert!("Zhang Fei".parse::<Actor>().is_err());
        assert!("human:".parse::<Actor>().is_err());
        assert!(AgentId::parse("human").is_err());
    }

    #[test]
    fn slugs_are_what_the_contract_says() {
        for good in ["a", "0", "a_b-c", &"x".repeat(64)] {
            assert!(ProjectId::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "_a", "-a", "A", "a.b", "a/b", "..", &"x".repeat(65)] {
            assert!(ProjectId::parse(bad).is_err(), "{bad}");
        }
    }
}
