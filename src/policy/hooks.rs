//! The hooks: which function of which file is asked what, and what it may answer.

/// What a hook answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Returns {
    /// An action, an array of actions, or `()`.
    Actions,
    /// `true` or `false`.
    Bool,
    /// An array of violations, or `()`.
    Violations,
    /// An array of deliveries, one delivery, or `()`.
    Deliveries,
    /// How deep a review goes, or `()` when there is none.
    Depth,
    /// An array of inbox lines, one line, or `()`.
    Lines,
}

impl Returns {
    /// In words.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Actions => "an action, an array of actions, or `()`",
            Self::Bool => "`true` or `false`",
            Self::Violations => "an array of violations (`violation(rule, severity, text)`), or `()`",
            Self::Depth => "`depth(approvals, max_rounds)`, or `()` when no review is needed",
            Self::Deliveries => "a delivery (`send(channel)`, `batch(channel, seconds)`), an array of them, or `()`",
            Self::Lines => {
                "a line for the inbox (a map with `event`, `reference`, `data` …), an array of them, or `()`"
            }
        }
    }
}

/// A hook of a policy file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hook {
    /// The file, without `.rhai`.
    pub file: &'static str,
    /// The function.
    pub function: &'static str,
    /// Its parameters: name and type.
    pub params: &'static [(&'static str, &'static str)],
    /// What it answers.
    pub returns: Returns,
    /// When it is asked, and what.
    pub asked: &'static str,
}

/// `tick.rhai`: what to dispatch.
pub const PLAN: Hook = Hook {
    file: "tick",
    function: "plan",
    params: &[("board", "Board")],
    returns: Returns::Actions,
    asked: "At every tick and soon after every change: who starts on what, and in which order?",
};
/// `tick.rhai`: somebody was mentioned.
pub const ON_MENTION: Hook = Hook {
    file: "tick",
    function: "on_mention",
    params: &[("mention", "Mention"), ("ctx", "Context")],
    returns: Returns::Actions,
    asked: "With every plan, for each agent that was mentioned in comments of a task and is not being told: tell it now, \
            later, or let it go? Comments that wait are told together.",
};
/// `zombie.rhai`: is this attempt alive?
pub const INSPECT: Hook = Hook {
    file: "zombie",
    function: "inspect",
    params: &[("attempt", "Attempt"), ("ctx", "Context")],
    returns: Returns::Actions,
    asked: "At each tick, for each live attempt, and soon after every change for each claim whose work has not begun: \
            healthy, nudge, or kill?",
};
/// `zombie.rhai`: does anything move?
pub const INSPECT_PROJECT: Hook = Hook {
    file: "zombie",
    function: "inspect_project",
    params: &[("board", "Board"), ("ctx", "Context")],
    returns: Returns::Actions,
    asked: "At each tick while a task is pending, claimed, working or in review: does anything move? One alarm is \
            raised until the next change.",
};
/// `outcome.rhai`: what follows from the end of an attempt.
pub const AFTER: Hook = Hook {
    file: "outcome",
    function: "after",
    params: &[("attempt", "Attempt"), ("task", "Task"), ("ctx", "Context")],
    returns: Returns::Actions,
    asked: "When an attempt has ended: retry later, park the provider, give up, or nothing?",
};
/// `escalation.rhai`: how deep a review goes.
pub const REVIEW_DEPTH: Hook = Hook {
    file: "escalation",
    function: "review_depth",
    params: &[("task", "Task"), ("ctx", "Context")],
    returns: Returns::Depth,
    asked: "When a task is submitted, or comes to review otherwise: how many have to approve it, in how many rounds at \
            most? Without a review a submitted task is done.",
};
/// `escalation.rhai`: what follows from a review.
pub const ON_REVIEW: Hook = Hook {
    file: "escalation",
    function: "on_review",
    params: &[("review", "Review"), ("task", "Task"), ("ctx", "Context")],
    returns: Returns::Actions,
    asked: "When a review has arrived: accept, revise, rebut, escalate, or wait for another review?",
};
/// `escalation.rhai`: what follows from a rebuttal.
pub const ON_REBUTTAL: Hook = Hook {
    file: "escalation",
    function: "on_rebuttal",
    params: &[("rebuttal", "Rebuttal"), ("task", "Task"), ("ctx", "Context")],
    returns: Returns::Actions,
    asked: "When the author has answered a review: revise, a further round, or arbitration?",
};
/// `escalation.rhai`: what a task waits for will never come.
pub const ON_LOST_DEPENDENCY: Hook = Hook {
    file: "escalation",
    function: "on_lost_dependency",
    params: &[("needed", "string"), ("task", "Task"), ("ctx", "Context")],
    returns: Returns::Actions,
    asked: "When a task that another waits for has failed or was cancelled: who decides about the one that waits?",
};
/// `escalation.rhai`: the parts of a task are final.
pub const ON_PARTS_FINAL: Hook = Hook {
    file: "escalation",
    function: "on_parts_final",
    params: &[("round", "Round"), ("task", "Task"), ("ctx", "Context")],
    returns: Returns::Actions,
    asked: "When every part of a task is done, failed or cancelled: is the whole looked at (`submit`), done (`accept`), \
            or for somebody to decide?",
};
/// `escalation.rhai`: a tripwire went off.
pub const ON_TRIPWIRE: Hook = Hook {
    file: "escalation",
    function: "on_tripwire",
    params: &[("violation", "map"), ("task", "Task"), ("ctx", "Context")],
    returns: Returns::Actions,
    asked: "When `check` has found a tripwire before a dispatch, which is refused: who decides?",
};
/// `distillation.rhai`: is it time for a skill?
pub const SHOULD_DISTILL: Hook = Hook {
    file: "distillation",
    function: "should_distill",
    params: &[("tag", "Tag"), ("ctx", "Context")],
    returns: Returns::Bool,
    asked: "When a tag has a new lesson: should a skill be written from its lessons?",
};
/// `distillation.rhai`: is a lesson out of date?
pub const SHOULD_EXPIRE: Hook = Hook {
    file: "distillation",
    function: "should_expire",
    params: &[("experience", "Experience"), ("ctx", "Context")],
    returns: Returns::Bool,
    asked: "Once a day, for each active lesson: is it to be deprecated?",
};
/// `distillation.rhai`: has a draft proved itself?
pub const SHOULD_PROMOTE: Hook = Hook {
    file: "distillation",
    function: "should_promote",
    params: &[("skill", "Skill"), ("ctx", "Context")],
    returns: Returns::Bool,
    asked: "When a task ended in which a draft was used: is the draft to become active?",
};
/// `distillation.rhai`: has a skill failed, or nobody used it?
pub const SHOULD_DEMOTE: Hook = Hook {
    file: "distillation",
    function: "should_demote",
    params: &[("skill", "Skill"), ("ctx", "Context")],
    returns: Returns::Bool,
    asked: "When a task ended in which a skill was used, and once a day: does it step down, from active to draft, from \
            draft to deprecated?",
};
/// `distillation.rhai`: may a draft be tried out?
pub const SHOULD_TRY: Hook = Hook {
    file: "distillation",
    function: "should_try",
    params: &[("skill", "Skill"), ("ctx", "Context")],
    returns: Returns::Bool,
    asked: "When a draft fits an attempt: may it stand in the prompt, marked as being on trial?",
};
/// `guardrail.rhai`: is this allowed?
pub const CHECK: Hook = Hook {
    file: "guardrail",
    function: "check",
    params: &[("task", "Task"), ("ctx", "Context")],
    returns: Returns::Violations,
    asked: "Before a dispatch and at completion: which rules does the task break?",
};
/// `notify.rhai`: who is told?
pub const DELIVER: Hook = Hook {
    file: "notify",
    function: "deliver",
    params: &[("event", "Event"), ("ctx", "Context")],
    returns: Returns::Deliveries,
    asked: "After an event was written: by which channels does it go out, at once or gathered?",
};

