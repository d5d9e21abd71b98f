//! Ends of processes: those that came, and those that are wanted.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom, Write},
    path::Path,
    sync::Arc,
    time::Duration,
};

use tokio::sync::broadcast::error::RecvError;

use super::{
    gateway, journal::Fate, launch::Started, live::Told, meters, reading::LiveAttempt, tripwires, world::World,
};
use crate::{
    agent::{
        archive,
        outcome::{self, End, Exit as HowItEnded, Verdict},
        output::Report,
    },
    app::{
        Project,
        guards::{Decides, Finding, trip_printed},
    },
    config::Agents,
    model::{
        action::Action,
        attempt::Attempt,
        guard::GuardState,
        ids::AttemptId,
        outcome::{Outcome, RetryClass},
        status::Status,
        task::Trigger,
    },
    process::Exit,
    store::{
        Db, StoreError, Tx,
        attempts::{self, Ending},
        comments, gate, gates, guards, notes, rebuttals, reviews, tasks,
    },
};

/// How much of a log's end is looked at for a reason.
const TAIL_BYTES: u64 = 8 * 1024;

/// Takes exits as they are told, until the daemon stops.
pub(super) async fn listen(world: &Arc<World>) {
    let mut exits = world.supervisor.exits();
    loop {
        let told = tokio::select! {
            () = world.stop.cancelled() => return,
            told = exits.recv() => told,
        };
        match told {
            Ok(exit) => note(world, exit),
            // What was missed is in the list.
            Err(RecvError::Lagged(_)) => match world.supervisor.list().await {
                Ok(states) => {
                    for state in states {
                        if let Some(record) = state.exit {
                            note(world, Exit::new(state.attempt, &record));
                        }
                    }
                }
                Err(error) => tracing::warn!(%error, "the supervisor's list could not be read"),
            },
            Err(RecvError::Closed) => return,
        }
    }
}

fn note(world: &Arc<World>, exit: Exit) {
    // A project that is closed or not open yet asks for its exits when it opens; the slot is free now.
    let Ok(project) = world.app.open_project(&exit.attempt.project) else { return world.live.remove(&exit.attempt) };
    match world.live.exited(&exit) {
        Told::Settle | Told::Unknown => settle(world, &project, exit, None),
        Told::Later => {}
    }
}

/// Writes an exit down, beside the tick, and the start before it unless that is written. What fails is tried again by
/// the next tick.
pub(super) fn settle(world: &Arc<World>, project: &Arc<Project>, exit: Exit, started: Option<Started>) {
    let (world, project) = (world.clone(), project.clone());
    world.clone().work.spawn(async move {
        let id = exit.attempt.clone();
        match write_exit(&world, &project, &exit, started).await {
            Ok(ended) => {
                world.live.remove(&id);
                world.report_sessions();
                world.supervisor.forget(&id).await;
                if let Some((outcome, detail)) = ended {
                    tracing::info!(attempt = %id, %outcome, %detail, "attempt ended");
                }
            }
            Err(StoreError::NotFound(_)) => {
                // Of a database that was replaced since.
                world.live.remove(&id);
                world.supervisor.forget(&id).await;
            }
            Err(error) => {
                tracing::warn!(attempt = %id, %error, "an exit could not be written down; it is tried again");
                world.live.unsettled(exit);
            }
        }
    });
}

async fn write_exit(
    world: &Arc<World>,
    project: &Project,
    exit: &Exit,
    started: Option<Started>,
) -> Result<Option<(Outcome, String)>, StoreError> {
    gateway::close(world, &exit.attempt).await;
    let printed = Printed::by(world, &exit.attempt).await;
    let (exit, agents) = (exit.clone(), world.app.config().agents());
    let decides = Decides::of(&world.app, &project.id);
    let folder = world.app.root().task_artifacts(&project.id, exit.attempt.task);
    let write = move |tx: &mut Tx<'_>| {
        started.map_or(Ok(()), |started| started.write(tx, &exit.attempt))?;
        let ended = end(tx, &exit, &printed, (&agents, &folder))?;
        if let (Some(finding), Some(_)) = (&printed.crossed, &ended) {
            last_look(tx, &exit.attempt, finding, &decides)?;
        }
        Ok(ended)
    };
    project.store.write(world.app.now(), write).await
}

