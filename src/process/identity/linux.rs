//! Linux: everything is read from /proc.

use std::{fs, io, path::PathBuf};

use nix::libc;

use super::{Entry, Load};

pub(super) const RECORDS_TREE: bool = false;
pub(super) const PEAK_MEMORY_UNIT: u64 = 1024;
pub(super) const TCP_IDLE: libc::c_int = libc::TCP_KEEPIDLE;
/// The option that breaks a connection with unacknowledged data, in milliseconds.
pub(super) const TCP_UNACKNOWLEDGED: Option<libc::c_int> = Some(libc::TCP_USER_TIMEOUT);

pub(super) fn boot_id() -> io::Result<String> {
    Ok(fs::read_to_string("/proc/sys/kernel/random/boot_id")?.trim().to_owned())
}

pub(super) fn pids() -> io::Result<Vec<i32>> {
    let names = fs::read_dir("/proc")?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    Ok(names.filter_map(|name| name.parse().ok()).collect())
}

pub(super) fn entry(pid: i32) -> io::Result<Option<Entry>> {
    match fs::read_to_string(format!("/proc/{pid}/stat")) {
        Ok(stat) => Ok(parse_stat(pid, &stat)),
        // ESRCH: the process ended between open and read.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) if error.raw_os_error() == Some(nix::libc::ESRCH) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The name of the program stands in parentheses and may hold anything, so fields are counted from the last one.
fn parse_stat(pid: i32, stat: &str) -> Option<Entry> {
    let (_, rest) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = rest.split_ascii_whitespace().collect();
    Some(Entry {
        pid,
        parent: fields.get(1)?.parse().ok()?,
        group: fields.get(2)?.parse().ok()?,
        start: fields.get(19)?.parse().ok()?,
        zombie: matches!(*fields.first()?, "Z" | "X"),
    })
}

pub(super) fn load(pid: i32) -> Option<Load> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, rest) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = rest.split_ascii_whitespace().collect();
    let number = |index: usize| fields.get(index)?.parse::<u64>().ok();
    let ticks = number(11)? + number(12)? + number(13)? + number(14)?;
    Some(Load {
        cpu_milliseconds: ticks * 1000 / system_value(libc::_SC_CLK_TCK),
        memory_bytes: number(21)? * system_value(libc::_SC_PAGESIZE),
    })
}

pub(super) fn output_files(pid: i32) -> Vec<PathBuf> {
    [1, 2].into_iter().filter_map(|fd| fs::read_link(format!("/proc/{pid}/fd/{fd}")).ok()).collect()
}

fn system_value(name: libc::c_int) -> u64 {
    // SAFETY: the call takes a number and has no other effect than to answer.
    let value = unsafe { libc::sysconf(name) };
    u64::try_from(value).unwrap_or(1).max(1)
}

/// Whether an entry of the environment fits. None for an empty one: a process that is just being replaced by another
/// program has none for a moment.
pub(super) fn environment(pid: i32, fits: impl Fn(&[u8]) -> bool) -> Option<bool> {
    let Ok(environment) = fs::read(format!("/proc/{pid}/environ")) else { return Some(false) };
    (!environment.is_empty()).then(|| environment.split(|byte| *byte == 0).any(fits))
}

/// Orphans are given to the main thread, whichever thread started their parents, so its list has them all.
pub(super) fn own_children() -> io::Result<Vec<i32>> {
    let list = fs::read_to_string(format!("/proc/self/task/{}/children", std::process::id()))?;
    Ok(list.split_ascii_whitespace().filter_map(|pid| pid.parse().ok()).collect())
}

pub(super) fn become_subreaper() -> io::Result<()> {
    Ok(nix::sys::prctl::set_child_subreaper(true)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_name_with_parentheses_does_not_shift_the_fields() {
        let stat = "7 (a) S 9) Z 5 6 6 0 -1 4 1 2 3 4 5 6 7 8 20 0 1 0 4711 10 11";
        let entry = parse_stat(7, stat).unwrap();
        assert_eq!(entry, Entry { pid: 7, parent: 5, group: 6, start: 4711, zombie: true });
        assert!(parse_stat(7, "7 (a) S 1").is_none());
    }
}
