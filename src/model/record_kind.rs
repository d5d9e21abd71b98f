//! The records that agents write, each with a JSON Schema of its own: `schemas/<kind>.json`.

use super::words::words;

words!(
    /// What is written.
    RecordKind, "record" {
        /// A task that is created.
        Task = "task",
        /// Who claims or starts a task.
        Claim = "claim",
        /// The work is complete.
        Completion = "completion",
        /// Any other verb that moves a task.
        Transition = "transition",
        /// What somebody with more say has decided about an escalated task.
        Resolution = "resolution",
        /// A result.
        Output = "output",
        /// A comment.
        Comment = "comment",
        /// A decision and why.
        Decision = "decision",
        /// Something that was noticed.
        Observation = "observation",
        /// A review.
        Review = "review",
        /// Answers to the issues of a review.
        Rebuttal = "rebuttal",
        /// A lesson.
        Experience = "experience",
        /// A question to a person.
        Checkpoint = "checkpoint",
        /// A mail.
        Mail = "mail",
        /// A line of the inbox.
        InboxLine = "inbox_line",
        /// Front matter of a `SKILL.md`.
        Skill = "skill",
        /// `meta.yaml` of a skill.
        SkillMeta = "skill_meta",
    }
);

impl RecordKind {
    /// True for a record that a root may ask more of. The form of skills is shared with other tools.
    pub const fn can_be_overridden(self) -> bool {
        !matches!(self, Self::Skill | Self::SkillMeta)
    }

    /// The field in which such a record says who writes it.
    pub const fn author(self) -> &'static str {
        match self {
            Self::Comment | Self::Rebuttal => "author",
            Self::Review => "reviewer",
            Self::Mail => "from",
            _ => "agent",
        }
    }

    /// What an operation takes, by the name that dead letters have for it.
    pub fn of_operation(operation: &str) -> Self {
        match operation {
            "output" => Self::Output,
            "comment" => Self::Comment,
            "decide" => Self::Decision,
            "observe" => Self::Observation,
            "learn" => Self::Experience,
            "review" => Self::Review,
            "rebut" => Self::Rebuttal,
            "ask" => Self::Checkpoint,
            "mail" => Self::Mail,
            "create" => Self::Task,
            "claim" | "start" => Self::Claim,
            "complete" => Self::Completion,
            "resolve" => Self::Resolution,
            _ => Self::Transition,
        }
    }
}