/// What an agent printed last is heard, too: nobody looked at it while it ran.
fn last_look(tx: &mut Tx<'_>, id: &AttemptId, finding: &Finding, decides: &Decides) -> Result<(), StoreError> {
    if attempts::ends_at_once(tx, id)? {
        return Ok(());
    }
    let by = attempts::require(tx, id)?.agent;
    trip_printed(tx, (&id.project, id.task), (finding, &by), decides)
}

/// What a program that has ended printed.
#[derive(Debug, Default)]
struct Printed {
    /// The end of its log.
    tail: String,
    /// Bytes in its log.
    log_bytes: i64,
    /// What its runner told about itself.
    report: Report,
    /// The tripwire that its last words crossed.
    crossed: Option<Finding>,
}

impl Printed {
    async fn by(world: &Arc<World>, id: &AttemptId) -> Self {
        let (world, id) = (world.clone(), id.clone());
        let read = move || {
            let folder = world.app.root().attempt(&id);
            let (tail, log_bytes) = tail(&folder.join("output.log"));
            let report = world.meters.finish(&id, &meters::stdout_of(&folder));
            if let Err(error) = archive::keep(&folder, &report, world.environment.home()) {
                tracing::warn!(attempt = %id, %error, "not all of a session could be archived");
            }
            let crossed = tripwires::in_last_words(&world.app, &id.project, &folder);
            Self { tail, log_bytes, report, crossed }
        };
        tokio::task::spawn_blocking(read).await.unwrap_or_default()
    }
}

fn tail(log: &Path) -> (String, i64) {
    let read = || {
        let mut file = File::open(log)?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(TAIL_BYTES)))?;
        let mut bytes = Vec::new();
        file.take(TAIL_BYTES).read_to_end(&mut bytes)?;
        Ok::<_, std::io::Error>((String::from_utf8_lossy(&bytes).into_owned(), length))
    };
    // An attempt that never printed has no log.
    let (text, length) = read().unwrap_or_default();
    (text, i64::try_from(length).unwrap_or(i64::MAX))
}

/// Ends the attempt's row; none when it was over before. `folder` is the task's.
fn end(
    tx: &mut Tx<'_>,
    exit: &Exit,
    printed: &Printed,
    (agents, folder): (&Agents, &Path),
) -> Result<Option<(Outcome, String)>, StoreError> {
    let id = &exit.attempt;
    let attempt = attempts::require(tx, id)?;
    if attempt.ended_at.is_some() {
        return Ok(None);
    }
    if let Some(usage) = &printed.report.usage {
        meters::note(tx, agents, id, usage)?;
    }
    let ending = attempts::ending(tx, id)?;
    let known = End {
        kind: attempt.kind,
        ending: ending.as_ref().map(|(outcome, detail)| (*outcome, detail.as_deref())),
        spawn_error: None,
        exit: HowItEnded::of(exit.code, exit.signal),
        has_answered: has_answered(tx, &attempt)?,
        log_tail: &printed.tail,
        report: &printed.report,
    };
    // Programs tell times of day as they are on this machine.
    let Verdict { outcome, mut detail, resets_at } = outcome::of(&known, tx.now(), &chrono::Local);
    if outcome == Outcome::NoResult && attempt.kind.owns_task() {
        detail += &without_result(tx, &attempt, folder)?;
    }
    let row = Ending {
        outcome,
        exit_code: exit.code.map(i64::from),
        signal: exit.signal.map(i64::from),
        detail: Some(detail.clone()),
        resets_at,
        log_bytes: printed.log_bytes,
        resources: exit.usage,
        // Who saw it end has also ended what was left of its tree.
        tree_gone: exit.tree_gone(),
    };
    attempts::end(tx, id, &row)?;
    // A provider that asks for patience is no sign of a runaway task.
    if outcome.retry_class() == RetryClass::AfterReset && attempt.kind.owns_task() {
        tasks::give_dispatch_back(tx, attempt.task)?;
    }
    if attempt.kind == Trigger::Guard && outcome != Outcome::Completed && !is_blameless(outcome) {
        guards::missed(tx, attempt.task, attempt.number)?;
    }
    if let (Trigger::Mention, Outcome::Completed, Some(agent)) = (attempt.kind, outcome, attempt.agent.agent()) {
        comments::settle_mentions(tx, attempt.task, agent, Some(attempt.number))?;
    }
    Ok(Some((outcome, detail)))
}

