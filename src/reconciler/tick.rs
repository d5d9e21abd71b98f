//! One tick of one project: read, do what the rules say, ask policy about what is undecided, plan, and look for what is
//! stuck. Idempotent: it takes nothing but what it reads, so it may run at any time, for any reason, and again.

use std::{collections::HashSet, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};

use super::{
    budget, deadlines,
    decide::{decide, write_all},
    depth,
    execute::Ground,
    gates, journal, knowledge, mechanism, mentions,
    plan::{Memory, Planner, Tally},
    reading::{self, Reading},
    recover, reopen,
    scene::{Moment, Scene, Setup},
    signs, supervise,
    world::World,
};
use crate::{
    app::Project,
    config::seconds,
    model::{
        event::{EventKind, NewEvent},
        ids::Actor,
        snapshot::AttemptFacts,
        status::Status,
    },
    policy::{answers::Decision, recording::Matter},
    store::{Db, StoreError, Tx, kept::Kept, snapshot::View},
};

/// Refused starts of one tick after which the plan is not made again; what is left waits for the next tick.
const MOST_LEFT_OUT: usize = 200;

/// How much a tick does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// The rules and what is undecided; nobody is started. While the ticker is stopped.
    Settle,
    /// The same, and the plan: after a change.
    Mini,
    /// The same, and a look at what is lost or stuck: by the clock, or on command.
    Full,
}

/// What a tick came to.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Ticked {
    /// Actions of policy.
    pub tally: Tally,
    /// True when hooks or rules have moved something.
    pub moved: bool,
    /// True when somebody waits for a slot.
    pub hungry: bool,
    /// When to look again at the latest, when that is known.
    pub next: Option<Duration>,
}

/// In `meta` of the blackboard, the change since which nothing moved when the last alarm was raised.
const ALARMED: &str = "alarmed_since";

/// A project and what its loop remembers from tick to tick; none of it is needed to go on after a restart.
pub(super) struct Ticker {
    world: Arc<World>,
    project: Arc<Project>,
    setup: Option<Setup>,
    kept: Kept,
    memory: Memory,
    knowledge: knowledge::Memory,
    tick: i64,
    /// Full ticks since the newest change of a task.
    unchanged: i64,
    last_change: i64,
    /// The change since which an alarm was raised; the blackboard keeps it, so that a restart is no new reason.
    alarmed: Option<i64>,
    /// The budget that was last told to be used up.
    budget_told: Option<String>,
}

impl Ticker {
    /// Remembers nothing yet.
    pub fn new(world: Arc<World>, project: Arc<Project>) -> Self {
        Self {
            world,
            project,
            setup: None,
            kept: Kept::default(),
            memory: Memory::default(),
            knowledge: knowledge::Memory::default(),
            tick: 0,
            unchanged: 0,
            last_change: 0,
            alarmed: None,
            budget_told: None,
        }
    }

    /// The project.
    pub fn project(&self) -> &Arc<Project> {
        &self.project
    }

    /// Ticks once, and says what hooks could not answer.
    pub async fn tick(&mut self, depth: Depth) -> Result<Ticked, StoreError> {
        let ticked = self.go_through(depth).await?;
        self.report_faults().await?;
        Ok(ticked)
    }

