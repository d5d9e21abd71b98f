//! Keys to the API.

use poem_openapi::Object;

use super::view;
use crate::{
    app::keys,
    http::schema::{Nullable, Time},
    model::{
        ids::{AgentId, ProjectId, TaskId},
        key::{self, KeyScope},
    },
};

view!(
    /// A key to the API
    ApiKey of key::ApiKey {
        /// Counts up.
        id: i64,
        /// What it is for.
        name: String,
        /// What it is good for.
        scope: KeyScope,
        /// Who writes with it.
        agent: Nullable<AgentId>,
        /// In which project.
        project: Nullable<ProjectId>,
        /// Only on this task.
        task: Nullable<TaskId>,
        /// How its secret begins.
        prefix: String,
        /// Who made it.
        created_by: String,
        /// When it was made.
        created_at: Time,
        /// When it ends; null when it does not.
        expires_at: Nullable<Time>,
        /// When it was revoked; null when it was not.
        revoked_at: Nullable<Time>,
        /// When it was last used, to the minute; null before.
        last_used_at: Nullable<Time>,
    }
);

/// A key with its secret, which is shown this once
#[derive(Debug, Clone, Object)]
pub struct FreshApiKey {
    /// The key.
    pub key: ApiKey,
    /// Its secret: send it as `Authorization: Bearer SECRET`, or open `/login?key=SECRET`.
    pub secret: String,
}

impl From<keys::FreshKey> for FreshApiKey {
    fn from(model: keys::FreshKey) -> Self {
        Self { key: model.key.into(), secret: model.secret }
    }
}
