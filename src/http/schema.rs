//! How the model's words and ids look in the OpenAPI document, and the few types that views add to them.
//!
//! Words become named enums, ids become strings with a format of their own; both are parsed by the model, so that a
//! rule is written once. `poem_openapi::registry` is not covered by semver: its version is pinned in Cargo.toml.

use std::borrow::Cow;

use chrono::{DateTime, SecondsFormat, Utc};
use poem_openapi::{
    registry::{MetaSchema, MetaSchemaRef, Registry},
    types::{ParseError, ParseFromJSON, ParseResult, ToJSON, Type},
};
use serde_json::Value;

use crate::model::{
    agent::{AgentRole, PromptBy, RunnerKind},
    attempt::AttemptState,
    changes::ChangeKind,
    delivery::DeliveryState,
    event::{EventKind, Level},
    guard::GateState,
    ids::{Actor, AgentId, AttemptId, ProjectId, SkillId, TaskId},
    key::KeyScope,
    mail::MailKind,
    outcome::Outcome,
    record_kind::RecordKind,
    records::{
        CommentType, ExperienceStatus, IssueSeverity, OutputType, ReviewResult, Ruling, Severity, Stance, Verdict,
    },
    search::SearchKind,
    skill::{SkillLevel, SkillSource, SkillStatus, UseOutcome},
    status::Status,
    task::{ReviewPhase, RiskLevel, Trigger},
    usage::UsageBy,
};

/// The parts of [`Type`] that are the same for everything that is one value.
macro_rules! plain_type {
    () => {
        const IS_REQUIRED: bool = true;
        type RawValueType = Self;
        type RawElementValueType = Self;

        fn as_raw_value(&self) -> Option<&Self> {
            Some(self)
        }

        fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
            Box::new(self.as_raw_value().into_iter())
        }
    };
}

/// Parsing from text and writing as text, for a type with `FromStr` and `Display`.
macro_rules! as_text {
    ($type:ty) => {
        impl poem_openapi::types::ParseFromJSON for $type {
            fn parse_from_json(value: Option<serde_json::Value>) -> poem_openapi::types::ParseResult<Self> {
                match value.unwrap_or_default() {
                    serde_json::Value::String(text) => text.parse().map_err(poem_openapi::types::ParseError::custom),
                    other => Err(poem_openapi::types::ParseError::expected_type(other)),
                }
            }
        }

        impl poem_openapi::types::ParseFromParameter for $type {
            fn parse_from_parameter(text: &str) -> poem_openapi::types::ParseResult<Self> {
                text.parse().map_err(poem_openapi::types::ParseError::custom)
            }
        }

        impl poem_openapi::types::ToJSON for $type {
            fn to_json(&self) -> Option<serde_json::Value> {
                Some(serde_json::Value::String(self.to_string()))
            }
        }
    };
}

/// Puts enums of [`words!`](crate::model::words) into the document.
macro_rules! words_in_document {
    ($($type:ident: $doc:literal,)+) => {$(
        impl poem_openapi::types::Type for $type {
            $crate::http::schema::plain_type!();

            fn name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }

            fn schema_ref() -> poem_openapi::registry::MetaSchemaRef {
                poem_openapi::registry::MetaSchemaRef::Reference(stringify!($type).into())
            }

            fn register(registry: &mut poem_openapi::registry::Registry) {
                registry.create_schema::<Self, _>(stringify!($type).into(), |_| poem_openapi::registry::MetaSchema {
                    description: Some($doc),
                    enum_items: Self::WORDS.iter().map(|word| serde_json::Value::from(*word)).collect(),
                    ..poem_openapi::registry::MetaSchema::new("string")
                });
            }
        }

        $crate::http::schema::as_text!($type);
    )+};
}
pub(super) use {as_text, plain_type, words_in_document};

