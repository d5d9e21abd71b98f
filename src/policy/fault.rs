//! What is wrong with a script, in words that help: file, line, column, function, message, and what was expected.

use std::collections::HashMap;

use rhai::{Dynamic, EvalAltResult, ParseError, ParseErrorType, Position};
use serde::{Deserialize, Serialize};

use super::{facts, limits, locate::Place, threads::LostCall};

/// Something wrong with a script.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScriptFault {
    /// The file as people know it, such as `projects/sales/scripts/tick.rhai`.
    pub file: String,
    /// Line, from 1; none when the whole file is meant.
    pub line: Option<u32>,
    /// Column, from 1.
    pub column: Option<u32>,
    /// The function that it happened in.
    pub function: Option<String>,
    /// What happened, and by which calls.
    pub message: String,
    /// What was expected, or what would be right.
    pub expected: Option<String>,
}

impl std::fmt::Display for ScriptFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = self.column {
            write!(f, ":{column}")?;
        }
        write!(f, ": {}", self.message)?;
        if let Some(function) = &self.function {
            write!(f, " in `{function}`")?;
        }
        match &self.expected {
            Some(expected) => write!(f, "; {expected}"),
            None => Ok(()),
        }
    }
}
impl std::error::Error for ScriptFault {}

impl ScriptFault {
    /// About a file as a whole.
    pub fn of_file(file: impl Into<String>, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { file: file.into(), line: None, column: None, function: None, message, expected: None }
    }

    /// About a place in a file.
    pub fn at(file: impl Into<String>, position: Position, message: impl Into<String>) -> Self {
        let mut fault = Self::of_file(file, message);
        fault.move_to(position);
        fault
    }

    /// With what was expected.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// With the function that it happened in.
    #[must_use]
    pub fn within(mut self, function: impl Into<String>) -> Self {
        self.function = Some(function.into());
        self
    }

    /// A file that the compiler refused.
    pub fn from_parse((file, text): (&str, &str), error: &ParseError) -> Self {
        let fault = Self::at(file, error.position(), lower_first(&error.err_type().to_string()));
        let expected = limits::allowed_in_text(error.err_type()).or_else(|| of_constant(text, error.err_type()));
        Self { expected, ..fault }
    }

    /// A call that the script threads did not bring back.
    pub fn from_lost(file: &str, lost: &LostCall) -> Self {
        Self::of_file(file, lost.to_string()).expected("this is a fault of moziplus, not of the script")
    }

    fn move_to(&mut self, position: Position) {
        self.line = position.line().and_then(|line| line.try_into().ok());
        self.column = position.position().and_then(|column| column.try_into().ok());
    }
}

/// Constants of a file are reached by another name inside of functions.
fn of_constant(text: &str, error: &ParseErrorType) -> Option<String> {
    let ParseErrorType::VariableUndefined(name) = error else { return None };
    let is_constant = |line: &str| {
        let rest = line.trim_start().strip_prefix("const ").map(str::trim_start);
        rest.is_some_and(|rest| rest.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with('=')))
    };
    text.lines().any(is_constant).then(|| format!("a constant is `global::{name}` inside of functions"))
}

/// Where the functions of a compiled file were written: functions of several levels stand together in one.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// The file that top-level statements and unknown functions are ascribed to.
    pub file: String,
    /// By function: the file and where it starts.
    pub functions: HashMap<String, (String, Position)>,
    /// The file of each statement outside of functions, in their order.
    pub(super) statements: Vec<String>,
}

impl Places {
    /// Turns an error of a call to `function` into a fault.
    pub fn fault(&self, function: &str, error: EvalAltResult) -> ScriptFault {
        self.fault_at(function, error, None)
    }

