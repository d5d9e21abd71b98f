//! When a provider's limit resets, as programs tell it to people: "resets 3:45pm (Europe/Berlin)", "try again in 2h",
//! `|1750000000`, `Retry-After: 20`, an ISO time.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};

/// What is further away was misread.
const FURTHEST: TimeDelta = TimeDelta::days(35);

/// Words after which a span of time follows, and what a number without a unit means there.
const SPANS: &[(&str, Unit)] = &[
    ("retry-after-ms", Unit::Millis),
    ("retry-after", Unit::Seconds),
    ("retry_after_seconds", Unit::Seconds),
    ("retry_after", Unit::Seconds),
    ("retry after", Unit::Seconds),
    ("retrydelay", Unit::Seconds),
    ("retry in", Unit::Seconds),
    ("again in", Unit::Seconds),
    ("again after", Unit::Seconds),
    ("reset after", Unit::Seconds),
    ("resets_in_seconds", Unit::Seconds),
    ("resets in", Unit::Seconds),
    ("reset in", Unit::Seconds),
];

/// Words after which a point in time follows.
const POINTS: &[&str] =
    &["limit reached|", "resets_at", "resetsat", "reset_at", "resets at", "reset at", "resets", "again at", "again on"];

#[derive(Clone, Copy)]
enum Unit {
    Millis,
    Seconds,
}

/// The time at which a limit resets that a text speaks of; never before `now`. A time of day without a zone is meant in
/// `zone`, which is the machine's.
pub fn resets_at<Z: TimeZone>(text: &str, now: DateTime<Utc>, zone: &Z) -> Option<DateTime<Utc>> {
    let lower = text.to_lowercase();
    let by_span = SPANS.iter().find_map(|(words, unit)| {
        let (_, rest) = lower.split_once(words)?;
        now.checked_add_signed(span(rest, *unit)?)
    });
    let by_point = || {
        POINTS.iter().find_map(|words| {
            let (_, rest) = lower.split_once(words)?;
            point(rest, now, zone)
        })
    };
    believable(by_span.or_else(by_point)?, now)
}

/// The time of a reset that a program tells as a number of seconds from now.
pub fn after_seconds(seconds: f64, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let span = TimeDelta::try_milliseconds((seconds.max(0.0) * 1000.0) as i64)?;
    believable(now.checked_add_signed(span)?, now)
}

/// The time itself when it can be meant, now when it has just passed.
pub fn believable(at: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    (at < now + FURTHEST && at > now - TimeDelta::days(1)).then(|| at.max(now))
}

/// What stands between a word and its value.
fn value(rest: &str) -> &str {
    rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '=' | '"' | '\'' | '(' | '·'))
}

/// Splits a number off the front.
fn number(text: &str) -> Option<(f64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    Some((digits.trim_end_matches('.').parse().ok()?, rest))
}

/// `20s`, `1.5s`, `2h13m5s`, `2 hours 15 minutes`, or a number alone.
fn span(rest: &str, bare: Unit) -> Option<TimeDelta> {
    let mut rest = value(rest);
    let mut millis = None;
    while let Some((count, after)) = number(rest) {
        let unit: String = after.trim_start().chars().take_while(char::is_ascii_alphabetic).collect();
        let each = match (unit.as_str(), millis) {
            ("ms" | "msec" | "milliseconds", _) => 1.0,
            ("s" | "sec" | "secs" | "second" | "seconds", _) => 1e3,
            ("m" | "min" | "mins" | "minute" | "minutes", _) => 60e3,
            ("h" | "hr" | "hrs" | "hour" | "hours", _) => 3600e3,
            ("d" | "day" | "days", _) => 86_400e3,
            (_, None) => {
                let each = if matches!(bare, Unit::Millis) { 1.0 } else { 1e3 };
                return TimeDelta::try_milliseconds((count * each).ceil() as i64);
            }
            _ => break,
        };
        millis = Some(millis.unwrap_or(0.0) + count * each);
        rest = after.trim_start()[unit.len()..].trim_start_matches([' ', ',']);
        rest = rest.strip_prefix("and ").unwrap_or(rest);
    }
    TimeDelta::try_milliseconds(millis?.ceil() as i64)
}

