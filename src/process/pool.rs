//! The supervisors of a root as the daemon sees them: one that takes new attempts, and older ones that end with their
//! last child. Finds them, starts one, and finds processes again whose supervisor died.

use std::{
    collections::HashSet,
    env, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};
use futures_util::future::join_all;
use tokio::{
    net::UnixStream,
    sync::{Notify, broadcast},
    task::spawn_blocking,
    time::{sleep, timeout},
};

use super::{
    Now,
    adopt::{self, Found, LookError},
    endpoint::{self, EndpointRecord},
    identity::{self, Identity},
    launch::{self, DEFAULT_IDLE, Launched},
    link::{Known, Link, LinkError, Watch},
    pipes::PipeFolder,
    protocol::{self, Answer, Exit, Op, PROTOCOL, Peer, ProcessState, VERSION},
};
use crate::model::ids::AttemptId;

/// Exits waiting for a slow listener; one that lags asks for the list.
const EXITS: usize = 4096;
/// How long a supervisor may take to say who it is.
const CONNECT_PATIENCE: Duration = Duration::from_secs(5);
/// How often starting a supervisor is tried, should others come and go meanwhile.
const TRIES: usize = 4;

/// How to find and start the supervisor of a root.
#[derive(Debug, Clone)]
pub struct Options {
    /// The root folder, canonical.
    pub root: PathBuf,
    /// Its `run/`.
    pub run_dir: PathBuf,
    /// The program that knows `supervise`; by default this one.
    pub binary: PathBuf,
    /// A supervisor of another version is retired.
    pub version: String,
    /// How long a supervisor without process and client stays, in whole seconds.
    pub idle: Duration,
    /// Tells when a process ended that no supervisor saw.
    pub now: Now,
}

impl Options {
    /// The defaults for a root. Call it at start: later the file of this program may have been replaced.
    pub fn new(root: &Path, now: Now) -> io::Result<Self> {
        Ok(Self {
            root: root.to_owned(),
            run_dir: root.join("run"),
            binary: env::current_exe()?,
            version: VERSION.to_owned(),
            idle: DEFAULT_IDLE,
            now,
        })
    }
}

/// Why the supervisors cannot be asked.
#[derive(Debug, thiserror::Error)]
pub enum SupervisorError {
    /// The supervisor process cannot be started.
    #[error("failed to start the supervisor")]
    Start(#[source] io::Error),
    /// Others hold the lock and do not answer.
    #[error("another supervisor is active and does not answer")]
    Unreachable,
    /// The connection broke; asking again may help.
    #[error("the supervisor is gone")]
    Gone,
    /// It gave an answer that does not fit.
    #[error("the supervisor answered: {reason}")]
    Unexpected {
        /// In words.
        reason: String,
    },
}

impl From<LinkError> for SupervisorError {
    fn from(error: LinkError) -> Self {
        match error {
            LinkError::Gone => Self::Gone,
            LinkError::Unsendable(reason) => Self::Unexpected { reason },
        }
    }
}

/// A supervisor and what it owns.
pub(super) type Holding = (Arc<Link>, Vec<ProcessState>);

/// All links of a handle.
#[derive(Debug)]
pub(super) struct Pool {
    options: Options,
    /// The file of the program that supervisors are started from, as it was when this handle was made.
    build: Option<String>,
    links: Mutex<Vec<Arc<Link>>>,
    pub(super) watch: Arc<Watch>,
    /// Held while links are made, supervisors started and processes adopted.
    making: tokio::sync::Mutex<()>,
    /// Supervisors that this handle started; their version is right whatever they say.
    started: Mutex<HashSet<i32>>,
}

impl Pool {
    /// No links yet.
    pub(super) fn new(options: Options) -> Self {
        let watch = Watch { exits: broadcast::Sender::new(EXITS), lost: Notify::new(), known: Mutex::default() };
        let (links, started) = (Mutex::default(), Mutex::default());
        let build = protocol::build_of(&options.binary);
        Self { options, build, links, watch: Arc::new(watch), making: tokio::sync::Mutex::default(), started }
    }

    /// The supervisor that takes new attempts; started when there is none.
    pub(super) async fn active(&self) -> Result<Arc<Link>, SupervisorError> {
        if let Some(link) = self.current() {
            return Ok(link);
        }
        let _making = self.making.lock().await;
        self.make_active().await
    }

