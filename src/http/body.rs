//! Request bodies, checked against the OpenAPI document itself before they are read.
//!
//! An agent that mistypes a field is told which one, and which fields there are: the document knows them all. The
//! content type is not insisted on (`curl -d` sends another one); an empty body is an empty object.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use poem::{FromRequest, Request, RequestBody};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaMediaType, MetaRequest, Registry},
    types::{ParseFromJSON, Type},
};
use serde_json::{Map, Value};

use super::{
    problem::{Failure, Problem},
    record_schemas::{of, resolve},
};
use crate::model::json_schema::{Mismatch, Schema};

/// A JSON body.
pub struct Body<T>(pub T);

impl<'a, T: ParseFromJSON> ApiExtractor<'a> for Body<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        T::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        let mut registry = Registry::new();
        T::register(&mut registry);
        let required = resolve(&registry, &T::schema_ref()).is_some_and(|schema| !schema.required.is_empty());
        let content = MetaMediaType { content_type: "application/json", schema: T::schema_ref() };
        Some(MetaRequest { description: None, content: vec![content], required })
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        let bytes = <Vec<u8> as FromRequest>::from_request(request, body).await?;
        parse(&bytes).map(Self).map_err(|problem| Failure::from(problem).into())
    }
}

/// A JSON body that may be none of the kind: the route says what follows from that.
pub struct Tried<T>(pub Result<T, Problem>);

impl<'a, T: ParseFromJSON> ApiExtractor<'a> for Tried<T> {
    const TYPES: &'static [ApiExtractorType] = Body::<T>::TYPES;
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        Body::<T>::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        Body::<T>::request_meta()
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        let bytes = <Vec<u8> as FromRequest>::from_request(request, body).await?;
        Ok(Self(parse(&bytes)))
    }
}

fn parse<T: ParseFromJSON>(bytes: &[u8]) -> Result<T, Problem> {
    let value = if bytes.trim_ascii().is_empty() {
        Value::Object(Map::new())
    } else {
        serde_json::from_slice(bytes)
            .map_err(|error| Problem::invalid("", format!("the body is not JSON: {error}"), "send a JSON object"))?
    };
    checked::<T>().check(&value)?;
    // What the document allows is readable; a rule of ours that it cannot express would end here.
    T::parse_from_json(Some(value))
        .map_err(|error| Problem::invalid("", error.into_message(), "see /api/docs for what this route takes"))
}

/// The schema of a body, made once.
fn checked<T: Type>() -> Arc<Schema> {
    static KNOWN: Mutex<BTreeMap<&'static str, Arc<Schema>>> = Mutex::new(BTreeMap::new());
    let name = std::any::type_name::<T>();
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    // Ours are understood (a test makes each of them); one that was not would let everything pass to the reader.
    known.entry(name).or_insert_with(|| Arc::new(Schema::parse(&of::<T>()).unwrap_or_default())).clone()
}

impl From<Mismatch> for Problem {
    fn from(wrong: Mismatch) -> Self {
        let problem = Self::invalid(wrong.field, wrong.detail, wrong.hint);
        if wrong.valid_values.is_empty() { problem } else { problem.valid_values(wrong.valid_values) }
    }
}

#[cfg(test)]
mod tests {
    use poem_openapi::Object;

    use super::*;
    use crate::model::{ids::TaskId, records::IssueSeverity};

    /// An issue.
    #[derive(Debug, Object)]
    struct Issue {
        severity: IssueSeverity,
    }

    /// A form with one field of every kind.
    #[derive(Debug, Object)]
    struct Form {
        title: String,
        #[oai(validator(minimum(value = "1"), maximum(value = "10")))]
        priority: Option<i64>,
        #[oai(default)]
        issues: Vec<Issue>,
        parent: Option<TaskId>,
    }

    fn wrong(body: &str) -> Problem {
        parse::<Form>(body.as_bytes()).unwrap_err()
    }

    #[test]
    fn a_good_body_is_read() {
        let form: Form =
            parse(br#"{"title": "T", "priority": 3, "issues": [{"severity": "major"}], "parent": null}"#).unwrap();
        assert_eq!((form.title.as_str(), form.priority, form.issues.len()), ("T", Some(3), 1));
        assert_eq!(form.issues[0].severity, IssueSeverity::Major);
        assert!(form.parent.is_none());
    }

    #[test]
    fn a_mistyped_field_is_named_with_its_neighbours() {
        let problem = wrong(r#"{"title": "T", "prioritty": 3}"#);
        assert_eq!(problem.field.as_deref(), Some("prioritty"));
        assert_eq!(problem.hint.as_deref(), Some("did you mean `priority`?"));
        assert_eq!(problem.valid_values.unwrap(), ["title", "priority", "issues", "parent"]);
    }

    #[test]
    fn every_mistake_names_its_field() {
        let cases = [
            ("{}", "title", "`title` is missing"),
            (r#"{"title": 5}"#, "title", "`title` must be a string, not a number"),
            (r#"{"title": null}"#, "title", "`title` must be a string, not null"),
            (r#"{"title": "T", "priority": 11}"#, "priority", "`priority` is 11, which is not between 1 and 10"),
            (r#"{"title": "T", "priority": 1.5}"#, "priority", "`priority` must be an integer, not a number"),
            (
                r#"{"title": "T", "parent": "12"}"#,
                "parent",
                "`parent`: `12` is not a valid task id: it looks like t-12",
            ),
            (
                r#"{"title": "T", "issues": [{"severity": "bad"}]}"#,
                "issues[0].severity",
                "`issues[0].severity` is `bad`, which is none of minor, major, critical",
            ),
        ];
        for (body, field, detail) in cases {
            let problem = wrong(body);
            assert_eq!((problem.field.as_deref(), problem.detail.as_str()), (Some(field), detail));
            assert!(problem.hint.is_some());
        }
        assert!(wrong("{").detail.starts_with("the body is not JSON"));
        assert_eq!(wrong("[]").detail, "the body must be an object, not an array");
    }
}
