//! What job scripts can do. Each function answers when the thing is done, or throws an error that can be caught.

use std::{
    collections::VecDeque,
    future::Future,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use chrono::{DateTime, Utc};
use rhai::{Dynamic, Engine, EvalAltResult, Map, Position};
use serde::Deserialize;
use serde_json::json;
use tokio::runtime::Handle;
use tokio_util::sync::CancellationToken;

use super::keep::Keep;
use crate::{
    app::{App, AppError, Caller, backup_targets, backups, drill, git, mail, notices, requests::NewMail},
    model::{
        event::{EventKind, Level, NewEvent},
        ids::{Actor, InvalidId, ProjectId},
        mail::MailKind,
    },
    policy::facts,
};

mod upkeep;

/// A script's error.
type Thrown = Box<EvalAltResult>;

/// What the functions of one run share; cheap to clone.
#[derive(Clone)]
pub(super) struct Effects {
    app: App,
    runtime: Handle,
    deadline: Instant,
    stop: CancellationToken,
    said: Said,
}

/// The newest lines that a script logged.
#[derive(Clone, Default)]
pub(super) struct Said(Arc<Mutex<VecDeque<String>>>);

/// Lines that are kept of a run.
const MOST_LINES: usize = 100;
/// Characters that are kept of a line.
const LONGEST_LINE: usize = 2000;

impl Said {
    /// The newest line.
    pub(super) fn last(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).back().cloned()
    }
}

impl Effects {
    pub(super) fn new(app: App, runtime: Handle, deadline: Instant, stop: CancellationToken) -> Self {
        Self { app, runtime, deadline, stop, said: Said::default() }
    }

    pub(super) fn said(&self) -> Said {
        self.said.clone()
    }

    pub(super) fn deadline(&self) -> Instant {
        self.deadline
    }

