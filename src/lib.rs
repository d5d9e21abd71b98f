//! moziplus runs a team of AI agents around a shared blackboard.
//!
//! The library is the whole product; `main.rs` only calls [`cli`]. Modules stand on floors, and each imports from
//! lower floors only; ARCHITECTURE.md draws the house and `tests/it/layers.rs` guards it.

pub mod agent;
pub mod alerts;
pub mod app;
pub mod cli;
pub mod client;
pub mod clock;
pub mod config;
pub mod daemon;
pub mod http;
pub mod jobs;
pub mod mcp;
pub mod model;
pub mod policy;
pub mod process;
pub mod reconciler;
pub mod skills;
pub mod store;
pub mod watch;
