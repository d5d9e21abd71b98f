//! Effects that look after what has gathered: lessons, archives, records, reports.

use std::sync::Arc;

use chrono::TimeDelta;
use rhai::{Dynamic, Map};
use serde::Deserialize;

use super::{Effects, Thrown, arguments, project_id, remove, since};
use crate::{
    app::{App, AppError, Project, knowledge, retention, skills},
    store::{
        StoreError, Tx, dead_letters, deliveries, experiences, inbox_keys, job_runs, policy_decisions,
        reports::{self, Figures},
        webhooks_in,
    },
};

/// What `prune_records` takes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeepRecords {
    /// Days that decisions of policy scripts are kept.
    decision_days: Option<i64>,
    /// Days that runs of jobs are kept.
    job_days: Option<i64>,
    /// Days that deliveries are kept.
    delivery_days: Option<i64>,
    /// Days that late writes are kept.
    dead_letter_days: Option<i64>,
}

impl Effects {
    /// Deprecates the lessons that the project's `should_expire` gives up; answers with how many.
    pub(super) fn expire_experiences(&self, project: &str) -> Result<i64, Thrown> {
        let id = project_id(project)?;
        let project = self.app.open_project(&id).map_err(|error| error.to_string())?;
        let expired = self.wait(expire(&self.app, &project))?;
        Ok(count(expired))
    }

    /// Asks about every skill whether it is promoted or steps down; answers with how many changed.
    pub(super) fn review_skills(&self) -> Result<i64, Thrown> {
        let changed = self.wait(skills::judging::all(&self.app))?;
        Ok(count(changed))
    }

    /// Removes archives of attempts of tasks that were finished so many days ago; answers with how many.
    pub(super) fn prune_sessions(&self, days: i64) -> Result<i64, Thrown> {
        let before = self.app.now() - positive("prune_sessions", days)?;
        let mut removed = 0;
        for project in self.app.projects().usable() {
            let read = async {
                project.store.read(move |db| Ok::<_, AppError>(reports::finished_attempts(db, before)?)).await
            };
            for (task, number) in self.wait(read)? {
                let archive = retention::artifacts(&self.app, &project).join(task.to_string()).join("archive");
                let folder = archive.join(number.to_string());
                if folder.is_dir() {
                    remove(&folder)?;
                    removed += 1;
                }
            }
        }
        Ok(removed)
    }

    /// Forgets old decisions of scripts, keys of inbox lines of the same age, late writes, deliveries and runs of jobs;
    /// answers with how many rows.
    pub(super) fn prune_records(&self, keep: Map) -> Result<i64, Thrown> {
        let keep: KeepRecords = arguments("prune_records", keep)?;
        let now = self.app.now();
        let mut removed = 0;
        if let Some(days) = keep.decision_days {
            let before = now - positive("prune_records", days)?;
            removed += self
                .in_each_project(move |tx| Ok(policy_decisions::prune(tx, before)? + inbox_keys::prune(tx, before)?))?;
        }
        if let Some(days) = keep.dead_letter_days {
            let before = now - positive("prune_records", days)?;
            removed += self.in_each_project(move |tx| dead_letters::prune(tx, before))?;
        }
        if let Some(days) = keep.job_days {
            let before = now - positive("prune_records", days)?;
            let prune = move |tx: &mut Tx<'_>| job_runs::forget_before(tx, before);
            removed += self.wait(async { Ok(self.app.daemon().write::<_, StoreError, _>(now, prune).await?) })?;
        }
        if let Some(days) = keep.delivery_days {
            let before = now - positive("prune_records", days)?;
            let prune = move |tx: &mut Tx<'_>| Ok(deliveries::prune(tx, before)? + webhooks_in::prune(tx, before)?);
            removed += self.wait(async { Ok(self.app.daemon().write::<_, StoreError, _>(now, prune).await?) })?;
        }
        Ok(count(removed))
    }

    /// Has every project forget something; answers with how many rows.
    fn in_each_project(
        &self,
        prune: impl Fn(&mut Tx<'_>) -> Result<usize, StoreError> + Clone + Send + 'static,
    ) -> Result<usize, Thrown> {
        let (now, mut removed) = (self.app.now(), 0);
        for project in self.app.projects().usable() {
            let prune = prune.clone();
            let write = project.store.write::<_, StoreError, _>(now, move |tx: &mut Tx<'_>| prune(tx));
            removed += self.wait(async { Ok(write.await?) })?;
        }
        Ok(removed)
    }

    /// Forgets old events; answers with how many.
    pub(super) fn prune_events(&self, days: i64) -> Result<i64, Thrown> {
        let before = self.app.now() - positive("prune_events", days)?;
        Ok(count(self.wait(retention::prune_events(&self.app, before))?))
    }

    /// Removes the files of tasks that were finished so many days ago; answers with of how many tasks.
    pub(super) fn prune_artifacts(&self, days: i64) -> Result<i64, Thrown> {
        let before = self.app.now() - positive("prune_artifacts", days)?;
        Ok(count(self.wait(retention::prune_artifacts(&self.app, before))?))
    }

    /// What happened in a project since a time: figures, and the same as one line of text.
    pub(super) fn report(&self, project: &str, from: &Dynamic) -> Result<Dynamic, Thrown> {
        let id = project_id(project)?;
        let since = since(&self.app, from)?;
        let project = self.app.open_project(&id).map_err(|error| error.to_string())?;
        let read = async { project.store.read(move |db| Ok::<_, AppError>(reports::figures(db, since)?)).await };
        let figures = self.wait(read)?;
        let mut report: Map = rhai::serde::to_dynamic(&figures)?.cast();
        report.insert("project".into(), id.to_string().into());
        report.insert("text".into(), in_words(id.as_str(), &figures).into());
        Ok(report.into())
    }
}

async fn expire(app: &App, project: &Project) -> Result<usize, AppError> {
    let now = app.now();
    let lessons =
        project.store.read(move |db| Ok::<_, AppError>(experiences::active_facts(db, now.timestamp_millis())?));
    let context = knowledge::context(app, project)?;
    let mut expired = Vec::new();
    for lesson in lessons.await? {
        let lesson = Arc::new(lesson);
        if project.library.should_expire(&lesson, &context).await.answer {
            expired.push(lesson.id);
        }
    }
    let found = expired.len();
    if found > 0 {
        let deprecate = move |tx: &mut Tx<'_>| experiences::deprecate(tx, &expired);
        project.store.write::<_, StoreError, _>(now, deprecate).await?;
    }
    Ok(found)
}

fn in_words(project: &str, figures: &Figures) -> String {
    let Figures { created, done, failed, attempts, tokens, open, waiting, .. } = figures;
    let mut text = format!("{project}: {done} done, {failed} failed, {created} new, {open} open, {attempts} attempts");
    if *tokens > 0 {
        text += &format!(", {tokens} tokens");
    }
    if *waiting > 0 {
        text += &format!(", {waiting} wait for a decision");
    }
    text
}

fn positive(function: &str, days: i64) -> Result<TimeDelta, Thrown> {
    let span = TimeDelta::try_days(days).filter(|_| (1..=36_500).contains(&days));
    span.ok_or_else(|| format!("{function}: {days} is no number of days; write 1 to 36500").into())
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
