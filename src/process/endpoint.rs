//! Where supervisors are found: files in `run/`, named by the pid of the supervisor, and the lock of the one that takes
//! new attempts.

use std::{
    env,
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io,
    os::unix::{
        ffi::OsStrExt,
        fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    },
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use tokio::net::UnixListener;

use super::{
    adopt,
    protocol::{PROTOCOL, VERSION},
};

/// A longer path does not fit into a socket address on every system.
const MOST_SOCKET_PATH: usize = 100;
const LOCK_FILE: &str = "supervisor.lock";

/// How to reach one supervisor.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct EndpointRecord {
    pub(super) pid: i32,
    pub(super) version: String,
    pub(super) protocol: u32,
    /// In `run/`, or in a private folder with a shorter path.
    pub(super) socket: PathBuf,
}

/// The supervisors that `run/` tells of; some may be dead. Blocks for some small reads.
pub(super) fn list(run_dir: &Path) -> Vec<EndpointRecord> {
    let Ok(entries) = fs::read_dir(run_dir) else { return Vec::new() };
    let records = entries.filter_map(Result::ok).filter(|entry| is_record(&entry.file_name().to_string_lossy()));
    records.filter_map(|entry| serde_json::from_slice(&fs::read(entry.path()).ok()?).ok()).collect()
}

fn is_record(name: &str) -> bool {
    name.strip_prefix("supervisor-")
        .and_then(|rest| rest.strip_suffix(".json"))
        .is_some_and(|pid| pid.parse::<i32>().is_ok())
}

fn record_name(pid: i32) -> String {
    format!("supervisor-{pid}.json")
}

/// Held by the supervisor that takes new attempts.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// None when another supervisor holds it.
    pub(super) fn acquire(run_dir: &Path) -> io::Result<Option<Self>> {
        let path = run_dir.join(LOCK_FILE);
        let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

/// The own socket of a supervisor and the record that leads to it; both go when it is dropped.
#[derive(Debug)]
pub(super) struct Endpoint {
    pub(super) listener: UnixListener,
    record_path: PathBuf,
    socket: PathBuf,
    /// The folder made for a socket whose path in `run/` is too long.
    private: Option<PathBuf>,
}

impl Endpoint {
    /// Binds the socket (0600) and writes the record. Needs a tokio runtime.
    pub(super) fn bind(run_dir: &Path, pid: i32) -> io::Result<Self> {
        let (socket, private) = socket_path(run_dir, pid)?;
        // Left by an earlier process with this pid.
        let _absent_is_fine = fs::remove_file(&socket);
        let listener = UnixListener::bind(&socket)?;
        let endpoint = Self { listener, record_path: run_dir.join(record_name(pid)), socket, private };
        fs::set_permissions(&endpoint.socket, fs::Permissions::from_mode(0o600))?;
        let record =
            EndpointRecord { pid, version: VERSION.to_owned(), protocol: PROTOCOL, socket: endpoint.socket.clone() };
        adopt::write(run_dir, &record_name(pid), &record)?;
        Ok(endpoint)
    }

    /// True while a daemon that looks for supervisors finds this one.
    pub(super) fn is_findable(&self) -> bool {
        self.record_path.exists()
    }
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        // What stays behind harms nobody: its pid is dead, and the next supervisor removes it.
        let _best_effort = fs::remove_file(&self.record_path);
        let _best_effort = fs::remove_file(&self.socket);
        if let Some(folder) = &self.private {
            let _best_effort = fs::remove_dir(folder);
        }
    }
}

/// Removes what dead supervisors left in `run/`.
pub(super) fn sweep(run_dir: &Path) {
    for record in list(run_dir) {
        if std::os::unix::net::UnixStream::connect(&record.socket).is_ok() {
            continue;
        }
        let _best_effort = fs::remove_file(&record.socket);
        if let Some(folder) = record.socket.parent().filter(|folder| *folder != run_dir) {
            let _best_effort = fs::remove_dir(folder);
        }
        let _best_effort = fs::remove_file(run_dir.join(record_name(record.pid)));
    }
}

/// Makes a folder that only this user may enter, with its parents.
pub(super) fn private_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

fn socket_path(run_dir: &Path, pid: i32) -> io::Result<(PathBuf, Option<PathBuf>)> {
    let name = format!("supervisor-{pid}.sock");
    let path = run_dir.join(&name);
    if path.as_os_str().as_bytes().len() <= MOST_SOCKET_PATH {
        return Ok((path, None));
    }
    let base = Some(env::temp_dir()).filter(|base| base.as_os_str().len() < 60).unwrap_or_else(|| "/tmp".into());
    let only_us = fs::Permissions::from_mode(0o700);
    let folder = tempfile::Builder::new().prefix("moziplus-").permissions(only_us).tempdir_in(base)?.keep();
    Ok((folder.join(name), Some(folder)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_endpoint_is_found_while_it_lives() {
        let dir = tempfile::tempdir().unwrap();
        let run = dir.path().join("run");
        private_folder(&run).unwrap();
        let endpoint = Endpoint::bind(&run, 4711).unwrap();
        let found = list(&run);
        assert_eq!((found.len(), found[0].pid, &found[0].socket), (1, 4711, &endpoint.socket));
        assert_eq!(fs::metadata(&endpoint.socket).unwrap().permissions().mode() & 0o777, 0o600);
        sweep(&run);
        assert_eq!(list(&run).len(), 1);
        drop(endpoint);
        assert_eq!(fs::read_dir(&run).unwrap().count(), 0);
    }

    #[tokio::test]
    async fn a_long_path_leads_to_a_short_socket() {
        let dir = tempfile::tempdir().unwrap();
        let run = dir.path().join("x".repeat(120));
        private_folder(&run).unwrap();
        let endpoint = Endpoint::bind(&run, 1).unwrap();
        let folder = endpoint.private.clone().unwrap();
        assert!(endpoint.socket.as_os_str().len() <= MOST_SOCKET_PATH);
        assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
        drop(endpoint);
        assert!(!folder.exists());
    }

    #[tokio::test]
    async fn only_one_supervisor_holds_the_lock() {
        let dir = tempfile::tempdir().unwrap();
        let lock = Lock::acquire(dir.path()).unwrap();
        assert!(lock.is_some());
        assert!(Lock::acquire(dir.path()).unwrap().is_none());
        drop(lock);
        assert!(Lock::acquire(dir.path()).unwrap().is_some());
    }
}
