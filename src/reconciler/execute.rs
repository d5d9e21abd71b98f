//! Carries out, inside a transaction, what scripts ask for and what needs no process: checks first, then writes.
//!
//! What is illegal is refused in words and changes nothing; what fails for a moment (disk, lock) is an error that undoes
//! the whole transaction, so that it is tried again. Starting somebody is [`super::dispatch`]'s.

use std::sync::Arc;

use chrono::TimeDelta;

use super::{discussing, scene::Setup};
use crate::{
    app::checkpoints::ask_what_now,
    config::CheckpointLimits,
    model::{
        action::Action,
        approvals,
        event::{EventKind, Level, NewEvent},
        ids::{Actor, AgentId, AttemptId, ProjectId, TaskId},
        outcome::Outcome,
        records::{CommentType, Review, Severity},
        status::{Cause, Status},
        task::{ReviewPhase, Task},
    },
    policy::actions::MAX_PAUSE,
    store::{
        StoreError, Tx,
        attempts::{self, Ending},
        checkpoints, comments, dependencies, notes, reviews,
        tasks::{self, Details, Move},
    },
};

/// On whose word and in which project actions are carried out; goes into transactions.
#[derive(Debug, Clone)]
pub(super) struct Ground {
    /// The project.
    pub project: ProjectId,
    /// Who decides in it.
    pub coordinator: Option<AgentId>,
    /// Its agents.
    pub members: Arc<Vec<crate::model::agent::AgentProfile>>,
    /// Whose record the hook judges: an escalation does not go back to them.
    pub author: Option<Actor>,
    /// True for the hooks that look for what is stuck: what they tell is a suspicion.
    pub suspects: bool,
    /// True when what is written is for people only, and wakes no loop.
    pub tells: bool,
    /// Files that are not what the review judged: it cannot accept them.
    pub changed: Vec<String>,
    /// Rounds of review that the task may have.
    pub max_rounds: i64,
    /// What holds of questions that say nothing about it themselves.
    pub questions: CheckpointLimits,
}

impl Ground {
    /// For a project.
    pub fn new(project: &ProjectId, setup: &Setup) -> Self {
        Self {
            project: project.clone(),
            coordinator: setup.coordinator.clone(),
            members: setup.members.clone(),
            author: None,
            suspects: false,
            tells: false,
            changed: Vec::new(),
            max_rounds: setup.max_rounds(),
            questions: setup.settings().checkpoint.clone(),
        }
    }

    /// Telling people something, and changing nothing.
    #[must_use]
    pub fn telling(mut self) -> Self {
        self.tells = true;
        self
    }

    /// Looking for what is stuck.
    #[must_use]
    pub fn suspecting(mut self) -> Self {
        self.suspects = true;
        self
    }

    /// What holds for a decision that nobody makes in time; nobody has proposed anything here.
    fn usual_decision(&self) -> Option<String> {
        self.questions.decision.and_then(|decision| decision.answer(None))
    }

    fn coordinator_or_human(&self) -> Actor {
        self.coordinator.clone().map_or_else(Actor::human, Actor::Agent)
    }
}

/// Why an action was not carried out.
pub(super) enum Failure {
    /// It is not legal; nothing was changed.
    Refused(String),
    /// The database did not take it; nothing of the transaction is kept.
    Store(StoreError),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Refused(refusal) => Self::Refused(refusal.to_string()),
            StoreError::NotFound(what) => Self::Refused(format!("there is no {what}")),
            StoreError::SelfReview => Self::Refused("self_review: an author may not review".into()),
            other => Self::Store(other),
        }
    }
}

pub(super) fn refuse<T>(why: impl Into<String>) -> Result<T, Failure> {
    Err(Failure::Refused(why.into()))
}

