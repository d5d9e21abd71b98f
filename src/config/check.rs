//! What the types cannot say: ranges, names that must exist, expressions that must parse.
//!
//! Each check names the key it is about; the loader finds the place where that key was written.

mod channels;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    agents::Agents,
    playbook::Protocol,
    project::ProjectSettings,
    sections::{Git, Job},
    settings::Settings,
    typed::nearest,
};
use crate::model::{
    agent::{Limits, RunnerKind},
    ids::ProjectId,
    schedule::Schedule,
};

/// Something that is wrong with the value of a key.
#[derive(Debug)]
pub(super) struct Finding {
    /// Dotted, such as `jobs[0].cron`.
    pub(super) key: String,
    pub(super) message: String,
    pub(super) hint: Option<String>,
}

/// Collects what is wrong.
#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, key: impl Into<String>, message: impl Into<String>, hint: Option<String>) {
        self.0.push(Finding { key: key.into(), message: message.into(), hint });
    }

    fn require(&mut self, holds: bool, key: &str, message: &str) {
        if !holds {
            self.add(key, message, None);
        }
    }

    fn whole(&mut self, key: &str, value: u64, least: u64, most: u64) {
        if !(least..=most).contains(&value) {
            self.add(key, format!("must be {least} to {most}, not {value}"), None);
        }
    }

    fn confidence(&mut self, key: &str, value: f64) {
        if !(value > 0.0 && value <= 1.0) {
            self.add(key, format!("must be over 0 and at most 1, not {value}"), None);
        }
    }

    fn seconds(&mut self, key: &str, value: f64, least: f64) {
        const DAYS_30: f64 = 30.0 * 86400.0;
        if !(least..=DAYS_30).contains(&value) {
            self.add(key, format!("must be {least} to {DAYS_30} seconds, not {value}"), None);
        }
    }
}

/// Checks the settings of the daemon, or those of a project after `effective`.
pub(super) fn settings(settings: &Settings) -> Vec<Finding> {
    let mut findings = Findings::default();
    ranges(settings, &mut findings);
    jobs(&settings.jobs, &mut findings);
    channels::notify(&settings.notify, &mut findings);
    channels::targets(&settings.backup.targets, &mut findings);
    channels::incoming(&settings.webhooks, &mut findings);
    git(&settings.git, &mut findings);
    addresses(settings, &mut findings);
    findings.0
}

fn ranges(settings: &Settings, findings: &mut Findings) {
    let (daemon, review, retention) = (&settings.daemon, &settings.review, &settings.retention);
    let prompt = &settings.prompt;
    findings.seconds("daemon.tick_interval", daemon.tick_interval, 0.05);
    findings.seconds("daemon.task_timeout", daemon.task_timeout, 0.05);
    findings.seconds("daemon.claim_timeout", daemon.claim_timeout, 0.05);
    findings.seconds("daemon.kill_grace", daemon.kill_grace, 0.0);
    findings.seconds("inbox.watch_interval", settings.inbox.watch_interval, 0.05);
    findings.confidence("review.confidence_threshold", review.confidence_threshold);
    let whole: [(&str, u64, u64, u64); 34] = [
        ("daemon.max_global_agents", daemon.max_global_agents.into(), 0, 1000),
        ("daemon.max_per_agent", daemon.max_per_agent.into(), 1, 1000),
        ("daemon.max_retries", daemon.max_retries.into(), 0, 1000),
        ("daemon.max_dispatches", daemon.max_dispatches.into(), 1, 10_000),
        ("daemon.zombie_threshold", daemon.zombie_threshold.into(), 1, 1_000_000),
        ("inbox.max_size_bytes", settings.inbox.max_size_bytes, 1024, 1 << 30),
        ("review.default_max_rounds", review.default_max_rounds.into(), 1, 100),
        ("review.debate_max_rounds", review.debate_max_rounds.into(), 1, 100),
        ("review.max_unreadable", review.max_unreadable.into(), 1, 100),
        ("review.max_attempts", review.max_attempts.into(), 1, 1000),
        ("experience.distill_threshold", settings.experience.distill_threshold.into(), 1, 10_000),
        ("experience.expire_days", settings.experience.expire_days.into(), 1, 36_500),
        ("logging.max_file_size", settings.logging.max_file_size.0, 10_000, 1 << 40),
        ("logging.max_files", settings.logging.max_files.into(), 1, 1000),
        ("server.rate_limit", settings.server.rate_limit.into(), 0, 1_000_000),
        ("server.max_connections", settings.server.max_connections.into(), 16, 100_000),
        ("server.max_streams", settings.server.max_streams.into(), 1, 100_000),
        ("backup.alarm_hours", settings.backup.alarm_hours.into(), 0, 100_000),
        ("logging.repeats_per_minute", settings.logging.repeats_per_minute.into(), 0, 1_000_000),
        ("daemon.disk_reserve", daemon.disk_reserve.0, 0, 1 << 50),
        ("policy.deadline_ms", settings.policy.deadline_ms, 1, 60_000),
        ("policy.max_operations", settings.policy.max_operations, 1000, 1_000_000_000_000),
        ("prompt.message_tokens", prompt.message_tokens as u64, 2000, 1_000_000),
        ("prompt.knowledge_tokens", prompt.knowledge_tokens as u64, 0, 1_000_000),
        ("prompt.demand_tokens", prompt.demand_tokens as u64, 500, 1_000_000),
        ("prompt.file_tokens", prompt.file_tokens as u64, 0, 10_000_000),
        ("retention.session_days", retention.session_days.into(), 1, 36_500),
        ("retention.decision_days", retention.decision_days.into(), 1, 36_500),
        ("retention.snapshot_days", retention.snapshot_days.into(), 1, 36_500),
        ("retention.job_days", retention.job_days.into(), 1, 36_500),
        ("retention.delivery_days", retention.delivery_days.into(), 1, 36_500),
        ("retention.dead_letter_days", retention.dead_letter_days.into(), 1, 36_500),
        ("retention.event_days", retention.event_days.into(), 0, 36_500),
        ("retention.artifact_days", retention.artifact_days.into(), 0, 36_500),
    ];
    if let Some(seconds) = settings.checkpoint.timeout_seconds {
        findings.seconds("checkpoint.timeout_seconds", seconds as f64, 1.0);
    }
    for (key, value, least, most) in whole {
        findings.whole(key, value, least, most);
    }
}

