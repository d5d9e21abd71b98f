//! What a task brought, as files on disk: measured when somebody judges it, and compared with what was judged before.
//!
//! A review is about artefacts and not about claims, so it keeps which content it saw. Texts that were judged are kept
//! by their hash, so that the next round sees the difference.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use similar::TextDiff;
use tokio::task;

use super::{App, Project, error::AppError, files};
use crate::{
    model::{
        changes::{ChangeKind, OutputChange},
        ids::{ProjectId, TaskId},
        records::{JudgedOutput, Output, Review, Verdict},
        snapshot::FileFacts,
        status::Status,
        task::Task,
    },
    store::{Db, StoreError, outputs, reviews, tasks},
};

/// Largest text of which the judged version is kept, in bytes.
const KEPT_BYTES: i64 = 1024 * 1024;
/// Longest difference that is shown, in bytes.
const DIFF_BYTES: usize = 64 * 1024;
/// How long finished tasks are looked after, and how many of them.
const LOOKED_AFTER: TimeDelta = TimeDelta::days(7);
const MOST_LOOKED_AFTER: i64 = 500;
/// The file system's clock may be a little behind.
const CLOCK_SLACK: TimeDelta = TimeDelta::seconds(2);
/// How long the search for a small difference may take.
const DIFF_TIME: Duration = Duration::from_millis(500);

/// What a task brought: the latest output of each title, and the files that it must have.
#[derive(Debug, Clone)]
struct Brought {
    title: String,
    path: String,
}

/// Where the files are.
#[derive(Debug, Clone)]
struct Folders {
    project: PathBuf,
    judged: PathBuf,
}

impl Folders {
    fn of(app: &App, project: &ProjectId, task: TaskId) -> Self {
        let artifacts = app.root().task_artifacts(project, task);
        Self { project: app.root().project(project), judged: artifacts.join("reviews/judged") }
    }
}

/// Measures what the task brought, and keeps the texts. What is not there any more is told as such.
pub(super) async fn judge(app: &App, project: &Project, task: TaskId) -> Result<Vec<JudgedOutput>, AppError> {
    let id = project.id.clone();
    let read = move |db: &Db<'_>| match tasks::get(db, &id, task)? {
        Some(task) => Ok(brought(db, &task)?),
        // Whoever reviews it is told so by the write.
        None => Ok(Vec::new()),
    };
    let brought = project.store.read::<_, AppError, _>(read).await?;
    let folders = Folders::of(app, &project.id, task);
    aside(move || {
        let judged: Vec<_> = brought.iter().map(|file| measure(&folders, file)).collect();
        judged.iter().for_each(|file| keep(&folders, file));
        Ok(judged)
    })
    .await
}

/// What the task brought, as checks look at it.
pub(super) async fn facts(app: &App, project: &Project, task: TaskId) -> Result<Vec<Arc<FileFacts>>, AppError> {
    let all = project.store.read::<_, AppError, _>(move |db| Ok(outputs::of_task(db, task)?)).await?;
    let root = app.root().project(&project.id);
    aside(move || {
        let one = |output: Output| Arc::new(file_facts(&root.join(&output.path), &output.title, &output.path));
        Ok(latest(all).into_iter().map(one).collect())
    })
    .await
}

/// A file as checks look at it. Blocks.
pub(super) fn file_facts(file: &Path, title: &str, path: &str) -> FileFacts {
    let known = file.is_file().then(|| files::digest(file).ok()).flatten();
    let exists = known.is_some();
    let (size_bytes, sha256) = known.map_or((0, None), |(size, sha256)| (size, Some(sha256)));
    let json_valid = exists && super::guards::is_json(file, size_bytes);
    FileFacts { title: title.to_owned(), path: path.to_owned(), exists, size_bytes, sha256, json_valid }
}

/// The latest output of each title whose file is not what was registered any more, with what is there now.
pub(super) async fn rewritten(app: &App, project: &Project, task: TaskId) -> Result<Vec<Output>, AppError> {
    let all = project.store.read::<_, AppError, _>(move |db| Ok(outputs::of_task(db, task)?)).await?;
    let folders = Folders::of(app, &project.id, task);
    aside(move || {
        let now = |output: Output| {
            let there = measure(&folders, &Brought { title: output.title.clone(), path: output.path.clone() });
            let (size_bytes, sha256) = (there.size_bytes?, there.sha256?);
            (sha256 != output.sha256).then_some(Output { size_bytes, sha256, ..output })
        };
        Ok(latest(all).into_iter().filter_map(now).collect())
    })
    .await
}

