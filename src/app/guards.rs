//! Guardrails: what is looked at before anybody is paid to review, and what ends an attempt at once.
//!
//! Every finding is an observation with its evidence. What is blocking refuses the completion, with everything that is
//! wrong; a tripwire ends the attempt and escalates the task. Questions to agents are `gates`' and `questions`'.

mod tripping;

use std::{fs, path::Path, sync::Arc, time::Duration};

use tokio::task;

pub use self::tripping::{Decides, trip_over, trip_printed, tripped};
pub(super) use self::tripping::{Heard, trip};
use super::{App, Project, artefacts, board, error::AppError};
use crate::{
    config::{Check, Environment, GuardSeverity, Guardrails},
    model::{
        excused::Excused,
        guard::{Guard, GuardKind, GuardState},
        ids::{Actor, ProjectId, TaskId},
        records::Severity,
        snapshot::{FileFacts, TaskFacts},
    },
    policy::{answers::ViolationSeverity, asserts},
    process::checks::{self, Checked},
    store::{
        Db, StoreError, Tx, guards as questions, notes,
        snapshot::{self, View},
    },
};

/// Largest file that is read to see whether it is JSON, in bytes.
const JSON_BYTES: i64 = 64 * 1024 * 1024;
/// Of the daemon's environment, these pass to checks (and every `LC_*`), as to agents.
const PASSED: [&str; 7] = ["PATH", "HOME", "USER", "SHELL", "LANG", "TZ", "TMPDIR"];

/// Something that is wrong, and what shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The check or red line.
    pub rule: String,
    /// What follows.
    pub severity: GuardSeverity,
    /// What is wrong.
    pub text: String,
    /// What was looked at, and what it showed.
    pub evidence: String,
}

impl Finding {
    /// As an observation says it.
    pub(super) fn body(&self) -> String {
        let head = format!("guardrail {} ({}): {}", self.rule, self.severity, self.text);
        if self.evidence.is_empty() { head } else { format!("{head}\n{}", self.evidence) }
    }

    fn weight(&self) -> Severity {
        if self.severity == GuardSeverity::Warning { Severity::Warning } else { Severity::Critical }
    }
}

/// What the checks of a task came to.
#[derive(Debug, Clone, Default)]
pub(super) struct Examined {
    /// What is wrong.
    pub findings: Vec<Finding>,
    /// Commands that passed, for whoever reviews.
    pub passed: Vec<String>,
}

impl Examined {
    /// What refuses the completion, in words.
    pub fn blocking(&self) -> Vec<String> {
        let blocks = self.findings.iter().filter(|finding| finding.severity != GuardSeverity::Warning);
        blocks.map(|finding| format!("check {}: {}", finding.rule, finding.text)).collect()
    }

    /// The finding that ends the attempt.
    pub fn tripwire(&self) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.severity == GuardSeverity::Tripwire)
    }

    /// Writes everything down as observations.
    pub fn note(&self, tx: &mut Tx<'_>, task: TaskId) -> Result<(), StoreError> {
        for finding in &self.findings {
            notes::observe(tx, Some(task), Actor::Policy, finding.body(), finding.weight())?;
        }
        for passed in &self.passed {
            notes::observe(tx, Some(task), Actor::Policy, passed.clone(), Severity::Info)?;
        }
        Ok(())
    }
}

/// Examines a task that somebody says is complete; none when nobody works on it, and the completion is refused anyway.
pub(super) async fn examine(app: &App, project: &Project, id: TaskId) -> Result<Examined, AppError> {
    let view = View { now: app.now(), max_rounds: 0, excused: Excused::default() };
    let name = project.id.clone();
    let read = move |db: &Db<'_>| match snapshot::task(db, &name, view, id) {
        Err(StoreError::NotFound(_)) => Ok(None),
        read => read.map(Some),
    };
    let Some(facts) = project.store.read(read).await?.filter(|task| task.status.is_held()) else {
        return Ok(Examined::default());
    };
    let guardrails = of_project(app, &project.id);
    let mut examined = Examined::default();
    let ctx = board::context(app, project).await?;
    for violation in project.library.guard(&facts, &ctx).await.answer {
        examined.findings.push(Finding {
            severity: severity_of(violation.severity),
            evidence: evidence_of(&guardrails, &violation.rule, &facts),
            rule: violation.rule,
            text: violation.text,
        });
    }
    examined.findings.extend(project.store.read(move |db| scope_in_doubt(db, id)).await?);
    let files = artefacts::facts(app, project, id).await?;
    for check in guardrails.checks.iter().filter(|check| check.is_for(&facts.task_type)) {
        one(app, project, (&facts, &files), (check, &mut examined)).await?;
    }
    Ok(examined)
}

