//! A changed set of scripts on a past period: where, when and how it would have decided otherwise.
//!
//! What happened is not changed by it: each tick sees what was really there, also after a difference.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    io,
    iter::Peekable,
    path::Path,
    slice,
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};

use super::{
    engine::PolicyLimits,
    recording::{Matter, Moment, Record, moments},
    set::Set,
    simulate::{Case, Compared, Difference, compare},
};
use crate::model::{
    event::Event,
    ids::{ProjectId, TaskId},
    snapshot::{Board, Context},
};

/// A replay ends after this long, with what it has found until then.
const PATIENCE: Duration = Duration::from_secs(60);
/// Differences that are told one by one; more are counted.
const MOST: usize = 500;

/// What is replayed.
#[derive(Debug, Clone)]
pub struct Period {
    /// The project.
    pub project: ProjectId,
    /// From when.
    pub since: DateTime<Utc>,
    /// Until when.
    pub until: DateTime<Utc>,
    /// The policy file whose hooks are asked; all when none.
    pub file: Option<String>,
    /// What happened in it, oldest first: `deliver` is asked about each.
    pub events: Vec<Arc<Event>>,
}

/// A difference, and how long it lasted.
#[derive(Debug, Clone)]
pub struct Otherwise {
    /// When it was first seen.
    pub at: DateTime<Utc>,
    /// When it was last seen.
    pub until: DateTime<Utc>,
    /// How many questions in a row had it.
    pub times: u64,
    /// What it is.
    pub difference: Difference,
}

/// What a replay came to.
#[derive(Debug, Clone, Default)]
pub struct Replayed {
    /// What was on record.
    pub record: Record,
    /// Ticks that were gone through.
    pub ticks_count: u64,
    /// Questions that both sets were asked.
    pub questions_count: u64,
    /// Questions that the changed set failed to answer.
    pub faults_count: u64,
    /// The first fault.
    pub first_fault: Option<super::fault::ScriptFault>,
    /// Where it would have decided otherwise, oldest first; the first ones when there are very many.
    pub differences: Vec<Otherwise>,
    /// How many there are.
    pub differences_count: u64,
    /// Hooks that were asked.
    pub asked: BTreeSet<&'static str>,
    /// True when it ended early.
    pub cut_short: bool,
}

/// Says of answers that differ what the core would have against them, on the board of that time.
pub type Objecting<'a> = dyn Fn(&Case, &Board, &mut Compared) + 'a;

