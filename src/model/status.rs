//! The life of a task: ten statuses, one table of legal transitions, one function that applies them.
//!
//! The table is data: the store obeys it, and the documentation, the OpenAPI description and the dashboard render it.
//! Source: product.md, section 3.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use self::refusal::{Refusal, Why, verbs_from};
use super::words::words;

mod refusal;

words!(
    /// Where a task stands.
    Status, "status" {
        /// Waits to be claimed.
        Pending = "pending",
        /// Somebody has it and has not started.
        Claimed = "claimed",
        /// Somebody works on it.
        Working = "working",
        /// Complete in the eyes of its agent; a reviewer looks at it.
        Review = "review",
        /// Finished and accepted.
        Done = "done",
        /// Given up; can be retried.
        Failed = "failed",
        /// Waits for another task, an agent or a person.
        Blocked = "blocked",
        /// Set aside by a person; goes back to where it was.
        Paused = "paused",
        /// Waits for a decision of the coordinator or a person.
        Escalated = "escalated",
        /// Called off for good.
        Cancelled = "cancelled",
    }
);

impl Status {
    /// True until the task is done, failed or cancelled.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }

    /// True while an agent holds the task.
    pub const fn is_held(self) -> bool {
        matches!(self, Self::Claimed | Self::Working)
    }
}

words!(
    /// What moves a task from one status to another.
    Cause, "transition" {
        /// An agent takes the task.
        Claim = "claim",
        /// The agent that has it begins.
        Start = "start",
        /// The agent says it is complete, and the work needs a review.
        Submit = "submit",
        /// The agent says it is complete, and no review is needed.
        Finish = "finish",
        /// Given up.
        Fail = "fail",
        /// It waits for something.
        Block = "block",
        /// What it waited for is there.
        Unblock = "unblock",
        /// The claim was not followed by a start in time.
        ClaimTimeout = "claim_timeout",
        /// The attempt died; another may follow, and it counts as a retry.
        Requeue = "requeue",
        /// The attempt ended through no fault of the task (rate limit, interruption): no retry is counted.
        Release = "release",
        /// The review is in favour.
        Accept = "accept",
        /// The review asks for changes.
        Revise = "revise",
        /// The review goes on: a rebuttal or a further round.
        NextRound = "next_round",
        /// Somebody with more say must decide.
        Escalate = "escalate",
        /// They decided.
        Resolve = "resolve",
        /// Finished work is looked at again.
        Reopen = "reopen",
        /// Failed work gets another chance.
        Retry = "retry",
        /// Set aside.
        Pause = "pause",
        /// Taken up where it was left.
        Resume = "resume",
        /// Called off.
        Cancel = "cancel",
        /// A parent's status follows its children.
        Derive = "derive",
    }
);

words!(
    /// In which capacity somebody moves a task.
    Role, "role" {
        /// A person.
        Person = "person",
        /// The project's coordinator.
        Coordinator = "coordinator",
        /// The agent that holds the task (for a claim: that wants it).
        Owner = "owner",
        /// The mechanism.
        Daemon = "daemon",
        /// A policy script.
        Policy = "policy",
    }
);

/// One row of the table of legal transitions.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Rule {
    /// What happens.
    pub cause: Cause,
    /// From where it may happen.
    pub from: &'static [Status],
    /// Where it may lead.
    pub to: &'static [Status],
    /// Who may do it.
    pub who: &'static [Role],
    /// The condition, in words.
    pub when: &'static str,
}

use Role::{Coordinator, Daemon, Owner, Person, Policy};
use Status::{Blocked, Cancelled, Claimed, Done, Escalated, Failed, Paused, Pending, Review, Working};

const OPEN: &[Status] = &[Pending, Claimed, Working, Review, Blocked, Paused, Escalated];
const OPEN_BUT_PAUSED: &[Status] = &[Pending, Claimed, Working, Review, Blocked, Escalated];

