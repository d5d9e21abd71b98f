//! Secrets by reference: the configuration names where one is, and never holds it.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{environment::Environment, root::Root};

/// Where a secret is read from: at most one of the three.
#[derive(Debug, Clone, Copy)]
pub struct SecretRef<'a> {
    /// An environment variable of the daemon.
    pub env: Option<&'a str>,
    /// A file; a relative path is below the root.
    pub file: Option<&'a Path>,
    /// A program and its arguments; what it prints is the secret.
    pub command: &'a [String],
}

/// Why a secret cannot be had. The secret itself is in none of these.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The variable is not set, or empty.
    #[error("the environment variable {0} is not set or empty")]
    NoVariable(String),
    /// The file cannot be read.
    #[error("{path} cannot be read: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// There is nothing in it.
    #[error("{0} holds no secret")]
    Empty(String),
    /// The program failed.
    #[error("{program} printed no secret: {why}")]
    Command {
        /// The program.
        program: String,
        /// Why.
        why: String,
    },
}

impl SecretRef<'_> {
    /// True when nothing is named.
    pub fn is_none(&self) -> bool {
        self.count() == 0
    }

    /// How many of the three are named.
    pub(super) fn count(&self) -> usize {
        usize::from(self.env.is_some()) + usize::from(self.file.is_some()) + usize::from(!self.command.is_empty())
    }

    /// Reads it; none when nothing is named. `run` runs a program and answers with what it printed.
    pub async fn read(
        &self,
        root: &Root,
        environment: &Environment,
        run: impl AsyncFnOnce(Vec<String>) -> Result<String, String>,
    ) -> Result<Option<String>, SecretError> {
        if let Some(name) = self.env {
            let value = environment.get(name).ok_or_else(|| SecretError::NoVariable(name.to_owned()))?;
            return some(value, name);
        }
        if let Some(file) = self.file {
            let path = root.join(file);
            let text = fs::read_to_string(&path).map_err(|source| SecretError::File { path: path.clone(), source })?;
            return some(&text, &path.display().to_string());
        }
        let Some(program) = self.command.first().cloned() else { return Ok(None) };
        match run(self.command.to_vec()).await {
            Ok(printed) => some(&printed, &program),
            Err(why) => Err(SecretError::Command { program, why }),
        }
    }
}

/// The secret without the line's end.
fn some(text: &str, place: &str) -> Result<Option<String>, SecretError> {
    match text.trim() {
        "" => Err(SecretError::Empty(place.to_owned())),
        secret => Ok(Some(secret.to_owned())),
    }
}
