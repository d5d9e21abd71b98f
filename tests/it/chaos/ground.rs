//! The root on which it happens, and what is known of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::Arc,
    time::Duration,
};

use super::{
    Dice,
    blows::Blow,
    checks,
    host::Host,
    load::{Load, Shared},
};
use crate::support::daemon::{Root, wait_for};

/// Agents at once.
pub const SLOTS: usize = 4;
/// Tasks that are open at a time at most.
const MOST_OPEN: usize = 12;

const AGENTS: &str = r#"
runners:
  worker: {kind: command, argv: [python3, "{root}/worker.py"], prompt: file, env: {CHAOS_SEED: "<seed>"}}
agents:
  worker: {role: executor, runner: worker, max_concurrent: 4}
  visitor: {role: executor}
"#;
const SETTINGS: &str = "
server: {bind: '127.0.0.1:0'}
daemon: {tick_interval: 1, task_timeout: 120, claim_timeout: 5, kill_grace: 1, max_global_agents: 4, max_per_agent: 4,
         max_retries: 1000, max_dispatches: 10000}
";
/// Whatever happened to an attempt, its task is tried again at once.
const OUTCOME: &str = r#"fn after(attempt, task, ctx) {
    let holds = attempt.kind in ["execute", "revise"] && task.status in ["claimed", "working"];
    if holds && attempt.outcome != "completed" { release(task.id, 0, attempt.outcome) }
}
"#;

/// A root under load.
pub struct Ground {
    pub root: Root,
    pub host: Host,
    pub shared: Arc<Shared>,
    load: Option<Load>,
    blows: BTreeMap<String, usize>,
    cancelled: BTreeSet<String>,
}

impl Ground {
    /// A root with a daemon and work to do.
    pub fn new(seed: u64) -> Self {
        let root = Root::new(&AGENTS.replace("<seed>", &seed.to_string()), SETTINGS);
        for folder in ["notes", "locks"] {
            fs::create_dir(root.path().join(folder)).unwrap();
        }
        root.write("worker.py", include_str!("worker.py"));
        root.write("scripts/outcome.rhai", OUTCOME);
        let mut host = Host::new(root.path());
        host.start(&root);
        root.cli(["project", "create", "--id", "pit", "--name", "Pit"]).ok();
        let shared = Arc::new(Shared::default());
        let load = Load::start(root.path(), shared.clone(), MOST_OPEN);
        Self { root, host, shared, load: Some(load), blows: BTreeMap::new(), cancelled: BTreeSet::new() }
    }

    /// The root folder.
    pub fn path(&self) -> &Path {
        self.root.path()
    }

    /// Strikes once, has everything come up again, and looks whether it is in order.
    pub fn round(&mut self, blow: Blow, dice: &mut Dice) {
        *self.blows.entry(format!("{blow:?}")).or_default() += 1;
        std::thread::sleep(Duration::from_millis(dice.below(600)));
        if let Some(task) = blow.strike(self, dice) {
            self.cancelled.insert(task);
        }
        self.host.recover(&self.root);
        checks::nobody_is_doubled(self);
        checks::whoever_runs_belongs_to_a_live_attempt(self);
    }

    /// Ends the load, has everything come to an end, and looks at all of it.
    pub fn settle(&mut self) {
        if let Some(load) = self.load.take() {
            load.finish();
        }
        wait_for_long("every task to be final", || checks::open_tasks(self).is_some_and(|open| open.is_empty()));
        // Whoever has completed its task leaves a little later.
        let sessions = || self.root.get("/api/daemon/status")["active_sessions"].as_u64();
        wait_for_long("every attempt to be over", || sessions() == Some(0));
        checks::every_acknowledged_write_is_there(self);
        checks::every_slot_is_free(self);
        checks::nobody_is_doubled(self);
        self.host.stop(&self.root);
        checks::nothing_runs(self);
        checks::databases_are_sound(self);
    }

    /// What happened, in a line.
    pub fn report(&self) -> String {
        let blows: Vec<_> = self.blows.iter().map(|(blow, count)| format!("{count} {blow}")).collect();
        let notes = |kind: &str| checks::notes(self, kind).len();
        let (created, visits) = self.shared.counts();
        format!(
            "{}; {created} tasks created, {} cancelled; acknowledged: {} outputs and {} completions of agents, {visits} \
             of a visitor; attempts: {}",
            blows.join(", "),
            self.cancelled.len(),
            notes("outputs"),
            notes("completes"),
            checks::outcomes(self),
        )
    }
}

/// Like `wait_for`, for what takes its time on a busy machine.
pub fn wait_for_long(what: &str, holds: impl Fn() -> bool) {
    let end = std::time::Instant::now() + Duration::from_secs(300);
    while std::time::Instant::now() < end {
        if holds() {
            return;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    wait_for(what, holds);
}
