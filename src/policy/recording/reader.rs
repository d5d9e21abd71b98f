//! Reads the record: what every tick of a period saw.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
    fs,
    io::{self, BufReader},
    path::Path,
    sync::Arc,
};

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    Matter,
    frame::{self, BoardFrame, Frame, Rest},
    writer::{date_of, file_name},
};
use crate::{
    model::{
        ids::{ProjectId, TaskId},
        snapshot::{AttemptFacts, Board, Context, MentionFacts, TaskFacts},
    },
    watch::plain,
};

/// A longer silence of the record means that the daemon was down.
const LONGEST_GAP: TimeDelta = TimeDelta::minutes(15);
/// Between ticks when the configuration does not say.
const DEFAULT_INTERVAL: f64 = 30.0;

/// A moment of the past.
#[derive(Debug, Clone)]
pub struct Moment {
    /// What there was.
    pub board: Arc<Board>,
    /// What hooks were asked about besides.
    pub matters: Vec<Matter>,
}

/// What is on record of a period.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// Pictures that were read.
    pub pictures_count: u64,
    /// The first of them.
    pub first: Option<DateTime<Utc>>,
    /// The last of them.
    pub last: Option<DateTime<Utc>>,
    /// Pictures, and whole days, that are damaged or cannot be read: what happened there is not replayed.
    pub damaged_count: u64,
}

/// Goes through a period of a project's record, tick by tick; `each` answers whether to go on.
///
/// Between two pictures time is let pass in steps of the tick interval: nothing but time has changed there.
pub fn moments(
    folder: &Path,
    project: &ProjectId,
    (since, until): (DateTime<Utc>, DateTime<Utc>),
    each: &mut dyn FnMut(Moment) -> bool,
) -> io::Result<Record> {
    let folder = folder.join(project.as_str());
    let mut state = State { since, until, past: Past::default(), record: Record::default(), done: false };
    for date in days(&folder, since, until)? {
        // A day that cannot be read hides that day only.
        let file = match plain::open(&folder.join(file_name(date))) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => {
                tracing::warn!(%project, %date, %error, "the record of a day cannot be read and is left out");
                state.record.damaged_count += 1;
                continue;
            }
            Ok(file) => file,
        };
        let skipped = frame::decode_all(BufReader::new(file), |frame| state.take(frame, each))?;
        state.record.damaged_count += skipped as u64;
        if skipped > 0 {
            tracing::warn!(%project, %date, skipped, "the record of a day is damaged; pictures up to the next whole one are left out");
        }
    }
    Ok(state.record)
}

fn days(folder: &Path, since: DateTime<Utc>, until: DateTime<Utc>) -> io::Result<Vec<chrono::NaiveDate>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let dates = entries.flatten().filter_map(|entry| date_of(&entry.path()));
    let mut dates: Vec<_> = dates.filter(|date| (since.date_naive()..=until.date_naive()).contains(date)).collect();
    dates.sort_unstable();
    Ok(dates)
}

/// A reading under way.
struct State {
    since: DateTime<Utc>,
    until: DateTime<Utc>,
    past: Past,
    record: Record,
    done: bool,
}

impl State {
    fn take(&mut self, frame: Frame, each: &mut dyn FnMut(Moment) -> bool) {
        if self.done {
            return;
        }
        let at = frame.at();
        self.pass_time(at, each);
        let mut matters = Vec::new();
        let mut asked = true;
        match frame {
            Frame::Board(board) => {
                asked = board.planned;
                self.past.apply(*board);
            }
            Frame::Matter { matter, .. } => matters.push(matter),
            Frame::Alive { .. } => {}
        }
        if at > self.until {
            self.done = true;
        } else if at >= self.since {
            self.record.pictures_count += 1;
            self.record.first.get_or_insert(at);
            self.record.last = Some(at);
            if asked {
                self.show(at, matters, each);
            }
        }
        self.past.seen = Some(at);
    }

