//! Deliveries: what goes out by a channel, and how far it has come.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    event::{Event, EventKind, Level},
    ids::{ProjectId, TaskId},
    words::words,
};

/// Events that one delivery holds; further ones are counted only.
pub const MOST_EVENTS: usize = 50;
/// An event's facts go along when they are no larger, in bytes of JSON.
const LARGEST_PAYLOAD: usize = 4096;
/// Characters that are kept of an event's summary.
const LONGEST_SUMMARY: usize = 1000;

words!(
    /// How far a delivery has come.
    DeliveryState, "delivery state" {
        /// It waits for its time: it gathers, or it is tried again.
        Waiting = "waiting",
        /// The receiver has taken it.
        Delivered = "delivered",
        /// It was given up.
        Failed = "failed",
    }
);

/// An event as it goes out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// Its global id.
    pub id: i64,
    /// The project; none for the daemon's own.
    pub project: Option<ProjectId>,
    /// The task, when it is about one.
    pub task: Option<TaskId>,
    /// What happened.
    pub kind: EventKind,
    /// How much it matters.
    pub level: Level,
    /// Who did it.
    pub actor: String,
    /// When.
    pub at: DateTime<Utc>,
    /// One line for people.
    pub summary: String,
    /// The facts, where they are small.
    pub payload: Value,
}

impl From<&Event> for Told {
    fn from(event: &Event) -> Self {
        let small = event.payload.to_string().len() <= LARGEST_PAYLOAD;
        Self {
            id: event.id,
            project: event.project.clone(),
            task: event.task,
            kind: event.kind,
            level: event.level,
            actor: event.actor.to_string(),
            at: event.at,
            summary: event.summary.chars().take(LONGEST_SUMMARY).collect(),
            payload: if small { event.payload.clone() } else { Value::Null },
        }
    }
}

/// What a delivery says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Content {
    /// Events, one or several gathered.
    Events {
        /// The events, oldest first.
        events: Vec<Told>,
        /// Further ones that were only counted.
        #[serde(default)]
        omitted: u64,
    },
    /// A text of its own, such as a job's mail or a test.
    Text {
        /// One line.
        title: String,
        /// The text.
        text: String,
        /// The receiver of a mail, when it is another than the configured ones.
        #[serde(default)]
        to: Option<String>,
    },
}

impl Content {
    /// One event.
    pub fn event(event: &Event) -> Self {
        Self::Events { events: vec![Told::from(event)], omitted: 0 }
    }

    /// Takes one more event.
    pub fn add(&mut self, event: &Event) {
        if let Self::Events { events, omitted } = self {
            if events.len() < MOST_EVENTS { events.push(Told::from(event)) } else { *omitted += 1 }
        }
    }

    /// One line for people.
    pub fn title(&self) -> String {
        match self {
            Self::Text { title, .. } => title.clone(),
            Self::Events { events, omitted } => match (events.as_slice(), omitted) {
                ([only], 0) => format!("[{}] {}{}", only.level, place(only), only.summary),
                (several, more) => {
                    let count = several.len() as u64 + more;
                    let projects: std::collections::BTreeSet<_> =
                        several.iter().filter_map(|event| event.project.as_ref()).collect();
                    match projects.first() {
                        Some(project) if projects.len() == 1 => format!("{count} events in {project}"),
                        _ => format!("{count} events"),
                    }
                }
            },
        }
    }

    /// Everything, for people.
    pub fn text(&self) -> String {
        match self {
            Self::Text { text, .. } => text.clone(),
            Self::Events { events, omitted } => {
                let line = |event: &Told| {
                    format!("{} [{}] {}{}", event.at.format("%m-%d %H:%M"), event.level, place(event), event.summary)
                };
                let mut lines: Vec<_> = events.iter().map(line).collect();
                if *omitted > 0 {
                    lines.push(format!("… and {omitted} more"));
                }
                lines.join("\n")
            }
        }
    }
}

/// Where an event happened, for the front of a line.
fn place(event: &Told) -> String {
    match (&event.project, event.task) {
        (Some(project), Some(task)) => format!("{project} {task}: "),
        (Some(project), None) => format!("{project}: "),
        _ => String::new(),
    }
}

/// Something that goes out, and how far it has come.
#[derive(Debug, Clone, Serialize)]
pub struct Outgoing {
    /// Counts up.
    pub id: i64,
    /// What receivers tell repetitions by.
    pub message: String,
    /// The project whose channel it is; none for the daemon's own.
    pub project: Option<ProjectId>,
    /// `mail`, `desktop`, or a webhook's name.
    pub channel: String,
    /// How far it has come.
    pub state: DeliveryState,
    /// What it says.
    pub content: Content,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When it is tried next, or was tried last.
    pub due_at: DateTime<Utc>,
    /// When it was delivered or given up.
    pub ended_at: Option<DateTime<Utc>>,
    /// How often it was tried.
    pub attempts: u32,
    /// The last answer's status, where the channel has such.
    pub status: Option<u16>,
    /// Why the last try failed.
    pub error: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::Actor;

    fn event(id: i64, project: Option<&str>) -> Event {
        Event {
            id,
            project: project.map(|id| id.parse().unwrap()),
            task: project.map(|_| TaskId(3)),
            kind: EventKind::TaskStatusChanged,
            level: Level::Urgent,
            actor: Actor::Daemon,
            at: "2026-05-16T12:00:00Z".parse().unwrap(),
            summary: "it failed".into(),
            payload: serde_json::json!({"to": "failed"}),
        }
    }

    #[test]
    fn one_event_is_its_own_title_and_several_are_counted() {
        let mut content = Content::event(&event(1, Some("sales")));
        assert_eq!(content.title(), "[urgent] sales t-3: it failed");
        content.add(&event(2, Some("sales")));
        assert_eq!(content.title(), "2 events in sales");
        content.add(&event(3, None));
        (0..100).for_each(|id| content.add(&event(id, Some("hr"))));
        assert_eq!(content.title(), "103 events");
        let text = content.text();
        assert_eq!(text.lines().count(), MOST_EVENTS + 1);
        assert!(text.starts_with("05-16 12:00 [urgent] sales t-3: it failed\n"), "{text}");
        assert!(text.ends_with("… and 53 more"), "{text}");
    }

    #[test]
    fn large_facts_stay_at_home() {
        let large = Event { payload: Value::String("x".repeat(LARGEST_PAYLOAD)), ..event(1, None) };
        assert_eq!(Told::from(&large).payload, Value::Null);
        assert_eq!(Told::from(&event(1, None)).payload["to"], "failed");
    }
}
