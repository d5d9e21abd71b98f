//! The documentation says what the code does: generated pages are current, and every script in them compiles.

use std::{fs, path::Path};

use chrono::DateTime;
use moziplus::policy::{
    engine::PolicyLimits,
    hooks::{FILES, HOOKS},
    library::{Library, Opening},
    reference::reference,
    set::Set,
    source::{ScriptFolder, ScriptFolders},
    testing,
    threads::ScriptThreads,
};

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A project whose scripts are those of a folder.
async fn library_of(scripts: &Path) -> Library {
    let folder = ScriptFolder { dir: scripts.to_owned(), shown: "scripts".into() };
    let opening = Opening {
        folders: ScriptFolders { project: Some(folder), root: None },
        last_good: None,
        limits: PolicyLimits::default(),
        threads: ScriptThreads::start(1).unwrap(),
        live: None,
    };
    Library::open(opening, DateTime::UNIX_EPOCH).await
}

/// `UPDATE_DOCS=1 cargo test --test it docs` writes the page.
#[test]
fn the_policy_reference_is_what_the_code_says() {
    let page = repository().join("docs/policy-reference.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&page, reference()).unwrap();
    }
    let written = fs::read_to_string(&page).unwrap_or_default();
    assert!(written == reference(), "docs/policy-reference.md is out of date: UPDATE_DOCS=1 cargo test --test it docs");
}

#[tokio::test]
async fn the_scripts_of_the_cookbook_are_good_scripts() {
    let empty = tempfile::tempdir().unwrap();
    let library = library_of(empty.path()).await;
    let page = fs::read_to_string(repository().join("docs/policies.md")).unwrap();
    let blocks: Vec<_> = page.split("```rhai\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(blocks.len() > 4, "the cookbook has lost its recipes");
    for block in blocks.into_iter().filter(|block| !block.contains('…')) {
        let hook = HOOKS.iter().find(|hook| block.contains(&format!("fn {}(", hook.function)));
        let file = hook.unwrap_or_else(|| panic!("no hook in this recipe:\n{block}")).file;
        let faults = library.check_text(file, block).await;
        assert!(faults.is_empty(), "{faults:#?} in\n{block}");
    }
}

#[tokio::test]
async fn the_scripts_of_the_example_are_good_scripts() {
    let library = library_of(&repository().join("examples/almanac/scripts")).await;
    assert_eq!(library.check().await, []);
}

/// The tests beside the shipped scripts, run as `moziplus script test scripts` would.
#[test]
fn the_shipped_scripts_pass_their_tests() {
    let threads = ScriptThreads::start(1).unwrap();
    for (name, _) in FILES {
        let path = format!("scripts/{name}_test.rhai");
        let text = fs::read_to_string(repository().join(&path)).unwrap();
        let run = move || testing::run(&Set::built_in(), (&path, &text), PolicyLimits::default());
        let results = threads.run_blocking(run).unwrap().unwrap();
        let failed: Vec<_> =
            results.iter().filter_map(|result| result.fault.as_ref().map(ToString::to_string)).collect();
        assert_eq!(failed, [""; 0]);
    }
}
