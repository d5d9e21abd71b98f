//! The inbox: a file that takes events from outside, one JSON object a line.
//!
//! Whoever writes opens, appends and closes for each line. The loop looks at least once a second, takes complete lines
//! only, and remembers in `daemon.db` how far it has come. The key of a line is stored with its effect, so that a crash
//! neither loses a line nor takes one twice; what cannot be understood goes to `rejected.jsonl` with the reason.

mod file;
mod line;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use tokio::{task::spawn_blocking, time::sleep};

use self::{
    file::{Batch, Places, RawLine},
    line::Fate,
};
use super::world::World;
use crate::{
    config::seconds,
    store::{Db, StoreError, Tx},
};

/// The loop's name in health reports, and the key of its place in `daemon.db`.
pub(super) const NAME: &str = "inbox";
/// Longest time between two looks, whatever is configured.
const LONGEST_LOOK: f64 = 1.0;
/// Longest pause after an error.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// Where the inbox lies.
#[derive(Debug, Clone)]
struct Paths {
    inbox: PathBuf,
    rotated: PathBuf,
    rejected: PathBuf,
}

/// Why a pass was not finished; it is tried again.
#[derive(Debug, thiserror::Error)]
enum PassError {
    /// A file cannot be read or written.
    #[error("failed to use {}: {source}", path.display())]
    Io {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    /// `daemon.db` does not answer.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// A line could not be taken for now.
    #[error("a line has to wait: {0}")]
    Line(String),
}

/// Runs until the daemon stops.
pub(super) async fn run(world: &Arc<World>) {
    let inbox = &world.app.config().settings().inbox;
    let root = world.app.root();
    let paths = Paths {
        inbox: root.inbox(inbox),
        rotated: root.inbox(inbox).with_extension("jsonl.1"),
        rejected: root.rejected(inbox),
    };
    let mut reader = Reader { world: world.clone(), paths, places: None, kept: Places::default(), pending: 0 };
    let mut pause = Duration::ZERO;
    loop {
        let interval = seconds(world.app.config().settings().inbox.watch_interval.min(LONGEST_LOOK) / 2.0);
        let wait = interval.max(Duration::from_millis(10)) + pause;
        tokio::select! {
            () = world.stop.cancelled() => return,
            () = sleep(wait) => {}
        }
        let result = reader.pass().await;
        let error = result.as_ref().err().map(ToString::to_string);
        pause = match &result {
            Ok(()) => Duration::ZERO,
            Err(error) => {
                tracing::warn!(%error, "the inbox could not be read to the end; it is tried again");
                LONGEST_PAUSE.min(pause * 2 + Duration::from_millis(200))
            }
        };
        world.app.control().report_round(NAME, world.app.now(), error);
        let pending = reader.pending;
        world.app.control().report(|health| health.inbox_pending = pending);
    }
}

struct Reader {
    world: Arc<World>,
    paths: Paths,
    /// How far each file was read; none before the first pass.
    places: Option<Places>,
    /// What of that is in `daemon.db`.
    kept: Places,
    pending: u64,
}

impl Reader {
    /// Reads everything that is there: first what was rotated away, then the inbox itself.
    async fn pass(&mut self) -> Result<(), PassError> {
        let mut places = match self.places.take() {
            Some(places) => places,
            None => self.load().await?,
        };
        let result = self.read_both(&mut places).await;
        let kept = self.keep(&places).await;
        self.places = Some(places);
        result.and(kept)
    }

    async fn read_both(&mut self, places: &mut Places) -> Result<(), PassError> {
        self.pending = 0;
        let paths = self.paths.clone();
        let rotated = paths.rotated.clone();
        places.follow(&rotated).map_err(|source| PassError::Io { path: rotated.clone(), source })?;
        self.read(&rotated, |places| &mut places.rotated, places).await?;
        let inbox = paths.inbox.clone();
        self.read(&inbox, |places| &mut places.current, places).await?;
        let most = self.world.app.config().settings().inbox.max_size_bytes;
        let mut moved = places.clone();
        let tidy = move || file::tidy(&paths.inbox, &paths.rotated, most, &mut moved).map(|()| moved);
        let tidied = spawn_blocking(tidy).await.map_err(|error| PassError::Line(error.to_string()))?;
        *places = tidied.map_err(|source| PassError::Io { path: inbox, source })?;
        Ok(())
    }

    /// Takes the lines of one file, up to the first that has to wait.
    async fn read(
        &mut self,
        path: &Path,
        which: fn(&mut Places) -> &mut Option<file::Place>,
        places: &mut Places,
    ) -> Result<(), PassError> {
        loop {
            let (name, mut place) = (path.to_owned(), which(places).clone());
            let look = move || file::read(&name, &mut place).map(|batch| (batch, place));
            let looked = spawn_blocking(look).await.map_err(|error| PassError::Line(error.to_string()))?;
            let (batch, place) = looked.map_err(|source| PassError::Io { path: path.to_owned(), source })?;
            *which(places) = place;
            let Batch { lines, more } = batch;
            // Before the first line takes effect: after a crash the same line must have the same key.
            if !lines.is_empty() && !places.same_lives(&self.kept) {
                self.keep(places).await?;
            }
            let mut left = lines.len() as u64;
            for line in lines {
                if let Err(error) = self.take(&line).await {
                    self.pending += left;
                    return Err(error);
                }
                left -= 1;
                if let Some(place) = which(places) {
                    place.offset = line.end;
                }
            }
            if !more {
                return Ok(());
            }
        }
    }

    async fn take(&self, line: &RawLine) -> Result<(), PassError> {
        match line::take(&self.world, line).await {
            Fate::Taken => Ok(()),
            Fate::Wait(why) => Err(PassError::Line(why)),
            Fate::Rejected(why) => {
                tracing::warn!(reason = %why, "an inbox line was rejected");
                let (path, now) = (self.paths.rejected.clone(), self.world.app.now());
                let text = line.text.clone();
                let write = spawn_blocking({
                    let path = path.clone();
                    move || file::reject(&path, &text, &why, now)
                });
                let written = write.await.map_err(|error| PassError::Line(error.to_string()))?;
                written.map_err(|source| PassError::Io { path, source })
            }
        }
    }

    async fn load(&mut self) -> Result<Places, PassError> {
        let kept = self.world.app.daemon().read(|db: &Db<'_>| db.meta(NAME)).await?;
        // A place that cannot be read means reading from the start.
        self.kept = kept.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default();
        Ok(self.kept.clone())
    }

    async fn keep(&mut self, places: &Places) -> Result<(), PassError> {
        if *places == self.kept {
            return Ok(());
        }
        let text = serde_json::to_string(places).unwrap_or_default();
        let write = move |tx: &mut Tx<'_>| tx.set_meta(NAME, &text);
        self.world.app.daemon().write::<_, StoreError, _>(self.world.app.now(), write).await?;
        self.kept = places.clone();
        Ok(())
    }
}
