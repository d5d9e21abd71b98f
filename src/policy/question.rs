//! What a hook is asked: the hook and its arguments, with the type of the answer.

use std::{marker::PhantomData, sync::Arc};

use chrono::{DateTime, Utc};
use rhai::Dynamic;

use super::{
    answers::{Delivery, Violation},
    facts::dynamic,
    hooks::{self, Hook},
};
use crate::model::{
    action::Action,
    event::Event,
    ids::TaskId,
    incoming::{InboxEntry, Incoming},
    snapshot::{
        AttemptFacts, Board, Context, ExperienceFacts, MentionFacts, RebuttalFacts, ReviewFacts, RoundFacts,
        SkillFacts, TagFacts, TaskFacts,
    },
    task::ReviewDepth,
};

/// A question to a hook whose answer is a `T`.
#[derive(Debug, Clone)]
pub struct Question<T> {
    pub(super) hook: &'static Hook,
    pub(super) args: Vec<Dynamic>,
    /// The time that its facts are of.
    pub(super) at: DateTime<Utc>,
    answer: PhantomData<fn() -> T>,
}

impl<T> Question<T> {
    pub(super) fn new(hook: &'static Hook, at: DateTime<Utc>, args: Vec<Dynamic>) -> Self {
        Self { hook, args, at, answer: PhantomData }
    }

    /// The hook that is asked.
    pub fn hook(&self) -> &'static Hook {
        self.hook
    }
}

impl Question<Vec<Action>> {
    /// Who starts on what?
    pub fn plan(board: &Arc<Board>) -> Self {
        Self::new(&hooks::PLAN, board.context.now, vec![dynamic(board)])
    }

    /// Is the agent told that it was mentioned?
    pub fn on_mention(mention: &Arc<MentionFacts>, ctx: &Arc<Context>) -> Self {
        Self::new(&hooks::ON_MENTION, ctx.now, vec![dynamic(mention), dynamic(ctx)])
    }

    /// Is this attempt alive?
    pub fn inspect(attempt: &Arc<AttemptFacts>, ctx: &Arc<Context>) -> Self {
        Self::new(&hooks::INSPECT, ctx.now, vec![dynamic(attempt), dynamic(ctx)])
    }

    /// Does anything move?
    pub fn inspect_project(board: &Arc<Board>, ctx: &Arc<Context>) -> Self {
        Self::new(&hooks::INSPECT_PROJECT, board.context.now, vec![dynamic(board), dynamic(ctx)])
    }

    /// What follows from the end of an attempt?
    pub fn after(attempt: &Arc<AttemptFacts>, task: &Arc<TaskFacts>, ctx: &Arc<Context>) -> Self {
        Self::new(&hooks::AFTER, ctx.now, vec![dynamic(attempt), dynamic(task), dynamic(ctx)])
    }

    /// What follows from a review?
    pub fn on_review(review: &Arc<ReviewFacts>, task: &Arc<TaskFacts>, ctx: &Arc<Context>) -> Self {
        Self::new(&hooks::ON_REVIEW, ctx.now, vec![dynamic(review), dynamic(task), dynamic(ctx)])
    }

    /// What follows from a rebuttal?
    pub fn on_rebuttal(rebuttal: &Arc<RebuttalFacts>, task: &Arc<TaskFacts>, ctx: &Arc<Context>) -> Self {
        Self::new(&hooks::ON_REBUTTAL, ctx.now, vec![dynamic(rebuttal), dynamic(task), dynamic(ctx)])
    }
}

impl Question<bool> {
    /// Is it time to write a skill?
    pub fn should_distill(tag: &Arc<TagFacts>, ctx: &Arc<Context>) -> Self {
        Self::new(&hooks::SHOULD_DISTILL, ctx.now, vec![dynamic(tag), dynamic(ctx)])
    }

    /// Is a lesson out of date?
    pub fn should_expire(experience: &Arc<ExperienceFacts>, ctx: &Arc<Context>) -> Self {
        Self::new(&hooks::SHOULD_EXPIRE, ctx.now, vec![dynamic(experience), dynamic(ctx)])
    }

    /// Has a draft proved itself?
    pub fn should_promote(skill: &Arc<SkillFacts>, ctx: &Arc<Context>) -> Self {
        Self::new(&hooks::SHOULD_PROMOTE, ctx.now, vec![dynamic(skill), dynamic(ctx)])
    }

    /// Does a skill step down?
    pub fn should_demote(skill: &Arc<SkillFacts>, ctx: &Arc<Context>) -> Self {
        Self::new(&hooks::SHOULD_DEMOTE, ctx.now, vec![dynamic(skill), dynamic(ctx)])
    }

    /// May a draft be tried out?
    pub fn should_try(skill: &Arc<SkillFacts>, ctx: &Arc<Context>) -> Self {
        Self::new(&hooks::SHOULD_TRY, ctx.now, vec![dynamic(skill), dynamic(ctx)])
    }
}

impl Question<Vec<Action>> {
    /// What follows when a task that this one waits for will never be done?
    pub fn on_lost_dependency(needed: TaskId, task: &Arc<TaskFacts>, ctx: &Arc<Context>) -> Self {
        Self::new(&hooks::ON_LOST_DEPENDENCY, ctx.now, vec![needed.to_string().into(), dynamic(task), dynamic(ctx)])
    }

    /// What follows when every part of a task is final?
    pub fn on_parts_final(round: &Arc<RoundFacts>, task: &Arc<TaskFacts>, ctx: &Arc<Context>) -> Self {
        Self::new(&hooks::ON_PARTS_FINAL, ctx.now, vec![dynamic(round), dynamic(task), dynamic(ctx)])
    }

    /// What follows from a tripwire?
    pub fn on_tripwire(violation: &Violation, task: &Arc<TaskFacts>, ctx: &Arc<Context>) -> Self {
        let violation = violation.to_map();
        Self::new(&hooks::ON_TRIPWIRE, ctx.now, vec![violation.into(), dynamic(task), dynamic(ctx)])
    }
}

impl Question<Option<ReviewDepth>> {
    /// How deep does the review go?
    pub fn review_depth(task: &Arc<TaskFacts>, ctx: &Arc<Context>) -> Self {
        Self::new(&hooks::REVIEW_DEPTH, ctx.now, vec![dynamic(task), dynamic(ctx)])
    }
}

impl Question<Vec<Violation>> {
    /// Which rules does the task break?
    pub fn check(task: &Arc<TaskFacts>, ctx: &Arc<Context>) -> Self {
        Self::new(&hooks::CHECK, ctx.now, vec![dynamic(task), dynamic(ctx)])
    }
}

impl Question<Vec<Delivery>> {
    /// Who is told?
    pub fn deliver(event: &Arc<Event>, ctx: &Arc<Context>) -> Self {
        Self::new(&hooks::DELIVER, ctx.now, vec![dynamic(event), dynamic(ctx)])
    }
}

impl Question<Vec<InboxEntry>> {
    /// What does a forge's message mean?
    pub fn receive(incoming: &Arc<Incoming>, ctx: &Arc<Context>) -> Self {
        Self::new(&hooks::RECEIVE, ctx.now, vec![dynamic(incoming), dynamic(ctx)])
    }
}
