//! What is kept of a finished session beside its prompt and log: its last words, and its transcript where the program
//! keeps one. The program's own files are read, never changed.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::output::Report;

/// The agent's last words, in an attempt's folder.
const RESULT_FILE: &str = "result.md";
/// The program's own record of the session, in an attempt's folder.
const TRANSCRIPT_FILE: &str = "transcript.jsonl";
/// A larger record is left where it is.
const LARGEST: u64 = 16 * 1024 * 1024;

/// Keeps what a session has left. `home` is where its program keeps its files. Blocks.
pub fn keep(folder: &Path, report: &Report, home: Option<&Path>) -> io::Result<()> {
    if let Some(text) = &report.text {
        fs::write(folder.join(RESULT_FILE), text)?;
    }
    let session = report.usage.as_ref().and_then(|usage| usage.session.as_deref());
    if let Some(record) = session.zip(home).and_then(|(session, home)| of_claude(session, home)) {
        fs::copy(record, folder.join(TRANSCRIPT_FILE))?;
    }
    Ok(())
}

/// Claude keeps a file per session, in a folder per working folder.
fn of_claude(session: &str, home: &Path) -> Option<PathBuf> {
    // Only a name of its own making is looked for: no path may hide in it.
    uuid::Uuid::parse_str(session).ok()?;
    let folders = fs::read_dir(home.join(".claude/projects")).ok()?.flatten();
    let files = folders.map(|folder| folder.path().join(session).with_extension("jsonl"));
    let mut there = files.filter(|file| fs::metadata(file).is_ok_and(|meta| meta.is_file() && meta.len() <= LARGEST));
    there.next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::usage::Usage;

    #[test]
    fn last_words_and_transcript_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let (home, archive) = (folder.path().join("home"), folder.path().join("archive"));
        let session = "11111111-1111-4111-8111-111111111111";
        let record = home.join(".claude/projects/-work").join(format!("{session}.jsonl"));
        fs::create_dir_all(record.parent().unwrap()).unwrap();
        fs::create_dir(&archive).unwrap();
        fs::write(&record, "{}\n").unwrap();
        let usage = Usage { session: Some(session.into()), ..Usage::default() };
        let report = Report { text: Some("done".into()), usage: Some(usage.clone()), ..Report::default() };
        keep(&archive, &report, Some(&home)).unwrap();
        assert_eq!(fs::read_to_string(archive.join(RESULT_FILE)).unwrap(), "done");
        assert_eq!(fs::read_to_string(archive.join(TRANSCRIPT_FILE)).unwrap(), "{}\n");
        // A session's name is no path.
        let usage = Usage { session: Some("../../secret".into()), ..usage };
        keep(&archive, &Report { usage: Some(usage), ..Report::default() }, Some(&home)).unwrap();
    }
}
