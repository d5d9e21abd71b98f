//! Tripwires: whatever an agent says, to the blackboard or to its terminal, is heard, and a red line in it ends the attempt
//! and escalates the task.

use serde::Serialize;

use super::{Finding, of_project};
use crate::{
    app::{App, Project, access, checkpoints::ask_what_now, error::AppError, requests::Caller},
    config::{CheckpointLimits, GuardSeverity},
    model::{
        ids::{Actor, AgentId, ProjectId, TaskId},
        outcome::Outcome,
        records::{Observation, Severity},
        status::{Cause, Status},
        task::Task,
    },
    store::{
        StoreError, Tx, attempts, notes,
        tasks::{self, Details, Move},
    },
};

/// Characters around a word that crossed a line, kept as evidence.
const AROUND: usize = 80;

/// The tripwire that a text of an agent crosses, with the place as evidence.
pub fn tripped(app: &App, project: &ProjectId, text: &str) -> Option<Finding> {
    let guardrails = of_project(app, project);
    let mut lines = guardrails.tripwires().peekable();
    lines.peek()?;
    let lower = text.to_lowercase();
    lines.find_map(|line| {
        let word = line.crossed_with(&lower)?;
        Some(Finding {
            rule: line.name.clone(),
            severity: GuardSeverity::Tripwire,
            text: format!("an agent's text holds \"{word}\""),
            evidence: around(&lower, word),
        })
    })
}

/// What stands around a word in a text in lower case.
pub(super) fn around(lower: &str, word: &str) -> String {
    let at = lower.find(&word.to_lowercase()).map_or(0, |at| lower[..at].chars().count());
    lower.chars().skip(at.saturating_sub(AROUND)).take(2 * AROUND + word.chars().count()).collect()
}

/// What somebody is about to write, as tripwires hear it: made before the transaction, followed inside it.
#[derive(Clone)]
pub(in crate::app) struct Heard {
    finding: Option<Finding>,
    project: ProjectId,
    decides: Decides,
}

/// Who decides about a task that crossed a line.
#[derive(Debug, Clone)]
pub struct Decides {
    coordinator: Option<AgentId>,
    limits: CheckpointLimits,
}

impl Decides {
    /// The project's coordinator, or people with the time that they have.
    pub fn of(app: &App, project: &ProjectId) -> Self {
        Self { coordinator: app.coordinator(project), limits: app.settings_of(project).checkpoint.clone() }
    }

    /// The project's coordinator.
    pub(in crate::app) const fn coordinator(&self) -> Option<&AgentId> {
        self.coordinator.as_ref()
    }

    /// Lets them decide.
    pub(in crate::app) fn escalate(&self, tx: &mut Tx<'_>, task: Task, why: &str) -> Result<Task, StoreError> {
        self.escalate_for(tx, task, (why, None))
    }

    /// The same about something that `by` has done, who does not decide about that.
    fn escalate_for(&self, tx: &mut Tx<'_>, task: Task, (why, by): (&str, Option<&Actor>)) -> Result<Task, StoreError> {
        let coordinator = self.coordinator.clone().map(Actor::Agent).filter(|coordinator| by != Some(coordinator));
        let to = coordinator.unwrap_or_else(Actor::human);
        let task = if task.lifecycle.status == Status::Escalated {
            tasks::set_escalated_to(tx, task, to.clone(), why)?
        } else {
            let details = Details { escalated_to: Some(to.clone()), ..Details::default() };
            tasks::transition(tx, task, Move::by_policy(Cause::Escalate, why), details)?
        };
        if to.is_human() {
            ask_what_now(tx, &task, (why, &Actor::Policy), &self.limits)?;
        }
        Ok(task)
    }
}

impl Heard {
    /// Listens to all texts of a body.
    pub fn of(app: &App, project: &ProjectId, body: &impl Serialize) -> Self {
        let finding = serde_json::to_string(body).ok().and_then(|text| tripped(app, project, &text));
        Self { finding, project: project.clone(), decides: Decides::of(app, project) }
    }

