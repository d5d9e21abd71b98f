//! The root folder, and the machine under it.

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::Path,
};

use chrono::{DateTime, TimeDelta, Utc};
use nix::sys::resource::{Resource, getrlimit};

use super::finding::{Finding, Fix, Health};
use crate::{
    cli::render::size,
    clock::{Clock, SystemClock},
    config::Root,
};

/// Less free space than this is worth a warning.
const LITTLE_SPACE: u64 = 1_000_000_000;
/// Less free space than this stops work soon.
const NO_SPACE: u64 = 200_000_000;
/// Fewer free inodes than this stop work soon: every attempt makes some ten files.
const NO_INODES: u64 = 2_000;
/// Files that a daemon with its streams may have open.
const FEW_FILES: u64 = 1024;
/// No clock that is right is before this version's making, in seconds since 1970.
const MADE_SECONDS: i64 = 1_780_000_000;
/// A disk's clock may differ from the machine's by this much.
const DRIFT: TimeDelta = TimeDelta::seconds(5);

pub(super) fn root(root: &Root) -> Finding {
    let path = root.path();
    if !root.default_yaml().is_file() {
        let hint = format!("moziplus init --root {}", path.display());
        let detail = format!("{} holds no config/default.yaml", path.display());
        let finding = Finding::failed("root", detail, hint);
        return if path.is_dir() { finding.fixed_by(Fix::Init(root.clone())) } else { finding };
    }
    match tempfile::tempfile_in(path) {
        Ok(_) => Finding::ok("root", path.display().to_string()),
        Err(error) => {
            let hint = format!("give the folder to the user that runs moziplus: chown -R USER {}", path.display());
            Finding::failed("root", format!("{} cannot be written: {error}", path.display()), hint)
        }
    }
}

/// Space and inodes.
pub(super) fn disk(root: &Root) -> Vec<Finding> {
    let found = match nix::sys::statvfs::statvfs(root.path()) {
        Ok(found) => found,
        Err(error) => {
            let detail = format!("free space is unknown: {error}");
            return vec![Finding::new("disk", Health::Warning, detail)];
        }
    };
    let free = wide(found.blocks_available()).saturating_mul(wide(found.fragment_size()));
    let health = match free {
        ..NO_SPACE => Health::Failed,
        NO_SPACE..LITTLE_SPACE => Health::Warning,
        _ => Health::Ok,
    };
    let hint = "see what takes it up with `moziplus daemon storage`; shorten `retention` or prune backups/";
    let space = Finding::new("disk", health, format!("{} free", size(i64::try_from(free).unwrap_or(i64::MAX))));
    let mut findings = vec![if health == Health::Ok { space } else { space.hint(hint) }];
    // Some file systems make inodes as they need them, and tell of none.
    let (all, left) = (wide(found.files()), wide(found.files_available()));
    if all > 0 && left < NO_INODES {
        let detail = format!("{left} inodes are left: no more files can be made soon");
        let hint = "remove archives of attempts: shorten retention.session_days, then `moziplus job run retention`";
        findings.push(Finding::failed("inodes", detail, hint));
    }
    findings
}

/// The width of these counts differs between systems.
fn wide(count: impl Into<u64>) -> u64 {
    count.into()
}

/// The machine's clock, beside what the disk says and what was written before.
pub(super) fn clock(root: &Root) -> Finding {
    let now = SystemClock.now();
    let hint = "set the clock, and let NTP keep it: `timedatectl set-ntp true`, on macOS `sntp -sS time.apple.com`";
    if now.timestamp() < MADE_SECONDS {
        return Finding::failed(
            "clock",
            format!("it is {} here, before this version was made", now.to_rfc3339()),
            hint,
        );
    }
    let newest = [root.daemon_db(), root.logs().join("daemon.log")].iter().filter_map(|path| modified(path)).max();
    if let Some(newest) = newest.filter(|newest| *newest > now + DRIFT) {
        let detail = format!("it is {} here, and something was written at {}", now.to_rfc3339(), newest.to_rfc3339());
        return Finding::warning("clock", detail, hint);
    }
    let of_disk = tempfile::NamedTempFile::new_in(root.path()).ok().and_then(|file| modified(file.path()));
    match of_disk.map(|at| at - now).filter(|drift| drift.abs() > DRIFT) {
        Some(drift) => {
            let detail = format!("the disk of the root is {} s away from this machine's clock", drift.num_seconds());
            Finding::warning("clock", detail, "keep the root on a local disk")
        }
        None => Finding::ok("clock", now.format("%Y-%m-%d %H:%M:%S UTC").to_string()),
    }
}