fn latest(outputs: Vec<Output>) -> Vec<Output> {
    let mut found: Vec<Output> = Vec::new();
    for output in outputs {
        match found.iter_mut().find(|known| known.title == output.title) {
            Some(known) => *known = output,
            None => found.push(output),
        }
    }
    found
}

/// The titles of what the task brought that is not what each of a round's approvals has judged: another content, or
/// something that came while it was looked at.
pub async fn changed_since_approval(
    app: &App,
    project: &Project,
    (task, round): (TaskId, i64),
) -> Result<Vec<String>, AppError> {
    let id = project.id.clone();
    let read = move |db: &Db<'_>| {
        let task = tasks::require(db, &id, task)?;
        Ok::<_, AppError>((brought(db, &task)?, reviews::of_task(db, task.id)?))
    };
    let (brought, reviews) = project.store.read(read).await?;
    let approves = |review: &Review| review.round == round && review.verdict == Verdict::Approved;
    let approvals: Vec<_> = reviews.into_iter().filter(approves).map(|review| review.judged).collect();
    let folders = Folders::of(app, &project.id, task);
    aside(move || {
        let is_judged = |file: &JudgedOutput| {
            let is_it = |judged: &JudgedOutput| {
                (judged.title == file.title || judged.path == file.path) && judged.sha256 == file.sha256
            };
            approvals.iter().all(|judged| judged.iter().any(is_it))
        };
        let now = brought.iter().map(|file| measure(&folders, file));
        let mut changed: Vec<_> = now.filter(|file| !is_judged(file)).map(|file| file.title).collect();
        changed.sort();
        changed.dedup();
        Ok(changed)
    })
    .await
}

/// What the task brought, compared with what was judged in the round before; of a task that is not in review, with what
/// was judged last.
pub async fn changes(app: &App, project: &ProjectId, task: TaskId) -> Result<Vec<OutputChange>, AppError> {
    let read = |db: &Db<'_>, task: &Task| Ok((brought(db, task)?, judged_before(reviews::of_task(db, task.id)?, task)));
    let (brought, before) = app.read_task(project, task, read).await?;
    let folders = Folders::of(app, project, task);
    aside(move || Ok(compare(&folders, &brought, before))).await
}

/// Tasks that were done lately, and the judged files that were written since and are not what they were.
pub async fn changed_after_done(app: &App, project: &Project) -> Result<Vec<(TaskId, Vec<String>)>, AppError> {
    let since = app.now() - LOOKED_AFTER;
    let read = move |db: &Db<'_>| Ok::<_, AppError>(reviews::judged_of_done(db, since, MOST_LOOKED_AFTER)?);
    let done = project.store.read(read).await?;
    if done.is_empty() {
        return Ok(Vec::new());
    }
    let root = app.root().project(&project.id);
    aside(move || {
        let changed = |(task, done_at, files): (TaskId, DateTime<Utc>, Vec<JudgedOutput>)| {
            let titles = files.iter().filter(|file| is_rewritten(&root, file, done_at)).map(|file| file.title.clone());
            let titles: Vec<_> = titles.collect();
            (!titles.is_empty()).then_some((task, titles))
        };
        Ok(done.into_iter().filter_map(changed).collect())
    })
    .await
}

/// Only what was written since is read: its time or its size tells. What was removed is somebody's tidying up.
fn is_rewritten(project: &Path, file: &JudgedOutput, done_at: DateTime<Utc>) -> bool {
    let path = project.join(&file.path);
    let Ok(meta) = fs::metadata(&path) else { return false };
    let resized = file.size_bytes.is_some_and(|size| u64::try_from(size) != Ok(meta.len()));
    let touched = meta.modified().is_ok_and(|time| DateTime::<Utc>::from(time) >= done_at - CLOCK_SLACK);
    (resized || touched) && files::digest(&path).is_ok_and(|(_, sha256)| Some(sha256) != file.sha256)
}

fn judged_before(reviews: Vec<Review>, task: &Task) -> Vec<JudgedOutput> {
    let earlier = |review: &Review| task.lifecycle.status != Status::Review || review.round < task.lifecycle.round;
    let newest = reviews.into_iter().rev().filter(earlier).find(|review| !review.judged.is_empty());
    newest.map_or_else(Vec::new, |review| review.judged)
}

