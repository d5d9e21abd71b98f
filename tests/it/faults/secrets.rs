//! Secrets of every kind that moziplus knows of are where they were put, and nowhere else: not in databases, logs, events,
//! answers, prompts, backups, the repository or the support bundle.

use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
};

use serde_json::json;

use super::{AGENTS, FINISHES};
use crate::support::{daemon::Root, receiver::Receiver};

const WORDS: [&str; 5] = [
    "webhook4secret7in9a3file",
    "mail4password7in9a3file",
    "runner4value7of9the3env",
    "hook4in7secret9of3file",
    "main4api7key9of3this5root",
];

/// Files below a folder that hold one of the words, but for those that may.
fn holders(folder: &Path, words: &[String], may: &[&str], found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            holders(&path, words, may, found);
            continue;
        }
        // The pipes of agents hold nothing and would be waited for.
        if !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        let bytes = fs::read(&path).unwrap_or_default();
        let has = |word: &String| bytes.windows(word.len()).any(|part| part == word.as_bytes());
        if words.iter().any(has) && !may.iter().any(|end| path.ends_with(end)) {
            found.push(path);
        }
    }
}

#[test]
fn a_secret_is_where_it_was_put_and_nowhere_else() {
    let receiver = Receiver::answering(&[500, 200]);
    let settings = format!(
        "server: {{api_key_file: run/key}}
logging: {{level: trace}}
notify:
  allowed_addresses: [127.0.0.0/8]
  webhooks:
    - {{name: chat, url: \"{}/hook\", secret_file: run/chat}}
  mail: {{host: 127.0.0.1, port: 9, tls: none, user: me, password_file: run/mail, from: a@example.org, to: [b@example.org]}}
webhooks:
  - {{source: forge, forge: github, project: sales, secret_file: run/forge}}
",
        receiver.url
    );
    let agents = AGENTS.replace("argv:", &format!("env: {{API: {}}}, argv:", WORDS[2]));
    let mut root = Root::new(&agents, "");
    root.write("config/default.yaml", &settings);
    for (name, word) in [("chat", WORDS[0]), ("mail", WORDS[1]), ("forge", WORDS[3]), ("key", WORDS[4])] {
        root.write(&format!("run/{name}"), word);
    }
    root.write("work.sh", FINISHES);
    root.start();
    root.cli(["project", "create", "--id", "sales", "--name", "Sales", "--agents", "dev"]).ok();
    root.cli(["bb", "create", "--project", "sales", "--title", "Count", "--assignee", "dev", "--risk", "low"]).ok();
    let made = root.cli(["--json", "key", "create", "--name", "ci", "--scope", "human"]).ok().json();
    let key = made["secret"].as_str().unwrap().to_owned();
    for channel in ["chat", "mail"] {
        root.cli(["notify", "test", channel]);
    }
    crate::support::daemon::wait_for("the task", || {
        root.cli(["--json", "bb", "read", "--project", "sales", "--task", "t-1"]).out.contains("\"done\"")
    });
    crate::support::daemon::wait_for("a delivery", || !receiver.posts().is_empty());
    root.cli(["backup", "run"]).ok();
    let bundle = root.path().join("help.tar.gz");
    root.cli(["support-bundle", "--out", bundle.to_str().unwrap()]).ok();
    let mut answers = String::new();
    for verb in
        [&["status"][..], &["doctor"], &["notify", "log"], &["key", "list"], &["daemon", "status"], &["agent", "list"]]
    {
        let shown = root.cli_as(&[], &[&["--json"][..], verb].concat());
        answers += &format!("{}{}", shown.out, shown.err);
    }
    root.stop();
    let mut words: Vec<String> = WORDS.map(str::to_owned).to_vec();
    words.push(key.clone());
    let mut found = Vec::new();
    // `daemon.out` is the terminal of whoever starts the daemon: there the login link is printed.
    let may = ["run/chat", "run/mail", "run/forge", "run/key", "config/agents.yaml", "daemon.out"];
    holders(root.path(), &words, &may, &mut found);
    assert!(found.is_empty(), "{found:?}");
    let mut all = String::new();
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(File::open(&bundle).unwrap()));
    for entry in archive.entries().unwrap() {
        let _ = entry.unwrap().read_to_string(&mut all);
    }
    assert!(all.contains("moziplus is ready"));
    for word in &words {
        assert!(!all.contains(word) && !answers.contains(word), "{word}");
    }
    assert_eq!(json!(receiver.posts().iter().any(|post| post.body.contains(WORDS[0]))), json!(false));
}
