//! The OpenAPI document and Swagger UI.
//!
//! The document is made from the handlers alone, without an app, so that `moziplus openapi` and the drift test can
//! write it anywhere.

use std::sync::LazyLock;

use poem::{Response, endpoint::make_sync, http::header};
use poem_openapi::{OpenApiService, ServerObject};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::{
    Served, backups::BackupsApi, caller::KEY_HEADER, daemon::DaemonApi, deliveries::DeliveriesApi, events::EventsApi,
    history::HistoryApi, keys::KeysApi, logs::AttemptsApi, mail::MailApi, operations::OperationsApi,
    outputs::OutputsApi, projects::ProjectsApi, prompts::PromptsApi, questions::QuestionsApi, records::RecordsApi,
    reviews::ReviewsApi, schemas::SchemasApi, scripts::ScriptsApi, skills::SkillsApi, sse::Places, system::SystemApi,
    tasks::TasksApi, transitions::TransitionsApi, usage::UsageApi, webhooks::WebhooksApi,
};
use crate::model::status;

/// Every group of operations, in the order of the document.
type Apis = (
    SystemApi,
    DaemonApi,
    EventsApi,
    HistoryApi,
    ProjectsApi,
    TasksApi,
    TransitionsApi,
    RecordsApi,
    OutputsApi,
    ReviewsApi,
    AttemptsApi,
    (QuestionsApi, MailApi),
    // A tuple has room for sixteen.
    (PromptsApi, SchemasApi, ScriptsApi, SkillsApi),
    OperationsApi,
    BackupsApi,
    // A tuple has room for sixteen.
    (UsageApi, DeliveriesApi, WebhooksApi, KeysApi),
);

/// The operations of the API over this app.
pub(super) fn service(app: Served, shutdown: CancellationToken) -> OpenApiService<Apis, ()> {
    let places = Places::new(app.0.as_ref().map_or(0, |app| app.config().settings().server.max_streams));
    let apis = (
        SystemApi(app.clone()),
        DaemonApi(app.clone()),
        EventsApi::new(app.clone(), shutdown.clone(), places.clone()),
        HistoryApi(app.clone()),
        ProjectsApi(app.clone()),
        TasksApi(app.clone()),
        TransitionsApi(app.clone()),
        RecordsApi(app.clone()),
        OutputsApi(app.clone()),
        ReviewsApi(app.clone()),
        AttemptsApi::new(app.clone(), shutdown, places),
        (QuestionsApi(app.clone()), MailApi(app.clone())),
        (PromptsApi(app.clone()), SchemasApi(app.clone()), ScriptsApi(app.clone()), SkillsApi(app.clone())),
        OperationsApi(app.clone()),
        BackupsApi(app.clone()),
        (UsageApi(app.clone()), DeliveriesApi(app.clone()), WebhooksApi(app.clone()), KeysApi(app)),
    );
    OpenApiService::new(apis, "moziplus", env!("CARGO_PKG_VERSION"))
        .description(description())
        .server(ServerObject::new("/").description("The daemon that serves this document"))
}

/// The document, with what poem-openapi cannot say: that a server beyond loopback asks for a key.
pub(super) fn document() -> &'static Value {
    static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
        let spec = service(Served(None), CancellationToken::new()).spec();
        let mut document: Value = serde_json::from_str(&spec).unwrap_or_default();
        document["components"]["securitySchemes"] = json!({
            "api_key": {"type": "http", "scheme": "bearer", "description": "Needed unless the server listens on loopback only."},
            "api_key_cookie": {"type": "apiKey", "in": "cookie", "name": super::auth::COOKIE, "description": "The same key, for browsers; `/login?key=…` sets it."},
        });
        document["security"] = json!([{}, {"api_key": []}, {"api_key_cookie": []}]);
        simplify(&mut document);
        add_keys(&mut document);
        thin_out(&mut document);
        document
    });
    &DOCUMENT
}

