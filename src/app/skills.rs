//! Skills: which there are and what their use came to, and the changes that people make.
//!
//! What the core does by itself is in [`drafts`] (a skill from lessons) and [`judging`] (up and down by use); which of
//! them an attempt gets is in [`choosing`].

pub mod choosing;
pub mod drafts;
pub mod judging;
pub mod watching;

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use serde_json::json;
use tokio::sync::{Mutex, MutexGuard};

use super::{App, Caller, error::AppError, git};
use crate::{
    model::{
        event::{EventKind, Level, NewEvent},
        ids::{Actor, ProjectId, SkillId},
        skill::{SkillLevel, SkillSource, SkillStatus, SkillUse, UseCounts},
    },
    skills::{
        Catalog, Fault, Folders, Meta, Package, Shelf, Skill, SkillError,
        document::{self, Form},
        folder::{self, Version},
        package::DOCUMENT,
    },
    store::{Db, StoreError, Tx, skill_uses},
};

/// Newest uses that are shown of a skill.
const USES: i64 = 20;

/// Whose skills: a project's, or (none) those of all projects.
pub type Place<'a> = Option<&'a ProjectId>;

/// Version and status of skills by whose they are (a project's, or none: those of all projects).
type Told = BTreeMap<(Option<ProjectId>, SkillId), (i64, SkillStatus)>;

/// What the operations on skills share.
#[derive(Default)]
pub struct Skills {
    shelf: Shelf,
    /// Held while a skill's files are changed, so that one change does not read what another is about to write.
    changing: Mutex<()>,
    /// What was told of changes that moziplus has made itself, for whoever watches the files and would tell it again.
    told: std::sync::Mutex<Told>,
}

/// A skill, and what came of its use since its status last changed.
#[derive(Debug, Clone)]
pub struct SkillView {
    /// The skill.
    pub skill: Arc<Skill>,
    /// Its uses.
    pub counts: UseCounts,
}

/// Everything about a skill.
#[derive(Debug, Clone)]
pub struct SkillDetail {
    /// The skill.
    pub view: SkillView,
    /// Its files beside `SKILL.md`, with their text.
    pub files: Vec<(String, String)>,
    /// Earlier versions, newest first.
    pub versions: Vec<Version>,
    /// Its newest uses.
    pub uses: Vec<SkillUse>,
}

/// The skills of a place, and what is broken.
pub async fn list(app: &App, place: Place<'_>) -> Result<(Vec<SkillView>, Vec<Fault>), AppError> {
    let catalog = catalog(app, place).await?;
    let mut views = Vec::new();
    for skill in catalog.skills() {
        views.push(view(app, place, skill.clone()).await?);
    }
    Ok((views, catalog.faults.clone()))
}

/// One skill.
pub async fn get(app: &App, place: Place<'_>, id: &SkillId) -> Result<SkillDetail, AppError> {
    let skill = find(&*catalog(app, place).await?, id)?;
    let (folder, read) = (skill.folder.clone(), skill.folder.clone());
    let files = off_loop(move || folder.map(|folder| folder::read_package(&folder)).transpose()).await?;
    let files = files?.map_or_else(Vec::new, |package| {
        let beside = package.files().filter(|(path, _)| *path != DOCUMENT);
        beside.map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
    });
    let mut versions = off_loop(move || read.map_or_else(Vec::new, |folder| folder::versions(&folder))).await?;
    versions.retain(|version| version.meta.version != skill.meta.version);
    let mut uses = Vec::new();
    for project in stores(app, place, skill.level) {
        let (name, id, level) = (project.id.clone(), skill.id.clone(), skill.level);
        let read = move |db: &Db<'_>| Ok::<_, AppError>(skill_uses::of_skill(db, &name, (&id, level), USES)?);
        uses.extend(project.store.read(read).await?);
    }
    uses.sort_by_key(|one| std::cmp::Reverse(one.used_at));
    uses.truncate(usize::try_from(USES).unwrap_or_default());
    Ok(SkillDetail { view: view(app, place, skill).await?, files, versions, uses })
}

