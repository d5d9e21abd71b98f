//! What policy has to decide about: attempts that ended, reviews and rebuttals that arrived.
//!
//! The answer is carried out and the record marked as decided in one transaction, so that no judgement is lost and none
//! takes effect twice.

use std::{collections::HashSet, sync::Arc};

use futures_util::{StreamExt, stream};
use serde_json::json;

use super::{
    execute::{Failure, Ground, carry_out},
    journal::{self, Fate},
    mechanism,
    reading::{Hangs, Reading, Wait},
    scene::Scene,
    world::World,
};
use crate::{
    app::{Project, artefacts, simulate::rebuttal_facts},
    model::{
        action::Action,
        ids::{Actor, AttemptId, TaskId},
        records::Review,
        snapshot::{AttemptFacts, RebuttalFacts, ReviewFacts, RoundFacts, TaskFacts},
        status::Status,
    },
    policy::{answers::Decision, recording::Matter},
    store::{StoreError, Tx, attempts, policy_decisions, rebuttals, reviews},
};

/// Hooks that are asked at the same time.
const AT_ONCE: usize = 8;

/// The record that is decided about.
#[derive(Debug, Clone)]
enum Record {
    Attempt(AttemptId),
    Review(i64),
    Rebuttal(i64),
    /// Nothing is marked: it is asked until the task moves on.
    None,
}

impl Record {
    fn mark(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        match self {
            Self::Attempt(id) => attempts::decided(tx, id),
            Self::Review(id) => reviews::decided(tx, *id),
            Self::Rebuttal(id) => rebuttals::decided(tx, *id),
            Self::None => Ok(()),
        }
    }
}

/// A question for policy.
enum Case {
    After(Arc<AttemptFacts>, Arc<TaskFacts>),
    Review(Arc<ReviewFacts>, Arc<TaskFacts>),
    Rebuttal(Arc<RebuttalFacts>, Arc<TaskFacts>),
    Lost(TaskId, Arc<TaskFacts>),
    Parts(Arc<RoundFacts>, Arc<TaskFacts>),
}

impl Case {
    fn task(&self) -> TaskId {
        match self {
            Self::After(_, task)
            | Self::Review(_, task)
            | Self::Rebuttal(_, task)
            | Self::Lost(_, task)
            | Self::Parts(_, task) => task.id,
        }
    }

    fn record(&self) -> Record {
        match self {
            Self::After(attempt, _) => Record::Attempt(attempt.id.clone()),
            Self::Review(review, ..) => Record::Review(review.id),
            Self::Rebuttal(rebuttal, _) => Record::Rebuttal(rebuttal.id),
            Self::Lost(..) | Self::Parts(..) => Record::None,
        }
    }

    /// Whose record it is.
    fn author(&self) -> Option<&Actor> {
        match self {
            Self::After(attempt, _) => Some(&attempt.agent),
            Self::Review(review, ..) => Some(&review.reviewer),
            Self::Rebuttal(rebuttal, _) => Some(&rebuttal.author),
            Self::Lost(..) | Self::Parts(..) => None,
        }
    }

    async fn ask(&self, project: &Project, scene: &Scene) -> Decision {
        let (library, ctx) = (&project.library, &scene.ctx);
        match self {
            Self::After(attempt, task) => library.after(attempt, task, ctx).await,
            Self::Review(review, task) => library.on_review(review, task, ctx).await,
            Self::Rebuttal(rebuttal, task) => library.on_rebuttal(rebuttal, task, ctx).await,
            Self::Lost(needed, task) => library.on_lost_dependency(*needed, task, ctx).await,
            Self::Parts(round, task) => library.on_parts_final(round, task, ctx).await,
        }
    }

    /// The same, for the record of ticks.
    fn matter(&self) -> Matter {
        let task = |task: &Arc<TaskFacts>| task.clone();
        match self {
            Self::After(attempt, of) => Matter::After { attempt: attempt.clone(), task: task(of) },
            Self::Review(review, of) => Matter::Review { review: review.clone(), task: task(of) },
            Self::Rebuttal(rebuttal, of) => Matter::Rebuttal { rebuttal: rebuttal.clone(), task: task(of) },
            Self::Lost(needed, of) => Matter::Lost { needed: *needed, task: task(of) },
            Self::Parts(round, of) => Matter::Parts { round: round.clone(), task: task(of) },
        }
    }

