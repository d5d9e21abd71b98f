//! Files of outputs: where they may lie, and what is known about them.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Component, Path, PathBuf},
};

use sha2::{Digest, Sha256};
use tokio::task;

use super::{error::AppError, requests::NewOutput};
use crate::{
    config::Root,
    model::ids::{ProjectId, TaskId},
};

/// Largest text that is taken as an output, in bytes.
const TEXT_BYTES: usize = 8 * 1024 * 1024;

/// Most outputs of one title in a task.
const MOST_OF_A_NAME: usize = 1000;

/// Where the files of a task's outputs are.
pub(super) struct Folders {
    project: PathBuf,
    task: PathBuf,
}

impl Folders {
    pub fn of(root: &Root, project: &ProjectId, task: TaskId) -> Self {
        Self { project: root.project(project), task: root.task_artifacts(project, task) }
    }
}

/// A file that is ready to be registered.
#[derive(Debug)]
pub(super) struct Prepared {
    /// Its path below the project's folder.
    pub path: String,
    pub size_bytes: i64,
    pub sha256: String,
    /// A text waits under another name until the write has been allowed.
    waiting: Option<Waiting>,
}

/// A text on its way to its place.
#[derive(Debug)]
struct Waiting {
    now: PathBuf,
    folder: PathBuf,
    name: String,
}

impl Prepared {
    /// Moves a text to its place; a file that an agent wrote stays where it is. An output of the same title is not
    /// overwritten: the new one gets a number.
    pub fn publish(&mut self) -> Result<(), AppError> {
        let Some(Waiting { now, folder, name }) = &self.waiting else { return Ok(()) };
        let (name, then) = reserve(folder, name)?;
        fs::rename(now, &then).map_err(|error| io_error(&then, &error))?;
        self.path = Path::new(&self.path).with_file_name(name).to_string_lossy().into_owned();
        self.waiting = None;
        Ok(())
    }
}

impl Drop for Prepared {
    fn drop(&mut self) {
        if let Some(Waiting { now, .. }) = &self.waiting {
            // A refused text leaves nothing behind; what cannot be removed does no harm.
            let _ = fs::remove_file(now);
        }
    }
}

/// Makes an empty file of this name, or of the first that is free: `report.md`, `report-2.md`, …
fn reserve(folder: &Path, name: &str) -> Result<(String, PathBuf), AppError> {
    for number in 1..=MOST_OF_A_NAME {
        let name = if number == 1 { name.to_owned() } else { numbered(name, number) };
        let path = folder.join(&name);
        match File::create_new(&path) {
            Ok(_) => return Ok((name, path)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(io_error(&path, &error)),
        }
    }
    let detail = format!("the task has {MOST_OF_A_NAME} outputs of the title `{name}` already");
    Err(AppError::invalid("title", detail, "choose another title"))
}

fn numbered(name: &str, number: usize) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => format!("{stem}-{number}.{ending}"),
        _ => format!("{name}-{number}"),
    }
}

/// Measures a file, or writes a text into one.
pub(super) async fn prepare(folders: Folders, title: &str, new: &NewOutput) -> Result<Prepared, AppError> {
    let (title, path, text) = (title.to_owned(), new.path.clone(), new.text.clone());
    let work = move || match (path, text) {
        (Some(path), None) => measure(&folders, &path),
        (None, Some(text)) => store(&folders, &title, text.as_bytes()),
        (Some(_), Some(_)) => Err(AppError::invalid("text", "path and text exclude each other", "give one of them")),
        (None, None) => Err(AppError::invalid("text", "neither path nor text is given", "give one of them")),
    };
    task::spawn_blocking(work).await.map_err(|error| AppError::Internal(error.to_string()))?
}

