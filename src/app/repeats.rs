//! Writes that may be sent twice: when the daemon dies between taking a write and answering it, the caller sends it again
//! with the same key, and gets the answer of the first time.
//!
//! The answer is kept in the transaction of the write, under a hash of the key; so it is there exactly when the write is.

use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use super::{access, error::AppError, requests::Caller};
use crate::{
    model::ids::TaskId,
    store::{Tx, answers},
};

/// Longest key, in bytes.
const KEY_BYTES: usize = 200;

/// Refuses a key that is none.
pub fn check_key(key: &str) -> Result<(), AppError> {
    if !key.is_empty() && key.len() <= KEY_BYTES && key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    let detail = format!("the key must have 1 to {KEY_BYTES} printable characters without spaces");
    Err(AppError::invalid("Idempotency-Key", detail, "use a fresh UUID for each write"))
}

/// Does the write, or answers as the first time when the caller's key was used for the same before.
pub(super) fn once<T: Serialize + DeserializeOwned>(
    tx: &mut Tx<'_>,
    caller: &Caller,
    (operation, task): (&'static str, Option<TaskId>),
    write: impl FnOnce(&mut Tx<'_>) -> Result<T, AppError>,
) -> Result<T, AppError> {
    let Some(key) = &caller.repeat_key else { return write(tx) };
    let place = task.map_or_else(String::new, |task| task.to_string());
    let key = digest(&format!("{operation} {place} {key}"));
    let unreadable = |error: serde_json::Error| AppError::Internal(format!("a kept answer: {error}"));
    if let Some(answer) = answers::of(tx, &key)? {
        return serde_json::from_str(&answer).map_err(unreadable);
    }
    let answer = write(tx)?;
    answers::keep(tx, &key, &serde_json::to_string(&answer).map_err(unreadable)?)?;
    Ok(answer)
}

/// The token of a claim: with a key always the same, and known to nobody who does not know the key.
pub(super) fn claim_token(caller: &Caller) -> String {
    caller.repeat_key.as_ref().map_or_else(access::new_token, |key| digest(&format!("token {key}")))
}

fn digest(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}
