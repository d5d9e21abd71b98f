//! What a tick reads, all of it in one view of the database.

use std::{collections::HashMap, sync::Arc};

use crate::{
    model::{
        attempt::Attempt,
        calibration::TrackRecord,
        guard::GuardState,
        ids::{Actor, AgentId, ProjectId, TaskId},
        outcome::Outcome,
        records::{Rebuttal, Review},
        snapshot::TaskFacts,
        status::Status,
        task::{Task, Trigger},
        usage::{Allowance, Spend},
    },
    store::{
        Changes, Db, StoreError, attempts, calibration, checkpoints,
        comments::{self, Asked},
        dependencies::{self, Awaited},
        guards,
        kept::Kept,
        picture::{self, Picture},
        rebuttals, reviews,
        snapshot::{self, View},
        tasks,
    },
};

/// Everything a tick needs to know.
pub(super) struct Reading {
    /// The open part of the project.
    pub picture: Picture,
    /// Blocked tasks that need not wait any longer, or wait in vain.
    pub waits: Vec<(TaskId, Wait)>,
    /// Attempts that have not ended.
    pub live: Vec<LiveAttempt>,
    /// Ended attempts about which policy has not decided.
    pub ended: Vec<Ended>,
    /// Reviews about which policy has not decided.
    pub reviews: Vec<Review>,
    /// Of those who wrote them.
    pub track_records: HashMap<Actor, TrackRecord>,
    /// Rebuttals about which policy has not decided.
    pub rebuttals: Vec<Rebuttal>,
}

/// What became of what a blocked task waits for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wait {
    /// It is there: why the task goes on.
    Over(String),
    /// This task has failed or was cancelled.
    Lost(TaskId),
}

/// An attempt that has not ended.
pub(super) struct LiveAttempt {
    /// Its row.
    pub attempt: Attempt,
    /// How it is to end, when somebody has said so.
    pub ending: Option<Outcome>,
    /// It is to end without a time to leave.
    pub at_once: bool,
    /// Why its work is of no use any more, when that is so.
    pub moved_on: Option<&'static str>,
    /// What all attempts of its task have used, and what a person allowed beyond its budget.
    pub of_task: (Spend, Allowance),
}

/// An attempt that has ended, and what about it is still open.
pub(super) struct Ended {
    /// Its row.
    pub attempt: Attempt,
    /// What policy has to do with it.
    pub hangs: Hangs,
    /// The task.
    pub task: Arc<TaskFacts>,
}

/// What hangs on the end of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hangs {
    /// Policy decides.
    Ask,
    /// Nothing: the task has moved on.
    Nothing,
    /// The task is paused; it is asked when the task goes on.
    Later,
}

/// Reads it; of the tasks, only those that were touched.
pub(super) fn read(
    db: &Db<'_>,
    project: &ProjectId,
    view: View,
    known: (&mut Kept, Changes),
) -> Result<Reading, StoreError> {
    let picture = picture::picture(db, project, view, known)?;
    let live = attempts::live(db, project)?.into_iter().map(|attempt| live_attempt(db, attempt));
    let ended = attempts::undecided(db, project)?.into_iter().map(|attempt| ended(db, attempt, &picture, view));
    let reviews = reviews::undecided(db)?;
    let mut track_records = HashMap::new();
    for Review { reviewer, .. } in &reviews {
        track_records.insert(reviewer.clone(), calibration::of(db, reviewer)?);
    }
    Ok(Reading {
        track_records,
        waits: waits(db, project)?,
        live: live.collect::<Result<_, _>>()?,
        ended: ended.collect::<Result<_, _>>()?,
        reviews,
        rebuttals: rebuttals::undecided(db)?,
        picture,
    })
}

fn waits(db: &Db<'_>, project: &ProjectId) -> Result<Vec<(TaskId, Wait)>, StoreError> {
    let mut found = Vec::new();
    for (task, on, awaited) in dependencies::blocked(db)? {
        let wait = match (awaited, on) {
            (Awaited::Open(_), _) => None,
            (Awaited::Lost(needed), _) => Some(Wait::Lost(needed)),
            (Awaited::Nothing, Some(on)) if on.parse::<TaskId>().is_err() => {
                let why = match on.parse::<AgentId>() {
                    _ if on == "human" => of_person(db, task)?,
                    Ok(agent) => of_agent(db, (project, task), &agent)?,
                    // Its parts: what follows from them is a judgement.
                    Err(_) => None,
                };
                why.map(Wait::Over)
            }
            (Awaited::Nothing, _) => Some(Wait::Over("what it waited for is done".into())),
        };
        found.extend(wait.map(|wait| (task, wait)));
    }
    Ok(found)
}

