//! Notices when time does not pass as it should: the machine slept, the clock was changed, the daemon stood still.
//!
//! Two clocks are compared from look to look. What runs is measured by the one that only goes forward; afterwards nobody
//! is given up for a while, and the time that was lost counts against nobody.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::model::excused::Excused;

/// Shorter ones are not noticed: a busy machine is late by this much at times.
const SHORTEST: Duration = Duration::from_secs(10);
/// How long after a lapse nobody is given up: two ticks, within these.
const LEAST_GRACE: Duration = Duration::from_secs(10);
const MOST_GRACE: Duration = Duration::from_secs(300);

/// The time on both clocks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    /// By the clock on the wall.
    pub wall: DateTime<Utc>,
    /// Since some moment, by a clock that only goes forward and stands while the machine sleeps.
    pub monotonic: Duration,
}

/// What was noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    /// The machine slept, or the clock was put forward.
    Forward,
    /// The clock was put back.
    Back,
    /// The daemon did not run: it was stopped, or the machine had no time for it.
    StoodStill,
}

/// A lapse that has just been noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lapse {
    pub kind: Kind,
    /// How much time was lost or won.
    pub by: Duration,
    /// How long nobody is given up now.
    pub grace: Duration,
}

impl Lapse {
    /// In words.
    pub fn text(&self) -> String {
        let (by, grace) = (self.by.as_secs(), self.grace.as_secs());
        let what = match self.kind {
            Kind::Forward => format!("the machine slept, or its clock was put forward, by {by} s"),
            Kind::Back => format!("the clock was put back by {by} s"),
            Kind::StoodStill => format!("the daemon stood still for {by} s"),
        };
        format!("{what}; nobody is given up for the next {grace} s")
    }
}

/// Compares the clocks.
#[derive(Debug)]
pub(super) struct Lapses {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    last: Look,
    /// Until when nobody is given up, by the monotonic clock.
    grace_until: Duration,
    excused: Excused,
}

impl Lapses {
    /// Nothing noticed yet; what was said before counts from now on.
    pub fn new(now: Look) -> Self {
        let state = State { last: now, grace_until: Duration::ZERO, excused: Excused::before(now.wall) };
        Self { state: Mutex::new(state) }
    }

    /// Looks at both clocks; `tick` is the longest pause between two looks in ordinary times.
    pub fn look(&self, now: Look, tick: Duration) -> Option<Lapse> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::replace(&mut state.last, now);
        let (kind, by, excused) = noticed(before, now, tick)?;
        let grace = (tick * 2).clamp(LEAST_GRACE, MOST_GRACE);
        state.grace_until = now.monotonic + grace;
        if let Some(excused) = excused {
            state.excused = excused;
        }
        Some(Lapse { kind, by, grace })
    }

    /// How long still nobody is given up; none in ordinary times.
    pub fn grace_left(&self, monotonic: Duration) -> Option<Duration> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.grace_until.checked_sub(monotonic).filter(|left| !left.is_zero())
    }

    /// The time that counts against nobody.
    pub fn excused(&self) -> Excused {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).excused
    }
}

/// The rule, without memory: more than two ticks make a lapse.
fn noticed(before: Look, now: Look, tick: Duration) -> Option<(Kind, Duration, Option<Excused>)> {
    let passed = now.monotonic.saturating_sub(before.monotonic);
    let shown = now.wall - before.wall;
    let most = (tick * 2).max(SHORTEST);
    let jump = shown - TimeDelta::from_std(passed).unwrap_or(TimeDelta::MAX);
    let by = jump.abs().to_std().unwrap_or(Duration::MAX);
    if by > most {
        if jump < TimeDelta::zero() {
            return Some((Kind::Back, by, None));
        }
        let excused = Excused { from: now.wall - jump, until: now.wall, stood_still: true };
        return Some((Kind::Forward, by, Some(excused)));
    }
    let late = passed.saturating_sub(tick);
    let excused = Excused { from: before.wall, until: now.wall, stood_still: false };
    (late > most).then_some((Kind::StoodStill, late, Some(excused)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{Clock, ManualClock};

    const TICK: Duration = Duration::from_secs(30);

    fn clock() -> ManualClock {
        ManualClock::new(DateTime::UNIX_EPOCH + TimeDelta::days(1))
    }

    fn look(clock: &ManualClock) -> Look {
        Look { wall: clock.now(), monotonic: clock.monotonic() }
    }

    #[test]
    fn ordinary_time_is_no_lapse() {
        let clock = clock();
        let lapses = Lapses::new(look(&clock));
        for seconds in [0, 1, 30, 31, 89] {
            clock.advance(TimeDelta::seconds(seconds));
            assert_eq!(lapses.look(look(&clock), TICK), None, "{seconds} s");
        }
        // A clock that is set right by a little.
        clock.jump(TimeDelta::seconds(-50));
        assert_eq!(lapses.look(look(&clock), TICK), None);
        assert_eq!(lapses.grace_left(clock.monotonic()), None);
    }

    #[test]
    fn a_jump_is_noticed_once_and_grants_one_grace() {
        let clock = clock();
        let lapses = Lapses::new(look(&clock));
        let before = clock.now();
        clock.advance(TimeDelta::seconds(10));
        clock.jump(TimeDelta::hours(8));
        let lapse = lapses.look(look(&clock), TICK).unwrap();
        assert_eq!((lapse.kind, lapse.by), (Kind::Forward, Duration::from_secs(8 * 3600)));
        assert_eq!(lapses.look(look(&clock), TICK), None);
        assert_eq!(lapses.grace_left(clock.monotonic()), Some(TICK * 2));
        let heard = lapses.excused().silence(before, clock.now());
        assert_eq!((heard, lapses.excused().runtime(before, clock.now())), (10, 10));
        clock.advance(TimeDelta::seconds(60));
        assert_eq!(lapses.grace_left(clock.monotonic()), None);
    }

    #[test]
    fn a_clock_that_is_put_back_is_noticed_too() {
        let clock = clock();
        let lapses = Lapses::new(look(&clock));
        clock.jump(TimeDelta::days(-1));
        let lapse = lapses.look(look(&clock), TICK).unwrap();
        assert_eq!((lapse.kind, lapse.by.as_secs()), (Kind::Back, 86_400));
        assert!(lapses.grace_left(clock.monotonic()).is_some());
        assert_eq!(lapse.text(), "the clock was put back by 86400 s; nobody is given up for the next 60 s");
    }

    #[test]
    fn a_daemon_that_stood_still_knows_it_and_agents_have_run_meanwhile() {
        let clock = clock();
        let lapses = Lapses::new(look(&clock));
        clock.advance(TimeDelta::seconds(5));
        let started = clock.now();
        lapses.look(look(&clock), TICK);
        clock.advance(TimeDelta::minutes(10));
        let lapse = lapses.look(look(&clock), TICK).unwrap();
        assert_eq!((lapse.kind, lapse.by.as_secs()), (Kind::StoodStill, 570));
        let excused = lapses.excused();
        assert_eq!((excused.silence(started, clock.now()), excused.runtime(started, clock.now())), (0, 600));
    }

    #[test]
    fn quick_ticks_of_a_busy_machine_are_no_lapse() {
        let clock = clock();
        let lapses = Lapses::new(look(&clock));
        clock.advance(TimeDelta::seconds(9));
        assert_eq!(lapses.look(look(&clock), Duration::from_millis(50)), None);
    }
}
