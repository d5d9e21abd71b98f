//! What the root asks of records beside what is built in: its own `schemas/<kind>.json`.

use serde::Serialize;
use serde_json::Value;

use super::{App, error::AppError, requests::Caller};
use crate::model::record_kind::RecordKind;

/// Compares what an operation was given with the root's schema for it, where there is one.
pub(super) fn check(app: &App, operation: &str, caller: &Caller, body: &impl Serialize) -> Result<(), AppError> {
    let kind = RecordKind::of_operation(operation);
    let playbook = app.config().playbook();
    if !playbook.schemas.contains_key(&kind) {
        return Ok(());
    }
    let mut body = serde_json::to_value(body).unwrap_or_default();
    if let Value::Object(fields) = &mut body {
        // What was left out is not there, as in what was sent; and whoever sends it is.
        fields.retain(|_, value| !value.is_null());
        fields.entry(kind.author()).or_insert_with(|| caller.actor.to_string().into());
    }
    fits(app, kind, &body)
}

/// Compares a record with the root's schema for it, where there is one.
pub fn fits(app: &App, kind: RecordKind, record: &Value) -> Result<(), AppError> {
    let playbook = app.config().playbook();
    let Some(schema) = playbook.schemas.get(&kind) else { return Ok(()) };
    schema.check(record).map_err(|wrong| AppError::Validation {
        field: wrong.field.into(),
        detail: format!("{} (schemas/{kind}.json of this root)", wrong.detail),
        valid_values: wrong.valid_values,
        hint: format!("{}; `moziplus schema show {kind}` prints the whole form", wrong.hint),
    })
}
