//! `serve`: the daemon, in this process.

use std::{net::SocketAddr, sync::Arc};

use anyhow::Context;
use clap::Args;

use crate::{
    cli::{
        defaults::Defaults,
        failure::{Exit, Failure},
    },
    clock::SystemClock,
    config::{Environment, Flag, Sources},
    daemon::{self, Options},
    process::signals,
};

/// Arguments of `serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// Where to listen [default: server.bind of the configuration, 127.0.0.1:8083]
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub bind: Option<SocketAddr>,
}

impl Serve {
    /// Runs the daemon until it is told to stop.
    pub fn run(self, defaults: Defaults) -> Result<Exit, Failure> {
        let bind =
            self.bind.map(|bind| Flag { name: "--bind".into(), key: "server.bind".into(), value: bind.to_string() });
        let options = Options {
            root: defaults.root,
            sources: Sources { environment: Environment::of_process(), flags: bind.into_iter().collect() },
            clock: Arc::new(SystemClock),
            program: std::env::current_exe().context("the path of this program is unknown")?,
            with_log: true,
        };
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(async { daemon::run(options, signals::shutdown()).await })?;
        Ok(Exit::Done)
    }
}
