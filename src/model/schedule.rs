//! When something is due: cron expressions in a time zone. The one home of the `cron` crate.
//!
//! Expressions have five fields (minute, hour, day of month, month, weekday) or six with seconds in front, or are one
//! of `@hourly @daily @weekly @monthly @yearly`. Weekdays are POSIX: 0 and 7 are Sunday, names work too. When both
//! days are restricted, one of them has to match, as in every crontab. Due times are strictly increasing.
//!
//! Daylight saving time: an expression whose hour is `*` or `*/n` follows real time, so it is due in both passes of a
//! repeated hour and not in a skipped one. One with fixed hours follows the wall clock: it is due once on every day,
//! at the first pass of a repeated hour, and at the end of the gap when its time is skipped.
//!
//! The `cron` crate only ever sees wall-clock times of a zone without daylight saving; its own handling of changes
//! yields times that go back, repeat or are left out.

use std::{collections::BTreeSet, str::FromStr};

use chrono::{DateTime, MappedLocalTime, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// Why an expression or a time zone is not valid.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSchedule {
    /// Neither five nor six fields.
    #[error("`{0}` has {1} fields; write five (minute hour day month weekday) or six with seconds in front")]
    Fields(String, usize),
    /// A field that cannot be read.
    #[error("`{field}` is no valid {name}; it takes {allowed}, each also as list, range or with /step")]
    Field {
        /// The field's text.
        field: String,
        /// Which field.
        name: &'static str,
        /// What it takes.
        allowed: &'static str,
    },
    /// A date that never comes, such as 31 February.
    #[error("`{0}` is never due: there is no such date")]
    Never(String),
    /// A time zone that is not in the IANA database.
    #[error("`{0}` is no time zone; write one like Asia/Shanghai{1}")]
    TimeZone(String, String),
}

/// A parsed expression in its time zone.
#[derive(Debug, Clone)]
pub struct Schedule {
    /// One, or two when either of two days may match.
    walls: Vec<cron::Schedule>,
    zone: Tz,
    /// True when it follows real time rather than the wall clock.
    every_hour: bool,
}

/// How many candidates are looked at before a search is given up; each daylight saving change costs one.
const MOST_STEPS: usize = 1000;

impl Schedule {
    /// Reads an expression and an IANA time zone such as `Asia/Shanghai`.
    pub fn parse(expression: &str, timezone: &str) -> Result<Self, InvalidSchedule> {
        let zone = Tz::from_str(timezone).map_err(|_| unknown_zone(timezone))?;
        let fields = Fields::split(expression)?;
        let walls = fields.variants()?;
        let every_hour = fields.hour.starts_with('*');
        let schedule = Self { walls, zone, every_hour };
        // The search begins long ago, so that every possible date is found.
        match schedule.next_wall(DateTime::UNIX_EPOCH.naive_utc()) {
            Some(_) => Ok(schedule),
            None => Err(InvalidSchedule::Never(expression.to_owned())),
        }
    }

    /// The first due time after `now`; none when there is none before the year 2100.
    pub fn next_after(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.every_hour { self.next_real(now) } else { self.next_by_wall(now) }
    }

    /// The due times after `last` up to and including `now`, at most the newest `limit` of them, in order.
    pub fn due_between(&self, last: DateTime<Utc>, now: DateTime<Utc>, limit: usize) -> Vec<DateTime<Utc>> {
        // Looking back in growing steps keeps this quick for a schedule that is due each second, however long `last`
        // is ago.
        for span in [TimeDelta::minutes(2), TimeDelta::hours(2), TimeDelta::days(2), TimeDelta::days(62)] {
            let from = last.max(now - span);
            let mut due = self.due_from(from, now);
            if due.len() >= limit || from == last {
                return due.split_off(due.len().saturating_sub(limit));
            }
        }
        let mut due = self.due_from(last, now);
        due.split_off(due.len().saturating_sub(limit))
    }

    fn due_from(&self, from: DateTime<Utc>, now: DateTime<Utc>) -> Vec<DateTime<Utc>> {
        std::iter::successors(self.next_after(from), |time| self.next_after(*time))
            .take_while(|time| *time <= now)
            .collect()
    }

