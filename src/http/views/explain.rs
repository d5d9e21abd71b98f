//! Why a task is where it is, and which decisions of policy brought it there.

use poem_openapi::Object;
use serde_json::Value;

use super::{View, view};
use crate::{
    app::explain,
    http::schema::{Nullable, Time},
    model::{
        ids::{AgentId, ProjectId, TaskId},
        status::Status,
    },
    policy::parts,
};

/// One reason why a task is where it is
#[derive(Debug, Clone, Object)]
pub struct WaitReason {
    /// `dependency`, `part`, `time`, `slot`, `parked`, `agent`, `person`, `decision`, `review`, `working`, `guardrail`,
    /// `planned`, `refused`, `plan`, `script`, `ticker`, `paused`, `attempt` (how the last one ended, and what to do about
    /// it) or `final`.
    pub code: String,
    /// In words.
    pub text: String,
    /// The task that it waits for; null when it waits for none.
    pub task: Nullable<TaskId>,
    /// The agent that it is about; null when it is about none.
    pub agent: Nullable<AgentId>,
    /// Until when; null when that is not known.
    pub until: Nullable<Time>,
}

impl View for WaitReason {
    type Model = explain::Reason;
    fn of(model: explain::Reason) -> Self {
        let (code, text) = (model.code.to_owned(), model.text);
        Self { code, text, task: Nullable(model.task), agent: Nullable(model.agent), until: View::of(model.until) }
    }
}

view!(
    /// What became of one wish of a script
    DecisionOutcome of explain::Outcome {
        /// The action's name; `none` when the plan left the task waiting, `violation` for a rule that it broke, `fault` for
        /// a script that failed.
        action: String,
        /// What was asked for, in words.
        text: String,
        /// `done`, `next` (somebody is started as soon as there is a slot), `refused`, `none`, or `failed`.
        result: String,
        /// Why the core refused it, or why nothing was done; null otherwise.
        reason: Nullable<String>,
        /// As the script gave it.
        value: Value,
    }
);

view!(
    /// A script file that had a part in a decision
    DecidingFile of parts::DecidingFile {
        /// The file.
        file: String,
        /// SHA-256 of its source.
        hash: String,
        /// Its functions and constants that the hook reaches.
        names: Vec<String>,
    }
);

view!(
    /// A decision of policy that concerned a task
    PolicyDecision of explain::Explained {
        /// Counts up within the project.
        id: i64,
        /// When.
        at: Time,
        /// The function that was asked.
        hook: String,
        /// The file that holds the function.
        script: String,
        /// The files that had a part in the answer, that one first; empty for decisions of older versions.
        files: Vec<DecidingFile>,
        /// Hash of the set of scripts that answered.
        script_hash: String,
        /// SHA-256 of what the function was given.
        inputs_digest: String,
        /// The facts that explain it, in short; null for decisions of older versions.
        facts: Nullable<Value>,
        /// What it asked for, and what became of it.
        outcomes: Vec<DecisionOutcome>,
        /// All of it in a line.
        text: String,
    }
);

view!(
    /// Why a task is where it is
    Explanation of explain::Explanation {
        /// The project.
        project: ProjectId,
        /// The task.
        task: TaskId,
        /// Where it stands.
        status: Status,
        /// When this was found out.
        at: Time,
        /// All reasons in a line.
        summary: String,
        /// What it waits for, and what goes on.
        reasons: Vec<WaitReason>,
        /// The decisions that concerned it, newest first.
        decisions: Vec<PolicyDecision>,
    }
);
