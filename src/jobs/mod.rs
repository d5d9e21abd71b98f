//! Jobs: scripts that run by the clock, or when a person asks, and whose functions have effects.
//!
//! `schedule` decides what is due (no IO), `scheduler` is the loop, `runner` runs one script on a thread of its own,
//! `effects` is what scripts can do there, `keep` says which copies stay, `history` writes down how it went. A run is
//! written down before it begins, so that a crash leaves a trace; after a restart the history tells which times were
//! missed.

mod effects;
mod history;
mod keep;
mod runner;
mod schedule;
mod scheduler;

pub use self::scheduler::run;
