//! What an attempt's folder tells about its process: `process.json`, written right after the start, `heartbeat.json`,
//! written every few seconds, `tree.json`, written when a descendant is seen that has left the process group, and
//! `exit.json`, written at the end. Whoever comes later learns from them what became of a process.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{
    identity::{self, Entry, Identity},
    pipes::{PipeFolder, PipeName},
    spec::NONCE_VARIABLE,
};
use crate::model::{attempt::ResourceUse, ids::AttemptId};

/// File with the [`ProcessRecord`].
pub const PROCESS_FILE: &str = "process.json";
/// File with the [`Heartbeat`].
pub const HEARTBEAT_FILE: &str = "heartbeat.json";
/// File with the [`Member`]s that have left the process group.
pub const TREE_FILE: &str = "tree.json";
/// File with the [`ExitRecord`].
pub const EXIT_FILE: &str = "exit.json";

/// The process of an attempt, as written right after its start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcessRecord {
    /// Whose process it is.
    pub attempt: AttemptId,
    /// Process id, also of its process group.
    pub pid: i32,
    /// Tells it from a later process with the same pid.
    pub identity: Identity,
    /// The random text in the environment of all its descendants.
    pub nonce: String,
    /// When it was started.
    pub started_at: DateTime<Utc>,
    /// Cap of each log file in bytes.
    pub log_limit_bytes: u64,
    /// The pipes that it writes to; none when that is not known.
    pub pipes: Option<PipeName>,
}

/// How a process ended. Both code and signal are missing when nobody was there to see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExitRecord {
    /// Exit code, when it ended by itself.
    pub code: Option<i32>,
    /// The signal that ended it.
    pub signal: Option<i32>,
    /// When it ended, or when its end was noticed.
    pub ended_at: DateTime<Utc>,
    /// What its processes have used; what was seen last when nobody was there to see the end.
    #[serde(default)]
    pub usage: Option<ResourceUse>,
    /// Processes of its tree that did not end, though they were killed: nearly always none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<i32>,
}

/// The last look at a process that runs, taken every few seconds: how far it has come, should everybody die.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heartbeat {
    /// When it was looked at.
    pub at: DateTime<Utc>,
    /// What its processes have used so far.
    pub usage: ResourceUse,
    /// Processes of its tree.
    pub processes: u32,
    /// Their memory at this moment.
    pub memory_bytes: u64,
    /// Bytes it printed, what the cap cut included.
    pub output_bytes: u64,
    /// When it last printed something.
    pub last_output_at: Option<DateTime<Utc>>,
}

/// A descendant of an attempt's process that has left its group: without an environment nothing else tells whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Process id.
    pub pid: i32,
    /// Start time, as in [`Identity::start`].
    pub start: u64,
}

/// What became of the process of an attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// It runs: the recorded identity still matches.
    Running(ProcessRecord),
    /// It ended, and this is how.
    Exited(ExitRecord),
    /// It does not run and left no exit record: it ended unseen, or never started.
    Vanished,
}

/// Why a folder could not be looked at.
#[derive(Debug, thiserror::Error)]
#[error("failed to read {path}")]
pub struct LookError {
    /// The file.
    pub path: PathBuf,
    #[source]
    source: io::Error,
}

/// Looks at the folder of an attempt. Reads two small files; a file that does not parse counts as missing.
pub fn look(dir: &Path) -> Result<Found, LookError> {
    if let Some(exit) = read(&dir.join(EXIT_FILE))? {
        return Ok(Found::Exited(exit));
    }
    match read::<ProcessRecord>(&dir.join(PROCESS_FILE))? {
        Some(record) if record.identity.is_running() => Ok(Found::Running(record)),
        // It may have ended, recorded, since the first read.
        _ => Ok(read(&dir.join(EXIT_FILE))?.map_or(Found::Vanished, Found::Exited)),
    }
}

/// Reads `heartbeat.json`; none when it is missing or does not parse.
pub fn heartbeat(dir: &Path) -> Result<Option<Heartbeat>, LookError> {
    read(&dir.join(HEARTBEAT_FILE))
}

/// Reads `process.json`; none when it is missing or does not parse.
pub fn process_record(dir: &Path) -> Result<Option<ProcessRecord>, LookError> {
    read(&dir.join(PROCESS_FILE))
}

/// The main process of an attempt that nobody has written down, by the nonce in its environment: it leads a group in the
/// supervisor's session, and is the oldest of all. Without it, a process that is over at once and stands for what it has
/// left. None when none carries the nonce, or where environments cannot be read.
pub(super) fn by_nonce(nonce: &str) -> io::Result<Option<Identity>> {
    let pids = identity::carrying(&format!("{NONCE_VARIABLE}={nonce}"))?;
    let identify = |pid: i32| Identity::of(pid, nonce).ok().flatten();
    let leads = |pid: &i32| identity::leads_group_only(*pid);
    let main = pids.iter().copied().filter(leads).filter_map(identify).min_by_key(|main| main.start);
    let rest = || pids.first().copied().and_then(identify).map(|rest| Identity { start: 0, ..rest });
    Ok(main.or_else(rest))
}