/// Carries out one action.
pub(super) fn carry_out(tx: &mut Tx<'_>, ground: &Ground, action: &Action) -> Result<(), Failure> {
    match action {
        Action::Discuss { task, agents } => discussing::discuss(tx, find(tx, ground, *task)?, agents),
        Action::Summarise { task, agent } => discussing::summarise(tx, find(tx, ground, *task)?, agent),
        Action::Submit { task } => whole(tx, find(tx, ground, *task)?, Status::Review),
        Action::DropMention { task, agent, .. } => {
            find(tx, ground, *task)?;
            Ok(comments::settle_mentions(tx, *task, agent, None)?)
        }
        Action::Accept { task } => accept(tx, ground, find(tx, ground, *task)?),
        Action::Revise { task } => revise(tx, find(tx, ground, *task)?, "the review asks for changes"),
        Action::NextRound { task } => next_round(tx, find(tx, ground, *task)?),
        Action::Rebut { task } => rebut(tx, find(tx, ground, *task)?),
        Action::Requeue { task, seconds, reason, counts } => {
            requeue(tx, find(tx, ground, *task)?, (*seconds, *counts), reason)
        }
        Action::Fail { task, reason } => {
            let task = unclaimed(tx, free_of_processes(tx, find(tx, ground, *task)?)?)?;
            step(tx, task, Move::by_policy(Cause::Fail, reason), Details::default())
        }
        Action::Block { task, reason } => {
            let task = free_of_processes(tx, find(tx, ground, *task)?)?;
            // As when an agent blocks it: the reason is the question.
            open_question(tx, &task, reason, Vec::new())?;
            let details = Details { blocked_on: Some("human".into()), ..Details::default() };
            step(tx, task, Move::by_policy(Cause::Block, reason), details)
        }
        Action::Escalate { task, to, reason } => {
            let to = to.clone().unwrap_or_else(Actor::human);
            escalate(tx, ground, find(tx, ground, *task)?, to, reason)
        }
        Action::Arbitrate { task } => {
            let task = find(tx, ground, *task)?;
            escalate(tx, ground, task, ground.coordinator_or_human(), "those concerned could not agree")
        }
        Action::AskHuman { task, question, options, timeout_seconds, default } => {
            let time = timeout_seconds.or(ground.questions.timeout_seconds).map(TimeDelta::seconds);
            if default.as_ref().is_some_and(|default| !options.is_empty() && !options.contains(default)) {
                return refuse("the default answer is not one of the options");
            }
            let task = find(tx, ground, *task)?;
            let decides = matches!(task.lifecycle.status, Status::Review | Status::Escalated);
            let usual = ground.usual_decision().filter(|usual| decides && options.contains(usual));
            let default = default.clone().or(usual);
            ask_human(tx, task, (question, options), (time, default.as_deref()))
        }
        Action::Observe { task, severity, text } => {
            task.map(|task| find(tx, ground, task)).transpose()?;
            notes::observe(tx, *task, Actor::Policy, text.clone(), *severity)?;
            Ok(())
        }
        Action::Notify { level, text } => notify(tx, ground, *level, text),
        Action::Nudge { attempt, text } => nudge(tx, ground, attempt, text),
        Action::Kill { attempt, reason } => kill(tx, ground, attempt, reason),
        Action::Healthy => Ok(()),
        Action::Park { .. }
        | Action::Dispatch { .. }
        | Action::Offer { .. }
        | Action::Review { .. }
        | Action::Guard { .. }
        | Action::Tell { .. } => refuse("this hook cannot ask for it"),
    }
}

fn find(tx: &Tx<'_>, ground: &Ground, task: TaskId) -> Result<Task, Failure> {
    Ok(tasks::require(tx, &ground.project, task)?)
}

fn step(tx: &mut Tx<'_>, task: Task, step: Move, details: Details) -> Result<(), Failure> {
    tasks::transition(tx, task, step, details)?;
    Ok(())
}

/// Refuses while the task's own process runs: it would be started twice.
fn free_of_processes(tx: &Tx<'_>, task: Task) -> Result<Task, Failure> {
    let live = attempts::live_of_task(tx, &task.project, task.id)?;
    match live.iter().find(|attempt| attempt.kind.owns_task()) {
        Some(attempt) => refuse(format!("attempt {} has not ended; kill it first", attempt.id)),
        None => Ok(task),
    }
}

/// A claimed task goes back first, for the table knows no other way out.
fn unclaimed(tx: &mut Tx<'_>, task: Task) -> Result<Task, Failure> {
    if task.lifecycle.status != Status::Claimed {
        return Ok(task);
    }
    let release = Move::by_policy(Cause::Release, "its attempt never began");
    Ok(tasks::transition(tx, task, release, Details::default())?)
}

/// Puts a task back, not to be dispatched before so many seconds.
fn requeue(tx: &mut Tx<'_>, task: Task, (seconds, counts): (i64, bool), reason: &str) -> Result<(), Failure> {
    let task = free_of_processes(tx, task)?;
    let back = match counts {
        // The table of transitions knows it as the daemon's.
        true if claim_expired(tx, &task)? => Move::by_daemon(Cause::ClaimTimeout, "not started in time"),
        true => Move::by_policy(Cause::Requeue, reason),
        false => Move::by_policy(Cause::Release, reason),
    };
    let not_before = Some(tx.now() + TimeDelta::seconds(seconds.clamp(0, MAX_PAUSE)));
    step(tx, task, back, Details { not_before, ..Details::default() })
}

