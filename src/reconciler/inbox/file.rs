//! Reading the inbox as a file that others append to, cut, replace and that is rotated away. Blocking, and no meaning.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write},
    os::unix::fs::MetadataExt,
    path::Path,
    time::Duration,
};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Longest line, in bytes.
pub(super) const LONGEST_LINE: u64 = 256 * 1024;
/// Lines that are read before they are taken.
const BATCH: usize = 500;
/// A rotated file is read on until it has been quiet for so long.
const QUIET: Duration = Duration::from_secs(60);
/// Over this size the file of rejected lines is put aside, and the one put aside before goes.
const MOST_REJECTED: u64 = 8 * 1024 * 1024;

/// How far a file was read. Device and inode tell whether it is still the same file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    /// Names this life of the file in keys of lines.
    pub generation: String,
    device: u64,
    inode: u64,
    /// Everything before was taken or rejected.
    pub offset: u64,
}

/// How far both files were read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Places {
    /// The inbox.
    pub current: Option<Place>,
    /// What was rotated away.
    pub rotated: Option<Place>,
}

impl Places {
    /// True when both name the lives of the files alike, however far they were read.
    pub fn same_lives(&self, other: &Self) -> bool {
        let lives = |places: &Self| {
            [&places.current, &places.rotated].map(|place| place.as_ref().map(|place| place.generation.clone()))
        };
        lives(self) == lives(other)
    }

    /// Notices a rotation that a crash kept from being written down: what was the inbox is the rotated file now.
    pub fn follow(&mut self, rotated: &Path) -> io::Result<()> {
        if self.rotated.is_none()
            && let Some(place) = &self.current
            && metadata(rotated)?.is_some_and(|meta| (meta.dev(), meta.ino()) == (place.device, place.inode))
        {
            self.rotated = self.current.take();
        }
        Ok(())
    }
}

/// A complete line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RawLine {
    /// Names it among all lines: file generation and byte offset.
    pub key: String,
    /// Its text, or the beginning of it when it is too long.
    pub text: String,
    /// True when it is longer than a line may be.
    pub too_long: bool,
    /// Where the next line begins.
    pub end: u64,
}

/// What was read at once.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Batch {
    /// Complete lines, in order.
    pub lines: Vec<RawLine>,
    /// True when there are more behind them.
    pub more: bool,
}

/// Reads complete lines from where the last reading ended. A file that was replaced or cut is read from its start.
pub(super) fn read(path: &Path, place: &mut Option<Place>) -> io::Result<Batch> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            *place = None;
            return Ok(Batch::default());
        }
        Err(error) => return Err(error),
    };
    let meta = file.metadata()?;
    let (device, inode) = (meta.dev(), meta.ino());
    let same = |known: &Place| known.device == device && known.inode == inode && known.offset <= meta.len();
    let known = place.take().filter(same);
    let fresh = || Place { generation: uuid::Uuid::new_v4().simple().to_string(), device, inode, offset: 0 };
    let known = place.insert(known.unwrap_or_else(fresh));
    if known.offset == meta.len() {
        return Ok(Batch::default());
    }
    file.seek(SeekFrom::Start(known.offset))?;
    lines(BufReader::new(file), known)
}

fn lines(mut file: BufReader<File>, place: &Place) -> io::Result<Batch> {
    let (mut batch, mut offset) = (Batch::default(), place.offset);
    while batch.lines.len() < BATCH {
        let Some((text, length, too_long)) = line(&mut file)? else { return Ok(batch) };
        let key = format!("{}:{offset}", place.generation);
        offset += length;
        batch.lines.push(RawLine { key, text, too_long, end: offset });
    }
    batch.more = true;
    Ok(batch)
}

/// The next complete line, its length with the line feed, and whether it was cut; none when the writer is not done yet.
fn line(file: &mut BufReader<File>) -> io::Result<Option<(String, u64, bool)>> {
    let mut bytes = Vec::new();
    let mut length = file.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut bytes)? as u64;
    let too_long = length == LONGEST_LINE && bytes.last() != Some(&b'\n');
    if too_long {
        match skip_line(file)? {
            Some(rest) => length += rest,
            None => return Ok(None),
        }
        bytes.truncate(1024);
    } else if bytes.last() != Some(&b'\n') {
        return Ok(None);
    }
    Ok(Some((String::from_utf8_lossy(&bytes).trim_end().to_owned(), length, too_long)))
}

/// Skips the rest of a line; none when it has no end yet.
fn skip_line(file: &mut BufReader<File>) -> io::Result<Option<u64>> {
    let mut skipped = 0;
    loop {
        let buffer = file.fill_buf()?;
        if buffer.is_empty() {
            return Ok(None);
        }
        let (used, done) = match buffer.iter().position(|byte| *byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (buffer.len(), false),
        };
        file.consume(used);
        skipped += used as u64;
        if done {
            return Ok(Some(skipped));
        }
    }
}

