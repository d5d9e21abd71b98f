//! Full text: how text is cut into words for the index, how a query is read, and what of a text is shown.
//!
//! Chinese, Japanese and Korean have no spaces. Each of their characters is a word of its own in the index, and a row of
//! them in a query is a phrase, so that 搜索 finds exactly what contains it.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::words::words;

/// Longest text that goes into the index, in characters; what follows is not found.
pub const MOST_CHARS: usize = 50_000;
/// Longest query, in characters.
const QUERY_CHARS: usize = 400;
/// Most words of a query.
const QUERY_WORDS: usize = 16;
/// Characters of an excerpt.
const EXCERPT: usize = 160;
/// Characters of an excerpt before the first match.
const LEAD: usize = 40;
/// Most matches that are looked at for an excerpt.
const MATCHES: usize = 200;
/// Separates words that are written without a space; it is no letter, so that the index drops it.
const SEPARATOR: char = '\u{200b}';

words!(
    /// What can be found.
    SearchKind, "kind of search result" {
        /// A task: title, description, summary.
        Task = "task",
        /// A comment.
        Comment = "comment",
        /// An output: title and summary.
        Output = "output",
        /// A lesson.
        Experience = "experience",
        /// A skill.
        Skill = "skill",
    }
);

/// A piece of an excerpt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fragment {
    /// The text.
    pub text: String,
    /// True for what was searched for.
    pub is_match: bool,
}

/// The text as the index takes it: wide letters narrow, a separator around every CJK character.
pub fn indexed(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 2);
    for c in text.chars().take(MOST_CHARS).map(narrow) {
        if is_cjk(c) {
            out.extend([SEPARATOR, c, SEPARATOR]);
        } else {
            out.push(c);
        }
    }
    out
}

/// Full-width letters and digits (ＡＰＩ) are the same as narrow ones.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// Characters of scripts that are written without spaces between words.
fn is_cjk(c: char) -> bool {
    matches!(u32::from(c),
        0x2e80..=0x2fdf       // radicals
        | 0x3005..=0x3007
        | 0x3040..=0x30ff     // kana
        | 0x3100..=0x312f | 0x31a0..=0x31bf // bopomofo
        | 0x3400..=0x4dbf | 0x4e00..=0x9fff // ideographs
        | 0x1100..=0x11ff | 0xac00..=0xd7af // hangul
        | 0xf900..=0xfaff
        | 0x2_0000..=0x3_ffff)
}

/// What somebody searches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    words: Vec<Word>,
}

/// A word, or several between quotes; lower case, narrow.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    text: String,
    /// True for what stood between quotes: it is not continued.
    is_whole: bool,
}

impl Query {
    /// Reads a query: words that must all be there, the beginning of a word is enough; what stands between double quotes
    /// must be there as it is. None when there is nothing to search for in it.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = |c: char| if c.is_control() { ' ' } else { lower(narrow(c)) };
        let text: String = text.chars().take(QUERY_CHARS).map(plain).collect();
        let mut words = Vec::new();
        for (index, part) in text.split('"').enumerate() {
            let is_whole = index % 2 == 1;
            let parts = if is_whole { vec![part.trim()] } else { part.split_whitespace().collect() };
            let parts = parts.into_iter().filter(|part| part.chars().any(char::is_alphanumeric));
            words.extend(parts.map(|part| Word { text: part.to_owned(), is_whole }));
        }
        words.truncate(QUERY_WORDS);
        (!words.is_empty()).then_some(Self { words })
    }

    /// The expression that finds what has all of the words.
    pub fn all(&self) -> String {
        self.expression(" AND ")
    }

    /// The expression that finds what has any of the words.
    pub fn any(&self) -> String {
        self.expression(" OR ")
    }

    fn expression(&self, between: &str) -> String {
        self.words.iter().map(Word::expression).collect::<Vec<_>>().join(between)
    }

    /// Whether a text has all of the words; for texts that are in no index.
    pub fn fits(&self, text: &str) -> bool {
        let folded: Vec<char> = text.chars().take(MOST_CHARS).map(folded).collect();
        self.words.iter().all(|word| !word.places(&folded).is_empty())
    }

    /// The part of a text that has most of the words, with these marked; the beginning when it has none.
    pub fn excerpt(&self, text: &str) -> Vec<Fragment> {
        let shown: Vec<char> = text.chars().take(MOST_CHARS).map(|c| if c.is_control() { ' ' } else { c }).collect();
        let folded: Vec<char> = shown.iter().copied().map(folded).collect();
        let places = self.places(&folded);
        let start = best(&places).saturating_sub(LEAD);
        let window = start..(start + EXCERPT).min(shown.len());
        let mut fragments = Vec::new();
        if start > 0 {
            fragments.push(Fragment { text: "… ".into(), is_match: false });
        }
        let mut at = window.start;
        for (place, _) in places.iter().filter(|(place, _)| place.end > window.start && place.start < window.end) {
            let place = place.start.max(at)..place.end.min(window.end);
            if place.is_empty() {
                continue;
            }
            push(&mut fragments, &shown[at..place.start], false);
            push(&mut fragments, &shown[place.clone()], true);
            at = place.end;
        }
        push(&mut fragments, &shown[at.min(window.end)..window.end], false);
        if window.end < shown.len() {
            fragments.push(Fragment { text: " …".into(), is_match: false });
        }
        fragments
    }

    /// Where the words are, with the number of the word.
    fn places(&self, folded: &[char]) -> Vec<(Range<usize>, usize)> {
        let of_word = |(number, word): (usize, &Word)| {
            word.places(folded).into_iter().map(move |place| (place, number)).collect::<Vec<_>>()
        };
        let mut places: Vec<_> = self.words.iter().enumerate().flat_map(of_word).collect();
        places.sort_by_key(|(place, _)| (place.start, std::cmp::Reverse(place.end)));
        places.truncate(MATCHES);
        places
    }
}

