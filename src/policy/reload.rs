//! From sources to a set that may be put in force: compile, check, and a dry run of every hook.
//!
//! The dry run asks each hook about facts of every kind (each status, outcome, verdict), on the project's real
//! configuration and agents once a tick has shown them. It finds what reading cannot: misspelt properties, wrong types.

use std::{sync::Arc, time::Instant};

use super::{
    answers::{Answer, Violation, ViolationSeverity},
    engine::PolicyLimits,
    fault::ScriptFault,
    question::Question,
    sample,
    set::Set,
    source::SourceSet,
};
use crate::model::{
    agent::AgentRole,
    event::Level,
    ids::TaskId,
    outcome::Outcome,
    records::{IssueSeverity, Verdict},
    snapshot::{AgentFacts, Board, Context, RoundFacts, TaskFacts},
    status::Status,
    task::{ReviewPhase, RiskLevel, Trigger},
};

/// Compiles, checks and tries a set out. Call it on a script thread.
pub fn build(sources: &SourceSet, live: Option<&Arc<Board>>, limits: PolicyLimits) -> Result<Set, Vec<ScriptFault>> {
    let set = Set::compile(sources)?;
    if sources.is_empty() {
        return Ok(set);
    }
    let faults = DryRun::on(&set, live, limits).run(live);
    if faults.is_empty() { Ok(set) } else { Err(faults) }
}

struct DryRun<'a> {
    set: &'a Set,
    limits: PolicyLimits,
    /// No tick has shown configuration and agents yet.
    made_up_project: bool,
    ctx: Arc<Context>,
    /// When there is no time left to look for more than what was found.
    ends: Instant,
    faults: Vec<ScriptFault>,
}

impl<'a> DryRun<'a> {
    fn on(set: &'a Set, live: Option<&Arc<Board>>, limits: PolicyLimits) -> Self {
        let ctx = match live {
            Some(board) => board.context.clone(),
            None => Arc::new(sample::context(vec![
                sample::agent("worker", AgentRole::Executor),
                sample::agent("reviewer", AgentRole::Reviewer),
                sample::agent("coordinator", AgentRole::Coordinator),
            ])),
        };
        Self {
            set,
            limits,
            made_up_project: live.is_none(),
            ctx,
            ends: Instant::now() + limits.deadline,
            faults: Vec::new(),
        }
    }

    fn run(mut self, live: Option<&Arc<Board>>) -> Vec<ScriptFault> {
        let made_up = [self.board(), self.ready_board(), self.empty_board()].map(Arc::new);
        for board in live.cloned().into_iter().chain(made_up) {
            self.ask(&Question::plan(&board));
            self.ask(&Question::inspect_project(&board, &self.ctx.clone()));
        }
        self.attempts();
        self.reviews();
        self.rest();
        self.faults
    }

    /// Asks, and keeps the first fault of each place.
    fn ask<T: Answer>(&mut self, question: &Question<T>) {
        // Whoever waits for the answer, and other projects, do not wait for each hook to use up its time.
        if !self.faults.is_empty() && Instant::now() > self.ends {
            return;
        }
        if let Err(fault) = self.set.try_out(question, self.limits, self.made_up_project)
            && !self.faults.contains(&fault)
        {
            self.faults.push(fault);
        }
    }

    fn worker(&self) -> crate::model::ids::AgentId {
        let executor = self.ctx.agents.iter().find(|agent| agent.role == AgentRole::Executor);
        executor
            .or(self.ctx.agents.first())
            .map_or_else(|| sample::agent("worker", AgentRole::Executor).id, |agent| agent.id.clone())
    }

    /// A task of every status, in review in both phases, with attempts and reviews behind it.
    fn board(&self) -> Board {
        let worker = self.worker();
        let mut tasks: Vec<TaskFacts> = Vec::new();
        for status in Status::ALL.iter().filter(|status| status.is_open()) {
            let mut task = sample::task_in(tasks.len() as i64 + 1, *status);
            task.attempts.push(Arc::new(sample::attempt(task.id, 1, &worker, Trigger::Execute)));
            task.authors.push(worker.clone());
            task.escalated_to = (*status == Status::Escalated).then(|| worker.clone().into());
            tasks.push(task.clone());
            if *status == Status::Review {
                task.review_phase = Some(ReviewPhase::Rebuttal);
                task.reviews.push(Arc::new(sample::review(task.id, &worker, Verdict::Rejected)));
                tasks.push(task);
            }
        }
        let mut fresh = sample::task(tasks.len() as i64 + 1);
        fresh.assignee = Some(worker);
        tasks.extend([fresh, sample::task(100)]);
        let mut board = sample::board(self.ctx.clone(), tasks);
        board.ticks_without_change = 100_000;
        let round = RoundFacts { failed_count: 1, ..sample::round(board.tasks[3].id) };
        board.rounds.push(Arc::new(round));
        board
    }

    /// One ready task, and nothing that keeps anybody from it: whatever decides about a start is asked.
    fn ready_board(&self) -> Board {
        let free = |agent: &Arc<AgentFacts>| {
            let free_slots = agent.free_slots.max(1);
            Arc::new(AgentFacts { busy: 0, free_slots, parked_until: None, ..(**agent).clone() })
        };
        let agents = self.ctx.agents.iter().map(free).collect();
        let context = Context { agents, ..(*self.ctx).clone() };
        sample::board(Arc::new(context), vec![sample::task(1)])
    }

