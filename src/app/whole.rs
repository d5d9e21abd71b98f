//! Putting back the whole root from copies: databases, registry, configuration, scripts, skills, lessons.
//!
//! Nothing may run on the root meanwhile: whoever calls this holds its lock. Everything is unpacked, proved and laid out
//! beside its place first; then what is there is put aside, and the new comes into its place, by renaming. Artefacts,
//! logs and `run/` stay as they are.

mod copies;
mod moving;

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;

pub(super) use self::copies::inflate;
use self::copies::{Found, newest, unpacked};
use super::{
    App,
    backups::{self, NAME, ROOT_PART, TEXTS, TEXTS_OF_PROJECT},
    error::AppError,
    requests::Caller,
};
use crate::{
    config::{
        Root,
        registry::{self, RegistryEntry},
    },
    model::{
        event::{EventKind, Level, NewEvent},
        ids::ProjectId,
    },
    store::{
        DaemonDb,
        backup::{self, Life},
    },
};

/// Global ids of events leap by this much where nobody can tell any more how far they had come.
const LEAP: i64 = 1_000_000;

/// What would be put back.
#[derive(Debug, Clone, Serialize)]
pub struct Plan {
    /// When the copy of the root's own part was made.
    pub made_at: DateTime<Utc>,
    /// The copy of the root's own part.
    pub path: PathBuf,
    /// The projects that come back.
    pub projects: Vec<PlannedProject>,
    /// Projects of that registry that have no copy: they come back empty.
    pub without_copy: Vec<ProjectId>,
    /// Projects that are there now and not in that registry: their folders stay and are no longer listed.
    pub unlisted: Vec<ProjectId>,
    /// True when something is there that would be replaced.
    pub replaces: bool,
    /// Where what is there now would go.
    pub safety_copy: PathBuf,
    /// Where the copy of the root's own part lies unpacked.
    #[serde(skip)]
    unpacked: PathBuf,
    /// Where everything is laid out before it comes into its place.
    #[serde(skip)]
    staged: PathBuf,
}

/// A project that would come back.
#[derive(Debug, Clone, Serialize)]
pub struct PlannedProject {
    /// The project.
    pub project: ProjectId,
    /// When its copy was made.
    pub made_at: DateTime<Utc>,
    /// The copy.
    pub path: PathBuf,
    /// Tasks in it.
    pub tasks_count: i64,
    /// Events in it.
    pub events_count: i64,
    /// True for one that can only be read.
    pub archived: bool,
    /// The file as it lies unpacked.
    #[serde(skip)]
    file: PathBuf,
}

/// What to put back.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The folder of the copies, or of a further place for them.
    pub from: PathBuf,
    /// Only copies that were made until then; the newest when none.
    pub at: Option<DateTime<Utc>>,
}

/// Unpacks and proves everything below `scratch`, which belongs to the caller. Changes nothing else. Blocks.
pub fn plan(root: &Root, wanted: &Wanted, scratch: &Path, now: DateTime<Utc>) -> Result<Plan, AppError> {
    let Some(own) = newest(&wanted.from, ROOT_PART, wanted.at) else {
        let detail = format!("there is no copy of the root's own part in {}", wanted.from.join(ROOT_PART).display());
        return Err(AppError::in_the_way(detail, "name the folder of the backups, and a time after the first of them"));
    };
    let unpacked_root = unpack(&own, &scratch.join(ROOT_PART))?;
    proved(backup::verify(&unpacked_root.join("daemon.db")), &own)?;
    let listed = registry_of(&unpacked_root)?;
    let mut entries: Vec<(ProjectId, bool)> = listed.iter().map(|one| (one.id.clone(), one.is_archived())).collect();
    entries.push((ProjectId::mail(), false));
    let (mut projects, mut without_copy) = (Vec::new(), Vec::new());
    for (project, archived) in entries {
        match newest(&wanted.from, project.as_str(), wanted.at) {
            Some(copy) => projects.push(one(&project, archived, &copy, scratch)?),
            // Without mail there is no project of mail.
            None if project != ProjectId::mail() => without_copy.push(project),
            None => {}
        }
    }
    let now_listed = registry::read(root).unwrap_or_default();
    let kept: BTreeSet<_> = listed.iter().map(|entry| &entry.id).collect();
    Ok(Plan {
        made_at: own.made_at,
        path: own.path,
        projects,
        without_copy,
        unlisted: now_listed.into_iter().map(|entry| entry.id).filter(|id| !kept.contains(id)).collect(),
        replaces: root.daemon_db().exists() || root.registry().exists() || root.default_yaml().exists(),
        safety_copy: root.join(format!("before-restore-{}", now.format(NAME))),
        unpacked: unpacked_root,
        staged: scratch.join("staged"),
    })
}

