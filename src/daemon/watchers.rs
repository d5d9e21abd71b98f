//! Loops that watch files: the configuration, prompt templates, the scripts of every project, and skills.

use std::{collections::BTreeSet, io, path::PathBuf, sync::Arc, time::Duration};

use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::{logs::Logs, repeats};
use crate::{
    agent::prompt::Templates,
    app::{App, AppError, backups, projects, scripts, skills, status},
    model::{
        event::{EventKind, Level, NewEvent},
        ids::{Actor, ProjectId},
    },
    process::manager::Manager,
    watch::{Spec, Watch},
};

/// Puts changed configuration in force, and tells those who watch what is broken.
pub async fn config(app: App, logs: Arc<Option<Logs>>, stop: CancellationToken) -> io::Result<()> {
    let (mut changes, mut levels) = (app.config().changes(), app.control().log_level());
    let watching = app.config().clone().watch(stop.clone());
    tokio::pin!(watching);
    loop {
        tokio::select! {
            ended = &mut watching => return ended,
            () = stop.cancelled() => return Ok(()),
            changed = levels.changed() => {
                if changed.is_err() {
                    return Ok(());
                }
                set_level(&app, &logs);
            }
            changed = changes.changed() => {
                if changed.is_err() {
                    return Ok(());
                }
                set_level(&app, &logs);
                projects::retry_quarantined(&app).await;
                announce(&app).await;
                app.control().projects_changed();
            }
        }
    }
}

/// What was set while the daemon runs goes before the configuration.
fn set_level(app: &App, logs: &Option<Logs>) {
    let set = *app.control().log_level().borrow();
    if let Some(logs) = logs {
        logs.set_level(set.unwrap_or(app.config().settings().logging.level));
    }
}

async fn announce(app: &App) {
    let errors: Vec<_> = app.config().last_errors().iter().map(ToString::to_string).collect();
    let (level, summary) = if errors.is_empty() {
        (Level::Routine, "changed configuration is in force".to_owned())
    } else {
        (Level::Urgent, format!("broken configuration; the last good one stays in force: {}", errors.join("; ")))
    };
    let payload = json!({"config_errors": errors, "needs_restart": app.config().needs_restart()});
    let event = NewEvent::new(EventKind::DaemonState, None, Actor::Daemon, summary).level(level).payload(payload);
    if let Err(error) = app.daemon().publish(app.now(), event).await {
        tracing::warn!(%error, "a change of the configuration could not be announced");
    }
}

/// Puts changed scripts in force in every project that they concern.
pub async fn policies(app: App, stop: CancellationToken) -> io::Result<()> {
    let watch = Watch::start(Spec::new(folders(&app), vec!["rhai"]))?;
    let (mut changes, mut projects) = (watch.changes(), app.control().projects());
    loop {
        // Also at the start: something may have changed between the opening of a project and the first look.
        for project in app.projects().open() {
            scripts::reload(&app, &project).await;
        }
        tokio::select! {
            () = stop.cancelled() => return Ok(()),
            changed = changes.changed() => {
                if changed.is_err() {
                    return Err(io::Error::other("the folders of the scripts are no longer watched"));
                }
            }
            changed = projects.changed() => {
                if changed.is_err() {
                    return Ok(());
                }
                watch.set_folders(folders(&app));
            }
        }
    }
}

/// Tells those who watch which prompt templates are broken. Prompts find a changed template by themselves.
pub async fn templates(app: App, stop: CancellationToken) -> io::Result<()> {
    let watch = Watch::start(Spec::new(vec![app.root().prompt_templates()], vec!["md"]))?;
    let mut changes = watch.changes();
    let mut known = app.control().health().template_faults;
    loop {
        let templates = Templates::new(app.root().prompt_templates());
        let faults = tokio::task::spawn_blocking(move || templates.faults()).await?;
        let faults: Vec<_> = faults.iter().map(ToString::to_string).collect();
        if faults != known {
            tell_templates(&app, &faults).await;
            known = faults;
        }
        tokio::select! {
            () = stop.cancelled() => return Ok(()),
            changed = changes.changed() => {
                if changed.is_err() {
                    return Err(io::Error::other("the prompt templates are no longer watched"));
                }
            }
        }
    }
}

