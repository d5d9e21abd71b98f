//! Webhooks in: who may send them, and what proves it.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::secret::SecretRef;
use crate::model::{ids::ProjectId, incoming::Forge};

/// A forge that sends webhooks to `/api/webhooks/<source>`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IncomingWebhook {
    /// Its name in the address.
    pub source: String,
    /// What it is.
    pub forge: Forge,
    /// The project that `webhook.rhai` is asked of, and whose tasks it makes; scripts of the root are asked when none.
    #[serde(default)]
    pub project: Option<ProjectId>,
    /// Environment variable that holds the secret which signs its messages.
    #[serde(default)]
    pub secret_env: Option<String>,
    /// File that holds the secret; a relative path is below the root.
    #[serde(default)]
    pub secret_file: Option<PathBuf>,
    /// Program and arguments that print the secret.
    #[serde(default)]
    pub secret_command: Vec<String>,
    /// Handed to the script as `incoming.args`.
    #[serde(default)]
    pub args: Map<String, Value>,
}

impl IncomingWebhook {
    /// Where the secret is read from.
    pub fn secret(&self) -> SecretRef<'_> {
        let (env, file) = (self.secret_env.as_deref(), self.secret_file.as_deref());
        SecretRef { env, file, command: &self.secret_command }
    }
}
