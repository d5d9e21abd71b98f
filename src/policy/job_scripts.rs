//! The scripts of jobs: the built-in ones, and which file answers for a name.
//!
//! Jobs belong to the root, so there are two levels only. What job scripts may do is the business of `jobs`.

use std::{fs, io, path::Path};

use super::{
    fault::ScriptFault,
    source::{Level, SourceFile},
};
use crate::watch::plain;

/// The scripts that are part of the binary, by name.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("backup", include_str!("../../scripts/jobs/backup.rhai")),
    ("retention", include_str!("../../scripts/jobs/retention.rhai")),
    ("daily_report", include_str!("../../scripts/jobs/daily_report.rhai")),
    ("skill_upkeep", include_str!("../../scripts/jobs/skill_upkeep.rhai")),
    ("git_push", include_str!("../../scripts/jobs/git_push.rhai")),
    ("restore_drill", include_str!("../../scripts/jobs/restore_drill.rhai")),
];

/// A script larger than this is refused.
const MAX_BYTES: u64 = 256 * 1024;

/// The script of this name: `NAME.rhai` in the folder, else the built-in one. Blocks.
pub fn resolve(folder: &Path, shown: &str, name: &str) -> Result<SourceFile, Box<ScriptFault>> {
    let path = format!("{shown}/{name}.rhai");
    let file = folder.join(format!("{name}.rhai"));
    let fault = |message: String| ScriptFault::of_file(&path, message);
    let unreadable = |error: io::Error| Box::new(fault(format!("it cannot be read: {error}")));
    match fs::metadata(&file) {
        Ok(meta) if meta.len() > MAX_BYTES => {
            Err(Box::new(fault(format!("it has {} bytes", meta.len())).expected("at most 256 KiB")))
        }
        Ok(_) => {
            let text = plain::read_to_string(&file).map_err(unreadable)?;
            Ok(SourceFile { name: name.to_owned(), level: Level::Root, path, text })
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => built_in(name).ok_or_else(|| {
            let known: Vec<_> = BUILT_IN.iter().map(|(name, _)| *name).collect();
            let expected = format!("write it, or name one of the built-in scripts {}", known.join(", "));
            Box::new(fault("there is no such script".to_owned()).expected(expected))
        }),
        Err(error) => Err(unreadable(error)),
    }
}

/// A built-in script.
pub fn built_in(name: &str) -> Option<SourceFile> {
    let (name, text) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
    let path = format!("built-in/jobs/{name}.rhai");
    Some(SourceFile { name: (*name).to_owned(), level: Level::BuiltIn, path, text: (*text).to_owned() })
}
