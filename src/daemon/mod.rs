//! The composition root: what a daemon is made of, in which order it starts, and in which order it stops.
//!
//! Start: lock, configuration, databases, supervisor, loops, server. Stop: no new requests, live streams end, loops
//! end, agents are left alone (they live on under their supervisor), writers finish, the lock goes last.

pub mod keys;
pub mod lock;
pub mod logs;
mod notices;
#[cfg(feature = "otlp")]
mod otlp;
mod repeats;
mod trends;
mod watchers;

use std::{
    future::Future,
    io::{self, IsTerminal},
    net::SocketAddr,
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use anyhow::Context;
use futures_util::FutureExt;
use tokio::{
    sync::{Mutex, OnceCell, mpsc},
    task::JoinHandle,
};
use tokio_util::sync::CancellationToken;

use self::{
    keys::Key,
    lock::{Holder, RootLock},
    logs::Logs,
};
use crate::{
    app::{App, Control, control::Command, keeper::Keeper},
    client::{Client, problem::Problem, transport::Transport},
    clock::{Clock, SharedClock, SystemClock},
    config::{ConfigHandle, Root, Sources, init},
    http::{self, Access, Bound},
    jobs, mcp,
    model::{
        event::{EventKind, NewEvent},
        ids::Actor,
    },
    process::{self, Supervisor, manager::Manager},
    reconciler::Reconciler,
};

/// How long a command that works on the root by itself may take to let go of it.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long loops may take to end.
const LAST_ROUNDS: Duration = Duration::from_secs(5);
/// How often the free space of the disk is looked at.
const DISK_INTERVAL: Duration = Duration::from_secs(10);

/// What a daemon needs to know before it reads its configuration.
pub struct Options {
    /// The root folder.
    pub root: Root,
    /// Where settings come from besides files.
    pub sources: Sources,
    /// The clock.
    pub clock: SharedClock,
    /// The moziplus program: what the supervisor is, and what agents find in `MOZIPLUS_BIN`.
    pub program: PathBuf,
    /// Writes a log; once in a process, so tests that run daemons in theirs do without.
    pub with_log: bool,
}

/// A daemon that runs. It must be stopped; dropping it leaves its tasks behind.
pub struct Daemon {
    /// The operations, for whoever runs the daemon in process.
    pub app: App,
    /// Where HTTP is answered.
    pub address: SocketAddr,
    stop: CancellationToken,
    server: JoinHandle<io::Result<()>>,
    reconciler: Reconciler,
    keeper: Keeper,
    lock: RootLock,
}

/// Runs a daemon until `shutdown`.
pub async fn run(options: Options, shutdown: impl Future<Output = &'static str>) -> anyhow::Result<()> {
    let environment = options.sources.environment.clone();
    let daemon = Daemon::start(options).await?;
    let manager = Manager::new(environment.get("NOTIFY_SOCKET"), environment.get("WATCHDOG_USEC"));
    manager.ready();
    let pulse = tokio::spawn(watchers::pulse(daemon.app.clone(), manager.clone()));
    let why = shutdown.await;
    manager.stopping();
    pulse.abort();
    // It holds the app, and databases close when nobody does.
    let _ = pulse.await;
    tracing::info!(why, "stopping; agents that work go on");
    daemon.stop().await
}

impl Daemon {
    /// Starts everything; answers when requests are answered.
    pub async fn start(options: Options) -> anyhow::Result<Self> {
        let Options { root, sources, clock, program, with_log } = options;
        let mut holder = Holder::this(lock::DAEMON, clock.now());
        let lock = RootLock::acquire(&root, &holder, PATIENCE).await?;
        write_missing(&root).await?;
        let config = ConfigHandle::open(root.clone(), sources.clone())?;
        let settings = config.settings();
        let logs = with_log.then(|| Logs::start(&root, &settings.logging, clock.clone())).transpose();
        let logs = logs.context("failed to begin the log")?;
        let key = keys::of(&root, &settings.server, &sources, settings.server.bind)?;
        let bound = Bound::bind(settings.server.bind, &root.socket()).await?.at_most(settings.server.max_connections);
        let address = bound.address();
        // Whoever gets an answer may rely on the note: it is written before the first request is served.
        (holder.socket, holder.address) = (Some(root.socket()), Some(address.to_string()));
        lock.describe(&holder)?;
        let (control, orders) = Control::new(true);
        let app = App::open(config, clock, control).await?;
        // Before the loops, which judge by it what an earlier daemon has left.
        let now = app.now();
        app.control().report(|health| health.started_at = Some(now));
        let stop = CancellationToken::new();
        let supervised = process::Options::new(root.path(), || SystemClock.now())?;
        let supervisor = Supervisor::new(process::Options { binary: program.clone(), ..supervised });
        let keeper = Keeper::new(app.clone(), stop.clone());
        let reconciler = Reconciler::start(&keeper, supervisor, orders.reconciler, program);
        start_loops(&app, &keeper, logs, orders.jobs, &stop);
        notices::start(&app, &keeper);
        let access = Access::kept_in(
            address,
            key.as_ref().map(|key| key.secret.as_str()),
            keys::file_of(&root, &settings.server),
        );
        let routes = http::routes_with(app.clone(), access, stop.clone(), [("/mcp", tools(&app))]);
        let server = tokio::spawn(http::serve(bound, routes, stop.clone()));
        announce(&app, "the daemon has started").await;
        say_hello(&root, address, key.as_ref());
        Ok(Self { app, address, stop, server, reconciler, keeper, lock })
    }

    /// Stops everything in order. Agents live on.
    pub async fn stop(self) -> anyhow::Result<()> {
        announce(&self.app, "the daemon is stopping").await;
        self.stop.cancel();
        let served = self.server.await.context("the server did not end in order")?;
        self.keeper.finish(LAST_ROUNDS).await;
        self.reconciler.stopped().await;
        drop(self.keeper);
        rest(self.app).await;
        drop(self.lock);
        served.context("the server failed")
    }
}

/// The tools of the Model Context Protocol. They are made with the first call: they take some megabytes, and most
/// daemons are never asked for them.
fn tools(app: &App) -> http::Mounted {
    let (app, made) = (app.clone(), Arc::new(OnceCell::new()));
    Arc::new(move |request| {
        let (app, made) = (app.clone(), made.clone());
        async move {
            let make = || async { tokio::task::spawn_blocking(move || make_tools(app)).await? };
            match made.get_or_try_init(make).await {
                Ok(service) => service(request).await,
                Err(error) => {
                    tracing::error!(%error, "the tools cannot be made");
                    let mut answer = ::http::Response::new(Vec::new());
                    *answer.status_mut() = ::http::StatusCode::INTERNAL_SERVER_ERROR;
                    answer
                }
            }
        }
        .boxed()
    })
}

/// Their calls are requests to the routes of this process.
fn make_tools(app: App) -> anyhow::Result<mcp::Service> {
    let client = Client::new(Transport::InProcess(http::handler(app)), None);
    let way: mcp::Way = Arc::new(move |request| {
        let client = client.clone();
        async move { client.send(request).await.map_err(Problem::from) }.boxed()
    });
    Ok(mcp::service(&http::spec_json(), way)?)
}

/// Waits until every database has written what it was given.
async fn rest(app: App) {
    let mut writers: Vec<_> = app.projects().usable().iter().map(|project| project.store.changed()).collect();
    drop(app);
    let all = async {
        for writer in &mut writers {
            while writer.changed().await.is_ok() {}
        }
    };
    if tokio::time::timeout(LAST_ROUNDS, all).await.is_err() {
        tracing::warn!("a database is still in use; its log is applied at the next start");
    }
}

async fn write_missing(root: &Root) -> anyhow::Result<()> {
    let root = root.clone();
    tokio::task::spawn_blocking(move || init::write_missing(&root)).await?.context("failed to set up the root")?;
    Ok(())
}

fn start_loops(
    app: &App,
    keeper: &Keeper,
    logs: Option<Logs>,
    orders: mpsc::Receiver<Command>,
    stop: &CancellationToken,
) {
    let (config, policies, disk, prompts) = (app.clone(), app.clone(), app.clone(), app.clone());
    let (stop_config, stop_policies, stop_disk) = (stop.clone(), stop.clone(), stop.clone());
    let (skills, stop_skills, stop_prompts) = (app.clone(), stop.clone(), stop.clone());
    let logs = Arc::new(logs);
    keeper.keep("config", move || watchers::config(config.clone(), logs.clone(), stop_config.clone()));
    keeper.keep("policies", move || watchers::policies(policies.clone(), stop_policies.clone()));
    keeper.keep("templates", move || watchers::templates(prompts.clone(), stop_prompts.clone()));
    keeper.keep("skills", move || watchers::skills(skills.clone(), stop_skills.clone()));
    let (app, stop, orders) = (app.clone(), stop.clone(), Arc::new(Mutex::new(orders)));
    keeper.keep("jobs", move || {
        // The queue outlives the loop: what was ordered while it was started again is not lost.
        let (app, stop, orders) = (app.clone(), stop.clone(), orders.clone());
        async move { jobs::run(app, &mut *orders.lock().await, stop).await }
    });
    let (copies, stop_copies) = (disk.clone(), stop_disk.clone());
    keeper.keep("disk", move || watchers::disk(disk.clone(), DISK_INTERVAL, stop_disk.clone()));
    #[cfg(feature = "otlp")]
    {
        let (traced, stop_traced) = (copies.clone(), stop_copies.clone());
        keeper.keep("traces", move || otlp::follow(traced.clone(), stop_traced.clone()));
    }
    let (figures, stop_figures) = (copies.clone(), stop_copies.clone());
    keeper.keep("copies", move || watchers::copies(copies.clone(), stop_copies.clone()));
    keeper.keep("trends", move || trends::follow(figures.clone(), stop_figures.clone()));
}

async fn announce(app: &App, what: &str) {
    let payload = serde_json::json!({"version": env!("CARGO_PKG_VERSION"), "pid": std::process::id()});
    let event = NewEvent::new(EventKind::DaemonState, None, Actor::Daemon, what).payload(payload);
    if let Err(error) = app.daemon().publish(app.now(), event).await {
        tracing::warn!(%error, what, "could not be announced");
    }
}

fn say_hello(root: &Root, address: SocketAddr, key: Option<&Key>) {
    tracing::info!(%address, root = %root.path().display(), version = env!("CARGO_PKG_VERSION"), "moziplus is ready");
    let Some(key) = key else { return };
    // What is no terminal is some service manager's log, which must not hold the key. A fresh one is told all the same:
    // whoever sets the daemon up has no other sign of it.
    if key.is_fresh || io::stdout().is_terminal() {
        println!("log in: http://{address}/login?key={}", key.secret);
    } else {
        println!("log in: http://{address}/login?key=KEY, with the key of {}", key.place);
    }
}
