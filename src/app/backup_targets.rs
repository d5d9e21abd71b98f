//! Copies in further places: a mounted share, or wherever a program takes them.
//!
//! What goes there is compressed: `<project>/<time>.db.gz`, and `_root/<time>.tar.gz`. A place that cannot be reached is
//! tried again with the next run, told of once, and keeps nothing else from being done.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, BufReader, BufWriter, Write},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
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

/// Targets that somebody works for now. A share that hangs holds its worker for as long as it hangs, beyond the run that
/// began it; there is never a second one.
#[derive(Debug, Clone, Default)]
pub(super) struct Workers(Arc<Mutex<BTreeSet<String>>>);

/// Somebody's work for a target, for as long as this lives.
#[derive(Debug)]
struct Worker {
    all: Workers,
    target: String,
}

impl Workers {
    /// Begins to work for a target; none while somebody else does.
    fn begin(&self, target: &str) -> Option<Arc<Worker>> {
        let begun = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(target.to_owned());
        begun.then(|| Arc::new(Worker { all: self.clone(), target: target.to_owned() }))
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.all.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.target);
    }
}

/// Takes every copy to every target; answers with how many archives went out. All targets are tried.
pub async fn send(app: &App) -> Result<usize, AppError> {
    let targets = app.config().settings().backup.targets.clone();
    let copies: Vec<_> = backups::list(app).await?.into_iter().filter(|copy| !copy.is_safety_copy).collect();
    let (mut sent, mut failed) = (0, Vec::new());
    for target in &targets {
        let memory = memory(app, &target.name).await?;
        let failing = memory.failing.clone();
        let mut run = Run { app, target, memory, went: 0 };
        let result = run.all(&copies).await;
        sent += run.went;
        if let Err(why) = &result {
            failed.push(format!("{}: {why}", target.name));
        }
        run.tell(failing, result.err()).await?;
    }
    if failed.is_empty() { Ok(sent) } else { Err(AppError::Internal(failed.join("; "))) }
}

/// One run to one target. What it has done is remembered file by file: the job's time may be over at any moment.
struct Run<'a> {
    app: &'a App,
    target: &'a BackupTarget,
    memory: Memory,
    went: usize,
}

