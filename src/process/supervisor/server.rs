//! The heart of the supervisor: takes every input in turn and is the only one that changes state.

use std::{
    collections::HashMap,
    path::Path,
    time::{Duration, Instant},
};

use tokio::{net::UnixStream, sync::mpsc, time::timeout};

use super::{
    attempts::Attempts,
    connection::{self, Outbox},
    starting::{StartEnded, Waiter},
};
use crate::{
    model::ids::AttemptId,
    process::{
        Now,
        adopt::{ExitRecord, Found},
        endpoint::Lock,
        pipes::PipePool,
        protocol::{self, Answer, Exit, Message, Op, PROTOCOL, Peer, Request, VERSION},
        spec::{SpawnError, SpawnSpec},
    },
};

/// Most clients at a time. One daemon is one client; the rest is for people who look.
const MOST_CLIENTS: usize = 64;
/// An exit that nobody acknowledged for this long is flushed to disk.
const FLUSH_AFTER: Duration = Duration::from_secs(1);
/// A supervisor without client that nobody can find any more ends its processes after so many looks, one a second.
const FORSAKEN_LOOKS: u32 = 5;
/// And this is the grace that they get.
const FORSAKEN_GRACE: Duration = Duration::from_secs(5);
/// Rounds of housekeeping between two looks at what the processes use.
const BEAT_EVERY: u32 = 5;
/// How long the last messages, and then the last flush, may take.
const CLOSE_PATIENCE: Duration = Duration::from_secs(1);

/// Counts connections.
pub(super) type ClientId = u64;

/// What happens to the server, besides signals and new clients.
#[derive(Debug)]
pub(super) enum Input {
    /// A client asks for something.
    Request { client: ClientId, request: Request },
    /// A client sent something that cannot be understood.
    Malformed { client: ClientId, id: Option<u64>, reason: String },
    /// A client went away.
    Gone { client: ClientId },
    /// A process was started, or not.
    Started(Box<StartEnded>),
    /// A process that is not our child has ended.
    AdoptedEnded { attempt: AttemptId },
    /// The end of a process is complete.
    Finished { attempt: AttemptId, exit: ExitRecord, pipes_unused: bool },
}

#[derive(Debug)]
struct Client {
    outbox: Outbox,
    subscribed: bool,
}

/// The state of the supervisor.
#[derive(Debug)]
pub(super) struct Server {
    attempts: Attempts,
    clients: HashMap<ClientId, Client>,
    last_client: ClientId,
    inbox: mpsc::Sender<Input>,
    /// The right to take new attempts; given back when retiring.
    lock: Option<Lock>,
    /// Since when nobody needs this supervisor.
    idle_since: Option<Instant>,
    /// Looks in a row at which nobody could find this supervisor.
    forsaken: u32,
    /// Rounds of housekeeping.
    looks: u32,
    /// The file of this program, as it was at the start: it may be replaced.
    build: Option<String>,
    now: Now,
}

impl Server {
    /// A server without clients and processes.
    pub(super) fn new(lock: Lock, inbox: mpsc::Sender<Input>, pipes: PipePool, now: Now) -> Self {
        let attempts = Attempts::new(pipes, inbox.clone(), now);
        let (clients, idle_since) = (HashMap::new(), Some(Instant::now()));
        let (last_client, forsaken, looks) = (0, 0, 0);
        let build = std::env::current_exe().ok().and_then(|program| protocol::build_of(&program));
        Self { attempts, clients, last_client, inbox, lock: Some(lock), idle_since, forsaken, looks, build, now }
    }

    /// True when nobody needs this supervisor any more.
    pub(super) fn is_over(&mut self, idle: Duration) -> bool {
        let busy = self.attempts.is_busy();
        if busy || !self.clients.is_empty() {
            self.idle_since = None;
            return self.lock.is_none() && !busy;
        }
        self.lock.is_none() || self.idle_since.get_or_insert_with(Instant::now).elapsed() >= idle
    }

    /// Takes a new client.
    pub(super) fn connect(&mut self, stream: UnixStream) {
        if self.clients.len() >= MOST_CLIENTS {
            tracing::warn!("too many clients, refused one");
            return;
        }
        self.last_client += 1;
        if let Some(outbox) = connection::open(stream, self.last_client, self.inbox.clone()) {
            self.clients.insert(self.last_client, Client { outbox, subscribed: false });
        }
    }

    /// Takes one input.
    pub(super) fn handle(&mut self, input: Input) {
        match input {
            Input::Request { client, request: Request { id, op, until } } => {
                let waiter = Waiter { client, id, until };
                let answer = if waiter.is_gone() { Some(too_late()) } else { self.answer(waiter, op) };
                if let Some(answer) = answer {
                    self.send(client, &Message::Reply { id, answer });
                }
            }
            Input::Started(ended) => self.started(*ended),
            Input::Malformed { client, id: Some(id), reason } => {
                self.send(client, &Message::Reply { id, answer: Answer::Failed { reason } });
            }
            Input::Malformed { client, id: None, .. } | Input::Gone { client } => {
                self.clients.remove(&client);
            }
            Input::AdoptedEnded { attempt } => self.attempts.adopted_ended(&attempt),
            Input::Finished { attempt, exit, pipes_unused } => {
                let message = Message::Exit(Exit::new(attempt.clone(), &exit));
                self.attempts.finished(&attempt, exit, pipes_unused);
                self.publish(&message);
            }
        }
    }

