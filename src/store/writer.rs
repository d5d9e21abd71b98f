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
/// How often a transaction is begun while another program holds the lock; each try waits for it (`schema::open`).
const BEGINNINGS: u32 = 3;

/// Runs in a transaction; without one it only hands on why there is none.
type Job = Box<dyn FnOnce(Result<&Connection, StoreError>) -> Finish + Send>;

/// What is left to do for a job once its group is committed.
struct Finish {
    /// False when the job refused: its savepoint is rolled back.
    keep: bool,
    /// Whether it is a change that loops look at.
    wakes: bool,
    /// True when this job is why the group failed: it hears its own error, the others that of the group.
    is_cause: bool,
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
    let job = Box::new(move |conn: Result<&Connection, StoreError>| {
        let (result, recorded, wakes) = match conn {
            Ok(conn) => {
                let mut tx = Tx::new(conn, now);
                let result = catch_unwind(AssertUnwindSafe(|| work(&mut tx)));
                let result = result.unwrap_or_else(|_| Err(StoreError::Undone("its code panicked".into()).into()));
                (result, std::mem::take(&mut tx.recorded), tx.wakes)
            }
            Err(error) => (Err(error.into()), Vec::new(), false),
        };
        Finish {
            keep: result.is_ok(),
            wakes,
            is_cause: false,
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
                    (finish.answer)(if finish.is_cause { Ok(()) } else { Err(again(&error)) });
                }
            }
        }
    }

    fn transact(&self, group: Vec<Job>, finished: &mut Vec<Finish>) -> Result<(), StoreError> {
        let mut going = self.begin();
        for job in group {
            // Without a transaction a statement would commit by itself, so no job may see the connection then.
            let given = going.as_ref().map(|()| &self.conn).map_err(again);
            let finish = given.and_then(|conn| self.step("SAVEPOINT job").map(|()| conn));
            let (began, mut finish) = match finish {
                Ok(conn) => (Ok(()), job(Ok(conn))),
                Err(error) => (Err(again(&error)), job(Err(error))),
            };
            finish.is_cause = began.is_ok() && !finish.keep && self.conn.is_autocommit();
            going = going.and(began).and_then(|()| self.end_of_job(finish.keep));
            finished.push(finish);
        }
        going?;
        self.file.check()?;
        self.step("COMMIT")
    }

    /// Begins a transaction that may write; another program may hold the lock for a while.
    fn begin(&self) -> Result<(), StoreError> {
        for _ in 1..BEGINNINGS {
            match self.step("BEGIN IMMEDIATE") {
                Err(StoreError::Busy) => tracing::warn!("a database is locked by another program; its writers wait"),
                begun => return begun,
            }
        }
        self.step("BEGIN IMMEDIATE")
    }

    fn end_of_job(&self, keep: bool) -> Result<(), StoreError> {
        // SQLite gives up the whole transaction on some errors, such as a disk that is full.
        if self.conn.is_autocommit() {
            return Err(StoreError::Undone("another write of the same moment failed, see the log".into()));
        }
        if !keep {
            self.step("ROLLBACK TO job")?;
        }
        self.step("RELEASE job")
    }

    fn step(&self, sql: &str) -> Result<(), StoreError> {
        Ok(self.conn.prepare_cached(sql)?.execute([]).map(drop)?)
    }
}

