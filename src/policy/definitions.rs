//! Definition files for editors (`*.d.rhai`), written from the same tables as the reference: types, properties, functions,
//! actions and hooks, each with its meaning.

use std::{fmt::Write, fs, io, path::Path};

use super::{
    actions::ACTIONS,
    answers, desk, engine,
    facts::{self, json, time},
    hooks::HOOKS,
    job_scripts,
    natives::{self, NativeDoc},
    testing,
};

/// What moziplus adds to the language is in this file.
const OWN: &str = "moziplus.d.rhai";

/// Writes the definition files into a folder, which is created when it is not there.
pub fn write(dir: &Path) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    engine::standard().definitions().with_headers(true).include_standard_packages(true).write_to_dir(dir)?;
    fs::write(dir.join(OWN), own())
}

/// A definition with its documentation.
fn define(out: &mut String, meaning: &str, signature: &str) {
    // Writing to a `String` cannot fail.
    let _ = write!(out, "\n/// {meaning}\nfn {signature};\n");
}

fn own() -> String {
    let mut out = String::from("module static;\n");
    for hook in HOOKS {
        let params: Vec<_> = hook.params.iter().map(|(name, kind)| format!("{name}: {kind}")).collect();
        let meaning = format!("Hook of {}.rhai. {} Returns {}.", hook.file, hook.asked, hook.returns.in_words());
        define(&mut out, &meaning, &format!("{}({}) -> ?", hook.function, params.join(", ")));
    }
    for action in ACTIONS {
        define(&mut out, action.meaning, &action.signature());
    }
    define(
        &mut out,
        "Hands an action over, or each of an array of them, besides what the hook returns.",
        "emit(action: map)",
    );
    let tables = [
        job_scripts::FUNCTIONS,
        natives::FUNCTIONS,
        desk::FUNCTIONS,
        answers::FUNCTIONS,
        time::FUNCTIONS,
        json::FUNCTIONS,
        testing::FUNCTIONS,
    ];
    for doc in tables.concat() {
        signatures(&doc).iter().for_each(|signature| define(&mut out, doc.meaning, signature));
    }
    for doc in facts::docs() {
        for property in &doc.properties {
            let unit = if property.unit.is_empty() { String::new() } else { format!(" In {}.", property.unit) };
            let words = match property.words {
                [] => String::new(),
                words => format!(" One of {}.", words.join(", ")),
            };
            let nothing = if property.nullable { " | ()" } else { "" };
            let kind = first_word(&property.kind);
            let signature = format!("get {}(this: {}) -> {kind}{nothing}", property.name, doc.name);
            define(&mut out, &format!("{}{unit}{words}", property.meaning), &signature);
        }
    }
    for (name, meaning, _) in time::PARTS {
        define(&mut out, meaning, &format!("get {name}(this: Time) -> int"));
    }
    out
}

/// The functions of an entry of the reference, as definitions; none for operators and properties.
fn signatures(doc: &NativeDoc) -> Vec<String> {
    let (calls, returns) = doc.signature.split_once(" -> ").unwrap_or((doc.signature, "()"));
    let calls = calls.split_inclusive(')').map(|call| call.trim_start_matches([',', ' ']));
    calls.filter_map(|call| signature(call, first_word(returns))).collect()
}

fn signature(call: &str, returns: &str) -> Option<String> {
    let (name, params) = call.strip_suffix(')')?.split_once('(')?;
    let (receiver, name) = match name.split_once('.') {
        Some((receiver, name)) => (Some(receiver), name),
        None => (None, name),
    };
    let this = receiver.map(|receiver| format!("this: {}", kind_of(receiver)));
    let params = params.split(", ").filter(|param| !param.is_empty()).map(|param| match param {
        closure if closure.starts_with('|') => "key: Fn".to_owned(),
        map if map.starts_with('#') => "properties: map".to_owned(),
        "…" => "properties: ?".to_owned(),
        named => format!("{named}: {}", kind_of(named)),
    });
    let params: Vec<_> = this.into_iter().chain(params).collect();
    name.bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        .then(|| format!("{name}({}) -> {returns}", params.join(", ")))
}

/// What is known about a parameter by its name.
fn kind_of(name: &str) -> &str {
    match name {
        "board" => "Board",
        "ctx" => "Context",
        "task" => "Task",
        "attempt" => "Attempt",
        "desk" => "Desk",
        "json" => "Json",
        "time" => "Time",
        "array" | "actions" | "kinds" | "agents" | "tasks" => "array",
        "condition" => "bool",
        "approvals" | "max_rounds" | "seconds" => "int",
        "id" | "kind" | "capability" | "agent" | "text" | "zone" | "rule" | "severity" | "channel" => "string",
        _ => "?",
    }
}

fn first_word(kind: &str) -> &str {
    match kind.split([' ', ',']).next().unwrap_or(kind) {
        "integer" => "int",
        "number" => "float",
        word => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_has_a_type_and_a_meaning() {
        let dir = tempfile::TempDir::new().unwrap();
        write(&dir.path().join("rhai")).unwrap();
        let own = fs::read_to_string(dir.path().join("rhai").join(OWN)).unwrap();
        for line in [
            "fn dispatch(task: string, agent: string) -> map;",
            "fn plan(board: Board) -> ?;",
            "fn get priority(this: Task) -> int;",
            "fn get not_before(this: Task) -> Time | ();",
            "fn agent(this: Context, id: string) -> Agent;",
            "fn sorted_by(array: array, key: Fn) -> array;",
            "fn in_zone(time: Time, zone: string) -> Time;",
        ] {
            assert!(own.contains(line), "{line}\n{own}");
        }
        let documented = own.lines().filter(|line| line.starts_with("fn ")).count();
        assert_eq!(own.matches("\n/// ").count(), documented);
        let files = fs::read_dir(dir.path().join("rhai")).unwrap();
        let all: String = files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect();
        assert!(all.contains("fn split("), "the language's own");
    }
}
