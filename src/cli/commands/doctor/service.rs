//! What the daemon says, and whether the databases are sound.

use std::fs;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::finding::{Finding, Health};
use crate::{
    cli::{
        defaults::Defaults,
        render::{Out, count, daemon::way_out, duration},
        session::Session,
    },
    client::request::Request,
    clock::{Clock, SystemClock},
    config::Root,
    model::ids::ProjectId,
    store::backup,
};

/// An older copy than this is worth a warning, in seconds.
const OLD_BACKUP: i64 = 26 * 3600;

/// Whether the daemon answers, and what it says about itself and its projects.
pub(super) async fn look(defaults: Defaults, out: Out) -> (bool, Vec<Finding>) {
    let session = match Session::open(defaults, out).await {
        Ok(session) => session,
        Err(failure) => return (false, vec![no_daemon(&failure.problem.detail)]),
    };
    let answers = session.has_daemon();
    let asked = session.value(Request::get(["api", "daemon", "status"])).await;
    let jobs = session.value(Request::get(["api", "jobs"])).await;
    let backups = session.value(Request::get(["api", "backups"]).query("limit", Some(1))).await;
    session.close();
    let status = match asked {
        Ok(status) => status,
        Err(failure) => return (answers, vec![no_daemon(&failure.problem.detail)]),
    };
    let mut findings = Vec::new();
    findings.push(if answers { running(&status) } else { no_daemon("it does not run") });
    findings.extend(supervisor(&status));
    findings.extend(loops(&status));
    if let Some(projects) = status["quarantined"].as_object() {
        findings.extend(projects.iter().map(|(id, quarantine)| quarantined(id, quarantine)));
    }
    for (id, project) in status["projects"].as_object().into_iter().flatten() {
        let broken = project["policy"]["last_error"].as_str();
        let hint = "the last good ones are in force; `moziplus script check` shows more";
        findings.extend(broken.map(|error| Finding::warning(format!("scripts of {id}"), error, hint)));
        let failing = project["policy"]["failing"].as_array().into_iter().flatten().map(super::super::status::failing);
        let hint = "mend the script; until then the built-in hook answers in its place";
        findings.extend(failing.map(|what| Finding::warning(format!("scripts of {id}"), what, hint)));
    }
    findings.extend(backups.ok().map(|backups| newest_backup(&backups, &status)));
    findings.extend(jobs.ok().iter().flat_map(failed_jobs));
    (answers, findings)
}

fn no_daemon(why: &str) -> Finding {
    Finding::warning("daemon", why, "start it with `moziplus serve`, or `moziplus service install` for good")
}

fn running(status: &Value) -> Finding {
    let version = status["version"].as_str().unwrap_or("-");
    if version != env!("CARGO_PKG_VERSION") {
        let detail = format!("answers, with version {version}; this program is {}", env!("CARGO_PKG_VERSION"));
        return Finding::warning("daemon", detail, "restart it: agents go on meanwhile");
    }
    match status["ticker_running"].as_bool() {
        Some(false) => Finding::warning("daemon", "answers, and its ticker is stopped", "moziplus daemon start"),
        _ => Finding::ok("daemon", format!("answers, version {version}")),
    }
}

/// A supervisor that hangs, with its process and the way out.
fn supervisor(status: &Value) -> Option<Finding> {
    let since = status["supervisor_silent_since"].as_str()?;
    let pids = status["supervisor_pids"].as_array().into_iter().flatten();
    let pids: Vec<i32> = pids.filter_map(|pid| pid.as_i64()?.try_into().ok()).collect();
    let detail = format!("does not answer since {since}: agents go on, and none can be started");
    Some(Finding::failed("supervisor", detail, way_out(&pids)))
}

fn loops(status: &Value) -> Vec<Finding> {
    let loops = status["loops"].as_object().into_iter().flatten();
    let failing = loops.filter_map(|(name, health)| Some((name, health["last_error"].as_str()?)));
    let hint = "it is tried again by itself; logs/daemon.log says more";
    failing.map(|(name, error)| Finding::warning(format!("loop {name}"), error, hint)).collect()
}

fn quarantined(id: &str, quarantine: &Value) -> Finding {
    let text = |field: &str| quarantine[field].as_str().unwrap_or_default();
    Finding::failed(format!("project {id}"), text("reason"), text("hint"))
}

fn newest_backup(backups: &Value, status: &Value) -> Finding {
    let hint = "make one now: `moziplus backup run`; the job `backup` of config/default.yaml makes them by itself";
    let overdue: Vec<_> =
        status["overdue_backups"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if !overdue.is_empty() {
        let detail = format!("there is no fresh one of {} (backup.alarm_hours)", overdue.join(", "));
        return Finding::warning("backup", detail, hint);
    }
    let made: Option<DateTime<Utc>> = backups["items"][0]["created_at"].as_str().and_then(|at| at.parse().ok());
    match made.map(|made| (SystemClock.now() - made).num_seconds()) {
        Some(age) if age > OLD_BACKUP => {
            Finding::warning("backup", format!("the newest is {} old", duration(age)), hint)
        }
        Some(age) => Finding::ok("backup", format!("the newest is {} old", duration(age))),
        None => Finding::warning("backup", "there is none", hint),
    }
}

fn failed_jobs(jobs: &Value) -> Vec<Finding> {
    let jobs = jobs["items"].as_array().into_iter().flatten();
    let failed = jobs.filter(|job| matches!(job["last_run"]["outcome"].as_str(), Some("failed" | "timed_out")));
    let finding = |job: &Value| {
        let name = job["name"].as_str().unwrap_or_default();
        let message = job["last_run"]["message"].as_str().unwrap_or("it failed");
        Finding::warning(
            format!("job {name}"),
            message,
            format!("`moziplus job history {name}`, `moziplus job run {name}`"),
        )
    };
    failed.map(finding).collect()
}

/// Whether each database is sound, looked at as they lie there: reading harms no daemon.
pub(super) fn databases(root: &Root) -> Vec<Finding> {
    let mut files = vec![("daemon.db".to_owned(), root.daemon_db(), None)];
    let projects = fs::read_dir(root.projects()).into_iter().flatten().flatten();
    for project in projects {
        let name = project.file_name().to_string_lossy().into_owned();
        if let Ok(id) = ProjectId::parse(&name) {
            files.push((format!("database of {id}"), root.blackboard(&id), Some(id)));
        }
    }
    let there = files.into_iter().filter(|(_, path, _)| path.exists());
    let findings = there.map(|(check, path, project)| {
        let proof = match &project {
            Some(project) => backup::verify_of(&path, project),
            None => backup::verify(&path),
        };
        match proof {
            Ok(found) if project.is_some() => {
                Finding::ok(check, format!("sound, {}", count(found.tasks_count, "task")))
            }
            Ok(_) => Finding::ok(check, "sound"),
            Err(error) => Finding::new(check, Health::Failed, error.to_string()).hint(error.hint()),
        }
    });
    findings.collect()
}
