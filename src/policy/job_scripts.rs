//! The scripts of jobs: the built-in ones, and which file answers for a name.
//!
//! Jobs belong to the root, so there are two levels only. What job scripts may do is the business of `jobs`.

use std::{fs, io, path::Path};

use rhai::{ASTNode, Stmt};

use super::{
    check,
    fault::ScriptFault,
    natives::NativeDoc,
    source::{Level, MAX_BYTES, SourceFile, leads_nowhere, text_of, too_large},
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

/// The functions that only job scripts have; `jobs` carries them out.
pub const FUNCTIONS: &[NativeDoc] = &[
    NativeDoc {
        signature: "list_projects() -> array of string",
        meaning: "Ids of the projects that can be written to.",
    },
    NativeDoc {
        signature: "backup_database(project) -> map",
        meaning: "Copies a project's database; `path` of the answer names the copy.",
    },
    NativeDoc {
        signature: "backup_archived() -> integer",
        meaning: "Copies archived projects that have no copy of their last state; how many.",
    },
    NativeDoc {
        signature: "backup_root() -> map",
        meaning: "Copies registry, configuration, scripts, skills and the daemon's own database; `path` names the copy.",
    },
    NativeDoc {
        signature: "verify_backup(path) -> map",
        meaning: "Opens a copy and checks it, and answers with what it found; an error when it is not sound.",
    },
    NativeDoc { signature: "send_backups() -> integer", meaning: "Sends copies to the targets; how many." },
    NativeDoc {
        signature: "drill_backups() -> map",
        meaning: "Restores the newest copies to a place aside and compares counts.",
    },
    NativeDoc {
        signature: "prune_backups(keep) -> integer",
        meaning: "Removes copies beyond `#{hourly, daily, weekly}`, of each project by itself; those of projects in `except` \
                  (a list, with `_root` for the root's own part) stay; how many.",
    },
    NativeDoc {
        signature: "git_commit(message) -> string",
        meaning: "Commits what changed in the root; the commit, or `()` when nothing did.",
    },
    NativeDoc {
        signature: "git_push() -> integer",
        meaning: "Pushes the root's repository to every remote; to how many.",
    },
    NativeDoc {
        signature: "expire_experiences(project) -> integer",
        meaning: "Asks `should_expire` about each lesson and lets the old ones go; how many.",
    },
    NativeDoc {
        signature: "review_skills() -> integer",
        meaning: "Asks `should_promote` and `should_demote` about each skill; how many changed.",
    },
    NativeDoc {
        signature: "prune_sessions(days) -> integer",
        meaning: "Removes files of attempts older than so many days.",
    },
    NativeDoc {
        signature: "prune_records(keep) -> integer",
        meaning: "Removes records older than the days that the map gives for each kind; how many.",
    },
    NativeDoc {
        signature: "prune_events(days) -> integer",
        meaning: "Removes events older than so many days; how many.",
    },
    NativeDoc {
        signature: "prune_artifacts(days) -> integer",
        meaning: "Removes artefacts of final tasks after so many days.",
    },
    NativeDoc {
        signature: "report(project, since) -> map",
        meaning: "Figures of a project since a time (`()`: of the last day).",
    },
    NativeDoc {
        signature: "notify(level, text)",
        meaning: "Tells people, by the channels that `deliver` chooses; level is `urgent`, `attention`, `routine` or `activity`.",
    },
    NativeDoc { signature: "mail(to, subject, body)", meaning: "Sends mail from the daemon to an agent or `human`." },
    NativeDoc { signature: "log(text)", meaning: "A line in the run's record; the last one is its message." },
];

/// Everything that is wrong with a job's script, without running it. Call it on a script thread.
pub fn check(file: SourceFile) -> Vec<ScriptFault> {
    let path = file.path.clone();
    let parsed = match check::parse_one(file) {
        Ok(parsed) => parsed,
        Err(fault) => return vec![fault],
    };
    let run = parsed.ast.iter_fn_def().find(|function| function.name == "run");
    let fault = match run {
        Some(run) if run.params.len() == 1 => None,
        Some(run) => {
            let message = format!("`run` has {} parameters", run.params.len());
            Some(ScriptFault::at(&path, run.body.start_position(), message))
        }
        None => Some(ScriptFault::of_file(&path, "there is no function `run`")),
    };
    let fault = fault.map(|fault| fault.expected("`fn run(job)`, with one parameter"));
    fault.into_iter().chain(imports(&parsed)).chain(check::calls(&parsed, FUNCTIONS)).collect()
}

/// A job's script stands alone.
fn imports(parsed: &check::Parsed) -> Option<ScriptFault> {
    let mut found = None;
    parsed.ast.walk(&mut |path| {
        if let Some(ASTNode::Stmt(Stmt::Import(_, position))) = path.last() {
            let fault = ScriptFault::at(&parsed.source.path, *position, "a job's script cannot import");
            found = Some(fault.expected("write what it needs into the script itself"));
        }
        found.is_none()
    });
    found
}

/// The script of this name: `NAME.rhai` in the folder, else the built-in one. Blocks.
pub fn resolve(folder: &Path, shown: &str, name: &str) -> Result<SourceFile, Box<ScriptFault>> {
    let path = format!("{shown}/{name}.rhai");
    let file = folder.join(format!("{name}.rhai"));
    let fault = |message: String| ScriptFault::of_file(&path, message);
    let unreadable = |error: io::Error| Box::new(fault(format!("it cannot be read: {error}")));
    match fs::metadata(&file) {
        Ok(meta) if meta.len() > MAX_BYTES => Err(Box::new(too_large(&path, meta.len()))),
        Ok(_) => {
            let bytes = plain::read(&file).map_err(unreadable)?;
            let text = text_of(&path, bytes)?;
            Ok(SourceFile { name: name.to_owned(), level: Level::Root, path, text })
        }
        Err(error) if file.is_symlink() => Err(Box::new(leads_nowhere(&path, &error))),
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
