//! Prompts and their templates.

use poem_openapi::Object;

use super::view;
use crate::{
    agent::prompt,
    http::schema::Nullable,
    model::{
        agent::AgentRole,
        ids::{AgentId, AttemptId},
        task::Trigger,
    },
};

/// What an agent would get
#[derive(Debug, Clone, Object)]
pub struct Prompt {
    /// Who.
    pub agent: AgentId,
    /// In which role.
    pub role: AgentRole,
    /// Why it would be started.
    pub trigger: Trigger,
    /// The attempt that it would be, or is.
    pub attempt: AttemptId,
    /// The message.
    pub message: String,
    /// The three tiers: how much there is of each, in tokens.
    pub tiers: Vec<PromptTier>,
    /// What the message leaves out.
    pub left_out: Vec<PromptCut>,
    /// Files beside the message.
    pub files: Vec<PromptFile>,
    /// Templates of the root that are broken; built-in ones stand in for them.
    pub faults: Vec<TemplateFault>,
}

/// A tier of a prompt
#[derive(Debug, Clone, Object)]
pub struct PromptTier {
    /// `message`, `demand` or `files`.
    pub name: String,
    /// About how many tokens it has; of `demand`, all that could be read in it.
    pub tokens: u64,
    /// How many it may have; of `demand`, one page.
    pub budget: u64,
}

view!(
    /// Something that a message leaves out
    PromptCut of prompt::Cut {
        /// The part.
        section: prompt::Section,
        /// What is missing, in words.
        text: String,
        /// How an agent gets the rest.
        command: String,
        /// The file that has more of it, below the agent's folder.
        file: Nullable<String>,
        /// True when that file has all of it.
        file_is_whole: bool,
    }
);

/// A file beside a prompt
#[derive(Debug, Clone, Object)]
pub struct PromptFile {
    /// Its path, from the folder that the agent works in.
    pub path: String,
    /// What is in it.
    pub what: String,
    /// About how many tokens it has.
    pub tokens: u64,
    /// What it says.
    pub text: String,
}

/// One part of what a prompt can say
#[derive(Debug, Clone, Object)]
pub struct PromptPart {
    /// The part.
    pub section: prompt::Section,
    /// Its text.
    pub text: String,
    /// About how many tokens it has.
    pub tokens: u64,
    /// Items of the part in all.
    pub total: u64,
    /// Items that are shown.
    pub shown: u64,
    /// With what `skip` to go on; null at the end.
    pub next: Nullable<u64>,
}

/// A broken prompt template
#[derive(Debug, Clone, Object)]
pub struct TemplateFault {
    /// The template, such as `execute`.
    pub template: String,
    /// The file, below the root.
    pub file: String,
    /// The line; null when it is not known.
    pub line: Nullable<u64>,
    /// What is wrong.
    pub message: String,
}

/// The prompt templates in force
#[derive(Debug, Clone, Object)]
pub struct TemplateList {
    /// Every template.
    pub items: Vec<Template>,
    /// What is broken; built-in templates stand in for these.
    pub faults: Vec<TemplateFault>,
}

/// A prompt template
#[derive(Debug, Clone, Object)]
pub struct Template {
    /// Its name, such as `execute`, or `_rules` for a part of others.
    pub name: String,
    /// Where it comes from: `root` or `built-in`.
    pub level: String,
    /// What it says.
    pub text: String,
}

impl Prompt {
    /// Puts it together.
    pub fn of(context: &prompt::Context, limits: crate::config::PromptLimits, made: prompt::Prompt) -> Self {
        let tier = |name: &str, tokens: usize, budget: usize| PromptTier {
            name: name.to_owned(),
            tokens: tokens as u64,
            budget: budget as u64,
        };
        let of_files = made.files.iter().map(|file| file.tokens).sum();
        Self {
            agent: context.agent.clone(),
            role: context.role,
            trigger: context.trigger,
            attempt: context.attempt.clone(),
            tiers: vec![
                tier("message", made.tokens, limits.message_tokens),
                tier("demand", made.on_demand, limits.demand_tokens),
                tier("files", of_files, limits.file_tokens),
            ],
            message: made.message,
            left_out: made.cuts.into_iter().map(PromptCut::from).collect(),
            files: made.files.into_iter().map(PromptFile::from).collect(),
            faults: made.faults.into_iter().map(TemplateFault::from).collect(),
        }
    }
}

impl From<prompt::ContextFile> for PromptFile {
    fn from(file: prompt::ContextFile) -> Self {
        Self { path: file.path, what: file.what, tokens: file.tokens as u64, text: file.text }
    }
}

impl From<prompt::Excerpt> for PromptPart {
    fn from(part: prompt::Excerpt) -> Self {
        Self {
            section: part.section,
            text: part.text,
            tokens: part.tokens as u64,
            total: part.total as u64,
            shown: part.shown as u64,
            next: Nullable(part.next.map(|next| next as u64)),
        }
    }
}

impl From<prompt::TemplateFault> for TemplateFault {
    fn from(fault: prompt::TemplateFault) -> Self {
        let line = Nullable(fault.line.map(|line| line as u64));
        Self { template: fault.template, file: fault.file, line, message: fault.message }
    }
}

impl From<prompt::TemplateSource> for Template {
    fn from(source: prompt::TemplateSource) -> Self {
        Self { name: source.name, level: source.level.to_owned(), text: source.text }
    }
}
