//! `Time`: a read-only point in time for scripts, with simple arithmetic.
//!
//! The difference of two times is seconds, a time plus seconds is a time, and they compare. Parts such as `hour` are
//! those of the time's zone, which is UTC until `in_zone` names another.

use chrono::{DateTime, Datelike, SecondsFormat, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;
use rhai::{EvalAltResult, FuncRegistration, Module};

use crate::policy::natives::NativeDoc;

/// A point in time, looked at from a time zone.
#[derive(Debug, Clone, Copy)]
pub(in crate::policy) struct Time(DateTime<Tz>);

impl PartialEq for Time {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl PartialOrd for Time {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.0.cmp(&other.0))
    }
}

impl Time {
    /// Looked at from UTC.
    pub(super) fn utc(at: DateTime<Utc>) -> Self {
        Self(at.with_timezone(&Tz::UTC))
    }

    /// Milliseconds since 1970, for sorting.
    pub(in crate::policy) fn millis(&self) -> i64 {
        self.0.timestamp_millis()
    }

    fn parse(text: &str) -> Result<Self, Box<EvalAltResult>> {
        let at = DateTime::parse_from_rfc3339(text)
            .map_err(|error| format!("time: `{text}` is not a time ({error}); write it like 2026-01-31T08:00:00Z"))?;
        Ok(Self::utc(at.to_utc()))
    }

    fn in_zone(self, zone: &str) -> Result<Self, Box<EvalAltResult>> {
        let tz: Tz = zone.parse().map_err(|_| format!("in_zone: `{zone}` is not a time zone such as Asia/Shanghai"))?;
        Ok(Self(self.0.with_timezone(&tz)))
    }

    fn plus(self, seconds: i64) -> Result<Self, Box<EvalAltResult>> {
        let moved = TimeDelta::try_seconds(seconds).and_then(|by| self.0.checked_add_signed(by));
        moved.map(Self).ok_or_else(|| format!("{seconds} seconds lead out of the calendar").into())
    }

    fn text(self) -> String {
        match self.0.timezone() {
            Tz::UTC => self.0.to_utc().to_rfc3339_opts(SecondsFormat::Millis, true),
            _ => self.0.to_rfc3339_opts(SecondsFormat::Millis, false),
        }
    }
}

/// A property of a `Time`: name, meaning, value.
type Part = (&'static str, &'static str, fn(&Time) -> i64);

/// The properties of a `Time`, for the reference.
pub(in crate::policy) const PARTS: &[Part] = &[
    ("year", "Year.", |time| i64::from(time.0.year())),
    ("month", "Month, 1 to 12.", |time| i64::from(time.0.month())),
    ("day", "Day of the month, 1 to 31.", |time| i64::from(time.0.day())),
    ("hour", "Hour, 0 to 23.", |time| i64::from(time.0.hour())),
    ("minute", "Minute, 0 to 59.", |time| i64::from(time.0.minute())),
    ("second", "Second, 0 to 59.", |time| i64::from(time.0.second())),
    ("weekday", "Day of the week, 1 (Monday) to 7 (Sunday).", |time| i64::from(time.0.weekday().number_from_monday())),
    ("unix", "Seconds since 1970-01-01 UTC.", |time| time.0.timestamp()),
];

/// The functions on a `Time`, for the reference.
pub(in crate::policy) const FUNCTIONS: &[NativeDoc] = &[
    NativeDoc { signature: "time(text) -> Time", meaning: "The time that an RFC 3339 text names." },
    NativeDoc {
        signature: "in_zone(time, zone) -> Time",
        meaning: "The same time seen from a time zone such as `\"Asia/Shanghai\"`: its `hour` and `weekday` are local.",
    },
    NativeDoc { signature: "time - time -> integer", meaning: "Seconds between two times." },
    NativeDoc { signature: "time + seconds -> Time", meaning: "A later time; `-` with a number is an earlier one." },
    NativeDoc { signature: "time < time -> bool", meaning: "`<` `<=` `>` `>=` `==` `!=` compare times." },
];

pub(super) fn register(module: &mut Module) {
    module.set_custom_type::<Time>("Time");
    for (name, _, part) in PARTS {
        super::getter(name).set_into_module(module, move |time: &mut Time| part(time));
    }
    let global = |name: &str| FuncRegistration::new(name).in_global_namespace();
    global("time").set_into_module(module, Time::parse);
    global("in_zone").set_into_module(module, Time::in_zone);
    global("-").set_into_module(module, |a: Time, b: Time| (a.0 - b.0).num_seconds());
    global("+").set_into_module(module, Time::plus);
    global("-").set_into_module(module, |time: Time, seconds: i64| time.plus(seconds.saturating_neg()));
    global("<").set_into_module(module, |a: Time, b: Time| a < b);
    global("<=").set_into_module(module, |a: Time, b: Time| a <= b);
    global(">").set_into_module(module, |a: Time, b: Time| a > b);
    global(">=").set_into_module(module, |a: Time, b: Time| a >= b);
    global("==").set_into_module(module, |a: Time, b: Time| a == b);
    global("!=").set_into_module(module, |a: Time, b: Time| a != b);
    global("to_string").set_into_module(module, Time::text);
    global("to_debug").set_into_module(module, Time::text);
}
