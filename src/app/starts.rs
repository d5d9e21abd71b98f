//! Whether an action is legal on a board, as far as that can be told without doing it: the reconciler asks before it starts
//! anybody, a simulation asks instead.

use std::{collections::HashMap, sync::Arc};

use crate::model::{
    action::Action,
    ids::{AgentId, TaskId},
    snapshot::{AgentFacts, AttemptFacts, Board, ReviewFacts, TaskFacts},
    status::{Cause, Status, causes_from},
    task::{ReviewPhase, Trigger},
};

/// Somebody to start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// On this task.
    pub task: TaskId,
    /// This agent.
    pub agent: AgentId,
    /// For this.
    pub kind: Trigger,
}

/// What `dispatch(task, agent)` means for a task as it stands.
pub fn kind_of_dispatch(task: &TaskFacts) -> Result<Trigger, String> {
    match (task.status, task.review_phase) {
        (Status::Pending, _) => Ok(task.trigger),
        (Status::Escalated, _) => Ok(Trigger::Arbitrate),
        (Status::Review, Some(ReviewPhase::Rebuttal)) => Ok(Trigger::Rebut),
        (status, _) => Err(format!("{} is {status}: nothing to dispatch", task.id)),
    }
}

/// What `review(task, reviewer)` means: a parent's review is a round.
pub fn kind_of_review(task: &TaskFacts) -> Trigger {
    if task.subtasks_count > 0 { Trigger::Round } else { Trigger::Review }
}

/// Whether somebody may be started on a task, by what a board tells; or why not.
pub fn check(board: &Board, task: &TaskFacts, start: &Start, max_dispatches: i64) -> Result<(), String> {
    let wrong = || format!("{} is {}: nothing to {} there", task.id, task.status, start.kind);
    match start.kind {
        Trigger::Execute | Trigger::Revise | Trigger::Distill | Trigger::Offer => {
            if task.status != Status::Pending {
                return Err(wrong());
            }
            if task.subtasks_count > 0 {
                return Err(format!("{} has parts: they are worked on, not it", task.id));
            }
            if let Some(time) = task.not_before.filter(|time| *time > board.context.now) {
                return Err(format!("not before {}", time.format("%H:%M:%S UTC")));
            }
            if let Some(assignee) = task.assignee.as_ref().filter(|assignee| **assignee != start.agent) {
                return Err(format!("{} is {assignee}'s", task.id));
            }
        }
        Trigger::Review | Trigger::Round => {
            if task.status != Status::Review || task.review_phase == Some(ReviewPhase::Rebuttal) {
                return Err(wrong());
            }
            check_reviewer(board, task, start)?;
        }
        Trigger::Rebut if task.review_phase != Some(ReviewPhase::Rebuttal) => return Err(wrong()),
        Trigger::Arbitrate if task.status != Status::Escalated => return Err(wrong()),
        Trigger::Guard if task.questions_count == 0 => return Err(format!("no guardrail asks about {}", task.id)),
        Trigger::Guard if task.authors.contains(&start.agent) => {
            return Err(format!("{} has worked on {}: somebody else answers for it", start.agent, task.id));
        }
        Trigger::Rebut | Trigger::Arbitrate | Trigger::Mention | Trigger::Guard => {}
    }
    check_repetition(task, start, max_dispatches)
}

fn check_reviewer(board: &Board, task: &TaskFacts, start: &Start) -> Result<(), String> {
    let agent = &start.agent;
    if task.authors.contains(agent) {
        return Err(format!("self_review: {agent} has worked on {}", task.id));
    }
    if !board.agents.iter().any(|member| member.id == *agent && member.can_review) {
        return Err(format!("{agent} may not review"));
    }
    let reviewed = |review: &Arc<ReviewFacts>| review.round == task.round && review.reviewer.agent() == Some(agent);
    if task.reviews.iter().any(reviewed) {
        return Err(format!("{agent} has reviewed round {} already", task.round));
    }
    Ok(())
}

/// Nobody is started twice at a time for the same thing, nor for ever again.
fn check_repetition(task: &TaskFacts, start: &Start, max_dispatches: i64) -> Result<(), String> {
    let same = |attempt: &&Arc<AttemptFacts>| attempt.kind == start.kind && attempt.agent.agent() == Some(&start.agent);
    if let Some(live) = task.attempts.iter().filter(same).find(|attempt| attempt.is_live) {
        return Err(format!("attempt {} does that already", live.id));
    }
    // What mentions start has limits of its own: tries of each, and attempts since a person wrote.
    if start.kind.owns_task() || start.kind == Trigger::Mention {
        return Ok(());
    }
    let so_far = task.attempts.iter().filter(|a| a.kind == start.kind && a.round == task.round).count();
    if so_far as i64 >= max_dispatches {
        return Err(format!("runaway_guard: {so_far} attempts to {} in round {}", start.kind, task.round));
    }
    Ok(())
}