    async fn make_active(&self) -> Result<Arc<Link>, SupervisorError> {
        for _ in 0..TRIES {
            if let Some(link) = self.current() {
                return Ok(link);
            }
            self.scan().await;
            if let Some(link) = self.current() {
                return Ok(link);
            }
            match launch::start(&self.options).await.map_err(SupervisorError::Start)? {
                Launched::Ready(pid) => {
                    self.started.lock().unwrap_or_else(PoisonError::into_inner).insert(pid);
                    self.scan().await;
                }
                Launched::Busy => sleep(Duration::from_millis(50)).await,
            }
        }
        self.current().ok_or(SupervisorError::Unreachable)
    }

    fn current(&self) -> Option<Arc<Link>> {
        let links = self.links.lock().unwrap_or_else(PoisonError::into_inner);
        links.iter().find(|link| link.is_accepting()).cloned()
    }

    /// All open links.
    pub(super) fn links(&self) -> Vec<Arc<Link>> {
        let mut links = self.links.lock().unwrap_or_else(PoisonError::into_inner);
        links.retain(|link| link.is_open());
        links.clone()
    }

    /// Connects to every supervisor that is there, and retires those of another version; false when one does not answer.
    async fn scan(&self) -> bool {
        let mut all_answer = true;
        let run_dir = self.options.run_dir.clone();
        let records = spawn_blocking(move || endpoint::list(&run_dir)).await.unwrap_or_default();
        let linked: Vec<i32> = self.links().iter().map(|link| link.peer.pid).collect();
        for record in records.into_iter().filter(|record| !linked.contains(&record.pid)) {
            match timeout(CONNECT_PATIENCE, self.connect(&record)).await {
                Ok(Ok(link)) => self.links.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::new(link)),
                // So many have knocked in vain that there is no room for more.
                Ok(Err(error)) if error.kind() == io::ErrorKind::WouldBlock => {
                    tracing::warn!(pid = record.pid, "a supervisor takes no connections");
                    all_answer = false;
                }
                // A dead supervisor leaves its record behind.
                Ok(Err(error)) => tracing::debug!(pid = record.pid, %error, "no supervisor there"),
                Err(_) => {
                    tracing::warn!(pid = record.pid, "a supervisor does not answer");
                    all_answer = false;
                }
            }
        }
        all_answer
    }

    async fn connect(&self, record: &EndpointRecord) -> io::Result<Link> {
        let stream = UnixStream::connect(&record.socket).await?;
        let link = Link::open(stream, Arc::clone(&self.watch)).await?;
        if link.peer.accepting && self.is_another(&link.peer) {
            let Peer { pid, version, protocol, .. } = &link.peer;
            tracing::info!(pid, version, protocol, "retiring a supervisor of another version");
            link.stop_accepting();
            link.request(Op::Retire).await?;
        }
        Ok(link)
    }

    /// True when a supervisor is of another version or build than this daemon, and new attempts go to one of its own.
    fn is_another(&self, peer: &Peer) -> bool {
        // The file may have been replaced since this daemon started; what it then starts is newer, and right.
        let ours = self.started.lock().unwrap_or_else(PoisonError::into_inner).contains(&peer.pid);
        let another_build = matches!((&peer.build, &self.build), (Some(theirs), Some(ours)) if theirs != ours);
        peer.protocol != PROTOCOL || (!ours && (peer.version != self.options.version || another_build))
    }

    /// Asks every supervisor what it owns; processes whose supervisor died are adopted first.
    ///
    /// Starts a supervisor only when there is something to adopt.
    pub(super) async fn survey(&self) -> Result<Vec<Holding>, SupervisorError> {
        let _making = self.making.lock().await;
        // Taken first: what starts after this is not missing from the lists, but younger than they are.
        let started = self.watch.started();
        // What one that hangs has is not adopted by another: it may go on.
        if !self.scan().await {
            return Err(SupervisorError::Unreachable);
        }
        let holdings = self.holdings().await?;
        let owned: HashSet<&AttemptId> = states(&holdings).map(|state| &state.attempt).collect();
        let orphans: Vec<_> = started.into_iter().filter(|(attempt, _)| !owned.contains(attempt)).collect();
        let mut adopted = false;
        for (attempt, known) in orphans {
            // Its exit may have come in since.
            if self.watch.knows(&attempt) {
                adopted |= self.recover(attempt, known).await?;
            }
        }
        let holdings = if adopted { self.holdings().await? } else { holdings };
        for state in states(&holdings).filter(|state| state.exit.is_none()) {
            let nonce = state.identity.parse::<Identity>().map(|identity| identity.nonce).unwrap_or_default();
            self.watch.remember(&state.attempt, Known { dir: state.dir.clone(), started: true, nonce });
        }
        Ok(holdings)
    }

