//! What to run for an agent: its command line and environment, its prompt, and what its end means.
//!
//! Pure but for [`command::prepare`], which makes folders and writes the prompt file.

pub mod archive;
pub mod command;
pub mod gateway;
pub mod limits;
mod openclaw;
pub mod outcome;
pub mod output;
pub mod prompt;
