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

impl Spend {
    /// All tokens: what budgets count.
    pub const fn tokens(&self) -> i64 {
        self.tokens_in + self.tokens_out
    }
}

impl Add for Spend {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            tokens_in: self.tokens_in + other.tokens_in,
            tokens_out: self.tokens_out + other.tokens_out,
            tokens_cached: self.tokens_cached + other.tokens_cached,
            cost_micros: self.cost_micros + other.cost_micros,
        }
    }
}

impl AddAssign for Spend {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
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
