//! Figures of what goes out, runs by the clock and is copied, for those who watch the daemon from outside.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{
    App, backup_targets, backups,
    error::AppError,
    jobs::{self, JobView},
    meters::Requests,
};
use crate::{
    model::delivery::DeliveryState,
    store::{Db, deliveries},
};

/// The figures at this moment.
#[derive(Debug, Clone)]
pub struct Figures {
    /// Deliveries in each state.
    pub deliveries: Vec<(DeliveryState, i64)>,
    /// When the next delivery that waits is due; long past when nobody takes it.
    pub next_delivery: Option<DateTime<Utc>>,
    /// Every job.
    pub jobs: Vec<JobView>,
    /// Copies of each project, and of the root's own part.
    pub copies: BTreeMap<String, Copies>,
    /// Every further place for copies.
    pub targets: Vec<backup_targets::State>,
    /// Requests since the start.
    pub requests: Requests,
}

/// Copies of one project.
#[derive(Debug, Clone, Copy, Default)]
pub struct Copies {
    /// How many there are.
    pub count: u64,
    /// How large they are together.
    pub size_bytes: u64,
    /// When the newest was made.
    pub newest: Option<DateTime<Utc>>,
}

/// Collects them.
pub async fn collect(app: &App) -> Result<Figures, AppError> {
    let read = |db: &Db<'_>| Ok::<_, AppError>((deliveries::counts(db)?, deliveries::next_due(db)?));
    let (deliveries, next_delivery) = app.daemon().read(read).await?;
    let mut copies = BTreeMap::<String, Copies>::new();
    for copy in backups::list(app).await? {
        let entry = copies.entry(copy.part().to_owned()).or_default();
        entry.count += 1;
        entry.size_bytes += copy.size_bytes;
        if !copy.is_safety_copy {
            entry.newest = entry.newest.max(Some(copy.created_at));
        }
    }
    let (jobs, targets) = (jobs::list(app).await?, backup_targets::states(app).await?);
    Ok(Figures { deliveries, next_delivery, jobs, copies, targets, requests: app.meters().requests() })
}