/// Whether processes of an attempt may run although its main process does not, or was not written down.
pub(super) fn is_something_left(dir: &Path, nonce: &str, pipes: &PipeFolder) -> Result<bool, LookError> {
    let Some(record) = process_record(dir)? else {
        let carrying = identity::carrying(&format!("{NONCE_VARIABLE}={nonce}"));
        return Ok(!carrying.map_err(unlisted)?.is_empty());
    };
    // Where environments cannot be read, the recorded group has to be looked at.
    Ok(identity::RECORDS_TREE || !left_of(dir, &record, pipes)?.is_empty())
}

/// Processes that belong to an attempt whose main process may be gone: by the nonce, by the pipes that they write to, or
/// because somebody has seen them leave the group.
pub(super) fn left_of(dir: &Path, record: &ProcessRecord, pipes: &PipeFolder) -> Result<Vec<i32>, LookError> {
    let mut left = identity::carrying(&format!("{NONCE_VARIABLE}={}", record.nonce)).map_err(unlisted)?;
    let files = record.pipes.as_ref().map(|name| pipes.files(name)).unwrap_or_default();
    left.extend(identity::writing_to(&files).map_err(unlisted)?);
    left.extend(outside(dir, &record.identity)?.iter().map(|entry| entry.pid));
    Ok(left)
}

/// The process list could not be read.
pub(super) fn unlisted(source: io::Error) -> LookError {
    LookError { path: "the process list".into(), source }
}

/// Descendants that had left the group of `main` when somebody last looked, and that still run.
pub(super) fn outside(dir: &Path, main: &Identity) -> Result<Vec<Entry>, LookError> {
    // The numbers of another life of the machine mean nothing.
    if !main.is_of_this_boot() {
        return Ok(Vec::new());
    }
    let members: Vec<Member> = read(&dir.join(TREE_FILE))?.unwrap_or_default();
    let runs = |member: &Member| {
        let entry = identity::entry(member.pid).ok().flatten();
        entry.filter(|entry| entry.start == member.start && !entry.zombie)
    };
    Ok(members.iter().filter_map(runs).collect())
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, LookError> {
    match fs::read(path) {
        // A power loss may leave an empty file; then the record is as good as missing.
        Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(source) => Err(LookError { path: path.to_owned(), source }),
    }
}

/// Writes a record (0600) so that a reader sees all of it or nothing. It is not flushed to the disk: see [`flush`].
pub(super) fn write<T: Serialize>(dir: &Path, name: &str, record: &T) -> io::Result<()> {
    let temporary = dir.join(format!("{name}.tmp"));
    let mut bytes = serde_json::to_vec(record)?;
    bytes.push(b'\n');
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&temporary)?;
    file.write_all(&bytes)?;
    fs::rename(&temporary, dir.join(name))
}

/// Makes an exit record survive a power loss. Blocks for as long as the disk takes.
pub(super) fn flush(dir: &Path) -> io::Result<()> {
    File::open(dir.join(EXIT_FILE))?.sync_all()?;
    File::open(dir)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(identity: Identity) -> ProcessRecord {
        ProcessRecord {
            attempt: "sales.t-1.1".parse().unwrap(),
            pid: identity.pid,
            nonce: identity.nonce.clone(),
            identity,
            started_at: DateTime::UNIX_EPOCH,
            log_limit_bytes: 1024,
            pipes: None,
        }
    }

    #[test]
    fn the_folder_tells_what_became_of_the_process() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path();
        assert_eq!(look(dir).unwrap(), Found::Vanished);
        assert_eq!(look(&dir.join("missing")).unwrap(), Found::Vanished);

        let own = Identity::of(std::process::id().cast_signed(), "nonce").unwrap().unwrap();
        write(dir, PROCESS_FILE, &record(own.clone())).unwrap();
        assert_eq!(look(dir).unwrap(), Found::Running(record(own.clone())));

        // The same pid, but another process.
        write(dir, PROCESS_FILE, &record(Identity { start: own.start - 1, ..own })).unwrap();
        assert_eq!(look(dir).unwrap(), Found::Vanished);

        fs::write(dir.join(EXIT_FILE), "").unwrap();
        assert_eq!(look(dir).unwrap(), Found::Vanished);

        let exit =
            ExitRecord { code: Some(3), signal: None, ended_at: DateTime::UNIX_EPOCH, usage: None, left: vec![] };
        write(dir, EXIT_FILE, &exit).unwrap();
        flush(dir).unwrap();
        assert_eq!(look(dir).unwrap(), Found::Exited(exit));
    }

    #[test]
    fn a_record_that_cannot_be_read_is_an_error_not_an_end() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join(EXIT_FILE)).unwrap();
        let error = look(dir.path()).unwrap_err();
        assert!(error.to_string().ends_with("exit.json"), "{error}");
    }
}
