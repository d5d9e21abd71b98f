//! The figures of `/metrics`, in the text format of Prometheus.

use std::fmt::Write as _;

use crate::{
    app::{figures::Figures, meters, status::DaemonStatus},
    model::usage::Spend,
};

/// Renders the daemon's status and figures.
pub fn render(status: &DaemonStatus, figures: &Figures) -> String {
    let mut text = Text(String::new());
    text.gauge("up", "The daemon answers", 1.0);
    text.gauge("ticker_running", "The ticker runs", flag(status.ticker_running));
    text.gauge(
        "healthy",
        "No loop fails, no project is quarantined, the configuration is sound",
        flag(status.health == "ok"),
    );
    text.gauge("tick_duration_seconds", "How long the last full tick took", status.tick_duration_ms / 1000.0);
    text.optional("last_tick_timestamp_seconds", "When the last full tick ended", status.last_tick.map(seconds));
    text.gauge("active_sessions", "Attempts that are live", status.active_sessions as f64);
    text.gauge("inbox_pending", "Inbox lines that wait", status.inbox_pending as f64);
    text.gauge("last_event_id", "The newest event's id", status.last_event_id as f64);
    text.gauge("quarantined_projects", "Projects that cannot be used", status.quarantined.len() as f64);
    text.optional(
        "backup_age_seconds",
        "Since the newest good backup of what has waited longest",
        status.backup_age_seconds.map(|age| age as f64),
    );
    text.gauge(
        "backups_overdue",
        "Projects, with the root's own part, without a fresh backup (backup.alarm_hours)",
        status.overdue_backups.len() as f64,
    );
    text.optional("disk_free_bytes", "Free on the root's disk", status.disk_free_bytes.map(|bytes| bytes as f64));
    text.gauge("disk_low", "Nobody is started because the disk is almost full", flag(status.disk_low));
    text.optional("gateway_up", "The OpenClaw Gateway answers", status.gateway_up.map(flag));
    loops(&mut text, status);
    projects(&mut text, status);
    spending(&mut text, status);
    deliveries(&mut text, figures);
    jobs(&mut text, figures);
    backups(&mut text, figures);
    requests(&mut text, figures);
    text.0
}

fn loops(text: &mut Text, status: &DaemonStatus) {
    text.head("loop_last_success_timestamp_seconds", "gauge", "When a loop last finished a round without an error");
    for (name, health) in &status.loops {
        if let Some(at) = health.last_success {
            text.labelled("loop_last_success_timestamp_seconds", &[("loop", name)], seconds(at));
        }
    }
    text.head("loop_failing", "gauge", "The last round of a loop failed");
    for (name, health) in &status.loops {
        text.labelled("loop_failing", &[("loop", name)], flag(health.last_error.is_some()));
    }
    text.head("loop_restarts_total", "counter", "How often a loop had to be started again");
    for (name, health) in &status.loops {
        text.labelled("loop_restarts_total", &[("loop", name)], health.restarts as f64);
    }
}

fn projects(text: &mut Text, status: &DaemonStatus) {
    text.head("tasks", "gauge", "Tasks of a project in a status");
    for (id, project) in &status.projects {
        for (word, count) in &project.tasks_summary {
            text.labelled("tasks", &[("project", id.as_str()), ("status", word)], *count as f64);
        }
    }
    text.head("active_agents", "gauge", "Agents that work in a project");
    for (id, project) in &status.projects {
        text.labelled("active_agents", &[("project", id.as_str())], project.active_agents as f64);
    }
    text.head("db_size_bytes", "gauge", "Size of a project's database");
    for (id, project) in &status.projects {
        text.labelled("db_size_bytes", &[("project", id.as_str())], project.db_size_bytes as f64);
    }
}

/// What each project has spent on what.
fn by_cause(status: &DaemonStatus) -> impl Iterator<Item = (&str, &str, Spend)> {
    status.projects.iter().flat_map(|(id, project)| {
        project.spent_by_cause.iter().map(move |(cause, spend)| (id.as_str(), cause.as_str(), *spend))
    })
}

fn spending(text: &mut Text, status: &DaemonStatus) {
    text.head("usage_tokens_total", "counter", "Tokens that attempts have used, by why they were started");
    for (project, cause, spend) in by_cause(status) {
        let fresh = spend.tokens_in - spend.tokens_cached;
        for (kind, count) in [("in", fresh), ("cached", spend.tokens_cached), ("out", spend.tokens_out)] {
            let labels = [("project", project), ("cause", cause), ("kind", kind)];
            text.labelled("usage_tokens_total", &labels, count as f64);
        }
    }
    text.head("usage_cost_micros_total", "counter", "What they cost, in micro-units of the currency");
    for (project, cause, spend) in by_cause(status) {
        let labels = [("project", project), ("cause", cause)];
        text.labelled("usage_cost_micros_total", &labels, spend.cost_micros as f64);
    }
    text.head(
        "provider_parked_until_timestamp_seconds",
        "gauge",
        "When a provider account that rests may be used again",
    );
    for parked in &status.parked_providers {
        let labels = [("provider", parked.provider.as_str())];
        text.labelled("provider_parked_until_timestamp_seconds", &labels, seconds(parked.until));
    }
}

