//! What all loops of the reconciler share.

use std::{path::PathBuf, sync::Arc, time::Duration};

use tokio::sync::Semaphore;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    census::Census,
    lapse::{Lapses, Look},
    live::Live,
    meters::Meters,
    parked::Parked,
    slots::Slots,
};
use crate::{
    agent::prompt::Templates,
    app::App,
    config::{Environment, seconds},
    model::{
        event::{EventKind, NewEvent},
        ids::Actor,
    },
    process::Supervisor,
};

/// Prompts rendered and processes started at the same time: enough to keep the supervisor busy, few enough to leave
/// threads to everybody else.
const STARTS: usize = 8;

/// Shared by the loops; everything in it is cheap to use from several tasks.
pub(super) struct World {
    /// The operations, the clock, the projects.
    pub app: App,
    /// Starts and ends processes.
    pub supervisor: Supervisor,
    /// What the supervisor is asked.
    pub census: Census,
    /// Slots for processes.
    pub slots: Slots,
    /// Processes that are looked after.
    pub live: Live,
    /// What running attempts use up.
    pub meters: Meters,
    /// Whether time passes as it should.
    pub lapses: Lapses,
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
        let lapses = Lapses::new(Look { wall: app.now(), monotonic: app.monotonic() });
        let (live, excused) = (Live::new(app.clock().clone()), lapses.excused());
        app.control().report(|health| health.excused = excused);
        let templates = Templates::new(app.root().prompt_templates());
        Self {
            app,
            supervisor,
            census: Census::default(),
            slots: Slots::new(),
            live,
            lapses,
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

    /// Compares the clocks; what is wrong with the time is told to everybody.
    pub async fn look_at_clocks(&self) {
        let tick = seconds(self.app.config().settings().daemon.tick_interval);
        let now = Look { wall: self.app.now(), monotonic: self.app.monotonic() };
        let Some(lapse) = self.lapses.look(now, tick) else { return };
        let (text, excused) = (lapse.text(), self.lapses.excused());
        tracing::warn!("{text}");
        self.app.control().report(|health| health.excused = excused);
        let (lost, grace) = (lapse.by.as_secs(), lapse.grace.as_secs());
        let payload = serde_json::json!({"lapse": lapse.kind, "by_seconds": lost, "grace_seconds": grace});
        let event = NewEvent::new(EventKind::DaemonState, None, Actor::Daemon, &text).payload(payload);
        if let Err(error) = self.app.daemon().publish(now.wall, event).await {
            tracing::warn!(%error, "what happened to the clock could not be announced");
        }
    }

    /// How long still nobody is given up, after a lapse of time.
    pub fn grace_left(&self) -> Option<Duration> {
        self.lapses.grace_left(self.app.monotonic())
    }

    /// Says how many processes run, for status and metrics.
    pub fn report_sessions(&self) {
        let sessions = self.live.sessions();
        self.app.control().report(|health| health.sessions = sessions);
    }
}
