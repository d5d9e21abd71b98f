//! One repeated error cannot fill a disk: warnings and errors from one place of the program are limited.

use std::{
    collections::HashMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use tracing::{Event, Level, Metadata, Subscriber, callsite::Identifier};
use tracing_subscriber::layer::{Context, Filter};

/// Over which time lines are counted.
const WINDOW: Duration = Duration::from_secs(60);

/// Lines that were left out since the last look.
static LEFT_OUT: AtomicU64 = AtomicU64::new(0);

/// How many lines were left out since this was last asked.
pub fn left_out() -> u64 {
    LEFT_OUT.swap(0, Ordering::Relaxed)
}

/// Lets so many lines of each place through in a minute.
pub struct Repeats {
    most: u32,
    /// By place: when its minute began, and lines since then. There are as many as places in the program.
    seen: Mutex<HashMap<Identifier, (Instant, u32)>>,
}

impl Repeats {
    /// With this limit; 0 for none.
    pub fn new(most: u32) -> Self {
        Self { most, seen: Mutex::default() }
    }

    fn permit(&self, place: Identifier, now: Instant) -> bool {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, count) = seen.entry(place).or_insert((now, 0));
        if now.duration_since(*since) >= WINDOW {
            (*since, *count) = (now, 0);
        }
        *count = count.saturating_add(1);
        *count <= self.most
    }
}

impl<S: Subscriber> Filter<S> for Repeats {
    fn enabled(&self, _: &Metadata<'_>, _: &Context<'_, S>) -> bool {
        true
    }

    fn event_enabled(&self, event: &Event<'_>, _: &Context<'_, S>) -> bool {
        let metadata = event.metadata();
        // The most severe levels are the smallest.
        if self.most == 0 || *metadata.level() > Level::WARN {
            return true;
        }
        let permitted = self.permit(metadata.callsite(), Instant::now());
        if !permitted {
            LEFT_OUT.fetch_add(1, Ordering::Relaxed);
        }
        permitted
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, atomic::AtomicUsize};

    use tracing_subscriber::{Layer, Registry, layer::SubscriberExt};

    use super::*;

    struct Counting(Arc<AtomicUsize>);

    impl<S: Subscriber> Layer<S> for Counting {
        fn on_event(&self, _: &Event<'_>, _: Context<'_, S>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    #[test]
    fn one_place_cannot_flood_the_log_and_others_are_heard() {
        let heard = Arc::new(AtomicUsize::new(0));
        let limited = Registry::default().with(Counting(heard.clone()).with_filter(Repeats::new(5)));
        tracing::subscriber::with_default(limited, || {
            (0..1000).for_each(|n| tracing::error!(n, "again and again"));
            (0..10).for_each(|n| tracing::info!(n, "news"));
            tracing::warn!("something else");
        });
        assert_eq!(heard.load(Ordering::Relaxed), 5 + 10 + 1);
        assert!(left_out() >= 995);
    }
}
