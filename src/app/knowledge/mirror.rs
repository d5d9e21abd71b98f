//! `experiences/lessons.jsonl` of a project: its lessons as people and other programs can read them, without the database.

use std::{fs, io, path::Path};

use super::{App, Project};
use crate::{
    app::error::AppError,
    model::records::Experience,
    store::{
        Db,
        experiences::{self, Filter},
    },
};

/// The file.
const FILE: &str = "lessons.jsonl";
/// Most lessons in it, the newest.
const MOST: i64 = 5_000;

/// Writes the file anew, oldest lesson first. It is a copy: nothing reads it back.
pub async fn write(app: &App, project: &Project) -> Result<(), AppError> {
    let (id, folder) = (project.id.clone(), app.root().experiences(&project.id));
    let read =
        move |db: &Db<'_>| Ok::<_, AppError>(experiences::list(db, &id, &Filter { limit: MOST, ..Filter::default() })?);
    let lessons = project.store.read(read).await?;
    let path = folder.join(FILE);
    let written = tokio::task::spawn_blocking(move || write_whole(&folder, &lessons)).await;
    let written = written.map_err(|error| AppError::Internal(error.to_string()))?;
    written.map_err(|error| AppError::io(format!("{} cannot be written", path.display()), &error))
}

fn write_whole(folder: &Path, lessons: &[Experience]) -> io::Result<()> {
    let lines = lessons.iter().rev().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?;
    let text: String = lines.into_iter().map(|line| line + "\n").collect();
    fs::create_dir_all(folder)?;
    let waiting = folder.join(".lessons.jsonl.part");
    fs::write(&waiting, text)?;
    fs::rename(&waiting, folder.join(FILE))
}
