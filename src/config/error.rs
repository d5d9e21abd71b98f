//! What is wrong with a configuration, told so that the reader can mend it.

use std::{fmt, path::PathBuf};

/// One complaint about one place.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// The file, relative to the root where it lies in it; none for a value from the environment or a flag.
    pub file: Option<PathBuf>,
    /// Line, counted from 1; 0 when it is not known.
    pub line: u64,
    /// Column in characters, counted from 1; 0 when it is not known.
    pub column: u64,
    /// The key with its sections, such as `daemon.tick_interval`; a variable's or flag's name where that is the source.
    pub key: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Problem {
    /// A complaint without a place; the place is added by whoever knows it.
    pub fn new(message: impl Into<String>) -> Self {
        Self { file: None, line: 0, column: 0, key: None, message: message.into(), hint: None }
    }

    /// The same, about this file as a whole.
    pub fn in_file(file: impl Into<PathBuf>, message: impl Into<String>) -> Self {
        Self { file: Some(file.into()), ..Self::new(message) }
    }

    /// The same with this hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{}:", file.display())?;
            if self.line > 0 {
                write!(f, "{}:{}:", self.line, self.column)?;
            }
            f.write_str(" ")?;
        }
        if let Some(key) = &self.key {
            write!(f, "{key}: ")?;
        }
        f.write_str(&self.message)?;
        match &self.hint {
            Some(hint) => write!(f, "; {hint}"),
            None => Ok(()),
        }
    }
}

/// Everything that was found wrong in one go, in the order of the files; never empty.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ConfigError {
    /// The complaints.
    pub problems: Vec<Problem>,
}

impl ConfigError {
    /// What to do next, in a sentence.
    pub fn way_out(&self) -> String {
        let first = self.problems.first();
        if let Some(hint) = first.and_then(|problem| problem.hint.clone()) {
            return hint;
        }
        match first.and_then(|problem| problem.file.as_ref()) {
            Some(file) => format!("mend {} at the place that is named", file.display()),
            None => "set the variable or flag to a value that fits, or leave it out".to_owned(),
        }
    }
}

impl From<Problem> for ConfigError {
    fn from(problem: Problem) -> Self {
        Self { problems: vec![problem] }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigError {}
