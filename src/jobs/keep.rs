//! Which copies are kept: the newest of each of the last hours, days and weeks.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Timelike, Utc};

/// How many copies of each kind are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Keep {
    /// Hours.
    pub(super) hourly: usize,
    /// Days (UTC).
    pub(super) daily: usize,
    /// Weeks, from Monday on (UTC).
    pub(super) weekly: usize,
}

impl Default for Keep {
    fn default() -> Self {
        Self { hourly: 24, daily: 7, weekly: 4 }
    }
}

/// The copies that may go, as indices into `times`. The newest copy always stays.
///
/// Hours, days and weeks without a copy do not count, so a machine that was off for a month loses nothing.
pub(super) fn superfluous(times: &[DateTime<Utc>], keep: Keep) -> Vec<usize> {
    let mut order: Vec<usize> = (0..times.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(times[*index]));
    let mut kept: BTreeSet<usize> = order.first().copied().into_iter().collect();
    kept.extend(newest_of_each(times, &order, keep.hourly, |time| (time.date_naive(), time.hour())));
    kept.extend(newest_of_each(times, &order, keep.daily, |time| time.date_naive()));
    kept.extend(newest_of_each(times, &order, keep.weekly, |time| (time.iso_week().year(), time.iso_week().week())));
    order.into_iter().filter(|index| !kept.contains(index)).collect()
}

/// The newest copy of each of the newest `count` periods; `order` goes from the newest to the oldest.
fn newest_of_each<P: Ord>(
    times: &[DateTime<Utc>],
    order: &[usize],
    count: usize,
    period: impl Fn(DateTime<Utc>) -> P,
) -> Vec<usize> {
    let mut seen = BTreeSet::new();
    let newest = order.iter().copied().filter(|index| seen.insert(period(times[*index])));
    newest.take(count).collect()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn hours_days_and_weeks_are_thinned_out() {
        let now: DateTime<Utc> = "2026-06-10T12:00:05Z".parse().unwrap();
        let times: Vec<_> = (0..24 * 60).map(|hours| now - TimeDelta::hours(hours)).collect();
        let gone: BTreeSet<_> = superfluous(&times, Keep { hourly: 3, daily: 2, weekly: 2 }).into_iter().collect();
        let left: Vec<_> = (0..times.len()).filter(|i| !gone.contains(i)).map(|i| times[i].to_string()).collect();
        // Three hours; the newest of today is among them; the last of yesterday; the last of the week before.
        assert_eq!(
            left,
            [
                "2026-06-10 12:00:05 UTC",
                "2026-06-10 11:00:05 UTC",
                "2026-06-10 10:00:05 UTC",
                "2026-06-09 23:00:05 UTC",
                "2026-06-07 23:00:05 UTC"
            ]
        );
    }

    #[test]
    fn the_newest_always_stays_and_gaps_cost_nothing() {
        let times: Vec<DateTime<Utc>> =
            ["2026-01-01T00:00:00Z", "2025-01-01T00:00:00Z"].iter().map(|time| time.parse().unwrap()).collect();
        assert_eq!(superfluous(&times, Keep { hourly: 0, daily: 0, weekly: 0 }), [1]);
        assert_eq!(superfluous(&times, Keep::default()), [0; 0]);
        assert_eq!(superfluous(&[], Keep::default()), [0; 0]);
    }
}
