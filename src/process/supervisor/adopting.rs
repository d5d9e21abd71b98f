//! Looks after processes whose own supervisor died.

use std::{io, path::Path, sync::Arc, time::Duration};

use super::{
    attempts::{Attempts, Owned},
    server::Input,
};
use crate::{
    model::ids::AttemptId,
    process::{
        adopt::{self, Found, ProcessRecord},
        identity::{self, Identity},
        output::{Log, Meter},
        pipes::Pipes,
        spec::NONCE_VARIABLE,
    },
};

/// How often an adopted process is looked at: it is nobody's child here, so its end must be noticed.
const ADOPTED_LOOK: Duration = Duration::from_millis(250);

impl Attempts {
    /// Looks after a process whose supervisor died. Only a running one is owned from then on.
    pub(super) fn adopt(&mut self, attempt: &AttemptId, dir: &Path, nonce: Option<&str>) -> Result<Found, String> {
        if let Some(owned) = self.owned.get(attempt) {
            return Ok(match &owned.exit {
                None => Found::Running(owned.record.clone()),
                Some(exit) => Found::Exited(exit.record.clone()),
            });
        }
        let found = match adopt::look(dir).map_err(|error| error.to_string())? {
            Found::Vanished => self.find(attempt, nonce),
            found => found,
        };
        if let Found::Running(record) = &found {
            self.own_adopted(attempt, dir, record.clone());
        }
        Ok(found)
    }

    /// A process whose supervisor died before it could write the record down.
    fn find(&self, attempt: &AttemptId, nonce: Option<&str>) -> Found {
        let Some(nonce) = nonce else { return Found::Vanished };
        let pids = identity::carrying(&format!("{NONCE_VARIABLE}={nonce}"));
        let leads = |pid: &i32| matches!(identity::entry(*pid), Ok(Some(entry)) if entry.group == *pid);
        let main = pids.into_iter().find(leads).and_then(|pid| Identity::of(pid, nonce).ok().flatten());
        main.map_or(Found::Vanished, |identity| {
            Found::Running(ProcessRecord {
                attempt: attempt.clone(),
                pid: identity.pid,
                nonce: nonce.to_owned(),
                identity,
                started_at: (self.now)(),
                log_limit_bytes: 0,
                pipes: None,
            })
        })
    }

    fn own_adopted(&mut self, attempt: &AttemptId, dir: &Path, record: ProcessRecord) {
        let meter = Arc::new(Meter::default());
        let identity = record.identity.clone();
        let output = self.reopen(dir, &record, &meter);
        let mut owned = Owned::new(dir.to_owned(), record, meter);
        owned.adopted = true;
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
