//! Text of others for a terminal: control characters are shown instead of obeyed.

use std::borrow::Cow;

use serde_json::Value;

/// The text with control characters made visible; ends of lines and tabs stay. Characters that turn the direction of
/// writing are among them: they make text look like what it is not.
pub fn safe(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return text.into();
    }
    text.replace("\r\n", "\n").chars().map(|c| if is_unsafe(c) { picture(c) } else { c }).collect::<String>().into()
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

fn is_unsafe(c: char) -> bool {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || (c.is_control() && c != '\n' && c != '\t')
}

/// The sign that Unicode has for a control character, such as `␛`; the replacement character where it has none.
fn picture(c: char) -> char {
    match u32::from(c) {
        code @ ..0x20 => char::from_u32(0x2400 + code).unwrap_or(char::REPLACEMENT_CHARACTER),
        0x7f => '␡',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn control_characters_are_shown() {
        assert_eq!(safe("two\nlines\tand 中文"), "two\nlines\tand 中文");
        assert_eq!(safe("\u{1b}[2J\u{7}x\u{0}\u{7f}\r\n\ry"), "␛[2J␇x␀␡\n␍y");
        assert_eq!(safe("\u{9b}31m \u{202e}txt.exe"), "\u{fffd}31m \u{fffd}txt.exe");
        let answer = json!({"a\u{1b}": ["\u{1b}c", 1, null], "b": {"c": "\u{8}"}});
        assert_eq!(all(answer), json!({"a␛": ["␛c", 1, null], "b": {"c": "␈"}}));
    }
}
