//! How the daemon's figures have developed over the last day: a point a minute, in memory, for small charts. Whoever wants
//! years collects `/metrics`.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::{App, error::AppError, meters::Requests, status};
use crate::{
    model::delivery::DeliveryState,
    process::identity,
    store::{Db, deliveries},
};

/// Seconds between two points.
pub const INTERVAL_SECONDS: u64 = 60;
/// Points that are kept: a day of them.
const MOST: usize = 1440;

/// The figures of a minute, or of some where they were drawn together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Point {
    /// When it was taken.
    pub at: DateTime<Utc>,
    /// Attempts that were live.
    pub active_sessions: u64,
    /// Tasks of all projects in each status.
    pub tasks: BTreeMap<&'static str, i64>,
    /// Milliseconds that the slowest full tick took.
    pub tick_duration_ms: f64,
    /// Inbox lines that waited.
    pub inbox_pending: u64,
    /// Deliveries that waited.
    pub deliveries_waiting: i64,
    /// Events since the point before.
    pub events: i64,
    /// Requests that were answered since the point before.
    pub requests: u64,
    /// Those of them that failed with a status of 500 or more.
    pub requests_failed: u64,
    /// Memory of the daemon; 0 where the system does not tell.
    pub memory_bytes: u64,
    /// Processor time of the daemon since the point before.
    pub cpu_milliseconds: u64,
    /// Free on the root's disk.
    pub disk_free_bytes: Option<u64>,
    /// Size of all databases of projects.
    pub databases_bytes: u64,
    /// Tokens spent on that day (UTC) so far.
    pub tokens_today: i64,
    /// Money spent on that day so far, in micro-units of the currency.
    pub cost_micros_today: i64,
}

impl Point {
    /// This point and an earlier one as one: what is counted is added, of the rest the later holds, of peaks the higher.
    fn with_earlier(mut self, earlier: &Self) -> Self {
        self.active_sessions = self.active_sessions.max(earlier.active_sessions);
        self.tick_duration_ms = self.tick_duration_ms.max(earlier.tick_duration_ms);
        self.memory_bytes = self.memory_bytes.max(earlier.memory_bytes);
        self.events += earlier.events;
        self.requests += earlier.requests;
        self.requests_failed += earlier.requests_failed;
        self.cpu_milliseconds += earlier.cpu_milliseconds;
        self
    }
}

/// What counts up, as it was at the last point.
#[derive(Debug, Clone, Copy, Default)]
struct Counted {
    events: i64,
    requests: Requests,
    cpu_milliseconds: u64,
}

#[derive(Debug, Default)]
struct Kept {
    points: VecDeque<Point>,
    last: Option<Counted>,
}

/// The points, oldest first.
#[derive(Debug, Default)]
pub struct Trends(Mutex<Kept>);

impl Trends {
    /// The points of the last minutes, oldest first, drawn together so that there are at most so many.
    pub fn of_last(&self, minutes: u32, most: u32, now: DateTime<Utc>) -> Vec<Point> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let since = now - TimeDelta::minutes(i64::from(minutes));
        let points: Vec<_> = kept.points.iter().filter(|point| point.at > since).collect();
        let together = points.len().div_ceil((most as usize).max(1)).max(1);
        let mut found: Vec<_> = points.rchunks(together).filter_map(draw_together).collect();
        found.reverse();
        found
    }

    fn add(&self, mut point: Point, counted: Counted) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = kept.last.replace(counted) {
            point.events = (counted.events - last.events).max(0);
            point.requests = counted.requests.count().saturating_sub(last.requests.count());
            point.requests_failed = counted.requests.failed().saturating_sub(last.requests.failed());
            point.cpu_milliseconds = counted.cpu_milliseconds.saturating_sub(last.cpu_milliseconds);
        }
        kept.points.push_back(point);
        let surplus = kept.points.len().saturating_sub(MOST);
        kept.points.drain(..surplus);
    }
}

