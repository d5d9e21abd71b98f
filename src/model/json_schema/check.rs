//! Comparing a value with a schema, and saying where and how it differs.

use serde_json::{Map, Value};

use super::{FORMATS, Mismatch, Schema};

/// Where the whole form can be looked up.
const FORM: &str = "see /api/docs, or `moziplus schema list`, for what is taken";

pub(super) fn check(schema: &Schema, value: &Value, path: &str) -> Result<(), Mismatch> {
    if schema.nothing {
        return Err(mismatch(path, format!("{} must not be there", named(path)), "leave it out"));
    }
    of_kind(schema, value, path)?;
    of_words(schema, value, path)?;
    match value {
        Value::String(text) => of_text(schema, text, path)?,
        Value::Number(number) => of_number(schema, number.as_f64().unwrap_or(f64::NAN), path)?,
        Value::Array(items) => of_list(schema, items, path)?,
        Value::Object(fields) => of_object(schema, fields, path)?,
        Value::Null | Value::Bool(_) => {}
    }
    of_others(schema, value, path)
}

fn of_kind(schema: &Schema, value: &Value, path: &str) -> Result<(), Mismatch> {
    let fits = |wanted: &String| match (wanted.as_str(), value) {
        ("integer", Value::Number(number)) => !number.is_f64(),
        (wanted, value) => wanted == kind(value),
    };
    if schema.kinds.is_empty() || schema.kinds.iter().any(fits) {
        return Ok(());
    }
    let wanted: Vec<_> = schema.kinds.iter().map(|kind| article(kind)).collect();
    let detail = format!("{} must be {}, not {}", named(path), wanted.join(" or "), article(kind(value)));
    Err(mismatch(path, detail, FORM))
}

fn of_words(schema: &Schema, value: &Value, path: &str) -> Result<(), Mismatch> {
    let Some(allowed) = schema.allowed.as_ref().filter(|allowed| !allowed.contains(value)) else { return Ok(()) };
    let words: Vec<_> = allowed.iter().map(shown).collect();
    let detail = match words.as_slice() {
        [only] => format!("{} is `{}`, and must be `{only}`", named(path), shown(value)),
        _ => format!("{} is `{}`, which is none of {}", named(path), shown(value), words.join(", ")),
    };
    Err(Mismatch { valid_values: words, ..mismatch(path, detail, "use one of valid_values") })
}

fn of_text(schema: &Schema, text: &str, path: &str) -> Result<(), Mismatch> {
    let long = text.chars().count() as u64;
    bounds(schema.length, long).map_err(|rule| {
        let detail = match (long, schema.length.0) {
            (0, Some(1)) => format!("{} is empty", named(path)),
            _ => format!("{} has {long} characters; {rule}", named(path)),
        };
        mismatch(path, detail, "write what fits")
    })?;
    if let Some(pattern) = schema.pattern.as_ref().filter(|pattern| !pattern.0.is_match(text)) {
        let said = schema.title.as_ref().map_or_else(String::new, |title| format!(" ({title})"));
        let detail = format!("{} does not match `{}`{said}", named(path), pattern.0.as_str());
        return Err(mismatch(path, detail, "write it in this form"));
    }
    let format = FORMATS.iter().find(|(name, _)| schema.format.as_deref() == Some(name));
    let fits = format.map_or(Ok(()), |(_, rule)| rule(text));
    fits.map_err(|rule| mismatch(path, format!("{}: {rule}", named(path)), "see the rule in detail"))
}

fn of_number(schema: &Schema, number: f64, path: &str) -> Result<(), Mismatch> {
    let fits = |least: Option<f64>, most: Option<f64>, open: bool| {
        least.is_none_or(|least| if open { number > least } else { number >= least })
            && most.is_none_or(|most| if open { number < most } else { number <= most })
    };
    let ((least, most), (over, under)) = (schema.range, schema.between);
    if fits(least, most, false) && fits(over, under, true) {
        return Ok(());
    }
    let rule = match (least, most, over, under) {
        (Some(least), Some(most), ..) => format!("which is not between {least} and {most}"),
        (Some(least), None, ..) => format!("which is not {least} or more"),
        (None, Some(most), ..) => format!("which is not {most} or less"),
        (.., Some(over), Some(under)) => format!("and must be over {over} and under {under}"),
        (.., Some(over), None) => format!("and must be over {over}"),
        (.., under) => format!("and must be under {}", under.unwrap_or_default()),
    };
    Err(mismatch(path, format!("{} is {number}, {rule}", named(path)), "stay within the range"))
}

