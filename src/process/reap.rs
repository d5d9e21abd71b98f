//! Reaping children together with what they have used.

use nix::{
    libc,
    sys::time::{TimeVal, TimeValLike},
};

use super::identity::PEAK_MEMORY_UNIT;

/// A child that has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reaped {
    pub(super) pid: i32,
    /// Exit code, when it ended by itself.
    pub(super) code: Option<i32>,
    /// The signal that ended it.
    pub(super) signal: Option<i32>,
    /// Processor time of it and of the descendants that were waited for.
    pub(super) cpu_milliseconds: u64,
    /// Most memory of the largest of them.
    pub(super) peak_memory_bytes: u64,
}

/// Reaps a child (any child when none is named) if it has ended.
pub(super) fn reap(child: Option<i32>) -> Option<Reaped> {
    let (mut status, mut usage) = (0, std::mem::MaybeUninit::<libc::rusage>::zeroed());
    loop {
        // SAFETY: both pointers are to memory of our own of the right size; the call writes nothing else.
        let pid = unsafe { libc::wait4(child.unwrap_or(-1), &raw mut status, libc::WNOHANG, usage.as_mut_ptr()) };
        if pid < 0 && nix::errno::Errno::last() == nix::errno::Errno::EINTR {
            continue;
        }
        if pid <= 0 {
            // It runs, or there is no child.
            return None;
        }
        // SAFETY: it was zeroed before, which is a valid value, and the call has filled it.
        let usage = unsafe { usage.assume_init() };
        return Some(Reaped {
            pid,
            code: libc::WIFEXITED(status).then(|| libc::WEXITSTATUS(status)),
            signal: libc::WIFSIGNALED(status).then(|| libc::WTERMSIG(status)),
            cpu_milliseconds: milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime),
            peak_memory_bytes: u64::try_from(usage.ru_maxrss).unwrap_or(0) * PEAK_MEMORY_UNIT,
        });
    }
}

fn milliseconds(time: libc::timeval) -> u64 {
    u64::try_from(TimeVal::from(time).num_milliseconds()).unwrap_or(0)
}
