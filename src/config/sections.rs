//! The sections of the settings: every key with its meaning, unit and default.
//!
//! `config/default.yaml` in the repository repeats the defaults for people; a test holds the two together.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    channels::{Smtp, Webhook},
    environment::Environment,
    targets::BackupTarget,
    values::{ByteSize, LogLevel, whole},
};
use crate::model::words::words;

/// Declares a section: each key with its doc, type and default in one place.
macro_rules! section {
    ($(#[$doc:meta])* $name:ident { $($(#[$key_doc:meta])* $key:ident: $type:ty = $default:expr,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct $name {
            $($(#[$key_doc])* pub $key: $type,)+
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $($key: $default,)+ }
            }
        }
    };
}

section!(
    /// The daemon's rhythm, limits and budgets.
    Daemon {
        /// Seconds between two ticks; changes cause a tick at once anyway.
        #[serde(serialize_with = "whole")]
        tick_interval: f64 = 30.0,
        /// Seconds that an attempt may run.
        #[serde(serialize_with = "whole")]
        task_timeout: f64 = 600.0,
        /// Seconds that a claim may wait for the work to start.
        #[serde(serialize_with = "whole")]
        claim_timeout: f64 = 300.0,
        /// Seconds between the polite and the final signal when an agent is stopped.
        #[serde(serialize_with = "whole")]
        kill_grace: f64 = 10.0,
        /// Agent processes at once over all projects; 0 dispatches nobody.
        max_global_agents: u32 = 5,
        /// Processes at once of one agent, where its profile sets nothing.
        max_per_agent: u32 = 1,
        /// Times that a task is tried again after an attempt died.
        max_retries: u32 = 3,
        /// Dispatches of one task before the runaway guard fails it.
        max_dispatches: u32 = 10,
        /// Ticks in a row without any change in a busy project before one alarm is raised.
        zombie_threshold: u32 = 20,
        /// Free space of the root's disk below which nobody is started; everything else goes on.
        disk_reserve: ByteSize = ByteSize(64_000_000),
    }
);

section!(
    /// The file that takes events from outside.
    Inbox {
        /// The file; a relative path is below the root. A change needs a restart.
        path: PathBuf = PathBuf::from("inbox/daemon.jsonl"),
        /// Seconds between two looks at the file, where the system reports no change.
        #[serde(serialize_with = "whole")]
        watch_interval: f64 = 1.0,
        /// Bytes after which the consumed file is rotated away.
        max_size_bytes: u64 = 1_048_576,
    }
);

section!(
    /// Reviews and rebuttals.
    Review {
        /// Rounds of review before the coordinator decides.
        default_max_rounds: u32 = 3,
        /// The same for protocols of mode `debate`.
        debate_max_rounds: u32 = 5,
        /// A verdict with less confidence than this (over 0, at most 1) goes to the coordinator.
        confidence_threshold: f64 = 0.7,
        /// Reviews of one reviewer in one round that may be unreadable before another reviewer is asked.
        max_unreadable: u32 = 3,
        /// Attempts to review, answer and decide that one task may cost before a person is asked.
        max_attempts: u32 = 20,
        /// Tokens that these attempts may use together; no limit when none.
        max_tokens: Option<u64> = None,
    }
);

section!(
    /// Lessons and what becomes of them.
    Experience {
        /// Lessons of one tag that start a distillation.
        distill_threshold: u32 = 5,
        /// Days without a reference before a lesson is deprecated.
        expire_days: u32 = 30,
    }
);

section!(
    /// The daemon's own log.
    Logging {
        /// How much is logged.
        level: LogLevel = LogLevel::Info,
        /// Size at which the log file is rotated.
        max_file_size: ByteSize = ByteSize(10_000_000),
        /// Rotated log files that are kept.
        max_files: u32 = 5,
        /// How lines look. A change needs a restart.
        format: LogFormat = LogFormat::Pretty,
        /// Warnings and errors from one place of the program in a minute; further ones are counted. 0 for any number.
        repeats_per_minute: u32 = 60,
    }
);

