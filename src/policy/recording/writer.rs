//! Writes the record: compares each picture with the last one and appends what is new.

use std::{
    collections::HashMap,
    fs::{self, File, OpenOptions},
    io::{self, BufReader, Write},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{
    Matter,
    frame::{self, BoardFrame, Encoder, Frame, Rest},
    news,
};
use crate::{
    model::{
        ids::{ProjectId, TaskId},
        snapshot::{Board, Context, TaskFacts},
    },
    watch::plain,
};

/// Bytes of one project and day; after that nothing more of that day is kept.
const MAX_DAY: u64 = 32 * 1024 * 1024;
/// After so many frames comes a whole one.
const WHOLE_EVERY: u32 = 500;
/// While nothing changes, it is noted so often that the project is looked at.
const ALIVE_EVERY: TimeDelta = TimeDelta::minutes(5);
/// Days that are kept when the configuration does not say.
const DEFAULT_DAYS: u64 = 7;

/// The writers of all projects.
pub(super) struct Writers {
    folder: PathBuf,
    by_project: HashMap<ProjectId, Writer>,
}

impl Writers {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder, by_project: HashMap::new() }
    }

    /// Appends what is new on a board that `plan` was asked about.
    pub(super) fn board(&mut self, board: &Board) {
        let written = self.of(&board.context.project).board(board, true);
        report(&board.context.project, written);
    }

    /// Appends what a hook was asked about, on this board.
    pub(super) fn matter(&mut self, board: &Board, matter: Matter) {
        let writer = self.of(&board.context.project);
        let frame = Frame::Matter { at: board.context.now, matter };
        // The board comes first: it holds what the hook knows besides.
        let written = writer.board(board, false).and_then(|()| writer.append(&frame));
        report(&board.context.project, written);
    }

    /// Appends what a hook was asked about between two ticks: it knows what the last board held.
    pub(super) fn aside(&mut self, context: &Context, matter: Matter) {
        let writer = self.of(&context.project);
        let frame = Frame::Matter { at: context.now, matter };
        let written = writer.turn_page(context).and_then(|()| writer.append(&frame));
        report(&context.project, written);
    }

    fn of(&mut self, project: &ProjectId) -> &mut Writer {
        let folder = self.folder.join(project.as_str());
        self.by_project.entry(project.clone()).or_insert_with(|| Writer { folder, ..Writer::default() })
    }
}

fn report(project: &ProjectId, written: io::Result<()>) {
    if let Err(error) = written {
        tracing::warn!(%project, %error, "ticks could not be recorded");
    }
}

/// The writer of one project.
#[derive(Default)]
struct Writer {
    folder: PathBuf,
    day: Option<Day>,
    encoder: Encoder,
    seen: HashMap<TaskId, Seen>,
    /// Counts pictures, to tell the tasks that are not in the newest one.
    pictures: u64,
    rest: Option<Rest>,
    config: Option<Arc<serde_json::Value>>,
    since_whole: u32,
    last_at: Option<DateTime<Utc>>,
    /// True when `plan` was not asked on the last board that was written.
    unplanned: bool,
}

/// A task as it was last seen and as it was last written.
struct Seen {
    task: Arc<TaskFacts>,
    written: Arc<TaskFacts>,
    at: DateTime<Utc>,
    picture: u64,
}

/// The file of a day.
struct Day {
    date: NaiveDate,
    file: File,
    bytes: u64,
}

impl Day {
    /// False when somebody has removed or replaced the file: what is written to it is lost.
    fn is_at(&self, path: &Path) -> bool {
        let inode = |meta: fs::Metadata| (meta.dev(), meta.ino());
        fs::metadata(path).map(inode).ok() == self.file.metadata().map(inode).ok()
    }
}

