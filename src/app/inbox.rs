//! Putting a line into the inbox, from inside.

use std::io::Write;

use serde_json::{Map, Value};
use tokio::task;

use super::{App, error::AppError};

/// Largest line, in bytes.
const LINE_BYTES: usize = 256 * 1024;

/// Appends one line; the inbox loop takes it within a second. The file is opened and closed for each line, so that it
/// can be rotated at any time.
pub async fn post(app: &App, line: Map<String, Value>) -> Result<(), AppError> {
    if line.get("event").and_then(Value::as_str).is_none_or(str::is_empty) {
        let hint = "use task_created, task_ready, task_completed, task_failed, comment_added or user_action";
        return Err(AppError::invalid("event", "the line has no event", hint));
    }
    let mut text = Value::Object(line).to_string();
    if text.len() > LINE_BYTES {
        return Err(AppError::TooLarge(format!("the line has {} bytes; {LINE_BYTES} are allowed", text.len())));
    }
    text.push('\n');
    let path = app.root().inbox(&app.config().settings().inbox);
    let append = move || {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(&path)?;
        file.write_all(text.as_bytes())
    };
    let written = task::spawn_blocking(append).await.map_err(|error| AppError::Internal(error.to_string()))?;
    written.map_err(|error| match error.kind() {
        std::io::ErrorKind::StorageFull => AppError::DiskFull,
        _ => AppError::Internal(format!("the inbox cannot be written: {error}")),
    })
}
