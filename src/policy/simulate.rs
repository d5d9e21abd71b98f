//! Asking without acting: what a changed set of scripts would say, beside what the set in force says.
//!
//! A [`Case`] is a question with the facts it is about; [`compare`] asks both sets and keeps where they differ. Nothing
//! here has an effect, so it may be asked about the live project as often as people like.

use std::{collections::BTreeMap, sync::Arc};

use serde_json::{Value, json};

use super::{
    answers::{Answer, Delivery, Violation},
    engine::PolicyLimits,
    fault::ScriptFault,
    hooks::{self, Hook},
    question::Question,
    set::Set,
};
use crate::model::{
    action::Action,
    event::Event,
    ids::TaskId,
    snapshot::{
        AttemptFacts, Board, Context, ExperienceFacts, MentionFacts, RebuttalFacts, ReviewFacts, RoundFacts,
        SkillFacts, TagFacts, TaskFacts,
    },
    task::ReviewDepth,
};

/// A question for a hook, with the facts that it is about.
#[derive(Debug, Clone)]
pub enum Case {
    /// Who starts on what?
    Plan(Arc<Board>),
    /// Is the agent told that it was mentioned?
    OnMention(Arc<MentionFacts>, Arc<Context>),
    /// Is this attempt alive?
    Inspect(Arc<AttemptFacts>, Arc<Context>),
    /// Does anything move?
    InspectProject(Arc<Board>),
    /// What follows from the end of an attempt?
    After(Arc<AttemptFacts>, Arc<TaskFacts>, Arc<Context>),
    /// How deep does the review go?
    ReviewDepth(Arc<TaskFacts>, Arc<Context>),
    /// What follows from a review?
    OnReview(Arc<ReviewFacts>, Arc<TaskFacts>, Arc<Context>),
    /// What follows from a rebuttal?
    OnRebuttal(Arc<RebuttalFacts>, Arc<TaskFacts>, Arc<Context>),
    /// Who decides about a task whose dependency is lost?
    OnLostDependency(TaskId, Arc<TaskFacts>, Arc<Context>),
    /// What follows when every part of a task is final?
    OnPartsFinal(Arc<RoundFacts>, Arc<TaskFacts>, Arc<Context>),
    /// Who decides after a tripwire?
    OnTripwire(Violation, Arc<TaskFacts>, Arc<Context>),
    /// Is it time to write a skill?
    ShouldDistill(Arc<TagFacts>, Arc<Context>),
    /// Is a lesson out of date?
    ShouldExpire(Arc<ExperienceFacts>, Arc<Context>),
    /// Has a draft proved itself?
    ShouldPromote(Arc<SkillFacts>, Arc<Context>),
    /// Does a skill step down?
    ShouldDemote(Arc<SkillFacts>, Arc<Context>),
    /// May a draft be tried out?
    ShouldTry(Arc<SkillFacts>, Arc<Context>),
    /// Which rules does the task break?
    Check(Arc<TaskFacts>, Arc<Context>),
    /// Who is told?
    Deliver(Arc<Event>, Arc<Context>),
}

/// One thing that a hook said.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The word of the contract: `dispatch`, `violation`, `true`.
    pub word: String,
    /// The task that it is about.
    pub task: Option<TaskId>,
    /// In words, for people.
    pub text: String,
    /// As the script gave it.
    pub value: Value,
    /// Why the core would refuse it, where that is known.
    pub refused: Option<String>,
}

/// A question and its answer.
#[derive(Debug, Clone)]
pub struct Asked {
    /// What the hook said, in order; what the built-in one says when it failed, as in a running project.
    pub said: Vec<Said>,
    /// Lines that the script printed.
    pub printed: Vec<String>,
    /// Why the set has no answer of its own.
    pub fault: Option<ScriptFault>,
}

/// What two sets say to the same question.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The hook.
    pub hook: &'static str,
    /// What it was asked about.
    pub subject: String,
    /// The task, when it is about one.
    pub task: Option<TaskId>,
    /// What the set in force says.
    pub before: Asked,
    /// What the changed set says.
    pub after: Asked,
}

/// Where two sets say different things about a task, or about the project.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The hook.
    pub hook: &'static str,
    /// What it was asked about.
    pub subject: String,
    /// The task.
    pub task: Option<TaskId>,
    /// What the set in force says.
    pub before: Vec<Said>,
    /// What the changed set says.
    pub after: Vec<Said>,
}

