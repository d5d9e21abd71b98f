//! Answers to the questions of guardrails: observations that begin with PASS or FAIL.

use super::{
    access::Standing,
    error::AppError,
    guards::{Decides, Finding},
    scope,
    transitions::close,
};
use crate::{
    model::{
        guard::{Guard, GuardKind, GuardState},
        outcome::Outcome,
        task::{Task, Trigger},
    },
    store::{Tx, guards},
};

/// Takes an observation that answers a question; any other is left as it is.
pub(super) fn take(
    tx: &mut Tx<'_>,
    task: &Task,
    (standing, body): (&Standing, &str),
    decides: &Decides,
) -> Result<(), AppError> {
    let said = verdict(body);
    let asked = standing.attempt.as_ref().filter(|attempt| attempt.kind == Trigger::Guard);
    let guard = match asked {
        Some(attempt) => {
            guards::of_attempt(tx, task.id, attempt.number)?.filter(|guard| guard.state == GuardState::Open)
        }
        None => by_hand(tx, task, standing, said)?,
    };
    let Some(guard) = guard else { return Ok(()) };
    let Some((holds, _)) = said else {
        let hint = "`PASS: what you checked`, or `FAIL: what is wrong, and where`";
        return Err(AppError::invalid("body", "the answer to a guardrail's question begins with PASS or FAIL", hint));
    };
    guards::answer(tx, guard.id, (holds, &standing.actor, body))?;
    if let Some(attempt) = asked {
        close(tx, attempt, Outcome::Completed, "it answered the guardrail's question")?;
    }
    if guard.kind == GuardKind::Scope && !holds {
        let severity = guard.severity.parse().unwrap_or(crate::config::GuardSeverity::Warning);
        let evidence = format!("{}\nanswered by {}", guard.question, standing.actor);
        let finding = Finding { rule: guard.rule, severity, text: body.to_owned(), evidence };
        scope::follow(tx, task, &finding, decides)?;
    }
    Ok(())
}

/// Whether it holds, and what else is said.
fn verdict(body: &str) -> Option<(bool, &str)> {
    let body = body.trim_start();
    let (word, rest) = body.split_at_checked(4)?;
    let rest_begins = rest.chars().next();
    if rest_begins.is_some_and(char::is_alphanumeric) {
        return None;
    }
    let holds = match word.to_ascii_uppercase().as_str() {
        "PASS" => true,
        "FAIL" => false,
        _ => return None,
    };
    Some((holds, rest.trim_start_matches([':', ' '])))
}

/// The question that somebody answers by its name without having been started for it: `PASS way_back: …`.
fn by_hand(
    tx: &Tx<'_>,
    task: &Task,
    standing: &Standing,
    said: Option<(bool, &str)>,
) -> Result<Option<Guard>, AppError> {
    let Some((_, rest)) = said else { return Ok(None) };
    // Nobody answers for the own work.
    let is_author = task.owner.as_ref() == Some(&standing.actor)
        || standing.actor.agent().is_some_and(|agent| task.assignee.as_ref() == Some(agent));
    if is_author {
        return Ok(None);
    }
    let named = |guard: &Guard| {
        rest.strip_prefix(guard.rule.as_str())
            .is_some_and(|more| !more.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    };
    Ok(guards::open_of_task(tx, task.id)?.into_iter().find(named))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_is_the_first_word() {
        assert_eq!(verdict("PASS: looked at it"), Some((true, "looked at it")));
        assert_eq!(verdict(" fail way_back: no"), Some((false, "way_back: no")));
        assert_eq!(verdict("PASS"), Some((true, "")));
        for none in ["PASSED", "Failing to see it", "", "ok", "日本語"] {
            assert_eq!(verdict(none), None, "{none}");
        }
    }
}
