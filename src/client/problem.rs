//! The API's error object, and everything else that can go wrong on the way.

use serde::{Deserialize, Serialize};

use super::request::Response;

/// The body of every answer of 400 and more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// A stable code, such as `invalid_transition`.
    pub error: String,
    /// What happened, for people.
    pub detail: String,
    /// What would have been right, where that can be listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_values: Option<Vec<String>>,
    /// What a task must have to be complete and has not, each in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<Vec<String>>,
    /// What to do next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The field of the request that was wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

impl Problem {
    /// A problem with a code and its description only.
    pub fn new(error: &str, detail: impl Into<String>) -> Self {
        let (error, detail) = (error.into(), detail.into());
        Self { error, detail, valid_values: None, missing: None, hint: None, field: None }
    }

    /// With what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// With what would have been right.
    #[must_use]
    pub fn valid_values(mut self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.valid_values = Some(values.into_iter().map(Into::into).collect());
        self
    }

    /// The error object of an answer; made up from the status when the body holds none.
    pub fn of(response: &Response) -> Self {
        response.json().unwrap_or_else(|_| {
            let text = String::from_utf8_lossy(&response.body);
            let text: String = text.trim().chars().take(500).collect();
            let detail = if text.is_empty() { format!("the answer was HTTP {}", response.status) } else { text };
            Self::new(code_of(response.status), detail)
        })
    }
}

/// The general code of a status, for answers that do not bring one.
const fn code_of(status: u16) -> &'static str {
    match status {
        401 => "unauthorized",
        403 => "forbidden",
        404 => "not_found",
        405 => "method_not_allowed",
        409 => "conflict",
        413 => "too_large",
        400..=499 => "validation",
        503 => "starting",
        507 => "disk_full",
        _ => "internal",
    }
}

/// Why there is no good answer.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// Nobody listens there. The request was not sent, so that it can be sent again.
    #[error("no daemon answers at {place}")]
    Unreachable {
        /// The socket or address.
        place: String,
        /// What the system said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The connection broke while waiting for the answer. The request may have taken effect.
    #[error("the daemon at {place} went away before it answered")]
    Lost {
        /// The socket or address.
        place: String,
        /// What the system said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The HTTP client cannot be set up.
    #[error("the HTTP client cannot be set up")]
    Setup(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The API said no.
    #[error("{}", .problem.detail)]
    Refused {
        /// HTTP status.
        status: u16,
        /// Its error object.
        problem: Box<Problem>,
    },
    /// The answer is not what the API promises.
    #[error("the answer to {request} cannot be read: {source}")]
    Unreadable {
        /// Method and path.
        request: String,
        /// Where it is wrong.
        source: serde_json::Error,
    },
}

impl From<ClientError> for Problem {
    fn from(error: ClientError) -> Self {
        match error {
            ClientError::Refused { problem, .. } => *problem,
            ClientError::Unreachable { .. } => Self::new("unreachable", error.to_string()).hint("start the daemon"),
            ClientError::Lost { .. } => Self::new("unreachable", error.to_string())
                .hint("the change may have been made: look before you repeat it"),
            ClientError::Setup(_) | ClientError::Unreadable { .. } => Self::new("failed", error.to_string()),
        }
    }
}

impl ClientError {
    /// True when the request had no effect and can be sent again a little later.
    pub fn is_worth_waiting(&self) -> bool {
        match self {
            Self::Unreachable { .. } => true,
            Self::Refused { status: 503, problem } => matches!(problem.error.as_str(), "starting" | "busy"),
            _ => false,
        }
    }
}