    /// The next wall-clock time after this one that the fields allow.
    fn next_wall(&self, after: NaiveDateTime) -> Option<NaiveDateTime> {
        let next = |wall: &cron::Schedule| wall.after(&after.and_utc()).next().map(|time| time.naive_utc());
        self.walls.iter().filter_map(next).min()
    }

    /// Fixed hours: wall-clock times one after the other, each mapped to the one instant it stands for.
    fn next_by_wall(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let mut wall = now.with_timezone(&self.zone).naive_local();
        for _ in 0..MOST_STEPS {
            wall = self.next_wall(wall)?;
            let time = match self.zone.from_local_datetime(&wall) {
                MappedLocalTime::Single(time) | MappedLocalTime::Ambiguous(time, _) => time.to_utc(),
                MappedLocalTime::None => self.end_of_gap(wall),
            };
            if time > now {
                return Some(time);
            }
        }
        None
    }

    /// Any hour: real time goes on with the offset of the moment until the offset changes.
    fn next_real(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let (mut from, mut since, mut offset) = (now, now, self.offset(now));
        for _ in 0..MOST_STEPS {
            let time = (self.next_wall(from.naive_utc() + offset)? - offset).and_utc();
            if self.offset(time) == offset {
                return Some(time);
            }
            since = self.change_between(since, time);
            offset = self.offset(since);
            // A second earlier, because the moment of the change itself may be due.
            from = since - TimeDelta::seconds(1);
        }
        None
    }

    fn offset(&self, time: DateTime<Utc>) -> TimeDelta {
        TimeDelta::seconds(self.zone.offset_from_utc_datetime(&time.naive_utc()).fix().local_minus_utc().into())
    }

    /// The first instant with another offset than `from` has, known to lie between the two.
    fn change_between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> DateTime<Utc> {
        let before = self.offset(from);
        let (mut low, mut high) = (from.timestamp(), to.timestamp());
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            let time = DateTime::from_timestamp(middle, 0).unwrap_or(to);
            if self.offset(time) == before { low = middle } else { high = middle }
        }
        DateTime::from_timestamp(high, 0).unwrap_or(to)
    }

    /// When the wall clock jumps over this time: the moment of the jump.
    fn end_of_gap(&self, wall: NaiveDateTime) -> DateTime<Utc> {
        // No offset differs from its neighbour by a day.
        let (before, after) = ((wall - TimeDelta::days(1)).and_utc(), (wall + TimeDelta::days(1)).and_utc());
        self.change_between(before, after)
    }
}

fn unknown_zone(given: &str) -> InvalidSchedule {
    let score = |zone: &&Tz| (strsim::jaro_winkler(&zone.name().to_lowercase(), &given.to_lowercase()) * 1000.0) as u32;
    let near = chrono_tz::TZ_VARIANTS.iter().max_by_key(score).filter(|zone| score(zone) > 920);
    let hint = near.map(|zone| format!(" (did you mean {zone}?)")).unwrap_or_default();
    InvalidSchedule::TimeZone(given.to_owned(), hint)
}

/// The six fields as text, weekdays already spelled out.
struct Fields<'a> {
    expression: &'a str,
    second: &'a str,
    minute: &'a str,
    hour: &'a str,
    day: &'a str,
    month: &'a str,
    weekday: String,
    /// True when the weekday was written with `*`: then it does not count as restricted.
    any_weekday: bool,
}

const NAMED: [(&str, &str); 7] = [
    ("@yearly", "0 0 1 1 *"),
    ("@annually", "0 0 1 1 *"),
    ("@monthly", "0 0 1 * *"),
    ("@weekly", "0 0 * * 0"),
    ("@daily", "0 0 * * *"),
    ("@midnight", "0 0 * * *"),
    ("@hourly", "0 * * * *"),
];

