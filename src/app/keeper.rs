//! Keeps background loops alive: one that ends or panics is started again after a pause, and says so.

use std::{
    fmt::Display,
    future::Future,
    time::{Duration, Instant},
};

use futures_util::FutureExt;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::App;

const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// A loop that has run for so long was well: what ends it then is something new.
const GOOD_TIME: Duration = Duration::from_secs(600);

/// Starts loops, and waits for them at the end.
#[derive(Clone)]
pub struct Keeper {
    app: App,
    stop: CancellationToken,
    loops: TaskTracker,
}

impl Keeper {
    /// A keeper of no loops yet.
    pub fn new(app: App, stop: CancellationToken) -> Self {
        Self { app, stop, loops: TaskTracker::new() }
    }

    /// Who the loops work for.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Cancelled when the loops are to end.
    pub fn stop(&self) -> &CancellationToken {
        &self.stop
    }

    /// Runs a loop until the daemon stops. It is made anew when it ends before that.
    pub fn keep<F, R, E>(&self, name: &'static str, make: F)
    where
        F: Fn() -> R + Send + 'static,
        R: Future<Output = Result<(), E>> + Send + 'static,
        E: Display + Send + 'static,
    {
        let (app, stop) = (self.app.clone(), self.stop.clone());
        self.loops.spawn(async move {
            let mut pause = FIRST_PAUSE;
            while !stop.is_cancelled() {
                app.control().report_round(name, app.now(), None);
                let began = Instant::now();
                let ended = std::panic::AssertUnwindSafe(make()).catch_unwind().await;
                if stop.is_cancelled() {
                    return;
                }
                let why = match ended {
                    Ok(Ok(())) => "it ended by itself".to_owned(),
                    Ok(Err(error)) => error.to_string(),
                    Err(_) => "it panicked".to_owned(),
                };
                pause = pause_after(pause, began.elapsed());
                tracing::error!(name, %why, pause_seconds = pause.as_secs(), "a loop is started again");
                app.control().report_round(name, app.now(), Some(why));
                app.control().report(|health| health.loops.entry(name).or_default().restarts += 1);
                tokio::select! {
                    () = tokio::time::sleep(pause) => {}
                    () = stop.cancelled() => return,
                }
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        });
    }

    /// Waits until every loop has ended, at most so long.
    pub async fn finish(&self, patience: Duration) {
        self.loops.close();
        if tokio::time::timeout(patience, self.loops.wait()).await.is_err() {
            tracing::warn!("some loops did not end in time");
        }
    }
}

/// The pause before a loop is started again that has run for so long.
fn pause_after(pause: Duration, ran: Duration) -> Duration {
    if ran >= GOOD_TIME { FIRST_PAUSE } else { pause }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_begins_anew_after_a_good_time() {
        assert_eq!(pause_after(LONGEST_PAUSE, Duration::from_secs(3)), LONGEST_PAUSE);
        assert_eq!(pause_after(LONGEST_PAUSE, GOOD_TIME), FIRST_PAUSE);
    }
}
