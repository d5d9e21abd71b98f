//! The completion gate: what a task must have is checked before anybody is asked to review it.

use std::path::Path;

use super::{error::AppError, skills::drafts};
use crate::{
    model::{
        ids::TaskId,
        task::{Task, Trigger},
    },
    store::{Db, Tx, dependencies, outputs, tasks},
};

/// Refuses with everything that is missing.
pub(super) fn check(tx: &Tx<'_>, task: &Task, folder: &Path) -> Result<(), AppError> {
    let missing = missing(tx, task, folder)?;
    if missing.is_empty() { Ok(()) } else { Err(AppError::GateFailed { missing }) }
}

/// Everything that is missing, in words.
pub(super) fn missing(tx: &Db<'_>, task: &Task, folder: &Path) -> Result<Vec<String>, AppError> {
    let open = dependencies::open_parts(tx, task.id)?;
    let mut missing: Vec<_> = open.iter().map(|(part, status)| format!("part {part} is {status}")).collect();
    for artifact in &task.must_haves.artifacts {
        // A folder of that name is no artifact, and an empty file proves nothing.
        let there = std::fs::metadata(folder.join(artifact)).is_ok_and(|meta| meta.is_file() && meta.len() > 0);
        if !there {
            missing.push(format!("artifact {artifact} does not exist in the task's folder, or is empty"));
        }
    }
    for link in &task.must_haves.key_links {
        if !resolves(tx, task, folder, link)? {
            missing.push(format!("key link {link} is neither a file, a task, nor the title of an output"));
        }
    }
    Ok(missing)
}

/// Refuses to end a distillation without a skill that can be used; its agent is told what is wrong with it, and where.
pub(super) fn check_draft(tx: &Tx<'_>, task: &Task, project_folder: &Path) -> Result<(), AppError> {
    if task.trigger != Trigger::Distill {
        return Ok(());
    }
    let missing = drafts::missing(tx, task, project_folder)?;
    if missing.is_empty() { Ok(()) } else { Err(AppError::GateFailed { missing }) }
}

fn resolves(tx: &Db<'_>, task: &Task, folder: &Path, link: &str) -> Result<bool, AppError> {
    if let Ok(other) = link.parse::<TaskId>() {
        return Ok(tasks::get(tx, &task.project, other)?.is_some());
    }
    let inside = !link.starts_with('/') && !link.split('/').any(|part| part == "..");
    if inside && folder.join(link).exists() {
        return Ok(true);
    }
    Ok(outputs::of_task(tx, task.id)?.iter().any(|output| output.title == link))
}