fn deliveries(text: &mut Text, figures: &Figures) {
    text.head("deliveries", "gauge", "Messages to people that are on record, by state");
    for (state, count) in &figures.deliveries {
        text.labelled("deliveries", &[("state", state.as_str())], *count as f64);
    }
    text.optional("delivery_next_timestamp_seconds", "When the next one is due", figures.next_delivery.map(seconds));
}

fn jobs(text: &mut Text, figures: &Figures) {
    text.head("job_last_success_timestamp_seconds", "gauge", "When a job last succeeded");
    for job in &figures.jobs {
        if let Some(at) = job.last_success {
            text.labelled("job_last_success_timestamp_seconds", &[("job", &job.name)], seconds(at));
        }
    }
    let runs = || figures.jobs.iter().filter_map(|job| Some((job.name.as_str(), job.last_run.as_ref()?)));
    text.head("job_failing", "gauge", "The last run of a job that ended did not succeed");
    for (name, run) in runs() {
        let is_bad = run.outcome.as_deref().is_some_and(|outcome| !matches!(outcome, "succeeded" | "skipped"));
        text.labelled("job_failing", &[("job", name)], flag(is_bad));
    }
    text.head("job_running", "gauge", "A job runs");
    for (name, run) in runs() {
        text.labelled("job_running", &[("job", name)], flag(run.ended_at.is_none()));
    }
    text.head("job_last_duration_seconds", "gauge", "How long the last run of a job took");
    for (name, run) in runs() {
        if let Some(end) = run.ended_at {
            let took = (end - run.started_at).num_milliseconds() as f64 / 1000.0;
            text.labelled("job_last_duration_seconds", &[("job", name)], took);
        }
    }
}

fn backups(text: &mut Text, figures: &Figures) {
    text.head("backup_copies", "gauge", "Copies of a project, or of the root's own part");
    for (of, copies) in &figures.copies {
        text.labelled("backup_copies", &[("of", of)], copies.count as f64);
    }
    text.head("backup_size_bytes", "gauge", "How large they are together");
    for (of, copies) in &figures.copies {
        text.labelled("backup_size_bytes", &[("of", of)], copies.size_bytes as f64);
    }
    text.head("backup_newest_timestamp_seconds", "gauge", "When the newest of them was made");
    for (of, copies) in &figures.copies {
        if let Some(at) = copies.newest {
            text.labelled("backup_newest_timestamp_seconds", &[("of", of)], seconds(at));
        }
    }
    text.head("backup_target_archives", "gauge", "Archives that a further place has");
    for target in &figures.targets {
        text.labelled("backup_target_archives", &[("target", &target.name)], target.archives as f64);
    }
    text.head("backup_target_failing", "gauge", "A further place could not be reached");
    for target in &figures.targets {
        text.labelled("backup_target_failing", &[("target", &target.name)], flag(target.failing.is_some()));
    }
}

fn requests(text: &mut Text, figures: &Figures) {
    let requests = &figures.requests;
    text.head("http_requests_total", "counter", "Requests that were answered, by class of status");
    for (class, count) in (1..).zip(requests.statuses) {
        text.labelled("http_requests_total", &[("class", &format!("{class}xx"))], count as f64);
    }
    let name = "http_request_duration_seconds";
    text.head(name, "histogram", "How long answers took to begin");
    let bounds = meters::BOUNDS_MS.iter().map(|bound| format!("{}", *bound as f64 / 1000.0));
    let mut sum = 0;
    for (bound, count) in bounds.chain(["+Inf".to_owned()]).zip(requests.times) {
        sum += count;
        text.labelled(&format!("{name}_bucket"), &[("le", &bound)], sum as f64);
    }
    let _ = writeln!(text.0, "moziplus_{name}_sum {}", requests.total_us as f64 / 1e6);
    let _ = writeln!(text.0, "moziplus_{name}_count {sum}");
}

/// The text so far.
struct Text(String);

impl Text {
    fn head(&mut self, name: &str, kind: &str, help: &str) {
        let _ = write!(self.0, "# HELP moziplus_{name} {help}\n# TYPE moziplus_{name} {kind}\n");
    }

    fn gauge(&mut self, name: &str, help: &str, value: f64) {
        self.head(name, "gauge", help);
        let _ = writeln!(self.0, "moziplus_{name} {value}");
    }

    fn optional(&mut self, name: &str, help: &str, value: Option<f64>) {
        if let Some(value) = value {
            self.gauge(name, help, value);
        }
    }

    fn labelled(&mut self, name: &str, labels: &[(&str, &str)], value: f64) {
        let labels: Vec<_> = labels.iter().map(|(label, value)| format!("{label}=\"{}\"", escaped(value))).collect();
        let _ = writeln!(self.0, "moziplus_{name}{{{}}} {value}", labels.join(","));
    }
}

/// Ids and words of the contract need none of it; names from the configuration may.
fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', " ")
}

fn flag(on: bool) -> f64 {
    f64::from(u8::from(on))
}

fn seconds(at: chrono::DateTime<chrono::Utc>) -> f64 {
    at.timestamp_millis() as f64 / 1000.0
}
