//! What can go wrong with a database, told apart by what to do about it.

use std::{io, path::PathBuf};

use crate::model::{ids::ProjectId, status::Refusal};

/// A failed read or write of a running database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such row.
    #[error("there is no {0}")]
    NotFound(String),
    /// The table of transitions does not allow it.
    #[error("{0}")]
    Refused(Refusal),
    /// Somebody was faster: the row has changed since it was read.
    #[error("{0} has changed meanwhile")]
    Conflict(String),
    /// The reviewer is an author of the task.
    #[error("an author of a task may not review it")]
    SelfReview,
    /// The dependencies would go in a circle; the circle, in words.
    #[error("dependencies would go in a circle: {0}")]
    Cycle(String),
    /// The disk is full; nothing was written.
    #[error("the disk is full")]
    DiskFull,
    /// Another program holds the lock of the file; nothing was written.
    #[error("the database is locked by another program")]
    Busy,
    /// The write was undone for a reason that is not in the data: a failed system call, or a fault of ours.
    #[error("the database did not take the write: {0}")]
    Undone(String),
    /// The file is damaged, or was taken away while it was open.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// The database is being closed.
    #[error("the database is closed")]
    Closed,
    /// A row holds what this version does not understand.
    #[error("a stored {what} cannot be read: {detail}")]
    Unreadable {
        /// What it should have been.
        what: &'static str,
        /// What is there instead.
        detail: String,
    },
    /// Anything else SQLite says.
    #[error("SQLite failed")]
    Sqlite(#[source] rusqlite::Error),
    /// A file operation failed.
    #[error("{path} cannot be used")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
}

impl StoreError {
    /// True when the write did not fit on the disk.
    pub fn is_disk_full(&self) -> bool {
        match self {
            Self::DiskFull => true,
            Self::Io { source, .. } => is_disk_full(source),
            _ => false,
        }
    }
}

/// True when a file operation failed for want of room: the disk's, a quota's, or a limit on the size of files.
pub fn is_disk_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge)
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        if let rusqlite::Error::SqliteFailure(failure, message) = &error {
            match failure.code {
                ErrorCode::DiskFull => return Self::DiskFull,
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => return Self::Busy,
                // A file-size limit shows as an I/O error on write instead of a full disk.
                ErrorCode::SystemIoFailure if failure.extended_code == rusqlite::ffi::SQLITE_IOERR_WRITE => {
                    return Self::DiskFull;
                }
                ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => {
                    return Self::Damaged(message.clone().unwrap_or_else(|| failure.to_string()));
                }
                ErrorCode::ConstraintViolation if message.as_deref() == Some("self_review") => return Self::SelfReview,
                _ => {}
            }
        }
        Self::Sqlite(error)
    }
}

impl From<OpenError> for StoreError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Unusable { source, .. } => source,
            other => Self::Damaged(other.to_string()),
        }
    }
}

impl From<Refusal> for StoreError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Why a project's database cannot be opened: the project is quarantined, the others go on.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Not a database, of another program, or cut to nothing.
    #[error("{path} is not a moziplus database: {why}")]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        why: String,
    },
    /// Its pages do not fit together.
    #[error("{path} is damaged: {why}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite found first.
        why: String,
    },
    /// A newer moziplus has written it.
    #[error("{path} was written by a newer version (schema {found}, this one knows {known})")]
    TooNew {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest schema that this version knows.
        known: i64,
    },
    /// It belongs elsewhere.
    #[error("{path} is {is}, not one of project {project}")]
    NotOf {
        /// The file.
        path: PathBuf,
        /// What it is.
        is: String,
        /// What it was to be used for.
        project: ProjectId,
    },
    /// It cannot be read or written.
    #[error("{path} cannot be opened")]
    Unusable {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: StoreError,
    },
}

/// What to do about a project's database that is lost or damaged.
pub const WAY_BACK: &str = "restore it (`moziplus backup list`, `moziplus backup restore PATH --project ID --force`), or \
                            delete blackboard.db and restart to begin with an empty one";

impl OpenError {
    /// True when there is no room on the disk.
    pub fn is_disk_full(&self) -> bool {
        matches!(self, Self::Unusable { source, .. } if source.is_disk_full())
    }

    /// The way out, in a sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Foreign { .. } | Self::Damaged { .. } => WAY_BACK,
            Self::TooNew { .. } => "install the newer moziplus again, or restore a backup of the older version",
            Self::NotOf { .. } => "choose a copy of this project: `moziplus backup list` shows them",
            Self::Unusable { .. } => "check permissions and free space, then restart",
        }
    }
}
