//! How an attempt ended, from everything that is known about its end: one table, read from the top.
//!
//! | known | outcome |
//! |---|---|
//! | the process could not be started | `spawn_failed` |
//! | somebody had said beforehand how it will end (complete, cancel, timeout…) | what they said |
//! | what it was started for is on the blackboard | `completed` |
//! | nobody saw the process end | `lost` |
//! | SIGINT, SIGTERM, SIGHUP, or the exit codes 130, 143, 129 | `interrupted` |
//! | exit 0, and nothing had to be written (mention, offer) | `completed` |
//! | the log's end speaks of a limit, a login, a lock, the network | `rate_limited`, `auth_failed`, `lock_conflict`, `network` |
//! | exit 0, and the log's end speaks of another model | `model_fallback` |
//! | exit 0 | `no_result` |
//! | anything else | `crashed` |
//!
//! Exit code 0 is never success by itself, and an answer on the blackboard is never lost by a bad exit code.

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
}

/// Words by which a program tells why it failed; the first list that fits counts.
const SIGNS: [(Outcome, &[&str]); 4] = [
    (
        Outcome::RateLimited,
        &[
            "rate limit",
            "rate_limit",
            "ratelimit",
            "usage limit",
            "session limit",
            "weekly limit",
            "quota exceeded",
            "exceeded your current quota",
            "insufficient_quota",
            "resource_exhausted",
            "resource exhausted",
            "too many requests",
            "http 429",
            "status 429",
            "error: 429",
            "code 429",
            "overloaded_error",
            "credit balance is too low",
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

/// How it ended, and what is known about it in words.
pub fn of(end: &End<'_>) -> (Outcome, String) {
    if let Some(error) = end.spawn_error {
        return (Outcome::SpawnFailed, error.to_owned());
    }
    if let Some((outcome, detail)) = end.ending {
        return (outcome, detail.map_or_else(|| outcome.advice().to_owned(), str::to_owned));
    }
    if end.has_answered {
        return (Outcome::Completed, format!("answered; {}", end.exit));
    }
    if end.exit == Exit::Unknown {
        return (Outcome::Lost, end.exit.to_string());
    }
    if end.exit.is_interruption() {
        return (Outcome::Interrupted, end.exit.to_string());
    }
    let may_be_silent = matches!(end.kind, Trigger::Mention | Trigger::Offer);
    if end.exit == Exit::Code(0) && may_be_silent {
        return (Outcome::Completed, "had nothing to say".to_owned());
    }
    by_log(end)
}

fn by_log(end: &End<'_>) -> (Outcome, String) {
    // The last line that fits is the reason; an earlier one may have been overcome, or is part of a long report.
    let told = end.log_tail.lines().rev().take(LAST_LINES).find_map(|line| {
        let lower = line.to_lowercase();
        let (outcome, _) = SIGNS.iter().find(|(_, words)| words.iter().any(|word| lower.contains(word)))?;
        Some((*outcome, line))
    });
    if let Some((outcome, line)) = told {
        return (outcome, format!("{}: {}", end.exit, short(line)));
    }
    let last = end.log_tail.lines().rev().find(|line| !line.trim().is_empty()).map(short);
    if end.exit != Exit::Code(0) {
        let why = last.map_or_else(String::new, |last| format!(": {last}"));
        return (Outcome::Crashed, format!("{}{why}", end.exit));
    }
    let lower = end.log_tail.to_lowercase();
    if FALLBACK.iter().any(|word| lower.contains(word)) {
        return (Outcome::ModelFallback, "went on with another model, and brought nothing".to_owned());
    }
    (Outcome::NoResult, "exit code 0, and nothing on the blackboard".to_owned())
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
    };

    fn rows() -> [(&'static str, End<'static>); 25] {
        let log = |code, log_tail| End { exit: Exit::Code(code), log_tail, ..PLAIN };
        let exit = |exit| End { exit, ..PLAIN };
        let kind = |kind, exit| End { kind, exit, ..PLAIN };
        let ending = |outcome, exit| End { ending: Some((outcome, Some("why"))), exit, ..PLAIN };
        let answered = |exit| End { has_answered: true, exit, ..PLAIN };
        [
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
        ]
    }

    #[test]
    fn the_table() {
        let table: String = rows()
            .iter()
            .map(|(name, end)| {
                let (outcome, detail) = of(end);
                format!("{name:<24}{outcome:<16}{detail}\n")
            })
            .collect();
        insta::assert_snapshot!(table, @r"
        no such program         spawn_failed    not found
        said complete, exit 0   completed       why
        said complete, killed   completed       why
        timed out, killed       timeout         why
        cancelled, unseen       cancelled       why
        answered, exit 0        completed       answered; exit code 0
        answered, exit 1        completed       answered; exit code 1
        answered, unseen        completed       answered; nobody saw its end
        unseen                  lost            nobody saw its end
        SIGTERM                 interrupted     ended by signal 15
        exit 130                interrupted     exit code 130
        SIGKILL                 crashed         ended by signal 9
        SIGSEGV                 crashed         ended by signal 11
        mention, exit 0         completed       had nothing to say
        offer, exit 0           completed       had nothing to say
        offer, exit 1           crashed         exit code 1
        exit 1, limit           rate_limited    exit code 1: Claude AI usage limit reached|1750000000
        exit 0, limit           rate_limited    exit code 0: 429 Too Many Requests
        exit 1, login           auth_failed     exit code 1: Invalid API key · Please run /login
        exit 1, lock            lock_conflict   exit code 1: Error: database is locked
        exit 1, network         network         exit code 1: TypeError: fetch failed
        exit 1, overcome limit  network         exit code 1: connect ECONNREFUSED 127.0.0.1:1
        exit 0, fallback        model_fallback  went on with another model, and brought nothing
        exit 0, narrated        no_result       exit code 0, and nothing on the blackboard
        exit 1                  crashed         exit code 1: thread main panicked
        ");
    }

    #[test]
    fn what_an_agent_prints_is_kept_short() {
        let long = format!("\u{1b}[31m{}", "龙".repeat(1000));
        let (_, detail) = of(&End { exit: Exit::Code(1), log_tail: &long, ..PLAIN });
        assert!(detail.chars().count() < 270 && !detail.contains('\u{1b}'), "{detail}");
    }
}
