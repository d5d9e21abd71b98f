//! Signs of life of the processes that run: what they use and when they last printed, looked at every few seconds and
//! kept in the attempt's `heartbeat.json`, so that it is known even when nobody sees the end.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};

use super::{
    adopt::{self, HEARTBEAT_FILE, Heartbeat},
    identity::{self, Entry},
    output::Meter,
    reap::Reaped,
    terminate::Tree,
};
use crate::model::attempt::ResourceUse;

/// What is known of a process that runs.
#[derive(Debug)]
pub(super) struct Vitals {
    /// When it came into our hands.
    since: Instant,
    /// How long it had run before.
    before: Duration,
    cpu_milliseconds: AtomicU64,
    peak_memory_bytes: AtomicU64,
}

impl Vitals {
    /// Of a process that has just started.
    pub(super) fn new() -> Self {
        let (cpu_milliseconds, peak_memory_bytes) = (AtomicU64::new(0), AtomicU64::new(0));
        Self { since: Instant::now(), before: Duration::ZERO, cpu_milliseconds, peak_memory_bytes }
    }

    /// Of a process that somebody else looked after: goes on from what they saw last.
    pub(super) fn resume(dir: &Path, started_at: DateTime<Utc>, now: DateTime<Utc>) -> (Self, Meter) {
        let since = |at: DateTime<Utc>| (now - at).to_std().unwrap_or(Duration::ZERO);
        let mut vitals = Self::new();
        let Ok(Some(last)) = adopt::heartbeat(dir) else {
            vitals.before = since(started_at);
            return (vitals, Meter::default());
        };
        vitals.before = Duration::from_millis(last.usage.wall_milliseconds) + since(last.at);
        vitals.note(last.usage.cpu_milliseconds, last.usage.peak_memory_bytes);
        (vitals, Meter::resume(last.output_bytes, last.last_output_at))
    }

    /// Both only grow: a process that ended no longer shows in a later look.
    fn note(&self, cpu_milliseconds: u64, memory_bytes: u64) {
        self.cpu_milliseconds.fetch_max(cpu_milliseconds, Ordering::Relaxed);
        self.peak_memory_bytes.fetch_max(memory_bytes, Ordering::Relaxed);
    }

    /// What was used so far.
    pub(super) fn usage(&self) -> ResourceUse {
        ResourceUse {
            cpu_milliseconds: self.cpu_milliseconds.load(Ordering::Relaxed),
            peak_memory_bytes: self.peak_memory_bytes.load(Ordering::Relaxed),
            wall_milliseconds: u64::try_from((self.before + self.since.elapsed()).as_millis()).unwrap_or(u64::MAX),
        }
    }

    /// What was used in all, now that it was reaped.
    pub(super) fn at_end(&self, reaped: &Reaped) -> ResourceUse {
        self.note(reaped.cpu_milliseconds, reaped.peak_memory_bytes);
        self.usage()
    }
}

/// A process to look at.
#[derive(Debug)]
pub(super) struct Subject {
    pub(super) dir: PathBuf,
    pub(super) tree: Tree,
    pub(super) meter: Arc<Meter>,
    pub(super) vitals: Arc<Vitals>,
}

/// Looks at processes: remembers their descendants, and where it is time adds up what they use and writes their
/// heartbeats. Reads the process table and writes small files, so it belongs on a helper thread.
pub(super) fn look(subjects: &[Subject], (now, beat): (DateTime<Utc>, bool)) {
    let table = match identity::table() {
        Ok(table) => table,
        Err(error) => return tracing::warn!(%error, "failed to read the process list"),
    };
    for subject in subjects {
        subject.tree.record(&table);
        let kept = subject.tree.keep(&subject.dir);
        let written = if beat { subject.write_heartbeat(&table, now) } else { Ok(()) };
        if let Err(error) = kept.and(written) {
            // Told again with the next one, should the disk stay full.
            tracing::debug!(dir = %subject.dir.display(), %error, "failed to write about a process");
        }
    }
}

impl Subject {
    fn write_heartbeat(&self, table: &[Entry], now: DateTime<Utc>) -> std::io::Result<()> {
        let members = self.tree.members(table);
        let loads: Vec<_> = members.iter().filter_map(|pid| identity::load(*pid)).collect();
        if loads.is_empty() {
            return Ok(());
        }
        let memory_bytes = loads.iter().map(|load| load.memory_bytes).sum();
        self.vitals.note(loads.iter().map(|load| load.cpu_milliseconds).sum(), memory_bytes);
        let heartbeat = Heartbeat {
            at: now,
            usage: self.vitals.usage(),
            processes: u32::try_from(loads.len()).unwrap_or(u32::MAX),
            memory_bytes,
            output_bytes: self.meter.bytes(),
            last_output_at: self.meter.last_output_at(),
        };
        adopt::write(&self.dir, HEARTBEAT_FILE, &heartbeat)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_successor_goes_on_from_the_last_heartbeat() {
        let dir = tempfile::tempdir().unwrap();
        let at = DateTime::UNIX_EPOCH + chrono::TimeDelta::seconds(1000);
        let usage = ResourceUse { cpu_milliseconds: 70, peak_memory_bytes: 5000, wall_milliseconds: 60_000 };
        let (processes, memory_bytes, output_bytes) = (2, 4000, 12);
        let heartbeat = Heartbeat { at, usage, processes, memory_bytes, output_bytes, last_output_at: Some(at) };
        adopt::write(dir.path(), HEARTBEAT_FILE, &heartbeat).unwrap();
        let now = at + chrono::TimeDelta::seconds(3);
        let (vitals, meter) = Vitals::resume(dir.path(), DateTime::UNIX_EPOCH, now);
        let resumed = vitals.usage();
        assert_eq!((resumed.cpu_milliseconds, resumed.peak_memory_bytes), (70, 5000));
        assert!((63_000..70_000).contains(&resumed.wall_milliseconds), "{resumed:?}");
        assert_eq!((meter.bytes(), meter.last_output_at()), (12, Some(at)));

        let end = Reaped { pid: 1, code: Some(0), signal: None, cpu_milliseconds: 90, peak_memory_bytes: 4500 };
        let ended = vitals.at_end(&end);
        assert_eq!((ended.cpu_milliseconds, ended.peak_memory_bytes), (90, 5000));
    }

    #[test]
    fn without_a_heartbeat_the_start_counts() {
        let dir = tempfile::tempdir().unwrap();
        let now = DateTime::UNIX_EPOCH + chrono::TimeDelta::seconds(9);
        let (vitals, meter) = Vitals::resume(dir.path(), DateTime::UNIX_EPOCH, now);
        assert!(vitals.usage().wall_milliseconds >= 9000);
        assert_eq!(meter.bytes(), 0);
        // A clock that was put back makes no process younger than nothing.
        let (vitals, _) = Vitals::resume(dir.path(), now, DateTime::UNIX_EPOCH);
        assert!(vitals.usage().wall_milliseconds < 9000);
    }
}
