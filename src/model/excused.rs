//! Time that counts against nobody: while the machine slept, the clock jumped, or the daemon was not there to listen.

use chrono::{DateTime, TimeDelta, Utc};

/// A stretch of time that is left out when somebody's silence is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Excused {
    /// When it began, by the wall clock.
    pub from: DateTime<Utc>,
    /// When it ended.
    pub until: DateTime<Utc>,
    /// True when it passed on the clock only, so that processes did not run either.
    pub stood_still: bool,
}

impl Default for Excused {
    /// Nothing is left out.
    fn default() -> Self {
        Self::before(DateTime::UNIX_EPOCH)
    }
}

impl Excused {
    /// Everything before now: a daemon that has just started has heard nothing of what was said before.
    pub const fn before(now: DateTime<Utc>) -> Self {
        Self { from: DateTime::UNIX_EPOCH, until: now, stood_still: false }
    }

    /// Seconds from `since` to `now` in which somebody could have been heard.
    pub fn silence(self, since: DateTime<Utc>, now: DateTime<Utc>) -> i64 {
        let left_out = (self.until.min(now) - self.from.max(since)).max(TimeDelta::zero());
        ((now - since) - left_out).num_seconds().max(0)
    }

    /// Seconds from `since` to `now` in which a process ran.
    pub fn runtime(self, since: DateTime<Utc>, now: DateTime<Utc>) -> i64 {
        if self.stood_still { self.silence(since, now) } else { (now - since).num_seconds().max(0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(1000 + second)
    }

    #[test]
    fn only_what_lies_in_between_is_left_out() {
        let slept = Excused { from: at(100), until: at(400), stood_still: true };
        for (since, now, heard) in [(0, 500, 200), (200, 500, 100), (450, 500, 50), (0, 50, 50), (150, 250, 0)] {
            assert_eq!(slept.silence(at(since), at(now)), heard, "{since} to {now}");
            assert_eq!(slept.runtime(at(since), at(now)), heard, "{since} to {now}");
        }
        // A clock that was put back makes nobody's time negative.
        assert_eq!(slept.silence(at(500), at(450)), 0);
    }

    #[test]
    fn what_ran_while_nobody_listened_has_run() {
        let away = Excused::before(at(300));
        assert_eq!((away.silence(at(0), at(360)), away.runtime(at(0), at(360))), (60, 360));
    }
}
