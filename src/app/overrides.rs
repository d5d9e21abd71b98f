//! Reading, checking, saving and taking back scripts: those of a project, those of all projects, and those of jobs.

pub mod jobs;
mod own;

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use serde::Serialize;

use super::{App, Project, error::AppError, git, requests::Caller, scripts, versions};
use crate::{
    model::ids::ProjectId,
    policy::{
        fault::ScriptFault,
        hooks,
        library::{FailingHook, Library, LibraryStatus, Opening, ScriptInfo},
        set::Set,
        source::{self, Level, ScriptFolders, SourceFile, SourceSet},
        testing,
    },
    watch::plain,
};

/// Longest name of a script, with the folders that it lies in.
const NAME_BYTES: usize = 128;

/// Whose scripts: a project's, or (none) those of all projects and of jobs.
pub type Place<'a> = Option<&'a ProjectId>;

/// A script with its text.
#[derive(Debug, Clone, Serialize)]
pub struct ScriptText {
    /// Its name, without the ending; a job's begins with `jobs.`.
    pub name: String,
    /// Where it comes from: `project`, `root` or `built-in`.
    pub level: String,
    /// The file, or where it is in the binary.
    pub path: String,
    /// SHA-256 of the text.
    pub hash: String,
    /// The text.
    pub text: String,
    /// What the place's own file says, where that is not in force: it was refused.
    pub refused_text: Option<String>,
}

/// What a name stands for. A folder's scripts are named `lib/quiet`, or `lib.quiet` where a slash would end the name.
enum Name {
    /// A policy script, or a module of one.
    Policy(String),
    /// A job's script.
    Job(String),
    /// Tests of a policy script: a file beside the scripts, not one of them.
    Test(String),
}

impl Name {
    fn parse(place: Place<'_>, name: &str) -> Result<Self, AppError> {
        let wrong = |detail: String, hint: &str| Err(AppError::invalid("name", detail, hint));
        let path = name.replace('.', "/");
        if path.len() > NAME_BYTES || !source::is_name(&path) {
            let hint = "tick, zombie, outcome, escalation, distillation, guardrail, notify, webhook, a module of your own such as \
                        quiet or lib/quiet (also written lib.quiet), or jobs.NAME";
            return wrong(format!("`{name}` is not the name of a script"), hint);
        }
        if path.ends_with("/rhai") {
            return wrong(format!("`{name}` is the name of a file"), "leave the ending `.rhai` out");
        }
        let Some(job) = path.strip_prefix("jobs/") else {
            return Ok(if path.ends_with("_test") { Self::Test(path) } else { Self::Policy(path) });
        };
        if job.contains('/') || job.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return wrong(format!("`{job}` is not the name of a job"), "use a-z 0-9 _ -");
        }
        if job.ends_with("_test") {
            return wrong("jobs act, so they have no tests".into(), "leave `_test` out of a job's name");
        }
        if place.is_some() {
            return wrong("jobs belong to no project".into(), "leave the project out");
        }
        Ok(Self::Job(job.to_owned()))
    }

    /// As lists and the history name it.
    fn shown(&self) -> String {
        match self {
            Self::Policy(path) | Self::Test(path) => path.clone(),
            Self::Job(job) => format!("jobs.{job}"),
        }
    }

    /// The folder that it lies in or below, and the file.
    fn place(&self, app: &App, place: Place<'_>) -> (PathBuf, PathBuf) {
        let (folder, name) = match (self, place) {
            (Self::Job(job), _) => (app.root().job_scripts(), job),
            (Self::Policy(name) | Self::Test(name), Some(project)) => (app.root().project_scripts(project), name),
            (Self::Policy(name) | Self::Test(name), None) => (app.root().scripts(), name),
        };
        let file = folder.join(format!("{name}.rhai"));
        (folder, file)
    }

    fn path(&self, app: &App, place: Place<'_>) -> PathBuf {
        self.place(app, place).1
    }
}

/// A script's name as its history knows it; refuses what is no name, and a project that is not there.
pub fn known(app: &App, place: Place<'_>, name: &str) -> Result<String, AppError> {
    let shown = Name::parse(place, name)?.shown();
    place.map_or(Ok(()), |project| app.project(project).map(drop))?;
    Ok(shown)
}

