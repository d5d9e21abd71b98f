//! Where backups go besides the root's own folder.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// A further place for copies: a folder, or a program that takes a file somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupTarget {
    /// Its name.
    pub name: String,
    /// A folder that exists, such as that of a mounted share.
    #[serde(default)]
    pub path: Option<PathBuf>,
    /// True where the folder is a mount: on the root's own disk it counts as not mounted.
    #[serde(default)]
    pub mounted: bool,
    /// A program and its arguments, called for each archive with `{file}` and `{name}` filled in.
    #[serde(default)]
    pub command: Vec<String>,
    /// Seconds that one archive may take.
    #[serde(default = "ten_minutes")]
    pub timeout_seconds: u64,
}

const fn ten_minutes() -> u64 {
    600
}
