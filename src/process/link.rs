//! One connection to one supervisor: pipelined requests out, answers and exits in.

use std::{
    collections::HashMap,
    io,
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use futures_util::StreamExt;
use tokio::{
    io::AsyncWriteExt,
    net::{
        UnixStream,
        unix::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::{Notify, broadcast, mpsc, oneshot},
    time::timeout,
};
use tokio_util::{codec::FramedRead, sync::CancellationToken};

use super::{
    protocol::{self, Answer, Exit, Message, Op, Peer, Request},
    uptime,
};
use crate::model::ids::AttemptId;

/// Requests waiting to be written; callers wait beyond that.
const OUTBOX: usize = 256;
/// Most requests written at once.
const BATCH: usize = 64;
/// A supervisor that does not answer for so long hangs, and is left.
const ANSWER_PATIENCE: Duration = Duration::from_secs(30);

/// A process that is asked for is not started later than this: who asked has given it up soon after, and it would run beside
/// the one that takes its place. What a stopped supervisor finds in its socket when it goes on is older.
const START_PATIENCE: Duration = Duration::from_secs(25);

/// Until when a request may be carried out.
fn until(op: &Op) -> Option<u64> {
    matches!(op, Op::Spawn(_)).then(|| uptime::millis_in(START_PATIENCE))
}

/// What all links of a handle share.
#[derive(Debug)]
pub(super) struct Watch {
    /// Exits of every supervisor.
    pub(super) exits: broadcast::Sender<Exit>,
    /// A link was lost.
    pub(super) lost: Notify,
    /// Attempts that have, or may have, a process.
    pub(super) known: Mutex<HashMap<AttemptId, Known>>,
}

/// What is remembered of an attempt, to find its process again when its supervisor dies.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) dir: PathBuf,
    /// False while the answer to the request to start it is awaited.
    pub(super) started: bool,
    /// Finds it also when its record was not written.
    pub(super) nonce: String,
}

impl Watch {
    /// Tells an exit to everybody who listens.
    pub(super) fn exit(&self, exit: Exit) {
        self.forget(&exit.attempt);
        let _nobody_listens = self.exits.send(exit);
    }

    /// Its process needs not be found again.
    pub(super) fn forget(&self, attempt: &AttemptId) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(attempt);
    }

    /// Its process must be found again when its supervisor dies.
    pub(super) fn remember(&self, attempt: &AttemptId, known: Known) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(attempt.clone(), known);
    }

    /// Attempts whose process was started.
    pub(super) fn started(&self) -> Vec<(AttemptId, Known)> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.iter().filter(|(_, known)| known.started).map(|(id, known)| (id.clone(), known.clone())).collect()
    }

    /// The nonce of an attempt whose exit is not known.
    pub(super) fn nonce(&self, attempt: &AttemptId) -> Option<String> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(attempt).map(|known| known.nonce.clone()).filter(|nonce| !nonce.is_empty())
    }

    /// True while the exit of this attempt is not known.
    pub(super) fn knows(&self, attempt: &AttemptId) -> bool {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).contains_key(attempt)
    }
}

/// Why a request has no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum LinkError {
    /// The connection broke; the request may have been carried out.
    #[error("the supervisor is gone")]
    Gone,
    /// The request cannot be put on the wire.
    #[error("{0}")]
    Unsendable(String),
}

/// Answers that are awaited; none once the connection is over.
type Pending = Mutex<Option<HashMap<u64, oneshot::Sender<Answer>>>>;

/// The connection. It closes when it is dropped.
#[derive(Debug)]
pub(super) struct Link {
    /// Who is at the other end.
    pub(super) peer: Peer,
    accepting: AtomicBool,
    out: mpsc::Sender<String>,
    pending: Arc<Pending>,
    next: AtomicU64,
    closed: CancellationToken,
}