    fn empty_board(&self) -> Board {
        sample::board(self.ctx.clone(), Vec::new())
    }

    fn attempts(&mut self) {
        let (worker, ctx) = (self.worker(), self.ctx.clone());
        for (status, kind) in [
            (Status::Working, Trigger::Execute),
            (Status::Review, Trigger::Review),
            (Status::Review, Trigger::Rebut),
            (Status::Escalated, Trigger::Arbitrate),
        ] {
            let mut task = sample::task_in(1, status);
            let mut attempt = sample::attempt(task.id, 3, &worker, kind);
            self.ask(&Question::inspect(&Arc::new(attempt.clone()), &ctx));
            (attempt.silent_seconds, attempt.heartbeat_seconds) = (500, 500);
            self.ask(&Question::inspect(&Arc::new(attempt.clone()), &ctx));
            attempt.runtime_seconds = 700;
            self.ask(&Question::inspect(&Arc::new(attempt.clone()), &ctx));
            attempt.is_live = false;
            for (outcome, retries) in Outcome::ALL.iter().flat_map(|outcome| [(*outcome, 0), (*outcome, 100)]) {
                attempt.outcome = Some(outcome);
                task.retry_count = retries;
                let earlier = |number| {
                    let mut earlier = attempt.clone();
                    earlier.id.number = number;
                    Arc::new(earlier)
                };
                task.attempts = vec![earlier(1), earlier(2), earlier(3)];
                self.ask(&Question::after(&Arc::new(attempt.clone()), &Arc::new(task.clone()), &ctx));
            }
        }
    }

    fn reviews(&mut self) {
        let (worker, ctx) = (self.worker(), self.ctx.clone());
        let task = Arc::new(sample::task_in(1, Status::Review));
        for verdict in Verdict::ALL {
            for (confidence, round, severity) in [
                (0.9, 1, IssueSeverity::Major),
                (0.9, 1, IssueSeverity::Minor),
                (0.9, 3, IssueSeverity::Critical),
                (0.1, 1, IssueSeverity::Major),
            ] {
                let mut review = sample::review(task.id, &worker, *verdict);
                (review.confidence, review.round) = (confidence, round);
                review.worst_severity = review.worst_severity.map(|_| severity);
                self.ask(&Question::on_review(&Arc::new(review), &task, &ctx));
            }
        }
        for (rejects, round) in [(0, 1), (1, 1), (1, 3)] {
            let mut rebuttal = sample::rebuttal(task.id, &worker);
            (rebuttal.rejects_count, rebuttal.round) = (rejects, round);
            self.ask(&Question::on_rebuttal(&Arc::new(rebuttal), &task, &ctx));
        }
    }

    fn rest(&mut self) {
        let ctx = self.ctx.clone();
        for (risk, trigger, subtasks) in RiskLevel::ALL
            .iter()
            .flat_map(|risk| [(*risk, Trigger::Execute, 0), (*risk, Trigger::Distill, 0), (*risk, Trigger::Execute, 2)])
        {
            let mut task = sample::task_in(1, Status::Working);
            (task.risk_level, task.trigger, task.subtasks_count) = (risk, trigger, subtasks);
            self.ask(&Question::review_depth(&Arc::new(task), &ctx));
        }
        let mut blocked = sample::task_in(2, Status::Blocked);
        blocked.depends_on = vec![TaskId(1)];
        self.ask(&Question::on_lost_dependency(TaskId(1), &Arc::new(blocked), &ctx));
        let mut mention = sample::mention(TaskId(1), &self.worker());
        self.ask(&Question::on_mention(&Arc::new(mention.clone()), &ctx));
        (mention.tries_count, mention.since_try_seconds) = (4, Some(100));
        self.ask(&Question::on_mention(&Arc::new(mention), &ctx));
        let mut whole = sample::task_in(1, Status::Working);
        whole.subtasks_count = 2;
        self.ask(&Question::on_parts_final(&Arc::new(sample::round(whole.id)), &Arc::new(whole), &ctx));
        let severity = ViolationSeverity::Tripwire;
        let violation = Violation { rule: "sample".into(), severity, text: "it is forbidden".into() };
        self.ask(&Question::on_tripwire(&violation, &Arc::new(sample::task(1)), &ctx));
        self.ask(&Question::should_distill(&Arc::new(sample::tag()), &ctx));
        self.ask(&Question::should_expire(&Arc::new(sample::experience()), &ctx));
        let skill = Arc::new(sample::skill());
        self.ask(&Question::should_promote(&skill, &ctx));
        self.ask(&Question::should_demote(&skill, &ctx));
        self.ask(&Question::should_try(&skill, &ctx));
        self.ask(&Question::check(&Arc::new(sample::task(1)), &ctx));
        for level in Level::ALL {
            self.ask(&Question::deliver(&Arc::new(sample::event(*level)), &ctx));
        }
        for event in ["issues", "issue_comment", "pull_request", "status"] {
            self.ask(&Question::receive(&Arc::new(sample::incoming(event)), &ctx));
        }
    }
}