/// What the task still lacks after an attempt that ended as if all were well.
fn without_result(db: &Db<'_>, attempt: &Attempt, folder: &Path) -> Result<String, StoreError> {
    let task = tasks::require(db, &attempt.project, attempt.task)?;
    let missing = gate::missing(db, &task, folder)?;
    Ok(match missing.as_slice() {
        [] => "; nothing that can be checked is missing, but nobody said that it is complete".to_owned(),
        missing => format!("; missing: {}", missing.join("; ")),
    })
}

/// True for ends that others are to blame for: somebody is asked again without counting it.
fn is_blameless(outcome: Outcome) -> bool {
    use Outcome::{Cancelled, Interrupted, Lost, QuotaExceeded, RateLimited};
    matches!(outcome, Cancelled | Interrupted | Lost | QuotaExceeded | RateLimited)
}

/// Whether what an attempt was started for is on the blackboard.
fn has_answered(db: &Db<'_>, attempt: &Attempt) -> Result<bool, StoreError> {
    let since = attempt.created_at;
    let by_agent = |author: &crate::model::ids::Actor| *author == attempt.agent;
    match attempt.kind {
        // Whoever holds a task says that it is complete, and the ending is noted, or the checks go on without it.
        Trigger::Execute | Trigger::Revise | Trigger::Distill | Trigger::Offer => {
            let gate = gates::get(db, attempt.task)?;
            Ok(gate.is_some_and(|gate| gate.attempt == Some(attempt.number)))
        }
        Trigger::Guard => {
            let guard = guards::of_attempt(db, attempt.task, attempt.number)?;
            Ok(guard.is_some_and(|guard| matches!(guard.state, GuardState::Holds | GuardState::Broken)))
        }
        Trigger::Review | Trigger::Round => {
            let all = reviews::of_task(db, attempt.task)?;
            Ok(all.iter().any(|review| by_agent(&review.reviewer) && review.created_at >= since))
        }
        Trigger::Rebut => {
            let all = rebuttals::of_task(db, attempt.task)?;
            Ok(all.iter().any(|rebuttal| by_agent(&rebuttal.author) && rebuttal.created_at >= since))
        }
        Trigger::Arbitrate => {
            let task = tasks::require(db, &attempt.project, attempt.task)?;
            Ok(task.lifecycle.status != Status::Escalated || task.escalated_to.as_ref() != Some(&attempt.agent))
        }
        // A coordinator answers by deciding.
        Trigger::Mention => Ok(comments::written_since(db, attempt.task, &attempt.agent.to_string(), since)?
            || notes::decisions(db, attempt.task)?.iter().any(|d| by_agent(&d.agent) && d.created_at >= since)),
    }
}

