//! The scripts of jobs: which there are, what is wrong with them, and which are missing.

use std::{collections::BTreeSet, fs, path::Path};

use super::{Name, off_loop};
use crate::{
    app::{App, error::AppError},
    policy::{
        fault::ScriptFault,
        job_scripts,
        library::ScriptInfo,
        source::{Level, SourceFile},
    },
};

/// What is wrong with the jobs' own scripts, and which are missing: a broken one is found when its job is due otherwise.
pub async fn broken(app: &App) -> Result<Vec<ScriptFault>, AppError> {
    let folder = app.root().job_scripts();
    let shown = app.root().shown(&folder).display().to_string();
    let settings = app.config().settings();
    let asked_for: Vec<_> = settings.jobs.iter().map(|job| job.script().to_owned()).collect();
    let all = move || {
        let names: BTreeSet<_> = own(&folder).into_iter().chain(asked_for).collect();
        names.iter().map(|job| job_scripts::resolve(&folder, &shown, job)).collect::<Vec<_>>()
    };
    let mut faults = Vec::new();
    for source in off_loop(all).await? {
        match source {
            Ok(file) if file.level == Level::BuiltIn => {}
            Ok(file) => faults.extend(check(app, file.path, file.text).await?),
            Err(fault) => faults.push(*fault),
        }
    }
    Ok(faults)
}

/// Names of jobs that have a script, built in or of the root's own.
pub(super) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = job_scripts::BUILT_IN.iter().map(|(name, _)| (*name).to_owned()).collect();
    names.extend(own(folder));
    names.sort();
    names.dedup();
    names
}

/// Names of jobs that have a script of the root's own.
fn own(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = files.filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".rhai").map(str::to_owned));
    names.filter(|name| Name::parse(None, &format!("jobs.{name}")).is_ok()).collect()
}

/// A job's file that cannot be read.
pub(super) fn unreadable(app: &App, job: &str) -> ScriptInfo {
    let file = app.root().job_scripts().join(format!("{job}.rhai"));
    let path = app.root().shown(&file).display().to_string();
    ScriptInfo { name: job.to_owned(), source: Level::Root, path, hash: String::new() }
}

/// The script that answers for a job, or what is wrong with it.
pub(super) async fn resolved(app: &App, job: &str) -> Result<Result<SourceFile, Box<ScriptFault>>, AppError> {
    let (folder, job) = (app.root().job_scripts(), job.to_owned());
    let shown = app.root().shown(&folder).display().to_string();
    off_loop(move || job_scripts::resolve(&folder, &shown, &job)).await
}

pub(super) async fn file(app: &App, job: &str) -> Result<SourceFile, AppError> {
    let (folder, job) = (app.root().job_scripts(), job.to_owned());
    let shown = app.root().shown(&folder).display().to_string();
    let find = move || {
        if job_scripts::built_in(&job).is_none() && !folder.join(format!("{job}.rhai")).is_file() {
            return Err(AppError::NotFound(format!("script `jobs.{job}`")));
        }
        job_scripts::resolve(&folder, &shown, &job)
            .map_err(|fault| AppError::invalid("name", fault.to_string(), "mend the file"))
    };
    off_loop(find).await?
}

pub(super) async fn check(app: &App, path: String, text: String) -> Result<Vec<ScriptFault>, AppError> {
    let name = path.clone();
    let file = SourceFile { name, level: Level::Root, path, text };
    app.script_threads()
        .run(move || job_scripts::check(file))
        .await
        .map_err(|lost| AppError::Internal(lost.to_string()))
}
