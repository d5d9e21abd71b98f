//! The loops that act: they look at the blackboards, ask policy, and carry its answers out.
//!
//! Each project has a loop of its own ([`driver`]). A tick ([`tick`]) reads everything in one view, does what the rules
//! say ([`mechanism`]), asks policy about what is undecided ([`decide`]), carries out the plan ([`plan`], [`dispatch`])
//! and sees to processes ([`supervise`], [`recover`]). Slots are values that live as long as processes ([`slots`]). The
//! database is the truth; memory holds permits and what saves a write.

mod budget;
mod census;
mod deadlines;
mod decide;
mod depth;
mod discussing;
mod dispatch;
mod driver;
mod execute;
mod gates;
mod gateway;
mod guarding;
mod inbox;
mod journal;
mod knowledge;
mod lapse;
mod launch;
mod live;
mod mechanism;
mod mentions;
mod meters;
mod parked;
mod plan;
mod reading;
mod recover;
mod reopen;
mod scene;
mod signs;
mod slots;
mod strays;
mod supervise;
mod tick;
mod tripwires;
mod world;

use std::{convert::Infallible, path::PathBuf, sync::Arc, time::Duration};

use tokio::{
    sync::{Mutex, mpsc},
    time::timeout,
};

use self::world::World;
use crate::{
    app::{control::Command, keeper::Keeper},
    process::Supervisor,
};

/// How long starts and exits under way may take when the daemon stops; what is left is found again at the next start.
const REST: Duration = Duration::from_secs(5);

/// The loops, once started.
pub struct Reconciler {
    world: Arc<World>,
}

impl Reconciler {
    /// Starts them; the keeper starts them again should one die. They run until its stop; agents outlive them.
    ///
    /// `binary` is the path of this program, which agents get as `MOZIPLUS_BIN`.
    pub fn start(keeper: &Keeper, supervisor: Supervisor, commands: mpsc::Receiver<Command>, binary: PathBuf) -> Self {
        let world = Arc::new(World::new(keeper.app().clone(), supervisor, binary, keeper.stop().clone()));
        let (driving, listening, reading) = (world.clone(), world.clone(), world.clone());
        let guarding = world.clone();
        // The queue outlives the loop: a command that came while it was started again is not lost.
        let commands = Arc::new(Mutex::new(commands));
        keeper.keep(driver::NAME, move || {
            let (world, commands) = (driving.clone(), commands.clone());
            async move {
                driver::drive(&world, &mut *commands.lock().await).await;
                Ok::<_, Infallible>(())
            }
        });
        keeper.keep("exits", move || {
            let world = listening.clone();
            async move {
                supervise::listen(&world).await;
                Ok::<_, Infallible>(())
            }
        });
        let metering = world.clone();
        keeper.keep(meters::NAME, move || {
            let world = metering.clone();
            async move {
                meters::run(&world).await;
                Ok::<_, Infallible>(())
            }
        });
        let probing = world.clone();
        keeper.keep(gateway::NAME, move || {
            let world = probing.clone();
            async move {
                gateway::run(&world).await;
                Ok::<_, Infallible>(())
            }
        });
        keeper.keep(inbox::NAME, move || {
            let world = reading.clone();
            async move {
                inbox::run(&world).await;
                Ok::<_, Infallible>(())
            }
        });
        keeper.keep(tripwires::NAME, move || {
            let world = guarding.clone();
            async move {
                tripwires::watch(&world).await;
                Ok::<_, Infallible>(())
            }
        });
        Self { world }
    }

    /// Waits, after the loops have ended, until what was under way is written down.
    pub async fn stopped(self) {
        self.world.work.close();
        if timeout(REST, self.world.work.wait()).await.is_err() {
            tracing::warn!("starts or exits of agents were under way; the next start looks after them");
        }
    }
}
