//! Who a process is: (boot id, pid, start time, nonce), never the pid alone; and which processes descend from it.
//!
//! All that differs between Linux and macOS is behind this module.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(target_os = "macos")]
use macos as system;

use std::{
    collections::HashSet,
    fmt, io,
    os::fd::{AsRawFd, BorrowedFd},
    path::PathBuf,
    str::FromStr,
    sync::OnceLock,
    time::Duration,
};

use nix::libc;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// True where descendants that left the process group can only be found by recording the process tree every second.
pub const RECORDS_TREE: bool = system::RECORDS_TREE;

/// Bytes in the unit in which the system tells the most memory that an ended child had.
pub const PEAK_MEMORY_UNIT: u64 = system::PEAK_MEMORY_UNIT;

/// How often a process is asked that shows no environment at the moment, and the pause between: becoming another program
/// takes microseconds.
const LOOKS: u32 = 10;
const BETWEEN_LOOKS: Duration = Duration::from_millis(1);

/// Lets a connection break whose peer does not answer any more: seconds of silence after which it is asked, seconds between
/// two questions, and how many stay unanswered.
const ASK_PEER: [libc::c_int; 3] = [15, 10, 3];

/// Lets a TCP connection break whose peer is gone without a word, or leaves what it was sent unacknowledged for so long.
pub fn give_up_lost_peers(socket: BorrowedFd<'_>, after: Duration) -> io::Result<()> {
    set_option(socket, libc::SOL_SOCKET, libc::SO_KEEPALIVE, 1)?;
    let [idle, between, most] = ASK_PEER;
    set_option(socket, libc::IPPROTO_TCP, system::TCP_IDLE, idle)?;
    set_option(socket, libc::IPPROTO_TCP, libc::TCP_KEEPINTVL, between)?;
    set_option(socket, libc::IPPROTO_TCP, libc::TCP_KEEPCNT, most)?;
    match system::TCP_UNACKNOWLEDGED {
        Some(option) => {
            let millis = libc::c_int::try_from(after.as_millis()).unwrap_or(libc::c_int::MAX);
            set_option(socket, libc::IPPROTO_TCP, option, millis)
        }
        None => Ok(()),
    }
}

fn set_option(socket: BorrowedFd<'_>, level: libc::c_int, name: libc::c_int, value: libc::c_int) -> io::Result<()> {
    let size = libc::socklen_t::try_from(std::mem::size_of_val(&value)).map_err(io::Error::other)?;
    // SAFETY: the descriptor is open for as long as it is borrowed, and the pointer is to an integer of `size` bytes.
    let result = unsafe { libc::setsockopt(socket.as_raw_fd(), level, name, (&raw const value).cast(), size) };
    if result == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// Tells one process from every other, also from a later one with the same pid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Names this boot of the machine.
    pub boot: String,
    /// Process id; also the id of the process group of an attempt.
    pub pid: i32,
    /// Start time in a unit of the system's own: clock ticks since boot (Linux), microseconds (macOS).
    pub start: u64,
    /// The random text that every descendant carries in its environment.
    pub nonce: String,
}

/// Why a text is not an identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a process identity: expected BOOT/PID/START/NONCE")]
pub struct InvalidIdentity;

impl Identity {
    /// The identity of a process that exists now (it may have ended but not been reaped); none when there is no such process.
    pub fn of(pid: i32, nonce: &str) -> io::Result<Option<Self>> {
        let Some(entry) = system::entry(pid)? else { return Ok(None) };
        Ok(Some(Self { boot: boot_id()?.to_owned(), pid, start: entry.start, nonce: nonce.to_owned() }))
    }

    /// True when it is of this boot of the machine; the numbers of another mean nothing now.
    pub fn is_of_this_boot(&self) -> bool {
        boot_id().is_ok_and(|boot| boot == self.boot)
    }

    /// True while exactly this process runs. A process that ended and waits to be reaped does not run.
    pub fn is_running(&self) -> bool {
        self.is_of_this_boot()
            && matches!(system::entry(self.pid), Ok(Some(entry)) if entry.start == self.start && !entry.zombie)
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}/{}", self.boot, self.pid, self.start, self.nonce)
    }
}

impl FromStr for Identity {
    type Err = InvalidIdentity;

    fn from_str(text: &str) -> Result<Self, InvalidIdentity> {
        let mut parts = text.splitn(4, '/');
        let mut next = || parts.next().ok_or(InvalidIdentity);
        let (boot, pid, start, nonce) = (next()?, next()?, next()?, next()?);
        Ok(Self {
            boot: boot.to_owned(),
            pid: pid.parse().map_err(|_| InvalidIdentity)?,
            start: start.parse().map_err(|_| InvalidIdentity)?,
            nonce: nonce.to_owned(),
        })
    }
}

impl Serialize for Identity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Identity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// One line of the process table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Process id.
    pub pid: i32,
    /// Process id of the parent.
    pub parent: i32,
    /// Process group.
    pub group: i32,
    /// Start time, as in [`Identity::start`].
    pub start: u64,
    /// Ended, and not reaped yet.
    pub zombie: bool,
}

/// True when this process leads a group and no session, as the main process of an attempt does.
pub fn leads_group_only(pid: i32) -> bool {
    let process = nix::unistd::Pid::from_raw(pid);
    let leads_session = nix::unistd::getsid(Some(process)).is_ok_and(|session| session == process);
    !leads_session && matches!(system::entry(pid), Ok(Some(entry)) if entry.group == pid)
}

