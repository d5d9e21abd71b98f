//! Linux: everything is read from /proc.

use std::{fs, io};

use super::Entry;

pub(super) const RECORDS_TREE: bool = false;

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

/// None for an empty environment: a process that is just being replaced by another program has none for a moment.
pub(super) fn carries(pid: i32, variable: &str) -> Option<bool> {
    let Ok(environment) = fs::read(format!("/proc/{pid}/environ")) else { return Some(false) };
    let carries = environment.split(|byte| *byte == 0).any(|entry| entry == variable.as_bytes());
    (!environment.is_empty()).then_some(carries)
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
