//! JSON Schema, as far as records need it: what agents write is compared with one, and told exactly what is wrong.
//!
//! A schema is read once, which also says what in it cannot be understood: a misspelled keyword would check nothing.

mod check;

use regex::Regex;
use serde_json::{Map, Value};

use super::ids::{Actor, AgentId, AttemptId, ProjectId, SkillId, TaskId};

/// The dialect that schemas are written in.
pub const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Keywords that say something to people only.
const NOTES: [&str; 9] =
    ["$schema", "$id", "$comment", "title", "description", "examples", "default", "deprecated", "readOnly"];
/// Keywords that are checked.
const CHECKED: [&str; 26] = [
    "type",
    "enum",
    "const",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "contains",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
];
/// The types of JSON.
const KINDS: [&str; 7] = ["null", "boolean", "integer", "number", "string", "array", "object"];

type Rule = fn(&str) -> Result<(), String>;

/// Formats of texts that are checked; others are notes.
const FORMATS: [(&str, Rule); 6] = [
    ("actor", is::<Actor>),
    ("agent-id", is::<AgentId>),
    ("attempt-id", is::<AttemptId>),
    ("project-id", is::<ProjectId>),
    ("skill-id", is::<SkillId>),
    ("task-id", is::<TaskId>),
];

fn is<T: std::str::FromStr<Err: std::fmt::Display>>(text: &str) -> Result<(), String> {
    text.parse::<T>().map(drop).map_err(|error| error.to_string())
}

/// What a value must be like.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Schema {
    /// Nothing fits: the schema `false`.
    nothing: bool,
    kinds: Vec<String>,
    allowed: Option<Vec<Value>>,
    properties: Vec<(String, Schema)>,
    required: Vec<String>,
    others: Option<Box<Schema>>,
    items: Option<Box<Schema>>,
    contains: Option<Box<Schema>>,
    unique: bool,
    count: (Option<u64>, Option<u64>),
    length: (Option<u64>, Option<u64>),
    pattern: Option<Pattern>,
    format: Option<String>,
    range: (Option<f64>, Option<f64>),
    /// Bounds that are not allowed themselves.
    between: (Option<f64>, Option<f64>),
    all: Vec<Schema>,
    any: Vec<Schema>,
    one: Vec<Schema>,
    not: Option<Box<Schema>>,
    when: Option<Box<Schema>>,
    then: Option<Box<Schema>>,
    otherwise: Option<Box<Schema>>,
    /// What a schema of `not`, `contains` or a choice is about, for its message.
    title: Option<String>,
}

/// A regular expression; two are the same when their texts are.
#[derive(Debug, Clone)]
struct Pattern(Regex);

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

/// What in a schema cannot be understood, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unclear {
    /// The place, such as `properties.body.minLength`; empty for the whole.
    pub key: String,
    /// What is wrong.
    pub message: String,
    /// What to do, when that is known.
    pub hint: Option<String>,
}

/// Where a value differs from its schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The key, such as `issues[0].severity`; empty for the whole.
    pub field: String,
    /// What came, and what is wrong with it.
    pub detail: String,
    /// What would be right, where that is a list.
    pub valid_values: Vec<String>,
    /// What to do next.
    pub hint: String,
}

impl Schema {
    /// Reads a schema.
    pub fn parse(schema: &Value) -> Result<Self, Unclear> {
        parse(schema, "")
    }

    /// Compares a value with the schema; says what is wrong at the first place that is.
    pub fn check(&self, value: &Value) -> Result<(), Mismatch> {
        check::check(self, value, "")
    }
}

fn parse(schema: &Value, at: &str) -> Result<Schema, Unclear> {
    let fields = match schema {
        Value::Bool(anything) => return Ok(Schema { nothing: !anything, ..Schema::default() }),
        Value::Object(fields) => fields,
        _ => return Err(unclear(at, "a schema is an object, true or false")),
    };
    if let Some(unknown) = fields.keys().find(|key| !NOTES.contains(&key.as_str()) && !CHECKED.contains(&key.as_str()))
    {
        return Err(unknown_keyword(unknown, at));
    }
    let read = Read { fields, at };
    let whole = Schema {
        nothing: false,
        kinds: read.kinds()?,
        allowed: read.allowed()?,
        properties: read.properties()?,
        required: read.texts("required")?,
        others: read.schema("additionalProperties")?,
        items: read.schema("items")?,
        contains: read.schema("contains")?,
        unique: fields.get("uniqueItems").is_some_and(|value| *value == Value::Bool(true)),
        count: (read.whole("minItems")?, read.whole("maxItems")?),
        length: (read.whole("minLength")?, read.whole("maxLength")?),
        pattern: read.pattern()?,
        format: read.text("format")?,
        range: (read.number("minimum")?, read.number("maximum")?),
        between: (read.number("exclusiveMinimum")?, read.number("exclusiveMaximum")?),
        all: read.schemas("allOf")?,
        any: read.schemas("anyOf")?,
        one: read.schemas("oneOf")?,
        not: read.schema("not")?,
        when: read.schema("if")?,
        then: read.schema("then")?,
        otherwise: read.schema("else")?,
        title: read.text("title")?.or(read.text("description")?),
    };
    Ok(whole)
}

fn unclear(key: &str, message: impl Into<String>) -> Unclear {
    Unclear { key: key.to_owned(), message: message.into(), hint: None }
}

fn below(at: &str, key: &str) -> String {
    if at.is_empty() { key.to_owned() } else { format!("{at}.{key}") }
}

