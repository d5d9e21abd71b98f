//! Copies in further places: a mounted share, or wherever a program takes them.
//!
//! What goes there is compressed: `<project>/<time>.db.gz`, and `_root/<time>.tar.gz`. A place that cannot be reached is
//! tried again with the next run, told of once, and keeps nothing else from being done.

use std::{
    fs::{self, File},
    io::{self, BufReader, BufWriter, Write},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    time::Duration,
};

use flate2::{Compression, write::GzEncoder};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    App,
    backups::{self, BackupView},
    error::AppError,
};
use crate::{
    config::BackupTarget,
    model::{
        event::{EventKind, Level, NewEvent},
        ids::Actor,
    },
    process::tool,
    store::{Db, Tx, daemon_db},
};

/// Archives that one run takes to a target; the next run goes on.
const AT_ONCE: usize = 200;

/// What is remembered of a target, in `daemon.db`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Memory {
    /// Ids of the copies that are there.
    sent: Vec<String>,
    /// Why the last run failed; none when it did not.
    failing: Option<String>,
}

/// How a target is doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Its name.
    pub name: String,
    /// Copies that are there.
    pub archives: usize,
    /// Why the last run failed; none when it did not.
    pub failing: Option<String>,
}

/// How every target is doing.
pub async fn states(app: &App) -> Result<Vec<State>, AppError> {
    let mut states = Vec::new();
    for target in &app.config().settings().backup.targets {
        let Memory { sent, failing } = memory(app, &target.name).await?;
        states.push(State { name: target.name.clone(), archives: sent.len(), failing });
    }
    Ok(states)
}

/// Takes every copy to every target; answers with how many archives went out. All targets are tried.
pub async fn send(app: &App) -> Result<usize, AppError> {
    let targets = app.config().settings().backup.targets.clone();
    let copies = backups::list(app).await?;
    let (mut sent, mut failed) = (0, Vec::new());
    for target in &targets {
        let before = memory(app, &target.name).await?;
        let (after, went, result) = one(app, target, &copies, before.clone()).await;
        sent += went;
        if let Err(why) = &result {
            failed.push(format!("{}: {why}", target.name));
        }
        remember(app, target, (&before, after, result.err())).await?;
    }
    if failed.is_empty() { Ok(sent) } else { Err(AppError::Internal(failed.join("; "))) }
}

/// Sends to one target what is not there yet, newest first.
async fn one(
    app: &App,
    target: &BackupTarget,
    copies: &[BackupView],
    mut memory: Memory,
) -> (Memory, usize, Result<(), String>) {
    let (mut went, mut result) = (0, Ok(()));
    let missing = copies.iter().filter(|copy| !memory.sent.contains(&copy.id)).take(AT_ONCE);
    let mut added = Vec::new();
    for copy in missing {
        match deliver(app, target, copy).await {
            Ok(()) => added.push(copy.id.clone()),
            Err(why) => {
                result = Err(why);
                break;
            }
        }
        went += 1;
    }
    memory.sent.extend(added);
    // What was pruned here goes from a folder, too; what a program took somewhere is that place's to prune.
    let gone: Vec<_> = memory.sent.iter().filter(|id| copies.iter().all(|copy| copy.id != **id)).cloned().collect();
    if let (Some(folder), Ok(())) = (&target.path, &result) {
        for id in &gone {
            let _ = fs::remove_file(folder.join(archive_name(id)));
        }
    }
    memory.sent.retain(|id| !gone.contains(id));
    (memory, went, result)
}

async fn deliver(app: &App, target: &BackupTarget, copy: &BackupView) -> Result<(), String> {
    let limit = Duration::from_secs(target.timeout_seconds);
    let name = archive_name(&copy.id);
    let source = copy.path.clone();
    match &target.path {
        Some(folder) => {
            let (folder, root, mounted) = (folder.clone(), app.root().path().to_owned(), target.mounted);
            let work = tokio::task::spawn_blocking(move || {
                reachable(&folder, &root, mounted)?;
                archive(&source, &folder.join(&name)).map_err(|error| format!("{}: {error}", folder.display()))
            });
            // A share that hangs costs this run its time, and the thread that waits for it.
            match tokio::time::timeout(limit, work).await {
                Ok(done) => done.map_err(|error| error.to_string())?,
                Err(_) => Err(format!("it did not answer within {} s", limit.as_secs())),
            }
        }
        None => {
            let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
            let file = folder.path().join(name.replace('/', "-"));
            let made = file.clone();
            let work = tokio::task::spawn_blocking(move || archive(&source, &made));
            work.await.map_err(|error| error.to_string())?.map_err(|error| error.to_string())?;
            let fill = |part: &String| part.replace("{file}", &file.display().to_string()).replace("{name}", &name);
            let argv: Vec<_> = target.command.iter().map(fill).collect();
            let argv: Vec<_> = argv.iter().map(String::as_str).collect();
            tool::run(app.root().path(), &argv, limit).await.map(drop).map_err(|error| error.to_string())
        }
    }
}

