//! The named pipes between a process and its supervisor.
//!
//! They are named, and the process holds them open for reading too, so that it neither fails nor loses a line when the
//! supervisor dies: the next supervisor opens them again. Pipes are used again and again, because making and removing
//! two files for every process costs more than starting it.

use std::{
    collections::HashSet,
    fs::{self, File, OpenOptions},
    io,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use nix::sys::stat::Mode;
use serde::{Deserialize, Serialize};
use tokio::net::unix::pipe;

use super::identity;

/// The folder's name.
const FOLDER: &str = "pipes";

/// The name of a pair of pipes, unique in the folder for pipes: `<pid of the supervisor>-<number>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PipeName(String);

impl PipeName {
    fn paths(&self, folder: &Path) -> [PathBuf; 2] {
        ["out", "err"].map(|suffix| folder.join(format!("{}.{suffix}", self.0)))
    }
}

/// The reading ends of a pair.
#[derive(Debug)]
pub(super) struct Pipes {
    pub(super) stdout: pipe::Receiver,
    pub(super) stderr: pipe::Receiver,
}

/// A pair for a process that is about to start.
#[derive(Debug)]
pub(super) struct Ends {
    /// The process's standard output.
    pub(super) stdout: File,
    /// The process's standard error.
    pub(super) stderr: File,
    /// Ours.
    pub(super) pipes: Pipes,
}

/// The folder of the pipes of all supervisors of a root.
#[derive(Debug, Clone)]
pub(super) struct PipeFolder(pub(super) PathBuf);

impl PipeFolder {
    /// The folder below a root's `run/`.
    pub(super) fn of(run_dir: &Path) -> Self {
        Self(run_dir.join(FOLDER))
    }

    /// Opens both ends of a pair that nobody uses; makes it when it is new. Needs a tokio runtime.
    pub(super) fn ends(&self, name: &PipeName) -> io::Result<Ends> {
        match self.open_ends(name) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                for path in name.paths(&self.0) {
                    make(&path)?;
                }
                self.open_ends(name)
            }
            result => result,
        }
    }

    fn open_ends(&self, name: &PipeName) -> io::Result<Ends> {
        // For reading too: the process holds a reader itself, so its writing never fails with a broken pipe.
        let open = |path: &PathBuf| OpenOptions::new().read(true).write(true).open(path);
        let [out, err] = name.paths(&self.0);
        // Our ends come second: without a writer they would be at their end at once.
        Ok(Ends { stdout: open(&out)?, stderr: open(&err)?, pipes: self.open(name)? })
    }

    /// Opens our ends of a pair that a process already holds. Needs a tokio runtime.
    pub(super) fn open(&self, name: &PipeName) -> io::Result<Pipes> {
        let open = |path: &PathBuf| pipe::OpenOptions::new().open_receiver(path);
        let [out, err] = name.paths(&self.0);
        Ok(Pipes { stdout: open(&out)?, stderr: open(&err)? })
    }

    /// The files of a pair.
    pub(super) fn files(&self, name: &PipeName) -> Vec<PathBuf> {
        name.paths(&self.0).to_vec()
    }

    /// Removes the pairs of supervisors that are gone, unless a process still holds one: it is adopted with it.
    pub(super) fn sweep(&self) {
        let entries = fs::read_dir(&self.0).into_iter().flatten().flatten();
        let names: HashSet<String> =
            entries.filter_map(|entry| name_in(&entry.file_name().to_string_lossy())).collect();
        for name in names {
            let owner = name.split_once('-').and_then(|(owner, _)| owner.parse().ok());
            let lives = |pid: i32| matches!(identity::entry(pid), Ok(Some(entry)) if !entry.zombie);
            let name = PipeName(name);
            if !owner.is_some_and(lives) && !name.paths(&self.0).iter().any(|path| is_held(path)) {
                self.remove(&name);
            }
        }
    }

    /// The pair to which this file belongs, if it is one of ours.
    pub(super) fn name_of(&self, file: &Path) -> Option<PipeName> {
        let name = file.file_name()?.to_str()?.strip_suffix(".out")?;
        (file.parent() == Some(self.0.as_path())).then(|| PipeName(name.to_owned()))
    }

    fn remove(&self, name: &PipeName) {
        for path in name.paths(&self.0) {
            let _absent_is_fine = fs::remove_file(path);
        }
    }
}

