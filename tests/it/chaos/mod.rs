//! Chaos: daemon, supervisor and agents are killed while real agents work through the command line. Nothing that was
//! acknowledged may be lost, nothing be left behind, nothing be done twice at once.
//!
//! A few rounds belong to every run of the tests. `make chaos` runs two hundred, `make test-pm2` some under a real pm2:
//!
//! | variable | |
//! |---|---|
//! | `CHAOS_ROUNDS` | how many rounds |
//! | `CHAOS_SEED` | what happens in which order; told at the begin of each run |
//! | `CHAOS_PM2` | the pm2 program: the daemon runs under it, by the shipped file |

mod blows;
mod checks;
mod ground;
mod host;
mod load;
mod pm2;

use std::time::Instant;

use blows::Blow;
use ground::Ground;

/// Rounds of an ordinary run of the tests.
const FEW: u64 = 6;

/// Numbers that look random and come again with the same seed (splitmix64).
#[derive(Debug)]
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `most`.
    fn below(&mut self, most: u64) -> u64 {
        self.roll() % most
    }
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{variable} must be a number")))
}

#[test]
fn nothing_is_lost_left_or_doubled_whoever_is_killed() {
    let seed = number("CHAOS_SEED").unwrap_or_else(|| u64::from(std::process::id()));
    let rounds = number("CHAOS_ROUNDS").unwrap_or(FEW);
    println!("chaos: {rounds} rounds, CHAOS_SEED={seed}");
    let mut dice = Dice(seed);
    let mut ground = Ground::new(seed);
    let began = Instant::now();
    for round in 0..rounds {
        let blow = if round < Blow::ALL.len() as u64 && rounds >= Blow::ALL.len() as u64 {
            // Each kind at least once.
            Blow::ALL[round as usize]
        } else {
            Blow::ALL[dice.below(Blow::ALL.len() as u64) as usize]
        };
        let at = Instant::now();
        ground.round(blow, &mut dice);
        println!("round {round}: {blow:?}, {:.1} s", at.elapsed().as_secs_f64());
    }
    ground.settle();
    println!("{}; {:.0} s in all", ground.report(), began.elapsed().as_secs_f64());
}
