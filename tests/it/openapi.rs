//! The OpenAPI document: committed as it is generated, and complete.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;

const COMMITTED: &str = "openapi/openapi.json";
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

fn document() -> Value {
    serde_json::from_str(&moziplus::http::spec_json()).unwrap()
}

/// Every operation with its method and path.
fn operations(document: &Value) -> Vec<(String, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    let of_path = |(path, operations): (&String, &'static str)| format!("{operations} {path}");
    let all = paths.iter().flat_map(|(path, item)| {
        METHODS.iter().filter_map(move |method| Some((of_path((path, *method)), item.get(*method)?)))
    });
    all.collect()
}

#[test]
fn the_committed_document_is_the_generated_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(COMMITTED);
    let generated = moziplus::http::spec_json();
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        fs::write(&path, &generated).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == generated,
        "{COMMITTED} is out of date; regenerate it with `moziplus openapi > {COMMITTED}` \
         or `UPDATE_OPENAPI=1 cargo test --test it openapi`"
    );
}

#[test]
fn every_operation_says_what_it_is_and_how_it_fails() {
    let document = document();
    let mut wrong = Vec::new();
    let mut ids = BTreeSet::new();
    for (name, operation) in operations(&document) {
        let text = |field: &str| operation[field].as_str().unwrap_or_default();
        if text("operationId").is_empty() || !ids.insert(text("operationId").to_owned()) {
            wrong.push(format!("{name}: no operationId of its own"));
        }
        if text("summary").is_empty() || text("summary").ends_with('.') {
            wrong.push(format!("{name}: no summary, or one that ends with a full stop"));
        }
        if operation["tags"].as_array().is_none_or(|tags| tags.len() != 1) {
            wrong.push(format!("{name}: not exactly one tag"));
        }
        let responses = operation["responses"].as_object().unwrap();
        let is_read = name.starts_with("get ");
        let of_writes = ["404", "409", "413", "422", "507"].into_iter().filter(|_| !is_read);
        for status in ["401", "403", "500", "503"].into_iter().chain(of_writes) {
            let schema = &responses.get(status).unwrap_or(&Value::Null)["content"];
            let reference = schema["application/json; charset=utf-8"]["schema"]["$ref"].as_str();
            if reference != Some("#/components/schemas/Problem") {
                wrong.push(format!("{name}: {status} is not the error object"));
            }
        }
        let asks = operation["parameters"].as_array().is_some_and(|parameters| !parameters.is_empty());
        let expected = |status: &str| if is_read { asks && matches!(status, "404" | "422") } else { true };
        for status in ["404", "409", "413", "422", "507"] {
            if responses.contains_key(status) != expected(status) {
                wrong.push(format!("{name}: {status} is there without need, or missing"));
            }
        }
        if !responses.keys().any(|status| status.starts_with('2')) {
            wrong.push(format!("{name}: never succeeds"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_parameter_of_a_query_is_explained() {
    let document = document();
    let mut wrong = Vec::new();
    for (name, operation) in operations(&document) {
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            if parameter["in"] == "query" && parameter["description"].as_str().is_none_or(str::is_empty) {
                wrong.push(format!("{name}: {}", parameter["name"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The routes of the contract that this version serves (interface.md, section 4), without those of tasks.
const ROUTES: &str = "
    get /healthz
    get /metrics
    get /api/openapi.json
    get /api/openapi.yaml
    get /api/daemon/status
    get /api/daemon/sessions
    post /api/daemon/stop
    post /api/daemon/start
    post /api/daemon/tick
    get /api/events
    get /api/events/history
    get /api/projects
    post /api/projects
    get /api/projects/{project}
    patch /api/projects/{project}
    post /api/projects/{project}/archive
    post /api/projects/{project}/restore
    get /api/projects/{project}/tasks
    post /api/projects/{project}/tasks
    post /api/projects/{project}/tasks/batch
    get /api/projects/{project}/dead-letters
    post /api/projects/{project}/dead-letters/{letter}/apply
    post /api/projects/{project}/dead-letters/{letter}/discard
    get /api/projects/{project}/checkpoints
    post /api/projects/{project}/checkpoints
    post /api/projects/{project}/checkpoints/{checkpoint}/answer
    get /api/projects/{project}/experiences
    patch /api/projects/{project}/experiences/{id}
    get /api/projects/{project}/skills
    get /api/skills
    get /api/skills/{skill}
    post /api/skills/{skill}/approve
    post /api/skills/{skill}/deprecate
    post /api/skills/{skill}/rollback
    post /api/skills/import
    get /api/scripts
    get /api/scripts/{name}
    put /api/scripts/{name}
    delete /api/scripts/{name}
    post /api/scripts/{name}/check
    get /api/projects/{project}/scripts
    get /api/projects/{project}/scripts/{name}
    put /api/projects/{project}/scripts/{name}
    delete /api/projects/{project}/scripts/{name}
    post /api/projects/{project}/scripts/{name}/check
    post /api/attempts/{id}/kill
    post /api/inbox
    get /api/config
    get /api/search
    get /api/agents
    get /api/jobs
    post /api/jobs/{name}/run
    get /api/jobs/{name}/history
    get /api/backups
    post /api/backups
    post /api/backups/{backup}/verify
    post /api/backups/{backup}/restore";

#[test]
fn the_routes_of_the_contract_are_there() {
    let document = document();
    let known: BTreeSet<String> = operations(&document).into_iter().map(|(name, _)| name).collect();
    let task = "/api/projects/{project}/tasks/{task}";
    let mut expected: Vec<String> =
        ROUTES.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    expected.extend([format!("get {task}"), format!("patch {task}")]);
    let verbs = "claim start complete fail block retry cancel pause resume escalate resolve reopen";
    expected.extend(verbs.split(' ').map(|verb| format!("post {task}/{verb}")));
    for records in ["outputs", "comments", "decisions", "observations", "reviews", "rebuttals"] {
        expected.extend([format!("get {task}/{records}"), format!("post {task}/{records}")]);
    }
    expected.extend(["events", "attempts", "subtasks"].map(|what| format!("get {task}/{what}")));
    expected.extend(["log", "log/stream"].map(|what| format!("get {task}/attempts/{{number}}/{what}")));
    let missing: Vec<_> = expected.iter().filter(|route| !known.contains(*route)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn nothing_in_the_document_is_null() {
    fn nulls(value: &Value, path: &str) -> Vec<String> {
        match value {
            Value::Null => vec![path.to_owned()],
            Value::Object(fields) => {
                fields.iter().flat_map(|(name, value)| nulls(value, &format!("{path}/{name}"))).collect()
            }
            Value::Array(items) => items.iter().flat_map(|item| nulls(item, path)).collect(),
            _ => Vec::new(),
        }
    }
    assert_eq!(nulls(&document(), ""), Vec::<String>::new());
}
