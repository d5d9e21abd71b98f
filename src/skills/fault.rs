//! What is wrong with a skill, and where.

use std::path::PathBuf;

use serde::Serialize;

/// Something in a file of a skill that keeps it from being used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{path}:{line}: {message}")]
pub struct Fault {
    /// The file, relative to the root where it lies in it.
    pub path: String,
    /// The line, from 1.
    pub line: u64,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl Fault {
    /// A fault at a line.
    pub fn new(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: u64::try_from(line).unwrap_or(u64::MAX), message: message.into() }
    }
}

/// Why a change of a skill was not made.
#[derive(Debug, thiserror::Error)]
pub enum SkillError {
    /// What was given is no skill.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Broken(Vec<Fault>),
    /// A file of a package that is not allowed.
    #[error("{0}")]
    Package(String),
    /// There is no such version.
    #[error("version {version} (there {})", list(.known))]
    NoVersion {
        /// The one that was asked for.
        version: i64,
        /// Those that are kept.
        known: Vec<i64>,
    },
    /// A file cannot be read or written.
    #[error("{} cannot be used", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

fn list(versions: &[i64]) -> String {
    match versions {
        [] => "is none before the present one".into(),
        [one] => format!("is {one}"),
        several => format!("are {}", several.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
    }
}
