//! The environment variables as one value, read once, so that everything below it is a pure function.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// What the process was started with: variables, working folder, home folder.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    variables: BTreeMap<String, String>,
    /// The working folder, from where a root is searched upwards.
    pub working_folder: PathBuf,
}

impl Environment {
    /// Reads the process' own; variables that are not UTF-8 are left out.
    pub fn of_process() -> Self {
        let variables =
            std::env::vars_os().filter_map(|(key, value)| Some((key.into_string().ok()?, value.into_string().ok()?)));
        Self { variables: variables.collect(), working_folder: std::env::current_dir().unwrap_or_default() }
    }

    /// An environment of these variables, for tests and embedding.
    pub fn of<K: Into<String>, V: Into<String>>(
        working_folder: &Path,
        variables: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        let variables = variables.into_iter().map(|(key, value)| (key.into(), value.into())).collect();
        Self { variables, working_folder: working_folder.to_owned() }
    }

    /// A variable; an empty one counts as not set.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The home folder (`HOME`).
    pub fn home(&self) -> Option<&Path> {
        self.get("HOME").map(Path::new)
    }

    /// The variables that start with `prefix`, with the prefix cut off, in order.
    pub fn with_prefix<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.variables.iter().filter_map(move |(key, value)| Some((key.strip_prefix(prefix)?, value.as_str())))
    }
}