/// Rotates an inbox that is large and read to the end, and removes a rotated one that has been quiet for long enough.
pub(super) fn tidy(inbox: &Path, rotated: &Path, most: u64, places: &mut Places) -> io::Result<()> {
    if let Some(meta) = metadata(rotated)? {
        let done = places.rotated.as_ref().is_some_and(|place| place.offset == meta.len());
        let quiet = meta.modified()?.elapsed().is_ok_and(|age| age > QUIET);
        if done && quiet {
            fs::remove_file(rotated)?;
            places.rotated = None;
        }
        return Ok(());
    }
    let Some(meta) = metadata(inbox)? else { return Ok(()) };
    let done = places.current.as_ref().is_some_and(|place| place.offset == meta.len());
    if done && meta.len() > most {
        fs::rename(inbox, rotated)?;
        places.rotated = places.current.take();
        OpenOptions::new().create(true).append(true).open(inbox)?;
    }
    Ok(())
}

fn metadata(path: &Path) -> io::Result<Option<fs::Metadata>> {
    match fs::metadata(path) {
        Ok(meta) => Ok(Some(meta)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Keeps a line that could not be taken, with the reason.
pub(super) fn reject(path: &Path, line: &str, reason: &str, at: DateTime<Utc>) -> io::Result<()> {
    if metadata(path)?.is_some_and(|meta| meta.len() > MOST_REJECTED) {
        fs::rename(path, path.with_extension("jsonl.1"))?;
    }
    let mut text = json!({"at": at, "reason": reason, "line": line}).to_string();
    text.push('\n');
    OpenOptions::new().create(true).append(true).open(path)?.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn append(path: &Path, text: &str) {
        OpenOptions::new().create(true).append(true).open(path).unwrap().write_all(text.as_bytes()).unwrap();
    }

    /// Reads on, and takes what was read.
    fn take(path: &Path, place: &mut Option<Place>) -> Vec<String> {
        let batch = read(path, place).unwrap();
        if let (Some(place), Some(last)) = (place.as_mut(), batch.lines.last()) {
            place.offset = last.end;
        }
        batch.lines.into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn only_complete_lines_count_and_each_once() {
        let folder = tempfile::tempdir().unwrap();
        let (path, mut place) = (folder.path().join("daemon.jsonl"), None);
        assert!(take(&path, &mut place).is_empty());
        append(&path, "one\ntw");
        assert_eq!(take(&path, &mut place), ["one"]);
        assert!(take(&path, &mut place).is_empty());
        append(&path, "o\nthree\n");
        assert_eq!(take(&path, &mut place), ["two", "three"]);
        let generation = place.as_ref().unwrap().generation.clone();
        // Cut: a new life of the file, so that keys do not repeat.
        fs::write(&path, "four\n").unwrap();
        assert_eq!(take(&path, &mut place), ["four"]);
        assert_ne!(place.unwrap().generation, generation);
    }

    #[test]
    fn an_endless_line_is_cut_and_does_not_stop_the_rest() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("daemon.jsonl");
        append(&path, &"x".repeat(LONGEST_LINE as usize + 100));
        let mut place = None;
        assert!(read(&path, &mut place).unwrap().lines.is_empty());
        append(&path, "\nnext\n");
        let lines = read(&path, &mut place).unwrap().lines;
        assert!(lines[0].too_long && lines[0].text.len() == 1024);
        assert_eq!(lines[1].text, "next");
    }

    #[test]
    fn a_large_inbox_is_rotated_and_late_writers_are_heard() {
        let folder = tempfile::tempdir().unwrap();
        let (path, rotated) = (folder.path().join("daemon.jsonl"), folder.path().join("daemon.jsonl.1"));
        let mut places = Places::default();
        append(&path, "one\n");
        let mut late = OpenOptions::new().append(true).open(&path).unwrap();
        take(&path, &mut places.current);
        tidy(&path, &rotated, 100, &mut places).unwrap();
        assert!(!rotated.exists());
        let before = places.clone();
        tidy(&path, &rotated, 2, &mut places).unwrap();
        assert!(rotated.exists() && fs::read(&path).unwrap().is_empty());
        // A crash before the new places were kept changes nothing.
        let mut crashed = before;
        crashed.follow(&rotated).unwrap();
        assert_eq!(crashed, places);
        late.write_all(b"two\n").unwrap();
        assert_eq!(take(&rotated, &mut places.rotated), ["two"]);
        append(&path, "three\n");
        assert_eq!(take(&path, &mut places.current), ["three"]);
        // Neither is rotated again nor removed while the old one may still be written to.
        tidy(&path, &rotated, 2, &mut places).unwrap();
        assert!(rotated.exists());
        late.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
        tidy(&path, &rotated, 2, &mut places).unwrap();
        assert!(!rotated.exists() && places.rotated.is_none());
    }
}