    /// What the hook was given, for the digest.
    fn facts(&self) -> serde_json::Value {
        match self {
            Self::After(attempt, task) => json!({"attempt": attempt, "task": task}),
            Self::Review(review, task) => json!({"review": review, "task": task}),
            Self::Rebuttal(rebuttal, task) => json!({"rebuttal": rebuttal, "task": task}),
            Self::Lost(needed, task) => json!({"needed": needed, "task": task}),
            Self::Parts(round, task) => json!({"round": round, "task": task}),
        }
    }
}

/// What came of the questions.
#[derive(Default)]
pub(super) struct Decided {
    /// What was carried out or refused.
    pub fates: Vec<Fate>,
    /// Starts that were asked for, or that follow from what was carried out.
    pub starts: Vec<Action>,
    /// True when something was written.
    pub moved: bool,
}

/// Asks about everything that is undecided: one question for a task at a time, oldest first.
pub(super) async fn decide(
    world: &World,
    project: &Arc<Project>,
    scene: &Scene,
    reading: &Reading,
) -> Result<Decided, StoreError> {
    let (cases, moot) = sort_out(scene, reading);
    let marks = cases.iter().any(|case| !matches!(case.record(), Record::None));
    let mut decided = Decided { moved: !moot.is_empty() || marks, ..Decided::default() };
    if !moot.is_empty() {
        let write = move |tx: &mut Tx<'_>| moot.iter().try_for_each(|record| record.mark(tx));
        project.store.write(world.app.now(), write).await?;
    }
    let answers = stream::iter(cases).map(|case| one(world, project, scene, case)).buffer_unordered(AT_ONCE);
    let answers: Vec<_> = answers.collect().await;
    let mut failed = None;
    for answer in answers {
        match answer {
            Ok((fates, starts)) => {
                decided.moved |= fates.contains(&Fate::Done);
                decided.fates.extend(fates);
                decided.starts.extend(starts);
            }
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(decided), Err)
}

/// What to ask now, and what there is nothing to ask about any more.
fn sort_out(scene: &Scene, reading: &Reading) -> (Vec<Case>, Vec<Record>) {
    let (mut cases, mut moot) = (Vec::new(), Vec::new());
    for ended in &reading.ended {
        let facts = ended.task.attempts.iter().find(|attempt| attempt.id == ended.attempt.id);
        match (ended.hangs, facts) {
            (Hangs::Ask, Some(facts)) => cases.push(Case::After(facts.clone(), ended.task.clone())),
            (Hangs::Later, _) => {}
            _ => moot.push(Record::Attempt(ended.attempt.id.clone())),
        }
    }
    for review in &reading.reviews {
        match (turn(scene, review.task, review.round), facts_of_review(scene, reading, review)) {
            // Who has thought better of it meanwhile is taken at the last word.
            (Turn::Now(task), Some(facts)) if !is_superseded(&facts, &task) => {
                cases.push(Case::Review(facts, task));
            }
            (Turn::Later, _) => {}
            _ => moot.push(Record::Review(review.id)),
        }
    }
    for rebuttal in &reading.rebuttals {
        match turn(scene, rebuttal.task, rebuttal.round) {
            Turn::Now(task) => cases.push(Case::Rebuttal(Arc::new(rebuttal_facts(rebuttal, &task)), task)),
            Turn::Later => {}
            Turn::Past => moot.push(Record::Rebuttal(rebuttal.id)),
        }
    }
    for (task, wait) in &reading.waits {
        if let (Wait::Lost(needed), Some(task)) = (wait, scene.task(*task)) {
            cases.push(Case::Lost(*needed, task.clone()));
        }
    }
    for round in &scene.board.rounds {
        let task = scene.task(round.task).filter(|task| mechanism::waits_for_its_parts(task));
        cases.extend(task.map(|task| Case::Parts(round.clone(), task.clone())));
    }
    // What the first answer changes, the next question must see.
    let mut asked = HashSet::new();
    cases.retain(|case| asked.insert(case.task()));
    (cases, moot)
}

/// Whether a record of a review is to be judged.
enum Turn {
    Now(Arc<TaskFacts>),
    Later,
    Past,
}

fn turn(scene: &Scene, task: TaskId, round: i64) -> Turn {
    match scene.task(task) {
        Some(task) if task.status == Status::Paused => Turn::Later,
        Some(task) if task.status == Status::Review && task.round == round => Turn::Now(task.clone()),
        _ => Turn::Past,
    }
}

/// True when the same reviewer has reviewed the same round again.
fn is_superseded(review: &ReviewFacts, task: &TaskFacts) -> bool {
    let again = |other: &&Arc<ReviewFacts>| {
        other.id > review.id && other.round == review.round && other.reviewer == review.reviewer
    };
    task.reviews.iter().any(|other| again(&other))
}

/// Titles of the files that are not what a review judged any more, when the review is about to decide.
async fn changed_since(world: &World, project: &Project, case: &Case, actions: &[Action]) -> Vec<String> {
    let Case::Review(review, _) = case else { return Vec::new() };
    if !actions.iter().any(|action| matches!(action, Action::Accept { .. })) {
        return Vec::new();
    }
    let changed = artefacts::changed_since_approval(&world.app, project, (review.task, review.round)).await;
    // What cannot be read is not accepted.
    changed.unwrap_or_else(|error| vec![error.to_string()])
}

fn facts_of_review(scene: &Scene, reading: &Reading, review: &Review) -> Option<Arc<ReviewFacts>> {
    let facts = scene.task(review.task)?.reviews.iter().find(|facts| facts.id == review.id)?;
    let record = reading.track_records.get(&review.reviewer);
    Some(Arc::new(record.map_or_else(|| (**facts).clone(), |record| facts.with_record(record))))
}

async fn one(
    world: &World,
    project: &Arc<Project>,
    scene: &Scene,
    case: Case,
) -> Result<(Vec<Fate>, Vec<Action>), StoreError> {
    let decision = case.ask(project, scene).await;
    if matches!(case.record(), Record::None) && decision.actions.is_empty() {
        // Nothing to write: it is asked again at every tick.
        return Ok((Vec::new(), Vec::new()));
    }
    world.app.recorder().matter(&scene.board, case.matter());
    log(project, &case, &decision);
    park(world, &decision.actions).await?;
    let mut ground = Ground::new(&project.id, &scene.setup);
    ground.author = case.author().cloned();
    ground.max_rounds = scene.task(case.task()).map_or(ground.max_rounds, |task| task.max_rounds);
    ground.changed = changed_since(world, project, &case, &decision.actions).await;
    let (record, actions) = (case.record(), decision.actions.clone());
    let task = case.task();
    let fault = decision.fault.clone();
    let mut entry = journal::entry(&decision, Some(task), &case.facts(), serde_json::Value::Null);
    let write = move |tx: &mut Tx<'_>| {
        let fates = carry_out_all(tx, &ground, actions)?;
        record.mark(tx)?;
        entry.result = journal::with_fault(fault.as_ref(), journal::result(&fates));
        policy_decisions::record(tx, &entry)?;
        Ok::<_, StoreError>(fates)
    };
    let fates = project.store.write(world.app.now(), write).await?;
    let starts = fates
        .iter()
        .filter(|(_, fate)| !matches!(fate, Fate::Refused(_)))
        .filter_map(|(action, _)| followed_by(action));
    let starts = starts.collect();
    Ok((fates.into_iter().map(|(_, fate)| fate).collect(), starts))
}

