//! Request bodies, checked against the OpenAPI document itself before they are read.
//!
//! An agent that mistypes a field is told which one, and which fields there are: the document knows them all. The
//! content type is not insisted on (`curl -d` sends another one); an empty body is an empty object.

use poem::{FromRequest, Request, RequestBody};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaMediaType, MetaRequest, MetaSchema, MetaSchemaRef, Registry},
    types::ParseFromJSON,
};
use serde_json::{Map, Value};

use super::{
    problem::{Failure, Problem},
    schema::FORMATS,
};

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
    let mut registry = Registry::new();
    T::register(&mut registry);
    check(&registry, &T::schema_ref(), &value, "")?;
    // What the document allows is readable; a rule of ours that it cannot express would end here.
    T::parse_from_json(Some(value))
        .map_err(|error| Problem::invalid("", error.into_message(), "see /api/docs for what this route takes"))
}

fn resolve<'a>(registry: &'a Registry, schema: &'a MetaSchemaRef) -> Option<&'a MetaSchema> {
    match schema {
        MetaSchemaRef::Inline(schema) => Some(schema),
        MetaSchemaRef::Reference(name) => registry.schemas.get(name),
    }
}

/// Compares a value with a schema; says what is wrong at the first place that is.
fn check(registry: &Registry, schema: &MetaSchemaRef, value: &Value, path: &str) -> Result<(), Problem> {
    let Some(schema) = resolve(registry, schema) else { return Ok(()) };
    if value.is_null() && schema.nullable {
        return Ok(());
    }
    for part in &schema.all_of {
        check(registry, part, value, path)?;
    }
    match (schema.ty, value) {
        ("", _) | ("boolean", Value::Bool(_)) => Ok(()),
        ("string", Value::String(text)) => check_text(schema, text, path),
        ("integer", Value::Number(number)) if !number.is_f64() => check_number(schema, number.as_f64(), path),
        ("number", Value::Number(number)) => check_number(schema, number.as_f64(), path),
        ("array", Value::Array(items)) => {
            let Some(of) = &schema.items else { return Ok(()) };
            let mut places = items.iter().enumerate();
            places.try_for_each(|(index, item)| check(registry, of, item, &format!("{path}[{index}]")))
        }
        ("object", Value::Object(fields)) => check_object(registry, schema, fields, path),
        (expected, other) => {
            let detail = format!("{} must be {}, not {}", named(path), article(expected), article(kind(other)));
            Err(Problem::invalid(path, detail, "see /api/docs for what this route takes"))
        }
    }
}

fn check_object(
    registry: &Registry,
    schema: &MetaSchema,
    fields: &Map<String, Value>,
    path: &str,
) -> Result<(), Problem> {
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    if schema.additional_properties.is_some() {
        return Ok(());
    }
    for (name, value) in fields {
        let Some((_, property)) = schema.properties.iter().find(|(known, _)| known == name) else {
            return Err(unknown_field(schema, name, below(name)));
        };
        // Null is the same as absent, where absent is allowed.
        if !value.is_null() || schema.required.contains(&name.as_str()) {
            check(registry, property, value, &below(name))?;
        }
    }
    match schema.required.iter().find(|name| !fields.contains_key(**name)) {
        None => Ok(()),
        Some(missing) => {
            let detail = format!("{} is missing", named(&below(missing)));
            let hint = format!("required: {}", schema.required.join(", "));
            Err(Problem::invalid(below(missing), detail, hint))
        }
    }
}

fn unknown_field(schema: &MetaSchema, name: &str, path: String) -> Problem {
    let known = schema.properties.iter().map(|(known, _)| *known);
    let nearest = known.clone().map(|known| (strsim::damerau_levenshtein(known, name), known)).min();
    let hint = match nearest {
        Some((distance, nearest)) if distance <= 1 + name.chars().count() / 3 => format!("did you mean `{nearest}`?"),
        _ => "use one of valid_values".to_owned(),
    };
    Problem::invalid(path, format!("there is no field `{name}`"), hint).valid_values(known)
}

fn check_text(schema: &MetaSchema, text: &str, path: &str) -> Result<(), Problem> {
    if !schema.enum_items.is_empty() && !schema.enum_items.iter().any(|word| word == text) {
        let words: Vec<_> = schema.enum_items.iter().filter_map(Value::as_str).collect();
        let detail = format!("{} is `{text}`, which is none of {}", named(path), words.join(", "));
        return Err(Problem::invalid(path, detail, "use one of valid_values").valid_values(words));
    }
    let format = FORMATS.iter().find(|(name, _)| schema.format == Some(name));
    let checked = format.map_or(Ok(()), |(_, check)| check(text));
    checked.map_err(|rule| Problem::invalid(path, format!("{}: {rule}", named(path)), "see the rule in detail"))
}

fn check_number(schema: &MetaSchema, number: Option<f64>, path: &str) -> Result<(), Problem> {
    let number = number.unwrap_or(f64::NAN);
    let (least, most) = (schema.minimum.unwrap_or(f64::MIN), schema.maximum.unwrap_or(f64::MAX));
    if (least..=most).contains(&number) {
        return Ok(());
    }
    let range = match (schema.minimum, schema.maximum) {
        (Some(least), Some(most)) => format!("between {least} and {most}"),
        (Some(least), None) => format!("{least} or more"),
        _ => format!("{most} or less"),
    };
    let detail = format!("{} is {number}, which is not {range}", named(path));
    Err(Problem::invalid(path, detail, "stay within the range"))
}

fn named(path: &str) -> String {
    if path.is_empty() { "the body".into() } else { format!("`{path}`") }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn article(kind: &str) -> String {
    match kind {
        "null" => kind.into(),
        _ if kind.starts_with(['a', 'i', 'o']) => format!("an {kind}"),
        _ => format!("a {kind}"),
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
