//! What running attempts use up, read from their output while it grows, and for the last time when they end.

use std::{
    collections::HashMap,
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::time::{MissedTickBehavior, interval};

use super::world::World;
use crate::{
    agent::output::{Reader, Report},
    app::Project,
    config::Agents,
    model::{ids::AttemptId, usage::Usage},
    store::{StoreError, Tx, attempts, usage},
};

/// The loop's name in health reports.
pub(super) const NAME: &str = "usage";
/// How often the output of running attempts is looked at.
const EVERY: Duration = Duration::from_secs(2);
/// Bytes that are read at once.
const CHUNK: usize = 64 * 1024;

/// One reader per running attempt. Memory only: after a restart each output is read again from its beginning.
#[derive(Debug, Default)]
pub(super) struct Meters {
    table: Mutex<HashMap<AttemptId, Meter>>,
}

#[derive(Debug, Default)]
struct Meter {
    reader: Reader,
    /// Bytes of the file that were read.
    read: u64,
    /// What was last written down.
    noted: Option<Usage>,
}

impl Meter {
    fn catch_up(&mut self, stdout: &Path) -> io::Result<()> {
        let mut file = File::open(stdout)?;
        if file.metadata()?.len() < self.read {
            // The file was begun anew.
            *self = Self::default();
        }
        file.seek(SeekFrom::Start(self.read))?;
        let mut chunk = vec![0; CHUNK];
        loop {
            let count = file.read(&mut chunk)?;
            if count == 0 {
                return Ok(());
            }
            self.reader.take(&chunk[..count]);
            self.read += count as u64;
        }
    }
}

impl Meters {
    fn with<T>(&self, work: impl FnOnce(&mut HashMap<AttemptId, Meter>) -> T) -> T {
        work(&mut self.table.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Everything that an attempt's program told. Blocks.
    pub fn finish(&self, id: &AttemptId, stdout: &Path) -> Report {
        let mut meter = self.with(|table| table.remove(id)).unwrap_or_default();
        // Whoever never printed has no file.
        let _missing = meter.catch_up(stdout);
        meter.reader.finish()
    }

    /// Forgets an attempt that ended without its output being of interest.
    pub fn forget(&self, id: &AttemptId) {
        self.with(|table| table.remove(id));
    }

    /// What is new about these attempts. Blocks.
    fn look(&self, running: Vec<(AttemptId, PathBuf)>) -> Vec<(AttemptId, Usage)> {
        let mut news = Vec::new();
        for (id, stdout) in running {
            let mut meter = self.with(|table| table.remove(&id)).unwrap_or_default();
            let _missing = meter.catch_up(&stdout);
            let usage = meter.reader.report().usage;
            if let Some(usage) = usage.filter(|usage| meter.noted.as_ref() != Some(usage)) {
                meter.noted = Some(usage.clone());
                news.push((id.clone(), usage));
            }
            self.with(|table| table.insert(id, meter));
        }
        news
    }
}

/// Looks at the output of running attempts until the daemon stops.
pub(super) async fn run(world: &Arc<World>) {
    let mut clock = interval(EVERY);
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = world.stop.cancelled() => return,
            _ = clock.tick() => {}
        }
        let mut failed = None;
        for project in world.app.projects().open() {
            if let Err(error) = look_at(world, &project).await {
                failed = Some(format!("{}: {error}", project.id));
            }
        }
        world.app.control().report_round(NAME, world.app.now(), failed);
    }
}

async fn look_at(world: &Arc<World>, project: &Project) -> Result<(), StoreError> {
    let root = world.app.root();
    let running: Vec<_> = world.live.running_of(&project.id);
    let running: Vec<_> = running.into_iter().map(|id| (id.clone(), stdout_of(&root.attempt(&id)))).collect();
    if running.is_empty() {
        return Ok(());
    }
    let looking = world.clone();
    let news = tokio::task::spawn_blocking(move || looking.meters.look(running)).await.unwrap_or_default();
    // One that ended meanwhile was taken out, and came back.
    for (id, _) in news.iter().filter(|(id, _)| !world.live.knows(id)) {
        world.meters.forget(id);
    }
    if news.is_empty() {
        return Ok(());
    }
    let agents = world.app.config().agents();
    let write = move |tx: &mut Tx<'_>| {
        for (id, usage) in &news {
            match note(tx, &agents, id, usage) {
                // Of a database that was replaced since.
                Ok(_) | Err(StoreError::NotFound(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    };
    project.store.write(world.app.now(), write).await
}

/// The file with standard output alone in an attempt's folder.
pub(super) fn stdout_of(folder: &Path) -> PathBuf {
    folder.join("stdout.log")
}

/// Writes down what an attempt has used, with the configured price where its runner tells none.
pub(super) fn note(tx: &mut Tx<'_>, agents: &Agents, id: &AttemptId, told: &Usage) -> Result<bool, StoreError> {
    let runner = attempts::require(tx, id)?.runner;
    let price = runner.and_then(|runner| agents.runners.get(&runner)?.price);
    let mut told = told.clone();
    if let Some(price) = price.filter(|_| told.cost_micros == 0) {
        told.cost_micros = price.of(&told.spend());
    }
    usage::note(tx, id, &told)
}
