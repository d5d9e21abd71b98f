//! Attempts and events.

use poem_openapi::Object;
use serde_json::Value;

use super::{usage::Usage, view};
use crate::{
    http::schema::{Nullable, Time},
    model::{
        self,
        attempt::AttemptState,
        event::{EventKind, Level},
        ids::{Actor, AttemptId, ProjectId, TaskId},
        outcome::Outcome,
        task::Trigger,
    },
};

view!(
    /// Somebody working on a task, from claim to outcome
    Attempt of model::attempt::Attempt {
        /// `<project>.t-<n>.<number>`.
        id: AttemptId,
        /// The project of the task.
        project: ProjectId,
        /// The task.
        task: TaskId,
        /// Counts from 1 within the task.
        number: i64,
        /// Who works: an agent, or a person who claimed.
        agent: Actor,
        /// Why it was started.
        kind: Trigger,
        /// How far it has come.
        state: AttemptState,
        /// True when the daemon started a process for it.
        spawned: bool,
        /// The runner that was used; null for outside agents.
        runner: Nullable<String>,
        /// The provider account that it uses up.
        provider: Nullable<String>,
        /// Process id, while and after it ran.
        pid: Nullable<i64>,
        /// When it was created.
        created_at: Time,
        /// When the process (or the outside agent) started.
        started_at: Nullable<Time>,
        /// When it last wrote to the blackboard.
        heartbeat_at: Nullable<Time>,
        /// When it last printed something.
        last_output_at: Nullable<Time>,
        /// When it ended.
        ended_at: Nullable<Time>,
        /// How long it may run.
        timeout_seconds: i64,
        /// How it ended.
        outcome: Nullable<Outcome>,
        /// Exit code, when the process ended by itself.
        exit_code: Nullable<i64>,
        /// Signal that ended the process.
        signal: Nullable<i64>,
        /// What is known about the end, in words.
        detail: Nullable<String>,
        /// What a person should do about the end, in a sentence; null while it is live, and where there is nothing to do.
        advice: Nullable<String>,
        /// When the provider's limit resets, as the runner told.
        resets_at: Nullable<Time>,
        /// Bytes in its log.
        log_bytes: i64,
        /// What it has used up; null while its runner has told nothing.
        usage: Nullable<Usage>,
        /// Processor time of its processes so far, user and system.
        cpu_milliseconds: Nullable<i64>,
        /// Most memory that its processes had at once.
        peak_memory_bytes: Nullable<i64>,
        /// How long its process has run, or ran; a sleeping machine does not count.
        wall_milliseconds: Nullable<i64>,
    }
);

view!(
    /// Something that happened
    Event of model::event::Event {
        /// Durable and increasing over all projects.
        id: i64,
        /// The project; null for the daemon's own.
        project: Nullable<ProjectId>,
        /// The task, when it is about one.
        task: Nullable<TaskId>,
        /// What happened.
        kind: EventKind,
        /// How much it matters.
        level: Level,
        /// Who did it.
        actor: Actor,
        /// When.
        at: Time,
        /// One line for people.
        summary: String,
        /// The facts.
        payload: Value,
    }
);

/// A piece of an attempt's log
#[derive(Debug, Clone, Object)]
pub struct LogChunk {
    /// Where the piece begins, in bytes; the event's `id` is where it ends.
    pub offset: u64,
    /// The text; bytes that are no UTF-8 are replaced.
    pub text: String,
}
