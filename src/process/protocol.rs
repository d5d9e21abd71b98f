//! What daemon and supervisor say to each other: JSON, one object a line, requests with ids that may be pipelined.
//!
//! A daemon of another version must be able to talk to an old supervisor, so changes only add: new operations, and
//! fields with a default. A change that breaks this raises [`PROTOCOL`].

use std::{
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use tokio_util::codec::LinesCodec;

use super::{
    adopt::{ExitRecord, Found},
    spec::{SpawnError, SpawnSpec, Spawned},
};
use crate::model::{attempt::ResourceUse, ids::AttemptId};

/// Version of the protocol.
pub(super) const PROTOCOL: u32 = 1;
/// This program's version: a supervisor of another version is retired.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Tells one build of a program from another of the same version: by the file, for binaries are replaced by rename.
pub(super) fn build_of(program: &Path) -> Option<String> {
    let file = fs::metadata(program).ok()?;
    Some(format!("{}-{}-{}.{}", file.dev(), file.ino(), file.mtime(), file.mtime_nsec()))
}

/// Longest line. A prompt of this size fits into no model.
const MOST_LINE_BYTES: usize = 32 * 1024 * 1024;

/// From the daemon.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Request {
    /// Chosen by the client; comes back with the answer.
    pub(super) id: u64,
    /// What to do.
    pub(super) op: Op,
    /// Until when, in milliseconds of the machine's time since its start; nobody waits for the answer after that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) until: Option<u64>,
}

/// What a client may ask for.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Op {
    /// Who are you?
    Hello,
    /// Start a process. Idempotent by attempt and nonce.
    Spawn(Box<SpawnSpec>),
    /// Look after a process whose supervisor died.
    Adopt {
        attempt: AttemptId,
        dir: PathBuf,
        /// Find the process by its nonce when it left no record.
        #[serde(default)]
        nonce: Option<String>,
    },
    /// End a process tree.
    Terminate { attempt: AttemptId, grace_ms: u64 },
    /// What do you own?
    List,
    /// The exit of this attempt is known.
    Forget { attempt: AttemptId },
    /// Send exits, also those that nobody acknowledged yet.
    Subscribe,
    /// Take no new attempts, end with the last child.
    Retire,
}

/// From the supervisor.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Message {
    /// The answer to one request.
    Reply { id: u64, answer: Answer },
    /// A process ended.
    Exit(Exit),
}

/// The answer to a request.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Answer {
    /// To `hello`.
    Peer(Peer),
    /// To `spawn`.
    Spawned(Spawned),
    /// To `spawn`.
    Refused(SpawnError),
    /// To `adopt`; `at` is the supervisor's time.
    Found { found: Found, at: DateTime<Utc> },
    /// To `list`.
    Processes(Vec<ProcessState>),
    /// To everything else.
    Done,
    /// The request was not understood or could not be carried out.
    Failed { reason: String },
}

/// Who a supervisor is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Peer {
    pub(super) pid: i32,
    pub(super) version: String,
    pub(super) protocol: u32,
    /// The file of its program, see [`build_of`]; none when that is not known.
    #[serde(default)]
    pub(super) build: Option<String>,
    /// It takes new attempts.
    pub(super) accepting: bool,
}

/// The end of a process. May be told more than once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exit {
    /// Whose process it was.
    pub attempt: AttemptId,
    /// Exit code, when it ended by itself.
    pub code: Option<i32>,
    /// The signal that ended it. Without code and signal nobody saw the end.
    pub signal: Option<i32>,
    /// When it ended, or when its end was noticed.
    pub at: DateTime<Utc>,
    /// What its processes have used, as far as that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<ResourceUse>,
    /// Processes of its tree that did not end, though they were killed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<i32>,
    /// True when whoever tells it has ended the tree without having seen how the process ended.
    #[serde(default, skip_serializing_if = "is_false")]
    pub cleared: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

impl Exit {
    /// The exit of this attempt.
    pub(crate) fn new(attempt: AttemptId, record: &ExitRecord) -> Self {
        let ExitRecord { code, signal, ended_at, usage, left } = record.clone();
        Self { attempt, code, signal, at: ended_at, usage, left, cleared: false }
    }

    /// Of a process whose end nobody saw.
    pub(super) fn unseen(attempt: AttemptId, at: DateTime<Utc>, usage: Option<ResourceUse>) -> Self {
        Self { attempt, code: None, signal: None, at, usage, left: Vec::new(), cleared: false }
    }