/// What the core would have against the actions of a plan, one after the other: each start takes a slot.
pub struct Objections<'a> {
    board: &'a Board,
    max_dispatches: i64,
    taken: HashMap<AgentId, i64>,
}

impl<'a> Objections<'a> {
    /// For the plan of a board.
    pub fn on(board: &'a Board, max_dispatches: i64) -> Self {
        Self { board, max_dispatches, taken: HashMap::new() }
    }

    /// Why an action would be refused; none when nothing on the board speaks against it.
    pub fn to(&mut self, action: &Action) -> Option<String> {
        self.look_at(action).err()
    }

    fn look_at(&mut self, action: &Action) -> Result<(), String> {
        match action {
            Action::Dispatch { task, agent } => {
                let kind = kind_of_dispatch(self.task(*task)?)?;
                self.start(*task, agent, kind)
            }
            Action::Review { task, reviewer } => {
                let kind = kind_of_review(self.task(*task)?);
                self.start(*task, reviewer, kind)
            }
            Action::Guard { task, agent } => self.start(*task, agent, Trigger::Guard),
            Action::Offer { task, agents } => {
                agents.iter().try_for_each(|agent| self.start(*task, agent, Trigger::Offer))
            }
            Action::Kill { attempt, .. } | Action::Nudge { attempt, .. } => {
                let attempts = &self.task(attempt.task)?.attempts;
                let is_live = attempts.iter().any(|known| known.id == *attempt && known.is_live);
                if is_live { Ok(()) } else { Err(format!("{attempt} is over, or there is none")) }
            }
            Action::Escalate { to: Some(to), task, .. } => {
                self.task(*task)?;
                to.agent().map_or(Ok(()), |agent| self.agent(agent).map(drop))
            }
            Action::Accept { task } => self.step(*task, |task| match task.status {
                Status::Working => Cause::Finish,
                _ => Cause::Accept,
            }),
            Action::Revise { task } => self.step(*task, |_| Cause::Revise),
            Action::NextRound { task } => self.step(*task, |_| Cause::NextRound),
            Action::Fail { task, .. } => self.step(*task, |_| Cause::Fail),
            Action::Block { task, .. } => self.step(*task, |_| Cause::Block),
            Action::Requeue { task, counts, .. } => {
                self.step(*task, |_| if *counts { Cause::Requeue } else { Cause::Release })
            }
            // Somebody can be mentioned on a finished task.
            Action::Tell { agent, .. } => self.agent(agent).map(drop),
            other => other.task().map_or(Ok(()), |task| self.task(task).map(drop)),
        }
    }

    fn task(&self, id: TaskId) -> Result<&'a Arc<TaskFacts>, String> {
        let found = self.board.tasks.iter().find(|task| task.id == id);
        found.ok_or_else(|| format!("there is no open task {id}"))
    }

    fn agent(&self, id: &AgentId) -> Result<&'a Arc<AgentFacts>, String> {
        let found = self.board.agents.iter().find(|agent| agent.id == *id);
        found.ok_or_else(|| format!("there is no agent `{id}`"))
    }

    /// A move of a task, as the table of transitions has it; a parent's moves hang on its parts.
    fn step(&self, id: TaskId, cause: impl Fn(&TaskFacts) -> Cause) -> Result<(), String> {
        let task = self.task(id)?;
        if task.subtasks_count > 0 {
            return Ok(());
        }
        let holds = |attempt: &&Arc<AttemptFacts>| attempt.is_live && attempt.kind.owns_task();
        let cause = cause(task);
        if let Some(attempt) =
            task.attempts.iter().find(holds).filter(|_| !matches!(cause, Cause::Accept | Cause::Revise))
        {
            return Err(format!("attempt {} has not ended; kill it first", attempt.id));
        }
        // A claimed task is given back before it is moved on.
        let from = if task.status == Status::Claimed { Status::Working } else { task.status };
        if causes_from(from).any(|known| known == cause) {
            return Ok(());
        }
        Err(format!("cannot {cause} a task that is {}", task.status))
    }

    fn start(&mut self, task: TaskId, agent: &AgentId, kind: Trigger) -> Result<(), String> {
        let (facts, profile) = (self.task(task)?, self.agent(agent)?);
        if !profile.can_spawn {
            return Err(format!("{agent} comes by itself: it has no runner"));
        }
        check(self.board, facts, &Start { task, agent: agent.clone(), kind }, self.max_dispatches)?;
        if let Some(until) = profile.parked_until.filter(|until| *until > self.board.context.now) {
            return Err(format!("its provider rests until {}", until.format("%H:%M:%S UTC")));
        }
        if profile.needs_gateway && !self.board.gateway_up {
            return Err(format!("the OpenClaw Gateway, which {agent} needs, does not answer"));
        }
        let all = self.taken.values().sum::<i64>();
        let slots = self.board.slots.global_free.min(self.board.slots.project_free);
        let own = self.taken.entry(agent.clone()).or_default();
        if *own >= profile.free_slots || all >= slots {
            return Err(format!("no free slot for {agent}"));
        }
        *own += 1;
        Ok(())
    }
}
