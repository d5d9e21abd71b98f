//! Tasks: the list, and one task with everything about it.

use serde::Deserialize;

use super::{
    Page, indent,
    table::{Grid, Text},
    thread,
};
use crate::model::{
    attempt::Attempt,
    records::{Comment, Decision, Observation, Output, Rebuttal, Review},
    task::Task,
};

/// A page of tasks.
#[derive(Debug, Deserialize)]
pub struct TaskList {
    /// The tasks.
    pub items: Vec<Task>,
    /// Where the next page begins; none on the last.
    #[serde(default)]
    pub next_cursor: Option<String>,
}

/// A task with what `expand=all` adds.
#[derive(Debug, Deserialize)]
pub struct FullTask {
    /// The task.
    #[serde(flatten)]
    pub task: Task,
    /// Its parts.
    #[serde(default)]
    pub subtasks: Vec<Task>,
    /// Its thread.
    #[serde(default)]
    pub comments: Vec<Comment>,
    /// Its results.
    #[serde(default)]
    pub outputs: Vec<Output>,
    /// The choices made on it.
    #[serde(default)]
    pub decisions: Vec<Decision>,
    /// What was observed.
    #[serde(default)]
    pub observations: Vec<Observation>,
    /// Its reviews.
    #[serde(default)]
    pub reviews: Vec<Review>,
    /// The answers to them.
    #[serde(default)]
    pub rebuttals: Vec<Rebuttal>,
    /// Who worked on it, and how that ended.
    #[serde(default)]
    pub attempts: Vec<Attempt>,
}

/// The list, with the project of each task where there are several.
pub fn list(tasks: &TaskList, page: &Page) -> String {
    if tasks.items.is_empty() {
        return "no tasks".into();
    }
    let several = tasks.items.iter().any(|task| task.project != tasks.items[0].project);
    let mut text = grid(&tasks.items, several, page);
    if let Some(cursor) = &tasks.next_cursor {
        text.push_str(&format!("\nthere are more: --cursor {cursor}"));
    }
    text
}

fn grid(tasks: &[Task], several: bool, page: &Page) -> String {
    let headings = ["PROJECT", "ID", "STATUS", "PRIO", "ASSIGNEE", "TITLE", "UPDATED"];
    let from = usize::from(!several);
    let mut grid = Grid::new(page, &headings[from..], 5 - from).figures(3 - from);
    for task in tasks {
        let who = task.owner.as_ref().map(ToString::to_string);
        let who = who.or_else(|| task.assignee.as_ref().map(ToString::to_string)).unwrap_or_else(|| "-".into());
        let cells = [
            Text::from(task.project.as_str()),
            task.id.to_string().into(),
            task.lifecycle.status.into(),
            task.priority.to_string().into(),
            who.into(),
            task.title.as_str().into(),
            page.ago(task.updated_at).into(),
        ];
        grid.row(cells.into_iter().skip(from));
    }
    grid.finish()
}

/// One task with everything about it.
pub fn full(full: &FullTask, page: &Page) -> String {
    let mut blocks = vec![head(&full.task, page)];
    if !full.task.description.trim().is_empty() {
        blocks.push(section("Description", &indent(&full.task.description), page));
    }
    if let Some(text) = must_haves(&full.task) {
        blocks.push(section("Must have", &text, page));
    }
    if !full.subtasks.is_empty() {
        blocks.push(section("Subtasks", &indent(&grid(&full.subtasks, false, page)), page));
    }
    for (title, text) in thread::sections(full, page) {
        blocks.push(section(title, &text, page));
    }
    blocks.join("\n\n")
}

fn section(title: &str, text: &str, page: &Page) -> String {
    format!("{}\n{text}", page.bold(title))
}

fn head(task: &Task, page: &Page) -> String {
    let mut facts = vec![
        format!("{} {}  {}", page.bold(task.id), page.status(task.lifecycle.status), page.bold(&task.title)),
        format!(
            "  project {}, priority {}, type {}, risk {}",
            task.project, task.priority, task.task_type, task.risk_level
        ),
        format!("  created {}, changed {}", page.ago(task.created_at), page.ago(task.updated_at)),
    ];
    let mut fact = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            facts.push(format!("  {name} {value}"));
        }
    };
    let depends_on: Vec<_> = task.depends_on.iter().map(ToString::to_string).collect();
    fact("assignee", task.assignee.as_ref().map(ToString::to_string));
    fact("held by", task.owner.as_ref().map(ToString::to_string));
    fact("part of", task.parent.map(|parent| parent.to_string()));
    fact("depends on", Some(depends_on.join(", ")));
    fact("waits for", task.blocked_on.clone());
    fact("to be decided by", task.escalated_to.as_ref().map(ToString::to_string));
    fact("not before", task.not_before.filter(|time| *time > page.now).map(|time| page.ago(time)));
    fact("in review,", task.review_phase.map(|phase| format!("round {}, waits for a {phase}", task.lifecycle.round)));
    fact("reason:", task.reason.clone());
    fact("summary:", task.summary.clone());
    facts.join("\n")
}