/// True when the task is held by a claim that ran out.
fn claim_expired(tx: &Tx<'_>, task: &Task) -> Result<bool, StoreError> {
    let Some(attempt) = &task.attempt else { return Ok(false) };
    Ok(attempts::require(tx, attempt)?.outcome == Some(Outcome::ClaimExpired))
}

/// Moves a whole whose parts are final; refuses what is no such whole.
fn whole(tx: &mut Tx<'_>, task: Task, to: Status) -> Result<(), Failure> {
    if task.subtasks_count == 0 {
        return refuse(format!("{} has no parts: whoever works on it submits it", task.id));
    }
    if let Some((part, status)) = dependencies::open_parts(tx, task.id)?.first() {
        return refuse(format!("its part {part} is {status}"));
    }
    let task = free_of_processes(tx, task)?;
    step(tx, task, Move::by_daemon(Cause::Derive, "all its parts are final").to(to), Details::default())
}

fn accept(tx: &mut Tx<'_>, ground: &Ground, task: Task) -> Result<(), Failure> {
    if task.subtasks_count > 0 && task.lifecycle.status != Status::Review {
        return whole(tx, task, Status::Done);
    }
    let given = approvals_of(&reviews::of_task(tx, task.id)?, task.lifecycle.round);
    let least = task.risk_level.least_approvals();
    if given < least {
        let risk = task.risk_level;
        return refuse(format!("its risk is {risk}: {given} of at least {least} approvals are there"));
    }
    if task.lifecycle.status == Status::Working {
        let task = free_of_processes(tx, task)?;
        return step(tx, task, Move::by_policy(Cause::Finish, "accepted as it is"), Details::default());
    }
    if !ground.changed.is_empty() {
        return look_again(tx, ground, task);
    }
    let why =
        if given > 0 { "the review is in favour" } else { "accepted by policy, without an approval in this round" };
    step(tx, task, Move::by_policy(Cause::Accept, why), Details::default())
}

fn approvals_of(reviews: &[Review], round: i64) -> i64 {
    let of_round = reviews.iter().filter(|review| review.round == round);
    approvals::approvals(of_round.map(|review| (&review.reviewer, review.verdict)))
}

/// What was reviewed is not what is there: it is reviewed once more, and after the last round somebody decides.
fn look_again(tx: &mut Tx<'_>, ground: &Ground, task: Task) -> Result<(), Failure> {
    let why = format!("changed after its review: {}", ground.changed.join(", "));
    notes::observe(tx, Some(task.id), Actor::Daemon, why.clone(), Severity::Warning)?;
    if task.lifecycle.round >= ground.max_rounds {
        return escalate(tx, ground, task, ground.coordinator_or_human(), &why);
    }
    step(tx, task, Move::by_policy(Cause::NextRound, why), Details::default())
}

fn revise(tx: &mut Tx<'_>, task: Task, reason: &str) -> Result<(), Failure> {
    step(tx, task, Move::by_policy(Cause::Revise, reason), Details::default())
}

fn next_round(tx: &mut Tx<'_>, task: Task) -> Result<(), Failure> {
    step(tx, task, Move::by_policy(Cause::NextRound, "the reviewer looks at the answers"), Details::default())
}

fn rebut(tx: &mut Tx<'_>, task: Task) -> Result<(), Failure> {
    if task.lifecycle.status != Status::Review {
        return refuse(format!("{} is {}, not in review", task.id, task.lifecycle.status));
    }
    // A parent has no author who could answer: its parts are worked on.
    if task.subtasks_count > 0 {
        return revise(tx, task, "the round asks for more");
    }
    tasks::set_review_phase(tx, task, ReviewPhase::Rebuttal)?;
    Ok(())
}

fn escalate(tx: &mut Tx<'_>, ground: &Ground, task: Task, to: Actor, reason: &str) -> Result<(), Failure> {
    if let Some(agent) = to.agent()
        && !ground.members.iter().any(|member| member.id == *agent)
    {
        return refuse(format!("there is no agent `{agent}` in this project"));
    }
    // Somebody's doubts are not settled by asking them again.
    let to = if ground.author.as_ref() == Some(&to) { Actor::human() } else { to };
    // A person finds what waits for them among the questions, with its time and what holds when that is over.
    if to.is_human() {
        ask_what_now(tx, &task, (reason, &Actor::Policy), &ground.questions)?;
    }
    hand_over(tx, task, to, Move::by_policy(Cause::Escalate, reason))
}

