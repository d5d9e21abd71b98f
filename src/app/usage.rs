//! What was spent, and on what.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{App, error::AppError};
use crate::{
    model::{
        ids::{AgentId, ProjectId},
        usage::{Spend, Spent, UsageBy},
    },
    store::{Db, usage},
};

/// Which spending is asked for.
#[derive(Debug, Clone)]
pub struct Query {
    /// Only this project; all when none.
    pub project: Option<ProjectId>,
    /// Since the day (UTC) of this time; since the beginning when none.
    pub since: Option<DateTime<Utc>>,
    /// What it is summed by.
    pub by: UsageBy,
}

/// Spending, summed by something.
#[derive(Debug, Clone)]
pub struct Report {
    /// What it is summed by.
    pub by: UsageBy,
    /// Since when.
    pub since: Option<DateTime<Utc>>,
    /// The sums, most expensive first; days in order.
    pub items: Vec<Sum>,
    /// All of it.
    pub total: Spend,
}

/// What was spent on one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// The cause, agent, model…; empty where nobody told.
    pub key: String,
    /// What was spent.
    pub spend: Spend,
}

/// Sums up spending.
pub async fn report(app: &App, query: Query) -> Result<Report, AppError> {
    let Query { project, since, by } = query;
    if by == UsageBy::Task && project.is_none() {
        return Err(AppError::Validation {
            field: "project".into(),
            detail: "sums by task need a project: task ids repeat".into(),
            valid_values: Vec::new(),
            hint: "add `project`, or sum by another thing".into(),
        });
    }
    let projects = match &project {
        Some(id) => vec![app.project(id)?],
        None => app.projects().open(),
    };
    let mut sums: BTreeMap<String, Spend> = BTreeMap::new();
    for project in projects {
        let from = since.unwrap_or(DateTime::UNIX_EPOCH);
        let read = move |db: &Db<'_>| Ok::<_, AppError>(usage::sums(db, by, from)?);
        for (key, spend) in project.store.read(read).await? {
            let key = if by == UsageBy::Project { project.id.to_string() } else { key };
            *sums.entry(key).or_default() += spend;
        }
    }
    let total = sums.values().fold(Spend::default(), |sum, spend| sum + *spend);
    let mut items: Vec<_> = sums.into_iter().map(|(key, spend)| Sum { key, spend }).collect();
    if by != UsageBy::Day {
        items.sort_by_key(|sum| std::cmp::Reverse((sum.spend.cost_micros, sum.spend.tokens())));
    }
    Ok(Report { by, since, items, total })
}

/// What each agent has spent over all projects, in all and today.
pub async fn of_agents(app: &App) -> Result<BTreeMap<AgentId, Spent>, AppError> {
    let now = app.now();
    let mut found: BTreeMap<AgentId, Spent> = BTreeMap::new();
    for project in app.projects().open() {
        for (agent, spent) in project.store.read(move |db| Ok::<_, AppError>(usage::of_agents(db, now)?)).await? {
            // A person has no figures among the agents.
            let Ok(agent) = AgentId::parse(&agent) else { continue };
            let sum = found.entry(agent).or_default();
            sum.project += spent.project;
            sum.day += spent.day;
        }
    }
    Ok(found)
}