/// What of a task a rule is about: where a red line's word stands in it, else what the task is.
pub fn evidence_of(guardrails: &Guardrails, rule: &str, task: &TaskFacts) -> String {
    let text = format!("{}\n{}", task.title, task.description).to_lowercase();
    let line = guardrails.red_lines.iter().find(|line| line.name == rule);
    match line.and_then(|line| line.crossed_with(&text)) {
        Some(word) => format!("in its title or description: {}", tripping::around(&text, word)),
        None => format!(
            "{} \"{}\": type {}, risk {}, a description of {} bytes",
            task.id,
            task.title,
            task.task_type,
            task.risk_level,
            task.description.len()
        ),
    }
}

/// The files that an expression was evaluated over.
fn listed(files: &[Arc<FileFacts>]) -> String {
    let line = |file: &Arc<FileFacts>| match &file.sha256 {
        Some(sha256) => format!("{}: {}, {} bytes, SHA-256 {sha256}", file.title, file.path, file.size_bytes),
        None => format!("{}: {} is not there", file.title, file.path),
    };
    if files.is_empty() {
        return "no outputs are registered".to_owned();
    }
    files.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A declared scope that somebody or something has found to be exceeded, where that stands against a completion.
fn scope_in_doubt(db: &Db<'_>, task: TaskId) -> Result<Vec<Finding>, AppError> {
    let blocking = GuardSeverity::Blocking.as_str();
    let broken = |guard: &Guard| guard.state == GuardState::Broken && guard.severity == blocking;
    let all = questions::of_task(db, task, GuardKind::Scope)?.into_iter().filter(broken);
    let finding = |guard: Guard| Finding {
        rule: guard.rule,
        severity: GuardSeverity::Blocking,
        text: guard.answer.unwrap_or_default(),
        evidence: guard.question,
    };
    Ok(all.map(finding).collect())
}

const fn severity_of(severity: ViolationSeverity) -> GuardSeverity {
    match severity {
        ViolationSeverity::Warning => GuardSeverity::Warning,
        ViolationSeverity::Blocking => GuardSeverity::Blocking,
        ViolationSeverity::Tripwire => GuardSeverity::Tripwire,
    }
}

/// The red lines and checks that hold in a project.
pub fn of_project(app: &App, project: &ProjectId) -> Arc<Guardrails> {
    match app.config().project(project) {
        Ok(own) => own.guardrails.clone(),
        Err(_) => app.config().playbook().guardrails.clone(),
    }
}

async fn one(
    app: &App,
    project: &Project,
    (task, files): (&Arc<TaskFacts>, &[Arc<FileFacts>]),
    (check, examined): (&Check, &mut Examined),
) -> Result<(), AppError> {
    let mut fail = |text: String, evidence: String| {
        examined.findings.push(Finding { rule: check.name.clone(), severity: check.severity(), text, evidence });
    };
    if let Some(expression) = &check.assert {
        let (text, task, brought, limits) = (expression.clone(), task.clone(), files.to_vec(), app.script_limits());
        let asked = app.script_threads().run(move || asserts::holds(&text, &task, &brought, limits)).await;
        match asked.unwrap_or_else(|lost| Err(lost.to_string())) {
            Ok(true) => {}
            Ok(false) => fail(format!("`{expression}` does not hold"), listed(files)),
            Err(why) => fail(format!("`{expression}` cannot be evaluated: {why}"), listed(files)),
        }
    }
    if let Some(pattern) = &check.file {
        let (folder, pattern, rule) = (app.root().task_artifacts(&project.id, task.id), pattern.clone(), check.clone());
        let look = move || of_files(&folder, &pattern, &rule);
        let wrong = task::spawn_blocking(look).await.map_err(|error| AppError::Internal(error.to_string()))?;
        for (text, evidence) in wrong {
            fail(text, evidence);
        }
    }
    if !check.command.is_empty() {
        let folder = app.root().task_artifacts(&project.id, task.id);
        let notes = app.root().run().join("checks");
        let name = format!("{}.{}.json", project.id, task.id);
        let place = checks::Place { folder: &folder, notes: &notes, name: &name };
        let checked = command(place, project, task, check).await;
        let line = check.command.join(" ");
        match checked {
            Ok(checked) if checked.passed() => {
                examined
                    .passed
                    .push(format!("check {}: `{line}` passed\n{}", check.name, checked.tail).trim().to_owned());
            }
            Ok(checked) => {
                let how = match checked.code {
                    Some(code) => format!("ended with exit code {code}"),
                    None if checked.timed_out => format!("took longer than {} s", check.timeout()),
                    None => "was ended by a signal".to_owned(),
                };
                fail(format!("`{line}` {how}"), checked.tail);
            }
            Err(error) => fail(format!("`{line}` cannot be started: {error}"), String::new()),
        }
    }
    Ok(())
}

async fn command(
    place: checks::Place<'_>,
    project: &Project,
    task: &TaskFacts,
    check: &Check,
) -> std::io::Result<Checked> {
    let own = Environment::of_process();
    let named = PASSED.iter().copied().chain(check.env_pass.iter().map(String::as_str));
    let mut environment: Vec<_> = named.filter_map(|name| Some((name.to_owned(), own.get(name)?.to_owned()))).collect();
    environment.extend(own.with_prefix("LC_").map(|(name, value)| (format!("LC_{name}"), value.to_owned())));
    environment.push(("MOZIPLUS_PROJECT".to_owned(), project.id.to_string()));
    environment.push(("MOZIPLUS_TASK".to_owned(), task.id.to_string()));
    fs::create_dir_all(place.folder)?;
    checks::run(place, &check.command, &environment, Duration::from_secs(check.timeout())).await
}

/// What is wrong with the files of a pattern: texts with their evidence.
fn of_files(folder: &Path, pattern: &str, rule: &Check) -> Vec<(String, String)> {
    let (below, name) = pattern.rsplit_once('/').unwrap_or(("", pattern));
    let entries = fs::read_dir(folder.join(below)).into_iter().flatten().flatten();
    let fits = |file: &String| matches_name(name, file);
    let mut names: Vec<_> = entries.filter_map(|entry| entry.file_name().into_string().ok()).filter(fits).collect();
    names.sort();
    if names.is_empty() {
        return vec![(format!("there is no file {pattern}"), String::new())];
    }
    let shown = |name: &String| if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
    names.iter().flat_map(|name| of_file(&folder.join(below).join(name), &shown(name), rule)).collect()
}

fn of_file(path: &Path, shown: &str, rule: &Check) -> Vec<(String, String)> {
    let known = artefacts::file_facts(path, shown, shown);
    let size = u64::try_from(known.size_bytes).unwrap_or(0);
    let evidence = format!("{shown}: {size} bytes, SHA-256 {}", known.sha256.as_deref().unwrap_or("unknown"));
    let mut wrong = Vec::new();
    let mut add = |text: String| wrong.push((text, evidence.clone()));
    if let Some(least) = rule.min_bytes.filter(|least| size < *least) {
        add(format!("{shown} has {size} bytes, at least {least} are wanted"));
    }
    if let Some(most) = rule.max_bytes.filter(|most| size > *most) {
        add(format!("{shown} has {size} bytes, at most {most} are allowed"));
    }
    if let Some(hash) = rule.sha256.as_ref().filter(|hash| known.sha256.as_ref() != Some(&hash.to_lowercase())) {
        add(format!("{shown} has another SHA-256 than {hash}"));
    }
    if rule.json_valid && !known.json_valid {
        add(format!("{shown} is not valid JSON"));
    }
    wrong
}

/// `*` stands for any part of a name.
pub(super) fn matches_name(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((before, after)) => name.strip_prefix(before).is_some_and(|rest| {
            (0..=rest.len()).filter(|at| rest.is_char_boundary(*at)).any(|at| matches_name(after, &rest[at..]))
        }),
    }
}

