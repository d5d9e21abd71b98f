//! All settings together, and the view that a project has of them.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    incoming::IncomingWebhook,
    project::ProjectSettings,
    sections::{
        Backup, Budget, CheckpointLimits, Daemon, Experience, Gateway, Git, Inbox, Job, Logging, Missed, Notify,
        Overlap, Policy, PromptLimits, Retention, Review, Server,
    },
};

/// The settings of the whole daemon, or of one project after [`Settings::effective`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Rhythm, limits and budgets.
    pub daemon: Daemon,
    /// The file that takes events from outside.
    pub inbox: Inbox,
    /// Reviews and rebuttals.
    pub review: Review,
    /// Lessons.
    pub experience: Experience,
    /// The daemon's log.
    pub logging: Logging,
    /// HTTP.
    pub server: Server,
    /// Limits of policy scripts.
    pub policy: Policy,
    /// Copies of everything.
    pub backup: Backup,
    /// Version control of the root.
    pub git: Git,
    /// The OpenClaw Gateway.
    pub gateway: Gateway,
    /// What runs by the clock; a list here replaces the whole list of the layer below.
    pub jobs: Vec<Job>,
    /// Questions to people.
    pub checkpoint: CheckpointLimits,
    /// How much a prompt says.
    pub prompt: PromptLimits,
    /// Channels out.
    pub notify: Notify,
    /// Webhooks in.
    pub webhooks: Vec<IncomingWebhook>,
    /// How long things are kept.
    pub retention: Retention,
    /// Ceilings for tokens and money.
    pub budget: Budget,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            daemon: Daemon::default(),
            inbox: Inbox::default(),
            review: Review::default(),
            experience: Experience::default(),
            logging: Logging::default(),
            server: Server::default(),
            policy: Policy::default(),
            backup: Backup::default(),
            git: Git::default(),
            gateway: Gateway::default(),
            jobs: shipped_jobs(),
            checkpoint: CheckpointLimits::default(),
            prompt: PromptLimits::default(),
            notify: Notify::default(),
            webhooks: Vec::new(),
            retention: Retention::default(),
            budget: Budget::default(),
        }
    }
}

impl Settings {
    /// The settings as they hold for a project: its own where it sets one, and the smaller of the two caps.
    #[must_use]
    pub fn effective(&self, project: &ProjectSettings) -> Self {
        let mut settings = self.clone();
        project.daemon.apply(&mut settings.daemon);
        project.review.apply(&mut settings.review);
        project.experience.apply(&mut settings.experience);
        project.retention.apply(&mut settings.retention);
        project.checkpoint.apply(&mut settings.checkpoint);
        project.prompt.apply(&mut settings.prompt);
        project.notify.apply(&mut settings.notify);
        project.budget.apply(&mut settings.budget);
        if let Some(cap) = project.max_global_agents {
            settings.daemon.max_global_agents = settings.daemon.max_global_agents.min(cap);
        }
        settings
    }
}

/// The jobs that run when nothing is configured.
fn shipped_jobs() -> Vec<Job> {
    let job = |name: &str, cron: &str, timeout_seconds: u64, args: serde_json::Value| Job {
        name: name.to_owned(),
        cron: cron.to_owned(),
        timezone: "UTC".to_owned(),
        script: None,
        enabled: true,
        overlap: Overlap::Skip,
        timeout_seconds,
        jitter_seconds: 0,
        missed: Missed::Latest,
        args: args.as_object().cloned().unwrap_or_default(),
    };
    vec![
        job("backup", "0 * * * *", 1800, json!({"hourly": 24, "daily": 7, "weekly": 4})),
        job("retention", "30 3 * * *", 1800, json!({})),
        job("daily_report", "0 8 * * *", 600, json!({})),
        job("skill_upkeep", "0 4 * * *", 600, json!({})),
        job("git_push", "15 * * * *", 600, json!({})),
        job("restore_drill", "45 4 * * 7", 1800, json!({})),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_those_of_the_original_design() {
        let settings = Settings::default();
        let daemon = serde_json::to_value(&settings.daemon).unwrap();
        assert_eq!(
            daemon,
            json!({"tick_interval": 30, "task_timeout": 600, "claim_timeout": 300, "kill_grace": 10,
                "max_global_agents": 5, "max_per_agent": 1, "max_retries": 3, "max_dispatches": 10,
                "zombie_threshold": 20, "disk_reserve": "64MB"})
        );
        assert_eq!(settings.review.confidence_threshold, 0.7);
        assert_eq!(settings.logging.max_file_size.to_string(), "10MB");
        assert_eq!(settings.server.bind.to_string(), "127.0.0.1:8083");
    }

    #[test]
    fn a_project_overrides_what_it_may_and_the_smaller_cap_counts() {
        let project: ProjectSettings = serde_json::from_value(json!({
            "max_global_agents": 9, "review": {"confidence_threshold": 0.9}, "daemon": {"task_timeout": 1.5}
        }))
        .unwrap();
        let mut global = Settings::default();
        let view = global.effective(&project);
        assert_eq!(view.daemon.max_global_agents, 5);
        assert_eq!(view.daemon.task_timeout, 1.5);
        assert_eq!(view.review.confidence_threshold, 0.9);
        assert_eq!(view.review.default_max_rounds, 3);
        global.daemon.max_global_agents = 12;
        assert_eq!(global.effective(&project).daemon.max_global_agents, 9);
    }
}