fn log(project: &Project, case: &Case, decision: &Decision) {
    let actions: Vec<_> = decision.actions.iter().map(Action::name).collect();
    let (project, task, actions) = (&project.id, case.task(), actions.join(", "));
    match case {
        Case::After(attempt, _) => {
            tracing::info!(%project, %task, attempt = %attempt.id, outcome = ?attempt.outcome, %actions, "after");
        }
        Case::Review(review, ..) => {
            tracing::info!(%project, %task, verdict = %review.verdict, %actions, "review judged");
        }
        Case::Lost(needed, _) => tracing::info!(%project, %task, %needed, %actions, "dependency lost"),
        Case::Parts(round, _) => {
            tracing::info!(%project, %task, done = round.done_count, failed = round.failed_count, %actions, "parts final");
        }
        Case::Rebuttal(rebuttal, _) => {
            tracing::info!(%project, %task, rejects = rebuttal.rejects_count, %actions, "rebuttal judged");
        }
    }
}

/// Why a transaction of actions was undone.
enum Undone {
    /// Nothing of it was legal, so there is nothing to keep, and nobody is woken.
    Refused(Vec<(Action, Fate)>),
    /// The database did not take it.
    Store(StoreError),
}

impl From<StoreError> for Undone {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Carries out actions that start nobody, in one transaction of their own.
pub(super) async fn write_all(
    world: &World,
    project: &Project,
    ground: Ground,
    actions: Vec<Action>,
) -> Result<Vec<(Action, Fate)>, StoreError> {
    if actions.iter().all(|action| *action == Action::Healthy) {
        return Ok(actions.into_iter().map(|action| (action, Fate::Done)).collect());
    }
    park(world, &actions).await?;
    let write = move |tx: &mut Tx<'_>| {
        if ground.tells {
            tx.wake_nobody();
        }
        let fates = carry_out_all(tx, &ground, actions)?;
        let kept = fates.iter().any(|(_, fate)| !matches!(fate, Fate::Refused(_)));
        if kept { Ok(fates) } else { Err(Undone::Refused(fates)) }
    };
    match project.store.write(world.app.now(), write).await {
        Ok(fates) | Err(Undone::Refused(fates)) => Ok(fates),
        Err(Undone::Store(error)) => Err(error),
    }
}

