//! From a tree to a type, with every complaint at its place.
//!
//! A deserializer of its own, because it knows what nobody else knows at once: the keys that a section takes and where
//! each value was written. So it finds all unknown keys with the nearest known one and goes on after a wrong value.

use std::{cell::RefCell, collections::BTreeSet, fmt};

use serde::de::{
    self, DeserializeOwned, DeserializeSeed, IntoDeserializer, Unexpected, Visitor, value::StrDeserializer,
};
use serde_json::Value;

use super::{
    error::Problem,
    tree::{Data, Entry, Node, Place, Step, dotted},
};

/// After this many wrong values the rest stays for the next time.
const MOST_PROBLEMS: usize = 20;

/// Reads a type from a tree, or says all that is wrong with it.
pub(super) fn read<T: DeserializeOwned>(tree: &Node) -> Result<T, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut notes = Notes::default();
    // Each pass leaves out the values that were found wrong before, so that the rest can be looked at.
    loop {
        let fault = match T::deserialize(Reader { node: tree, path: Vec::new(), notes: &notes }) {
            Ok(value) if problems.is_empty() && notes.unknown.borrow().is_empty() => return Ok(value),
            Ok(_) => break,
            Err(fault) => fault,
        };
        let (path, follows) = fault.blamed(&notes.skipped);
        if !follows {
            problems.push(fault.problem(tree));
        }
        if path.is_empty() || problems.len() >= MOST_PROBLEMS || !notes.skipped.insert(path) {
            break;
        }
    }
    problems.extend(notes.unknown.into_inner());
    problems.sort_by_key(|problem| (problem.line, problem.column));
    Err(problems)
}

/// What the passes have found out.
#[derive(Default)]
struct Notes {
    /// Values known to be wrong, which the next pass leaves out.
    skipped: BTreeSet<Vec<Step>>,
    /// Complaints about unknown keys.
    unknown: RefCell<Vec<Problem>>,
}

/// A value that does not fit, and where.
#[derive(Debug)]
struct Fault {
    message: String,
    hint: Option<String>,
    at: Option<Box<(Vec<Step>, Place)>>,
    missing: Option<&'static str>,
}

impl Fault {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None, at: None, missing: None }
    }

    /// The same with its place, unless somebody nearer told one already.
    fn at(mut self, path: &[Step], place: &Place) -> Self {
        self.at.get_or_insert_with(|| Box::new((path.to_vec(), place.clone())));
        self
    }

    /// The value to leave out, and whether the fault only follows from something left out before.
    fn blamed(&self, skipped: &BTreeSet<Vec<Step>>) -> (Vec<Step>, bool) {
        let path = self.at.as_ref().map(|at| at.0.clone()).unwrap_or_default();
        let follows = self.missing.is_some_and(|field| {
            let missing: Vec<_> = path.iter().cloned().chain([Step::Key(field.to_owned())]).collect();
            skipped.contains(&missing)
        });
        (path, follows)
    }

    fn problem(&self, tree: &Node) -> Problem {
        let (path, place) = self.at.as_ref().map_or((&[][..], &tree.place), |at| (&at.0, &at.1));
        Problem { hint: self.hint.clone(), ..place.problem(&dotted(path), &self.message) }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        match message.to_string() {
            text if text == "invalid socket address syntax" => Self::new(format!("expected {ADDRESS}")),
            text => Self::new(text),
        }
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let expected = expected.to_string();
        let mut fault = Self::new(format!("expected {}, not {}", in_words(&expected), found_in_words(found)));
        if expected.contains("string")
            && matches!(
                found,
                Unexpected::Signed(_) | Unexpected::Unsigned(_) | Unexpected::Float(_) | Unexpected::Bool(_)
            )
        {
            fault.hint = Some("put it in quotes".to_owned());
        }
        fault
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn unknown_variant(found: &str, allowed: &'static [&'static str]) -> Self {
        let mut fault = Self::new(format!("`{found}` is not allowed; it is one of {}", allowed.join(", ")));
        fault.hint = nearest(found, allowed.iter().copied()).map(|word| format!("did you mean `{word}`?"));
        fault
    }

    fn missing_field(field: &'static str) -> Self {
        Self { missing: Some(field), ..Self::new(format!("`{field}` is missing")) }
    }
}

