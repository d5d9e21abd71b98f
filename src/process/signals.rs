//! The signals that ask the daemon to stop.

use std::{future, io};

use tokio::signal::unix::{SignalKind, signal};

/// Resolves with the signal's name when the process is asked to stop (SIGINT or SIGTERM).
///
/// The handlers are installed by the call, not by the first poll. Needs a tokio runtime.
pub fn shutdown() -> impl Future<Output = &'static str> {
    let handlers = install();
    async move {
        match handlers {
            Ok((mut interrupt, mut terminate)) => tokio::select! {
                _ = interrupt.recv() => "SIGINT",
                _ = terminate.recv() => "SIGTERM",
            },
            Err(error) => {
                // Without handlers the signals keep their default, which ends the process as well.
                tracing::warn!(%error, "failed to install signal handlers");
                future::pending().await
            }
        }
    }
}

fn install() -> io::Result<(tokio::signal::unix::Signal, tokio::signal::unix::Signal)> {
    Ok((signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?))
}