/// The skills of a place as they are on disk.
pub async fn catalog(app: &App, place: Place<'_>) -> Result<Arc<Catalog>, AppError> {
    let project = place.map(|project| app.project(project)).transpose()?;
    let (folders, shelf) = (folders(app, project.as_ref().map(|project| &project.id)), app.skills().shelf.clone());
    off_loop(move || shelf.catalog(&folders)).await
}

/// Where the skills of a place lie.
pub fn folders(app: &App, place: Place<'_>) -> Folders {
    let (root, skills) = (app.root(), app.root().skills());
    Folders {
        project: place.map(|project| root.project_skills(project)),
        custom: skills.join("custom"),
        builtins: skills.join("builtins"),
        root: root.path().to_owned(),
    }
}

fn find(catalog: &Catalog, id: &SkillId) -> Result<Arc<Skill>, AppError> {
    catalog.get(id).cloned().ok_or_else(|| AppError::NotFound(format!("skill `{id}`")))
}

/// The projects whose use of a skill counts: of a project's own skill that one, else all.
fn stores(app: &App, place: Place<'_>, level: SkillLevel) -> Vec<Arc<super::Project>> {
    let mut projects = app.projects().usable();
    if level == SkillLevel::Project {
        projects.retain(|project| Some(&project.id) == place);
    }
    projects
}

async fn view(app: &App, place: Place<'_>, skill: Arc<Skill>) -> Result<SkillView, AppError> {
    let mut counts = UseCounts::default();
    for project in stores(app, place, skill.level) {
        let (id, level, version, since) = (skill.id.clone(), skill.level, skill.meta.version, skill.meta.since);
        let read = move |db: &Db<'_>| Ok::<_, AppError>(skill_uses::counts(db, (&id, level, version), since)?);
        counts = counts.and(project.store.read(read).await?);
    }
    Ok(SkillView { skill, counts })
}

