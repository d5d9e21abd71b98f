//! How a command fails: the error object that is shown, and the exit code that scripts and agents rely on.

use std::io::Write;

use super::render::safe;
use crate::{
    client::problem::{ClientError, Problem},
    config::ConfigError,
    daemon::keys::KeyError,
    http::BindError,
};

/// What the process exits with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// Failed for a reason that has no code of its own.
    Failed = 1,
    /// The command or one of its values is wrong.
    Usage = 2,
    /// What it names does not exist.
    NotFound = 3,
    /// Refused: illegal transition, stale token, conflict, no right to.
    Refused = 4,
    /// The daemon (or the gateway) is needed and cannot be reached.
    Unreachable = 5,
    /// Ended by SIGTERM, as a shell says it; only of the processes around agents.
    Terminated = 143,
}

/// A command that did not do what it should.
#[derive(Debug)]
pub struct Failure {
    /// What the process exits with.
    pub exit: Exit,
    /// What is shown.
    pub problem: Box<Problem>,
}

impl Failure {
    /// A failure with this code.
    pub fn new(exit: Exit, problem: Problem) -> Self {
        Self { exit, problem: Box::new(problem) }
    }

    /// The command or one of its values is wrong.
    pub fn usage(detail: impl Into<String>) -> Self {
        Self::new(Exit::Usage, Problem::new("usage", detail))
    }

    /// Something that was named does not exist.
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(Exit::NotFound, Problem::new("not_found", detail))
    }

    /// What is asked for does not go together with what is there.
    pub fn refused(detail: impl Into<String>) -> Self {
        Self::new(Exit::Refused, Problem::new("conflict", detail))
    }

    /// The daemon is needed and cannot be reached.
    pub fn unreachable(detail: impl Into<String>) -> Self {
        Self::new(Exit::Unreachable, Problem::new("unreachable", detail))
            .hint("start the daemon with `moziplus serve`, or name the right folder with --root")
    }

    /// With what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.problem.hint = Some(hint.into());
        self
    }

    /// With what would have been right.
    #[must_use]
    pub fn valid_values(mut self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.problem.valid_values = Some(values.into_iter().map(Into::into).collect());
        self
    }

    /// Writes it to standard error: the error object with `json`, else lines for people.
    pub fn report(&self, json: bool) {
        let text = if json { self.as_json() } else { self.as_text() };
        // With standard error gone there is nobody left to tell.
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }

    fn as_json(&self) -> String {
        serde_json::to_string(&self.problem).unwrap_or_else(|_| self.as_text())
    }

    fn as_text(&self) -> String {
        // What is missing is in the detail already.
        let Problem { error, detail, valid_values, missing: _, hint, field } = self.problem.as_ref();
        let mut text = match error.as_str() {
            "usage" | "failed" => format!("error: {detail}"),
            code => format!("error: {detail} ({code})"),
        };
        if let Some(field) = field {
            text.push_str(&format!("\nfield: {field}"));
        }
        if let Some(values) = valid_values.as_ref().filter(|values| !values.is_empty()) {
            text.push_str(&format!("\nvalid values: {}", values.join(", ")));
        }
        if let Some(hint) = hint {
            text.push_str(&format!("\nhint: {hint}"));
        }
        safe(&text).into_owned()
    }
}

/// The exit code of an answer of the API.
pub fn exit_of(status: u16, code: &str) -> Exit {
    match (status, code) {
        (404, _) => Exit::NotFound,
        (401 | 403 | 409 | 423, _) | (503, "quarantined") => Exit::Refused,
        (503, _) => Exit::Unreachable,
        (400 | 405 | 413 | 415 | 422, _) => Exit::Usage,
        _ => Exit::Failed,
    }
}

impl From<ClientError> for Failure {
    fn from(error: ClientError) -> Self {
        match error {
            ClientError::Refused { status, problem } => Self { exit: exit_of(status, &problem.error), problem },
            ClientError::Unreachable { .. } => Self::unreachable(error.to_string()),
            ClientError::Lost { .. } => Self::new(Exit::Unreachable, Problem::new("unreachable", error.to_string()))
                .hint("the change may have been made: look with `moziplus blackboard read` before you repeat it"),
            ClientError::Setup(_) | ClientError::Unreadable { .. } => anyhow::Error::new(error).into(),
        }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        let failure = Self::new(Exit::Failed, Problem::new("failed", format!("{error:#}")));
        // What goes wrong at the start has its own advice.
        if let Some(config) = error.downcast_ref::<ConfigError>() {
            let mut failure = failure.hint(config.way_out());
            failure.problem.field = config.problems.first().and_then(|problem| problem.key.clone());
            return failure;
        }
        let bind = error.downcast_ref::<BindError>().map(BindError::hint);
        match bind.or_else(|| error.downcast_ref::<KeyError>().map(KeyError::hint)) {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::new(Exit::Failed, Problem::new("failed", error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_contract_has_its_exit_code() {
        let table = [
            (401, "unauthorized", Exit::Refused),
            (403, "self_review", Exit::Refused),
            (404, "not_found", Exit::NotFound),
            (409, "stale_token", Exit::Refused),
            (413, "too_large", Exit::Usage),
            (422, "validation", Exit::Usage),
            (503, "quarantined", Exit::Refused),
            (503, "starting", Exit::Unreachable),
            (503, "busy", Exit::Unreachable),
            (507, "disk_full", Exit::Failed),
            (500, "internal", Exit::Failed),
        ];
        for (status, code, exit) in table {
            assert_eq!(exit_of(status, code), exit, "{status} {code}");
        }
    }

    #[test]
    fn people_see_what_would_have_been_right() {
        let problem = Problem::new("validation", "`urgent` is not a status")
            .valid_values(["pending", "done"])
            .hint("use one of the valid values");
        let failure = Failure::new(Exit::Usage, problem);
        assert_eq!(
            failure.as_text(),
            "error: `urgent` is not a status (validation)\nvalid values: pending, done\nhint: use one of the valid values"
        );
        assert_eq!(
            failure.as_json(),
            r#"{"error":"validation","detail":"`urgent` is not a status","valid_values":["pending","done"],"hint":"use one of the valid values"}"#
        );
    }
}
