//! A configuration as a tree in which every value knows where it was written.
//!
//! The layers are trees laid over each other; what comes out still knows the layer, line and column of each value, so
//! that a complaint about the result points at the text that caused it.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
};

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};
use serde_json::Value;
use serde_saphyr::Spanned;

use super::error::Problem;

/// The layer that a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Compiled in.
    BuiltIn,
    /// A file, relative to the root where it lies in it.
    File(Arc<Path>),
    /// An environment variable, by name.
    Variable(Arc<str>),
    /// A command-line flag, by name.
    Flag(Arc<str>),
}

/// Where a value was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) origin: Origin,
    /// Counted from 1; 0 where there are no lines.
    pub(super) line: u64,
    /// In characters from 1; 0 where there are no lines.
    pub(super) column: u64,
}

impl Place {
    pub(super) const fn whole(origin: Origin) -> Self {
        Self { origin, line: 0, column: 0 }
    }

    /// A complaint about the value of this key at this place.
    pub(super) fn problem(&self, key: &str, message: impl Into<String>) -> Problem {
        let mut problem = Problem { line: self.line, column: self.column, ..Problem::new(message) };
        problem.key = (!key.is_empty()).then(|| key.to_owned());
        match &self.origin {
            Origin::File(file) => problem.file = Some(file.to_path_buf()),
            Origin::Variable(name) | Origin::Flag(name) => problem.key = Some(name.to_string()),
            Origin::BuiltIn => {}
        }
        problem
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.origin {
            Origin::BuiltIn => f.write_str("built-in"),
            Origin::File(file) if self.line == 0 => write!(f, "{}", file.display()),
            Origin::File(file) => write!(f, "{}:{}", file.display(), self.line),
            Origin::Variable(name) => write!(f, "environment {name}"),
            Origin::Flag(name) => write!(f, "flag {name}"),
        }
    }
}

/// A value with its place.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) data: Data,
    pub(super) place: Place,
    /// The bare text, for a value from the environment or a flag: `12` there may well be meant as a text.
    pub(super) bare: Option<String>,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(super) enum Data {
    /// Null, a boolean, a number or a text.
    Scalar(Value),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) key: String,
    /// Where the key is written.
    pub(super) place: Place,
    pub(super) node: Node,
}

impl Node {
    /// An empty map.
    pub(super) const fn empty(origin: Origin) -> Self {
        Self { data: Data::Map(Vec::new()), place: Place::whole(origin), bare: None }
    }

    /// Reads a value as it stands in an environment variable or behind a flag: YAML, or else a text.
    pub(super) fn bare(text: &str, origin: &Origin) -> Self {
        let place = Place::whole(origin.clone());
        let parsed = Self::parse(text, origin).map(|node| node.data);
        let data = parsed.unwrap_or_else(|_| Data::Scalar(Value::String(text.to_owned())));
        Self { data, place, bare: Some(text.to_owned()) }
    }

    /// Reads YAML; syntax errors, duplicate keys and second documents are complained about.
    pub(super) fn parse(text: &str, origin: &Origin) -> Result<Self, Problem> {
        let options = serde_saphyr::options! { strict_booleans: true };
        match serde_saphyr::from_str_with_options::<Spanned<Raw>>(text, options) {
            Ok(raw) => Ok(raw.value.located(origin, raw.referenced.line(), raw.referenced.column())),
            Err(error) => Err(syntax_problem(&error, origin)),
        }
    }

    /// A value of ours as a tree.
    pub(super) fn of(value: Value, origin: &Origin) -> Self {
        let place = Place::whole(origin.clone());
        let data = match value {
            Value::Array(items) => Data::List(items.into_iter().map(|item| Self::of(item, origin)).collect()),
            Value::Object(entries) => {
                let entry = |(key, value)| Entry { key, place: place.clone(), node: Self::of(value, origin) };
                Data::Map(entries.into_iter().map(entry).collect())
            }
            scalar => Data::Scalar(scalar),
        };
        Self { data, place, bare: None }
    }

    /// Lays another tree over this one: maps are merged key by key, everything else is replaced. An empty section
    /// (`review:` with nothing under it) leaves the section below as it is.
    pub(super) fn overlay(&mut self, over: Self) {
        match (&mut self.data, over.data) {
            (Data::Map(_), Data::Scalar(Value::Null)) => {}
            (Data::Map(below), Data::Map(entries)) => {
                for entry in entries {
                    match below.iter_mut().find(|known| known.key == entry.key) {
                        Some(known) => {
                            known.place = entry.place;
                            known.node.overlay(entry.node);
                        }
                        None => below.push(entry),
                    }
                }
                self.place = over.place;
            }
            (data, new) => {
                *data = new;
                self.place = over.place;
                self.bare = over.bare;
            }
        }
    }

    /// Sets one value below maps that are made as needed.
    pub(super) fn set(&mut self, path: &[&str], node: Self) {
        let nested = path.iter().rev().fold(node, |node, key| {
            let place = node.place.clone();
            let entry = Entry { key: (*key).to_owned(), place: place.clone(), node };
            Self { data: Data::Map(vec![entry]), place, bare: None }
        });
        self.overlay(nested);
    }

