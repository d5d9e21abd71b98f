//! The one writer of a database: a thread that takes jobs from a bounded queue and commits them in groups.
//!
//! Every job has a savepoint of its own, so a refused one leaves no trace in the group. An answer goes out only after
//! the commit that makes it durable. Measured: one commit for up to 64 jobs makes `synchronous=FULL` affordable
//! (about 20,000 writes a second where one commit each reaches 400).

use std::{
    os::unix::fs::MetadataExt,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};

use chrono::{DateTime, Utc};
use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot, watch};

use super::{
    error::StoreError,
    touched::{Changes, Ledger},
    tx::{Recorded, Tx},
};

const QUEUE: usize = 1024;
const GROUP: usize = 64;

type Job = Box<dyn FnOnce(&Connection) -> Finish + Send>;

/// What is left to do for a job once its group is committed.
struct Finish {
    /// False when the job refused: its savepoint is rolled back.
    keep: bool,
    /// Whether it is a change that loops look at.
    wakes: bool,
    recorded: Vec<Recorded>,
    answer: Box<dyn FnOnce(Result<(), StoreError>) + Send>,
}

/// The way to the writer's thread; cheap to clone.
#[derive(Clone)]
pub(super) struct Writer {
    jobs: mpsc::Sender<Job>,
    changed: watch::Receiver<u64>,
    touched: Ledger,
    file: Arc<FileIdentity>,
}

/// Called by the writer's thread with the events of each commit, in the order of the commits.
pub(super) type OnCommit = Box<dyn FnMut(Vec<Recorded>) + Send>;

impl Writer {
    /// Starts the thread. It ends when the last clone is dropped.
    pub fn start(
        name: &str,
        path: &Path,
        (conn, touched): (Connection, Ledger),
        on_commit: OnCommit,
    ) -> Result<Self, StoreError> {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let (announce, changed) = watch::channel(0);
        let file = Arc::new(FileIdentity::of(path));
        let worker = Worker { conn, file: file.clone(), queue, announce, touched: touched.clone(), on_commit };
        thread::Builder::new()
            .name(format!("write {name}"))
            .spawn(move || worker.run())
            .map_err(|source| StoreError::Io { path: path.into(), source })?;
        Ok(Self { jobs, changed, touched, file })
    }

    /// Runs the closure in a transaction; answers when it is durable.
    pub async fn write<T, E, F>(&self, now: DateTime<Utc>, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let (job, answer) = job(now, work);
        self.jobs.send(job).await.map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)?
    }

    /// The same from a thread that may block; the answer is not awaited.
    pub fn submit<F>(&self, now: DateTime<Utc>, work: F) -> Result<(), StoreError>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<(), StoreError> + Send + 'static,
    {
        let (job, _) = job(now, work);
        self.jobs.blocking_send(job).map_err(|_| StoreError::Closed)
    }

    /// Refuses when the file was removed or replaced: what is written from then on would be lost.
    pub fn check(&self) -> Result<(), StoreError> {
        self.file.check()
    }

    /// What commits have touched since this was last asked.
    pub fn touched(&self) -> Changes {
        self.touched.take()
    }

    /// Goes up with every commit that changed something that loops look at.
    pub fn changed(&self) -> watch::Receiver<u64> {
        self.changed.clone()
    }
}

fn job<T, E, F>(now: DateTime<Utc>, work: F) -> (Job, oneshot::Receiver<Result<T, E>>)
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
    F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    let job = Box::new(move |conn: &Connection| {
        let mut tx = Tx::new(conn, now);
        let result = catch_unwind(AssertUnwindSafe(|| work(&mut tx)));
        let result = result.unwrap_or_else(|_| Err(StoreError::Damaged("a write panicked".into()).into()));
        let recorded = std::mem::take(&mut tx.recorded);
        Finish {
            keep: result.is_ok(),
            wakes: tx.wakes,
            recorded,
            answer: Box::new(move |committed| {
                // Nobody listens any more when the caller was cancelled; the write stands all the same.
                let _ = reply.send(committed.map_err(E::from).and(result));
            }),
        }
    });
    (job, answer)
}

