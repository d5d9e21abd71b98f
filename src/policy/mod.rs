//! Policy: every judgement is a Rhai function in a script, and this module asks it.
//!
//! A [`library::Library`] holds the scripts of one project: resolved project, root, built-in, compiled and checked as a
//! whole, swapped as a whole. A hook that fails falls back to the built-in policy for that call. Scripts read facts
//! (`facts`) and answer with actions (`actions`) or small values (`answers`); they run on threads of their own
//! (`threads`) under the limits of `engine`. Nothing here has an effect: the reconciler carries the answers out.

pub mod actions;
pub mod answers;
pub mod asserts;
mod check;
pub mod definitions;
mod desk;
pub mod engine;
pub mod facts;
pub mod fault;
pub mod hooks;
pub mod job_scripts;
pub mod library;
mod limits;
mod locate;
mod modules;
mod natives;
pub mod parts;
pub mod question;
pub mod recording;
pub mod reference;
pub mod reload;
pub mod replay;
pub mod sample;
pub mod script;
pub mod set;
pub mod simulate;
pub mod source;
pub mod starting;
pub mod testing;
pub mod threads;

#[cfg(test)]
mod tests;
