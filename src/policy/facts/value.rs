//! How a value of the model looks in a script.
//!
//! Ids and words of the contract are strings, absent values are `()`, lists are arrays (copies: changing one changes
//! nothing but the copy), times are of the small read-only type `Time`.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use rhai::Dynamic;
use serde_json::Value;

use super::{FactType, json::JsonView, time::Time};
use crate::model::{
    agent::AgentRole,
    discussion::DiscussionStep,
    event::{EventKind, Level},
    ids::{Actor, AgentId, AttemptId, ProjectId, TaskId},
    incoming::Forge,
    outcome::{Outcome, RetryClass},
    records::{IssueSeverity, OutputType, Ruling, Stance, Verdict},
    skill::{SkillLevel, SkillSource, SkillStatus},
    snapshot::{IssueFacts, Slots},
    status::Status,
    task::{ReviewPhase, RiskLevel, Trigger},
    usage::{Allowance, Spend, Spent},
};

/// A value that a script can read.
pub(in crate::policy) trait Fact: 'static {
    /// True when it can be `()`.
    const NULLABLE: bool = false;
    /// Its unit, when the type says it.
    const UNIT: &'static str = "";
    /// The words that it can be, when there are only some.
    const WORDS: &'static [&'static str] = &[];
    /// Its type in scripts.
    fn kind() -> String;
    /// The value in scripts.
    fn dynamic(&self) -> Dynamic;
}

macro_rules! plain {
    ($($type:ty => $kind:literal),+ $(,)?) => {$(
        impl Fact for $type {
            fn kind() -> String {
                $kind.to_owned()
            }
            fn dynamic(&self) -> Dynamic {
                self.clone().into()
            }
        }
    )+};
}
plain!(i64 => "integer", f64 => "float", bool => "bool", String => "string");

macro_rules! ids {
    ($($type:ty),+ $(,)?) => {$(
        impl Fact for $type {
            fn kind() -> String {
                "string".to_owned()
            }
            fn dynamic(&self) -> Dynamic {
                self.to_string().into()
            }
        }
    )+};
}
ids!(AgentId, ProjectId, TaskId, AttemptId, Actor);

macro_rules! words {
    ($($type:ty),+ $(,)?) => {$(
        impl Fact for $type {
            const WORDS: &'static [&'static str] = <$type>::WORDS;
            fn kind() -> String {
                "string".to_owned()
            }
            fn dynamic(&self) -> Dynamic {
                self.as_str().into()
            }
        }
    )+};
}
words!(
    AgentRole,
    EventKind,
    Forge,
    IssueSeverity,
    Level,
    Outcome,
    OutputType,
    RetryClass,
    DiscussionStep,
    ReviewPhase,
    RiskLevel,
    Ruling,
    SkillLevel,
    SkillSource,
    SkillStatus,
    Stance,
    Status,
    Trigger,
    Verdict,
);

impl Fact for DateTime<Utc> {
    const UNIT: &'static str = "UTC";
    fn kind() -> String {
        "Time".to_owned()
    }
    fn dynamic(&self) -> Dynamic {
        Dynamic::from(Time::utc(*self))
    }
}

impl Fact for Arc<Value> {
    fn kind() -> String {
        "Json".to_owned()
    }
    fn dynamic(&self) -> Dynamic {
        JsonView::root("config", self.clone())
    }
}

impl Fact for Value {
    fn kind() -> String {
        "Json".to_owned()
    }
    fn dynamic(&self) -> Dynamic {
        JsonView::root("payload", Arc::new(self.clone()))
    }
}

macro_rules! small {
    ($($type:ty),+ $(,)?) => {$(
        impl Fact for $type {
            fn kind() -> String {
                Self::NAME.to_owned()
            }
            fn dynamic(&self) -> Dynamic {
                Dynamic::from(Arc::new(*self))
            }
        }
    )+};
}
small!(Allowance, Slots, Spend, Spent);

impl Fact for IssueFacts {
    fn kind() -> String {
        Self::NAME.to_owned()
    }
    fn dynamic(&self) -> Dynamic {
        Dynamic::from(Arc::new(self.clone()))
    }
}

impl<T: FactType> Fact for Arc<T> {
    fn kind() -> String {
        T::NAME.to_owned()
    }
    fn dynamic(&self) -> Dynamic {
        Dynamic::from(self.clone())
    }
}

impl<T: Fact> Fact for Option<T> {
    const NULLABLE: bool = true;
    const UNIT: &'static str = T::UNIT;
    const WORDS: &'static [&'static str] = T::WORDS;
    fn kind() -> String {
        T::kind()
    }
    fn dynamic(&self) -> Dynamic {
        self.as_ref().map_or(Dynamic::UNIT, Fact::dynamic)
    }
}

impl<T: Fact> Fact for Vec<T> {
    const WORDS: &'static [&'static str] = T::WORDS;
    fn kind() -> String {
        format!("array of {}", T::kind())
    }
    fn dynamic(&self) -> Dynamic {
        self.iter().map(Fact::dynamic).collect::<rhai::Array>().into()
    }
}
