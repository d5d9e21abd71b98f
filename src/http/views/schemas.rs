//! Schemas of records as the API shows them.

use poem_openapi::Object;
use serde_json::Value;

use crate::{http::schema::Nullable, model::record_kind::RecordKind};

/// What a record must be like
#[derive(Debug, Clone, Object)]
pub struct RecordSchema {
    /// The record.
    pub name: RecordKind,
    /// What is asked in any case.
    pub schema: Value,
    /// What the root asks for beside it, in `schemas/<name>.json`; null when nothing.
    pub own: Nullable<Value>,
}
