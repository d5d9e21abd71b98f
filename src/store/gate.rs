//! What a task must have to be complete, looked up without asking anybody: the rows, and the files in the task's folder.

use std::path::Path;

use super::{dependencies, error::StoreError, outputs, tasks, tx::Db};
use crate::model::{ids::TaskId, task::Task};

/// What is missing, each in words.
pub fn missing(db: &Db<'_>, task: &Task, folder: &Path) -> Result<Vec<String>, StoreError> {
    let open = dependencies::open_parts(db, task.id)?;
    let mut missing: Vec<_> = open.iter().map(|(part, status)| format!("part {part} is {status}")).collect();
    for artifact in &task.must_haves.artifacts {
        // A folder of that name is no artifact, an empty file proves nothing, and what a link leads to outside is not its own.
        let is_whole = std::fs::metadata(folder.join(artifact)).is_ok_and(|meta| meta.is_file() && meta.len() > 0);
        let there = is_whole && lies_inside(folder, artifact);
        if !there {
            missing.push(format!("artifact {artifact} does not exist in the task's folder, or is empty"));
        }
    }
    for link in &task.must_haves.key_links {
        if !resolves(db, task, folder, link)? {
            missing.push(format!("key link {link} is neither a file, a task, nor the title of an output"));
        }
    }
    Ok(missing)
}

/// True when what the path leads to lies in the folder, links followed.
fn lies_inside(folder: &Path, path: &str) -> bool {
    let real = |path: &Path| path.canonicalize().ok();
    matches!((real(folder), real(&folder.join(path))), (Some(folder), Some(found)) if found.starts_with(&folder))
}

fn resolves(db: &Db<'_>, task: &Task, folder: &Path, link: &str) -> Result<bool, StoreError> {
    if let Ok(other) = link.parse::<TaskId>() {
        return Ok(tasks::get(db, &task.project, other)?.is_some());
    }
    let inside = !link.starts_with('/') && !link.split('/').any(|part| part == "..");
    // Where a link on the disk leads to is not the task's own.
    if inside && lies_inside(folder, link) {
        return Ok(true);
    }
    Ok(outputs::of_task(db, task.id)?.iter().any(|output| output.title == link))
}
