//! Hooks that failed while they were in force: for people to see, and to be told once.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::super::fault::ScriptFault;

/// A hook that has not failed for so long is not spoken of any more.
const MEMORY: TimeDelta = TimeDelta::hours(1);
/// Different faults of one hook that are told; what comes after them is counted only.
const MOST_TOLD: usize = 20;

/// A hook that failed, so that the built-in one answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FailingHook {
    /// The hook.
    pub hook: &'static str,
    /// What went wrong last.
    pub fault: ScriptFault,
    /// When it first failed, since the set is in force.
    pub since: DateTime<Utc>,
    /// When it last failed.
    pub last_at: DateTime<Utc>,
    /// How often it failed.
    pub times_count: u64,
}

/// The failures of one set of scripts.
#[derive(Debug, Default)]
pub(super) struct Failures(Mutex<BTreeMap<&'static str, Entry>>);

#[derive(Debug)]
struct Entry {
    hook: FailingHook,
    /// Faults that are known, oldest first, and how many of them were told.
    known: Vec<ScriptFault>,
    told: usize,
}

impl Failures {
    /// Takes note of a failure.
    pub fn note(&self, hook: &'static str, fault: &ScriptFault, at: DateTime<Utc>) {
        let mut hooks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = hooks.entry(hook).or_insert_with(|| Entry {
            hook: FailingHook { hook, fault: fault.clone(), since: at, last_at: at, times_count: 0 },
            known: Vec::new(),
            told: 0,
        });
        entry.hook.times_count += 1;
        entry.hook.last_at = at;
        entry.hook.fault = fault.clone();
        if entry.known.len() < MOST_TOLD && !entry.known.contains(fault) {
            entry.known.push(fault.clone());
        }
    }

    /// The hooks that failed lately.
    pub fn lately(&self, now: DateTime<Utc>) -> Vec<FailingHook> {
        let hooks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let lately = hooks.values().map(|entry| &entry.hook).filter(|hook| now - hook.last_at < MEMORY);
        lately.cloned().collect()
    }

    /// Faults that nobody was told of yet; each is handed out once.
    pub fn take_news(&self) -> Vec<(&'static str, ScriptFault)> {
        let mut hooks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut news = Vec::new();
        for (hook, entry) in hooks.iter_mut() {
            news.extend(entry.known.iter().skip(entry.told).map(|fault| (*hook, fault.clone())));
            entry.told = entry.known.len();
        }
        news
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_is_told_once_and_all_are_counted() {
        let failures = Failures::default();
        let at = |minute| DateTime::UNIX_EPOCH + TimeDelta::minutes(minute);
        let fault = |text: &str| ScriptFault::of_file("tick.rhai", text);
        for minute in 0..100 {
            failures.note("plan", &fault(if minute % 2 == 0 { "even" } else { "odd" }), at(minute));
        }
        let news: Vec<_> = failures.take_news().into_iter().map(|(hook, fault)| (hook, fault.message)).collect();
        assert_eq!(news, [("plan", "even".to_owned()), ("plan", "odd".to_owned())]);
        assert_eq!(failures.take_news(), []);
        let lately = failures.lately(at(100));
        assert_eq!((lately.len(), lately[0].times_count, lately[0].since), (1, 100, at(0)));
        assert_eq!(failures.lately(at(160)), [], "an hour without a failure");
        (0..100).for_each(|number| failures.note("plan", &fault(&number.to_string()), at(200)));
        assert_eq!(failures.take_news().len(), MOST_TOLD - 2);
    }
}
