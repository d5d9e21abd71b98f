//! The binary: everything is in the library.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Many threads ask for many small things: facts for scripts, rows, JSON. The system's allocator takes an eighth of a start.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    moziplus::cli::main()
}
