//! A task's life as a trace: one span from its creation to its end, one for each status that it was in, one for each attempt
//! and each review. In the JSON of the OpenTelemetry protocol, so that any collector takes it.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{App, attempts, error::AppError, events, reviews, tasks};
use crate::model::{
    attempt::Attempt,
    event::{Event, EventKind},
    ids::{ProjectId, TaskId},
    outcome::Outcome,
    records::Review,
    status::Status,
    task::Task,
};

/// Events of a task that are looked at, newest first.
const MOST_EVENTS: i64 = 5000;
/// Codes of `Status` in the protocol.
const OK: u8 = 1;
const ERROR: u8 = 2;
/// Kind of a span: work inside of one program.
const INTERNAL: u8 = 1;

/// The trace of a task, as the body of `POST /v1/traces`.
pub async fn of_task(app: &App, project: &ProjectId, task: TaskId) -> Result<Value, AppError> {
    let found = tasks::get(app, project, task).await?;
    let (attempts, reviews) =
        (attempts::of_task(app, project, task).await?, reviews::reviews(app, project, task).await?);
    let mut events = events::of_task(app, project, task, MOST_EVENTS).await?;
    events.reverse();
    Ok(document(&found, &attempts, &reviews, &events))
}

fn document(task: &Task, attempts: &[Attempt], reviews: &[Review], events: &[Event]) -> Value {
    let end = task.lifecycle.completed_at.unwrap_or(task.lifecycle.status_since);
    let trace = Trace::of(task);
    let mut spans = vec![trace.root(task, end)];
    spans.extend(trace.statuses(task, events, end));
    spans.extend(attempts.iter().map(|attempt| trace.attempt(attempt, end)));
    spans.extend(reviews.iter().map(|review| trace.review(review)));
    let resource = attributes([
        ("service.name", json!("moziplus")),
        ("service.version", json!(env!("CARGO_PKG_VERSION"))),
        ("moziplus.project", json!(task.project)),
    ]);
    json!({"resourceSpans": [{
        "resource": {"attributes": resource},
        "scopeSpans": [{"scope": {"name": "moziplus"}, "spans": spans}],
    }]})
}

/// What all spans of a task share. The ids follow from the task, so that a trace that is sent twice is one.
struct Trace {
    id: String,
    root: String,
}

impl Trace {
    fn of(task: &Task) -> Self {
        let made = task.created_at.timestamp_millis();
        let digest = Sha256::digest(format!("{}/{}/{made}", task.project, task.id));
        Self { id: hex::encode(&digest[..16]), root: hex::encode(&digest[16..24]) }
    }

    fn span(&self, name: &str, key: &str, (start, end): (DateTime<Utc>, DateTime<Utc>)) -> Value {
        let digest = Sha256::digest(format!("{}/{key}", self.id));
        json!({
            "traceId": self.id, "spanId": hex::encode(&digest[..8]), "parentSpanId": self.root,
            "name": name, "kind": INTERNAL,
            "startTimeUnixNano": nanos(start), "endTimeUnixNano": nanos(end.max(start)),
        })
    }

    fn root(&self, task: &Task, end: DateTime<Utc>) -> Value {
        let mut span = self.span(&format!("task {}", task.id), "task", (task.created_at, end));
        span["spanId"] = json!(self.root);
        span["parentSpanId"] = json!("");
        span["attributes"] = attributes([
            ("moziplus.task", json!(task.id)),
            ("moziplus.title", json!(task.title)),
            ("moziplus.task_type", json!(task.task_type)),
            ("moziplus.status", json!(task.lifecycle.status)),
            ("moziplus.retries", json!(task.lifecycle.retry_count)),
            ("moziplus.rounds", json!(task.lifecycle.round)),
        ]);
        let code = if task.lifecycle.status == Status::Done { OK } else { ERROR };
        span["status"] = json!({"code": code, "message": task.reason.clone().unwrap_or_default()});
        span
    }

    /// A span for each stay in a status.
    fn statuses(&self, task: &Task, events: &[Event], end: DateTime<Utc>) -> Vec<Value> {
        let changes = events.iter().filter(|event| event.kind == EventKind::TaskStatusChanged);
        let changes = changes.filter_map(|event| {
            let word = |field: &str| event.payload[field].as_str().map(str::to_owned);
            Some((event.at, word("from")?, word("to")?)).filter(|(_, from, to)| from != to)
        });
        let (mut spans, mut since) = (Vec::new(), task.created_at);
        for (number, (at, from, _)) in changes.enumerate() {
            spans.push(self.span(&from, &format!("status {number}"), (since, at.min(end))));
            since = at;
        }
        spans
    }

    fn attempt(&self, attempt: &Attempt, end: DateTime<Utc>) -> Value {
        let start = attempt.started_at.unwrap_or(attempt.created_at);
        let name = format!("{} by {}", attempt.kind, attempt.agent);
        let mut span = self.span(&name, &attempt.id.to_string(), (start, attempt.ended_at.unwrap_or(end)));
        let usage = attempt.usage.clone().unwrap_or_default();
        span["attributes"] = attributes([
            ("moziplus.attempt", json!(attempt.id)),
            ("moziplus.agent", json!(attempt.agent)),
            ("moziplus.outcome", json!(attempt.outcome)),
            ("moziplus.exit_code", json!(attempt.exit_code)),
            ("gen_ai.request.model", json!(usage.model)),
            ("gen_ai.usage.input_tokens", json!(usage.tokens_in)),
            ("gen_ai.usage.output_tokens", json!(usage.tokens_out)),
        ]);
        let code = if attempt.outcome == Some(Outcome::Completed) { OK } else { ERROR };
        span["status"] = json!({"code": code, "message": attempt.detail.clone().unwrap_or_default()});
        span
    }

    /// A review is a moment: the attempt that made it is a span of its own.
    fn review(&self, review: &Review) -> Value {
        let name = format!("review by {}", review.reviewer);
        let at = (review.created_at, review.decided_at.unwrap_or(review.created_at));
        let mut span = self.span(&name, &format!("review {}", review.id), at);
        span["attributes"] = attributes([
            ("moziplus.verdict", json!(review.verdict)),
            ("moziplus.confidence", json!(review.confidence)),
            ("moziplus.issues", json!(review.issues.len())),
        ]);
        span
    }
}

/// The protocol writes 64-bit numbers as text.
fn nanos(at: DateTime<Utc>) -> String {
    at.timestamp_nanos_opt().unwrap_or_default().to_string()
}

/// Attributes with their types; those without a value are left out.
fn attributes<const N: usize>(pairs: [(&str, Value); N]) -> Value {
    let attribute = |(key, value): (&str, Value)| {
        let value = match value {
            Value::Null => return None,
            Value::Bool(flag) => json!({"boolValue": flag}),
            Value::Number(number) if number.is_f64() => json!({"doubleValue": number}),
            Value::Number(number) => json!({"intValue": number.to_string()}),
            Value::String(text) => json!({"stringValue": text}),
            other => json!({"stringValue": other.to_string()}),
        };
        Some(json!({"key": key, "value": value}))
    };
    pairs.into_iter().filter_map(attribute).collect()
}
