//! The last moments of an attempt: its process ended, the rest of its tree and its output remain.

use std::{path::PathBuf, time::Duration};

use tokio::{task::JoinHandle, time::timeout};
use tokio_util::sync::CancellationToken;

use crate::process::{
    adopt::{self, EXIT_FILE, ExitRecord, Found},
    terminate::Tree,
};

/// How long the output may stay open when no descendant is left that is known.
const DRAIN_PATIENCE: Duration = Duration::from_secs(1);

/// The task that drains the output of a process.
#[derive(Debug)]
pub(super) struct Drain {
    pub(super) task: JoinHandle<bool>,
    pub(super) stop: CancellationToken,
}

/// What is left to do for a process that ended.
#[derive(Debug)]
pub(super) struct Ending {
    pub(super) dir: PathBuf,
    pub(super) tree: Tree,
    pub(super) drain: Option<Drain>,
    pub(super) exit: ExitRecord,
    /// Descendants are left, or may be.
    pub(super) leftovers: bool,
}

impl Ending {
    /// Ends the rest of the tree, completes the logs, writes `exit.json`. Answers how the process ended, and whether
    /// nobody holds its pipes any more.
    pub(super) async fn complete(mut self) -> (ExitRecord, bool) {
        if self.leftovers {
            self.exit.left = self.tree.clear().await;
        }
        let pipes_unused = match self.drain.take() {
            Some(drain) => finish(drain).await,
            None => false,
        };
        (self.write_down(), pipes_unused)
    }

    fn write_down(self) -> ExitRecord {
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

async fn finish(drain: Drain) -> bool {
    let Drain { mut task, stop } = drain;
    let drained = match timeout(DRAIN_PATIENCE, &mut task).await {
        Ok(drained) => drained,
        Err(_) => {
            stop.cancel();
            task.await
        }
    };
    drained.unwrap_or(false)
}