/// Sees to it that what is to end ends: what somebody has called off, what takes too long, whose task has moved on.
///
/// Answers with the time until it has to look again, when that is known.
pub(super) async fn end_what_is_to_end(
    world: &Arc<World>,
    project: &Project,
    live: &[LiveAttempt],
    grace: Duration,
) -> Result<Option<Duration>, StoreError> {
    let mut next = None;
    for LiveAttempt { attempt, ending, at_once, moved_on, .. } in live.iter().filter(|live| live.attempt.spawned) {
        // What crossed a tripwire does not go on for as long as it likes.
        let grace = if *at_once { Duration::ZERO } else { grace };
        let wait = match (ending, moved_on) {
            (Some(outcome), _) => ask_to_leave(world, &attempt.id, *outcome, grace),
            (None, Some(why)) => {
                note_ending(world, project, &attempt.id, Outcome::Interrupted, why).await?;
                ask_to_leave(world, &attempt.id, Outcome::Interrupted, grace)
            }
            (None, None) => check_time(world, project, attempt, grace).await?,
        };
        next = next.into_iter().chain(wait).min();
    }
    Ok(next)
}

fn ask_to_leave(world: &Arc<World>, id: &AttemptId, outcome: Outcome, grace: Duration) -> Option<Duration> {
    let by_itself = matches!(outcome, Outcome::Completed | Outcome::Declined);
    match world.live.ask_to_leave(id, by_itself, grace) {
        Ok(()) => {
            tracing::info!(attempt = %id, %outcome, "ending a process");
            let (world, id) = (world.clone(), id.clone());
            world.clone().work.spawn(async move {
                world.supervisor.terminate(&id, &world.app.root().attempt(&id), grace).await;
            });
            // To ask again should it still be there.
            Some(grace + Duration::from_secs(6))
        }
        Err(Duration::MAX) => None,
        Err(left) => Some(left),
    }
}

/// Time is up whatever the scripts say.
async fn check_time(
    world: &Arc<World>,
    project: &Project,
    attempt: &Attempt,
    grace: Duration,
) -> Result<Option<Duration>, StoreError> {
    let Some(runtime) = world.live.runtime(&attempt.id) else { return Ok(None) };
    let allowed = Duration::from_secs(attempt.timeout_seconds.max(0).unsigned_abs());
    if let Some(left) = allowed.checked_sub(runtime).filter(|left| !left.is_zero()) {
        return Ok(Some(left));
    }
    // A clock that was set since the last tick is noticed before anybody is given up.
    world.look_at_clocks().await;
    if let Some(left) = world.grace_left() {
        return Ok(Some(left));
    }
    let why = format!("ran for {} s, {} s are allowed", runtime.as_secs(), allowed.as_secs());
    note_ending(world, project, &attempt.id, Outcome::Timeout, &why).await?;
    Ok(ask_to_leave(world, &attempt.id, Outcome::Timeout, grace))
}

async fn note_ending(
    world: &World,
    project: &Project,
    id: &AttemptId,
    outcome: Outcome,
    why: &str,
) -> Result<(), StoreError> {
    let (id, why) = (id.clone(), why.to_owned());
    let write = move |tx: &mut Tx<'_>| attempts::set_ending(tx, &id, outcome, &why).map(drop);
    project.store.write(world.app.now(), write).await
}

/// Writes reminders beside the prompts of those who are reminded, for agents that look into files and call nobody.
pub(super) async fn write_nudges(world: &World, fates: &[(Action, Fate)]) {
    for (action, fate) in fates {
        let (Action::Nudge { attempt, text }, Fate::Done) = (action, fate) else { continue };
        let (file, line) = (world.app.root().attempt(attempt).join("nudges.md"), format!("- {text}\n"));
        let append = move || {
            let mut file = std::fs::OpenOptions::new().create(true).append(true).open(file)?;
            file.write_all(line.as_bytes())
        };
        // It also comes with the answer to the agent's next command.
        if let Ok(Err(error)) = tokio::task::spawn_blocking(append).await {
            tracing::debug!(%attempt, %error, "a reminder could not be written beside the prompt");
        }
    }
}