/// Makes a skill active, or takes it out of use.
pub async fn set_status(
    app: &App,
    (place, id): (Place<'_>, &SkillId),
    (status, reason): (SkillStatus, Option<String>),
    caller: &Caller,
) -> Result<SkillDetail, AppError> {
    may_change(app, place, caller)?;
    let _changing = app.skills().lock().await;
    let skill = own(app, place, id).await?;
    if skill.meta.status == status {
        let detail = format!("skill `{id}` is {status} already");
        return Err(AppError::in_the_way(detail, "nothing is left to do"));
    }
    let by = (&caller.actor, reason.unwrap_or_default());
    write_status(app, place, &view(app, place, skill).await?, (status, by)).await?;
    get(app, place, id).await
}

/// Writes a status, with what its use came to until then, and tells about it.
async fn write_status(
    app: &App,
    place: Place<'_>,
    view: &SkillView,
    (status, (by, reason)): (SkillStatus, (&Actor, String)),
) -> Result<(), AppError> {
    let (skill, counts) = (&view.skill, view.counts);
    let (name, used) = (by.to_string(), (counts.successes_count, counts.failures_count));
    let meta = skill.meta.clone().with_status(status, (&name, &reason), used, app.now());
    let folder = own_folder(skill)?;
    let write = meta.clone();
    off_loop(move || folder::set_meta(&folder, &write)).await??;
    let reason = if reason.is_empty() { String::new() } else { format!(" ({reason})") };
    let summary = format!("skill {} is {status} now, was {}{reason}", skill.id, skill.meta.status);
    announce(app, place, (&skill.id, skill.level, &meta), (by, summary)).await
}

/// Makes an earlier version the present one again.
pub async fn roll_back(
    app: &App,
    (place, id): (Place<'_>, &SkillId),
    version: Option<i64>,
    caller: &Caller,
) -> Result<SkillDetail, AppError> {
    may_change(app, place, caller)?;
    let _changing = app.skills().lock().await;
    let skill = own(app, place, id).await?;
    let (folder, present) = (own_folder(&skill)?, skill.meta.version);
    let back = off_loop(move || folder::roll_back(&folder, present, version)).await??;
    let summary = format!("skill {id} is back at version {}, was {present}", back.meta.version);
    announce(app, place, (id, skill.level, &back.meta), (&caller.actor, summary)).await?;
    get(app, place, id).await
}

/// Saves a skill's text in a place: a new version of what is there, an override of what a level below has, or a new
/// draft. With `base`, the hash of the text that it was made from.
pub async fn put(
    app: &App,
    (place, id): (Place<'_>, &SkillId),
    (text, base): (String, Option<String>),
    caller: &Caller,
) -> Result<SkillDetail, AppError> {
    may_change(app, place, caller)?;
    check_document(&text, Form::Loose)?;
    let _changing = app.skills().lock().await;
    let before = catalog(app, place).await?.get(id).cloned();
    if let (Some(base), Some(before)) = (base, &before)
        && base != before.hash
    {
        return Err(AppError::Conflict(format!("skill {id} was changed by somebody else meanwhile")));
    }
    let package = match before.as_ref().and_then(|skill| skill.folder.clone()) {
        Some(folder) => off_loop(move || folder::read_package(&folder)).await??.with_document(text),
        None => Package::of_document(text),
    };
    let known = before.map(|skill| skill.meta.clone());
    let meta = Meta { source: SkillSource::Written, ..known.unwrap_or_default() };
    install(app, (place, id), (package, meta), (&caller.actor, "saved")).await?;
    get(app, place, id).await
}

/// Takes a skill over from elsewhere: a draft until somebody approves it or it proves itself.
pub async fn import(
    app: &App,
    place: Place<'_>,
    (id, package, tags): (Option<SkillId>, Package, Vec<String>),
    caller: &Caller,
) -> Result<SkillDetail, AppError> {
    may_change(app, place, caller)?;
    let document = check_document(package.document(), Form::Loose)?;
    let named = || slug(document.name.as_deref().unwrap_or(&document.title));
    let id = id.or_else(named).ok_or_else(|| {
        let hint = "give an id, or write `name:` into the front matter";
        AppError::invalid("id", "the skill has no name that could be its id", hint)
    })?;
    let tags = tags.iter().map(|tag| tag.trim().to_lowercase()).filter(|tag| !tag.is_empty()).collect();
    let meta = Meta { source: SkillSource::Imported, tags, ..Meta::default() };
    let _changing = app.skills().lock().await;
    install(app, (place, &id), (package, meta), (&caller.actor, "imported")).await?;
    get(app, place, &id).await
}

/// An id from a name: lower case, a hyphen for everything that cannot be in one.
fn slug(name: &str) -> Option<SkillId> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let words: Vec<_> = name.split(|c: char| !fits(c)).filter(|word| !word.is_empty()).collect();
    let mut slug = words.join("-").to_lowercase();
    slug.truncate(64);
    SkillId::parse(slug.trim_matches(['-', '_'])).ok()
}

/// Writes a package as the present version of a skill of this place, under the next number. Answers with that.
async fn install(
    app: &App,
    (place, id): (Place<'_>, &SkillId),
    (package, meta): (Package, Meta),
    (by, what): (&Actor, &str),
) -> Result<i64, AppError> {
    let folders = folders(app, place);
    let folder = folders.project.unwrap_or(folders.custom).join(id.as_str());
    let meta = Meta { id: Some(id.clone()), since: Some(app.now()), changed_by: Some(by.to_string()), ..meta };
    let own = catalog(app, place).await?.get(id).filter(|skill| skill.folder.as_ref() == Some(&folder)).cloned();
    let write = move || {
        // A folder that is broken still has its versions.
        let present = own.map_or(0, |skill| skill.meta.version);
        let meta = Meta { version: folder::highest(&folder, present) + 1, ..meta };
        folder::install(&folder, &package, &meta).map(|()| meta)
    };
    let meta = off_loop(write).await??;
    let level = if place.is_some() { SkillLevel::Project } else { SkillLevel::Custom };
    let summary = format!("skill {id} version {} was {what}, {}", meta.version, meta.status);
    announce(app, place, (id, level, &meta), (by, summary)).await?;
    Ok(meta.version)
}

/// Tells that a skill changed, and commits it where that is wanted.
async fn announce(
    app: &App,
    place: Place<'_>,
    (id, level, meta): (&SkillId, SkillLevel, &Meta),
    (by, summary): (&Actor, String),
) -> Result<(), AppError> {
    let owner = place.filter(|_| level == SkillLevel::Project).cloned();
    let custom = || app.root().skills().join("custom");
    let owner_folder = owner.as_ref().map_or_else(custom, |project| app.root().project_skills(project));
    app.skills().told().insert((owner, id.clone()), (meta.version, meta.status));
    let payload = json!({"skill": id, "level": level, "version": meta.version, "status": meta.status,
        "reason": meta.reason});
    let of_people =
        if meta.status == SkillStatus::Draft && *by == Actor::Policy { Level::Attention } else { Level::Routine };
    let event = NewEvent::new(EventKind::SkillChanged, None, by.clone(), &summary).level(of_people).payload(payload);
    match place.filter(|_| level == SkillLevel::Project) {
        Some(project) => {
            let project = app.open_project(project)?;
            project.store.write::<_, StoreError, _>(app.now(), move |tx: &mut Tx<'_>| tx.event(event)).await?;
        }
        None => app.daemon().publish(app.now(), event).await?,
    }
    tracing::info!(skill = %id, %level, version = meta.version, status = %meta.status, "{summary}");
    let below = owner_folder.join(id.as_str());
    git::auto_commit(app, &format!("{summary}\n\nBy {by}."), &[below]).await;
    Ok(())
}

/// The skill of this id that lies in this very place, so that it can be changed.
async fn own(app: &App, place: Place<'_>, id: &SkillId) -> Result<Arc<Skill>, AppError> {
    let skill = find(&*catalog(app, place).await?, id)?;
    let here = if place.is_some() { skill.level == SkillLevel::Project } else { skill.folder.is_some() };
    if here {
        return Ok(skill);
    }
    let (level, option) = (skill.level, place.map_or_else(String::new, |project| format!(" --project {project}")));
    let hint = format!("copy it first: moziplus skill override {id}{option}");
    Err(AppError::in_the_way(format!("skill `{id}` is {level}: there is nothing of it to change here"), hint))
}

fn own_folder(skill: &Skill) -> Result<PathBuf, AppError> {
    skill.folder.clone().ok_or_else(|| AppError::Internal(format!("skill {} has no folder", skill.id)))
}

fn check_document(text: &str, form: Form) -> Result<document::Document, AppError> {
    Ok(document::parse(DOCUMENT, text, form).map_err(SkillError::Broken)?)
}

fn may_change(app: &App, place: Place<'_>, caller: &Caller) -> Result<(), AppError> {
    if !caller.actor.is_human() || caller.token.is_some() {
        return Err(AppError::only_people("changes skills"));
    }
    place.map_or(Ok(()), |project| app.open_project(project).map(drop))
}

impl Skills {
    fn told(&self) -> std::sync::MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    async fn lock(&self) -> MutexGuard<'_, ()> {
        self.changing.lock().await
    }
}

impl From<SkillError> for AppError {
    fn from(error: SkillError) -> Self {
        let detail = error.to_string();
        match error {
            SkillError::Broken(_) => Self::invalid("source", detail, "mend the text; nothing was saved"),
            SkillError::Package(_) => Self::invalid("files", detail, "leave it out, then repeat"),
            SkillError::NoVersion { .. } => Self::NotFound(detail),
            SkillError::Io { source, .. } => Self::io(detail, &source),
        }
    }
}

async fn off_loop<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
    tokio::task::spawn_blocking(work).await.map_err(|error| AppError::Internal(error.to_string()))
}
