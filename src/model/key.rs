//! API keys: who may do what over HTTP.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    ids::{AgentId, ProjectId, TaskId},
    words::words,
};

words!(
    /// What a key is good for.
    KeyScope, "key scope" {
        /// Everything that a person may do.
        Human = "human",
        /// Reading only.
        ReadOnly = "read_only",
        /// Reading a project, and writing as one agent on its tasks.
        Agent = "agent",
    }
);

/// A key that is to be made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewKey {
    /// What it is for, for people.
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
}

/// A key, without its secret, which nobody has but its holder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ApiKey {
    /// Counts up.
    pub id: i64,
    /// What it is for.
    pub name: String,
    /// What it is good for.
    pub scope: KeyScope,
    /// Who writes with it.
    pub agent: Option<AgentId>,
    /// In which project.
    pub project: Option<ProjectId>,
    /// Only on this task.
    pub task: Option<TaskId>,
    /// How the secret begins, so that people can tell keys apart.
    pub prefix: String,
    /// Who made it.
    pub created_by: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<DateTime<Utc>>,
}

impl ApiKey {
    /// True while it opens anything.
    pub fn is_valid(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|at| at > now)
    }

    /// Whether it opens this request.
    pub fn permits(&self, is_read: bool, path: &str) -> bool {
        match self.scope {
            KeyScope::Human => true,
            // Who holds which keys is nobody's business but people's.
            _ if path.starts_with("/api/keys") => false,
            KeyScope::ReadOnly => is_read,
            KeyScope::Agent => self.permits_agent(is_read, path),
        }
    }

    fn permits_agent(&self, is_read: bool, path: &str) -> bool {
        if is_read && matches!(path, "/api/openapi.json" | "/api/openapi.yaml") {
            return true;
        }
        let Some(project) = &self.project else { return false };
        let Some(rest) = path.strip_prefix("/api/projects/").and_then(|rest| rest.strip_prefix(project.as_str()))
        else {
            return false;
        };
        if !rest.is_empty() && !rest.starts_with('/') || rest.split('/').any(|part| part == "..") {
            return false;
        }
        if is_read {
            return true;
        }
        match (&self.task, rest.strip_prefix("/tasks/")) {
            (Some(task), Some(below)) => {
                below.split('/').next() == Some(task.to_string().as_str()) && below.contains('/')
            }
            (None, Some(_)) => true,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(scope: KeyScope, task: Option<i64>) -> ApiKey {
        ApiKey {
            id: 1,
            name: "k".into(),
            scope,
            agent: None,
            project: Some(ProjectId::parse("sales").unwrap()),
            task: task.map(TaskId),
            prefix: "mzp_a".into(),
            created_by: "human".into(),
            created_at: DateTime::UNIX_EPOCH,
            expires_at: None,
            revoked_at: None,
            last_used_at: None,
        }
    }

    #[test]
    fn a_key_opens_what_its_scope_says() {
        let read_only = key(KeyScope::ReadOnly, None);
        assert!(read_only.permits(true, "/api/events") && !read_only.permits(false, "/api/projects"));
        assert!(!read_only.permits(true, "/api/keys"));
        let agent = key(KeyScope::Agent, Some(3));
        for (is_read, path, expected) in [
            (true, "/api/projects/sales/tasks", true),
            (true, "/api/projects/sales", true),
            (true, "/api/projects/sales2/tasks", false),
            (true, "/api/projects/sales/../hr/tasks", false),
            (true, "/api/config", false),
            (false, "/api/projects/sales/tasks/t-3/outputs", true),
            (false, "/api/projects/sales/tasks/t-33/outputs", false),
            (false, "/api/projects/sales/tasks/t-3", false),
            (false, "/api/projects/sales/tasks", false),
            (false, "/api/projects/sales/archive", false),
            (false, "/api/inbox", false),
        ] {
            assert_eq!(agent.permits(is_read, path), expected, "{is_read} {path}");
        }
        assert!(key(KeyScope::Agent, None).permits(false, "/api/projects/sales/tasks/t-9/claim"));
        assert!(key(KeyScope::Human, None).permits(false, "/api/keys"));
    }

    #[test]
    fn a_key_ends() {
        let now = DateTime::UNIX_EPOCH;
        assert!(key(KeyScope::Human, None).is_valid(now));
        assert!(!ApiKey { expires_at: Some(now), ..key(KeyScope::Human, None) }.is_valid(now));
        assert!(!ApiKey { revoked_at: Some(now), ..key(KeyScope::Human, None) }.is_valid(now));
    }
}
