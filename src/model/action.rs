//! What a policy script may ask for. The core checks each and carries it out, or refuses it and records why.

use serde::{Deserialize, Serialize};

use super::{
    event::Level,
    ids::{Actor, AgentId, AttemptId, TaskId},
    records::Severity,
};

/// One wish of a policy script: a map `#{action: "...", ...}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case", deny_unknown_fields)]
pub enum Action {
    /// Start an agent on a task: on a pending one to do it, on one in rebuttal to answer, on an escalated one to decide.
    Dispatch {
        /// The task.
        task: TaskId,
        /// The agent.
        agent: AgentId,
    },
    /// Start each agent without a claim; the first to claim has it.
    Offer {
        /// The task.
        task: TaskId,
        /// The agents.
        agents: Vec<AgentId>,
    },
    /// Start a reviewer on a task in review.
    Review {
        /// The task.
        task: TaskId,
        /// The reviewer.
        reviewer: AgentId,
    },
    /// Start an agent to read the comments that mention it.
    Tell {
        /// The task.
        task: TaskId,
        /// The agent.
        agent: AgentId,
    },
    /// Start an agent to answer the oldest question of a guardrail about a task.
    Guard {
        /// The task.
        task: TaskId,
        /// The agent.
        agent: AgentId,
    },
    /// Open a round of discussion about a goal: these agents are asked to speak.
    Discuss {
        /// The goal.
        task: TaskId,
        /// Who is asked.
        agents: Vec<AgentId>,
    },
    /// Ask somebody to sum a round of discussion up, by a decision.
    Summarise {
        /// The goal.
        task: TaskId,
        /// Who is asked.
        agent: AgentId,
    },
    /// Let the mentions of an agent on a task go.
    DropMention {
        /// The task.
        task: TaskId,
        /// The agent.
        agent: AgentId,
        /// Why.
        reason: String,
    },
    /// Let the whole of a task be looked at whose parts are final.
    Submit {
        /// The task.
        task: TaskId,
    },
    /// Let the author answer the review, issue by issue.
    Rebut {
        /// The task.
        task: TaskId,
    },
    /// Done: an accepted review, or an attempt whose result needs none.
    Accept {
        /// The task.
        task: TaskId,
    },
    /// Back to the author with the findings.
    Revise {
        /// The task.
        task: TaskId,
    },
    /// The review goes on: the reviewer looks at the author's answers in a further round.
    NextRound {
        /// The task.
        task: TaskId,
    },
    /// Back to pending, not to be dispatched before so many seconds have passed.
    Requeue {
        /// The task.
        task: TaskId,
        /// How long to wait.
        seconds: i64,
        /// Why.
        reason: String,
        /// False when the task is not to blame (rate limit, interruption).
        #[serde(default = "yes")]
        counts: bool,
    },
    /// Give up.
    Fail {
        /// The task.
        task: TaskId,
        /// Why.
        reason: String,
    },
    /// Wait.
    Block {
        /// The task.
        task: TaskId,
        /// For what.
        reason: String,
    },
    /// Let an agent or a person decide.
    Escalate {
        /// The task.
        task: TaskId,
        /// Who decides; a person when none.
        to: Option<Actor>,
        /// Why.
        reason: String,
    },
    /// Let the coordinator decide, or a person where there is none.
    Arbitrate {
        /// The task.
        task: TaskId,
    },
    /// Ask a person; the task waits for the answer.
    AskHuman {
        /// The task.
        task: TaskId,
        /// The question.
        question: String,
        /// Possible answers.
        #[serde(default)]
        options: Vec<String>,
        /// How long to wait; as the configuration says when none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        timeout_seconds: Option<i64>,
        /// What holds when nobody has answered by then.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        default: Option<String>,
    },
    /// Write an observation.
    Observe {
        /// The task; none when it is about the project.
        task: Option<TaskId>,
        /// How much it matters.
        severity: Severity,
        /// What.
        text: String,
    },
    /// Tell those who watch.
    Notify {
        /// How much it matters.
        level: Level,
        /// What.
        text: String,
    },
    /// Remind an agent that seems stuck.
    Nudge {
        /// The attempt.
        attempt: AttemptId,
        /// What to tell it.
        text: String,
    },
    /// End an attempt's processes.
    Kill {
        /// The attempt.
        attempt: AttemptId,
        /// Why.
        reason: String,
    },
    /// Start nobody who needs this provider for so many seconds.
    Park {
        /// The provider account, or a runner that uses it.
        provider: String,
        /// How long.
        seconds: i64,
        /// Why.
        reason: String,
    },
    /// All is well.
    Healthy,
}

const fn yes() -> bool {
    true
}