impl Case {
    /// The hook that is asked.
    pub const fn hook(&self) -> &'static Hook {
        match self {
            Self::Plan(_) => &hooks::PLAN,
            Self::OnMention(..) => &hooks::ON_MENTION,
            Self::Inspect(..) => &hooks::INSPECT,
            Self::InspectProject(_) => &hooks::INSPECT_PROJECT,
            Self::After(..) => &hooks::AFTER,
            Self::ReviewDepth(..) => &hooks::REVIEW_DEPTH,
            Self::OnReview(..) => &hooks::ON_REVIEW,
            Self::OnRebuttal(..) => &hooks::ON_REBUTTAL,
            Self::OnLostDependency(..) => &hooks::ON_LOST_DEPENDENCY,
            Self::OnPartsFinal(..) => &hooks::ON_PARTS_FINAL,
            Self::OnTripwire(..) => &hooks::ON_TRIPWIRE,
            Self::ShouldDistill(..) => &hooks::SHOULD_DISTILL,
            Self::ShouldExpire(..) => &hooks::SHOULD_EXPIRE,
            Self::ShouldPromote(..) => &hooks::SHOULD_PROMOTE,
            Self::ShouldDemote(..) => &hooks::SHOULD_DEMOTE,
            Self::ShouldTry(..) => &hooks::SHOULD_TRY,
            Self::Check(..) => &hooks::CHECK,
            Self::Deliver(..) => &hooks::DELIVER,
        }
    }

    /// What it is about, in words.
    pub fn subject(&self) -> String {
        match self {
            Self::Plan(board) | Self::InspectProject(board) => format!("project {}", board.context.project),
            Self::OnMention(mention, _) => format!("mention of {} on {}", mention.agent, mention.task),
            Self::Inspect(attempt, _) => format!("attempt {}", attempt.id),
            Self::After(attempt, ..) => {
                let outcome = attempt.outcome.map_or("unknown", |outcome| outcome.as_str());
                format!("attempt {} ({outcome})", attempt.id)
            }
            Self::OnReview(review, ..) => format!("{} of {} by {}", review.verdict, review.task, review.reviewer),
            Self::OnRebuttal(rebuttal, ..) => format!("answer of {} about {}", rebuttal.author, rebuttal.task),
            Self::OnLostDependency(needed, task, _) => format!("task {}, which waits for {needed}", task.id),
            Self::OnPartsFinal(_, task, _) => format!("task {}, whose parts are final", task.id),
            Self::OnTripwire(violation, task, _) => format!("task {} (tripwire {})", task.id, violation.rule),
            Self::ShouldDistill(tag, _) => format!("tag {}", tag.tag),
            Self::ShouldExpire(experience, _) => format!("lesson {}", experience.id),
            Self::ShouldPromote(skill, _) | Self::ShouldDemote(skill, _) | Self::ShouldTry(skill, _) => {
                format!("skill {}", skill.id)
            }
            Self::Check(task, _) | Self::ReviewDepth(task, _) => format!("task {}", task.id),
            Self::Deliver(event, _) => format!("event {}: {}", event.kind, event.summary),
        }
    }

    /// The task that it is about.
    pub fn task(&self) -> Option<TaskId> {
        match self {
            Self::OnMention(mention, _) => Some(mention.task),
            Self::Inspect(attempt, _) => Some(attempt.task),
            Self::Deliver(event, _) => event.task,
            _ => self.facts().map(|task| task.id),
        }
    }

    /// The task that it is about, as the question has it.
    pub fn facts(&self) -> Option<&Arc<TaskFacts>> {
        match self {
            Self::After(_, task, _)
            | Self::OnReview(_, task, _)
            | Self::OnRebuttal(_, task, _)
            | Self::OnLostDependency(_, task, _)
            | Self::ReviewDepth(task, _)
            | Self::OnPartsFinal(_, task, _)
            | Self::OnTripwire(_, task, _)
            | Self::Check(task, _) => Some(task),
            _ => None,
        }
    }

    /// Asks a set. Call it on a script thread.
    pub fn ask(&self, set: &Set, limits: PolicyLimits) -> Asked {
        match self {
            Self::Plan(board) => ask(set, &Question::plan(board), limits),
            Self::OnMention(mention, ctx) => ask(set, &Question::on_mention(mention, ctx), limits),
            Self::Inspect(attempt, ctx) => ask(set, &Question::inspect(attempt, ctx), limits),
            Self::InspectProject(board) => ask(set, &Question::inspect_project(board, &board.context), limits),
            Self::After(attempt, task, ctx) => ask(set, &Question::after(attempt, task, ctx), limits),
            Self::ReviewDepth(task, ctx) => ask(set, &Question::review_depth(task, ctx), limits),
            Self::OnReview(review, task, ctx) => ask(set, &Question::on_review(review, task, ctx), limits),
            Self::OnRebuttal(rebuttal, task, ctx) => ask(set, &Question::on_rebuttal(rebuttal, task, ctx), limits),
            Self::OnLostDependency(needed, task, ctx) => {
                ask(set, &Question::on_lost_dependency(*needed, task, ctx), limits)
            }
            Self::OnPartsFinal(round, task, ctx) => ask(set, &Question::on_parts_final(round, task, ctx), limits),
            Self::OnTripwire(violation, task, ctx) => ask(set, &Question::on_tripwire(violation, task, ctx), limits),
            Self::ShouldDistill(tag, ctx) => ask(set, &Question::should_distill(tag, ctx), limits),
            Self::ShouldExpire(experience, ctx) => ask(set, &Question::should_expire(experience, ctx), limits),
            Self::ShouldPromote(skill, ctx) => ask(set, &Question::should_promote(skill, ctx), limits),
            Self::ShouldDemote(skill, ctx) => ask(set, &Question::should_demote(skill, ctx), limits),
            Self::ShouldTry(skill, ctx) => ask(set, &Question::should_try(skill, ctx), limits),
            Self::Check(task, ctx) => ask(set, &Question::check(task, ctx), limits),
            Self::Deliver(event, ctx) => ask(set, &Question::deliver(event, ctx), limits),
        }
    }
}

