//! The loops that act: they look at the blackboards, ask policy, and carry its answers out.
//!
//! Each project has a loop of its own ([`driver`]). A tick ([`tick`]) reads everything in one view, does what the rules
//! say ([`mechanism`]), asks policy about what is undecided ([`decide`]), carries out the plan ([`plan`], [`dispatch`])
//! and sees to processes ([`supervise`], [`recover`]). Slots are values that live as long as processes ([`slots`]). The
//! database is the truth; memory holds permits and what saves a write.

mod decide;
mod dispatch;
mod driver;
mod execute;
mod inbox;
mod journal;
mod launch;
mod live;
mod mechanism;
mod mentions;
mod parked;
mod plan;
mod reading;
mod recover;
mod scene;
mod slots;
mod strays;
mod supervise;
mod tick;
mod world;

use std::{path::PathBuf, sync::Arc, time::Duration};

use tokio::{sync::mpsc, task::JoinHandle, time::timeout};
use tokio_util::sync::CancellationToken;

use self::world::World;
use crate::{
    app::{App, control::Command},
    process::Supervisor,
};

/// How long starts and exits under way may take when the daemon stops; what is left is found again at the next start.
const REST: Duration = Duration::from_secs(5);

/// The loops, once started.
pub struct Reconciler {
    world: Arc<World>,
    loops: Vec<JoinHandle<()>>,
}

impl Reconciler {
    /// Starts them. They run until `stop` is cancelled; agents outlive them.
    ///
    /// `binary` is the path of this program, which agents get as `MOZIPLUS_BIN`.
    pub fn start(
        app: App,
        supervisor: Supervisor,
        mut commands: mpsc::Receiver<Command>,
        binary: PathBuf,
        stop: CancellationToken,
    ) -> Self {
        let world = Arc::new(World::new(app, supervisor, binary, stop));
        let driving = world.clone();
        let listening = world.clone();
        let reading = world.clone();
        let loops = vec![
            tokio::spawn(async move { driver::drive(&driving, &mut commands).await }),
            tokio::spawn(async move { supervise::listen(&listening).await }),
            tokio::spawn(async move { inbox::run(&reading).await }),
        ];
        Self { world, loops }
    }

    /// Waits, after `stop` was cancelled, until the loops have ended and what was under way is written down.
    pub async fn stopped(self) {
        for ended in self.loops {
            if let Err(error) = ended.await {
                tracing::error!(%error, "a loop of the reconciler died");
            }
        }
        self.world.work.close();
        if timeout(REST, self.world.work.wait()).await.is_err() {
            tracing::warn!("starts or exits of agents were under way; the next start looks after them");
        }
    }
}