    async fn go_through(&mut self, depth: Depth) -> Result<Ticked, StoreError> {
        self.world.look_at_clocks().await;
        // A project whose configuration broke while it ran goes on with the last good one.
        let in_force = Setup::of(&self.world, &self.project.id, self.setup.as_ref());
        let Some(setup) = in_force.or_else(|| self.setup.clone()) else { return Ok(Ticked::default()) };
        self.setup = Some(setup.clone());
        self.tick += 1;
        let now = self.world.app.now();
        let mut reading = self.read(&setup, now).await?;
        let mut ticked = self.see_to_processes(&setup, &reading, (depth, now)).await?;
        ticked.moved |= gates::tend(&self.world, &self.project).await?;
        if ticked.moved {
            reading = self.read(&setup, now).await?;
        }
        if mechanism::settle(&self.world, &self.project, &setup, &reading).await? {
            ticked.moved = true;
            reading = self.read(&setup, now).await?;
        }
        let mut scene = self.scene(&setup, &mut reading, now);
        if self.decide_depths(&scene).await? {
            ticked.moved = true;
            reading = self.read(&setup, now).await?;
            scene = self.scene(&setup, &mut reading, now);
        }
        let decided = decide(&self.world, &self.project, &scene, &reading).await?;
        ticked.tally.count(&decided.fates);
        if decided.moved {
            ticked.moved = true;
            reading = self.read(&setup, now).await?;
            scene = self.scene(&setup, &mut reading, now);
        }
        // After a lapse of time nobody is judged until everybody could have been heard again.
        let may_judge = self.world.grace_left().is_none();
        if may_judge {
            let expired = self.inspect_claims(&scene).await?;
            ticked.moved |= expired.done > 0;
            ticked.tally.add(expired);
        }
        if depth == Depth::Settle {
            return Ok(ticked);
        }
        if knowledge::tend(&self.world, &self.project, &scene, &mut self.knowledge).await? {
            reading = self.read(&setup, now).await?;
            scene = self.scene(&setup, &mut reading, now);
        }
        if self.planner(&scene).start_next(decided.starts).await? > 0 {
            reading = self.read(&setup, now).await?;
            scene = self.scene(&setup, &mut reading, now);
        }
        ticked.tally.add(self.plan(&scene, depth).await?);
        if depth == Depth::Full && may_judge {
            ticked.tally.add(self.inspect(&scene).await?);
        }
        ticked.hungry = hungry(&scene);
        ticked.next = ticked.next.into_iter().chain(next_time(&scene)).min();
        Ok(ticked)
    }

    /// Sees to what runs, and to what has had its time, before anything is judged.
    async fn see_to_processes(
        &mut self,
        setup: &Setup,
        reading: &Reading,
        (depth, now): (Depth, DateTime<Utc>),
    ) -> Result<Ticked, StoreError> {
        recover::settle_again(&self.world, &self.project);
        if depth == Depth::Full || self.tick == 1 {
            recover::reconcile(&self.world, &self.project, &reading.live, self.tick == 1).await?;
        }
        if depth == Depth::Full {
            signs::note(&self.world, &self.project, &reading.live).await?;
            self.count_unchanged(reading);
        }
        budget::enforce(&self.world, &self.project, setup, reading).await?;
        budget::tell(&self.world, &self.project, setup, (reading.picture.spent, &mut self.budget_told)).await?;
        let grace = seconds(setup.settings().daemon.kill_grace);
        let next = supervise::end_what_is_to_end(&self.world, &self.project, &reading.live, grace).await?;
        let passed = deadlines::pass(&self.world, &self.project, now).await?;
        let next = next.into_iter().chain(passed.next).min();
        let mut ticked = Ticked { next, moved: passed.moved, ..Ticked::default() };
        ticked.moved |= depth == Depth::Full && reopen::look(&self.world, &self.project).await?;
        Ok(ticked)
    }

    fn view(&self, setup: &Setup, now: DateTime<Utc>) -> View {
        View { now, max_rounds: setup.max_rounds(), excused: self.world.lapses.excused() }
    }

    /// Reads what has changed. When it fails, nothing is kept, and the next one reads everything.
    async fn read(&mut self, setup: &Setup, now: DateTime<Utc>) -> Result<Reading, StoreError> {
        let (project, view) = (self.project.id.clone(), self.view(setup, now));
        let (mut kept, changes) = (std::mem::take(&mut self.kept), self.project.store.touched());
        let read =
            move |db: &Db<'_>| reading::read(db, &project, view, (&mut kept, changes)).map(|found| (found, kept));
        let (reading, kept) = self.project.store.read(read).await?;
        self.kept = kept;
        Ok(reading)
    }

    fn scene(&self, setup: &Setup, reading: &mut Reading, now: DateTime<Utc>) -> Scene {
        let moment = Moment { now, tick: self.tick, unchanged: self.unchanged };
        Scene::new(&self.world, &self.project, setup.clone(), std::mem::take(&mut reading.picture), moment)
    }