fn jobs(jobs: &[Job], findings: &mut Findings) {
    let mut names = BTreeSet::new();
    for (index, job) in jobs.iter().enumerate() {
        let key = |field: &str| format!("jobs[{index}].{field}");
        if let Err(error) = ProjectId::parse(&job.name) {
            findings.add(key("name"), format!("`{}` is no valid job name: {}", job.name, error.rule), None);
        }
        if !names.insert(&job.name) {
            findings.add(key("name"), format!("there are two jobs with the name `{}`", job.name), None);
        }
        if let Err(error) = ProjectId::parse(job.script()) {
            findings.add(key("script"), format!("`{}` is no valid script name: {}", job.script(), error.rule), None);
        }
        match Schedule::parse(&job.cron, &job.timezone) {
            Ok(_) => {}
            Err(error @ crate::model::schedule::InvalidSchedule::TimeZone(..)) => {
                findings.add(key("timezone"), error.to_string(), None);
            }
            Err(error) => findings.add(key("cron"), error.to_string(), None),
        }
        findings.whole(&key("timeout_seconds"), job.timeout_seconds, 1, 86_400);
        findings.whole(&key("jitter_seconds"), job.jitter_seconds, 0, 86_400);
    }
}

fn git(git: &Git, findings: &mut Findings) {
    let mut names = BTreeSet::new();
    for (index, remote) in git.remotes.iter().enumerate() {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        let valid = !remote.name.is_empty() && !remote.name.starts_with(['-', '.']) && remote.name.chars().all(fits);
        let key = format!("git.remotes[{index}].name");
        findings.require(valid, &key, "use letters, digits, `_`, `-` and `.`");
        findings.require(names.insert(&remote.name), &key, "there are two remotes with this name");
        let key = format!("git.remotes[{index}].url");
        findings.require(!remote.url.is_empty() && !remote.url.starts_with('-'), &key, "is no address");
        no_password(&key, &remote.url, findings);
    }
}

fn addresses(settings: &Settings, findings: &mut Findings) {
    url("gateway.url", &settings.gateway.url, &["http", "https", "ws", "wss"], findings);
    let variables =
        [("server.api_key_env", &settings.server.api_key_env), ("gateway.token_env", &settings.gateway.token_env)];
    for (key, name) in variables {
        let fits = |name: &String| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !name.is_empty();
        if !name.as_ref().is_none_or(fits) {
            findings.add(
                key,
                "is no name of an environment variable",
                Some("give the name, not the secret".to_owned()),
            );
        }
    }
    for (index, host) in settings.server.allowed_hosts.iter().enumerate() {
        let valid = !host.is_empty() && !host.contains(['/', ' ', '*', '@']);
        findings.require(valid, &format!("server.allowed_hosts[{index}]"), "write a host name, such as mini.local");
    }
}

fn url(key: &str, url: &str, schemes: &[&str], findings: &mut Findings) {
    let valid = url.split_once("://").is_some_and(|(scheme, rest)| schemes.contains(&scheme) && !rest.is_empty());
    if !valid {
        findings.add(key, format!("`{url}` is no address; it begins with {}://", schemes.join(":// or ")), None);
    }
    no_password(key, url, findings);
}