/// The scripts in force in a place, and the hooks of theirs that failed lately.
pub async fn list(app: &App, place: Place<'_>) -> Result<(LibraryStatus, Vec<FailingHook>), AppError> {
    let library = library(app, place).await?;
    let mut status = library.status();
    if place.is_none() {
        if let Some(sources) = on_disk(&library).await? {
            status.files = sources.effective().iter().map(ScriptInfo::of).collect();
        }
        let folder = app.root().job_scripts();
        for name in off_loop(move || jobs::names(&folder)).await? {
            // What is wrong with one is told by itself, and hides no other.
            let info = jobs::file(app, &name)
                .await
                .map_or_else(|_| jobs::unreadable(app, &name), |file| ScriptInfo::of(&file));
            status.files.push(ScriptInfo { name: format!("jobs.{name}"), ..info });
        }
    }
    Ok((status, library.failing(app.now())))
}

/// A script in force, with its text.
pub async fn get(app: &App, place: Place<'_>, name: &str) -> Result<ScriptText, AppError> {
    let name = Name::parse(place, name)?;
    let file = match &name {
        Name::Job(job) => jobs::file(app, job).await?,
        Name::Test(test) => test_file(app, place, test).await?,
        Name::Policy(policy) => {
            let library = library(app, place).await?;
            let sources = if place.is_none() { on_disk(&library).await? } else { None };
            let effective = sources.unwrap_or_else(|| library.sources()).effective();
            let file = effective.into_iter().find(|file| file.name == *policy);
            file.ok_or_else(|| AppError::NotFound(format!("script `{policy}`")))?
        }
    };
    let (level, hash) = (file.level.to_string(), file.hash());
    let own = own::text(&name.path(app, place)).await.unwrap_or_default();
    let refused_text = own.filter(|own| *own != file.text);
    Ok(ScriptText { name: name.shown(), level, path: file.path, hash, text: file.text, refused_text })
}

/// What is wrong with a text, were it saved as this script, or with what is there when no text is given; empty when
/// nothing is.
pub async fn check(app: &App, place: Place<'_>, name: &str, text: Option<&str>) -> Result<Vec<ScriptFault>, AppError> {
    if let Some(text) = text.filter(|text| text.len() as u64 > source::MAX_BYTES) {
        let (has, allowed) = (text.len(), source::MAX_BYTES);
        return Err(AppError::TooLarge(format!("the script has {has} bytes; {allowed} are allowed")));
    }
    match (Name::parse(place, name)?, text) {
        (Name::Policy(name), Some(text)) => Ok(library(app, place).await?.check_text(&name, text).await),
        (Name::Policy(_), None) => Ok(library(app, place).await?.check().await),
        (Name::Test(test), Some(text)) => {
            let path = app.root().shown(&Name::Test(test).path(app, place)).display().to_string();
            check_test(app, path, text.to_owned()).await
        }
        (Name::Test(test), None) => {
            let file = test_file(app, place, &test).await?;
            check_test(app, file.path, file.text).await
        }
        (Name::Job(job), Some(text)) => {
            let shown = app.root().shown(&app.root().job_scripts()).display().to_string();
            jobs::check(app, format!("{shown}/{job}.rhai"), text.to_owned()).await
        }
        (Name::Job(job), None) => match jobs::resolved(app, &job).await? {
            Ok(file) => jobs::check(app, file.path, file.text).await,
            Err(fault) => Ok(vec![*fault]),
        },
    }
}

