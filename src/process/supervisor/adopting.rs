//! Looks after processes whose own supervisor died.

use std::{io, path::Path, sync::Arc, time::Duration};

use super::{
    attempts::{Attempts, Owned},
    server::Input,
};
use crate::{
    model::ids::AttemptId,
    process::{
        adopt::{self, Found, PROCESS_FILE, ProcessRecord},
        identity::{self, Identity},
        output::{Log, Meter},
        pipes::Pipes,
        terminate::Tree,
        vitals::Vitals,
    },
};

/// Cap of a log whose own is not known.
const UNKNOWN_LOG_LIMIT: u64 = 16 * 1024 * 1024;
/// How often an adopted process is looked at: it is nobody's child here, so its end must be noticed.
const ADOPTED_LOOK: Duration = Duration::from_millis(250);

impl Attempts {
    /// Looks after a process whose supervisor died. Only a running one is owned from then on.
    pub(super) fn adopt(&mut self, attempt: &AttemptId, dir: &Path, nonce: Option<&str>) -> Result<Found, String> {
        if let Some(owned) = self.owned.get(attempt) {
            if owned.given_up {
                return Err("it was started too late for whoever had asked, and is ended".to_owned());
            }
            return Ok(match &owned.exit {
                None => Found::Running(owned.record.clone()),
                Some(exit) => Found::Exited(exit.record.clone()),
            });
        }
        if self.starting.contains_key(attempt) {
            // Asked for by a daemon that has died since; whoever is told now that nothing runs would start it again.
            return Err("it is just being started".to_owned());
        }
        let found = match adopt::look(dir).map_err(|error| error.to_string())? {
            Found::Vanished => self.find(attempt, dir, nonce)?,
            found => found,
        };
        if let Found::Running(record) = &found {
            self.own_adopted(attempt, dir, record.clone());
        }
        Ok(found)
    }

    /// A process whose supervisor died before it could write the record down; or what is left of the tree of one that
    /// ended unseen, which is then looked after until that has ended too.
    fn find(&self, attempt: &AttemptId, dir: &Path, nonce: Option<&str>) -> Result<Found, String> {
        let recorded = adopt::process_record(dir).map_err(|error| error.to_string())?;
        let recorded = recorded.filter(|record| nonce.is_none_or(|nonce| nonce == record.nonce));
        let Some(nonce) = nonce.or(recorded.as_ref().map(|record| record.nonce.as_str())) else {
            return Ok(Found::Vanished);
        };
        if let Some(record) = recorded.clone() {
            let left = adopt::left_of(dir, &record, &self.pipes.folder).map_err(|error| error.to_string())?;
            let is_left = !left.is_empty() || Tree::new(record.identity.clone()).is_left_behind();
            return Ok(if is_left { Found::Running(record) } else { Found::Vanished });
        }
        let unrecorded = |identity: Identity| ProcessRecord {
            attempt: attempt.clone(),
            pid: identity.pid,
            nonce: nonce.to_owned(),
            started_at: (self.now)(),
            log_limit_bytes: UNKNOWN_LOG_LIMIT,
            pipes: identity::output_files(identity.pid).iter().find_map(|file| self.pipes.folder.name_of(file)),
            identity,
        };
        let main = adopt::by_nonce(nonce).map_err(|error| error.to_string())?;
        let Some(record) = main.map(unrecorded) else { return Ok(Found::Vanished) };
        // Should this supervisor die too, the next one needs no luck.
        adopt::write(dir, PROCESS_FILE, &record).map_err(|error| error.to_string())?;
        Ok(Found::Running(record))
    }

    fn own_adopted(&mut self, attempt: &AttemptId, dir: &Path, record: ProcessRecord) {
        let (vitals, meter) = Vitals::resume(dir, record.started_at, (self.now)());
        let (vitals, meter) = (Arc::new(vitals), Arc::new(meter));
        let identity = record.identity.clone();
        let files = record.pipes.as_ref().map(|name| self.pipes.folder.files(name)).unwrap_or_default();
        let output = self.reopen(dir, &record, &meter);
        let mut owned = Owned::new(dir.to_owned(), record, (meter, vitals));
        owned.adopted = true;
        owned.tree = owned.tree.writing_to(files);
        owned.tree.resume(dir);
        match output {
            Ok((pipes, log)) => owned.drain = Some(self.drain(pipes, log)),
            Err(error) => tracing::warn!(%attempt, %error, "the output of an adopted process is lost"),
        }
        self.owned.insert(attempt.clone(), owned);
        let (inbox, attempt) = (self.inbox.clone(), attempt.clone());
        tokio::spawn(async move {
            while identity.is_running() {
                tokio::time::sleep(ADOPTED_LOOK).await;
            }
            let _server_is_over = inbox.send(Input::AdoptedEnded { attempt }).await;
        });
    }

    fn reopen(&self, dir: &Path, record: &ProcessRecord, meter: &Arc<Meter>) -> io::Result<(Pipes, Log)> {
        let name = record.pipes.as_ref().ok_or(io::ErrorKind::NotFound)?;
        Ok((self.pipes.folder.open(name)?, Log::open(dir, record.log_limit_bytes, true, Arc::clone(meter))?))
    }
}