impl Link {
    /// Takes a connected socket, asks who it is, and subscribes to exits.
    pub(super) async fn open(stream: UnixStream, watch: Arc<Watch>) -> Result<Self, LinkError> {
        let (read, write) = stream.into_split();
        let (out, queue) = mpsc::channel(OUTBOX);
        let pending: Arc<Pending> = Arc::new(Mutex::new(Some(HashMap::new())));
        let closed = CancellationToken::new();
        tokio::spawn(write_requests(write, queue, closed.clone()));
        tokio::spawn(read_messages(read, Arc::clone(&pending), watch, closed.clone()));
        let peer = Peer { pid: 0, version: String::new(), protocol: 0, build: None, accepting: false };
        let mut link = Self { peer, accepting: AtomicBool::new(false), out, pending, next: AtomicU64::new(0), closed };
        if let Answer::Peer(peer) = link.request(Op::Hello).await? {
            link.accepting = AtomicBool::new(peer.accepting);
            link.peer = peer;
        }
        link.request(Op::Subscribe).await?;
        Ok(link)
    }

    /// True until the connection breaks.
    pub(super) fn is_open(&self) -> bool {
        !self.closed.is_cancelled()
    }

    /// True while the supervisor takes new attempts.
    pub(super) fn is_accepting(&self) -> bool {
        self.is_open() && self.accepting.load(Ordering::Relaxed)
    }

    /// The supervisor said, or was told, that it takes no more.
    pub(super) fn stop_accepting(&self) {
        self.accepting.store(false, Ordering::Relaxed);
    }

    /// Sends a request and waits for its answer; many may be under way at once.
    pub(super) async fn request(&self, op: Op) -> Result<Answer, LinkError> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let line = protocol::encode(&Request { id, until: until(&op), op }).map_err(LinkError::Unsendable)?;
        let (sender, answer) = oneshot::channel();
        match self.pending.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            Some(pending) => pending.insert(id, sender),
            None => return Err(LinkError::Gone),
        };
        let exchange = async {
            self.out.send(line).await.map_err(|_| LinkError::Gone)?;
            answer.await.map_err(|_| LinkError::Gone)
        };
        timeout(ANSWER_PATIENCE, exchange).await.unwrap_or_else(|_| {
            tracing::warn!(pid = self.peer.pid, "the supervisor does not answer");
            self.closed.cancel();
            Err(LinkError::Gone)
        })
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.closed.cancel();
    }
}

async fn write_requests(mut write: OwnedWriteHalf, mut queue: mpsc::Receiver<String>, closed: CancellationToken) {
    let mut batch = Vec::with_capacity(BATCH);
    while closed.run_until_cancelled(queue.recv_many(&mut batch, BATCH)).await.is_some_and(|count| count > 0) {
        let bytes = batch.concat();
        batch.clear();
        if !matches!(closed.run_until_cancelled(write.write_all(bytes.as_bytes())).await, Some(Ok(()))) {
            break;
        }
    }
    closed.cancel();
}

async fn read_messages(read: OwnedReadHalf, pending: Arc<Pending>, watch: Arc<Watch>, closed: CancellationToken) {
    let mut lines = FramedRead::new(read, protocol::codec());
    while let Some(Some(Ok(line))) = closed.run_until_cancelled(lines.next()).await {
        match protocol::decode::<Message>(&line) {
            Ok(Message::Reply { id, answer }) => {
                let mut pending = pending.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(sender) = pending.as_mut().and_then(|pending| pending.remove(&id)) {
                    let _nobody_waits_any_more = sender.send(answer);
                }
            }
            Ok(Message::Exit(exit)) => watch.exit(exit),
            // A newer supervisor may say more than we know.
            Err(error) => tracing::warn!(%error, "failed to understand the supervisor"),
        }
    }
    closed.cancel();
    // Drops the senders, so that everybody who waits learns it.
    *pending.lock().unwrap_or_else(PoisonError::into_inner) = None;
    watch.lost.notify_one();
}

impl From<LinkError> for io::Error {
    fn from(error: LinkError) -> Self {
        Self::other(error.to_string())
    }
}
