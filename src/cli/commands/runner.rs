//! `runner`: the process of an attempt whose agent works in the OpenClaw Gateway. Started by the daemon, never by people.

use std::{io::Write, path::PathBuf};

use clap::{Args, Subcommand};

use crate::{
    agent::gateway::{Gateway, TOKEN_VARIABLE, Told, subagent::Subagent, turn::Turn},
    cli::failure::{Exit, Failure},
    config::Environment,
    process::signals,
};

/// Arguments of `runner`.
#[derive(Debug, Args)]
pub struct Runner {
    /// Address of the gateway
    #[arg(long, value_name = "URL")]
    pub url: String,
    /// The agent's id in OpenClaw
    // A name of its own: `agent` is the global option that says who acts.
    #[arg(id = "openclaw_agent", long = "openclaw-agent", value_name = "ID")]
    pub agent: String,
    /// How long it may take
    #[arg(long, value_name = "SECONDS")]
    pub timeout: u64,
    /// The file with the prompt
    #[arg(long, value_name = "PATH")]
    pub prompt: PathBuf,
    /// The attempt's folder
    #[arg(long, value_name = "PATH")]
    pub folder: PathBuf,
    /// Which way it goes
    #[command(subcommand)]
    pub way: Way,
}

/// The two ways.
#[derive(Debug, Subcommand)]
pub enum Way {
    /// One turn of `openclaw agent`
    Turn {
        /// UUID of the session
        #[arg(long, value_name = "UUID")]
        session: String,
        /// The program and its first arguments
        #[arg(last = true, required = true)]
        program: Vec<String>,
    },
    /// An agent inside the gateway
    Subagent {
        /// UUID of the session
        #[arg(long, value_name = "UUID")]
        session: String,
        /// Key of the session in whose name it is spawned
        #[arg(long, value_name = "KEY")]
        requester: String,
        /// A name for people
        #[arg(long)]
        label: String,
    },
}

impl Runner {
    /// Runs it, says how it went, and ends with a code that fits.
    pub async fn run(self, environment: &Environment) -> Result<Exit, Failure> {
        // From here on a signal is an answer and not the end.
        let stop = signals::shutdown();
        let token = environment.get(TOKEN_VARIABLE).map(ToOwned::to_owned);
        let told = match Gateway::new(&self.url, token) {
            Ok(gateway) => self.through(&gateway, stop).await,
            Err(error) => Told::from(error),
        };
        // On standard output, where the daemon reads it; whatever was printed before may lack the end of its line.
        writeln!(std::io::stdout().lock(), "\n{}", told.line())?;
        Ok(match told.code {
            0 => Exit::Done,
            5 => Exit::Unreachable,
            143 => Exit::Terminated,
            _ => Exit::Failed,
        })
    }

    async fn through(self, gateway: &Gateway, stop: impl Future<Output = &'static str>) -> Told {
        let Self { agent, timeout: timeout_seconds, prompt: prompt_file, folder, way, .. } = self;
        let told = match way {
            Way::Turn { session, program } => {
                Turn { program, agent, session, timeout_seconds, prompt_file, folder }.run(gateway, stop).await
            }
            Way::Subagent { session, requester, label } => {
                Subagent { agent, session, requester, label, timeout_seconds, prompt_file, folder }
                    .run(gateway, stop)
                    .await
            }
        };
        told.unwrap_or_else(Told::from)
    }
}
