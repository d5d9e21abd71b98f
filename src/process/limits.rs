//! What a program may use, set in its process between fork and exec.

use std::{io, os::unix::process::CommandExt, process::Command};

use nix::libc;

use super::spec::SpawnError;
use crate::model::agent::Limits;

/// Seconds between the signal that says that the processor time is used up (SIGXCPU) and the one that ends it.
const CPU_GRACE: u64 = 5;

/// Has the command set limits before it becomes another program.
pub(super) fn hold_to(command: &mut Command, limits: Limits) {
    if limits == Limits::default() {
        // Without anything to do in between, the standard library starts a process the fast way.
        return;
    }
    // SAFETY: `apply` runs in the child after fork, where only calls that are safe in signal handlers are allowed: it
    // makes system calls on values of its own and neither allocates nor locks.
    unsafe { command.pre_exec(move || apply(limits)) };
}

fn apply(limits: Limits) -> io::Result<()> {
    macro_rules! set {
        ($resource:expr, $soft:expr, $grace:expr) => {
            if let Some(soft) = $soft {
                let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
                // SAFETY: the pointer is to a structure of its own that may be written.
                check(unsafe { libc::getrlimit($resource, &raw mut limit) })?;
                limit.rlim_max = limit.rlim_max.min(soft.saturating_add($grace));
                limit.rlim_cur = limit.rlim_max.min(soft);
                // SAFETY: the pointer is to a structure of its own that is only read.
                check(unsafe { libc::setrlimit($resource, &raw const limit) })?;
            }
        };
    }
    set!(libc::RLIMIT_NOFILE, limits.files, 0);
    set!(libc::RLIMIT_NPROC, limits.processes, 0);
    set!(libc::RLIMIT_CPU, limits.cpu_seconds, CPU_GRACE);
    set!(libc::RLIMIT_AS, limits.memory_bytes, 0);
    Ok(())
}

fn check(result: libc::c_int) -> io::Result<()> {
    if result == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// A program that does not start because of its own limits is not the machine's fault.
pub(super) fn blame(error: &io::Error, limits: Limits, otherwise: impl FnOnce() -> SpawnError) -> SpawnError {
    match (error.raw_os_error(), limits.memory_bytes) {
        (Some(libc::ENOMEM), Some(bytes)) => {
            SpawnError::Invalid { reason: format!("its limits.memory_bytes ({bytes}) is too small to start it") }
        }
        _ => otherwise(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_memory_that_is_limited_is_blamed_on_the_limit() {
        let error = io::Error::from_raw_os_error(libc::ENOMEM);
        let machine = || SpawnError::TooManyProcesses { reason: "no memory".to_owned() };
        assert_eq!(blame(&error, Limits::default(), machine), machine());
        let limits = Limits { memory_bytes: Some(1 << 20), ..Limits::default() };
        let told = blame(&error, limits, machine).to_string();
        assert_eq!(told, "the command cannot be run: its limits.memory_bytes (1048576) is too small to start it");
    }
}