fn modified(path: &Path) -> Option<DateTime<Utc>> {
    let meta = fs::metadata(path).ok()?;
    DateTime::from_timestamp(meta.mtime(), u32::try_from(meta.mtime_nsec()).ok()?)
}

/// What only the owner may read, and whose it is.
pub(super) fn permissions(root: &Root) -> Vec<Finding> {
    let mut findings = Vec::new();
    let own = nix::unistd::geteuid().as_raw();
    if let Some(owner) = fs::metadata(root.path()).ok().map(|meta| meta.uid()).filter(|owner| *owner != own && own != 0)
    {
        let detail = format!("{} belongs to user {owner}, and this is user {own}", root.path().display());
        findings.push(Finding::warning("permissions", detail, "run moziplus as the user that owns the root"));
    }
    let databases = fs::read_dir(root.projects()).into_iter().flatten().flatten();
    let databases = databases.map(|project| (project.path().join("blackboard.db"), 0o600));
    let own = [(root.run(), 0o700), (root.daemon_db(), 0o600), (root.run().join("api_key"), 0o600)];
    for (path, mode) in own.into_iter().chain(databases) {
        let Ok(found) = fs::metadata(&path).map(|meta| meta.permissions().mode()) else { continue };
        if found & 0o077 != 0 {
            let detail = format!("others may use {} ({:o})", root.shown(&path).display(), found & 0o777);
            let hint = format!("chmod {mode:o} {}, or `moziplus doctor --fix`", path.display());
            findings.push(Finding::failed("permissions", detail, hint).fixed_by(Fix::Private(path, mode)));
        }
    }
    if findings.is_empty() {
        findings.push(Finding::ok("permissions", "databases, keys and sockets are for their owner only"));
    }
    findings
}

/// How many files this process may have open, as a daemon that is started from here would.
pub(super) fn descriptors() -> Finding {
    match getrlimit(Resource::RLIMIT_NOFILE) {
        Ok((_, hard)) if wide(hard) < FEW_FILES => {
            let detail = format!("at most {hard} open files");
            let hint = format!("raise the limit: `ulimit -Hn {FEW_FILES}` or LimitNOFILE of the unit");
            Finding::warning("open files", detail, hint)
        }
        Ok((soft, hard)) => Finding::ok("open files", format!("{soft}, up to {hard}")),
        Err(error) => Finding::new("open files", Health::Warning, format!("the limit is unknown: {error}")),
    }
}

/// What the system lets moziplus do about processes that leave their agent.
pub(super) fn stray_processes() -> Finding {
    if std::env::consts::OS == "linux" {
        return Finding::ok("processes", "what an agent leaves behind is found and ended");
    }
    Finding::new("processes", Health::Warning, "a process that an agent detaches by forking twice may outlive it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_can_read_is_found_and_mended() {
        let folder = tempfile::tempdir().unwrap();
        let root = Root::at(folder.path()).unwrap();
        fs::write(root.daemon_db(), "").unwrap();
        fs::set_permissions(root.daemon_db(), fs::Permissions::from_mode(0o644)).unwrap();
        let found = permissions(&root);
        assert!(found.iter().any(|one| one.health == Health::Failed && one.detail.contains("daemon.db")), "{found:?}");
        assert!(found.iter().filter_map(Finding::mend).all(|done| done.health == Health::Ok));
        assert!(permissions(&root).iter().all(|one| one.health != Health::Failed));
    }

    #[test]
    fn a_clock_that_was_put_back_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let root = Root::at(folder.path()).unwrap();
        assert_eq!(clock(&root).health, Health::Ok);
        let file = fs::File::create(root.daemon_db()).unwrap();
        let later = std::time::Duration::from_secs(u64::try_from(SystemClock.now().timestamp()).unwrap() + 3600);
        file.set_modified(std::time::UNIX_EPOCH + later).unwrap();
        assert_eq!(clock(&root).health, Health::Warning);
    }
}
