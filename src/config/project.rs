//! What a project's `config/project.yaml` may say.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    channels::{Smtp, Webhook},
    sections::{
        Budget, CheckpointLimits, Daemon, DecisionDefault, Experience, Notify, PromptLimits, Retention, Review,
    },
};
use crate::model::ids::AgentId;

/// A project's own settings; what it does not set comes from the settings of the daemon.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProjectSettings {
    /// Name and description for people.
    pub project: ProjectInfo,
    /// Who works on it; every configured agent when empty.
    pub agents: Vec<AgentId>,
    /// Who decides where others disagree; the project's agent with that role when none.
    pub coordinator: Option<AgentId>,
    /// Agent processes at once in this project; the smaller of this and the daemon's cap counts.
    pub max_global_agents: Option<u32>,
    /// Free text and data for prompts and scripts.
    pub context: Map<String, Value>,
    /// Limits of attempts.
    pub daemon: DaemonOverride,
    /// Reviews and rebuttals.
    pub review: ReviewOverride,
    /// Lessons.
    pub experience: ExperienceOverride,
    /// Ceilings for tokens and money.
    pub budget: BudgetOverride,
    /// How long things are kept.
    pub retention: RetentionOverride,
    /// Questions to people.
    pub checkpoint: CheckpointOverride,
    /// How much a prompt says.
    pub prompt: PromptOverride,
    /// Channels out.
    pub notify: NotifyOverride,
}

/// How a project is called.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProjectInfo {
    /// Name for people; the one in the registry when none.
    pub name: Option<String>,
    /// What the project is about.
    pub description: Option<String>,
}

/// Declares what a project may override of a section: each key optional.
macro_rules! overrides {
    ($(#[$doc:meta])* $name:ident of $section:ident { $($key:ident: $type:ty,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct $name {
            $(
                #[doc = concat!("See [`", stringify!($section), "::", stringify!($key), "`].")]
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $key: Option<$type>,
            )+
        }

        impl $name {
            /// Sets in `section` what is overridden.
            pub(super) fn apply(&self, section: &mut $section) {
                $(if let Some(value) = &self.$key { section.$key = value.clone().into(); })+
            }
        }
    };
}

overrides!(
    /// What a project may set of [`Daemon`].
    DaemonOverride of Daemon { task_timeout: f64, claim_timeout: f64, zombie_threshold: u32, max_per_agent: u32, }
);
overrides!(
    /// What a project may set of [`Review`].
    ReviewOverride of Review { default_max_rounds: u32, debate_max_rounds: u32, confidence_threshold: f64, max_unreadable: u32,
        max_attempts: u32, max_tokens: u64, }
);
overrides!(
    /// What a project may set of [`Experience`].
    ExperienceOverride of Experience { distill_threshold: u32, expire_days: u32, }
);
overrides!(
    /// What a project may set of [`Retention`].
    RetentionOverride of Retention { session_days: u32, decision_days: u32, snapshot_days: u32, }
);
overrides!(
    /// What a project may set of [`CheckpointLimits`].
    CheckpointOverride of CheckpointLimits { timeout_seconds: i64, decision: DecisionDefault, }
);
overrides!(
    /// What a project may set of [`PromptLimits`].
    PromptOverride of PromptLimits {
        message_tokens: usize,
        knowledge_tokens: usize,
        demand_tokens: usize,
        file_tokens: usize,
    }
);
overrides!(
    /// What a project may set of [`Notify`].
    NotifyOverride of Notify { batch_seconds: u64, webhooks: Vec<Webhook>, mail: Smtp, desktop: Vec<String>, }
);
overrides!(
    /// What a project may set of [`Budget`].
    BudgetOverride of Budget {
        attempt_tokens: u64,
        task_tokens: u64,
        project_tokens: u64,
        day_tokens: u64,
        attempt_cost: u64,
        task_cost: u64,
        project_cost: u64,
        day_cost: u64,
    }
);
