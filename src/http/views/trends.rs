//! The daemon's figures over time, and how much it logs.

use poem_openapi::Object;

use super::{View, daemon::TasksSummary, view};
use crate::{
    app::{log_level, trends},
    http::schema::{Nullable, Time},
};

view!(
    /// The figures of a minute, or of some that were drawn together
    TrendPoint of trends::Point {
        /// When they were taken.
        at: Time,
        /// Attempts that were live, at most.
        active_sessions: u64,
        /// Tasks of all projects in each status.
        tasks: TasksSummary,
        /// Milliseconds that the slowest full tick took.
        tick_duration_ms: f64,
        /// Inbox lines that waited.
        inbox_pending: u64,
        /// Deliveries that waited.
        deliveries_waiting: i64,
        /// Events since the point before.
        events: i64,
        /// Requests that were answered since the point before.
        requests: u64,
        /// Those of them that failed with a status of 500 or more.
        requests_failed: u64,
        /// Memory of the daemon, at most; 0 where the system does not tell.
        memory_bytes: u64,
        /// Processor time of the daemon since the point before.
        cpu_milliseconds: u64,
        /// Free on the root's disk.
        disk_free_bytes: Nullable<u64>,
        /// Size of all databases of projects.
        databases_bytes: u64,
        /// Tokens spent on that day (UTC) so far.
        tokens_today: i64,
        /// Money spent on that day so far, in micro-units of the currency.
        cost_micros_today: i64,
    }
);

/// How the daemon's figures have developed
#[derive(Debug, Clone, Object)]
pub struct Trends {
    /// Seconds between two points, as they are taken.
    pub interval_seconds: u64,
    /// The points, oldest first.
    pub items: Vec<TrendPoint>,
}

impl Trends {
    /// Of these points.
    pub fn of(points: Vec<trends::Point>, interval_seconds: u64) -> Self {
        Self { interval_seconds, items: View::of(points) }
    }
}

view!(
    /// At which level is logged
    LogLevelInForce of log_level::InForce {
        /// The level in force: `error`, `warn`, `info`, `debug` or `trace`.
        level: String,
        /// What the configuration says.
        configured: String,
        /// True when it was set while the daemon runs; the next start takes that back.
        overridden: bool,
    }
);
