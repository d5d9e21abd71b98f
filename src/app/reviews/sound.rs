//! Whether a review says something that can be acted on: by itself, and about the author's answers.

use std::collections::BTreeSet;

use crate::{
    app::{error::AppError, records::check_text, requests::NewReview},
    model::records::{IssueSeverity, NewRuling, Review, ReviewIssue, Ruling, Verdict},
};

/// Most issues of a review.
const MOST_ISSUES: usize = 100;

/// Checks what can be checked without the task.
pub(super) fn by_itself(new: &NewReview) -> Result<(), AppError> {
    if !(0.0..=1.0).contains(&new.confidence) {
        let detail = format!("confidence {} is not between 0 and 1", new.confidence);
        return Err(unreadable("confidence", detail, "0.92 means: in 92 of 100 such cases you are right"));
    }
    if new.issues.len() > MOST_ISSUES {
        return Err(AppError::invalid("issues", "more than 100 issues", "keep to those that matter"));
    }
    for issue in &new.issues {
        check_text("issues", &issue.text)?;
    }
    for ruling in &new.rulings {
        check_text("rulings", &ruling.reason)?;
    }
    let grave = new.issues.iter().find(|issue| issue.severity != IssueSeverity::Minor);
    match (new.verdict, grave) {
        (Verdict::Approved, Some(issue)) => {
            let detail = format!("it approves, and raises an issue that is {}: {}", issue.severity, issue.text);
            let hint = "approve with minor issues only, or use needs_revision";
            Err(unreadable("verdict", detail, hint))
        }
        _ => Ok(()),
    }
}

/// The rulings of a review: one for each answer that waits for one.
///
/// An approval without rulings says that the author was right in every point: it upholds nothing.
pub(super) fn rulings(earlier: &[Review], new: &NewReview) -> Result<Vec<NewRuling>, AppError> {
    let open: Vec<_> = earlier.iter().flat_map(|review| &review.issues).filter(|issue| issue.is_open_point()).collect();
    let given = if new.rulings.is_empty() && new.verdict == Verdict::Approved {
        let reason = "the review approves the work as it is";
        open.iter().map(|issue| withdrawn(issue, reason)).collect()
    } else {
        new.rulings.clone()
    };
    complete(&open, &given)?;
    let upheld = |ruling: &&NewRuling| ruling.ruling == Ruling::Upheld;
    let upholds = given.iter().filter(upheld).filter_map(|ruling| open.iter().find(|i| i.id == ruling.issue_id));
    let upholds: Vec<_> = upholds.collect();
    if let (Verdict::Approved, Some(issue)) =
        (new.verdict, upholds.iter().find(|issue| issue.severity != IssueSeverity::Minor))
    {
        let detail = format!("it approves, and upholds issue {}, which is {}", issue.id, issue.severity);
        return Err(unreadable("rulings", detail, "withdraw the issue, or use needs_revision"));
    }
    if new.verdict != Verdict::Approved && new.issues.is_empty() && upholds.is_empty() {
        let detail = format!("it says {} and names no issue", new.verdict);
        let hint = "say what is wrong, each issue with a severity: there is nothing to answer or to mend otherwise";
        return Err(unreadable("issues", detail, hint));
    }
    Ok(given)
}

fn withdrawn(issue: &ReviewIssue, reason: &str) -> NewRuling {
    NewRuling { issue_id: issue.id, ruling: Ruling::Withdrawn, reason: reason.to_owned() }
}

/// Refuses rulings that leave out an open point, or are about something else.
fn complete(open: &[&ReviewIssue], given: &[NewRuling]) -> Result<(), AppError> {
    let wanted: BTreeSet<_> = open.iter().map(|issue| issue.id).collect();
    let ruled: BTreeSet<_> = given.iter().map(|ruling| ruling.issue_id).collect();
    let wrong = |detail: String, about: Vec<String>| AppError::Unreadable {
        field: "rulings".into(),
        detail,
        valid_values: about,
        hint: "rule on each issue that the author answered with REJECT or PARTIAL: upheld or withdrawn, with a reason \
               (`--ruling ID=upheld:reason`)"
            .into(),
    };
    let list = |ids: Vec<&i64>| ids.into_iter().map(ToString::to_string).collect::<Vec<_>>();
    let missing = list(wanted.difference(&ruled).collect());
    if !missing.is_empty() {
        return Err(wrong(format!("answers without a ruling: {}", missing.join(", ")), missing));
    }
    let foreign = list(ruled.difference(&wanted).collect());
    if !foreign.is_empty() {
        let detail = format!("no answer to issue {} waits for a ruling", foreign.join(", "));
        return Err(wrong(detail, list(wanted.iter().collect())));
    }
    if ruled.len() != given.len() {
        return Err(wrong("an issue is ruled on twice".into(), list(wanted.iter().collect())));
    }
    Ok(())
}

fn unreadable(field: &'static str, detail: String, hint: &str) -> AppError {
    AppError::Unreadable { field: field.into(), detail, valid_values: Vec::new(), hint: hint.to_owned() }
}
