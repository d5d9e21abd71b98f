//! The plan: who is asked for, and who is really started.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use futures_util::future::join_all;
use serde::Serialize;

use super::{
    decide::write_all,
    dispatch::{self, Prepared},
    execute::{Failure, Ground},
    journal::{self, Fate, Journal},
    launch,
    scene::Scene,
    world::World,
};
use crate::{
    app::{
        Project,
        starts::{self, Start},
    },
    model::{
        action::Action,
        ids::{Actor, AgentId, TaskId},
        snapshot::{Slots, TaskFacts},
        task::{ReviewPhase, Trigger},
    },
    policy::{
        answers::{Decision, Violation},
        hooks,
    },
    store::{
        StoreError, Tx,
        policy_decisions::{self, NewDecision},
    },
};

/// What one project remembers from plan to plan.
#[derive(Default)]
pub(super) struct Memory {
    /// Decisions that were recorded.
    pub journal: Journal,
    /// What the guardrails said about a task, and about which version of it.
    pub guards: HashMap<TaskId, (u64, Vec<Violation>)>,
    /// What the last plan told people and providers.
    said: HashSet<String>,
}

/// What came of a plan.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Tally {
    /// Actions that were carried out.
    pub done: usize,
    /// Actions that were refused.
    pub refused: usize,
    /// Agents that were started.
    pub started: usize,
}

impl Tally {
    /// Counts what came of actions.
    pub fn count<'a>(&mut self, fates: impl IntoIterator<Item = &'a Fate>) {
        for fate in fates {
            match fate {
                Fate::Refused(_) => self.refused += 1,
                Fate::Done | Fate::Next => self.done += 1,
            }
        }
    }

    /// Both together.
    pub fn add(&mut self, other: Self) {
        self.done += other.done;
        self.refused += other.refused;
        self.started += other.started;
    }
}

/// Seconds after which it is worth a record that a ready task still waits.
const LONG_WAIT: i64 = 5;
/// Most such records of one tick.
const MOST_WAITING: usize = 100;

/// A plan on its way from actions to processes.
pub(super) struct Planner<'a> {
    pub world: &'a Arc<World>,
    pub project: &'a Arc<Project>,
    pub scene: &'a Scene,
    pub memory: &'a mut Memory,
}

