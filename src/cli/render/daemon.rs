//! The daemon: its state, its projects, its sessions.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Page, count, duration, size, table::Grid};
use crate::model::{attempt::Attempt, status::Status};

/// What `GET /api/daemon/status` tells; whatever is unknown here is left to `--json`.
#[derive(Debug, Deserialize)]
pub struct DaemonStatus {
    /// Whether the daemon ticks.
    pub ticker_running: bool,
    /// When it last did.
    pub last_tick: Option<DateTime<Utc>>,
    /// How often it does.
    pub tick_interval_seconds: f64,
    /// The projects by id.
    pub projects: Map<String, Value>,
    /// Lines of the inbox that are not consumed yet.
    #[serde(default)]
    pub inbox_pending: Value,
    /// Processes of agents that run.
    #[serde(default)]
    pub active_sessions: Value,
    /// The version of the daemon.
    #[serde(default)]
    pub version: Option<String>,
    /// `ok` or `degraded`.
    #[serde(default)]
    pub health: Option<String>,
    /// How old the newest backup is, in seconds.
    #[serde(default)]
    pub backup_age_seconds: Option<i64>,
    /// Bytes free on the root's disk.
    #[serde(default)]
    pub disk_free_bytes: Option<i64>,
    /// True while nobody is started because there is too little of it.
    #[serde(default)]
    pub disk_low: bool,
    /// Whether the OpenClaw Gateway answers; none when no agent needs it.
    #[serde(default)]
    pub gateway_up: Option<bool>,
    /// Since when the supervisor does not answer; none while it does.
    #[serde(default)]
    pub supervisor_silent_since: Option<DateTime<Utc>>,
    /// The processes of the supervisors meanwhile.
    #[serde(default)]
    pub supervisor_pids: Vec<i32>,
    /// Provider accounts that rest.
    #[serde(default)]
    pub parked_providers: Vec<ParkedProvider>,
}

