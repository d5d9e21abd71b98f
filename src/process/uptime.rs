//! Time since the machine started, the same in every process of it: for what one process gives another until when.

use std::time::Duration;

use nix::time::{ClockId, clock_gettime};

/// How long the machine has been up; what it slept may be left out. Zero where the system does not say.
pub(super) fn now() -> Duration {
    clock_gettime(ClockId::CLOCK_MONOTONIC).map_or(Duration::ZERO, Duration::from)
}

/// True when this moment, in milliseconds of that time, has passed; none never does.
pub(super) fn is_past(until: Option<u64>) -> bool {
    until.is_some_and(|until| millis_in(Duration::ZERO) > until)
}

/// The same in whole milliseconds, so long from now.
pub(super) fn millis_in(time: Duration) -> u64 {
    u64::try_from((now() + time).as_millis()).unwrap_or(u64::MAX)
}
