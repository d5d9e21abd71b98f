//! Putting a line into the inbox, from inside.

use std::{
    fs::{File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::Path,
};

use serde_json::{Map, Value};
use tokio::task;

use super::{App, error::AppError};
use crate::model::{event::InboxEvent, ids::ProjectId};

/// Largest line, in bytes.
const LINE_BYTES: usize = 256 * 1024;

/// Refuses what could never take effect. A line in the file has no caller to tell; it goes to `rejected.jsonl`.
fn check(app: &App, line: &Map<String, Value>) -> Result<(), AppError> {
    let text = |field: &str| line.get(field).and_then(Value::as_str).unwrap_or_default();
    text("event").parse::<InboxEvent>().map_err(|error| AppError::unknown_word("event", &error))?;
    let project = text("project");
    check_data(line.get("data"))?;
    let id = ProjectId::parse(project).ok();
    match id.map(|id| app.open_project(&id)) {
        Some(Ok(_)) => Ok(()),
        Some(Err(error)) if !matches!(error, AppError::NotFound(_)) => Err(error),
        _ => Err(AppError::Validation {
            field: "project".into(),
            detail: if project.is_empty() {
                "the line has no project".into()
            } else {
                format!("there is no project `{project}`")
            },
            valid_values: app.projects().open().iter().map(|project| project.id.to_string()).collect(),
            hint: "use one of valid_values".into(),
        }),
    }
}

/// Refuses facts that are none, and a token among them, which would be overlooked.
pub fn check_data(data: Option<&Value>) -> Result<(), AppError> {
    let hint = "write `\"data\": {…}` with the fields of the HTTP body, and the token beside it: `\"token\": \"…\"`";
    match data {
        None | Some(Value::Null) => Ok(()),
        Some(Value::Object(fields)) if fields.contains_key("token") => {
            Err(AppError::invalid("data.token", "a token stands beside `data`, not in it", hint))
        }
        Some(Value::Object(_)) => Ok(()),
        Some(other) => {
            let detail = format!("`data` is one JSON object, not {}", kind_of(other));
            Err(AppError::invalid("data", detail, hint))
        }
    }
}

/// What a JSON value is, in words.
pub const fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// Appends one line; the inbox loop takes it within a second. It is on the disk when this answers. The file is opened and
/// closed for each line, so that it can be rotated at any time.
pub async fn post(app: &App, line: Map<String, Value>) -> Result<(), AppError> {
    check(app, &line)?;
    let mut text = Value::Object(line).to_string();
    if text.len() > LINE_BYTES {
        return Err(AppError::TooLarge(format!("the line has {} bytes; {LINE_BYTES} are allowed", text.len())));
    }
    text.push('\n');
    let path = app.root().inbox(&app.config().settings().inbox);
    let written = task::spawn_blocking(move || append(&path, text.as_bytes())).await;
    let written = written.map_err(|error| AppError::Internal(error.to_string()))?;
    written.map_err(|error| AppError::io("the inbox cannot be written", &error))
}

/// Appends a whole line, and answers when it is on the disk; of a line that could not be written, nothing stays. Blocks.
fn append(path: &Path, line: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new().create(true).read(true).append(true).open(path)?;
    // The requests of this process take turns: one that cuts its half line off must not cut another's.
    file.lock()?;
    let before = file.metadata()?.len();
    if let Err(error) = file.write_all(line) {
        if let Err(left) = cut_back(&mut file, before, line) {
            tracing::error!(error = %left, path = %path.display(), "half a line is left in the inbox");
        }
        return Err(error);
    }
    // A whole line is never cut off again: it may have been taken already.
    file.sync_data()
}

/// Takes back the beginning of a line, to which the next one would be glued.
fn cut_back(file: &mut File, before: u64, line: &[u8]) -> io::Result<()> {
    let mut left = Vec::new();
    file.seek(SeekFrom::Start(before))?;
    file.read_to_end(&mut left)?;
    if left.is_empty() {
        return Ok(());
    }
    // Other programs append without a lock: what one of them wrote in between stays, and the half line gets an end.
    if line.starts_with(&left) { file.set_len(before) } else { file.write_all(b"\n") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_line_that_could_not_be_written_nothing_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("inbox/daemon.jsonl");
        append(&path, b"one\n").unwrap();
        let mut file = OpenOptions::new().read(true).append(true).open(&path).unwrap();
        file.write_all(b"tw").unwrap();
        cut_back(&mut file, 4, b"two\n").unwrap();
        append(&path, b"three\n").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "one\nthree\n");
        // What somebody else wrote meanwhile is not ours to cut.
        file.write_all(b"fofour\n").unwrap();
        cut_back(&mut file, 10, b"foo\n").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "one\nthree\nfofour\n\n");
    }
}
