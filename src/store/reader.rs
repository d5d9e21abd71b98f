//! Readers of a database: a few connections that can only read, used on threads that may block.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use rusqlite::Connection;
use tokio::{sync::Semaphore, task};

use super::{error::StoreError, schema, tx::Db};

const CONNECTIONS: usize = 4;

/// A small pool of reading connections; cheap to clone.
#[derive(Clone)]
pub(super) struct Readers {
    shared: Arc<Shared>,
}

struct Shared {
    path: PathBuf,
    permits: Arc<Semaphore>,
    /// Connections that nobody uses now. Held only to push and pop.
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    /// Connections are opened when they are first needed.
    pub fn new(path: &Path) -> Self {
        let permits = Arc::new(Semaphore::new(CONNECTIONS));
        Self { shared: Arc::new(Shared { path: path.into(), permits, idle: Mutex::new(Vec::new()) }) }
    }

    /// Runs the closure on one consistent view of the database.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&Db<'_>) -> Result<T, E> + Send + 'static,
    {
        let permit = self.shared.permits.clone().acquire_owned().await.map_err(|_| StoreError::Closed)?;
        let shared = self.shared.clone();
        let reading = task::spawn_blocking(move || {
            let _permit = permit;
            shared.read(work)
        });
        reading.await.map_err(|_| StoreError::Closed)?
    }
}

impl Shared {
    fn read<T, E: From<StoreError>>(&self, work: impl FnOnce(&Db<'_>) -> Result<T, E>) -> Result<T, E> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let conn = match idle {
            Some(conn) => conn,
            None => schema::open_to_read(&self.path)?,
        };
        let tx = conn.unchecked_transaction().map_err(StoreError::from)?;
        let result = work(&Db { conn: &tx });
        drop(tx);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(conn);
        result
    }
}
