//! Faults of the machine, on a real daemon: disks, databases, processes, limits. What `docs/reliability.md` promises.
//!
//! A few trials of each belong to every run of the tests; `make faults` makes many (`FAULT_TRIALS`, `FAULT_SEED`).

mod checks;
mod copies;
mod database;
mod disk;
mod host;
mod noise;
mod scripts;
mod secrets;
mod storms;
mod tokens;

/// Two developers that the daemon does not start, and one that it does: a shell that does as the task says.
const AGENTS: &str = r#"
runners:
  shell: {kind: command, prompt: file, argv: [sh, -c, 'sh "$MOZIPLUS_ROOT/work.sh"']}
agents:
  dev: {role: executor, runner: shell, max_concurrent: 60}
  ann: {role: executor}
  bob: {role: executor}
"#;

/// What an agent does that finishes its task.
const FINISHES: &str = "\"$MOZIPLUS_BIN\" blackboard complete --summary done\n";

/// How often something is tried.
fn trials(short: u64) -> u64 {
    number("FAULT_TRIALS").unwrap_or(short)
}

/// A generator of numbers whose seed is told (splitmix64).
struct Dice(u64);

impl Dice {
    fn new(what: &str) -> Self {
        let seed = number("FAULT_SEED").unwrap_or_else(|| u64::from(std::process::id()));
        println!("{what}: FAULT_SEED={seed}");
        Self(seed)
    }

    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % most.max(1)
    }
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{variable} must be a number")))
}
