//! What a task brought, compared with what was judged before.

use serde::{Deserialize, Serialize};

use super::words::words;

words!(
    /// How a file compares with the one that was judged before.
    ChangeKind, "change" {
        /// It was not there.
        Added = "added",
        /// Its content is another one.
        Changed = "changed",
        /// It is the same.
        Unchanged = "unchanged",
        /// It is not there any more.
        Missing = "missing",
    }
);

/// A file that a task brought, compared with what was judged in the round before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputChange {
    /// Its name.
    pub title: String,
    /// Where it is, below the project's folder.
    pub path: String,
    /// How it compares.
    pub change: ChangeKind,
    /// Its size; none when it is not there.
    pub size_bytes: Option<i64>,
    /// SHA-256 of the file on disk, in hexadecimal; none when it is not there.
    pub sha256: Option<String>,
    /// The size that was judged before.
    pub size_bytes_before: Option<i64>,
    /// The SHA-256 that was judged before.
    pub sha256_before: Option<String>,
    /// The difference of a text, as a unified diff; none where there is none, or where it is no text.
    pub diff: Option<String>,
    /// True when the difference was too long to be shown whole.
    pub diff_is_cut: bool,
}