impl<'a> Fields<'a> {
    fn split(expression: &'a str) -> Result<Self, InvalidSchedule> {
        let named = NAMED.iter().find(|(name, _)| *name == expression.trim());
        let fields: Vec<&str> = named.map_or(expression, |(_, fields)| fields).split_whitespace().collect();
        let (second, rest) = match fields.as_slice() {
            rest @ [_, _, _, _, _] => ("0", rest),
            [second, rest @ ..] if rest.len() == 5 => (*second, rest),
            _ => return Err(InvalidSchedule::Fields(expression.to_owned(), fields.len())),
        };
        let weekday = weekdays(rest[4])?;
        let any_weekday = rest[4].starts_with(['*', '?']);
        Ok(Self {
            expression,
            second,
            minute: rest[0],
            hour: rest[1],
            day: rest[2],
            month: rest[3],
            weekday,
            any_weekday,
        })
    }

    /// One schedule, or one for each of the two days.
    fn variants(&self) -> Result<Vec<cron::Schedule>, InvalidSchedule> {
        if !self.day.starts_with(['*', '?']) && !self.any_weekday {
            return Ok(vec![self.schedule(self.day, "*")?, self.schedule("*", &self.weekday)?]);
        }
        Ok(vec![self.schedule(self.day, &self.weekday)?])
    }

    fn schedule(&self, day: &str, weekday: &str) -> Result<cron::Schedule, InvalidSchedule> {
        let text = format!("{} {} {} {day} {} {weekday}", self.second, self.minute, self.hour, self.month);
        cron::Schedule::from_str(&text).map_err(|_| self.blame())
    }

    /// Finds the field that is at fault by trying each alone.
    fn blame(&self) -> InvalidSchedule {
        let fields = [
            (self.second, "second", "0-59", 0),
            (self.minute, "minute", "0-59", 1),
            (self.hour, "hour", "0-23", 2),
            (self.day, "day of month", "1-31", 3),
            (self.month, "month", "1-12 or Jan-Dec", 4),
        ];
        let broken = |index: usize, field: &str| {
            let mut parts = ["*"; 6];
            parts[index] = field;
            cron::Schedule::from_str(&parts.join(" ")).is_err()
        };
        match fields.into_iter().find(|(field, .., index)| broken(*index, field)) {
            Some((field, name, allowed, _)) => InvalidSchedule::Field { field: field.to_owned(), name, allowed },
            None => InvalidSchedule::Never(self.expression.to_owned()),
        }
    }
}

const WEEKDAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/// Spells out a weekday field (`1-5`, `*/2`, `Mon,Thu`, `6-7`) as a list of names, so that the crate's own numbering
/// (1 is Sunday) never comes in.
fn weekdays(field: &str) -> Result<String, InvalidSchedule> {
    if matches!(field, "*" | "?") {
        return Ok("*".to_owned());
    }
    let wrong = || InvalidSchedule::Field {
        field: field.to_owned(),
        name: "weekday",
        allowed: "0-7 (0 and 7 are Sunday) or Sun-Sat",
    };
    let mut days = BTreeSet::new();
    for part in field.split(',') {
        days.extend(weekday_range(part).ok_or_else(wrong)?);
    }
    let names: Vec<&str> = days.into_iter().map(|day| WEEKDAYS[day]).collect();
    Ok(names.join(","))
}

fn weekday_range(part: &str) -> Option<impl Iterator<Item = usize>> {
    let (range, step) = match part.split_once('/') {
        Some((range, step)) => (range, step.parse().ok().filter(|step| *step > 0)?),
        None => (part, 1),
    };
    let (from, to) = match range.split_once('-') {
        _ if range == "*" => (0, 6),
        Some((from, to)) => (weekday(from)?, weekday(to)?),
        // A step without a range goes on to the end of the week.
        None if step > 1 => (weekday(range)?, 6),
        None => (weekday(range)?, weekday(range)?),
    };
    // `Fri-Mon` and `6-1` go over the end of the week.
    let to = if to < from { to + 7 } else { to };
    Some((from..=to).step_by(step).map(|day| day % 7))
}

