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
    model::{
        records::{self, Answer, IssueSeverity, NewIssue, NewRuling, Ruling, Stance, Verdict},
        words::UnknownWord,
    },
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
    /// What you say about an answer of the author, as `ID=upheld:REASON` or `ID=withdrawn:REASON`; repeatable
    #[arg(long = "ruling", value_name = "RULING", value_parser = ruling)]
    pub rulings: Vec<NewRuling>,
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
    let (issue_id, stance, reason) = about_issue(text, FORM, |word| Stance::from_str(&word.to_uppercase()))?;
    Ok(Answer { issue_id, stance, reason })
}

/// `12=withdrawn:reason`.
fn ruling(text: &str) -> Result<NewRuling, String> {
    const FORM: &str = "write `ID=RULING:REASON`, such as `12=withdrawn:the figure is right after all`";
    let (issue_id, ruling, reason) = about_issue(text, FORM, |word| Ruling::from_str(&word.to_lowercase()))?;
    Ok(NewRuling { issue_id, ruling, reason })
}

/// `ID=WORD:REASON`.
fn about_issue<T: std::fmt::Display>(
    text: &str,
    form: &str,
    read: impl Fn(&str) -> Result<T, UnknownWord>,
) -> Result<(i64, T, String), String> {
    let (id, rest) = text.split_once('=').ok_or(form)?;
    let issue = id.trim().trim_start_matches('#').parse().map_err(|_| form)?;
    let (word, reason) = rest.split_once(':').unwrap_or((rest, ""));
    let word = read(word.trim()).map_err(|error| error.to_string())?;
    match reason.trim() {
        "" => Err(format!("{word} needs a reason: {form}")),
        reason => Ok((issue, word, reason.to_owned())),
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
        let ruled = ruling("12=Upheld: it is 4").unwrap();
        assert_eq!((ruled.issue_id, ruled.ruling, ruled.reason.as_str()), (12, Ruling::Upheld, "it is 4"));
        assert!(ruling("12=ACCEPT:y").unwrap_err().contains("upheld, withdrawn"));
        for bad in ["12", "x=ACCEPT:y", "12=ACCEPT", "12=MAYBE:y", "12=REJECT", "12=PARTIAL: "] {
            assert!(answer(bad).is_err(), "{bad}");
        }
    }
}