struct Worker {
    conn: Connection,
    file: Arc<FileIdentity>,
    queue: mpsc::Receiver<Job>,
    announce: watch::Sender<u64>,
    touched: Ledger,
    on_commit: OnCommit,
}

impl Worker {
    fn run(mut self) {
        while let Some(first) = self.queue.blocking_recv() {
            let mut group = vec![first];
            while group.len() < GROUP
                && let Ok(job) = self.queue.try_recv()
            {
                group.push(job);
            }
            self.commit(group);
        }
        if let Err(error) = self.conn.execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);") {
            tracing::warn!(%error, "the last checkpoint of a database failed; its log is applied at the next start");
        }
    }

    fn commit(&mut self, group: Vec<Job>) {
        let mut finished = Vec::with_capacity(group.len());
        let outcome = self.transact(group, &mut finished);
        let changed = finished.iter().any(|finish| finish.keep && finish.wakes);
        match outcome {
            Ok(()) => {
                // Before anybody is answered: who reads on an answer reads again what it has touched.
                self.touched.committed();
                let recorded: Vec<_> =
                    finished.iter_mut().filter(|f| f.keep).flat_map(|f| std::mem::take(&mut f.recorded)).collect();
                if !recorded.is_empty() {
                    (self.on_commit)(recorded);
                }
                for finish in finished {
                    (finish.answer)(Ok(()));
                }
                if changed {
                    self.announce.send_modify(|count| *count += 1);
                }
            }
            Err(error) => {
                let _ = self.conn.execute_batch("ROLLBACK");
                self.touched.undone();
                tracing::error!(%error, "a database did not take a write");
                for finish in finished {
                    (finish.answer)(Err(again(&error)));
                }
            }
        }
    }

    fn transact(&self, group: Vec<Job>, finished: &mut Vec<Finish>) -> Result<(), StoreError> {
        let step = |sql| self.conn.prepare_cached(sql)?.execute([]).map(drop);
        let mut begun = step("BEGIN IMMEDIATE");
        for job in group {
            if begun.is_ok() {
                begun = step("SAVEPOINT job");
            }
            // A job is always run, so that its caller gets an answer; without a transaction the answer is the error.
            let finish = job(&self.conn);
            if begun.is_ok() {
                let undone = if finish.keep { Ok(()) } else { step("ROLLBACK TO job") };
                begun = undone.and_then(|()| step("RELEASE job"));
            }
            finished.push(finish);
        }
        begun?;
        self.file.check()?;
        Ok(step("COMMIT")?)
    }
}

/// The same error for each job of a failed group.
fn again(error: &StoreError) -> StoreError {
    match error {
        StoreError::DiskFull => StoreError::DiskFull,
        StoreError::Damaged(why) => StoreError::Damaged(why.clone()),
        other => StoreError::Damaged(format!(
            "{other}: {}",
            std::error::Error::source(other).map_or(String::new(), |s| s.to_string())
        )),
    }
}

/// Which file the connection writes to. When the path names another one, or none, writes would go into the void.
struct FileIdentity {
    path: PathBuf,
    opened: Option<(u64, u64)>,
}

impl FileIdentity {
    fn of(path: &Path) -> Self {
        Self { path: path.into(), opened: Self::look(path) }
    }

    fn look(path: &Path) -> Option<(u64, u64)> {
        std::fs::metadata(path).ok().map(|meta| (meta.dev(), meta.ino()))
    }

    fn check(&self) -> Result<(), StoreError> {
        if Self::look(&self.path) == self.opened {
            return Ok(());
        }
        Err(StoreError::Damaged(format!("{} was removed or replaced while in use", self.path.display())))
    }
}
