//! Methods of the gateway: JSON frames over one WebSocket.
//!
//! The client is a `gateway-client` in the mode `backend`, which needs no pairing on loopback with the shared token. It
//! offers the protocols 3 (2026.5) and 4 (from 2026.8.1 on).

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{
    net::TcpStream,
    time::{Instant, timeout_at},
};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};

/// Why a method brought nothing.
#[derive(Debug, thiserror::Error)]
pub enum RpcError {
    /// There is no connection, or it broke.
    #[error("the connection to the OpenClaw Gateway failed: {0}")]
    Lost(String),
    /// It took too long.
    #[error("the OpenClaw Gateway did not answer {0} in time")]
    TooSlow(String),
    /// The gateway says no.
    #[error("the OpenClaw Gateway refused {method}: {message}")]
    Refused {
        /// The method.
        method: String,
        /// Its words.
        message: String,
    },
}

/// A connection.
pub(super) struct Rpc {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    next: u64,
}

impl Rpc {
    /// Connects and says who we are.
    pub async fn connect(url: &str, token: Option<&str>, limit: Duration) -> Result<Self, RpcError> {
        let deadline = Instant::now() + limit;
        let address = match url.split_once("://") {
            Some(("https", rest)) => format!("wss://{rest}"),
            Some((_, rest)) => format!("ws://{rest}"),
            None => format!("ws://{url}"),
        };
        let connected = timeout_at(deadline, connect_async(&address)).await;
        let connected = connected.map_err(|_| RpcError::TooSlow("connect".into()))?;
        let (socket, _) = connected.map_err(|error| RpcError::Lost(error.to_string()))?;
        let mut rpc = Self { socket, next: 0 };
        // It speaks first.
        while rpc.frame(deadline, "connect").await?["event"] != "connect.challenge" {}
        let hello = json!({
            "minProtocol": 3, "maxProtocol": 4, "role": "operator", "caps": [],
            "scopes": ["operator.read", "operator.write", "operator.admin"],
            "client": {"id": "gateway-client", "version": env!("CARGO_PKG_VERSION"), "platform": std::env::consts::OS,
                       "mode": "backend"},
            "auth": {"token": token},
        });
        rpc.call("connect", hello, limit).await?;
        Ok(rpc)
    }

    /// Calls a method and waits for its answer; events in between are of no interest.
    pub async fn call(&mut self, method: &str, params: Value, limit: Duration) -> Result<Value, RpcError> {
        let deadline = Instant::now() + limit;
        self.next += 1;
        let id = self.next.to_string();
        let request = json!({"type": "req", "id": id, "method": method, "params": params});
        let sent = timeout_at(deadline, self.socket.send(Message::text(request.to_string()))).await;
        sent.map_err(|_| RpcError::TooSlow(method.into()))?.map_err(|error| RpcError::Lost(error.to_string()))?;
        loop {
            let mut frame = self.frame(deadline, method).await?;
            if frame["type"] != "res" || frame["id"] != id.as_str() {
                continue;
            }
            if frame["ok"] == true {
                return Ok(frame["payload"].take());
            }
            let message = frame["error"]["message"].as_str().unwrap_or("no reason given").to_owned();
            return Err(RpcError::Refused { method: method.into(), message });
        }
    }

    async fn frame(&mut self, deadline: Instant, method: &str) -> Result<Value, RpcError> {
        loop {
            let message = timeout_at(deadline, self.socket.next()).await;
            match message.map_err(|_| RpcError::TooSlow(method.into()))? {
                Some(Ok(Message::Text(text))) => {
                    return serde_json::from_str(text.as_str()).map_err(|error| RpcError::Lost(error.to_string()));
                }
                // Pings are answered by the library.
                Some(Ok(Message::Close(_))) | None => return Err(RpcError::Lost("it was closed".into())),
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(RpcError::Lost(error.to_string())),
            }
        }
    }
}
