//! With no daemon: the same routes in this process, under the root's lock and without loops.
//!
//! What policy has to say about the writes is decided when the daemon starts next.

use std::{sync::Arc, time::Duration};

use super::failure::Failure;
use crate::{
    app::{App, Control},
    client::transport::Handler,
    clock::{Clock, SystemClock},
    config::{ConfigHandle, Environment, Root, Sources},
    daemon::lock::{Holder, LockError, RootLock},
    http,
};

/// What came of the try to hold the blackboards.
pub enum Try {
    /// This process holds them.
    Open(Direct),
    /// Somebody else does, and who that is.
    Held(LockError),
}

/// The blackboards, held by this process.
pub struct Direct {
    /// The operations; gone before the lock is.
    app: App,
    /// Keeps the daemon and other commands out.
    lock: RootLock,
}

impl Direct {
    /// Takes the root's lock and opens the blackboards, unless somebody else has the lock.
    pub async fn try_open(root: &Root) -> Result<Try, Failure> {
        if !root.default_yaml().is_file() {
            return Err(Failure::not_found(format!("there is no moziplus root at {}", root.path().display()))
                .hint("create one with `moziplus init`, or name another with --root"));
        }
        let holder = Holder::this("command line", SystemClock.now());
        let lock = match RootLock::acquire(root, &holder, Duration::ZERO).await {
            Ok(lock) => lock,
            Err(held @ LockError::Held { .. }) => return Ok(Try::Held(held)),
            Err(error) => return Err(anyhow::Error::new(error).into()),
        };
        Ok(Try::Open(Self::open(root, lock).await?))
    }

    /// Opens the blackboards under a lock that is held already.
    pub async fn open(root: &Root, lock: RootLock) -> Result<Self, Failure> {
        let sources = Sources { environment: Environment::of_process(), flags: Vec::new() };
        let config = ConfigHandle::open(root.clone(), sources).map_err(anyhow::Error::new)?;
        let (control, _orders) = Control::new(false);
        let app = App::open(config, Arc::new(SystemClock), control).await.map_err(anyhow::Error::new)?;
        Ok(Self { app, lock })
    }

    /// Answers requests as the daemon would.
    pub fn handler(&self) -> Handler {
        http::handler(self.app.clone())
    }

    /// The operations.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Closes the blackboards and lets go of the lock, in this order.
    pub fn close(self) {
        drop(self.app);
        drop(self.lock);
    }
}