impl Planner<'_> {
    /// Carries a plan out and records what came of it; also says which tasks nobody could be started on.
    pub async fn carry_out(&mut self, decision: &Decision) -> Result<(Tally, Vec<TaskId>), StoreError> {
        let fates = self.carry_out_actions(decision, &decision.actions).await?;
        let mut tally = Tally::default();
        tally.count(fates.iter().map(|(_, fate)| fate));
        let started = |(action, fate): &&(Action, Fate)| *fate == Fate::Done && self.starts(action);
        tally.started = fates.iter().filter(started).count();
        let refused = |(action, fate): &(Action, Fate)| {
            (matches!(fate, Fate::Refused(_)) && self.starts(action)).then(|| action.task()).flatten()
        };
        let refused = fates.iter().filter_map(refused).collect();
        self.record(decision, fates).await?;
        Ok((tally, refused))
    }

    /// Starts those whom a hook asked for; what finds no slot is left to the plan.
    pub async fn start_next(&mut self, actions: Vec<Action>) -> Result<usize, StoreError> {
        let starts: Vec<_> = actions.iter().flat_map(|action| self.starts_of(action).unwrap_or_default()).collect();
        let fates = self.start_all(starts.into_iter().map(|start| (start, None)).collect()).await?;
        Ok(fates.iter().filter(|fate| **fate == Fate::Done).count())
    }

    async fn carry_out_actions(
        &mut self,
        decision: &Decision,
        actions: &[Action],
    ) -> Result<Vec<(Action, Fate)>, StoreError> {
        let (starting, others): (Vec<_>, Vec<_>) = actions.iter().cloned().partition(|action| self.starts(action));
        let (again, others) = self.said_again(decision, others);
        let (telling, moving): (Vec<_>, Vec<_>) = others.into_iter().partition(is_telling);
        let ground = Ground::new(&self.project.id, &self.scene.setup);
        let mut fates = write_all(self.world, self.project, ground.clone(), moving).await?;
        fates.extend(write_all(self.world, self.project, ground.telling(), telling).await?);
        fates.extend(again.into_iter().map(|action| (action, Fate::Done)));
        let mut asked: Vec<(usize, Start, Option<NewDecision>)> = Vec::new();
        for action in starting {
            let index = fates.len();
            match self.starts_of(&action) {
                Ok(starts) => {
                    let record = self.record_of_start(decision, &action);
                    asked.extend(starts.into_iter().map(|start| (index, start, record.clone())));
                    fates.push((action, Fate::Done));
                }
                Err(why) => fates.push((action, Fate::Refused(why))),
            }
        }
        let indices: Vec<_> = asked.iter().map(|(index, ..)| *index).collect();
        let outcome = self.start_all(asked.into_iter().map(|(_, start, record)| (start, record)).collect()).await?;
        for (index, fate) in indices.into_iter().zip(outcome) {
            // An offer is refused when one of those it goes to is.
            if let Fate::Refused(_) = fate {
                fates[index].1 = fate;
            }
        }
        Ok(fates)
    }

    /// Parts off what the plan before has said in the same words, other figures or not: it is told anew when a plan in between
    /// did not say it.
    fn said_again(&mut self, decision: &Decision, actions: Vec<Action>) -> (Vec<Action>, Vec<Action>) {
        if decision.hook != hooks::PLAN.function {
            return (Vec::new(), actions);
        }
        let is_known = |action: &Action| {
            is_telling(action)
                || matches!(action, Action::Park { provider, .. } if self.world.parked.until(provider, self.scene.now()).is_some())
        };
        let key = |action: &Action| journal::without_figures(&serde_json::to_string(action).unwrap_or_default());
        let said = actions.iter().filter(|action| is_known(action)).map(key).collect();
        let before = std::mem::replace(&mut self.memory.said, said);
        actions.into_iter().partition(|action| before.contains(&key(action)))
    }

    /// The record that goes into a start's own transaction, when the plan says no more than that about the task.
    fn record_of_start(&self, decision: &Decision, action: &Action) -> Option<NewDecision> {
        let task = action.task()?;
        let alone = decision.actions.iter().filter(|other| other.task() == Some(task)).count() == 1;
        let facts = self.scene.task(task)?;
        let fates = [(action.clone(), Fate::Done)];
        (alone && !matches!(action, Action::Offer { .. }))
            .then(|| journal::entry(decision, Some(task), &self.facts_of(facts), journal::result(&fates)))
    }

    /// What of the board a decision of the plan about a task rests on: the task, and the slots that were free.
    fn facts_of<'b>(&self, task: &'b TaskFacts) -> impl Serialize + use<'b> {
        #[derive(Serialize)]
        struct Facts<'b> {
            task: &'b TaskFacts,
            slots: Slots,
        }
        Facts { task, slots: self.scene.board.slots }
    }

    /// Whether an action starts somebody, as the task stands.
    fn starts(&self, action: &Action) -> bool {
        let answering = |task| {
            self.scene.task(task).is_some_and(|task: &Arc<TaskFacts>| task.review_phase == Some(ReviewPhase::Rebuttal))
        };
        is_start(action) || matches!(action, Action::Rebut { task } if answering(*task))
    }

    /// Whom an action starts, for what.
    fn starts_of(&self, action: &Action) -> Result<Vec<Start>, String> {
        let find = |id: TaskId| self.scene.task(id).ok_or_else(|| format!("there is no open task {id}"));
        let one = |task, agent: &AgentId, kind| Ok(vec![Start { task, agent: agent.clone(), kind }]);
        match action {
            Action::Dispatch { task, agent } => one(*task, agent, starts::kind_of_dispatch(find(*task)?)?),
            Action::Tell { task, agent } => one(*task, agent, Trigger::Mention),
            Action::Guard { task, agent } => one(*task, agent, Trigger::Guard),
            Action::Review { task, reviewer } => one(*task, reviewer, starts::kind_of_review(find(*task)?)),
            Action::Offer { task, agents } => {
                find(*task)?;
                let start = |agent: &AgentId| Start { task: *task, agent: agent.clone(), kind: Trigger::Offer };
                Ok(agents.iter().map(start).collect())
            }
            Action::Rebut { task } => {
                let author = author_of(find(*task)?).ok_or_else(|| format!("nobody has worked on {task}"))?;
                one(*task, &author, Trigger::Rebut)
            }
            Action::Escalate { task, .. } | Action::Arbitrate { task } => {
                match find(*task)?.escalated_to.as_ref().and_then(Actor::agent) {
                    Some(agent) => one(*task, agent, Trigger::Arbitrate),
                    None => Ok(Vec::new()),
                }
            }
            _ => Ok(Vec::new()),
        }
    }

    /// Starts all of them, with their transactions in one group; what became of each, in order.
    pub async fn start_all(&mut self, starts: Vec<(Start, Option<NewDecision>)>) -> Result<Vec<Fate>, StoreError> {
        let mut fates = vec![Fate::Done; starts.len()];
        let mut ready = Vec::new();
        for (index, (start, record)) in starts.into_iter().enumerate() {
            if let Some(why) = self.objection(&start).await? {
                fates[index] = Fate::Refused(why);
                continue;
            }
            match dispatch::prepare(self.world, self.scene, &self.project.id, start) {
                Ok(prepared) => ready.push((index, prepared, record)),
                Err(why) => fates[index] = Fate::Refused(why),
            }
        }
        let began = join_all(ready.into_iter().map(|(index, prepared, record)| self.start(index, prepared, record)));
        for (index, result) in began.await {
            match result {
                Ok(()) => {}
                Err(Failure::Refused(why)) => fates[index] = Fate::Refused(why),
                Err(Failure::Store(StoreError::Conflict(what))) => {
                    fates[index] = Fate::Refused(format!("{what} has changed meanwhile"));
                }
                Err(Failure::Store(error)) => return Err(error),
            }
        }
        Ok(fates)
    }

    async fn start(
        &self,
        index: usize,
        prepared: Prepared,
        record: Option<NewDecision>,
    ) -> (usize, Result<(), Failure>) {
        let begun = dispatch::begin(self.world, &self.project.store, &self.project.id, prepared, record).await;
        let config = self.scene.setup.config.clone();
        (index, begun.map(|begun| launch::launch(self.world, self.project, config, begun)))
    }

    /// Records that the plan left ready tasks waiting, for those who ask why nothing happens.
    pub async fn record_waiting(&mut self, decision: &Decision) -> Result<(), StoreError> {
        let waits = |task: &&Arc<TaskFacts>| {
            let planned = decision.actions.iter().any(|action| action.task() == Some(task.id));
            task.is_ready && !planned && task.in_status_seconds >= LONG_WAIT
        };
        let result = serde_json::json!([{"action": "none", "result": "the plan left it waiting"}]);
        let mut entries = Vec::new();
        for task in self.scene.board.tasks.iter().filter(waits) {
            if entries.len() < MOST_WAITING && self.memory.journal.is_news(decision, Some(task.id), &result) {
                entries.push(journal::entry(decision, Some(task.id), &self.facts_of(task), result.clone()));
            }
        }
        self.write_entries(entries).await
    }

    pub(super) async fn write_entries(&self, entries: Vec<NewDecision>) -> Result<(), StoreError> {
        if entries.is_empty() {
            return Ok(());
        }
        let write = move |tx: &mut Tx<'_>| {
            tx.wake_nobody();
            entries.iter().try_for_each(|entry| policy_decisions::record(tx, entry).map(drop))
        };
        self.project.store.write(self.world.app.now(), write).await
    }

    /// Says once what was refused, and not at every tick.
    fn log_refused(&self, fates: &[(Action, Fate)]) {
        for (action, fate) in fates {
            if let Fate::Refused(why) = fate {
                tracing::info!(project = %self.project.id, action = action.in_words(), why, "refused");
            }
        }
    }

    /// Records what is news, task by task.
    async fn record(&mut self, decision: &Decision, fates: Vec<(Action, Fate)>) -> Result<(), StoreError> {
        let mut by_task: HashMap<Option<TaskId>, Vec<(Action, Fate)>> = HashMap::new();
        for (action, fate) in fates {
            by_task.entry(action.task()).or_default().push((action, fate));
        }
        let mut entries = Vec::new();
        for (task, fates) in by_task {
            let result = journal::result(&fates);
            let news = self.memory.journal.is_news(decision, task, &result);
            if news {
                self.log_refused(&fates);
            }
            let written =
                matches!(fates.as_slice(), [(action, Fate::Done)] if self.starts(action) && !is_offer(action));
            if news && !written {
                let facts = task.and_then(|task| self.scene.task(task)).map(|task| self.facts_of(task));
                entries.push(journal::entry(decision, task, &facts, result));
            }
        }
        self.write_entries(entries).await
    }
}

fn is_start(action: &Action) -> bool {
    matches!(
        action,
        Action::Dispatch { .. }
            | Action::Review { .. }
            | Action::Offer { .. }
            | Action::Guard { .. }
            | Action::Tell { .. }
    )
}

/// True for what is said to people, and changes nothing.
fn is_telling(action: &Action) -> bool {
    matches!(action, Action::Notify { .. } | Action::Observe { .. })
}

fn is_offer(action: &Action) -> bool {
    matches!(action, Action::Offer { .. })
}

/// Who answers a review: the assignee, else whoever worked on the task last.
fn author_of(task: &TaskFacts) -> Option<AgentId> {
    let last = || task.attempts.iter().rev().find(|attempt| attempt.kind.owns_task());
    task.assignee.clone().or_else(|| last()?.agent.agent().cloned())
}