/// The name of an archive below a target, from the id of the copy.
fn archive_name(id: &str) -> String {
    match id.split_once('.') {
        Some((backups::ROOT_PART, time)) => format!("{}/{time}.tar.gz", backups::ROOT_PART),
        Some((project, time)) => format!("{project}/{time}.db.gz"),
        None => format!("{id}.gz"),
    }
}

/// The folder of a share that is not mounted is an empty one on the own disk, which would fill up unseen.
fn reachable(folder: &Path, root: &Path, mounted: bool) -> Result<(), String> {
    let found = fs::metadata(folder).map_err(|error| format!("{} cannot be reached: {error}", folder.display()))?;
    if !found.is_dir() {
        return Err(format!("{} is no folder", folder.display()));
    }
    if mounted && fs::metadata(root).is_ok_and(|root| root.dev() == found.dev()) {
        return Err(format!("{} is not mounted", folder.display()));
    }
    Ok(())
}

/// Compresses a copy: to another name first, so that half an archive never looks like a whole one. Blocks.
fn archive(source: &Path, target: &Path) -> io::Result<()> {
    let folder = target.parent().unwrap_or(target);
    fs::create_dir_all(folder)?;
    let mut making = target.as_os_str().to_owned();
    making.push(".part");
    let making = PathBuf::from(making);
    let file = BufWriter::new(File::create(&making)?);
    let mut packed = GzEncoder::new(file, Compression::default());
    if source.is_dir() {
        let mut tar = tar::Builder::new(&mut packed);
        tar.follow_symlinks(false);
        tar.append_dir_all(".", source)?;
        tar.finish()?;
    } else {
        io::copy(&mut BufReader::new(File::open(source)?), &mut packed)?;
    }
    let mut file = packed.finish()?;
    file.flush()?;
    file.get_ref().sync_all()?;
    fs::rename(&making, target)
}

fn key(target: &str) -> String {
    format!("backup_target:{target}")
}

async fn memory(app: &App, target: &str) -> Result<Memory, AppError> {
    let key = key(target);
    let kept = app.daemon().read(move |db: &Db<'_>| Ok::<_, AppError>(db.meta(&key)?)).await?;
    Ok(kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// Notes how a run went, and tells people when a target stops or begins to work.
async fn remember(
    app: &App,
    target: &BackupTarget,
    (before, mut after, failing): (&Memory, Memory, Option<String>),
) -> Result<(), AppError> {
    after.failing = failing;
    if after == *before {
        return Ok(());
    }
    let news = match (&before.failing, &after.failing) {
        (None, Some(why)) => Some((Level::Attention, format!("backups do not reach `{}`: {why}", target.name))),
        (Some(_), None) => Some((Level::Routine, format!("backups reach `{}` again", target.name))),
        _ => None,
    };
    let event = news.map(|(level, summary)| {
        let payload = json!({"target": target.name, "error": after.failing});
        NewEvent::new(EventKind::BackupFinished, None, Actor::Daemon, summary).level(level).payload(payload)
    });
    let (key, text) = (key(&target.name), json!(after).to_string());
    let write = move |tx: &mut Tx<'_>| {
        tx.set_meta(&key, &text)?;
        event.map_or(Ok(()), |event| daemon_db::publish(tx, event))?;
        Ok::<_, AppError>(())
    };
    app.daemon().write(app.now(), write).await
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn an_archive_is_whole_or_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let (source, target) = (folder.path().join("a.db"), folder.path().join("nas/sales/1.db.gz"));
        fs::write(&source, "x".repeat(100_000)).unwrap();
        archive(&source, &target).unwrap();
        let mut text = String::new();
        flate2::read::GzDecoder::new(File::open(&target).unwrap()).read_to_string(&mut text).unwrap();
        assert_eq!(text.len(), 100_000);
        assert!(fs::metadata(&target).unwrap().len() < 2000);
        assert!(archive(&folder.path().join("gone"), &folder.path().join("b.gz")).is_err());
        assert!(!folder.path().join("b.gz").exists());
    }

    #[test]
    fn a_share_that_is_not_mounted_is_not_written_to() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        assert!(reachable(path, path, false).is_ok());
        assert!(reachable(path, path, true).unwrap_err().contains("not mounted"));
        assert!(reachable(&path.join("none"), path, false).is_err());
        assert_eq!(archive_name("_root.20260516T120000000Z"), "_root/20260516T120000000Z.tar.gz");
        assert_eq!(archive_name("sales.1"), "sales/1.db.gz");
    }
}
