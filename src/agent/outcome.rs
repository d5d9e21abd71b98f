//! How an attempt ended, from everything that is known about its end: one table, read from the top.
//!
//! | known | outcome |
//! |---|---|
//! | the process could not be started | `spawn_failed` |
//! | somebody had said beforehand how it will end (complete, cancel, timeout…) | what they said |
//! | what it was started for is on the blackboard | `completed` |
//! | its runner says how it ended, in moziplus' own words | what it says |
//! | nobody saw the process end | `lost` |
//! | SIGINT, SIGTERM, SIGHUP, or the exit codes 130, 143, 129 | `interrupted` |
//! | exit 0, and nothing had to be written (mention, offer) | `completed` |
//! | its runner's error, or the log's end, speaks of a limit, a login, a lock, the network | `rate_limited`, `quota_exceeded`, `auth_failed`, `lock_conflict`, `network` |
//! | exit 0, and it went on with another model or without its gateway | `model_fallback` |
//! | exit 0 | `no_result` |
//! | anything else | `crashed` |
//!
//! Exit code 0 is never success by itself, and an answer on the blackboard is never lost by a bad exit code. A limit that
//! resets within minutes is a rate limit, whatever it calls itself; for the other kind one has to wait or to pay.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};

use super::{
    limits,
    output::{self, Report, Reset},
};
use crate::model::{outcome::Outcome, task::Trigger};

/// What is known about the end of a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// It ended by itself.
    Code(i32),
    /// A signal ended it.
    Signal(i32),
    /// It is gone, and nobody saw how.
    Unknown,
}

impl Exit {
    /// From what the supervisor tells.
    pub fn of(code: Option<i32>, signal: Option<i32>) -> Self {
        match (code, signal) {
            (Some(code), _) => Self::Code(code),
            (None, Some(signal)) => Self::Signal(signal),
            (None, None) => Self::Unknown,
        }
    }

    const fn is_interruption(self) -> bool {
        matches!(self, Self::Signal(1 | 2 | 15) | Self::Code(129 | 130 | 143))
    }
}

impl std::fmt::Display for Exit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(code) => write!(f, "exit code {code}"),
            Self::Signal(signal) => write!(f, "ended by signal {signal}"),
            Self::Unknown => f.write_str("nobody saw its end"),
        }
    }
}

/// Everything known about the end of an attempt.
#[derive(Debug, Clone, Copy)]
pub struct End<'a> {
    /// Why it was started.
    pub kind: Trigger,
    /// What was noted before the process was gone, with words.
    pub ending: Option<(Outcome, Option<&'a str>)>,
    /// Why its process could not be started, when it could not.
    pub spawn_error: Option<&'a str>,
    /// How the process ended.
    pub exit: Exit,
    /// What it was started for is on the blackboard.
    pub has_answered: bool,
    /// The last few kilobytes that it printed.
    pub log_tail: &'a str,
    /// What its runner told about itself.
    pub report: &'a Report,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The kind of end.
    pub outcome: Outcome,
    /// What is known, in words.
    pub detail: String,
    /// When the provider's limit resets.
    pub resets_at: Option<DateTime<Utc>>,
}

impl Verdict {
    fn new(outcome: Outcome, detail: impl Into<String>) -> Self {
        Self { outcome, detail: detail.into(), resets_at: None }
    }
}

