//! How long a text is for a model.
//!
//! No two models count alike, and none of their tables is needed to keep a prompt in bounds: four bytes of ASCII are
//! about one token, and a character of another script is counted as one. Chinese text comes out about right, accented
//! letters a little too long, which is the safe side.

/// About how many tokens the text has.
pub fn estimate(text: &str) -> usize {
    let ascii = text.bytes().filter(u8::is_ascii).count();
    let other = text.chars().filter(|c| !c.is_ascii()).count();
    ascii.div_ceil(4) + other
}

/// The beginning and the end of a text in so many tokens at most, and between them how much is missing; none when the text
/// fits as it is. Where there is no room for the mark, only the beginning.
///
/// Reports say at the end what came of it, requests at the beginning what is wanted: of what there is room for, three
/// quarters are the beginning's.
pub fn cut(text: &str, most: usize) -> Option<String> {
    let tokens = estimate(text);
    if tokens <= most {
        return None;
    }
    let mark = |missing: usize| format!(" […cut: about {missing} tokens are missing here…] ");
    // What is missing has no more digits than all of it.
    let Some(room) = most.checked_sub(estimate(&mark(tokens))) else {
        return Some(text[..length(text.chars(), most)].to_owned());
    };
    let head = length(text.chars(), room - room / 4);
    let tail = length(text.chars().rev(), room / 4);
    let (head, tail) = (&text[..head], &text[text.len() - tail..]);
    let missing = tokens.saturating_sub(estimate(head) + estimate(tail));
    Some(format!("{head}{}{tail}", mark(missing)))
}

/// Bytes of so many of these characters as make up the tokens.
fn length(chars: impl Iterator<Item = char>, tokens: usize) -> usize {
    let quarters = tokens * 4;
    let (mut bytes, mut cost) = (0, 0);
    for c in chars {
        cost += if c.is_ascii() { 1 } else { 4 };
        if cost > quarters {
            break;
        }
        bytes += c.len_utf8();
    }
    bytes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn four_bytes_or_one_chinese_character_are_a_token() {
        for (text, tokens) in [("", 0), ("four", 1), ("fives", 2), ("龙龙", 2), ("a龙", 2)] {
            assert_eq!(estimate(text), tokens, "{text}");
        }
    }

    #[test]
    fn a_cut_text_keeps_its_beginning_and_its_end() {
        assert_eq!(cut("short", 2), None);
        let text = format!("BEGIN {} END", "word ".repeat(500));
        let short = cut(&text, 60).unwrap();
        assert!(short.starts_with("BEGIN word") && short.ends_with(" END"), "{short}");
        assert!(short.contains("[…cut: about 5"), "{short}");
    }

    proptest! {
        #[test]
        fn what_is_cut_fits(text in "\\PC{0,400}", most in 0_usize..120) {
            match cut(&text, most) {
                None => prop_assert!(estimate(&text) <= most),
                Some(short) => prop_assert!(estimate(&short) <= most, "{} > {most}", estimate(&short)),
            }
        }
    }
}