fn of_list(schema: &Schema, items: &[Value], path: &str) -> Result<(), Mismatch> {
    let many = items.len() as u64;
    bounds(schema.count, many).map_err(|rule| {
        let detail = match (many, schema.count.0) {
            (0, Some(1)) => format!("{} is empty; at least one entry is wanted", named(path)),
            _ => format!("{} has {many} entries; {rule}", named(path)),
        };
        mismatch(path, detail, "mind the number of entries")
    })?;
    if let Some(again) = (1..items.len()).find(|at| schema.unique && items[..*at].contains(&items[*at])) {
        let place = format!("{path}[{again}]");
        return Err(mismatch(&place, format!("{} is there twice", named(&place)), "name each once"));
    }
    if let Some(wanted) = &schema.contains
        && !items.iter().any(|item| check(wanted, item, path).is_ok())
    {
        let what = wanted.title.clone().unwrap_or_else(|| "one that the schema asks for".to_owned());
        return Err(mismatch(path, format!("{} has no entry such as: {what}", named(path)), "add it"));
    }
    let Some(of) = &schema.items else { return Ok(()) };
    items.iter().enumerate().try_for_each(|(index, item)| check(of, item, &format!("{path}[{index}]")))
}

fn of_object(schema: &Schema, fields: &Map<String, Value>, path: &str) -> Result<(), Mismatch> {
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    let is_required = |name: &String| schema.required.contains(name);
    for (name, value) in fields {
        let known = schema.properties.iter().find(|(known, _)| known == name).map(|(_, property)| property);
        match (known, &schema.others) {
            // Null is the same as absent, where absent is allowed.
            (Some(_), _) if value.is_null() && !is_required(name) => {}
            (Some(property), _) => check(property, value, &below(name))?,
            (None, Some(others)) if others.nothing => return Err(unknown_field(schema, name, &below(name))),
            (None, Some(others)) => check(others, value, &below(name))?,
            (None, None) => {}
        }
    }
    match schema.required.iter().find(|name| !fields.contains_key(*name)) {
        None => Ok(()),
        Some(missing) => {
            let detail = format!("{} is missing", named(&below(missing)));
            Err(mismatch(&below(missing), detail, format!("required: {}", schema.required.join(", "))))
        }
    }
}

fn unknown_field(schema: &Schema, name: &str, path: &str) -> Mismatch {
    let known: Vec<_> = schema.properties.iter().map(|(known, _)| known.clone()).collect();
    let nearest = known.iter().map(|known| (strsim::damerau_levenshtein(known, name), known)).min();
    let hint = match nearest {
        Some((distance, nearest)) if distance <= 1 + name.chars().count() / 3 => format!("did you mean `{nearest}`?"),
        _ => "use one of valid_values".to_owned(),
    };
    Mismatch { valid_values: known, ..mismatch(path, format!("there is no field `{name}`"), hint) }
}

/// What a schema says by means of other schemas.
fn of_others(schema: &Schema, value: &Value, path: &str) -> Result<(), Mismatch> {
    schema.all.iter().try_for_each(|part| check(part, value, path))?;
    if !schema.any.is_empty() {
        nearest(&schema.any, value, path)?;
    }
    if !schema.one.is_empty() {
        nearest(&schema.one, value, path)?;
        if schema.one.iter().filter(|part| check(part, value, path).is_ok()).count() > 1 {
            return Err(mismatch(path, format!("{} fits more than one of the forms", named(path)), FORM));
        }
    }
    if let Some(not) = schema.not.as_ref().filter(|not| check(not, value, path).is_ok()) {
        let what = not.title.clone().unwrap_or_else(|| "as the schema excludes it".to_owned());
        return Err(mismatch(path, format!("{} must not be: {what}", named(path)), "change it"));
    }
    let Some(when) = &schema.when else { return Ok(()) };
    let branch = if check(when, value, path).is_ok() { &schema.then } else { &schema.otherwise };
    branch.as_ref().map_or(Ok(()), |branch| check(branch, value, path))
}

/// Fits one of the forms; otherwise says what is wrong with the last one, which names a place at least.
fn nearest(forms: &[Schema], value: &Value, path: &str) -> Result<(), Mismatch> {
    let mut last = Ok(());
    for form in forms {
        last = check(form, value, path);
        if last.is_ok() {
            break;
        }
    }
    last
}