/// Words by which a program tells why it failed; the first list that fits counts.
const SIGNS: [(Outcome, &[&str]); 5] = [
    (
        Outcome::QuotaExceeded,
        &[
            "usage limit",
            "hit your limit",
            "session limit",
            "weekly limit",
            "daily limit",
            "hour limit",
            "limit reached",
            "spending limit",
            "quota exceeded",
            "quota_exceeded",
            "exceeded your current quota",
            "exhausted your",
            "insufficient_quota",
            "usage_limit_reached",
            "credit balance is too low",
            "insufficient credits",
            "insufficient balance",
            "402 payment required",
        ],
    ),
    (
        Outcome::RateLimited,
        &[
            "rate limit",
            "rate_limit",
            "ratelimit",
            "resource_exhausted",
            "resource exhausted",
            "too many requests",
            "http 429",
            "status 429",
            "error: 429",
            "status: 429",
            "code 429",
            "\"code\":429",
            "overloaded",
        ],
    ),
    (
        Outcome::AuthFailed,
        &[
            "invalid api key",
            "invalid_api_key",
            "incorrect api key",
            "authentication_error",
            "authentication failed",
            "not logged in",
            "please run /login",
            "please log in",
            "oauth token has expired",
            "token has expired",
            "401 unauthorized",
            "status 401",
            "http 401",
            "403 forbidden",
            "permission_error",
        ],
    ),
    (
        Outcome::LockConflict,
        &[
            "database is locked",
            "session is locked",
            "session file locked",
            "lock held by",
            "already in use by another",
        ],
    ),
    (
        Outcome::Network,
        &[
            "econnrefused",
            "econnreset",
            "enotfound",
            "etimedout",
            "eai_again",
            "connection refused",
            "connection reset",
            "connection timed out",
            "could not resolve host",
            "name resolution",
            "network is unreachable",
            "socket hang up",
            "fetch failed",
            "bad gateway",
            "service unavailable",
            "gateway timeout",
        ],
    ),
];

/// A program that fails says why at the end.
const LAST_LINES: usize = 30;

/// Words by which a program tells that it went on with another model or without its gateway.
const FALLBACK: &[&str] =
    &["falling back to", "fallback model", "switched to model", "embedded fallback", "\"fallbackfrom\""];

/// A limit that resets sooner is one of speed.
const SOON: TimeDelta = TimeDelta::minutes(15);

/// How it ended, and what is known about it. Times of day in what it printed are those of `zone`.
pub fn of<Z: TimeZone>(end: &End<'_>, now: DateTime<Utc>, zone: &Z) -> Verdict {
    if let Some(error) = end.spawn_error {
        return Verdict::new(Outcome::SpawnFailed, error);
    }
    if let Some((outcome, detail)) = end.ending {
        return Verdict::new(outcome, detail.unwrap_or_else(|| outcome.advice()));
    }
    if end.has_answered {
        return Verdict::new(Outcome::Completed, format!("answered; {}", end.exit));
    }
    // What only the daemon can know is not taken from a program.
    if let Some(outcome) = end.report.outcome.filter(|outcome| outcome.is_told_by_programs()) {
        let why = end.report.error.as_deref().map_or_else(|| outcome.advice().to_owned(), short);
        let resets_at = match end.report.resets_at {
            Some(Reset::At(at)) => limits::believable(at, now),
            Some(Reset::After(seconds)) => limits::after_seconds(seconds, now),
            None => end.report.error.as_deref().and_then(|error| limits::resets_at(error, now, zone)),
        };
        return Verdict { resets_at, ..Verdict::new(outcome, format!("{}: {why}", end.exit)) };
    }
    if end.exit == Exit::Unknown {
        return Verdict::new(Outcome::Lost, end.exit.to_string());
    }
    if end.exit.is_interruption() {
        return Verdict::new(Outcome::Interrupted, end.exit.to_string());
    }
    let may_be_silent = matches!(end.kind, Trigger::Mention | Trigger::Offer) && end.report.error.is_none();
    if end.exit == Exit::Code(0) && may_be_silent {
        return Verdict::new(Outcome::Completed, "had nothing to say");
    }
    by_words(end, now, zone)
}