const ADDRESS: &str = "an address with port, such as 127.0.0.1:8083";

/// What a type is called, for somebody who writes YAML.
fn in_words(expected: &str) -> &str {
    match expected {
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number, 0 or more",
        "i8" | "i16" | "i32" | "i64" => "a whole number",
        "f32" | "f64" => "a number",
        "a boolean" => "true or false",
        "a string" | "string" | "str" | "path string" => "a text",
        "a sequence" => "a list",
        "a map" => "keys with values",
        "socket address" => ADDRESS,
        struct_name if struct_name.starts_with("struct ") => "keys with values",
        other => other,
    }
}

fn found_in_words(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Str(text) => format!("the text `{text}`"),
        Unexpected::Seq => "a list".to_owned(),
        Unexpected::Map => "keys with values".to_owned(),
        Unexpected::Unit | Unexpected::Option => "nothing".to_owned(),
        Unexpected::Bool(value) => format!("`{value}`"),
        Unexpected::Unsigned(number) => format!("`{number}`"),
        Unexpected::Signed(number) => format!("`{number}`"),
        Unexpected::Float(number) => format!("`{number}`"),
        other => other.to_string(),
    }
}

/// The word that was probably meant.
pub(super) fn nearest<'a>(given: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let scored = known.map(|word| (strsim::jaro_winkler(given, word), word));
    scored.filter(|(score, _)| *score > 0.8).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, word)| word)
}

/// Keys that people expect, and what there is instead.
const INSTEAD: [(&str, &str); 5] = [
    ("api_key", "a key in this file would end up in git; name a file in `api_key_file` or a variable in `api_key_env`"),
    ("token", "a token in this file would end up in git; name a variable in `token_env`"),
    ("secret", "a secret in this file would end up in git; name a variable in `secret_env`"),
    ("password", "a password in this file would end up in git; name a variable in `password_env`"),
    ("id", "the key of the section is the id"),
];

fn unknown_key(entry: &Entry, path: &[Step], fields: &'static [&'static str]) -> Problem {
    let problem = entry.place.problem(&dotted(path), "unknown key");
    let instead = INSTEAD.iter().find(|(key, _)| *key == entry.key).map(|(_, hint)| (*hint).to_owned());
    let near = || nearest(&entry.key, fields.iter().copied()).map(|key| format!("did you mean `{key}`?"));
    problem.hint(instead.or_else(near).unwrap_or_else(|| format!("known here: {}", fields.join(", "))))
}

/// Hands a node to serde.
struct Reader<'a> {
    node: &'a Node,
    path: Vec<Step>,
    notes: &'a Notes,
}

impl<'a> Reader<'a> {
    fn child(&self, node: &'a Node, step: Step) -> Self {
        let path = self.path.iter().cloned().chain([step]).collect();
        Self { node, path, notes: self.notes }
    }

    /// Gives the visitor the value as it is; a section takes only these keys when some are given.
    fn visit<'de, V: Visitor<'de>>(self, keys: Option<Keys>, visitor: V) -> Result<V::Value, Fault> {
        let (path, place) = (self.path.clone(), &self.node.place);
        let result = match &self.node.data {
            Data::Map(entries) => visitor.visit_map(Entries::new(self, entries, keys)),
            Data::List(items) => visitor.visit_seq(Items { reader: self, items: items.iter().enumerate() }),
            Data::Scalar(Value::Bool(value)) => visitor.visit_bool(*value),
            Data::Scalar(Value::Number(number)) => match (number.as_u64(), number.as_i64()) {
                (Some(number), _) => visitor.visit_u64(number),
                (_, Some(number)) => visitor.visit_i64(number),
                _ => visitor.visit_f64(number.as_f64().unwrap_or(f64::NAN)),
            },
            Data::Scalar(Value::String(text)) => visitor.visit_str(text),
            Data::Scalar(_) => visitor.visit_unit(),
        };
        result.map_err(|fault| fault.at(&path, place))
    }

    fn is_null(&self) -> bool {
        matches!(self.node.data, Data::Scalar(Value::Null))
    }

