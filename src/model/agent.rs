//! Agents and how to run them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ids::AgentId, usage::Spend, words::words};

words!(
    /// What an agent is for.
    AgentRole, "agent role" {
        /// Splits work into tasks.
        Planner = "planner",
        /// Does tasks.
        Executor = "executor",
        /// Reviews the work of others.
        Reviewer = "reviewer",
        /// Decides where others disagree.
        Coordinator = "coordinator",
    }
);

words!(
    /// How a runner gives the prompt to its program.
    PromptBy, "way to pass a prompt" {
        /// Written to standard input, which is then closed.
        Stdin = "stdin",
        /// As the last argument.
        Argument = "argument",
        /// In a file, named by `{prompt_file}` and `MOZIPLUS_PROMPT_FILE`.
        File = "file",
    }
);

words!(
    /// What starts the agent.
    RunnerKind, "runner kind" {
        /// A program on this machine.
        Command = "command",
        /// The `openclaw agent` program.
        Openclaw = "openclaw",
        /// A sub-agent of the OpenClaw Gateway.
        Gateway = "gateway",
    }
);

/// What tokens cost, for runners that do not tell: units of the currency for a million tokens, which is the same number
/// as micro-units for one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// Of tokens that go in.
    pub input: f64,
    /// Of those among them that come from a cache; like `input` when none.
    #[serde(default)]
    pub cached: Option<f64>,
    /// Of tokens that come out.
    pub output: f64,
}

impl Price {
    /// What these tokens cost, in micro-units.
    pub fn of(&self, spend: &Spend) -> i64 {
        let fresh = (spend.tokens_in - spend.tokens_cached).max(0) as f64;
        let cached = spend.tokens_cached as f64 * self.cached.unwrap_or(self.input);
        (fresh * self.input + cached + spend.tokens_out as f64 * self.output).ceil() as i64
    }
}

/// What a program may use; the system holds it to that. What is not set is as the daemon's own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Address space of each process (`RLIMIT_AS`).
    pub memory_bytes: Option<u64>,
    /// Open files of each process (`RLIMIT_NOFILE`).
    pub files: Option<u64>,
    /// Processes and threads of this user, all programs together (`RLIMIT_NPROC`).
    pub processes: Option<u64>,
    /// Processor time of each process (`RLIMIT_CPU`).
    pub cpu_seconds: Option<u64>,
}

/// How to start an agent's program.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Runner {
    /// What starts the agent.
    pub kind: RunnerKind,
    /// Program and arguments; `{root} {project} {task} {agent} {attempt} {prompt_file} {session}` are filled in.
    #[serde(default)]
    pub argv: Vec<String>,
    /// How the prompt is passed.
    #[serde(default = "by_file")]
    pub prompt: PromptBy,
    /// Environment variables of its own, filled in like `argv`.
    #[serde(default)]
    pub env: BTreeMap<String, String>,
    /// Variables of the daemon's environment to pass on.
    #[serde(default)]
    pub env_pass: Vec<String>,
    /// The provider account that it uses up; runners that name the same one are parked together. Its own name when none.
    #[serde(default)]
    pub provider: Option<String>,
    /// What its tokens cost, where it does not tell.
    #[serde(default)]
    pub price: Option<Price>,
    /// What the program may use.
    #[serde(default)]
    pub limits: Limits,
}

const fn by_file() -> PromptBy {
    PromptBy::File
}

impl Runner {
    /// True when its agents work in the OpenClaw Gateway.
    pub const fn needs_gateway(&self) -> bool {
        matches!(self.kind, RunnerKind::Openclaw | RunnerKind::Gateway)
    }
}

/// An agent as the configuration describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgentProfile {
    /// Its id, the key in `config/agents.yaml`.
    #[serde(skip_deserializing, default = "unnamed")]
    pub id: AgentId,
    /// Name for people; the id when none.
    #[serde(default)]
    pub display_name: Option<String>,
    /// What it is for.
    pub role: AgentRole,
    /// What it can do, such as `code` or `data`.
    #[serde(default)]
    pub capabilities: Vec<String>,
    /// The runner that starts it; none for an agent that comes by itself.
    #[serde(default)]
    pub runner: Option<String>,
    /// How many processes of it may run at once; `daemon.max_per_agent` when none.
    #[serde(default)]
    pub max_concurrent: Option<u32>,
    /// May review; reviewers and coordinators may anyway.
    #[serde(default)]
    pub can_review: bool,
    /// Takes what nobody else can.
    #[serde(default)]
    pub fallback: bool,
}

fn unnamed() -> AgentId {
    AgentId::reserved("_")
}

impl AgentProfile {
    /// True when it may be asked for a review.
    pub fn reviews(&self) -> bool {
        self.can_review || matches!(self.role, AgentRole::Reviewer | AgentRole::Coordinator)
    }
}
