//! Text of others: what could act on a terminal, or hide from a reader, is shown.

use std::borrow::Cow;

/// The text with control characters made visible; ends of lines and tabs stay. Characters that turn the direction of
/// writing, and those that nobody sees, are among them: they make text look like what it is not.
pub fn shown(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return text.into();
    }
    text.replace("\r\n", "\n").chars().map(|c| if is_unsafe(c) { picture(c) } else { c }).collect::<String>().into()
}

fn is_unsafe(c: char) -> bool {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_tag = matches!(c, '\u{e0000}'..='\u{e007f}');
    turns || is_tag || (c.is_control() && c != '\n' && c != '\t')
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
    use super::*;

    #[test]
    fn control_characters_are_shown() {
        assert_eq!(shown("two\nlines\tand 中文"), "two\nlines\tand 中文");
        assert_eq!(shown("\u{1b}[2J\u{7}x\u{0}\u{7f}\r\n\ry"), "␛[2J␇x␀␡\n␍y");
        assert_eq!(shown("\u{9b}31m \u{202e}txt.exe"), "\u{fffd}31m \u{fffd}txt.exe");
        assert_eq!(shown("seen\u{e0041}unseen"), "seen\u{fffd}unseen");
    }
}