    /// The ticks between the last picture and this one.
    fn pass_time(&mut self, to: DateTime<Utc>, each: &mut dyn FnMut(Moment) -> bool) {
        let Some(from) = self.past.seen.filter(|from| to - *from <= LONGEST_GAP) else { return };
        let step = self.past.interval();
        let mut at = from + step;
        while at < to && at <= self.until && !self.done {
            if at >= self.since {
                self.show(at, Vec::new(), each);
            }
            at += step;
        }
    }

    fn show(&mut self, at: DateTime<Utc>, matters: Vec<Matter>, each: &mut dyn FnMut(Moment) -> bool) {
        if let Some(board) = self.past.board(at) {
            self.done = !each(Moment { board: Arc::new(board), matters });
        }
    }
}

/// What is known of a project at some time of the past.
#[derive(Default)]
struct Past {
    project: Option<ProjectId>,
    config: Option<Arc<serde_json::Value>>,
    rest: Option<Rest>,
    /// Each with the time at which it was so.
    tasks: HashMap<TaskId, (DateTime<Utc>, Arc<TaskFacts>)>,
    /// The open ones among them, where an older version has named them.
    open: Option<HashSet<TaskId>>,
    tick: i64,
    ticks_without_change: i64,
    /// When the board was last written.
    written: Option<DateTime<Utc>>,
    /// The last frame.
    seen: Option<DateTime<Utc>>,
}

impl Past {
    fn apply(&mut self, frame: BoardFrame) {
        if frame.whole {
            self.tasks.clear();
            self.open = None;
        }
        for task in &frame.gone {
            self.tasks.remove(task);
        }
        if let Some(order) = frame.rest.as_ref().and_then(|rest| rest.order.as_ref()) {
            self.open = Some(order.iter().copied().collect());
        }
        self.tasks.extend(frame.tasks.into_iter().map(|task| (task.id, (frame.at, task))));
        self.config = frame.config.or(self.config.take());
        self.rest = frame.rest.or(self.rest.take());
        (self.tick, self.ticks_without_change) = (frame.tick, frame.ticks_without_change);
        self.project = Some(frame.project);
        self.written = Some(frame.at);
    }

    fn interval(&self) -> TimeDelta {
        let config = self.config.as_ref();
        let seconds = config.and_then(|config| config["daemon"]["tick_interval"].as_f64()).unwrap_or(DEFAULT_INTERVAL);
        TimeDelta::milliseconds((seconds.max(1.0) * 1000.0) as i64)
    }

    /// The board as it was at a time, which is not before the last frame.
    fn board(&self, now: DateTime<Utc>) -> Option<Board> {
        let (config, rest, written) = (self.config.clone()?, self.rest.as_ref()?, self.written?);
        let passed = now - written;
        let ticks = passed.num_milliseconds() / self.interval().num_milliseconds().max(1);
        let context = Context {
            project: self.project.clone()?,
            now,
            tick: self.tick + ticks,
            config,
            coordinator: rest.coordinator.clone(),
            agents: rest.agents.clone(),
            reviewers: rest.reviewers.clone(),
            spent: rest.spent,
        };
        let is_open = |task: &TaskId| self.open.as_ref().is_none_or(|open| open.contains(task));
        let there = self.tasks.iter().filter(|(task, _)| is_open(task));
        let mut tasks: Vec<_> = there.map(|(_, (at, task))| later(task, *at, now)).collect();
        tasks.sort_unstable_by_key(|task| (Reverse(task.priority), task.id));
        let mention = |mention: &Arc<MentionFacts>| {
            Arc::new(MentionFacts {
                age_seconds: mention.age_seconds + passed.num_seconds(),
                since_try_seconds: mention.since_try_seconds.map(|since| since + passed.num_seconds()),
                ..(**mention).clone()
            })
        };
        Some(Board {
            context: Arc::new(context),
            slots: rest.slots,
            agents: rest.agents.clone(),
            tasks,
            mentions: rest.mentions.iter().map(mention).collect(),
            rounds: rest.rounds.clone(),
            ticks_without_change: self.ticks_without_change + ticks,
            gateway_up: rest.gateway_up,
        })
    }
}

