//! What was spent, and the provider accounts.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use poem_openapi::{
    OpenApi,
    param::{Path, Query},
    payload::Json,
};

use super::{
    Served, Tag,
    page::Items,
    problem::{Failure, Problem},
    views::usage::{Provider, UsageReport},
};
use crate::{
    app::{providers, usage},
    model::{ids::ProjectId, usage::UsageBy},
};

/// Routes of spending.
pub struct UsageApi(pub Served);

#[OpenApi(prefix_path = "/api", tag = "Tag::Operations")]
impl UsageApi {
    /// What was spent, and on what
    ///
    /// Sums count by whole days (UTC). Runners tell what they used while they run or when they end.
    #[oai(path = "/usage", method = "get", operation_id = "getUsage")]
    async fn usage(
        &self,
        /// Only this project.
        project: Query<Option<ProjectId>>,
        /// Since this day (UTC), as a date or a time.
        since: Query<Option<String>>,
        /// What it is summed by; `cause` without it.
        by: Query<Option<UsageBy>>,
    ) -> Result<Json<UsageReport>, Failure> {
        let since = since.0.as_deref().map(day).transpose()?;
        let query = usage::Query { project: project.0, since, by: by.0.unwrap_or(UsageBy::Cause) };
        Ok(Json(usage::report(&self.0, query).await?.into()))
    }

    /// The provider accounts, and which of them rest
    #[oai(path = "/providers", method = "get", operation_id = "listProviders")]
    async fn providers(&self) -> Result<Json<Items<Provider>>, Failure> {
        Ok(Json(Items::of(providers::list(&self.0).await?)))
    }

    /// Lets a provider account be used again before its time
    ///
    /// For an account that was parked by a rate limit, a quota or a refused login, when the cause is gone.
    #[oai(path = "/providers/:provider/unpark", method = "post", operation_id = "unparkProvider")]
    async fn unpark(&self, provider: Path<String>) -> Result<Json<Provider>, Failure> {
        Ok(Json(providers::unpark(&self.0, &provider).await?.into()))
    }
}

fn day(text: &str) -> Result<DateTime<Utc>, Problem> {
    let date = text.parse::<NaiveDate>().map(|date| date.and_time(NaiveTime::MIN).and_utc());
    date.or_else(|_| DateTime::parse_from_rfc3339(text).map(|time| time.to_utc())).map_err(|_| {
        let hint = "write a date such as 2026-11-27, or a time such as 2026-11-27T00:00:00Z";
        Problem::invalid("since", format!("since is no time: `{text}`"), hint)
    })
}
