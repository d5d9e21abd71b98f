//! A skill's folder on disk: reading it without following links, exchanging it as a whole, its earlier versions.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    fault::{Fault, SkillError},
    meta::Meta,
    package::{DOCUMENT, META, MOST_BYTES, MOST_FILES, Package, VERSIONS},
};
use crate::watch::plain;

/// Most versions that are kept beside the present one, the newest.
const MOST_VERSIONS: usize = 50;

/// A version that was put away.
#[derive(Debug, Clone)]
pub struct Version {
    /// What was known about it.
    pub meta: Meta,
    /// Its text.
    pub text: String,
}

/// The text of a file of a skill; none when there is no such file. What is no plain file of the folder is a fault.
pub(super) fn read_file(path: &Path, shown: &str) -> Result<Option<String>, Fault> {
    let fault = |message: String| Err(Fault::new(shown, 1, message));
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return fault(format!("it cannot be read: {error}")),
        Ok(meta) if meta.file_type().is_symlink() => {
            return fault("it is a symbolic link; a skill's files lie in its own folder".into());
        }
        Ok(meta) if meta.len() > MOST_BYTES as u64 => {
            return fault(format!("it has {} bytes; {MOST_BYTES} are allowed", meta.len()));
        }
        Ok(_) => {}
    }
    match plain::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => fault("it is not UTF-8 text".into()),
        Err(error) => fault(format!("it cannot be read: {error}")),
    }
}

/// Every file of a folder that belongs to the skill, as a package. What is too much, too large or a link is refused.
pub fn read_package(folder: &Path) -> Result<Package, SkillError> {
    let mut files = BTreeMap::new();
    collect(folder, "", &mut files)?;
    Package::new(files)
}

fn collect(folder: &Path, below: &str, files: &mut BTreeMap<String, String>) -> Result<(), SkillError> {
    for entry in fs::read_dir(folder).map_err(|source| io_error(folder, source))? {
        let entry = entry.map_err(|source| io_error(folder, source))?;
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        let kind = entry.file_type().map_err(|source| io_error(&path, source))?;
        let shown = format!("{below}{name}");
        let own = below.is_empty() && (name == META || name == VERSIONS);
        if own || name.starts_with('.') {
            continue;
        }
        if kind.is_symlink() {
            return Err(SkillError::Package(format!("`{shown}` is a symbolic link; put the file itself there")));
        }
        if files.len() > MOST_FILES {
            return Err(SkillError::Package(format!("it has more than {MOST_FILES} files")));
        }
        if kind.is_dir() {
            collect(&path, &format!("{shown}/"), files)?;
        } else {
            let text = read_file(&path, &shown).map_err(|fault| SkillError::Package(fault.to_string()))?;
            files.insert(shown, text.unwrap_or_default());
        }
    }
    Ok(())
}

/// Makes a package the present version; the one before is put away under its number.
pub fn install(folder: &Path, package: &Package, meta: &Meta) -> Result<(), SkillError> {
    let written = write_beside(folder, package, meta)?;
    exchange(folder, &written)
}

/// Writes what is known about the present version.
pub fn set_meta(folder: &Path, meta: &Meta) -> Result<(), SkillError> {
    let path = folder.join(META);
    let waiting = folder.join(".meta.yaml.part");
    fs::write(&waiting, meta.text())
        .and_then(|()| fs::rename(&waiting, &path))
        .map_err(|source| io_error(&path, source))
}

/// The versions that were put away, newest first.
pub fn versions(folder: &Path) -> Vec<Version> {
    let mut found: Vec<_> = numbers(folder).into_iter().filter_map(|number| version(folder, number)).collect();
    found.sort_by_key(|version| std::cmp::Reverse(version.meta.version));
    found
}

/// The highest number that a version of this folder has had.
pub fn highest(folder: &Path, present: i64) -> i64 {
    numbers(folder).into_iter().max().unwrap_or(0).max(present)
}

/// Makes a version that was put away the present one again, as it was; without a number the highest below the present.
pub fn roll_back(folder: &Path, present: i64, to: Option<i64>) -> Result<Version, SkillError> {
    let known = || {
        let mut numbers = numbers(folder);
        numbers.retain(|number| *number != present);
        numbers.sort_unstable();
        numbers
    };
    let wanted = to.or_else(|| known().into_iter().filter(|number| *number < present).max());
    let no_version = || SkillError::NoVersion { version: to.unwrap_or(present - 1), known: known() };
    let wanted = wanted.filter(|wanted| *wanted != present).ok_or_else(no_version)?;
    let found = version(folder, wanted).ok_or_else(no_version)?;
    let package = read_package(&folder.join(VERSIONS).join(wanted.to_string()))?;
    install(folder, &package, &found.meta)?;
    Ok(found)
}

fn numbers(folder: &Path) -> Vec<i64> {
    let entries = fs::read_dir(folder.join(VERSIONS)).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).filter(|number| *number > 0).collect()
}

fn version(folder: &Path, number: i64) -> Option<Version> {
    let folder = folder.join(VERSIONS).join(number.to_string());
    let text = read_file(&folder.join(DOCUMENT), DOCUMENT).ok().flatten()?;
    let meta = read_file(&folder.join(META), META).ok().flatten().unwrap_or_default();
    let meta = Meta { version: number, ..Meta::parse(META, &meta).ok()? };
    Some(Version { meta, text })
}