    /// Has policy say how deep reviews go that nobody submitted: of a whole, of work that was reopened. True when one was.
    async fn decide_depths(&mut self, scene: &Scene) -> Result<bool, StoreError> {
        let mut moved = false;
        for task in scene.board.tasks.iter().filter(|task| depth::is_undecided(task)) {
            self.world.app.recorder().matter(&scene.board, Matter::Depth { task: task.clone() });
            let judgement = self.project.library.review_depth(task, &scene.ctx).await;
            moved |= depth::write(&self.world, &self.project, task, judgement).await?;
        }
        Ok(moved)
    }

    fn planner<'a>(&'a mut self, scene: &'a Scene) -> Planner<'a> {
        Planner { world: &self.world, project: &self.project, scene, memory: &mut self.memory }
    }

    async fn plan(&mut self, scene: &Scene, depth: Depth) -> Result<Tally, StoreError> {
        self.world.app.recorder().board(&scene.board);
        let mut decision = self.project.library.plan(&scene.board).await;
        let (mut tally, mut refused) = self.planner(scene).carry_out(&decision).await?;
        let mut left_out = HashSet::new();
        // A refused wish costs nobody a slot: the plan is made again without it.
        while !refused.is_empty() && left_out.len() < MOST_LEFT_OUT {
            left_out.extend(refused);
            let mut reading = self.read(&scene.setup, scene.now()).await?;
            let rest = self.scene(&scene.setup, &mut reading, scene.now());
            let without = left_out.iter().copied().collect();
            self.world.app.recorder().matter(&rest.board, Matter::PlanAgain { without });
            let rest = rest.without(&left_out);
            if !rest.has_free_agent() {
                break;
            }
            let again = self.project.library.plan(&rest.board).await;
            let more;
            (more, refused) = self.planner(&rest).carry_out(&again).await?;
            refused.retain(|task| !left_out.contains(task));
            tally.add(more);
            decision.actions.extend(again.actions);
        }
        if depth == Depth::Full {
            self.planner(scene).record_waiting(&decision).await?;
        }
        tally.add(mentions::deliver(&mut self.planner(scene)).await?);
        Ok(tally)
    }

    fn count_unchanged(&mut self, reading: &Reading) {
        let busy = |status| matches!(status, Status::Pending | Status::Claimed | Status::Working | Status::Review);
        let changed = reading.picture.last_change != self.last_change;
        if changed || !reading.picture.tasks.iter().any(|task| busy(task.status)) {
            self.last_change = reading.picture.last_change;
            self.unchanged = 0;
        } else {
            self.unchanged += 1;
        }
    }

    /// Looks for what is stuck: each live attempt, and the project as a whole.
    async fn inspect(&mut self, scene: &Scene) -> Result<Tally, StoreError> {
        let mut tally = Tally::default();
        let tasks = scene.board.tasks.iter();
        let live = tasks.flat_map(|task| &task.attempts).filter(|a| a.is_live && !is_claim(a));
        for attempt in live {
            let decision = self.project.library.inspect(attempt, &scene.ctx).await;
            tally.add(self.carry_out_suspicion(scene, &decision, Some(attempt)).await?);
        }
        if self.unchanged > 0 && !self.has_alarmed().await? {
            let decision = self.project.library.inspect_project(&scene.board, &scene.ctx).await;
            tally.add(self.carry_out_suspicion(scene, &decision, None).await?);
            if !decision.actions.is_empty() {
                self.note_alarm().await?;
            }
        }
        Ok(tally)
    }

    /// Looks at claims whose work has not begun: they run out by the second, and not only when it is time for a full tick.
    async fn inspect_claims(&mut self, scene: &Scene) -> Result<Tally, StoreError> {
        let mut tally = Tally::default();
        let tasks = scene.board.tasks.iter().filter(|task| task.status == Status::Claimed);
        for attempt in tasks.flat_map(|task| &task.attempts).filter(|a| is_claim(a) && a.runtime_seconds > 0) {
            let decision = self.project.library.inspect(attempt, &scene.ctx).await;
            tally.add(self.carry_out_suspicion(scene, &decision, Some(attempt)).await?);
        }
        Ok(tally)
    }

