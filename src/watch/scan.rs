//! A look at folders: which files there are, and the hash of each one's content.

use std::{
    collections::BTreeMap,
    fs::{self, Metadata},
    io::Read,
    os::unix::{ffi::OsStrExt, fs::MetadataExt},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use super::plain;

/// The hash of each file.
pub(super) type Content = BTreeMap<PathBuf, [u8; 32]>;

/// What changes when a file is written, replaced or renamed: device, inode, size, modification and change time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp(u64, u64, u64, (i64, i64), (i64, i64));

impl Stamp {
    fn of(meta: &Metadata) -> Self {
        let (modified, changed) = ((meta.mtime(), meta.mtime_nsec()), (meta.ctime(), meta.ctime_nsec()));
        Self(meta.dev(), meta.ino(), meta.size(), modified, changed)
    }
}

/// Folders nested deeper than this are not looked into.
const DEEPEST: usize = 8;
/// Files beyond this many are not looked at: whoever has so many did not mean them for us.
const MOST_FILES: usize = 20_000;

/// Remembers stamps, so that only what may have changed is read.
#[derive(Debug)]
pub(super) struct Scanner {
    folders: Vec<PathBuf>,
    endings: Vec<&'static str>,
    known: BTreeMap<PathBuf, (Stamp, [u8; 32])>,
}

impl Scanner {
    pub(super) fn new(folders: Vec<PathBuf>, endings: Vec<&'static str>) -> Self {
        Self { folders, endings, known: BTreeMap::new() }
    }

    pub(super) fn set_folders(&mut self, folders: Vec<PathBuf>) {
        self.folders = folders;
    }

    /// The content as it is now. What cannot be read counts as absent; the next look tries again.
    pub(super) fn look(&mut self) -> Content {
        let mut found = BTreeMap::new();
        for folder in &self.folders {
            self.visit(folder, 0, &mut found);
        }
        self.known = found;
        self.known.iter().map(|(path, (_, hash))| (path.clone(), *hash)).collect()
    }

    fn visit(&self, path: &Path, depth: usize, found: &mut BTreeMap<PathBuf, (Stamp, [u8; 32])>) {
        let Ok(meta) = fs::metadata(path) else { return self.note_dangling(path, found) };
        if meta.is_dir() && depth <= DEEPEST {
            for entry in fs::read_dir(path).into_iter().flatten().flatten() {
                if !hidden(&entry.path()) {
                    self.visit(&entry.path(), depth + 1, found);
                }
            }
        } else if meta.is_file() && self.counts(path) && found.len() < MOST_FILES {
            let stamp = Stamp::of(&meta);
            let hash = match self.known.get(path) {
                Some((before, hash)) if *before == stamp => Some(*hash),
                _ => hash_of(path),
            };
            if let Some(hash) = hash {
                found.insert(path.to_owned(), (stamp, hash));
            }
        }
    }

    /// A link that leads nowhere is a mistake that somebody wants to be told: where it points to stands for its content.
    fn note_dangling(&self, path: &Path, found: &mut BTreeMap<PathBuf, (Stamp, [u8; 32])>) {
        if let (Ok(meta), Ok(target)) = (fs::symlink_metadata(path), fs::read_link(path))
            && self.counts(path)
            && found.len() < MOST_FILES
        {
            let hash = Sha256::digest([b"-> ", target.as_os_str().as_bytes()].concat());
            found.insert(path.to_owned(), (Stamp::of(&meta), hash.into()));
        }
    }

    fn counts(&self, path: &Path) -> bool {
        let ending = path.extension().and_then(|ending| ending.to_str());
        self.endings.is_empty() || ending.is_some_and(|ending| self.endings.contains(&ending))
    }
}

/// Editors keep their swap and lock files under such names.
fn hidden(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_none_or(|name| name.starts_with('.'))
}

fn hash_of(path: &Path) -> Option<[u8; 32]> {
    let mut file = plain::open(path).ok()?;
    let mut hasher = Sha256::new();
    let mut buffer = [0; 16 * 1024];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Some(hasher.finalize().into()),
            Ok(read) => hasher.update(&buffer[..read]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
}

/// The inode behind a path, when there is one.
pub(super) fn inode(path: &Path) -> Option<u64> {
    fs::metadata(path).ok().map(|meta| meta.ino())
}

/// The files that differ between two looks, in order.
pub(super) fn difference(before: &Content, after: &Content) -> Vec<PathBuf> {
    let gone = before.keys().filter(|path| !after.contains_key(*path));
    let new = after.iter().filter(|(path, hash)| before.get(*path) != Some(hash)).map(|(path, _)| path);
    let mut files: Vec<_> = gone.chain(new).cloned().collect();
    files.sort();
    files
}
