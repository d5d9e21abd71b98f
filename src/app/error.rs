//! What can be wrong with a request: a stable code, the facts, what is allowed, and what to do next.

use std::borrow::Cow;

use crate::{
    config::registry::RegistryError,
    model::{
        ids::InvalidId,
        status::{Refusal, Why},
        words::UnknownWord,
    },
    store::{
        OpenError, StoreError,
        error::{WAY_BACK, is_disk_full},
    },
};

/// Why an operation was refused or failed. `Display` is the detail that the caller sees.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// No such project, task, attempt…
    #[error("there is no {0}")]
    NotFound(String),
    /// A field is missing or wrong.
    #[error("{detail}")]
    Validation {
        /// The field.
        field: Cow<'static, str>,
        /// What is wrong with it.
        detail: String,
        /// What would be right, when that is a short list.
        valid_values: Vec<String>,
        /// What to do.
        hint: String,
    },
    /// A review that says nothing usable: an error of its reviewer, and counted as one.
    #[error("{detail}")]
    Unreadable {
        /// The field.
        field: Cow<'static, str>,
        /// What is wrong with it.
        detail: String,
        /// What it leaves out, or what it may be about.
        valid_values: Vec<String>,
        /// What to do.
        hint: String,
    },
    /// The dependencies would go in a circle.
    #[error("dependencies would go in a circle: {0}")]
    DependencyCycle(String),
    /// The table of transitions does not allow it.
    #[error("{0}")]
    InvalidTransition(Refusal),
    /// Somebody has the task already.
    #[error("{holder} has this task already (it is {status})")]
    AlreadyClaimed {
        /// Who.
        holder: String,
        /// The task's status.
        status: String,
    },
    /// It is done in parts, and these are open.
    #[error("task {task} is done in parts, and these are open: {}", parts.join(", "))]
    PartsOpen {
        /// The parent.
        task: String,
        /// Its open parts.
        parts: Vec<String>,
    },
    /// A webhook that was not signed with the secret of its source.
    #[error("the message is not signed with the secret of `{0}`")]
    BadSignature(String),
    /// The token is not that of a live attempt at this task.
    #[error("{detail}")]
    StaleToken {
        /// Why not.
        detail: String,
        /// Which one would be right.
        hint: String,
    },
    /// The same of a write that is not lost.
    #[error("{detail}")]
    LateWrite {
        /// Why it was refused.
        detail: String,
        /// What became of it.
        hint: String,
    },
    /// The caller has no say in this task.
    #[error("{0}")]
    NotAssignee(String),
    /// It is for others to do, whatever the caller has claimed.
    #[error("{detail}")]
    NoSay {
        /// Who may not do what.
        detail: String,
        /// Who may.
        hint: String,
    },
    /// The reviewer is an author.
    #[error("{0} has worked on this task and may not review it")]
    SelfReview(String),
    /// Something that the task must have is missing.
    #[error("the task is not complete: {}", missing.join("; "))]
    GateFailed {
        /// What is missing, each in words.
        missing: Vec<String>,
    },
    /// A file outside of the project's folder.
    #[error("{0} is not inside the project's folder")]
    PathOutside(String),
    /// The project is archived, so nothing in it can change.
    #[error("project {0} is archived")]
    ProjectArchived(String),
    /// The project cannot be archived or restored while work is going on.
    #[error("{0}")]
    ProjectBusy(String),
    /// The project's database or configuration cannot be used.
    #[error("project {project} is quarantined: {reason}")]
    Quarantined {
        /// The project.
        project: String,
        /// Why.
        reason: String,
        /// The way out.
        hint: String,
    },
    /// It exists already, or somebody was faster.
    #[error("{0}")]
    Conflict(String),
    /// What is there already stands against it; to repeat it as it was does not help.
    #[error("{detail}")]
    InTheWay {
        /// What stands against it.
        detail: String,
        /// The way round.
        hint: String,
    },
    /// A text or file is larger than allowed.
    #[error("{0}")]
    TooLarge(String),
    /// The daemon is not ready yet, or is stopping.
    #[error("the daemon is starting or stopping")]
    Starting,
    /// Another program holds the lock of a database; nothing was changed.
    #[error("the database is locked by another program: nothing was changed")]
    Busy,
    /// The disk is full; nothing was changed.
    #[error("the disk is full: nothing was changed")]
    DiskFull,
    /// Our own fault, or the machine's.
    #[error("{0}")]
    Internal(String),
}

impl AppError {
    /// A field that is missing or wrong.
    pub fn invalid(field: &'static str, detail: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Validation { field: field.into(), detail: detail.into(), valid_values: Vec::new(), hint: hint.into() }
    }

    /// The same wrong field, as an error of the reviewer who wrote it.
    #[must_use]
    pub fn as_unreadable(self) -> Self {
        match self {
            Self::Validation { field, detail, valid_values, hint } => {
                Self::Unreadable { field, detail, valid_values, hint }
            }
            other => other,
        }
    }

