//! The API key: needed wherever others than this machine can call.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    net::SocketAddr,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use crate::config::{Root, Server, Sources};

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The variable is not set, or empty.
    #[error("server.api_key_env names {0}, which is not set or empty")]
    NoVariable(String),
    /// The file is empty.
    #[error("{0} holds no API key")]
    Empty(PathBuf),
    /// The file cannot be used.
    #[error("the API key in {path} cannot be used: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl KeyError {
    /// What to do next, in a sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoVariable(_) => "set the variable, or remove server.api_key_env from config/default.yaml",
            Self::Empty(_) => "write a key into it; run/api_key may also be deleted, and a fresh one is made",
            Self::Io { .. } => {
                "make the file readable, or name another as server.api_key_file in config/default.yaml; without that \
                 key run/api_key is used where a key is needed"
            }
        }
    }
}

/// A key that requests need.
#[derive(Debug, PartialEq, Eq)]
pub struct Key {
    /// Its text.
    pub secret: String,
    /// Where it is kept, for people.
    pub place: String,
    /// True when it was made just now, so that nobody can know it yet.
    pub is_fresh: bool,
}

/// The key that requests need; none on loopback, unless the configuration names one.
///
/// Where one is needed and none is named, it is made on the first start (`run/api_key`, readable by its owner only).
pub fn of(root: &Root, server: &Server, sources: &Sources, bind: SocketAddr) -> Result<Option<Key>, KeyError> {
    if let Some(name) = &server.api_key_env {
        let key = sources.environment.get(name).filter(|key| !key.trim().is_empty());
        let key = key.map(|key| Key { secret: key.trim().to_owned(), place: format!("${name}"), is_fresh: false });
        return key.map(Some).ok_or_else(|| KeyError::NoVariable(name.clone()));
    }
    let needed = !bind.ip().is_loopback();
    match &server.api_key_file {
        Some(file) => read(&root.join(file)).map(Some),
        None if needed => read_or_make(&root.run().join("api_key")).map(Some),
        None => Ok(None),
    }
}

/// The file that holds the key; none where a variable does.
pub fn file_of(root: &Root, server: &Server) -> Option<PathBuf> {
    match (&server.api_key_env, &server.api_key_file) {
        (Some(_), _) => None,
        (None, Some(file)) => Some(root.join(file)),
        (None, None) => Some(root.run().join("api_key")),
    }
}

/// Puts another key in the place of the one in this file. A daemon that runs takes it at once, and the old one opens nothing
/// any more.
pub fn rotate(path: &Path) -> Result<Key, KeyError> {
    let io = |source| KeyError::Io { path: path.into(), source };
    read(path)?;
    let secret = crate::app::access::new_token();
    let fresh = path.with_extension("fresh");
    let write = || {
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&fresh)?;
        file.write_all(secret.as_bytes())?;
        file.sync_all()?;
        fs::rename(&fresh, path)?;
        path.parent().map_or(Ok(()), |folder| fs::File::open(folder)?.sync_all())
    };
    write().map_err(io)?;
    Ok(Key { secret, place: path.display().to_string(), is_fresh: true })
}

fn read(path: &Path) -> Result<Key, KeyError> {
    let text = fs::read_to_string(path).map_err(|source| KeyError::Io { path: path.into(), source })?;
    let key = text.trim();
    if key.is_empty() {
        return Err(KeyError::Empty(path.into()));
    }
    Ok(Key { secret: key.to_owned(), place: path.display().to_string(), is_fresh: false })
}

fn read_or_make(path: &Path) -> Result<Key, KeyError> {
    if path.exists() {
        return read(path);
    }
    let secret = crate::app::access::new_token();
    let make = || {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(secret.as_bytes())?;
        file.sync_all()
    };
    make().map_err(|source| KeyError::Io { path: path.into(), source })?;
    Ok(Key { secret, place: path.display().to_string(), is_fresh: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_only_then_fresh() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("api_key");
        let made = read_or_make(&path).unwrap();
        let read = read_or_make(&path).unwrap();
        assert!(made.is_fresh && !read.is_fresh && made.secret == read.secret);
        assert_eq!(read.place, path.display().to_string());
        let rotated = rotate(&path).unwrap();
        assert!(rotated.secret != read.secret && super::read(&path).unwrap().secret == rotated.secret);
        assert!(rotate(&folder.path().join("none")).is_err());
    }
}