/// Seconds or milliseconds since 1970, an ISO time, or a time of day with or without a date and a zone.
fn point<Z: TimeZone>(rest: &str, now: DateTime<Utc>, zone: &Z) -> Option<DateTime<Utc>> {
    let rest = value(rest);
    epoch(rest).or_else(|| iso(rest)).or_else(|| {
        let here = now.with_timezone(zone).date_naive();
        match named_zone(rest) {
            Some(named) => on_clock(rest, now.with_timezone(&named).date_naive(), now, &named),
            None => on_clock(rest, here, now, zone),
        }
    })
}

fn epoch(rest: &str) -> Option<DateTime<Utc>> {
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let digits = &rest[..end];
    match digits.len() {
        10 => DateTime::from_timestamp(digits.parse().ok()?, 0),
        13 => DateTime::from_timestamp_millis(digits.parse().ok()?),
        _ => None,
    }
}

fn iso(rest: &str) -> Option<DateTime<Utc>> {
    let end =
        rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | ':' | '.' | '+')).unwrap_or(rest.len());
    let word = rest[..end].trim_end_matches(['.', ':']).to_uppercase();
    if let Ok(time) = DateTime::parse_from_rfc3339(&word) {
        return Some(time.to_utc());
    }
    // `2026-11-28 03:00 UTC`
    let date = NaiveDate::parse_from_str(rest.get(..10)?, "%Y-%m-%d").ok()?;
    let time = clock(value(rest.get(10..)?))?;
    Some(date.and_time(time).and_utc())
}

/// `(Europe/Berlin)` or `UTC` anywhere behind the time.
fn named_zone(rest: &str) -> Option<chrono_tz::Tz> {
    let words = rest.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ','));
    words.take(10).find_map(|word| {
        let word = word.trim_end_matches('.');
        if matches!(word, "utc" | "gmt") {
            return Some(chrono_tz::UTC);
        }
        word.contains('/')
            .then(|| chrono_tz::TZ_VARIANTS.iter().find(|zone| zone.name().eq_ignore_ascii_case(word)).copied())?
    })
}

/// `3pm`, `3:45 pm`, `15:45`, and the same behind a date such as `feb 3rd, 2026` or `nov 28,`.
fn on_clock<Z: TimeZone>(rest: &str, today: NaiveDate, now: DateTime<Utc>, zone: &Z) -> Option<DateTime<Utc>> {
    let at = |date: NaiveDate, time| zone.from_local_datetime(&date.and_time(time)).earliest().map(|at| at.to_utc());
    if let Some(time) = clock(rest) {
        return at(today, time).filter(|at| *at > now).or_else(|| at(today.succ_opt()?, time));
    }
    let (date, rest) = month_and_day(rest, today)?;
    at(date, clock(rest)?)
}

fn clock(text: &str) -> Option<NaiveTime> {
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let hours = digits(text);
    let hour: u32 = text.get(..hours).filter(|text| (1..=2).contains(&text.len()))?.parse().ok()?;
    let mut rest = &text[hours..];
    let mut minute = None;
    if let Some(after) = rest.strip_prefix(':') {
        minute = Some(after.get(..2)?.parse::<u32>().ok()?);
        // Seconds do not matter.
        rest = after[2..].trim_start_matches(|c: char| c == ':' || c.is_ascii_digit());
    }
    let rest = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let hour = match (rest.get(..2), minute) {
        (Some("am" | "pm"), _) if hour > 12 => return None,
        (Some("am"), _) => hour % 12,
        (Some("pm"), _) => hour % 12 + 12,
        // A number alone is no time.
        (_, None) => return None,
        _ => hour,
    };
    NaiveTime::from_hms_opt(hour, minute.unwrap_or(0), 0)
}