    /// A section; one with nothing under it is an empty one, and a list is none, though serde would take it.
    fn visit_section<'de, V: Visitor<'de>>(self, keys: Option<Keys>, visitor: V) -> Result<V::Value, Fault> {
        let (path, place) = (self.path.clone(), &self.node.place);
        let result = match &self.node.data {
            Data::Scalar(Value::Null) => visitor.visit_map(Entries::new(self, &[], keys)),
            Data::List(_) => Err(de::Error::invalid_type(Unexpected::Seq, &visitor)),
            _ => return self.visit(keys, visitor),
        };
        result.map_err(|fault: Fault| fault.at(&path, place))
    }

    /// A text, also where the environment's text looks like a number.
    fn visit_text<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.node.bare {
            Some(text) => visitor.visit_str(text).map_err(|fault: Fault| fault.at(&self.path, &self.node.place)),
            None => self.visit(None, visitor),
        }
    }
}

/// The keys that a section takes.
type Keys = &'static [&'static str];

impl<'de> de::Deserializer<'de> for Reader<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.visit(None, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(self, _: &'static str, keys: Keys, visitor: V) -> Result<V::Value, Fault> {
        self.visit_section(Some(keys), visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.visit_section(None, visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.is_null() {
            return visitor.visit_seq(Items { reader: self, items: [].iter().enumerate() });
        }
        self.visit(None, visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(self, _: &'static str, words: Keys, visitor: V) -> Result<V::Value, Fault> {
        let fault = match &self.node.data {
            Data::Scalar(Value::String(text)) => match visitor.visit_enum(word(text)) {
                Ok(value) => return Ok(value),
                Err(fault) => fault,
            },
            _ => Fault::new(format!("expected one of {}", words.join(", "))),
        };
        Err(fault.at(&self.path, &self.node.place))
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.visit_text(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.visit_text(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct
        identifier ignored_any
    }
}

fn word(text: &str) -> StrDeserializer<'_, Fault> {
    text.into_deserializer()
}

/// The entries of a map, one after the other.
struct Entries<'a> {
    reader: Reader<'a>,
    entries: std::slice::Iter<'a, Entry>,
    keys: Option<Keys>,
    /// The entry whose key was asked for last.
    current: Option<&'a Entry>,
}

impl<'a> Entries<'a> {
    fn new(reader: Reader<'a>, entries: &'a [Entry], keys: Option<Keys>) -> Self {
        Self { reader, entries: entries.iter(), keys, current: None }
    }

    fn child(&self, entry: &'a Entry) -> Reader<'a> {
        self.reader.child(&entry.node, Step::Key(entry.key.clone()))
    }

    /// The next entry that the section knows and that was not found wrong before.
    fn next_known(&mut self) -> Option<&'a Entry> {
        loop {
            let entry = self.entries.next()?;
            let path = self.child(entry).path;
            match self.keys {
                Some(keys) if !keys.contains(&entry.key.as_str()) => {
                    let problem = unknown_key(entry, &path, keys);
                    let mut unknown = self.reader.notes.unknown.borrow_mut();
                    if !unknown.contains(&problem) {
                        unknown.push(problem);
                    }
                }
                _ if self.reader.notes.skipped.contains(&path) => {}
                _ => return Some(entry),
            }
        }
    }
}

impl<'de> de::MapAccess<'de> for Entries<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        self.current = self.next_known();
        let Some(entry) = self.current else { return Ok(None) };
        let key = seed.deserialize(word(&entry.key));
        key.map(Some).map_err(|fault| fault.at(&self.child(entry).path, &entry.place))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        match self.current.take() {
            Some(entry) => {
                let child = self.child(entry);
                let path = child.path.clone();
                seed.deserialize(child).map_err(|fault| fault.at(&path, &entry.node.place))
            }
            None => Err(Fault::new("a value was asked for before its key")),
        }
    }
}

/// The items of a list, one after the other.
struct Items<'a> {
    reader: Reader<'a>,
    items: std::iter::Enumerate<std::slice::Iter<'a, Node>>,
}

impl<'de> de::SeqAccess<'de> for Items<'_> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        loop {
            let Some((index, node)) = self.items.next() else { return Ok(None) };
            let child = self.reader.child(node, Step::Index(index));
            if !self.reader.notes.skipped.contains(&child.path) {
                let path = child.path.clone();
                return seed.deserialize(child).map(Some).map_err(|fault| fault.at(&path, &node.place));
            }
        }
    }
}