/// The same error for each job of a failed group. Only what SQLite or the file itself calls damaged is.
fn again(error: &StoreError) -> StoreError {
    match error {
        StoreError::DiskFull => StoreError::DiskFull,
        StoreError::Busy => StoreError::Busy,
        StoreError::Damaged(why) => StoreError::Damaged(why.clone()),
        StoreError::Undone(why) => StoreError::Undone(why.clone()),
        other => StoreError::Undone(
            std::error::Error::source(other).map_or_else(|| other.to_string(), |source| source.to_string()),
        ),
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::store::schema;

    struct Bench {
        _folder: tempfile::TempDir,
        path: PathBuf,
        writer: Writer,
    }

    /// A writer that waits for a lock this long at each try.
    fn bench(wait: Duration) -> Bench {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("blackboard.db");
        schema::prepare(&path, schema::BLACKBOARD).unwrap();
        let conn = schema::open(&path).unwrap();
        conn.busy_timeout(wait).unwrap();
        let writer = Writer::start("test", &path, (conn, Ledger::default()), Box::new(drop)).unwrap();
        Bench { _folder: folder, path, writer }
    }

    async fn set(writer: &Writer, key: &'static str) -> Result<(), StoreError> {
        writer.write(DateTime::UNIX_EPOCH, move |tx| tx.set_meta(key, "x")).await
    }

    fn stored(path: &Path, key: &str) -> bool {
        let conn = schema::open_to_read(path).unwrap();
        conn.query_row("SELECT count(*) FROM meta WHERE key = ?1", [key], |row| row.get::<_, i64>(0)).unwrap() == 1
    }

    #[tokio::test]
    async fn a_locked_database_is_busy_and_takes_nothing() {
        let bench = bench(Duration::from_millis(20));
        let holder = schema::open(&bench.path).unwrap();
        holder.execute_batch("BEGIN IMMEDIATE").unwrap();
        let refused = set(&bench.writer, "held").await.unwrap_err();
        assert!(matches!(refused, StoreError::Busy), "{refused}");
        holder.execute_batch("COMMIT").unwrap();
        assert!(!stored(&bench.path, "held"), "what was refused is not stored");
        set(&bench.writer, "free").await.unwrap();
        assert!(stored(&bench.path, "free") && !stored(&bench.path, "held"));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_lock_that_goes_in_time_only_delays() {
        let bench = bench(Duration::from_secs(20));
        let holder = schema::open(&bench.path).unwrap();
        holder.execute_batch("BEGIN IMMEDIATE").unwrap();
        let writer = bench.writer.clone();
        let write = tokio::spawn(async move { set(&writer, "late").await });
        tokio::task::yield_now().await;
        holder.execute_batch("COMMIT").unwrap();
        write.await.unwrap().unwrap();
        assert!(stored(&bench.path, "late"));
    }

    #[tokio::test]
    async fn a_write_that_panics_is_undone_and_damages_nothing() {
        let bench = bench(Duration::from_secs(5));
        let panics = |tx: &mut Tx<'_>| -> Result<(), StoreError> {
            tx.set_meta("half", "x")?;
            panic!("on purpose")
        };
        let failed = bench.writer.write(DateTime::UNIX_EPOCH, panics).await.unwrap_err();
        assert!(matches!(failed, StoreError::Undone(_)), "{failed}");
        set(&bench.writer, "next").await.unwrap();
        assert!(stored(&bench.path, "next") && !stored(&bench.path, "half"));
    }

    #[tokio::test]
    async fn who_breaks_the_transaction_hears_why_and_nothing_after_it_is_stored_outside_of_one() {
        let bench = bench(Duration::from_secs(5));
        let breaks = |tx: &mut Tx<'_>| -> Result<(), StoreError> {
            tx.set_meta("before", "x")?;
            tx.conn.execute_batch("ROLLBACK")?;
            Err(StoreError::DiskFull)
        };
        let failed = bench.writer.write(DateTime::UNIX_EPOCH, breaks).await.unwrap_err();
        assert!(matches!(failed, StoreError::DiskFull), "{failed}");
        assert!(!stored(&bench.path, "before"));
        set(&bench.writer, "next").await.unwrap();
    }

    #[test]
    fn only_what_is_damaged_is_called_so() {
        let failure = |code| {
            let error = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
            again(&StoreError::from(error))
        };
        use rusqlite::ffi;
        assert!(matches!(failure(ffi::SQLITE_BUSY), StoreError::Busy));
        assert!(matches!(failure(ffi::SQLITE_IOERR_FSYNC), StoreError::Undone(_)));
        assert!(matches!(failure(ffi::SQLITE_IOERR_SHMMAP), StoreError::Undone(_)));
        assert!(matches!(failure(ffi::SQLITE_CORRUPT), StoreError::Damaged(_)));
        assert!(matches!(failure(ffi::SQLITE_FULL), StoreError::DiskFull));
    }
}
