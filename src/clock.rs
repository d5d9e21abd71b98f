//! The only place that knows what time it is.

use std::{
    fmt::Debug,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};

/// Tells the time. One of the two traits of the house; the other implementation is for tests.
pub trait Clock: Debug + Send + Sync {
    /// Wall-clock time, cut to milliseconds (the resolution of everything stored).
    fn now(&self) -> DateTime<Utc>;

    /// Time since some moment, which only goes forward: nobody can set it, and it stands while the machine sleeps.
    fn monotonic(&self) -> Duration;
}

/// A shared clock.
pub type SharedClock = Arc<dyn Clock>;

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the machine for the time")]
    fn now(&self) -> DateTime<Utc> {
        to_millis(Utc::now())
    }

    fn monotonic(&self) -> Duration {
        static BEGAN: OnceLock<Instant> = OnceLock::new();
        BEGAN.get_or_init(Instant::now).elapsed()
    }
}

/// A clock that stands still until it is moved: for tests and simulations.
#[derive(Debug)]
pub struct ManualClock {
    wall: AtomicI64,
    monotonic: AtomicI64,
}

impl ManualClock {
    /// A clock that shows this time.
    pub fn new(now: DateTime<Utc>) -> Self {
        Self { wall: AtomicI64::new(now.timestamp_millis()), monotonic: AtomicI64::new(0) }
    }

    /// Lets time pass.
    pub fn advance(&self, by: TimeDelta) {
        self.jump(by);
        self.monotonic.fetch_add(by.num_milliseconds().max(0), Ordering::SeqCst);
    }

    /// Both at once, so that nobody looks in between: time passes, and the clock is set besides.
    pub fn advance_and_jump(&self, by: TimeDelta, jump: TimeDelta) {
        self.wall.fetch_add((by + jump).num_milliseconds(), Ordering::SeqCst);
        self.monotonic.fetch_add(by.num_milliseconds(), Ordering::SeqCst);
    }

    /// Sets the clock without letting time pass, as a sleeping machine or a person does; back when negative.
    pub fn jump(&self, by: TimeDelta) {
        self.wall.fetch_add(by.num_milliseconds(), Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.wall.load(Ordering::SeqCst)).unwrap_or_default()
    }

    fn monotonic(&self) -> Duration {
        Duration::from_millis(self.monotonic.load(Ordering::SeqCst).unsigned_abs())
    }
}

fn to_millis(time: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(time.timestamp_millis()).unwrap_or(time)
}