/// `webhook.rhai`: what does a forge's message mean?
pub const RECEIVE: Hook = Hook {
    file: "webhook",
    function: "receive",
    params: &[("incoming", "Incoming"), ("ctx", "Context")],
    returns: Returns::Lines,
    asked: "When a forge has sent a webhook whose signature is right: what follows for tasks?",
};

/// Every hook.
pub const HOOKS: &[Hook] = &[
    PLAN,
    ON_MENTION,
    INSPECT,
    INSPECT_PROJECT,
    AFTER,
    REVIEW_DEPTH,
    ON_REVIEW,
    ON_REBUTTAL,
    ON_LOST_DEPENDENCY,
    ON_PARTS_FINAL,
    ON_TRIPWIRE,
    SHOULD_DISTILL,
    SHOULD_EXPIRE,
    SHOULD_PROMOTE,
    SHOULD_DEMOTE,
    SHOULD_TRY,
    CHECK,
    DELIVER,
    RECEIVE,
];

/// The policy files with their built-in sources.
pub const FILES: &[(&str, &str)] = &[
    ("tick", include_str!("../../scripts/tick.rhai")),
    ("zombie", include_str!("../../scripts/zombie.rhai")),
    ("outcome", include_str!("../../scripts/outcome.rhai")),
    ("escalation", include_str!("../../scripts/escalation.rhai")),
    ("distillation", include_str!("../../scripts/distillation.rhai")),
    ("guardrail", include_str!("../../scripts/guardrail.rhai")),
    ("notify", include_str!("../../scripts/notify.rhai")),
    ("webhook", include_str!("../../scripts/webhook.rhai")),
];

/// The hooks of a policy file.
pub fn of_file(file: &str) -> impl Iterator<Item = &'static Hook> {
    HOOKS.iter().filter(move |hook| hook.file == file)
}

impl Hook {
    /// As it is written: `plan(board)`.
    pub fn signature(&self) -> String {
        let params: Vec<_> = self.params.iter().map(|(name, _)| *name).collect();
        format!("{}({})", self.function, params.join(", "))
    }
}
