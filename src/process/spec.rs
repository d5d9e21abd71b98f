//! A process to start, and why it was not started: what daemon and supervisor both talk about.

use std::{
    fmt, io,
    path::{Path, PathBuf},
};

use nix::libc;
use serde::{Deserialize, Serialize};

use crate::model::{agent::Limits, ids::AttemptId};

/// The environment variable by which the descendants of an attempt are recognised.
pub const NONCE_VARIABLE: &str = "MOZIPLUS_NONCE";

/// A process to start. Its `Debug` form shows neither environment nor input, for both may hold secrets.
#[derive(Clone, Serialize, Deserialize)]
pub struct SpawnSpec {
    /// Whose process it is; an attempt has one process at most.
    pub attempt: AttemptId,
    /// Folder of the attempt's logs and records; made when it is missing. Nobody else writes there.
    pub dir: PathBuf,
    /// Program and arguments; a program without `/` is looked up in the PATH of `env`.
    pub argv: Vec<String>,
    /// Working directory; must exist.
    pub cwd: PathBuf,
    /// The whole environment, but for `MOZIPLUS_NONCE`, which is added.
    pub env: Vec<(String, String)>,
    /// What the process reads from standard input; nothing when none.
    #[serde(default, with = "bytes_as_text")]
    pub stdin: Option<Vec<u8>>,
    /// Random text that no other attempt has.
    pub nonce: String,
    /// Cap of each of the two log files in bytes.
    pub log_limit_bytes: u64,
    /// What each of its processes may use.
    #[serde(default)]
    pub limits: Limits,
}

impl fmt::Debug for SpawnSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SpawnSpec")
            .field("attempt", &self.attempt)
            .field("program", &self.argv.first())
            .field("cwd", &self.cwd)
            .finish_non_exhaustive()
    }
}

/// A process that was started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spawned {
    /// Process id, also of its process group.
    pub pid: i32,
    /// Tells it from a later process with the same pid.
    pub identity: String,
}

/// Why a process was not started.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SpawnError {
    /// There is no such program.
    #[error("program `{program}` not found")]
    ProgramNotFound {
        /// As it was given.
        program: String,
    },
    /// The program is there and cannot be run.
    #[error("`{program}` is not executable: {reason}")]
    NotExecutable {
        /// As it was given.
        program: String,
        /// In words.
        reason: String,
    },
    /// The working directory does not exist or is no directory.
    #[error("working directory `{}` is missing", cwd.display())]
    CwdMissing {
        /// The directory.
        cwd: PathBuf,
    },
    /// Command or environment cannot be passed to a process.
    #[error("the command cannot be run: {reason}")]
    Invalid {
        /// In words.
        reason: String,
    },
    /// The supervisor or the machine has no file descriptor left.
    #[error("out of file descriptors")]
    TooManyFiles,
    /// The user or the machine may start no further process, or memory is short.
    #[error("out of processes or memory: {reason}")]
    TooManyProcesses {
        /// In words.
        reason: String,
    },
    /// The log folder or the folder for pipes cannot be written.
    #[error("failed to write `{}`: {reason}", path.display())]
    Files {
        /// Folder or file.
        path: PathBuf,
        /// In words.
        reason: String,
    },
    /// The attempt already has another process.
    #[error("the attempt already has another process")]
    AlreadyStarted,
    /// This supervisor takes no new attempts; the handle deals with it.
    #[error("the supervisor is retiring")]
    Retiring,
    /// The supervisor process cannot be reached or started.
    #[error("the supervisor is gone: {reason}")]
    SupervisorGone {
        /// In words.
        reason: String,
    },
    /// Anything else that the system said.
    #[error("failed to start the process: {reason}")]
    Other {
        /// In words.
        reason: String,
    },
}

impl SpawnError {
    /// What the system said while a process was started.
    pub(super) fn from_io(error: &io::Error) -> Self {
        let reason = error.to_string();
        match error.raw_os_error() {
            Some(libc::EMFILE | libc::ENFILE) => Self::TooManyFiles,
            Some(libc::EAGAIN | libc::ENOMEM) => Self::TooManyProcesses { reason },
            Some(libc::E2BIG) => Self::Invalid { reason },
            _ if error.kind() == io::ErrorKind::InvalidInput => Self::Invalid { reason },
            _ => Self::Other { reason },
        }
    }

    /// What the system said about a file of ours.
    pub(super) fn files(path: &Path, error: &io::Error) -> Self {
        match Self::from_io(error) {
            Self::TooManyFiles => Self::TooManyFiles,
            _ => Self::Files { path: path.to_owned(), reason: error.to_string() },
        }
    }
}

/// Bytes as text where they are text (prompts nearly always are), else as hex digits.
mod bytes_as_text {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Form<T> {
        Text(T),
        Hex(String),
    }

    #[expect(clippy::ref_option, reason = "the signature is serde's")]
    pub(super) fn serialize<S: Serializer>(bytes: &Option<Vec<u8>>, out: S) -> Result<S::Ok, S::Error> {
        let form = bytes.as_deref().map(|bytes| match str::from_utf8(bytes) {
            Ok(text) => Form::Text(text),
            Err(_) => Form::Hex(hex::encode(bytes)),
        });
        form.serialize(out)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<u8>>, D::Error> {
        match Option::<Form<String>>::deserialize(from)? {
            None => Ok(None),
            Some(Form::Text(text)) => Ok(Some(text.into_bytes())),
            Some(Form::Hex(digits)) => hex::decode(digits).map(Some).map_err(de::Error::custom),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_do_not_show() {
        let spec = SpawnSpec {
            attempt: "sales.t-1.1".parse().unwrap(),
            dir: "/d".into(),
            argv: vec!["sh".into(), "--key=s3cret".into()],
            cwd: "/".into(),
            env: vec![("TOKEN".into(), "s3cret".into())],
            stdin: Some(b"s3cret".to_vec()),
            nonce: "n".into(),
            log_limit_bytes: 1,
            limits: Limits::default(),
        };
        assert!(!format!("{spec:?}").contains("s3cret"));
    }
}
