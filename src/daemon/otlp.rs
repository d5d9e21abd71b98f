//! Sends the trace of each task that comes to an end to an OpenTelemetry collector (`OTEL_EXPORTER_OTLP_ENDPOINT`, over
//! HTTP with JSON). What cannot be sent is told and dropped: traces are for looking on, and hold nothing up.

use std::io;

use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;

use crate::{
    app::{App, traces},
    client::{Client, request::Request, transport::Transport},
    model::{event::EventKind, status::Status},
};

/// The variable that names the collector, such as `http://127.0.0.1:4318`.
const ENDPOINT: &str = "OTEL_EXPORTER_OTLP_ENDPOINT";

/// Follows the events until the daemon stops; does nothing without a collector.
pub async fn follow(app: App, stop: CancellationToken) -> io::Result<()> {
    let endpoint = app.config().environment().get(ENDPOINT).map(str::to_owned);
    let Some(address) = endpoint.as_deref().and_then(|url| url.strip_prefix("http://")) else {
        if endpoint.is_some() {
            tracing::warn!("{ENDPOINT} must begin with http://; no traces are sent");
        }
        stop.cancelled().await;
        return Ok(());
    };
    let transport = Transport::tcp(address.trim_end_matches('/')).map_err(io::Error::other)?;
    let client = Client::new(transport, None);
    let mut events = app.daemon().subscribe();
    loop {
        let event = tokio::select! {
            () = stop.cancelled() => return Ok(()),
            event = events.recv() => event,
        };
        let event = match event {
            Ok(event) => event,
            Err(RecvError::Lagged(_)) => continue,
            Err(RecvError::Closed) => return Ok(()),
        };
        let status = event.payload["to"].as_str().and_then(|word| word.parse::<Status>().ok());
        let is_over = event.kind == EventKind::TaskStatusChanged && status.is_some_and(|status| !status.is_open());
        if let (true, Some(project), Some(task)) = (is_over, &event.project, event.task)
            && let Ok(trace) = traces::of_task(&app, project, task).await
            && let Err(error) = client.send(Request::post(["v1", "traces"], &trace)).await
        {
            tracing::warn!(%error, %project, %task, "a trace could not be sent");
        }
    }
}
