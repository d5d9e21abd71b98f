//! `Json`: a read-only view into configuration and event payloads.
//!
//! A key that is not there is an error that names the nearest one; `get(key, otherwise)` and `key in view` ask first.

use std::sync::Arc;

use rhai::{Array, Dynamic, EvalAltResult, FuncRegistration, ImmutableString, Module};
use serde_json::{Map, Value};

use crate::policy::{engine, fault::nearest, natives::NativeDoc};

/// A place inside a shared document.
#[derive(Debug, Clone)]
pub(in crate::policy) struct JsonView {
    document: Arc<Value>,
    /// JSON pointer of the place.
    pointer: String,
    /// The place as a script writes it.
    shown: String,
}

impl JsonView {
    /// The whole document; `shown` is its name in messages.
    pub(super) fn root(shown: &str, document: Arc<Value>) -> Dynamic {
        Self { document, pointer: String::new(), shown: shown.to_owned() }.here()
    }

    fn value(&self) -> &Value {
        self.document.pointer(&self.pointer).unwrap_or(&Value::Null)
    }

    fn map(&self) -> Option<&Map<String, Value>> {
        self.value().as_object()
    }

    /// What a script gets for this place: the view itself for an object, else the value.
    fn here(&self) -> Dynamic {
        match self.value() {
            Value::Null => Dynamic::UNIT,
            Value::Bool(value) => (*value).into(),
            Value::Number(number) => match number.as_i64() {
                Some(integer) => integer.into(),
                None => number.as_f64().unwrap_or(f64::NAN).into(),
            },
            Value::String(text) => text.as_str().into(),
            Value::Array(items) => {
                (0..items.len()).map(|index| self.step(&index.to_string()).here()).collect::<Array>().into()
            }
            Value::Object(_) => Dynamic::from(self.clone()),
        }
    }

    fn step(&self, key: &str) -> Self {
        let escaped = key.replace('~', "~0").replace('/', "~1");
        Self {
            document: self.document.clone(),
            pointer: format!("{}/{escaped}", self.pointer),
            shown: format!("{}.{key}", self.shown),
        }
    }

    fn get(&mut self, key: ImmutableString) -> Result<Dynamic, Box<EvalAltResult>> {
        let keys = self.map().map(|map| map.keys().map(String::as_str).collect::<Vec<_>>()).unwrap_or_default();
        if keys.contains(&key.as_str()) {
            return Ok(self.step(&key).here());
        }
        engine::missing_name();
        let known = match nearest(&key, keys.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if keys.is_empty() => "it is empty".to_owned(),
            None => format!("it has: {}", keys.join(", ")),
        };
        Err(format!("`{}` has no key `{key}`; {known}", self.shown).into())
    }

    fn contains(&mut self, key: ImmutableString) -> bool {
        self.map().is_some_and(|map| map.contains_key(key.as_str()))
    }

    fn get_or(&mut self, key: ImmutableString, otherwise: Dynamic) -> Dynamic {
        if self.contains(key.clone()) { self.step(&key).here() } else { otherwise }
    }

    fn keys(&mut self) -> Array {
        self.map().map(|map| map.keys().map(|key| key.as_str().into()).collect()).unwrap_or_default()
    }
}

/// The functions on a `Json`, for the reference.
pub(in crate::policy) const FUNCTIONS: &[NativeDoc] = &[
    NativeDoc {
        signature: "json.key, json[\"key\"]",
        meaning: "The value of a key; an error when there is no such key.",
    },
    NativeDoc { signature: "get(json, key, otherwise)", meaning: "The value of a key, or `otherwise`." },
    NativeDoc { signature: "key in json -> bool", meaning: "True when there is such a key." },
    NativeDoc { signature: "keys(json) -> array of string", meaning: "Its keys." },
];

pub(super) fn register(module: &mut Module) {
    module.set_custom_type::<JsonView>("Json");
    module.set_indexer_get_fn(JsonView::get);
    let global = |name: &str| FuncRegistration::new(name).in_global_namespace();
    global("contains").set_into_module(module, JsonView::contains);
    global("get").set_into_module(module, JsonView::get_or);
    global("keys").set_into_module(module, JsonView::keys);
}