/// Lets somebody decide, also when it was somebody else's turn before.
fn hand_over(tx: &mut Tx<'_>, task: Task, to: Actor, mut why: Move) -> Result<(), Failure> {
    if task.lifecycle.status == Status::Escalated {
        tasks::set_escalated_to(tx, task, to, &why.reason.unwrap_or_default())?;
        return Ok(());
    }
    if !task.lifecycle.status.is_open() {
        return refuse(format!("{} is {}", task.id, task.lifecycle.status));
    }
    let task = unclaimed(tx, task)?;
    stop_processes(tx, &task, "the task was escalated")?;
    why.cause = Cause::Escalate;
    step(tx, task, why, Details { escalated_to: Some(to), ..Details::default() })
}

/// Ends the processes that hold the task; they are gone soon after.
fn stop_processes(tx: &mut Tx<'_>, task: &Task, why: &str) -> Result<(), StoreError> {
    for attempt in attempts::live_of_task(tx, &task.project, task.id)? {
        end_or_note(tx, &attempt, Outcome::Interrupted, why)?;
    }
    Ok(())
}

/// A process is noted to be ended; an outside agent's attempt is over at once.
pub(super) fn end_or_note(
    tx: &mut Tx<'_>,
    attempt: &crate::model::attempt::Attempt,
    outcome: Outcome,
    why: &str,
) -> Result<(), StoreError> {
    if attempt.spawned {
        attempts::set_ending(tx, &attempt.id, outcome, why)?;
    } else {
        attempts::end(tx, &attempt.id, &Ending::new(outcome, why))?;
    }
    Ok(())
}

fn ask_human(
    tx: &mut Tx<'_>,
    task: Task,
    (question, options): (&str, &[String]),
    (time, default): (Option<TimeDelta>, Option<&str>),
) -> Result<(), Failure> {
    let status = task.lifecycle.status;
    if !status.is_open() {
        return refuse(format!("{} is {status}", task.id));
    }
    if let Some(asked) = open_question(tx, &task, question, options.to_vec())?
        && let Some(time) = time
    {
        checkpoints::limit(tx, asked, tx.now() + time, default)?;
    }
    match status {
        Status::Pending | Status::Claimed | Status::Working => {
            stop_processes(tx, &task, "a person is asked")?;
            let details = Details { blocked_on: Some("human".into()), ..Details::default() };
            step(tx, task, Move::by_policy(Cause::Block, question), details)
        }
        Status::Review | Status::Escalated => {
            hand_over(tx, task, Actor::human(), Move::by_policy(Cause::Escalate, question))
        }
        Status::Blocked => Ok(tasks::set_blocked_on(tx, task, "human".into()).map(drop)?),
        _ => Ok(()),
    }
}

/// Asks, unless the same question waits already; answers with the new question's number.
fn open_question(
    tx: &mut Tx<'_>,
    task: &Task,
    question: &str,
    options: Vec<String>,
) -> Result<Option<i64>, StoreError> {
    if checkpoints::open_of_task(tx, task.id)?.iter().any(|open| open.question == question) {
        return Ok(None);
    }
    Ok(Some(checkpoints::open(tx, task.id, question.to_owned(), options, Actor::Policy)?.id))
}

fn notify(tx: &mut Tx<'_>, ground: &Ground, level: Level, text: &str) -> Result<(), Failure> {
    let kind = if ground.suspects { EventKind::ZombieSuspected } else { EventKind::ObservationAdded };
    tx.event(NewEvent::new(kind, None, Actor::Policy, text).level(level))?;
    Ok(())
}

fn live_attempt(tx: &Tx<'_>, ground: &Ground, id: &AttemptId) -> Result<crate::model::attempt::Attempt, Failure> {
    if id.project != ground.project {
        return refuse(format!("{id} belongs to another project"));
    }
    let attempt = attempts::require(tx, id)?;
    if attempt.ended_at.is_some() { refuse(format!("{id} is over")) } else { Ok(attempt) }
}

fn nudge(tx: &mut Tx<'_>, ground: &Ground, id: &AttemptId, text: &str) -> Result<(), Failure> {
    let attempt = live_attempt(tx, ground, id)?;
    let body = format!("@{}: {text}", attempt.agent);
    let (author, comment_type) = (Actor::Policy, CommentType::Note);
    comments::insert(tx, comments::NewComment { task: id.task, author, body, comment_type, mentions: Vec::new() })?;
    attempts::nudge(tx, id, text)?;
    Ok(())
}

fn kill(tx: &mut Tx<'_>, ground: &Ground, id: &AttemptId, reason: &str) -> Result<(), Failure> {
    let attempt = live_attempt(tx, ground, id)?;
    let task = find(tx, ground, id.task)?;
    let is_claim = !attempt.spawned && task.attempt.as_ref() == Some(id) && task.lifecycle.status == Status::Claimed;
    let outcome = if is_claim { Outcome::ClaimExpired } else { Outcome::Timeout };
    end_or_note(tx, &attempt, outcome, reason)?;
    Ok(())
}
