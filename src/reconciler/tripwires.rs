//! Tripwires on what agents print: looked at twice a second, so that an attempt that crosses one ends within a second.
//!
//! Without a tripwire in the configuration nothing is read.

use std::{
    collections::HashMap,
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::Path,
    sync::Arc,
    time::Duration,
};

use tokio::time::{MissedTickBehavior, interval};

use super::world::World;
use crate::{
    app::{
        App, AppError, attempts,
        guards::{self, Finding},
    },
    model::{
        attempt::Attempt,
        ids::{AttemptId, ProjectId},
    },
};

/// The loop's name in health reports.
pub(super) const NAME: &str = "tripwires";
/// How often logs are looked at.
const EVERY: Duration = Duration::from_millis(500);
/// Most new text of a log that is looked at in one turn; an agent that prints more is looked at in the next ones.
const AT_ONCE: u64 = 1024 * 1024;
/// What is read again, because a word may lie across two turns.
const OVERLAP: u64 = 256;

/// Looks until the daemon stops.
pub(super) async fn watch(world: &Arc<World>) {
    let mut clock = interval(EVERY);
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut read: HashMap<AttemptId, u64> = HashMap::new();
    loop {
        tokio::select! {
            () = world.stop.cancelled() => return,
            _ = clock.tick() => {}
        }
        if let Err(error) = look(world, &mut read).await {
            tracing::warn!(%error, "what agents print could not be looked at; it is tried again");
        }
    }
}

async fn look(world: &Arc<World>, read: &mut HashMap<AttemptId, u64>) -> Result<(), AppError> {
    let open = world.app.projects().open();
    let guarded = |id: &ProjectId| guards::of_project(&world.app, id).tripwires().next().is_some();
    let guarded: Vec<_> = open.into_iter().filter(|project| guarded(&project.id)).collect();
    if guarded.is_empty() {
        read.clear();
        return Ok(());
    }
    let running = attempts::sessions(&world.app).await?;
    let running: Vec<_> = running.into_iter().filter(|attempt| attempt.spawned).collect();
    read.retain(|id, _| running.iter().any(|attempt| attempt.id == *id));
    for project in &guarded {
        for Attempt { id, task, agent, .. } in running.iter().filter(|attempt| attempt.project == project.id) {
            let from = read.get(id).copied().unwrap_or(0);
            let log = world.app.root().attempt(id).join("output.log");
            let news = tokio::task::spawn_blocking(move || new_text(&log, from)).await;
            let Some((text, to)) = news.unwrap_or_default() else { continue };
            read.insert(id.clone(), to);
            if let Some(finding) = guards::tripped(&world.app, &project.id, &text) {
                tracing::warn!(project = %project.id, attempt = %id, rule = finding.rule, "a tripwire was crossed");
                guards::trip_over(&world.app, project, *task, (finding, agent.clone())).await?;
            }
        }
    }
    Ok(())
}

/// The tripwire that an agent crossed by what it printed last. Blocks.
pub(super) fn in_last_words(app: &App, project: &ProjectId, attempt: &Path) -> Option<Finding> {
    guards::of_project(app, project).tripwires().next()?;
    let log = attempt.join("output.log");
    let length = std::fs::metadata(&log).ok()?.len();
    let (text, _) = new_text(&log, length.saturating_sub(AT_ONCE))?;
    guards::tripped(app, project, &text)
}

/// What was printed since, and how far that is; none when nothing is new.
fn new_text(log: &Path, from: u64) -> Option<(String, u64)> {
    let mut file = File::open(log).ok()?;
    let length = file.metadata().ok()?.len();
    // A log that was cut begins anew.
    let from = if length < from { 0 } else { from };
    if length == from {
        return None;
    }
    file.seek(SeekFrom::Start(from.saturating_sub(OVERLAP))).ok()?;
    let mut bytes = Vec::new();
    file.take(AT_ONCE + OVERLAP).read_to_end(&mut bytes).ok()?;
    let to = from.saturating_sub(OVERLAP) + bytes.len() as u64;
    Some((String::from_utf8_lossy(&bytes).into_owned(), to.max(from)))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_log_is_read_as_it_grows() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("output.log");
        assert_eq!(new_text(&path, 0), None, "there is none yet");
        std::fs::write(&path, "one ").unwrap();
        assert_eq!(new_text(&path, 0), Some(("one ".into(), 4)));
        assert_eq!(new_text(&path, 4), None);
        std::fs::OpenOptions::new().append(true).open(&path).unwrap().write_all(b"two").unwrap();
        let (text, to) = new_text(&path, 4).unwrap();
        assert!(text.ends_with("one two") && to == 7, "a word across two turns is whole: {text}");
        std::fs::write(&path, "new").unwrap();
        assert_eq!(new_text(&path, 7), Some(("new".into(), 3)));
    }
}
