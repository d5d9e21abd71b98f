//! Whatever comes from outside: answers are those of the document and never a fault of the server; configuration,
//! schedules and scripts of any shape are refused with a reason.
//!
//! `FUZZ_CASES` makes it longer (`make fuzz`); a seed that fails is printed, and `FUZZ_SEED` repeats it.

use std::collections::BTreeSet;

use moziplus::{
    config::{Environment, Root, Sources, load},
    model::schedule::Schedule,
    policy::{
        engine::PolicyLimits,
        reload,
        source::{Level, SourceFile, SourceSet},
        threads::ScriptThreads,
    },
};
use poem::http::Method;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::routes::Api;

/// How much is tried.
fn cases(short: u32) -> u32 {
    std::env::var("FUZZ_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(short)
}

/// A small generator of numbers whose seed tells everything (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides.max(1) as u64).unwrap()
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.roll(many) == 0
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.roll(from.len())]
    }

    fn text(&mut self) -> String {
        let odd = [
            "",
            "a",
            "楚锋",
            "../../etc/passwd",
            "%00",
            "' OR 1=1 --",
            "\u{202e}x",
            "t-99999999999999999999",
            "-1",
            "null",
        ];
        if self.one_in(3) { (*self.pick(&odd)).to_owned() } else { "x".repeat(self.roll(400)) }
    }

    /// A value that fits a schema, and now and then one that does not.
    fn value(&mut self, document: &Value, schema: &Value, depth: usize) -> Value {
        if self.one_in(12) || depth > 6 {
            let odd =
                [Value::Null, json!(-1), json!(1e300), json!("x"), json!([]), json!({}), json!(true), json!([[[{}]]])];
            return self.pick(&odd).clone();
        }
        if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/components/schemas/")) {
            return self.value(document, &document["components"]["schemas"][name], depth + 1);
        }
        if let Some(parts) = schema["allOf"].as_array() {
            return self.value(document, &parts[0], depth + 1);
        }
        if let Some(words) = schema["enum"].as_array() {
            return self.pick(words).clone();
        }
        match schema["type"].as_str() {
            Some("object") => {
                let mut object = Map::new();
                let required: BTreeSet<_> =
                    schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
                for (name, field) in schema["properties"].as_object().into_iter().flatten() {
                    if required.contains(name.as_str()) && !self.one_in(15) || self.one_in(3) {
                        object.insert(name.clone(), self.value(document, field, depth + 1));
                    }
                }
                if self.one_in(15) {
                    object.insert(self.text(), Value::Null);
                }
                Value::Object(object)
            }
            Some("array") => (0..self.roll(3)).map(|_| self.value(document, &schema["items"], depth + 1)).collect(),
            Some("integer") => json!(i64::try_from(self.roll(12)).unwrap()),
            Some("number") => json!(self.roll(100) as f64 / 90.0),
            Some("boolean") => json!(self.one_in(2)),
            _ => json!(self.string(schema["format"].as_str().unwrap_or_default())),
        }
    }

    fn string(&mut self, format: &str) -> String {
        let known: &[&str] = match format {
            "project-id" => &["sales", "sales", "sales", "hr"],
            "task-id" => &["t-1", "t-2", "t-3", "t-99"],
            "agent-id" | "actor" => &["zhangfei-dev", "simayi-challenger", "human", "human:a", "daemon"],
            "attempt-id" => &["sales.t-1.1", "sales.t-2.1"],
            "date-time" => &["2026-05-16T12:00:00.000Z"],
            _ => return self.text(),
        };
        if self.one_in(10) { self.text() } else { (*self.pick(known)).to_owned() }
    }
}