fn brought(db: &Db<'_>, task: &Task) -> Result<Vec<Brought>, StoreError> {
    let outputs = latest(outputs::of_task(db, task.id)?).into_iter();
    let mut found: Vec<_> = outputs.map(|Output { title, path, .. }| Brought { title, path }).collect();
    for artifact in &task.must_haves.artifacts {
        let path = format!("artifacts/{}/{artifact}", task.id);
        if !found.iter().any(|known| known.path == path) {
            found.push(Brought { title: artifact.clone(), path });
        }
    }
    Ok(found)
}

fn measure(folders: &Folders, file: &Brought) -> JudgedOutput {
    let path = folders.project.join(&file.path);
    let inside = path.canonicalize().ok().zip(folders.project.canonicalize().ok());
    let inside = inside.filter(|(file, project)| file.starts_with(project) && file.is_file());
    let known = inside.and_then(|(file, _)| files::digest(&file).ok());
    let (size_bytes, sha256) = known.unzip();
    JudgedOutput { title: file.title.clone(), path: file.path.clone(), size_bytes, sha256 }
}

/// Keeps the text that was judged. Without it the next round sees hashes instead of a difference, so what cannot be
/// written is only noted.
fn keep(folders: &Folders, file: &JudgedOutput) {
    let (Some(size), Some(sha256)) = (file.size_bytes, &file.sha256) else { return };
    let target = folders.judged.join(sha256);
    if size > KEPT_BYTES || target.exists() {
        return;
    }
    let write = || {
        fs::create_dir_all(&folders.judged)?;
        let text = fs::read(folders.project.join(&file.path))?;
        let waiting = folders.judged.join(format!(".{}", uuid::Uuid::new_v4().simple()));
        fs::write(&waiting, text)?;
        fs::rename(waiting, &target)
    };
    if let Err(error) = write() {
        tracing::warn!(file = %target.display(), %error, "a judged file could not be kept");
    }
}

fn compare(folders: &Folders, brought: &[Brought], mut before: Vec<JudgedOutput>) -> Vec<OutputChange> {
    let mut changes: Vec<_> = brought
        .iter()
        .map(|file| {
            let known = before.iter().position(|old| old.title == file.title).map(|at| before.swap_remove(at));
            change(folders, measure(folders, file), known)
        })
        .collect();
    // What was judged and is not among the results any more.
    changes.extend(before.into_iter().map(|old| {
        let gone = JudgedOutput { size_bytes: None, sha256: None, ..old.clone() };
        change(folders, gone, Some(old))
    }));
    changes
}

fn change(folders: &Folders, now: JudgedOutput, before: Option<JudgedOutput>) -> OutputChange {
    let old = before.as_ref().and_then(|old| old.sha256.as_ref());
    let change = match (&now.sha256, old) {
        (None, _) => ChangeKind::Missing,
        (Some(_), None) => ChangeKind::Added,
        (Some(now), Some(old)) if now == old => ChangeKind::Unchanged,
        (Some(_), Some(_)) => ChangeKind::Changed,
    };
    let diff = match (change, &before) {
        (ChangeKind::Changed, Some(old)) => diff(folders, old, &now),
        _ => None,
    };
    let (diff, diff_is_cut) = diff.unzip();
    OutputChange {
        change,
        size_bytes_before: before.as_ref().and_then(|old| old.size_bytes),
        sha256_before: before.and_then(|old| old.sha256),
        diff,
        diff_is_cut: diff_is_cut.unwrap_or(false),
        title: now.title,
        path: now.path,
        size_bytes: now.size_bytes,
        sha256: now.sha256,
    }
}

/// The difference of two texts, and whether it was cut; none where one of them is no text, or was not kept.
fn diff(folders: &Folders, old: &JudgedOutput, now: &JudgedOutput) -> Option<(String, bool)> {
    if now.size_bytes? > KEPT_BYTES {
        return None;
    }
    let before = text(&folders.judged.join(old.sha256.as_ref()?))?;
    let after = text(&folders.project.join(&now.path))?;
    let mut diff = TextDiff::configure().timeout(DIFF_TIME).diff_lines(&before, &after).unified_diff().to_string();
    let is_cut = diff.len() > DIFF_BYTES;
    if is_cut {
        let end = (0..=DIFF_BYTES).rev().find(|end| diff.is_char_boundary(*end)).unwrap_or(0);
        diff.truncate(end);
    }
    Some((diff, is_cut))
}

fn text(file: &Path) -> Option<String> {
    fs::read(file).ok().and_then(|bytes| String::from_utf8(bytes).ok()).filter(|text| !text.contains('\0'))
}

/// Runs work on files where it may block.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T, AppError> + Send + 'static) -> Result<T, AppError> {
    task::spawn_blocking(work).await.map_err(|error| AppError::Internal(error.to_string()))?
}
