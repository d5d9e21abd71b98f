//! When a ceiling of `budget:` is reached.

use std::fmt;

use super::sections::Budget;
use crate::model::usage::{Spend, Spent};

/// What a ceiling holds for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// One attempt.
    Attempt,
    /// All attempts of a task.
    Task,
    /// A project since it began.
    Project,
    /// A project on one day (UTC).
    Day,
}

/// A budget that is used up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedUp {
    /// What it holds for.
    pub scope: Scope,
    /// The key in `budget:`.
    pub key: &'static str,
    /// What was spent, in tokens or micro-units.
    pub spent: i64,
    /// What is allowed.
    pub allowed: u64,
}

impl fmt::Display for UsedUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { key, spent, allowed, .. } = self;
        if key.ends_with("_cost") {
            let (spent, allowed) = (*spent as f64 / 1e6, *allowed as f64 / 1e6);
            return write!(f, "the budget is used up: {spent:.4} spent, budget.{key} allows {allowed:.4}");
        }
        write!(f, "the budget is used up: {spent} tokens used, budget.{key} allows {allowed}")
    }
}

impl Budget {
    /// The first ceiling that a running attempt has reached.
    pub fn used_up_by(&self, attempt: Spend, task: Spend, spent: Spent) -> Option<UsedUp> {
        let limits = [("attempt_tokens", self.attempt_tokens), ("attempt_cost", self.attempt_cost)];
        reached(Scope::Attempt, limits, attempt).or_else(|| self.used_up_for(task, spent))
    }

    /// The first ceiling in the way of a new attempt at a task.
    pub fn used_up_for(&self, task: Spend, spent: Spent) -> Option<UsedUp> {
        let limits = [("task_tokens", self.task_tokens), ("task_cost", self.task_cost)];
        reached(Scope::Task, limits, task).or_else(|| self.used_up(spent))
    }

    /// The first ceiling in the way of the whole project.
    pub fn used_up(&self, spent: Spent) -> Option<UsedUp> {
        let of_project = [("project_tokens", self.project_tokens), ("project_cost", self.project_cost)];
        let of_day = [("day_tokens", self.day_tokens), ("day_cost", self.day_cost)];
        reached(Scope::Project, of_project, spent.project).or_else(|| reached(Scope::Day, of_day, spent.day))
    }
}

fn reached(scope: Scope, limits: [(&'static str, Option<u64>); 2], spend: Spend) -> Option<UsedUp> {
    let figures = limits.into_iter().zip([spend.tokens(), spend.cost_micros]);
    figures.into_iter().find_map(|((key, limit), spent)| {
        let allowed = limit?;
        (spent.unsigned_abs() >= allowed).then_some(UsedUp { scope, key, spent, allowed })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spend(tokens_in: i64, cost_micros: i64) -> Spend {
        Spend { tokens_in, cost_micros, ..Spend::default() }
    }

    #[test]
    fn the_narrowest_ceiling_is_told_first() {
        let budget = Budget {
            attempt_tokens: Some(100),
            task_cost: Some(2_000_000),
            project_tokens: Some(1000),
            day_cost: Some(5_000_000),
            ..Budget::default()
        };
        let of = |attempt, task, project, day| {
            let used_up = budget.used_up_by(attempt, task, Spent { project, day });
            used_up.map(|used_up| used_up.to_string()).unwrap_or_default()
        };
        let none = Spend::default();
        assert_eq!(of(spend(99, 0), spend(99, 1_999_999), spend(999, 0), spend(999, 4_999_999)), "");
        assert_eq!(
            of(spend(100, 0), spend(100, 2_000_000), none, none),
            "the budget is used up: 100 tokens used, budget.attempt_tokens allows 100"
        );
        assert_eq!(
            of(none, spend(0, 2_500_000), none, none),
            "the budget is used up: 2.5000 spent, budget.task_cost allows 2.0000"
        );
        assert!(of(none, none, spend(1000, 0), none).contains("budget.project_tokens"));
        assert!(of(none, none, none, spend(0, 5_000_000)).contains("budget.day_cost"));
    }

    #[test]
    fn without_ceilings_nothing_is_used_up() {
        assert_eq!(Budget::default().used_up_by(spend(1 << 40, 1 << 40), Spend::default(), Spent::default()), None);
    }
}