words_in_document!(
    AgentRole: "What an agent is for",
    AttemptState: "How far an attempt has come",
    ChangeKind: "How a file compares with the one that was judged before",
    CommentType: "What a comment is meant as",
    DeliveryState: "How far a delivery has come",
    EventKind: "What happened",
    ExperienceStatus: "How far a lesson is trusted",
    GateState: "Whether a completion waits for its checks",
    IssueSeverity: "How bad an issue is",
    KeyScope: "What an API key is good for",
    Level: "How much an event matters to a person who watches",
    MailKind: "What a mail wants",
    Outcome: "How an attempt ended",
    OutputType: "What an output is",
    PromptBy: "How a runner gives the prompt to its program",
    RecordKind: "What agents write",
    ReviewPhase: "Whose turn it is while a task is in review",
    RiskLevel: "What a mistake would cost; decides how deep the review goes",
    RunnerKind: "What starts an agent",
    ReviewResult: "What became of a review's verdict",
    Ruling: "What a later review says about an issue that the author did not accept",
    SearchKind: "What can be found",
    Severity: "How much an observation matters",
    SkillLevel: "Where a skill is kept; the first of these that has it counts",
    SkillSource: "How a skill came to be",
    SkillStatus: "How far a skill is trusted",
    Stance: "How an author answers an issue",
    Status: "Where a task stands",
    Trigger: "Why an agent is started",
    UsageBy: "What usage is summed by",
    UseOutcome: "What came of the task in which a skill was used",
    Verdict: "What a reviewer concludes",
);

macro_rules! ids_in_document {
    ($($type:ident: $format:literal, $example:literal;)+) => {
        $(
            impl Type for $type {
                plain_type!();

                fn name() -> Cow<'static, str> {
                    $format.into()
                }

                fn schema_ref() -> MetaSchemaRef {
                    MetaSchemaRef::Inline(Box::new(MetaSchema {
                        example: Some(Value::from($example)),
                        ..MetaSchema::new_with_format("string", $format)
                    }))
                }
            }

            as_text!($type);
        )+

        /// Formats of the model's ids.
        #[cfg(test)]
        const FORMATS: &[&str] = &[$($format),+];
    };
}

ids_in_document!(
    Actor: "actor", "human";
    AgentId: "agent-id", "zhangfei-dev";
    AttemptId: "attempt-id", "almanac.t-12.3";
    ProjectId: "project-id", "almanac";
    SkillId: "skill-id", "read-csv";
    TaskId: "task-id", "t-12";
);

/// One of the answers that a question offers: a short line.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Choice(pub String);

/// Longest answer to choose from, in characters.
const CHOICE_CHARS: usize = 200;

impl Type for Choice {
    plain_type!();

    fn name() -> Cow<'static, str> {
        "string_choice".into()
    }

    fn schema_ref() -> MetaSchemaRef {
        MetaSchemaRef::Inline(Box::new(MetaSchema {
            title: Some("one line that says something".into()),
            min_length: Some(1),
            max_length: Some(CHOICE_CHARS),
            pattern: Some(r"^\P{Cc}*\S\P{Cc}*$".into()),
            ..MetaSchema::new("string")
        }))
    }
}

impl ToJSON for Choice {
    fn to_json(&self) -> Option<Value> {
        Some(Value::String(self.0.clone()))
    }
}

impl ParseFromJSON for Choice {
    fn parse_from_json(value: Option<Value>) -> ParseResult<Self> {
        String::parse_from_json(value).map(Self).map_err(ParseError::propagate)
    }
}

/// A number that is written without a fraction when it has none: `30`, not `30.0`.
#[derive(Debug, Clone, Copy)]
pub struct Figure(pub f64);

impl Type for Figure {
    plain_type!();

    fn name() -> Cow<'static, str> {
        "number_double".into()
    }

    fn schema_ref() -> MetaSchemaRef {
        f64::schema_ref()
    }
}

impl ToJSON for Figure {
    fn to_json(&self) -> Option<Value> {
        // Whole and small enough to be exact as an integer.
        let is_whole = self.0.fract() == 0.0 && self.0.abs() < 2_f64.powi(53);
        Some(if is_whole { Value::from(self.0 as i64) } else { Value::from(self.0) })
    }
}