fn one(project: &ProjectId, archived: bool, copy: &Found, scratch: &Path) -> Result<PlannedProject, AppError> {
    let file = unpack(copy, &scratch.join(format!("{project}.db")))?;
    let proof = proved(backup::verify_of(&file, project), copy)?;
    let (tasks_count, events_count) = (proof.tasks_count, proof.events_count);
    let (project, made_at, path) = (project.clone(), copy.made_at, copy.path.clone());
    Ok(PlannedProject { project, made_at, path, tasks_count, events_count, archived, file })
}

fn unpack(copy: &Found, target: &Path) -> Result<PathBuf, AppError> {
    unpacked(copy, target).map_err(|error| AppError::io(copy.path.display(), &error))
}

fn proved<T>(proof: Result<T, crate::store::OpenError>, copy: &Found) -> Result<T, AppError> {
    proof.map_err(|error| {
        let hint = "nothing was changed; take an older one: `--at TIME` takes what was made until then";
        AppError::in_the_way(format!("the copy {} cannot be used: {error}", copy.path.display()), hint)
    })
}

pub(super) fn registry_of(folder: &Path) -> Result<Vec<RegistryEntry>, AppError> {
    let root = Root::at(folder).map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(registry::read(&root)?)
}

/// Carries out a plan. What was there lies below [`Plan::safety_copy`] afterwards. Blocks.
pub fn carry_out(root: &Root, plan: &Plan) -> Result<(), AppError> {
    let staged = &plan.staged;
    let lives = stage(plan)?;
    let least = match DaemonDb::newest_id_of(&root.daemon_db()) {
        Ok(newest) => newest,
        Err(_) if root.daemon_db().exists() => LEAP + DaemonDb::newest_id_of(&staged.join("daemon.db"))?,
        Err(_) => 0,
    };
    backup::continue_index(&staged.join("daemon.db"), &lives, least)?;
    let swap = || -> io::Result<()> {
        for part in TEXTS.iter().chain(&["daemon.db"]) {
            moving::swap(&staged.join(part), &root.join(part), &plan.safety_copy.join(part))?;
        }
        let projects = |part: &str| (staged.join("projects").join(part), plan.safety_copy.join("projects").join(part));
        let (new, aside) = projects("_registry.yaml");
        moving::swap(&new, &root.registry(), &aside)?;
        for project in &plan.projects {
            let below = place(&project.project, project.archived);
            let (new, aside) = projects(&below);
            for part in TEXTS_OF_PROJECT.iter().chain(&["blackboard.db"]) {
                moving::swap(&new.join(part), &root.projects().join(&below).join(part), &aside.join(part))?;
            }
        }
        for project in &plan.without_copy {
            fs::create_dir_all(root.project(project))?;
        }
        Ok(())
    };
    swap().map_err(|error| {
        let what = format!("the root is half restored; repeat the command, or take {}", plan.safety_copy.display());
        AppError::io(what, &error)
    })
}

/// Where a project lies below the folder of projects.
fn place(project: &ProjectId, archived: bool) -> String {
    if archived { format!("_archived/{project}") } else { project.to_string() }
}

/// Lays everything out as it will lie in the root; answers with the new lives of the databases.
fn stage(plan: &Plan) -> Result<Vec<Life>, AppError> {
    let staged = &plan.staged;
    let io = |error: io::Error| AppError::io(staged.display(), &error);
    for part in TEXTS.iter().chain(&["projects"]) {
        backups::copy_folder(&plan.unpacked.join(part), &staged.join(part)).map_err(io)?;
    }
    backup::copy(&plan.unpacked.join("daemon.db"), &staged.join("daemon.db"))?;
    let mut lives = Vec::new();
    for project in &plan.projects {
        let folder = staged.join("projects").join(place(&project.project, project.archived));
        fs::create_dir_all(&folder).map_err(io)?;
        let (old, last) = backup::restored_life(&project.file)?;
        let fresh = backup::put_in_place(&project.file, &folder.join("blackboard.db"), None)?;
        lives.push(Life { project: project.project.clone(), old, fresh, last });
    }
    Ok(lives)
}

/// Ends what was live when the copies were made, and tells people.
pub async fn settle(app: &App, plan: &Plan, caller: &Caller) -> Result<(), AppError> {
    for project in app.projects().open() {
        backups::fence_all(app, &project).await?;
    }
    let summary = format!("the root was restored by {} from the copy of {}", caller.actor, plan.made_at.to_rfc3339());
    let event = NewEvent::new(EventKind::DaemonState, None, caller.actor.clone(), summary).level(Level::Attention);
    app.daemon().publish(app.now(), event.payload(json!({"restored": plan}))).await?;
    Ok(())
}
