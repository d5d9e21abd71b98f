//! Integration tests: one binary, so that the library is linked once.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed, and the panic says where")]

mod acceptance;
mod backups;
mod blackboard;
mod chaos;
mod cli;
mod docs;
mod example;
mod faults;
mod flows;
mod fuzz;
mod jobs;
mod layers;
mod mcp;
mod notifications;
mod openapi;
mod process;
mod routes;
mod runners;
mod support;
mod tutorial;
mod webhooks;