async fn tell_templates(app: &App, faults: &[String]) {
    app.control().report(|health| health.template_faults = faults.to_vec());
    let (level, summary) = if faults.is_empty() {
        (Level::Routine, "the prompt templates are sound again".to_owned())
    } else {
        let broken = faults.join("; ");
        tracing::error!(%broken, "prompt templates are broken; the built-in ones are used");
        (Level::Attention, format!("broken prompt templates; the built-in ones are used: {broken}"))
    };
    let event = NewEvent::new(EventKind::DaemonState, None, Actor::Daemon, summary).level(level);
    let event = event.payload(json!({"template_faults": faults}));
    if let Err(error) = app.daemon().publish(app.now(), event).await {
        tracing::warn!(%error, "a change of the prompt templates could not be announced");
    }
}

/// Tells about skills that were changed by other means than moziplus, and about what is broken among them.
pub async fn skills(app: App, stop: CancellationToken) -> io::Result<()> {
    let watch = Watch::start(Spec::new(skill_folders(&app), vec!["md", "yaml"]))?;
    let (mut changes, mut projects) = (watch.changes(), app.control().projects());
    let mut watched = skills::watching::Watched::default();
    loop {
        watched.look(&app).await;
        tokio::select! {
            () = stop.cancelled() => return Ok(()),
            changed = changes.changed() => {
                if changed.is_err() {
                    return Err(io::Error::other("the folders of the skills are no longer watched"));
                }
            }
            changed = projects.changed() => {
                if changed.is_err() {
                    return Ok(());
                }
                watch.set_folders(skill_folders(&app));
            }
        }
    }
}

fn skill_folders(app: &App) -> Vec<PathBuf> {
    let own = app.projects().open().into_iter().map(|project| app.root().project_skills(&project.id));
    own.chain([app.root().skills()]).collect()
}

/// Tells people that nobody is started any more, or again; false when that could not be written, as on a full disk.
async fn tell_of_disk(app: &App, is_low: bool, free: u64) -> bool {
    let (level, summary) = if is_low {
        (
            Level::Urgent,
            "the disk is almost full, of bytes or of files (inodes): nobody is started until there is space",
        )
    } else {
        (Level::Routine, "there is space on the disk again: agents are started")
    };
    let event = NewEvent::new(EventKind::DaemonState, None, Actor::Daemon, summary).level(level);
    let published = app.daemon().publish(app.now(), event.payload(json!({"disk_free_bytes": free}))).await;
    tracing::warn!(free, "{summary}");
    published.is_ok()
}

/// True when a disk can hardly take another file: under a fiftieth of its inodes, and under [`FEW_INODES`]. Some file
/// systems count none.
#[expect(clippy::unnecessary_cast, reason = "the types of these fields differ between systems")]
fn has_few_inodes(space: &nix::sys::statvfs::Statvfs) -> bool {
    are_few(space.files_available() as u64, space.files() as u64)
}

fn are_few(free: u64, all: u64) -> bool {
    all > 0 && free < FEW_INODES.min(all / 50)
}

/// Looks at the free space of the root's disk, so that nobody is started on a full one.
pub async fn disk(app: App, interval: Duration, stop: CancellationToken) -> io::Result<()> {
    // On a disk that is quite full nobody can be told; then people hear of it when there is space again.
    let (mut was_low, mut untold) = (false, false);
    loop {
        let path = app.root().path().to_owned();
        let space = tokio::task::spawn_blocking(move || nix::sys::statvfs::statvfs(&path)).await?;
        let space = space.map_err(io::Error::from)?;
        let free = bytes_free(&space);
        let few_inodes = has_few_inodes(&space);
        app.control().report(|health| {
            health.disk_free_bytes = Some(free);
            health.few_inodes = few_inodes;
        });
        match repeats::left_out() {
            0 => {}
            lines => tracing::info!(lines, "repeated lines were left out of the log (logging.repeats_per_minute)"),
        }
        let is_low = status::is_disk_low(&app);
        if is_low != was_low || (untold && !is_low) {
            untold = !tell_of_disk(&app, is_low, free).await;
            if !untold {
                was_low = is_low;
            }
        }
        app.control().report_round("disk", app.now(), None);
        tokio::select! {
            () = stop.cancelled() => return Ok(()),
            () = tokio::time::sleep(interval) => {}
        }
    }
}

