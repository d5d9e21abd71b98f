//! The named pipes between a process and its supervisor.
//!
//! They are named, and the process holds them open for reading too, so that it neither fails nor loses a line when the
//! supervisor dies: the next supervisor opens them again. Pipes are used again and again, because making and removing
//! two files for every process costs more than starting it.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

use nix::sys::stat::Mode;
use serde::{Deserialize, Serialize};
use tokio::net::unix::pipe;

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
    pub(super) fn new(folder: PathBuf, owner: i32) -> Self {
        Self { folder: PipeFolder(folder), owner, made: 0, free: Vec::new() }
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
    async fn pairs_are_used_again_when_nobody_holds_them() {
        let dir = tempfile::tempdir().unwrap();
        let files = || fs::read_dir(dir.path()).unwrap().count();
        let mut pool = PipePool::new(dir.path().to_owned(), 7);
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
