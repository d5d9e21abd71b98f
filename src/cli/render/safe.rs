//! Text of others for a terminal: control characters are shown instead of obeyed.

use std::borrow::Cow;

use serde_json::Value;

use crate::model::text;

/// The text with control characters made visible; ends of lines and tabs stay.
pub fn safe(text: &str) -> Cow<'_, str> {
    text::shown(text)
}

/// The same with every text of an answer, names of fields too.
pub(super) fn all(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(safe(&text).into_owned()),
        Value::Array(items) => items.into_iter().map(all).collect(),
        Value::Object(fields) => {
            fields.into_iter().map(|(name, value)| (safe(&name).into_owned(), all(value))).collect()
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_text_of_an_answer_is_safe() {
        let answer = json!({"a\u{1b}": ["\u{1b}c", 1, null], "b": {"c": "\u{8}"}});
        assert_eq!(all(answer), json!({"a␛": ["␛c", 1, null], "b": {"c": "␈"}}));
    }
}
