//! Scripts that are saved again and again, in every way that an editor saves: no tick is missed, and the last one counts.

use std::{
    fs,
    time::{Duration, Instant},
};

use serde_json::Value;

use super::{AGENTS, Dice, trials};
use crate::support::daemon::{Root, wait_for};

fn text(number: u64) -> String {
    format!("// {number}\nfn plan(board) {{ let x = {number}; () }}\n")
}

fn hash(root: &Root) -> String {
    root.get("/api/daemon/status")["projects"]["sales"]["policy"]["hash"].as_str().unwrap_or_default().to_owned()
}

fn ticked(root: &Root) -> Value {
    root.get("/api/daemon/status")["last_tick"].clone()
}

#[test]
fn a_storm_of_saves_misses_no_tick_and_the_last_one_counts() {
    let mut dice = Dice::new("storm of saves");
    let mut root = Root::new(AGENTS, "daemon: {tick_interval: 1}\n");
    root.cli(["project", "create", "--id", "sales", "--name", "Sales"]).ok();
    root.start();
    let built_in = hash(&root);
    let script = root.write("projects/sales/scripts/tick.rhai", &text(0));
    wait_for("the first script", || hash(&root) != built_in);
    let known = hash(&root);
    let mut last = ticked(&root);
    let mut since = Instant::now();
    let mut longest = Duration::ZERO;
    for save in 1..=trials(1) * 100 {
        match dice.below(4) {
            // By rename, as most editors do.
            0 => {
                let part = script.with_extension("part");
                fs::write(&part, text(save)).unwrap();
                fs::rename(&part, &script).unwrap();
            }
            // Cut and written, seen half.
            1 => {
                fs::write(&script, "fn plan(bo").unwrap();
                fs::write(&script, text(save)).unwrap();
            }
            2 => fs::write(&script, "this is no script {").unwrap(),
            _ => {
                let _ = fs::remove_file(&script);
            }
        }
        if ticked(&root) != last {
            longest = longest.max(since.elapsed());
            (last, since) = (ticked(&root), Instant::now());
        }
    }
    fs::write(&script, text(0)).unwrap();
    let saved = Instant::now();
    wait_for("the last script", || hash(&root) == known);
    println!(
        "in force {} ms after the last save; at most {} ms between two ticks",
        saved.elapsed().as_millis(),
        longest.as_millis()
    );
    assert!(saved.elapsed() < Duration::from_secs(5), "{:?}", saved.elapsed());
    assert!(longest < Duration::from_secs(10), "{longest:?}");
    assert!(!root.said().contains("panicked"), "{}", root.said());
    root.stop();
}