    /// None when the answer comes later.
    fn answer(&mut self, waiter: Waiter, op: Op) -> Option<Answer> {
        let client = waiter.client;
        match op {
            Op::Spawn(spec) => return self.spawn(spec, waiter),
            Op::Hello => return Some(Answer::Peer(self.peer())),
            Op::List => return Some(Answer::Processes(self.attempts.list())),
            Op::Adopt { attempt, dir, nonce } => return Some(self.adopt(client, attempt, &dir, nonce.as_deref())),
            Op::Terminate { attempt, grace_ms } => {
                self.attempts.terminate(&attempt, Duration::from_millis(grace_ms));
            }
            Op::Forget { attempt } => self.attempts.forget(&attempt),
            Op::Subscribe => self.subscribe(client),
            Op::Retire => self.retire(),
        }
        Some(Answer::Done)
    }

    fn adopt(&mut self, client: ClientId, attempt: AttemptId, dir: &Path, nonce: Option<&str>) -> Answer {
        match self.attempts.adopt(&attempt, dir, nonce) {
            Ok(found) => {
                if let Found::Exited(exit) = &found {
                    self.send(client, &Message::Exit(Exit::new(attempt, exit)));
                }
                Answer::Found { found, at: (self.now)() }
            }
            Err(reason) => Answer::Failed { reason },
        }
    }

    fn peer(&self) -> Peer {
        let pid = std::process::id().cast_signed();
        let (version, build) = (VERSION.to_owned(), self.build.clone());
        Peer { pid, version, protocol: PROTOCOL, build, accepting: self.lock.is_some() }
    }

    fn spawn(&mut self, spec: Box<SpawnSpec>, waiter: Waiter) -> Option<Answer> {
        if self.lock.is_none() && !self.attempts.has(&spec.attempt, &spec.nonce) {
            return Some(Answer::Refused(SpawnError::Retiring));
        }
        self.attempts.spawn(spec, waiter)
    }

    fn started(&mut self, ended: StartEnded) {
        let (waiters, answer) = self.attempts.started(ended);
        for Waiter { client, id, .. } in waiters {
            self.send(client, &Message::Reply { id, answer: answer.clone() });
        }
        // It may have ended before it was known.
        self.attempts.reap();
    }

    fn subscribe(&mut self, client: ClientId) {
        if let Some(client) = self.clients.get_mut(&client) {
            client.subscribed = true;
        }
        let missed: Vec<Message> =
            (self.attempts.exits()).map(|(attempt, exit)| Message::Exit(Exit::new(attempt.clone(), exit))).collect();
        for message in &missed {
            self.send(client, message);
        }
    }

    /// Takes no new attempts from now on.
    pub(super) fn retire(&mut self) {
        self.lock = None;
    }

    /// Reaps children after SIGCHLD.
    pub(super) fn reap(&mut self) {
        self.attempts.reap();
    }

    /// Done every second: flushes exits, records process trees, and reaps in case a signal was lost. `findable` says
    /// whether a daemon that looks for supervisors finds this one.
    pub(super) fn keep_house(&mut self, findable: bool) {
        self.attempts.reap();
        self.forsaken = if findable || !self.clients.is_empty() { 0 } else { self.forsaken + 1 };
        if self.forsaken == FORSAKEN_LOOKS {
            // The root was deleted: nobody will ever ask for these processes again.
            tracing::warn!("nobody can find this supervisor any more, it ends its processes");
            self.retire();
            self.attempts.terminate_all(FORSAKEN_GRACE);
        }
        // The handle is of no use: the next look comes in a second.
        drop(self.attempts.flush(FLUSH_AFTER));
        self.looks += 1;
        self.attempts.look(self.looks.is_multiple_of(BEAT_EVERY));
    }

    /// Lets the last messages go out and flushes the last exits.
    pub(super) async fn close(mut self) {
        for (_, Client { outbox: Outbox { lines, writer }, .. }) in self.clients.drain() {
            drop(lines);
            let _gone_or_slow = timeout(CLOSE_PATIENCE, writer).await;
        }
        if let Some(flushed) = self.attempts.flush(Duration::ZERO) {
            let _slow = timeout(CLOSE_PATIENCE, flushed).await;
        }
    }

    fn publish(&mut self, message: &Message) {
        let subscribed: Vec<ClientId> =
            self.clients.iter().filter(|(_, client)| client.subscribed).map(|(id, _)| *id).collect();
        for client in subscribed {
            self.send(client, message);
        }
    }

    /// A client that does not read is cut off: what it misses it can ask for again.
    fn send(&mut self, client: ClientId, message: &Message) {
        let Some(outbox) = self.clients.get(&client).map(|client| &client.outbox) else { return };
        let sent = protocol::encode(message).is_ok_and(|line| outbox.lines.try_send(line).is_ok());
        if !sent {
            self.clients.remove(&client);
        }
    }
}

/// Nobody waits for it any more.
pub(super) fn too_late() -> Answer {
    Answer::Refused(SpawnError::SupervisorGone { reason: "the request lay too long".to_owned() })
}