/// A provider account that rests.
#[derive(Debug, Deserialize)]
pub struct ParkedProvider {
    /// The account.
    pub provider: String,
    /// Until when.
    pub until: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

/// A number, or how many elements there are.
pub fn number(value: &Value) -> i64 {
    let length = match value {
        Value::Array(items) => items.len(),
        Value::Object(items) => items.len(),
        other => return other.as_i64().unwrap_or(0),
    };
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// The state of the daemon, and a line for each project.
pub fn status(status: &DaemonStatus, page: &Page) -> String {
    let ticker = if status.ticker_running { "running" } else { "stopped" };
    let last = status.last_tick.map_or_else(|| "not yet".into(), |time| page.ago(time));
    let mut text = format!(
        "ticker {}, last tick {last}, every {} s{}\n{}, {} in the inbox",
        page.bold(ticker),
        status.tick_interval_seconds,
        status.version.as_ref().map(|version| format!(", version {version}")).unwrap_or_default(),
        count(number(&status.active_sessions), "active session"),
        count(number(&status.inbox_pending), "line"),
    );
    let health = status.health.iter().filter(|health| *health != "ok").map(|health| page.bold(health));
    let backup = status.backup_age_seconds.map(|age| format!("last backup {} ago", duration(age)));
    let low = if status.disk_low { ", too little to start agents" } else { "" };
    let disk = status.disk_free_bytes.map(|bytes| format!("{} of disk free{low}", size(bytes)));
    let gateway = status.gateway_up.map(|up| format!("gateway {}", if up { "up" } else { "down" }));
    let facts: Vec<_> = health.chain(backup).chain(disk).chain(gateway).collect();
    if !facts.is_empty() {
        text.push_str(&format!("\n{}", facts.join(", ")));
    }
    if let Some(since) = status.supervisor_silent_since {
        text.push_str(&format!(
            "\nthe supervisor does not answer since {}: agents go on, and none can be started\n  {}",
            page.clock(since),
            way_out(&status.supervisor_pids)
        ));
    }
    for ParkedProvider { provider, until, reason } in &status.parked_providers {
        text.push_str(&format!("\nprovider {} parked until {}: {reason}", page.bold(provider), page.clock(*until)));
    }
    if !status.projects.is_empty() {
        text.push_str(&format!("\n\n{}", projects(status, page)));
    }
    text
}

/// What to do about a supervisor that does not answer.
pub fn way_out(pids: &[i32]) -> String {
    let all: Vec<_> = pids.iter().map(i32::to_string).collect();
    match all.as_slice() {
        [] => "its process is gone: another is started as soon as one is needed".to_owned(),
        all => format!(
            "`kill -CONT {0}` lets it go on if it was stopped; `kill -9 {0}` ends it, agents live on and another takes over",
            all.join(" ")
        ),
    }
}

/// A line for each project.
pub fn projects(status: &DaemonStatus, page: &Page) -> String {
    let heads = ["PROJECT", "AGENTS", "TASKS", "SIZE", "SPENT TODAY"];
    let mut grid = Grid::new(page, &heads, 2).figures(1).figures(3).figures(4);
    for (id, project) in &status.projects {
        let tasks = project["tasks_summary"].as_object().map(tasks).unwrap_or_default();
        let bytes = project["db_size_bytes"].as_i64().map(size).unwrap_or_default();
        let spent = spent(&project["spent"]["today"]);
        grid.row([id.clone(), number(&project["active_agents"]).to_string(), tasks, bytes, spent]);
    }
    grid.finish()
}

/// Money and tokens in a few letters: `0.25, 12 k tokens`.
pub fn spent(spend: &Value) -> String {
    let figure = |name: &str| spend[name].as_i64().unwrap_or(0);
    let tokens = match figure("tokens_in").saturating_add(figure("tokens_out")) {
        0 => return "-".into(),
        tokens @ ..10_000 => format!("{tokens} tokens"),
        tokens @ ..10_000_000 => format!("{} k tokens", tokens / 1000),
        tokens => format!("{} M tokens", tokens / 1_000_000),
    };
    let cost = figure("cost_micros");
    if cost == 0 { tokens } else { format!("{}, {tokens}", super::money(cost)) }
}

/// The tasks by status in the order of a task's life, without the statuses that no task has.
pub fn tasks(summary: &Map<String, Value>) -> String {
    let counts = Status::WORDS.iter().map(|status| (status, summary.get(*status).and_then(Value::as_i64).unwrap_or(0)));
    let texts: Vec<_> = counts.filter(|(_, count)| *count > 0).map(|(word, count)| format!("{count} {word}")).collect();
    if texts.is_empty() { "no tasks".into() } else { texts.join(", ") }
}

/// Live attempts.
#[derive(Debug, Deserialize)]
pub struct Sessions {
    /// The attempts.
    pub items: Vec<Attempt>,
}

/// A line for each live attempt.
pub fn sessions(sessions: &Sessions, page: &Page) -> String {
    if sessions.items.is_empty() {
        return "no sessions".into();
    }
    let headings =
        ["ATTEMPT", "AGENT", "FOR", "STATE", "PID", "RUNNING", "LAST OUTPUT", "LAST WRITE", "CPU", "PEAK MEMORY"];
    let mut grid = Grid::new(page, &headings, 1).figures(4).figures(8).figures(9);
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".into());
    for attempt in &sessions.items {
        let since = attempt.started_at.unwrap_or(attempt.created_at);
        grid.row([
            attempt.id.to_string(),
            attempt.agent.to_string(),
            attempt.kind.to_string(),
            attempt.state.to_string(),
            or_dash(attempt.pid.map(|pid| pid.to_string())),
            duration((page.now - since).num_seconds()),
            or_dash(attempt.last_output_at.map(|time| page.ago(time))),
            or_dash(attempt.heartbeat_at.map(|time| page.ago(time))),
            or_dash(attempt.cpu_milliseconds.map(|millis| duration(millis / 1000))),
            or_dash(attempt.peak_memory_bytes.map(size)),
        ]);
    }
    grid.finish()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::tests::page, *};

    #[test]
    fn the_state_fits_a_few_lines() {
        let status: DaemonStatus = serde_json::from_value(json!({
            "ticker_running": true, "last_tick": "2026-11-22T09:59:48Z", "tick_interval_seconds": 30, "inbox_pending": 0,
            "active_sessions": 1, "version": "0.1.0", "health": "ok",
            "backup_age_seconds": 4000, "disk_free_bytes": 79_000_000_000_i64,
            "parked_providers": [{"provider": "claude", "until": "2026-11-22T14:05:00Z", "reason": "quota"}],
            "projects": {"demo": {"active_agents": 1, "db_size_bytes": 65536,
                "spent": {"today": {"tokens_in": 41_000, "tokens_out": 1_000, "cost_micros": 250_000}},
                "tasks_summary": {"pending": 0, "working": 1, "done": 12}}},
        })).unwrap();
        insta::assert_snapshot!(super::status(&status, &page()), @r"
        ticker running, last tick 12 s ago, every 30 s, version 0.1.0
        1 active session, 0 lines in the inbox
        last backup 1 h ago, 79 GB of disk free
        provider claude parked until 14:05 UTC: quota

        PROJECT  AGENTS  TASKS                SIZE          SPENT TODAY
        demo          1  1 working, 12 done  66 kB  0.2500, 42 k tokens
        ");
    }

    #[test]
    fn a_supervisor_that_hangs_is_named_with_the_way_out() {
        let status: DaemonStatus = serde_json::from_value(json!({
            "ticker_running": true, "last_tick": null, "tick_interval_seconds": 30, "projects": {},
            "supervisor_silent_since": "2026-11-22T09:58:00Z", "supervisor_pids": [4711],
        }))
        .unwrap();
        insta::assert_snapshot!(super::status(&status, &page()), @r"
        ticker running, last tick not yet, every 30 s
        0 active sessions, 0 lines in the inbox
        the supervisor does not answer since 09:58 UTC: agents go on, and none can be started
          `kill -CONT 4711` lets it go on if it was stopped; `kill -9 4711` ends it, agents live on and another takes over
        ");
    }
}
