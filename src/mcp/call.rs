//! From a call's arguments to a request.

use serde_json::{Map, Value};

use super::{
    Defaults,
    tools::{TOKEN_ARGUMENT, Tool},
};
use crate::client::request::{Method, Request, TOKEN_HEADER};

/// Fields that name who acts, in the order in which a body has one of them.
const ACTING: &[&str] = &["agent", "reviewer", "author", "created_by", "from"];

/// What is wrong with the arguments of a call. What is wrong with their values, the API says itself.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Wrong {
    /// An argument that the tool does not have.
    #[error("there is no argument `{name}`")]
    Unknown {
        /// The argument.
        name: String,
        /// Those that the tool has.
        valid: Vec<String>,
    },
    /// An argument that cannot be left out.
    #[error("`{0}` is missing")]
    Missing(String),
    /// An argument that goes into the address and is a list or an object.
    #[error("`{0}` has to be text, a number or a truth value")]
    NotPlain(String),
}

impl Wrong {
    /// The argument that it is about.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Unknown { name, .. } | Self::Missing(name) | Self::NotPlain(name) => Some(name),
        }
    }
}

impl Tool {
    /// The request that a call stands for.
    pub fn request(&self, mut arguments: Map<String, Value>, defaults: &Defaults) -> Result<Request, Wrong> {
        if let Some(name) = arguments.keys().find(|name| !self.properties.contains_key(*name)) {
            let valid = self.properties.keys().cloned().collect();
            return Err(Wrong::Unknown { name: name.clone(), valid });
        }
        let token = if self.takes_token { arguments.remove(TOKEN_ARGUMENT) } else { None };
        let token = token.map(|token| plain(TOKEN_ARGUMENT, token)).transpose()?.filter(|token| !token.is_empty());
        let mut segments = Vec::new();
        for segment in self.path.trim_start_matches('/').split('/') {
            segments.push(match segment.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
                Some(name) => self.in_path(name, &mut arguments, defaults)?,
                None => segment.to_owned(),
            });
        }
        let mut request = Request::new(self.method, segments.iter().map(String::as_str));
        for name in &self.in_query {
            let given = arguments.remove(name).map(|value| plain(name, value)).transpose()?;
            request = request.query(name, given);
        }
        if let Some(token) = token {
            request = request.header(TOKEN_HEADER, token);
        }
        if self.has_body {
            self.sign(&mut arguments, defaults);
            request = request.json(&arguments);
        }
        Ok(if self.method == Method::Get { request } else { request.repeatable() })
    }

    fn in_path(&self, name: &str, arguments: &mut Map<String, Value>, defaults: &Defaults) -> Result<String, Wrong> {
        match arguments.remove(name) {
            Some(value) => plain(name, value),
            None => defaults.of(name).map(str::to_owned).ok_or_else(|| Wrong::Missing(name.to_owned())),
        }
    }

    /// Says who acts, unless the call does.
    fn sign(&self, arguments: &mut Map<String, Value>, defaults: &Defaults) {
        let field = ACTING.iter().find(|field| self.properties.contains_key(**field));
        if let (Some(field), Some(agent)) = (field, &defaults.agent) {
            arguments.entry(*field).or_insert_with(|| Value::String(agent.clone()));
        }
    }
}

/// A value as it stands in an address.
fn plain(name: &str, value: Value) -> Result<String, Wrong> {
    match value {
        Value::String(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(truth) => Ok(truth.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => Err(Wrong::NotPlain(name.to_owned())),
    }
}