fn by_words<Z: TimeZone>(end: &End<'_>, now: DateTime<Utc>, zone: &Z) -> Verdict {
    // The last line that fits is the reason; an earlier one may have been overcome, or is part of a long report. What an
    // agent says inside its runner's events is no reason at all.
    let lines: Vec<_> = end.log_tail.lines().rev().take(LAST_LINES).filter(|line| !output::is_event(line)).collect();
    let told = end.report.error.as_deref().into_iter().chain(lines.iter().copied());
    let sign = told.clone().find_map(|line| {
        let lower = line.to_lowercase();
        let (outcome, _) = SIGNS.iter().find(|(_, words)| words.iter().any(|word| lower.contains(word)))?;
        Some((*outcome, line))
    });
    if let Some((outcome, line)) = sign {
        let detail = format!("{}: {}", end.exit, short(line));
        if !matches!(outcome, Outcome::RateLimited | Outcome::QuotaExceeded) {
            return Verdict::new(outcome, detail);
        }
        // Some programs tell the time in a line of its own.
        let resets_at = [line].into_iter().chain(told).find_map(|line| limits::resets_at(line, now, zone));
        let soon = resets_at.is_some_and(|at| at - now <= SOON);
        return Verdict { outcome: if soon { Outcome::RateLimited } else { outcome }, detail, resets_at };
    }
    let last = lines.iter().find(|line| !line.trim().is_empty()).copied();
    if let Some(error) = &end.report.error {
        return Verdict::new(Outcome::Crashed, format!("{}: {}", end.exit, short(error)));
    }
    if end.exit != Exit::Code(0) {
        let why = last.map_or_else(String::new, |last| format!(": {}", short(last)));
        return Verdict::new(Outcome::Crashed, format!("{}{why}", end.exit));
    }
    let fell_back = |line: &&str| FALLBACK.iter().any(|word| line.to_lowercase().contains(word));
    if end.report.fell_back || lines.iter().any(fell_back) {
        return Verdict::new(Outcome::ModelFallback, "went on with another model, and brought nothing");
    }
    Verdict::new(Outcome::NoResult, "exit code 0, and nothing on the blackboard")
}

