//! Copies as they lie in a folder: plain ones of the root itself, compressed ones of further places.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufReader},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use chrono::{DateTime, NaiveDateTime, Utc};
use flate2::read::GzDecoder;

use super::super::backups::NAME;

/// A copy.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// The file or folder.
    pub(super) path: PathBuf,
    /// When it was made.
    pub(super) made_at: DateTime<Utc>,
}

/// The newest copy of a part that was made until then.
pub(super) fn newest(folder: &Path, part: &str, at: Option<DateTime<Utc>>) -> Option<Found> {
    let entries = fs::read_dir(folder.join(part)).into_iter().flatten().flatten();
    let copies = entries.filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        let stem = [".tar.gz", ".db.gz", ".db"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
        let made_at = NaiveDateTime::parse_from_str(stem, NAME).ok()?.and_utc();
        Some(Found { path: entry.path(), made_at })
    });
    copies.filter(|copy| at.is_none_or(|at| copy.made_at <= at)).max_by_key(|copy| copy.made_at)
}

/// The copy as a plain file or folder: itself, or unpacked at the target.
pub(super) fn unpacked(copy: &Found, target: &Path) -> io::Result<PathBuf> {
    let name = copy.path.to_string_lossy();
    if name.ends_with(".tar.gz") {
        fs::create_dir_all(target)?;
        // What would leave the folder is left out by the library.
        tar::Archive::new(GzDecoder::new(BufReader::new(File::open(&copy.path)?))).unpack(target)?;
    } else if name.ends_with(".gz") {
        inflate(&copy.path, target)?;
    } else {
        return Ok(copy.path.clone());
    }
    Ok(target.to_owned())
}

/// Unpacks a compressed file for its owner only.
pub(in crate::app) fn inflate(packed: &Path, target: &Path) -> io::Result<()> {
    let mut plain = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(target)?;
    io::copy(&mut GzDecoder::new(BufReader::new(File::open(packed)?)), &mut plain)?;
    plain.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_until_then_is_found_packed_or_not() {
        let folder = tempfile::tempdir().unwrap();
        let part = folder.path().join("sales");
        fs::create_dir(&part).unwrap();
        for name in ["20260516T120000000Z.db", "20260516T130000000Z.db.gz", "before-restore-1.db", "x.tmp"] {
            fs::write(part.join(name), "").unwrap();
        }
        let name = |at: Option<&str>| {
            let found = newest(folder.path(), "sales", at.map(|at| at.parse().unwrap()))?;
            Some(found.path.file_name()?.to_str()?.to_owned())
        };
        assert_eq!(name(None).unwrap(), "20260516T130000000Z.db.gz");
        assert_eq!(name(Some("2026-05-16T12:30:00Z")).unwrap(), "20260516T120000000Z.db");
        assert_eq!(name(Some("2026-05-16T11:59:59Z")), None);
    }
}