/// A file that lies in the project's folder already; links that lead out of it are followed and refused.
fn measure(folders: &Folders, given: &str) -> Result<Prepared, AppError> {
    let outside = || AppError::PathOutside(given.to_owned());
    let project = folders.project.canonicalize().map_err(|error| io_error(&folders.project, &error))?;
    let wanted = folders.task.join(given);
    let file = match wanted.canonicalize() {
        Ok(file) => file,
        // What does not exist is told apart from what lies outside by its name alone.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let inside = !Path::new(given).components().any(|part| part == Component::ParentDir)
                && (Path::new(given).is_relative()
                    || wanted.starts_with(&project)
                    || wanted.starts_with(&folders.project));
            let hint = "write the file first; a relative path starts in the task's folder";
            let missing = AppError::invalid("path", format!("{given} does not exist"), hint);
            return Err(if inside { missing } else { outside() });
        }
        Err(error) => return Err(io_error(&wanted, &error)),
    };
    let below = file.strip_prefix(&project).map_err(|_| outside())?;
    if !file.is_file() {
        return Err(AppError::invalid("path", format!("{given} is not a file"), "register each file by itself"));
    }
    if is_of_the_project(below) {
        let detail = format!("{given} belongs to the project itself and is no output");
        return Err(AppError::invalid("path", detail, "register files that were made for the task"));
    }
    let (size_bytes, sha256) = digest(&file)?;
    Ok(Prepared { path: below.to_string_lossy().into_owned(), size_bytes, sha256, waiting: None })
}

/// Files that moziplus keeps in a project's folder: the database, the configuration, archives of sessions.
fn is_of_the_project(below: &Path) -> bool {
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    match parts.iter().map(AsRef::as_ref).collect::<Vec<&str>>().as_slice() {
        [file] => file.starts_with("blackboard.db"),
        ["config", ..] | ["artifacts", _, "archive", ..] | ["artifacts", _, "reviews", "judged", ..] => true,
        _ => false,
    }
}

pub(super) fn store(folders: &Folders, title: &str, text: &[u8]) -> Result<Prepared, AppError> {
    if text.len() > TEXT_BYTES {
        return Err(AppError::TooLarge(format!("the text has {} bytes; {TEXT_BYTES} are allowed", text.len())));
    }
    let folder = folders.task.join("outputs");
    fs::create_dir_all(&folder).map_err(|error| io_error(&folder, &error))?;
    let name = file_name(title);
    let waiting = folder.join(format!(".{}.part", uuid::Uuid::new_v4().simple()));
    fs::write(&waiting, text).map_err(|error| io_error(&waiting, &error))?;
    let target = folder.join(&name);
    let path = target.strip_prefix(&folders.project).unwrap_or(&target).to_string_lossy().into_owned();
    let sha256 = hex::encode(Sha256::digest(text));
    let waiting = Waiting { now: waiting, folder, name };
    Ok(Prepared { path, size_bytes: text.len() as i64, sha256, waiting: Some(waiting) })
}