fn no_password(key: &str, url: &str, findings: &mut Findings) {
    let authority = url.split_once("://").and_then(|(_, rest)| rest.split('/').next()).unwrap_or_default();
    if authority.rsplit_once('@').is_some_and(|(user, _)| user.contains(':')) {
        let hint = "use an SSH address or git's credential helper".to_owned();
        findings.add(key, "a password in this file would end up in git", Some(hint));
    }
}

/// Checks runners and agents against each other.
pub(super) fn agents(agents: &Agents) -> Vec<Finding> {
    let mut findings = Findings::default();
    for (name, runner) in &agents.runners {
        let has_program = runner.argv.first().is_some_and(|program| !program.is_empty());
        if runner.kind == RunnerKind::Command && !has_program {
            findings.add(format!("runners.{name}"), "a runner of kind `command` needs `argv` with a program", None);
        }
        for variable in &runner.env_pass {
            let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
            if variable.is_empty() || !variable.chars().all(fits) {
                findings.add(
                    format!("runners.{name}.env_pass"),
                    format!("`{variable}` is no name of a variable"),
                    None,
                );
            }
        }
    }
    for (name, runner) in &agents.runners {
        limits(name, &runner.limits, &mut findings);
    }
    for (id, profile) in &agents.agents {
        if let Some(runner) = profile.runner.as_ref().filter(|runner| !agents.runners.contains_key(*runner)) {
            let near = nearest(runner, agents.runners.keys().map(String::as_str));
            let known = || match agents.runners.keys().cloned().collect::<Vec<_>>().join(", ") {
                none if none.is_empty() => format!("define it below `runners:`, as `{runner}: …`"),
                all => format!("known: {all}"),
            };
            let hint = near.map_or_else(known, |near| format!("did you mean `{near}`?"));
            findings.add(format!("agents.{id}.runner"), format!("there is no runner `{runner}`"), Some(hint));
        }
        if profile.max_concurrent == Some(0) {
            findings.add(format!("agents.{id}.max_concurrent"), "must be 1 or more", None);
        }
    }
    findings.0
}

/// Below the least of these no program starts at all.
fn limits(runner: &str, limits: &Limits, findings: &mut Findings) {
    const MOST: u64 = 1 << 62;
    let ranges = [
        ("memory_bytes", limits.memory_bytes, 16 << 20, MOST),
        ("files", limits.files, 16, 1 << 30),
        ("processes", limits.processes, 1, 1 << 22),
        ("cpu_seconds", limits.cpu_seconds, 1, 30 * 86_400),
    ];
    for (key, value, least, most) in ranges {
        if let Some(value) = value {
            findings.whole(&format!("runners.{runner}.limits.{key}"), value, least, most);
        }
    }
}

/// Checks a review protocol beside those that were read before it.
pub(super) fn protocol(protocol: &Protocol, others: &BTreeMap<String, Protocol>) -> Vec<Finding> {
    let mut findings = Findings::default();
    for (index, task_type) in protocol.task_types.iter().enumerate() {
        let taken =
            others.iter().find(|(_, other)| other.phase == protocol.phase && other.task_types.contains(task_type));
        if let Some((other, _)) = taken {
            let message = format!("`{task_type}` is reviewed by {other} already, and a task has one protocol");
            let hint = format!("leave it out here, or in config/review_protocols/{other}.yaml");
            findings.add(format!("task_types[{index}]"), message, Some(hint));
        }
    }
    findings.whole("reviewers", protocol.reviewers.into(), 1, 10);
    findings.whole("max_rounds", protocol.max_rounds.into(), 1, 100);
    if let Some(threshold) = protocol.confidence_threshold {
        findings.confidence("confidence_threshold", threshold);
    }
    findings.0
}

/// Checks a project's own keys.
pub(super) fn project(project: &ProjectSettings, agents: &Agents) -> Vec<Finding> {
    let mut findings = Findings::default();
    let mut seen = BTreeSet::new();
    for (index, agent) in project.agents.iter().enumerate() {
        findings.require(seen.insert(agent), &format!("agents[{index}]"), "is there twice");
    }
    if let Some(coordinator) = &project.coordinator {
        let listed =
            if project.agents.is_empty() { agents.get(coordinator).is_some() } else { seen.contains(coordinator) };
        let known: Vec<_> = agents.of_project(project).map(|agent| agent.id.as_str()).collect();
        if !listed {
            let near = nearest(coordinator.as_str(), known.iter().copied());
            let hint = near.map(|near| format!("did you mean `{near}`?"));
            findings.add("coordinator", format!("`{coordinator}` is no agent of this project"), hint);
        }
    }
    findings.whole("max_global_agents", project.max_global_agents.unwrap_or(1).into(), 0, 1000);
    findings.0
}