/// Asks both sets. Call it on a script thread.
pub fn compare(case: &Case, before: &Set, after: &Set, limits: PolicyLimits) -> Compared {
    Compared {
        hook: case.hook().function,
        subject: case.subject(),
        task: case.task(),
        before: case.ask(before, limits),
        after: case.ask(after, limits),
    }
}

impl Compared {
    /// Where the answers differ, task by task.
    pub fn differences(&self) -> Vec<Difference> {
        let mut by_task: BTreeMap<Option<TaskId>, (Vec<Said>, Vec<Said>)> = BTreeMap::new();
        for said in &self.before.said {
            by_task.entry(said.task).or_default().0.push(said.clone());
        }
        for said in &self.after.said {
            by_task.entry(said.task).or_default().1.push(said.clone());
        }
        // What the core makes of it is no part of what was said.
        let same = |a: &[Said], b: &[Said]| a.iter().map(|said| &said.value).eq(b.iter().map(|said| &said.value));
        let differing = by_task.into_iter().filter(|(_, (before, after))| !same(before, after));
        differing
            .map(|(task, (before, after))| Difference {
                hook: self.hook,
                subject: self.subject.clone(),
                task: task.or(self.task),
                before,
                after,
            })
            .collect()
    }
}

impl Difference {
    /// In words, for people.
    pub fn in_words(&self) -> String {
        let texts = |said: &[Said]| match said {
            [] => "nothing".to_owned(),
            said => said.iter().map(|said| said.text.as_str()).collect::<Vec<_>>().join("; "),
        };
        format!("{} instead of {}", texts(&self.after), texts(&self.before))
    }
}

/// An answer as a list of things that people can read.
trait Spoken: Answer {
    fn said(self) -> Vec<Said>;
}

impl Spoken for Vec<Action> {
    fn said(self) -> Vec<Said> {
        let one = |action: Action| Said {
            word: action.name().to_owned(),
            task: action.task(),
            text: action.in_words(),
            value: serde_json::to_value(&action).unwrap_or_default(),
            refused: None,
        };
        self.into_iter().filter(|action| *action != Action::Healthy).map(one).collect()
    }
}

impl Spoken for bool {
    fn said(self) -> Vec<Said> {
        let text = if self { "yes" } else { "no" };
        vec![Said { word: self.to_string(), task: None, text: text.to_owned(), value: json!(self), refused: None }]
    }
}

impl Spoken for Option<ReviewDepth> {
    fn said(self) -> Vec<Said> {
        let value = serde_json::to_value(self).unwrap_or_default();
        vec![Said { word: "depth".to_owned(), task: None, text: ReviewDepth::in_words(self), value, refused: None }]
    }
}

impl Spoken for Vec<Violation> {
    fn said(self) -> Vec<Said> {
        let one = |violation: Violation| Said {
            word: "violation".to_owned(),
            task: None,
            text: format!("{} ({}): {}", violation.rule, violation.severity, violation.text),
            value: serde_json::to_value(&violation).unwrap_or_default(),
            refused: None,
        };
        self.into_iter().map(one).collect()
    }
}

impl Spoken for Vec<Delivery> {
    fn said(self) -> Vec<Said> {
        let one = |delivery: Delivery| Said {
            word: "delivery".to_owned(),
            task: None,
            text: match delivery.batch_seconds {
                0 => format!("send to {}", delivery.channel),
                seconds => format!("send to {} gathered, within {seconds} s", delivery.channel),
            },
            value: serde_json::to_value(&delivery).unwrap_or_default(),
            refused: None,
        };
        self.into_iter().map(one).collect()
    }
}

fn ask<T: Spoken>(set: &Set, question: &Question<T>, limits: PolicyLimits) -> Asked {
    match set.ask(question, limits) {
        Ok(answered) => Asked { said: answered.answer.said(), printed: answered.printed, fault: None },
        Err(fault) => {
            let instead = Set::built_in().ask(question, limits);
            let said = instead.map_or_else(|_| Vec::new(), |answered| answered.answer.said());
            Asked { said, printed: Vec::new(), fault: Some(fault) }
        }
    }
}
