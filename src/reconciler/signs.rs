//! Signs of life: what processes that run have printed and used, for the clocks that scripts and people look at.

use chrono::{DateTime, Utc};

use super::{reading::LiveAttempt, world::World};
use crate::{
    app::Project,
    config::Root,
    model::{
        attempt::{Attempt, ResourceUse},
        ids::AttemptId,
    },
    process::adopt,
    store::{StoreError, Tx, attempts},
};

/// What has changed since it was noted last.
struct Signs {
    attempt: AttemptId,
    /// When it last printed, and the bytes in its log.
    printed: Option<(DateTime<Utc>, i64)>,
    usage: Option<ResourceUse>,
}

/// Writes down what is new.
pub(super) async fn note(world: &World, project: &Project, live: &[LiveAttempt]) -> Result<(), StoreError> {
    let root = world.app.root().clone();
    let running: Vec<_> = live.iter().filter(|live| live.attempt.spawned).map(|live| live.attempt.clone()).collect();
    let look = move || running.iter().filter_map(|attempt| signs(&root, attempt)).collect::<Vec<_>>();
    let signs = tokio::task::spawn_blocking(look).await.unwrap_or_default();
    if signs.is_empty() {
        return Ok(());
    }
    let write = move |tx: &mut Tx<'_>| signs.iter().try_for_each(|signs| signs.write(tx));
    project.store.write(world.app.now(), write).await
}

/// Looks at the files that the supervisor writes; none when nothing is new. They need no supervisor that answers.
fn signs(root: &Root, attempt: &Attempt) -> Option<Signs> {
    let dir = root.attempt(&attempt.id);
    let heartbeat = adopt::heartbeat(&dir).ok().flatten();
    // The file is newer than the heartbeat, but no longer grows when it is full.
    let log = std::fs::metadata(dir.join("output.log")).ok();
    let log_bytes = log.as_ref().map_or(0, |log| i64::try_from(log.len()).unwrap_or(i64::MAX));
    let grown = log.filter(|_| log_bytes != attempt.log_bytes).and_then(|log| log.modified().ok());
    let told = heartbeat.as_ref().and_then(|last| last.last_output_at);
    let at = told.into_iter().chain(grown.map(DateTime::from)).max();
    let printed = at.filter(|at| attempt.last_output_at.is_none_or(|noted| noted < *at)).map(|at| (at, log_bytes));
    let usage = heartbeat.map(|last| last.usage).filter(|usage| is_news(*usage, attempt));
    (printed.is_some() || usage.is_some()).then(|| Signs { attempt: attempt.id.clone(), printed, usage })
}

fn is_news(usage: ResourceUse, attempt: &Attempt) -> bool {
    let noted = |value: Option<i64>| value.and_then(|value| u64::try_from(value).ok());
    noted(attempt.cpu_milliseconds) != Some(usage.cpu_milliseconds)
        || noted(attempt.peak_memory_bytes) != Some(usage.peak_memory_bytes)
}

impl Signs {
    fn write(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        if let Some((at, log_bytes)) = self.printed {
            attempts::printed(tx, &self.attempt, at, log_bytes)?;
        }
        self.usage.map_or(Ok(()), |usage| attempts::used(tx, &self.attempt, usage))
    }
}