    /// Ends what an agent was at whose word crossed a line; true when it did. People may say what they like.
    pub fn follow(&self, tx: &mut Tx<'_>, task: TaskId, by: &Actor) -> Result<bool, AppError> {
        let Some(finding) = self.finding.as_ref().filter(|_| by.agent().is_some()) else { return Ok(false) };
        let task = tasks::require(tx, &self.project, task)?;
        trip(tx, task, (finding, Some(by)), &self.decides)?;
        Ok(true)
    }

    /// The same for what is written on no task: the one that the writer's token is for stops.
    pub fn follow_writer(&self, tx: &mut Tx<'_>, caller: &Caller) -> Result<bool, AppError> {
        let Some(token) = caller.token.as_ref().filter(|_| self.finding.is_some()) else { return Ok(false) };
        match attempts::by_token(tx, &self.project, &access::token_hash(token))? {
            Some(attempt) => self.follow(tx, attempt.task, &attempt.agent),
            None => Ok(false),
        }
    }
}

/// Ends every attempt at a task and lets the coordinator decide, or a person where there is none, or where the coordinator
/// itself has crossed the line.
pub(in crate::app) fn trip(
    tx: &mut Tx<'_>,
    task: Task,
    (finding, by): (&Finding, Option<&Actor>),
    decides: &Decides,
) -> Result<Task, StoreError> {
    let why = format!("tripwire {}: {}", finding.rule, finding.text);
    // Whoever examined a completion has written it down in this transaction.
    let (body, now) = (finding.body(), tx.now().timestamp_millis());
    let is_told = |note: &Observation| note.body == body && note.created_at.timestamp_millis() == now;
    if !notes::observations(tx, Some(task.id))?.iter().any(is_told) {
        notes::observe(tx, Some(task.id), Actor::Policy, body, Severity::Critical)?;
    }
    stop_at_once(tx, &task, &why)?;
    let task = if task.lifecycle.status == Status::Claimed {
        tasks::transition(tx, task, Move::by_policy(Cause::Release, why.clone()), Details::default())?
    } else {
        task
    };
    match task.lifecycle.status {
        Status::Working | Status::Pending | Status::Blocked | Status::Review => {
            decides.escalate_for(tx, task, (&why, by))
        }
        // Who decides has crossed a line: somebody else does.
        Status::Escalated if by.is_some() && task.escalated_to.as_ref() == by => {
            decides.escalate_for(tx, task, (&why, by))
        }
        // Who writes on a task that is finished or decided about moves nothing.
        _ => Ok(task),
    }
}

/// Ends every live attempt of a task without a time to leave.
fn stop_at_once(tx: &mut Tx<'_>, task: &Task, why: &str) -> Result<(), StoreError> {
    for attempt in attempts::live_of_task(tx, &task.project, task.id)? {
        if attempt.spawned {
            attempts::end_at_once(tx, &attempt.id, Outcome::Interrupted, why)?;
        } else {
            attempts::end(tx, &attempt.id, &attempts::Ending::new(Outcome::Interrupted, why))?;
        }
    }
    Ok(())
}

/// The same for what an agent printed; `by` is that agent.
pub async fn trip_over(
    app: &App,
    project: &Project,
    id: TaskId,
    (finding, by): (Finding, Actor),
) -> Result<(), AppError> {
    let (name, decides) = (project.id.clone(), Decides::of(app, &project.id));
    let write = move |tx: &mut Tx<'_>| Ok::<_, AppError>(trip_printed(tx, (&name, id), (&finding, &by), &decides)?);
    project.store.write(app.now(), write).await
}

/// The same inside a transaction. A task that is decided about, or over, is left alone, unless its decider printed it.
pub fn trip_printed(
    tx: &mut Tx<'_>,
    (project, id): (&ProjectId, TaskId),
    (finding, by): (&Finding, &Actor),
    decides: &Decides,
) -> Result<(), StoreError> {
    let task = tasks::require(tx, project, id)?;
    let status = task.lifecycle.status;
    let decided = status == Status::Escalated && task.escalated_to.as_ref() != Some(by);
    if status.is_open() && !decided {
        trip(tx, task, (finding, Some(by)), decides)?;
    }
    Ok(())
}
