//! The tools, read from the OpenAPI document.

use std::{collections::BTreeMap, sync::Arc};

use rmcp::model::{Tool as Described, ToolAnnotations};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Defaults;
use crate::client::request::{Method, TOKEN_HEADER};

/// Chapters of the document whose operations are all tools.
const CHAPTERS: &[&str] = &["Tasks", "Transitions", "Records", "Reviews"];
/// Operations of other chapters that an agent needs.
const MORE: &[&str] = &[
    "listProjects",
    "listSubtasks",
    "listTaskEvents",
    "listAttempts",
    "listCheckpoints",
    "openCheckpoint",
    "explainTask",
    "getMail",
    "getProjectSkill",
    "listMail",
    "listProjectSkills",
    "readMail",
    "search",
    "sendMail",
];
/// Where a reference of the document points, and where the same schema stands in a tool's own.
const SCHEMAS: &str = "#/components/schemas/";
const DEFINITIONS: &str = "#/$defs/";
/// The argument of a write that goes into the header of the fencing token.
pub(super) const TOKEN_ARGUMENT: &str = "token";
/// What it says about itself.
const TOKEN_DESCRIPTION: &str = "The fencing token that `claim_task` answered with: the right to write on this task. Leave \
    it out in a process that moziplus started, and as a person.";

/// Why the document cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// It is no OpenAPI document.
    #[error("it is not an OpenAPI document")]
    Unreadable(#[from] serde_json::Error),
    /// It refers to a schema that it does not have.
    #[error("it has no schema `{0}`")]
    Schema(String),
    /// A field stands in the path and in the body; a tool has one argument of that name.
    #[error("{operation}: `{field}` is twice there")]
    Twice {
        /// The operation.
        operation: String,
        /// The field.
        field: String,
    },
}

/// Every tool by its name.
#[derive(Debug)]
pub(super) struct Tools(BTreeMap<String, Tool>);

/// One tool: an operation of the API.
#[derive(Debug)]
pub(super) struct Tool {
    name: String,
    description: String,
    pub method: Method,
    /// Such as `/api/projects/{project}/tasks`.
    pub path: String,
    /// Parameters of the path.
    pub in_path: Vec<String>,
    /// Parameters of the query.
    pub in_query: Vec<String>,
    /// True when there is a body.
    pub has_body: bool,
    /// True when a fencing token may come along.
    pub takes_token: bool,
    /// Schemas of all arguments.
    pub properties: Map<String, Value>,
    required: Vec<String>,
    definitions: Map<String, Value>,
}

#[derive(Deserialize)]
struct Document {
    paths: BTreeMap<String, BTreeMap<String, Operation>>,
    components: Components,
}

#[derive(Deserialize)]
struct Components {
    schemas: Map<String, Value>,
}

#[derive(Deserialize)]
struct Operation {
    #[serde(default)]
    tags: Vec<String>,
    #[serde(rename = "operationId")]
    id: Option<String>,
    #[serde(default)]
    summary: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    parameters: Vec<Parameter>,
    #[serde(rename = "requestBody")]
    body: Option<Value>,
}

#[derive(Deserialize)]
struct Parameter {
    name: String,
    #[serde(rename = "in")]
    place: String,
    #[serde(default)]
    required: bool,
    schema: Value,
    description: Option<String>,
}

impl Tools {
    /// Reads the document.
    pub fn of(document: &str) -> Result<Self, DocumentError> {
        let Document { paths, components } = serde_json::from_str(document)?;
        let mut tools = BTreeMap::new();
        for (path, operations) in paths {
            for (method, operation) in operations {
                let (Some(id), Some(method)) = (operation.id.clone(), method_of(&method)) else { continue };
                if operation.tags.iter().any(|tag| CHAPTERS.contains(&tag.as_str())) || MORE.contains(&id.as_str()) {
                    let tool = Tool::of(snake_case(&id), (method, path.clone()), operation, &components.schemas)?;
                    tools.insert(tool.name.clone(), tool);
                }
            }
        }
        Ok(Self(tools))
    }

    /// The tool of this name.
    pub fn get(&self, name: &str) -> Option<&Tool> {
        self.0.get(name)
    }

    /// All names, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// All tools, as a client is told of them.
    pub fn list(&self, defaults: &Defaults) -> Vec<Described> {
        self.0.values().map(|tool| tool.describe(defaults)).collect()
    }
}

