//! The threads that scripts run on.
//!
//! Never a thread of the event loop: a script may compute for as long as its deadline allows, and deep recursion
//! needs a stack that async worker threads do not have.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
};

use tokio::sync::{Semaphore, oneshot};

/// Enough for 48 script calls with closures inside each other, and for dropping 20,000 arrays inside each other, in a
/// debug build too. Only what is used of it becomes memory.
pub(super) const STACK_BYTES: usize = 64 * 1024 * 1024;
/// Calls that may wait; who comes later waits before queueing.
const QUEUE: usize = 256;

/// A pool of threads for scripts; a cheap clone. The threads end when the last clone is gone.
#[derive(Debug, Clone)]
pub struct ScriptThreads {
    queue: mpsc::Sender<Job>,
    places: Arc<Semaphore>,
    /// Long work waits here, two at a time, and never keeps a tick waiting.
    apart: Arc<Semaphore>,
}

/// Long calls at a time: a check does not wait for a replay.
const APART: usize = 2;

type Job = Box<dyn FnOnce() + Send>;

/// A script's call that did not come back.
#[derive(Debug, thiserror::Error)]
pub enum LostCall {
    /// A function of moziplus' own panicked under it.
    #[error("a native function panicked: {0}")]
    Panic(String),
    /// The threads are gone.
    #[error("the script threads have ended")]
    Ended,
}

impl ScriptThreads {
    /// Starts so many threads (at least one).
    pub fn start(threads: usize) -> io::Result<Self> {
        let (queue, jobs) = mpsc::channel::<Job>();
        let jobs = Arc::new(Mutex::new(jobs));
        for number in 0..threads.max(1) {
            let jobs = jobs.clone();
            thread::Builder::new()
                .name(format!("script-{number}"))
                .stack_size(STACK_BYTES)
                .spawn(move || work_off(&jobs))?;
        }
        Ok(Self { queue, places: Arc::new(Semaphore::new(QUEUE)), apart: Arc::new(Semaphore::new(APART)) })
    }

    /// Runs `work` on one of the threads.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, LostCall> {
        let place = self.places.clone().acquire_owned().await.map_err(|_| LostCall::Ended)?;
        let (answer, answered) = oneshot::channel();
        self.send(move || {
            let _place = place;
            // Nobody listens any more when the caller was cancelled; the work is then done for nothing.
            let _ = answer.send(catch(work));
        })?;
        answered.await.map_err(|_| LostCall::Ended)?
    }

    /// Runs long `work` on a thread of its own, after other such work.
    pub async fn run_apart<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, LostCall> {
        let place = self.apart.clone().acquire_owned().await.map_err(|_| LostCall::Ended)?;
        let (answer, answered) = oneshot::channel();
        let thread = thread::Builder::new().name("script-apart".into()).stack_size(STACK_BYTES);
        let started = thread.spawn(move || {
            let _place = place;
            // Nobody listens any more when the caller was cancelled.
            let _ = answer.send(catch(work));
        });
        started.map_err(|_| LostCall::Ended)?;
        answered.await.map_err(|_| LostCall::Ended)?
    }

    /// Like [`run`](Self::run), for callers outside of an async runtime.
    pub fn run_blocking<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, LostCall> {
        let (answer, answered) = mpsc::sync_channel(1);
        self.send(move || {
            let _ = answer.send(catch(work));
        })?;
        answered.recv().map_err(|_| LostCall::Ended)?
    }

    fn send(&self, job: impl FnOnce() + Send + 'static) -> Result<(), LostCall> {
        self.queue.send(Box::new(job)).map_err(|_| LostCall::Ended)
    }
}

fn work_off(jobs: &Mutex<mpsc::Receiver<Job>>) {
    loop {
        // The lock is held while waiting: whoever holds it takes the next job.
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match job {
            Ok(job) => job(),
            Err(mpsc::RecvError) => return,
        }
    }
}

/// The engine holds no state between calls, so a panic in the middle of one leaves nothing broken behind.
pub(super) fn catch<T>(work: impl FnOnce() -> T) -> Result<T, LostCall> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
        LostCall::Panic(text.unwrap_or_else(|| "no message".to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_an_answer_and_the_thread_goes_on() {
        let threads = ScriptThreads::start(1).unwrap();
        let lost = threads.run(|| -> i64 { panic!("broken native") }).await;
        assert_eq!(lost.unwrap_err().to_string(), "a native function panicked: broken native");
        assert_eq!(threads.run(|| 7).await.unwrap(), 7);
    }

    #[tokio::test]
    async fn more_calls_than_places_all_get_their_turn() {
        let threads = ScriptThreads::start(2).unwrap();
        let calls = (0..2000).map(|n| {
            let threads = threads.clone();
            tokio::spawn(async move { threads.run(move || n).await })
        });
        let mut sum = 0;
        for call in calls.collect::<Vec<_>>() {
            sum += call.await.unwrap().unwrap();
        }
        assert_eq!(sum, 1999 * 2000 / 2);
    }
}