/// Every legal transition. What is not here cannot happen.
pub const RULES: &[Rule] = &[
    rule(Cause::Claim, &[Pending], &[Claimed], &[Owner, Person, Daemon], "free, or assigned to whoever claims it"),
    rule(Cause::Start, &[Claimed], &[Working], &[Owner, Person, Daemon], "the process runs, or the first write"),
    rule(Cause::Submit, &[Working], &[Review], &[Owner, Person, Policy], "the completion gate holds"),
    rule(Cause::Finish, &[Working], &[Done], &[Owner, Person, Policy], "the gate holds and no review is needed"),
    rule(
        Cause::Fail,
        &[Pending, Working],
        &[Failed],
        &[Owner, Person, Coordinator, Daemon, Policy],
        "out of retries or dispatches, or the agent cannot do it",
    ),
    rule(
        Cause::Block,
        &[Pending, Claimed, Working],
        &[Blocked],
        &[Owner, Person, Coordinator, Daemon, Policy],
        "a dependency is open, or an answer is awaited",
    ),
    rule(
        Cause::Unblock,
        &[Blocked],
        &[Pending],
        &[Daemon, Person, Coordinator],
        "dependencies done, or the awaited answer is there",
    ),
    rule(Cause::ClaimTimeout, &[Claimed], &[Pending], &[Daemon], "not started within claim_timeout"),
    rule(Cause::Requeue, &[Claimed, Working], &[Pending], &[Daemon, Policy], "the attempt died and budget is left"),
    rule(
        Cause::Release,
        &[Claimed, Working],
        &[Pending],
        &[Daemon, Policy],
        "the attempt was rate-limited or interrupted, or could not start",
    ),
    rule(
        Cause::Accept,
        &[Review],
        &[Done],
        &[Policy, Person, Coordinator],
        "approved by as many as the risk asks for, confidence at or over the threshold",
    ),
    rule(Cause::Revise, &[Review], &[Pending], &[Policy, Person, Coordinator], "changes are asked for; assignee kept"),
    rule(Cause::NextRound, &[Review], &[Review], &[Policy, Person, Coordinator], "a rebuttal or a further round"),
    rule(
        Cause::Escalate,
        &[Working, Pending, Blocked, Review],
        &[Escalated],
        &[Owner, Person, Coordinator, Daemon, Policy],
        "policy, tripwire, failed dependency",
    ),
    rule(
        Cause::Resolve,
        &[Escalated],
        &[Pending, Review, Done, Failed, Cancelled],
        &[Coordinator, Person],
        "whoever it was escalated to decides",
    ),
    rule(Cause::Reopen, &[Done], &[Review], &[Person, Daemon], "an output changed after its review, or a person asks"),
    rule(Cause::Retry, &[Failed], &[Pending], &[Person, Coordinator, Policy], "one more chance"),
    rule(Cause::Pause, OPEN_BUT_PAUSED, &[Paused], &[Person, Coordinator], "set aside"),
    rule(Cause::Resume, &[Paused], OPEN_BUT_PAUSED, &[Person, Coordinator], "back to the recorded status"),
    rule(Cause::Cancel, OPEN, &[Cancelled], &[Person, Coordinator], "called off; its processes are ended"),
    rule(
        Cause::Derive,
        &[Pending, Working, Blocked, Review],
        &[Working, Review, Done, Blocked],
        &[Daemon],
        "a parent follows its children",
    ),
];

const fn rule(
    cause: Cause,
    from: &'static [Status],
    to: &'static [Status],
    who: &'static [Role],
    when: &'static str,
) -> Rule {
    Rule { cause, from, to, who, when }
}

/// The causes that are legal from a status, whoever acts.
pub fn causes_from(status: Status) -> impl Iterator<Item = Cause> {
    RULES.iter().filter(move |rule| rule.from.contains(&status)).map(|rule| rule.cause)
}

/// The part of a task that transitions change, and nothing else does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lifecycle {
    /// Where the task stands.
    pub status: Status,
    /// Since when.
    pub status_since: DateTime<Utc>,
    /// Where a paused task goes back to.
    pub resumed_from: Option<Status>,
    /// When it was last claimed.
    pub claimed_at: Option<DateTime<Utc>>,
    /// When work on it last started.
    pub started_at: Option<DateTime<Utc>>,
    /// When it reached a final status; none while it is open.
    pub completed_at: Option<DateTime<Utc>>,
    /// Goes up by one whenever ownership changes; an older writer is out of date.
    pub fence: i64,
    /// Round of review, from 1; 0 before the first submission.
    pub round: i64,
    /// Rounds that lie before the one in which the review last began anew; caps on rounds count from there.
    #[serde(default)]
    pub rounds_before: i64,
    /// How often an attempt died and the task went back to pending.
    pub retry_count: i64,
}

