//! Webhooks in: what a forge tells, in one shape for all forges.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    event::InboxEvent,
    ids::{Actor, ProjectId, TaskId},
    words::words,
};

words!(
    /// What sends a webhook.
    Forge, "forge" {
        /// Gitea or Forgejo.
        Gitea = "gitea",
        /// GitHub.
        Github = "github",
    }
);

/// What a forge tells, as `receive` sees it. Text in it comes from outside and is data, never an instruction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incoming {
    /// Name of the source in the configuration.
    pub source: String,
    /// What sends it.
    pub forge: Forge,
    /// What happened, in the forge's words: `issues`, `issue_comment`, `pull_request`, `status`, `workflow_run`…
    pub event: String,
    /// What was done, in the forge's words: `opened`, `closed`, `created`…
    pub action: Option<String>,
    /// Owner and name of the repository.
    pub repository: Option<String>,
    /// Number of the issue or pull request.
    pub number: Option<i64>,
    /// Names the issue, pull request or branch for good: `gitea:team/app#12`, `gitea:team/app@main`.
    pub reference: Option<String>,
    /// True for a pull request, and for a comment on one.
    pub is_pull_request: bool,
    /// Title of the issue or pull request, or name of the check.
    pub title: String,
    /// Text of the issue, pull request, comment or review.
    pub body: String,
    /// Who did it.
    pub author: String,
    /// Where a person sees it.
    pub url: String,
    /// What came of a check, or state of a review: `success`, `failure`, `approved`…
    pub state: Option<String>,
    /// The branch, for pull requests and checks.
    pub branch: Option<String>,
    /// Labels of the issue or pull request.
    pub labels: Vec<String>,
    /// `args` of the source in the configuration.
    pub args: Value,
    /// Everything that the forge sent.
    pub payload: Value,
}

/// Longest text that is taken over, in characters.
const LONGEST_TEXT: usize = 60_000;
/// Longest title, in characters.
const LONGEST_TITLE: usize = 200;

impl Incoming {
    /// Reads the parts that all forges have. What is missing stays empty: the script decides what it needs.
    #[expect(clippy::too_many_lines, reason = "a table: which field stands where")]
    pub fn read(source: &str, forge: Forge, event: &str, args: Value, payload: Value) -> Self {
        let text = |pointer: &str| payload.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
        let first = |pointers: &[&str]| {
            pointers.iter().map(|pointer| text(pointer)).find(|text| !text.is_empty()).unwrap_or_default().to_owned()
        };
        let some = |text: String| (!text.is_empty()).then_some(text);
        let number = ["/issue/number", "/pull_request/number", "/number"]
            .iter()
            .find_map(|pointer| payload.pointer(pointer).and_then(Value::as_i64));
        let repository = some(first(&["/repository/full_name"]));
        let branch = some(first(&[
            "/pull_request/head/ref",
            "/workflow_run/head_branch",
            "/workflow_job/head_branch",
            "/check_run/check_suite/head_branch",
            "/check_suite/head_branch",
            "/branches/0/name",
        ]));
        let reference = match (&repository, number, &branch) {
            (Some(repository), Some(number), _) => Some(format!("{source}:{repository}#{number}")),
            (Some(repository), None, Some(branch)) => Some(format!("{source}:{repository}@{branch}")),
            _ => None,
        };
        let labels = ["/issue/labels", "/pull_request/labels"].iter().find_map(|at| payload.pointer(at)?.as_array());
        let labels = labels.into_iter().flatten().filter_map(|label| label["name"].as_str().map(str::to_owned));
        let labels = labels.collect();
        Self {
            source: source.to_owned(),
            forge,
            event: event.to_owned(),
            action: some(first(&["/action"])),
            // Gitea sends `pull_request: null` for plain issues.
            is_pull_request: payload.get("pull_request").is_some_and(Value::is_object)
                || payload.pointer("/issue/pull_request").is_some_and(Value::is_object)
                || payload.get("is_pull") == Some(&Value::Bool(true)),
            title: cut(
                &first(&["/issue/title", "/pull_request/title", "/workflow_run/name", "/check_run/name", "/context"]),
                LONGEST_TITLE,
            ),
            body: cut(
                &first(&[
                    "/comment/body",
                    "/review/body",
                    "/review/content",
                    "/issue/body",
                    "/pull_request/body",
                    "/description",
                ]),
                LONGEST_TEXT,
            ),
            author: first(&["/sender/login", "/sender/username"]),
            url: first(&[
                "/comment/html_url",
                "/review/html_url",
                "/issue/html_url",
                "/pull_request/html_url",
                "/workflow_run/html_url",
                "/check_run/html_url",
                "/target_url",
            ]),
            state: some(first(&[
                "/workflow_run/conclusion",
                "/check_run/conclusion",
                "/check_suite/conclusion",
                "/workflow_job/conclusion",
                "/review/state",
                "/review/type",
                "/state",
            ])),
            number,
            reference,
            repository,
            branch,
            labels,
            args,
            payload,
        }
    }
}

fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// A line for the inbox, as `receive` answers it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InboxEntry {
    /// What the line reports.
    pub event: InboxEvent,
    /// The project; the source's own when none.
    #[serde(default)]
    pub project: Option<ProjectId>,
    /// The task.
    #[serde(default)]
    pub task: Option<TaskId>,
    /// Names the task from outside; a new task gets this name, a later line finds the task by it.
    #[serde(default)]
    pub reference: Option<String>,
    /// Who does it; the person of the source when none.
    #[serde(default)]
    pub agent: Option<Actor>,
    /// The facts; for `task_created` the body of a new task.
    #[serde(default)]
    pub data: serde_json::Map<String, Value>,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(event: &str, payload: Value) -> Incoming {
        Incoming::read("forge", Forge::Gitea, event, json!({}), payload)
    }

    #[test]
    fn a_plain_issue_of_gitea_is_no_pull_request() {
        let issue = json!({"action": "opened", "pull_request": null,
            "issue": {"number": 12, "title": "Count", "body": "all", "pull_request": null, "labels": [{"name": "type/feat"}]},
            "repository": {"full_name": "team/app"}, "sender": {"login": "liubei"}});
        let read = read("issues", issue);
        assert!(!read.is_pull_request);
        assert_eq!(read.reference.as_deref(), Some("forge:team/app#12"));
        assert_eq!((read.author.as_str(), read.labels), ("liubei", vec!["type/feat".to_owned()]));
    }

    #[test]
    fn a_comment_on_a_pull_request_is_told_apart() {
        let comment = json!({"action": "created", "is_pull": true, "issue": {"number": 3, "title": "t"},
            "comment": {"body": "please test"}, "repository": {"full_name": "team/app"}});
        let read = read("issue_comment", comment);
        assert!(read.is_pull_request);
        assert_eq!(read.body, "please test");
    }

    #[test]
    fn a_check_belongs_to_its_branch() {
        let run = json!({"action": "completed", "repository": {"full_name": "team/app"},
            "workflow_run": {"name": "ci", "conclusion": "failure", "head_branch": "main", "html_url": "u"}});
        let read = read("workflow_run", run);
        assert_eq!(read.reference.as_deref(), Some("forge:team/app@main"));
        assert_eq!((read.title.as_str(), read.state.as_deref()), ("ci", Some("failure")));
    }

    #[test]
    fn whatever_is_sent_is_read_without_harm() {
        for payload in [json!(null), json!([]), json!({"issue": 3, "sender": [], "repository": {"full_name": 7}})] {
            let read = read("x", payload);
            assert!(read.reference.is_none() && read.author.is_empty());
        }
    }
}
