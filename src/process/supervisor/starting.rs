//! Starts processes, on helper threads: a start waits until the new program runs, and several may wait at once.

use std::{sync::Arc, time::Duration};

use super::{
    attempts::{Attempts, Owned},
    server::{ClientId, Input, too_late},
};
use crate::{
    model::ids::AttemptId,
    process::{
        protocol::Answer,
        spawn::{self, Started},
        spec::{SpawnError, SpawnSpec, Spawned},
        uptime,
        vitals::Vitals,
    },
};

/// A request that waits for an answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Waiter {
    /// Whose it is.
    pub(super) client: ClientId,
    /// Its number.
    pub(super) id: u64,
    /// Until when somebody waits, in milliseconds of the machine's time since its start; none for as long as it takes.
    pub(super) until: Option<u64>,
}

impl Waiter {
    /// True when nobody waits any more.
    pub(super) fn is_gone(&self) -> bool {
        uptime::is_past(self.until)
    }
}

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
        let (waiters, mut terminate) =
            starting.map_or_else(Default::default, |starting| (starting.waiters, starting.terminate));
        let mut answer = match result {
            Ok(Started { record, pipes, log, meter }) => {
                let spawned = Spawned { pid: record.pid, identity: record.identity.to_string() };
                self.children.insert(spawned.pid, attempt.clone());
                let files = record.pipes.as_ref().map(|name| self.pipes.folder.files(name)).unwrap_or_default();
                let mut owned = Owned::new(dir, record, (meter, Arc::new(Vitals::new())));
                owned.tree = owned.tree.writing_to(files);
                owned.drain = Some(self.drain(pipes, log));
                self.owned.insert(attempt.clone(), owned);
                Answer::Spawned(spawned)
            }
            Err(error) => {
                self.pipes.give_back(pipes, false);
                Answer::Refused(error)
            }
        };
        // This supervisor was stopped while it started the process: whoever asked has given it up and may start another.
        if matches!(answer, Answer::Spawned(_)) && !waiters.is_empty() && waiters.iter().all(Waiter::is_gone) {
            answer = too_late();
            terminate = Some(Duration::ZERO);
            if let Some(owned) = self.owned.get_mut(&attempt) {
                owned.given_up = true;
            }
        }
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use chrono::DateTime;
    use tokio::{sync::mpsc, time::timeout};

    use super::*;
    use crate::{
        model::{agent::Limits, ids::AttemptId},
        process::{
            identity::Identity,
            pipes::{PipeFolder, PipePool},
        },
    };

    fn spec(folder: &Path) -> SpawnSpec {
        SpawnSpec {
            attempt: "yard.t-1.1".parse().unwrap(),
            dir: folder.join("archive"),
            argv: ["sleep", "600"].map(str::to_owned).to_vec(),
            cwd: folder.to_owned(),
            env: vec![("PATH".to_owned(), "/usr/bin:/bin".to_owned())],
            stdin: None,
            nonce: folder.display().to_string(),
            log_limit_bytes: 1000,
            limits: Limits::default(),
        }
    }

    #[tokio::test]
    async fn a_process_that_came_too_late_for_whoever_asked_is_ended() {
        let folder = tempfile::tempdir().unwrap();
        let pipes = PipePool::new(PipeFolder::of(folder.path()), 7);
        std::fs::create_dir(folder.path().join("pipes")).unwrap();
        let (inbox, mut inputs) = mpsc::channel(8);
        let mut attempts = Attempts::new(pipes, inbox, || DateTime::UNIX_EPOCH);
        let attempt: AttemptId = "yard.t-1.1".parse().unwrap();
        let waiter = Waiter { client: 1, id: 1, until: Some(u64::MAX) };
        assert!(attempts.spawn(Box::new(spec(folder.path())), waiter).is_none());
        let Some(Input::Started(ended)) = inputs.recv().await else { panic!("it starts") };
        // Meanwhile this supervisor was stopped, and the daemon has waited in vain.
        attempts.starting.get_mut(&attempt).unwrap().waiters[0].until = Some(1);
        let (waiters, answer) = attempts.started(*ended);
        assert_eq!(waiters.len(), 1);
        assert!(matches!(answer, Answer::Refused(SpawnError::SupervisorGone { .. })), "{answer:?}");
        assert!(attempts.adopt(&attempt, &folder.path().join("archive"), None).is_err(), "nobody takes it for started");
        let pid = attempts.owned[&attempt].record.pid;
        let ends = async {
            while Identity::of(pid, "").unwrap().is_some_and(|process| process.is_running()) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(Duration::from_secs(20), ends).await.expect("it ends");
    }
}