fn bounds((least, most): (Option<u64>, Option<u64>), there: u64) -> Result<(), String> {
    match (least.filter(|least| there < *least), most.filter(|most| there > *most)) {
        (Some(least), _) => Err(format!("at least {least} are wanted")),
        (None, Some(most)) => Err(format!("at most {most} are allowed")),
        (None, None) => Ok(()),
    }
}

fn mismatch(field: &str, detail: String, hint: impl Into<String>) -> Mismatch {
    Mismatch { field: field.to_owned(), detail, valid_values: Vec::new(), hint: hint.into() }
}

fn named(path: &str) -> String {
    if path.is_empty() { "the body".into() } else { format!("`{path}`") }
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
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
    use serde_json::json;

    use super::*;

    /// A schema with something of everything.
    fn sample() -> Value {
        json!({
            "type": "object", "additionalProperties": false, "required": ["body"],
            "properties": {
                "body": {"type": "string", "minLength": 1, "maxLength": 20},
                "kind": {"enum": ["note", "handoff"]},
                "tags": {"type": "array", "items": {"type": "string", "pattern": "^[a-z]+$"}, "minItems": 1, "uniqueItems": true},
                "share": {"type": "number", "minimum": 0, "maximum": 1},
                "count": {"type": "integer", "minimum": 1},
                "over": {"type": "number", "exclusiveMinimum": 0},
                "task": {"type": "string", "format": "task-id"},
                "never": false,
            },
            "if": {"properties": {"kind": {"const": "handoff"}}, "required": ["kind"]},
            "then": {"properties": {"body": {"pattern": "completed", "title": "say what is completed"}}},
            "not": {"required": ["tags", "share"], "title": "both tags and share"},
        })
    }

    #[test]
    fn what_differs_is_told_with_its_place() {
        let schema = Schema::parse(&sample()).unwrap();
        let said = |value: Value| match schema.check(&value) {
            Ok(()) => "fits".to_owned(),
            Err(wrong) => {
                format!("{}: {} [{}] {}", wrong.field, wrong.detail, wrong.valid_values.join(","), wrong.hint)
            }
        };
        let cases = [
            json!({"body": "x", "kind": null}),
            json!({"body": ""}),
            json!({"body": "x".repeat(21)}),
            json!({"body": "x", "tag": 1}),
            json!({"kind": "note"}),
            json!({"body": "x", "kind": "hand"}),
            json!({"body": "x", "kind": "handoff"}),
            json!({"body": "completed: x", "kind": "handoff"}),
            json!({"body": "x", "tags": []}),
            json!({"body": "x", "tags": ["a", "B"]}),
            json!({"body": "x", "tags": ["a", "a"]}),
            json!({"body": "x", "share": 2}),
            json!({"body": "x", "count": 0}),
            json!({"body": "x", "count": 1.5}),
            json!({"body": "x", "over": 0}),
            json!({"body": "x", "task": "12"}),
            json!({"body": "x", "never": 1}),
            json!({"body": "x", "tags": ["a"], "share": 1}),
            json!([]),
        ];
        insta::assert_snapshot!(cases.map(said).join("\n"), @r"
        fits
        body: `body` is empty [] write what fits
        body: `body` has 21 characters; at most 20 are allowed [] write what fits
        tag: there is no field `tag` [body,kind,tags,share,count,over,task,never] did you mean `tags`?
        body: `body` is missing [] required: body
        kind: `kind` is `hand`, which is none of note, handoff [note,handoff] use one of valid_values
        body: `body` does not match `completed` (say what is completed) [] write it in this form
        fits
        tags: `tags` is empty; at least one entry is wanted [] mind the number of entries
        tags[1]: `tags[1]` does not match `^[a-z]+$` [] write it in this form
        tags[1]: `tags[1]` is there twice [] name each once
        share: `share` is 2, which is not between 0 and 1 [] stay within the range
        count: `count` is 0, which is not 1 or more [] stay within the range
        count: `count` must be an integer, not a number [] see /api/docs, or `moziplus schema list`, for what is taken
        over: `over` is 0, and must be over 0 [] stay within the range
        task: `task`: `12` is not a valid task id: it looks like t-12 [] see the rule in detail
        never: `never` must not be there [] leave it out
        : the body must not be: both tags and share [] change it
        : the body must be an object, not an array [] see /api/docs, or `moziplus schema list`, for what is taken
        ");
    }
}
