//! When two findings say the same, in other words or with another line number in front.

use std::collections::HashMap;

/// Share of the words that two findings must have in common, of a thousand.
const SAME: usize = 850;
/// Figures of the script that has a character for each.
const NUMERALS: &str = "〇零一二三四五六七八九十百千万两";

/// True when one finding repeats the other: the same words, but for case, punctuation and a few. What names a place (a figure,
/// a path, an identifier) has to be in both; numbers of lines may differ, since a new version moves them.
pub fn say_the_same(one: &str, other: &str) -> bool {
    name_the_same(one, other) && share_words(one, other)
}

fn share_words(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    let (all, mut rest) = (one.len() + other.len(), count(&other));
    if one.is_empty() || other.is_empty() {
        return false;
    }
    let shared = one.iter().filter(|word| take(&mut rest, word)).count();
    2 * shared * 1000 >= SAME * all
}

/// True when each of them holds every name of the other.
fn name_the_same(one: &str, other: &str) -> bool {
    let (one, other) = (tokens(one), tokens(other));
    let held = |names: &[Token], by: &[Token]| {
        names.iter().filter(|token| token.is_name).all(|name| by.iter().any(|token| token.text == name.text))
    };
    held(&one, &other) && held(&other, &one)
}

/// What stands between spaces, in lower case, without punctuation around it.
struct Token {
    text: String,
    /// It names something: a figure, a path, an identifier.
    is_name: bool,
}

fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    for word in text.split_whitespace() {
        let plain: String = word.chars().filter(|c| !is_word_by_itself(*c)).collect();
        let numerals = word.chars().filter(|c| NUMERALS.contains(*c));
        let plain = plain.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let plain = without_line(&plain);
        let is_line = found.last().is_some_and(|before| matches!(before.text.as_str(), "line" | "lines"));
        let has_digit = plain.contains(|c: char| c.is_ascii_digit());
        let is_code = plain.contains(['_', '/', '.', ':', '(', '[']) || word.starts_with('`');
        if !plain.is_empty() {
            found.push(Token { text: plain.to_owned(), is_name: (has_digit || is_code) && !is_line });
        }
        found.extend(numerals.map(|c| Token { text: c.to_string(), is_name: true }));
    }
    found
}

/// A place in a file without the number of its line.
fn without_line(word: &str) -> &str {
    match word.rsplit_once(':') {
        Some((file, line)) if !line.is_empty() && line.chars().all(|c| c.is_ascii_digit()) => file,
        _ => word,
    }
}

/// The words in lower case. A character of a script without spaces is a word by itself.
fn words(text: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for c in text.chars().flat_map(char::to_lowercase) {
        if is_word_by_itself(c) {
            found.extend([c.to_string(), String::new()]);
        } else if c.is_alphanumeric() {
            if let Some(word) = found.last_mut() {
                word.push(c);
            }
        } else {
            found.push(String::new());
        }
    }
    found.retain(|word| !word.is_empty());
    found
}

const fn is_word_by_itself(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
}

fn count(words: &[String]) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    for word in words {
        *counts.entry(word.as_str()).or_default() += 1;
    }
    counts
}

fn take(counts: &mut HashMap<&str, usize>, word: &str) -> bool {
    match counts.get_mut(word) {
        Some(left) if *left > 0 => {
            *left -= 1;
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_finding_is_known_again() {
        for (one, other) in [
            ("The sum is wrong.", "the sum is wrong"),
            (
                "`total()` ignores empty rows: line 12 must be mended",
                "total() ignores empty rows, line 14 must be mended",
            ),
            ("第三行的合计不正确", "第三行的合计不正确！"),
            ("src/load.rs:44 divides by zero on an empty file", "src/load.rs:51 divides by zero on an empty file"),
        ] {
            assert!(say_the_same(one, other), "{one} / {other}");
        }
    }

    #[test]
    fn other_findings_are_not() {
        for (one, other) in [
            ("The sum is wrong", "The unit is missing"),
            ("The sum of March is wrong", "The sum of April is wrong by two"),
            ("第三行的合计不正确", "第五行缺少单位"),
            ("第三行的合计不正确", "第五行的合计不正确"),
            (
                "the sum in row 3 of the table on the first page of the report is wrong",
                "the sum in row 4 of the table on the first page of the report is wrong",
            ),
            (
                "src/load.rs:44 divides by zero when it is given an empty file",
                "src/save.rs:44 divides by zero when it is given an empty file",
            ),
            (
                "the function `read_all` loses its last row when the file ends without a newline",
                "the function `write_all` loses its last row when the file ends without a newline",
            ),
            ("", ""),
            ("...", "..."),
        ] {
            assert!(!say_the_same(one, other), "{one} / {other}");
        }
    }
}
