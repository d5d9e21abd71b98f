//! The text files of a root, copied as they lie.

use std::{
    fs::{self, DirEntry},
    io,
    path::Path,
};

use super::{TEXTS, TEXTS_OF_PROJECT};
use crate::config::Root;

/// Text files of the root, copied as they lie; keys, logs, run files and databases are left out.
pub(super) fn copy_texts(root: &Root, target: &Path) -> io::Result<()> {
    for part in TEXTS {
        copy_folder(&root.join(part), &target.join(part))?;
    }
    // In the copy they lie below `projects`, whatever that folder is called here.
    let projects = target.join("projects");
    if root.registry().is_file() {
        fs::create_dir_all(&projects)?;
        fs::copy(root.registry(), projects.join("_registry.yaml"))?;
    }
    let folders = [(root.projects().to_owned(), projects.clone()), (root.archived(), projects.join("_archived"))];
    for (from, to) in folders {
        for project in entries(&from)? {
            let project = project?;
            for part in TEXTS_OF_PROJECT {
                copy_folder(&project.path().join(part), &to.join(project.file_name()).join(part))?;
            }
        }
    }
    Ok(())
}

pub(in crate::app) fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    for entry in entries(from)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let target = to.join(entry.file_name());
        if kind.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else if kind.is_file() {
            fs::create_dir_all(to)?;
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// What is in a folder. One that is not there is empty; one that cannot be read is an error, not an empty one.
fn entries(folder: &Path) -> io::Result<impl Iterator<Item = io::Result<DirEntry>>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => Some(entries),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => None,
        Err(error) => return Err(io::Error::new(error.kind(), format!("{}: {error}", folder.display()))),
    };
    Ok(entries.into_iter().flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_empty_and_what_cannot_be_read_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        copy_folder(&path("none"), &path("to")).unwrap();
        assert!(!path("to").exists());
        fs::create_dir_all(path("from/deep")).unwrap();
        fs::write(path("from/deep/a.sh"), "a").unwrap();
        copy_folder(&path("from"), &path("to")).unwrap();
        assert_eq!(fs::read_to_string(path("to/deep/a.sh")).unwrap(), "a");
        // A name that is too long for the system stands for a folder that cannot be read.
        assert!(copy_folder(&path(&"x".repeat(300)), &path("to")).is_err());
    }
}
