//! The daemon's own log: to stdout, where pm2 and systemd collect it, and to a file that is rotated by size.

use std::{
    fs::{self, OpenOptions},
    io::{self, IsTerminal},
    os::unix::fs::OpenOptionsExt,
};

use file_rotate::{ContentLimit, FileRotate, compression::Compression, suffix::AppendCount};
use tracing_appender::non_blocking::WorkerGuard;
use tracing_subscriber::{
    EnvFilter, Layer, Registry,
    fmt::{self, MakeWriter, format::Writer, time::FormatTime},
    layer::SubscriberExt,
    registry::LookupSpan,
    reload,
    util::SubscriberInitExt,
};

use super::repeats::Repeats;
use crate::{
    clock::SharedClock,
    config::{LogFormat, LogLevel, Logging, Root},
};

/// Keeps the log going while it is held, and changes its level.
pub struct Logs {
    filter: reload::Handle<EnvFilter, Registry>,
    /// Writes what is left when it is dropped.
    _file: WorkerGuard,
}

impl Logs {
    /// Begins to log. Only once in a process.
    pub fn start(root: &Root, settings: &Logging, clock: SharedClock) -> io::Result<Self> {
        fs::create_dir_all(root.logs())?;
        let (filter, handle) = reload::Layer::new(filter(settings.level));
        let limit = ContentLimit::BytesSurpassed(usize::try_from(settings.max_file_size.0).unwrap_or(usize::MAX));
        let mut options = OpenOptions::new();
        options.read(true).create(true).append(true).mode(0o600);
        let kept = AppendCount::new(settings.max_files as usize);
        let rotated = FileRotate::new(root.logs().join("daemon.log"), kept, limit, Compression::None, Some(options));
        // A disk that cannot keep up costs log lines, never the daemon's time.
        let (file, guard) = tracing_appender::non_blocking(rotated);
        let (most, is_json) = (settings.repeats_per_minute, settings.format == LogFormat::Json);
        let shown = lines(clock.clone(), is_json, io::stdout().is_terminal(), io::stdout);
        let written = lines(clock, is_json, false, file);
        tracing_subscriber::registry()
            .with(filter)
            .with(shown.with_filter(Repeats::new(most)))
            .with(written.with_filter(Repeats::new(most)))
            .try_init()
            .map_err(io::Error::other)?;
        Ok(Self { filter: handle, _file: guard })
    }

    /// Changes how much is logged.
    pub fn set_level(&self, level: LogLevel) {
        if let Err(error) = self.filter.reload(filter(level)) {
            tracing::warn!(%error, "the log level could not be changed");
        }
    }
}

/// Writes lines for people, or for programs.
fn lines<W, S>(clock: SharedClock, is_json: bool, ansi: bool, to: W) -> Box<dyn Layer<S> + Send + Sync>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
    S: tracing::Subscriber + for<'l> LookupSpan<'l>,
{
    let layer = fmt::layer().with_timer(Timer(clock)).with_target(false).with_ansi(ansi).with_writer(to);
    if is_json { layer.json().flatten_event(true).boxed() } else { layer.boxed() }
}

/// Our own words at the level, those of libraries only when something is wrong.
fn filter(level: LogLevel) -> EnvFilter {
    EnvFilter::new(format!("warn,moziplus={}", level.as_str()))
}

/// Log lines show the same time as everything else.
struct Timer(SharedClock);

impl FormatTime for Timer {
    fn format_time(&self, writer: &mut Writer<'_>) -> std::fmt::Result {
        write!(writer, "{}", self.0.now().format("%Y-%m-%dT%H:%M:%S%.3fZ"))
    }
}
