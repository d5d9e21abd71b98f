//! The completion gate: what a task must have is checked before anybody is asked to review it.

use std::path::Path;

use super::{error::AppError, skills::drafts};
use crate::{
    model::task::{Task, Trigger},
    store::{Db, Tx, gate},
};

/// Refuses with everything that is missing.
pub(super) fn check(tx: &Tx<'_>, task: &Task, folder: &Path) -> Result<(), AppError> {
    let missing = missing(tx, task, folder)?;
    if missing.is_empty() { Ok(()) } else { Err(AppError::GateFailed { missing }) }
}

/// Everything that is missing, in words.
pub(super) fn missing(db: &Db<'_>, task: &Task, folder: &Path) -> Result<Vec<String>, AppError> {
    Ok(gate::missing(db, task, folder)?)
}

/// Refuses to end a distillation without a skill that can be used; its agent is told what is wrong with it, and where.
pub(super) fn check_draft(tx: &Tx<'_>, task: &Task, project_folder: &Path) -> Result<(), AppError> {
    if task.trigger != Trigger::Distill {
        return Ok(());
    }
    let missing = drafts::missing(tx, task, project_folder)?;
    if missing.is_empty() { Ok(()) } else { Err(AppError::GateFailed { missing }) }
}