    /// The same for an error that does not say where it happened; the step that was found to be the last one does.
    pub(super) fn fault_at(&self, function: &str, mut error: EvalAltResult, last: Option<&Place>) -> ScriptFault {
        if let Some(last) = last
            && (error.is_system_exception() || error.position().is_none())
        {
            error.set_position(last.position);
        }
        if let Some(file) = last.and_then(|last| self.statements.get(last.statement?)) {
            return self.at_top(file, error);
        }
        let mut calls = Vec::new();
        let mut innermost = last.and_then(|last| last.function.clone()).unwrap_or_else(|| function.to_owned());
        let mut foreign = None;
        loop {
            error = match error {
                EvalAltResult::ErrorInFunctionCall(name, source, inner, position) => {
                    calls.push((innermost, position));
                    foreign = Some(source).filter(|source| !source.is_empty() && *source != self.file);
                    innermost = name;
                    *inner
                }
                EvalAltResult::ErrorInModule(name, inner, _) => {
                    foreign = Some(name);
                    *inner
                }
                other => break describe(other, self, &innermost, foreign.as_deref(), &calls),
            };
        }
    }
}

/// True for an error that does not say in which function it happened: the engine ended the call, or it never came to
/// the hook.
pub(super) fn has_lost_its_place(error: &EvalAltResult, has_statements: bool) -> bool {
    match error {
        EvalAltResult::ErrorInFunctionCall(_, _, inner, _) => has_lost_its_place(inner, false),
        EvalAltResult::ErrorInModule(..) => false,
        error => has_statements || error.is_system_exception(),
    }
}

/// True for an error about `()`: on made-up facts, what a script looked for by name may just not be there.
pub(super) fn is_about_nothing(error: &EvalAltResult) -> bool {
    match error {
        EvalAltResult::ErrorInFunctionCall(_, _, inner, _) | EvalAltResult::ErrorInModule(_, inner, _) => {
            is_about_nothing(inner)
        }
        EvalAltResult::ErrorDotExpr(text, _) | EvalAltResult::ErrorIndexingType(text, _) => text.contains("()"),
        EvalAltResult::ErrorFunctionNotFound(signature, _) => signature.contains("()"),
        EvalAltResult::ErrorRuntime(value, _) => value.to_string().contains("`()`"),
        EvalAltResult::ErrorMismatchDataType(_, actual, _) => actual == "()",
        EvalAltResult::ErrorArrayBounds(..) | EvalAltResult::ErrorIndexNotFound(..) => true,
        _ => false,
    }
}

impl Places {
    /// About a statement outside of functions.
    fn at_top(&self, file: &str, mut error: EvalAltResult) -> ScriptFault {
        let position = error.take_position();
        let (error, file) = match error {
            EvalAltResult::ErrorInModule(name, inner, _) => return describe(*inner, self, "", Some(&name), &[]),
            other => (other, file),
        };
        let (message, expected) = explain(error);
        let fault = ScriptFault::at(file, position, message);
        ScriptFault { expected, ..fault }
    }
}

fn describe(
    mut error: EvalAltResult,
    places: &Places,
    function: &str,
    foreign: Option<&str>,
    calls: &[(String, Position)],
) -> ScriptFault {
    let home = places.functions.get(function);
    let file = foreign.or(home.map(|(file, _)| file.as_str())).unwrap_or(&places.file);
    // Overruns lose their position on the way up; the function's own is the next best.
    let position = match error.take_position() {
        Position::NONE => home.map_or(Position::NONE, |(_, position)| *position),
        position => position,
    };
    let (mut message, expected) = explain(error);
    for (function, position) in calls.iter().rev() {
        let place = places.functions.get(function).map(|(file, _)| file.as_str()).filter(|other| *other != file);
        message = format!("{message}, called in `{}`{}", shown(function), line_of(place, *position));
    }
    let fault = ScriptFault::at(file, position, message).within(shown(function));
    match expected {
        Some(expected) => fault.expected(expected),
        None => fault,
    }
}

fn shown(function: &str) -> &str {
    if function.starts_with("anon$") { "closure" } else { function }
}

