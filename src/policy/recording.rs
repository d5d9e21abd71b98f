//! The record of what policy was asked: compressed pictures of ticks, kept when something in them changed.
//!
//! A folder for each project, a file for each day (UTC), a frame for each change: only the tasks that changed are in it,
//! and now and then everything, so that a reader can begin there. What follows from time alone (ages, silence) is
//! computed when it is read. The tick hands its picture over and goes on; a thread of its own compares, compresses and
//! writes. When that thread is behind, pictures are left out: the next one holds what they held.

mod frame;
mod news;
mod reader;
mod writer;

use std::{
    io,
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{self, SyncSender, TrySendError},
    },
    thread,
};

use serde::{Deserialize, Serialize};

pub use self::reader::{Moment, Record, moments};
use self::writer::Writers;
use super::answers::Violation;
use crate::model::{
    ids::TaskId,
    snapshot::{AttemptFacts, Board, Context, MentionFacts, RebuttalFacts, ReviewFacts, RoundFacts, TaskFacts},
};

/// Pictures that may wait; more are left out.
const QUEUE: usize = 64;

/// A question about a record, with the facts that it was asked about.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum Matter {
    /// An attempt ended.
    After {
        /// The attempt.
        attempt: Arc<AttemptFacts>,
        /// Its task.
        task: Arc<TaskFacts>,
    },
    /// A review arrived.
    Review {
        /// The review.
        review: Arc<ReviewFacts>,
        /// Its task.
        task: Arc<TaskFacts>,
    },
    /// What a task waits for will never be done.
    Lost {
        /// What it waits for.
        needed: TaskId,
        /// The task.
        task: Arc<TaskFacts>,
    },
    /// `plan` was asked again, without the tasks that could not be started.
    PlanAgain {
        /// These.
        without: Vec<TaskId>,
    },
    /// An agent was mentioned.
    Mention {
        /// The mention.
        mention: Arc<MentionFacts>,
    },
    /// Every part of a task is final.
    Parts {
        /// What became of them.
        round: Arc<RoundFacts>,
        /// The task.
        task: Arc<TaskFacts>,
    },
    /// The guardrails were asked about a task.
    Check {
        /// The task.
        task: Arc<TaskFacts>,
    },
    /// A tripwire went off.
    Tripwire {
        /// What the guardrails said.
        violation: Violation,
        /// The task.
        task: Arc<TaskFacts>,
    },
    /// A task was submitted, or came to review otherwise.
    Depth {
        /// The task.
        task: Arc<TaskFacts>,
    },
    /// A rebuttal arrived.
    Rebuttal {
        /// The rebuttal.
        rebuttal: Arc<RebuttalFacts>,
        /// Its task.
        task: Arc<TaskFacts>,
    },
}

enum Note {
    Board(Arc<Board>),
    Matter(Arc<Board>, Box<Matter>),
    Aside(Arc<Context>, Box<Matter>),
    /// Answers when everything before it is written.
    Flush(mpsc::Sender<()>),
}

/// The way to the recorder; a cheap clone. The thread ends when the last clone is gone.
#[derive(Debug, Clone)]
pub struct Recorder(Option<SyncSender<Note>>);

impl std::fmt::Debug for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Note")
    }
}

impl Recorder {
    /// Starts the thread. `folder` holds a folder for each project.
    pub fn start(folder: PathBuf) -> io::Result<Self> {
        let (sender, notes) = mpsc::sync_channel(QUEUE);
        let work = move || {
            let mut writers = Writers::new(folder);
            for note in notes {
                match note {
                    Note::Board(board) => writers.board(&board),
                    Note::Matter(board, matter) => writers.matter(&board, *matter),
                    Note::Aside(context, matter) => writers.aside(&context, *matter),
                    Note::Flush(done) => {
                        // Whoever asked may have gone away.
                        let _ = done.send(());
                    }
                }
            }
        };
        thread::Builder::new().name("recorder".into()).spawn(work)?;
        Ok(Self(Some(sender)))
    }

    /// A recorder that keeps nothing.
    pub fn off() -> Self {
        Self(None)
    }

    /// Hands over what `plan` is asked about; never waits.
    pub fn board(&self, board: &Arc<Board>) {
        self.hand_over(Note::Board(board.clone()));
    }

    /// Hands over what a hook is asked about a record; never waits.
    pub fn matter(&self, board: &Arc<Board>, matter: Matter) {
        self.hand_over(Note::Matter(board.clone(), Box::new(matter)));
    }

    /// Hands over what a hook is asked between two ticks; never waits.
    pub fn aside(&self, context: &Arc<Context>, matter: Matter) {
        self.hand_over(Note::Aside(context.clone(), Box::new(matter)));
    }

    fn hand_over(&self, note: Note) {
        let Some(sender) = &self.0 else { return };
        if let Err(TrySendError::Full(_)) = sender.try_send(note) {
            tracing::debug!("the recorder is behind: a picture was left out");
        }
    }

    /// Waits until everything that was handed over is written. Blocks.
    pub fn flush(&self) {
        let (done, answered) = mpsc::channel();
        if let Some(sender) = &self.0
            && sender.send(Note::Flush(done)).is_ok()
        {
            // An error means that the thread has ended, and then nothing is under way.
            let _ = answered.recv();
        }
    }
}
