//! What is due: pure decisions about times, runs that overlap, and times that were missed.

use std::{
    collections::{BTreeMap, VecDeque},
    hash::{DefaultHasher, Hash, Hasher},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    config::{Job, Missed, Overlap},
    model::schedule::Schedule,
};

/// Missed times that `missed: all` makes up for at most.
const MOST_MISSED: usize = 100;

/// A job that begins this late still counts as on time.
const ON_TIME: TimeDelta = TimeDelta::seconds(60);

/// A job with what is known about its times.
#[derive(Debug)]
struct Timed {
    job: Job,
    schedule: Schedule,
    /// Times up to here have been dealt with.
    seen: DateTime<Utc>,
}

/// Something that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Due {
    /// It begins now.
    Start(Box<Job>, DateTime<Utc>),
    /// It is left out, because the run before has not ended.
    Skip(String, DateTime<Utc>),
}

/// Every job, which of them run, and what waits behind these.
#[derive(Debug, Default)]
pub(super) struct Timetable {
    timed: BTreeMap<String, Timed>,
    running: BTreeMap<String, VecDeque<DateTime<Utc>>>,
}

impl Timetable {
    /// Takes over changed jobs. `last` tells when a job was last due; a job that never was has missed nothing.
    pub(super) fn set_jobs(&mut self, jobs: &[Job], last: impl Fn(&str) -> Option<DateTime<Utc>>, now: DateTime<Utc>) {
        let mut timed = BTreeMap::new();
        for job in jobs.iter().filter(|job| job.enabled) {
            // The configuration was checked when it was read; a job that is broken all the same is left out.
            let Ok(schedule) = Schedule::parse(&job.cron, &job.timezone) else { continue };
            let seen = match self.timed.get(&job.name) {
                Some(known) => known.seen,
                None => last(&job.name).unwrap_or(now).min(now),
            };
            timed.insert(job.name.clone(), Timed { job: job.clone(), schedule, seen });
        }
        self.timed = timed;
    }

    /// What is due now. What is started counts as running until [`Timetable::ended`].
    pub(super) fn due(&mut self, now: DateTime<Utc>) -> Vec<Due> {
        let mut due = Vec::new();
        for (name, timed) in &mut self.timed {
            let times = timed.schedule.due_between(timed.seen, now, MOST_MISSED);
            // The clock may have been set back; then nothing is due until it has caught up.
            timed.seen = timed.seen.max(now);
            let mut times: VecDeque<_> = made_up_for(timed.job.missed, times, now).into();
            match self.running.get_mut(name) {
                Some(waiting) => {
                    let Some(newest) = times.pop_back() else { continue };
                    match timed.job.overlap {
                        Overlap::Queue if waiting.is_empty() => waiting.push_back(newest),
                        _ => due.push(Due::Skip(name.clone(), newest)),
                    }
                }
                None => {
                    let Some(first) = times.pop_front() else { continue };
                    self.running.insert(name.clone(), times);
                    due.push(Due::Start(Box::new(timed.job.clone()), first));
                }
            }
        }
        due
    }

    /// Notes that a person starts a job; false when it runs already.
    pub(super) fn start_by_hand(&mut self, name: &str) -> bool {
        if self.running.contains_key(name) {
            return false;
        }
        self.running.insert(name.to_owned(), VecDeque::new());
        true
    }

    /// Notes that a run has ended; answers with the one that waited behind it.
    pub(super) fn ended(&mut self, name: &str) -> Option<Due> {
        let mut waiting = self.running.remove(name)?;
        let next = waiting.pop_front()?;
        let job = self.timed.get(name)?.job.clone();
        self.running.insert(name.to_owned(), waiting);
        Some(Due::Start(Box::new(job), next))
    }

    /// When something is due next.
    pub(super) fn next(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.timed.values().filter_map(|timed| timed.schedule.next_after(timed.seen.max(now))).min()
    }
}

/// Which of the times that have come are made up for. One that has just come is no missed one.
fn made_up_for(missed: Missed, mut times: Vec<DateTime<Utc>>, now: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    match missed {
        Missed::All => times,
        Missed::Latest => times.pop().into_iter().collect(),
        Missed::None => times.pop().filter(|time| now - *time <= ON_TIME).into_iter().collect(),
    }
}