    /// A token that is not current.
    pub fn stale(detail: impl Into<String>) -> Self {
        let hint = "use the token that came with the attempt (MOZIPLUS_TOKEN), where it is over, stop: another attempt has \
                    taken over or the task has moved on";
        Self::StaleToken { detail: detail.into(), hint: hint.to_owned() }
    }

    /// Something that stands against what is there already, and the way round.
    pub fn in_the_way(detail: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::InTheWay { detail: detail.into(), hint: hint.into() }
    }

    /// A file operation that failed; `what` says what could not be done, the disk's fullness has a code of its own.
    pub fn io(what: impl std::fmt::Display, error: &std::io::Error) -> Self {
        if is_disk_full(error) { Self::DiskFull } else { Self::Internal(format!("{what}: {error}")) }
    }

    /// Something that only people do; `what` completes the sentence "only a person …".
    pub fn only_people(what: &str) -> Self {
        let hint = "ask a person, for example with `moziplus blackboard block --on human --reason …`".to_owned();
        Self::NoSay { detail: format!("only a person {what}"), hint }
    }

    /// What a token does not open: to pass one would not help.
    pub fn not_with_this_token(detail: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::NoSay { detail: detail.into(), hint: hint.into() }
    }

    /// A word that is not one of those allowed.
    pub fn unknown_word(field: &'static str, error: &UnknownWord) -> Self {
        let valid_values = error.allowed.iter().map(ToString::to_string).collect();
        let hint = "use one of valid_values".to_owned();
        Self::Validation { field: field.into(), detail: error.to_string(), valid_values, hint }
    }

    /// The same about one item of a list: its field becomes `list[index].field`.
    #[must_use]
    pub fn of_item(self, list: &str, index: usize) -> Self {
        let place = format!("{list}[{index}]");
        match self {
            Self::Validation { field, detail, valid_values, hint } => {
                let (field, detail) = (format!("{place}.{field}").into(), format!("{place}: {detail}"));
                Self::Validation { field, detail, valid_values, hint }
            }
            Self::TooLarge(detail) => Self::TooLarge(format!("{place}: {detail}")),
            other => other,
        }
    }

    /// An id that is not well formed.
    pub fn invalid_id(field: &'static str, error: &InvalidId) -> Self {
        Self::invalid(field, error.to_string(), error.rule)
    }