/// Beside the token, whose extractor reads it, stands the key of a write.
fn add_keys(document: &mut Value) {
    let operations = document["paths"].as_object_mut().into_iter().flat_map(|paths| paths.values_mut());
    for operation in operations.filter_map(Value::as_object_mut).flat_map(|path| path.values_mut()) {
        let Some(parameters) = operation.get_mut("parameters").and_then(Value::as_array_mut) else { continue };
        if parameters.iter().any(|parameter| parameter["name"] == "X-Moziplus-Token") {
            parameters.push(json!({
                "name": KEY_HEADER, "in": "header", "required": false, "deprecated": false, "explode": true,
                "schema": {"type": "string"},
                "description": "Lets the write be sent again when its answer was lost: it is then answered as the first time.",
            }));
        }
    }
}

/// Every handler has one type of errors, so that the document lists all of them everywhere; a read changes nothing and
/// has no body, and one without parameters cannot be asked wrongly.
fn thin_out(document: &mut Value) {
    let paths = document["paths"].as_object_mut().into_iter().flat_map(|paths| paths.values_mut());
    for read in paths.filter_map(|path| path.get_mut("get")) {
        let asks = read["parameters"].as_array().is_some_and(|parameters| !parameters.is_empty());
        let Some(responses) = read["responses"].as_object_mut() else { continue };
        let never: &[&str] = if asks { &["409", "413", "507"] } else { &["404", "409", "413", "422", "507"] };
        responses.retain(|status, _| !never.contains(&status.as_str()));
    }
}

/// poem-openapi repeats the description of a named type's use inside `allOf`, which generated clients read as
/// "this type and anything"; once is enough.
fn simplify(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::Array(parts)) = fields.get_mut("allOf") {
                parts.retain(|part| {
                    part.get("$ref").is_some() || part.get("type").is_some() || part.get("allOf").is_some()
                });
                if let [Value::Object(only)] = parts.as_slice()
                    && let Some(Value::Array(inner)) = only.get("allOf").cloned()
                {
                    *parts = inner;
                }
            }
            fields.values_mut().for_each(simplify);
        }
        Value::Array(items) => items.iter_mut().for_each(simplify),
        _ => {}
    }
}

/// Swagger UI is one page with its scripts and styles inside.
const POLICY: &str = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; \
                      img-src 'self' data:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'";

/// The document as JSON, the same bytes every time.
pub fn spec_json() -> String {
    format!("{:#}\n", document())
}

/// The document as YAML.
pub fn spec_yaml() -> String {
    serde_yaml::to_string(document()).unwrap_or_default()
}

/// Swagger UI in one page: scripts, styles and the document are inside, nothing is fetched from elsewhere.
pub(super) fn swagger_ui() -> impl poem::Endpoint<Output = Response> {
    static PAGE: LazyLock<String> = LazyLock::new(|| {
        let service = service(Served(None), CancellationToken::new());
        service.swagger_ui_html().replace(&service.spec(), &document().to_string())
    });
    make_sync(|_| {
        Response::builder()
            .header(header::CACHE_CONTROL, "no-cache")
            .header(header::CONTENT_SECURITY_POLICY, POLICY)
            .content_type("text/html; charset=utf-8")
            .body(PAGE.as_str())
    })
}

fn description() -> String {
    format!(
        "The API of moziplus: a daemon that runs a team of AI agents around a shared blackboard.\n\n\
         **Errors.** Every answer of 400 and more is one object: `error` is a stable code, `detail` says what \
         happened, `hint` what to do next, `valid_values` what would have been right, `field` which field was wrong.\n\n\
         **Who acts.** Bodies name the actor (`agent`, `author` or `reviewer`; default `human`). An agent passes the \
         fencing token of its attempt in `X-Moziplus-Token`; a token that is not current gets 409 `stale_token`, and \
         the write is kept as a dead letter. With an `Idempotency-Key` (any text, fresh for each write) a write on a \
         task may be sent again within a day: it is then answered as the first time, and not done again.\n\n\
         **Lists** have pages: `limit` (default 50, at most 500) and `cursor`, answered with `items` and \
         `next_cursor`. A task's records come whole, as `items`.\n\n\
         **Statuses.** A task moves only along this table:\n\n{}",
        status::matrix()
    )
}