fn unknown_keyword(key: &str, at: &str) -> Unclear {
    let nearest = CHECKED.iter().max_by(|a, b| strsim::jaro(key, a).total_cmp(&strsim::jaro(key, b)));
    let hint = nearest.filter(|near| strsim::jaro(key, near) > 0.8).map(|near| format!("did you mean `{near}`?"));
    let hint = hint.unwrap_or_else(|| format!("keywords that are checked: {}", CHECKED.join(", ")));
    let message = format!("`{key}` is no keyword of JSON Schema that is known here");
    Unclear { hint: Some(hint), ..unclear(&below(at, key), message) }
}

/// The keywords of one schema.
struct Read<'s> {
    fields: &'s Map<String, Value>,
    at: &'s str,
}

impl Read<'_> {
    fn wrong<T>(&self, key: &str, message: impl Into<String>) -> Result<T, Unclear> {
        Err(unclear(&below(self.at, key), message))
    }

    fn kinds(&self) -> Result<Vec<String>, Unclear> {
        let kinds = match self.fields.get("type") {
            Some(Value::String(kind)) => vec![kind.clone()],
            Some(_) => self.texts("type")?,
            None => Vec::new(),
        };
        match kinds.iter().find(|kind| !KINDS.contains(&kind.as_str())) {
            Some(unknown) => self.wrong("type", format!("`{unknown}` is no type; it is one of {}", KINDS.join(", "))),
            None => Ok(kinds),
        }
    }

    fn allowed(&self) -> Result<Option<Vec<Value>>, Unclear> {
        if let Some(value) = self.fields.get("const") {
            return Ok(Some(vec![value.clone()]));
        }
        match self.fields.get("enum") {
            None => Ok(None),
            Some(Value::Array(values)) => Ok(Some(values.clone())),
            Some(_) => self.wrong("enum", "must be a list of values"),
        }
    }

    fn properties(&self) -> Result<Vec<(String, Schema)>, Unclear> {
        let at = below(self.at, "properties");
        match self.fields.get("properties") {
            None => Ok(Vec::new()),
            Some(Value::Object(all)) => {
                all.iter().map(|(name, of)| Ok((name.clone(), parse(of, &below(&at, name))?))).collect()
            }
            Some(_) => self.wrong("properties", "must be an object with a schema for each key"),
        }
    }

    fn texts(&self, key: &str) -> Result<Vec<String>, Unclear> {
        let Some(value) = self.fields.get(key) else { return Ok(Vec::new()) };
        let texts = value.as_array().and_then(|all| all.iter().map(|one| Some(one.as_str()?.to_owned())).collect());
        texts.map_or_else(|| self.wrong(key, "must be a list of texts"), Ok)
    }

    fn text(&self, key: &str) -> Result<Option<String>, Unclear> {
        match self.fields.get(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => self.wrong(key, "must be a text"),
        }
    }

    fn whole(&self, key: &str) -> Result<Option<u64>, Unclear> {
        let Some(value) = self.fields.get(key) else { return Ok(None) };
        value.as_u64().map_or_else(|| self.wrong(key, "must be a whole number, 0 or more"), |number| Ok(Some(number)))
    }

    fn number(&self, key: &str) -> Result<Option<f64>, Unclear> {
        let Some(value) = self.fields.get(key) else { return Ok(None) };
        value.as_f64().map_or_else(|| self.wrong(key, "must be a number"), |number| Ok(Some(number)))
    }

    fn pattern(&self) -> Result<Option<Pattern>, Unclear> {
        let Some(text) = self.text("pattern")? else { return Ok(None) };
        match Regex::new(&text) {
            Ok(regex) => Ok(Some(Pattern(regex))),
            Err(error) => self.wrong("pattern", format!("is no regular expression: {error}")),
        }
    }

    fn schema(&self, key: &str) -> Result<Option<Box<Schema>>, Unclear> {
        let parsed = self.fields.get(key).map(|schema| parse(schema, &below(self.at, key)));
        Ok(parsed.transpose()?.map(Box::new))
    }

    fn schemas(&self, key: &str) -> Result<Vec<Schema>, Unclear> {
        match self.fields.get(key) {
            None => Ok(Vec::new()),
            Some(Value::Array(all)) => {
                let place = |index| format!("{}[{index}]", below(self.at, key));
                all.iter().enumerate().map(|(index, schema)| parse(schema, &place(index))).collect()
            }
            Some(_) => self.wrong(key, "must be a list of schemas"),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_keyword_that_would_check_nothing_is_refused() {
        let unclear = |schema: Value| Schema::parse(&schema).unwrap_err();
        let misspelled = unclear(json!({"properties": {"body": {"minLenght": 3}}}));
        assert_eq!(misspelled.key, "properties.body.minLenght");
        assert_eq!(misspelled.hint.as_deref(), Some("did you mean `minLength`?"));
        for (schema, key) in [
            (json!({"type": "text"}), "type"),
            (json!({"allOf": [true, {"pattern": "("}]}), "allOf[1].pattern"),
            (json!({"required": "body"}), "required"),
            (json!({"minLength": -1}), "minLength"),
            (json!({"enum": "a"}), "enum"),
            (json!({"properties": []}), "properties"),
            (json!(3), ""),
        ] {
            assert_eq!(unclear(schema.clone()).key, key, "{schema}");
        }
    }

    #[test]
    fn every_known_format_is_one_of_the_model() {
        for (format, _) in FORMATS {
            let schema = Schema::parse(&json!({"format": format})).unwrap();
            assert!(schema.check(&json!("")).is_err(), "{format}");
        }
    }
}
