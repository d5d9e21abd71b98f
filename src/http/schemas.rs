//! What each record must be like: the built-in schemas, and what the root asks for beside them.

use poem_openapi::{OpenApi, param::Path, payload::Json};

use super::{
    Served, Tag, page::Items, problem::Failure, record_schemas::built_in, schema::Nullable,
    views::schemas::RecordSchema,
};
use crate::{app::AppError, model::record_kind::RecordKind};

/// Routes of record schemas.
pub struct SchemasApi(pub Served);

#[OpenApi(prefix_path = "/api", tag = "Tag::Operations")]
impl SchemasApi {
    /// What each record that agents write must be like, as JSON Schema
    #[oai(path = "/schemas", method = "get", operation_id = "listSchemas")]
    async fn list(&self) -> Result<Json<Items<RecordSchema>>, Failure> {
        let mut items = Vec::with_capacity(RecordKind::ALL.len());
        for kind in RecordKind::ALL {
            items.push(self.one(*kind).await?);
        }
        Ok(Json(Items { items }))
    }

    /// What one record must be like, as JSON Schema
    #[oai(path = "/schemas/:name", method = "get", operation_id = "getSchema")]
    async fn get(&self, name: Path<RecordKind>) -> Result<Json<RecordSchema>, Failure> {
        Ok(Json(self.one(name.0).await?))
    }
}

impl SchemasApi {
    async fn one(&self, kind: RecordKind) -> Result<RecordSchema, Failure> {
        let file = self.0.root().schemas().join(format!("{kind}.json"));
        let is_own = self.0.config().playbook().schemas.contains_key(&kind);
        let read = move || is_own.then(|| std::fs::read_to_string(file).ok()).flatten();
        let own = tokio::task::spawn_blocking(read).await.map_err(|error| AppError::Internal(error.to_string()))?;
        let own = own.and_then(|text| serde_json::from_str(&text).ok());
        Ok(RecordSchema { name: kind, schema: built_in(kind), own: Nullable(own) })
    }
}