/// Text as a part of an address.
fn encoded(text: &str) -> String {
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    text.bytes().map(|byte| if safe(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// One request that the document allows, or nearly.
fn request(dice: &mut Dice, document: &Value, (path, operation): (&str, &Value)) -> (String, Value) {
    let mut address = path.to_owned();
    let mut query = Vec::new();
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let name = parameter["name"].as_str().unwrap();
        let value = match dice.value(document, &parameter["schema"], 0) {
            Value::String(text) => text,
            other => other.to_string(),
        };
        match parameter["in"].as_str() {
            // An empty part would be another address.
            Some("path") => {
                let value = if value.is_empty() { "x".to_owned() } else { value };
                address = address.replace(&format!("{{{name}}}"), &encoded(&value));
            }
            Some("query") if dice.one_in(2) => query.push(format!("{name}={}", encoded(&value))),
            _ => {}
        }
    }
    if !query.is_empty() {
        address = format!("{address}?{}", query.join("&"));
    }
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
    let body = if schema.is_null() { Value::Null } else { dice.value(document, schema, 0) };
    (address, body)
}

/// Streams do not end, and these have effects beyond the board: files elsewhere, other databases.
const LEFT_OUT: [&str; 5] = ["streamEvents", "streamAttemptLog", "runBackup", "restoreBackup", "followLog"];

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_one_of_the_document_and_no_fault_of_the_server() {
    let document: Value = serde_json::from_str(&moziplus::http::spec_json()).unwrap();
    let api = Api::new().await;
    for title in ["Count", "Sum"] {
        api.task(json!({"title": title})).await;
    }
    let seed = std::env::var("FUZZ_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(0x9e37_79b9_7f4a_7c15_u64);
    let mut dice = Dice(seed);
    let mut seen = BTreeSet::new();
    for round in 0..cases(6) {
        for (path, item) in document["paths"].as_object().unwrap() {
            for (verb, operation) in item.as_object().unwrap() {
                let id = operation["operationId"].as_str().unwrap_or_default();
                let streams = operation["responses"]["200"]["content"].get("text/event-stream").is_some();
                if streams || LEFT_OUT.contains(&id) {
                    continue;
                }
                let (address, body) = request(&mut dice, &document, (path.as_str(), operation));
                let method: Method = verb.to_uppercase().parse().unwrap();
                let (status, answer) = crate::routes::read(api.send(method, &address, &[], &body).await).await;
                let told = format!("seed {seed}, round {round}: {verb} {address} {body} -> {status} {answer}");
                // Without loops, what needs them says so.
                assert!(status < 500 || answer["error"] == "starting", "{told}");
                let known = operation["responses"].get(status.to_string()).is_some();
                // The router answers these itself, before any operation is reached.
                assert!(known || [404, 405].contains(&status), "not documented: {told}");
                if status >= 400 {
                    assert!(answer["error"].is_string() && answer["hint"].is_string() || status >= 500, "{told}");
                }
                seen.insert((id.to_owned(), status / 100));
            }
        }
    }
    let good = seen.iter().filter(|(_, class)| *class == 2).count();
    assert!(good > 40, "only {good} operations were ever asked rightly");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(64), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_schedule_is_read_or_refused(text in "[0-9*/,\\-LW#? a-zA-Z@]{0,40}", zone in "[A-Za-z/_+0-9]{0,20}") {
        let now = "2026-03-29T00:30:00Z".parse().unwrap();
        for zone in [zone.as_str(), "UTC", "Europe/Berlin"] {
            if let Ok(schedule) = Schedule::parse(&text, zone) {
                let next = schedule.next_after(now);
                prop_assert!(next.is_none_or(|next| next > now), "{text} in {zone}: {next:?}");
            }
        }
    }

    #[test]
    fn any_configuration_is_read_or_refused_with_its_place(text in "([a-z_]{1,12}:( |\n|\n  )|[-\\[\\]{}\"'#&*!|>%@a-z0-9 .~]{0,12}|\n){0,30}") {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("config")).unwrap();
        std::fs::write(folder.path().join("config/default.yaml"), &text).unwrap();
        let sources = Sources { environment: Environment::default(), flags: vec![] };
        if let Err(error) = load(&Root::at(folder.path()).unwrap(), &sources) {
            prop_assert!(error.to_string().contains("config/default.yaml"), "{error}");
        }
    }

    #[test]
    fn any_script_is_compiled_or_refused_with_its_place(body in "([a-z]{1,6}|[0-9]|[-+*/%(){}\\[\\];,.|&!=<>\"'`#$@ \n]){0,60}") {
        let threads = ScriptThreads::start(1).unwrap();
        for text in [body.clone(), format!("fn plan(board) {{ {body} }}")] {
            let file = SourceFile { name: "tick".into(), level: Level::Project, path: "tick.rhai".into(), text };
            let build = move || reload::build(&SourceSet::new(vec![file]), None, PolicyLimits::default()).map(drop);
            if let Err(faults) = threads.run_blocking(build).unwrap() {
                prop_assert!(faults.iter().all(|fault| fault.to_string().contains("rhai")), "{faults:?}");
            }
        }
    }
}
