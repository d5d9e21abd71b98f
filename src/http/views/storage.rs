//! What takes up space.

use super::view;
use crate::{app::storage, model::ids::ProjectId};

view!(
    /// A project's sizes
    ProjectStorage of storage::ProjectStorage {
        /// The project.
        project: ProjectId,
        /// `blackboard.db` with its write-ahead log.
        database_bytes: u64,
        /// Results of tasks.
        artifacts_bytes: u64,
        /// Archived attempts: prompts, logs, transcripts; `retention.session_days` removes them.
        archives_bytes: u64,
        /// The part of `database_bytes` that late writes take; `retention.dead_letter_days` removes them.
        dead_letters_bytes: u64,
        /// The part of `database_bytes` that events take; `retention.event_days` removes them.
        events_bytes: u64,
        /// The part of `database_bytes` that decisions of scripts take; `retention.decision_days` removes them.
        decisions_bytes: u64,
    }
);

view!(
    /// What takes up space below the root
    Storage of storage::Storage {
        /// Everything that is named here.
        total_bytes: u64,
        /// `daemon.db` with its write-ahead log.
        daemon_db_bytes: u64,
        /// The daemon's log files.
        logs_bytes: u64,
        /// What policy was asked, for replays.
        recordings_bytes: u64,
        /// Backups.
        backups_bytes: u64,
        /// What restores have replaced: the part of `backups_bytes` that is safety copies, and `before-restore-…` of the root.
        safety_copies_bytes: u64,
        /// The inbox with what it rejected.
        inbox_bytes: u64,
        /// Each project.
        projects: Vec<ProjectStorage>,
    }
);