/// Where a file below the project's folder is, with links followed and refused when they lead out of it.
pub(super) async fn locate(root: &Root, project: &ProjectId, path: &str) -> Result<PathBuf, AppError> {
    let (folder, path) = (root.project(project), path.to_owned());
    let work = move || {
        let project = folder.canonicalize().map_err(|error| io_error(&folder, &error))?;
        match folder.join(&path).canonicalize() {
            Ok(file) if file.starts_with(&project) => Ok(file),
            Ok(_) => Err(AppError::PathOutside(path)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(AppError::NotFound(format!("file {path}"))),
            Err(error) => Err(io_error(Path::new(&path), &error)),
        }
    };
    task::spawn_blocking(work).await.map_err(|error| AppError::Internal(error.to_string()))?
}

/// A title as the name of a file: `report.md` stays, separators and dots in front do not.
fn file_name(title: &str) -> String {
    let safe: String = title.chars().map(|c| if c == '/' || c == '\\' || c.is_control() { '_' } else { c }).collect();
    let safe = safe.trim_start_matches('.').trim();
    if safe.is_empty() { "output".into() } else { safe.chars().take(120).collect() }
}

pub(super) fn digest(file: &Path) -> Result<(i64, String), AppError> {
    let read = || {
        let mut source = File::open(file)?;
        let mut hasher = Sha256::new();
        let mut buffer = vec![0; 64 * 1024];
        let mut size = 0;
        loop {
            let count = source.read(&mut buffer)?;
            if count == 0 {
                return Ok((size, hex::encode(hasher.finalize())));
            }
            hasher.update(&buffer[..count]);
            size += count as i64;
        }
    };
    read().map_err(|error: io::Error| io_error(file, &error))
}

fn io_error(path: &Path, error: &io::Error) -> AppError {
    AppError::io(format!("{} cannot be used", path.display()), error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folders() -> (tempfile::TempDir, Folders) {
        let root = tempfile::tempdir().unwrap();
        let (project, task) = (root.path().join("p"), root.path().join("p/artifacts/t-1"));
        fs::create_dir_all(&task).unwrap();
        (root, Folders { project, task })
    }

    #[test]
    fn a_text_becomes_a_file_named_after_its_title() {
        let (_root, folders) = folders();
        let mut prepared = store(&folders, "report.md", b"# hello").unwrap();
        prepared.publish().unwrap();
        assert_eq!(prepared.path, "artifacts/t-1/outputs/report.md");
        assert_eq!(fs::read_to_string(folders.task.join("outputs/report.md")).unwrap(), "# hello");
        assert_eq!(file_name("../../etc/passwd"), "_.._etc_passwd");
    }

    #[test]
    fn the_same_title_twice_makes_two_files() {
        let (_root, folders) = folders();
        let write = |text: &str| {
            let mut prepared = store(&folders, "report.md", text.as_bytes()).unwrap();
            prepared.publish().unwrap();
            prepared.path.clone()
        };
        let paths = [write("one"), write("two"), write("three")];
        let read = |path: &String| fs::read_to_string(folders.project.join(path)).unwrap();
        assert_eq!(paths.each_ref().map(read), ["one", "two", "three"]);
        assert_eq!(paths[1], "artifacts/t-1/outputs/report-2.md");
        assert_eq!((numbered("Makefile", 2), numbered(".env", 2)), ("Makefile-2".into(), ".env-2".into()));
    }

    #[test]
    fn what_the_project_itself_consists_of_is_no_output() {
        let (_root, folders) = folders();
        for name in ["blackboard.db", "blackboard.db-wal", "config/project.yaml", "artifacts/t-1/archive/1/output.log"]
        {
            let file = folders.project.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, "x").unwrap();
            let refused = measure(&folders, file.to_str().unwrap());
            assert!(
                matches!(&refused, Err(AppError::Validation { field, .. }) if field == "path"),
                "{name}: {refused:?}"
            );
        }
        std::os::unix::fs::symlink(folders.project.join("blackboard.db"), folders.task.join("data.db")).unwrap();
        assert!(measure(&folders, "data.db").is_err(), "a link does not hide it");
    }

    #[test]
    fn a_refused_text_leaves_nothing_behind() {
        let (_root, folders) = folders();
        drop(store(&folders, "report.md", b"# hello").unwrap());
        assert_eq!(fs::read_dir(folders.task.join("outputs")).unwrap().count(), 0);
    }

    #[test]
    fn files_outside_of_the_project_are_refused_also_by_a_link() {
        let (root, folders) = folders();
        let secret = root.path().join("secret");
        fs::write(&secret, "x").unwrap();
        std::os::unix::fs::symlink(&secret, folders.task.join("link")).unwrap();
        for given in [secret.to_str().unwrap(), "../../../secret", "link", "/etc/passwd", "../../../nothing"] {
            let refused = measure(&folders, given);
            assert!(matches!(refused, Err(AppError::PathOutside(_))), "{given}: {refused:?}");
        }
        fs::write(folders.task.join("data.csv"), "a,b").unwrap();
        assert_eq!(measure(&folders, "data.csv").unwrap().path, "artifacts/t-1/data.csv");
        assert!(matches!(measure(&folders, "none.csv"), Err(AppError::Validation { field, .. }) if field == "path"));
    }
}
