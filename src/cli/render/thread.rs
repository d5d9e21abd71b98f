//! What people and agents wrote on a task, section by section.

use chrono::{DateTime, Utc};

use super::{Page, indent, size, task::FullTask};
use crate::model::{
    attempt::Attempt,
    records::{Observation, Output, Rebuttal, Review},
};

/// The sections that have something in them, with their titles.
pub fn sections(full: &FullTask, page: &Page) -> Vec<(&'static str, String)> {
    let comment = |c: &crate::model::records::Comment| {
        let to: String = c.mentions.iter().map(|agent| format!(" @{agent}")).collect();
        said(&format!("{} {}{to}", c.author, c.comment_type), c.created_at, &c.body, page)
    };
    let decision = |d: &crate::model::records::Decision| {
        said(&format!("{}: {}", d.agent, d.decision), d.created_at, &d.rationale, page)
    };
    let all = [
        ("Outputs", texts(&full.outputs, |output| self::output(output, page))),
        ("Decisions", texts(&full.decisions, decision)),
        ("Observations", texts(&full.observations, |observation| self::observation(observation, page))),
        ("Comments", texts(&full.comments, comment)),
        ("Reviews", texts(&full.reviews, |review| self::review(review, page))),
        ("Rebuttals", texts(&full.rebuttals, |rebuttal| self::rebuttal(rebuttal, page))),
        ("Attempts", texts(&full.attempts, |attempt| self::attempt(attempt, page))),
    ];
    all.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}

fn texts<T>(items: &[T], text: impl Fn(&T) -> String) -> String {
    indent(&items.iter().map(text).collect::<Vec<_>>().join("\n"))
}

/// A heading with its time, and what was said below it.
fn said(head: &str, at: DateTime<Utc>, body: &str, page: &Page) -> String {
    let head = format!("{head}  {}", page.dim(page.ago(at)));
    if body.trim().is_empty() { head } else { format!("{head}\n{}", indent(body)) }
}

fn output(output: &Output, page: &Page) -> String {
    let head = format!(
        "#{} {} ({}, {}) by {}",
        output.id,
        output.title,
        output.output_type,
        size(output.size_bytes),
        output.agent
    );
    let body = match &output.summary {
        Some(summary) => format!("{}\n{summary}", output.path),
        None => output.path.clone(),
    };
    said(&head, output.created_at, &body, page)
}

fn observation(observation: &Observation, page: &Page) -> String {
    said(&format!("{} {}", observation.agent, observation.severity), observation.created_at, &observation.body, page)
}

/// A review with its issues and, where there are any, the author's answers.
pub fn review(review: &Review, page: &Page) -> String {
    let head = format!(
        "#{} round {} by {}: {} (confidence {:.2})",
        review.id, review.round, review.reviewer, review.verdict, review.confidence
    );
    let issue = |issue: &crate::model::records::ReviewIssue| {
        let mut line = format!("#{} {}: {}", issue.id, issue.severity, issue.text);
        if let Some(stance) = issue.stance {
            line.push_str(&format!("\n  {stance} {}", issue.reason.as_deref().unwrap_or_default()));
        }
        if let Some(ruling) = issue.ruling {
            line.push_str(&format!("\n  {ruling}: {}", issue.ruling_reason.as_deref().unwrap_or_default()));
        }
        if let Some(earlier) = issue.upholds {
            line.push_str(&format!("\n  upholds #{earlier}"));
        }
        if let Some(earlier) = issue.repeats {
            line.push_str(&format!("\n  says again what #{earlier} said, which was withdrawn"));
        }
        line
    };
    said(&head, review.created_at, &review.issues.iter().map(issue).collect::<Vec<_>>().join("\n"), page)
}

/// A rebuttal with its answers.
pub fn rebuttal(rebuttal: &Rebuttal, page: &Page) -> String {
    let head = format!("#{} to review #{} by {}", rebuttal.id, rebuttal.review_id, rebuttal.author);
    let answer = |a: &crate::model::records::Answer| format!("#{} {} {}", a.issue_id, a.stance, a.reason);
    said(&head, rebuttal.created_at, &rebuttal.answers.iter().map(answer).collect::<Vec<_>>().join("\n"), page)
}

fn attempt(attempt: &Attempt, page: &Page) -> String {
    let end = attempt.outcome.map_or_else(|| attempt.state.to_string(), |outcome| outcome.to_string());
    let code = attempt.exit_code.map(|code| format!(", exit {code}")).unwrap_or_default();
    let head = format!("{} {} by {}: {end}{code}", attempt.id, attempt.kind, attempt.agent);
    let advice = attempt.advice.as_ref().map(|advice| format!("advice: {advice}"));
    let lines: Vec<_> = attempt.detail.clone().into_iter().chain(advice).collect();
    said(&head, attempt.created_at, &lines.join("\n"), page)
}