/// Knows which pairs of this supervisor are free.
#[derive(Debug)]
pub(super) struct PipePool {
    /// Where the pairs are.
    pub(super) folder: PipeFolder,
    /// Pid of this supervisor: pairs of others are not used again.
    owner: i32,
    made: u32,
    /// Pairs that nobody holds open.
    free: Vec<PipeName>,
}

impl PipePool {
    /// No pairs yet.
    pub(super) fn new(folder: PipeFolder, owner: i32) -> Self {
        Self { folder, owner, made: 0, free: Vec::new() }
    }

    /// The name of a pair that nobody uses.
    pub(super) fn take(&mut self) -> PipeName {
        self.free.pop().unwrap_or_else(|| {
            self.made += 1;
            PipeName(format!("{}-{}", self.owner, self.made))
        })
    }

    /// Takes a pair back. `unused` says that nobody holds it any more, so that another process may have it.
    pub(super) fn give_back(&mut self, name: PipeName, unused: bool) {
        let ours = name.0.split_once('-').is_some_and(|(owner, _)| owner == self.owner.to_string());
        if unused && ours {
            self.free.push(name);
        } else {
            self.folder.remove(&name);
        }
    }
}

impl Drop for PipePool {
    fn drop(&mut self) {
        for name in std::mem::take(&mut self.free) {
            self.folder.remove(&name);
        }
    }
}

/// The name of the pair that a file of this name belongs to.
fn name_in(file: &str) -> Option<String> {
    let name = file.strip_suffix(".out").or_else(|| file.strip_suffix(".err"))?;
    Some(name.to_owned())
}

/// True while a process has the pipe open: processes hold it for reading, too, so that somebody can write into it.
fn is_held(path: &Path) -> bool {
    let flags = nix::libc::O_NONBLOCK;
    match OpenOptions::new().write(true).custom_flags(flags).open(path) {
        Ok(_) => true,
        // Nobody reads. What cannot be told is left where it is.
        Err(error) => !matches!(error.raw_os_error(), Some(nix::libc::ENXIO | nix::libc::ENOENT)),
    }
}

fn make(path: &Path) -> io::Result<()> {
    let mode = Mode::S_IRUSR | Mode::S_IWUSR;
    match nix::unistd::mkfifo(path, mode) {
        // Left by a supervisor with this pid, before a restart of the machine.
        Err(nix::errno::Errno::EEXIST) => {
            fs::remove_file(path)?;
            Ok(nix::unistd::mkfifo(path, mode)?)
        }
        result => Ok(result?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_dead_supervisors_left_goes_unless_a_process_holds_it() {
        let dir = tempfile::tempdir().unwrap();
        let folder = PipeFolder(dir.path().to_owned());
        let own = PipeName(format!("{}-1", std::process::id()));
        // No process has such numbers.
        let (left, held) = (PipeName("2147483646-1".to_owned()), PipeName("2147483645-1".to_owned()));
        for name in [&own, &left, &held] {
            folder.ends(name).map(drop).unwrap();
        }
        let _process = OpenOptions::new().read(true).write(true).open(&folder.files(&held)[0]).unwrap();
        folder.sweep();
        let is_there = |name: &PipeName| folder.files(name).iter().all(|path| path.exists());
        assert_eq!((is_there(&own), is_there(&left), is_there(&held)), (true, false, true));
    }

    #[tokio::test]
    async fn pairs_are_used_again_when_nobody_holds_them() {
        let dir = tempfile::tempdir().unwrap();
        let files = || fs::read_dir(dir.path()).unwrap().count();
        let mut pool = PipePool::new(PipeFolder(dir.path().to_owned()), 7);
        let (one, two) = (pool.take(), pool.take());
        assert_ne!(one, two);
        let _open = (pool.folder.ends(&one).unwrap(), pool.folder.ends(&two).unwrap());
        assert_eq!(files(), 4);
        let [out, err] = one.paths(dir.path());
        assert_eq!((pool.folder.name_of(&out), pool.folder.name_of(&err)), (Some(one.clone()), None));
        assert_eq!(pool.folder.name_of(Path::new("/dev/null.out")), None);
        pool.give_back(one.clone(), true);
        pool.give_back(two, false);
        assert_eq!(files(), 2);
        assert_eq!(pool.take(), one);
        // Taken away by somebody who tidied up.
        pool.folder.remove(&one);
        pool.folder.ends(&one).unwrap();
        pool.give_back(PipeName("8-1".to_owned()), true);
        assert_ne!(pool.take(), PipeName("8-1".to_owned()));
        pool.give_back(one, true);
        drop(pool);
        assert_eq!(files(), 0);
    }
}