/// Parks the providers of a decision. They belong to no project, so they are written first; twice does no harm.
async fn park(world: &World, actions: &[Action]) -> Result<(), StoreError> {
    for action in actions {
        if let Action::Park { provider, seconds, reason } = action {
            tracing::warn!(provider, seconds, reason, "a provider rests");
            // A script may name a runner; what rests is its account.
            let account = world.app.config().agents().provider(provider).to_owned();
            let what = (account, *seconds, reason.clone());
            world.parked.park(world.app.daemon(), world.app.now(), what).await?;
        }
    }
    Ok(())
}

/// Carries actions out one after the other; a refused one does not keep the next from being tried.
fn carry_out_all(tx: &mut Tx<'_>, ground: &Ground, actions: Vec<Action>) -> Result<Vec<(Action, Fate)>, StoreError> {
    let mut fates = Vec::with_capacity(actions.len());
    for action in actions {
        let fate = match &action {
            // It was parked before.
            Action::Park { .. } => Fate::Done,
            Action::Dispatch { .. }
            | Action::Offer { .. }
            | Action::Review { .. }
            | Action::Guard { .. }
            | Action::Tell { .. } => Fate::Next,
            other => match carry_out(tx, ground, other) {
                Ok(()) => Fate::Done,
                Err(Failure::Refused(why)) => Fate::Refused(why),
                Err(Failure::Store(StoreError::Conflict(what))) => Fate::Refused(format!("{what} has changed")),
                Err(Failure::Store(error)) => return Err(error),
            },
        };
        fates.push((action, fate));
    }
    Ok(fates)
}

/// The start that an action asks for or leads to.
fn followed_by(action: &Action) -> Option<Action> {
    match action {
        Action::Dispatch { .. }
        | Action::Offer { .. }
        | Action::Review { .. }
        | Action::Tell { .. }
        | Action::Guard { .. }
        | Action::Rebut { .. }
        | Action::Escalate { .. }
        | Action::Arbitrate { .. } => Some(action.clone()),
        _ => None,
    }
}
