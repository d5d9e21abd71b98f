//! The tutorial is played as it is written: its agents, its commands, and what they answer.

#![expect(clippy::disallowed_methods, reason = "commands are run by a shell, as a reader would")]

use std::{
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use crate::support::daemon::{PROGRAM, Root};

/// What stands between fences of a kind, in order.
fn blocks(page: &str, kind: &str) -> Vec<String> {
    let fence = format!("```{kind}\n");
    page.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

/// A command and the texts that its output must hold.
fn commands(block: &str) -> Vec<(String, Vec<String>)> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for line in block.lines().filter(|line| !line.is_empty()) {
        match (line.strip_prefix("#=> "), found.last_mut()) {
            (Some(text), Some((_, expected))) => expected.push(text.to_owned()),
            _ => found.push((line.to_owned(), Vec::new())),
        }
    }
    found
}

#[test]
fn the_tutorial_of_reviews_is_true() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/tutorial-review.md")).unwrap();
    let mut root = Root::new(&blocks(&page, "yaml")[0], "daemon: {tick_interval: 3600}\n");
    root.start();
    let shell = |line: &str| {
        let script = format!("moziplus() {{ \"{PROGRAM}\" \"$@\"; }}; {line}");
        let output = Command::new("sh").args(["-c", &script]).env("MOZIPLUS_ROOT", root.path()).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&said).into_owned())
    };
    let mut count = 0;
    for (line, expected) in blocks(&page, "sh").iter().flat_map(|block| commands(block)) {
        // Policy judges in a moment what the command before has written: what only reads is asked until it shows it, and a
        // write that comes too early is refused and made again.
        let reads = [" read ", " changes ", " calibration", " list", " show ", " prompt "]
            .iter()
            .any(|word| line.contains(word));
        let deadline = Instant::now() + Duration::from_secs(30);
        loop {
            let (done, said) = shell(&line);
            let shows = expected.iter().all(|text| said.contains(text));
            if done && shows {
                break;
            }
            assert!((reads || !done) && Instant::now() < deadline, "{line}\nshould say {expected:?}:\n{said}");
            std::thread::sleep(Duration::from_millis(50));
        }
        count += 1;
    }
    assert!(count > 15, "the tutorial has lost its commands");
}
