//! `init` with git: a work tree whose remotes the job `git_push` knows.

use std::{fs, process::Command};

use crate::support::daemon::PROGRAM;

#[test]
#[expect(clippy::disallowed_methods, reason = "a user runs git and the program")]
fn a_new_root_can_be_a_work_tree_with_remotes() {
    let folder = tempfile::tempdir().unwrap();
    let [bare, root] = ["bare.git", "root"].map(|name| folder.path().join(name).display().to_string());
    let git = |arguments: &[&str]| {
        let said = Command::new("git").args(arguments).output().unwrap();
        assert!(said.status.success(), "{said:?}");
        String::from_utf8(said.stdout).unwrap()
    };
    git(&["init", "--quiet", "--bare", &bare]);
    let remote = format!("nas={bare}");
    let init =
        |arguments: &[&str]| Command::new(PROGRAM).args(["--root", &root, "init"]).args(arguments).output().unwrap();
    let made = init(&["--git", "--remote", &remote]);
    assert!(made.status.success(), "{made:?}");
    assert_eq!(git(&["-C", &root, "remote", "get-url", "nas"]).trim(), bare);
    let settings = fs::read_to_string(folder.path().join("root/config/default.yaml")).unwrap();
    assert!(settings.contains(&format!(r#"remotes: [{{"name":"nas","url":"{bare}"}}]"#)), "{settings}");
    let twice = init(&["--git", "--remote", &remote]);
    assert_eq!(twice.status.code(), Some(2), "{twice:?}");
    assert_eq!(init(&["--git", "--remote", "no-url"]).status.code(), Some(2));
    assert_eq!(init(&["--remote", &remote]).status.code(), Some(2), "a remote needs a work tree");
}
