//! The loops: one for each project, and one above them that knows the clock, the commands and the set of projects.
//!
//! A project's loop is woken by the clock, by a change of its blackboard, by a slot that became free, by its own next
//! time, and by commands. A signal only wakes; what is to do is always read. A loop that dies is started again.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use futures_util::{FutureExt, future::join_all};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
    time::{MissedTickBehavior, interval, sleep},
};
use tokio_util::sync::{CancellationToken, DropGuard};

use super::{
    tick::{Depth, Ticked, Ticker},
    world::World,
};
use crate::{
    app::{
        Project,
        control::{Command, TickReport},
        projects,
    },
    config::seconds,
    model::ids::ProjectId,
    store::StoreError,
};

/// The loop's name in health reports.
pub(super) const NAME: &str = "reconciler";
/// Orders that wait for a project's loop; it takes them together.
const ORDERS: usize = 16;
/// Longest pause after a failed tick, and before a dead loop is started again.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// Longest pause between ticks of a project whose plan finds something to write every time.
const CALM: Duration = Duration::from_secs(1);
/// How long a command waits for a project's tick.
const PATIENCE: Duration = Duration::from_secs(60);

/// A wish for a full tick, and where its report goes.
type Order = oneshot::Sender<Result<Ticked, String>>;

/// A project's loop as the driver sees it.
struct Running {
    project: Arc<Project>,
    orders: mpsc::Sender<Order>,
    /// Ends the loop also when the driver dies.
    stop: DropGuard,
    task: JoinHandle<()>,
}

/// Runs until the daemon stops.
pub(super) async fn drive(world: &Arc<World>, commands: &mut mpsc::Receiver<Command>) {
    let mut loops: HashMap<ProjectId, Running> = HashMap::new();
    let mut projects = world.app.control().projects();
    let mut config = world.app.config().changes();
    let mut period = world.app.config().settings().daemon.tick_interval;
    let mut clock = ticks(period);
    let mut round: Option<JoinHandle<()>> = None;
    let mut ticking = world.app.control().ticking();
    load_parked(world).await;
    update(world, &mut loops).await;
    loop {
        tokio::select! {
            () = world.stop.cancelled() => break,
            _ = clock.tick() => {
                world.look_at_clocks().await;
                load_parked(world).await;
                // A round that takes longer than the interval is not overtaken.
                if *ticking.borrow() && round.as_ref().is_none_or(JoinHandle::is_finished) {
                    round = Some(tokio::spawn(full_round(world.clone(), order_all(&loops), None)));
                }
            }
            Some(command) = commands.recv() => {
                if let Command::Tick { done } = command {
                    load_parked(world).await;
                    update(world, &mut loops).await;
                    tokio::spawn(full_round(world.clone(), order_all(&loops), Some(done)));
                }
            }
            // Whoever starts the ticker wants to see it tick.
            Ok(()) = ticking.changed() => clock.reset_immediately(),
            Ok(()) = projects.changed() => update(world, &mut loops).await,
            Ok(()) = config.changed() => {
                update(world, &mut loops).await;
                let now = world.app.config().settings().daemon.tick_interval;
                if now != period {
                    period = now;
                    clock = ticks(period);
                }
            }
        }
    }
    for (_, running) in loops {
        end(running).await;
    }
}

fn ticks(period: f64) -> tokio::time::Interval {
    let mut clock = interval(seconds(period).max(Duration::from_millis(20)));
    clock.set_missed_tick_behavior(MissedTickBehavior::Skip);
    clock
}

async fn load_parked(world: &World) {
    if let Err(error) = world.parked.load(world.app.daemon(), world.app.now()).await {
        tracing::warn!(%error, "the list of resting providers could not be read");
    }
}

/// Starts loops of new projects, ends those of closed ones; a project that was opened again gets a new loop.
async fn update(world: &Arc<World>, loops: &mut HashMap<ProjectId, Running>) {
    let open: HashMap<_, _> = world.app.projects().open().into_iter().map(|p| (p.id.clone(), p)).collect();
    let same = |running: &Running| open.get(&running.project.id).is_some_and(|p| Arc::ptr_eq(p, &running.project));
    let closed: Vec<_> = loops.extract_if(|_, running| !same(running) || running.task.is_finished()).collect();
    for (id, running) in closed {
        end(running).await;
        world.live.close_project(&id);
    }
    for (id, project) in open {
        loops.entry(id).or_insert_with(|| start(world, project));
    }
}

fn start(world: &Arc<World>, project: Arc<Project>) -> Running {
    let (orders, inbox) = mpsc::channel(ORDERS);
    let stop = world.stop.child_token();
    let task = tokio::spawn(keep_running(world.clone(), project.clone(), inbox, stop.clone()));
    Running { project, orders, stop: stop.drop_guard(), task }
}

async fn end(running: Running) {
    let Running { project, orders, stop, task } = running;
    drop((stop, project, orders));
    // It panicked at worst, and then that was logged.
    let _ended = task.await;
}

/// Starts the loop again when it dies. It cannot but by a mistake of ours; then the others go on and health says so.
async fn keep_running(
    world: Arc<World>,
    project: Arc<Project>,
    mut orders: mpsc::Receiver<Order>,
    stop: CancellationToken,
) {
    let mut pause = Duration::from_millis(100);
    loop {
        let run = run(&world, &project, &mut orders, &stop);
        match std::panic::AssertUnwindSafe(run).catch_unwind().await {
            Ok(()) => return,
            Err(_) => {
                tracing::error!(project = %project.id, "the loop of a project died; it is started again");
                let why = format!("the loop of {} died", project.id);
                world.app.control().report_round(NAME, world.app.now(), Some(why));
                world.app.control().report(|health| health.loops.entry(NAME).or_default().restarts += 1);
            }
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = sleep(pause) => pause = LONGEST_PAUSE.min(pause * 2),
        }
    }
}

