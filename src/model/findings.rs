//! When two findings say the same, in other words or with another line number in front.

use std::collections::HashMap;

/// Share of the words that two findings must have in common, of a thousand.
const SAME: usize = 850;

/// True when one finding repeats the other: the same words, but for case, punctuation and a few.
pub fn say_the_same(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    let (all, mut rest) = (one.len() + other.len(), count(&other));
    if one.is_empty() || other.is_empty() {
        return false;
    }
    let shared = one.iter().filter(|word| take(&mut rest, word)).count();
    2 * shared * 1000 >= SAME * all
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
            ("", ""),
            ("...", "..."),
        ] {
            assert!(!say_the_same(one, other), "{one} / {other}");
        }
    }
}