/// Writes the new folder beside the old one, under a name that is no skill's.
fn write_beside(folder: &Path, package: &Package, meta: &Meta) -> Result<PathBuf, SkillError> {
    recover(folder)?;
    let waiting = sibling(folder, "new")?;
    remove(&waiting)?;
    let write = |path: &Path, text: &str| {
        let parent = path.parent().unwrap_or(&waiting);
        fs::create_dir_all(parent).and_then(|()| fs::write(path, text)).map_err(|source| io_error(path, source))
    };
    for (path, text) in package.files() {
        write(&waiting.join(path), text)?;
    }
    write(&waiting.join(META), &meta.text())?;
    Ok(waiting)
}

/// Puts the new folder in the place of the old one, and that among its versions.
fn exchange(folder: &Path, new: &Path) -> Result<(), SkillError> {
    let rename = |from: &Path, to: &Path| fs::rename(from, to).map_err(|source| io_error(to, source));
    if !folder.is_dir() {
        return rename(new, folder);
    }
    let old = sibling(folder, "old")?;
    remove(&old)?;
    rename(folder, &old)?;
    rename(new, folder)?;
    put_away(folder, &old)
}

/// Moves the old folder among the versions of the new one.
fn put_away(folder: &Path, old: &Path) -> Result<(), SkillError> {
    let versions = folder.join(VERSIONS);
    if old.join(VERSIONS).is_dir() {
        fs::rename(old.join(VERSIONS), &versions).map_err(|source| io_error(&versions, source))?;
    }
    fs::create_dir_all(&versions).map_err(|source| io_error(&versions, source))?;
    let meta = read_file(&old.join(META), META).ok().flatten().unwrap_or_default();
    let number = Meta::parse(META, &meta).map_or(1, |meta| meta.version);
    let place = versions.join(number.to_string());
    remove(&place)?;
    fs::rename(old, &place).map_err(|source| io_error(&place, source))?;
    let mut numbers = numbers(folder);
    numbers.sort_unstable();
    for number in numbers.iter().rev().skip(MOST_VERSIONS) {
        remove(&versions.join(number.to_string()))?;
    }
    Ok(())
}

/// Finishes an exchange that a crash has interrupted.
fn recover(folder: &Path) -> Result<(), SkillError> {
    let old = sibling(folder, "old")?;
    match (old.is_dir(), folder.is_dir()) {
        (true, true) => put_away(folder, &old),
        (true, false) => fs::rename(&old, folder).map_err(|source| io_error(folder, source)),
        (false, _) => Ok(()),
    }
}

fn sibling(folder: &Path, what: &str) -> Result<PathBuf, SkillError> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let parent = folder.parent().unwrap_or(folder);
    fs::create_dir_all(parent).map_err(|source| io_error(parent, source))?;
    Ok(parent.join(format!(".{name}.{what}")))
}

fn remove(folder: &Path) -> Result<(), SkillError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(io_error(folder, error)),
        _ => Ok(()),
    }
}

pub(super) fn io_error(path: &Path, source: io::Error) -> SkillError {
    SkillError::Io { path: path.into(), source }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::skill::SkillStatus;

    fn package(text: &str) -> Package {
        let files = [(DOCUMENT, text), ("references/more.md", "more")];
        Package::new(files.map(|(path, text)| (path.to_owned(), text.to_owned())).into()).unwrap()
    }

    fn meta(version: i64, status: SkillStatus) -> Meta {
        Meta { version, status, ..Meta::default() }
    }

    #[test]
    fn versions_are_put_away_and_come_back_as_they_were() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("custom/read-csv");
        install(&folder, &package("one"), &meta(1, SkillStatus::Active)).unwrap();
        install(&folder, &package("two"), &meta(2, SkillStatus::Draft)).unwrap();
        install(&folder, &package("three"), &meta(3, SkillStatus::Draft)).unwrap();
        let numbers = |folder: &Path| versions(folder).iter().map(|version| version.meta.version).collect::<Vec<_>>();
        assert_eq!((numbers(&folder), highest(&folder, 3)), (vec![2, 1], 3));
        let back = roll_back(&folder, 3, Some(1)).unwrap();
        assert_eq!((back.text.as_str(), back.meta.status), ("one", SkillStatus::Active));
        assert_eq!(read_package(&folder).unwrap(), package("one"));
        assert_eq!((numbers(&folder), highest(&folder, 1)), (vec![3, 2, 1], 3));
        let missing = roll_back(&folder, 1, Some(7)).unwrap_err();
        assert_eq!(missing.to_string(), "version 7 (there are 2, 3)");
        assert_eq!(roll_back(&folder, 1, None).unwrap_err().to_string(), "version 0 (there are 2, 3)");
    }

    #[test]
    fn an_interrupted_exchange_is_finished() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("read-csv");
        install(&folder, &package("one"), &meta(1, SkillStatus::Active)).unwrap();
        fs::rename(&folder, place.path().join(".read-csv.old")).unwrap();
        install(&folder, &package("two"), &meta(2, SkillStatus::Draft)).unwrap();
        assert_eq!(versions(&folder)[0].text, "one");
        assert_eq!(read_package(&folder).unwrap().document(), "two");
    }

    #[test]
    fn links_lead_nowhere() {
        let place = tempfile::tempdir().unwrap();
        let (folder, secret) = (place.path().join("x"), place.path().join("secret"));
        fs::create_dir(&folder).unwrap();
        fs::write(&secret, "secret").unwrap();
        fs::write(folder.join(DOCUMENT), "text").unwrap();
        std::os::unix::fs::symlink(&secret, folder.join("notes.md")).unwrap();
        assert!(read_package(&folder).unwrap_err().to_string().contains("symbolic link"));
        fs::remove_file(folder.join(DOCUMENT)).unwrap();
        std::os::unix::fs::symlink(&secret, folder.join(DOCUMENT)).unwrap();
        assert!(read_file(&folder.join(DOCUMENT), "SKILL.md").is_err());
    }
}
