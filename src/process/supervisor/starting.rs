//! Starts processes, on helper threads: a start waits until the new program runs, and several may wait at once.

use std::{sync::Arc, time::Duration};

use super::{
    attempts::{Attempts, Owned},
    server::{ClientId, Input},
};
use crate::{
    model::ids::AttemptId,
    process::{
        protocol::Answer,
        spawn::{self, Started},
        spec::{SpawnError, SpawnSpec, Spawned},
        vitals::Vitals,
    },
};

/// A request that waits for an answer.
pub(super) type Waiter = (ClientId, u64);

/// A process on its way.
#[derive(Debug)]
pub(super) struct Starting {
    nonce: String,
    /// Who asked for it.
    waiters: Vec<Waiter>,
    /// It was to be ended before it was there; with this grace.
    pub(super) terminate: Option<Duration>,
}

impl Attempts {
    /// True when this very process was started already, or is on its way.
    pub(super) fn has(&self, attempt: &AttemptId, nonce: &str) -> bool {
        self.owned.get(attempt).is_some_and(|owned| owned.record.nonce == nonce)
            || self.starting.get(attempt).is_some_and(|starting| starting.nonce == nonce)
    }

    /// Starts a process; asked again, it answers with the process that was started before. Without an answer now,
    /// [`Attempts::started`] has it later.
    pub(super) fn spawn(&mut self, spec: Box<SpawnSpec>, waiter: Waiter) -> Option<Answer> {
        let mine = self.has(&spec.attempt, &spec.nonce);
        if let Some(owned) = self.owned.get(&spec.attempt) {
            let spawned = Spawned { pid: owned.record.pid, identity: owned.record.identity.to_string() };
            return Some(if mine { Answer::Spawned(spawned) } else { Answer::Refused(SpawnError::AlreadyStarted) });
        }
        if let Some(starting) = self.starting.get_mut(&spec.attempt) {
            if !mine {
                return Some(Answer::Refused(SpawnError::AlreadyStarted));
            }
            starting.waiters.push(waiter);
            return None;
        }
        let starting = Starting { nonce: spec.nonce.clone(), waiters: vec![waiter], terminate: None };
        self.starting.insert(spec.attempt.clone(), starting);
        self.start(spec);
        None
    }

    fn start(&mut self, spec: Box<SpawnSpec>) {
        let (folder, name) = (self.pipes.folder.clone(), self.pipes.take());
        let (inbox, now) = (self.inbox.clone(), (self.now)());
        tokio::task::spawn_blocking(move || {
            let result = spawn::start(&spec, &folder, name.clone(), now);
            let SpawnSpec { attempt, dir, .. } = *spec;
            let input = Input::Started(Box::new(StartEnded { attempt, dir, pipes: name, result }));
            let _server_is_over = inbox.blocking_send(input);
        });
    }

    /// A start is over: who is to be told what.
    pub(super) fn started(&mut self, ended: StartEnded) -> (Vec<Waiter>, Answer) {
        let StartEnded { attempt, dir, pipes, result } = ended;
        let starting = self.starting.remove(&attempt);
        let (waiters, terminate) =
            starting.map_or_else(Default::default, |starting| (starting.waiters, starting.terminate));
        let answer = match result {
            Ok(Started { record, pipes, log, meter }) => {
                let spawned = Spawned { pid: record.pid, identity: record.identity.to_string() };
                self.children.insert(spawned.pid, attempt.clone());
                let mut owned = Owned::new(dir, record, (meter, Arc::new(Vitals::new())));
                owned.drain = Some(self.drain(pipes, log));
                self.owned.insert(attempt.clone(), owned);
                Answer::Spawned(spawned)
            }
            Err(error) => {
                self.pipes.give_back(pipes, false);
                Answer::Refused(error)
            }
        };
        if let Some(grace) = terminate {
            self.terminate(&attempt, grace);
        }
        (waiters, answer)
    }
}

/// The outcome of a start.
#[derive(Debug)]
pub(super) struct StartEnded {
    attempt: AttemptId,
    dir: std::path::PathBuf,
    pipes: crate::process::pipes::PipeName,
    result: Result<Started, SpawnError>,
}
