//! The command line as people and agents use it: the built program, with a daemon and without one.

mod careful;
mod direct;
mod doctor;
mod follow;
mod init;
mod letters;
mod scripts;
mod skills;
mod support;
mod tasks;
mod usage;
mod verbs;

use crate::support::daemon::{Answer, Root};

/// Agents that nobody starts: they come by themselves.
const AGENTS: &str = "
agents:
  zhangfei-dev: {role: executor, capabilities: [code]}
  simayi-challenger: {role: reviewer}
  pangtong-fujunshi: {role: coordinator}
";
/// Nobody is dispatched, so that a test is alone on the board.
const ALONE: &str = "daemon: {max_global_agents: 0}\n";

/// A root with the project `demo` and no daemon.
fn root() -> Root {
    let root = Root::new(AGENTS, ALONE);
    root.cli(["project", "create", "--id", "demo", "--name", "Demo"]).ok();
    root
}

/// The same with a daemon.
fn served() -> Root {
    let mut root = root();
    root.start();
    root
}

/// Output without what differs from run to run: the root's path, ages, sizes of databases, tokens.
fn redacted(root: &Root, answer: &Answer) -> String {
    let text = format!("{}{}", answer.out, answer.err).replace(&root.path().display().to_string(), "ROOT");
    let lines = text.lines().map(|line| {
        let words = line.split(' ').collect::<Vec<_>>();
        match words.as_slice() {
            ["token", _] => "token TOKEN".to_owned(),
            _ => ages_redacted(line),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// `now`, `3 s ago` and the like become `AGE`.
fn ages_redacted(line: &str) -> String {
    let mut words: Vec<&str> = line.split(' ').collect();
    while let Some(place) = words.iter().position(|word| word.trim_end_matches(',') == "ago") {
        let rest = if words[place].ends_with(',') { "AGE," } else { "AGE" };
        words.splice(place.saturating_sub(2)..=place, [rest]);
    }
    let words = words.into_iter().map(|word| match word {
        "now" => "AGE",
        "now," => "AGE,",
        other => other,
    });
    words.collect::<Vec<_>>().join(" ")
}