/// Replays a period of the record below `folder`. Call it on a script thread.
pub fn replay(
    folder: &Path,
    period: &Period,
    (before, after): (&Set, &Set),
    (limits, object): (PolicyLimits, &Objecting<'_>),
) -> io::Result<Replayed> {
    let ends = Instant::now() + PATIENCE;
    let mut replay = Replay {
        events: period.events.iter().peekable(),
        board: None,
        file: period.file.as_deref(),
        before,
        after,
        limits,
        object,
        open: HashMap::new(),
        found: Replayed::default(),
    };
    let mut cut_short = false;
    let mut each = |moment: Moment| {
        replay.moment(&moment);
        cut_short = Instant::now() > ends;
        !cut_short
    };
    let record = moments(folder, &period.project, (period.since, period.until), &mut each)?;
    replay.deliveries(period.until);
    Ok(Replayed { record, cut_short, ..replay.found })
}

struct Replay<'a> {
    events: Peekable<slice::Iter<'a, Arc<Event>>>,
    /// The last moment's.
    board: Option<Arc<Board>>,
    file: Option<&'a str>,
    before: &'a Set,
    after: &'a Set,
    limits: PolicyLimits,
    object: &'a Objecting<'a>,
    /// Differences that the last question of their kind had, by hook, subject and task.
    open: HashMap<(&'static str, String, Option<TaskId>), usize>,
    found: Replayed,
}

impl Replay<'_> {
    fn moment(&mut self, moment: &Moment) {
        let board = &moment.board;
        self.board.get_or_insert_with(|| board.clone());
        self.deliveries(board.context.now);
        let mut cases: Vec<_> = moment.matters.iter().map(|matter| case_of(matter, board)).collect();
        if moment.matters.is_empty() {
            self.found.ticks_count += 1;
            cases.push(Case::Plan(board.clone()));
            cases.push(Case::InspectProject(board.clone()));
            let live = board.tasks.iter().flat_map(|task| &task.attempts).filter(|attempt| attempt.is_live);
            cases.extend(live.map(|attempt| Case::Inspect(attempt.clone(), board.context.clone())));
        }
        for case in cases {
            self.ask_if_wanted(&case, board, board.context.now);
        }
        self.board = Some(board.clone());
    }

    /// Asks about the events up to a time.
    fn deliveries(&mut self, until: DateTime<Utc>) {
        let Some(board) = self.board.clone() else { return };
        while let Some(event) = self.events.next_if(|event| event.at <= until) {
            let then = Arc::new(Context { now: event.at, ..(*board.context).clone() });
            self.ask_if_wanted(&Case::Deliver(event.clone(), then), &board, event.at);
        }
    }

    fn ask_if_wanted(&mut self, case: &Case, board: &Board, at: DateTime<Utc>) {
        if self.file.is_none_or(|file| case.hook().file == file) {
            self.ask(case, board, at);
        }
    }

    fn ask(&mut self, case: &Case, board: &Board, at: DateTime<Utc>) {
        let mut compared = compare(case, self.before, self.after, self.limits);
        self.found.questions_count += 1;
        self.found.asked.insert(compared.hook);
        if let Some(fault) = &compared.after.fault {
            self.found.faults_count += 1;
            self.found.first_fault.get_or_insert_with(|| fault.clone());
        }
        let mut differences = compared.differences();
        if !differences.is_empty() {
            (self.object)(case, board, &mut compared);
            differences = compared.differences();
        }
        let now: Vec<_> = differences.iter().map(|difference| difference.task).collect();
        // What is no longer different ends here; if it comes again it is told again.
        self.open.retain(|(hook, subject, task), _| {
            *hook != compared.hook || *subject != compared.subject || now.contains(task)
        });
        for difference in differences {
            self.note(difference, at);
        }
    }

    fn note(&mut self, difference: Difference, at: DateTime<Utc>) {
        let key = (difference.hook, difference.subject.clone(), difference.task);
        let open = self.open.get(&key).and_then(|index| self.found.differences.get_mut(*index));
        match open {
            Some(open) if open.difference == difference => {
                open.until = at;
                open.times += 1;
            }
            _ => {
                self.found.differences_count += 1;
                if self.found.differences.len() < MOST {
                    self.open.insert(key, self.found.differences.len());
                    self.found.differences.push(Otherwise { at, until: at, times: 1, difference });
                }
            }
        }
    }
}

fn case_of(matter: &Matter, board: &Board) -> Case {
    let ctx = board.context.clone();
    match matter {
        Matter::After { attempt, task } => Case::After(attempt.clone(), task.clone(), ctx),
        Matter::Review { review, task } => Case::OnReview(review.clone(), task.clone(), ctx),
        Matter::PlanAgain { without } => {
            let left_out: HashSet<_> = without.iter().copied().collect();
            Case::Plan(Arc::new(board.without(&left_out)))
        }
        Matter::Mention { mention } => Case::OnMention(mention.clone(), ctx),
        Matter::Parts { round, task } => Case::OnPartsFinal(round.clone(), task.clone(), ctx),
        Matter::Check { task } => Case::Check(task.clone(), ctx),
        Matter::Tripwire { violation, task } => Case::OnTripwire(violation.clone(), task.clone(), ctx),
        Matter::Depth { task } => Case::ReviewDepth(task.clone(), ctx),
        Matter::Lost { needed, task } => Case::OnLostDependency(*needed, task.clone(), ctx),
        Matter::Rebuttal { rebuttal, task } => Case::OnRebuttal(rebuttal.clone(), task.clone(), ctx),
    }
}