    /// Why the run has to end now, if it has to.
    pub(super) fn over(&self) -> Option<&'static str> {
        match (self.stop.is_cancelled(), Instant::now() >= self.deadline) {
            (true, _) => Some("the daemon stops"),
            (_, true) => Some("the time of the job is over (timeout_seconds)"),
            _ => None,
        }
    }

    /// Notes a line.
    pub(super) fn say(&self, text: &str) {
        let line: String = text.chars().take(LONGEST_LINE).collect();
        tracing::info!(target: "moziplus::jobs", "{line}");
        let mut lines = self.said.0.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() == MOST_LINES {
            lines.pop_front();
        }
        lines.push_back(line);
    }

    /// Waits for something on the runtime. When the run has to end, the script cannot catch that.
    fn wait<T>(&self, work: impl Future<Output = Result<T, AppError>>) -> Result<T, Thrown> {
        if let Some(reason) = self.over() {
            return Err(terminated(reason));
        }
        let bounded = async {
            tokio::select! {
                () = self.stop.cancelled() => Err(terminated("the daemon stops")),
                result = tokio::time::timeout_at(self.deadline.into(), work) => match result {
                    Ok(result) => result.map_err(|error| error.to_string().into()),
                    Err(_) => Err(terminated("the time of the job is over (timeout_seconds)")),
                },
            }
        };
        self.runtime.block_on(bounded)
    }

    fn backup_database(&self, project: &str) -> Result<Dynamic, Thrown> {
        let id = project_id(project)?;
        let copied = self.wait(backups::backup_project(&self.app, &id))?;
        rhai::serde::to_dynamic(copied)
    }

    fn backup_root(&self) -> Result<Dynamic, Thrown> {
        let copied = self.wait(backups::backup_root(&self.app))?;
        rhai::serde::to_dynamic(copied)
    }

    fn verify_backup(&self, path: &str) -> Result<Dynamic, Thrown> {
        let path = backups::path_of(&self.app, path);
        let verified = self.wait(backups::verify(path))?;
        rhai::serde::to_dynamic(verified)
    }

    /// Removes copies that no hour, day or week needs any more; answers with how many. Each project is thinned out by
    /// itself, and its safety copies apart from the others; those of `except` stay as they are.
    fn prune_backups(&self, mut keep: Map) -> Result<i64, Thrown> {
        let except = keep.remove("except").map(|list| rhai::serde::from_dynamic::<Vec<String>>(&list)).transpose();
        let except = except.map_err(|error| format!("prune_backups: except: {error}"))?.unwrap_or_default();
        let keep: Keep = arguments("prune_backups", keep)?;
        let copies = self.wait(backups::list(&self.app))?;
        let mut groups = std::collections::BTreeMap::<(&str, bool), Vec<&backups::BackupView>>::new();
        for copy in copies.iter().filter(|copy| !except.iter().any(|part| part == copy.part())) {
            groups.entry((copy.part(), copy.is_safety_copy)).or_default().push(copy);
        }
        let mut removed = 0;
        for group in groups.values() {
            let times: Vec<DateTime<Utc>> = group.iter().map(|copy| copy.created_at).collect();
            for index in super::keep::superfluous(&times, keep) {
                remove(&group[index].path)?;
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// Copies archived projects that have changed since their newest copy: they are in no list of open ones.
    fn backup_archived(&self) -> Result<i64, Thrown> {
        let copied = self.wait(backups::run_archived(&self.app))?;
        Ok(i64::try_from(copied).unwrap_or(i64::MAX))
    }

    fn list_projects(&self) -> rhai::Array {
        self.app.projects().open().iter().map(|project| Dynamic::from(project.id.to_string())).collect()
    }

    fn git_commit(&self, message: &str) -> Result<Dynamic, Thrown> {
        let commit = self.wait(git::commit(&self.app, message))?;
        Ok(commit.map_or(Dynamic::UNIT, Dynamic::from))
    }

    fn git_push(&self) -> Result<i64, Thrown> {
        let pushed = self.wait(git::push(&self.app))?;
        Ok(i64::try_from(pushed).unwrap_or(i64::MAX))
    }

    /// Writes to an agent or a person, for information, or by SMTP to a mail address; answers with the mail's number, or
    /// with that of the delivery, whose log tells whether it arrived.
    fn mail(&self, to: &str, subject: &str, body: &str) -> Result<i64, Thrown> {
        if to.contains('@') {
            return self.wait(notices::mail(&self.app, to, subject, body));
        }
        let to: Actor = to.parse().map_err(|error: InvalidId| format!("mail: {error}"))?;
        let new = NewMail {
            to: Some(to),
            subject: Some(subject.to_owned()),
            body: body.to_owned(),
            kind: Some(MailKind::Inform),
            in_reply_to: None,
            deadline_seconds: None,
        };
        Ok(self.wait(mail::send(&self.app, &Caller::new(Actor::Daemon), new))?.id)
    }

    fn notify(&self, level: &str, text: &str) -> Result<(), Thrown> {
        let level: Level = level.parse().map_err(|error: crate::model::words::UnknownWord| error.to_string())?;
        let event = NewEvent::new(EventKind::DaemonState, None, Actor::Daemon, text).level(level);
        let event = event.payload(json!({"by": "job"}));
        let published = async { Ok(self.app.daemon().publish(self.app.now(), event).await?) };
        self.wait(published)
    }

    /// Takes copies to the further places of `backup.targets`; answers with how many went out.
    fn send_backups(&self) -> Result<i64, Thrown> {
        let sent = self.wait(backup_targets::send(&self.app))?;
        Ok(i64::try_from(sent).unwrap_or(i64::MAX))
    }

    fn drill_backups(&self) -> Result<Dynamic, Thrown> {
        rhai::serde::to_dynamic(self.wait(drill::run(&self.app))?)
    }
}

/// One function a line: the closure gets its own clone.
macro_rules! offer {
    ($($name:literal => |$this:ident $(, $arg:ident: $type:ty)*| $body:expr;)+) => {
        /// Offers the functions to the scripts of an engine.
        pub(super) fn register(engine: &mut Engine, effects: &Effects) {
            $({
                let $this = effects.clone();
                engine.register_fn($name, move |$($arg: $type),*| $body);
            })+
        }

        /// Names, each with its parameters.
        #[cfg(test)]
        const OFFERED: &[(&str, &[&str])] = &[$(($name, &[$(stringify!($arg)),*])),+];
    };
}

offer! {
    "backup_database" => |this, project: &str| this.backup_database(project);
    "backup_archived" => |this| this.backup_archived();
    "backup_root" => |this| this.backup_root();
    "verify_backup" => |this, path: &str| this.verify_backup(path);
    "send_backups" => |this| this.send_backups();
    "drill_backups" => |this| this.drill_backups();
    "prune_backups" => |this, keep: Map| this.prune_backups(keep);
    "list_projects" => |this| this.list_projects();
    "git_commit" => |this, message: &str| this.git_commit(message);
    "git_push" => |this| this.git_push();
    "expire_experiences" => |this, project: &str| this.expire_experiences(project);
    "review_skills" => |this| this.review_skills();
    "prune_sessions" => |this, days: i64| this.prune_sessions(days);
    "prune_records" => |this, keep: Map| this.prune_records(keep);
    "prune_events" => |this, days: i64| this.prune_events(days);
    "prune_artifacts" => |this, days: i64| this.prune_artifacts(days);
    "report" => |this, project: &str, since: Dynamic| this.report(project, &since);
    "notify" => |this, level: &str, text: &str| this.notify(level, text);
    "mail" => |this, to: &str, subject: &str, body: &str| this.mail(to, subject, body);
    "log" => |this, text: Dynamic| this.say(&text.to_string());
}

/// An error that no script can catch.
fn terminated(reason: &'static str) -> Thrown {
    EvalAltResult::ErrorTerminated(reason.into(), Position::NONE).into()
}

fn project_id(text: &str) -> Result<ProjectId, Thrown> {
    ProjectId::parse(text).map_err(|error| error.to_string().into())
}

/// The options of a function, given as a map.
fn arguments<T: for<'de> Deserialize<'de>>(function: &str, map: Map) -> Result<T, Thrown> {
    let value = Dynamic::from_map(map);
    rhai::serde::from_dynamic(&value).map_err(|error| format!("{function}: {error}").into())
}

/// A point in time that a script gave: a `Time`, an RFC 3339 text, or `()` for the last day.
fn since(app: &App, given: &Dynamic) -> Result<DateTime<Utc>, Thrown> {
    if given.is_unit() {
        return Ok(app.now() - chrono::TimeDelta::days(1));
    }
    if let Some(time) = facts::time_of(given) {
        return Ok(time);
    }
    let text = given.to_string();
    let parsed = DateTime::parse_from_rfc3339(&text).map(|time| time.to_utc());
    parsed.map_err(|_| format!("`{text}` is not a time; write it like 2026-01-31T08:00:00Z").into())
}

fn remove(path: &PathBuf) -> Result<(), Thrown> {
    let removed = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
    match removed {
        // Somebody else was faster.
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(format!("{} cannot be removed: {error}", path.display()).into())
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::job_scripts;

    #[test]
    fn the_reference_has_every_function() {
        let told = job_scripts::FUNCTIONS.iter().map(|doc| doc.signature.split(" -> ").next().unwrap_or_default());
        let mut told: Vec<_> = told.map(str::to_owned).collect();
        let mut offered: Vec<_> =
            OFFERED.iter().map(|(name, params)| format!("{name}({})", params.join(", "))).collect();
        told.sort();
        offered.sort();
        assert_eq!(told, offered);
    }
}
