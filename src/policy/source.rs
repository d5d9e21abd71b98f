//! The sources of a policy set: which files there are, on which level, read as a whole into memory.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{fault::ScriptFault, hooks};
use crate::{model::words::words, watch::plain};

words!(
    /// Where a script comes from; the project's wins over the root's, the root's over the built-in one.
    Level, "script level" {
        /// Part of the binary.
        BuiltIn = "built-in",
        /// `scripts/` of the root.
        Root = "root",
        /// `scripts/` of the project.
        Project = "project",
    }
);

/// A folder with scripts.
#[derive(Debug, Clone)]
pub struct ScriptFolder {
    /// The folder; it need not exist.
    pub dir: PathBuf,
    /// How people know it, such as `projects/sales/scripts`.
    pub shown: String,
}

/// The folders that a project's scripts come from.
#[derive(Debug, Clone, Default)]
pub struct ScriptFolders {
    /// The project's own.
    pub project: Option<ScriptFolder>,
    /// The root's.
    pub root: Option<ScriptFolder>,
}

/// One script of a set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// Its path below the scripts folder, without `.rhai`: `tick`, `lib/quiet`.
    pub name: String,
    /// Where it comes from.
    pub level: Level,
    /// The file as people know it.
    pub path: String,
    /// The text.
    pub text: String,
}

impl SourceFile {
    /// SHA-256 of the text, in hexadecimal.
    pub fn hash(&self) -> String {
        hash_of(&self.text)
    }
}

/// Begins the paths of built-in files, as people know them.
const BUILT_IN: &str = "built-in/";

/// True for the path of a built-in file.
pub fn is_built_in(path: &str) -> bool {
    path.starts_with(BUILT_IN)
}

/// SHA-256 of a text, in hexadecimal.
pub fn hash_of(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

/// The scripts of a project and its root, as read at one time. The built-in ones are always there and not stored.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceSet {
    files: Vec<SourceFile>,
}

/// A script larger than this is refused.
pub const MAX_BYTES: u64 = 256 * 1024;
/// Scripts that a folder may hold.
const MAX_FILES: usize = 200;
/// Folders inside folders.
const MAX_DEPTH: usize = 8;
/// How often a set is read again because a file changed meanwhile.
const READS: usize = 5;

impl SourceSet {
    /// A set of these files, in any order. Built-in files are left out.
    pub fn new(mut files: Vec<SourceFile>) -> Self {
        files.retain(|file| file.level != Level::BuiltIn);
        files.sort_by(|a, b| (a.level, &a.name).cmp(&(b.level, &b.name)));
        Self { files }
    }

    /// Reads the folders. Reads again while files change under it, so that no half of a save is taken for a set.
    pub fn read(folders: &ScriptFolders) -> Result<Self, ScriptFault> {
        let mut before = Self::read_once(folders)?;
        for _ in 0..READS {
            let after = Self::read_once(folders)?;
            if after == before {
                return Ok(after);
            }
            before = after;
        }
        Ok(before)
    }

    fn read_once(folders: &ScriptFolders) -> Result<Self, ScriptFault> {
        let mut files = Vec::new();
        let levels = [(Level::Root, &folders.root), (Level::Project, &folders.project)];
        for (level, folder) in levels.into_iter().filter_map(|(level, folder)| Some((level, folder.as_ref()?))) {
            let mut reader = Reader { level, folder, home: PathBuf::new(), files: Vec::new() };
            reader.read_folder()?;
            files.append(&mut reader.files);
        }
        Ok(Self::new(files))
    }

    /// The files of project and root.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// What a policy file of this name is without the project's own version: it, and the modules that it may import;
    /// none when the project has no own version.
    pub fn without_own(&self, name: &str) -> Option<Self> {
        let is_own = |file: &&SourceFile| file.level == Level::Project && file.name == name;
        self.files.iter().find(is_own)?;
        let is_policy = |file: &SourceFile| hooks::of_file(&file.name).next().is_some();
        let needed = |file: &&SourceFile| !is_own(file) && (file.name == name || !is_policy(file));
        Some(Self { files: self.files.iter().filter(needed).cloned().collect() })
    }

    /// True when everything is built in.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The same set with one text changed or added: what would be in force if it were saved.
    #[must_use]
    pub fn with(&self, file: SourceFile) -> Self {
        let mut files = self.files.clone();
        files.retain(|old| (old.level, &old.name) != (file.level, &file.name));
        files.push(file);
        Self::new(files)
    }

    /// Every file, the built-in ones first, so that a later one wins over an earlier one of the same name.
    pub fn layers(&self) -> Vec<SourceFile> {
        let mut all: Vec<_> = hooks::FILES.iter().map(|(name, text)| built_in(name, text)).collect();
        all.extend(self.files.iter().cloned());
        all
    }

    /// The file of each name that wins.
    pub fn effective(&self) -> Vec<SourceFile> {
        let by_name: BTreeMap<_, _> = self.layers().into_iter().map(|file| (file.name.clone(), file)).collect();
        by_name.into_values().collect()
    }

