//! Moving files and folders, also to another file system.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// What SQLite keeps beside a database: it belongs to that file, and would destroy another one.
const COMPANIONS: [&str; 2] = ["-wal", "-shm"];

/// Puts what is in a place aside, and the new in its stead. Where there is nothing new, the place is empty afterwards;
/// repeated after a failure, what is already in its place stays there.
pub(super) fn swap(new: &Path, place: &Path, aside: &Path) -> io::Result<()> {
    let has_new = new.exists();
    if has_new || !aside.exists() {
        for suffix in COMPANIONS.iter().chain(&[""]) {
            let (from, to) = (with(place, suffix), with(aside, suffix));
            if from.exists() {
                shift(&from, &to)?;
            }
        }
    }
    if has_new { shift(new, place) } else { Ok(()) }
}

fn with(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn shift(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            copy(from, to)?;
            if from.is_dir() { fs::remove_dir_all(from) } else { fs::remove_file(from) }
        }
        result => result,
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        fs::copy(from, to)?;
        return fs::File::open(to)?.sync_all();
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_goes_aside_with_its_log_and_the_new_comes() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for (name, text) in [("new.db", "new"), ("a.db", "old"), ("a.db-wal", "log")] {
            fs::write(path(name), text).unwrap();
        }
        swap(&path("new.db"), &path("a.db"), &path("aside/a.db")).unwrap();
        let read = |name: &str| fs::read_to_string(path(name)).ok();
        assert_eq!(read("a.db").as_deref(), Some("new"));
        assert_eq!(read("aside/a.db").as_deref(), Some("old"));
        assert_eq!((read("aside/a.db-wal").as_deref(), read("a.db-wal")), (Some("log"), None));
        // A repetition finds the new in its place and leaves it there.
        swap(&path("new.db"), &path("a.db"), &path("aside/a.db")).unwrap();
        assert_eq!(read("a.db").as_deref(), Some("new"));
    }
}