impl Tool {
    fn of(
        name: String,
        (method, path): (Method, String),
        operation: Operation,
        schemas: &Map<String, Value>,
    ) -> Result<Self, DocumentError> {
        let description = [operation.summary.trim(), operation.description.trim()].join("\n\n").trim().to_owned();
        let has_body = operation.body.is_some();
        let mut tool = Self {
            name,
            description,
            method,
            path,
            in_path: vec![],
            in_query: vec![],
            has_body,
            takes_token: false,
            properties: Map::new(),
            required: vec![],
            definitions: Map::new(),
        };
        for parameter in operation.parameters {
            tool.add_parameter(parameter)?;
        }
        if let Some(body) = operation.body {
            tool.add_body(&body, schemas)?;
        }
        for schema in tool.properties.values().cloned().collect::<Vec<_>>() {
            tool.define(&schema, schemas)?;
        }
        tool.properties.values_mut().chain(tool.definitions.values_mut()).for_each(point_inside);
        Ok(tool)
    }

    fn add_parameter(&mut self, parameter: Parameter) -> Result<(), DocumentError> {
        let places = match parameter.place.as_str() {
            "path" => &mut self.in_path,
            "query" => &mut self.in_query,
            "header" if parameter.name.eq_ignore_ascii_case(TOKEN_HEADER) => {
                self.takes_token = true;
                let schema = json!({"type": "string", "description": TOKEN_DESCRIPTION});
                return self.add(TOKEN_ARGUMENT.to_owned(), schema, false);
            }
            // The key of a write is not the model's business.
            _ => return Ok(()),
        };
        places.push(parameter.name.clone());
        let mut schema = parameter.schema;
        if let (Some(description), Some(schema)) = (parameter.description, schema.as_object_mut()) {
            schema.insert("description".into(), description.into());
        }
        self.add(parameter.name, schema, parameter.required)
    }

    fn add_body(&mut self, body: &Value, schemas: &Map<String, Value>) -> Result<(), DocumentError> {
        let schema = &body["content"]["application/json"]["schema"];
        let schema = match schema["$ref"].as_str() {
            Some(reference) => find(reference, schemas)?,
            None => schema,
        };
        let required: Vec<_> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            self.add(name.clone(), property.clone(), required.contains(&name.as_str()))?;
        }
        Ok(())
    }

    fn add(&mut self, name: String, schema: Value, required: bool) -> Result<(), DocumentError> {
        if required {
            self.required.push(name.clone());
        }
        match self.properties.insert(name.clone(), schema) {
            None => Ok(()),
            Some(_) => Err(DocumentError::Twice { operation: self.name.clone(), field: name }),
        }
    }

    /// Takes over every schema that this one refers to.
    fn define(&mut self, schema: &Value, schemas: &Map<String, Value>) -> Result<(), DocumentError> {
        for reference in references(schema) {
            let name = reference.trim_start_matches(SCHEMAS);
            if !self.definitions.contains_key(name) {
                let found = find(reference, schemas)?.clone();
                self.definitions.insert(name.to_owned(), found.clone());
                self.define(&found, schemas)?;
            }
        }
        Ok(())
    }

    /// The tool as a client is told of it: what has a default need not be given.
    pub fn describe(&self, defaults: &Defaults) -> Described {
        let required = self.required.iter().filter(|name| defaults.of(name).is_none());
        let mut schema = json!({
            "type": "object",
            "properties": self.properties,
            "required": required.collect::<Vec<_>>(),
            "additionalProperties": false,
        });
        if !self.definitions.is_empty() {
            schema["$defs"] = Value::Object(self.definitions.clone());
        }
        let schema = schema.as_object().cloned().unwrap_or_default();
        let hints = ToolAnnotations::new().read_only(self.method == Method::Get).open_world(false);
        Described::new(self.name.clone(), self.description.clone(), Arc::new(schema)).with_annotations(hints)
    }
}

impl Defaults {
    /// What an argument means when it is not given.
    pub(super) fn of(&self, name: &str) -> Option<&str> {
        match name {
            "project" => self.project.as_deref(),
            "task" => self.task.as_deref(),
            _ => None,
        }
    }
}

fn method_of(name: &str) -> Option<Method> {
    [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete]
        .into_iter()
        .find(|method| method.as_str().eq_ignore_ascii_case(name))
}

fn find<'a>(reference: &str, schemas: &'a Map<String, Value>) -> Result<&'a Value, DocumentError> {
    let name = reference.trim_start_matches(SCHEMAS);
    schemas.get(name).ok_or_else(|| DocumentError::Schema(name.to_owned()))
}

/// All references inside a schema.
fn references(schema: &Value) -> Vec<&str> {
    match schema {
        Value::Object(fields) => {
            let own = fields.get("$ref").and_then(Value::as_str);
            own.into_iter().chain(fields.values().flat_map(references)).collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

/// Turns references to the document into references to the tool's own definitions.
fn point_inside(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(target) if name == "$ref" => *target = target.replace(SCHEMAS, DEFINITIONS),
                    other => point_inside(other),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(point_inside),
        _ => {}
    }
}

/// `createTask` becomes `create_task`.
fn snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for character in name.chars() {
        if character.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(character.to_ascii_lowercase());
    }
    snake
}