fn weekday(text: &str) -> Option<usize> {
    let by_name =
        || WEEKDAYS.iter().position(|name| text.len() >= 3 && name.eq_ignore_ascii_case(text.get(..3).unwrap_or("")));
    text.parse().ok().filter(|day| *day <= 7).or_else(by_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// The next `count` due times after `from`, in the zone's own time with offset.
    fn next(expression: &str, zone: &str, from: &str, count: usize) -> Vec<String> {
        let schedule = Schedule::parse(expression, zone).unwrap();
        let times = std::iter::successors(schedule.next_after(at(from)), |time| schedule.next_after(*time));
        times
            .take(count)
            .map(|time| time.with_timezone(&schedule.zone).format("%a %m-%d %H:%M:%S%:z").to_string())
            .collect()
    }

    #[test]
    fn five_or_six_fields_and_posix_weekdays() {
        let from = "2026-01-01T00:00:00Z"; // a Thursday
        assert_eq!(
            next("0 9 * * 1-5", "UTC", from, 3),
            ["Thu 01-01 09:00:00+00:00", "Fri 01-02 09:00:00+00:00", "Mon 01-05 09:00:00+00:00"]
        );
        assert_eq!(next("*/20 * * * * *", "UTC", from, 2), ["Thu 01-01 00:00:20+00:00", "Thu 01-01 00:00:40+00:00"]);
        for sunday in ["0 0 * * 0", "0 0 * * 7", "0 0 * * sun", "@weekly"] {
            assert_eq!(next(sunday, "UTC", from, 1), ["Sun 01-04 00:00:00+00:00"], "{sunday}");
        }
        assert_eq!(next("0 0 * * 6-7", "UTC", from, 2), ["Sat 01-03 00:00:00+00:00", "Sun 01-04 00:00:00+00:00"]);
        assert_eq!(next("0 0 * * fri-mon/2", "UTC", from, 2), ["Fri 01-02 00:00:00+00:00", "Sun 01-04 00:00:00+00:00"]);
        assert_eq!(next("0 6 * * *", "Asia/Shanghai", from, 1), ["Fri 01-02 06:00:00+08:00"]);
    }

    #[test]
    fn either_day_matches_when_both_are_restricted() {
        assert_eq!(
            next("0 0 13 * 5", "UTC", "2026-02-01T00:00:00Z", 4),
            [
                "Fri 02-06 00:00:00+00:00",
                "Fri 02-13 00:00:00+00:00",
                "Fri 02-20 00:00:00+00:00",
                "Fri 02-27 00:00:00+00:00"
            ]
        );
        assert_eq!(next("0 0 13 * 5", "UTC", "2026-04-10T00:00:00Z", 1), ["Mon 04-13 00:00:00+00:00"]);
    }

    #[test]
    fn a_skipped_hour() {
        // Paris, 29 March 2026: 02:00 becomes 03:00. New York, 8 March: likewise.
        let from = "2026-03-28T12:00:00Z";
        assert_eq!(
            next("30 2 * * *", "Europe/Paris", from, 2),
            ["Sun 03-29 03:00:00+02:00", "Mon 03-30 02:30:00+02:00"]
        );
        assert_eq!(next("15,45 2 29 3 *", "Europe/Paris", from, 1), ["Sun 03-29 03:00:00+02:00"]);
        assert_eq!(
            next("*/30 * * * *", "Europe/Paris", "2026-03-29T00:29:00Z", 3),
            ["Sun 03-29 01:30:00+01:00", "Sun 03-29 03:00:00+02:00", "Sun 03-29 03:30:00+02:00"]
        );
        assert_eq!(next("30 2 8 3 *", "America/New_York", from, 1)[0], "Mon 03-08 02:30:00-05:00");
        // Lord Howe moves by half an hour only.
        assert_eq!(next("15 2 4 10 *", "Australia/Lord_Howe", from, 1), ["Sun 10-04 02:30:00+11:00"]);
    }

    #[test]
    fn a_repeated_hour() {
        // Paris, 25 October 2026: 03:00 becomes 02:00.
        let from = "2026-10-24T22:00:00Z";
        assert_eq!(
            next("30 2 * * *", "Europe/Paris", from, 2),
            ["Sun 10-25 02:30:00+02:00", "Mon 10-26 02:30:00+01:00"]
        );
        assert_eq!(
            next("*/30 * * * *", "Europe/Paris", "2026-10-24T23:59:00Z", 6),
            [
                "02:00:00+02:00",
                "02:30:00+02:00",
                "02:00:00+01:00",
                "02:30:00+01:00",
                "03:00:00+01:00",
                "03:30:00+01:00"
            ]
            .map(|time| format!("Sun 10-25 {time}"))
        );
        assert_eq!(
            next("0 * * * *", "America/New_York", "2026-11-01T04:30:00Z", 3),
            ["Sun 11-01 01:00:00-04:00", "Sun 11-01 01:00:00-05:00", "Sun 11-01 02:00:00-05:00"]
        );
        assert_eq!(next("45 1 * * *", "America/New_York", "2026-11-01T05:50:00Z", 1), ["Mon 11-02 01:45:00-05:00"]);
    }

    #[test]
    fn times_are_strictly_increasing_over_a_whole_year() {
        for zone in ["UTC", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai", "Africa/Cairo"]
        {
            for expression in ["*/30 * * * *", "30 2 * * *", "0 0,1,2,3 * * *", "*/45 */2 * * *"] {
                let schedule = Schedule::parse(expression, zone).unwrap();
                let mut last = at("2026-01-01T00:00:00Z");
                while last < at("2027-01-01T00:00:00Z") {
                    let time = schedule.next_after(last).unwrap();
                    assert!(time > last, "{expression} in {zone}: {time} after {last}");
                    assert!(
                        time - last < TimeDelta::hours(27),
                        "{expression} in {zone}: nothing from {last} to {time}"
                    );
                    last = time;
                }
            }
        }
    }

    #[test]
    fn missed_times_are_the_newest_ones() {
        let hourly = Schedule::parse("0 * * * *", "UTC").unwrap();
        let now = at("2026-06-10T12:30:00Z");
        assert_eq!(
            hourly.due_between(at("2026-06-10T10:00:00Z"), now, 100),
            [at("2026-06-10T11:00:00Z"), at("2026-06-10T12:00:00Z")]
        );
        assert_eq!(hourly.due_between(at("2020-01-01T00:00:00Z"), now, 1), [at("2026-06-10T12:00:00Z")]);
        assert_eq!(hourly.due_between(at("2020-01-01T00:00:00Z"), now, 100).len(), 100);
        assert_eq!(hourly.due_between(at("2026-06-10T12:00:00Z"), now, 9), Vec::<DateTime<Utc>>::new());
        let each_second = Schedule::parse("* * * * * *", "UTC").unwrap();
        assert_eq!(each_second.due_between(at("1990-01-01T00:00:00Z"), now, 3).last(), Some(&now));
        let yearly = Schedule::parse("@yearly", "UTC").unwrap();
        assert_eq!(yearly.due_between(at("2024-06-01T00:00:00Z"), now, 9).len(), 2);
    }

    #[test]
    fn what_is_wrong_is_named() {
        let error = |expression: &str, zone: &str| Schedule::parse(expression, zone).unwrap_err().to_string();
        insta::assert_snapshot!(error("0 9 * *", "UTC"), @"`0 9 * *` has 4 fields; write five (minute hour day month weekday) or six with seconds in front");
        insta::assert_snapshot!(error("61 9 * * *", "UTC"), @"`61` is no valid minute; it takes 0-59, each also as list, range or with /step");
        insta::assert_snapshot!(error("0 9 * foo *", "UTC"), @"`foo` is no valid month; it takes 1-12 or Jan-Dec, each also as list, range or with /step");
        insta::assert_snapshot!(error("0 9 * * 8", "UTC"), @"`8` is no valid weekday; it takes 0-7 (0 and 7 are Sunday) or Sun-Sat, each also as list, range or with /step");
        insta::assert_snapshot!(error("0 9 31 2 *", "UTC"), @"`0 9 31 2 *` is never due: there is no such date");
        insta::assert_snapshot!(error("0 9 * * *", "Asia/Shangai"), @"`Asia/Shangai` is no time zone; write one like Asia/Shanghai (did you mean Asia/Shanghai?)");
        insta::assert_snapshot!(error("0 9 * * *", "home"), @"`home` is no time zone; write one like Asia/Shanghai");
    }
}
