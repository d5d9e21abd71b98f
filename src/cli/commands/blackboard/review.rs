//! `blackboard review` and `blackboard rebut`: a reviewer's findings and the author's answers.

use std::str::FromStr;

use clap::Args;
use serde::Serialize;
use serde_json::Value;

use crate::{
    cli::{
        args::{TaskArgs, confidence, word},
        failure::Failure,
        render::{Page, thread},
        session::Session,
    },
    model::records::{self, Answer, IssueSeverity, NewIssue, Stance, Verdict},
};

/// Arguments of `blackboard review`.
#[derive(Debug, Args, Serialize)]
pub struct Review {
    /// Which task.
    #[command(flatten)]
    #[serde(skip)]
    pub task: TaskArgs,
    /// The conclusion
    #[arg(long, value_name = "VERDICT", value_parser = word::<Verdict>(Verdict::WORDS))]
    pub verdict: Verdict,
    /// How sure you are, from 0 to 1
    #[arg(long, value_name = "0..1", value_parser = confidence)]
    pub confidence: f64,
    /// A finding, as `SEVERITY: TEXT` with critical, major or minor; repeatable
    #[arg(long = "issue", value_name = "ISSUE", value_parser = issue)]
    pub issues: Vec<NewIssue>,
}

impl Review {
    /// Submits the review and shows it, with the ids of its issues.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let task = session.task(&self.task).await?;
        let answer = session.value(task.post("reviews", &session.signed("reviewer", &self))).await?;
        session
            .out
            .show(answer, |review: &records::Review, page: &Page| format!("review {}", thread::review(review, page)))
    }
}

/// Arguments of `blackboard rebut`.
#[derive(Debug, Args, Serialize)]
pub struct Rebut {
    /// Which task.
    #[command(flatten)]
    #[serde(skip)]
    pub task: TaskArgs,
    /// The answer to an issue, as `ID=ACCEPT:REASON`, with REJECT or PARTIAL instead; repeatable
    #[arg(long = "issue", value_name = "ANSWER", value_parser = answer)]
    pub answers: Vec<Answer>,
}

impl Rebut {
    /// Submits the answers and shows them.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let task = session.task(&self.task).await?;
        let answer: Value = session.value(task.post("rebuttals", &session.signed("author", &self))).await?;
        session.out.show(answer, |rebuttal: &records::Rebuttal, page: &Page| {
            format!("rebuttal {}", thread::rebuttal(rebuttal, page))
        })
    }
}

/// `major: text`.
fn issue(text: &str) -> Result<NewIssue, String> {
    let (severity, text) = text.split_once(':').ok_or_else(|| {
        format!("write `SEVERITY: TEXT`, where SEVERITY is one of {}", IssueSeverity::WORDS.join(", "))
    })?;
    let severity = IssueSeverity::from_str(&severity.trim().to_lowercase()).map_err(|error| error.to_string())?;
    match text.trim() {
        "" => Err("say what is wrong after the colon".into()),
        text => Ok(NewIssue { severity, text: text.into() }),
    }
}

/// `12=REJECT:reason`.
fn answer(text: &str) -> Result<Answer, String> {
    const FORM: &str = "write `ID=STANCE:REASON`, such as `12=REJECT:the figure is right`";
    let (id, rest) = text.split_once('=').ok_or(FORM)?;
    let issue_id = id.trim().trim_start_matches('#').parse().map_err(|_| FORM)?;
    let (stance, reason) = rest.split_once(':').unwrap_or((rest, ""));
    let stance = Stance::from_str(&stance.trim().to_uppercase()).map_err(|error| error.to_string())?;
    match reason.trim() {
        "" => Err(format!("{stance} needs a reason: {FORM}")),
        reason => Ok(Answer { issue_id, stance, reason: reason.into() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issues_have_a_severity_and_a_text() {
        let found = issue("Major: the sum is wrong: 3, not 4").unwrap();
        assert_eq!((found.severity, found.text.as_str()), (IssueSeverity::Major, "the sum is wrong: 3, not 4"));
        assert!(issue("the sum is wrong").unwrap_err().contains("minor, major, critical"));
        assert!(issue("blocker: x").unwrap_err().contains("minor, major, critical"));
        assert!(issue("minor: ").is_err());
    }

    #[test]
    fn answers_have_an_issue_a_stance_and_a_reason() {
        let found = answer("12=reject: 3 = 1 + 2, see a:b").unwrap();
        assert_eq!((found.issue_id, found.stance, found.reason.as_str()), (12, Stance::Reject, "3 = 1 + 2, see a:b"));
        assert_eq!(answer("#7=ACCEPT:right").unwrap().issue_id, 7);
        for bad in ["12", "x=ACCEPT:y", "12=ACCEPT", "12=MAYBE:y", "12=REJECT", "12=PARTIAL: "] {
            assert!(answer(bad).is_err(), "{bad}");
        }
    }
}
