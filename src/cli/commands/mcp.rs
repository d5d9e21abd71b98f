//! `mcp`: the blackboard's verbs as tools of the Model Context Protocol, on standard input and output.

use std::sync::Arc;

use clap::Args;
use futures_util::FutureExt;

use crate::{
    cli::{
        failure::{Exit, Failure},
        session::Session,
    },
    http, mcp,
};

/// Arguments of `mcp`.
#[derive(Debug, Args)]
pub struct Mcp {}

impl Mcp {
    /// Serves until the client hangs up. Project, task, agent and token are those of the environment or of the flags.
    pub async fn run(self, session: Session) -> Result<Exit, Failure> {
        let defaults = mcp::Defaults {
            project: session.defaults.project.as_ref().map(ToString::to_string),
            task: session.defaults.task.as_ref().map(ToString::to_string),
            agent: Some(session.defaults.agent.to_string()),
        };
        let session = Arc::new(session);
        let way: mcp::Way = Arc::new(move |request| {
            let session = session.clone();
            async move { session.send(request).await.map_err(|failure| *failure.problem) }.boxed()
        });
        mcp::stdio(&http::spec_json(), way, defaults).await.map_err(anyhow::Error::new)?;
        Ok(Exit::Done)
    }
}
