//! Records of a task that was worked on elsewhere, as an export has them: written with their authors and times.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;

use super::{App, error::AppError, files, requests::Caller};
use crate::{
    model::{
        ids::{ProjectId, TaskId},
        imports::{OutputLine, Records},
        records::Output,
    },
    store::{Tx, attempts, imports, tasks as task_rows},
};

/// Records of one task at most.
const MOST: i64 = 10_000;

/// What was written.
#[derive(Debug, Clone, Copy)]
pub struct Imported {
    /// Records.
    pub records: i64,
    /// Outputs that were left out, because the line does not have their files.
    pub without_file: i64,
}

/// Writes the records of a line. Only people do that, and only on a task that nobody has worked on here.
pub async fn records(
    app: &App,
    id: &ProjectId,
    task: TaskId,
    line: Value,
    caller: &Caller,
) -> Result<Imported, AppError> {
    if !caller.actor.is_human() || caller.token.is_some() {
        return Err(AppError::only_people("imports records"));
    }
    let project = app.open_project(id)?;
    let records: Records = serde_json::from_value(line).map_err(|error| {
        AppError::invalid("records", error.to_string(), "take the line as `moziplus task export` wrote it")
    })?;
    if records.count_without_outputs() + i64::try_from(records.outputs.len()).unwrap_or(i64::MAX) > MOST {
        return Err(AppError::invalid("records", format!("a task takes at most {MOST} records"), "split the task"));
    }
    let bad = |field: &str| AppError::invalid("records", format!("{field} is not between 0 and 1"), "mend the line");
    if records.reviews.iter().any(|review| !(0.0..=1.0).contains(&review.confidence)) {
        return Err(bad("the confidence of a review"));
    }
    let folder = || files::Folders::of(app.root(), id, task);
    let (mut prepared, mut without_file) = (Vec::new(), 0);
    for line in &records.outputs {
        match content(line)? {
            Some(bytes) => {
                let (folder, title) = (folder(), line.title.clone());
                let file = tokio::task::spawn_blocking(move || files::store(&folder, &title, &bytes)).await;
                prepared.push((line.clone(), file.map_err(|error| AppError::Internal(error.to_string()))??));
            }
            None => without_file += 1,
        }
    }
    let (name, by) = (id.clone(), caller.actor.clone());
    let write = move |tx: &mut Tx<'_>| {
        task_rows::require(tx, &name, task)?;
        if !attempts::of_task(tx, &name, task)?.is_empty() {
            let hint = "import into a task that was made for it, as `moziplus task import` does";
            return Err(AppError::in_the_way(format!("{task} has been worked on here"), hint));
        }
        let mut outputs = Vec::with_capacity(prepared.len());
        for (line, mut file) in prepared {
            file.publish()?;
            outputs.push(Output {
                id: 0,
                task,
                agent: line.agent,
                title: line.title,
                output_type: line.output_type,
                summary: line.summary,
                path: file.path.clone(),
                size_bytes: file.size_bytes,
                sha256: file.sha256.clone(),
                attempt_number: None,
                round: line.round,
                created_at: line.created_at.unwrap_or(tx.now()),
            });
        }
        Ok(imports::insert(tx, task, &records, &outputs, &by)?)
    };
    let records = project.store.write(app.now(), write).await?;
    Ok(Imported { records, without_file })
}

/// The file of a line; none when the export had none.
fn content(line: &OutputLine) -> Result<Option<Vec<u8>>, AppError> {
    if let Some(text) = &line.content {
        return Ok(Some(text.clone().into_bytes()));
    }
    let Some(packed) = &line.content_base64 else { return Ok(None) };
    let bad = |error: base64::DecodeError| {
        AppError::invalid("records", format!("the file of `{}` is no base64: {error}", line.title), "mend the line")
    };
    STANDARD.decode(packed).map(Some).map_err(bad)
}
