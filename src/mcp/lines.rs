//! Standard input and output, line by line: what is no JSON is answered as JSON-RPC asks, and the rest goes on.
//!
//! The SDK leaves such lines without an answer, so that a client waits for ever for one.

use std::{io, sync::Arc};

use futures_util::StreamExt;
use serde::de::IgnoredAny;
use serde_json::json;
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader, DuplexStream, duplex},
    sync::Mutex,
    task::JoinHandle,
};
use tokio_util::codec::{AnyDelimiterCodec, AnyDelimiterCodecError, FramedRead};

/// Longest line; as long as what the SDK takes.
const MOST_LINE_BYTES: usize = 16 * 1024 * 1024;
/// Bytes on their way between us and the SDK.
const BUFFER: usize = 64 * 1024;
/// JSON-RPC's code for what cannot be parsed.
const PARSE_ERROR: i64 = -32700;

/// Both ends for the SDK.
pub(super) struct Lines {
    /// Whole lines that are JSON.
    pub input: DuplexStream,
    /// Where answers go.
    pub output: DuplexStream,
    /// Ends when everything is written.
    pub written: JoinHandle<()>,
}

impl Lines {
    /// Stands between a client and the SDK. Needs a tokio runtime.
    pub(super) fn between(
        input: impl AsyncRead + Send + Unpin + 'static,
        output: impl AsyncWrite + Send + Unpin + 'static,
    ) -> Self {
        let (to_sdk, sdk_input) = duplex(BUFFER);
        let (from_sdk, sdk_output) = duplex(BUFFER);
        let output = Arc::new(Mutex::new(output));
        tokio::spawn(check(input, to_sdk, Arc::clone(&output)));
        let written = tokio::spawn(async move {
            // The client has hung up.
            let _gone = pass_on(from_sdk, &output).await;
        });
        Self { input: sdk_input, output: sdk_output, written }
    }
}

async fn check(input: impl AsyncRead + Unpin, mut to_sdk: DuplexStream, output: Arc<Mutex<impl AsyncWrite + Unpin>>) {
    let codec = AnyDelimiterCodec::new_with_max_length(b"\n".to_vec(), b"\n".to_vec(), MOST_LINE_BYTES);
    let mut lines = FramedRead::new(input, codec);
    let mut was_refused = false;
    loop {
        let wrong = match lines.next().await {
            Some(Ok(line)) => match wrong_with(&line) {
                None if to_sdk.write_all(&[&line[..], b"\n"].concat()).await.is_ok() => continue,
                None => return,
                Some(wrong) => wrong,
            },
            Some(Err(AnyDelimiterCodecError::MaxChunkLengthExceeded)) => {
                was_refused = true;
                format!("a line of more than {MOST_LINE_BYTES} bytes")
            }
            // After a line that was refused the stream says once that it is at its end, and goes on.
            None if std::mem::take(&mut was_refused) => continue,
            None | Some(Err(AnyDelimiterCodecError::Io(_))) => return,
        };
        let data = json!({"hint": "send one JSON-RPC message a line, in UTF-8"});
        let error = json!({"code": PARSE_ERROR, "message": format!("Parse error: {wrong}"), "data": data});
        let answer = json!({"jsonrpc": "2.0", "id": null, "error": error});
        if write(&output, format!("{answer}\n").as_bytes()).await.is_err() {
            return;
        }
    }
}

/// What is wrong with a line that is not empty; a mark of the byte order at its begin is left out, as parsers may.
fn wrong_with(line: &[u8]) -> Option<String> {
    let text = match std::str::from_utf8(line) {
        Ok(text) => text.trim_start_matches('\u{feff}').trim(),
        Err(error) => return Some(error.to_string()),
    };
    if text.is_empty() {
        return None;
    }
    serde_json::from_str::<IgnoredAny>(text).err().map(|error| error.to_string())
}

async fn pass_on(from_sdk: DuplexStream, output: &Mutex<impl AsyncWrite + Unpin>) -> io::Result<()> {
    let (mut from_sdk, mut line) = (BufReader::new(from_sdk), Vec::new());
    while from_sdk.read_until(b'\n', &mut line).await? > 0 {
        write(output, &line).await?;
        line.clear();
    }
    Ok(())
}

async fn write(output: &Mutex<impl AsyncWrite + Unpin>, line: &[u8]) -> io::Result<()> {
    let mut output = output.lock().await;
    output.write_all(line).await?;
    output.flush().await
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[tokio::test]
    async fn what_is_no_json_is_answered_and_the_rest_goes_on() {
        let (mut client, server) = duplex(BUFFER);
        let (input, output) = tokio::io::split(server);
        let Lines { input, mut output, .. } = Lines::between(input, output);
        client.write_all(b"hello\n\n{\"id\": 1}\n\xff\n[2]\n").await.unwrap();
        let mut passed = BufReader::new(input).lines();
        assert_eq!(passed.next_line().await.unwrap().unwrap(), "", "empty lines do no harm");
        assert_eq!(passed.next_line().await.unwrap().unwrap(), "{\"id\": 1}");
        assert_eq!(passed.next_line().await.unwrap().unwrap(), "[2]");
        output.write_all(b"{\"id\": 1, \"result\": 3}\n").await.unwrap();
        let mut answers = BufReader::new(client).lines();
        let mut all = Vec::new();
        for _ in 0..3 {
            let line = answers.next_line().await.unwrap().unwrap();
            all.push(serde_json::from_str::<Value>(&line).unwrap());
        }
        let refused: Vec<_> = all.iter().filter(|answer| answer["error"]["code"] == PARSE_ERROR).collect();
        assert_eq!(refused.len(), 2, "{all:?}");
        assert!(refused.iter().all(|answer| answer["id"].is_null() && answer["jsonrpc"] == "2.0"), "{all:?}");
        assert!(refused[0]["error"]["message"].as_str().unwrap().contains("expected value"), "{all:?}");
        assert!(all.iter().any(|answer| answer["result"] == 3));
    }
}