/// Where a call stands, with its file when that is another one.
fn line_of(file: Option<&str>, position: Position) -> String {
    match (file, position.line()) {
        (Some(file), Some(line)) => format!(" at {file}:{line}"),
        (None, Some(line)) => format!(" at line {line}"),
        (_, None) => String::new(),
    }
}

/// Message and expectation of an error whose position was taken.
fn explain(error: EvalAltResult) -> (String, Option<String>) {
    let allowed = limits::allowed(&error);
    match error {
        EvalAltResult::ErrorDotExpr(text, _) => property(&text),
        EvalAltResult::ErrorTerminated(token, _) => (token.to_string(), allowed),
        EvalAltResult::ErrorRuntime(value, _) => match value.try_cast_result::<Mistake>() {
            Ok(Mistake { message, expected }) => (message, Some(expected)),
            Err(value) => (thrown(&value), None),
        },
        EvalAltResult::ErrorStackOverflow(_) => ("functions call each other too deeply".into(), allowed),
        EvalAltResult::ErrorFunctionNotFound(signature, _) => {
            let hint = "check the number and the types of the arguments, and that none is `()`";
            (format!("no function takes `{signature}`"), Some(hint.into()))
        }
        EvalAltResult::ErrorDataRace(..) => {
            let hint = "copy what the closure needs into variables before the call";
            ("a closure uses the variable that the call it is given to starts from".into(), Some(hint.into()))
        }
        EvalAltResult::ErrorPropertyNotFound(name, _) => (format!("the map has no property `{name}`"), None),
        other => (lower_first(&other.to_string()), allowed),
    }
}

/// What a native throws when it knows what would be right.
#[derive(Debug, Clone)]
pub(super) struct Mistake {
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub expected: String,
}

impl std::fmt::Display for Mistake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}; {}", self.message, self.expected)
    }
}

impl From<Mistake> for Box<EvalAltResult> {
    fn from(mistake: Mistake) -> Self {
        EvalAltResult::ErrorRuntime(Dynamic::from(mistake), Position::NONE).into()
    }
}

fn thrown(value: &Dynamic) -> String {
    match value.as_immutable_string_ref() {
        Ok(text) => text.to_string(),
        // Whole facts in it are not for reading.
        Err(_) => match rhai::serde::from_dynamic::<serde_json::Value>(value) {
            Ok(json) => format!("thrown: {}", json.to_string().chars().take(500).collect::<String>()),
            Err(_) => format!("thrown: a value of type {}", value.type_name()),
        },
    }
}

/// Explains `Unknown property 'nope' - a getter is not registered for type 'Task'`.
fn property(text: &str) -> (String, Option<String>) {
    let mut quoted = text.split('\'').skip(1).step_by(2);
    let (Some(name), Some(kind)) = (quoted.next(), quoted.next()) else {
        return (lower_first(text), None);
    };
    let docs = facts::docs();
    let known = docs.iter().find(|doc| doc.name == kind);
    let names: Vec<_> = known.iter().flat_map(|doc| doc.properties.iter().map(|property| property.name)).collect();
    if text.contains("setter") && (known.is_some() && names.contains(&name) || kind == "Time") {
        let hint = "facts are read-only; copy the value into a variable";
        return (format!("`{kind}.{name}` cannot be assigned"), Some(hint.into()));
    }
    let expected = match nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if names.is_empty() => return (format!("a value of type {kind} has no property `{name}`"), None),
        None => format!("a {kind} has: {}", names.join(", ")),
    };
    (format!("`{kind}` has no property `{name}`"), Some(expected))
}

/// The candidate that looks most like `given`, when one does.
pub(super) fn nearest<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let scored = candidates.into_iter().map(|candidate| (strsim::jaro_winkler(given, candidate), candidate));
    let best = scored.max_by(|(a, _), (b, _)| a.total_cmp(b));
    best.filter(|(score, _)| *score >= 0.8).map(|(_, candidate)| candidate)
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}
