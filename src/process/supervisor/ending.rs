//! The last moments of an attempt: its process ended, the rest of its tree and its output remain.

use std::{path::PathBuf, time::Duration};

use tokio::{task::JoinHandle, time::timeout};
use tokio_util::sync::CancellationToken;

use crate::process::{
    adopt::{self, EXIT_FILE, ExitRecord, Found},
    output::PipePaths,
    terminate::Tree,
};

/// How long the output may stay open when no descendant is left that is known.
const DRAIN_PATIENCE: Duration = Duration::from_secs(1);

/// The task that drains the output of a process.
#[derive(Debug)]
pub(super) struct Drain {
    pub(super) task: JoinHandle<()>,
    pub(super) stop: CancellationToken,
}

/// What is left to do for a process that ended.
#[derive(Debug)]
pub(super) struct Ending {
    pub(super) dir: PathBuf,
    pub(super) tree: Tree,
    pub(super) drain: Option<Drain>,
    pub(super) pipes: PipePaths,
    pub(super) exit: ExitRecord,
    /// Descendants are left, or may be.
    pub(super) leftovers: bool,
}

impl Ending {
    /// Ends the rest of the tree, completes the logs, writes `exit.json`. What the record says then is what happened.
    pub(super) async fn complete(self) -> ExitRecord {
        if self.leftovers {
            self.tree.clear().await;
        }
        if let Some(drain) = self.drain {
            finish(drain).await;
        }
        self.pipes.remove();
        let unseen = self.exit.code.is_none() && self.exit.signal.is_none();
        if unseen && let Ok(Found::Exited(earlier)) = adopt::look(&self.dir) {
            // Somebody who saw the end has written it down.
            return earlier;
        }
        if let Err(error) = adopt::write(&self.dir, EXIT_FILE, &self.exit) {
            tracing::warn!(dir = %self.dir.display(), %error, "failed to write an exit record");
        }
        self.exit
    }
}

async fn finish(drain: Drain) {
    let Drain { mut task, stop } = drain;
    if timeout(DRAIN_PATIENCE, &mut task).await.is_err() {
        stop.cancel();
        let _panicked = task.await;
    }
}
