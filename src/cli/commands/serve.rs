//! `serve`: the daemon, in this process.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context;
use clap::Args;

use crate::{
    cli::{
        defaults::Defaults,
        failure::{Exit, Failure},
    },
    clock::SystemClock,
    config::{Environment, Flag, Sources},
    daemon::{self, Options, lock::LockError},
    process::signals,
};

/// How long threads may take to end once everything is stopped.
const LAST_THREADS: Duration = Duration::from_secs(2);

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
        let ended = runtime.block_on(async { daemon::run(options, signals::shutdown()).await });
        // A thread that a hung share holds would keep the process from ending.
        runtime.shutdown_timeout(LAST_THREADS);
        ended.map_err(failure)?;
        Ok(Exit::Done)
    }
}

/// A root that is in use is a conflict, which scripts can tell from a daemon that cannot run.
fn failure(error: anyhow::Error) -> Failure {
    match error.downcast_ref::<LockError>() {
        Some(LockError::Held { .. }) => Failure::refused(error.to_string())
            .hint("stop it first (`kill PROCESS`), or serve another folder with --root"),
        _ => error.into(),
    }
}