    /// Whether nothing of the process tree is left; none when nobody was there to see it.
    pub fn tree_gone(&self) -> Option<bool> {
        let was_seen = self.code.is_some() || self.signal.is_some() || self.cleared;
        was_seen.then_some(self.left.is_empty())
    }
}

/// A process that the supervisor owns: running, or ended and not acknowledged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcessState {
    /// Whose process it is.
    pub attempt: AttemptId,
    /// Folder of its logs and records.
    pub dir: PathBuf,
    /// Process id.
    pub pid: i32,
    /// Tells it from a later process with the same pid.
    pub identity: String,
    /// When it was started.
    pub started_at: DateTime<Utc>,
    /// When it last printed something.
    pub last_output_at: Option<DateTime<Utc>>,
    /// Bytes it printed, what the cap cut included.
    pub output_bytes: u64,
    /// What its processes have used so far.
    #[serde(default)]
    pub usage: ResourceUse,
    /// True when its own supervisor died, so that its exit code cannot be known.
    pub adopted: bool,
    /// How it ended, once it has.
    pub exit: Option<ExitRecord>,
}

/// Cuts the stream into lines of bounded length.
pub(super) fn codec() -> LinesCodec {
    LinesCodec::new_with_max_length(MOST_LINE_BYTES)
}

/// One line with its line feed; fails when a path is not UTF-8 or the line is too long.
pub(super) fn encode<T: Serialize>(message: &T) -> Result<String, String> {
    let mut line = serde_json::to_string(message).map_err(|error| error.to_string())?;
    if line.len() > MOST_LINE_BYTES {
        return Err(format!("{} bytes are too many for the supervisor", line.len()));
    }
    line.push('\n');
    Ok(line)
}

/// Reads one line.
pub(super) fn decode<T: DeserializeOwned>(line: &str) -> Result<T, String> {
    serde_json::from_str(line).map_err(|error| error.to_string())
}

/// The id of a request that does not decode, so that its sender gets an answer.
pub(super) fn request_id(line: &str) -> Option<u64> {
    #[derive(Deserialize)]
    struct Id {
        id: u64,
    }
    decode::<Id>(line).ok().map(|request| request.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(stdin: Option<Vec<u8>>) -> SpawnSpec {
        SpawnSpec {
            attempt: "sales.t-1.1".parse().unwrap(),
            dir: "/d".into(),
            argv: vec!["true".into()],
            cwd: "/".into(),
            env: vec![],
            stdin,
            nonce: "n".into(),
            log_limit_bytes: 1,
            limits: crate::model::agent::Limits::default(),
        }
    }

    #[test]
    fn input_of_any_bytes_arrives_unchanged() {
        for stdin in [None, Some(b"two\nlines \xe4\xbd\xa0".to_vec()), Some(vec![0xff, 0, 10])] {
            let line = encode(&Request { id: 1, op: Op::Spawn(Box::new(spec(stdin.clone()))), until: None }).unwrap();
            assert_eq!(line.matches('\n').count(), 1);
            let Op::Spawn(back) = decode::<Request>(&line).unwrap().op else { panic!("{line}") };
            assert_eq!(back.stdin, stdin);
        }
    }

    #[test]
    fn the_wire_format_is_stable() {
        let lines = [
            encode(&Request { id: 7, op: Op::Hello, until: None }),
            encode(&Request {
                id: 8,
                op: Op::Terminate { attempt: "sales.t-1.2".parse().unwrap(), grace_ms: 10_000 },
                until: None,
            }),
            encode(&Message::Reply { id: 7, answer: Answer::Refused(SpawnError::TooManyFiles) }),
            encode(&Message::Exit(Exit {
                attempt: "sales.t-1.2".parse().unwrap(),
                code: Some(0),
                signal: None,
                at: DateTime::UNIX_EPOCH,
                usage: None,
                left: Vec::new(),
                cleared: false,
            })),
        ];
        let lines: Vec<String> = lines.into_iter().map(Result::unwrap).collect();
        assert_eq!(
            lines.concat(),
            r#"{"id":7,"op":"hello"}
{"id":8,"op":{"terminate":{"attempt":"sales.t-1.2","grace_ms":10000}}}
{"reply":{"id":7,"answer":{"refused":{"kind":"too_many_files"}}}}
{"exit":{"attempt":"sales.t-1.2","code":0,"signal":null,"at":"1970-01-01T00:00:00Z"}}
"#
        );
    }

    #[test]
    fn an_unknown_operation_still_gets_an_answer() {
        let line = r#"{"id":9,"op":{"teleport":{}}}"#;
        assert!(decode::<Request>(line).is_err());
        assert_eq!(request_id(line), Some(9));
    }
}
