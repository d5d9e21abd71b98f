//! What agents print, as events for those who ask for level `activity`: never stored, and without a durable id.

use std::{collections::HashMap, time::Duration};

use serde_json::json;
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::logs::{CHUNK, read_at, whole_characters};
use crate::{
    app::{App, attempts},
    model::{
        attempt::Attempt,
        event::{Event, EventKind, Level},
        ids::{AttemptId, ProjectId},
    },
};

/// How often logs are looked at.
const LOOK: Duration = Duration::from_millis(500);
/// A listener who is further behind than this goes on near the end: a flood is not worth its memory.
const MOST_BEHIND: u64 = 4 * CHUNK;
/// Characters of the last line that stand in the summary.
const SUMMARY_CHARS: usize = 160;

/// The logs of all live attempts, from when somebody began to listen.
pub(super) struct Voices {
    app: App,
    project: Option<ProjectId>,
    /// What was sent of each; none before the first look, when what is there is old.
    sent: Option<HashMap<AttemptId, u64>>,
    clock: Interval,
}

impl Voices {
    /// Of this project's agents, or of all.
    pub fn new(app: &App, project: Option<ProjectId>) -> Self {
        let mut clock = interval(LOOK);
        clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { app: app.clone(), project, sent: None, clock }
    }

    /// Waits for the next look. Nothing is lost when it is not waited for to the end.
    pub async fn pause(&mut self) {
        self.clock.tick().await;
    }

    /// What was printed since the last look; `id` is the newest durable id, which these events have no own beside.
    pub async fn look(&mut self, id: i64) -> Vec<Event> {
        let Ok(live) = attempts::sessions(&self.app).await else { return Vec::new() };
        let live = live.into_iter().filter(|attempt| self.project.as_ref().is_none_or(|p| *p == attempt.id.project));
        let (before, mut sent, mut events) = (self.sent.take(), HashMap::new(), Vec::new());
        for attempt in live {
            let path = self.app.root().attempt(&attempt.id).join("output.log");
            let length = tokio::fs::metadata(&path).await.map_or(0, |meta| meta.len());
            let from = before.as_ref().map_or(length, |before| before.get(&attempt.id).copied().unwrap_or(0));
            let skipped = length.saturating_sub(from) > MOST_BEHIND;
            let from = if skipped { length - CHUNK } else { from };
            let bytes = read_at(&path, from).await.unwrap_or_default();
            let bytes = &bytes[..whole_characters(&bytes)];
            if !bytes.is_empty() {
                events.push(self.event(id, &attempt, from, (&String::from_utf8_lossy(bytes), skipped)));
            }
            sent.insert(attempt.id, from + bytes.len() as u64);
        }
        self.sent = Some(sent);
        events
    }

    fn event(&self, id: i64, attempt: &Attempt, offset: u64, (text, skipped): (&str, bool)) -> Event {
        let last = text.trim_end().lines().last().unwrap_or_default();
        Event {
            id,
            project: Some(attempt.id.project.clone()),
            task: Some(attempt.task),
            kind: EventKind::AgentLog,
            level: Level::Activity,
            actor: attempt.agent.clone(),
            at: self.app.now(),
            summary: last.chars().take(SUMMARY_CHARS).collect(),
            payload: json!({"attempt": attempt.id, "offset": offset, "text": text, "skipped": skipped}),
        }
    }
}
