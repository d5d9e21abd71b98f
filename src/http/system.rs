//! Health, metrics, and the document itself.

use poem_openapi::{
    OpenApi,
    payload::{Json, PlainText},
};
use serde_json::Value;

use super::{Served, Tag, metrics, openapi, problem::Failure, views::daemon::Health};
use crate::app::{figures, status};

/// Routes about the server.
pub struct SystemApi(pub Served);

#[OpenApi(tag = "Tag::System")]
impl SystemApi {
    /// Whether the daemon can do its work
    #[oai(path = "/healthz", method = "get", operation_id = "getHealth")]
    async fn health(&self) -> Result<Json<Health>, Failure> {
        let status = if status::is_healthy(&self.0) { "ok" } else { "degraded" };
        Ok(Json(Health { status: status.into(), version: env!("CARGO_PKG_VERSION").into() }))
    }

    /// Figures for Prometheus
    #[oai(path = "/metrics", method = "get", operation_id = "getMetrics")]
    async fn metrics(&self) -> Result<PlainText<String>, Failure> {
        Ok(PlainText(metrics::render(&status::daemon(&self.0).await?, &figures::collect(&self.0).await?)))
    }

    /// This document
    #[oai(path = "/api/openapi.json", method = "get", operation_id = "getOpenApiJson")]
    async fn openapi_json(&self) -> Result<Json<Value>, Failure> {
        Ok(Json(openapi::document().clone()))
    }

    /// This document as YAML
    #[oai(path = "/api/openapi.yaml", method = "get", operation_id = "getOpenApiYaml")]
    async fn openapi_yaml(&self) -> Result<PlainText<String>, Failure> {
        Ok(PlainText(openapi::spec_yaml()))
    }
}
