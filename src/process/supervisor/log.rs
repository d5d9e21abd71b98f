//! The supervisor's own log: faults only, in `run/supervisor.log` (its standard error), emptied when it grows.

use std::{
    fs::File,
    io::{self, Write},
    sync::Mutex,
};

use tracing_subscriber::filter::LevelFilter;

/// More than a person reads.
const MOST_BYTES: u64 = 1024 * 1024;

/// Sends what is told by `tracing` to standard error.
pub(super) fn init() {
    let subscriber = tracing_subscriber::fmt().with_max_level(LevelFilter::INFO).with_ansi(false);
    // It is already set where the command line set one up.
    let _already_set = subscriber.with_writer(Mutex::new(Capped)).try_init();
}

struct Capped;

impl Write for Capped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut stderr = io::stderr();
        empty_when_full();
        stderr.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

/// Standard error is a file opened for appending, or, when started by hand, something that cannot be emptied.
fn empty_when_full() {
    let Ok(fd) = nix::unistd::dup(io::stderr()) else { return };
    let file = File::from(fd);
    if file.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.len() > MOST_BYTES) {
        let _best_effort = file.set_len(0);
    }
}