impl ParseFromJSON for Figure {
    fn parse_from_json(value: Option<Value>) -> ParseResult<Self> {
        f64::parse_from_json(value).map(Self).map_err(ParseError::propagate)
    }
}

/// A time in UTC with milliseconds, as the contract writes all times.
#[derive(Debug, Clone, Copy)]
pub struct Time(pub DateTime<Utc>);

impl Type for Time {
    plain_type!();

    fn name() -> Cow<'static, str> {
        "date-time".into()
    }

    fn schema_ref() -> MetaSchemaRef {
        MetaSchemaRef::Inline(Box::new(MetaSchema {
            example: Some(Value::from("2026-11-22T09:30:00.000Z")),
            ..MetaSchema::new_with_format("string", "date-time")
        }))
    }
}

impl ToJSON for Time {
    fn to_json(&self) -> Option<Value> {
        Some(Value::String(self.0.to_rfc3339_opts(SecondsFormat::Millis, true)))
    }
}

impl ParseFromJSON for Time {
    fn parse_from_json(value: Option<Value>) -> ParseResult<Self> {
        match value.unwrap_or_default() {
            Value::String(text) => text.parse().map(Self).map_err(ParseError::custom),
            other => Err(ParseError::expected_type(other)),
        }
    }
}

/// A value that an answer always has, and that may be null; `Option` would be a key that may be absent.
#[derive(Debug, Clone)]
pub struct Nullable<T>(pub Option<T>);

impl<T: Type> Type for Nullable<T> {
    const IS_REQUIRED: bool = true;
    type RawValueType = T::RawValueType;
    type RawElementValueType = T::RawElementValueType;

    fn name() -> Cow<'static, str> {
        format!("nullable_{}", T::name()).into()
    }

    fn schema_ref() -> MetaSchemaRef {
        match T::schema_ref() {
            MetaSchemaRef::Inline(schema) => MetaSchemaRef::Inline(Box::new(MetaSchema { nullable: true, ..*schema })),
            named => {
                MetaSchemaRef::Inline(Box::new(MetaSchema { nullable: true, all_of: vec![named], ..MetaSchema::ANY }))
            }
        }
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }

    fn as_raw_value(&self) -> Option<&Self::RawValueType> {
        self.0.as_ref().and_then(Type::as_raw_value)
    }

    fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self::RawElementValueType> + 'a> {
        self.0.as_ref().map_or_else(|| Box::new(std::iter::empty()) as Box<_>, Type::raw_element_iter)
    }
}

impl<T: ToJSON> ToJSON for Nullable<T> {
    fn to_json(&self) -> Option<Value> {
        Some(self.0.as_ref().and_then(ToJSON::to_json).unwrap_or_default())
    }
}

impl<T: ParseFromJSON> ParseFromJSON for Nullable<T> {
    fn parse_from_json(value: Option<Value>) -> ParseResult<Self> {
        Option::parse_from_json(value).map(Self).map_err(ParseError::propagate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::json_schema::Schema;

    #[test]
    fn times_have_milliseconds_also_when_they_are_zero() {
        let time = Time("2026-11-22T09:30:00Z".parse().unwrap());
        assert_eq!(time.to_json(), Some(Value::from("2026-11-22T09:30:00.000Z")));
    }

    #[test]
    fn the_formats_of_ids_are_checked_in_bodies() {
        for format in FORMATS {
            let schema = Schema::parse(&serde_json::json!({"format": format})).unwrap();
            assert!(schema.check(&Value::from("")).is_err(), "{format}");
        }
    }

    #[test]
    fn a_nullable_value_is_there_and_null() {
        assert_eq!(Nullable::<Status>(None).to_json(), Some(Value::Null));
        assert_eq!(Nullable(Some(Status::Done)).to_json(), Some(Value::from("done")));
        let MetaSchemaRef::Inline(schema) = Nullable::<Status>::schema_ref() else { panic!("inline") };
        assert!(schema.nullable && schema.all_of.len() == 1);
    }
}
