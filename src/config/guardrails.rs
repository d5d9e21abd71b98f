//! `guardrails.yaml`: words that must not occur unseen, and checks that work must pass before anybody is asked to review it.
//!
//! The root's file holds everywhere. A project's own file adds to it and makes it stricter; what would loosen it is an
//! error with its place.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{check::Finding, load::read_file, load::typed_and_checked, root::Root, tree::Node};
use crate::{config::error::ConfigError, model::ids::ProjectId, model::words::words};

words!(
    /// What follows when a rule is broken.
    Severity, "severity" {
        /// It is recorded.
        Warning = "warning",
        /// The dispatch or completion is refused.
        Blocking = "blocking",
        /// The attempt is ended and the task escalated.
        Tripwire = "tripwire",
    }
);

/// Longest time that a command of a check may take.
const MOST_SECONDS: u64 = 3600;

/// Words that must not occur in a task without a person having thought about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedLine {
    /// Its name in violations.
    pub name: String,
    /// The words; case does not matter.
    pub words: Vec<String>,
    /// What follows.
    pub severity: Severity,
}

impl RedLine {
    /// True when the text holds one of the words, in any case.
    pub fn is_crossed_by(&self, text: &str) -> bool {
        self.crossed_with(&text.to_lowercase()).is_some()
    }

    /// The word that a text in lower case holds.
    pub fn crossed_with(&self, lower: &str) -> Option<&str> {
        self.words.iter().find(|word| lower.contains(&word.to_lowercase())).map(String::as_str)
    }
}

/// Something that work must pass: a fact about files, an expression, or a command.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Check {
    /// Its name in findings.
    pub name: String,
    /// What follows when it does not pass; `blocking` when nothing is said.
    pub severity: Option<Severity>,
    /// The task types that it is for; every one when empty.
    pub task_types: Vec<String>,
    /// A file below `artifacts/<task>/`; `*` stands for any part of a name.
    pub file: Option<String>,
    /// Least size of the file.
    pub min_bytes: Option<u64>,
    /// Most size of the file.
    pub max_bytes: Option<u64>,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: Option<String>,
    /// The file must be JSON.
    pub json_valid: bool,
    /// A Rhai expression over `task` and `outputs`, such as `outputs.len() > 0`.
    pub assert: Option<String>,
    /// A question to an agent, who answers PASS or FAIL.
    pub prompt: Option<String>,
    /// A program with its arguments; it passes with exit code 0. It runs in `artifacts/<task>/`.
    pub command: Vec<String>,
    /// How long the command may take.
    pub timeout_seconds: Option<u64>,
    /// Variables of the daemon's environment that the command gets beside the usual ones.
    pub env_pass: Vec<String>,
}

impl Check {
    /// What follows when it does not pass.
    pub fn severity(&self) -> Severity {
        self.severity.unwrap_or(Severity::Blocking)
    }

    /// True for tasks of this type.
    pub fn is_for(&self, task_type: &str) -> bool {
        self.task_types.is_empty() || self.task_types.iter().any(|known| known == task_type)
    }

    /// True when it may take longer than whoever completes the task should wait.
    pub fn takes_time(&self) -> bool {
        self.prompt.is_some() || !self.command.is_empty()
    }

    /// How long its command may take, in seconds.
    pub fn timeout(&self) -> u64 {
        self.timeout_seconds.unwrap_or(120)
    }
}

/// What follows when an agent reaches outside of the scope that it has declared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScopeGuard {
    /// What follows.
    #[serde(default = "warning")]
    pub severity: Severity,
    /// Whether an agent compares a declared scope with what the task asks for.
    #[serde(default = "yes")]
    pub ask: bool,
}

const fn warning() -> Severity {
    Severity::Warning
}

const fn yes() -> bool {
    true
}