    /// Finds out what became of a process that no supervisor owns; true when a supervisor looks after it now.
    async fn recover(&self, attempt: AttemptId, known: Known) -> Result<bool, SupervisorError> {
        let Known { dir, nonce, .. } = known;
        if let Found::Exited(exit) = look(dir.clone()).await? {
            self.watch.exit(Exit::new(attempt, &exit));
            return Ok(false);
        }
        let link = self.make_active().await?;
        let (found, at) =
            self.adopt(&link, attempt.clone(), dir.clone(), Some(nonce).filter(|nonce| !nonce.is_empty())).await?;
        match found {
            Found::Running(_) => return Ok(true),
            Found::Exited(exit) => self.watch.exit(Exit::new(attempt, &exit)),
            // An end that nobody saw is told as an exit too.
            Found::Vanished => {
                let usage = blocking(move || adopt::heartbeat(&dir)).await?.map(|last| last.usage);
                self.watch.exit(Exit::unseen(attempt, at, usage));
            }
        }
        Ok(false)
    }

    async fn holdings(&self) -> Result<Vec<Holding>, SupervisorError> {
        let mut holdings = Vec::new();
        for link in self.links() {
            match link.request(Op::List).await? {
                Answer::Processes(states) => holdings.push((link, states)),
                answer => return Err(unexpected(&answer)),
            }
        }
        Ok(holdings)
    }

    /// Has a supervisor look after a process whose own died: what it found, and when.
    pub(super) async fn adopt(
        &self,
        link: &Link,
        attempt: AttemptId,
        dir: PathBuf,
        nonce: Option<String>,
    ) -> Result<(Found, DateTime<Utc>), SupervisorError> {
        match link.request(Op::Adopt { attempt, dir, nonce }).await? {
            Answer::Found { found, at } => Ok((found, at)),
            answer => Err(unexpected(&answer)),
        }
    }

    /// Sends the same request to every supervisor; one that hangs keeps none of the others from it.
    pub(super) async fn tell_all(&self, op: &Op) -> Result<(), SupervisorError> {
        let links = self.links();
        let told = join_all(links.iter().map(|link| link.request(op.clone()))).await;
        told.into_iter().try_for_each(|told| told.map(drop).map_err(SupervisorError::from))
    }

    /// The supervisors of this root that live, whether they answer or not. Blocks for some small reads.
    pub(super) fn pids(&self) -> Vec<i32> {
        let lives = |pid: &i32| matches!(identity::entry(*pid), Ok(Some(entry)) if !entry.zombie);
        endpoint::list(&self.options.run_dir).into_iter().map(|record| record.pid).filter(lives).collect()
    }

    /// The folder of the pipes of this root.
    pub(super) fn pipes(&self) -> PipeFolder {
        PipeFolder::of(&self.options.run_dir)
    }

    /// Now.
    pub(super) fn now(&self) -> DateTime<Utc> {
        (self.options.now)()
    }
}

/// Looks at the folder of an attempt, off the event loop.
pub(super) async fn look(dir: PathBuf) -> Result<Found, SupervisorError> {
    blocking(move || adopt::look(&dir)).await
}

/// Reads records off the event loop.
pub(super) async fn blocking<T: Send + 'static>(
    read: impl FnOnce() -> Result<T, LookError> + Send + 'static,
) -> Result<T, SupervisorError> {
    let unexpected = |reason: String| SupervisorError::Unexpected { reason };
    let read = spawn_blocking(read).await.map_err(|error| unexpected(error.to_string()))?;
    read.map_err(|error| unexpected(error.to_string()))
}

/// All processes of all supervisors.
pub(super) fn states(holdings: &[Holding]) -> impl Iterator<Item = &ProcessState> {
    holdings.iter().flat_map(|(_, states)| states)
}

/// An answer that does not belong to the question.
pub(super) fn unexpected(answer: &Answer) -> SupervisorError {
    let reason = match answer {
        Answer::Failed { reason } => reason.clone(),
        answer => format!("{answer:?}"),
    };
    SupervisorError::Unexpected { reason }
}
