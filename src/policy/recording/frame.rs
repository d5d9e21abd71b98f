//! A frame of the record: its shape, and how it is put into bytes and read again.
//!
//! A frame names what has changed and what is gone; whoever reads puts the tasks in order. Frames of older versions, which
//! named every open task, stay readable.
//!
//! Four bytes of length, then zlib over JSON. A frame that a crash cut off ends the file for its reader.

use std::{
    io::{self, Read, Write},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use flate2::{Compression, read::ZlibDecoder, write::ZlibEncoder};
use serde::{Deserialize, Serialize};

use super::Matter;
use crate::model::{
    ids::{AgentId, ProjectId, TaskId},
    snapshot::{AgentFacts, MentionFacts, RoundFacts, Slots, TaskFacts},
    usage::Spent,
};

/// A frame larger than this is taken for damage.
const MAX_FRAME: usize = 64 * 1024 * 1024;
/// The most that a frame is unpacked to.
const MAX_TEXT: u64 = 256 * 1024 * 1024;

/// One entry of the record.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "frame", rename_all = "snake_case")]
pub(super) enum Frame {
    /// Something on the board has changed.
    Board(Box<BoardFrame>),
    /// A hook was asked about a record.
    Matter {
        /// When.
        at: DateTime<Utc>,
        /// What it was asked about.
        matter: Matter,
    },
    /// Nothing has changed for a while, and the project was looked at.
    Alive {
        /// When.
        at: DateTime<Utc>,
    },
}

impl Frame {
    /// When it was taken.
    pub(super) fn at(&self) -> DateTime<Utc> {
        match self {
            Self::Board(board) => board.at,
            Self::Matter { at, .. } | Self::Alive { at } => *at,
        }
    }
}

/// What has changed on a board.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct BoardFrame {
    /// The tick's time.
    pub at: DateTime<Utc>,
    /// The project.
    pub project: ProjectId,
    /// True when every task is in it.
    pub whole: bool,
    /// Counts the ticks.
    pub tick: i64,
    /// Ticks since anything about a task changed.
    pub ticks_without_change: i64,
    /// The configuration, when it is another one than before.
    pub config: Option<Arc<serde_json::Value>>,
    /// Everything else, when it has changed.
    pub rest: Option<Rest>,
    /// The tasks that have changed.
    pub tasks: Vec<Arc<TaskFacts>>,
    /// The tasks that are not open any more.
    #[serde(default)]
    pub gone: Vec<TaskId>,
    /// False when it only shows what another hook than `plan` was asked on.
    #[serde(default = "yes")]
    pub planned: bool,
}

const fn yes() -> bool {
    true
}

/// Everything on a board but its tasks and the configuration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Rest {
    pub slots: Slots,
    pub agents: Vec<Arc<AgentFacts>>,
    pub reviewers: Vec<AgentId>,
    pub coordinator: Option<AgentId>,
    pub mentions: Vec<Arc<MentionFacts>>,
    pub rounds: Vec<Arc<RoundFacts>>,
    pub gateway_up: bool,
    #[serde(default)]
    pub spent: Spent,
    /// The open tasks: written by older versions.
    #[serde(default, skip_serializing)]
    pub order: Option<Vec<TaskId>>,
}

impl Rest {
    /// True when time alone makes one of the other.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let waiting = |rest: &Self| -> Vec<_> {
            rest.mentions
                .iter()
                .map(|m| (m.task, m.agent.clone(), m.comments_count, m.tries_count, m.is_under_way))
                .collect()
        };
        let as_time_makes_it = Self { mentions: other.mentions.clone(), ..self.clone() };
        as_time_makes_it == *other && waiting(self) == waiting(other)
    }
}

/// Puts frames into bytes. The compressor is kept: making one costs more than a small frame.
pub(super) struct Encoder(ZlibEncoder<Vec<u8>>);

impl Default for Encoder {
    fn default() -> Self {
        Self(ZlibEncoder::new(vec![0; 4], Compression::fast()))
    }
}

impl Encoder {
    /// The bytes of a frame, with their length in front.
    pub(super) fn encode(&mut self, frame: &Frame) -> io::Result<Vec<u8>> {
        let text = serde_json::to_vec(frame)?;
        self.0.write_all(&text)?;
        let mut bytes = self.0.reset(vec![0; 4])?;
        let length = u32::try_from(bytes.len() - 4).map_err(io::Error::other)?;
        bytes[..4].copy_from_slice(&length.to_le_bytes());
        Ok(bytes)
    }
}

/// The frames of a file, up to one that is cut off. Behind a damaged one, those are left out that build on it, up to the
/// next whole picture; answers with how many.
pub(super) fn decode_all(mut file: impl Read, mut each: impl FnMut(Frame)) -> io::Result<u64> {
    let (mut skipped, mut behind_damage) = (0, false);
    while let Some(bytes) = next(&mut file)? {
        match unpacked(&bytes) {
            Some(frame) if !behind_damage || matches!(&frame, Frame::Board(board) if board.whole) => {
                behind_damage = false;
                each(frame);
            }
            _ => {
                behind_damage = true;
                skipped += 1;
            }
        }
    }
    Ok(skipped)
}

/// A frame; none when it is damaged.
fn unpacked(bytes: &[u8]) -> Option<Frame> {
    let mut text = Vec::new();
    // No more than a whole frame may have, whatever a damaged one unpacks to.
    ZlibDecoder::new(bytes).take(MAX_TEXT).read_to_end(&mut text).ok()?;
    serde_json::from_slice(&text).ok()
}

/// How many bytes of a file are whole frames; nothing is unpacked.
pub(super) fn whole_bytes(mut file: impl Read) -> io::Result<u64> {
    let mut good = 0;
    while let Some(bytes) = next(&mut file)? {
        good += 4 + bytes.len() as u64;
    }
    Ok(good)
}

fn next(file: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    match file.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let length = u32::from_le_bytes(length) as usize;
    if length > MAX_FRAME {
        return Ok(None);
    }
    let mut bytes = vec![0; length];
    match file.read_exact(&mut bytes) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        read => read.map(|()| Some(bytes)),
    }
}
