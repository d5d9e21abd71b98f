//! The parts of what a prompt can say: where each lies among the facts, which matter most for what an agent is started
//! for, and how much of a message one of them may take.

use serde_json::Value;

use crate::model::{task::Trigger, words::words};

words!(
    /// A part of what a prompt can say.
    Section, "section" {
        /// Comments that mention the agent and that it has not been told of.
        Mentions = "mentions",
        /// The whole request.
        Description = "description",
        /// Reviews, with the findings and the answers to them.
        Reviews = "reviews",
        /// What people answered.
        Answers = "answers",
        /// What was decided, and why.
        Decisions = "decisions",
        /// Earlier attempts and how each ended.
        Attempts = "attempts",
        /// What the task builds on, with results.
        Dependencies = "dependencies",
        /// The parts of a parent, with results.
        Children = "children",
        /// Results so far.
        Outputs = "outputs",
        /// The task that this one is a part of.
        Parent = "parent",
        /// The rest of the thread.
        Comments = "comments",
        /// Skills that fit.
        Skills = "skills",
        /// Lessons that fit.
        Lessons = "lessons",
    }
);

use Section::{
    Answers, Attempts, Children, Comments, Decisions, Dependencies, Description, Lessons, Mentions, Outputs, Parent,
    Reviews, Skills,
};

/// The order for who does the task: what is wanted, what was found wrong, what was decided, then what there is.
const USUAL: [Section; 13] = [
    Mentions,
    Description,
    Reviews,
    Answers,
    Decisions,
    Attempts,
    Dependencies,
    Children,
    Outputs,
    Parent,
    Comments,
    Skills,
    Lessons,
];

impl Section {
    /// Every part, the most important for this trigger first.
    pub fn by_importance(trigger: Trigger) -> Vec<Self> {
        let first: &[Self] = match trigger {
            Trigger::Revise | Trigger::Rebut | Trigger::Arbitrate => &[Reviews],
            Trigger::Review => &[Outputs, Reviews],
            Trigger::Round => &[Children],
            Trigger::Guard => &[Outputs],
            Trigger::Mention => &[Mentions, Comments],
            Trigger::Distill => &[Lessons],
            Trigger::Execute | Trigger::Offer => &[],
        };
        let rest = USUAL.into_iter().filter(|section| !first.contains(section));
        first.iter().copied().chain(rest).collect()
    }

    /// Percent of a message that the part may take while others want room, too.
    pub const fn share(self) -> usize {
        match self {
            Description | Reviews | Lessons | Children => 50,
            Mentions | Outputs => 30,
            Answers | Decisions | Attempts | Dependencies | Comments | Skills => 20,
            Parent => 10,
        }
    }

    /// True for what was learned before: it has a budget of its own.
    pub const fn is_knowledge(self) -> bool {
        matches!(self, Skills | Lessons)
    }

    /// True for lists whose last items are the newest, which matter most.
    pub(super) const fn newest_last(self) -> bool {
        matches!(self, Mentions | Reviews | Answers | Decisions | Attempts | Comments)
    }

    /// What an item of it is called when `count` of them are meant.
    pub(super) const fn noun(self, count: usize) -> &'static str {
        match (self, count) {
            (Mentions, 1) => "comment that mentions you",
            (Mentions, _) => "comments that mention you",
            (Description, _) => "description",
            (Reviews, 1) => "review",
            (Answers, 1) => "answer",
            (Decisions, 1) => "decision",
            (Attempts, 1) => "earlier attempt",
            (Attempts, _) => "earlier attempts",
            (Dependencies, 1) => "task that this one builds on",
            (Dependencies, _) => "tasks that this one builds on",
            (Children, 1) => "part",
            (Children, _) => "parts",
            (Outputs, 1) => "result",
            (Outputs, _) => "results",
            (Parent, _) => "parent task",
            (Comments, 1) => "comment",
            (Skills, 1) => "skill",
            (Lessons, 1) => "lesson",
            (Reviews | Answers | Decisions | Comments | Skills | Lessons, _) => self.as_str(),
        }
    }

    /// Its items among the facts.
    pub(super) fn items(self, facts: &Value) -> Vec<Value> {
        match &facts.pointer(self.pointer()) {
            Some(Value::Array(items)) => items.clone(),
            Some(Value::String(text)) if text.is_empty() => Vec::new(),
            Some(Value::Null) | None => Vec::new(),
            Some(one) => vec![(*one).clone()],
        }
    }

    /// Puts items in the place of those that the facts have.
    pub(super) fn replace(self, facts: &mut Value, items: Vec<Value>) {
        let Some(place) = facts.pointer_mut(self.pointer()) else { return };
        *place = match self {
            Description => items.into_iter().next().unwrap_or_else(|| Value::String(String::new())),
            Parent => items.into_iter().next().unwrap_or(Value::Null),
            _ => Value::Array(items),
        };
    }

    /// Where it lies among the facts.
    pub(super) const fn pointer(self) -> &'static str {
        match self {
            Mentions => "/mentions",
            Description => "/task/description",
            Reviews => "/reviews",
            Answers => "/answers",
            Decisions => "/decisions",
            Attempts => "/previous_attempts",
            Dependencies => "/dependencies",
            Children => "/children",
            Outputs => "/outputs",
            Parent => "/parent",
            Comments => "/comments",
            Skills => "/skills",
            Lessons => "/lessons",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trigger_has_every_part_once_and_its_own_first() {
        for trigger in Trigger::ALL {
            let mut order = Section::by_importance(*trigger);
            assert_eq!(order.len(), Section::ALL.len(), "{trigger}");
            order.sort_by_key(|section| section.as_str());
            order.dedup();
            assert_eq!(order.len(), Section::ALL.len(), "{trigger}");
        }
        assert_eq!(Section::by_importance(Trigger::Rebut)[0], Reviews);
        assert_eq!(Section::by_importance(Trigger::Execute)[..2], [Mentions, Description]);
    }
}
