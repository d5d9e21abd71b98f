//! How an attempt can end.

use super::words::words;

words!(
    /// How an attempt ended; what happens then is policy (`outcome.rhai`).
    Outcome, "outcome" {
        /// The agent said so on the blackboard, and the gate held.
        Completed = "completed",
        /// It ran longer than its timeout and was ended.
        Timeout = "timeout",
        /// The provider asked for a pause: too much at a time.
        RateLimited = "rate_limited",
        /// What the account may use in a period, or has paid for, is used up.
        QuotaExceeded = "quota_exceeded",
        /// The provider refused the login.
        AuthFailed = "auth_failed",
        /// The provider could not be reached.
        Network = "network",
        /// Another process held a lock that the agent needs.
        LockConflict = "lock_conflict",
        /// Ended from outside: SIGINT, SIGTERM, a person, a pause.
        Interrupted = "interrupted",
        /// Any other non-zero exit.
        Crashed = "crashed",
        /// The program could not be started.
        SpawnFailed = "spawn_failed",
        /// It ended on another model than the one asked for.
        ModelFallback = "model_fallback",
        /// Exit code 0, and nothing on the blackboard.
        NoResult = "no_result",
        /// The agent said that it cannot do the task.
        Declined = "declined",
        /// The task was cancelled.
        Cancelled = "cancelled",
        /// An outside agent claimed and never started.
        ClaimExpired = "claim_expired",
        /// It vanished; nobody knows its exit code.
        Lost = "lost",
        /// It used up a budget of `budget:` and was ended.
        OverBudget = "over_budget",
    }
);

words!(
    /// What trying again would mean after an outcome; the scripts decide.
    RetryClass, "retry class" {
        /// There is nothing to try again.
        Never = "never",
        /// The task is not to blame: trying again is free.
        Free = "free",
        /// The task may be to blame: trying again counts against its budget of retries.
        Counted = "counted",
        /// In vain before the provider's limit resets; free after that.
        AfterReset = "after_reset",
        /// In vain before a person has done something.
        Person = "person",
    }
);

impl Outcome {
    /// True when a person may have something to do about it.
    pub const fn asks_for_something(self) -> bool {
        !matches!(self, Self::Completed | Self::Cancelled)
    }

    /// What a person should do about it, in a sentence.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::Completed => "nothing to do",
            Self::Timeout => "raise daemon.task_timeout or split the task",
            Self::RateLimited => "wait: the provider is parked until its limit resets",
            Self::QuotaExceeded => "wait for the reset, buy more, or give the task to an agent of another provider",
            Self::AuthFailed => "log the agent's program in again, then retry the task",
            Self::Network => "check the network and the provider's status page",
            Self::LockConflict => "another program holds the agent's session; it is tried again",
            Self::Interrupted => {
                "its task waits, has moved on, or somebody ended it; what waits goes on by itself when the answer is there"
            }
            Self::Crashed => "read the end of the attempt's log",
            Self::SpawnFailed => "check the runner's argv in config/agents.yaml (`moziplus doctor`)",
            Self::ModelFallback => "check the provider's quota for the model asked for",
            Self::NoResult => "the agent ended without `blackboard complete`: make its prompt say so",
            Self::Declined => "give the task to an agent with the right capability",
            Self::Cancelled => "nothing to do",
            Self::ClaimExpired => "the agent claimed and never started: is it alive?",
            Self::Lost => "the machine or the supervisor stopped; the task was put back",
            Self::OverBudget => {
                "send it on (the same budget once more, or `resolve --budget-tokens N`), raise `budget`, or split it"
            }
        }
    }

    /// True when a program may say of itself that it ended so. That it completed, it says on the blackboard; what was
    /// done to it from outside, only the daemon knows.
    pub const fn is_told_by_programs(self) -> bool {
        !matches!(self, Self::Completed | Self::Cancelled | Self::ClaimExpired | Self::Lost | Self::OverBudget)
    }

    /// What trying again would mean.
    pub const fn retry_class(self) -> RetryClass {
        match self {
            Self::Completed | Self::Cancelled | Self::Declined | Self::ClaimExpired => RetryClass::Never,
            Self::RateLimited | Self::QuotaExceeded => RetryClass::AfterReset,
            Self::AuthFailed | Self::OverBudget => RetryClass::Person,
            Self::Network | Self::LockConflict | Self::Interrupted | Self::ModelFallback | Self::Lost => {
                RetryClass::Free
            }
            Self::Timeout | Self::Crashed | Self::SpawnFailed | Self::NoResult => RetryClass::Counted,
        }
    }
}
