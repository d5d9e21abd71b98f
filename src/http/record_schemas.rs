//! JSON Schemas of the records that agents write, made of the same types that read request bodies.
//!
//! `schemas/*.json` of the repository are these, kept by a test. A root's own `schemas/<kind>.json` asks for more; what
//! stands here is asked in any case.

use poem_openapi::{
    registry::{MetaSchema, MetaSchemaRef, Registry},
    types::Type,
};
use serde_json::{Map, Value, json};

use super::bodies::{
    operations::InboxLine,
    records::{
        NewCheckpoint, NewComment, NewDecision, NewLesson, NewMail, NewObservation, NewOutput, NewRebuttal, NewReview,
    },
    tasks::{By, Completion, NewTask, Resolution, Transition},
};
use crate::{
    model::{json_schema::DIALECT, record_kind::RecordKind},
    skills::{document, meta},
};

/// The schema of a record, as the binary has it.
pub fn built_in(kind: RecordKind) -> Value {
    let schema = match kind {
        RecordKind::Task => of::<NewTask>(),
        RecordKind::Claim => of::<By>(),
        RecordKind::Completion => of::<Completion>(),
        RecordKind::Transition => of::<Transition>(),
        RecordKind::Resolution => of::<Resolution>(),
        RecordKind::Output => of::<NewOutput>(),
        RecordKind::Comment => of::<NewComment>(),
        RecordKind::Decision => of::<NewDecision>(),
        RecordKind::Observation => of::<NewObservation>(),
        RecordKind::Review => of::<NewReview>(),
        RecordKind::Rebuttal => of::<NewRebuttal>(),
        RecordKind::Experience => of::<NewLesson>(),
        RecordKind::Checkpoint => of::<NewCheckpoint>(),
        RecordKind::Mail => of::<NewMail>(),
        RecordKind::InboxLine => of::<InboxLine>(),
        RecordKind::Skill => document::schema(),
        RecordKind::SkillMeta => meta::schema(),
    };
    let mut whole = Map::new();
    whole.insert("$schema".into(), DIALECT.into());
    whole.insert("title".into(), kind.as_str().into());
    if let Value::Object(fields) = schema {
        whole.extend(fields);
    }
    Value::Object(whole)
}

/// The same as a file has it.
pub fn text(kind: RecordKind) -> String {
    format!("{:#}\n", built_in(kind))
}

/// The schema of a type of the document, whole: without references.
pub(super) fn of<T: Type>() -> Value {
    let mut registry = Registry::new();
    T::register(&mut registry);
    Value::Object(whole(&registry, &T::schema_ref()))
}

pub(super) fn resolve<'a>(registry: &'a Registry, schema: &'a MetaSchemaRef) -> Option<&'a MetaSchema> {
    match schema {
        MetaSchemaRef::Inline(schema) => Some(schema),
        MetaSchemaRef::Reference(name) => registry.schemas.get(name),
    }
}

fn whole(registry: &Registry, schema: &MetaSchemaRef) -> Map<String, Value> {
    let Some(schema) = resolve(registry, schema) else { return Map::new() };
    let mut fields = Map::new();
    // A field of a named type is that type, with what is said about it here.
    for part in &schema.all_of {
        fields.extend(whole(registry, part));
    }
    if let Some(description) = schema.description {
        fields.insert("description".into(), description.into());
    }
    if !schema.ty.is_empty() {
        let kind = if schema.nullable { json!([schema.ty, "null"]) } else { json!(schema.ty) };
        fields.insert("type".into(), kind);
    }
    if !schema.enum_items.is_empty() {
        fields.insert("enum".into(), schema.enum_items.clone().into());
    }
    let numbers = [
        ("minLength", schema.min_length),
        ("maxLength", schema.max_length),
        ("minItems", schema.min_items),
        ("maxItems", schema.max_items),
    ];
    fields.extend(numbers.into_iter().filter_map(|(name, number)| Some((name.to_owned(), number?.into()))));
    for (name, number) in [("minimum", schema.minimum), ("maximum", schema.maximum)] {
        if let Some(number) = number {
            let number = if number.fract() == 0.0 { json!(number as i64) } else { json!(number) };
            fields.insert(name.into(), number);
        }
    }
    if schema.unique_items == Some(true) {
        fields.insert("uniqueItems".into(), true.into());
    }
    // What a pattern means is told by its title; those of objects are names of ours.
    let title = schema.title.as_deref().filter(|_| schema.pattern.is_some());
    let texts = [("title", title), ("format", schema.format), ("pattern", schema.pattern.as_deref())];
    fields.extend(texts.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text?.into()))));
    if let Some(items) = &schema.items {
        fields.insert("items".into(), Value::Object(whole(registry, items)));
    }
    of_object(registry, schema, &mut fields);
    fields
}

fn of_object(registry: &Registry, schema: &MetaSchema, fields: &mut Map<String, Value>) {
    if schema.ty != "object" {
        return;
    }
    if !schema.required.is_empty() {
        fields.insert("required".into(), json!(schema.required));
    }
    let properties = schema.properties.iter();
    let properties: Map<_, _> =
        properties.map(|(name, of)| ((*name).to_owned(), Value::Object(whole(registry, of)))).collect();
    fields.insert("properties".into(), Value::Object(properties));
    // Fields that nobody knows are mistyped ones, except where any are meant.
    let others = schema.additional_properties.as_ref().map_or(Value::Bool(false), |of| match &**of {
        MetaSchemaRef::Inline(of) if of.ty.is_empty() => Value::Bool(true),
        of => Value::Object(whole(registry, of)),
    });
    fields.insert("additionalProperties".into(), others);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::json_schema::Schema;

    #[test]
    fn every_schema_is_one_that_is_understood() {
        for kind in RecordKind::ALL {
            let built_in = built_in(*kind);
            let schema = Schema::parse(&built_in).unwrap_or_else(|unclear| panic!("{kind}: {unclear:?}"));
            assert!(schema.check(&json!([])).is_err(), "{kind} is an object");
            let nothing = schema.check(&json!({"no such field": 1}));
            assert_eq!(nothing.is_err(), *kind != RecordKind::Skill, "{kind} knows its fields");
            let author = kind.author();
            assert!(
                !kind.can_be_overridden() || built_in["properties"].get(author).is_some(),
                "{kind} says by `{author}` who writes"
            );
        }
    }

    #[test]
    fn a_field_of_a_named_type_keeps_what_is_said_about_it() {
        let review = built_in(RecordKind::Review);
        assert_eq!(review["properties"]["verdict"]["enum"], json!(["approved", "needs_revision", "rejected"]));
        assert_eq!(review["properties"]["verdict"]["description"], "The conclusion.");
        assert_eq!(review["properties"]["issues"]["items"]["required"], json!(["severity", "text"]));
        assert_eq!(review["required"], json!(["verdict", "confidence"]));
    }
}