/// The files that a process writes standard output and standard error to; none where the system does not tell.
pub fn output_files(pid: i32) -> Vec<PathBuf> {
    system::output_files(pid)
}

/// The running processes whose standard output or standard error is one of these files; none where the system does not
/// tell.
pub fn writing_to(files: &[PathBuf]) -> io::Result<Vec<i32>> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let own = std::process::id().cast_signed();
    let writes = |pid: &i32| system::output_files(*pid).iter().any(|file| files.contains(file));
    Ok(system::pids()?.into_iter().filter(|pid| *pid != own && writes(pid)).collect())
}

/// What a process uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// Processor time so far, user and system, of it and of the children that it has waited for.
    pub cpu_milliseconds: u64,
    /// Memory at this moment.
    pub memory_bytes: u64,
}

/// What a process uses; none when it has ended or may not be looked at.
pub fn load(pid: i32) -> Option<Load> {
    system::load(pid)
}

/// The entry of one process, none when it does not exist.
pub fn entry(pid: i32) -> io::Result<Option<Entry>> {
    system::entry(pid)
}

/// The process table, as far as this user may read it. Processes that end while it is read are left out.
pub fn table() -> io::Result<Vec<Entry>> {
    Ok(system::pids()?.into_iter().filter_map(|pid| system::entry(pid).ok().flatten()).collect())
}

/// The descendants of a process in a table, nearest first, without itself.
pub fn descendants(table: &[Entry], root: i32) -> Vec<Entry> {
    let mut parents = HashSet::from([root]);
    let mut found = Vec::new();
    loop {
        let next: Vec<Entry> =
            table.iter().filter(|e| parents.contains(&e.parent) && !parents.contains(&e.pid)).copied().collect();
        if next.is_empty() {
            return found;
        }
        parents.extend(next.iter().map(|entry| entry.pid));
        found.extend(next);
    }
}

/// The running processes whose environment holds `variable` (`NAME=value`); none where environments cannot be read.
pub fn carrying(variable: &str) -> io::Result<Vec<i32>> {
    let own = std::process::id().cast_signed();
    let holds = |entry: &[u8]| entry == variable.as_bytes();
    Ok(system::pids()?
        .into_iter()
        .filter(|pid| *pid != own && system::environment(*pid, holds) == Some(true))
        .collect())
}

/// True when the environment of this process holds `variable` (`NAME=value`) and can be read.
pub fn carries(pid: i32, variable: &str) -> bool {
    environment(pid, |entry| entry == variable.as_bytes())
}

/// True when the environment of this process holds some value of the variable `name` and can be read.
pub fn has_variable(pid: i32, name: &str) -> bool {
    environment(pid, |entry| entry.strip_prefix(name.as_bytes()).is_some_and(|rest| rest.starts_with(b"=")))
}

/// A process that becomes another program at this very moment shows no environment, so it is asked again.
fn environment(pid: i32, holds: impl Fn(&[u8]) -> bool) -> bool {
    for _ in 0..LOOKS {
        if let Some(answer) = system::environment(pid, &holds) {
            return answer;
        }
        if !matches!(system::entry(pid), Ok(Some(entry)) if !entry.zombie) {
            return false;
        }
        std::thread::sleep(BETWEEN_LOOKS);
    }
    false
}

/// The children of this process, adopted orphans included; an error where the system does not tell cheaply.
pub fn own_children() -> io::Result<Vec<i32>> {
    system::own_children()
}

/// Makes this process the parent of its orphaned descendants, where the system knows that.
pub fn become_subreaper() -> io::Result<()> {
    system::become_subreaper()
}

fn boot_id() -> io::Result<&'static str> {
    static BOOT: OnceLock<String> = OnceLock::new();
    if let Some(boot) = BOOT.get() {
        return Ok(boot);
    }
    let boot = system::boot_id()?;
    Ok(BOOT.get_or_init(|| boot))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_knows_itself_and_no_other() {
        let own = std::process::id().cast_signed();
        let identity = Identity::of(own, "n/1").unwrap().unwrap();
        assert!(identity.is_running());
        assert_eq!(identity.to_string().parse::<Identity>().unwrap(), identity);
        for other in [
            Identity { start: identity.start + 1, ..identity.clone() },
            Identity { boot: "yesterday".into(), ..identity.clone() },
            Identity { pid: i32::MAX, ..identity.clone() },
        ] {
            assert!(!other.is_running(), "{other}");
        }
        assert!(table().unwrap().iter().any(|entry| entry.pid == own));
    }

    #[test]
    fn descendants_are_found_over_generations_and_loops_end() {
        let entry = |pid, parent| Entry { pid, parent, group: 1, start: 0, zombie: false };
        let table = [entry(4, 3), entry(2, 1), entry(3, 2), entry(9, 8), entry(1, 4)];
        let pids: Vec<i32> = descendants(&table, 2).iter().map(|entry| entry.pid).collect();
        assert_eq!(pids, [3, 4, 1]);
        assert!(descendants(&table, 9).is_empty());
    }

    #[test]
    fn broken_identities_are_refused() {
        for bad in ["", "a/b/c", "boot/x/1/n", "boot/1/x/n"] {
            assert!(bad.parse::<Identity>().is_err(), "{bad}");
        }
    }
}
