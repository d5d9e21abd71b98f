//! What all loops of the reconciler share.

use std::{path::PathBuf, sync::Arc};

use tokio::sync::Semaphore;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{live::Live, meters::Meters, parked::Parked, slots::Slots};
use crate::{agent::prompt::Templates, app::App, config::Environment, process::Supervisor};

/// Prompts rendered and processes started at the same time: enough to keep the supervisor busy, few enough to leave
/// threads to everybody else.
const STARTS: usize = 8;

/// Shared by the loops; everything in it is cheap to use from several tasks.
pub(super) struct World {
    /// The operations, the clock, the projects.
    pub app: App,
    /// Starts and ends processes.
    pub supervisor: Supervisor,
    /// Slots for processes.
    pub slots: Slots,
    /// Processes that are looked after.
    pub live: Live,
    /// What running attempts use up.
    pub meters: Meters,
    /// Providers that rest.
    pub parked: Parked,
    /// Prompt templates.
    pub templates: Templates,
    /// The daemon's own environment.
    pub environment: Environment,
    /// The path of this program, for agents.
    pub binary: PathBuf,
    /// Starts under way.
    pub starts: Arc<Semaphore>,
    /// Work beside the loops: starts, exits.
    pub work: TaskTracker,
    /// The daemon stops.
    pub stop: CancellationToken,
}

impl World {
    /// With nothing running.
    pub fn new(app: App, supervisor: Supervisor, binary: PathBuf, stop: CancellationToken) -> Self {
        let templates = Templates::new(app.root().prompt_templates());
        Self {
            app,
            supervisor,
            slots: Slots::new(),
            live: Live::default(),
            meters: Meters::default(),
            parked: Parked::default(),
            templates,
            environment: Environment::of_process(),
            binary,
            starts: Arc::new(Semaphore::new(STARTS)),
            work: TaskTracker::new(),
            stop,
        }
    }

    /// Says how many processes run, for status and metrics.
    pub fn report_sessions(&self) {
        let sessions = self.live.sessions();
        self.app.control().report(|health| health.sessions = sessions);
    }
}