fn draw_together(points: &[&Point]) -> Option<Point> {
    let (last, earlier) = points.split_last()?;
    Some(earlier.iter().fold((*last).clone(), |sum, point| sum.with_earlier(point)))
}

/// Takes a point now.
pub async fn take(app: &App) -> Result<(), AppError> {
    let status = status::daemon(app).await?;
    let waiting = app.daemon().read(|db: &Db<'_>| Ok::<_, AppError>(deliveries::counts(db)?)).await?;
    let waiting = waiting.into_iter().find(|(state, _)| *state == DeliveryState::Waiting);
    let load = i32::try_from(std::process::id()).ok().and_then(identity::load);
    let counted = Counted {
        events: status.last_event_id,
        requests: app.meters().requests(),
        cpu_milliseconds: load.map_or(0, |load| load.cpu_milliseconds),
    };
    let mut tasks = BTreeMap::new();
    for (word, count) in status.projects.values().flat_map(|project| &project.tasks_summary) {
        *tasks.entry(*word).or_insert(0) += count;
    }
    let point = Point {
        at: app.now(),
        active_sessions: status.active_sessions as u64,
        tasks,
        tick_duration_ms: status.tick_duration_ms,
        inbox_pending: status.inbox_pending,
        deliveries_waiting: waiting.map_or(0, |(_, count)| count),
        events: 0,
        requests: 0,
        requests_failed: 0,
        memory_bytes: load.map_or(0, |load| load.memory_bytes),
        cpu_milliseconds: 0,
        disk_free_bytes: status.disk_free_bytes,
        databases_bytes: status.projects.values().map(|project| project.db_size_bytes).sum(),
        tokens_today: status.projects.values().map(|project| project.spent.day.tokens()).sum(),
        cost_micros_today: status.projects.values().map(|project| project.spent.day.cost_micros).sum(),
    };
    app.trends().add(point, counted);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(minute: i64) -> Point {
        Point {
            at: DateTime::UNIX_EPOCH + TimeDelta::minutes(minute),
            active_sessions: u64::from(minute == 7),
            tasks: BTreeMap::from([("pending", minute)]),
            tick_duration_ms: 1.0,
            inbox_pending: 0,
            deliveries_waiting: 0,
            events: 0,
            requests: 0,
            requests_failed: 0,
            memory_bytes: 0,
            cpu_milliseconds: 0,
            disk_free_bytes: None,
            databases_bytes: 0,
            tokens_today: 0,
            cost_micros_today: 0,
        }
    }

    fn filled(minutes: i64) -> Trends {
        let trends = Trends::default();
        for minute in 0..minutes {
            trends.add(point(minute), Counted { events: minute * 3, ..Counted::default() });
        }
        trends
    }

    fn at(minute: i64) -> DateTime<Utc> {
        point(minute).at
    }

    #[test]
    fn a_day_is_kept_and_no_more() {
        let kept = filled(5000).of_last(10_000, 10_000, at(4999));
        assert_eq!((kept.len(), kept[0].at, kept[1439].at), (MOST, at(3560), at(4999)));
    }

    #[test]
    fn points_are_drawn_together_from_the_newest_on() {
        let trends = filled(10);
        let all = trends.of_last(60, 60, at(9));
        assert_eq!(all.iter().map(|point| point.events).collect::<Vec<_>>(), [0, 3, 3, 3, 3, 3, 3, 3, 3, 3]);
        let few = trends.of_last(60, 3, at(9));
        let shown: Vec<_> = few.iter().map(|p| (p.at, p.tasks["pending"], p.events, p.active_sessions)).collect();
        assert_eq!(shown, [(at(1), 1, 3, 0), (at(5), 5, 12, 0), (at(9), 9, 12, 1)]);
        assert_eq!(trends.of_last(3, 60, at(9)).len(), 3);
        assert!(Trends::default().of_last(60, 60, at(0)).is_empty());
    }
}