fn month_and_day(text: &str, today: NaiveDate) -> Option<(NaiveDate, &str)> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = MONTHS.iter().position(|month| text.starts_with(month))? as u32 + 1;
    let rest = text.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '.').trim_start();
    let (day, rest) = number(rest)?;
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).trim_start_matches([',', ' ']);
    let rest = rest.strip_prefix("at ").unwrap_or(rest);
    let (year, rest) = match rest.get(..4).and_then(|digits| digits.parse::<i32>().ok()) {
        Some(year) => (year, rest[4..].trim_start_matches([',', ' '])),
        // In December, January is next year's.
        None if month < today.month() => (today.year() + 1, rest),
        None => (today.year(), rest),
    };
    let rest = rest.strip_prefix("at ").unwrap_or(rest);
    Some((NaiveDate::from_ymd_opt(year, month, day as u32)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_meant_is_no_time() {
        let now: DateTime<Utc> = "2026-11-27T14:30:00Z".parse().unwrap();
        for text in [
            "resets 25pm (Mars/Base)",
            "429, Retry-After: 99999999999999999999",
            "rate limit exceeded, try again in 99999999999h",
        ] {
            assert_eq!(resets_at(text, now, &Utc), None, "{text}");
        }
        assert_eq!(after_seconds(1e18, now), None);
        assert_eq!(after_seconds(-5.0, now), Some(now));
    }

    #[test]
    fn the_times_that_programs_tell() {
        let now: DateTime<Utc> = "2026-11-27T14:30:00Z".parse().unwrap();
        let shanghai = chrono_tz::Asia::Shanghai;
        let table: String = [
            "Claude AI usage limit reached|1795793400",
            "You've hit your session limit · resets 5:45pm (Europe/Berlin)",
            "You've hit your weekly limit · resets Dec 1, 3pm (UTC)",
            "5-hour limit reached ∙ resets 11pm",
            "limit reached, resets 9:15",
            "Limit reached · resets 3am",
            "You've hit your usage limit. Upgrade to Pro or try again in 2 hours 15 minutes.",
            "You've hit your usage limit. Try again at Dec 3rd, 2026 3:05 PM.",
            "Rate limit reached for gpt-5. Please try again in 1.5s. Visit https://example.org",
            "Please try again in 6m0s.",
            "429: please retry in 23.512s.",
            "\"retryDelay\": \"41s\"",
            "Your quota will reset after 18h20m52s.",
            "HTTP 429, Retry-After: 20",
            "retry-after-ms: 1500",
            "{\"error\":{\"type\":\"usage_limit_reached\",\"resets_at\":1795793400}}",
            "{\"resets_in_seconds\":90}",
            "quota resets at 2026-11-28T03:00:00+01:00",
            "quota resets at 2026-11-28 03:00 UTC",
            "resets at 1795793400000",
            // Nothing, nonsense, or too far away.
            "429 Too Many Requests",
            "it resets the counter 12 times",
            "resets at 1999999999",
        ]
        .iter()
        .map(|text| {
            let at = resets_at(text, now, &shanghai).map_or("-".into(), |at| at.format("%m-%d %H:%M:%S").to_string());
            format!("{at:<16}{text}\n")
        })
        .collect();
        insta::assert_snapshot!(table, @r#"
        11-27 15:30:00  Claude AI usage limit reached|1795793400
        11-27 16:45:00  You've hit your session limit · resets 5:45pm (Europe/Berlin)
        12-01 15:00:00  You've hit your weekly limit · resets Dec 1, 3pm (UTC)
        11-27 15:00:00  5-hour limit reached ∙ resets 11pm
        11-28 01:15:00  limit reached, resets 9:15
        11-27 19:00:00  Limit reached · resets 3am
        11-27 16:45:00  You've hit your usage limit. Upgrade to Pro or try again in 2 hours 15 minutes.
        12-03 07:05:00  You've hit your usage limit. Try again at Dec 3rd, 2026 3:05 PM.
        11-27 14:30:01  Rate limit reached for gpt-5. Please try again in 1.5s. Visit https://example.org
        11-27 14:36:00  Please try again in 6m0s.
        11-27 14:30:23  429: please retry in 23.512s.
        11-27 14:30:41  "retryDelay": "41s"
        11-28 08:50:52  Your quota will reset after 18h20m52s.
        11-27 14:30:20  HTTP 429, Retry-After: 20
        11-27 14:30:01  retry-after-ms: 1500
        11-27 15:30:00  {"error":{"type":"usage_limit_reached","resets_at":1795793400}}
        11-27 14:31:30  {"resets_in_seconds":90}
        11-28 02:00:00  quota resets at 2026-11-28T03:00:00+01:00
        11-28 03:00:00  quota resets at 2026-11-28 03:00 UTC
        11-27 15:30:00  resets at 1795793400000
        -               429 Too Many Requests
        -               it resets the counter 12 times
        -               resets at 1999999999
        "#);
    }
}