/// How long a start is put off: anything up to the jitter, the same for the same job and time.
pub(super) fn jitter(job: &Job, scheduled_at: DateTime<Utc>) -> Duration {
    if job.jitter_seconds == 0 {
        return Duration::ZERO;
    }
    let mut hasher = DefaultHasher::new();
    (&job.name, scheduled_at.timestamp_millis()).hash(&mut hasher);
    Duration::from_millis(hasher.finish() % (job.jitter_seconds * 1000))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        format!("2026-06-10T{text}Z").parse().unwrap()
    }

    fn job(extra: serde_json::Value) -> Job {
        let mut job = json!({"name": "hourly", "cron": "0 * * * *"});
        job.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        serde_json::from_value(job).unwrap()
    }

    fn table(extra: serde_json::Value, last: Option<&str>, now: &str) -> Timetable {
        let mut table = Timetable::default();
        table.set_jobs(&[job(extra)], |_| last.map(at), at(now));
        table
    }

    fn starts(due: Vec<Due>) -> Vec<String> {
        let text = |due| match due {
            Due::Start(_, time) => format!("start {}", time.format("%H:%M")),
            Due::Skip(_, time) => format!("skip {}", time.format("%H:%M")),
        };
        due.into_iter().map(text).collect()
    }

    #[test]
    fn a_job_is_due_once_at_its_time() {
        let mut table = table(json!({}), None, "08:30:00");
        assert_eq!(table.next(at("08:30:00")), Some(at("09:00:00")));
        assert_eq!(starts(table.due(at("08:59:59"))), [""; 0]);
        assert_eq!(starts(table.due(at("09:00:00"))), ["start 09:00"]);
        assert_eq!(starts(table.due(at("09:00:01"))), [""; 0]);
        assert_eq!(table.ended("hourly"), None);
        assert_eq!(table.next(at("09:00:01")), Some(at("10:00:00")));
        // The clock is set back: what ran does not run again.
        assert_eq!(starts(table.due(at("08:59:00"))), [""; 0]);
        assert_eq!(starts(table.due(at("09:00:30"))), [""; 0]);
    }

    #[test]
    fn missed_times_follow_their_policy() {
        let after_a_night = |missed: &str, now: &str| {
            let mut table = table(json!({"missed": missed}), Some("05:00:00"), now);
            let mut all = starts(table.due(at(now)));
            while let Some(next) = table.ended("hourly") {
                all.extend(starts(vec![next]));
            }
            all
        };
        assert_eq!(after_a_night("latest", "08:30:00"), ["start 08:00"]);
        assert_eq!(after_a_night("all", "08:30:00"), ["start 06:00", "start 07:00", "start 08:00"]);
        assert_eq!(after_a_night("none", "08:30:00"), [""; 0]);
        assert_eq!(after_a_night("none", "08:00:20"), ["start 08:00"]);
    }

    #[test]
    fn overlapping_runs_are_skipped_or_wait() {
        let mut skipping = table(json!({}), None, "08:30:00");
        assert_eq!(starts(skipping.due(at("09:00:00"))), ["start 09:00"]);
        assert_eq!(starts(skipping.due(at("10:00:00"))), ["skip 10:00"]);
        assert_eq!(skipping.ended("hourly"), None);
        let mut queueing = table(json!({"overlap": "queue"}), None, "08:30:00");
        assert_eq!(starts(queueing.due(at("09:00:00"))), ["start 09:00"]);
        assert_eq!(starts(queueing.due(at("10:00:00"))), [""; 0]);
        assert_eq!(starts(queueing.due(at("11:00:00"))), ["skip 11:00"], "one waits, no more");
        assert_eq!(starts(queueing.ended("hourly").into_iter().collect()), ["start 10:00"]);
        assert!(!queueing.start_by_hand("hourly"));
        assert_eq!(queueing.ended("hourly"), None);
        assert!(queueing.start_by_hand("hourly"));
    }

    #[test]
    fn changed_jobs_keep_what_was_dealt_with() {
        let mut table = table(json!({}), None, "08:30:00");
        table.due(at("09:00:00"));
        table.ended("hourly");
        table.set_jobs(&[job(json!({"cron": "*/30 * * * *"}))], |_| None, at("09:10:00"));
        assert_eq!(starts(table.due(at("09:20:00"))), [""; 0]);
        assert_eq!(starts(table.due(at("09:30:00"))), ["start 09:30"]);
        table.set_jobs(&[job(json!({"enabled": false}))], |_| None, at("09:40:00"));
        assert_eq!(table.next(at("09:40:00")), None);
    }

    #[test]
    fn jitter_stays_within_its_bounds_and_is_the_same_each_time() {
        let job = job(json!({"jitter_seconds": 30}));
        let first = jitter(&job, at("09:00:00"));
        assert_eq!(first, jitter(&job, at("09:00:00")));
        assert!((0..24).all(|hour| jitter(&job, at(&format!("{hour:02}:00:00"))) < Duration::from_secs(30)));
    }
}
