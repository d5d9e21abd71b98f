//! The ceiling that throughput is held against: processes a second that this machine starts and reaps when nothing else
//! is done. Prints a line for 1, 8 and 32 at once; with a number as argument, only the figure for so many at once.

use std::{
    process::Stdio,
    time::{Duration, Instant},
};

use tokio::{process::Command, task::JoinSet};

/// How long each is measured.
const TIME: Duration = Duration::from_secs(2);

#[tokio::main]
async fn main() {
    let asked = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    if let Some(at_once) = asked {
        println!("{:.0}", rate(at_once).await);
        return;
    }
    for at_once in [1, 8, 32] {
        println!("spawn and wait, {at_once} at once: {:.0} a second", rate(at_once).await);
    }
}

async fn rate(at_once: usize) -> f64 {
    let begun = Instant::now();
    let mut lanes = JoinSet::new();
    for _ in 0..at_once {
        lanes.spawn(lane(begun + TIME));
    }
    let count: u32 = lanes.join_all().await.into_iter().sum();
    f64::from(count) / begun.elapsed().as_secs_f64()
}

/// One process after the other.
#[expect(clippy::disallowed_methods, reason = "the measure that ours is held against")]
async fn lane(until: Instant) -> u32 {
    let mut count = 0;
    while Instant::now() < until {
        let ended = Command::new("/bin/true").stdin(Stdio::null()).status().await;
        assert!(ended.is_ok_and(|status| status.success()), "/bin/true cannot be run");
        count += 1;
    }
    count
}
