//! Which copies there are, found by their names; how old each part's newest is; and what killed copies have left.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use serde::Serialize;

use super::{NAME, ROOT_PART};
use crate::{
    app::{App, error::AppError},
    config::registry,
    model::ids::ProjectId,
    store::backup::MAKING,
};

/// How the name of a copy begins that a restore made of what it replaced.
pub(in crate::app) const SAFETY: &str = "before-restore-";

/// A copy.
#[derive(Debug, Clone, Serialize)]
pub struct BackupView {
    /// `<project>.<time>`: no project has a dot in its id.
    pub id: String,
    /// The project; none for the root's own part.
    pub project: Option<ProjectId>,
    /// The file or folder.
    pub path: PathBuf,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Its size.
    pub size_bytes: u64,
    /// True for what a restore replaced: it may be damaged, and counts for no age.
    pub is_safety_copy: bool,
}

impl BackupView {
    /// True for a copy of this part that is no safety copy; the first such of a list is the newest.
    pub fn is_copy_of(&self, part: &str) -> bool {
        !self.is_safety_copy && self.part() == part
    }

    /// The project's id, or the name of the root's own part.
    pub fn part(&self) -> &str {
        self.project.as_ref().map_or(ROOT_PART, ProjectId::as_str)
    }
}

/// Every copy, newest first.
pub async fn list(app: &App) -> Result<Vec<BackupView>, AppError> {
    let folder = app.root().backups();
    let found = tokio::task::spawn_blocking(move || scan(&folder)).await;
    found.map_err(|error| AppError::Internal(error.to_string()))
}

fn scan(folder: &Path) -> Vec<BackupView> {
    let mut found = Vec::new();
    for project in fs::read_dir(folder).into_iter().flatten().flatten() {
        for copy in fs::read_dir(project.path()).into_iter().flatten().flatten() {
            found.extend(view(&project.file_name().to_string_lossy(), &copy.path()));
        }
    }
    found.sort_by(|a, b| b.created_at.cmp(&a.created_at).then_with(|| a.id.cmp(&b.id)));
    found
}

/// A copy's view; none for what is no copy, such as one that is being made.
fn view(project: &str, path: &Path) -> Option<BackupView> {
    let is_root = project == ROOT_PART;
    let name = path.file_name()?.to_str()?;
    let stem = if is_root { name } else { name.strip_suffix(".db")? };
    let time = stem.strip_prefix(SAFETY).unwrap_or(stem);
    let created_at = NaiveDateTime::parse_from_str(time, NAME).ok()?.and_utc();
    let size_bytes = if is_root { folder_size(path) } else { fs::metadata(path).ok()?.len() };
    Some(BackupView {
        id: format!("{project}.{stem}"),
        project: ProjectId::parse(project).ok(),
        path: path.into(),
        created_at,
        size_bytes,
        is_safety_copy: time != stem,
    })
}

pub(super) fn folder_size(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let sizes = entries.map(|entry| match entry.metadata() {
        Ok(meta) if meta.is_dir() => folder_size(&entry.path()),
        Ok(meta) => meta.len(),
        Err(_) => 0,
    });
    sizes.sum()
}

/// How old the newest copy of a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Newest {
    /// When the newest copy was made.
    pub at: Option<DateTime<Utc>>,
    /// From when on the age counts where there is no copy.
    pub since: Option<DateTime<Utc>>,
}

impl Newest {
    /// The age at a time; none when it is not known since when there should be a copy.
    pub fn age(&self, now: DateTime<Utc>) -> Option<TimeDelta> {
        self.at.or(self.since).map(|at| now - at)
    }
}

/// The newest copy of every open project, and of the root's own part.
pub async fn newest(app: &App) -> Result<BTreeMap<String, Newest>, AppError> {
    let root = app.root().clone();
    let created = tokio::task::spawn_blocking(move || registry::read(&root)).await;
    // A broken registry is told elsewhere; ages then count from the start.
    let created = created.map_err(|error| AppError::Internal(error.to_string()))?.unwrap_or_default();
    let started = app.control().health().started_at;
    let since = |id: &ProjectId| created.iter().find(|entry| entry.id == *id).and_then(|entry| entry.created_at);
    let open = app.projects().open();
    let projects = open.iter().map(|project| (project.id.to_string(), since(&project.id).or(started)));
    let parts = projects.chain([(ROOT_PART.to_owned(), started)]);
    let mut parts: BTreeMap<_, _> = parts.map(|(part, since)| (part, Newest { at: None, since })).collect();
    for copy in list(app).await?.into_iter().filter(|copy| !copy.is_safety_copy) {
        if let Some(newest) = parts.get_mut(copy.part()) {
            newest.at = newest.at.max(Some(copy.created_at));
        }
    }
    Ok(parts)
}

/// The parts whose newest copy is older than `backup.alarm_hours`.
pub fn overdue(app: &App) -> Vec<String> {
    let hours = i64::from(app.config().settings().backup.alarm_hours);
    let (now, limit) = (app.now(), TimeDelta::hours(hours));
    let parts = app.control().health().backups;
    let is_old = |newest: &Newest| hours > 0 && newest.age(now).is_some_and(|age| age > limit);
    parts.into_iter().filter(|(_, newest)| is_old(newest)).map(|(part, _)| part).collect()
}

/// Removes what copies that were killed have left; answers with how many. What is younger than `before`, the start of the
/// daemon that holds the root's lock, may still be made.
pub async fn clear_debris(app: &App, before: DateTime<Utc>) -> Result<usize, AppError> {
    let folder = app.root().backups();
    let cleared = tokio::task::spawn_blocking(move || clear(&folder, before)).await;
    cleared.map_err(|error| AppError::Internal(error.to_string()))
}

fn clear(folder: &Path, before: DateTime<Utc>) -> usize {
    let mut cleared = 0;
    for part in fs::read_dir(folder).into_iter().flatten().flatten() {
        for entry in fs::read_dir(part.path()).into_iter().flatten().flatten() {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            let is_debris = name.ends_with(MAKING) || name.ends_with(&format!("{MAKING}-journal"));
            let changed = entry.metadata().and_then(|meta| meta.modified()).map(DateTime::<Utc>::from);
            if !is_debris || changed.is_ok_and(|changed| changed >= before) {
                continue;
            }
            let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            match removed {
                Ok(()) => cleared += 1,
                Err(error) => tracing::warn!(%error, path = %path.display(), "half a copy cannot be removed"),
            }
        }
    }
    cleared
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_told_from_safety_copies_and_from_debris() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir_all(path("_root/20260516T120000000Z.tmp")).unwrap();
        fs::create_dir_all(path("_root/20260516T120000000Z")).unwrap();
        fs::create_dir(path("sales")).unwrap();
        for name in ["20260516T120000000Z.db", "before-restore-20260516T130000000Z.db", "20260516T140000000Z.db.tmp"] {
            fs::write(path("sales").join(name), "x").unwrap();
        }
        let found = scan(folder.path());
        let found: Vec<_> = found.iter().map(|copy| (copy.id.as_str(), copy.is_safety_copy)).collect();
        assert_eq!(
            found,
            [
                ("sales.before-restore-20260516T130000000Z", true),
                ("_root.20260516T120000000Z", false),
                ("sales.20260516T120000000Z", false)
            ]
        );
        assert_eq!(clear(folder.path(), DateTime::UNIX_EPOCH), 0, "what may still be made stays");
        let later: DateTime<Utc> = "2999-01-01T00:00:00Z".parse().unwrap();
        assert_eq!(clear(folder.path(), later), 2);
        assert_eq!(scan(folder.path()).len(), 3);
    }
}
