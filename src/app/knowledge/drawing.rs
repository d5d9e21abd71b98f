//! What the records of a task that is done teach: candidates for lessons, which somebody has to confirm.

use crate::{
    model::{
        attempt::Attempt,
        ids::Actor,
        outcome::Outcome,
        records::{IssueSeverity, Review, ReviewIssue, Ruling, Stance, Verdict},
        task::Task,
    },
    store::experiences::NewExperience,
};

/// Most candidates of one task.
const MOST: usize = 10;
/// Characters of a record's text that go into a candidate.
const TEXT: usize = 600;

/// What happened to a task.
pub(super) struct History {
    /// The task.
    pub task: Task,
    /// Its attempts, oldest first.
    pub attempts: Vec<Attempt>,
    /// Its reviews, oldest first.
    pub reviews: Vec<Review>,
}

/// Everything that is worth a look; minor findings are not.
pub(super) fn candidates(history: &History) -> Vec<NewExperience> {
    let mut found: Vec<_> = findings(history).chain(recoveries(history)).collect();
    found.truncate(MOST);
    found
}

/// Findings that a later approval settled: mended where the author accepted, withdrawn where the author objected.
fn findings(history: &History) -> impl Iterator<Item = NewExperience> {
    let approved = history.reviews.iter().rev().find(|review| review.verdict == Verdict::Approved);
    let before =
        move |review: &&Review| approved.is_some_and(|last| last.id > review.id && review.verdict != Verdict::Approved);
    let of_review = move |review: &Review| {
        let (task, reviewer, id) = (&history.task, review.reviewer.clone(), review.id);
        let settled = approved.map_or(id, |last| last.id);
        let weighty = review.issues.iter().filter(|issue| issue.severity != IssueSeverity::Minor);
        let candidate = |issue: &ReviewIssue| {
            let (text, why) = (cut(&issue.text), issue.reason.as_deref().map(cut).unwrap_or_default());
            let (kind, lesson) = match issue.stance {
                // What a later review upholds is that one's finding; what nobody ruled on taught nothing.
                _ if is_upheld(history, issue.id) => return None,
                Some(Stance::Reject) if issue.ruling != Some(Ruling::Withdrawn) => return None,
                Some(Stance::Reject) => (
                    "withdrawn",
                    format!("{reviewer} found \"{text}\" and gave it up after the author's answer: {why}"),
                ),
                Some(Stance::Partial) => {
                    ("mended", format!("A finding was right in part: {text}. What was done: {why}"))
                }
                _ => ("mended", format!("A review found and the author mended: {text}")),
            };
            let evidence = vec![format!("review {id}"), format!("issue {}", issue.id), format!("review {settled}")];
            Some(candidate(task, (lesson, kind), evidence, format!("issue/{}", issue.id)))
        };
        weighty.filter_map(candidate).collect::<Vec<_>>()
    };
    history.reviews.iter().filter(before).flat_map(of_review)
}

/// True when a later review said that the finding stands.
fn is_upheld(history: &History, issue: i64) -> bool {
    history.reviews.iter().flat_map(|review| &review.issues).any(|later| later.upholds == Some(issue))
}

/// An attempt that failed by itself, and a later one of the same kind that was completed.
fn recoveries(history: &History) -> impl Iterator<Item = NewExperience> {
    let failed = |attempt: &&Attempt| {
        attempt.kind.owns_task()
            && matches!(
                attempt.outcome,
                Some(Outcome::Crashed | Outcome::Timeout | Outcome::NoResult | Outcome::Declined)
            )
    };
    let recovery = |attempt: &Attempt| {
        let later = history.attempts.iter().find(|later| {
            later.number > attempt.number && later.kind == attempt.kind && later.outcome == Some(Outcome::Completed)
        })?;
        let how = attempt.outcome.map_or("failed", |outcome| outcome.as_str());
        let detail = attempt.detail.as_deref().map(cut).unwrap_or_default();
        let done = history.task.summary.as_deref().map(cut).unwrap_or_default();
        let lesson = format!(
            "{} at \"{}\" ended with {how} ({detail}); a later attempt by {} did it: {done}",
            attempt.agent, history.task.title, later.agent
        );
        let evidence = vec![format!("attempt {}", attempt.id), format!("attempt {}", later.id)];
        Some(candidate(&history.task, (lesson, "recovered"), evidence, format!("attempt/{}", attempt.id)))
    };
    history.attempts.iter().filter(failed).filter_map(recovery)
}

fn candidate(task: &Task, (lesson, kind): (String, &str), evidence: Vec<String>, origin: String) -> NewExperience {
    let mut tags = vec![task.task_type.to_lowercase(), kind.to_owned()];
    tags.sort();
    tags.dedup();
    NewExperience { task: task.id, agent: Actor::Daemon, lesson, tags, evidence, origin: Some(origin) }
}

/// The beginning of a text, on one line.
fn cut(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(TEXT) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}
