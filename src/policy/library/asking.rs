//! The hooks as async functions of a library.

use std::sync::Arc;

use super::{
    super::{
        answers::{self, Decision, Delivery, Judgement, Violation},
        hooks,
        question::Question,
    },
    Library, answer,
};
use crate::model::{
    event::Event,
    ids::TaskId,
    incoming::{InboxEntry, Incoming},
    snapshot::{
        AttemptFacts, Board, Context, ExperienceFacts, MentionFacts, RebuttalFacts, ReviewFacts, RoundFacts,
        SkillFacts, TagFacts, TaskFacts,
    },
    task::ReviewDepth,
};

impl Library {
    /// Who starts on what?
    pub async fn plan(&self, board: &Arc<Board>) -> Decision {
        self.0.live.store(Some(board.clone()));
        self.ask(Question::plan(board)).await.into()
    }

    /// Is the agent told that it was mentioned?
    pub async fn on_mention(&self, mention: &Arc<MentionFacts>, ctx: &Arc<Context>) -> Decision {
        self.ask(Question::on_mention(mention, ctx)).await.into()
    }

    /// Is this attempt alive?
    pub async fn inspect(&self, attempt: &Arc<AttemptFacts>, ctx: &Arc<Context>) -> Decision {
        self.ask(Question::inspect(attempt, ctx)).await.into()
    }

    /// Does anything move?
    pub async fn inspect_project(&self, board: &Arc<Board>, ctx: &Arc<Context>) -> Decision {
        self.ask(Question::inspect_project(board, ctx)).await.into()
    }

    /// What follows from the end of an attempt?
    pub async fn after(&self, attempt: &Arc<AttemptFacts>, task: &Arc<TaskFacts>, ctx: &Arc<Context>) -> Decision {
        self.ask(Question::after(attempt, task, ctx)).await.into()
    }

    /// How deep does the review of a task go? None when it needs none.
    pub async fn review_depth(&self, task: &Arc<TaskFacts>, ctx: &Arc<Context>) -> Judgement<Option<ReviewDepth>> {
        self.ask(Question::review_depth(task, ctx)).await
    }

    /// What follows from a review?
    pub async fn on_review(&self, review: &Arc<ReviewFacts>, task: &Arc<TaskFacts>, ctx: &Arc<Context>) -> Decision {
        self.ask(Question::on_review(review, task, ctx)).await.into()
    }

    /// What follows from a rebuttal?
    pub async fn on_rebuttal(
        &self,
        rebuttal: &Arc<RebuttalFacts>,
        task: &Arc<TaskFacts>,
        ctx: &Arc<Context>,
    ) -> Decision {
        self.ask(Question::on_rebuttal(rebuttal, task, ctx)).await.into()
    }

    /// Who decides about a task whose dependency is lost?
    pub async fn on_lost_dependency(&self, needed: TaskId, task: &Arc<TaskFacts>, ctx: &Arc<Context>) -> Decision {
        self.ask(Question::on_lost_dependency(needed, task, ctx)).await.into()
    }

    /// What follows when every part of a task is final?
    pub async fn on_parts_final(&self, round: &Arc<RoundFacts>, task: &Arc<TaskFacts>, ctx: &Arc<Context>) -> Decision {
        self.ask(Question::on_parts_final(round, task, ctx)).await.into()
    }

    /// Who decides after a tripwire?
    pub async fn on_tripwire(&self, violation: &Violation, task: &Arc<TaskFacts>, ctx: &Arc<Context>) -> Decision {
        self.ask(Question::on_tripwire(violation, task, ctx)).await.into()
    }

    /// Is it time to write a skill?
    pub async fn should_distill(&self, tag: &Arc<TagFacts>, ctx: &Arc<Context>) -> Judgement<bool> {
        self.ask(Question::should_distill(tag, ctx)).await
    }

    /// Is a lesson out of date?
    pub async fn should_expire(&self, experience: &Arc<ExperienceFacts>, ctx: &Arc<Context>) -> Judgement<bool> {
        self.ask(Question::should_expire(experience, ctx)).await
    }

    /// Has a draft proved itself?
    pub async fn should_promote(&self, skill: &Arc<SkillFacts>, ctx: &Arc<Context>) -> Judgement<bool> {
        self.ask(Question::should_promote(skill, ctx)).await
    }

    /// Does a skill step down?
    pub async fn should_demote(&self, skill: &Arc<SkillFacts>, ctx: &Arc<Context>) -> Judgement<bool> {
        self.ask(Question::should_demote(skill, ctx)).await
    }

    /// May a draft be tried out?
    pub async fn should_try(&self, skill: &Arc<SkillFacts>, ctx: &Arc<Context>) -> Judgement<bool> {
        self.ask(Question::should_try(skill, ctx)).await
    }

    /// Which rules does the task break?
    pub async fn guard(&self, task: &Arc<TaskFacts>, ctx: &Arc<Context>) -> Judgement<Vec<Violation>> {
        let mut judgement = self.ask(Question::check(task, ctx)).await;
        // A project adds to what holds everywhere, and takes nothing away.
        if let Some(global) = self.set().global_guards() {
            let files = global.parts(&hooks::CHECK);
            let (question, limits) = (Question::check(task, ctx), self.0.limits());
            let everywhere = self.0.threads.run(move || answer(&global, &question, limits).answer).await;
            judgement.answer = answers::stricter(judgement.answer, everywhere.unwrap_or_default());
            judgement.files = judgement.files.iter().chain(files.iter()).cloned().collect();
        }
        judgement
    }

    /// Who is told?
    pub async fn deliver(&self, event: &Arc<Event>, ctx: &Arc<Context>) -> Judgement<Vec<Delivery>> {
        self.ask(Question::deliver(event, ctx)).await
    }

    /// What does a forge's message mean?
    pub async fn receive(&self, incoming: &Arc<Incoming>, ctx: &Arc<Context>) -> Judgement<Vec<InboxEntry>> {
        self.ask(Question::receive(incoming, ctx)).await
    }
}
