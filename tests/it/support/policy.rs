//! Boards for policies, without a database.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use moziplus::{
    model::{agent::AgentRole, snapshot::Board},
    policy::sample,
};

/// So many ready tasks of the project `sales` at a time, a worker and a coordinator.
pub fn board(now: DateTime<Utc>, tasks: i64) -> Arc<Board> {
    let agents = vec![sample::agent("worker", AgentRole::Executor), sample::agent("chief", AgentRole::Coordinator)];
    let mut context = sample::context(agents);
    context.project = "sales".parse().unwrap();
    context.now = now;
    Arc::new(sample::board(Arc::new(context), (1..=tasks).map(sample::task).collect()))
}
