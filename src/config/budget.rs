//! When a ceiling of `budget:` is reached.

use std::fmt;

use super::sections::Budget;
use crate::model::usage::{Allowance, Spend, Spent};

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
    /// True when that counts from where a person sent the task on.
    pub sent_on: bool,
}

impl fmt::Display for UsedUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { key, spent, allowed, .. } = self;
        let (spent, allowed) = match key.ends_with("_cost") {
            true => (format!("{:.4} spent", *spent as f64 / 1e6), format!("{:.4}", *allowed as f64 / 1e6)),
            false => (format!("{spent} tokens used"), allowed.to_string()),
        };
        match self.sent_on {
            true => write!(f, "the budget is used up: {spent} since a person sent it on, {allowed} allowed"),
            false => write!(f, "the budget is used up: {spent}, budget.{key} allows {allowed}"),
        }
    }
}

impl Budget {
    /// The first ceiling that a running attempt has reached.
    pub fn used_up_by(&self, attempt: Spend, task: (Spend, Allowance), spent: Spent) -> Option<UsedUp> {
        // What a person allows the task, one attempt may use.
        let at_least = |limit: Option<u64>, allowed| limit.map(|limit| limit.max(figure(allowed).unwrap_or(0)));
        let limits = [
            ("attempt_tokens", at_least(self.attempt_tokens, task.1.tokens)),
            ("attempt_cost", at_least(self.attempt_cost, task.1.cost_micros)),
        ];
        reached(Scope::Attempt, limits, attempt).or_else(|| self.used_up_for(task, spent))
    }

    /// The first ceiling in the way of a new attempt at a task.
    pub fn used_up_for(&self, task: (Spend, Allowance), spent: Spent) -> Option<UsedUp> {
        self.used_up_of(task).or_else(|| self.used_up(spent))
    }

    /// The first ceiling of its own that a task has reached.
    pub fn used_up_of(&self, (used, allowance): (Spend, Allowance)) -> Option<UsedUp> {
        let (tokens, cost) = self.of_task(allowance);
        let limits = [("task_tokens", tokens), ("task_cost", cost)];
        let used_up = reached(Scope::Task, limits, allowance.counted(used))?;
        Some(UsedUp { sent_on: allowance != Allowance::default(), ..used_up })
    }

    /// Tokens and cost that a task may use: as a person allowed, else as the configuration does.
    pub fn of_task(&self, allowance: Allowance) -> (Option<u64>, Option<u64>) {
        (figure(allowance.tokens).or(self.task_tokens), figure(allowance.cost_micros).or(self.task_cost))
    }

    /// The first ceiling in the way of the whole project.
    pub fn used_up(&self, spent: Spent) -> Option<UsedUp> {
        let of_project = [("project_tokens", self.project_tokens), ("project_cost", self.project_cost)];
        let of_day = [("day_tokens", self.day_tokens), ("day_cost", self.day_cost)];
        reached(Scope::Project, of_project, spent.project).or_else(|| reached(Scope::Day, of_day, spent.day))
    }
}

fn figure(allowed: Option<i64>) -> Option<u64> {
    allowed.and_then(|allowed| u64::try_from(allowed).ok())
}

fn reached(scope: Scope, limits: [(&'static str, Option<u64>); 2], spend: Spend) -> Option<UsedUp> {
    let figures = limits.into_iter().zip([spend.tokens(), spend.cost_micros]);
    figures.into_iter().find_map(|((key, limit), spent)| {
        let allowed = limit?;
        (spent.unsigned_abs() >= allowed).then_some(UsedUp { scope, key, spent, allowed, sent_on: false })
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
            let used_up = budget.used_up_by(attempt, (task, Allowance::default()), Spent { project, day });
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
    fn what_a_person_allows_counts_from_there() {
        let budget = Budget { attempt_tokens: Some(50), task_tokens: Some(100), ..Budget::default() };
        let of = |attempt, task, allowance| {
            let used_up = budget.used_up_by(spend(attempt, 0), (spend(task, 0), allowance), Spent::default());
            used_up.map(|used_up| used_up.to_string()).unwrap_or_default()
        };
        // The same again.
        let again = Allowance { from_tokens: 120, ..Allowance::default() };
        assert_eq!(of(0, 219, again), "");
        assert_eq!(of(0, 220, again), "the budget is used up: 100 tokens used since a person sent it on, 100 allowed");
        // A figure of the person's own, which one attempt may use.
        let more = Allowance { tokens: Some(500), ..again };
        assert_eq!(of(499, 619, more), "");
        assert!(of(10, 620, more).contains("500 tokens used since a person sent it on, 500 allowed"));
        // Also where the configuration has no ceiling.
        let used_up = Budget::default().used_up_for((spend(620, 0), more), Spent::default());
        assert_eq!(used_up.map(|used_up| used_up.allowed), Some(500));
    }

    #[test]
    fn without_ceilings_nothing_is_used_up() {
        let task = (Spend::default(), Allowance::default());
        assert_eq!(Budget::default().used_up_by(spend(1 << 40, 1 << 40), task, Spent::default()), None);
    }
}
