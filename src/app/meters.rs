//! What is counted in memory while the daemon runs: requests, and how long they took.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

/// Upper ends of the classes of request times, in milliseconds; what takes longer is in the last class.
pub const BOUNDS_MS: [u64; 7] = [1, 5, 25, 100, 500, 2_500, 10_000];
/// Classes of statuses: `1xx` to `5xx`.
const CLASSES: usize = 5;

/// Counters; they begin at 0 with each start.
#[derive(Debug, Default)]
pub struct Meters {
    statuses: [AtomicU64; CLASSES],
    times: [AtomicU64; BOUNDS_MS.len() + 1],
    total_us: AtomicU64,
}

/// How often requests were answered, and how fast.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Requests {
    /// By class of status, from `1xx` on.
    pub statuses: [u64; CLASSES],
    /// By time: up to each of [`BOUNDS_MS`], and beyond.
    pub times: [u64; BOUNDS_MS.len() + 1],
    /// Microseconds, over all.
    pub total_us: u64,
}

impl Requests {
    /// All of them.
    pub fn count(&self) -> u64 {
        self.statuses.iter().sum()
    }

    /// Those that failed by our fault.
    pub fn failed(&self) -> u64 {
        self.statuses[CLASSES - 1]
    }
}

impl Meters {
    /// Notes an answer.
    pub fn answered(&self, status: u16, took: Duration) {
        let class = usize::from(status / 100).clamp(1, CLASSES) - 1;
        self.statuses[class].fetch_add(1, Ordering::Relaxed);
        let millis = took.as_millis();
        let place = BOUNDS_MS.iter().position(|bound| millis < u128::from(*bound)).unwrap_or(BOUNDS_MS.len());
        self.times[place].fetch_add(1, Ordering::Relaxed);
        self.total_us.fetch_add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// What was counted so far.
    pub fn requests(&self) -> Requests {
        Requests {
            statuses: std::array::from_fn(|class| self.statuses[class].load(Ordering::Relaxed)),
            times: std::array::from_fn(|place| self.times[place].load(Ordering::Relaxed)),
            total_us: self.total_us.load(Ordering::Relaxed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_counted_by_class_and_time() {
        let meters = Meters::default();
        meters.answered(200, Duration::from_micros(300));
        meters.answered(404, Duration::from_millis(30));
        meters.answered(503, Duration::from_secs(60));
        let counted = meters.requests();
        assert_eq!(counted.statuses, [0, 1, 0, 1, 1]);
        assert_eq!(counted.times, [1, 0, 0, 1, 0, 0, 0, 1]);
        assert_eq!((counted.count(), counted.failed(), counted.total_us), (3, 1, 60_030_300));
    }
}
