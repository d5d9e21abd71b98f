//! One daemon per root: a lock of the operating system on a file, which ends with the process that holds it.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::PathBuf,
    time::Duration,
};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::config::Root;

/// Pause between two tries to get the lock.
const PAUSE: Duration = Duration::from_millis(50);

/// The role of a daemon among holders.
pub const DAEMON: &str = "daemon";

/// Who holds a root, written beside the lock for people and tools.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Holder {
    /// Process id.
    pub pid: u32,
    /// `daemon`, or the command that works on the root by itself.
    pub role: String,
    /// Version of moziplus.
    pub version: String,
    /// Since when.
    pub since: DateTime<Utc>,
    /// The Unix socket, once it listens.
    pub socket: Option<PathBuf>,
    /// The address of HTTP, once it listens.
    pub address: Option<String>,
}

impl Holder {
    /// This process.
    pub fn this(role: &str, now: DateTime<Utc>) -> Self {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        Self { pid: std::process::id(), role: role.into(), version, since: now, socket: None, address: None }
    }
}

/// Why the lock could not be had.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Somebody else works on this root.
    #[error("{} is in use{}", root.display(), holder.as_deref().map_or(String::new(), describe))]
    Held {
        /// The root.
        root: PathBuf,
        /// Who, as far as that is known.
        holder: Option<Box<Holder>>,
    },
    /// The file cannot be used.
    #[error("{path} cannot be used")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
}

impl LockError {
    /// True when the holder says that it is a daemon.
    pub fn is_by_daemon(&self) -> bool {
        matches!(self, Self::Held { holder: Some(holder), .. } if holder.role == DAEMON)
    }
}

fn describe(holder: &Holder) -> String {
    let at = holder.address.as_ref().map_or(String::new(), |address| format!(", at http://{address}"));
    format!(" by moziplus {} ({}, process {}, since {}{at})", holder.version, holder.role, holder.pid, holder.since)
}

/// The lock, held until it is dropped.
#[derive(Debug)]
pub struct RootLock {
    root: Root,
    _file: File,
}

impl RootLock {
    /// Takes the lock, waiting so long for somebody else to let go.
    pub async fn acquire(root: &Root, holder: &Holder, patience: Duration) -> Result<Self, LockError> {
        let deadline = tokio::time::Instant::now() + patience;
        loop {
            match Self::try_acquire(root, holder) {
                Err(LockError::Held { .. }) if tokio::time::Instant::now() < deadline => {
                    tokio::time::sleep(PAUSE).await;
                }
                result => return result,
            }
        }
    }

    fn try_acquire(root: &Root, holder: &Holder) -> Result<Self, LockError> {
        let io = |path: PathBuf| move |source| LockError::Io { path, source };
        fs::DirBuilder::new().recursive(true).mode(0o700).create(root.run()).map_err(io(root.run()))?;
        let path = root.lock();
        let options = || OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(&path);
        let file = options().map_err(io(path.clone()))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(LockError::Held { root: root.path().into(), holder: read_holder(root).map(Box::new) });
            }
            Err(TryLockError::Error(source)) => return Err(LockError::Io { path, source }),
        }
        let lock = Self { root: root.clone(), _file: file };
        lock.describe(holder)?;
        Ok(lock)
    }

    /// Says who holds the root, and where it can be reached.
    pub fn describe(&self, holder: &Holder) -> Result<(), LockError> {
        let path = self.root.daemon_json();
        let write = || {
            let waiting = path.with_extension("json.part");
            let mut file = OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(&waiting)?;
            file.write_all(serde_json::to_string_pretty(holder)?.as_bytes())?;
            fs::rename(&waiting, &path)
        };
        write().map_err(|source| LockError::Io { path: path.clone(), source })
    }
}

impl Drop for RootLock {
    fn drop(&mut self) {
        // The note is only for people; the lock itself ends with the file.
        let _ = fs::remove_file(self.root.daemon_json());
    }
}

/// Who holds the root, when somebody wrote it down.
pub fn read_holder(root: &Root) -> Option<Holder> {
    serde_json::from_str(&fs::read_to_string(root.daemon_json()).ok()?).ok()
}
