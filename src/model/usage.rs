//! What attempts use up of their providers: tokens and money.

use std::ops::{Add, AddAssign};

use serde::{Deserialize, Serialize};

use super::words::words;

/// What an attempt has used so far, as its runner told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Tokens that went in, those from a cache included.
    pub tokens_in: i64,
    /// Tokens that came out, those of reasoning included.
    pub tokens_out: i64,
    /// The part of `tokens_in` that came from a cache.
    pub tokens_cached: i64,
    /// What it cost, in micro-units of the currency; 0 when the runner told no price and none is configured.
    pub cost_micros: i64,
    /// The model, or the one that was used most.
    pub model: Option<String>,
    /// The runner's own name of the session.
    pub session: Option<String>,
}

impl Usage {
    /// The figures without the names.
    pub const fn spend(&self) -> Spend {
        let Self { tokens_in, tokens_out, tokens_cached, cost_micros, .. } = self;
        Spend {
            tokens_in: *tokens_in,
            tokens_out: *tokens_out,
            tokens_cached: *tokens_cached,
            cost_micros: *cost_micros,
        }
    }
}

/// Tokens and money that were spent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spend {
    /// Tokens that went in, those from a cache included.
    pub tokens_in: i64,
    /// Tokens that came out.
    pub tokens_out: i64,
    /// The part of `tokens_in` that came from a cache.
    pub tokens_cached: i64,
    /// Money, in micro-units of the currency.
    pub cost_micros: i64,
}

/// Most of anything that one attempt is believed to have used: a million million tokens, or a million of the currency.
/// Runners print what they like, and sums have to stay numbers.
const MOST: i64 = 1_000_000_000_000;

impl Spend {
    /// All tokens: what budgets count.
    pub const fn tokens(&self) -> i64 {
        self.tokens_in.saturating_add(self.tokens_out)
    }

    /// The same within what can be true of an attempt: nothing below zero, nothing beyond belief.
    pub fn plausible(self) -> Self {
        let within = |figure: i64| figure.clamp(0, MOST);
        Self {
            tokens_in: within(self.tokens_in),
            tokens_out: within(self.tokens_out),
            tokens_cached: within(self.tokens_cached),
            cost_micros: within(self.cost_micros),
        }
    }
}

impl Add for Spend {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            tokens_in: self.tokens_in.saturating_add(other.tokens_in),
            tokens_out: self.tokens_out.saturating_add(other.tokens_out),
            tokens_cached: self.tokens_cached.saturating_add(other.tokens_cached),
            cost_micros: self.cost_micros.saturating_add(other.cost_micros),
        }
    }
}

impl AddAssign for Spend {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

/// What a person allowed a task whose own budget was used up, and from where that counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Allowance {
    /// Tokens from there; as many as the configuration allows a task when none.
    pub tokens: Option<i64>,
    /// Cost from there, in micro-units; as much as the configuration allows a task when none.
    pub cost_micros: Option<i64>,
    /// Tokens that the task had used by then.
    pub from_tokens: i64,
    /// What the task had cost by then.
    pub from_cost_micros: i64,
}

impl Allowance {
    /// The part of what a task has used that its budget counts.
    pub fn counted(&self, used: Spend) -> Spend {
        Spend {
            tokens_in: used.tokens().saturating_sub(self.from_tokens).max(0),
            cost_micros: used.cost_micros.saturating_sub(self.from_cost_micros).max(0),
            ..Spend::default()
        }
    }
}

/// What a project has spent, as scripts and budgets see it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spent {
    /// Since the project began.
    pub project: Spend,
    /// Today (UTC).
    pub day: Spend,
}

words!(
    /// What usage is summed by.
    UsageBy, "grouping of usage" {
        /// Why attempts were started: execute, revise, review, rebut, distill…
        Cause = "cause",
        /// Who worked.
        Agent = "agent",
        /// The runner.
        Runner = "runner",
        /// The provider account.
        Provider = "provider",
        /// The model.
        Model = "model",
        /// The day (UTC).
        Day = "day",
        /// The project.
        Project = "project",
        /// The task.
        Task = "task",
    }
);