section!(
    /// HTTP. A change of `bind`, `api_key_file` or `api_key_env` needs a restart.
    Server {
        /// Address and port; any address but loopback requires an API key.
        bind: SocketAddr = SocketAddr::new(Ipv4Addr::LOCALHOST.into(), 8083),
        /// File that holds the API key; a relative path is below the root. `run/api_key` where one is needed and none named.
        api_key_file: Option<PathBuf> = None,
        /// Environment variable that holds the API key.
        api_key_env: Option<String> = None,
        /// Host names under which the server may be called, besides its own addresses and `localhost`.
        allowed_hosts: Vec<String> = Vec::new(),
        /// Requests in a second from one address that is not this machine's; 0 for any number.
        rate_limit: u32 = 50,
        /// Connections at the same time; further ones wait. A change needs a restart.
        max_connections: u32 = 1024,
        /// Live streams (server-sent events) at the same time; further ones are refused. A change needs a restart.
        max_streams: u32 = 256,
        /// Folder with another build of the dashboard; the embedded one when none.
        assets_dir: Option<PathBuf> = None,
    }
);

section!(
    /// Limits of one call into a policy script.
    Policy {
        /// Milliseconds of wall-clock time.
        deadline_ms: u64 = 500,
        /// Operations of the script engine.
        max_operations: u64 = 5_000_000,
    }
);

section!(
    /// Copies of everything.
    Backup {
        /// Further places for them.
        targets: Vec<BackupTarget> = Vec::new(),
        /// Hours after which an old newest copy is an alarm; 0 for none.
        alarm_hours: u32 = 26,
    }
);

section!(
    /// Version control of the root folder, when it is a git work tree.
    Git {
        /// Commits each change that moziplus makes to the registry, `config/` or `skills/`.
        auto_commit: bool = true,
        /// Where the job `git_push` pushes to.
        remotes: Vec<GitRemote> = Vec::new(),
    }
);

/// A git remote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GitRemote {
    /// Its name, as in `git remote`.
    pub name: String,
    /// Its address.
    pub url: String,
}

section!(
    /// The OpenClaw Gateway.
    Gateway {
        /// Its address.
        url: String = "http://127.0.0.1:18789".to_owned(),
        /// Environment variable that holds its token; `OPENCLAW_GATEWAY_TOKEN` when none.
        token_env: Option<String> = None,
        /// The agent of OpenClaw in whose name sub-agents are spawned; its `subagents.allowAgents` must have them.
        owner: String = "main".to_owned(),
    }
);

impl Gateway {
    /// The gateway's token, where there is one.
    pub fn token<'a>(&self, environment: &'a Environment) -> Option<&'a str> {
        environment.get(self.token_env.as_deref().unwrap_or("OPENCLAW_GATEWAY_TOKEN"))
    }
}

section!(
    /// Channels that events go out by; `notify.rhai` decides which event takes which.
    Notify {
        /// Seconds over which routine events are gathered into one delivery.
        batch_seconds: u64 = 300,
        /// HTTP receivers.
        webhooks: Vec<Webhook> = Vec::new(),
        /// Mail server and addresses; no mail when none.
        mail: Option<Smtp> = None,
        /// Program and arguments that show a message on the desktop; title and text are appended. None when empty.
        desktop: Vec<String> = Vec::new(),
        /// Times that a delivery is tried before it is given up.
        max_attempts: u32 = 8,
        /// Internal addresses that webhooks may reach: host names, addresses, networks such as `10.0.0.0/8`.
        allowed_addresses: Vec<String> = Vec::new(),
    }
);

words!(
    /// What holds for a task that waits for a person's decision when nobody decides in time.
    DecisionDefault, "decision" {
        /// What the coordinator said it would do; the question waits on where it said nothing.
        Proposed = "proposed",
        /// It is done again.
        Pending = "pending",
        /// Another reviewer looks.
        Review = "review",
        /// It is good as it is.
        Done = "done",
        /// It is given up.
        Failed = "failed",
        /// It is called off.
        Cancelled = "cancelled",
    }
);

impl DecisionDefault {
    /// The answer that holds, of what was proposed where something was.
    pub fn answer(self, proposed: Option<&str>) -> Option<String> {
        match self {
            Self::Proposed => proposed.map(ToOwned::to_owned),
            status => Some(status.as_str().to_owned()),
        }
    }
}

section!(
    /// Questions to people.
    CheckpointLimits {
        /// What holds for an escalated task about which nobody decides in time; it waits on when none.
        decision: Option<DecisionDefault> = None,
        /// Seconds until the time of a question is over that has none of its own; it waits for ever when none.
        timeout_seconds: Option<i64> = None,
    }
);