/// Red lines and checks.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Guardrails {
    /// Words that must not occur unseen.
    pub red_lines: Vec<RedLine>,
    /// What work must pass.
    pub checks: Vec<Check>,
    /// Whether declared scopes are looked at; nobody looks when none.
    pub scope_guard: Option<ScopeGuard>,
}

impl Guardrails {
    /// The red lines that end an attempt which crosses them.
    pub fn tripwires(&self) -> impl Iterator<Item = &RedLine> {
        self.red_lines.iter().filter(|line| line.severity == Severity::Tripwire)
    }

    /// These, with what a project adds; the project's own words, severities and checks are as strict or stricter.
    fn with(&self, own: Self) -> Self {
        let mut all = self.clone();
        all.scope_guard = own.scope_guard.or(all.scope_guard);
        for line in own.red_lines {
            match all.red_lines.iter_mut().find(|known| known.name == line.name) {
                Some(known) => *known = line,
                None => all.red_lines.push(line),
            }
        }
        for check in own.checks {
            match all.checks.iter_mut().find(|known| known.name == check.name) {
                Some(known) => *known = check,
                None => all.checks.push(check),
            }
        }
        all
    }

    /// The root's with those of a project's own file.
    pub(super) fn of_project(&self, root: &Root, project: &ProjectId) -> Result<Self, ConfigError> {
        let file = root.project_config_dir(project).join("guardrails.yaml");
        let Some(tree) = read(root, &file)? else { return Ok(self.clone()) };
        let own = typed_and_checked(&tree, |own: &Self| {
            let mut findings = sound(own);
            findings.extend(self.loosened_by(own));
            findings
        })?;
        Ok(self.with(own))
    }

    /// What of a project's own guardrails is looser than these.
    fn loosened_by(&self, own: &Self) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut add = |key: String, message: String, hint: &str| {
            findings.push(Finding { key, message, hint: Some(hint.to_owned()) });
        };
        if let (Some(own), Some(global)) = (&own.scope_guard, &self.scope_guard) {
            if own.severity < global.severity {
                let message = format!(
                    "the scope guard is {} for every project, and cannot be {} here",
                    global.severity, own.severity
                );
                add("scope_guard.severity".to_owned(), message, "a project makes a rule stricter, never looser");
            }
            if global.ask && !own.ask {
                let message = "declared scopes are compared with the task for every project".to_owned();
                add(
                    "scope_guard.ask".to_owned(),
                    message,
                    "leave it out: a project makes a rule stricter, never looser",
                );
            }
        }
        for (index, line) in own.red_lines.iter().enumerate() {
            let Some(global) = self.red_lines.iter().find(|known| known.name == line.name) else { continue };
            if line.severity < global.severity {
                let message = format!(
                    "`{}` is {} for every project, and cannot be {} here",
                    line.name, global.severity, line.severity
                );
                add(format!("red_lines[{index}].severity"), message, "a project makes a rule stricter, never looser");
            }
            let missing = global.words.iter().filter(|word| !line.words.contains(word)).cloned().collect::<Vec<_>>();
            if !missing.is_empty() {
                let message =
                    format!("`{}` leaves out words that hold for every project: {}", line.name, missing.join(", "));
                add(format!("red_lines[{index}].words"), message, "repeat them, or give the line another name");
            }
        }
        for (index, check) in own.checks.iter().enumerate() {
            let Some(global) = self.checks.iter().find(|known| known.name == check.name) else { continue };
            if check.severity() < global.severity() {
                let message = format!(
                    "`{}` is {} for every project, and cannot be {} here",
                    check.name,
                    global.severity(),
                    check.severity()
                );
                add(format!("checks[{index}].severity"), message, "a project makes a check stricter, never looser");
            }
            let same = Check { severity: global.severity, ..check.clone() } == *global;
            if !same {
                let message = format!("`{}` is another check for every project", check.name);
                add(format!("checks[{index}].name"), message, "give it another name: both hold then");
            }
        }
        findings
    }
}

fn read(root: &Root, file: &Path) -> Result<Option<Node>, ConfigError> {
    Ok(read_file(root, file)?)
}