impl Lifecycle {
    /// A new task's: pending, or blocked while a dependency is open.
    pub fn new(blocked: bool, now: DateTime<Utc>) -> Self {
        Self {
            status: if blocked { Blocked } else { Pending },
            status_since: now,
            resumed_from: None,
            claimed_at: None,
            started_at: None,
            completed_at: None,
            fence: 0,
            round: 0,
            rounds_before: 0,
            retry_count: 0,
        }
    }

    /// Makes one transition, or says why it is illegal; on refusal nothing has changed.
    ///
    /// `target` is needed only where the rule leaves a choice (`resolve`, `derive`).
    pub fn apply(
        &mut self,
        cause: Cause,
        role: Role,
        target: Option<Status>,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let to = self.check(cause, role, target)?;
        let from = self.status;
        match cause {
            Cause::Claim => self.claimed_at = Some(now),
            Cause::Start => self.started_at = Some(now),
            Cause::Submit => {
                self.started_at.get_or_insert(now);
                self.round += 1;
            }
            Cause::NextRound => self.round += 1,
            // A parent whose parts are final is looked at in a round of its own.
            Cause::Derive if to == Review => self.round += 1,
            // What was said about it before is settled: it is judged anew, by whoever may, as often as any other work.
            Cause::Reopen | Cause::Resolve if to == Review => {
                self.rounds_before = self.round;
                self.round += 1;
            }
            Cause::Derive if to == Working => self.started_at = self.started_at.or(Some(now)),
            Cause::ClaimTimeout | Cause::Requeue => self.retry_count += 1,
            Cause::Retry => self.retry_count = 0,
            Cause::Pause => self.resumed_from = Some(from),
            Cause::Resume => self.resumed_from = None,
            _ => {}
        }
        if cause != Cause::Pause && cause != Cause::Resume {
            self.resumed_from = None;
        }
        if to == Review && self.round == 0 {
            self.round = 1;
        }
        let changes_owner = cause == Cause::Claim || (from.is_held() && !to.is_held() && to != Paused);
        self.fence += i64::from(changes_owner);
        self.completed_at = (!to.is_open()).then_some(now);
        self.status = to;
        self.status_since = now;
        Ok(())
    }

    fn check(&self, cause: Cause, role: Role, target: Option<Status>) -> Result<Status, Refusal> {
        let refuse = |why| Refusal { cause, from: self.status, target, role, why };
        let rule = RULES.iter().find(|rule| rule.cause == cause).ok_or_else(|| refuse(Why::From))?;
        if !rule.from.contains(&self.status) {
            return Err(refuse(Why::From));
        }
        if !rule.who.contains(&role) {
            return Err(refuse(Why::Role));
        }
        let to = match (cause, rule.to) {
            (Cause::Resume, _) => self.resumed_from.ok_or_else(|| refuse(Why::Target))?,
            (_, [only]) => target.unwrap_or(*only),
            _ => target.ok_or_else(|| refuse(Why::Target))?,
        };
        if rule.to.contains(&to) { Ok(to) } else { Err(refuse(Why::Target)) }
    }
}

/// The table as text, for the documentation and its snapshot test.
pub fn matrix() -> String {
    let list = |statuses: &[Status]| statuses.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(", ");
    let mut out = String::from("| transition | from | to | who | when |\n|---|---|---|---|---|\n");
    for rule in RULES {
        let who: Vec<_> = rule.who.iter().map(|role| role.as_str()).collect();
        out += &format!(
            "| {} | {} | {} | {} | {} |\n",
            rule.cause,
            list(rule.from),
            list(rule.to),
            who.join(", "),
            rule.when
        );
    }
    out
}

#[cfg(test)]
mod tests;
