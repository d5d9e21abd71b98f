//! Processes of agents: started, watched, logged and ended by one supervisor process per root, which outlives the daemon.
//!
//! [`Supervisor`] is the daemon's handle. It starts the supervisor process when it is first needed and finds it again
//! after a restart. Nothing here knows about tasks or policies; an attempt is an id, a folder and a process.

pub mod adopt;
pub mod checks;
mod endpoint;
mod handle;
pub mod identity;
pub mod launch;
mod limits;
mod link;
pub mod manager;
mod output;
mod pipes;
mod pool;
mod protocol;
mod reap;
pub mod relay;
pub mod signals;
mod spawn;
mod spec;
pub mod supervisor;
mod terminate;
pub mod tool;
mod unwatched;
mod uptime;
mod vitals;

pub use handle::Supervisor;
pub use pool::{Options, SupervisorError};
pub use protocol::{Exit, ProcessState};
pub use spec::{NONCE_VARIABLE, SpawnError, SpawnSpec, Spawned};

/// Tells the time. Given by the caller, because this floor does not know the clock.
pub type Now = fn() -> chrono::DateTime<chrono::Utc>;