    /// Takes the value at this path out.
    pub(super) fn remove(&mut self, path: &[&str]) {
        let Data::Map(entries) = &mut self.data else { return };
        match path {
            [] => {}
            [key] => entries.retain(|entry| entry.key != *key),
            [key, rest @ ..] => {
                if let Some(entry) = entries.iter_mut().find(|entry| entry.key == *key) {
                    entry.node.remove(rest);
                }
            }
        }
    }

    /// The entry of a key.
    pub(super) fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.data {
            Data::Map(entries) => entries.iter().find(|entry| entry.key == key),
            _ => None,
        }
    }

    /// Where the value of a path such as `jobs[0].cron` is written: the key where there is one, else the value.
    pub(super) fn place_of(&self, path: &[Step]) -> Option<&Place> {
        let mut node = self;
        let mut place = &self.place;
        for step in path {
            match (step, &node.data) {
                (Step::Key(key), _) => {
                    let entry = node.entry(key)?;
                    (node, place) = (&entry.node, &entry.place);
                }
                (Step::Index(index), Data::List(items)) => {
                    node = items.get(*index)?;
                    place = &node.place;
                }
                (Step::Index(_), _) => return None,
            }
        }
        Some(place)
    }

    /// The value without places.
    pub(super) fn value(&self) -> Value {
        match &self.data {
            Data::Scalar(value) => value.clone(),
            Data::List(items) => items.iter().map(Self::value).collect(),
            Data::Map(entries) => Value::Object(entries.iter().map(|e| (e.key.clone(), e.node.value())).collect()),
        }
    }

    /// Every value that is no map, with its dotted key; an empty map counts too.
    pub(super) fn leaves<'a>(&'a self, key: &str, leaves: &mut Vec<(String, &'a Self)>) {
        match &self.data {
            Data::Map(entries) if !entries.is_empty() => {
                for entry in entries {
                    let dot = if key.is_empty() { "" } else { "." };
                    entry.node.leaves(&format!("{key}{dot}{}", entry.key), leaves);
                }
            }
            _ => leaves.push((key.to_owned(), self)),
        }
    }
}

/// One step of a path into a tree.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// A path as people write it: `jobs[0].cron`.
pub(super) fn dotted(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Key(key) if text.is_empty() => text.push_str(key),
            Step::Key(key) => text.extend([".", key]),
            Step::Index(index) => text.push_str(&format!("[{index}]")),
        }
    }
    text
}

/// The path of dotted keys and indices; the reverse of [`dotted`].
pub(super) fn path_of(dotted: &str) -> Vec<Step> {
    let mut path = Vec::new();
    for part in dotted.split('.').filter(|part| !part.is_empty()) {
        let (key, indices) = part.split_once('[').unwrap_or((part, ""));
        path.push(Step::Key(key.to_owned()));
        path.extend(indices.split(['[', ']']).filter_map(|index| index.parse().ok()).map(Step::Index));
    }
    path
}

fn syntax_problem(error: &serde_saphyr::Error, origin: &Origin) -> Problem {
    let (line, column) = error.location().map_or((0, 0), |place| (place.line(), place.column()));
    let place = Place { origin: origin.clone(), line, column };
    let text = error.without_snippet().to_string();
    // The library's texts end with the place, which is told in our own way, and partly speak to programmers.
    let text = text.rsplit_once(" at line ").map_or(text.as_str(), |(text, _)| text);
    match text.strip_prefix("duplicate mapping key: ").and_then(|rest| rest.split(", set ").next()) {
        Some(key) => place.problem("", format!("the key `{key}` is there twice")),
        None if text.starts_with("multiple YAML documents") => place.problem("", "a second document begins (`---`)"),
        None => place.problem("", format!("no valid YAML: {text}")),
    }
}

/// What the YAML library hands over, places included.
enum Raw {
    Scalar(Value),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<String>, Spanned<Raw>)>),
}

impl Raw {
    fn located(self, origin: &Origin, line: u64, column: u64) -> Node {
        let place = |line, column| Place { origin: origin.clone(), line, column };
        let node = |raw: Spanned<Self>| raw.value.located(origin, raw.referenced.line(), raw.referenced.column());
        let data = match self {
            Self::Scalar(value) => Data::Scalar(value),
            Self::List(items) => Data::List(items.into_iter().map(node).collect()),
            Self::Map(entries) => {
                let entry = |(key, value): (Spanned<String>, _)| Entry {
                    place: place(key.referenced.line(), key.referenced.column()),
                    key: key.value,
                    node: node(value),
                };
                Data::Map(entries.into_iter().map(entry).collect())
            }
        };
        Node { data, place: place(line, column), bare: None }
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }
    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Scalar(Value::Null))
    }
    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Scalar(Value::Null))
    }
    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Scalar(value.into()))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Scalar(value.into()))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Scalar(value.into()))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Scalar(value.into()))
    }
    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Scalar(value.into()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Raw::Map(map))
    }
}

/// Where a file is shown to lie.
pub(super) fn file_origin(shown: impl Into<PathBuf>) -> Origin {
    Origin::File(shown.into().into())
}
