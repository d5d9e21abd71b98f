//! Takes the daemon's figures every minute, for charts.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::app::{App, AppError, trends};

/// Takes a point now and every minute.
pub async fn follow(app: App, stop: CancellationToken) -> Result<(), AppError> {
    let mut minutes = tokio::time::interval(Duration::from_secs(trends::INTERVAL_SECONDS));
    // A machine that slept has no figures for that time.
    minutes.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return Ok(()),
            _ = minutes.tick() => {}
        }
        trends::take(&app).await?;
        app.control().report_round("trends", app.now(), None);
    }
}