    /// SHA-256 over levels, names and texts, built-in ones too; the first 16 hexadecimal digits name the set.
    pub fn hash(&self) -> String {
        let mut hasher = Sha256::new();
        for file in self.layers() {
            for part in [file.level.as_str(), &file.name, &file.text] {
                hasher.update((part.len() as u64).to_le_bytes());
                hasher.update(part.as_bytes());
            }
        }
        hex::encode(hasher.finalize())[..16].to_owned()
    }
}

fn built_in(name: &str, text: &str) -> SourceFile {
    SourceFile { name: name.into(), level: Level::BuiltIn, path: format!("{BUILT_IN}{name}.rhai"), text: text.into() }
}

/// True for a name that a script or an import may have: segments of letters, digits, `_` and `-`, joined by `/`.
pub fn is_name(name: &str) -> bool {
    let segment = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
    };
    name.split('/').count() <= MAX_DEPTH && name.split('/').all(segment)
}

/// Reads one folder. Job scripts and tests beside the policies are not part of the set.
struct Reader<'a> {
    level: Level,
    folder: &'a ScriptFolder,
    /// The folder with every link resolved; nothing outside of it is read.
    home: PathBuf,
    files: Vec<SourceFile>,
}

impl Reader<'_> {
    fn read_folder(&mut self) -> Result<(), ScriptFault> {
        self.home = match fs::canonicalize(&self.folder.dir) {
            Ok(home) => home,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(ScriptFault::of_file(&self.folder.shown, format!("cannot be read: {error}"))),
        };
        self.walk(&self.home.clone(), "", 0)
    }

    fn walk(&mut self, dir: &Path, prefix: &str, depth: usize) -> Result<(), ScriptFault> {
        let shown = self.shown(prefix.trim_end_matches('/'));
        let entries = fs::read_dir(dir).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let mut entries = entries.map_err(|error| ScriptFault::of_file(shown, format!("cannot be read: {error}")))?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name();
            let Some(name) = name.to_str().filter(|name| !name.starts_with('.')) else { continue };
            let path = match fs::canonicalize(entry.path()) {
                Ok(path) => path,
                Err(error) if name.ends_with(".rhai") && entry.path().is_symlink() => {
                    return Err(leads_nowhere(&self.shown(&format!("{prefix}{name}")), &error));
                }
                // A file that vanished since it was listed was deleted or is being replaced: the next read sees.
                Err(_) => continue,
            };
            let inside = path.starts_with(&self.home);
            match name.strip_suffix(".rhai") {
                Some(stem) if !stem.ends_with("_test") => self.file(&path, inside, &format!("{prefix}{stem}"))?,
                None if inside && path.is_dir() && depth < MAX_DEPTH && !(prefix.is_empty() && name == "jobs") => {
                    self.walk(&path, &format!("{prefix}{name}/"), depth + 1)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, inside: bool, name: &str) -> Result<(), ScriptFault> {
        let shown = self.shown(&format!("{name}.rhai"));
        let fault = |message: String| ScriptFault::of_file(&shown, message);
        if !inside {
            return Err(fault("it is a link that leads out of the scripts folder".into()));
        }
        if !is_name(name) {
            return Err(fault("names of scripts are made of letters, digits, `_` and `-`".into()));
        }
        if self.files.len() >= MAX_FILES {
            return Err(fault(format!("more than {MAX_FILES} scripts in one folder")));
        }
        let size = fs::metadata(path).map_or(0, |metadata| metadata.len());
        if size > MAX_BYTES {
            return Err(too_large(&shown, size));
        }
        let bytes = match plain::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(fault(format!("cannot be read: {error}"))),
        };
        let text = text_of(&shown, bytes)?;
        self.files.push(SourceFile { name: name.into(), level: self.level, path: shown, text });
        Ok(())
    }

    fn shown(&self, name: &str) -> String {
        format!("{}/{name}", self.folder.shown)
    }
}

pub(super) fn leads_nowhere(file: &str, error: &io::Error) -> ScriptFault {
    let fault = ScriptFault::of_file(file, format!("it is a link that leads nowhere: {error}"));
    fault.expected("mend or remove the link")
}

pub(super) fn too_large(file: &str, size: u64) -> ScriptFault {
    let fault = ScriptFault::of_file(file, format!("it has {size} bytes"));
    fault.expected(format!("at most {} KiB", MAX_BYTES / 1024))
}

/// The text of a file. Some editors begin it with a mark of its encoding, which is no part of it.
pub(super) fn text_of(file: &str, bytes: Vec<u8>) -> Result<String, ScriptFault> {
    let text = String::from_utf8(bytes).map_err(|error| not_utf8(file, &error))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

fn not_utf8(file: &str, error: &std::string::FromUtf8Error) -> ScriptFault {
    let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
    let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
    let column = good.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
    let fault = ScriptFault::of_file(file, "it is not UTF-8 text").expected("save it with the encoding UTF-8");
    ScriptFault { line: line.try_into().ok(), column: column.try_into().ok(), ..fault }
}