impl Run<'_> {
    /// Sends what is not there, newest first, and removes there what was pruned here.
    async fn all(&mut self, copies: &[BackupView]) -> Result<(), String> {
        let Some(worker) = self.app.sending().begin(&self.target.name) else {
            return Err("the run before still waits for it; nothing is sent until it answers".into());
        };
        if let Some(folder) = self.target.path.clone() {
            self.look(&folder, &worker).await?;
        }
        let missing = copies.iter().filter(|copy| !self.memory.sent.contains(&copy.id)).take(AT_ONCE);
        for copy in missing.collect::<Vec<_>>() {
            self.deliver(copy, &worker).await?;
            self.went += 1;
            self.memory.sent.push(copy.id.clone());
            self.remember().await?;
        }
        let is_there = |id: &String| copies.iter().any(|copy| copy.id == *id);
        let gone: Vec<_> = self.memory.sent.iter().filter(|id| !is_there(id)).cloned().collect();
        for id in gone {
            // What a program took somewhere is that place's to prune.
            if let Some(folder) = &self.target.path {
                let archive = folder.join(archive_name(&id));
                self.blocking(&worker, move || remove_if_there(&archive)).await?;
            }
            self.memory.sent.retain(|sent| *sent != id);
            self.remember().await?;
        }
        Ok(())
    }

    /// Forgets what is not at the target any more, so that it is sent again.
    async fn look(&mut self, folder: &Path, worker: &Arc<Worker>) -> Result<(), String> {
        let (folder, root) = (folder.to_owned(), self.app.root().path().to_owned());
        let (mounted, sent) = (self.target.mounted, self.memory.sent.clone());
        let look = move || {
            reachable(&folder, &root, mounted)?;
            Ok(sent.into_iter().filter(|id| folder.join(archive_name(id)).exists()).collect())
        };
        self.memory.sent = self.blocking(worker, look).await?;
        Ok(())
    }

    async fn deliver(&self, copy: &BackupView, worker: &Arc<Worker>) -> Result<(), String> {
        let (name, source) = (archive_name(&copy.id), copy.path.clone());
        if let Some(folder) = self.target.path.clone() {
            let make =
                move || archive(&source, &folder.join(&name)).map_err(|error| format!("{}: {error}", folder.display()));
            return self.blocking(worker, make).await;
        }
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let file = folder.path().join(name.replace('/', "-"));
        let made = file.clone();
        self.blocking(worker, move || archive(&source, &made).map_err(|error| error.to_string())).await?;
        let fill = |part: &String| part.replace("{file}", &file.display().to_string()).replace("{name}", &name);
        let argv: Vec<_> = self.target.command.iter().map(fill).collect();
        let argv: Vec<_> = argv.iter().map(String::as_str).collect();
        tool::run(self.app.root().path(), &argv, self.limit()).await.map(drop).map_err(|error| error.to_string())
    }

    /// Does something that a share may hold up, for as long as the target may take. The worker stays taken until it ends.
    async fn blocking<T: Send + 'static>(
        &self,
        worker: &Arc<Worker>,
        work: impl FnOnce() -> Result<T, String> + Send + 'static,
    ) -> Result<T, String> {
        let worker = worker.clone();
        let work = tokio::task::spawn_blocking(move || {
            let _taken = worker;
            work()
        });
        match tokio::time::timeout(self.limit(), work).await {
            Ok(done) => done.map_err(|error| error.to_string())?,
            Err(_) => Err(format!("it did not answer within {} s", self.limit().as_secs())),
        }
    }

    fn limit(&self) -> Duration {
        Duration::from_secs(self.target.timeout_seconds)
    }

    async fn remember(&self) -> Result<(), String> {
        let (key, text) = (key(&self.target.name), json!(self.memory).to_string());
        let write = move |tx: &mut Tx<'_>| Ok::<_, AppError>(tx.set_meta(&key, &text)?);
        self.app.daemon().write(self.app.now(), write).await.map_err(|error| error.to_string())
    }

    /// Notes how the run went, and tells people when a target stops or begins to work.
    async fn tell(mut self, before: Option<String>, failing: Option<String>) -> Result<(), AppError> {
        let name = &self.target.name;
        let news = match (&before, &failing) {
            (None, Some(why)) => Some((Level::Attention, format!("backups do not reach `{name}`: {why}"))),
            (Some(_), None) => Some((Level::Routine, format!("backups reach `{name}` again"))),
            _ => None,
        };
        let event = news.map(|(level, summary)| {
            let payload = json!({"target": name, "error": failing});
            NewEvent::new(EventKind::BackupFinished, None, Actor::Daemon, summary).level(level).payload(payload)
        });
        let key = key(name);
        self.memory.failing = failing;
        let text = json!(self.memory).to_string();
        let write = move |tx: &mut Tx<'_>| {
            tx.set_meta(&key, &text)?;
            event.map_or(Ok(()), |event| daemon_db::publish(tx, event))?;
            Ok::<_, AppError>(())
        };
        self.app.daemon().write(self.app.now(), write).await
    }
}

/// Removes an archive, and the half of one.
fn remove_if_there(archive: &Path) -> Result<(), String> {
    for path in [archive.to_owned(), part_of(archive)] {
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(format!("{} cannot be removed: {error}", path.display()));
            }
            _ => {}
        }
    }
    Ok(())
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
    let making = part_of(target);
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
    fs::rename(&making, target)?;
    // Some shares know no such thing as a folder that is made durable.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

/// An archive that is being made.
fn part_of(archive: &Path) -> PathBuf {
    let mut making = archive.as_os_str().to_owned();
    making.push(".part");
    making.into()
}

fn key(target: &str) -> String {
    format!("backup_target:{target}")
}

async fn memory(app: &App, target: &str) -> Result<Memory, AppError> {
    let key = key(target);
    let kept = app.daemon().read(move |db: &Db<'_>| Ok::<_, AppError>(db.meta(&key)?)).await?;
    Ok(kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
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
    fn nobody_else_works_for_a_target_while_a_hung_worker_does() {
        let workers = Workers::default();
        let worker = workers.begin("nas").unwrap();
        // What a run began hangs on after the run.
        let hung = worker.clone();
        drop(worker);
        assert!(workers.begin("nas").is_none());
        assert!(workers.begin("cloud").is_some());
        drop(hung);
        assert!(workers.begin("nas").is_some());
    }

    #[test]
    fn what_is_removed_may_be_gone_already_and_may_be_half() {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("1.db.gz");
        fs::write(part_of(&archive), "half").unwrap();
        remove_if_there(&archive).unwrap();
        assert!(!part_of(&archive).exists());
        fs::create_dir(&archive).unwrap();
        assert!(remove_if_there(&archive).unwrap_err().contains("cannot be removed"));
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
