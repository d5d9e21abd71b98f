//! Facts to try templates on: nearly nothing, and a little of everything. What these have, every prompt has.

use serde_json::{Value, json};

use crate::model::task::Trigger;

/// Both extremes, for every trigger.
pub(super) fn contexts() -> Vec<Value> {
    let of = |trigger: &Trigger| {
        [bare(), rich()].map(|mut facts| {
            facts["trigger"] = json!(trigger);
            facts
        })
    };
    Trigger::ALL.iter().flat_map(of).collect()
}

/// The smallest: every list empty, every optional text none.
pub(super) fn bare() -> Value {
    json!({
        "project": {"id": "sales", "name": "Sales", "description": "", "context": {}},
        "task": {
            "id": "t-1", "project": "sales", "title": "Count", "description": "", "task_type": "general", "priority": 5,
            "risk_level": "medium", "status": "working", "round": 0, "retry_count": 0, "assignee": null,
            "created_by": "human", "parent": null, "depends_on": [], "reason": null, "summary": null
        },
        "agent": "zhangfei-dev", "role": "executor", "trigger": "execute", "attempt": "sales.t-1.1",
        "cli": super::context::CLI,
        "must_haves": {"truths": [], "artifacts": [], "key_links": []},
        "mentions": [], "comments": [], "decisions": [], "outputs": [], "reviews": [], "dependencies": [],
        "parent": null, "children": [], "previous_attempts": [], "answers": [], "lessons": [], "skills": [],
        "nudge": null, "mail": null, "tag": null, "question": null, "components": {}, "checklist": [],
        "left_out": [], "files": [], "section": "comments", "cut": ""
    })
}

/// A little of everything.
pub(super) fn rich() -> Value {
    let output = json!({"title": "a.csv", "output_type": "data", "summary": "ROWS", "path": "artifacts/t-1/outputs/a.csv", "size_bytes": 12, "sha256": "d1ce"});
    let comment = |body: &str| json!({"id": 1, "author": "human", "comment_type": "note", "body": body, "mentions": [], "created_at": "2026-01-01T00:00:00.000Z"});
    let more = json!({
        "must_haves": {"truths": ["TRUTH"], "artifacts": ["outputs/a.csv"], "key_links": ["t-9"]},
        "mentions": [comment("MENTION")],
        "comments": [comment("COMMENT")],
        "decisions": [{"agent": "human", "decision": "DECISION", "rationale": "RATIONALE"}],
        "outputs": [output],
        "reviews": [{"id": 7, "reviewer": "simayi", "verdict": "needs_revision", "confidence": 0.9, "round": 1, "issues": [
            {"id": 71, "severity": "major", "text": "ISSUE", "stance": "REJECT", "reason": "REASON", "ruling": null, "ruling_reason": null},
            {"id": 72, "severity": "minor", "text": "SMALL", "stance": null, "reason": null, "ruling": null, "ruling_reason": null}
        ]}],
        "dependencies": [{"id": "t-2", "title": "BEFORE", "status": "done", "summary": null, "outputs": [output]}],
        "parent": {"id": "t-4", "title": "WHOLE", "status": "working", "description": "ALL OF IT"},
        "children": [{"id": "t-3", "title": "PART", "status": "done", "summary": "OK", "outputs": []}],
        "previous_attempts": [{"number": 1, "agent": "guanyu", "kind": "execute", "outcome": "crashed", "detail": "DETAIL"}],
        "answers": [{"question": "WHICH", "answer": "THIS"}],
        "lessons": [{"id": 3, "lesson": "LESSON", "tags": ["csv"]}],
        "skills": [{"id": "code_review", "description": "HOW", "path": "skills/builtins/code_review/SKILL.md"}],
        "nudge": {"times": 1, "missing": ["MISSING"]},
        "mail": {"id": 5, "from": "human", "to": "zhangfei-dev", "kind": "request", "subject": "SUBJECT", "deadline_at": null},
        "tag": "csv", "question": "QUESTION",
        "components": {"house_rules": "HOUSE", "executor": "HANDS", "reviewer": ""}, "checklist": ["CHECK"],
        "left_out": [{"section": "comments", "text": "LEFT OUT", "command": "COMMAND", "file": "FILE"}],
        "files": [{"path": "archive/1/context/FILE", "name": "FILE", "what": "WHAT", "tokens": 7}], "cut": "CUT"
    });
    let mut facts = super::merged(bare(), more);
    facts["task"]["description"] = json!("DESCRIPTION");
    facts["task"]["reason"] = json!("WHY");
    facts
}
