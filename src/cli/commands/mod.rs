//! One file per command, or per group of commands.

pub mod agent;
pub mod backup;
pub mod blackboard;
pub mod checkpoint;
pub mod completions;
pub mod daemon;
pub mod dead_letter;
pub mod doctor;
pub mod experience;
pub mod init;
pub mod job;
pub mod key;
pub mod mail;
pub mod mcp;
pub mod notify;
pub mod openapi;
pub mod project;
pub mod runner;
pub mod schema;
pub mod script;
pub mod search;
pub mod serve;
pub mod service;
pub mod skill;
pub mod status;
pub mod supervise;
pub mod support;
pub mod task;
pub mod template;
pub mod usage;

use std::future::Future;

use clap::Subcommand;

use super::{
    defaults::Defaults,
    failure::{Exit, Failure},
    render::Out,
    session::Session,
};
use crate::config::Environment;

/// Every command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create a root folder, or what is missing in it
    Init(init::Init),
    /// Run the daemon: API, dashboard, ticker, jobs
    Serve(serve::Serve),
    /// Let the system start the daemon (systemd, launchd)
    #[command(subcommand)]
    Service(service::Service),
    /// Look at the daemon, or act on its ticker
    #[command(subcommand)]
    Daemon(daemon::Daemon),
    /// Show what runs, what waits, and what needs you
    Status(status::Status),
    /// Look at everything that moziplus needs
    Doctor(doctor::Doctor),
    /// Collect what somebody needs who helps, without secrets
    SupportBundle(support::SupportBundle),
    /// Print the API's OpenAPI document
    Openapi(openapi::Openapi),
    /// Offer the verbs of the blackboard as tools, on standard input and output (MCP)
    Mcp(mcp::Mcp),
    /// Print a completion script for a shell
    Completions(completions::Completions),
    /// Create, list, show, archive and restore projects
    #[command(subcommand)]
    Project(project::Project),
    /// Work on tasks: the verbs of agents and people
    #[command(subcommand, visible_alias = "bb")]
    Blackboard(blackboard::Blackboard),
    /// Write all tasks of a project as lines of JSON, and read them again
    #[command(subcommand)]
    Task(task::Task),
    /// Look at agents, their sessions and logs
    #[command(subcommand)]
    Agent(agent::Agent),
    /// Show what was spent, and on what
    Usage(usage::Usage),
    /// Look at policy scripts; write, check, test, simulate and replay them
    #[command(subcommand)]
    Script(script::Script),
    /// Look at prompt templates; override and check them
    #[command(subcommand)]
    Template(template::Template),
    /// Look at what each record must be like; ask for more, and check files
    #[command(subcommand)]
    Schema(schema::Schema),
    /// Look at skills; write, approve, roll back, import and export them
    #[command(subcommand)]
    Skill(skill::Skill),
    /// Look at lessons, confirm them and take them back
    #[command(subcommand)]
    Experience(experience::Experience),
    /// Find tasks, comments, outputs, lessons and skills by their words
    Search(search::Search),
    /// Write to agents and people, and read what came
    #[command(subcommand)]
    Mail(mail::MailCommand),
    /// Look at questions that wait for a person, and answer them
    #[command(subcommand)]
    Checkpoint(checkpoint::CheckpointCommand),
    /// Look at late writes that were kept; apply them or put them aside
    #[command(subcommand)]
    DeadLetter(dead_letter::DeadLetterCommand),
    /// Look at cron jobs and run them
    #[command(subcommand)]
    Job(job::Job),
    /// Make, list, change and end keys to the API
    #[command(subcommand)]
    Key(key::Key),
    /// Try out channels, and see what went out by them
    #[command(subcommand)]
    Notify(self::notify::Notify),
    /// Make, check and restore backups
    #[command(subcommand)]
    Backup(backup::Backup),
    /// Run an attempt whose agent works in the OpenClaw Gateway (the daemon starts this by itself)
    #[command(hide = true)]
    Runner(runner::Runner),
    /// Own the processes of this root's agents (the daemon starts this by itself)
    #[command(hide = true)]
    Supervise(supervise::Supervise),
}

impl Command {
    /// Runs the command; what it prints goes to `out`.
    pub fn run(self, defaults: Defaults, out: Out) -> Result<Exit, Failure> {
        match self {
            Self::Completions(command) => command.run(&out),
            Self::Runner(command) => block_on(async { command.run(&Environment::of_process()).await }),
            Self::Supervise(command) => Ok(command.run(&defaults.root)),
            Self::Openapi(command) => command.run(&out),
            Self::Serve(command) => command.run(defaults),
            Self::Template(command) => command.run(&defaults, &out),
            Self::Schema(command) => command.run(&defaults, &out),
            Self::Init(command) => block_on(command.run(defaults, out)),
            Self::Service(command) => block_on(command.run(defaults, out)),
            Self::Doctor(command) => block_on(command.run(defaults, out)),
            Self::Daemon(command) => block_on(async {
                let session = Session::open_daemon(defaults, out).await?;
                command.run(&session).await
            }),
            Self::Mcp(command) => block_on(async {
                let session = Session::open_daemon(defaults, out).await?;
                command.run(session).await
            }),
            Self::Status(command) => with_session(defaults, out, async |session| command.run(session).await),
            Self::Project(command) => with_session(defaults, out, async |session| command.run(session).await),
            Self::Blackboard(command) => with_session(defaults, out, async |session| command.run(session).await),
            Self::Usage(command) => with_session(defaults, out, async |session| command.run(session).await),
            Self::SupportBundle(command) => with_session(defaults, out, async |session| command.run(session).await),
            Self::Task(command) => with_session(defaults, out, async |session| command.run(session).await),
            Self::Agent(command) => with_session(defaults, out, async |session| command.run(session).await),
            Self::Script(command) => match command.run_local(&defaults, &out)? {
                Ok(exit) => Ok(exit),
                Err(command) => with_session(defaults, out, async |session| command.run(session).await),
            },
            Self::Skill(command) => with_session(defaults, out, async |session| command.run(session).await),
            Self::Experience(command) => with_session(defaults, out, async |session| command.run(session).await),
            Self::Search(command) => with_session(defaults, out, async |session| command.run(session).await),
            Self::Mail(command) => with_session(defaults, out, async |session| command.run(session).await),
            Self::Checkpoint(command) => with_session(defaults, out, async |session| command.run(session).await),
            Self::DeadLetter(command) => with_session(defaults, out, async |session| command.run(session).await),
            Self::Job(command) => with_session(defaults, out, async |session| command.run(session).await),
            Self::Key(command) => with_session(defaults, out, async |session| command.run(session).await),
            Self::Notify(command) => with_session(defaults, out, async |session| command.run(session).await),
            Self::Backup(command) => match command.whole_restore() {
                Ok(restore) => block_on(restore.run_whole(defaults, out)),
                Err(command) => with_session(defaults, out, async |session| command.run(session).await),
            },
        }
    }
}

/// Runs a command that needs the API, on a runtime of this one thread.
fn with_session(
    defaults: Defaults,
    out: Out,
    command: impl AsyncFnOnce(&Session) -> Result<Exit, Failure>,
) -> Result<Exit, Failure> {
    block_on(async {
        let session = Session::open(defaults, out).await?;
        let result = command(&session).await;
        session.close();
        result
    })
}

fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
}
