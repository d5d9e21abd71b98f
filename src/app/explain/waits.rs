//! What a task waits for, in words a person understands.

use chrono::{DateTime, Utc};

use crate::{
    config::UsedUp,
    model::{
        ids::{AgentId, TaskId},
        outcome::Outcome,
        snapshot::{AgentFacts, AttemptFacts, Board, TaskFacts},
        status::Status,
        task::{ReviewPhase, Trigger},
    },
    policy::{
        answers::{Decision, Violation, ViolationSeverity},
        source::is_built_in,
    },
};

/// One reason why a task is where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// A stable word: `dependency`, `slot`, `parked`, `gateway`, `budget`, `time`, `person`, `working`, `attempt` …
    pub code: &'static str,
    /// In words.
    pub text: String,
    /// The task that it waits for.
    pub task: Option<TaskId>,
    /// The agent that it waits for.
    pub agent: Option<AgentId>,
    /// Until when.
    pub until: Option<DateTime<Utc>>,
}

impl Reason {
    /// The word for a free slot that is waited for.
    pub const SLOT: &str = "slot";

    fn new(code: &'static str, text: impl Into<String>) -> Self {
        Self { code, text: text.into(), task: None, agent: None, until: None }
    }

    fn about(mut self, agent: &AgentId) -> Self {
        self.agent = Some(agent.clone());
        self
    }

    /// A budget that is used up.
    pub(super) fn of_budget(used_up: &UsedUp) -> Self {
        Self::new("budget", used_up.to_string())
    }

    /// A rule that stands in the way; none for one that is only noted.
    pub(super) fn of_violation(violation: &Violation) -> Option<Self> {
        let stops = violation.severity != ViolationSeverity::Warning;
        stops.then(|| Self::new("guardrail", format!("guardrail {}: {}", violation.rule, violation.text)))
    }
}

/// A task with everything that it may wait for.
pub(super) struct Waits<'a> {
    pub board: &'a Board,
    pub task: &'a TaskFacts,
    pub needed: &'a [(TaskId, Status)],
    pub children: &'a [(TaskId, Status)],
}

