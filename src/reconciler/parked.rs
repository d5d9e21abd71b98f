//! Providers that nobody may use for a while: a rate limit, a refused login. Kept in `daemon.db`, because they belong to
//! no project, with a copy in memory that ticks look at.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};

use crate::store::{
    DaemonDb, StoreError,
    daemon_db::{self, Parked as Row},
};

/// Longest that a script may park a provider, in seconds.
const LONGEST: i64 = 35 * 24 * 3600;
/// A provider comes back up to this much later, in milliseconds, so that not everybody who waits asks at once.
const MOST_JITTER: i64 = 10_000;

/// The copy in memory.
#[derive(Debug, Default)]
pub(super) struct Parked {
    until: Mutex<HashMap<String, DateTime<Utc>>>,
}

impl Parked {
    /// Reads what is parked now.
    pub async fn load(&self, db: &DaemonDb, now: DateTime<Utc>) -> Result<(), StoreError> {
        let rows = db.read(move |db| daemon_db::parked(db, now)).await?;
        let fresh = rows.into_iter().map(|row| (row.provider, row.until)).collect();
        *self.until.lock().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// Parks a provider; never shorter than before.
    pub async fn park(
        &self,
        db: &DaemonDb,
        now: DateTime<Utc>,
        (provider, seconds, reason): (String, i64, String),
    ) -> Result<(), StoreError> {
        let seconds = seconds.clamp(0, LONGEST);
        let until = now + TimeDelta::seconds(seconds) + jitter(seconds);
        let row = Row { provider: provider.clone(), until, reason };
        db.write(now, move |tx| daemon_db::park(tx, &row)).await?;
        let mut parked = self.until.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = parked.entry(provider).or_insert(until);
        *entry = until.max(*entry);
        Ok(())
    }

    /// Until when a provider is parked; none when it is not.
    pub fn until(&self, provider: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let parked = self.until.lock().unwrap_or_else(PoisonError::into_inner);
        parked.get(provider).copied().filter(|until| *until > now)
    }
}

/// A tenth of the time at most.
fn jitter(seconds: i64) -> TimeDelta {
    let most = (seconds * 100).clamp(1, MOST_JITTER).unsigned_abs();
    let (random, _) = uuid::Uuid::new_v4().as_u64_pair();
    TimeDelta::milliseconds((random % most) as i64)
}
