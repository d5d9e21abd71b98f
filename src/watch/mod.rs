//! Watches folders for files whose content changed: the one home of the `notify` crate.
//!
//! The system's notifications only wake the watcher up; what changed is found by looking. A look compares size, times
//! and inode first and content hashes after that, so that a touch is no change, an editor that saves by renaming is
//! seen, and a folder that comes, goes or is replaced is picked up again. A slow regular look covers file systems
//! that notify nobody. Knows nothing of what the files mean.

pub mod plain;
mod scan;

use std::{
    collections::BTreeSet,
    path::PathBuf,
    sync::{Arc, mpsc},
    time::{Duration, Instant},
};

use notify::{RecursiveMode, Watcher as _};
use tokio::sync::watch;

use self::scan::{Content, Scanner};

/// What to watch and how patiently.
#[derive(Debug, Clone)]
pub struct Spec {
    /// Folders, with everything below them; they need not exist yet. A file may be named too.
    pub folders: Vec<PathBuf>,
    /// Endings of the files that count, without the dot; every file when empty.
    pub endings: Vec<&'static str>,
    /// How long it has to be quiet after a notification before the look, so that a save in several steps is one change.
    pub settle: Duration,
    /// Time between two looks when nothing is notified.
    pub poll: Duration,
}

impl Spec {
    /// These folders and endings, with times that put a save in force well within a second.
    pub fn new(folders: Vec<PathBuf>, endings: Vec<&'static str>) -> Self {
        Self { folders, endings, settle: Duration::from_millis(60), poll: Duration::from_millis(700) }
    }
}

/// One change: everything that differs since the one before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Counts up from 0, which stands for the state at the start.
    pub generation: u64,
    /// The files whose content changed, or that came or went, in order.
    pub files: Vec<PathBuf>,
}

/// A running watch; it ends when this is dropped.
#[derive(Debug)]
pub struct Watch {
    changes: watch::Receiver<Arc<Change>>,
    signals: mpsc::SyncSender<Signal>,
}

enum Signal {
    Notified,
    Folders(Vec<PathBuf>),
    Stop,
}

/// How many signals may wait; more say nothing new, because a look sees everything.
const SIGNALS: usize = 64;

/// Longest time that a stream of notifications can put the look off.
const LONGEST_SETTLE: Duration = Duration::from_millis(400);

impl Watch {
    /// Starts to watch from the present state on, on a thread of its own.
    pub fn start(spec: Spec) -> std::io::Result<Self> {
        let (signals, inbox) = mpsc::sync_channel(SIGNALS);
        let (out, changes) = watch::channel(Arc::new(Change::default()));
        let notified = signals.clone();
        let mut scanner = Scanner::new(spec.folders.clone(), spec.endings.clone());
        let content = scanner.look();
        let worker = move || Worker { notifier: Notifier::new(notified), spec, scanner, content, out }.run(&inbox);
        std::thread::Builder::new().name("watch".to_owned()).spawn(worker)?;
        Ok(Self { changes, signals })
    }

    /// The changes; a receiver that lags sees the newest one, so read again everything that matters.
    pub fn changes(&self) -> watch::Receiver<Arc<Change>> {
        self.changes.clone()
    }

    /// Watches these folders from now on; what they hold already counts as a change where it was not watched before.
    pub fn set_folders(&self, folders: Vec<PathBuf>) {
        // The worker takes signals faster than anybody can set folders; were it gone, nobody would be watching.
        let _ = self.signals.send(Signal::Folders(folders));
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // When the queue is full the worker is awake, and ends as soon as it finds nobody listening.
        let _ = self.signals.try_send(Signal::Stop);
    }
}

/// The thread's state.
struct Worker {
    notifier: Notifier,
    spec: Spec,
    scanner: Scanner,
    content: Content,
    out: watch::Sender<Arc<Change>>,
}

impl Worker {
    fn run(mut self, inbox: &mpsc::Receiver<Signal>) {
        self.notifier.follow(&self.spec.folders);
        while !self.out.is_closed() {
            match inbox.recv_timeout(self.spec.poll) {
                Ok(signal) => {
                    if !self.take(signal) || !self.settle(inbox) {
                        return;
                    }
                }
                Err(mpsc::RecvTimeoutError::Timeout) => {}
                Err(mpsc::RecvTimeoutError::Disconnected) => return,
            }
            self.notifier.follow(&self.spec.folders);
            self.look();
        }
    }

    /// False when it is time to end.
    fn take(&mut self, signal: Signal) -> bool {
        match signal {
            Signal::Notified => true,
            Signal::Folders(folders) => {
                self.scanner.set_folders(folders.clone());
                self.spec.folders = folders;
                true
            }
            Signal::Stop => false,
        }
    }

    /// Waits until nothing has been notified for a while; false when it is time to end.
    fn settle(&mut self, inbox: &mpsc::Receiver<Signal>) -> bool {
        let begin = Instant::now();
        while begin.elapsed() < LONGEST_SETTLE {
            match inbox.recv_timeout(self.spec.settle) {
                Ok(signal) => {
                    if !self.take(signal) {
                        return false;
                    }
                }
                Err(_) => return true,
            }
        }
        true
    }

    fn look(&mut self) {
        let content = self.scanner.look();
        let files = scan::difference(&self.content, &content);
        if files.is_empty() {
            return;
        }
        self.content = content;
        let generation = self.out.borrow().generation + 1;
        self.out.send_replace(Arc::new(Change { generation, files }));
    }
}

/// The system's notifications, as far as there are any.
struct Notifier {
    watcher: Option<notify::RecommendedWatcher>,
    /// Folder and inode of what is followed: a folder that was replaced has to be followed anew.
    followed: BTreeSet<(PathBuf, u64)>,
}

impl Notifier {
    fn new(signals: mpsc::SyncSender<Signal>) -> Self {
        let handler = move |event: notify::Result<notify::Event>| {
            if !matches!(&event, Ok(event) if event.kind.is_access()) {
                let _ = signals.try_send(Signal::Notified);
            }
        };
        let watcher = notify::recommended_watcher(handler);
        if let Err(error) = &watcher {
            tracing::warn!(%error, "no file notifications from the system; changes are found by polling");
        }
        Self { watcher: watcher.ok(), followed: BTreeSet::new() }
    }

    fn follow(&mut self, folders: &[PathBuf]) {
        let Some(watcher) = &mut self.watcher else { return };
        let wanted: BTreeSet<_> = folders.iter().filter_map(|path| Some((path.clone(), scan::inode(path)?))).collect();
        for (path, _) in self.followed.difference(&wanted) {
            // It is gone, or about to be followed anew; either way there is nothing to lose.
            let _ = watcher.unwatch(path);
        }
        let mut followed: BTreeSet<_> = self.followed.intersection(&wanted).cloned().collect();
        for entry in wanted.difference(&self.followed) {
            match watcher.watch(&entry.0, RecursiveMode::Recursive) {
                Ok(()) => drop(followed.insert(entry.clone())),
                Err(error) => tracing::debug!(%error, path = %entry.0.display(), "not notified of changes; polling"),
            }
        }
        self.followed = followed;
    }
}

#[cfg(test)]
mod tests;
