//! macOS: sysctl and libproc. There is no subreaper, and environments are not readable in general.

use std::{ffi::CStr, io, mem, path::PathBuf, ptr};

use nix::libc;

use super::{Entry, Load};

pub(super) const RECORDS_TREE: bool = true;
pub(super) const PEAK_MEMORY_UNIT: u64 = 1;
pub(super) const TCP_IDLE: libc::c_int = libc::TCP_KEEPALIVE;
/// There is none here: the questions to a silent peer and the limit on writing do it.
pub(super) const TCP_UNACKNOWLEDGED: Option<libc::c_int> = None;

/// `pbi_status` of a process that ended and was not reaped.
const ZOMBIE: u32 = 5;

pub(super) fn boot_id() -> io::Result<String> {
    const NAME: &CStr = c"kern.bootsessionuuid";
    let mut buffer = [0_u8; 64];
    let mut length = buffer.len();
    // SAFETY: the name ends in NUL, buffer and length describe writable memory of that size, and nothing is set.
    let result =
        unsafe { libc::sysctlbyname(NAME.as_ptr(), buffer.as_mut_ptr().cast(), &raw mut length, ptr::null_mut(), 0) };
    if result != 0 {
        return Err(io::Error::last_os_error());
    }
    let text = CStr::from_bytes_until_nul(&buffer).map_err(io::Error::other)?;
    Ok(text.to_string_lossy().into_owned())
}

pub(super) fn pids() -> io::Result<Vec<i32>> {
    // Room for processes that start meanwhile; a longer list is cut by the system.
    let mut pids = vec![0_i32; 16 * 1024];
    let size = i32::try_from(mem::size_of_val(pids.as_slice())).map_err(io::Error::other)?;
    // SAFETY: the pointer is to writable memory of `size` bytes.
    let count = unsafe { libc::proc_listallpids(pids.as_mut_ptr().cast(), size) };
    if count < 0 {
        return Err(io::Error::last_os_error());
    }
    pids.truncate(usize::try_from(count).unwrap_or(0));
    pids.retain(|pid| *pid > 0);
    Ok(pids)
}

pub(super) fn entry(pid: i32) -> io::Result<Option<Entry>> {
    let mut info = mem::MaybeUninit::<libc::proc_bsdinfo>::zeroed();
    let size = i32::try_from(mem::size_of::<libc::proc_bsdinfo>()).map_err(io::Error::other)?;
    // With 1 as argument the call answers for zombies too.
    // SAFETY: the pointer is to writable memory of `size` bytes.
    let read = unsafe { libc::proc_pidinfo(pid, libc::PROC_PIDTBSDINFO, 1, info.as_mut_ptr().cast(), size) };
    if read != size {
        let error = io::Error::last_os_error();
        return if error.raw_os_error() == Some(libc::ESRCH) { Ok(None) } else { Err(error) };
    }
    // SAFETY: the call filled the whole structure, and it was zeroed before.
    let info = unsafe { info.assume_init() };
    Ok(Some(Entry {
        pid,
        parent: info.pbi_ppid.cast_signed(),
        group: info.pbi_pgid.cast_signed(),
        start: info.pbi_start_tvsec * 1_000_000 + info.pbi_start_tvusec,
        zombie: info.pbi_status == ZOMBIE,
    }))
}

pub(super) fn load(pid: i32) -> Option<Load> {
    let mut info = mem::MaybeUninit::<libc::proc_taskinfo>::zeroed();
    let size = i32::try_from(mem::size_of::<libc::proc_taskinfo>()).ok()?;
    // SAFETY: the pointer is to writable memory of `size` bytes.
    let read = unsafe { libc::proc_pidinfo(pid, libc::PROC_PIDTASKINFO, 0, info.as_mut_ptr().cast(), size) };
    if read != size {
        return None;
    }
    // SAFETY: the call filled the whole structure, and it was zeroed before.
    let info = unsafe { info.assume_init() };
    let ticks = info.pti_total_user + info.pti_total_system;
    Some(Load { cpu_milliseconds: milliseconds(ticks), memory_bytes: info.pti_resident_size })
}

pub(super) fn output_files(_pid: i32) -> Vec<PathBuf> {
    Vec::new()
}

/// The system counts in ticks of the processor's timer, which are no nanoseconds on Apple's own processors.
#[expect(deprecated, reason = "the successor is another crate for one function")]
fn milliseconds(ticks: u64) -> u64 {
    let mut base = libc::mach_timebase_info { numer: 1, denom: 1 };
    // SAFETY: the pointer is to a structure of its own that may be written.
    unsafe { libc::mach_timebase_info(&raw mut base) };
    let nanos = u128::from(ticks) * u128::from(base.numer) / u128::from(base.denom.max(1));
    u64::try_from(nanos / 1_000_000).unwrap_or(u64::MAX)
}

pub(super) fn environment(_pid: i32, _fits: impl Fn(&[u8]) -> bool) -> Option<bool> {
    Some(false)
}

pub(super) fn own_children() -> io::Result<Vec<i32>> {
    Err(io::ErrorKind::Unsupported.into())
}

pub(super) fn become_subreaper() -> io::Result<()> {
    Ok(())
}