impl Action {
    /// The word of the contract.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Dispatch { .. } => "dispatch",
            Self::Offer { .. } => "offer",
            Self::Review { .. } => "review",
            Self::Tell { .. } => "tell",
            Self::Guard { .. } => "guard",
            Self::Discuss { .. } => "discuss",
            Self::Summarise { .. } => "summarise",
            Self::DropMention { .. } => "drop_mention",
            Self::Submit { .. } => "submit",
            Self::Rebut { .. } => "rebut",
            Self::Accept { .. } => "accept",
            Self::Revise { .. } => "revise",
            Self::NextRound { .. } => "next_round",
            Self::Requeue { .. } => "requeue",
            Self::Fail { .. } => "fail",
            Self::Block { .. } => "block",
            Self::Escalate { .. } => "escalate",
            Self::Arbitrate { .. } => "arbitrate",
            Self::AskHuman { .. } => "ask_human",
            Self::Observe { .. } => "observe",
            Self::Notify { .. } => "notify",
            Self::Nudge { .. } => "nudge",
            Self::Kill { .. } => "kill",
            Self::Park { .. } => "park",
            Self::Healthy => "healthy",
        }
    }

    /// The task that it is about, when it is about one.
    pub const fn task(&self) -> Option<TaskId> {
        match self {
            Self::Dispatch { task, .. }
            | Self::Offer { task, .. }
            | Self::Review { task, .. }
            | Self::Tell { task, .. }
            | Self::Guard { task, .. }
            | Self::Discuss { task, .. }
            | Self::Summarise { task, .. }
            | Self::DropMention { task, .. }
            | Self::Submit { task }
            | Self::Rebut { task }
            | Self::Accept { task }
            | Self::Revise { task }
            | Self::NextRound { task }
            | Self::Requeue { task, .. }
            | Self::Fail { task, .. }
            | Self::Block { task, .. }
            | Self::Escalate { task, .. }
            | Self::Arbitrate { task }
            | Self::AskHuman { task, .. } => Some(*task),
            Self::Observe { task, .. } => *task,
            Self::Nudge { attempt, .. } | Self::Kill { attempt, .. } => Some(attempt.task),
            Self::Notify { .. } | Self::Park { .. } | Self::Healthy => None,
        }
    }

    /// Bytes of text in it that people are to read.
    pub fn text_bytes(&self) -> usize {
        match self {
            Self::Requeue { reason, .. }
            | Self::DropMention { reason, .. }
            | Self::Fail { reason, .. }
            | Self::Block { reason, .. }
            | Self::Escalate { reason, .. }
            | Self::Kill { reason, .. }
            | Self::Park { reason, .. } => reason.len(),
            Self::AskHuman { question, options, .. } => question.len() + options.iter().map(String::len).sum::<usize>(),
            Self::Observe { text, .. } | Self::Notify { text, .. } | Self::Nudge { text, .. } => text.len(),
            _ => 0,
        }
    }

    /// In words, for people: `start worker on t-1`.
    pub fn in_words(&self) -> String {
        match self {
            Self::Dispatch { task, agent } => format!("start {agent} on {task}"),
            Self::Offer { task, agents } => format!("offer {task} to {}", listed(agents)),
            Self::Review { task, reviewer } => format!("let {reviewer} review {task}"),
            Self::Tell { task, agent } => format!("tell {agent} that it was mentioned on {task}"),
            Self::Guard { task, agent } => format!("let {agent} answer a guardrail's question about {task}"),
            Self::Discuss { task, agents } => format!("let {} talk about {task}", listed(agents)),
            Self::Summarise { task, agent } => format!("let {agent} sum up what was said about {task}"),
            Self::DropMention { task, agent, reason } => format!("let the mention of {agent} on {task} go: {reason}"),
            Self::Submit { task } => format!("let the whole of {task} be looked at"),
            Self::Rebut { task } => format!("let the author of {task} answer the review"),
            Self::Accept { task } => format!("accept {task}"),
            Self::Revise { task } => format!("send {task} back to its author"),
            Self::NextRound { task } => format!("let {task} go into a further round of review"),
            Self::Requeue { task, seconds, reason, counts } => {
                let counted = if *counts { "" } else { ", without counting a retry" };
                format!("put {task} back for {seconds} s{counted}: {reason}")
            }
            Self::Fail { task, reason } => format!("give {task} up: {reason}"),
            Self::Block { task, reason } => format!("let {task} wait: {reason}"),
            Self::Escalate { task, to, reason } => {
                let to = to.as_ref().map_or_else(|| "a person".to_owned(), ToString::to_string);
                format!("let {to} decide about {task}: {reason}")
            }
            Self::Arbitrate { task } => format!("let the coordinator decide about {task}"),
            Self::AskHuman { task, question, .. } => format!("ask a person about {task}: {question}"),
            Self::Observe { task, text, .. } => match task {
                Some(task) => format!("note about {task}: {text}"),
                None => format!("note: {text}"),
            },
            Self::Notify { level, text } => format!("tell those who watch ({level}): {text}"),
            Self::Nudge { attempt, text } => format!("remind {attempt}: {text}"),
            Self::Kill { attempt, reason } => format!("end {attempt}: {reason}"),
            Self::Park { provider, seconds, reason } => format!("let {provider} rest for {seconds} s: {reason}"),
            Self::Healthy => "all is well".to_owned(),
        }
    }
}

fn listed(agents: &[AgentId]) -> String {
    agents.iter().map(AgentId::as_str).collect::<Vec<_>>().join(", ")
}