impl Waits<'_> {
    /// Reasons that lie in the task itself.
    pub fn reasons(&self) -> Vec<Reason> {
        let task = self.task;
        let because = task.reason.as_deref().filter(|reason| !reason.is_empty());
        let because = because.map(|reason| format!(": {reason}")).unwrap_or_default();
        let mut reasons: Vec<_> = self.needed.iter().map(dependency).collect();
        reasons.extend(self.children.iter().map(|(id, status)| part(*id, *status)));
        match task.status {
            Status::Pending => reasons.extend(self.pause(&because)),
            Status::Claimed | Status::Working => reasons.push(self.held()),
            Status::Review => reasons.extend(self.in_review()),
            Status::Blocked => reasons.extend(self.blocked(&because)),
            Status::Escalated => reasons.push(self.escalated(&because)),
            Status::Paused => reasons.push(Reason::new("paused", format!("paused{because}"))),
            Status::Done | Status::Failed | Status::Cancelled => {
                reasons.push(Reason::new("final", format!("{}{because}", task.status)));
            }
        }
        reasons.extend(self.last_end());
        reasons
    }

    /// How the last attempt at the task ended, when a person may have something to do about that.
    fn last_end(&self) -> Option<Reason> {
        if matches!(self.task.status, Status::Done | Status::Cancelled | Status::Claimed | Status::Working) {
            return None;
        }
        let last = self.task.attempts.iter().rev().find(|attempt| !attempt.is_live && attempt.spawned)?;
        // What was ended because the task waits is told by what it waits for.
        let outcome = last.outcome.filter(|it| it.asks_for_something() && *it != Outcome::Interrupted)?;
        let detail = last.detail.as_ref().map(|detail| format!(" ({detail})")).unwrap_or_default();
        let text =
            format!("its last attempt {} by {} ended as {outcome}{detail}: {}", last.id, last.agent, outcome.advice());
        Some(Reason { agent: last.agent.agent().cloned(), ..Reason::new("attempt", text) })
    }

    fn pause(&self, because: &str) -> Option<Reason> {
        let until = self.task.not_before.filter(|until| *until > self.board.context.now)?;
        let text = format!("is tried again at {}{because}", self.clock(until));
        Some(Reason { until: Some(until), ..Reason::new("time", text) })
    }

    fn live(&self, which: impl Fn(&AttemptFacts) -> bool) -> Option<&AttemptFacts> {
        self.task.attempts.iter().map(|attempt| &**attempt).find(|attempt| attempt.is_live && which(attempt))
    }

    fn held(&self) -> Reason {
        if !self.task.gate_waits_for.is_empty() {
            let names = self.task.gate_waits_for.join(", ");
            return Reason::new("gate", format!("it is said to be complete, and is checked: {names}"));
        }
        match self.live(|attempt| attempt.kind.owns_task()) {
            Some(attempt) => {
                let text = format!("{} works on it since {}", attempt.agent, self.clock(attempt.started_at));
                Reason { agent: attempt.agent.agent().cloned(), ..Reason::new("working", text) }
            }
            None => Reason::new("working", "its attempt has ended, and policy decides what follows"),
        }
    }

    fn in_review(&self) -> Vec<Reason> {
        let task = self.task;
        if !self.children.is_empty() {
            return Vec::new();
        }
        let (kind, what) = match task.review_phase {
            Some(ReviewPhase::Rebuttal) => (Trigger::Rebut, "the author's answer".to_owned()),
            _ if task.approvals_missing == 1 => (Trigger::Review, "1 approval".to_owned()),
            _ => (Trigger::Review, format!("{} approvals", task.approvals_missing)),
        };
        let round = format!("in round {} of {}", task.round, task.max_rounds);
        let mut reasons = vec![Reason::new("review", format!("waits for {what} {round}"))];
        match self.live(|attempt| attempt.kind == kind || attempt.kind == Trigger::Round) {
            Some(attempt) => {
                let text = format!("{} works on that since {}", attempt.agent, self.clock(attempt.started_at));
                reasons.push(Reason { agent: attempt.agent.agent().cloned(), ..Reason::new("working", text) });
            }
            None if kind == Trigger::Rebut => {
                reasons.extend(task.assignee.as_ref().and_then(|id| self.obstacle_of(id)))
            }
            None => reasons.extend(self.no_reviewer()),
        }
        reasons
    }

    fn no_reviewer(&self) -> Vec<Reason> {
        let may = |agent: &&std::sync::Arc<AgentFacts>| agent.can_review && !self.task.authors.contains(&agent.id);
        let able: Vec<_> = self.board.agents.iter().filter(may).collect();
        if able.is_empty() {
            return vec![Reason::new("agent", "nobody may review it: every reviewer has worked on it")];
        }
        self.all_hindered(able.iter().map(|agent| &***agent))
    }

    fn blocked(&self, because: &str) -> Option<Reason> {
        let on = self.task.blocked_on.as_deref()?;
        if on.parse::<TaskId>().is_ok() {
            // The dependency says it already.
            return None;
        }
        let who = if on == "human" { "a person" } else { on };
        Some(Reason::new("person", format!("waits for an answer of {who}{because}")))
    }

    fn escalated(&self, because: &str) -> Reason {
        match &self.task.escalated_to {
            Some(who) if !who.is_human() => {
                let text = format!("waits for a decision of {who}{because}");
                Reason { agent: who.agent().cloned(), ..Reason::new("decision", text) }
            }
            _ => Reason::new("person", format!("waits for a decision of a person{because}")),
        }
    }

    /// Why a task that could be dispatched is not.
    pub fn of_ready(&self, decision: Option<&Decision>, ticking: bool) -> Vec<Reason> {
        let mut reasons = Vec::new();
        if !ticking {
            reasons.push(Reason::new("ticker", "the ticker is stopped, so nobody is started"));
        }
        let planned = decision.and_then(|d| d.actions.iter().find(|action| action.task() == Some(self.task.id)));
        if let Some(action) = planned {
            reasons.push(Reason::new("planned", format!("the plan is to {}", action.in_words())));
            return reasons;
        }
        let before = reasons.len();
        reasons.extend(self.no_slots());
        match &self.task.assignee {
            Some(agent) => reasons.extend(self.obstacle_of(agent)),
            None => reasons.extend(self.all_hindered(self.candidates())),
        }
        match decision.and_then(|decision| decision.fault.as_ref()) {
            Some(fault) => reasons.push(Reason::new("script", format!("the plan failed: {fault}"))),
            None if reasons.len() == before => {
                let by = decision.map(plan_in_words).unwrap_or_default();
                reasons.push(Reason::new("plan", format!("{by} leaves it waiting, although agents are free")));
            }
            None => {}
        }
        reasons
    }

    fn no_slots(&self) -> Option<Reason> {
        let slots = self.board.slots;
        let text = match (slots.global_free, slots.project_free) {
            (0, _) => "no free slot: as many agents run as `daemon.max_global_agents` allows",
            (_, 0) => "no free slot in the project: as many agents run as its `max_global_agents` allows",
            _ => return None,
        };
        Some(Reason::new(Reason::SLOT, text))
    }

    /// Who might do it: those who can do its kind of work, else the executors, else whoever takes the rest.
    fn candidates(&self) -> impl Iterator<Item = &AgentFacts> {
        use crate::model::agent::AgentRole;
        let agents = || self.board.agents.iter().map(|agent| &**agent);
        let able: Vec<_> = agents().filter(|agent| agent.capabilities.contains(&self.task.task_type)).collect();
        let found = if able.is_empty() {
            agents().filter(|agent| agent.role == AgentRole::Executor || agent.fallback).collect()
        } else {
            able
        };
        found.into_iter()
    }

    /// What hinders each, when everybody is hindered.
    fn all_hindered<'b>(&self, agents: impl Iterator<Item = &'b AgentFacts>) -> Vec<Reason> {
        let obstacles: Vec<_> = agents.map(|agent| self.obstacle(agent)).collect();
        if obstacles.is_empty() {
            return vec![Reason::new("agent", "the project has no agent who could do it")];
        }
        obstacles.into_iter().collect::<Option<Vec<_>>>().unwrap_or_default()
    }

    fn obstacle_of(&self, id: &AgentId) -> Option<Reason> {
        match self.board.agents.iter().find(|agent| agent.id == *id) {
            Some(agent) => self.obstacle(agent),
            None => Some(Reason::new("agent", format!("{id}, its assignee, is not in the project")).about(id)),
        }
    }

    fn obstacle(&self, agent: &AgentFacts) -> Option<Reason> {
        let id = &agent.id;
        if !agent.can_spawn {
            return Some(Reason::new("agent", format!("waits for {id} to come: the daemon cannot start it")).about(id));
        }
        if let Some(until) = agent.parked_until.filter(|until| *until > self.board.context.now) {
            let text = format!("provider of {id} parked until {}", self.clock(until));
            return Some(Reason { until: Some(until), ..Reason::new("parked", text).about(id) });
        }
        if agent.needs_gateway && !self.board.gateway_up {
            let text = format!("waits for the OpenClaw Gateway, which {id} needs and which does not answer");
            return Some(Reason::new("gateway", text).about(id));
        }
        (agent.free_slots == 0).then(|| Reason::new(Reason::SLOT, format!("no free slot for {id}")).about(id))
    }

    /// The time of day, with the date when it is not today.
    fn clock(&self, at: DateTime<Utc>) -> String {
        let today = at.date_naive() == self.board.context.now.date_naive();
        at.format(if today { "%H:%M UTC" } else { "%Y-%m-%d %H:%M UTC" }).to_string()
    }
}

/// The plan, with what people have written themselves in it: a part that was replaced may be what holds a task back.
fn plan_in_words(decision: &Decision) -> String {
    let own: Vec<_> = decision.files.iter().filter(|file| !is_built_in(&file.file)).collect();
    match own.as_slice() {
        [] => decision.script.clone(),
        own => {
            let parts = own.iter().map(|file| format!("{} ({})", file.file, file.names.join(", ")));
            format!("the plan, in which {} has a part,", parts.collect::<Vec<_>>().join(" and "))
        }
    }
}

fn dependency((id, status): &(TaskId, Status)) -> Reason {
    Reason { task: Some(*id), ..Reason::new("dependency", format!("waits for {id} ({status})")) }
}

fn part(id: TaskId, status: Status) -> Reason {
    Reason { task: Some(id), ..Reason::new("part", format!("waits for its part {id} ({status})")) }
}