section!(
    /// How much a prompt says, in tokens: four bytes of ASCII are about one, and so is a character of another script.
    #[derive(Copy, Eq)]
    PromptLimits {
        /// The message that an agent is started with.
        message_tokens: usize = 8000,
        /// Of these, what skills and lessons may take.
        knowledge_tokens: usize = 1500,
        /// One answer of `agent prompt --section`.
        demand_tokens: usize = 8000,
        /// All files beside one prompt.
        file_tokens: usize = 60_000,
    }
);

section!(
    /// How long things are kept, in days; the job `retention` removes what is older.
    Retention {
        /// Archived attempts (prompt, log, transcript) of finished tasks.
        session_days: u32 = 30,
        /// Recorded decisions of policy scripts.
        decision_days: u32 = 14,
        /// Recorded snapshots, which `script replay` runs on.
        snapshot_days: u32 = 7,
        /// Runs of jobs.
        job_days: u32 = 30,
        /// Deliveries to channels, sent or given up.
        delivery_days: u32 = 30,
        /// Late writes (dead letters): since they were settled; those that nobody settled, once their task is over.
        dead_letter_days: u32 = 30,
        /// Events of finished tasks, and of no task; 0 keeps them for good.
        event_days: u32 = 180,
        /// All files of tasks that were finished so long ago and that no open task builds on; 0 keeps them for good.
        artifact_days: u32 = 365,
    }
);

section!(
    /// Ceilings for tokens and money; no ceiling where none is set.
    Budget {
        /// Tokens of one attempt.
        attempt_tokens: Option<u64> = None,
        /// Tokens of all attempts of a task.
        task_tokens: Option<u64> = None,
        /// Tokens of a project.
        project_tokens: Option<u64> = None,
        /// Tokens of a project in one day (UTC).
        day_tokens: Option<u64> = None,
        /// Cost of one attempt, in micro-units of the currency.
        attempt_cost: Option<u64> = None,
        /// Cost of all attempts of a task, in micro-units.
        task_cost: Option<u64> = None,
        /// Cost of a project, in micro-units.
        project_cost: Option<u64> = None,
        /// Cost of a project in one day (UTC), in micro-units.
        day_cost: Option<u64> = None,
    }
);

words!(
    /// How lines of the log look.
    LogFormat, "log format" {
        /// For people.
        Pretty = "pretty",
        /// One JSON object a line, for programs.
        Json = "json",
    }
);

words!(
    /// What happens when a job is due while it still runs.
    Overlap, "overlap policy" {
        /// This time is left out, and the history says so.
        Skip = "skip",
        /// It runs once more as soon as the running one has ended.
        Queue = "queue",
    }
);

words!(
    /// What happens with times that passed while the daemon was down.
    Missed, "missed-run policy" {
        /// It runs once, for the latest of them.
        Latest = "latest",
        /// It runs for each of them (at most 100).
        All = "all",
        /// They are left out.
        None = "none",
    }
);

/// A job that runs by the clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Its name: `a-z 0-9 _ -`.
    pub name: String,
    /// When it is due: five fields, or six with seconds in front.
    pub cron: String,
    /// Time zone of `cron`, such as `Asia/Shanghai`.
    #[serde(default = "utc")]
    pub timezone: String,
    /// Script without `.rhai`, looked for in `scripts/jobs/` of the root and then built in; the job's name when none.
    #[serde(default)]
    pub script: Option<String>,
    /// False keeps it from running by the clock; it can still be run by hand.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// What happens when it is due while it still runs.
    #[serde(default = "skip")]
    pub overlap: Overlap,
    /// Seconds that a run may take.
    #[serde(default = "ten_minutes")]
    pub timeout_seconds: u64,
    /// The start is put off by a random time up to this many seconds.
    #[serde(default)]
    pub jitter_seconds: u64,
    /// What happens with times that passed while the daemon was down.
    #[serde(default = "latest")]
    pub missed: Missed,
    /// Handed to the script as `job.args`.
    #[serde(default)]
    pub args: Map<String, Value>,
}

impl Job {
    /// The script's name without `.rhai`.
    pub fn script(&self) -> &str {
        self.script.as_deref().unwrap_or(&self.name)
    }
}

fn utc() -> String {
    "UTC".to_owned()
}
const fn yes() -> bool {
    true
}
const fn skip() -> Overlap {
    Overlap::Skip
}
const fn latest() -> Missed {
    Missed::Latest
}
const fn ten_minutes() -> u64 {
    600
}