/// A line of a log, short enough for a row. Agents print what they like, so it is cut by characters.
fn short(line: &str) -> String {
    line.trim().chars().filter(|c| !c.is_control()).take(240).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: End<'_> = End {
        kind: Trigger::Execute,
        ending: None,
        spawn_error: None,
        exit: Exit::Code(0),
        has_answered: false,
        log_tail: "",
        report: &SILENT,
    };
    static SILENT: Report = Report {
        is_known: false,
        usage: None,
        text: None,
        error: None,
        outcome: None,
        resets_at: None,
        fell_back: false,
    };

    #[expect(clippy::too_many_lines, reason = "a table")]
    fn rows() -> Vec<(&'static str, End<'static>)> {
        let log = |code, log_tail| End { exit: Exit::Code(code), log_tail, ..PLAIN };
        // As the daemon sees it: the line is read by the reader, and stands in the log.
        let says = |code, line: &'static str| {
            let report: &'static Report = Box::leak(Box::new(output::read(line.as_bytes())));
            End { exit: Exit::Code(code), log_tail: line, report, ..PLAIN }
        };
        let exit = |exit| End { exit, ..PLAIN };
        let kind = |kind, exit| End { kind, exit, ..PLAIN };
        let ending = |outcome, exit| End { ending: Some((outcome, Some("why"))), exit, ..PLAIN };
        let answered = |exit| End { has_answered: true, exit, ..PLAIN };
        vec![
            ("no such program", End { spawn_error: Some("not found"), ..ending(Outcome::Timeout, Exit::Code(1)) }),
            ("said complete, exit 0", ending(Outcome::Completed, Exit::Code(0))),
            ("said complete, killed", ending(Outcome::Completed, Exit::Signal(9))),
            ("timed out, killed", ending(Outcome::Timeout, Exit::Signal(9))),
            ("cancelled, unseen", ending(Outcome::Cancelled, Exit::Unknown)),
            ("answered, exit 0", answered(Exit::Code(0))),
            ("answered, exit 1", answered(Exit::Code(1))),
            ("answered, unseen", answered(Exit::Unknown)),
            ("unseen", exit(Exit::Unknown)),
            ("SIGTERM", exit(Exit::Signal(15))),
            ("exit 130", exit(Exit::Code(130))),
            ("SIGKILL", exit(Exit::Signal(9))),
            ("SIGSEGV", exit(Exit::Signal(11))),
            ("mention, exit 0", kind(Trigger::Mention, Exit::Code(0))),
            ("offer, exit 0", kind(Trigger::Offer, Exit::Code(0))),
            ("offer, exit 1", kind(Trigger::Offer, Exit::Code(1))),
            ("exit 1, limit", log(1, "Claude AI usage limit reached|1750000000")),
            ("exit 0, limit", log(0, "429 Too Many Requests")),
            ("exit 1, login", log(1, "Invalid API key · Please run /login")),
            ("exit 1, lock", log(1, "Error: database is locked")),
            ("exit 1, network", log(1, "TypeError: fetch failed\n")),
            ("exit 1, overcome limit", log(1, "rate limit, waiting 3 s\nconnect ECONNREFUSED 127.0.0.1:1")),
            ("exit 0, fallback", log(0, "EMBEDDED FALLBACK: Gateway agent failed")),
            ("exit 0, narrated", log(0, "I have done everything.")),
            ("exit 1", log(1, "thread main panicked\n\n")),
            ("exit 1, soon", log(1, "You exceeded your current quota.\nPlease retry in 23.5s.")),
            ("exit 1, later", log(1, "429 Too Many Requests\nretry-after: 7200")),
            ("exit 1, resets 3pm", log(1, "You've hit your session limit · resets 3pm (UTC)")),
            ("exit 1, no money", log(1, "Credit balance is too low")),
            (
                "claude, limit",
                says(
                    1,
                    r#"{"type":"result","is_error":true,"session_id":"s","result":"You've hit your weekly limit · resets Dec 1, 3pm (UTC)"}"#,
                ),
            ),
            (
                "claude, tells of limits",
                says(0, r#"{"type":"result","is_error":false,"session_id":"s","result":"I added a rate limit."}"#),
            ),
            (
                "codex, limit",
                says(
                    1,
                    r#"{"type":"turn.failed","error":{"message":"You've hit your usage limit. Try again in 2 hours."}}"#,
                ),
            ),
            (
                "own, limited",
                says(
                    1,
                    r#"{"moziplus_result":{"outcome":"rate_limited","detail":"slow down","retry_after_seconds":60}}"#,
                ),
            ),
            ("own, timeout", says(0, r#"{"moziplus_result":{"outcome":"timeout","detail":"the gateway gave up"}}"#)),
            ("own, completed", says(0, r#"{"moziplus_result":{"outcome":"completed"}}"#)),
            (
                "openclaw, timeout",
                says(0, r#"{"runId":"r","status":"timeout","summary":"aborted","result":{"payloads":[],"meta":{}}}"#),
            ),
            ("openclaw, embedded", says(0, r#"{"payloads":[{"text":"hi"}],"meta":{"fallbackFrom":"gateway"}}"#)),
        ]
    }

    /// A Friday afternoon.
    fn now() -> DateTime<Utc> {
        "2026-11-27T14:30:00Z".parse().unwrap()
    }

    #[test]
    fn the_table() {
        let table: String = rows()
            .iter()
            .map(|(name, end)| {
                let Verdict { outcome, detail, resets_at } = of(end, now(), &Utc);
                let (class, until) =
                    (outcome.retry_class(), resets_at.map(|at| at.format(" [%m-%d %H:%M:%S]").to_string()));
                format!("{name:<24}{outcome:<16}{class:<12}{detail}{}\n", until.unwrap_or_default())
            })
            .collect();
        insta::assert_snapshot!(table, @r"
        no such program         spawn_failed    counted     not found
        said complete, exit 0   completed       never       why
        said complete, killed   completed       never       why
        timed out, killed       timeout         counted     why
        cancelled, unseen       cancelled       never       why
        answered, exit 0        completed       never       answered; exit code 0
        answered, exit 1        completed       never       answered; exit code 1
        answered, unseen        completed       never       answered; nobody saw its end
        unseen                  lost            free        nobody saw its end
        SIGTERM                 interrupted     free        ended by signal 15
        exit 130                interrupted     free        exit code 130
        SIGKILL                 crashed         counted     ended by signal 9
        SIGSEGV                 crashed         counted     ended by signal 11
        mention, exit 0         completed       never       had nothing to say
        offer, exit 0           completed       never       had nothing to say
        offer, exit 1           crashed         counted     exit code 1
        exit 1, limit           quota_exceeded  after_reset exit code 1: Claude AI usage limit reached|1750000000
        exit 0, limit           rate_limited    after_reset exit code 0: 429 Too Many Requests
        exit 1, login           auth_failed     person      exit code 1: Invalid API key · Please run /login
        exit 1, lock            lock_conflict   free        exit code 1: Error: database is locked
        exit 1, network         network         free        exit code 1: TypeError: fetch failed
        exit 1, overcome limit  network         free        exit code 1: connect ECONNREFUSED 127.0.0.1:1
        exit 0, fallback        model_fallback  free        went on with another model, and brought nothing
        exit 0, narrated        no_result       counted     exit code 0, and nothing on the blackboard
        exit 1                  crashed         counted     exit code 1: thread main panicked
        exit 1, soon            rate_limited    after_reset exit code 1: You exceeded your current quota. [11-27 14:30:23]
        exit 1, later           rate_limited    after_reset exit code 1: 429 Too Many Requests [11-27 16:30:00]
        exit 1, resets 3pm      quota_exceeded  after_reset exit code 1: You've hit your session limit · resets 3pm (UTC) [11-27 15:00:00]
        exit 1, no money        quota_exceeded  after_reset exit code 1: Credit balance is too low
        claude, limit           quota_exceeded  after_reset exit code 1: You've hit your weekly limit · resets Dec 1, 3pm (UTC) [12-01 15:00:00]
        claude, tells of limits no_result       counted     exit code 0, and nothing on the blackboard
        codex, limit            quota_exceeded  after_reset exit code 1: You've hit your usage limit. Try again in 2 hours. [11-27 16:30:00]
        own, limited            rate_limited    after_reset exit code 1: slow down [11-27 14:31:00]
        own, timeout            timeout         counted     exit code 0: the gateway gave up
        own, completed          no_result       counted     exit code 0, and nothing on the blackboard
        openclaw, timeout       timeout         counted     exit code 0: timeout
        openclaw, embedded      model_fallback  free        went on with another model, and brought nothing
        ");
    }

    #[test]
    fn every_outcome_has_advice_and_a_class() {
        let table: String = Outcome::ALL
            .iter()
            .map(|outcome| format!("{outcome:<16}{:<12}{}\n", outcome.retry_class(), outcome.advice()))
            .collect();
        insta::assert_snapshot!(table, @r"
        completed       never       nothing to do
        timeout         counted     raise daemon.task_timeout or split the task
        rate_limited    after_reset wait: the provider is parked until its limit resets
        quota_exceeded  after_reset wait for the reset, buy more, or give the task to an agent of another provider
        auth_failed     person      log the agent's program in again, then retry the task
        network         free        check the network and the provider's status page
        lock_conflict   free        another program holds the agent's session; it is tried again
        interrupted     free        its task waits, has moved on, or somebody ended it; what waits goes on by itself when the answer is there
        crashed         counted     read the end of the attempt's log
        spawn_failed    counted     check the runner's argv in config/agents.yaml (`moziplus doctor`)
        model_fallback  free        check the provider's quota for the model asked for
        no_result       counted     the agent ended without `blackboard complete`: make its prompt say so
        declined        never       give the task to an agent with the right capability
        cancelled       never       nothing to do
        claim_expired   never       the agent claimed and never started: is it alive?
        lost            free        the machine or the supervisor stopped; the task was put back
        over_budget     person      send it on (the same budget once more, or `resolve --budget-tokens N`), raise `budget`, or split it
        ");
    }

    #[test]
    fn what_an_agent_prints_is_kept_short() {
        let long = format!("\u{1b}[31m{}", "龙".repeat(1000));
        let Verdict { detail, .. } = of(&End { exit: Exit::Code(1), log_tail: &long, ..PLAIN }, now(), &Utc);
        assert!(detail.chars().count() < 270 && !detail.contains('\u{1b}'), "{detail}");
    }
}
