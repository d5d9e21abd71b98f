//! One client of the supervisor: a reader and a writer between its socket and the server.

use futures_util::StreamExt;
use tokio::{
    io::AsyncWriteExt,
    net::{
        UnixStream,
        unix::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::mpsc,
    task::JoinHandle,
};
use tokio_util::codec::FramedRead;

use super::server::{ClientId, Input};
use crate::process::protocol::{self, Request};

/// Messages waiting for one client. A client that lets more pile up is cut off; it asks again when it comes back.
const OUTBOX: usize = 4096;
/// Most messages written at once.
const BATCH: usize = 64;

/// The way to a client. Dropping the sender ends the connection after what was sent is written.
#[derive(Debug)]
pub(super) struct Outbox {
    pub(super) lines: mpsc::Sender<String>,
    pub(super) writer: JoinHandle<()>,
}

/// Starts both tasks of a client; none when it belongs to another user.
pub(super) fn open(stream: UnixStream, client: ClientId, inbox: mpsc::Sender<Input>) -> Option<Outbox> {
    let own = nix::unistd::geteuid().as_raw();
    if !stream.peer_cred().is_ok_and(|peer| peer.uid() == own) {
        tracing::warn!("refused a client of another user");
        return None;
    }
    let (read, write) = stream.into_split();
    let (lines, queue) = mpsc::channel(OUTBOX);
    tokio::spawn(read_requests(read, client, inbox));
    Some(Outbox { lines, writer: tokio::spawn(write_lines(write, queue)) })
}

async fn read_requests(read: OwnedReadHalf, client: ClientId, inbox: mpsc::Sender<Input>) {
    let mut lines = FramedRead::new(read, protocol::codec());
    while let Some(Ok(line)) = lines.next().await {
        let input = match protocol::decode::<Request>(&line) {
            Ok(request) => Input::Request { client, request },
            Err(reason) => Input::Malformed { client, id: protocol::request_id(&line), reason },
        };
        if inbox.send(input).await.is_err() {
            return;
        }
    }
    let _server_is_over = inbox.send(Input::Gone { client }).await;
}

async fn write_lines(mut write: OwnedWriteHalf, mut queue: mpsc::Receiver<String>) {
    let mut batch = Vec::with_capacity(BATCH);
    while queue.recv_many(&mut batch, BATCH).await > 0 {
        let bytes = batch.concat();
        batch.clear();
        if write.write_all(bytes.as_bytes()).await.is_err() {
            return;
        }
    }
}