    /// One alarm until the next change, also over restarts.
    async fn has_alarmed(&mut self) -> Result<bool, StoreError> {
        if self.alarmed.is_none() {
            let noted = self.project.store.read(|db| db.meta(ALARMED)).await?;
            // Before the first alarm no change has this number.
            self.alarmed = Some(noted.and_then(|noted| noted.parse().ok()).unwrap_or(-1));
        }
        Ok(self.alarmed == Some(self.last_change))
    }

    async fn note_alarm(&mut self) -> Result<(), StoreError> {
        self.alarmed = Some(self.last_change);
        let note = self.last_change.to_string();
        self.project.store.write(self.world.app.now(), move |tx: &mut Tx<'_>| tx.set_meta(ALARMED, &note)).await
    }

    async fn carry_out_suspicion(
        &mut self,
        scene: &Scene,
        decision: &Decision,
        attempt: Option<&Arc<AttemptFacts>>,
    ) -> Result<Tally, StoreError> {
        let ground = Ground::new(&self.project.id, &scene.setup).suspecting();
        let fates = write_all(&self.world, &self.project, ground, decision.actions.clone()).await?;
        supervise::write_nudges(&self.world, &fates).await;
        let mut tally = Tally::default();
        let telling: Vec<_> =
            fates.into_iter().filter(|(action, _)| *action != crate::model::action::Action::Healthy).collect();
        tally.count(telling.iter().map(|(_, fate)| fate));
        let task = attempt.map(|attempt| attempt.task);
        let result = journal::result(&telling);
        if !telling.is_empty() && self.memory.journal.is_news(decision, task, &result) {
            let entry = journal::entry(decision, task, &attempt, result);
            let write = move |tx: &mut Tx<'_>| {
                tx.wake_nobody();
                crate::store::policy_decisions::record(tx, &entry).map(drop)
            };
            self.project.store.write(self.world.app.now(), write).await?;
        }
        Ok(tally)
    }

    /// Says once of each fault of a hook that the built-in policy answered in its place, whoever asked the hook.
    async fn report_faults(&self) -> Result<(), StoreError> {
        for (hook, fault) in self.project.library.take_new_faults() {
            tracing::warn!(project = %self.project.id, hook, %fault, "a hook failed; the built-in one answered");
            let summary = format!("{hook} failed, the built-in policy answered: {fault}");
            let payload = serde_json::json!({"hook": hook, "fault": fault});
            let event = NewEvent::new(EventKind::PolicyRejected, None, Actor::Daemon, summary).payload(payload);
            self.project.store.write(self.world.app.now(), move |tx: &mut Tx<'_>| tx.event(event)).await?;
        }
        Ok(())
    }
}

/// A claim by somebody who came by itself and has not begun.
fn is_claim(attempt: &AttemptFacts) -> bool {
    attempt.is_live && !attempt.spawned && !attempt.is_started
}

/// Whether a free slot would be of use.
fn hungry(scene: &Scene) -> bool {
    let waits = |task: &Arc<crate::model::snapshot::TaskFacts>| {
        task.is_ready || (matches!(task.status, Status::Review | Status::Escalated) && task.live_attempts_count == 0)
    };
    !scene.board.mentions.is_empty() || scene.board.tasks.iter().any(waits)
}

/// When time alone changes something: a pause is over, a claim runs out, a provider is back.
fn next_time(scene: &Scene) -> Option<Duration> {
    let now = scene.now();
    let claim_timeout = scene.setup.settings().daemon.claim_timeout;
    let of_tasks = scene.board.tasks.iter().filter_map(|task| match task.status {
        Status::Pending => task.not_before.and_then(|time| (time - now).to_std().ok()),
        Status::Claimed => Some(seconds((claim_timeout - task.in_status_seconds as f64).max(0.5))),
        _ => None,
    });
    let of_agents = scene.board.agents.iter().filter_map(|agent| (agent.parked_until? - now).to_std().ok());
    // A little later, so that the time has passed when it is looked at.
    let of_budget = budget::new_day(&scene.setup, scene.ctx.spent, now);
    of_tasks.chain(of_agents).chain(of_budget).min().map(|left| left + Duration::from_millis(5))
}
