//! The channels by which events go out: HTTP receivers and mail.

use std::{collections::BTreeMap, path::PathBuf};

use serde::{Deserialize, Serialize};

use super::secret::SecretRef;
use crate::model::words::words;

words!(
    /// How a webhook proves who sent it.
    Signature, "signature" {
        /// Standard Webhooks: the headers `webhook-id`, `webhook-timestamp` and `webhook-signature`.
        Standard = "standard",
        /// Feishu and Lark bots: `timestamp` and `sign` in the body.
        Feishu = "feishu",
        /// DingTalk bots: `timestamp` and `sign` in the address.
        Dingtalk = "dingtalk",
    }
);

words!(
    /// How the connection to a mail server is protected.
    MailTls, "protection" {
        /// Plain at first, then TLS; refused where the server does not offer it.
        Starttls = "starttls",
        /// TLS from the first byte, usually on port 465.
        Tls = "tls",
        /// None: for a server on this machine.
        None = "none",
    }
);

/// A receiver of signed HTTP messages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Webhook {
    /// Its name in `notify.rhai`.
    pub name: String,
    /// Where the messages are posted.
    #[serde(default)]
    pub url: Option<String>,
    /// Environment variable that holds the address, where the address itself is a secret.
    #[serde(default)]
    pub url_env: Option<String>,
    /// File that holds the address.
    #[serde(default)]
    pub url_file: Option<PathBuf>,
    /// Environment variable that holds the secret which signs the messages; unsigned without a secret.
    #[serde(default)]
    pub secret_env: Option<String>,
    /// File that holds the secret; a relative path is below the root.
    #[serde(default)]
    pub secret_file: Option<PathBuf>,
    /// Program and arguments that print the secret.
    #[serde(default)]
    pub secret_command: Vec<String>,
    /// How the secret is used.
    #[serde(default = "standard")]
    pub signature: Signature,
    /// The body as a minijinja template; the message as JSON when none.
    #[serde(default)]
    pub body: Option<String>,
    /// What the body is.
    #[serde(default = "json")]
    pub content_type: String,
    /// Further headers; never secrets, for which there is `secret_…`.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// Seconds that the receiver may take to answer.
    #[serde(default = "ten")]
    pub timeout_seconds: u64,
}

impl Webhook {
    /// Where the address is read from, unless it stands in `url`.
    pub fn address(&self) -> SecretRef<'_> {
        SecretRef { env: self.url_env.as_deref(), file: self.url_file.as_deref(), command: &[] }
    }

    /// Where the secret is read from.
    pub fn secret(&self) -> SecretRef<'_> {
        let (env, file) = (self.secret_env.as_deref(), self.secret_file.as_deref());
        SecretRef { env, file, command: &self.secret_command }
    }
}

/// A mail server and who writes to whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Smtp {
    /// Host name of the server.
    pub host: String,
    /// Its port.
    #[serde(default = "submission")]
    pub port: u16,
    /// How the connection is protected.
    #[serde(default = "starttls")]
    pub tls: MailTls,
    /// Account, when the server asks for one.
    #[serde(default)]
    pub user: Option<String>,
    /// Environment variable that holds the account's password.
    #[serde(default)]
    pub password_env: Option<String>,
    /// File that holds the password; a relative path is below the root.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// Program and arguments that print the password.
    #[serde(default)]
    pub password_command: Vec<String>,
    /// Address of the sender.
    pub from: String,
    /// Addresses of the receivers.
    pub to: Vec<String>,
}

impl Smtp {
    /// Where the password is read from.
    pub fn password(&self) -> SecretRef<'_> {
        let (env, file) = (self.password_env.as_deref(), self.password_file.as_deref());
        SecretRef { env, file, command: &self.password_command }
    }
}

const fn standard() -> Signature {
    Signature::Standard
}
const fn starttls() -> MailTls {
    MailTls::Starttls
}
const fn submission() -> u16 {
    587
}
const fn ten() -> u64 {
    10
}
fn json() -> String {
    "application/json".to_owned()
}
