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

/// The key that requests need; none on loopback, unless the configuration names one.
///
/// Where one is needed and none is named, it is made on the first start (`run/api_key`, readable by its owner only).
pub fn of(root: &Root, server: &Server, sources: &Sources, bind: SocketAddr) -> Result<Option<String>, KeyError> {
    if let Some(name) = &server.api_key_env {
        let key = sources.environment.get(name).filter(|key| !key.trim().is_empty());
        return key.map(|key| Some(key.trim().to_owned())).ok_or_else(|| KeyError::NoVariable(name.clone()));
    }
    let needed = !bind.ip().is_loopback();
    match &server.api_key_file {
        Some(file) => read(&root.join(file)).map(Some),
        None if needed => read_or_make(&root.run().join("api_key")).map(Some),
        None => Ok(None),
    }
}

fn read(path: &Path) -> Result<String, KeyError> {
    let text = fs::read_to_string(path).map_err(|source| KeyError::Io { path: path.into(), source })?;
    let key = text.trim();
    if key.is_empty() { Err(KeyError::Empty(path.into())) } else { Ok(key.to_owned()) }
}

fn read_or_make(path: &Path) -> Result<String, KeyError> {
    if path.exists() {
        return read(path);
    }
    let key = crate::app::access::new_token();
    let make = || {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(key.as_bytes())
    };
    make().map_err(|source| KeyError::Io { path: path.into(), source })?;
    Ok(key)
}