/// Without a full tick for so many of its intervals, or this long, the daemon does not count as alive.
const MISSED_TICKS: f64 = 10.0;
const LONGEST_SILENCE: f64 = 300.0;

/// Tells the service manager that the daemon is alive for as long as it ticks, or was told not to.
pub async fn pulse(app: App, manager: Manager) {
    let Some(period) = manager.watchdog else { return };
    loop {
        if is_alive(&app) {
            manager.alive();
        }
        tokio::time::sleep(period / 3).await;
    }
}

fn is_alive(app: &App) -> bool {
    let health = app.control().health();
    let limit = (app.config().settings().daemon.tick_interval * MISSED_TICKS).max(LONGEST_SILENCE);
    let since = health.last_tick.max(health.started_at);
    !*app.control().ticking().borrow() || since.is_none_or(|at| ((app.now() - at).num_seconds() as f64) < limit)
}

/// Free inodes under which nobody is started: an attempt makes some ten files.
const FEW_INODES: u64 = 2000;
/// How often the age of the newest copy is looked at.
const COPIES_INTERVAL: Duration = Duration::from_secs(60);

/// Looks at the age of the newest copy of each project, and of the root's own part: too old is an alarm, told once until
/// there is a new one. What killed copies have left goes.
pub async fn copies(app: App, stop: CancellationToken) -> Result<(), AppError> {
    let mut told = BTreeSet::new();
    loop {
        if let Some(started) = app.control().health().started_at
            && backups::clear_debris(&app, started).await? > 0
        {
            tracing::info!("what copies that were killed had left was removed");
        }
        let newest = backups::newest(&app).await?;
        app.control().report(|health| health.backups = newest);
        app.control().report_round("copies", app.now(), None);
        let overdue = backups::overdue(&app);
        for part in overdue.iter().filter(|part| !told.contains(*part)) {
            tell_overdue(&app, part).await?;
        }
        told = overdue.into_iter().collect();
        tokio::select! {
            () = stop.cancelled() => return Ok(()),
            () = tokio::time::sleep(COPIES_INTERVAL) => {}
        }
    }
}

async fn tell_overdue(app: &App, part: &str) -> Result<(), AppError> {
    let now = app.now();
    let newest = app.control().health().backups.get(part).copied();
    let age = newest.and_then(|newest| newest.age(now)).unwrap_or_default();
    let summary = match newest.and_then(|newest| newest.at) {
        Some(_) => format!("the newest backup of {part} is {} hours old", age.num_hours()),
        None => format!("there is no backup of {part} after {} hours", age.num_hours()),
    };
    let event = NewEvent::new(EventKind::BackupFinished, None, Actor::Daemon, summary).level(Level::Attention);
    let event = event.payload(json!({"of": part, "age_seconds": age.num_seconds()}));
    match ProjectId::parse(part) {
        Ok(project) => app.daemon().publish_about(now, &project, event).await?,
        Err(_) => app.daemon().publish(now, event).await?,
    }
    Ok(())
}

#[expect(clippy::unnecessary_cast, reason = "the types of these fields differ between systems")]
fn bytes_free(space: &nix::sys::statvfs::Statvfs) -> u64 {
    space.blocks_available() as u64 * space.fragment_size() as u64
}

fn folders(app: &App) -> Vec<PathBuf> {
    let own = app.projects().open().into_iter().map(|project| app.root().project_scripts(&project.id));
    own.chain([app.root().scripts()]).collect()
}

#[cfg(test)]
mod tests {
    use super::are_few;

    #[test]
    fn few_inodes_are_few_of_those_there_are() {
        assert!(are_few(1999, 1_000_000) && !are_few(2000, 1_000_000));
        assert!(are_few(7, 400) && !are_few(8, 400));
        assert!(!are_few(0, 0), "some file systems count none");
    }
}
