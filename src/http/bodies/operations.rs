//! Projects, attempts, scripts, backups and the inbox.

use poem_openapi::Object;
use serde_json::{Map, Value};

use crate::model::{
    ids::{Actor, AgentId, ProjectId, TaskId},
    key::KeyScope,
};

/// A new project
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct NewProject {
    /// Its id: 1 to 64 of `a-z 0-9 _ -`, with a letter or digit in front.
    pub id: ProjectId,
    /// Name for people; the id when none.
    pub name: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// Who works on it; every configured agent when empty.
    #[oai(default)]
    pub agents: Vec<AgentId>,
}

/// Changes to a project
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct ProjectPatch {
    /// New name for people.
    pub name: String,
    /// Who changes it.
    pub agent: Option<Actor>,
}

/// Ends an attempt
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct Kill {
    /// Who ends it: a person or the coordinator.
    pub agent: Option<Actor>,
    /// Why.
    pub reason: Option<String>,
}

/// The text of a script
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct ScriptText {
    /// The source.
    pub source: String,
    /// Who saves it: a person.
    pub agent: Option<Actor>,
    /// Hash of the source that this one was made from: a save over somebody else's is refused with `conflict`.
    pub base_hash: Option<String>,
}

/// A script to check; the one in force when no source is given
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct ScriptToCheck {
    /// The source.
    pub source: Option<String>,
}

/// A script to try out on the project as it is now
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct ScriptToSimulate {
    /// The source, saved or not; the one in force when none.
    pub source: Option<String>,
}

/// A script of all projects to try out on a project as it is now
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct RootScriptToSimulate {
    /// The source, saved or not; the one in force when none.
    pub source: Option<String>,
    /// The project.
    pub project: ProjectId,
}

/// A script to try out on a past period
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct ScriptToReplay {
    /// The source, saved or not; the one in force when none.
    pub source: Option<String>,
    /// From when: a time, or how long ago (`90m`, `24h`, `7d`).
    pub since: String,
    /// Until when; until now when none.
    pub until: Option<String>,
}

/// A script of all projects to try out on a project's past
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct RootScriptToReplay {
    /// The source, saved or not; the one in force when none.
    pub source: Option<String>,
    /// From when: a time, or how long ago (`90m`, `24h`, `7d`).
    pub since: String,
    /// Until when; until now when none.
    pub until: Option<String>,
    /// The project.
    pub project: ProjectId,
}

/// What to back up
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct NewBackup {
    /// Only this project; every project when none.
    pub project: Option<ProjectId>,
}

/// Where to restore a backup
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct Restore {
    /// The project.
    pub project: ProjectId,
    /// Replace what the project holds now; a safety copy is kept.
    #[oai(default)]
    pub force: bool,
}

/// A line for the inbox
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct InboxLine {
    /// What happened: `task_created`, `task_ready`, `task_completed`, `task_failed`, `comment_added` or `user_action`.
    pub event: String,
    /// The project.
    pub project: Option<ProjectId>,
    /// The task.
    pub task: Option<TaskId>,
    /// Who says so.
    pub agent: Option<Actor>,
    /// When it happened.
    pub at: Option<String>,
    /// The facts; for `task_created` the body of a new task.
    pub data: Option<Value>,
    /// A line with the same id is taken once.
    pub id: Option<String>,
    /// The name that others have for the task, such as `gitea:team/app#12`: a new task gets it, later lines find it.
    pub reference: Option<String>,
    /// The fencing token of the attempt that says so; it stands here, never in `data`.
    pub token: Option<String>,
}

impl InboxLine {
    /// The line as the inbox's file has it, without what was left out.
    pub fn fields(self) -> Map<String, Value> {
        let text = |value: Option<String>| value.map(Value::String);
        let fields = [
            ("event", Some(Value::String(self.event))),
            ("project", text(self.project.map(|project| project.to_string()))),
            ("task", text(self.task.map(|task| task.to_string()))),
            ("agent", text(self.agent.map(|agent| agent.to_string()))),
            ("at", text(self.at)),
            ("data", self.data),
            ("id", text(self.id)),
            ("reference", text(self.reference)),
            ("token", text(self.token)),
        ];
        fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    }
}

/// A channel to try out
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct ChannelTest {
    /// `mail`, `desktop`, or a webhook's name.
    pub channel: String,
    /// The project whose settings name it; the daemon's own when none.
    pub project: Option<ProjectId>,
    /// Who asks: a person.
    pub agent: Option<Actor>,
}

/// Nothing but who asks
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct OnlyAgent {
    /// Who asks: a person.
    pub agent: Option<Actor>,
}

/// A new key to the API
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct NewApiKey {
    /// What it is for.
    pub name: String,
    /// What it is good for.
    pub scope: KeyScope,
    /// Of scope `agent`: who writes with it.
    pub agent: Option<AgentId>,
    /// Of scope `agent`: in which project.
    pub project: Option<ProjectId>,
    /// Of scope `agent`: only on this task.
    pub task: Option<TaskId>,
    /// Days until it ends; it does not when none.
    pub days: Option<u32>,
    /// Who makes it: a person.
    pub by: Option<Actor>,
}

/// How much is to be logged
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct NewLogLevel {
    /// `error`, `warn`, `info`, `debug` or `trace`; what the configuration says when none.
    pub level: Option<String>,
    /// Who changes it: a person.
    pub agent: Option<Actor>,
}

/// Where a backup would be restored
#[derive(Debug, Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct PlanRestore {
    /// The project.
    pub project: ProjectId,
}
