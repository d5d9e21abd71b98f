//! Why the table refuses a transition, and what is possible instead, in the words that people and agents know.

use super::{
    Cause, RULES,
    Role::{self, Daemon, Policy},
    Status, causes_from,
};

/// What people and agents can do with a task of this status, in the words of the command line.
pub fn verbs_from(status: Status) -> Vec<&'static str> {
    let mut verbs: Vec<_> = causes_from(status).filter_map(Cause::verb).collect();
    verbs.dedup();
    verbs
}

impl Cause {
    /// The verb that people and agents know it by; none for what happens by itself.
    pub const fn verb(self) -> Option<&'static str> {
        match self {
            Self::Submit | Self::Finish => Some("complete"),
            Self::Accept | Self::Revise | Self::NextRound => Some("review"),
            Self::Unblock | Self::ClaimTimeout | Self::Requeue | Self::Release | Self::Derive => None,
            own => Some(own.as_str()),
        }
    }

    /// How it is called in messages.
    fn name(self) -> &'static str {
        self.verb().unwrap_or(self.as_str())
    }
}

impl Role {
    /// Who that is, in words.
    const fn in_words(self) -> &'static str {
        match self {
            Self::Person => "a person",
            Self::Coordinator => "the coordinator",
            Self::Owner => "the agent that has the task",
            Self::Daemon => "the daemon",
            Self::Policy => "a policy script",
        }
    }
}

/// A transition that the table does not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What was tried.
    pub cause: Cause,
    /// Where the task stood.
    pub from: Status,
    /// Where it should have gone, when that was said.
    pub target: Option<Status>,
    /// In which capacity it was tried.
    pub role: Role,
    /// Which part of the rule it broke.
    pub why: Why,
}

/// Which part of a rule was broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Not from this status.
    From,
    /// Not by this role.
    Role,
    /// Not to this status.
    Target,
}

impl Refusal {
    /// The words that would have been right: statuses for a wrong start or target, roles for a wrong role.
    pub fn valid_values(&self) -> Vec<&'static str> {
        let rule = RULES.iter().find(|rule| rule.cause == self.cause);
        let Some(rule) = rule else { return Vec::new() };
        match self.why {
            Why::From => rule.from.iter().map(|status| status.as_str()).collect(),
            Why::Role => rule.who.iter().map(|role| role.as_str()).collect(),
            Why::Target => rule.to.iter().map(|status| status.as_str()).collect(),
        }
    }

    /// What to do next, in a sentence.
    pub fn hint(&self) -> String {
        match self.why {
            Why::From => match verbs_from(self.from).as_slice() {
                [] => format!("a task that is {} is final", self.from),
                verbs => format!("with a task that is {} these are possible: {}", self.from, verbs.join(", ")),
            },
            Why::Role => {
                let rule = RULES.iter().find(|rule| rule.cause == self.cause);
                let inside = [Daemon, Policy];
                let who = rule.into_iter().flat_map(|rule| rule.who).filter(|role| !inside.contains(role));
                let who: Vec<_> = who.map(|role| role.in_words()).collect();
                let way_out =
                    if self.cause == Cause::Escalate { "" } else { "; an agent that has the task can escalate it" };
                format!("{} is for {}{way_out}", self.cause.name(), who.join(" or "))
            }
            Why::Target => format!("say where to; {} leads to: {}", self.cause.name(), self.valid_values().join(", ")),
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.why, self.target) {
            (Why::From, _) => write!(f, "cannot {} a task that is {}", self.cause.name(), self.from),
            (Why::Role, _) => write!(f, "{} may not {} a task", self.role.in_words(), self.cause.name()),
            (Why::Target, Some(to)) => write!(f, "{} does not lead from {} to {to}", self.cause.name(), self.from),
            (Why::Target, None) => write!(f, "{} needs a target status", self.cause.name()),
        }
    }
}
impl std::error::Error for Refusal {}
