//! What a process prints: taken from named pipes and kept in two size-capped files.
//!
//! The beginning of a long output is kept, and its end, because results and errors stand there.

use std::{
    collections::VecDeque,
    fs::{File, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use chrono::{DateTime, Utc};
use tokio::net::unix::pipe;
use tokio_util::sync::CancellationToken;

use super::{Now, pipes::Pipes};

/// Standard output and standard error in order of arrival.
pub(super) const OUTPUT_FILE: &str = "output.log";
/// Standard output alone, from which runners read results.
pub(super) const STDOUT_FILE: &str = "stdout.log";

/// The end of an over-long log is kept up to this size, because results and errors stand at the end. It is kept in
/// memory, for each log that is full.
const MOST_TAIL: u64 = 16 * 1024;
/// Room for the two marker lines within the cap.
const MARKER_ROOM: u64 = 256;
/// Most bytes read at once.
const CHUNK: usize = 16 * 1024;
/// Most bytes taken from a pipe that somebody holds open after the end: as much as a pipe holds on Linux.
const MOST_REST: usize = 64 * 1024;

/// How much was printed and when last; read while the process runs.
#[derive(Debug, Default)]
pub(super) struct Meter {
    bytes: AtomicU64,
    last_millis: AtomicI64,
}

impl Meter {
    /// Goes on from what somebody else has counted.
    pub(super) fn resume(bytes: u64, last_output_at: Option<DateTime<Utc>>) -> Self {
        let last_millis = last_output_at.map_or(0, |at| at.timestamp_millis());
        Self { bytes: AtomicU64::new(bytes), last_millis: AtomicI64::new(last_millis) }
    }

    fn note(&self, bytes: usize, now: DateTime<Utc>) {
        self.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
        self.last_millis.store(now.timestamp_millis(), Ordering::Relaxed);
    }

    /// Bytes printed, those that were left out of the log included.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// When the process last printed something.
    pub(super) fn last_output_at(&self) -> Option<DateTime<Utc>> {
        let millis = self.last_millis.load(Ordering::Relaxed);
        (millis != 0).then(|| DateTime::from_timestamp_millis(millis)).flatten()
    }
}

/// A log file that keeps its beginning and, once it is full, its end.
#[derive(Debug)]
struct CappedFile {
    file: File,
    /// Bytes in the file.
    written: u64,
    /// Most bytes of the beginning.
    head: u64,
    /// Cap of the whole file.
    limit: u64,
    /// Most bytes of the end.
    most_tail: usize,
    /// The last bytes after the cut.
    tail: VecDeque<u8>,
    /// Bytes that came after the cut.
    cut: u64,
}

impl CappedFile {
    fn open(path: &Path, limit: u64, resume: bool) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.create(true).mode(0o600);
        let file = if resume { options.append(true) } else { options.write(true).truncate(true) }.open(path)?;
        let written = if resume { file.metadata()?.len() } else { 0 };
        let most_tail = MOST_TAIL.min(limit / 4);
        let head = limit.saturating_sub(most_tail + MARKER_ROOM).max(limit / 2);
        Ok(Self { file, written, head, limit, most_tail: most_tail as usize, tail: VecDeque::new(), cut: 0 })
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let room = usize::try_from(self.head.saturating_sub(self.written)).unwrap_or(usize::MAX);
        let (kept, rest) = bytes.split_at(room.min(bytes.len()));
        if self.cut == 0 && !kept.is_empty() {
            self.append(kept)?;
        }
        if rest.is_empty() {
            return Ok(());
        }
        if self.cut == 0 {
            let marker =
                format!("\n[moziplus: log cut here, over {} bytes; its end follows when it is over]\n", self.limit);
            self.append(marker.as_bytes())?;
            // From here on nothing but the end is kept, even if the marker left room.
            self.written = self.written.max(self.head);
        }
        self.cut += rest.len() as u64;
        self.tail.reserve_exact(self.most_tail.saturating_sub(self.tail.len()));
        let newest = &rest[rest.len().saturating_sub(self.most_tail)..];
        let overflow = (self.tail.len() + newest.len()).saturating_sub(self.most_tail);
        self.tail.drain(..overflow);
        self.tail.extend(newest);
        Ok(())
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.written += bytes.len() as u64;
        Ok(())
    }

    /// Writes the end of an over-long log.
    fn close(mut self) -> io::Result<()> {
        if self.cut == 0 {
            return Ok(());
        }
        let left_out = self.cut - self.tail.len() as u64;
        self.file.write_all(format!("[moziplus: {left_out} bytes left out]\n").as_bytes())?;
        self.file.write_all(self.tail.make_contiguous())
    }
}

/// The two log files of an attempt.
#[derive(Debug)]
pub(super) struct Log {
    output: CappedFile,
    stdout: CappedFile,
    meter: Arc<Meter>,
    /// The first failure to write, told once.
    failed: bool,
}

impl Log {
    /// Opens both files in `dir` (0600), each capped at `limit` bytes; `resume` goes on behind what they hold.
    pub(super) fn open(dir: &Path, limit: u64, resume: bool, meter: Arc<Meter>) -> io::Result<Self> {
        let output = CappedFile::open(&dir.join(OUTPUT_FILE), limit, resume)?;
        let stdout = CappedFile::open(&dir.join(STDOUT_FILE), limit, resume)?;
        Ok(Self { output, stdout, meter, failed: false })
    }

    fn write(&mut self, bytes: &[u8], from_stdout: bool, now: DateTime<Utc>) {
        self.meter.note(bytes.len(), now);
        let mut result = self.output.write(bytes);
        if from_stdout {
            result = result.and(self.stdout.write(bytes));
        }
        self.check(result);
    }

    /// Takes some of what a pipe that is ready holds; false at its end. The buffer is on the stack, so that a process
    /// that has nothing to say costs no memory.
    fn take(&mut self, pipe: &pipe::Receiver, from_stdout: bool, now: Now) -> bool {
        let mut chunk = [0; CHUNK];
        match pipe.try_read(&mut chunk) {
            Ok(0) => false,
            Ok(read) => {
                self.write(&chunk[..read], from_stdout, now());
                true
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => true,
            Err(error) => {
                tracing::warn!(%error, "failed to read the output of a process");
                false
            }
        }
    }

    /// Takes what a pipe holds at this moment.
    fn write_rest(&mut self, pipe: &pipe::Receiver, from_stdout: bool, now: DateTime<Utc>) {
        let mut buffer = vec![0; MOST_REST];
        if let Ok(read @ 1..) = pipe.try_read(&mut buffer) {
            self.write(&buffer[..read], from_stdout, now);
        }
    }

    fn close(self) {
        let result = self.output.close().and(self.stdout.close());
        if let Err(error) = result
            && !self.failed
        {
            tracing::warn!(%error, "failed to write the end of a log");
        }
    }

    /// A full disk must not stop the process: what cannot be written is dropped.
    fn check(&mut self, result: io::Result<()>) {
        if let Err(error) = result
            && !self.failed
        {
            self.failed = true;
            tracing::warn!(%error, "failed to write a log, output is lost");
        }
    }
}

/// Moves everything from the pipes into the log, until both are at their end or `stop` is cancelled; then closes it.
/// Answers whether both were at their end, so that nobody holds them any more.
pub(super) async fn drain(pipes: Pipes, mut log: Log, now: Now, stop: CancellationToken) -> bool {
    let (mut out_open, mut err_open) = (true, true);
    while out_open || err_open {
        tokio::select! {
            () = stop.cancelled() => break,
            ready = pipes.stdout.readable(), if out_open => out_open = ready.is_ok() && log.take(&pipes.stdout, true, now),
            ready = pipes.stderr.readable(), if err_open => err_open = ready.is_ok() && log.take(&pipes.stderr, false, now),
        }
    }
    let at_end = !out_open && !err_open;
    if !at_end {
        log.write_rest(&pipes.stdout, true, now());
        log.write_rest(&pipes.stderr, false, now());
    }
    log.close();
    at_end
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{
        super::pipes::{Ends, PipeFolder, PipePool},
        *,
    };

    fn now() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + chrono::TimeDelta::seconds(5)
    }

    fn ends(folder: &Path) -> Ends {
        let name = PipePool::new(PipeFolder(folder.to_owned()), 1).take();
        PipeFolder(folder.to_owned()).ends(&name).unwrap()
    }

    fn capped(limit: u64, writes: &[&[u8]]) -> String {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("log");
        let mut file = CappedFile::open(&path, limit, false).unwrap();
        for bytes in writes {
            file.write(bytes).unwrap();
        }
        file.close().unwrap();
        fs::read_to_string(path).unwrap()
    }

    #[test]
    fn a_short_log_is_kept_as_it_is() {
        assert_eq!(capped(1000, &[b"one\n", b"two\n"]), "one\ntwo\n");
        assert_eq!(capped(4, &[b"on"]), "on");
        let exact = "x".repeat(494);
        assert_eq!(capped(1000, &[exact.as_bytes()]), exact);
    }

    #[test]
    fn a_long_log_keeps_both_ends_within_the_cap() {
        let lines: Vec<String> = (0..1000).map(|n| format!("line {n:04}\n")).collect();
        let writes: Vec<&[u8]> = lines.iter().map(|line| line.as_bytes()).collect();
        let log = capped(2000, &writes);
        assert!(log.len() <= 2000, "{}", log.len());
        assert!(log.starts_with("line 0000\n"), "{log}");
        assert!(log.ends_with("line 0999\n"), "{log}");
        assert!(log.contains("[moziplus: log cut here, over 2000 bytes"), "{log}");
        assert!(log.contains("bytes left out]\n"), "{log}");
        // One big write gives the same.
        assert_eq!(capped(2000, &[lines.concat().as_bytes()]), log);
    }

    #[test]
    fn a_resumed_log_goes_on_behind_what_is_there() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("log");
        CappedFile::open(&path, 100, false).unwrap().write(b"before\n").unwrap();
        let mut file = CappedFile::open(&path, 100, true).unwrap();
        assert_eq!(file.written, 7);
        file.write(b"after\n").unwrap();
        assert_eq!(fs::read_to_string(path).unwrap(), "before\nafter\n");
    }

    #[tokio::test]
    async fn pipes_are_drained_to_their_end() {
        let dir = tempfile::tempdir().unwrap();
        let Ends { mut stdout, mut stderr, pipes } = ends(dir.path());
        let meter = Arc::new(Meter::default());
        assert_eq!(meter.last_output_at(), None);
        let log = Log::open(dir.path(), 10_000, false, Arc::clone(&meter)).unwrap();
        stdout.write_all(b"out\n").unwrap();
        stderr.write_all(b"err\n").unwrap();
        drop((stdout, stderr));
        assert!(drain(pipes, log, now, CancellationToken::new()).await);
        let output = fs::read_to_string(dir.path().join(OUTPUT_FILE)).unwrap();
        let mut lines: Vec<&str> = output.lines().collect();
        lines.sort_unstable();
        assert_eq!(lines, ["err", "out"]);
        assert_eq!(fs::read_to_string(dir.path().join(STDOUT_FILE)).unwrap(), "out\n");
        assert_eq!((meter.bytes(), meter.last_output_at()), (8, Some(now())));
    }

    #[tokio::test]
    async fn a_pipe_that_somebody_holds_is_left_when_told_to() {
        let dir = tempfile::tempdir().unwrap();
        let Ends { mut stdout, stderr: _held, pipes } = ends(dir.path());
        stdout.write_all(b"the rest\n").unwrap();
        pipes.stdout.readable().await.unwrap();
        let log = Log::open(dir.path(), 10_000, false, Arc::default()).unwrap();
        let stop = CancellationToken::new();
        stop.cancel();
        assert!(!drain(pipes, log, now, stop).await);
        assert_eq!(fs::read_to_string(dir.path().join(STDOUT_FILE)).unwrap(), "the rest\n");
    }
}
