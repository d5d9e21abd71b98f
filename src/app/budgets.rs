//! A task whose own budget is used up: what a person who sends it on allows it.

use super::{error::AppError, requests::Act};
use crate::{
    config::Budget,
    model::{ids::Actor, outcome::Outcome, records::Severity, status::Status, task::Task, usage::Allowance},
    store::{Tx, attempts, notes, usage},
};

/// What a person allows a task that they send on.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct More {
    tokens: Option<i64>,
    cost_micros: Option<i64>,
}

impl More {
    /// True when the person gives a figure.
    pub(super) const fn is_given(&self) -> bool {
        self.tokens.is_some() || self.cost_micros.is_some()
    }
}

/// The figures of a decision, where they make sense.
pub(super) fn more(act: &Act, by: &Actor) -> Result<More, AppError> {
    let More { tokens, cost_micros } = More { tokens: act.budget_tokens, cost_micros: act.budget_cost };
    for (field, figure) in [("budget_tokens", tokens), ("budget_cost", cost_micros)] {
        let Some(figure) = figure else { continue };
        if !by.is_human() {
            return Err(AppError::only_people("raises the budget of a task"));
        }
        let goes_on = act.to.is_some_and(Status::is_open);
        if figure < 1 || !goes_on {
            let detail = if goes_on { "it has to be 1 or more" } else { "a task that ends needs no budget" };
            return Err(AppError::invalid(field, detail, "give what it may use from here, or leave it out"));
        }
    }
    Ok(More { tokens, cost_micros })
}

/// Lets a task go on whose own budget is used up, or whose last attempt was ended over one: by the figures that the person
/// gives, else by the same budget once more, counted from here. Beyond that a person is asked again.
pub(super) fn send_on(
    tx: &mut Tx<'_>,
    task: &mut Task,
    budget: &Budget,
    (by, more): (&Actor, More),
) -> Result<(), AppError> {
    let (used, before) = (task.usage, task.allowance);
    let (counted, (tokens, cost)) = (before.counted(used), budget.of_task(before));
    let was_stopped = was_stopped(tx, task)?;
    let is_used_up =
        |limit: Option<u64>, spent: i64| limit.is_some_and(|limit| was_stopped || spent.unsigned_abs() >= limit);
    let mut now = before;
    if more.tokens.is_some() || is_used_up(tokens, counted.tokens()) {
        now = Allowance { tokens: more.tokens.or(before.tokens), from_tokens: used.tokens(), ..now };
    }
    if more.cost_micros.is_some() || is_used_up(cost, counted.cost_micros) {
        let cost_micros = more.cost_micros.or(before.cost_micros);
        now = Allowance { cost_micros, from_cost_micros: used.cost_micros, ..now };
    }
    if now == before {
        return Ok(());
    }
    usage::allow(tx, task.id, &now)?;
    task.allowance = now;
    notes::observe(tx, Some(task.id), by.clone(), in_words(budget.of_task(now)), Severity::Info)?;
    Ok(())
}

/// True when the last attempt that held the task was ended because it had used too much: what it left of the task's budget
/// may be less than an attempt needs.
fn was_stopped(tx: &Tx<'_>, task: &Task) -> Result<bool, AppError> {
    let all = attempts::of_task(tx, &task.project, task.id)?;
    let last = all.iter().rev().find(|attempt| attempt.kind.owns_task() && attempt.ended_at.is_some());
    Ok(last.is_some_and(|attempt| attempt.outcome == Some(Outcome::OverBudget)))
}

fn in_words((tokens, cost): (Option<u64>, Option<u64>)) -> String {
    let tokens = tokens.map(|tokens| format!("{tokens} tokens"));
    let cost = cost.map(|cost| format!("a cost of {:.4}", cost as f64 / 1e6));
    let all: Vec<_> = tokens.into_iter().chain(cost).collect();
    format!("its budget from here: {}", all.join(" and "))
}