impl Writer {
    fn board(&mut self, board: &Board, planned: bool) -> io::Result<()> {
        let now = board.context.now;
        self.turn_page(&board.context)?;
        let whole = self.since_whole == 0 || self.since_whole >= WHOLE_EVERY;
        self.pictures += 1;
        let tasks: Vec<_> = board.tasks.iter().filter(|task| self.is_news(task, now, whole)).cloned().collect();
        let gone = self.gone(board.tasks.len());
        let rest = rest_of(board);
        let same_rest = self.rest.as_ref().is_some_and(|before| before.is_like(&rest));
        let same_config = self
            .config
            .as_ref()
            .is_some_and(|before| Arc::ptr_eq(before, &board.context.config) || *before == board.context.config);
        if tasks.is_empty() && gone.is_empty() && same_rest && same_config && !whole {
            let quiet = self.last_at.is_none_or(|last| now - last >= ALIVE_EVERY);
            if planned && (quiet || self.unplanned) {
                self.unplanned = false;
                return self.append(&Frame::Alive { at: now });
            }
            return Ok(());
        }
        let frame = BoardFrame {
            at: now,
            project: board.context.project.clone(),
            whole,
            tick: board.context.tick,
            ticks_without_change: board.ticks_without_change,
            config: (whole || !same_config).then(|| board.context.config.clone()),
            rest: (whole || !same_rest).then(|| rest.clone()),
            tasks,
            gone,
            planned,
        };
        self.append(&Frame::Board(Box::new(frame)))?;
        self.since_whole = if whole { 1 } else { self.since_whole + 1 };
        (self.rest, self.config, self.unplanned) = (Some(rest), Some(board.context.config.clone()), !planned);
        Ok(())
    }

    /// Whether a task is to be written; remembers it as it is.
    fn is_news(&mut self, task: &Arc<TaskFacts>, now: DateTime<Utc>, whole: bool) -> bool {
        let fresh = || Seen { task: task.clone(), written: task.clone(), at: now, picture: 0 };
        let known = self.seen.contains_key(&task.id);
        let seen = self.seen.entry(task.id).or_insert_with(fresh);
        let unchanged =
            known && !whole && (Arc::ptr_eq(&seen.task, task) || !news::of_task((&seen.written, seen.at), (task, now)));
        if !unchanged {
            (seen.written, seen.at) = (task.clone(), now);
        }
        (seen.task, seen.picture) = (task.clone(), self.pictures);
        !unchanged
    }

    /// The tasks that were there before and are not in the newest picture, which has so many; they are forgotten.
    fn gone(&mut self, count: usize) -> Vec<TaskId> {
        if self.seen.len() == count {
            return Vec::new();
        }
        let newest = self.pictures;
        self.seen.extract_if(|_, seen| seen.picture != newest).map(|(task, _)| task).collect()
    }

    fn append(&mut self, frame: &Frame) -> io::Result<()> {
        self.last_at = Some(frame.at());
        let Some(day) = &mut self.day else { return Ok(()) };
        if day.bytes >= MAX_DAY {
            return Ok(());
        }
        let bytes = self.encoder.encode(frame)?;
        day.bytes += bytes.len() as u64;
        if day.bytes >= MAX_DAY {
            tracing::warn!(folder = %self.folder.display(), "the day's record is full; the rest of the day is not kept");
        }
        day.file.write_all(&bytes)
    }

    /// Opens the file of the day, and removes those that are too old.
    fn turn_page(&mut self, context: &Context) -> io::Result<()> {
        let date = context.now.date_naive();
        let path = self.folder.join(file_name(date));
        if self.day.as_ref().is_some_and(|day| day.date == date && day.is_at(&path)) {
            return Ok(());
        }
        fs::create_dir_all(&self.folder)?;
        let file = OpenOptions::new().create(true).append(true).read(true).open(&path)?;
        // What a crash cut off would hide everything after it.
        let bytes = frame::whole_bytes(BufReader::new(plain::open(&path)?))?;
        file.set_len(bytes)?;
        self.day = Some(Day { date, file, bytes });
        self.since_whole = 0;
        let days = context.config["retention"]["snapshot_days"].as_u64().unwrap_or(DEFAULT_DAYS);
        prune(&self.folder, date, days)
    }
}

fn rest_of(board: &Board) -> Rest {
    Rest {
        slots: board.slots,
        agents: board.agents.clone(),
        reviewers: board.context.reviewers.clone(),
        coordinator: board.context.coordinator.clone(),
        mentions: board.mentions.clone(),
        rounds: board.rounds.clone(),
        gateway_up: board.gateway_up,
        spent: board.context.spent,
        order: None,
    }
}

/// The name of a day's file.
pub(super) fn file_name(date: NaiveDate) -> String {
    format!("{date}.rec")
}

/// The day of a file's name.
pub(super) fn date_of(path: &Path) -> Option<NaiveDate> {
    (path.extension()? == "rec").then(|| path.file_stem()?.to_str()?.parse().ok()).flatten()
}

fn prune(folder: &Path, today: NaiveDate, days: u64) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let age = date_of(&path).map_or(0, |date| (today - date).num_days());
        if age > i64::try_from(days).unwrap_or(i64::MAX) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}
