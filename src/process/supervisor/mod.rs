//! The supervisor process of a root: owns the processes of all attempts and outlives the daemon.
//!
//! One thread, one loop: every source becomes one input to the server, which alone changes state. It has processes
//! started (helper threads wait for the system), reaps every child (its own and, as a subreaper, orphaned descendants),
//! and ends by itself when nobody needs it.
//! It must not know tasks, policies or the database.

mod adopting;
mod attempts;
mod connection;
mod ending;
mod log;
mod server;
mod starting;

use std::{
    fs::{self, OpenOptions},
    io,
    os::fd::RawFd,
    path::{Path, PathBuf},
    process::ExitCode,
    time::{Duration, Instant},
};

use nix::sys::resource::{Resource, getrlimit, setrlimit};
use tokio::{
    sync::mpsc,
    time::{MissedTickBehavior, interval},
};

use self::server::Server;
use super::{
    Now,
    endpoint::{self, Endpoint, Lock},
    identity,
    launch::Launched,
    pipes::{PipeFolder, PipePool},
};

/// How long to wait for the supervisor before us to let go of the lock.
const LOCK_PATIENCE: Duration = Duration::from_millis(500);
/// How often housekeeping looks around.
const HOUSEKEEPING: Duration = Duration::from_secs(1);
/// Requests and ends waiting for the server; clients wait beyond that.
const INBOX: usize = 256;
/// Files for some hundred attempts; macOS starts processes with 256.
const WANTED_FILES: u64 = 4096;
/// Threads that wait for starting programs, and one for the disk.
const HELPERS: usize = 5;

/// Why a supervisor ended with an error.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error("failed to use the folder {path}: {source}")]
    Folder { path: PathBuf, source: io::Error },
    #[error("failed to start the event loop: {0}")]
    Runtime(io::Error),
    #[error("failed to listen: {0}")]
    Listen(io::Error),
}

/// Runs the supervisor until nobody needs it: no process and no client for `idle`, or retired and without a process.
///
/// `run_dir` is the root's `run/`. Says `ready PID` on standard output once it listens, or `busy` when another
/// supervisor takes the new attempts.
pub fn main(run_dir: PathBuf, idle: Duration, now: Now) -> ExitCode {
    log::init();
    match run(&run_dir, idle, now) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            tracing::error!(%fault, "the supervisor ends");
            ExitCode::FAILURE
        }
    }
}

fn run(run_dir: &Path, idle: Duration, now: Now) -> Result<(), Fault> {
    let folder = |path: &Path| {
        let path = path.to_owned();
        move |source| Fault::Folder { path, source }
    };
    prepare_process();
    let pipes = PipeFolder::of(run_dir);
    endpoint::private_folder(&pipes.0).map_err(folder(&pipes.0))?;
    let Some(lock) = acquire(run_dir).map_err(folder(run_dir))? else {
        return Launched::Busy.announce().or(Ok(()));
    };
    endpoint::sweep(run_dir);
    pipes.sweep();
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().max_blocking_threads(HELPERS).build().map_err(Fault::Runtime)?;
    runtime.block_on(async {
        let endpoint = Endpoint::bind(run_dir, own_pid()).map_err(Fault::Listen)?;
        let (inbox, inputs) = mpsc::channel(INBOX);
        let server = Server::new(lock, inbox, PipePool::new(pipes, own_pid()), now);
        serve(server, inputs, endpoint, idle).await.map_err(Fault::Listen)
    })
}

/// Nothing left of who started us, a session of its own, orphans to us, no core files, enough file descriptors.
fn prepare_process() {
    close_inherited();
    // Fails only when this process leads a group, as when a person starts it by hand.
    let _by_hand = nix::unistd::setsid();
    if let Err(error) = identity::become_subreaper() {
        tracing::warn!(%error, "failed to become a subreaper, orphans of agents may go unnoticed");
    }
    if let Ok((_, hard)) = getrlimit(Resource::RLIMIT_CORE) {
        let _best_effort = setrlimit(Resource::RLIMIT_CORE, 0, hard);
    }
    if let Ok((soft, hard)) = getrlimit(Resource::RLIMIT_NOFILE) {
        let _best_effort = setrlimit(Resource::RLIMIT_NOFILE, soft.max(WANTED_FILES.min(hard)), hard);
    }
}

/// Somebody may wait for the end of a pipe that the daemon was started with; neither we nor agents may hold it open.
/// Called before anything is opened here.
fn close_inherited() {
    let Ok(entries) = fs::read_dir("/dev/fd") else { return };
    let fds: Vec<RawFd> = entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok()).collect();
    for fd in fds.into_iter().filter(|fd| *fd > 2) {
        // One of them was the folder itself and is closed already.
        let _closed_already = nix::unistd::close(fd);
    }
}

fn acquire(run_dir: &Path) -> io::Result<Option<Lock>> {
    let deadline = Instant::now() + LOCK_PATIENCE;
    loop {
        match Lock::acquire(run_dir)? {
            None if Instant::now() < deadline => std::thread::sleep(Duration::from_millis(10)),
            lock => return Ok(lock),
        }
    }
}

fn own_pid() -> i32 {
    std::process::id().cast_signed()
}

/// The daemon has what it waits for; from here on nobody reads our output.
fn announce() {
    let _nobody_listens = Launched::Ready(own_pid()).announce();
    if let Ok(null) = OpenOptions::new().write(true).open("/dev/null") {
        let _best_effort = nix::unistd::dup2_stdout(null);
    }
}

async fn serve(
    mut server: Server,
    mut inputs: mpsc::Receiver<server::Input>,
    endpoint: Endpoint,
    idle: Duration,
) -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut child = signal(SignalKind::child())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    // Once a handler is installed, the signal no longer ends the process.
    drop(signal(SignalKind::hangup())?);
    let mut housekeeping = interval(HOUSEKEEPING);
    housekeeping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    announce();
    while !server.is_over(idle) {
        tokio::select! {
            _ = child.recv() => server.reap(),
            Some(input) = inputs.recv() => server.handle(input),
            accepted = endpoint.listener.accept() => match accepted {
                Ok((stream, _)) => server.connect(stream),
                Err(error) => {
                    tracing::warn!(%error, "failed to accept a client");
                    // Out of file descriptors: without a pause this would spin.
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            },
            _ = terminate.recv() => server.retire(),
            _ = interrupt.recv() => server.retire(),
            _ = housekeeping.tick() => server.keep_house(endpoint.is_findable()),
        }
    }
    drop(endpoint);
    server.close().await;
    Ok(())
}