    /// The stable code of the contract.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound(_) => "not_found",
            Self::Validation { .. } | Self::Unreadable { .. } => "validation",
            Self::DependencyCycle(_) => "dependency_cycle",
            Self::InvalidTransition(_) | Self::PartsOpen { .. } => "invalid_transition",
            Self::AlreadyClaimed { .. } => "already_claimed",
            Self::StaleToken { .. } | Self::LateWrite { .. } => "stale_token",
            Self::BadSignature(_) => "unauthorized",
            Self::NotAssignee(_) | Self::NoSay { .. } => "not_assignee",
            Self::SelfReview(_) => "self_review",
            Self::GateFailed { .. } => "gate_failed",
            Self::PathOutside(_) => "path_outside",
            Self::ProjectArchived(_) => "project_archived",
            Self::ProjectBusy(_) => "project_busy",
            Self::Quarantined { .. } => "quarantined",
            Self::Conflict(_) | Self::InTheWay { .. } => "conflict",
            Self::TooLarge(_) => "too_large",
            Self::Starting => "starting",
            Self::Busy => "busy",
            Self::DiskFull => "disk_full",
            Self::Internal(_) => "internal",
        }
    }

    /// What would have been right, as a list, when there is one.
    pub fn valid_values(&self) -> Vec<String> {
        match self {
            Self::Validation { valid_values, .. } | Self::Unreadable { valid_values, .. } => valid_values.clone(),
            Self::InvalidTransition(refusal) => refusal.valid_values().into_iter().map(Into::into).collect(),
            _ => Vec::new(),
        }
    }

    /// What the task must have and has not, each in words.
    pub fn missing(&self) -> &[String] {
        match self {
            Self::GateFailed { missing } => missing,
            _ => &[],
        }
    }

    /// What to do next, in a sentence.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::NotFound(what) => where_listed(what),
            Self::Validation { hint, .. }
            | Self::Unreadable { hint, .. }
            | Self::Quarantined { hint, .. }
            | Self::StaleToken { hint, .. }
            | Self::LateWrite { hint, .. }
            | Self::NoSay { hint, .. }
            | Self::InTheWay { hint, .. } => return Some(hint.clone()),
            Self::DependencyCycle(_) => {
                "leave out one of these dependencies; a parent waits for its parts, so no part can wait for it"
            }
            Self::InvalidTransition(refusal) => return Some(refusal.hint()),
            Self::AlreadyClaimed { .. } => "take another task: `moziplus blackboard read --status pending`",
            Self::PartsOpen { .. } => {
                "its parts are worked on, not it: claim one of them; when all are final, the coordinator looks at the \
                 whole"
            }
            Self::BadSignature(_) => {
                "give the forge the secret that `webhooks` of config/default.yaml refers to, and let it send JSON"
            }
            Self::NotAssignee(_) => "claim the task first, or pass the token of your attempt (MOZIPLUS_TOKEN)",
            Self::SelfReview(_) => "somebody else has to review it",
            Self::GateFailed { .. } => {
                "add what is missing, then complete again; open parts are waited for with `moziplus blackboard block \
                 --on` and their id"
            }
            Self::PathOutside(_) => "put the file below the project's folder, or upload its text",
            Self::ProjectArchived(_) => "restore it first: moziplus project restore --id ID",
            Self::ProjectBusy(_) => "wait until no task is claimed, working or in review, or cancel those tasks",
            Self::Conflict(_) => "read it again, then repeat",
            Self::TooLarge(_) => "put the text into a file below the project's folder and register its path",
            Self::Starting => "try again in a moment",
            Self::Busy => "try again in a moment; `fuser` with the path of blackboard.db shows who holds it",
            Self::DiskFull => "free some space; everything goes on by itself then",
            Self::Internal(_) => return None,
        };
        Some(hint.to_owned())
    }

    /// The field that is wrong, when it is one.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Validation { field, .. } | Self::Unreadable { field, .. } => Some(field),
            Self::DependencyCycle(_) => Some("depends_on"),
            _ => None,
        }
    }

    /// True for a wrong start or target of a transition (as opposed to a wrong role).
    pub fn is_wrong_status(&self) -> bool {
        matches!(self, Self::InvalidTransition(refusal) if refusal.why != Why::Role)
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound(what) => Self::NotFound(what),
            // A role that may not do it is a matter of standing, not of the task's status.
            StoreError::Refused(refusal) if refusal.why == Why::Role => {
                Self::NoSay { detail: refusal.to_string(), hint: refusal.hint() }
            }
            StoreError::Refused(refusal) => Self::InvalidTransition(refusal),
            StoreError::Conflict(what) => Self::Conflict(format!("{what} has changed meanwhile")),
            StoreError::SelfReview => Self::SelfReview("the reviewer".into()),
            StoreError::Cycle(circle) => Self::DependencyCycle(circle),
            full if full.is_disk_full() => Self::DiskFull,
            StoreError::Closed => Self::Starting,
            StoreError::Busy => Self::Busy,
            StoreError::Damaged(reason) => {
                Self::Quarantined { project: "of this request".into(), reason, hint: WAY_BACK.into() }
            }
            other => {
                let source = std::error::Error::source(&other).map_or(String::new(), |source| format!(": {source}"));
                Self::Internal(format!("{other}{source}"))
            }
        }
    }
}

/// Where the names of such things are listed; `what` begins with the kind.
fn where_listed(what: &str) -> &'static str {
    match what.split(' ').next().unwrap_or_default() {
        "project" => "check the id; `moziplus project list` shows the projects",
        "job" => "check the name; `moziplus job list` shows the jobs",
        "backup" => "check the id or path; `moziplus backup list` shows the copies",
        "script" | "override" => "check the name; `moziplus script list` shows the scripts",
        "skill" => "check the name; `moziplus skill list` shows the skills",
        "lesson" => "check the number; `moziplus experience list` shows the lessons",
        "version" => "`moziplus skill show NAME --json` lists the versions",
        "source" => "describe it below `webhooks` in config/default.yaml; see docs/webhooks.md",
        "key" => "check the id; `moziplus key list` shows the keys",
        "delivery" => "check the id; `moziplus notify log` shows the deliveries",
        "agent" => "check the id; `moziplus agent list` shows the agents",
        "mail" => "check the number; `moziplus mail list` shows the mails",
        "checkpoint" => "check the number; `moziplus checkpoint list` shows the questions",
        "dead" => "check the number; `moziplus dead-letter list` shows the late writes",
        "attempt" => "check the id; `moziplus agent sessions` shows the attempts",
        "file" | "output" => "check the path; `moziplus blackboard read --task ID` shows the outputs",
        _ => "check the id; `moziplus blackboard read` shows the tasks and what belongs to them",
    }
}

impl From<OpenError> for AppError {
    fn from(error: OpenError) -> Self {
        if error.is_disk_full() { Self::DiskFull } else { Self::Internal(error.to_string()) }
    }
}

impl From<RegistryError> for AppError {
    fn from(error: RegistryError) -> Self {
        let detail = error.to_string();
        match error {
            RegistryError::Broken(broken) => Self::in_the_way(detail, format!("{}, then repeat", broken.way_out())),
            RegistryError::NotEditable(_) => Self::in_the_way(detail, "rewrite the file like that, then repeat"),
            RegistryError::Taken(_) => Self::in_the_way(detail, "choose another id"),
            RegistryError::Unknown(id) => Self::NotFound(format!("project {id}")),
            RegistryError::Access { source, .. } => Self::io(detail, &source),
        }
    }
}