fn must_haves(task: &Task) -> Option<String> {
    let wanted = &task.must_haves;
    let lines =
        |name: &'static str, texts: &[String]| texts.iter().map(|text| format!("  {name}: {text}")).collect::<Vec<_>>();
    let all = [lines("truth", &wanted.truths), lines("artifact", &wanted.artifacts), lines("link", &wanted.key_links)];
    (!wanted.is_empty()).then(|| all.concat().join("\n"))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{super::tests::page, *};

    fn task() -> Value {
        json!({
            "id": "t-3", "project": "demo", "title": "Write the report", "description": "Figures of *May*.\n\n- total",
            "status": "review", "status_since": "2026-11-22T09:58:00Z", "fence": 2, "round": 1, "retry_count": 0,
            "assignee": "zhangfei-dev", "created_by": "human", "priority": 5, "task_type": "document",
            "risk_level": "medium", "must_haves": {"truths": ["sums agree"], "artifacts": ["outputs/report.md"],
            "key_links": []}, "depends_on": ["t-1", "t-2"], "trigger": "execute", "review_phase": "rebuttal",
            "dispatch_count": 1, "summary": "done", "created_at": "2026-11-22T09:00:00Z",
            "updated_at": "2026-11-22T09:59:30Z", "revision": 7, "comments_count": 1, "outputs_count": 1,
            "reviews_count": 1, "subtasks_count": 0,
        })
    }

    #[test]
    fn a_task_shows_everything_about_it() {
        let mut task = task();
        let at = "2026-11-22T09:59:00Z";
        task["comments"] = json!([{"id": 1, "task": "t-3", "author": "human:楚锋", "body": "Please hurry.",
            "comment_type": "note", "mentions": ["zhangfei-dev"], "created_at": at}]);
        task["outputs"] = json!([{"id": 4, "task": "t-3", "agent": "zhangfei-dev", "title": "report.md",
            "output_type": "document", "summary": "the report", "path": "artifacts/t-3/outputs/report.md",
            "size_bytes": 1234, "sha256": "00", "round": 0, "created_at": at}]);
        task["reviews"] = json!([{"id": 2, "task": "t-3", "reviewer": "simayi", "verdict": "needs_revision",
            "confidence": 0.9, "round": 1, "created_at": at, "issues": [
                {"id": 7, "severity": "major", "text": "the sum is 4", "stance": "REJECT", "reason": "it is 3"},
                {"id": 8, "severity": "minor", "text": "typo"}]}]);
        let full: FullTask = serde_json::from_value(task).unwrap();
        insta::assert_snapshot!(super::full(&full, &page()), @r"
        t-3 review  Write the report
          project demo, priority 5, type document, risk medium
          created 1 h ago, changed 30 s ago
          assignee zhangfei-dev
          depends on t-1, t-2
          in review, round 1, waits for a rebuttal
          summary: done

        Description
          Figures of *May*.

          - total

        Must have
          truth: sums agree
          artifact: outputs/report.md

        Outputs
          #4 report.md (document, 1.2 kB) by zhangfei-dev  1 min ago
            artifacts/t-3/outputs/report.md
            the report

        Comments
          human:楚锋 note @zhangfei-dev  1 min ago
            Please hurry.

        Reviews
          #2 round 1 by simayi: needs_revision (confidence 0.90)  1 min ago
            #7 major: the sum is 4
              REJECT it is 3
            #8 minor: typo
        ");
    }

    #[test]
    fn a_list_is_a_line_for_each_task() {
        let list: TaskList = serde_json::from_value(json!({"items": [task()], "next_cursor": "abc"})).unwrap();
        insta::assert_snapshot!(super::list(&list, &page()), @r"
        ID   STATUS  PRIO  ASSIGNEE      TITLE             UPDATED
        t-3  review     5  zhangfei-dev  Write the report  30 s ago
        there are more: --cursor abc
        ");
    }
}