/// True when bytes are JSON; what is too large to be looked at counts as none.
pub(super) fn is_json(path: &Path, size: i64) -> bool {
    size <= JSON_BYTES
        && fs::read(path).is_ok_and(|bytes| serde_json::from_slice::<serde::de::IgnoredAny>(&bytes).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_part_of_a_name() {
        for (pattern, name, fits) in [
            ("*.json", "a.json", true),
            ("*.json", "a.jsonl", false),
            ("report*", "report-2.md", true),
            ("*", "", true),
            ("a*b*c", "a1b2c", true),
            ("a*b*c", "a1c2b", false),
            ("exact", "exact", true),
        ] {
            assert_eq!(matches_name(pattern, name), fits, "{pattern} {name}");
        }
    }

    #[test]
    fn facts_of_files_are_checked_with_their_evidence() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("outputs")).unwrap();
        fs::write(folder.path().join("outputs/a.json"), "{}").unwrap();
        fs::write(folder.path().join("outputs/b.json"), "{").unwrap();
        let rule = Check { json_valid: true, min_bytes: Some(2), ..Check::default() };
        let wrong = of_files(folder.path(), "outputs/*.json", &rule);
        let texts: Vec<_> = wrong.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(texts, ["outputs/b.json has 1 bytes, at least 2 are wanted", "outputs/b.json is not valid JSON"]);
        assert!(wrong[0].1.starts_with("outputs/b.json: 1 bytes, SHA-256 "));
        let none = of_files(folder.path(), "outputs/*.csv", &rule);
        assert_eq!(none[0].0, "there is no file outputs/*.csv");
    }
}
