//! Where things are and how moziplus is set up: the root folder, the settings and the agents.
//!
//! Settings come in layers: built-in, `config/default.yaml`, a project's `project.yaml`, the environment, flags.
//! Every value remembers its layer, and every complaint names file, line, column and key.

mod agents;
mod budget;
mod channels;
mod check;
mod environment;
mod error;
mod guardrails;
mod handle;
mod incoming;
pub mod init;
mod load;
mod playbook;
mod project;
pub mod registry;
mod root;
pub mod schemas;
mod secret;
mod sections;
mod settings;
mod targets;
mod tree;
mod typed;
mod values;

pub use self::{
    agents::Agents,
    budget::{Scope as BudgetScope, UsedUp},
    channels::{MailTls, Signature, Smtp, Webhook},
    environment::Environment,
    error::{ConfigError, Problem},
    guardrails::{Check, Guardrails, RedLine, ScopeGuard, Severity as GuardSeverity},
    handle::{ConfigHandle, Reload},
    incoming::IncomingWebhook,
    load::{Flag, Loaded, ProjectConfig, Sources, ValueInForce, load},
    playbook::{Playbook, Protocol, ReviewMode},
    project::{
        BudgetOverride, CheckpointOverride, DaemonOverride, ExperienceOverride, NotifyOverride, ProjectInfo,
        ProjectSettings, PromptOverride, RetentionOverride, ReviewOverride,
    },
    root::{Root, RootError},
    secret::{SecretError, SecretRef},
    sections::{
        Backup, Budget, CheckpointLimits, Daemon, DecisionDefault, Experience, Gateway, Git, GitRemote, Inbox, Job,
        LogFormat, Logging, Missed, Notify, Overlap, Policy, PromptLimits, Retention, Review, Server,
    },
    settings::Settings,
    targets::BackupTarget,
    values::{ByteSize, LogLevel, seconds},
};

#[cfg(test)]
mod tests;