fn push(fragments: &mut Vec<Fragment>, chars: &[char], is_match: bool) {
    if !chars.is_empty() {
        fragments.push(Fragment { text: chars.iter().collect(), is_match });
    }
}

/// Where the window begins that has most different words.
fn best(places: &[(Range<usize>, usize)]) -> usize {
    let worth = |(index, (place, _)): (usize, &(Range<usize>, usize))| {
        let end = place.start + EXCERPT - LEAD;
        let seen = places[index..].iter().take_while(|(other, _)| other.start < end);
        let words = seen.fold(0_u32, |seen, (_, word)| seen | 1 << (word % 32));
        (words.count_ones(), std::cmp::Reverse(place.start))
    };
    places.iter().enumerate().map(worth).max().map_or(0, |(_, start)| start.0)
}

impl Word {
    fn expression(&self) -> String {
        let open = !self.is_whole && self.text.chars().last().is_some_and(|c| c.is_alphanumeric() && !is_cjk(c));
        format!("\"{}\"{}", indexed(&self.text).replace('"', "\"\""), if open { "*" } else { "" })
    }

    /// Where it stands, always from the beginning of a word.
    fn places(&self, folded: &[char]) -> Vec<Range<usize>> {
        let word: Vec<char> = self.text.chars().map(self::folded).collect::<String>().trim().chars().collect();
        let begins = |at: usize| {
            let before = at.checked_sub(1).and_then(|before| folded.get(before));
            before.is_none_or(|before| !before.is_alphanumeric() || is_cjk(*before)) || is_cjk(word[0])
        };
        let starts = (0..folded.len()).filter(|at| folded[*at..].starts_with(&word) && begins(*at));
        starts.take(MATCHES).map(|at| at..at + word.len()).collect()
    }
}

/// As words are compared: what is no letter or digit only separates, so that `code-review` finds `code_review`.
fn folded(c: char) -> char {
    let c = lower(narrow(c));
    if c.is_alphanumeric() { c } else { ' ' }
}

/// The first character of its lower case: as many characters as before.
fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(query: &str, text: &str) -> String {
        let fragments = Query::parse(query).unwrap().excerpt(text);
        let mark = |f: &Fragment| if f.is_match { format!("[{}]", f.text) } else { f.text.clone() };
        fragments.iter().map(mark).collect()
    }

    #[test]
    fn characters_without_spaces_are_words_of_their_own() {
        assert_eq!(indexed("CSV文件 ＡＰＩ").replace(SEPARATOR, "|"), "CSV|文||件| API");
        assert_eq!(Query::parse("搜索 rep").unwrap().all().replace(SEPARATOR, "|"), "\"|搜||索|\" AND \"rep\"*");
    }

    #[test]
    fn a_query_cannot_be_anything_but_words() {
        assert_eq!(Query::parse("  --- \"\" * "), None);
        assert_eq!(Query::parse("a OR b* NEAR(c)").unwrap().all(), "\"a\"* AND \"or\"* AND \"b*\" AND \"near(c)\"");
        assert_eq!(Query::parse("\"two words\" rest").unwrap().any(), "\"two words\" OR \"rest\"*");
        let many = Query::parse(&"word ".repeat(500)).unwrap();
        assert_eq!(many.words.len(), QUERY_WORDS);
    }

    #[test]
    fn an_excerpt_marks_what_was_found() {
        assert_eq!(marked("rep", "The Report, reported; a sunrep"), "The [Rep]ort, [rep]orted; a sunrep");
        assert_eq!(marked("文件", "读取CSV文件，写文件"), "读取CSV[文件]，写[文件]");
        assert_eq!(marked("nothing", "some text"), "some text");
        let long = format!("{} needle {}", "hay ".repeat(100), "straw ".repeat(100));
        let shown = marked("needle", &long);
        assert!(shown.starts_with("… ") && shown.contains("[needle]") && shown.ends_with(" …"), "{shown}");
        assert!(shown.chars().count() < EXCERPT + 10);
    }

    #[test]
    fn the_excerpt_is_where_most_words_are() {
        let text = format!("alpha {} alpha beta", "x ".repeat(200));
        assert!(marked("alpha beta", &text).ends_with("[alpha] [beta]"));
    }

    #[test]
    fn a_text_outside_of_the_index_is_searched_alike() {
        assert!(Query::parse("code-review").unwrap().fits("the skill code_review"));
        let query = Query::parse("csv dedup").unwrap();
        assert!(query.fits("How to deduplicate CSV files") && !query.fits("How to read CSV files"));
    }
}