/// What is wrong with guardrails by themselves.
pub(super) fn sound(guardrails: &Guardrails) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, check) in guardrails.checks.iter().enumerate() {
        let mut add = |key: &str, message: String| {
            findings.push(Finding { key: format!("checks[{index}].{key}"), message, hint: None });
        };
        let kinds = [check.file.is_some(), check.assert.is_some(), !check.command.is_empty(), check.prompt.is_some()];
        match kinds.iter().filter(|is| **is).count() {
            1 => {}
            0 => {
                add("name", format!("`{}` checks nothing: give it `file`, `assert`, `command` or `prompt`", check.name))
            }
            _ => add("name", format!("`{}` has more than one of `file`, `assert`, `command` and `prompt`", check.name)),
        }
        if check.name.trim().is_empty() {
            add("name", "a check needs a name".to_owned());
        }
        let outside = |path: &String| path.starts_with('/') || path.split('/').any(|part| part == "..");
        if check.file.as_ref().is_some_and(outside) {
            add("file", "the file must lie below artifacts/<task>/".to_owned());
        }
        let is_hash = |text: &String| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !check.sha256.as_ref().is_none_or(is_hash) {
            add("sha256", "a SHA-256 has 64 hexadecimal digits".to_owned());
        }
        if !(1..=MOST_SECONDS).contains(&check.timeout()) {
            add("timeout_seconds", format!("must be 1 to {MOST_SECONDS}, not {}", check.timeout()));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn global() -> Guardrails {
        let line = RedLine { name: "money".into(), words: vec!["pay".into()], severity: Severity::Blocking };
        let check = Check { name: "there".into(), file: Some("outputs/*".into()), ..Check::default() };
        Guardrails {
            red_lines: vec![line],
            checks: vec![check],
            scope_guard: Some(ScopeGuard { severity: Severity::Blocking, ask: true }),
        }
    }

    fn project(text: &str) -> Result<Guardrails, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        let root = Root::at(folder.path()).unwrap();
        let id = ProjectId::parse("sales").unwrap();
        let file = root.project_config_dir(&id).join("guardrails.yaml");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
        global().of_project(&root, &id)
    }

    #[test]
    fn a_project_adds_and_makes_stricter() {
        let own = project(
            "red_lines:\n  - {name: money, words: [pay, transfer], severity: tripwire}\n  - {name: paint, words: [lead], severity: warning}\n\
             checks:\n  - {name: sum, assert: 'outputs.len() > 0'}\n",
        );
        let own = own.unwrap();
        assert_eq!(own.red_lines.len(), 2);
        assert!(own.red_lines[0].is_crossed_by("Please TRANSFER it"));
        assert_eq!(own.scope_guard.as_ref().unwrap().severity, Severity::Blocking, "what it leaves out stays");
        assert_eq!(own.tripwires().count(), 1);
        assert_eq!(own.checks.iter().map(|check| check.name.as_str()).collect::<Vec<_>>(), ["there", "sum"]);
    }

    #[test]
    fn a_project_never_makes_looser() {
        let refused = project(
            "scope_guard: {severity: warning, ask: false}\nred_lines:\n  - {name: money, words: [transfer], severity: warning}\n\
             checks:\n  - {name: there, file: 'outputs/x'}\n  - {name: all, assert: 'true', command: ['true']}\n",
        );
        let refused = refused.unwrap_err().to_string();
        for part in [
            "projects/sales/config/guardrails.yaml:3:",
            "the scope guard is blocking for every project, and cannot be warning here",
            "declared scopes are compared with the task for every project",
            "`money` is blocking for every project, and cannot be warning here",
            "`money` leaves out words that hold for every project: pay",
            "`there` is another check for every project",
            "`all` has more than one of `file`, `assert`, `command` and `prompt`",
        ] {
            assert!(refused.contains(part), "{part} is missing in:\n{refused}");
        }
    }
}