/// A task as it is when nothing but time has passed.
fn later(task: &Arc<TaskFacts>, then: DateTime<Utc>, now: DateTime<Utc>) -> Arc<TaskFacts> {
    let passed = (now - then).num_seconds();
    if passed == 0 && now == then {
        return task.clone();
    }
    let mut later = (**task).clone();
    later.age_seconds += passed;
    later.in_status_seconds += passed;
    let waits = later.not_before.is_some_and(|time| time > now);
    later.is_ready = later.status == crate::model::status::Status::Pending && !waits && later.subtasks_count == 0;
    for attempt in later.attempts.iter_mut().filter(|attempt| attempt.is_live) {
        *attempt = Arc::new(AttemptFacts {
            runtime_seconds: attempt.runtime_seconds + passed,
            silent_seconds: attempt.silent_seconds + passed,
            heartbeat_seconds: attempt.heartbeat_seconds + passed,
            ..(**attempt).clone()
        });
    }
    Arc::new(later)
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, TimeZone};

    use super::*;
    use crate::{
        model::{agent::AgentRole, outcome::Outcome, snapshot::TaskFacts, task::Trigger},
        policy::{recording::Recorder, sample},
    };

    fn at(seconds: i64) -> DateTime<Utc> {
        Utc.timestamp_opt(1_767_600_000 + seconds, 0).unwrap()
    }

    fn board(seconds: i64, tasks: Vec<TaskFacts>) -> Arc<Board> {
        let mut context = sample::context(vec![sample::agent("worker", AgentRole::Executor)]);
        context.now = at(seconds);
        let mut board = sample::board(Arc::new(context), tasks);
        for task in &mut board.tasks {
            let mut facts = (**task).clone();
            facts.age_seconds += seconds;
            facts.in_status_seconds += seconds;
            *task = Arc::new(facts);
        }
        Arc::new(board)
    }

    fn read(folder: &Path) -> Vec<Moment> {
        let mut found = Vec::new();
        let mut each = |moment| {
            found.push(moment);
            true
        };
        let project = "sample".parse().unwrap();
        moments(folder, &project, (at(-10), at(100_000)), &mut each).unwrap();
        found
    }

    #[test]
    fn only_what_changed_is_kept_and_time_passes_between() {
        let folder = tempfile::tempdir().unwrap();
        let recorder = Recorder::start(folder.path().to_owned()).unwrap();
        let worker = sample::agent("worker", AgentRole::Executor).id;
        recorder.board(&board(0, vec![sample::task(1), sample::task(2)]));
        let bytes = || std::fs::metadata(folder.path().join("sample/2026-01-05.rec")).unwrap().len();
        recorder.flush();
        let before = bytes();
        recorder.board(&board(30, vec![sample::task(1), sample::task(2)]));
        recorder.flush();
        assert_eq!(bytes(), before, "time alone is not kept");
        let mut second = sample::task(2);
        second.attempts.push(Arc::new(sample::attempt(second.id, 1, &worker, Trigger::Execute)));
        let last = board(60, vec![sample::task(1), second.clone()]);
        recorder.board(&last);
        let mut ended = sample::attempt(second.id, 1, &worker, Trigger::Execute);
        ended.outcome = Some(Outcome::Crashed);
        recorder.matter(&last, Matter::After { attempt: Arc::new(ended), task: Arc::new(second) });
        recorder.flush();

        let found = read(folder.path());
        let times: Vec<_> = found.iter().map(|m| (m.board.context.now - at(0)).num_seconds()).collect();
        assert_eq!(times, [0, 30, 60, 60]);
        let ages: Vec<_> = found.iter().map(|m| m.board.tasks[0].age_seconds).collect();
        assert_eq!(ages, [3600, 3630, 3660, 3660]);
        assert_eq!(found[2].board.tasks[1].attempts.len(), 1);
        assert!(matches!(&found[3].matters[..], [Matter::After { attempt, .. }] if attempt.outcome.is_some()));
    }

    #[test]
    fn a_frame_that_was_cut_off_does_not_hide_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("sample").join(file_name(NaiveDate::from_ymd_opt(2026, 1, 5).unwrap()));
        let recorder = Recorder::start(folder.path().to_owned()).unwrap();
        recorder.board(&board(0, vec![sample::task(1)]));
        recorder.flush();
        let mut bytes = std::fs::read(&file).unwrap();
        bytes.extend([200, 1, 0, 0, 7, 7]);
        std::fs::write(&file, bytes).unwrap();
        let again = Recorder::start(folder.path().to_owned()).unwrap();
        again.board(&board(45, vec![sample::task(1), sample::task(2)]));
        again.flush();
        let counts: Vec<_> = read(folder.path()).iter().map(|moment| moment.board.tasks.len()).collect();
        assert_eq!(counts, [1, 1, 2]);
    }

    #[test]
    fn a_folder_that_was_removed_comes_back_with_a_whole_picture() {
        let folder = tempfile::tempdir().unwrap();
        let recorder = Recorder::start(folder.path().to_owned()).unwrap();
        recorder.board(&board(0, vec![sample::task(1)]));
        recorder.flush();
        std::fs::remove_dir_all(folder.path().join("sample")).unwrap();
        recorder.board(&board(30, vec![sample::task(1), sample::task(2)]));
        recorder.flush();
        let counts: Vec<_> = read(folder.path()).iter().map(|moment| moment.board.tasks.len()).collect();
        assert_eq!(counts, [2]);
    }

    #[test]
    fn damage_in_the_middle_hides_only_what_builds_on_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("sample").join(file_name(NaiveDate::from_ymd_opt(2026, 1, 5).unwrap()));
        let mut starts = Vec::new();
        for (n, tasks) in [(0, 1), (1, 2), (2, 3)] {
            // Each start begins with a whole picture; what follows builds on it.
            let recorder = Recorder::start(folder.path().to_owned()).unwrap();
            recorder.board(&board(n * 600, (1..=tasks).map(sample::task).collect()));
            recorder.board(&board(n * 600 + 1, (1..=tasks + 5).map(sample::task).collect()));
            recorder.flush();
            starts.push(std::fs::metadata(&file).unwrap().len() as usize);
        }
        let mut bytes = std::fs::read(&file).unwrap();
        // The whole picture of the second start: behind its length.
        bytes[starts[0] + 12..starts[0] + 20].fill(0xAA);
        std::fs::write(&file, bytes).unwrap();
        let counts: Vec<_> = read(folder.path()).iter().map(|moment| moment.board.tasks.len()).collect();
        assert_eq!((counts.first(), counts.last()), (Some(&1), Some(&8)), "{counts:?}");
        assert!(!counts.contains(&2) && !counts.contains(&7), "{counts:?}");
    }

    #[test]
    fn old_days_go_and_a_night_off_is_not_filled() {
        let folder = tempfile::tempdir().unwrap();
        let recorder = Recorder::start(folder.path().to_owned()).unwrap();
        recorder.board(&board(0, vec![sample::task(1)]));
        recorder.board(&board(20 * 60, vec![sample::task(1), sample::task(2)]));
        recorder.flush();
        assert_eq!(read(folder.path()).len(), 2);
        recorder.board(&board(9 * 86_400, vec![sample::task(1)]));
        recorder.flush();
        let days = std::fs::read_dir(folder.path().join("sample")).unwrap().count();
        assert_eq!(days, 1);
    }

    #[test]
    fn what_is_gone_is_named_and_what_is_there_is_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let recorder = Recorder::start(folder.path().to_owned()).unwrap();
        let urgent = TaskFacts { priority: 9, ..sample::task(3) };
        recorder.board(&board(0, vec![sample::task(1), sample::task(2)]));
        recorder.board(&board(10, vec![urgent.clone(), sample::task(1), sample::task(2)]));
        recorder.board(&board(20, vec![urgent.clone(), sample::task(2)]));
        recorder.board(&board(30, vec![urgent, sample::task(1), sample::task(2)]));
        recorder.flush();
        let shown: Vec<Vec<_>> = read(folder.path())
            .iter()
            .map(|moment| moment.board.tasks.iter().map(|task| task.id.0).collect())
            .collect();
        assert_eq!(shown, [vec![1, 2], vec![3, 1, 2], vec![3, 2], vec![3, 1, 2]]);
    }

    #[test]
    fn a_board_that_only_shows_what_another_hook_was_asked_on_is_no_tick() {
        let folder = tempfile::tempdir().unwrap();
        let recorder = Recorder::start(folder.path().to_owned()).unwrap();
        recorder.board(&board(0, vec![sample::task(1)]));
        let next = board(10, vec![sample::task(1), sample::task(2)]);
        recorder.matter(&next, Matter::PlanAgain { without: vec![TaskId(1)] });
        recorder.flush();
        let matters = |found: &[Moment]| found.iter().map(|moment| moment.matters.len()).collect::<Vec<_>>();
        assert_eq!(matters(&read(folder.path())), [0, 1]);
        recorder.board(&next);
        recorder.aside(&next.context, Matter::Check { task: next.tasks[0].clone() });
        recorder.flush();
        assert_eq!(matters(&read(folder.path())), [0, 1, 0, 1], "asked on the same board later, it is one");
    }

    /// Frames as they were before they named what is gone: each change of what is open named all of it.
    #[test]
    fn a_record_of_an_older_version_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let old = |whole: bool, seconds: i64, order: &[i64], tasks: Vec<TaskFacts>| {
            let board = board(seconds, tasks);
            let order: Vec<_> = order.iter().map(|id| TaskId(*id)).collect();
            serde_json::json!({"frame": "board", "at": at(seconds), "project": "sample", "whole": whole, "tick": 1,
                "ticks_without_change": 0, "config": whole.then(|| board.context.config.clone()),
                "rest": {"slots": board.slots, "agents": board.agents, "reviewers": [], "coordinator": null,
                    "mentions": [], "rounds": [], "gateway_up": true, "order": order},
                "tasks": board.tasks})
        };
        let mut bytes = Vec::new();
        for frame in [
            old(true, 0, &[1, 2], vec![sample::task(1), sample::task(2)]),
            old(false, 10, &[2], vec![]),
            old(false, 20, &[1, 2], vec![]),
        ] {
            let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
            serde_json::to_writer(&mut encoder, &frame).unwrap();
            let packed = encoder.finish().unwrap();
            bytes.extend((packed.len() as u32).to_le_bytes());
            bytes.extend(packed);
        }
        std::fs::create_dir(folder.path().join("sample")).unwrap();
        std::fs::write(folder.path().join("sample/2026-01-05.rec"), bytes).unwrap();
        let shown: Vec<Vec<_>> = read(folder.path())
            .iter()
            .map(|moment| moment.board.tasks.iter().map(|task| task.id.0).collect())
            .collect();
        assert_eq!(shown, [vec![1, 2], vec![2], vec![1, 2]]);
    }

    #[test]
    fn what_is_no_file_hides_its_own_day_and_blocks_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let recorder = Recorder::start(folder.path().to_owned()).unwrap();
        recorder.board(&board(0, vec![sample::task(1)]));
        recorder.flush();
        let record = folder.path().join("sample");
        nix::unistd::mkfifo(&record.join("2026-01-06.rec"), nix::sys::stat::Mode::S_IRWXU).unwrap();
        std::fs::create_dir(record.join("2026-01-07.rec")).unwrap();
        let mut found = 0;
        let mut each = |_| {
            found += 1;
            true
        };
        moments(folder.path(), &"sample".parse().unwrap(), (at(-10), at(9 * 86_400)), &mut each).unwrap();
        assert_eq!(found, 1);
        // Who writes that day does not wait for somebody to read the pipe.
        recorder.board(&board(86_400, vec![sample::task(1)]));
        recorder.flush();
    }
}