/// The set of scripts that a project would have if a text (that of the file when none is given) were saved in a place;
/// or what is wrong with it. Without a script, the set in force.
pub async fn changed(
    app: &App,
    project: &Project,
    (place, script): (Place<'_>, Option<(&str, Option<&str>)>),
) -> Result<Result<Arc<Set>, Vec<ScriptFault>>, AppError> {
    let Some((name, text)) = script else { return Ok(Ok(project.library.set())) };
    let Name::Policy(name) = Name::parse(place, name)? else {
        let hint =
            "only policy scripts are asked without acting; a job has effects, and tests are run by `script test`";
        return Err(AppError::invalid("name", format!("`{name}` is no policy script"), hint));
    };
    let Some(text) = text else {
        let set = project.library.set();
        concerns_somebody(&set, &name)?;
        return Ok(Ok(set));
    };
    let (level, folder) = match place {
        Some(project) => (Level::Project, app.root().project_scripts(project)),
        None => (Level::Root, app.root().scripts()),
    };
    let path = format!("{}/{name}.rhai", app.root().shown(&folder).display());
    let file = SourceFile { name: name.clone(), level, path, text: text.to_owned() };
    let changed = project.library.changed(Some(file)).await;
    changed.as_ref().map_or(Ok(()), |set| concerns_somebody(set, &name))?;
    Ok(changed)
}

/// Refuses a script that no hook reaches: with it or without, every answer is the same.
fn concerns_somebody(set: &Set, name: &str) -> Result<(), AppError> {
    let ending = format!("/{name}.rhai");
    let is_reached = |hook| set.parts(hook).iter().any(|part| part.file.ends_with(&ending));
    if hooks::of_file(name).next().is_some() || hooks::HOOKS.iter().any(is_reached) {
        return Ok(());
    }
    let files: Vec<_> = hooks::FILES.iter().map(|(file, _)| *file).collect();
    let hint = format!("name a policy file ({}), or a module that one of them imports and calls", files.join(", "));
    Err(AppError::invalid("name", format!("no hook reaches `{name}`, so it changes no answer"), hint))
}

/// Saves a script in a place; in force at once. A broken text is refused and nothing changes. With `base`, the hash of
/// the text that the new one was made from, so that nobody overwrites what somebody else has just saved.
pub async fn put(
    app: &App,
    place: Place<'_>,
    (name, text, base): (&str, &str, Option<&str>),
    caller: &Caller,
) -> Result<ScriptText, AppError> {
    let script = Name::parse(place, name)?;
    let (folder, path) = script.place(app, place);
    may_change(app, place, caller)?;
    // From the look at what is there to the change of it, nobody else saves.
    let _turn = app.saving().lock().await;
    if let Some(base) = base {
        let now = match own::hash(&path).await? {
            // Also a text that is refused is somebody's work.
            Some(own) => Some(own),
            None => get(app, place, name).await.map(|script| script.hash).ok(),
        };
        if now.is_some_and(|now| now != base) {
            return Err(AppError::Conflict(format!("script {name} was changed by somebody else meanwhile")));
        }
    }
    refuse_faults(check(app, place, name, Some(text)).await?)?;
    own::keep(app, place, (&script, &path), caller).await?;
    let whole = text.to_owned();
    off_loop(move || write_whole((&folder, &path), &whole).map_err(|error| cannot("written", &path, error))).await??;
    versions::note(app, (place, &script.shown()), Some(text), &caller.actor).await?;
    commit(app, place, &script, ("saved", caller)).await;
    reload(app, place).await?;
    let saved = get(app, place, name).await?;
    if saved.text == text { Ok(saved) } else { Err(own::not_in_force(app, place, &script.shown()).await?) }
}

/// Takes a place's own version of a script away: the next level's is in force at once, when there is one.
pub async fn delete(app: &App, place: Place<'_>, name: &str, caller: &Caller) -> Result<Option<ScriptText>, AppError> {
    let script = Name::parse(place, name)?;
    let (folder, path) = script.place(app, place);
    may_change(app, place, caller)?;
    let _turn = app.saving().lock().await;
    let missing = AppError::NotFound(format!("override of script `{name}` at {}", app.root().shown(&path).display()));
    let remove = move || match inside(&folder, &path).and_then(|()| fs::remove_file(&path)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(missing),
        removed => removed.map_err(|error| cannot("removed", &path, error)),
    };
    off_loop(remove).await??;
    versions::note(app, (place, &script.shown()), None, &caller.actor).await?;
    commit(app, place, &script, ("taken away", caller)).await;
    reload(app, place).await?;
    match get(app, place, name).await {
        Err(AppError::NotFound(_)) => Ok(None),
        found => found.map(Some),
    }
}

/// Where the root is under version control, a change by people is a commit that names them.
async fn commit(app: &App, place: Place<'_>, script: &Name, (what, caller): (&str, &Caller)) {
    let (name, (_, path)) = (script.shown(), script.place(app, place));
    let whose = place.map_or_else(|| "of all projects".to_owned(), |project| format!("of project {project}"));
    git::auto_commit(app, &format!("script {name} {whose} was {what}\n\nBy {}.", caller.actor), &[path]).await;
}

fn may_change(app: &App, place: Place<'_>, caller: &Caller) -> Result<(), AppError> {
    if !caller.actor.is_human() || caller.token.is_some() {
        return Err(AppError::only_people("changes scripts"));
    }
    place.map_or(Ok(()), |project| app.open_project(project).map(drop))
}

/// The library of a project; for all projects one that is opened for the moment.
async fn library(app: &App, place: Place<'_>) -> Result<Library, AppError> {
    if let Some(project) = place {
        return Ok(app.project(project)?.library.clone());
    }
    let folders = ScriptFolders { project: None, root: Some(scripts::folder_of(app, app.root().scripts())) };
    let (limits, threads) = (app.script_limits(), app.script_threads().clone());
    // What every project would refuse is refused here: it is tried out with the configuration and agents of one of them.
    let live = app.projects().usable().iter().find_map(|project| project.library.live());
    Ok(Library::open(Opening { folders, last_good: None, limits, threads, live }, app.now()).await)
}

/// The root's files as they are, also while they are broken: no project runs on them alone, so that there is nothing else
/// to show. None when they cannot even be read.
async fn on_disk(library: &Library) -> Result<Option<SourceSet>, AppError> {
    let folders = library.folders().clone();
    off_loop(move || SourceSet::read(&folders).ok()).await
}

/// Puts what was changed in force: in the project, or in every project.
async fn reload(app: &App, place: Place<'_>) -> Result<(), AppError> {
    let projects = match place {
        Some(project) => vec![app.open_project(project)?],
        None => app.projects().open(),
    };
    for project in projects {
        scripts::reload(app, &project).await;
    }
    Ok(())
}

async fn test_file(app: &App, place: Place<'_>, test: &str) -> Result<SourceFile, AppError> {
    let path = Name::Test(test.to_owned()).path(app, place);
    let shown = app.root().shown(&path).display().to_string();
    let (name, missing) = (test.to_owned(), AppError::NotFound(format!("script `{test}`")));
    let level = if place.is_some() { Level::Project } else { Level::Root };
    off_loop(move || match plain::read_to_string(&path) {
        Ok(text) => Ok(SourceFile { name, level, path: shown, text }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(missing),
        Err(error) => Err(cannot("read", &path, error)),
    })
    .await?
}

async fn check_test(app: &App, path: String, text: String) -> Result<Vec<ScriptFault>, AppError> {
    let checked = app.script_threads().run(move || testing::check(&path, &text)).await;
    checked.map_err(|lost| AppError::Internal(lost.to_string()))
}

fn refuse_faults(faults: Vec<ScriptFault>) -> Result<(), AppError> {
    if faults.is_empty() {
        return Ok(());
    }
    let all: Vec<_> = faults.iter().map(ToString::to_string).collect();
    let hint = faults.iter().find_map(|fault| fault.expected.clone());
    let hint = hint.unwrap_or_else(|| "mend the script; nothing was saved".into());
    Err(AppError::invalid("source", all.join("\n"), hint))
}

fn cannot(what: &str, path: &Path, error: io::Error) -> AppError {
    AppError::io(format!("{} cannot be {what}", path.display()), &error)
}

/// Runs file work where it may block.
async fn off_loop<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
    tokio::task::spawn_blocking(work).await.map_err(|error| AppError::Internal(error.to_string()))
}

/// Counts unfinished writes, so that two of the same script never share a file.
static WRITES: AtomicU64 = AtomicU64::new(0);

/// Writes beside the target and renames: whoever reads sees the old text or the new one, never half of it.
fn write_whole((folder, path): (&Path, &Path), text: &str) -> io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(folder))?;
    inside(folder, path)?;
    let waiting = path.with_extension(format!("rhai.{}.part", WRITES.fetch_add(1, Ordering::Relaxed)));
    let written = fs::write(&waiting, text).and_then(|()| fs::rename(&waiting, path));
    if written.is_err() {
        // What is left of it would stay for ever; the first error is the one to tell.
        let _ = fs::remove_file(&waiting);
    }
    written
}

/// Fails when a link among the folders leads out of the scripts folder.
fn inside(folder: &Path, path: &Path) -> io::Result<()> {
    let home = fs::canonicalize(folder)?;
    let parent = fs::canonicalize(path.parent().unwrap_or(folder))?;
    if parent.starts_with(&home) {
        return Ok(());
    }
    let what = format!("{} is a link that leads out of the scripts folder", path.parent().unwrap_or(folder).display());
    Err(io::Error::new(io::ErrorKind::PermissionDenied, what))
}
