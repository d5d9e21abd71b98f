//! `supervise`: the process that owns the processes of all attempts. Started by the daemon, never by people.

use std::{process::ExitCode, time::Duration};

use clap::Args;

use crate::{
    cli::failure::Exit,
    clock::{Clock, SystemClock},
    config::Root,
    process::{launch, supervisor},
};

/// Arguments of `supervise`.
#[derive(Debug, Args)]
pub struct Supervise {
    /// Start it as a process of its own and end
    #[arg(long)]
    pub detach: bool,
    /// How long it stays without work
    #[arg(long, value_name = "SECONDS", default_value_t = launch::DEFAULT_IDLE.as_secs())]
    pub idle_seconds: u64,
}

impl Supervise {
    /// Runs until nobody needs it.
    pub fn run(self, root: &Root) -> Exit {
        let idle = Duration::from_secs(self.idle_seconds);
        let code = if self.detach {
            launch::detach(root.path(), idle)
        } else {
            supervisor::main(root.run(), idle, || SystemClock.now())
        };
        if code == ExitCode::SUCCESS { Exit::Done } else { Exit::Failed }
    }
}
