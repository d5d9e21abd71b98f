//! `usage`: what was spent, and on what.

use clap::Args;
use serde::Deserialize;

use crate::{
    cli::{
        failure::{Exit, Failure},
        render::{Page, money, table::Grid},
        session::Session,
    },
    client::request::Request,
    model::{
        ids::ProjectId,
        usage::{Spend, UsageBy},
    },
};

/// Arguments of `usage`.
#[derive(Debug, Args)]
pub struct Usage {
    /// Only this project
    #[arg(long, value_name = "ID")]
    pub project: Option<ProjectId>,
    /// Since this day (UTC), such as 2026-11-27
    #[arg(long, value_name = "DAY")]
    pub since: Option<String>,
    /// What to sum by: cause, agent, runner, provider, model, day, project or task
    #[arg(long, value_name = "WORD", default_value = "cause")]
    pub by: UsageBy,
}

#[derive(Debug, Deserialize)]
struct Report {
    by: UsageBy,
    items: Vec<Sum>,
    total: Spend,
}

#[derive(Debug, Deserialize)]
struct Sum {
    key: String,
    spend: Spend,
}

impl Usage {
    /// Prints the sums.
    pub async fn run(self, session: &Session) -> Result<Exit, Failure> {
        let request = Request::get(["api", "usage"])
            .query("project", self.project)
            .query("since", self.since)
            .query("by", Some(self.by));
        session.out.show(session.value(request).await?, table)?;
        Ok(Exit::Done)
    }
}

fn table(report: &Report, page: &Page) -> String {
    if report.items.is_empty() {
        return "nothing was spent, or no runner told what it used".into();
    }
    let by = report.by.as_str().to_uppercase();
    let heads = [by.as_str(), "COST", "TOKENS", "IN", "OUT", "CACHED"];
    let mut grid = Grid::new(page, &heads, 0).figures(1).figures(2).figures(3).figures(4).figures(5);
    let rows = report.items.iter().map(|sum| (sum.key.as_str(), sum.spend));
    for (key, spend) in rows.chain([("all", report.total)]) {
        let key = if key.is_empty() { "-" } else { key };
        grid.row([
            key.to_owned(),
            money(spend.cost_micros),
            spend.tokens().to_string(),
            spend.tokens_in.to_string(),
            spend.tokens_out.to_string(),
            spend.tokens_cached.to_string(),
        ]);
    }
    grid.finish()
}