fn order_all(loops: &HashMap<ProjectId, Running>) -> Vec<(ProjectId, mpsc::Sender<Order>)> {
    loops.values().map(|running| (running.project.id.clone(), running.orders.clone())).collect()
}

/// Has every project tick and says how it went.
async fn full_round(
    world: Arc<World>,
    loops: Vec<(ProjectId, mpsc::Sender<Order>)>,
    done: Option<oneshot::Sender<TickReport>>,
) {
    let began = Instant::now();
    let one = |(id, orders): (ProjectId, mpsc::Sender<Order>)| async move {
        let (report, answer) = oneshot::channel();
        let asked = orders.send(report).await.map_err(|_| "its loop is gone".to_owned());
        let answer = async { answer.await.map_err(|_| "its loop ended".to_owned())? };
        let result = match asked {
            Ok(()) => tokio::time::timeout(PATIENCE, answer).await.unwrap_or_else(|_| Err("it takes too long".into())),
            Err(error) => Err(error),
        };
        (id, result)
    };
    let results = join_all(loops.into_iter().map(one)).await;
    let mut report = TickReport { projects: results.len(), ..TickReport::default() };
    let mut failed = None;
    for (id, result) in results {
        match result {
            Ok(ticked) => {
                report.actions += ticked.tally.done;
                report.refused += ticked.tally.refused;
            }
            Err(error) => failed = Some(format!("{id}: {error}")),
        }
    }
    let took = began.elapsed();
    report.took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(projects = report.projects, actions = report.actions, took_ms = report.took_ms, "Tick");
    let now = world.app.now();
    world.app.control().report_round(NAME, now, failed);
    world.app.control().report(|health| {
        health.last_tick = Some(now);
        health.ticks += 1;
        health.tick_ms = took.as_secs_f64() * 1000.0;
    });
    world.report_sessions();
    if let Some(done) = done {
        // Whoever asked may have gone away.
        let _gone = done.send(report);
    }
}

/// Why a project's loop woke.
enum Wake {
    Stop,
    Ordered(Vec<Order>),
    Changed,
}

/// One project's loop.
async fn run(world: &Arc<World>, project: &Arc<Project>, orders: &mut mpsc::Receiver<Order>, stop: &CancellationToken) {
    let mut ticker = Ticker::new(world.clone(), project.clone());
    let mut changed = project.store.changed();
    let mut freed = world.slots.freed();
    let ticking = world.app.control().ticking();
    let mut restless = 0_u32;
    // The first tick finds what the last daemon left behind.
    let mut waiting = vec![];
    let mut depth = if *ticking.borrow() { Depth::Full } else { Depth::Settle };
    loop {
        changed.mark_unchanged();
        freed.mark_unchanged();
        let began = Instant::now();
        let result = ticker.tick(depth).await;
        if let Err(StoreError::Damaged(why)) = &result {
            answer(&mut waiting, &Err(why.clone()));
            return projects::quarantine(&world.app, &project.id, why.clone()).await;
        }
        let (pause, next, hungry) = match &result {
            Ok(ticked) => {
                let idle_writes = ticked.tally.done > 0 && ticked.tally.started == 0 && !ticked.moved;
                restless = if idle_writes { restless + 1 } else { 0 };
                (pause_after(ticked, began.elapsed(), restless), ticked.next, ticked.hungry)
            }
            Err(error) => {
                tracing::error!(project = %ticker.project().id, %error, "a tick failed; it is repeated");
                restless += 1;
                let again = Duration::from_millis(100 << restless.min(6)).min(LONGEST_PAUSE);
                (again / 2, Some(again), false)
            }
        };
        answer(&mut waiting, &result.map_err(|error| error.to_string()));
        let later = next.unwrap_or(Duration::MAX).max(pause);
        let wake = tokio::select! {
            biased;
            () = stop.cancelled() => Wake::Stop,
            Some(order) = orders.recv() => Wake::Ordered(vec![order]),
            Ok(()) = async { sleep(pause).await; changed.changed().await } => Wake::Changed,
            Ok(()) = async { sleep(pause).await; freed.changed().await }, if hungry => Wake::Changed,
            () = sleep_at_most(later) => Wake::Changed,
        };
        depth = match wake {
            Wake::Stop => return,
            Wake::Ordered(first) => {
                waiting = first;
                while let Ok(order) = orders.try_recv() {
                    waiting.push(order);
                }
                Depth::Full
            }
            Wake::Changed if *ticking.borrow() => Depth::Mini,
            Wake::Changed => Depth::Settle,
        };
    }
}

/// Sleeps; for ever when the time is longer than a timer can tell.
async fn sleep_at_most(time: Duration) {
    if time > Duration::from_secs(24 * 3600) { std::future::pending::<()>().await } else { sleep(time).await }
}

/// A tick that did something is followed at once; one that did not leaves time to others; one whose plan writes every
/// time, without moving anything, is slowed down.
fn pause_after(ticked: &Ticked, took: Duration, restless: u32) -> Duration {
    if restless > 3 {
        return Duration::from_millis(10 << restless.min(7)).min(CALM);
    }
    if ticked.moved || ticked.tally.started > 0 { Duration::ZERO } else { took.min(Duration::from_millis(100)) }
}

fn answer(waiting: &mut Vec<Order>, result: &Result<Ticked, String>) {
    for order in waiting.drain(..) {
        // Whoever asked may have gone away.
        let _gone = order.send(result.clone());
    }
}