/// Why a task need not wait for a person any more: no question is open. What they wrote stands in the thread.
fn of_person(db: &Db<'_>, task: TaskId) -> Result<Option<String>, StoreError> {
    let is_asked = !checkpoints::open_of_task(db, task)?.is_empty();
    Ok((!is_asked).then(|| "human has answered".to_owned()))
}

/// Why a task need not wait for an agent any more.
fn of_agent(db: &Db<'_>, (project, task): (&ProjectId, TaskId), agent: &AgentId) -> Result<Option<String>, StoreError> {
    let since = tasks::require(db, project, task)?.lifecycle.status_since;
    Ok(match comments::asked(db, task, agent)? {
        Asked::Answered => Some(format!("{agent} has answered")),
        Asked::Silent => Some(format!("{agent} was asked and said nothing")),
        Asked::Waiting | Asked::Never => {
            let wrote = comments::written_since(db, task, agent.as_str(), since)?;
            wrote.then(|| format!("{agent} has answered"))
        }
    })
}

fn live_attempt(db: &Db<'_>, attempt: Attempt) -> Result<LiveAttempt, StoreError> {
    let ending = attempts::ending(db, &attempt.id)?.map(|(outcome, _)| outcome);
    let task = tasks::require(db, &attempt.project, attempt.task)?;
    let moved_on = match attempt.kind {
        Trigger::Guard => is_answered(db, &attempt)?.then_some("nobody needs its answer any more"),
        _ => moved_on(&attempt, &task),
    };
    let at_once = attempts::ends_at_once(db, &attempt.id)?;
    Ok(LiveAttempt { ending, at_once, moved_on, of_task: (task.usage, task.allowance), attempt })
}

/// True when the question that an attempt was started for does not wait any more.
fn is_answered(db: &Db<'_>, attempt: &Attempt) -> Result<bool, StoreError> {
    let guard = guards::of_attempt(db, attempt.task, attempt.number)?;
    Ok(guard.is_none_or(|guard| guard.state != GuardState::Open))
}

/// Why an attempt's work is of no use any more.
fn moved_on(attempt: &Attempt, task: &Task) -> Option<&'static str> {
    let status = task.lifecycle.status;
    let in_place = match attempt.kind {
        Trigger::Execute | Trigger::Revise | Trigger::Distill => {
            task.attempt.as_ref() == Some(&attempt.id) && (status.is_held() || status == Status::Paused)
        }
        Trigger::Review | Trigger::Rebut | Trigger::Round => status == Status::Review,
        Trigger::Arbitrate => status == Status::Escalated,
        Trigger::Offer => status == Status::Pending,
        Trigger::Mention | Trigger::Guard => true,
    };
    (!in_place).then_some("the task has moved on")
}

fn ended(db: &Db<'_>, attempt: Attempt, picture: &Picture, view: View) -> Result<Ended, StoreError> {
    let row = tasks::require(db, &attempt.project, attempt.task)?;
    let holds = row.attempt.as_ref() == Some(&attempt.id);
    let hangs = match (attempt.kind.owns_task(), row.lifecycle.status) {
        (true, Status::Paused) if holds => Hangs::Later,
        // It has said that the work is complete, which is being checked.
        (true, status) if holds && status.is_held() && row.gate.is_some() => Hangs::Later,
        (true, status) if holds && status.is_held() => Hangs::Ask,
        (true, _) => Hangs::Nothing,
        (false, _) => Hangs::Ask,
    };
    let open = picture.tasks.iter().find(|task| task.id == attempt.task).cloned();
    let task = open.map_or_else(|| snapshot::task(db, &attempt.project, view, attempt.task), Ok)?;
    Ok(Ended { attempt, hangs, task })
}
