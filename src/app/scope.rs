//! Scopes that agents declare, by a decision that begins with `scope:`, and what lies outside of them.

use super::{
    access::Standing,
    error::AppError,
    guards::{self, Decides, Finding, matches_name},
};
use crate::{
    config::{GuardSeverity, ScopeGuard},
    model::{
        guard::GuardKind,
        ids::Actor,
        records::{CommentType, Output, Severity},
        task::Task,
    },
    store::{
        Tx, attempts, comments,
        guards::{self as questions, NewGuard},
        notes, tasks,
    },
};

/// The name of the rule in findings and answers.
const RULE: &str = "scope";
/// How a declaration begins.
const BEGINNINGS: [&str; 3] = ["scope:", "范围:", "范围："];

/// The scope that a decision declares.
fn declared(decision: &str) -> Option<&str> {
    let text = decision.trim_start();
    BEGINNINGS.iter().find_map(|begin| {
        let head = text.get(..begin.len())?;
        head.eq_ignore_ascii_case(begin).then(|| text[begin.len()..].trim())
    })
}

/// The files and folders that a scope names: words with a slash or a star in them.
fn places(scope: &str) -> Vec<&str> {
    let words = scope.split(|c: char| c.is_whitespace() || ",;，、；".contains(c));
    let words = words.map(|word| word.trim_matches(['`', '"', '\'', '(', ')', '.']));
    words.filter(|word| word.contains(['/', '*'])).collect()
}

/// True when a file lies in one of the places; a folder holds all that is below it.
fn lies_in(places: &[&str], file: &str) -> bool {
    places.iter().any(|place| match place.strip_suffix('/') {
        Some(folder) => file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')),
        None => matches_name(place, file),
    })
}

/// Has a declared scope compared with what the task asks for, while the work goes on.
pub(super) fn declare(
    tx: &mut Tx<'_>,
    task: &Task,
    (standing, decision): (&Standing, &str),
    guard: &ScopeGuard,
) -> Result<(), AppError> {
    let works = standing.attempt.as_ref().is_some_and(|attempt| attempt.kind.owns_task());
    let Some(scope) = declared(decision).filter(|_| works) else { return Ok(()) };
    // The newest declaration counts.
    questions::let_go(tx, task.id, GuardKind::Scope)?;
    if !guard.ask {
        return Ok(());
    }
    let truths = match task.must_haves.truths.as_slice() {
        [] => "its title and description".to_owned(),
        truths => format!("these truths: {}", truths.join("; ")),
    };
    let question = format!(
        "{} works on this task and has declared the scope: {scope}\n\nThe task asks for {truths}. Does the scope stay \
         within that, and does it leave nothing of it out?",
        standing.actor
    );
    let new = NewGuard {
        task: task.id,
        kind: GuardKind::Scope,
        rule: RULE,
        severity: guard.severity.as_str(),
        question: &question,
    };
    questions::ask(tx, &new)?;
    Ok(())
}

/// Notes an output that lies outside of the declared scope, with what follows.
pub(super) fn reach(
    tx: &mut Tx<'_>,
    task: &Task,
    (standing, output): (&Standing, &Output),
    (guard, decides): (&ScopeGuard, &Decides),
) -> Result<(), AppError> {
    if standing.actor.agent().is_none() {
        return Ok(());
    }
    let decisions = notes::decisions(tx, task.id)?;
    let Some(scope) = decisions.iter().rev().find_map(|decision| declared(&decision.decision)) else { return Ok(()) };
    let places = places(scope);
    let own = format!("artifacts/{}/", task.id);
    let file = output.path.strip_prefix(&own).unwrap_or(&output.path);
    if places.is_empty() || lies_in(&places, file) {
        return Ok(());
    }
    let finding = Finding {
        rule: RULE.to_owned(),
        severity: guard.severity,
        text: format!("{file} lies outside of the declared scope"),
        evidence: format!("declared: {scope}\n{file}: {} bytes, SHA-256 {}", output.size_bytes, output.sha256),
    };
    if guard.severity == GuardSeverity::Blocking {
        // It stands until another scope is declared.
        let (severity, question) = (guard.severity.as_str(), finding.evidence.as_str());
        let new = NewGuard { task: task.id, kind: GuardKind::Scope, rule: RULE, severity, question };
        let id = questions::ask(tx, &new)?;
        questions::answer(tx, id, (false, &Actor::Policy, &finding.text))?;
    }
    follow(tx, task, &finding, decides)
}

/// What follows from a finding about a scope: it is noted with its evidence, and whoever has to look at it is told.
pub(super) fn follow(tx: &mut Tx<'_>, task: &Task, finding: &Finding, decides: &Decides) -> Result<(), AppError> {
    if finding.severity == GuardSeverity::Tripwire {
        let task = tasks::require(tx, &task.project, task.id)?;
        guards::trip(tx, task, (finding, None), decides)?;
        return Ok(());
    }
    let weight = if finding.severity == GuardSeverity::Warning { Severity::Warning } else { Severity::Critical };
    notes::observe(tx, Some(task.id), Actor::Policy, finding.body(), weight)?;
    match finding.severity {
        GuardSeverity::Warning => {
            let Some(chief) = decides.coordinator() else { return Ok(()) };
            let body = format!("@{chief}: the scope of this task is in doubt: {}", finding.text);
            let (author, comment_type) = (Actor::Policy, CommentType::Note);
            let mentions = vec![chief.clone()];
            comments::insert(tx, comments::NewComment { task: task.id, author, body, comment_type, mentions })?;
        }
        GuardSeverity::Blocking => {
            let text =
                format!("{}. Declare another scope, or take it back: it stands against your completion.", finding.text);
            for attempt in attempts::live_of_task(tx, &task.project, task.id)? {
                if attempt.kind.owns_task() && attempt.spawned {
                    attempts::nudge(tx, &attempt.id, &text)?;
                }
            }
        }
        GuardSeverity::Tripwire => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_names_places_that_hold_files() {
        let scope = declared("Scope: only `outputs/report.md`, data/*.csv and notes/ (nothing else).").unwrap();
        let places = places(scope);
        assert_eq!(places, ["outputs/report.md", "data/*.csv", "notes/"]);
        for (file, inside) in [
            ("outputs/report.md", true),
            ("outputs/report.md.bak", false),
            ("data/may.csv", true),
            ("data/may.json", false),
            ("notes/a/b.txt", true),
            ("notes.txt", false),
        ] {
            assert_eq!(lies_in(&places, file), inside, "{file}");
        }
        assert_eq!(declared("范围：只统计五月"), Some("只统计五月"));
        assert_eq!(declared("the scope: all"), None);
        assert_eq!(declared("日本"), None);
    }
}
